import { assert, integer, property } from 'fast-check'
import { expect, test } from 'vitest'
import { ageInDays, calendarAge, comparedAge } from '#schema/growth/age.ts'

const dayOf = (number: number) => new Date(number * 86_400_000).toISOString().slice(0, 10)

test('ages in days are those of the calendar, whatever the clock says', () => {
  expect(ageInDays('2024-02-28', '2024-03-01')).toBe(2)
  expect(ageInDays('2024-03-30', '2024-03-31T23:30:00-10:00')).toBe(1)
  for (const [birth, day] of [
    ['2024', '2024-03-01'],
    ['2024-02', '2024-03-01'],
    ['2024-02-01', '2025'],
    ['', ''],
    ['2024-13-41', '2024-03-01'],
  ] as const)
    expect(ageInDays(birth, day)).toBeUndefined()
})

test('a year is over on the birthday, a month on its day', () => {
  expect(calendarAge('2020-02-29', '2021-02-28')).toEqual({ years: 0, months: 11, days: 30 })
  expect(calendarAge('2020-02-29', '2021-03-01')).toMatchObject({ years: 1, months: 0 })
  expect(calendarAge('2024-01-15', '2026-04-20')).toEqual({ years: 2, months: 3, days: 5 })
  expect(calendarAge('2024-01-15', '2024-01-14')).toBeUndefined()
})

test('calendarAge() never has more than 12 months, 31 days or anything below zero', () => {
  assert(
    property(integer({ min: 0, max: 20_000 }), integer({ min: 0, max: 9_000 }), (born, after) => {
      const age = calendarAge(dayOf(born), dayOf(born + after))
      expect(age?.years).toBe(Math.max(0, age?.years ?? -1))
      expect(age?.months).toBeLessThan(12)
      expect(age?.days).toBeLessThan(32)
      expect(age?.days).toBeGreaterThanOrEqual(0)
    }),
  )
})

test('the age of a preterm child is counted from the day it was due, until two years, and of no other', () => {
  expect(comparedAge(100, 32)).toBe(100 - 8 * 7)
  expect(comparedAge(731, 32)).toBe(731)
  expect(comparedAge(100, 37)).toBe(100)
  expect(comparedAge(100, undefined)).toBe(100)
})
