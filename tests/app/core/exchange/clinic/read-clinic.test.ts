import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readClinicAnswer } from '#app/core/exchange/clinic/clinic-answer.ts'
import { baseOf, clinicAddress, readDoors, readPage, readSkills } from '#app/core/exchange/clinic/read-clinic.ts'
import { readTokens, signInAddress } from '#app/core/exchange/clinic/sign-in.ts'
import { pkceChallenge } from '#crypto/pkce.ts'

const DOORS = {
  authorization_endpoint: 'https://login.example/authorize',
  token_endpoint: 'https://login.example/token',
  code_challenge_methods_supported: ['S256'],
}
const doors = (more: Readonly<Record<string, unknown>> = {}) => readDoors(JSON.stringify({ ...DOORS, ...more }))

test.each([
  ['https://fhir.example/r4', 'https://fhir.example/r4'],
  ['fhir.example/r4/', 'https://fhir.example/r4'],
  [' https://fhir.example:8443/a/b//?x=1#y ', 'https://fhir.example:8443/a/b'],
  ['https://fhir.example/r4/metadata', 'https://fhir.example/r4'],
  ['https://fhir.example/r4/.well-known/smart-configuration', 'https://fhir.example/r4'],
])('clinicAddress() takes what people copy: %s', (typed, address) => {
  const url = clinicAddress(typed)
  expect(url.ok && baseOf(url.value)).toBe(address)
})

test('readDoors() asks for what the server knows, and to stay signed in where it lets people', () => {
  expect(doors({ capabilities: ['permission-v2', 'permission-offline'] })).toMatchObject({
    value: { scope: 'launch/patient patient/*.rs offline_access', staysSignedIn: true },
  })
  expect(doors({ capabilities: ['permission-v1'] })).toMatchObject({
    value: { scope: 'launch/patient patient/*.read', staysSignedIn: false },
  })
  expect(doors({ scopes_supported: ['patient/*.rs', 'offline_access'] })).toMatchObject({
    value: { scope: 'launch/patient patient/*.rs offline_access' },
  })
})

test.each([
  ['no PKCE', { code_challenge_methods_supported: undefined }, 'no-pkce'],
  ['plain PKCE', { code_challenge_methods_supported: ['plain'] }, 'no-pkce'],
  ['a token endpoint without encryption', { token_endpoint: 'http://login.example/token' }, 'insecure'],
  ['a sign-in that is a script', { authorization_endpoint: 'javascript:alert(1)' }, 'insecure'],
  ['a name and password in it', { token_endpoint: 'https://a:b@login.example/token' }, 'insecure'],
  ['no endpoints', { token_endpoint: undefined }, 'no-smart'],
] as const)('readDoors() refuses %s', (_, more, failure) => {
  expect(doors(more)).toEqual({ ok: false, failure })
})

test('a revocation endpoint without encryption is none', () => {
  expect(doors({ revocation_endpoint: 'http://login.example/revoke' })).not.toHaveProperty('value.revokeUrl')
})

test('the sign-in carries the challenge of RFC 7636, Appendix B, and never the verifier', async () => {
  const verifier = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk'
  expect(await pkceChallenge(verifier)).toBe('E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM')
  const url = await signInAddress({
    signInUrl: 'https://login.example/authorize?tenant=1',
    clientId: 'app',
    redirect: 'https://relay.example/connected',
    scope: 'launch/patient',
    state: 'abc',
    verifier,
    address: 'https://fhir.example/r4',
  })
  expect(url).not.toContain(verifier)
  expect(Object.fromEntries(new URL(url).searchParams)).toEqual({
    tenant: '1',
    response_type: 'code',
    client_id: 'app',
    redirect_uri: 'https://relay.example/connected',
    scope: 'launch/patient',
    state: 'abc',
    aud: 'https://fhir.example/r4',
    code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
    code_challenge_method: 'S256',
  })
})

test.each([
  [200, { access_token: 'a', token_type: 'Bearer' }, { ok: true, value: { accessToken: 'a' } }],
  [200, { access_token: 'a', token_type: 'mac' }, { ok: false, failure: 'nonsense' }],
  [200, { access_token: 'a\r\nx: y', token_type: 'Bearer' }, { ok: false, failure: 'nonsense' }],
  [400, { error: 'invalid_grant' }, { ok: false, failure: 'signed-out' }],
  [401, { error: 'invalid_client' }, { ok: false, failure: 'client' }],
  [429, {}, { ok: false, failure: 'busy' }],
  [500, {}, { ok: false, failure: 'refused' }],
] as const)('readTokens() of %i %j', (status, said, answer) => {
  expect(readTokens(status, JSON.stringify(said))).toEqual(answer)
})

test('readClinicAnswer() takes an address or what stands in it, with a code or an error and never both', () => {
  const answer = { state: 's', code: 'c/?=' }
  expect(readClinicAnswer('code=c%2F%3F%3D&state=s')).toEqual(answer)
  expect(readClinicAnswer('code=c/?=&state=s')).toEqual(answer)
  expect(readClinicAnswer(' https://relay.example/connected?state=s&code=c%2F%3F%3D#_=_ ')).toEqual(answer)
  expect(readClinicAnswer('error=access_denied&state=s&iss=https%3A%2F%2Fl')).toEqual({
    state: 's',
    error: 'access_denied',
    issuer: 'https://l',
  })
  for (const none of ['', 'state=s', 'code=c', 'code=c&error=e&state=s', `code=${'c'.repeat(9000)}&state=s`]) {
    expect(readClinicAnswer(none)).toBeUndefined()
  }
})

test('whatever a clinic’s server says, there is an answer', () => {
  const everywhere = (value: unknown) =>
    JSON.stringify({ ...DOORS, entry: value, rest: value, link: value, capabilities: value })
  const texts = fc.oneof(fc.string(), fc.json(), fc.jsonValue().map(everywhere))
  fc.assert(
    fc.property(texts, text => {
      expect(typeof readDoors(text).ok).toBe('boolean')
      expect(typeof readSkills(text).hasEverything).toBe('boolean')
      for (const page of [readPage(text), readPage(text.replace('{', '{"resourceType":"Bundle",'))]) {
        expect(page?.entries ?? 0).toBeGreaterThanOrEqual(0)
      }
      expect(typeof readTokens(200, text).ok).toBe('boolean')
      expect(readClinicAnswer(text)?.state).not.toBe('')
      expect(typeof clinicAddress(text).ok).toBe('boolean')
    }),
  )
})
