import sodium from 'libsodium-wrappers'
import { ownBytes } from './own-bytes.ts'

type Bytes = Uint8Array<ArrayBuffer>

export const AEAD_KEY_BYTES = 32
export const AEAD_NONCE_BYTES = 24
export const AEAD_TAG_BYTES = 16

function checkSizes(key: Uint8Array, nonce: Uint8Array): void {
  if (key.length !== AEAD_KEY_BYTES) throw new RangeError(`Cannot seal or open: the key has ${key.length} bytes`)
  if (nonce.length !== AEAD_NONCE_BYTES)
    throw new RangeError(`Cannot seal or open: the nonce has ${nonce.length} bytes`)
}

/** XChaCha20-Poly1305-IETF; the answer is 16 bytes longer than `plain`. */
export function sealAead(key: Uint8Array, nonce: Uint8Array, plain: Uint8Array, context: Uint8Array): Bytes {
  checkSizes(key, nonce)
  return ownBytes(sodium.crypto_aead_xchacha20poly1305_ietf_encrypt(plain, context, null, nonce, key))
}

/** Undefined unless exactly these bytes were sealed with this key, nonce and context. */
export function openAead(
  key: Uint8Array,
  nonce: Uint8Array,
  sealed: Uint8Array,
  context: Uint8Array,
): Bytes | undefined {
  checkSizes(key, nonce)
  if (sealed.length < AEAD_TAG_BYTES) return undefined
  try {
    return ownBytes(sodium.crypto_aead_xchacha20poly1305_ietf_decrypt(null, sealed, context, nonce, key))
  } catch {
    return undefined // sizes are checked above, so this is the tag
  }
}
