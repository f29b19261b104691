import sodium from 'libsodium-wrappers'
import { concat, utf8 } from '#schema/bytes.ts'
import { fail, type Result } from '#schema/result.ts'
import { deriveKey } from './hash.ts'
import { type KemKey, KEM_PUBLIC_KEY_BYTES } from './keys.ts'
import { wipe } from './sodium.ts'
import { openSecret, sealSecret } from './vault-box.ts'

type Bytes = Uint8Array<ArrayBuffer>

const KEM_CIPHERTEXT_BYTES = 1120
/** By how much a box is longer than what is in it. */
export const BOX_OVERHEAD_BYTES = KEM_CIPHERTEXT_BYTES + 40

/**
 * For the holder of `kemPublicKey` only; says nothing of who sealed it nor for whom.
 * `X-Wing ciphertext(1120) ‖ nonce(24) ‖ AEAD(KDF(shared secret, "box", label), plain, aad = label)`.
 * Throws if nothing can be sealed to that key: `isKemPublicKey` tells beforehand.
 */
export function sealTo(kemPublicKey: Uint8Array, label: string, plain: Uint8Array): Bytes {
  if (kemPublicKey.length !== KEM_PUBLIC_KEY_BYTES)
    throw new RangeError(`Cannot seal a box: the key has ${kemPublicKey.length} bytes`)
  const { ciphertext, sharedSecret } = sodium.crypto_kem_xwing_enc(kemPublicKey)
  const key = boxKey(sharedSecret, label)
  try {
    return concat(ciphertext, sealSecret(key, label, plain))
  } finally {
    wipe(key)
  }
}

/** One answer for another recipient, another label and damage alike. */
export function openFrom(kemKey: KemKey, label: string, box: Uint8Array): Result<Bytes, 'not-opened'> {
  if (box.length < BOX_OVERHEAD_BYTES) return fail('not-opened')
  const sharedSecret = decapsulate(box.subarray(0, KEM_CIPHERTEXT_BYTES), kemKey)
  if (sharedSecret === undefined) return fail('not-opened')
  const key = boxKey(sharedSecret, label)
  try {
    return openSecret(key, label, box.subarray(KEM_CIPHERTEXT_BYTES))
  } finally {
    wipe(key)
  }
}

function decapsulate(ciphertext: Uint8Array, kemKey: KemKey): Uint8Array | undefined {
  try {
    return sodium.crypto_kem_xwing_dec(ciphertext, kemKey.secretKey)
  } catch {
    return undefined // an X25519 point of small order
  }
}

/** Wipes the shared secret: it has no other use. */
function boxKey(sharedSecret: Uint8Array, label: string): Bytes {
  const key = deriveKey(sharedSecret, 'box', utf8(label))
  wipe(sharedSecret)
  return key
}
