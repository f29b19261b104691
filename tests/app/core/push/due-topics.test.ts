import { expect, test } from 'vitest'
import { dueTopics, quietInUtc, quietText } from '#app/core/push/due-topics.ts'

const NOW = Date.parse('2027-01-10T12:00:00Z')
const DAY_MS = 86_400_000
const NIGHT = { from: 22 * 60, to: 7 * 60 }

test('quietInUtc() follows the clock of the place, with its summer time', () => {
  expect(quietInUtc(NIGHT, NOW, 'Europe/Berlin')).toEqual({ fromMinute: 21 * 60, toMinute: 6 * 60 })
  expect(quietInUtc(NIGHT, NOW + 180 * DAY_MS, 'Europe/Berlin')).toEqual({ fromMinute: 20 * 60, toMinute: 5 * 60 })
  expect(quietInUtc(NIGHT, NOW, 'Asia/Kathmandu')).toEqual({ fromMinute: 16 * 60 + 15, toMinute: 60 + 15 })
  expect(quietInUtc({ from: 0, to: 6 * 60 }, NOW, 'America/New_York')).toEqual({ fromMinute: 300, toMinute: 660 })
})

test('dueTopics() tells the relay what it was not told, the first of them daily and all else weekly', () => {
  const row = { endpoint: 'x', toldAt: { box: NOW, one: NOW } }
  const topics = ['box', 'one', 'two']
  expect(dueTopics(row, topics, '', NOW)).toEqual(['two'])
  expect(dueTopics(row, topics, '', NOW + DAY_MS)).toEqual(['box', 'two'])
  expect(dueTopics(row, topics, '', NOW + 7 * DAY_MS)).toEqual(topics)
})

test('dueTopics() tells it other quiet hours once, and all again after a clock that was ahead', () => {
  const row = { endpoint: 'x', toldAt: { box: NOW, one: NOW }, toldQuiet: quietText({ fromMinute: 1, toMinute: 2 }) }
  expect(dueTopics(row, ['box', 'one'], '1-2', NOW)).toEqual([])
  expect(dueTopics(row, ['box', 'one'], '2-3', NOW)).toEqual(['box'])
  expect(dueTopics(row, ['box', 'one'], '', NOW)).toEqual(['box'])
  expect(dueTopics(row, ['box', 'one'], '1-2', NOW - 1)).toEqual(['box', 'one'])
})
