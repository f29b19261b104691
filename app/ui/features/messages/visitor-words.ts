import { type Instant, instant } from '#schema/instant.ts'
import { type PlainKey, t } from '../../language/language.ts'

const HOUR_MS = 3600_000

/** For how long a link may be read. */
export const LIVES = ['day', 'week', 'month'] as const
export type Life = (typeof LIVES)[number]

const LIFE_MS: Readonly<Record<Life, number>> = { day: 24 * HOUR_MS, week: 7 * 24 * HOUR_MS, month: 30 * 24 * HOUR_MS }

export const visitorEnd = (life: Life, now: Instant): Instant => instant(now + LIFE_MS[life])

const FAILED: Readonly<Record<string, PlainKey>> = {
  locked: 'message.failed.locked',
  'not-found': 'message.failed.not-found',
  unreachable: 'visitor.failed.unreachable',
  'too-large': 'visitor.failed.too-large',
  'no-room': 'visitor.failed.no-room',
  'not-now': 'visitor.failed.not-now',
  invalid: 'visitor.failed.not-now',
}

export function visitorFailureWords(kind: string): string {
  return t(FAILED[kind] ?? 'visitor.failed.other')
}
