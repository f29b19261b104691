import * as A from '@automerge/automerge/slim'
import type { Role } from '#schema/requests/machine.ts'
import { parseRequestId, type RequestId } from '#schema/requests/request-id.ts'
import {
  countIn,
  parseStepId,
  type RequestForm,
  type Step,
  type StepId,
  stepIdOf,
  type StepOf,
  type StepReaders,
} from '#schema/requests/step.ts'
import { parseVisitorSaid, type VisitorSaid } from '#schema/messages/item.ts'
import { parseObject } from '#schema/record/fhir/json.ts'
import { type DocMap, textIn } from '../record/flat-fields.ts'
import { packStep, type PackedStep, unpackStep } from './pack-step.ts'

const LABEL = 'request/'
const STEP = 's:'
const VISITOR = 'v:'

/** The shard of a request in its conversation's log. */
export const requestLabel = (id: RequestId) => `${LABEL}${id}`

/** Undefined for the label of another shard, and of a request of a kind that is not known here. */
export function requestIn(label: string): RequestId | undefined {
  return label.startsWith(LABEL) ? parseRequestId(label.slice(LABEL.length)) : undefined
}

/**
 * Who writes under an actor, as the log's certificates and the conversation's rosters tell it, also of whoever has left since;
 * undefined for whoever was never on either side. `lies`: the name under which the step stands in the document.
 */
export type SideOf<Author> = (
  actor: string,
  lies: StepId,
) => { readonly role: Role; readonly author: Author } | undefined

export interface StoredSteps<Readers extends StepReaders, Author> {
  readonly steps: readonly StepOf<Readers, Author>[]
  /** Damaged, of a form that is not known here, or put there by whoever it does not belong to. */
  readonly leftOut: number
}

interface Operation {
  readonly actor: string
  /** Of two where one knew of the other, the later one has the higher. */
  readonly counter: number
  readonly key: string
  readonly value: unknown
}

/**
 * Every step that was ever written, whatever stands in its place now: whoever may write in the log could otherwise take another's step
 * away, or put something else there. Of what one writer put under one name the first counts. What was made again by value under
 * another W (a fork that was mended, another G) lies under its name of before, and counts under this writer's. Throws for nothing.
 */
export function readSteps<State extends string, Readers extends StepReaders, Author>(
  doc: A.Doc<DocMap>,
  { readers }: RequestForm<State, Readers>,
  sideOf: SideOf<Author>,
): StoredSteps<Readers, Author> {
  const steps = new Map<StepId, Step<string, unknown, Author>>()
  const operations = operationsIn(doc)
  const renamed = namesMadeAgain(operations)
  let leftOut = 0
  for (const operation of operations) {
    const step = stepIn(operation, readers, sideOf, renamed)
    if (step === undefined || steps.has(step.id)) leftOut += 1
    else steps.set(step.id, step)
  }
  // Each was read by the reader of its kind.
  return { steps: [...steps.values()] as unknown as StepOf<Readers, Author>[], leftOut }
}

/** By the one who made it again, and its name of before: its name now. */
type Renamed = ReadonlyMap<string, StepId>

const renamedBy = (actor: string, before: StepId) => `${actor.slice(0, 8)} ${before}`

function namesMadeAgain(operations: readonly Operation[]): Renamed {
  const renamed = new Map<string, StepId>()
  for (const { actor, key } of operations) {
    const before = parseStepId(key.slice(STEP.length))
    const now = before && stepIdOf(actor, countIn(before))
    if (before !== undefined && now !== undefined && now !== before) renamed.set(renamedBy(actor, before), now)
  }
  return renamed
}

function operationsIn(doc: A.Doc<DocMap>): readonly Operation[] {
  const found = A.getAllChanges(doc).flatMap(change => {
    const { actor, startOp, ops } = A.decodeChange(change)
    return ops.flatMap(({ action, obj, key, value }, index): Operation[] => {
      const isStep = obj === '_root' && typeof key === 'string' && key.startsWith(STEP) && action !== 'del'
      return isStep ? [{ actor, counter: startOp + index, key, value: action === 'set' ? value : undefined }] : []
    })
  })
  return found.toSorted((a, b) => a.counter - b.counter || (a.actor < b.actor ? -1 : 1))
}

function stepIn<Author>(
  { actor, key, value }: Operation,
  readers: StepReaders,
  sideOf: SideOf<Author>,
  renamed: Renamed,
): Step<string, unknown, Author> | undefined {
  const before = parseStepId(key.slice(STEP.length))
  const packed = typeof value === 'string' ? unpackStep(value, readers) : undefined
  if (before === undefined || packed === undefined) return undefined
  const now = (id: StepId) => renamed.get(renamedBy(actor, id)) ?? id
  const side = sideOf(actor, before)
  return side && { ...packed, id: now(before), ...side, after: packed.after.map(now) }
}

/**
 * For the next step of `actor`'s writer, outside of a change; undefined once there is no more room for it. No name is used twice, also
 * where somebody took a step of this writer's out of the document, or it was made again by them.
 */
export function nextStepId(doc: A.Doc<DocMap>, actor: string): StepId | undefined {
  const counts = operationsIn(doc).flatMap(({ actor: by, key }) => {
    const id = parseStepId(key.slice(STEP.length))
    return id !== undefined && by.slice(0, 8) === actor.slice(0, 8) ? [countIn(id)] : []
  })
  return stepIdOf(actor, 1 + Math.max(0, ...counts))
}

/** Inside a change of the very actor that `id` was made for: under another one's it would be left out. */
export function putStep(doc: DocMap, id: StepId, step: PackedStep): void {
  doc[`${STEP}${id}`] = new A.ImmutableString(packStep(step))
}

/** In a conversation with a visitor, where this person alone writes: which steps are the visitor's, and how they came here. */
export function visitorStepsIn(doc: DocMap): ReadonlyMap<StepId, VisitorSaid> {
  return new Map(
    Object.entries(doc).flatMap(([key, value]) => {
      const id = key.startsWith(VISITOR) ? parseStepId(key.slice(VISITOR.length)) : undefined
      const said = id && parseVisitorSaid(parseObject(textIn(value) ?? ''))
      return id === undefined || said === undefined ? [] : [[id, said] as const]
    }),
  )
}

/** In the same change as the step. */
export function putVisitorStep(doc: DocMap, id: StepId, said: VisitorSaid): void {
  doc[`${VISITOR}${id}`] = new A.ImmutableString(JSON.stringify(said))
}
