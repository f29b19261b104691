import type { Branded } from '../brand.ts'
import type { Instant } from '../instant.ts'
import type { FieldReader } from '../record/field-reader.ts'
import type { Machine, Role, StateRule } from './machine.ts'

/** Names a step in its request: `<8 hex>~<n>`, the first digits of its writer's actors and which of the writer's steps it is, 1–200. */
export type StepId = Branded<string, 'StepId'>

/** Honest people take a dozen; whoever floods a request has no more room in it. */
export const MAX_STEPS_A_WRITER = 200
/** Of what a step says its writer had seen. */
export const MAX_AFTER = 256

const FORM = /^([0-9a-f]{8})~([1-9]\d{0,2})$/

/** Undefined for what is no step's name. */
export function parseStepId(text: unknown): StepId | undefined {
  const [, , count] = (typeof text === 'string' && FORM.exec(text)) || []
  return count !== undefined && Number(count) <= MAX_STEPS_A_WRITER ? (text as StepId) : undefined
}

/** The n-th step of the writer whose actors begin with `actor`'s digits; undefined past the last one there is room for. */
export function stepIdOf(actor: string, count: number): StepId | undefined {
  return parseStepId(`${actor.slice(0, 8)}~${count}`)
}

export const countIn = (id: StepId) => Number(id.slice(9))
export const isStepOf = (id: StepId, actor: string) => id.slice(0, 8) === actor.slice(0, 8)

/** What one person did in a request. */
export interface Step<Kind extends string = string, Data = unknown, Author = unknown> {
  readonly id: StepId
  /** Found from whoever wrote it, as `author`. */
  readonly role: Role
  readonly author: Author
  readonly kind: Kind
  /** By the writer's clock: shown, and never used for the order. */
  readonly claimedAt: Instant
  /** The steps that its writer had seen, at least the newest of them. */
  readonly after: readonly StepId[]
  readonly data: Data
}

/** Reads what a step of each kind says. */
export type StepReaders = Readonly<Record<string, (read: FieldReader) => object>>

/** One kind of request: its machine, and what its steps say. */
export interface RequestForm<State extends string = string, Readers extends StepReaders = StepReaders> {
  readonly machine: Machine<State, keyof Readers & string>
  readonly readers: Readers
}

/** A step of a form, told apart by its kind. */
export type StepOf<Readers extends StepReaders, Author = unknown> = {
  [Kind in keyof Readers & string]: Step<Kind, ReturnType<Readers[Kind]>, Author>
}[keyof Readers & string]

type Names<State extends string, Readers extends StepReaders> = Machine<NoInfer<State>, keyof Readers & string>

/** The names of states are those of `states`; every other one is checked against them. */
export function requestForm<State extends string, Readers extends StepReaders>(
  readers: Readers,
  machine: {
    readonly opens: Names<State, Readers>['opens']
    readonly states: { readonly [Each in State]: StateRule<NoInfer<State>, NoInfer<keyof Readers & string>> }
  },
): RequestForm<State, Readers> {
  return { readers, machine }
}
