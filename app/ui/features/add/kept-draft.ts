import { useLocation } from '@solidjs/router'
import { createSignal, onCleanup, untrack } from 'solid-js'
import { useOwnSession, useRecordView } from '../../session.ts'

/** After the last letter: soon enough for whoever locks next. */
const SETTLE_MS = 150

/** As it is kept: with what the form began with, so that only what was typed comes back over an entry that has changed since. */
interface Kept<Draft> {
  readonly initial: Draft
  readonly draft: Draft
  readonly isPrivate: boolean
}

interface Form<Draft> {
  readonly initial: Draft
  readonly isEditing: boolean
  readonly draft: () => Draft
  /** Whether it is ticked to be private: that comes back too. */
  readonly isPrivate: () => boolean
  /** Shows what was kept. */
  readonly bringBack: (draft: Draft, isPrivate: boolean) => void
}

/**
 * Keeps what is typed into the form at this address until it is saved, and brings it back when the form is opened again. Of one's own
 * record only: what of another's is on this device must go with the share.
 */
export function keepDraftOf<Draft extends object>(form: Form<Draft>) {
  const { initial, isEditing, draft, isPrivate, bringBack } = form
  const session = useOwnSession()
  const { base } = useRecordView()
  const place = useLocation().pathname
  const [isBack, setBack] = createSignal(false)
  const isKeeping = base === ''
  let hasTyped = false
  let timer: ReturnType<typeof setTimeout> | undefined

  async function lookUp(): Promise<void> {
    const text = await session.keptDraft(place)
    if (text === undefined || hasTyped) return
    const kept = JSON.parse(text) as Kept<Draft>
    bringBack({ ...initial, ...(isEditing ? changedIn(kept) : kept.draft) }, kept.isPrivate)
    setBack(true)
  }
  if (isKeeping) void lookUp()

  function write(text: string): void {
    clearTimeout(timer)
    timer = undefined
    if (isKeeping) void session.keepDraft(place, text)
  }
  // While the form is taken down nobody may come to depend on it.
  const writeDraft = () => {
    const kept: Kept<Draft> = { initial, draft: untrack(draft), isPrivate: untrack(isPrivate) }
    write(JSON.stringify(kept))
  }
  onCleanup(() => {
    if (timer !== undefined) writeDraft()
  })

  return {
    /** Whether what is shown was typed an earlier time. */
    isBack,
    changed(): void {
      hasTyped = true
      clearTimeout(timer)
      timer = setTimeout(writeDraft, SETTLE_MS)
    },
    /** It was saved, or is not wanted. */
    drop(): void {
      setBack(false)
      write('')
    },
  }
}

function changedIn<Draft extends object>({ initial, draft }: Kept<Draft>): Partial<Draft> {
  const fields = Object.entries(draft) as [keyof Draft, unknown][]
  const changed = fields.filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(initial[name]))
  return Object.fromEntries(changed) as Partial<Draft>
}
