import { sealA256Gcm } from '#crypto/a256gcm.ts'
import { toBase64Url } from '#schema/base64url.ts'
import { utf8 } from '#schema/bytes.ts'
import { deflateRaw } from '../deflate.ts'

/** The counterpart of `openJwe`: a compact JWE (RFC 7516), key used directly, A256GCM, `zip: DEF`. `key`: 32 bytes. */
export async function sealJwe(plain: Uint8Array<ArrayBuffer>, key: Uint8Array, contentType: string): Promise<string> {
  const head = toBase64Url(utf8(JSON.stringify({ alg: 'dir', enc: 'A256GCM', cty: contentType, zip: 'DEF' })))
  const { nonce, sealed, tag } = await sealA256Gcm(key, await deflateRaw(plain), utf8(head))
  return [head, '', ...[nonce, sealed, tag].map(toBase64Url)].join('.')
}
