import { readSchedule } from '#schema/medicines/schedule.ts'
import type { EntrySummary } from '#schema/record/entry.ts'
import { titleOf } from '../words.ts'

/** What is taken now, one row for one name: the newest says it. */
export function currentMedicines(rows: readonly EntrySummary[]): readonly EntrySummary[] {
  const found = new Map<string, EntrySummary>()
  for (const entry of rows) {
    const isTaken = (entry.status === 'active' || entry.status === 'unknown') && entry.isNegated !== true
    const key = nameOf(entry)
    const before = found.get(key)
    // Of two, the one that says when it is taken.
    const isBetter = before === undefined || (before.plan?.schedule === undefined && entry.plan?.schedule !== undefined)
    if (isTaken && isBetter) found.set(key, entry)
  }
  return [...found.values()]
}

/** Those that are over and not taken otherwise, the newest of each: sources write one down with every prescription. */
export function stoppedMedicines(rows: readonly EntrySummary[]): readonly EntrySummary[] {
  const known = new Set(currentMedicines(rows).map(nameOf))
  return rows.filter(entry => {
    const isFirst = entry.status === 'past' && !known.has(nameOf(entry))
    if (isFirst) known.add(nameOf(entry))
    return isFirst
  })
}

const nameOf = (entry: EntrySummary) => titleOf(entry).toLowerCase()

/** Whether nothing can be asked for it on the day: it has no times that are known here. */
export const isUntimed = ({ plan }: EntrySummary): boolean => !readSchedule(plan?.schedule ?? '').ok
