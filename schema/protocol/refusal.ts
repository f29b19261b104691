/**
 * Every answer of the relay other than yes: its byte in stream messages and its HTTP status. A number is never used again.
 * `stale`: what the request builds on was overtaken (owner number, an ended capability, a pruned frame).
 * `closed`: the log takes no more frames but can be read; `gone`: it was deleted.
 */
export const REFUSALS = {
  'bad-request': { byte: 1, status: 400 },
  /** A signature over a challenge, or of a signed record, does not verify. */
  'bad-proof': { byte: 2, status: 401 },
  /** The HTTP challenge is older than five minutes or not this relay's: ask for a new one and try again. */
  'old-challenge': { byte: 3, status: 401 },
  'not-allowed': { byte: 4, status: 403 },
  /** The capability is past its `notAfter`, by the relay's clock. */
  expired: { byte: 5, status: 403 },
  /** A frame that this W, not proven on this socket or in this request, has not signed either. */
  'unproven-writer': { byte: 6, status: 403 },
  /** The operator asks for an admission token that the request does not carry. */
  admission: { byte: 7, status: 403 },
  'unknown-log': { byte: 8, status: 404 },
  'not-found': { byte: 9, status: 404 },
  /** Another frame has this place in the feed, or the frame does not continue the stored one. */
  fork: { byte: 10, status: 409 },
  /** The frame's seq is beyond the next one. */
  gap: { byte: 11, status: 409 },
  stale: { byte: 12, status: 409 },
  closed: { byte: 13, status: 410 },
  gone: { byte: 14, status: 410 },
  'too-large': { byte: 15, status: 413 },
  /** A blob's bytes do not hash to its id, or GENESIS not to the log's. */
  'wrong-hash': { byte: 16, status: 422 },
  /** The snapshot that a prune names is not stored. */
  'no-base': { byte: 17, status: 422 },
  rate: { byte: 18, status: 429 },
  /** The log's, the capability's or the relay's room is used up, or the mailbox is full. */
  quota: { byte: 19, status: 507 },
  internal: { byte: 20, status: 500 },
} as const

export type RefusalCode = keyof typeof REFUSALS

const CODES = Object.keys(REFUSALS) as RefusalCode[]
const CODE_BY_BYTE = new Map<number, RefusalCode>(CODES.map(code => [REFUSALS[code].byte, code]))

export function refusalOfByte(byte: number): RefusalCode | undefined {
  return CODE_BY_BYTE.get(byte)
}

/** The body of every HTTP answer from 400 on, as JSON. */
export interface Refusal {
  readonly code: RefusalCode
  /** Of the posted frames, the first that was refused; those before it are stored. */
  readonly index?: number
  /** With `stale` on an owner record: the number the log is at. */
  readonly ownerNumber?: number
  /** With `rate`: when to try again. */
  readonly retryAfterMs?: number
}

const DETAILS = ['index', 'ownerNumber', 'retryAfterMs'] as const

/** Undefined when the body is not a relay's refusal: something else answered, or the relay answers rubbish. */
export function parseRefusal(body: Uint8Array): Refusal | undefined {
  let value: unknown
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body))
  } catch {
    return undefined
  }
  if (typeof value !== 'object' || value === null) return undefined
  const fields = new Map<string, unknown>(Object.entries(value))
  const code = CODES.find(name => name === fields.get('code'))
  if (code === undefined) return undefined
  const details: Partial<Record<(typeof DETAILS)[number], number>> = {}
  for (const name of DETAILS) {
    const detail = fields.get(name)
    if (detail === undefined) continue
    if (typeof detail !== 'number' || !Number.isSafeInteger(detail) || detail < 0) return undefined
    details[name] = detail
  }
  return { code, ...details }
}
