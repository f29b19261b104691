import { expect, test } from 'vitest'
import { isValueOf, kindsOf, trackedView } from '#app/core/record/tracked-view.ts'
import { summaryOf, entryId } from '#tests/support/fake-entries.ts'
import type { EntryFields, EntrySummary } from '#schema/record/entry.ts'

const pain = (value: number, hour: string): EntryFields => ({
  kind: 'measure',
  measure: 'pain',
  takenAt: `2026-03-04T${hour}:00:00Z`,
  value,
  unit: '{score}',
})

/** Newest first, as the index has them. */
const SUMMARIES: readonly EntrySummary[] = [
  pain(3, '09'),
  { kind: 'symptom', name: 'Headache', severity: 4, takenAt: '2026-03-04T08:30:00Z' } as const,
  { kind: 'symptom', name: 'headache', severity: 6, takenAt: '2026-03-04T08:20:00Z' } as const,
  pain(5, '08'),
  { kind: 'weight', takenAt: '2026-03-04T07:00:00Z', weightKg: 70 } as const,
  { kind: 'goal', measure: 'pain', unit: '{score}', high: 4, status: 'active' } as const,
  { kind: 'goal', measure: 'pain', unit: '{score}', high: 6, status: 'ended' } as const,
].map((fields, index) => summaryOf(entryId(`e${index}`), fields))

const rowsOf = (summaries: readonly EntrySummary[]) =>
  summaries.map(summary => ({ summary, hasConflict: false, isUntouched: true, month: '2026-03' }))

test('trackedView() tells of each measure its newest value, of the goals those that hold, and symptoms by their name', () => {
  const { measures, goals, symptoms } = trackedView(rowsOf(SUMMARIES), 3)
  expect(measures.map(({ measure, latest, count }) => [measure, latest.id, count])).toEqual([
    ['pain', 'e0', 2],
    ['weight', 'e4', 1],
  ])
  expect(goals.map(({ id, target }) => [id, target?.high])).toEqual([['e5', 4]])
  expect(symptoms.map(({ latest, count }) => [latest.title, count])).toEqual([['Headache', 2]])
})

test('what was planned, a mistake, not done or has no date is no value', () => {
  const { when: _, ...undated } = SUMMARIES[0]!
  const odd = [
    { ...SUMMARIES[0]!, status: 'mistaken' },
    { ...SUMMARIES[0]!, status: 'planned' },
    { ...SUMMARIES[0]!, isNegated: true },
    undated,
  ] as const
  expect(trackedView(rowsOf(odd), 1).measures).toEqual([])
  expect(odd.map(each => isValueOf('pain', each))).toEqual([false, false, false, false])
})

test('kindsOf() names every kind among which values of the measure stand', () => {
  expect(SUMMARIES.filter(each => isValueOf('pain', each)).every(({ kind }) => kindsOf('pain').includes(kind))).toBe(
    true,
  )
  expect(kindsOf('weight')).toEqual(['weight'])
})
