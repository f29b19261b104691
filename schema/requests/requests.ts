import type { Branded } from '../brand.ts'
import { toHex } from '../bytes.ts'
import { APPOINTMENT } from './appointment.ts'
import { CORRECTION } from './correction.ts'
import { QUESTIONNAIRE } from './questionnaire.ts'
import { RECORDS_COPY } from './records-copy.ts'
import { REFILL } from './refill.ts'
import { RESULT_QUESTION } from './result-question.ts'

/** Every kind of request. A name is part of a request's id, and is never used for something else. */
export const REQUESTS = {
  refill: REFILL,
  appointment: APPOINTMENT,
  copy: RECORDS_COPY,
  correction: CORRECTION,
  questionnaire: QUESTIONNAIRE,
  question: RESULT_QUESTION,
} as const

export type RequestKind = keyof typeof REQUESTS

const isRequestKind = (text: string): text is RequestKind => Object.hasOwn(REQUESTS, text)

/** Names a request in its conversation and says its kind, so that no step in it can turn it into another: `refill.<32 hex>`. */
export type RequestId = Branded<string, 'RequestId'>

const ID = /^([a-z]+)\.[0-9a-f]{32}$/

/** Undefined for what names no request of a kind that is known here. */
export function parseRequestId(text: string): RequestId | undefined {
  const kind = ID.exec(text)?.[1]
  return kind !== undefined && isRequestKind(kind) ? (text as RequestId) : undefined
}

/** `random`: 16 bytes. */
export function requestIdOf(kind: RequestKind, random: Uint8Array): RequestId {
  const id = parseRequestId(`${kind}.${toHex(random)}`)
  if (id === undefined) throw new RangeError(`Cannot name a request: got ${random.length} bytes, it takes 16`)
  return id
}

export function kindOf(id: RequestId): RequestKind {
  return id.slice(0, id.indexOf('.')) as RequestKind
}
