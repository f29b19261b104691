import { p256Thumbprint, type P256Point } from '#crypto/es256.ts'
import { isObject, type JsonObject, objectsOf, tokenOf } from '#schema/record/fhir/json.ts'

/** A key that checks cards. `id` is its thumbprint, so no key can pass for another one. */
export interface IssuerKey extends P256Point {
  readonly id: string
}

/** An issuer whose keys the person keeps, and so trusts to sign for `issuer`. */
export interface CardIssuer {
  /** The web address that its cards name as `iss`. */
  readonly issuer: string
  readonly keys: readonly IssuerKey[]
  /** By key id: what the issuer's list has taken back (`rid`, or `rid.seconds` for what was issued before). */
  readonly revoked: Readonly<Record<string, readonly string[]>>
}

/** Key sets and lists longer than this are not read. */
const MAX_KEYS = 100
const MAX_REVOKED = 100_000

const COORDINATE = /^[A-Za-z0-9_-]{43}$/

/** Whether a JSON object is a key set (JWKS, RFC 7517 §5). */
export const isKeySet = (value: JsonObject) => objectsOf(value['keys']).some(key => typeof key['kty'] === 'string')

/**
 * The keys of a key set that can check cards: ES256, for signatures, named by their own thumbprint as the specification wants. Others
 * are passed over; certificates (`x5c`) are not looked at.
 */
export async function readKeySet(value: JsonObject): Promise<readonly IssuerKey[]> {
  const keys = new Map<string, IssuerKey>()
  for (const key of objectsOf(value['keys']).slice(0, MAX_KEYS)) {
    const { kty, crv, x, y, kid, use = 'sig', alg = 'ES256' } = key
    if (kty !== 'EC' || crv !== 'P-256' || use !== 'sig' || alg !== 'ES256' || key['d'] !== undefined) continue
    if (typeof x !== 'string' || typeof y !== 'string' || !COORDINATE.test(x) || !COORDINATE.test(y)) continue
    const id = await p256Thumbprint({ x, y })
    if (kid === id) keys.set(id, { id, x, y })
  }
  return [...keys.values()]
}

export interface RevocationList {
  readonly keyId: string
  readonly revoked: readonly string[]
}

/** An issuer's list of cards it has taken back (`/.well-known/crl/<kid>.json`); undefined for anything else. */
export function readRevocationList(value: JsonObject): RevocationList | undefined {
  const keyId = tokenOf(value['kid'])
  const rids = value['rids']
  if (keyId === undefined || value['method'] !== 'rid' || !Array.isArray(rids) || rids.length > MAX_REVOKED) {
    return undefined
  }
  const revoked = rids.filter(rid => typeof rid === 'string' && /^[A-Za-z0-9_-]{1,24}(?:\.\d{1,12})?$/.test(rid))
  return { keyId, revoked }
}

/** A web address as cards name an issuer: https, without a closing slash, question or fragment. */
export function issuerAddress(text: string): string | undefined {
  const clean = text.trim().replace(/(?:\/\.well-known\/jwks\.json)?\/*$/, '')
  if (clean.length > 300 || !URL.canParse(clean)) return undefined
  const { protocol, search, hash, username, password } = new URL(clean)
  return protocol === 'https:' && search === '' && hash === '' && username === '' && password === '' ? clean : undefined
}

/** As it is kept; what is damaged is passed over. */
export function readStoredIssuer(issuer: string, value: unknown): CardIssuer {
  const stored = isObject(value) ? value : {}
  const keys = objectsOf(stored['keys']).flatMap(({ id, x, y }) =>
    typeof id === 'string' && typeof x === 'string' && typeof y === 'string' ? [{ id, x, y }] : [],
  )
  const revoked = Object.entries(isObject(stored['revoked']) ? stored['revoked'] : {}).flatMap(([id, rids]) =>
    Array.isArray(rids) ? [[id, rids.filter(rid => typeof rid === 'string')] as const] : [],
  )
  return { issuer, keys, revoked: Object.fromEntries(revoked) }
}
