import { concat, utf8 } from '#schema/bytes.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import { AEAD_NONCE_BYTES, openAead, sealAead } from './aead.ts'
import { randomBytes } from './sodium.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** `nonce(24) ‖ AEAD(key, plain)`, 40 bytes longer than `plain`. It opens only where `context` is the same again. */
export function sealSecret(key: Uint8Array, context: string, plain: Uint8Array): Bytes {
  const nonce = randomBytes(AEAD_NONCE_BYTES)
  return concat(nonce, sealAead(key, nonce, plain, utf8(context)))
}

/** One answer for a wrong key, another context and damage alike. */
export function openSecret(key: Uint8Array, context: string, sealed: Uint8Array): Result<Bytes, 'not-opened'> {
  if (sealed.length < AEAD_NONCE_BYTES) return fail('not-opened')
  const nonce = sealed.subarray(0, AEAD_NONCE_BYTES)
  const plain = openAead(key, nonce, sealed.subarray(AEAD_NONCE_BYTES), utf8(context))
  return plain === undefined ? fail('not-opened') : ok(plain)
}
