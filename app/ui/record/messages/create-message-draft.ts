import { createSignal, onCleanup, untrack } from 'solid-js'
import { useSession } from '../../session.ts'

/** After the last letter: soon enough for whoever locks next. */
const SETTLE_MS = 150

/**
 * What is being written, kept on this device until it is sent: over a lock and the end of the process. Its `key` goes with it, so that what
 * is sent twice is said once.
 */
export function createMessageDraft<Draft extends { readonly text: string }>(place: string, empty: Draft) {
  const session = useSession()
  type Keyed = Draft & { readonly key: string }
  const anew = (): Keyed => ({ ...empty, key: crypto.randomUUID() })
  const [draft, setDraft] = createSignal<Keyed>(anew())
  const [isBack, setIsBack] = createSignal(false)
  let timer: ReturnType<typeof setTimeout> | undefined
  let hasTyped = false

  async function lookUp(): Promise<void> {
    const kept = await session.keptDraft(place)
    if (kept === undefined || hasTyped) return
    const { isGiven, ...found } = JSON.parse(kept) as Keyed & { readonly isGiven?: true }
    setDraft(() => ({ ...empty, ...(found as unknown as Keyed) }))
    setIsBack(isGiven !== true)
  }
  void lookUp()

  function write(text: string): void {
    clearTimeout(timer)
    timer = undefined
    void session.keepDraft(place, text)
  }
  const writeDraft = () => write(JSON.stringify(untrack(draft)))
  onCleanup(() => {
    if (timer !== undefined) writeDraft()
  })

  return {
    draft,
    /** Whether what is shown was typed an earlier time. */
    isBack,
    change(change: Partial<Draft>): void {
      hasTyped = true
      setDraft(before => ({ ...before, ...change }))
      clearTimeout(timer)
      timer = setTimeout(writeDraft, SETTLE_MS)
    },
    /** It was sent, or is not wanted: the next one begins. */
    clear(): void {
      setIsBack(false)
      setDraft(() => anew())
      write('')
    },
  }
}
