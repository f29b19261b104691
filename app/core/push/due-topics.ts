import type { QuietHours } from '#schema/protocol/push.ts'
import { offsetAt } from '#schema/zone.ts'
import type { QuietTimes } from '../push-session.ts'
import type { PushRow } from './push-row.ts'

const HOUR_MS = 3_600_000
const DAY_MINUTES = 1440
/** The relay forgets after sixty days. */
const RENEW_MS = 7 * 24 * HOUR_MS
/** One of them carries what is said of the device itself. */
const RENEW_FIRST_MS = 20 * HOUR_MS

/** As the relay takes them; with summer time they are others. */
export function quietInUtc({ from, to }: QuietTimes, now: number, zone: string): QuietHours {
  const offset = offsetAt(now, zone)
  const inDay = (minute: number) => (((minute - offset) % DAY_MINUTES) + DAY_MINUTES) % DAY_MINUTES
  return { fromMinute: inDay(from), toMinute: inDay(to) }
}

export function quietText(quiet: QuietHours | undefined): string {
  return quiet === undefined ? '' : `${quiet.fromMinute}-${quiet.toMinute}`
}

/** Of `topics`, the mailbox first, those of which the relay has to be told (again). A clock that was put back renews too. */
export function dueTopics(row: PushRow, topics: readonly string[], quiet: string, now: number): string[] {
  return topics.filter((topic, index) => {
    const at = row.toldAt[topic]
    if (at === undefined || at > now || (index === 0 && (row.toldQuiet ?? '') !== quiet)) return true
    return now - at >= (index === 0 ? RENEW_FIRST_MS : RENEW_MS)
  })
}
