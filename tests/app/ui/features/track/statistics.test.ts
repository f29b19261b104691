import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dayAfter, daysIn, isIn, PERIODS, periodBefore, periodOf } from '#app/ui/features/track/period.ts'
import { meanOf, type Reading, readingsIn, sevenDayMeans, statisticsOf } from '#app/ui/features/track/statistics.ts'

const two = (value: number) => String(value).padStart(2, '0')

const ZONES = ['Z', '+14:00', '-11:00', '+05:45', '-03:30', '+01:00', '+02:00']

/** A moment as written on the wall, in some zone. */
const written = fc
  .record({
    month: fc.integer({ min: 1, max: 12 }),
    day: fc.integer({ min: 1, max: 28 }),
    hour: fc.integer({ min: 0, max: 23 }),
    zone: fc.constantFrom(...ZONES),
  })
  .map(({ month, day, hour, zone }) => `2026-${two(month)}-${two(day)}T${two(hour)}:10:00${zone}`)

const reading = (numbers: number): fc.Arbitrary<Reading> =>
  fc
    .tuple(
      fc.oneof(written, fc.constant('2026-03-04')),
      fc.array(fc.double({ min: 1, max: 400, noNaN: true }), { minLength: numbers, maxLength: numbers }),
    )
    .map(([text, values]) => ({ at: Date.parse(text), text, values }))

const readings = fc.integer({ min: 1, max: 2 }).chain(numbers => fc.array(reading(numbers), { maxLength: 40 }))

const day = fc
  .date({ min: new Date('1990-01-01T00:00:00Z'), max: new Date('2090-01-01T00:00:00Z'), noInvalidDate: true })
  .map(date => date.toISOString().slice(0, 10))

const byHand = (text: string, ...values: readonly number[]): Reading => ({ at: Date.parse(text), text, values })

describe('statisticsOf()', () => {
  test('reckons as by hand', () => {
    const found = statisticsOf(
      [
        byHand('2026-03-04T07:10:00+01:00', 120, 70),
        byHand('2026-03-04T20:10:00+01:00', 140, 90),
        byHand('2026-03-05T12:00:00+01:00', 130, 95),
        byHand('2026-03-06', 126, 81),
      ],
      [{ high: 135 }, { low: 60, high: 90 }],
    )
    expect(found).toEqual({
      count: 4,
      mean: [129, 84],
      least: [120, 70],
      greatest: [140, 95],
      inBand: 2,
      morning: { count: 1, mean: [120, 70] },
      evening: { count: 2, mean: [135, 92.5] },
    })
  })

  test('of nothing is nothing, and a band counts its ends', () => {
    expect(statisticsOf([])).toEqual({
      count: 0,
      mean: [],
      least: [],
      greatest: [],
      morning: { count: 0, mean: [] },
      evening: { count: 0, mean: [] },
    })
    expect(statisticsOf([byHand('2026-03-04', 4), byHand('2026-03-04', 7)], [{ low: 4, high: 7 }]).inBand).toBe(2)
  })

  test('the mean lies between the least and the greatest, in any order', () => {
    fc.assert(
      fc.property(readings, all => {
        const found = statisticsOf(all)
        const turned = statisticsOf(all.toReversed())
        for (const [index, mean] of found.mean.entries()) {
          expect(mean).toBeGreaterThanOrEqual((found.least[index] ?? NaN) - 1e-9)
          expect(mean).toBeLessThanOrEqual((found.greatest[index] ?? NaN) + 1e-9)
          expect(mean).toBeCloseTo(turned.mean[index] ?? NaN, 9)
        }
        expect(found.morning.count + found.evening.count).toBe(all.filter(({ text }) => text.length > 10).length)
      }),
    )
  })

  test('what is read on the wall is the same wherever it was: zones and changes of the clocks move nothing', () => {
    fc.assert(
      fc.property(readings, fc.constantFrom(...ZONES), day, day, (all, zone, one, other) => {
        const moved = all.map(each => ({ ...each, text: each.text.replace(/(?<=T.{8}).*$/, zone) }))
        const [from, to] = [one, other].toSorted()
        const period = { from: from ?? one, to: to ?? other }
        expect(statisticsOf(readingsIn(period, moved))).toEqual(statisticsOf(readingsIn(period, all)))
        expect(sevenDayMeans(moved).map(({ text, values }) => [text, values])).toEqual(
          sevenDayMeans(all).map(({ text, values }) => [text, values]),
        )
      }),
    )
  })

  test('on the night the clocks go back, both readings at half past two are of that morning', () => {
    const twice = [byHand('2026-10-25T02:30:00+02:00', 5), byHand('2026-10-25T02:30:00+01:00', 7)]
    const today = { from: '2026-10-25', to: '2026-10-25' }
    expect(statisticsOf(readingsIn(today, twice)).morning).toEqual({ count: 2, mean: [6] })
  })
})

describe('sevenDayMeans()', () => {
  test('takes the day and the six before it', () => {
    const all = [
      byHand('2026-03-01T08:00:00Z', 1),
      byHand('2026-03-07T08:00:00Z', 3),
      byHand('2026-03-07T20:00:00Z', 5),
      byHand('2026-03-08T08:00:00Z', 10),
    ]
    expect(sevenDayMeans(all).map(({ text, values }) => [text, values])).toEqual([
      ['2026-03-01', [1]],
      ['2026-03-07', [3]],
      ['2026-03-08', [6]],
    ])
  })

  test('each is the mean of just the readings of its seven days', () => {
    fc.assert(
      fc.property(readings, all => {
        for (const { text, values } of sevenDayMeans(all)) {
          const window = readingsIn({ from: dayAfter(text, -6) ?? text, to: text }, all)
          for (const [index, mean] of meanOf(window).entries()) expect(values[index]).toBeCloseTo(mean, 9)
        }
      }),
    )
  })
})

describe('periods', () => {
  test('have their days, whatever the clocks do, and the one before adjoins', () => {
    fc.assert(
      fc.property(day, today => {
        for (const [name, days] of [
          ['week', 7],
          ['month', 30],
          ['quarter', 91],
          ['year', 365],
        ] as const) {
          const period = periodOf(name, today, {})
          expect(daysIn(period)).toBe(days)
          expect(isIn(period, today)).toBe(true)
          const before = periodBefore(period)
          expect(daysIn(before ?? {})).toBe(days)
          expect(dayAfter(before?.to ?? '', 1)).toBe(period.from)
        }
      }),
    )
  })

  test('open ones and nonsense have no days and none before them', () => {
    expect(periodBefore(periodOf('all', '2026-03-04', {}))).toBeUndefined()
    fc.assert(
      fc.property(fc.constantFrom(...PERIODS), fc.string(), fc.string(), (name, from, to) => {
        expect(periodBefore(periodOf(name, 'today', { from, to }))).toBe(undefined)
      }),
    )
  })
})
