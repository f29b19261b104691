import { concat } from '#schema/bytes.ts'

const NONCE_BYTES = 12
const TAG_BYTES = 16

export interface A256GcmParts {
  /** 12 bytes. */
  readonly nonce: Uint8Array
  /** 16 bytes. */
  readonly tag: Uint8Array
  readonly sealed: Uint8Array
  readonly additional: Uint8Array
}

/** Opens what others sealed with AES-256-GCM, as JWE's `A256GCM` (RFC 7518 §5.3), by WebCrypto. One answer for whatever is wrong: undefined. */
export async function openA256Gcm(key: Uint8Array, parts: A256GcmParts): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const { nonce, tag, sealed, additional } = parts
  if (key.length !== 32 || nonce.length !== NONCE_BYTES || tag.length !== TAG_BYTES) return undefined
  const settings = { name: 'AES-GCM', iv: new Uint8Array(nonce), additionalData: new Uint8Array(additional) }
  try {
    const imported = await crypto.subtle.importKey('raw', new Uint8Array(key), 'AES-GCM', false, ['decrypt'])
    return new Uint8Array(await crypto.subtle.decrypt(settings, imported, concat(sealed, tag)))
  } catch {
    return undefined
  }
}

/** Seals with AES-256-GCM under a new random nonce, by WebCrypto; the counterpart of `openA256Gcm`. `key`: 32 bytes. */
export async function sealA256Gcm(
  key: Uint8Array,
  plain: Uint8Array<ArrayBuffer>,
  additional: Uint8Array,
): Promise<Omit<A256GcmParts, 'additional'>> {
  const nonce = crypto.getRandomValues(new Uint8Array(NONCE_BYTES))
  const settings = { name: 'AES-GCM', iv: nonce, additionalData: new Uint8Array(additional) }
  const imported = await crypto.subtle.importKey('raw', new Uint8Array(key), 'AES-GCM', false, ['encrypt'])
  const whole = new Uint8Array(await crypto.subtle.encrypt(settings, imported, plain))
  return { nonce, sealed: whole.subarray(0, -TAG_BYTES), tag: whole.subarray(-TAG_BYTES) }
}
