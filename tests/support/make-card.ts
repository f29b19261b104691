import { deflateRawSync } from 'node:zlib'
import { p256Thumbprint } from '#crypto/es256.ts'
import { toBase64Url } from '#schema/base64url.ts'
import { utf8 } from '#schema/bytes.ts'
import type { CardIssuer, IssuerKey } from '#app/core/exchange/card/issuer-keys.ts'

const ES256 = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const
const base64Url = (text: string) => toBase64Url(utf8(text))

/** Who signs cards in tests, with a key of their own. */
export class TestIssuer {
  readonly address: string
  readonly key: IssuerKey
  readonly #secret: CryptoKey

  private constructor(address: string, key: IssuerKey, secret: CryptoKey) {
    this.address = address
    this.key = key
    this.#secret = secret
  }

  static async at(address: string): Promise<TestIssuer> {
    const pair = await crypto.subtle.generateKey(ES256, true, ['sign', 'verify'])
    const { x = '', y = '' } = await crypto.subtle.exportKey('jwk', pair.publicKey)
    return new TestIssuer(address, { x, y, id: await p256Thumbprint({ x, y }) }, pair.privateKey)
  }

  /** As whoever trusts this issuer keeps it. */
  asKept(revoked: readonly string[] = []): CardIssuer {
    return { issuer: this.address, keys: [this.key], revoked: revoked.length > 0 ? { [this.key.id]: revoked } : {} }
  }

  /** The issuer's key set, as it publishes it. */
  keySet(): string {
    const { id, x, y } = this.key
    return JSON.stringify({ keys: [{ kty: 'EC', kid: id, use: 'sig', alg: 'ES256', crv: 'P-256', x, y }] })
  }

  async sign(payload: string | Uint8Array, header: object = {}): Promise<string> {
    const head = base64Url(JSON.stringify({ zip: 'DEF', alg: 'ES256', kid: this.key.id, ...header }))
    const body = deflateRawSync(payload).toString('base64url')
    const signature = await crypto.subtle.sign(ES256, this.#secret, utf8(`${head}.${body}`))
    return `${head}.${body}.${toBase64Url(new Uint8Array(signature))}`
  }

  async card(more: object = {}, resources: readonly object[] = [PATIENT, DOSE]): Promise<string> {
    return this.sign(JSON.stringify(payloadOf(this.address, more, resources)))
  }
}

export interface Listed {
  readonly issuer: TestIssuer
  readonly name?: string
  readonly revoked?: readonly string[]
}

export const DIRECTORY = 'https://directory.example/issuers.json'

/** A directory of issuers as the VCI publishes its own: each with its key set, and a list of what it took back. */
export function directoryOf(listed: readonly Listed[], more: object = {}): string {
  const issuerInfo = listed.map(({ issuer, name = 'A clinic', revoked = [] }) => ({
    issuer: { iss: issuer.address, name, website: 'https://elsewhere.example' },
    ...(JSON.parse(issuer.keySet()) as object),
    ...(revoked.length === 0 ? {} : { crls: [{ kid: issuer.key.id, method: 'rid', ctr: 1, rids: revoked }] }),
    lastRetrieved: '2026-10-01T05:52:08Z',
  }))
  return JSON.stringify({ directory: DIRECTORY, time: '2026-10-01T05:52:08Z', issuerInfo, ...more }, undefined, 4)
}

export const PATIENT = {
  resourceType: 'Patient',
  name: [{ family: 'Anyperson', given: ['Jo'] }],
  birthDate: '1951-01-20',
}
export const DOSE = {
  resourceType: 'Immunization',
  status: 'completed',
  vaccineCode: { coding: [{ system: 'http://hl7.org/fhir/sid/cvx', code: '207' }] },
  patient: { reference: 'resource:0' },
  occurrenceDateTime: '2021-01-01',
}

/** A card's content: its resources by the short addresses that cards use. */
export function payloadOf(iss: string, more: object = {}, resources: readonly object[] = [PATIENT, DOSE]): object {
  const entry = resources.map((resource, index) => ({ fullUrl: `resource:${index}`, resource }))
  return {
    iss,
    nbf: 1_622_576_162,
    vc: {
      type: ['https://smarthealth.cards#health-card'],
      credentialSubject: { fhirVersion: '4.0.1', fhirBundle: { resourceType: 'Bundle', type: 'collection', entry } },
    },
    ...more,
  }
}

export const fileOf = (...cards: readonly string[]) => JSON.stringify({ verifiableCredential: cards })

/** A signed text as `shc:/` codes, of at most so many characters each. */
export function codesOf(jws: string, perCode = Number.POSITIVE_INFINITY): string[] {
  const parts = jws.match(new RegExp(`.{1,${Math.min(perCode, jws.length)}}`, 'g')) ?? []
  const digits = (part: string) =>
    Array.from(part, letter => String(letter.charCodeAt(0) - 45).padStart(2, '0')).join('')
  if (parts.length === 1) return [`shc:/${digits(jws)}`]
  return parts.map((part, index) => `shc:/${index + 1}/${parts.length}/${digits(part)}`)
}
