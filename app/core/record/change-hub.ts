import type { Clock } from '../ports.ts'
import type { Stop } from '../session.ts'

/** Changes that come within one blink are told once. */
const COALESCE_MS = 16

/** Tells those who look at the record that something moved. */
export interface ChangeHub {
  changed(): void
  /** `look` runs at once, and again after changes; never twice at the same time. */
  watch(look: () => Promise<void>): Promise<Stop>
  /** Resolves when everybody has seen the last change. */
  idle(): Promise<void>
  dispose(): void
}

export function makeChangeHub(clock: Clock): ChangeHub {
  const lookers = new Set<() => Promise<void>>()
  let cancel: (() => void) | undefined
  let running: Promise<void> | undefined
  let isDue = false
  let changes = 0
  let isDisposed = false

  /** Locking closes the logs under whoever is looking. */
  function ignoreOnceDisposed(cause: unknown): void {
    if (!isDisposed) throw cause
  }

  async function tellAll(): Promise<void> {
    // With nobody to tell it would else end before `running` is set, and `running` would stay.
    await Promise.resolve()
    while (isDue) {
      isDue = false
      for (const look of lookers) await look().catch(ignoreOnceDisposed)
    }
    running = undefined
  }

  function tell(): void {
    cancel = undefined
    isDue = true
    running ??= tellAll()
  }

  return {
    changed() {
      changes++
      cancel ??= clock.after(COALESCE_MS, tell)
    },
    async watch(look) {
      let seen: number
      do {
        seen = changes
        await look()
      } while (seen !== changes && !isDisposed)
      lookers.add(look)
      return () => void lookers.delete(look)
    },
    async idle() {
      if (cancel !== undefined) {
        cancel()
        tell()
      }
      await running
    },
    dispose() {
      isDisposed = true
      cancel?.()
      cancel = undefined
      lookers.clear()
    },
  }
}
