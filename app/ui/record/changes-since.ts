import type { EntryFacts } from '#app/core/exchange/report/entry-facts.ts'
import type { EntryKind } from '#schema/record/entry.ts'
import { sameThing } from './current-of.ts'

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
 * What is new, has ended or was changed by hand since a moment, each thing once. What was brought in counts by its own date, not by when
 * it came.
 */
export function changesSince(facts: readonly EntryFacts[], sinceMs: number, nowMs: number): readonly Change[] {
  const found = new Map<string, Change>()
  for (const change of allChanges(facts, sinceMs, nowMs)) {
    const key = `${change.how} ${change.facts.summary.kind} ${sameThing(change.facts.summary)}`
    if (!found.has(key)) found.set(key, change)
  }
  return [...found.values()]
}

function allChanges(facts: readonly EntryFacts[], sinceMs: number, nowMs: number): readonly Change[] {
  return facts.flatMap((each): readonly Change[] => {
    const { summary, until, addedAt, changedAt } = each
    if (NO_NEWS.has(summary.kind) || summary.status === 'mistaken' || summary.status === 'planned') return []
    const ended = until === undefined ? Number.NaN : Date.parse(until)
    if (ended >= sinceMs && ended <= nowMs) return [{ facts: each, how: 'ended' }]
    const begun = summary.when?.sortAt
    if (begun !== undefined && begun >= sinceMs) return [{ facts: each, how: 'new' }]
    if (summary.source.type !== 'self') return []
    if (addedAt >= sinceMs) return [{ facts: each, how: 'new' }]
    return changedAt >= sinceMs ? [{ facts: each, how: 'changed' as const }] : []
  })
}

/** The day of the last visit that is over, as a native date field holds it. */
export function lastVisitDay(facts: readonly EntryFacts[], nowMs: number): string | undefined {
  const visit = facts.find(({ summary: { kind, status, when, isNegated } }) => {
    const isOver = kind === 'visit' && isNegated !== true && (status === 'past' || status === 'active')
    return isOver && when !== undefined && when.text.length >= '2026-03-04'.length && when.sortAt <= nowMs
  })
  return visit?.summary.when?.text.slice(0, 10)
}
