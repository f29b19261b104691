import fc from 'fast-check'
import { nextSteps } from '#app/core/requests/next-steps.ts'
import { stateOf } from '#app/core/requests/state-of.ts'
import { type Instant, instant } from '#schema/instant.ts'
import type { Machine, Role } from '#schema/requests/machine.ts'
import { type RequestKind, REQUESTS } from '#schema/requests/requests.ts'
import { countIn, type Step, type StepId, stepIdOf } from '#schema/requests/step.ts'
import { REQUEST_SAMPLES } from './request-samples.ts'

/** Who writes in a request of these tests: a patient on two devices, and two people of a practice. */
const WRITERS = {
  phone: { role: 'patient', actor: 'aaaa0000' },
  tablet: { role: 'patient', actor: 'bbbb0000' },
  doctor: { role: 'provider', actor: 'cccc0000' },
  nurse: { role: 'provider', actor: 'dddd0000' },
} as const satisfies Record<string, { role: Role; actor: string }>

export type WriterName = keyof typeof WRITERS
export const WRITER_NAMES = Object.keys(WRITERS) as WriterName[]
export const roleOf = (writer: WriterName): Role => WRITERS[writer].role

export const machineOf = (kind: RequestKind): Machine => REQUESTS[kind].machine

/** The next step of a writer, who had seen `after`. */
export function stepBy(
  writer: WriterName,
  kind: string,
  {
    among,
    after,
    data,
    claimedAt,
  }: {
    readonly among: readonly Step[]
    readonly after: readonly StepId[]
    readonly data: object
    readonly claimedAt?: Instant
  },
): Step {
  const { role, actor } = WRITERS[writer]
  const counts = among.flatMap(({ id }) => (id.startsWith(actor) ? [countIn(id)] : []))
  const id = stepIdOf(actor, 1 + Math.max(0, ...counts))!
  return { id, role, author: writer, kind, claimedAt: claimedAt ?? instant(0), after, data }
}

/** What one of them does, as drawn: `unseen` are taken from the newest steps, `rogue` follows no rule. */
interface Act {
  readonly writer: WriterName
  readonly pick: number
  readonly unseen: number
  readonly rogue: boolean
  readonly clock: number
}

const acts = () =>
  fc.array(
    fc.record<Act>({
      writer: fc.constantFrom(...WRITER_NAMES),
      pick: fc.nat(1000),
      unseen: fc.oneof(fc.constant(0), fc.nat(6)),
      rogue: fc.integer({ min: 0, max: 7 }).map(dice => dice === 5),
      clock: fc.integer({ min: -8e12, max: 8e12 }),
    }),
    { maxLength: 16, size: 'max' },
  )

/** Requests of every kind with what people did in them: in turn, at the same moment, and against the rules. */
export function requests(
  kinds = Object.keys(REQUESTS) as RequestKind[],
): fc.Arbitrary<{ readonly kind: RequestKind; readonly steps: readonly Step[] }> {
  return fc.record({ kind: fc.constantFrom(...kinds), acts: acts() }).map(({ kind, acts: drawn }) => ({
    kind,
    steps: drawn.reduce((steps, act) => [...steps, ...took(kind, steps, act)], opened(kind)),
  }))
}

export function opened(kind: RequestKind): Step[] {
  const { opens } = machineOf(kind)
  const writer = opens.by === 'patient' ? 'phone' : 'doctor'
  return [stepBy(writer, opens.kind, { among: [], after: [], data: REQUEST_SAMPLES[kind][opens.kind]! })]
}

/** One step, or none where that writer can do nothing. */
function took(kind: RequestKind, steps: readonly Step[], act: Act): Step[] {
  const machine = machineOf(kind)
  const seen = seenBy(act.writer, steps, act.unseen)
  const view = stateOf(machine, seen)
  const kinds = act.rogue ? Object.keys(REQUEST_SAMPLES[kind]) : drawnFrom(machine, view, act)
  const chosen = kinds[act.pick % Math.max(1, kinds.length)]
  if (chosen === undefined) return []
  const after = act.rogue ? seen.flatMap(({ id }, index) => ((act.pick >> index) & 1 ? [id] : [])) : view.newest
  const data = REQUEST_SAMPLES[kind][chosen]!
  return [stepBy(act.writer, chosen, { among: steps, after, data, claimedAt: instant(act.clock) })]
}

/** What a writer can do, and seldom what ends it: else nothing would go far. */
function drawnFrom(machine: Machine, view: ReturnType<typeof stateOf>, { writer, pick }: Act): readonly string[] {
  const offered = nextSteps(machine, view, roleOf(writer))
  // A number in the middle: the first ones are drawn most often.
  if (pick % 20 === 13) return offered
  return offered.filter(step => {
    const rule = machine.states[view.state ?? '']?.steps[step]
    return rule !== undefined && !('to' in rule && machine.states[rule.to]!.is === 'final')
  })
}

/** All but the last few steps of others, with everything those build on. */
function seenBy(writer: WriterName, steps: readonly Step[], unseen: number): Step[] {
  const seen = new Set<StepId>()
  const byId = new Map(steps.map(step => [step.id, step]))
  const add = (id: StepId): void => {
    if (seen.has(id)) return
    seen.add(id)
    for (const before of byId.get(id)?.after ?? []) add(before)
  }
  const shown = steps.filter((step, index) => step.author === writer || index < Math.max(1, steps.length - unseen))
  for (const { id } of shown) add(id)
  return steps.filter(({ id }) => seen.has(id))
}
