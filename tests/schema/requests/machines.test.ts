import { expect, test } from 'vitest'
import type { StateRule, StepRule } from '#schema/requests/machine.ts'
import { type RequestKind, REQUESTS } from '#schema/requests/requests.ts'
import { machineOf } from '#tests/support/request-world.ts'

const KINDS = Object.keys(REQUESTS) as RequestKind[]
const rulesIn = ({ steps }: StateRule): StepRule[] => Object.values(steps).flatMap(rule => rule ?? [])
const movesIn = (state: StateRule): string[] => rulesIn(state).flatMap(rule => ('to' in rule ? [rule.to] : []))

/** The states that can come after one, with itself. */
function reachableFrom(kind: RequestKind, start: string): ReadonlySet<string> {
  const { states } = machineOf(kind)
  const found = new Set([start])
  for (const state of found) for (const next of movesIn(states[state]!)) found.add(next)
  return found
}

test.each(KINDS)(
  'a request of the kind %s has no dead end: from each open state somebody can reach a final one',
  kind => {
    const { states } = machineOf(kind)
    const dead = Object.keys(states).filter(
      state => ![...reachableFrom(kind, state)].some(each => states[each]!.is === 'final'),
    )
    expect(dead).toEqual([])
  },
)

test.each(KINDS)('each state of the kind %s is reached, and each of its steps is taken somewhere', kind => {
  const { opens, states } = machineOf(kind)
  expect([...reachableFrom(kind, opens.to)].toSorted()).toEqual(Object.keys(states).toSorted())
  const taken = new Set([opens.kind, ...Object.values(states).flatMap(({ steps }) => Object.keys(steps))])
  expect([...taken].toSorted()).toEqual(Object.keys(REQUESTS[kind].readers).toSorted())
})

test.each(KINDS)('of two states of the kind %s that come about at once it is said which one counts', kind => {
  const weights = Object.values(machineOf(kind).states).map(({ is, weight }) => `${is} ${weight}`)
  expect(new Set(weights).size).toBe(weights.length)
})

test.each(KINDS)(
  'whoever a request of the kind %s waits for can do something, and what is not seen by them is news to the other side',
  kind => {
    const waiting = Object.entries(machineOf(kind).states).flatMap(([state, rule]) =>
      rule.is === 'open' && rule.waits !== undefined ? [{ state, rule, who: rule.waits.for }] : [],
    )
    expect(waiting).not.toEqual([])
    const stuck = waiting.filter(({ rule, who }) => {
      const theirs = rulesIn(rule).filter(({ by }) => by === who || by === 'either')
      return (
        !theirs.some(each => 'to' in each) ||
        !rulesIn(rule).some(each => 'adds' in each && (each.by === who ? each.adds === 'sight' : each.isNews))
      )
    })
    expect(stuck).toEqual([])
  },
)
