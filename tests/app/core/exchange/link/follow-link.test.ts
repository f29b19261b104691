import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { followLink } from '#app/core/exchange/link/follow-link.ts'
import { openJwe } from '#app/core/exchange/link/open-jwe.ts'
import { linkIn, readLink } from '#app/core/exchange/link/read-link.ts'
import { readManifest } from '#app/core/exchange/link/read-manifest.ts'
import type { OutsideAnswer } from '#app/core/link-session.ts'
import { fromBase64Url } from '#schema/base64url.ts'
import { instant } from '#schema/instant.ts'
import { answerOf, LINK_KEY, LINK_URL, linkOf, sealJwe } from '#tests/support/make-link.ts'

const NOW = instant(Date.UTC(2026, 10, 26))
const seconds = (year: number) => Date.UTC(year, 0, 1) / 1000
const KEY = fromBase64Url(LINK_KEY)!
const PATIENT = '{"resourceType":"Patient"}'

const follow = (link: string, fetched: readonly (readonly OutsideAnswer[])[] = [], passcode?: string) =>
  followLink({ link, recipient: 'Kim', fetched, ...(passcode === undefined ? {} : { passcode }) }, NOW)

async function filesOf(link: string, fetched: readonly (readonly OutsideAnswer[])[]) {
  const followed = await follow(link, fetched)
  if (!followed.ok || followed.value.kind !== 'files') throw new Error(JSON.stringify(followed))
  return followed.value.files.map(file => ('bytes' in file ? new TextDecoder().decode(file.bytes) : file.reason))
}

async function requestsOf(link: string, passcode?: string) {
  const followed = await follow(link, [], passcode)
  if (!followed.ok || followed.value.kind !== 'fetch') throw new Error(JSON.stringify(followed))
  return followed.value.requests
}

describe('readLink()', () => {
  test('says whom it leads to, what it is called, and until when', () => {
    const link = linkOf({ flag: 'LP', label: 'Back to school', exp: seconds(2030), v: 1, other: true })
    for (const text of [link, ` ${link}\n`, `https://viewer.example/page#${link}`]) {
      expect(readLink(text, NOW)).toMatchObject({
        ok: true,
        value: {
          host: 'files.example',
          label: 'Back to school',
          needsPasscode: true,
          isLongTerm: true,
          isDirect: false,
          expiresAt: seconds(2030) * 1000,
        },
      })
    }
  })

  test.each([
    ['expired', { exp: seconds(2026) }],
    ['expired', { exp: seconds(2026) * 1000 }],
    ['newer', { v: 2 }],
    ['insecure', { url: 'http://files.example/a' }],
    ['insecure', { url: 'javascript:alert(1)' }],
    ['insecure', { url: 'https://me:secret@files.example/a' }],
    ['unreadable', { url: 'files.example' }],
    ['unreadable', { url: undefined }],
    ['unreadable', { key: 'abc' }],
    ['unreadable', { key: 7 }],
    ['unreadable', { flag: 3 }],
    ['unreadable', { exp: '1767225600000' }],
    ['unreadable', { exp: -1 }],
    ['unreadable', { v: 'one' }],
  ])('refuses a link that is %s: %j', (failure, more) => {
    expect(readLink(linkOf(more), NOW)).toEqual({ ok: false, failure })
  })

  test('reads the one link amid the words of a message', () => {
    expect(readLink(`Dear Kim,\nhere it is: ${linkOf()}.\nYour clinic`, NOW)).toEqual(readLink(linkOf(), NOW))
  })

  test.each([
    '',
    'shlink:/',
    'shlink:/e30',
    'https://files.example',
    `{"link":"${linkOf()}"}`,
    `see ${linkOf()} or ${linkOf({ flag: 'L' })}`,
  ])('refuses what is no link: %s', text => {
    expect(readLink(text, NOW)).toEqual({ ok: false, failure: 'unreadable' })
  })
})

describe('followLink() asks for', () => {
  test('the list of files, by POST, with who asks and the passcode', async () => {
    const [request] = await requestsOf(linkOf({ flag: 'P' }), '1234')
    expect(request).toMatchObject({ url: LINK_URL, host: 'files.example' })
    const body = JSON.parse(request?.body ?? '')
    expect(body).toEqual({ recipient: 'Kim', passcode: '1234', embeddedLengthMax: 4_000_000 })
    expect(JSON.stringify(request)).not.toContain(LINK_KEY)
  })

  test('the one file, by GET, where the link leads straight to it', async () => {
    const [request] = await requestsOf(linkOf({ flag: 'U', url: `${LINK_URL}?a=1` }))
    expect(request).toMatchObject({ url: `${LINK_URL}?a=1&recipient=Kim` })
    expect(request?.body).toBeUndefined()
  })

  test('files at addresses of their own, each with its host', async () => {
    const files = [
      { contentType: 'application/fhir+json', location: 'https://bucket.example/1?sas=x' },
      { contentType: 'application/fhir+json', embedded: await sealJwe(PATIENT) },
      { contentType: 'application/fhir+json', location: 'https://files.example/2' },
      { contentType: 'application/fhir+json', location: 'http://files.example/3' },
    ]
    const manifest = answerOf({ files })
    expect(await follow(linkOf(), [[manifest]])).toMatchObject({
      ok: true,
      value: {
        kind: 'fetch',
        requests: [
          { url: 'https://bucket.example/1?sas=x', host: 'bucket.example' },
          { url: 'https://files.example/2', host: 'files.example' },
        ],
      },
    })
    const answers = [answerOf(await sealJwe('{"a":1}')), answerOf('gone', 404)]
    expect(await filesOf(linkOf(), [[manifest], answers])).toEqual([
      '{"a":1}',
      PATIENT,
      'link-unreachable',
      'link-unreachable',
    ])
  })
})

