import type { Branded } from '../brand.ts'
import { toHex } from '../bytes.ts'
import type { RequestKind } from './requests.ts'

/** Apart from their tables, which only an open record needs. */
const KINDS: Readonly<Record<RequestKind, true>> = {
  refill: true,
  appointment: true,
  copy: true,
  correction: true,
  questionnaire: true,
  question: true,
  addition: true,
  material: true,
}

export const isRequestKind = (text: string): text is RequestKind => Object.hasOwn(KINDS, text)

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
