import { expect, test } from 'vitest'
import { stateOf } from '#app/core/requests/state-of.ts'
import { stalledSince, turnOf } from '#app/core/requests/waiting.ts'
import { type Instant, instant } from '#schema/instant.ts'
import type { Step } from '#schema/requests/step.ts'
import { REQUEST_SAMPLES } from '#tests/support/request-samples.ts'
import { machineOf, opened, stepBy, type WriterName } from '#tests/support/request-world.ts'

const REFILL = machineOf('refill')
const HOUR = 3_600_000
const DAY = 24 * HOUR
const START = instant(Date.UTC(2027, 1, 9, 9))
const later = (ms: number) => instant(START + ms)

const ask = (at: Instant): Step[] => opened('refill').map(step => ({ ...step, claimedAt: at }))
const then = (steps: readonly Step[], writer: WriterName, kind: string, claimedAt: Instant) => [
  ...steps,
  stepBy(writer, kind, {
    among: steps,
    after: stateOf(REFILL, steps).newest,
    data: REQUEST_SAMPLES.refill[kind]!,
    claimedAt,
  }),
]
const turn = (steps: readonly Step[]) => turnOf(REFILL, stateOf(REFILL, steps))
const whose = (steps: readonly Step[]) => turn(steps)?.for
const claimed = (steps: readonly Step[]) => stateOf(REFILL, steps).counted.map(({ claimedAt }) => claimedAt)
const since = (steps: readonly Step[], now: Instant) => stalledSince(turn(steps), claimed(steps), now)

test('a refill waits for the practice, then for the patient, and in the end for nobody', () => {
  const asked = ask(START)
  const approved = then(asked, 'doctor', 'approve', START)
  expect([asked, approved, then(asked, 'doctor', 'decline', START)].map(whose)).toEqual([
    'provider',
    'patient',
    undefined,
  ])
  expect(whose(then(approved, 'phone', 'take', START))).toBeUndefined()
  expect(whose([])).toBeUndefined()
})

test('two answers at once wait for whoever gave them', () => {
  const asked = ask(START)
  const [decline] = then(asked, 'doctor', 'decline', START).slice(1)
  const both = [...then(asked, 'nurse', 'approve', START), decline!]
  expect(whose(both)).toBe('provider')
  expect(since(both, later(3 * DAY))).toBe(later(3 * DAY))
})

test('a reminder is due three days after a request, not a millisecond before, and begins anew with each step', () => {
  const asked = ask(START)
  expect([since(asked, later(3 * DAY - 1)), since(asked, later(5 * DAY))]).toEqual([undefined, later(3 * DAY)])
  const approved = then(asked, 'doctor', 'approve', later(2 * DAY))
  expect([since(approved, later(8 * DAY)), since(approved, later(9 * DAY))]).toEqual([undefined, later(9 * DAY)])
})

test('looking at a request puts off no reminder', () => {
  const seen = then(ask(START), 'nurse', 'see', later(2 * DAY))
  expect(since(seen, later(3 * DAY))).toBe(later(3 * DAY))
})

test('nobody puts a reminder off by a clock that is ahead, nor brings it forward by one that is behind', () => {
  const asked = ask(START)
  const ahead = then(asked, 'doctor', 'approve', later(3000 * DAY))
  expect(since(ahead, later(7 * DAY))).toBe(later(7 * DAY))
  const behind = then(asked, 'doctor', 'approve', instant(0))
  expect([since(behind, later(DAY)), since(behind, later(7 * DAY))]).toEqual([undefined, later(7 * DAY)])
  // An hour is how far clocks are apart.
  expect(since(ask(later(HOUR)), START)).toBeUndefined()
  expect(since(ask(later(HOUR)), later(3 * DAY + HOUR))).toBe(later(3 * DAY + HOUR))
})
