import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dateTimeIn, ordersOf, readTime } from '#app/core/exchange/csv/read-time.ts'
import { readNumber } from '#app/core/exchange/csv/read-cell.ts'
import { parseWhen } from '#schema/record/when.ts'

const time = (text: string, order?: 'year-first' | 'day-first' | 'month-first') => {
  const read = readTime(text, order)
  return read.ok ? [read.value.date, read.value.time, read.value.zone].filter(Boolean).join(' ') : read.failure
}

describe('readTime()', () => {
  test.each([
    ['2026-03-04', '2026-03-04'],
    ['2026-03-04T07:15:09+01:00', '2026-03-04 07:15:09 +01:00'],
    ['2026-03-04T07:15:09.123Z', '2026-03-04 07:15:09 Z'],
    ['2026/3/4 7:15', '2026-03-04 07:15:00'],
    ['20260304', '2026-03-04'],
    ['04.03.2026 19:15', '2026-03-04 19:15:00'],
    ['4.3.26', '2026-03-04'],
    ['Jan 12 2025', '2025-01-12'],
    ['Sep 22, 2026 7:15:00 AM', '2026-09-22 07:15:00'],
    ['Tue, 4 March 2026, 12:05 a.m.', '2026-03-04 00:05:00'],
    ['4 de marzo de 2026', '2026-03-04'],
    ['4. März 2026', '2026-03-04'],
    ['04-Mar-26', '2026-03-04'],
    ['2026年3月4日 下午7:15', '2026-03-04 19:15:00'],
    ['٢٠٢٦-٠٣-٠٤ ٠٧:١٥ م', '2026-03-04 19:15:00'],
    ['2026-02-30', 'impossible-date'],
    ['2026-03-04 25:00', 'not-a-date'],
    ['seventy', 'not-a-date'],
    ['12', 'not-a-date'],
    ['', 'not-a-date'],
  ])('%s', (text, expected) => {
    expect(time(text)).toBe(expected)
  })

  test('what can be read in two ways is read in none until somebody says which', () => {
    expect(time('03/04/2026')).toBe('impossible-date')
    expect(time('03/04/2026', 'day-first')).toBe('2026-04-03')
    expect(time('03/04/2026', 'month-first')).toBe('2026-03-04')
    expect(time('13/04/2026', 'month-first')).toBe('impossible-date')
    expect(ordersOf('03/04/2026')).toEqual(['day-first', 'month-first'])
    expect(ordersOf('13/04/2026')).toEqual(['day-first'])
    expect(ordersOf('2026-03-04')).toBeUndefined()
  })

  test('is total, and what it reads is a date', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({
        unit: fc.constantFrom('0', '1', '2', '3', '12', '31', '2026', '/', '-', '.', ':', ' ', 'am', 'Mar', 'Z'),
      }),
    )
    fc.assert(
      fc.property(text, fc.constantFrom('day-first', 'month-first', 'year-first', undefined), (words, order) => {
        const read = readTime(words, order)
        expect(!read.ok || parseWhen(dateTimeIn(read.value, 'Europe/Berlin')).ok).toBe(true)
      }),
    )
  })
})

test('dateTimeIn() takes a time without a zone as the clocks stood there on that day', () => {
  const at = (date: string, clock: string, zone = 'Europe/Berlin') => dateTimeIn({ date, time: clock }, zone)
  expect(at('2026-01-15', '07:15:00')).toBe('2026-01-15T07:15:00+01:00')
  expect(at('2026-07-15', '07:15:00')).toBe('2026-07-15T07:15:00+02:00')
  expect(at('2026-07-15', '07:15:00', 'America/St_Johns')).toBe('2026-07-15T07:15:00-02:30')
  expect(at('2026-03-29', '02:30:00')).toMatch(/^2026-03-29T02:30:00\+0[12]:00$/)
  expect(dateTimeIn({ date: '2026-01-15', time: '07:15:00', zone: 'Z' }, 'Europe/Berlin')).toBe('2026-01-15T07:15:00Z')
  expect(dateTimeIn({ date: '2026-01-15' }, 'Europe/Berlin')).toBe('2026-01-15')
})

describe('readNumber()', () => {
  test.each([
    ['5.60', '.', '5.60'],
    ['5,60', ',', '5.60'],
    ['1.234,5', ',', '1234.5'],
    ["1'234.5", '.', '1234.5'],
    ['1 234', '.', '1234'],
    ['٥٫٦', '.', '5.6'],
    ['5,60', '.', undefined],
    ['1,234', '.', undefined],
    ['5.6.7', '.', undefined],
    ['seventy', '.', undefined],
    ['', '.', undefined],
    ['12/3', '.', undefined],
  ] as const)('%s with %s', (text, decimal, digits) => {
    const read = readNumber(text, decimal)
    expect(read?.unit === undefined ? read?.value.digits : 'unit').toBe(digits === undefined ? undefined : digits)
  })

  test('signs and units beside a number are told apart from it', () => {
    expect(readNumber('<40 mg/dL', '.')).toMatchObject({ comparator: '<', amount: 40, unit: 'mg/dL' })
    expect(readNumber('≥ 33,3', ',')).toMatchObject({ comparator: '>=', amount: 33.3 })
    expect(readNumber('80.5 kg', '.')).toMatchObject({ amount: 80.5, unit: 'kg' })
  })
})
