import { expect, test } from 'vitest'
import { byDayPart, DAY_PARTS } from '#app/ui/features/medicines/day-parts.ts'
import type { Step } from '#schema/medicines/schedule.ts'
import { medicineOf } from '../../record/medicines/taken.ts'

test('a medicine stands in each part of the day in which it is taken, of a taper by the step of the day', () => {
  const of = (name: string, ...steps: readonly Step[]) => medicineOf({ unit: 'tablet', steps }, name)
  const parts = byDayPart(
    [
      of('Metformin', { rhythm: { type: 'times', times: ['08:00', '20:00'] }, dose: 1 }),
      of('Amoxicillin', { rhythm: { type: 'hours', hours: 8, first: '06:00' }, dose: 1, from: '2026-03-01' }),
      of(
        'Prednisolone',
        { rhythm: { type: 'times', times: ['12:00'] }, dose: 2, until: '2026-03-01' },
        { rhythm: { type: 'times', times: ['13:00'] }, dose: 0.5, from: '2026-03-02' },
      ),
      of('Paracetamol', { rhythm: { type: 'as-needed' }, dose: 1 }),
      { ...of('Cream', { rhythm: { type: 'as-needed' }, dose: 1 }), plan: {} },
    ],
    '2026-03-04',
  )
  const names = DAY_PARTS.map(part => [part, parts.get(part)?.map(({ entry, dose }) => [entry.title, dose?.amount])])
  expect(Object.fromEntries(names)).toEqual({
    morning: [
      ['Metformin', 1],
      ['Amoxicillin', 1],
    ],
    noon: [
      ['Amoxicillin', 1],
      ['Prednisolone', 0.5],
    ],
    evening: [['Metformin', 1]],
    night: [['Amoxicillin', 1]],
    'as-needed': [['Paracetamol', 1]],
    other: [['Cream', undefined]],
  })
})
