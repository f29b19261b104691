import type { CardChoices } from '#app/core/card-session.ts'
import type { Instant } from '#schema/instant.ts'

const MONTHS = 6

/** Six calendar months after the last time that anybody chose, used or confirmed anything of the emergency card; never before that. */
export function isCheckDue(
  { checkedAt, touchedAt }: Pick<CardChoices, 'checkedAt' | 'touchedAt'>,
  now: Instant,
): boolean {
  const last = Math.max(checkedAt ?? 0, touchedAt ?? 0)
  if (last === 0) return false
  const due = new Date(last)
  const day = due.getDate()
  due.setMonth(due.getMonth() + MONTHS)
  // 31 August is followed by 28 February, not by 3 March.
  if (due.getDate() !== day) due.setDate(0)
  return due.getTime() <= now
}
