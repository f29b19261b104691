import fc from 'fast-check'
import { expect, test } from 'vitest'
import { instant } from '#schema/instant.ts'
import { instantOfWall, offsetAt, wallAt } from '#schema/zone.ts'

test.each([
  ['2026-03-29T01:59', 'Europe/Berlin', '2026-03-29T00:59:00.000Z'],
  ['2026-03-29T02:30', 'Europe/Berlin', '2026-03-29T01:30:00.000Z'],
  ['2026-03-29T03:00', 'Europe/Berlin', '2026-03-29T01:00:00.000Z'],
  ['2026-10-25T01:59', 'Europe/Berlin', '2026-10-24T23:59:00.000Z'],
  ['2026-10-25T02:30', 'Europe/Berlin', '2026-10-25T00:30:00.000Z'],
  ['2026-10-25T03:00', 'Europe/Berlin', '2026-10-25T02:00:00.000Z'],
  ['2026-03-08T02:30', 'America/New_York', '2026-03-08T07:30:00.000Z'],
  ['2026-11-01T01:30', 'America/New_York', '2026-11-01T05:30:00.000Z'],
  ['2026-10-04T02:15', 'Australia/Lord_Howe', '2026-10-03T15:45:00.000Z'],
  ['2026-06-15T12:00', 'Asia/Kathmandu', '2026-06-15T06:15:00.000Z'],
])('%s in %s is %s: a skipped time as the clock before it went, the first of two', (wall, zone, expected) => {
  expect(new Date(instantOfWall(wall, zone)).toISOString()).toBe(expected)
})

const ZONES = ['UTC', 'Europe/Berlin', 'America/St_Johns', 'Asia/Kolkata', 'Australia/Lord_Howe', 'Pacific/Apia']

test('what the clocks show leads back to the moment, or to an hour that the clock shows twice', () => {
  const moments = fc.integer({ min: Date.UTC(1990, 0), max: Date.UTC(2040, 0) })
  fc.assert(
    fc.property(moments, fc.constantFrom(...ZONES), (ms, zone) => {
      const at = instant(Math.floor(ms / 60_000) * 60_000)
      const again = instantOfWall(wallAt(at, zone), zone)
      expect(wallAt(again, zone)).toBe(wallAt(at, zone))
      const isTwice = offsetAt(again, zone) !== offsetAt(at, zone)
      expect(again <= at && (again === at || isTwice)).toBe(true)
    }),
  )
})
