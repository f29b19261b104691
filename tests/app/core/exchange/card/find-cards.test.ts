import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import type { CardIssuer } from '#app/core/exchange/card/issuer-keys.ts'
import { readImportFile } from '#app/core/exchange/read-import-file.ts'
import { readyCrypto } from '#crypto/sodium.ts'
import { utf8 } from '#schema/bytes.ts'
import { instant } from '#schema/instant.ts'
import { codesOf, DOSE, fileOf, PATIENT, payloadOf, TestIssuer } from '#tests/support/make-card.ts'

const NOW = instant(Date.UTC(2026, 10, 26))
const seconds = (year: number) => Date.UTC(year, 0, 1) / 1000

let clinic: TestIssuer
let stranger: TestIssuer
beforeAll(async () => {
  await readyCrypto()
  clinic = await TestIssuer.at('https://clinic.example/cards')
  stranger = await TestIssuer.at('https://stranger.example')
})

const read = (text: string, issuers: readonly CardIssuer[] = []) =>
  readImportFile(utf8(text), 'card.smart-health-card', { cards: { issuers, now: NOW } })

async function good(text: string, issuers: readonly CardIssuer[] = []) {
  const file = await read(text, issuers)
  if (!file.ok) throw new Error(`refused: ${JSON.stringify(file.failure)}`)
  return file.value
}

async function failureOf(text: string, issuers: readonly CardIssuer[] = []) {
  const file = await read(text, issuers)
  return file.ok ? 'ok' : file.failure
}

async function checkOf(text: string, issuers: readonly CardIssuer[] = []) {
  const { cards } = await good(text, issuers)
  return cards[0]
}

describe('a health card is read', () => {
  test('from a file, with its patient, its dose, and the card itself as a document', async () => {
    const jws = await clinic.card()
    const file = await good(fileOf(jws), [clinic.asKept()])
    expect(file.format).toBe('health-card')
    expect(file.person).toEqual({ name: 'Jo Anyperson', birthDate: '1951-01-20' })
    expect(file.resources.map(({ parts }) => parts.kind)).toEqual(['person', 'immunization', 'document'])
    const [patient, dose, document] = file.resources
    expect(dose?.text).toContain(`"patient":{"reference":"${patient?.fullUrl}"}`)
    expect(document?.text).toContain(`"subject":{"reference":"${patient?.fullUrl}"}`)
    const { data } = JSON.parse(document?.text ?? '').content[0].attachment
    expect(JSON.parse(Buffer.from(data, 'base64').toString())).toEqual({ verifiableCredential: [jws] })
    expect(file.resources.every(({ card }) => card?.signature === 'trusted')).toBe(true)
  })

  test.each([
    ['a signed text alone', async () => clinic.card()],
    ['one code', async () => codesOf(await clinic.card())[0]!],
    [
      'several codes in any order, one of them twice',
      async () => {
        const codes = codesOf(await clinic.card(), 100)
        return [...codes.toReversed(), codes[0]].join('\n')
      },
    ],
    [
      'the answer of a server',
      async () => {
        const parameter = [{ name: 'verifiableCredential', valueString: await clinic.card() }]
        return JSON.stringify({ resourceType: 'Parameters', parameter })
      },
    ],
  ])('from %s', async (_, text) => {
    expect((await good(await text(), [clinic.asKept()])).cards).toMatchObject([{ signature: 'trusted', time: 'valid' }])
  })

  test('from codes that are each a whole card, one of them twice and one damaged', async () => {
    const [one, two] = [codesOf(await clinic.card())[0], codesOf(await stranger.card())[0]]
    const file = await good([one, two, one, 'shc:/99'].join('\n'), [clinic.asKept()])
    expect(file.cards.map(({ issuer, signature }) => [issuer, signature])).toEqual([
      [clinic.address, 'trusted'],
      [stranger.address, 'no-key'],
    ])
    expect(file.unusable).toContainEqual({ reason: 'card-unreadable', example: 'card 3' })
  })

  test('twice: the same dose in a card issued later is the same entry', async () => {
    const one = await good(fileOf(await clinic.card()))
    const later = { ...DOSE, occurrenceDateTime: '2022-02-02' }
    const two = await good(fileOf(await clinic.card({ nbf: 1_650_000_000 }, [PATIENT, later, DOSE])))
    const keys = new Set(two.resources.map(({ sourceKey, contentKey }) => `${sourceKey} ${contentKey}`))
    const known = one.resources.map(({ sourceKey, contentKey }) => keys.has(`${sourceKey} ${contentKey}`))
    expect(known).toEqual([true, true, false])
  })

  test('though another one beside it is broken', async () => {
    const file = await good(fileOf('nothing', await clinic.card(), await stranger.sign('{}')))
    expect(file.cards).toHaveLength(1)
    expect(file.unusable).toEqual([
      { reason: 'card-unreadable', example: 'card 1' },
      { reason: 'card-unreadable', example: 'card 3' },
    ])
  })
})

