import type { Machine, Role, StateRule, StepRule } from '#schema/requests/machine.ts'
import type { Step } from '#schema/requests/step.ts'
import { isBy, isSight, type RequestView, slotsToPick } from './state-of.ts'

/** What somebody can do now. Each of these counts, taken by who had seen this; where there is none, nothing is to be pressed. */
export function nextSteps<State extends string, Kind extends string>(
  { opens, states }: Machine<State, Kind>,
  { state, isSeen, waiting, counted }: Pick<RequestView<State, Step<Kind>>, 'state' | 'isSeen' | 'waiting' | 'counted'>,
  role: Role,
): Kind[] {
  // What opened it may only be late.
  if (state === undefined) return opens.by === role && waiting.length === 0 ? [opens.kind] : []
  const { steps }: StateRule<State, Kind> = states[state]
  return Object.entries<StepRule<State> | undefined>(steps).flatMap(([kind, rule]) =>
    rule !== undefined && isBy(rule, role) && !(isSeen && isSight(rule)) && slotsToPick(rule, counted)?.length !== 0
      ? [kind as Kind]
      : [],
  )
}

/** Of what can be done, what most people came for; of either side. */
export function mainSteps<State extends string, Kind extends string>(
  { states }: Machine<State, Kind>,
  { state }: Pick<RequestView<State, Step<Kind>>, 'state'>,
): readonly Kind[] {
  const rule: StateRule<State, Kind> | undefined = state === undefined ? undefined : states[state]
  return rule?.is === 'open' ? (rule.main ?? []) : []
}
