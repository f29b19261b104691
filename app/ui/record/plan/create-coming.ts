import { type Accessor, createMemo } from 'solid-js'
import { instant } from '#schema/instant.ts'
import type { EntrySummary } from '#schema/record/entry.ts'
import { createNow, createRows } from '../medicines/create-rows.ts'

const DAY_MS = 86_400_000

/** Visits that are still to come, the nearest first. */
export function createComing(): Accessor<readonly EntrySummary[]> {
  const now = createNow()
  // Of the page's first moment: a query that moved on with the clock would be asked anew all the time.
  const from = instant(now() - DAY_MS)
  const rows = createRows(() => ({ kinds: ['visit'], from }))
  return createMemo(() =>
    (rows() ?? [])
      .filter(
        ({ when, status, isNegated }) =>
          when !== undefined && when.sortAt >= now() && status !== 'mistaken' && isNegated !== true,
      )
      .toReversed(),
  )
}
