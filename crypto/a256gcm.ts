import { concat } from '#schema/bytes.ts'

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
  if (key.length !== 32 || nonce.length !== 12 || tag.length !== 16) return undefined
  const settings = { name: 'AES-GCM', iv: new Uint8Array(nonce), additionalData: new Uint8Array(additional) }
  try {
    const imported = await crypto.subtle.importKey('raw', new Uint8Array(key), 'AES-GCM', false, ['decrypt'])
    return new Uint8Array(await crypto.subtle.decrypt(settings, imported, concat(sealed, tag)))
  } catch {
    return undefined
  }
}
