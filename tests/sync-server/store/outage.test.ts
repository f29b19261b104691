import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { EventFields } from '#sync-server/event-log.ts'
import { Outage } from '#sync-server/store/postgres/outage.ts'

let lines: (EventFields & { readonly event: string })[] = []
let isThere = false
let outage: Outage

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
  lines = []
  isThere = false
  outage = new Outage({
    log: (event, fields = {}) => lines.push({ event, ...fields }),
    failed: (where, error) => lines.push({ event: 'error', where, message: String(error) }),
    isThere: async () => isThere,
  })
})
afterEach(() => {
  outage.stop()
  vi.useRealTimers()
})

const refused = () => Object.assign(new Error('connect ECONNREFUSED 10.1.2.3:5432'), { code: 'ECONNREFUSED' })

test('a database that goes is a line with the reason, one a minute with a count, and one when it is back', async () => {
  for (let second = 0; second < 130; second++) {
    outage.failed('chore', refused())
    outage.failed('http', refused(), { route: '/v1/logs' })
    await vi.advanceTimersByTimeAsync(1000)
  }
  isThere = true
  await vi.advanceTimersByTimeAsync(1000)
  expect(lines).toEqual([
    { event: 'database-away', reason: 'nothing answers there' },
    { event: 'database-still-away', reason: 'nothing answers there', errors: 120, seconds: 60 },
    { event: 'database-still-away', reason: 'nothing answers there', errors: 240, seconds: 120 },
    { event: 'database-back', errors: 260, seconds: 131 },
  ])
  expect(JSON.stringify(lines)).not.toContain('10.1.2.3')
  isThere = false
  outage.failed('chore', refused())
  expect(lines.at(-1)).toEqual({ event: 'database-away', reason: 'nothing answers there' })
})

test.each([
  { code: '57P01', message: 'terminating connection due to administrator command', isAway: true },
  { code: '57P03', message: 'the database system is starting up', isAway: true },
  { code: '28P01', message: 'password authentication failed for user "wellkeep"', isAway: true },
  { code: undefined, message: 'Connection terminated unexpectedly', isAway: true },
  { code: undefined, message: 'timeout exceeded when trying to connect', isAway: true },
  { code: '23505', message: 'duplicate key value violates unique constraint', isAway: false },
  { code: undefined, message: 'Cannot read a blob', isAway: false },
])('$message: an outage? $isAway', ({ code, message, isAway }) => {
  outage.failed('http', Object.assign(new Error(message), code === undefined ? {} : { code }))
  expect(lines.map(line => line.event)).toEqual([isAway ? 'database-away' : 'error'])
})
