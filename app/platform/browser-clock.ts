import type { Clock, Random } from '#app/core/ports.ts'
import { instant } from '#schema/instant.ts'

export const browserClock: Clock = {
  now: () => instant(Date.now()),
  monotonicMs: () => performance.now(),
  zone: () => new Intl.DateTimeFormat().resolvedOptions().timeZone,
  after(delayMs, run) {
    const timer = setTimeout(run, delayMs)
    return () => clearTimeout(timer)
  },
}

export const browserRandom: Random = {
  bytes: count => crypto.getRandomValues(new Uint8Array(count)),
}
