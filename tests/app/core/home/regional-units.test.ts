import { expect, test } from 'vitest'
import { regionalUnits } from '#app/core/home/regional-units.ts'

test.each([
  ['en-US', 'imperial', 'mass'],
  ['es-US', 'imperial', 'mass'],
  ['en-GB', 'metric', 'molar'],
  ['en-CA', 'metric', 'molar'],
  ['de-DE', 'metric', 'mass'],
  ['de-CH', 'metric', 'molar'],
  ['es-MX', 'metric', 'mass'],
  ['zh-Hans-CN', 'metric', 'molar'],
  ['ar-KW', 'metric', 'molar'],
] as const)('regionalUnits() of %s: %s, results by %s', (locale, units, labUnits) => {
  expect(regionalUnits(locale)).toEqual({ units, labUnits })
})

test('regionalUnits() takes the likeliest region of a language alone', () => {
  expect(regionalUnits('en')).toEqual(regionalUnits('en-US'))
  expect(regionalUnits('zh-Hans')).toEqual(regionalUnits('zh-Hans-CN'))
  expect(regionalUnits('es')).toEqual({ units: 'metric', labUnits: 'mass' })
  expect(regionalUnits('ar')).toEqual({ units: 'metric', labUnits: 'mass' })
})

test('regionalUnits() says nothing of what is no locale', () => {
  expect(regionalUnits('')).toBeUndefined()
  expect(regionalUnits('en_US.UTF-8')).toBeUndefined()
})
