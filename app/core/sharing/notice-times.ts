import type { Instant } from '#schema/instant.ts'

const HOUR_MS = 3600_000
const DAY_MS = 24 * HOUR_MS
/** That it is over is said for so long. */
export const AFTER_MS = 14 * DAY_MS
/** That a notice was put away is known for so long: none is told later than this after it was first due. */
export const KEEP_MS = 400 * DAY_MS

/** How long before its end something is spoken of: a fifth of its length, an hour at least and three days at most. */
export function noticeMs(from: Instant, until: Instant): number {
  return Math.min(3 * DAY_MS, Math.max(HOUR_MS, (until - from) / 5))
}
