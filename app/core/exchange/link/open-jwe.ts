import { openA256Gcm } from '#crypto/a256gcm.ts'
import { fromBase64Url } from '#schema/base64url.ts'
import { utf8 } from '#schema/bytes.ts'
import { parseObject } from '#schema/record/fhir/json.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import { inflateRaw } from '../inflate.ts'

/** `sealed`: not of this key, damaged, or nothing of the kind. */
export type JweFailure = 'sealed' | 'too-large'

/**
 * Opens a compact JWE (RFC 7516) as health links have it: key used directly, A256GCM, plain or `zip: DEF`. Total; unpacks to at most
 * `maxBytes`.
 */
export async function openJwe(
  jwe: string,
  key: Uint8Array,
  maxBytes: number,
): Promise<Result<Uint8Array<ArrayBuffer>, JweFailure>> {
  const parts = jwe.trim().split('.')
  const [head = '', wrapped = '', ...rest] = parts
  const [headBytes, nonce, sealed, tag] = [head, ...rest].map(fromBase64Url)
  if (parts.length !== 5 || wrapped !== '' || headBytes === undefined) return fail('sealed')
  if (nonce === undefined || sealed === undefined || tag === undefined) return fail('sealed')
  const { alg, enc, zip, crit } = parseObject(new TextDecoder().decode(headBytes))
  // "crit" names rules that whoever does not know them must not pass over (RFC 7516 §4.1.13).
  if (alg !== 'dir' || enc !== 'A256GCM' || crit !== undefined) return fail('sealed')
  if (zip !== undefined && zip !== 'DEF') return fail('sealed')
  const plain = await openA256Gcm(key, { nonce, sealed, tag, additional: utf8(head) })
  if (plain === undefined) return fail('sealed')
  if (zip === undefined) return plain.length > maxBytes ? fail('too-large') : ok(plain)
  const unpacked = await inflateRaw(plain, maxBytes)
  if (unpacked.ok) return unpacked
  return fail(unpacked.failure === 'too-large' ? 'too-large' : 'sealed')
}
