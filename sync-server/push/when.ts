import type { QuietHours } from '#schema/protocol/push.ts'
import { type Instant, instant } from '#schema/instant.ts'

/** What decides when a device may be told again. */
export interface PushPace {
  readonly quiet?: QuietHours
  /** Undefined before the first. */
  readonly sentAt?: Instant
  /** Pushes since the device was last connected. */
  readonly unanswered: number
}

export const SHORTEST_PAUSE_MS = 60_000
export const LONGEST_PAUSE_MS = 3_600_000
const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS

/** Of what arrived `now`: at once, or after the pause that the last push began, and never in quiet hours. */
export function pushDueAt({ quiet, sentAt, unanswered }: PushPace, now: Instant): Instant {
  const pauseMs = Math.min(LONGEST_PAUSE_MS, SHORTEST_PAUSE_MS * 2 ** Math.max(0, unanswered - 1))
  const free = sentAt === undefined ? now : instant(Math.max(now, Math.min(sentAt, now) + pauseMs))
  return quiet === undefined ? free : afterQuiet(quiet, free)
}

/** The same instant outside of them, else their end. */
function afterQuiet({ fromMinute, toMinute }: QuietHours, at: Instant): Instant {
  const intoDayMs = at % DAY_MS
  const [fromMs, toMs] = [fromMinute * MINUTE_MS, toMinute * MINUTE_MS]
  const lengthMs = (toMs - fromMs + DAY_MS) % DAY_MS
  const intoQuietMs = (intoDayMs - fromMs + DAY_MS) % DAY_MS
  return intoQuietMs < lengthMs ? instant(at + lengthMs - intoQuietMs) : at
}
