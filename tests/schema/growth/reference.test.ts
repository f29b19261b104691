import { assert, constantFrom, double, integer, property } from 'fast-check'
import { expect, test } from 'vitest'
import { GROWTH_MEASURES, GROWTH_STANDARDS } from '#schema/growth/kinds.ts'
import { percentileOf, restrictedZScoreOf, valueAt, zScoreOf } from '#schema/growth/lms.ts'
import { agesOf, CURVES, curveAt, placeOf, spreadAt } from '#schema/growth/reference.ts'

const standards = constantFrom(...GROWTH_STANDARDS)
const measures = constantFrom(...GROWTH_MEASURES)
const sexes = constantFrom('female' as const, 'male' as const)
const anyAge = double({ min: -400, max: 9000, noNaN: true })

test('percentileOf() is the normal distribution', () => {
  // https://www.itl.nist.gov/div898/handbook/eda/section3/eda3671.htm
  const table = [
    [0, 50],
    [1, 84.134],
    [-1, 15.866],
    [1.96, 97.5],
    [-2.33, 0.99],
    [3, 99.865],
  ] as const
  for (const [z, percentile] of table) expect(percentileOf(z)).toBeCloseTo(percentile, 2)
})

test('each curve that is drawn stands at its percentile', () => {
  for (const standard of GROWTH_STANDARDS)
    for (const { percentile, z } of CURVES[standard]) expect(percentileOf(z)).toBeCloseTo(percentile, 3)
})

test('zScoreOf() leads back to where valueAt() stood, and percentiles rise with values', () => {
  assert(
    property(standards, measures, sexes, anyAge, double({ min: -2.9, max: 2.9, noNaN: true }), (...given) => {
      const [standard, measure, sex, age, z] = given
      const lms = spreadAt(standard, measure, sex, age)
      if (lms === undefined) return
      const value = valueAt(lms, z)
      expect(zScoreOf(lms, value)).toBeCloseTo(z, 6)
      expect(placeOf(standard, measure, sex, age, value)?.z).toBeCloseTo(z, 6)
      const more = placeOf(standard, measure, sex, age, value * 1.05)
      expect(more?.percentile).toBeGreaterThan(percentileOf(z) - 1e-4)
    }),
  )
})

test('curves never cross, at any age', () => {
  assert(
    property(standards, measures, sexes, anyAge, (standard, measure, sex, age) => {
      const values = CURVES[standard].map(({ z }) => curveAt(standard, measure, sex, age, z))
      if (values.includes(undefined)) return
      expect(values.toSorted((a = 0, b = 0) => a - b)).toEqual(values)
    }),
  )
})

test('there is a place exactly within the ages of the standard, and for no impossible value', () => {
  assert(
    property(standards, measures, sexes, integer({ min: -400, max: 9000 }), (standard, measure, sex, age) => {
      const isThere = spreadAt(standard, measure, sex, age) !== undefined
      // A published age may end within a day.
      const { from, to } = agesOf(standard, measure) ?? { from: Infinity, to: -Infinity }
      expect(isThere || age < from || age > to).toBe(true)
      expect(isThere && (age < from || age > to + 1)).toBe(false)
    }),
  )
  for (const value of [0, -3, Number.NaN]) expect(placeOf('who', 'weight', 'female', 100, value)).toBeUndefined()
  expect(placeOf('who', 'weight', 'female', Number.NaN, 5)).toBeUndefined()
  expect(placeOf('who', 'head-circumference', 'female', 100, 40)).toBeUndefined()
})

test('far from the median WHO goes on in even steps, on both sides', () => {
  const lms = { l: -0.3, m: 10, s: 0.12 }
  const step = valueAt(lms, 3) - valueAt(lms, 2)
  expect(restrictedZScoreOf(lms, valueAt(lms, 3) + 2 * step)).toBeCloseTo(5, 6)
  const below = valueAt(lms, -2) - valueAt(lms, -3)
  expect(restrictedZScoreOf(lms, valueAt(lms, -3) - below)).toBeCloseTo(-4, 6)
  expect(restrictedZScoreOf(lms, valueAt(lms, 2))).toBeCloseTo(2, 6)
})

test('a length lying down and a height standing differ at two years', () => {
  const [lying, standing] = [spreadAt('who', 'height', 'male', 730), spreadAt('who', 'height', 'male', 731)]
  expect(lying?.m).toBeCloseTo(87.8018, 2)
  expect(standing?.m).toBeCloseTo(87.1303, 2)
})
