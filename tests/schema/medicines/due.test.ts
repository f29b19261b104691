import fc from 'fast-check'
import { expect, test } from 'vitest'
import { instant } from '#schema/instant.ts'
import { dueDoses, waitFor } from '#schema/medicines/due.ts'
import type { Schedule, Step } from '#schema/medicines/schedule.ts'
import { schedules } from './schedules.ts'

const one = (step: Omit<Step, 'dose'>): Schedule => ({ unit: 'tablet', steps: [{ dose: 1, ...step }] })
const walls = (schedule: Schedule, from: string, until: string, zone = 'Europe/Berlin') =>
  dueDoses(schedule, from, until, zone).map(({ wall }) => wall)
const hoursApart = (schedule: Schedule, from: string, until: string, zone: string) => {
  const at = dueDoses(schedule, from, until, zone).map(due => due.at)
  return at.slice(1).map((each, index) => (each - at[index]!) / 3_600_000)
}

test('times of the day stay by the clock over the changes to and from summer time', () => {
  const schedule = one({ rhythm: { type: 'times', times: ['08:00', '20:00'] } })
  expect(walls(schedule, '2026-03-28', '2026-03-29')).toEqual([
    '2026-03-28T08:00',
    '2026-03-28T20:00',
    '2026-03-29T08:00',
    '2026-03-29T20:00',
  ])
  expect(hoursApart(schedule, '2026-03-28', '2026-03-29', 'Europe/Berlin')).toEqual([12, 11, 12])
  expect(hoursApart(schedule, '2026-10-24', '2026-10-25', 'Europe/Berlin')).toEqual([12, 13, 12])
})

test('every 8 hours stays by the clock, every 5 hours counts hours as they pass', () => {
  const eight = one({ rhythm: { type: 'hours', hours: 8, first: '06:00' }, from: '2026-03-28' })
  expect(walls(eight, '2026-03-28', '2026-03-29')).toEqual([
    '2026-03-28T06:00',
    '2026-03-28T14:00',
    '2026-03-28T22:00',
    '2026-03-29T06:00',
    '2026-03-29T14:00',
    '2026-03-29T22:00',
  ])
  const five = one({ rhythm: { type: 'hours', hours: 5, first: '23:00' }, from: '2026-03-28' })
  expect(walls(five, '2026-03-28', '2026-03-29')).toEqual([
    '2026-03-28T23:00',
    '2026-03-29T05:00',
    '2026-03-29T10:00',
    '2026-03-29T15:00',
    '2026-03-29T20:00',
  ])
  expect(new Set(hoursApart(five, '2026-03-20', '2026-11-30', 'Europe/Berlin'))).toEqual(new Set([5]))
})

test('on some weekdays, and on each third day from the first', () => {
  const weekdays = one({ rhythm: { type: 'times', times: ['07:30'], weekdays: ['mon', 'thu'] } })
  expect(walls(weekdays, '2026-11-23', '2026-11-30')).toEqual([
    '2026-11-23T07:30',
    '2026-11-26T07:30',
    '2026-11-30T07:30',
  ])
  const third = one({ rhythm: { type: 'times', times: ['07:30'], everyDays: 3 }, from: '2026-02-27' })
  expect(walls(third, '2026-02-01', '2026-03-06')).toEqual(['2026-02-27T07:30', '2026-03-02T07:30', '2026-03-05T07:30'])
})

test('a taper: each step on its days', () => {
  const at = (times: readonly string[]) => ({ type: 'times' as const, times })
  const schedule: Schedule = {
    unit: 'tablet',
    steps: [
      { rhythm: at(['08:00']), dose: 2, from: '2026-01-01', until: '2026-01-02' },
      { rhythm: at(['08:00']), dose: 0.5, from: '2026-01-04', until: '2026-01-04' },
    ],
  }
  expect(
    dueDoses(schedule, '2025-12-01', '2026-02-01', 'UTC').map(({ wall, dose }) => [wall.slice(0, 10), dose]),
  ).toEqual([
    ['2026-01-01', 2],
    ['2026-01-02', 2],
    ['2026-01-04', 0.5],
  ])
})

test('asked day by day it is the same as asked at once, in order, within the days and no dose twice', () => {
  const zones = fc.constantFrom('UTC', 'Europe/Berlin', 'America/St_Johns', 'Australia/Lord_Howe')
  fc.assert(
    fc.property(schedules, zones, fc.integer({ min: 0, max: 100 }), (schedule, zone, shift) => {
      const day = (number: number) => new Date(Date.UTC(2026, 0, 1 + shift + number)).toISOString().slice(0, 10)
      const whole = walls(schedule, day(0), day(9), zone)
      expect(Array.from({ length: 10 }, (_, index) => walls(schedule, day(index), day(index), zone)).flat()).toEqual(
        whole,
      )
      expect(whole).toEqual([...new Set(whole)].toSorted())
      expect(whole.every(wall => wall >= day(0) && wall < day(10))).toBe(true)
    }),
  )
})

test('a minimum gap and the most in 24 hours: the later of both', () => {
  const hour = (number: number) => instant(1_000_000_000_000 + number * 3_600_000)
  const rules = { gapHours: 4, mostPerDay: 3 }
  expect(waitFor(rules, [], hour(0))).toBeUndefined()
  expect(waitFor(rules, [hour(0)], hour(3))).toEqual({ until: hour(4), because: 'gap' })
  expect(waitFor(rules, [hour(0)], hour(4))).toBeUndefined()
  expect(waitFor(rules, [hour(0), hour(5), hour(10)], hour(15))).toEqual({ until: hour(24), because: 'most-per-day' })
  expect(waitFor(rules, [hour(0), hour(5), hour(10)], hour(24))).toBeUndefined()
  expect(waitFor(rules, [hour(30)], hour(3))).toBeUndefined()
})
