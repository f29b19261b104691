import { createSignal } from 'solid-js'
import { useOwnSession, useRecordView } from '../../session.ts'
import type { DueLine } from '../../record/medicines/medicine-day.ts'

const PLACE = '/medicines/later'
/** So long a dose is put off. */
export const LATER_MS = 60 * 60_000

type Later = Readonly<Record<string, number>>

/** Due doses put off, on this device alone: sealed beside what is typed and not saved, in no record. */
export function createLater() {
  const session = useOwnSession()
  const { base } = useRecordView()
  const [later, setLater] = createSignal<Later>({})
  const nameOf = ({ medicine, due }: DueLine) => `${base} ${medicine.entry.id} ${due.wall}`
  async function read(): Promise<void> {
    const text = await session.keptDraft(PLACE)
    if (text !== undefined) setLater(JSON.parse(text) as Later)
  }
  function keep(next: Later, now: number): void {
    const left = Object.fromEntries(Object.entries(next).filter(([, until]) => until > now))
    setLater(left)
    void session.keepDraft(PLACE, Object.keys(left).length === 0 ? '' : JSON.stringify(left))
  }
  void read()
  return {
    isPutOff: (line: DueLine, now: number) => (later()[nameOf(line)] ?? 0) > now,
    putOff: (line: DueLine, now: number) => keep({ ...later(), [nameOf(line)]: now + LATER_MS }, now),
    showAll: () => keep({}, Date.now()),
  }
}
