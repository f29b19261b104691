import { expect, test } from 'vitest'
import { stateOf } from '#app/core/requests/state-of.ts'
import { isNewsTo, stalledSince, turnOf } from '#app/core/requests/waiting.ts'
import { type Instant, instant } from '#schema/instant.ts'
import type { Role } from '#schema/requests/machine.ts'
import type { Step } from '#schema/requests/step.ts'
import { REQUEST_SAMPLES } from '#tests/support/request-samples.ts'
import { machineOf, opened, stepBy, type WriterName } from '#tests/support/request-world.ts'

const REFILL = machineOf('refill')
const HOUR = 3_600_000
const DAY = 24 * HOUR
const START = instant(Date.UTC(2027, 1, 9, 9))
const later = (ms: number) => instant(START + ms)

const ask = (at: Instant): Step[] => opened('refill').map(step => ({ ...step, claimedAt: at }))
const then = (
  steps: readonly Step[],
  writer: WriterName,
  kind: string,
  claimedAt: Instant,
  data: object = REQUEST_SAMPLES.refill[kind]!,
) => [
  ...steps,
  stepBy(writer, kind, {
    among: steps,
    after: stateOf(REFILL, steps).newest,
    data,
    claimedAt,
  }),
]
const COLLECT = { route: 'to-collect' }
/** What counts at the practice, to be collected there. */
const approve = (steps: readonly Step[], claimedAt: Instant) => then(steps, 'doctor', 'approve', claimedAt, COLLECT)
const turn = (steps: readonly Step[]) => turnOf(REFILL, stateOf(REFILL, steps))
const whose = (steps: readonly Step[]) => turn(steps)?.for
const claimed = (steps: readonly Step[]) => stateOf(REFILL, steps).counted.map(({ claimedAt }) => claimedAt)
const since = (steps: readonly Step[], now: Instant) => stalledSince(turn(steps), claimed(steps), now)

test('a refill waits for the practice until it says that it is ready, then for the patient, and in the end for nobody', () => {
  const asked = ask(START)
  const approved = approve(asked, START)
  const ready = then(approved, 'nurse', 'ready', START)
  expect([asked, approved, then(asked, 'doctor', 'change', START), ready].map(whose)).toEqual([
    'provider',
    'provider',
    'provider',
    'patient',
  ])
  expect([then(asked, 'doctor', 'decline', START), then(ready, 'phone', 'take', START), []].map(whose)).toEqual([
    undefined,
    undefined,
    undefined,
  ])
})

test('what goes to a pharmacy, or by post, is waited for at nobody here: pharmacies do not write here', () => {
  for (const route of ['sent', 'phoned', 'posted']) {
    expect(whose(then(ask(START), 'doctor', 'approve', START, { route }))).toBeUndefined()
    expect(whose(then(ask(START), 'doctor', 'change', START, { route, instead: '850 mg' }))).toBeUndefined()
  }
})

test('an answer is news to whoever asked until they have looked at it; that something is ready, fetched or seen is none to the practice', () => {
  const news = (steps: readonly Step[]) =>
    (['patient', 'provider'] satisfies Role[]).filter(role => isNewsTo(REFILL, stateOf(REFILL, steps), role))
  const asked = ask(START)
  const approved = approve(asked, START)
  const ready = then(approved, 'nurse', 'ready', START)
  for (const answered of [
    approved,
    ready,
    then(asked, 'doctor', 'change', START),
    then(asked, 'doctor', 'decline', START),
  ])
    expect([news(answered), news(then(answered, 'phone', 'see', START))]).toEqual([['patient'], []])
  expect([asked, then(ready, 'phone', 'take', START), then(asked, 'phone', 'withdraw', START), []].map(news)).toEqual([
    [],
    [],
    [],
    [],
  ])
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
  const approved = approve(asked, later(2 * DAY))
  expect([since(approved, later(8 * DAY)), since(approved, later(9 * DAY))]).toEqual([undefined, later(9 * DAY)])
})

test('looking at a request puts off no reminder', () => {
  const seen = then(ask(START), 'nurse', 'see', later(2 * DAY))
  expect(since(seen, later(3 * DAY))).toBe(later(3 * DAY))
})

test('nobody puts a reminder off by a clock that is ahead, nor brings it forward by one that is behind', () => {
  const asked = ask(START)
  const ahead = approve(asked, later(3000 * DAY))
  expect(since(ahead, later(7 * DAY))).toBe(later(7 * DAY))
  const behind = approve(asked, instant(0))
  expect([since(behind, later(DAY)), since(behind, later(7 * DAY))]).toEqual([undefined, later(7 * DAY)])
  // An hour is how far clocks are apart.
  expect(since(ask(later(HOUR)), START)).toBeUndefined()
  expect(since(ask(later(HOUR)), later(3 * DAY + HOUR))).toBe(later(3 * DAY + HOUR))
})
