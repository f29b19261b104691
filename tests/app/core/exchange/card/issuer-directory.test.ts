import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { type CardContext, checkCard } from '#app/core/exchange/card/check-card.ts'
import {
  directoryInfo,
  type IssuerDirectory,
  readDirectory,
  readStoredDirectory,
  storedDirectory,
} from '#app/core/exchange/card/issuer-directory.ts'
import { readCard } from '#app/core/exchange/card/read-card.ts'
import { readImportFile } from '#app/core/exchange/read-import-file.ts'
import { readyCrypto } from '#crypto/sodium.ts'
import { utf8 } from '#schema/bytes.ts'
import { instant } from '#schema/instant.ts'
import { isObject, parseObject } from '#schema/record/fhir/json.ts'
import { DIRECTORY, directoryOf, payloadOf, TestIssuer } from '#tests/support/make-card.ts'

const NOW = instant(Date.UTC(2026, 10, 26))
const MADE_AT = Date.UTC(2026, 9, 1, 5, 52, 8)

let clinic: TestIssuer
let pharmacy: TestIssuer
let stranger: TestIssuer
beforeAll(async () => {
  await readyCrypto()
  clinic = await TestIssuer.at('https://clinic.example/cards')
  pharmacy = await TestIssuer.at('https://pharmacy.example')
  stranger = await TestIssuer.at('https://stranger.example')
})

async function directory(text: string): Promise<IssuerDirectory> {
  const read = await readDirectory(parseObject(text))
  if (!read.ok) throw new Error(`refused: ${read.failure}`)
  return read.value
}

async function checkOf(jws: string, context: Omit<CardContext, 'now'>) {
  const card = await readCard(jws, 1_000_000)
  if (!card.ok) throw new Error(`refused: ${card.failure}`)
  const check = await checkCard(card.value, { ...context, now: NOW })
  return check.ok ? check.value : check.failure
}

describe('a directory of issuers is read', () => {
  test('with its issuers, their keys and lists, its address and day', async () => {
    const listed = [
      { issuer: clinic, name: 'The clinic', revoked: ['a', 'b'] },
      { issuer: pharmacy, name: 'A\u202E pharmacy' },
    ]
    const read = await directory(directoryOf(listed))
    expect(read).toEqual({
      source: DIRECTORY,
      madeAt: MADE_AT,
      issuers: [
        { ...clinic.asKept(['a', 'b']), name: 'The clinic' },
        { ...pharmacy.asKept(), name: 'A pharmacy' },
      ],
    })
    expect(directoryInfo(read)).toEqual({
      source: DIRECTORY,
      madeAt: MADE_AT,
      issuerCount: 2,
      keyCount: 2,
      revokedCount: 2,
    })
    expect(readStoredDirectory(DIRECTORY, storedDirectory(read))).toEqual(read)
  })

  test('told from records by its content, and counted before it is kept', async () => {
    const read = await readImportFile(utf8(directoryOf([{ issuer: clinic }])), 'snapshot.json')
    const info = { source: DIRECTORY, madeAt: MADE_AT, issuerCount: 1, keyCount: 1, revokedCount: 0 }
    expect(read).toEqual({ ok: false, failure: { kind: 'issuer-directory', directory: info } })
  })

  test('an issuer that stands in it twice is one, and one without a key that can check cards is none', async () => {
    const again = { issuer: await TestIssuer.at(clinic.address), name: 'Again' }
    const text = directoryOf([{ issuer: clinic, name: 'The clinic' }, again])
    const withBroken = parseObject(text)
    const none = { issuer: { iss: 'https://none.example' }, keys: [{ kty: 'RSA' }] }
    const noAddress = { issuer: { iss: 'http://plain.example' }, ...(JSON.parse(stranger.keySet()) as object) }
    const issuerInfo = [...(withBroken['issuerInfo'] as object[]), none, noAddress, 7, null]
    const { issuers } = await directory(JSON.stringify({ ...withBroken, issuerInfo }))
    expect(issuers).toEqual([{ ...clinic.asKept(), name: 'The clinic', keys: [clinic.key, again.issuer.key] }])
  })

  test.each([
    ['no-directory', 'no address', { directory: undefined }],
    ['no-directory', 'an address that is none', { directory: 'javascript:alert(1)' }],
    ['no-directory', 'no day', { time: undefined }],
    ['no-directory', 'a day that is none', { time: 'yesterday' }],
    [
      'no-directory',
      'no key that can check cards',
      { issuerInfo: [{ issuer: { iss: 'https://a.example' }, keys: [] }] },
    ],
    ['large-directory', 'more issuers than there are', { issuerInfo: Array.from({ length: 10_001 }, () => ({})) }],
  ])('%s: %s', async (holds, _, more) => {
    const read = await readImportFile(utf8(directoryOf([{ issuer: clinic }], more)), 'snapshot.json')
    expect(read).toEqual({ ok: false, failure: { kind: 'issuer-file', holds } })
  })

  test('large-directory: lists that fill a device', async () => {
    const revoked = Array.from({ length: 100_000 }, (_, index) => `${index}`.padStart(24, '0'))
    const read = await readDirectory(parseObject(directoryOf([clinic, pharmacy].map(issuer => ({ issuer, revoked })))))
    expect(read).toEqual({ ok: false, failure: 'too-large' })
  })

  test('whatever stands in it, there is an answer', async () => {
    const entry = fc.record({ issuer: fc.anything(), keys: fc.anything(), crls: fc.anything() })
    const file = fc.record({ directory: fc.anything(), time: fc.anything(), issuerInfo: fc.array(entry) })
    await fc.assert(
      fc.asyncProperty(file, async value => {
        const told: unknown = JSON.parse(JSON.stringify(value))
        expect((await readDirectory(isObject(told) ? told : {})).ok).toBe(false)
      }),
    )
    fc.assert(fc.property(fc.string(), text => readStoredDirectory(DIRECTORY, text) === undefined))
  })
})

