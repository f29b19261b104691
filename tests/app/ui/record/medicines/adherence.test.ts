import { expect, test } from 'vitest'
import { monthOfMedicine } from '#app/ui/record/medicines/adherence.ts'
import { scheduledMedicines } from '#app/ui/record/medicines/medicine-day.ts'
import { stockOf } from '#app/ui/record/medicines/stock-of.ts'
import { instant } from '#schema/instant.ts'
import type { EntrySummary } from '#schema/record/entry.ts'
import { doseOf, medicineOf, stockEntryOf, TWICE, ZONE } from './taken.ts'

const NOW = instant(Date.parse('2026-03-06T12:00+01:00'))
const medicine = medicineOf(TWICE)
const scheduled = (...doses: readonly EntrySummary[]) => scheduledMedicines([medicine], doses)[0]!
const due = (day: string, time: string, more: Parameters<typeof doseOf>[2] = {}) =>
  doseOf(medicine, `${day}T${time}:00+01:00`, { due: `${day}T${time}`, ...more })

test('a day says whether all was taken, some, none, left out, or nothing was written down', () => {
  const days = monthOfMedicine(
    scheduled(
      due('2026-03-02', '08:00'),
      due('2026-03-02', '20:00'),
      due('2026-03-03', '08:00'),
      due('2026-03-04', '08:00', { state: 'skipped' }),
      due('2026-03-04', '20:00', { state: 'skipped' }),
      due('2026-03-06', '08:00'),
    ),
    '2026-03',
    NOW,
    ZONE,
  )
  expect(days).toHaveLength(31)
  expect(days.slice(0, 7).map(({ mark }) => mark)).toEqual([
    'unknown',
    'taken',
    'part',
    'left-out',
    'missing',
    'open',
    'open',
  ])
})

test('a dose taken after midnight counts for the day on which it was due', () => {
  const late = doseOf(medicine, '2026-03-03T00:30:00+01:00', { due: '2026-03-02T20:00' })
  const [, second] = monthOfMedicine(scheduled(due('2026-03-02', '08:00'), late), '2026-03', NOW, ZONE)
  expect(second).toMatchObject({ day: '2026-03-02', taken: 2, mark: 'taken' })
})

test('what is left goes below zero, and says until when it is enough', () => {
  const fetched = stockEntryOf(medicine, 'fetched', 10, '2026-03-01T09:00:00+01:00')
  const taken = scheduled(due('2026-03-06', '08:00'))
  expect(stockOf(taken, [], NOW, ZONE)).toBeUndefined()
  expect(stockOf(taken, [fetched], NOW, ZONE)).toEqual({
    unit: 'tablet',
    left: 9,
    otherUnits: 0,
    supply: { runsOutOn: '2026-03-11', daysLeft: 5, refillBy: '2026-03-06' },
  })
  const counted = stockEntryOf(medicine, 'counted', 0, '2026-03-05T09:00:00+01:00')
  expect(stockOf(taken, [fetched, counted], NOW, ZONE)?.left).toBe(-1)
})

test('what is counted in boxes is not mixed with tablets', () => {
  const boxes = stockEntryOf(medicine, 'fetched', 2, '2026-03-01T09:00:00+01:00', 'box')
  const tablets = stockEntryOf(medicine, 'counted', 30, '2026-03-02T09:00:00+01:00')
  expect(stockOf(scheduled(), [boxes, tablets], NOW, ZONE)).toMatchObject({ left: 30, otherUnits: 1 })
})