describe('followLink() opens', () => {
  test.each([
    ['packed', { zip: 'DEF', cty: 'application/fhir+json' }],
    ['not packed', {}],
  ])('a file that is %s', async (_, header) => {
    expect(await filesOf(linkOf({ flag: 'U' }), [[answerOf(await sealJwe(PATIENT, header))]])).toEqual([PATIENT])
  })

  test('nothing that was withdrawn, and no access to a server', async () => {
    const embedded = await sealJwe(PATIENT)
    const files = [
      { contentType: 'application/smart-api-access', embedded },
      { contentType: 'application/fhir+json', embedded, status: 'entered-in-error' },
      { contentType: 'application/fhir+json', embedded, status: 'finalized' },
    ]
    expect(await filesOf(linkOf(), [[answerOf({ files })]])).toEqual(['link-access', 'link-withdrawn', PATIENT])
  })
})

describe('followLink() refuses', () => {
  test.each([
    ['passcode', 2, answerOf({ remainingAttempts: 2 }, 401)],
    ['passcode', undefined, answerOf('no', 401)],
    ['passcode', undefined, answerOf({ remainingAttempts: -1 }, 401)],
    ['gone', undefined, answerOf('', 404)],
    ['busy', undefined, answerOf('', 429)],
    ['refused', undefined, answerOf('', 500)],
    ['nonsense', undefined, answerOf('<html>')],
    ['nonsense', undefined, answerOf({ files: {} })],
    ['nonsense', undefined, answerOf({ files: ['a'] })],
    ['empty', undefined, answerOf({ files: [] })],
    ['sealed', undefined, answerOf({ files: [{ embedded: 'a.b.c' }] })],
    ['redirected', undefined, { kind: 'redirected' }],
    ['unreachable', undefined, { kind: 'unreachable' }],
    ['too-slow', undefined, { kind: 'too-slow' }],
  ] as const)('%s (tries left: %s)', async (why, triesLeft, answer) => {
    const failure = { kind: 'link', why, ...(triesLeft === undefined ? {} : { triesLeft }) }
    expect(await follow(linkOf({ flag: 'P' }), [[answer]], '1')).toEqual({ ok: false, failure })
  })

  test.each([
    ['of another key', () => sealJwe(PATIENT, {}, 'A'.repeat(43))],
    ['by another cipher', () => sealJwe(PATIENT, { enc: 'A128GCM' })],
    ['with rules that we do not know', () => sealJwe(PATIENT, { crit: ['b'] })],
    ['packed otherwise', () => sealJwe(PATIENT, { zip: 'GZ' })],
    ['changed', async () => (await sealJwe(PATIENT)).replace(/[^.](?=[^.]*$)/, letter => (letter === 'A' ? 'B' : 'A'))],
    ['cut off', async () => (await sealJwe(PATIENT)).slice(0, -30)],
  ])('a file %s, in one answer without why', async (_, jwe) => {
    const followed = await follow(linkOf({ flag: 'U' }), [[answerOf(await jwe())]])
    expect(followed).toEqual({ ok: false, failure: { kind: 'link', why: 'sealed' } })
  })

  test('a file that unpacks without end', async () => {
    expect(await openJwe(await sealJwe(new Uint8Array(1_000_001)), KEY, 1_000_000)).toEqual({
      ok: false,
      failure: 'too-large',
    })
  })

  test('an expired link, whatever was fetched', async () => {
    const link = linkOf({ exp: seconds(2020) })
    expect(await follow(link)).toEqual({ ok: false, failure: { kind: 'link', why: 'expired' } })
  })
})

test('whatever a link, a list or a file says, there is an answer', async () => {
  const text = fc.oneof(fc.string(), fc.json(), fc.constantFrom('.', '....', 'shlink:/', 'eyJ', '{"files":[{}]}'))
  const member = fc.oneof(fc.jsonValue(), fc.constantFrom(LINK_URL, LINK_KEY, 'U', 1, 'https://a'))
  const payload = fc.dictionary(fc.constantFrom('url', 'key', 'flag', 'exp', 'v', 'label'), member)
  const file = fc.dictionary(fc.constantFrom('contentType', 'embedded', 'location', 'status'), member)
  await fc.assert(
    fc.asyncProperty(text, payload, fc.array(file), async (any, more, files) => {
      for (const link of [any, `shlink:/${any}`, linkOf(more)]) {
        expect(typeof readLink(link, NOW).ok).toBe('boolean')
        expect(typeof (await follow(link, [[answerOf(any)], [answerOf(any)]])).ok).toBe('boolean')
      }
      const listed = [[answerOf({ files })], files.map(() => answerOf(any))]
      expect(typeof (await follow(linkOf(), listed)).ok).toBe('boolean')
      expect((await openJwe(any, KEY, 1000)).ok).toBe(false)
      expect(['undefined', 'object']).toContain(typeof readManifest(any))
      expect(['undefined', 'string']).toContain(typeof linkIn(any))
    }),
    { numRuns: 300 },
  )
})
