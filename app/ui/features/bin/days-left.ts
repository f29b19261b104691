const DAY_MS = 86_400_000

/** Whole days that an entry will still be there, a begun one counted; never below 0. */
export function daysLeft(goneAtMs: number, nowMs: number): number {
  return Math.max(0, Math.ceil((goneAtMs - nowMs) / DAY_MS))
}
