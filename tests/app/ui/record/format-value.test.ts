import { expect, test } from 'vitest'
import { formatQuantity, formatUnit, formatValue } from '#app/ui/record/format-value.ts'
import { kgFromPounds, poundsFromKg } from '#app/ui/record/units.ts'

const ucum = (value: number, unit: string) => ({ value, unit, isUcum: true })

test('formatQuantity() follows the units setting for bodies', () => {
  expect(formatQuantity(ucum(71.4, 'kg'), 'metric', 'en')).toBe('71.4 kg')
  expect(formatQuantity(ucum(71.4, 'kg'), 'imperial', 'en')).toBe('157.4 lb')
  expect(formatQuantity(ucum(178, 'cm'), 'imperial', 'en')).toBe('5 ft 10 in')
  expect(formatQuantity(ucum(37, 'Cel'), 'imperial', 'en')).toBe('98.6 °F')
  expect(formatQuantity(ucum(98.6, '[degF]'), 'metric', 'en')).toBe('37 °C')
})

test('formatQuantity() never converts doses, laboratory units, or units it cannot trust', () => {
  expect(formatQuantity(ucum(5, 'g'), 'imperial', 'en')).toBe('5 g')
  expect(formatQuantity(ucum(98, 'mg/dL'), 'metric', 'en')).toBe('98 mg/dL')
  expect(formatQuantity({ value: 70, unit: 'kg', isUcum: false }, 'imperial', 'en')).toBe('70 kg')
})

test('formatQuantity() keeps "less than" and every digit of small numbers', () => {
  expect(formatQuantity({ ...ucum(0.005, 'ng/mL'), comparator: '<' }, 'metric', 'en')).toBe('< 0.005 ng/mL')
  expect(formatQuantity({ ...ucum(90, 'mL/min'), comparator: '>=' }, 'metric', 'en')).toBe('≥ 90 mL/min')
})

test('formatQuantity() rounds what nobody measured, never a whole number, and not where it is asked for exactly', () => {
  expect(formatQuantity(ucum(98.053958, 'kg'), 'metric', 'en')).toBe('98.05 kg')
  expect(formatQuantity(ucum(98.053958, 'kg'), 'metric', 'en', 'exact')).toBe('98.053958 kg')
  expect(formatQuantity(ucum(0.0012345, 'ng/mL'), 'metric', 'en')).toBe('0.001235 ng/mL')
  expect(formatQuantity(ucum(-12345.678, 'mL'), 'metric', 'en')).toBe('-12,346 mL')
  expect(formatQuantity(ucum(1_234_567, '/uL'), 'metric', 'en')).toBe('1,234,567 /µL')
})

test('formatUnit() writes UCUM as papers do', () => {
  expect(formatUnit('mm[Hg]')).toBe('mmHg')
  expect(formatUnit('10*3/uL')).toBe('10³/µL')
  expect(formatUnit('{beats}/min')).toBe('/min')
  expect(formatUnit('ug/L')).toBe('µg/L')
  expect(formatUnit('kg/m2')).toBe('kg/m²')
  expect(formatUnit('m2')).toBe('m²')
  expect(formatUnit('mL/min/m2')).toBe('mL/min/m²')
  expect(formatUnit('/mm3')).toBe('/mm³')
  expect(formatUnit('nmol/h')).toBe('nmol/h')
})

test('formatValue() isolates a blood pressure, so that Arabic does not turn it round', () => {
  const value = { type: 'blood-pressure', systolicMmHg: 128, diastolicMmHg: 82 } as const
  expect(formatValue(value, 'metric', 'ar')).toBe('\u2066128/82 mmHg\u2069')
})

test('kgFromPounds() brings tenths of a pound back', () => {
  for (let tenths = 1; tenths < 4000; tenths += 7) {
    expect(Math.round(poundsFromKg(kgFromPounds(tenths / 10)) * 10)).toBe(tenths)
  }
})
