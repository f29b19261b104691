import { createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto'
import type { Instant } from '#schema/instant.ts'

/** By which the relay says to push services who it is (RFC 8292). */
export interface VapidKey {
  /** The uncompressed point, as browsers take it. */
  readonly publicKey: Uint8Array<ArrayBuffer>
  /** Value of the `Authorization` header for one push service. */
  authorization(origin: string, now: Instant): string
}

/** At most 24 hours are allowed; clocks differ. */
const TOKEN_LIFE_S = 12 * 3600

/** PKCS #8, for the store. */
export function makeVapidKey(): Uint8Array<ArrayBuffer> {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return new Uint8Array(privateKey.export({ type: 'pkcs8', format: 'der' }))
}

/** `contact`: whom the push service may write to, a `mailto:` or `https:` address; without it, nobody. */
export function openVapidKey(pkcs8: Uint8Array, contact?: string): VapidKey {
  const key = createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' })
  const { x = '', y = '' } = createPublicKey(key).export({ format: 'jwk' })
  const publicKey = new Uint8Array([4, ...Buffer.from(x, 'base64url'), ...Buffer.from(y, 'base64url')])
  const shownKey = Buffer.from(publicKey).toString('base64url')
  return {
    publicKey,
    authorization(origin, now) {
      const claims = { aud: origin, exp: Math.floor(now / 1000) + TOKEN_LIFE_S, ...(contact && { sub: contact }) }
      const signed = `${part({ typ: 'JWT', alg: 'ES256' })}.${part(claims)}`
      const signature = sign('sha256', Buffer.from(signed), { key, dsaEncoding: 'ieee-p1363' })
      return `vapid t=${signed}.${signature.toString('base64url')}, k=${shownKey}`
    },
  }
}

function part(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}
