import type { TrackedLatest } from '#app/core/track-session.ts'
import type { ConditionLink, EntrySummary } from '#schema/record/entry.ts'

/** What can belong to a condition: an entry, or a measure with its newest value. `target` is what a link calls it. */
export type PlanItem =
  | { readonly type: 'entry'; readonly target: string; readonly entry: EntrySummary }
  | { readonly type: 'measure'; readonly target: string; readonly measure: TrackedLatest }

export interface LinkedItem {
  readonly item: PlanItem
  readonly link: EntrySummary
}

export interface PlanGroup {
  readonly condition: EntrySummary
  readonly items: readonly LinkedItem[]
}

export interface Plan {
  readonly groups: readonly PlanGroup[]
  /** What belongs to no condition that is shown. */
  readonly other: readonly PlanItem[]
}

const isNow = ({ status, isNegated }: EntrySummary) =>
  (status === 'active' || status === 'unknown') && isNegated !== true

/** What matters now of a kind, one for each name: `rows` come newest first. */
export function currentRows(rows: readonly EntrySummary[]): readonly EntrySummary[] {
  const seen = new Set<string>()
  return rows.filter(row => {
    const name = row.title === '' ? row.id : `${row.kind} ${row.title.toLowerCase()}`
    const isFirst = isNow(row) && !seen.has(name)
    if (isFirst) seen.add(name)
    return isFirst
  })
}

export const itemOfEntry = (entry: EntrySummary): PlanItem => ({ type: 'entry', target: entry.id, entry })
export const itemOfMeasure = (measure: TrackedLatest): PlanItem => ({
  type: 'measure',
  target: `measure:${measure.measure}`,
  measure,
})

/** Tasks and appointments stand on cards of their own. */
const hasCard = (item: PlanItem) => item.type === 'entry' && (item.entry.kind === 'task' || item.entry.kind === 'visit')

/** Conditions with what was linked to them by hand; an item may belong to several, and to one only once. */
export function planOf(
  conditions: readonly EntrySummary[],
  items: readonly PlanItem[],
  links: readonly EntrySummary[],
): Plan {
  const byTarget = new Map(items.map(item => [item.target, item]))
  const linked = new Set<string>()
  const groups = conditions.map(condition => {
    const found = new Map<string, LinkedItem>()
    for (const link of links) {
      const { conditionId, target }: ConditionLink = link.link ?? { conditionId: '', target: '' }
      const item = byTarget.get(target)
      if (conditionId !== condition.id || item === undefined) continue
      linked.add(target)
      if (!found.has(target)) found.set(target, { item, link })
    }
    return { condition, items: [...found.values()] }
  })
  return { groups, other: items.filter(item => !linked.has(item.target) && !hasCard(item)) }
}
