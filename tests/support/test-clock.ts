import type { Clock, Random } from '#app/core/ports.ts'
import { type Instant, instant } from '#schema/instant.ts'

/** Real time, with a wall clock that can be set wrong. */
export interface TestClock extends Clock {
  offsetMs: number
  now(): Instant
}

export function makeTestClock(): TestClock {
  const clock: TestClock = {
    offsetMs: 0,
    now: () => instant(Date.now() + clock.offsetMs),
    monotonicMs: () => performance.now(),
    zone: () => 'Europe/Berlin',
    after(delayMs, run) {
      const timer = setTimeout(run, delayMs)
      return () => clearTimeout(timer)
    },
  }
  return clock
}

export const testRandom: Random = { bytes: count => crypto.getRandomValues(new Uint8Array(count)) }
