import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { instant } from '#schema/instant.ts'
import { LONGEST_PAUSE_MS, pushDueAt, SHORTEST_PAUSE_MS } from '#sync-server/push/when.ts'

const at = (text: string) => instant(Date.parse(text))
const NIGHT = { fromMinute: 21 * 60, toMinute: 6 * 60 }

test('pushDueAt() is now for whoever was not told before', () => {
  expect(pushDueAt({ unanswered: 0 }, at('2026-11-28T12:00:00Z'))).toBe(at('2026-11-28T12:00:00Z'))
})

test.each([
  ['a minute after the first', 1, 60_000],
  ['two after the second', 2, 120_000],
  ['four after the third', 3, 240_000],
  ['never more than an hour', 40, LONGEST_PAUSE_MS],
])('pushDueAt() waits %s', (_, unanswered, pauseMs) => {
  const sentAt = at('2026-11-28T12:00:00Z')
  expect(pushDueAt({ unanswered, sentAt }, instant(sentAt + 1))).toBe(sentAt + pauseMs)
})

test('pushDueAt() lets nobody wait for a push that a clock set back puts into the future', () => {
  const now = at('2026-11-28T12:00:00Z')
  expect(pushDueAt({ unanswered: 1, sentAt: instant(now + 86_400_000) }, now)).toBe(now + SHORTEST_PAUSE_MS)
})

test.each([
  ['2026-11-28T20:59:59.999Z', '2026-11-28T20:59:59.999Z'],
  ['2026-11-28T21:00:00Z', '2026-11-29T06:00:00Z'],
  ['2026-11-29T00:30:00Z', '2026-11-29T06:00:00Z'],
  ['2026-11-29T05:59:59.999Z', '2026-11-29T06:00:00Z'],
  ['2026-11-29T06:00:00Z', '2026-11-29T06:00:00Z'],
])('pushDueAt() keeps quiet over midnight: what comes at %s is told at %s', (came, told) => {
  expect(pushDueAt({ unanswered: 0, quiet: NIGHT }, at(came))).toBe(at(told))
})

test('pushDueAt() is never in quiet hours, never before what came, and at most a pause and a day later', () => {
  const minute = fc.integer({ min: 0, max: 1439 })
  fc.assert(
    fc.property(
      minute,
      minute,
      fc.nat(30),
      fc.nat(2 ** 41),
      fc.integer({ min: -9e6, max: 9e6 }),
      (from, to, n, now, ago) => {
        fc.pre(from !== to)
        const sentAt = instant(Math.max(1, now - ago))
        const due = pushDueAt({ unanswered: n, sentAt, quiet: { fromMinute: from, toMinute: to } }, instant(now))
        const minuteOfDay = Math.floor(due / 60_000) % 1440
        const isQuiet = from < to ? minuteOfDay >= from && minuteOfDay < to : minuteOfDay >= from || minuteOfDay < to
        expect(isQuiet).toBe(false)
        expect(due).toBeGreaterThanOrEqual(now)
        expect(due).toBeLessThanOrEqual(now + LONGEST_PAUSE_MS + 86_400_000)
      },
    ),
  )
})
