import { expect, test } from 'vitest'
import { bmiOf, measuredOf, pointsOf, withReckoned } from '#app/ui/features/growth/growth-points.ts'
import { ageTicks } from '#app/ui/features/growth/growth-words.ts'
import { spread } from '#app/ui/parts/trend-scale.ts'
import { instant } from '#schema/instant.ts'
import type { EntrySummary, Quantity } from '#schema/record/entry.ts'
import { entryId } from '#tests/support/fake-entries.ts'

const entry = (text: string, quantity: Partial<Quantity> | string): EntrySummary =>
  ({
    id: entryId('e-1'),
    when: { text, sortAt: instant(Date.parse(text) || 0) },
    value:
      typeof quantity === 'string'
        ? { type: 'text', text: quantity }
        : { type: 'quantity', quantity: { value: 1, unit: 'kg', isUcum: true, ...quantity } },
  }) as unknown as EntrySummary

test('weights come to kilograms unrounded, and what is not certain is counted as left out', () => {
  const found = measuredOf('weight', [
    entry('2024-05-02', { value: 7.3, unit: '[lb_av]' }),
    entry('2024-05-01', { value: 3300, unit: 'g' }),
    entry('2024', { value: 4 }),
    entry('2024-05-03', { value: 4, comparator: '<' }),
    entry('2024-05-03', { value: 4, unit: '🍬', isUcum: false }),
    entry('2024-05-03', { value: -4 }),
    entry('2024-05-03', 'four kilos'),
  ])
  expect(found.leftOut).toBe(5)
  expect(found.measured.map(({ value }) => value)).toEqual([3300 * 0.001, 7.3 * 0.45359237])
})

test('a BMI is reckoned for days with both, and never where one stands already', () => {
  const weights = measuredOf('weight', [entry('2024-05-02', { value: 12 }), entry('2024-05-03', { value: 13 })])
  const heights = measuredOf('height', [entry('2024-05-02', { value: 85, unit: 'cm' })])
  const reckoned = bmiOf(weights.measured, heights.measured)
  expect(reckoned).toHaveLength(1)
  expect(reckoned[0]?.value).toBeCloseTo(16.609, 3)
  const own = measuredOf('bmi', [entry('2024-05-02', { value: 17, unit: 'kg/m2' })]).measured
  expect(withReckoned(own, reckoned)).toEqual(own)
})

test('a point stands at its age, corrected for a preterm child, and before birth there is none', () => {
  const { measured } = measuredOf('weight', [entry('2024-01-01', { value: 3 }), entry('2024-06-10', { value: 6 })])
  const child = { sex: 'female', birthDate: '2024-03-01' } as const
  expect(pointsOf(measured, child, 'who', 'weight')).toMatchObject([{ ageDays: 101, comparedDays: 101 }])
  const early = pointsOf(measured, { ...child, bornAtWeeks: 30 }, 'who', 'weight')
  expect(early).toMatchObject([{ ageDays: 101, comparedDays: 31 }])
  expect(early[0]?.place?.percentile).toBeGreaterThan(95)
  expect(pointsOf(measured, child, 'cdc', 'weight')[0]?.place).toBeUndefined()
})

test('an axis of ages has few parts of whole months', () => {
  const months = (from: number, to: number) => ageTicks(from, to).map(days => Math.round(days / 30.4375))
  expect(months(0, 731)).toEqual([0, 6, 12, 18, 24])
  expect(months(0, 1856)).toEqual([0, 24, 48])
  expect(months(730.5, 7305)).toEqual([60, 120, 180, 240])
})

test('names at the ends of curves keep their order and their distance', () => {
  const places = spread([10, 11, 12, 60], 10)
  expect(places.every((place, index) => index === 0 || place - (places[index - 1] ?? 0) >= 10)).toBe(true)
})