describe('a health card is judged', () => {
  test.each([
    ['trusted', () => [clinic.asKept()]],
    ['no-key', () => []],
    ['no-key', () => [stranger.asKept()]],
  ])('%s, by the keys that are kept', async (signature, issuers) => {
    expect(await checkOf(fileOf(await clinic.card()), issuers())).toMatchObject({ signature, issuer: clinic.address })
  })

  test('other-issuer: the key is good and kept, but for somebody else', async () => {
    const text = fileOf(await stranger.sign(JSON.stringify(payloadOf(clinic.address))))
    const check = await checkOf(text, [clinic.asKept(), stranger.asKept()])
    expect(check).toMatchObject({ signature: 'other-issuer', issuer: clinic.address })
  })

  test('wrong: changed after it was signed, and nothing of it comes in', async () => {
    const [head, , seal] = (await clinic.card()).split('.')
    const [, body] = (await clinic.card({ nbf: 1_600_000_000 })).split('.')
    const failure = { kind: 'card', why: 'signature' }
    expect(await failureOf(fileOf(`${head}.${body}.${seal}`), [clinic.asKept()])).toEqual(failure)
  })

  test('wrong: a key that calls itself by a kept one’s name', async () => {
    const forged = await stranger.sign(JSON.stringify(payloadOf(clinic.address)), { kid: clinic.key.id })
    expect(await failureOf(fileOf(forged), [clinic.asKept()])).toEqual({ kind: 'card', why: 'signature' })
  })

  test.each([
    ['valid', {}],
    ['valid', { exp: seconds(2030) }],
    ['expired', { exp: seconds(2025) }],
    ['not-yet', { nbf: seconds(2030) }],
    ['unclear', { nbf: undefined }],
    ['unclear', { nbf: seconds(2021) * 1000 }],
    ['unclear', { exp: seconds(2030) * 1000 }],
    ['unclear', { exp: 'never' }],
  ])('%s in time: %j', async (time, more) => {
    expect(await checkOf(fileOf(await clinic.card(more)))).toMatchObject({ time, checkedAt: NOW })
  })

  test.each([
    ['revoked', ['abc']],
    ['not-listed', ['abcd']],
    ['revoked', [`abc.${seconds(2022)}`]],
    ['not-listed', [`abc.${seconds(2020)}`]],
    ['not-checked', []],
  ])('%s, where the list says %j', async (revocation, list) => {
    const { vc } = payloadOf('') as { vc: object }
    const text = fileOf(await clinic.card({ vc: { ...vc, rid: 'abc' } }))
    expect(await checkOf(text, [clinic.asKept(list)])).toMatchObject({ revocation, signature: 'trusted' })
  })

  test('unsigned: a card’s content alone', async () => {
    expect(await checkOf(JSON.stringify(payloadOf(clinic.address)))).toMatchObject({ signature: 'unsigned' })
  })
})

describe('a health card is refused', () => {
  test.each([
    ['unreadable', 'another algorithm', () => clinic.sign('{}', { alg: 'none' })],
    ['unreadable', 'rules we do not know', () => clinic.sign(JSON.stringify(payloadOf('')), { crit: ['b64'] })],
    ['unreadable', 'another packing', () => clinic.sign('{}', { zip: 'GZ' })],
    ['unreadable', 'no JSON', () => clinic.sign('[')],
    ['other', 'a credential of another kind', () => clinic.card({ vc: { type: ['degree'], credentialSubject: {} } })],
    ['other', 'no records', () => clinic.card({}, [])],
    ['too-large', 'a bomb', () => clinic.sign(new Uint8Array(30_000_000))],
  ])('%s: %s', async (why, _, jws) => {
    expect(await failureOf(fileOf(await jws()), [clinic.asKept()])).toEqual({ kind: 'card', why })
  })

  test('with some of its codes: says which are there', async () => {
    const codes = codesOf(await clinic.card(), 100)
    const some = [codes[2], codes[0]].join('\n')
    expect(await failureOf(some)).toEqual({ kind: 'needs-codes', have: [1, 3], total: codes.length })
  })

  test.each(['shc:/', 'shc:/123', 'shc:/99', 'shc:/0/2/5656', 'shc:/3/2/56', 'shc:/1/2/56\nshc:/1/3/56', 'shc:/x'])(
    'as a damaged code: %s',
    async text => {
      expect(await failureOf(text)).toEqual({ kind: 'card', why: 'unreadable' })
    },
  )

  test('an issuer’s files hold no records', async () => {
    expect(await failureOf(clinic.keySet())).toEqual({ kind: 'issuer-file', holds: 'keys' })
    const certified = clinic.keySet().replace('"kty"', '"x5c":["MIIB"],"kty"')
    expect(await failureOf(certified)).toEqual({ kind: 'issuer-file', holds: 'keys' })
    expect(await failureOf('{"keys":[{"kty":"RSA"}]}')).toEqual({ kind: 'issuer-file', holds: 'no-keys' })
    const list = JSON.stringify({ kid: clinic.key.id, method: 'rid', ctr: 1, rids: ['abc'] })
    expect(await failureOf(list)).toEqual({ kind: 'issuer-file', holds: 'revocations' })
  })
})

test('whatever a card, a code or a content says, there is an answer', async () => {
  const piece = fc.oneof(fc.string(), fc.json(), fc.constantFrom('shc:/', '1/2/', 'eyJ', '.', '56', '"resource:0"'))
  const content = fc.oneof(
    fc.string(),
    fc.json().map(bundle =>
      JSON.stringify(
        payloadOf('https://a', {
          vc: {
            type: ['https://smarthealth.cards#health-card'],
            credentialSubject: { fhirBundle: JSON.parse(bundle) },
          },
        }),
      ),
    ),
    fc
      .dictionary(fc.constantFrom('iss', 'nbf', 'exp', 'vc', 'keys', 'rids', 'kid', 'method'), fc.jsonValue())
      .map(each => JSON.stringify(each)),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { maxLength: 6 }), content, async (pieces, text) => {
      const signed = await clinic.sign(text)
      for (const each of [pieces.join(''), `shc:/${pieces.join('')}`, fileOf(...pieces), text, fileOf(signed)]) {
        expect(typeof (await read(each, [clinic.asKept()])).ok).toBe('boolean')
      }
    }),
    { numRuns: 150 },
  )
})
