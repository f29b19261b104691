import fc from 'fast-check'
import { expect, test } from 'vitest'
import { nextSteps } from '#app/core/requests/next-steps.ts'
import { fetchedBy } from '#app/core/requests/refill-stock.ts'
import { stateOf } from '#app/core/requests/state-of.ts'
import type { RefillStep } from '#schema/requests/refill.ts'
import type { Machine } from '#schema/requests/machine.ts'
import { type RequestKind, REQUESTS } from '#schema/requests/requests.ts'
import type { Step } from '#schema/requests/step.ts'
import { REQUEST_SAMPLES } from '#tests/support/request-samples.ts'
import { machineOf, requests, roleOf, stepBy, WRITER_NAMES } from '#tests/support/request-world.ts'

const RUNS = { numRuns: 200 }

/** Requests with a number that shuffles and splits them. */
const shuffled = (kinds?: RequestKind[]) =>
  requests(kinds).chain(({ kind, steps }) =>
    fc.record({
      kind: fc.constant(kind),
      steps: fc.constant(steps),
      mixed: fc.shuffledSubarray([...steps], { minLength: steps.length }),
      part: fc.subarray([...steps]),
    }),
  )

const view = (kind: RequestKind, steps: readonly Step[]) => stateOf(machineOf(kind), steps)
/** What a request came to. */
const outcome = (kind: RequestKind, steps: readonly Step[]) => {
  const { state, isFinal, counted } = view(kind, steps)
  return { state, isFinal, counted }
}

test('stateOf() answers the same in every order, and where steps come twice', () => {
  fc.assert(
    fc.property(shuffled(), ({ kind, steps, mixed, part }) => {
      const whole = view(kind, steps)
      expect(view(kind, mixed)).toEqual(whole)
      expect(view(kind, [...part, ...mixed, ...part])).toEqual(whole)
    }),
    RUNS,
  )
})

test('stateOf() answers the same on two replicas that each had a part, once they have merged', () => {
  fc.assert(
    fc.property(shuffled(), ({ kind, steps, part }) => {
      const rest = steps.filter(step => !part.includes(step))
      const [here, there] = [view(kind, part), view(kind, rest)]
      const told = [here, there].flatMap(each => [
        ...each.history.map(({ step }) => step),
        ...each.waiting.map(({ step }) => step),
      ])
      expect(told).toHaveLength(steps.length)
      expect(view(kind, told)).toEqual(view(kind, steps))
    }),
    RUNS,
  )
})

test('stateOf() keeps every step in the history or says what it waits for', () => {
  fc.assert(
    fc.property(shuffled(), ({ kind, part }) => {
      const { history, waiting } = view(kind, part)
      const here = new Set(history.map(({ step }) => step.id))
      for (const [index, { step }] of history.entries()) {
        const before = new Set(history.slice(0, index).map(each => each.step.id))
        expect(step.after.every(id => before.has(id))).toBe(true)
      }
      for (const { step, missing } of waiting) {
        expect(missing).not.toEqual([])
        expect(missing).toEqual(step.after.filter(id => !here.has(id)))
      }
      expect(history.length + waiting.length).toBe(part.length)
    }),
    RUNS,
  )
})

test('a final state stays final whatever comes later, in whatever order it comes', () => {
  fc.assert(
    fc.property(shuffled(), ({ kind, mixed }) => {
      const finals = mixed.map((_, index) => outcome(kind, mixed.slice(0, index + 1)).isFinal)
      expect(finals).toEqual(finals.toSorted((a, b) => Number(a) - Number(b)))
    }),
    RUNS,
  )
})

test('whoever has seen the end of a request changes nothing in it, whatever they write', () => {
  fc.assert(
    fc.property(requests(), ({ kind, steps }) => {
      const now = view(kind, steps)
      const tried = WRITER_NAMES.flatMap(writer =>
        Object.entries(REQUEST_SAMPLES[kind]).map(([step, data]) =>
          stepBy(writer, step, { among: steps, after: now.newest, data }),
        ),
      )
      for (const late of now.isFinal ? tried : []) {
        expect(outcome(kind, [...steps, late])).toEqual(outcome(kind, steps))
      }
    }),
    RUNS,
  )
})

test('what came too late or was not allowed changes no outcome: it is the same as if nobody had written it', () => {
  fc.assert(
    fc.property(requests(), ({ kind, steps }) => {
      const { history } = view(kind, steps)
      const built = new Set(steps.flatMap(({ after }) => after))
      for (const { step, standing } of history) {
        if (!['too-late', 'not-allowed'].includes(standing) || built.has(step.id)) continue
        const without = steps.filter(each => each !== step)
        expect(outcome(kind, without)).toEqual(outcome(kind, steps))
      }
    }),
    RUNS,
  )
})

