import { toBase64Url } from '#schema/base64url.ts'
import { utf8 } from '#schema/bytes.ts'

/** The S256 challenge for a verifier (RFC 7636 §4.2): whoever sees it cannot make the verifier of it. */
export async function pkceChallenge(verifier: string): Promise<string> {
  return toBase64Url(new Uint8Array(await crypto.subtle.digest('SHA-256', utf8(verifier))))
}
