import { expect, test } from 'vitest'
import { isUcumUnit } from '#app/core/record/units.ts'
import { ANALYTES, inAnalyteUnit } from '#schema/codes/analytes.ts'

const of = (code: string) => [{ system: 'http://loinc.org', code }]
const mass = (value: number, unit = 'mg/dL') => ({ value, unit, isUcum: true })

test.each([
  ['2345-7', 100, 'mmol/L', 5.551],
  ['2093-3', 200, 'mmol/L', 5.172],
  ['2571-8', 150, 'mmol/L', 1.694],
  ['2160-0', 1, 'umol/L', 88.4],
  ['1975-2', 1, 'umol/L', 17.1],
  ['3084-1', 6, 'umol/L', 356.9],
  ['17861-6', 10, 'mmol/L', 2.495],
])('inAnalyteUnit() converts LOINC %s by its own factor: %d mg/dL', (code, value, unit, expected) => {
  expect(inAnalyteUnit(mass(value), of(code), unit)).toEqual({ value: expected, unit, isUcum: true })
  const back = inAnalyteUnit({ value: expected, unit, isUcum: true }, of(code), 'mg/dL')
  expect(back?.value).toBeCloseTo(value, 1)
})

test('inAnalyteUnit() converts nothing whose substance or unit it does not know for certain', () => {
  expect(inAnalyteUnit(mass(100), of('9999-9'), 'mmol/L')).toBeUndefined()
  expect(inAnalyteUnit(mass(100), [{ system: 'http://other', code: '2345-7' }], 'mmol/L')).toBeUndefined()
  expect(inAnalyteUnit(mass(100), of('2345-7'), 'umol/L')).toBeUndefined()
  expect(inAnalyteUnit(mass(100, 'g/L'), of('2345-7'), 'mmol/L')).toBeUndefined()
  expect(inAnalyteUnit({ ...mass(100), isUcum: false }, of('2345-7'), 'mmol/L')).toBeUndefined()
  expect(inAnalyteUnit(mass(100), [], 'mg/dL')).toEqual(mass(100))
})

test('a comparator goes along, and every unit is UCUM; no code belongs to two substances', () => {
  expect(inAnalyteUnit({ ...mass(100), comparator: '<' }, of('2345-7'), 'mmol/L')).toMatchObject({ comparator: '<' })
  expect(ANALYTES.flatMap(({ mass: a, molar }) => [a, molar]).filter(unit => !isUcumUnit(unit))).toEqual([])
  const codes = ANALYTES.flatMap(({ loinc }) => loinc)
  expect(new Set(codes).size).toBe(codes.length)
})
