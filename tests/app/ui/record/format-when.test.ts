import { expect, test } from 'vitest'
import { formatMonth, formatWhen, monthNames } from '#app/ui/record/format-when.ts'

test('formatWhen() says no more than is known', () => {
  expect(formatWhen({ text: '2021' }, 'en')).toBe('2021')
  expect(formatWhen({ text: '2021-03' }, 'en')).toBe('March 2021')
  expect(formatWhen({ text: '2021-03-04' }, 'en')).toBe('Mar 4, 2021')
})

test('formatWhen() names the day of the week of what is to come, where the day is known', () => {
  expect(formatWhen({ text: '2026-12-01T09:00:00+01:00' }, 'en', 'weekday')).toMatch(/^Tue, December 1, 2026 at 9:00/)
  expect(formatWhen({ text: '2026-12-01' }, 'es', 'weekday')).toBe('mar, 1 de diciembre de 2026')
  expect(formatWhen({ text: '2026-12' }, 'en', 'weekday')).toBe('December 2026')
})

test('formatWhen() shows the clock of the place where it was written', () => {
  expect(formatWhen({ text: '2021-03-04T23:30:00-09:00' }, 'en-GB')).toBe('4 Mar 2021, 23:30')
})

test('formatWhen() shows an impossible date as it is', () => {
  expect(formatWhen({ text: '2021-02-30' }, 'en')).toBe('2021-02-30')
})

test('formatMonth() speaks the reader’s language, in the calendar of the papers', () => {
  expect(formatMonth('2021-03', 'zh-Hans')).toBe('2021年3月')
  expect(formatMonth('2021', 'ar-SA-u-nu-latn')).toContain('2021')
  expect(monthNames('en')[11]).toEqual({ value: '12', name: 'December' })
})
