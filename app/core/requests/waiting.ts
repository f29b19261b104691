import { type Instant, instant } from '#schema/instant.ts'
import { ANSWER_MS, type Machine, type Role, type StateRule } from '#schema/requests/machine.ts'
import type { Step } from '#schema/requests/step.ts'
import type { RequestView } from './state-of.ts'

type Shown<State extends string, Taken extends Step> = Pick<
  RequestView<State, Taken>,
  'state' | 'contested' | 'counted'
>

/** Whose turn it is: of whoever said two things at once, else of whom the state names. Undefined: nobody is waited for. */
export function waitingFor<State extends string, Taken extends Step>(
  machine: Machine<State, Taken['kind']>,
  view: Shown<State, Taken>,
): Role | undefined {
  return turnIn(machine, view)?.for
}

/** Two answers are settled as soon as an answer is due. */
function turnIn<State extends string, Taken extends Step>(
  { states }: Machine<State, Taken['kind']>,
  { state, contested }: Shown<State, Taken>,
): { readonly for: Role; readonly stalledAfterMs: number } | undefined {
  const [rival] = contested
  if (rival !== undefined) return { for: rival.role, stalledAfterMs: ANSWER_MS }
  const rule: StateRule<State, Taken['kind']> | undefined = state === undefined ? undefined : states[state]
  return rule?.is === 'open' ? rule.waits : undefined
}

/** As far as clocks that were set by hand are apart. */
const CLOCKS_MS = 3_600_000

/**
 * Since when a reminder is due; undefined where none is. A step is as old as its writer claims, and no older than what the
 * writer had seen; a time that is still to come is not believed, so that nobody puts a reminder off for ever.
 */
export function stalledSince<State extends string, Taken extends Step>(
  machine: Machine<State, Taken['kind']>,
  view: Shown<State, Taken>,
  now: Instant,
): Instant | undefined {
  const turn = turnIn(machine, view)
  const believed = view.counted.flatMap(({ claimedAt }) => (claimedAt <= now + CLOCKS_MS ? [claimedAt] : []))
  if (turn === undefined || believed.length === 0) return undefined
  const due = Math.max(...believed) + turn.stalledAfterMs
  return due <= now ? instant(due) : undefined
}
