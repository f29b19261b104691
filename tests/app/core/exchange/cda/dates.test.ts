import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Dates } from '#app/core/exchange/cda/dates.ts'
import { parseWhen } from '#schema/record/when.ts'

const inZone = () => new Dates('20240506103000-0500')

test.each([
  ['2023', '2023'],
  ['202305', '2023-05'],
  ['20230531', '2023-05-31'],
  ['202305312205-0500', '2023-05-31T22:05:00-05:00'],
  ['20230531220509+0130', '2023-05-31T22:05:09+01:30'],
  ['20230531220509.123+0000', '2023-05-31T22:05:09.123+00:00'],
  ['2023053122-0800', '2023-05-31T22:00:00-08:00'],
  // No zone: the document's own.
  ['202305312205', '2023-05-31T22:05:00-05:00'],
  ['2023-05-31', '2023-05-31'],
  ['2023-05-31T22:05:09Z', '2023-05-31T22:05:09Z'],
])('dateTime() reads %s as exactly as it was written', (value, expected) => {
  expect(inZone().dateTime(value)).toBe(expected)
})

test('dateTime() keeps the day alone where neither the time nor the document names a zone', () => {
  expect(new Dates(undefined).dateTime('202305312205')).toBe('2023-05-31')
  expect(new Dates('20240506').dateTime('202305312205')).toBe('2023-05-31')
})

test('dateTime() leaves out a day that no calendar has, and counts it', () => {
  const dates = inZone()
  expect(dates.dateTime('20230230')).toBeUndefined()
  expect(dates.dateTime('not a date')).toBeUndefined()
  expect(dates.impossibleCount).toBe(1)
})

test('dateTime() answers nothing or a date that FHIR has, whatever comes in', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[0-9]{0,16}([+-][0-9]{0,4})?$/)), value => {
      const text = inZone().dateTime(value)
      expect(text === undefined || parseWhen(text).ok).toBe(true)
      expect(text ?? '2020').toMatch(/^\d{4}(-\d\d(-\d\d(T\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d))?)?)?$/)
    }),
  )
})
