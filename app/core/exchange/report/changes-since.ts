import type { EntryKind, EntrySummary } from '#schema/record/entry.ts'
import type { EntryFacts } from './entry-facts.ts'
import { sameThing } from './same-thing.ts'

export interface Change {
  readonly facts: EntryFacts
  readonly how: 'new' | 'ended' | 'changed'
}

/** Measurements are drawn, reports only gather them, and visits are no news to whoever was there. */
const NO_NEWS: ReadonlySet<EntryKind> = new Set<EntryKind>([
  'blood-pressure',
  'weight',
  'height',
  'vital-sign',
  'lab-result',
  'report',
  'visit',
  'statement',
])

/**
 * What is new, has ended or was changed by hand since a moment, each thing once. What was brought in counts as new by its own date, not by
 * when it came.
 */
export function changesSince(facts: readonly EntryFacts[], sinceMs: number, nowMs: number): readonly Change[] {
  const found = new Map<string, Change>()
  for (const change of allChanges(facts, sinceMs, nowMs)) {
    const key = `${change.how} ${change.facts.summary.kind} ${sameThing(change.facts.summary)}`
    if (!found.has(key)) found.set(key, change)
  }
  return [...found.values()]
}

/** Whether an entry can be new, changed or over at all. */
export function isNews({ kind, status }: EntrySummary): boolean {
  return !NO_NEWS.has(kind) && status !== 'mistaken' && status !== 'planned'
}

function allChanges(facts: readonly EntryFacts[], sinceMs: number, nowMs: number): readonly Change[] {
  return facts.flatMap((each): readonly Change[] => {
    const { summary, until, addedAt, changedAt } = each
    if (!isNews(summary)) return []
    const ended = until === undefined ? Number.NaN : Date.parse(until)
    if (ended >= sinceMs && ended <= nowMs) return [{ facts: each, how: 'ended' }]
    const begun = summary.when?.sortAt
    if (begun !== undefined && begun >= sinceMs) return [{ facts: each, how: 'new' }]
    const isChanged = changedAt > addedAt && changedAt >= sinceMs
    if (summary.source.type !== 'self') return isChanged ? [{ facts: each, how: 'changed' }] : []
    if (addedAt >= sinceMs) return [{ facts: each, how: 'new' }]
    return isChanged ? [{ facts: each, how: 'changed' }] : []
  })
}

/** The day of the last visit that is over, as a native date field holds it. */
export function lastVisitDay(rows: readonly EntrySummary[], nowMs: number): string | undefined {
  const visits = rows.flatMap(({ kind, status, when, isNegated }) => {
    const isOver = kind === 'visit' && isNegated !== true && (status === 'past' || status === 'active')
    const isDay = isOver && when !== undefined && when.text.length >= '2026-03-04'.length && when.sortAt <= nowMs
    return isDay ? [when] : []
  })
  const first = visits[0]
  return first && visits.reduce((best, each) => (each.sortAt > best.sortAt ? each : best), first).text.slice(0, 10)
}
