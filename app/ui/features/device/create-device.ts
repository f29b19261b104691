import { createMemo, createSignal, onCleanup } from 'solid-js'
import { type DeviceDraft, draftOfReading } from '#schema/devices/device-entries.ts'
import type { DeviceTime } from '#schema/devices/gatt-numbers.ts'
import { decodeGatt, type GattMeal, type GattReading } from '#schema/devices/gatt-readings.ts'
import { instant } from '#schema/instant.ts'
import type { EntryFields, EntrySummary } from '#schema/record/entry.ts'
import { partsOfFields } from '#schema/record/own-entry.ts'
import { trackedOf } from '#schema/record/tracked.ts'
import type { SaveFailure } from '#app/core/session.ts'
import { localDateTime, localOffset } from '../../record/fhir-date.ts'
import { type NearDevicesEnd, useHost, useSession } from '../../session.ts'

export type DeviceState = 'idle' | 'choosing' | 'listening' | NearDevicesEnd

/** A draft in the list, and whether the record has it already. */
export interface ListedDraft extends DeviceDraft {
  readonly isSeen: boolean
}

const MINUTE_MS = 60_000
/** More readings than a meter keeps. */
const MOST = 5000

const dateTimeOf = ({ date, time }: DeviceTime) => `${date}T${time}${localOffset(date, time.slice(0, 5))}`

function nowText(): string {
  const { date, time } = localDateTime(new Date())
  return `${date}T${time}:00${localOffset(date, time)}`
}

/** A look at a device: what it sent becomes drafts, of which nothing is saved before the person says so. */
export function createDevice() {
  const session = useSession()
  const { devices } = useHost()
  const [state, setState] = createSignal<DeviceState>('idle')
  const [name, setName] = createSignal('')
  const [drafts, setDrafts] = createSignal<ReadonlyMap<string, ListedDraft>>(new Map())
  const [left, setLeft] = createSignal<ReadonlySet<string>>(new Set())
  const [unread, setUnread] = createSignal(0)
  const [failure, setFailure] = createSignal<SaveFailure>()
  const waiting = new Map<number, Extract<GattReading, { type: 'glucose' }>>()
  const meals = new Map<number, GattMeal>()
  let stop = new AbortController()
  onCleanup(() => stop.abort())

  async function show(reading: Exclude<GattReading, { type: 'glucose-context' }>, meal?: GattMeal): Promise<void> {
    const draft = draftOfReading(reading, meal, dateTimeOf, nowText())
    if (draft === undefined) {
      setUnread(unread() + 1)
      return
    }
    if (drafts().size >= MOST) return
    const isSeen = !draft.isUntimed && (await isInRecord(session, draft.entries))
    // Its meal came meanwhile: it is shown with that.
    if (reading.type === 'glucose' && meal === undefined && meals.has(reading.sequence)) return
    setDrafts(before => new Map(before).set(draft.key, { ...draft, isSeen }))
    if (isSeen) setLeft(before => new Set(before).add(draft.key))
  }

  /** Of a glucose the meal follows in a message of its own, if at all. */
  function hear(reading: GattReading): void {
    if (reading.type === 'glucose-context') {
      if (reading.meal !== undefined) meals.set(reading.sequence, reading.meal)
      const earlier = waiting.get(reading.sequence)
      if (earlier === undefined || reading.meal === undefined) return
      const plain = draftOfReading(earlier, undefined, dateTimeOf, nowText())
      setDrafts(before => new Map([...before].filter(([key]) => key !== plain?.key)))
      void show(earlier, reading.meal)
      return
    }
    if (reading.type === 'glucose') waiting.set(reading.sequence, reading)
    void show(reading, reading.type === 'glucose' ? meals.get(reading.sequence) : undefined)
  }

  const chosen = createMemo(() => [...drafts().values()].filter(({ key }) => !left().has(key)))
  return {
    isPossible: devices.isPossible,
    state,
    name,
    /** The newest first. */
    list: createMemo(() => [...drafts().values()].toSorted((a, b) => timeOf(b).localeCompare(timeOf(a)))),
    isChosen: (key: string) => !left().has(key),
    choose(key: string, isOn: boolean): void {
      const next = new Set(left())
      if (isOn) next.delete(key)
      else next.add(key)
      setLeft(next)
    },
    chosen,
    unread,
    failure,
    async look(): Promise<void> {
      stop.abort()
      stop = new AbortController()
      setState('choosing')
      const ended = await devices.listen(
        ({ characteristic, bytes }) => {
          const decoded = decodeGatt(characteristic, bytes)
          if (decoded.ok) hear(decoded.value)
          else setUnread(unread() + 1)
        },
        found => {
          setName(found)
          setState('listening')
        },
        stop.signal,
      )
      setState(ended)
    },
    end: () => stop.abort(),
    /** Whether all that was chosen is saved. */
    async save(noteOf: (draft: DeviceDraft) => string): Promise<boolean> {
      const entries = chosen().flatMap(draft => {
        const note = noteOf(draft)
        return draft.entries.map(fields => (note === '' ? fields : { ...fields, note }) as EntryFields)
      })
      const saved = await session.addEntries(entries)
      setFailure(saved.ok ? undefined : saved.failure)
      if (saved.ok) stop.abort()
      return saved.ok
    },
  }
}

const timeOf = ({ entries }: DeviceDraft) => {
  const [first] = entries
  return first !== undefined && 'takenAt' in first ? first.takenAt : ''
}

/** Whether each entry stands in the record already: the same values in the same minute. */
async function isInRecord(session: ReturnType<typeof useSession>, entries: readonly EntryFields[]): Promise<boolean> {
  for (const fields of entries) {
    const parts = partsOfFields(fields)
    const measure = trackedOf(parts)
    if (measure === undefined || parts.when === undefined) return false
    const minute = Math.floor(parts.when.sortAt / MINUTE_MS) * MINUTE_MS
    const found = await session.readings(measure, instant(minute), instant(minute + MINUTE_MS - 1))
    if (!found.some(({ value }) => isSameValue(value, parts.value))) return false
  }
  return true
}

function isSameValue(one: EntrySummary['value'], other: EntrySummary['value']): boolean {
  if (one?.type === 'blood-pressure' && other?.type === 'blood-pressure')
    return one.systolicMmHg === other.systolicMmHg && one.diastolicMmHg === other.diastolicMmHg
  if (one?.type !== 'quantity' || other?.type !== 'quantity') return false
  return one.quantity.value === other.quantity.value && one.quantity.unit === other.quantity.unit
}
