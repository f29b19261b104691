import fc from 'fast-check'
import { expect, test } from 'vitest'
import { instant } from '#schema/instant.ts'
import { dateTimeText, endsBefore, fhirDateTime, parseWhen } from '#schema/record/when.ts'

const sortAt = (text: string) => {
  const when = parseWhen(text)
  return when.ok ? new Date(when.value.sortAt).toISOString() : when.failure
}

test.each([
  ['2021', '2021-01-01T00:00:00.000Z'],
  ['2021-03', '2021-03-01T00:00:00.000Z'],
  ['2020-02-29', '2020-02-29T00:00:00.000Z'],
  ['2021-03-04T10:00:00+02:00', '2021-03-04T08:00:00.000Z'],
  ['2021-03-04T10:00:00.1234Z', '2021-03-04T10:00:00.123Z'],
  ['2021-12-31T23:30:00-05:00', '2022-01-01T04:30:00.000Z'],
  ['2021-03-04T10:00', '2021-03-04T10:00:00.000Z'],
  ['2016-12-31T23:59:60Z', '2017-01-01T00:00:00.000Z'],
  ['0042-01-01', '0042-01-01T00:00:00.000Z'],
])('parseWhen(%s) stands at the start of what is open, in its own zone', (text, expected) => {
  expect(sortAt(text)).toBe(expected)
})

test.each([
  '2021-02-30',
  '2021-13-01',
  '2021-00-10',
  '2021-04-31',
  '2100-02-29',
  '2021-01-01T24:00:00Z',
  '2021-01-01T10:61:00Z',
  '2021-01-01T10:00:00+15:00',
  '0000-01-01',
])('parseWhen(%s) refuses a date that no calendar has', text => expect(sortAt(text)).toBe('impossible-date'))

test.each(['', 'yesterday', '21-03-04', '2021-3-4', '2021-03-04 10:00', 20210304, null, undefined, {}, '2021-03-04T'])(
  'parseWhen(%s) says what is not a date',
  text => {
    const when = parseWhen(text)
    expect(when).toEqual({ ok: false, failure: 'not-a-date' })
  },
)

test('parseWhen() throws for nothing', () => {
  expect(() => fc.assert(fc.property(fc.anything(), value => void parseWhen(value)))).not.toThrow()
})

test('dateTimeText() and parseWhen() agree, in every zone', () => {
  const times = fc.integer({ min: Date.UTC(1900, 0), max: Date.UTC(2200, 0) }).map(ms => instant(ms - (ms % 1000)))
  fc.assert(
    fc.property(times, fc.integer({ min: -14 * 60, max: 14 * 60 }), (at, offset) => {
      const when = parseWhen(dateTimeText(at, offset))
      expect(when.ok && when.value.sortAt).toBe(at)
    }),
  )
})

test('endsBefore() compares only as exactly as both dates are known', () => {
  expect(endsBefore('2021-05', '2021')).toBe(false)
  expect(endsBefore('2021-05-10', '2021-04')).toBe(true)
  expect(endsBefore('2021', undefined)).toBe(false)
})

test('fhirDateTime() adds the seconds that FHIR asks for', () => {
  expect(fhirDateTime('2021-03-04T10:00+02:00')).toBe('2021-03-04T10:00:00+02:00')
  expect(fhirDateTime('2021-03-04T10:00:30Z')).toBe('2021-03-04T10:00:30Z')
  expect(fhirDateTime('2021-03')).toBe('2021-03')
})
