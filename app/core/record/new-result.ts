import type { EntrySummary } from '#schema/record/entry.ts'

const DAY_MS = 86_400_000
/** A result is new for so long after the day it is of, until it was shown. */
const NEW_DAYS = 30
const DAY_LENGTH = '2026-03-04'.length

/** What a source marks as critical waits for nobody. */
const CRITICAL: ReadonlySet<string> = new Set(['critical', 'critical-low', 'critical-high'])

/** A laboratory's value of the last 30 days, in so far as it may wait for its explanation (decision 47). */
export function isNewResult({ kind, value, when, flag, status }: EntrySummary, now: number): boolean {
  if (kind !== 'lab-result' || value === undefined || when === undefined || when.text.length < DAY_LENGTH) return false
  if (status === 'mistaken' || (flag !== undefined && CRITICAL.has(flag))) return false
  return when.sortAt > now - NEW_DAYS * DAY_MS && when.sortAt <= now + DAY_MS
}
