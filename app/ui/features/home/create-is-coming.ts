import { type Accessor, createEffect, createSignal, onCleanup } from 'solid-js'

/** Every unlock catches up for a moment; only what takes longer is worth a word. */
const WORTH_A_WORD_MS = 1500

/** The parts of a record are fetched one after another: between two there are seconds in which nothing is. */
const PAUSE_MS = 10_000

/**
 * Whether to say that more of the record is on its way: from the first part to the last, pauses included.
 * @param isArriving Something is fetched right now.
 * @param isEmpty Nothing is here yet: then not even a moment may look like the whole record.
 */
export function createIsComing(isArriving: Accessor<boolean>, isEmpty: Accessor<boolean>): Accessor<boolean> {
  const [isComing, setComing] = createSignal(false)
  let since: number | undefined
  createEffect(() => {
    if (!isArriving()) {
      const timer = setTimeout(() => {
        since = undefined
        setComing(false)
      }, PAUSE_MS)
      onCleanup(() => clearTimeout(timer))
      return
    }
    since ??= Date.now()
    const waitMs = isEmpty() ? 0 : since + WORTH_A_WORD_MS - Date.now()
    if (waitMs <= 0) setComing(true)
    const timer = setTimeout(() => setComing(true), waitMs)
    onCleanup(() => clearTimeout(timer))
  })
  return isComing
}