test('no step of the wrong role counts, and each that does was known to the writer of the next', () => {
  fc.assert(
    fc.property(requests(), ({ kind, steps }) => {
      const { opens, states } = machineOf(kind)
      const { counted, state, history } = view(kind, steps)
      let at: string | undefined
      for (const step of counted) {
        const rule = at === undefined ? { ...opens, isOpening: step.kind === opens.kind } : states[at]!.steps[step.kind]
        expect(rule?.by === 'either' || rule?.by === step.role).toBe(true)
        at = rule !== undefined && 'to' in rule ? rule.to : undefined
      }
      expect(at).toBe(state)
      expect(history.filter(each => each.standing === 'counts').map(each => each.step)).toEqual(
        expect.arrayContaining([...counted]),
      )
    }),
    RUNS,
  )
})

test('each button does something: whatever nextSteps() offers counts, taken by who sees the request as it is', () => {
  fc.assert(
    fc.property(requests(), ({ kind, steps }) => {
      const now = view(kind, steps)
      for (const writer of WRITER_NAMES) {
        for (const step of nextSteps(machineOf(kind), now, roleOf(writer))) {
          const taken = stepBy(writer, step, { among: steps, after: now.newest, data: REQUEST_SAMPLES[kind][step]! })
          const then = view(kind, [...steps, taken])
          expect(then.history.find(each => each.step === taken)?.standing).toBe('counts')
          // Whoever acts with both before them settles what was said at once.
          expect(then.counted.includes(taken) ? then.contested : []).toEqual([])
          expect(then.isSeen || step !== 'see').toBe(true)
        }
      }
    }),
    RUNS,
  )
})

test('one main step a side at most in each state, and it is one that can be taken there', () => {
  const states = Object.values(REQUESTS).flatMap(({ machine }: { machine: Machine }) => Object.values(machine.states))
  for (const state of states) {
    const rules = state.is === 'open' ? (state.main ?? []).map(kind => state.steps[kind]) : []
    expect(rules.every(rule => rule !== undefined && 'to' in rule)).toBe(true)
    const sides = rules.flatMap(rule => (rule?.by === 'either' ? ['patient', 'provider'] : [rule?.by]))
    expect(new Set(sides).size).toBe(sides.length)
  }
})

test('no dead end: from each open state that people get to, a few steps of somebody end it', () => {
  fc.assert(
    fc.property(requests(), ({ kind, steps }) => {
      const { states } = machineOf(kind)
      let [now, taken] = [view(kind, steps), steps]
      if (now.state === undefined) return
      for (const to of wayToEnd(kind, now.state)) {
        const who = WRITER_NAMES.find(writer =>
          nextSteps(machineOf(kind), now, roleOf(writer)).some(step => leadsTo(kind, now.state!, step) === to),
        )!
        const step = nextSteps(machineOf(kind), now, roleOf(who)).find(each => leadsTo(kind, now.state!, each) === to)!
        taken = [...taken, stepBy(who, step, { among: taken, after: now.newest, data: REQUEST_SAMPLES[kind][step]! })]
        now = view(kind, taken)
        expect(now.state).toBe(to)
      }
      expect(states[now.state!]!.is).toBe('final')
    }),
    RUNS,
  )
})

function leadsTo(kind: RequestKind, state: string, step: string): string | undefined {
  const rule = machineOf(kind).states[state]!.steps[step]
  return rule !== undefined && 'to' in rule ? rule.to : undefined
}

/** The states after `from` on a shortest way to a final one. */
function wayToEnd(kind: RequestKind, from: string): readonly string[] {
  const { states } = machineOf(kind)
  const ways: (readonly string[])[] = [[from]]
  const found = new Set([from])
  for (const way of ways) {
    const last = way.at(-1)!
    if (states[last]!.is === 'final') return way.slice(1)
    for (const step of Object.keys(states[last]!.steps)) {
      const to = leadsTo(kind, last, step)
      if (to === undefined || found.has(to)) continue
      found.add(to)
      ways.push([...way, to])
    }
  }
  throw new Error(`Cannot end a request of the kind ${kind} that is ${from}`)
}

test('the stock is added at most once, only by the patient, and never taken back', () => {
  fc.assert(
    fc.property(shuffled(['refill']), ({ kind, mixed: steps }) => {
      let hadFetched = false
      for (let length = 1; length <= steps.length; length++) {
        const { counted } = view(kind, steps.slice(0, length))
        const taken = counted.filter(step => step.kind === 'take')
        expect(taken.length).toBeLessThanOrEqual(1)
        expect(taken.every(({ role }) => role === 'patient')).toBe(true)
        const fetched = fetchedBy({ counted: counted as readonly RefillStep[] })
        expect(fetched !== undefined).toBe(taken.length === 1)
        expect(hadFetched && fetched === undefined).toBe(false)
        hadFetched = fetched !== undefined
      }
    }),
    RUNS,
  )
})
