import fc from 'fast-check'
import { expect, test } from 'vitest'
import { flagOf, isOut, limitsOf, normalRangeOf, stageOf } from '#schema/record/fhir/result-flag.ts'

const said = (...codes: readonly string[]) => ({ interpretation: codes.map(code => ({ coding: [{ code }] })) })
const range = (low?: number, high?: number, more = {}) => ({
  ...(low === undefined ? {} : { low: { value: low, unit: 'mg/dL' } }),
  ...(high === undefined ? {} : { high: { value: high, unit: 'mg/dL' } }),
  ...more,
})
const measured = (value: number, ...referenceRange: readonly object[]) => ({
  valueQuantity: { value, unit: 'mg/dL' },
  referenceRange,
})

test('flagOf() takes the gravest of what the source says, and calls critical only what the source does', () => {
  expect(['HH', 'LL', 'AA', 'HU', 'LU', 'H', 'N'].map(code => flagOf(said(code)))).toEqual([
    'critical-high',
    'critical-low',
    'critical',
    'high',
    'low',
    'high',
    'normal',
  ])
  expect(flagOf(said('N', 'HH'))).toBe('critical-high')
  expect(flagOf(said('POS', 'A'))).toBe('abnormal')
  expect(flagOf({ ...said('S'), ...measured(9, range(1, 2)) })).toBeUndefined()
  expect([undefined, 'normal', 'in-range', 'negative', 'low'].map(flag => isOut(flag as never))).toEqual([
    false,
    false,
    false,
    false,
    true,
  ])
})

test('flagOf() compares with the one normal range for everybody, and not with ranges of other meanings', () => {
  const type = (code: string) => ({ type: { coding: [{ code }] } })
  expect(flagOf(measured(5, range(3, 7)))).toBe('in-range')
  expect(flagOf(measured(3, range(3)))).toBe('in-range')
  expect(flagOf(measured(8, range(3, 7, type('normal')), range(1, 20, type('treatment'))))).toBe('high')
  expect(flagOf(measured(8, range(3, 7, type('therapeutic'))))).toBeUndefined()
  expect(flagOf(measured(8, range(3, 7), range(2, 9)))).toBeUndefined()
  expect(flagOf(measured(8, range(7, 3)))).toBeUndefined()
  expect(flagOf(measured(8, { text: '3-7' }))).toBeUndefined()
})

test('limitsOf() has numbers with their unit, the value’s where the range has none', () => {
  expect(limitsOf(measured(5, range(3, 7)))).toEqual({ low: 3, high: 7, unit: 'mg/dL' })
  expect(limitsOf(measured(5, { high: { value: 7 } }))).toEqual({ high: 7, unit: 'mg/dL' })
  expect(limitsOf(measured(5, { low: { value: 1, unit: 'g/L' }, high: { value: 7, unit: 'mg/dL' } }))).toBeUndefined()
  expect(limitsOf(measured(5, range(3, 7, { age: {} })))).toBeUndefined()
  expect(limitsOf(measured(5, {}))).toBeUndefined()
})

test('normalRangeOf() has numbers of the value’s unit, else the source’s words', () => {
  expect(normalRangeOf(measured(5, range(3, 7)))).toEqual({ low: 3, high: 7 })
  expect(normalRangeOf(measured(5, { text: 'up to 7' }))).toEqual({ words: 'up to 7' })
  expect(normalRangeOf(measured(5, range(3, 7), range(1, 2)))).toEqual({ words: '3 – 7 mg/dL; 1 – 2 mg/dL' })
  expect(normalRangeOf(measured(5, { high: { value: 7, unit: 'g/L' } }))).toEqual({ words: '≤ 7 g/L' })
  expect(normalRangeOf(measured(5))).toBeUndefined()
})

test('stageOf() tells what may still change and what was changed', () => {
  const stages = ['preliminary', 'registered', 'partial', 'corrected', 'amended', 'appended', 'final', undefined]
  expect(stages.map(status => stageOf({ status }))).toEqual([
    'preliminary',
    'preliminary',
    'preliminary',
    'corrected',
    'amended',
    'amended',
    undefined,
    undefined,
  ])
})

test('flagOf() and limitsOf() throw for nothing', () => {
  const names = fc.constantFrom('interpretation', 'referenceRange', 'valueQuantity')
  fc.assert(
    fc.property(fc.dictionary(names, fc.anything()), observation => {
      expect(() => [flagOf(observation), limitsOf(observation)]).not.toThrow()
    }),
  )
})
