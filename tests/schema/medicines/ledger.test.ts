import fc from 'fast-check'
import { expect, test } from 'vitest'
import { instant } from '#schema/instant.ts'
import { dueDoses } from '#schema/medicines/due.ts'
import { type StockEvent, stockLeft, supplyOf } from '#schema/medicines/ledger.ts'

const at = (number: number) => instant(1_700_000_000_000 + number)
const change = (number: number, amount: number): StockEvent => ({ kind: 'change', at: at(number), amount })
const dose = (number: number, amount: number): StockEvent => ({ kind: 'dose', at: at(number), amount })
const count = (number: number, amount: number): StockEvent => ({ kind: 'count', at: at(number), amount })

test('refills add, doses subtract, a count says how it is', () => {
  expect(stockLeft([], at(9))).toBeUndefined()
  expect(stockLeft([dose(1, 1)], at(9))).toBeUndefined()
  expect(stockLeft([change(0, 30), dose(1, 1), dose(2, 0.5)], at(9))).toBe(28.5)
  expect(stockLeft([change(0, 30), dose(1, 1), count(2, 12), dose(3, 1)], at(9))).toBe(11)
  expect(stockLeft([change(0, 30), change(10, 30)], at(9))).toBe(30)
})

test('below zero it is said as it is, and a refill adds to that', () => {
  expect(stockLeft([change(0, 1), dose(1, 1), dose(2, 1)], at(9))).toBe(-1)
  expect(stockLeft([change(0, 1), dose(1, 1), dose(2, 1), change(3, 30)], at(9))).toBe(29)
})

test('the order in which devices learned of it changes nothing, and thirds of a tablet leave no crumbs', () => {
  const event = fc.record({ number: fc.integer({ min: 0, max: 5 }), quarters: fc.integer({ min: 1, max: 400 }) })
  const events = fc.array(event).map(list => list.map(({ number, quarters }) => change(number, quarters / 4)))
  fc.assert(
    fc.property(events, fc.array(event), (refills, doses) => {
      const all = [count(0, 0), ...refills, ...doses.map(({ number, quarters }) => dose(number, quarters / 4))]
      expect(stockLeft(all.toReversed(), at(9))).toBe(stockLeft(all, at(9)))
    }),
  )
  const tenths = Array.from({ length: 10 }, (_, index) => dose(index + 1, 0.1))
  expect(stockLeft([count(0, 1), ...tenths], at(99))).toBe(0)
})

test('days left, the day on which it runs out and when to fetch more', () => {
  const schedule = {
    unit: 'tablet',
    steps: [{ rhythm: { type: 'times' as const, times: ['08:00', '20:00'] }, dose: 1 }],
  }
  const due = dueDoses(schedule, '2026-11-27', '2027-11-27', 'Europe/Berlin')
  const days = { today: '2026-11-27', horizon: '2027-11-27', leadDays: 7 }
  expect(supplyOf(20, due, days)).toEqual({ runsOutOn: '2026-12-07', daysLeft: 10, refillBy: '2026-11-30' })
  expect(supplyOf(3, due, days)).toEqual({ runsOutOn: '2026-11-28', daysLeft: 1, refillBy: '2026-11-27' })
  expect(supplyOf(-2, due, days)).toEqual({ runsOutOn: '2026-11-27', daysLeft: 0, refillBy: '2026-11-27' })
  expect(supplyOf(10_000, due, days)).toEqual({ daysLeft: 365 })
})
