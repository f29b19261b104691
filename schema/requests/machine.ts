/** Who takes part in a request. Which one somebody is comes from the key that wrote, never from what was written. */
export type Role = 'patient' | 'provider'

/** Brings the request into another state, or into the same one by a newer word. */
export interface MoveRule<State extends string = string> {
  readonly by: Role | 'either'
  readonly to: State
  /** Its `slot` numbers one of the `slots` that were proposed last, from 0; `asked`: of those that were asked for, while nothing else was said. */
  readonly picksSlot?: 'proposed' | 'asked'
}

/**
 * Leaves the request in its state: two people may add at once, and both count. `sight`: the present state was seen by whoever did
 * not bring it about, which is said once. `isNews`: until then it is pointed out to them, though nobody may wait for them.
 */
export interface AddRule {
  readonly by: Role | 'either'
  readonly adds: 'words' | 'sight'
  readonly isNews?: true
}

export type StepRule<State extends string = string> = MoveRule<State> | AddRule

/** Whose turn it is, and after how long a reminder is due. */
interface Wait {
  readonly for: Role
  readonly stalledAfterMs: number
  /** Only where the step that led here says so: the name of what it says, and what. Else nobody waits. */
  readonly where?: readonly [name: string, says: string]
}

interface OpenState<State extends string, Kind extends string> {
  readonly is: 'open'
  /** Of two states that people brought about without knowing of each other, the higher counts. */
  readonly weight: number
  /** Left out: nobody waits. */
  readonly waits?: Wait
  /** Of its steps, what most people come for: one a side at most. */
  readonly main?: readonly Kind[]
  readonly steps: { readonly [Each in Kind]?: StepRule<State> }
}

interface FinalState<Kind extends string> {
  readonly is: 'final'
  /** Among final states; each of them counts before every open one. */
  readonly weight: number
  readonly steps: { readonly [Each in Kind]?: AddRule }
}

export type StateRule<State extends string = string, Kind extends string = string> =
  | OpenState<State, Kind>
  | FinalState<Kind>

/** What a kind of request is: its states, and who may do what in each (decision 50). */
export interface Machine<State extends string = string, Kind extends string = string> {
  readonly opens: { readonly kind: Kind; readonly by: Role; readonly to: State }
  readonly states: { readonly [Each in State]: StateRule<State, Kind> }
}

export const byPatient = <const State extends string>(to: State) => ({ by: 'patient', to }) as const
export const byProvider = <const State extends string>(to: State) => ({ by: 'provider', to }) as const
export const byEither = <const State extends string>(to: State) => ({ by: 'either', to }) as const
export const seenByPatient = { by: 'patient', adds: 'sight' } as const
export const seenByProvider = { by: 'provider', adds: 'sight' } as const
export const newsToPatient = { ...seenByPatient, isNews: true } as const
export const newsToProvider = { ...seenByProvider, isNews: true } as const

const DAY_MS = 86_400_000

/** For what a practice answers in its daily work: a weekend may lie between, and a day beside it. */
export const ANSWER_MS = 3 * DAY_MS
/** For what a patient does when they get to it. */
export const ERRAND_MS = 7 * DAY_MS
/**
 * For what the law gives a month for in many places (GDPR article 12(3); 45 CFR 164.524(b)(2): 30 days): half of it, while a
 * reminder still helps.
 */
export const HALF_MONTH_MS = 14 * DAY_MS
