import { fromBase64Url, toBase64Url } from '#schema/base64url.ts'
import { concat, utf8 } from '#schema/bytes.ts'

/** A point of P-256, its coordinates as a JWK has them: base64url of 32 bytes each. */
export interface P256Point {
  readonly x: string
  readonly y: string
}

const ES256 = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const
const COORDINATE_BYTES = 32
const SIGNATURE_BYTES = 64
/** SEC 1 §2.3.3: an uncompressed point. */
const UNCOMPRESSED = new Uint8Array([4])

/** JWK thumbprint (RFC 7638) with SHA-256, base64url: names the key in SMART Health Cards. */
export async function p256Thumbprint({ x, y }: P256Point): Promise<string> {
  const members = utf8(`{"crv":"P-256","kty":"EC","x":"${x}","y":"${y}"}`)
  return toBase64Url(new Uint8Array(await crypto.subtle.digest('SHA-256', members)))
}

/** Whether `signature` (r ‖ s, 64 bytes) over `message` is of this key. Of what is no key, never. RFC 7518 §3.4, by WebCrypto. */
export async function verifyEs256(key: P256Point, message: Uint8Array, signature: Uint8Array): Promise<boolean> {
  const [x, y] = [fromBase64Url(key.x), fromBase64Url(key.y)]
  if (x?.length !== COORDINATE_BYTES || y?.length !== COORDINATE_BYTES) return false
  if (signature.length !== SIGNATURE_BYTES) return false
  try {
    const imported = await crypto.subtle.importKey('raw', concat(UNCOMPRESSED, x, y), ES256, false, ['verify'])
    return await crypto.subtle.verify(ES256, imported, new Uint8Array(signature), new Uint8Array(message))
  } catch {
    // A point that is not on the curve.
    return false
  }
}
