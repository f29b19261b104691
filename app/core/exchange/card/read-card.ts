import { fromBase64Url } from '#schema/base64url.ts'
import { utf8 } from '#schema/bytes.ts'
import { at, isObject, type JsonObject, parseObject, tokenOf } from '#schema/record/fhir/json.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import type { CardFault } from '../../import-session.ts'
import { inflateRaw } from '../inflate.ts'
import { JsonCursor, readJson } from '../json-cursor.ts'

/** A SMART Health Card taken apart; nothing of it is checked yet. */
export interface ReadCard {
  readonly issuer: string
  /** `nbf` and `exp` as they stand. */
  readonly notBefore: unknown
  readonly expires: unknown
  readonly revocationId: string | undefined
  /** The FHIR Bundle's own text, token by token. */
  readonly bundle: string
  readonly signed?: SignedPart
}

export interface SignedPart {
  /** The whole card as it came. */
  readonly jws: string
  readonly keyId: string | undefined
  readonly message: Uint8Array
  readonly signature: Uint8Array
}

/** A card is a page; a summary in a file may be a few hundred times that. */
const MAX_JWS_CHARS = 4_000_000
const CARD_TYPE = 'https://smarthealth.cards#health-card'

/** A compact JWS (RFC 7515) by its look alone. */
export const isCompactJws = (text: string) => /^\s*eyJ[\w-]*\.[\w-]+\.[\w-]+\s*$/.test(text)

/** One card from its JWS, whose payload unpacks to at most `maxBytes`. Total. */
export async function readCard(jws: string, maxBytes: number): Promise<Result<ReadCard, CardFault>> {
  if (jws.length > MAX_JWS_CHARS) return fail('too-large')
  const parts = jws.trim().split('.')
  const [head = '', body = '', seal = ''] = parts
  const [headBytes, payload, signature] = [head, body, seal].map(fromBase64Url)
  if (parts.length !== 3 || headBytes === undefined || payload === undefined || signature === undefined) {
    return fail('unreadable')
  }
  const header = parseObject(textOfBytes(headBytes) ?? '')
  // "crit" names rules that whoever does not know them must not pass over (RFC 7515 §4.1.11).
  if (header['alg'] !== 'ES256' || header['crit'] !== undefined) return fail('unreadable')
  const plain = await unpacked(header['zip'], payload, maxBytes)
  if (!plain.ok) return plain
  const text = textOfBytes(plain.value)
  const read = text === undefined ? fail('unreadable' as const) : readPayload(text)
  if (!read.ok) return read
  const signed = { jws: jws.trim(), keyId: tokenOf(header['kid']), message: utf8(`${head}.${body}`), signature }
  return ok({ ...read.value, signed })
}

async function unpacked(zip: unknown, payload: Uint8Array, maxBytes: number): Promise<Result<Uint8Array, CardFault>> {
  if (zip === undefined) return payload.length > maxBytes ? fail('too-large') : ok(payload)
  if (zip !== 'DEF') return fail('unreadable')
  const plain = await inflateRaw(payload, maxBytes)
  if (plain.ok) return plain
  return fail(plain.failure === 'too-large' ? 'too-large' : 'unreadable')
}

function textOfBytes(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

/** Whether a JSON object is a card's content without its signature. */
export function isPayload(value: JsonObject): boolean {
  return typeof value['iss'] === 'string' && isObject(at(value, 'vc', 'credentialSubject'))
}

/** What a card says, from its content. Total. */
export function readPayload(text: string): Result<ReadCard, CardFault> {
  const payload = parseObject(text)
  const issuer = tokenOf(payload['iss'])
  const types = at(payload, 'vc', 'type')
  const bundle = memberText(text, ['vc', 'credentialSubject', 'fhirBundle'])
  if (issuer === undefined || !Array.isArray(types)) return fail('unreadable')
  if (!types.includes(CARD_TYPE) || bundle === undefined) return fail('other')
  return ok({
    issuer,
    notBefore: payload['nbf'],
    expires: payload['exp'],
    revocationId: tokenOf(at(payload, 'vc', 'rid')),
    bundle,
  })
}

/** The text of the value at the end of `path`, as it stands in `text`; the last of members named alike, as JSON.parse takes it. */
function memberText(text: string, path: readonly string[]): string | undefined {
  let here: string | undefined = text
  for (const name of path) {
    const inside: string = here
    const found = readJson(inside, () => memberOf(new JsonCursor(inside), name))
    here = found.ok ? found.value : undefined
    if (here === undefined) return undefined
  }
  return here
}

function memberOf(cursor: JsonCursor, wanted: string): string | undefined {
  if (cursor.peek() !== '{') return undefined
  let found: string | undefined
  cursor.enter('{')
  for (let name = cursor.nextMember(true); name !== undefined; name = cursor.nextMember(false)) {
    const { start, end } = cursor.value()
    if (name === wanted) found = cursor.text.slice(start, end)
  }
  return found
}
