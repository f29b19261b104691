import { expect, test } from 'vitest'
import { healthNumber, healthUnit } from '#app/core/exchange/apple/health-units.ts'
import { isUcumUnit } from '#app/core/record/units.ts'

/** As HealthKit and its export spell them. */
const WRITTEN =
  'count/min|bpm|count|count/s|mmHg|kg|g|mg|mcg|lb|st|oz|cm|m|km|mm|ft|in|yd|mi|degC|degF|K|%|mg/dL|mmol<180.15588000005408>/L|kcal|Cal|kJ|min|hr|s|ms|mL|L|dL|L/min|IU|fl_oz_us|cup_us|dBASPL|dBHL|m/s|ft/s|km/hr|mi/hr|mL/min·kg|kcal/hr·kg|W|mcS|uS|S|D|rad|deg|J|Pa|kPa|V|mV'.split(
    '|',
  )

test('healthUnit() calls every unit of an export by a name of UCUM', () => {
  const named = WRITTEN.map(written => healthUnit('HKQuantityTypeIdentifierAnything', written))
  expect(named.filter(({ unit, isUcum }) => !isUcum || !isUcumUnit(unit))).toEqual([])
  expect(healthUnit('HKQuantityTypeIdentifierAnything', 'widgets')).toEqual({
    unit: 'widgets',
    isUcum: false,
    factor: 1,
  })
})

test('healthNumber() takes fractions for per cent, and what is above 1 for per cent already', () => {
  const percent = healthUnit('HKQuantityTypeIdentifierOxygenSaturation', '%')
  expect(['0.97', '0.29', '1', '97', '', ' ', 'x'].map(written => healthNumber(written, percent))).toEqual([
    97,
    29,
    100,
    97,
    NaN,
    NaN,
    NaN,
  ])
  expect(healthNumber('5.9', healthUnit('HKQuantityTypeIdentifierHeight', 'ft'))).toBe(70.8)
  expect(healthNumber('1.83', healthUnit('HKQuantityTypeIdentifierHeight', 'm'))).toBe(183)
  expect(healthNumber('12.5', healthUnit('HKQuantityTypeIdentifierBodyMass', 'st'))).toBe(175)
})
