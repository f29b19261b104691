import { createMemo } from 'solid-js'
import { instant } from '#schema/instant.ts'
import type { EntrySummary } from '#schema/record/entry.ts'
import { createNow, createRows } from '../medicines/create-rows.ts'

const DAY_MS = 86_400_000
const YEAR_MS = 365 * DAY_MS
const HOUR_MS = 3_600_000

/** So long after it began, an appointment is still the one that somebody is on the way to. */
const UNDER_WAY_MS = HOUR_MS

/** A day without an hour lasts until it is over. */
function isComing({ when, isNegated, status }: EntrySummary, now: number): boolean {
  if (when === undefined || isNegated === true || status === 'mistaken') return false
  const lasts = status === 'past' ? 0 : when.text.includes('T') ? UNDER_WAY_MS : DAY_MS
  return when.sortAt + lasts > now
}

/** Visits that are still to come, the nearest first; and of the last year, those that were planned and are over or cancelled. */
export function createAppointments() {
  const now = createNow()
  // Of the page's first moment: a query that moved on with the clock would be asked anew all the time.
  const from = instant(now() - YEAR_MS)
  const rows = createRows(() => ({ kinds: ['visit'], from }))
  return {
    coming: createMemo(() => (rows() ?? []).filter(entry => isComing(entry, now())).toReversed()),
    past: createMemo(() => (rows() ?? []).filter(entry => entry.status === 'planned' && !isComing(entry, now()))),
  }
}
