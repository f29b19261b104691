/** Work between two breaths of the event loop, in ms. */
const SLICE_MS = 12

export interface Breath {
  /** Work has gone on for so long that others should have their turn. */
  isDue(): boolean
  take(): Promise<void>
}

/** For work in one thread with others: what is asked meanwhile is answered between two slices of it. */
export function makeBreath(): Breath {
  let dueAt = performance.now() + SLICE_MS
  return {
    isDue: () => performance.now() >= dueAt,
    async take() {
      await new Promise(resolve => setTimeout(resolve))
      dueAt = performance.now() + SLICE_MS
    },
  }
}