describe('a card is judged by a directory', () => {
  test('listed: its source, day and name for the issuer are told', async () => {
    const directories = [await directory(directoryOf([{ issuer: clinic, name: 'The clinic' }]))]
    expect(await checkOf(await clinic.card(), { issuers: [], directories })).toMatchObject({
      signature: 'listed',
      revocation: 'not-checked',
      directory: { source: DIRECTORY, madeAt: MADE_AT, name: 'The clinic' },
    })
  })

  test('by the issuer’s own kept keys first, of which no directory is told', async () => {
    const directories = [await directory(directoryOf([{ issuer: clinic }]))]
    const check = await checkOf(await clinic.card(), { issuers: [clinic.asKept()], directories })
    expect(check).toMatchObject({ signature: 'trusted' })
    expect(check).not.toHaveProperty('directory')
  })

  test('other-issuer: by a key that it has for somebody else', async () => {
    const directories = [await directory(directoryOf([{ issuer: clinic }, { issuer: stranger }]))]
    const forged = await stranger.sign(JSON.stringify(payloadOf(clinic.address)))
    expect(await checkOf(forged, { issuers: [], directories })).toMatchObject({
      signature: 'other-issuer',
      directory: { source: DIRECTORY },
    })
  })

  test('wrong: changed after it was signed', async () => {
    const directories = [await directory(directoryOf([{ issuer: clinic }]))]
    const forged = await stranger.sign(JSON.stringify(payloadOf(clinic.address)), { kid: clinic.key.id })
    expect(await checkOf(forged, { issuers: [], directories })).toBe('signature')
  })

  test('no-key: it has nothing of the issuer, and is not told', async () => {
    const directories = [await directory(directoryOf([{ issuer: pharmacy }]))]
    const check = await checkOf(await clinic.card(), { issuers: [], directories })
    expect(check).toMatchObject({ signature: 'no-key' })
    expect(check).not.toHaveProperty('directory')
  })

  test('by the newest of several that know the key', async () => {
    const older = await directory(directoryOf([{ issuer: clinic }]))
    const newer = { ...older, source: 'https://newer.example', madeAt: NOW }
    for (const directories of [
      [older, newer],
      [newer, older],
    ]) {
      expect(await checkOf(await clinic.card(), { issuers: [], directories })).toMatchObject({
        directory: { source: newer.source },
      })
    }
  })

  test('taken back, by a list of its own or of the person’s, whichever says so', async () => {
    const jws = await clinic.sign(JSON.stringify(withRevocationId(clinic.address, 'abc')))
    const lists = async (revoked: readonly string[]) => [await directory(directoryOf([{ issuer: clinic, revoked }]))]
    const said = async (kept: readonly string[], listed: readonly string[]) => {
      const check = await checkOf(jws, { issuers: [clinic.asKept(kept)], directories: await lists(listed) })
      return check === 'signature' ? check : `${check.revocation} ${check.directory === undefined ? 'kept' : 'listed'}`
    }
    expect(await said(['other'], ['abc'])).toBe('revoked listed')
    expect(await said(['abc'], ['other'])).toBe('revoked kept')
    expect(await said([], ['other'])).toBe('not-listed listed')
    expect(await said(['other'], ['another'])).toBe('not-listed kept')
  })
})

function withRevocationId(issuer: string, rid: string): object {
  const payload = payloadOf(issuer) as { readonly vc: object }
  return { ...payload, vc: { ...payload.vc, rid } }
}
