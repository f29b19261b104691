import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { differencesOf, sharesOf } from '#app/ui/features/track/compare.ts'
import { isIn, type Period, shareDays, spanning } from '#app/ui/features/track/period.ts'
import { type Reading, statisticsOf } from '#app/ui/features/track/statistics.ts'

const of = (...values: readonly (readonly number[])[]): readonly Reading[] =>
  values.map((each, index) => ({ at: index, text: '2026-03-04', values: each }))

const day = fc
  .date({ min: new Date('2020-01-01T00:00:00Z'), max: new Date('2020-04-01T00:00:00Z'), noInvalidDate: true })
  .map(date => date.toISOString().slice(0, 10))

/** Some are open, none ends before it begins. */
const period: fc.Arbitrary<Period> = fc
  .tuple(day, day, fc.boolean(), fc.boolean())
  .map(([one, other, hasStart, hasEnd]) => {
    const [from = '', to = ''] = [one, other].toSorted()
    return { ...(hasStart ? { from } : {}), ...(hasEnd ? { to } : {}) }
  })

const values = fc.array(fc.tuple(fc.double({ min: 0, max: 1e6, noNaN: true })), { minLength: 1, maxLength: 20 })

describe('differencesOf()', () => {
  test('reckons as by hand, each number of a blood pressure for itself', () => {
    const now = statisticsOf(of([120, 80], [130, 84]))
    const other = statisticsOf(of([131, 80], [131.4, 84]))
    expect(differencesOf(now, other)).toEqual([
      { now: 125, other: 131.2, by: 6.2, way: 'lower' },
      { now: 82, other: 82, by: 0, way: 'same' },
    ])
  })

  test('what is shown as the same is said to be the same', () => {
    expect(differencesOf(statisticsOf(of([5.04])), statisticsOf(of([4.96])))).toEqual([
      { now: 5, other: 5, by: 0, way: 'same' },
    ])
  })

  test('says the opposite of the other way round, and what is said agrees with itself', () => {
    const opposite = { lower: 'higher', higher: 'lower', same: 'same' } as const
    fc.assert(
      fc.property(values, values, (one, two) => {
        const [a, b] = [statisticsOf(of(...one)), statisticsOf(of(...two))]
        const [here] = differencesOf(a, b)
        const [there] = differencesOf(b, a)
        expect(there).toEqual(here && { now: here.other, other: here.now, by: here.by, way: opposite[here.way] })
        expect(Math.abs((here?.now ?? NaN) - (here?.other ?? NaN))).toBeCloseTo(here?.by ?? NaN, 6)
      }),
    )
  })

  test('of a period without readings there is none', () => {
    expect(differencesOf(statisticsOf(of([5])), statisticsOf([]))).toEqual([])
    expect(sharesOf(statisticsOf(of([5]), [{ high: 6 }]), statisticsOf([], [{ high: 6 }]))).toBeUndefined()
  })
})

test('sharesOf() is there only with a goal, in whole percent', () => {
  const goal = [{ high: 6 }]
  expect(sharesOf(statisticsOf(of([5])), statisticsOf(of([7])))).toBeUndefined()
  expect(sharesOf(statisticsOf(of([5], [7], [7]), goal), statisticsOf(of([7]), goal))).toEqual({ now: 33, other: 0 })
})

test('shareDays() is true just where some day lies in both, and spanning() holds each day of either', () => {
  const days = Array.from({ length: 120 }, (_, index) =>
    new Date(Date.UTC(2019, 11, 25) + index * 86_400_000).toISOString().slice(0, 10),
  )
  fc.assert(
    fc.property(period, period, (one, other) => {
      const isInBoth = (each: string) => isIn(one, each) && isIn(other, each)
      expect(shareDays(one, other)).toBe(days.some(isInBoth))
      const whole = spanning(one, other)
      const either = days.filter(each => isIn(one, each) || isIn(other, each))
      expect(either.filter(each => !isIn(whole, each))).toEqual([])
      expect(spanning(other, one)).toEqual(whole)
    }),
  )
})

test('shareDays() of a period that ends before it begins is never true', () => {
  expect(shareDays({ from: '2020-02-02', to: '2020-01-01' }, {})).toBe(false)
})
