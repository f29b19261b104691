import type { EntryKind, EntrySummary } from '#schema/record/entry.ts'
import { type TrackedMeasure, trackedOf } from '#schema/record/tracked.ts'
import type { Tracked, TrackedLatest } from '../track-session.ts'
import { fold, type Row } from './row.ts'

const hasHappened = ({ status, isNegated, when }: EntrySummary) =>
  when !== undefined && status !== 'planned' && status !== 'mistaken' && isNegated !== true

/** Kinds among which values of a measure stand: the others need not be looked through. */
export function kindsOf(measure: TrackedMeasure): readonly EntryKind[] {
  if (measure === 'blood-pressure' || measure === 'weight' || measure === 'height') return [measure]
  return ['vital-sign', 'lab-result']
}

export const isValueOf = (measure: TrackedMeasure, summary: EntrySummary) =>
  hasHappened(summary) && trackedOf(summary) === measure

/** Of the visible rows, newest first. */
export function trackedView(rows: readonly Row[], version: number): Tracked {
  const measures = new Map<TrackedMeasure, TrackedLatest>()
  const symptoms = new Map<string, { readonly latest: EntrySummary; readonly count: number }>()
  const goals: EntrySummary[] = []
  for (const { summary } of rows) {
    if (summary.kind === 'goal') {
      if (summary.target !== undefined && summary.status === 'active') goals.push(summary)
      continue
    }
    if (!hasHappened(summary)) continue
    if (summary.kind === 'symptom') {
      const found = symptoms.get(fold(summary.title))
      symptoms.set(fold(summary.title), { latest: found?.latest ?? summary, count: (found?.count ?? 0) + 1 })
      continue
    }
    const measure = trackedOf(summary)
    if (measure === undefined) continue
    const found = measures.get(measure)
    measures.set(measure, { measure, latest: found?.latest ?? summary, count: (found?.count ?? 0) + 1 })
  }
  return { measures: [...measures.values()], goals, symptoms: [...symptoms.values()], version }
}
