import { expect, test } from 'vitest'
import { medicineDay, scheduledMedicines } from '#app/ui/record/medicines/medicine-day.ts'
import { instant } from '#schema/instant.ts'
import type { EntrySummary } from '#schema/record/entry.ts'
import { doseOf, medicineOf, TWICE, ZONE } from './taken.ts'

const at = (text: string) => instant(Date.parse(text))
const day = (medicines: readonly EntrySummary[], doses: readonly EntrySummary[], now: string) =>
  medicineDay(scheduledMedicines(medicines, doses), at(now), ZONE)
const walls = (lines: readonly { readonly due: { readonly wall: string } }[]) => lines.map(({ due }) => due.wall)

test('a dose is open from half an hour before until it is answered', () => {
  const medicine = medicineOf(TWICE)
  expect(walls(day([medicine], [], '2026-03-04T07:29+01:00').open)).toEqual([])
  expect(walls(day([medicine], [], '2026-03-04T07:30+01:00').open)).toEqual(['2026-03-04T08:00'])
  const taken = doseOf(medicine, '2026-03-04T09:12:00+01:00', { due: '2026-03-04T08:00' })
  const then = day([medicine], [taken], '2026-03-04T10:00+01:00')
  expect(walls(then.open)).toEqual([])
  expect(then.next?.due.wall).toBe('2026-03-04T20:00')
  expect(then.done).toEqual([taken])
})

test('of yesterday evening a dose stays open where doses were written down by then, and one of its morning does not', () => {
  const medicine = medicineOf(TWICE)
  expect(walls(day([medicine], [], '2026-03-05T01:00+01:00').open)).toEqual([])
  const before = doseOf(medicine, '2026-03-03T20:00:00+01:00', { due: '2026-03-03T20:00' })
  expect(walls(day([medicine], [before], '2026-03-05T01:00+01:00').open)).toEqual(['2026-03-04T20:00'])
})

test('a dose left out is answered, and one binned or taken without being due is not', () => {
  const medicine = medicineOf(TWICE)
  const skipped = doseOf(medicine, '2026-03-04T08:00:00+01:00', { due: '2026-03-04T08:00', state: 'skipped' })
  const extra = doseOf(medicine, '2026-03-04T08:00:00+01:00')
  expect(walls(day([medicine], [skipped], '2026-03-04T10:00+01:00').open)).toEqual([])
  expect(walls(day([medicine], [extra], '2026-03-04T10:00+01:00').open)).toEqual(['2026-03-04T08:00'])
})

test('on the day on which the clocks go forward each dose is due once', () => {
  const night = medicineOf({ unit: 'tablet', steps: [{ rhythm: { type: 'times', times: ['02:30'] }, dose: 1 }] })
  const { open } = day([night], [], '2026-03-29T12:00+02:00')
  expect(open.map(({ due }) => [due.wall, new Date(due.at).toISOString()])).toEqual([
    ['2026-03-29T02:30', '2026-03-29T01:30:00.000Z'],
  ])
})

test('when needed: says the last time, and to wait only where the record has a rule', () => {
  const rhythm = { type: 'as-needed', gapHours: 4 } as const
  const ruled = medicineOf({ unit: 'tablet', steps: [{ rhythm, dose: 1 }] }, 'Paracetamol')
  const free = medicineOf({ unit: 'tablet', steps: [{ rhythm: { type: 'as-needed' }, dose: 1 }] }, 'Lozenge')
  const doses = [ruled, free].map(medicine => doseOf(medicine, '2026-03-04T10:30:00+01:00'))
  const { needed } = day([ruled, free], doses, '2026-03-04T12:00+01:00')
  expect(needed.map(({ last, wait }) => [last, wait])).toEqual([
    [at('2026-03-04T10:30+01:00'), { until: at('2026-03-04T14:30+01:00'), because: 'gap' }],
    [at('2026-03-04T10:30+01:00'), undefined],
  ])
})

test('what is stopped, not taken, or says no times is not asked for; doses of an entry that is gone go by its name', () => {
  const medicine = medicineOf(TWICE)
  const gone = { ...medicineOf(TWICE), id: 'medicines.e0.a.gone' as typeof medicine.id }
  const dose = doseOf(gone, '2026-03-04T08:00:00+01:00', { due: '2026-03-04T08:00' })
  expect(scheduledMedicines([{ ...medicine, status: 'past' }], [])).toEqual([])
  expect(scheduledMedicines([{ ...medicine, isNegated: true }], [])).toEqual([])
  expect(scheduledMedicines([{ ...medicine, plan: { schedule: '{' } }], [])).toEqual([])
  expect(scheduledMedicines([medicine], [dose])[0]?.doses).toEqual([dose])
  expect(scheduledMedicines([medicine, gone], [dose])[0]?.doses).toEqual([])
})
