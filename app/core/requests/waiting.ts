import { type Instant, instant } from '#schema/instant.ts'
import { ANSWER_MS, type Machine, type Role, type StateRule, type StepRule } from '#schema/requests/machine.ts'
import type { Step } from '#schema/requests/step.ts'
import { isBy, type RequestView } from './state-of.ts'

type Shown<State extends string, Taken extends Step> = Pick<
  RequestView<State, Taken>,
  'state' | 'contested' | 'counted'
>

/** Whose turn it is, and after how long a reminder is due. */
export interface Turn {
  readonly for: Role
  readonly stalledAfterMs: number
}

/** Of whoever said two things at once, which are settled as soon as an answer is due; else of whom the state names. Undefined: nobody is waited for. */
export function turnOf<State extends string, Taken extends Step>(
  { states }: Machine<State, Taken['kind']>,
  { state, contested, counted }: Shown<State, Taken>,
): Turn | undefined {
  const [rival] = contested
  if (rival !== undefined) return { for: rival.role, stalledAfterMs: ANSWER_MS }
  const rule: StateRule<State, Taken['kind']> | undefined = state === undefined ? undefined : states[state]
  const waits = rule?.is === 'open' ? rule.waits : undefined
  if (waits?.where === undefined) return waits
  const [name, says] = waits.where
  const { data } = counted.at(-1) ?? {}
  const isSo = typeof data === 'object' && data !== null && Reflect.get(data, name) === says
  return isSo ? { for: waits.for, stalledAfterMs: waits.stalledAfterMs } : undefined
}

/** Pointed out to somebody until they have looked at it, though nobody may wait for them. */
export function isNewsTo<State extends string, Kind extends string>(
  { states }: Machine<State, Kind>,
  { state, isSeen }: Pick<RequestView<State, Step<Kind>>, 'state' | 'isSeen'>,
  role: Role,
): boolean {
  if (state === undefined || isSeen) return false
  const { steps }: StateRule<State, Kind> = states[state]
  return Object.values<StepRule<State> | undefined>(steps).some(
    rule => rule !== undefined && 'isNews' in rule && isBy(rule, role),
  )
}

/** As far as clocks that were set by hand are apart. */
const CLOCKS_MS = 3_600_000

/**
 * Since when a reminder is due; undefined where none is. `claimed`: of the steps that count. A step is as old as its writer claims, and no
 * older than what the writer had seen; a time that is still to come is not believed, so that nobody puts a reminder off for ever.
 */
export function stalledSince(turn: Turn | undefined, claimed: readonly Instant[], now: Instant): Instant | undefined {
  const believed = claimed.filter(claimedAt => claimedAt <= now + CLOCKS_MS)
  if (turn === undefined || believed.length === 0) return undefined
  const due = Math.max(...believed) + turn.stalledAfterMs
  return due <= now ? instant(due) : undefined
}
