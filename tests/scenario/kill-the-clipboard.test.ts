import { encryptSHLFile, SHL, SHLInvalidPasscodeError, SHLManifestNotFoundError, SHLViewer } from 'kill-the-clipboard'
import { expect, test, vi } from 'vitest'
import type { MakeOutLink } from '#app/core/out-link-session.ts'
import type { Session } from '#app/core/session.ts'
import { outWords } from '#app/ui/record/out-words.ts'
import { hash } from '#crypto/hash.ts'
import { makeSigningKey } from '#crypto/keys.ts'
import { randomBytes } from '#crypto/sodium.ts'
import { toBase64Url } from '#schema/base64url.ts'
import { concat, utf8 } from '#schema/bytes.ts'
import { LinkId } from '#schema/ids.ts'
import { instant } from '#schema/instant.ts'
import { encodeCapability } from '#schema/protocol/capability.ts'
import { LOGS_PATH } from '#schema/protocol/http.ts'
import { encodeNewLink, linksPath, openPath } from '#schema/protocol/link.ts'
import { at, objectsOf, parseObject } from '#schema/record/fhir/json.ts'
import { fail } from '#schema/result.ts'
import { ANA, household, titles } from '#tests/support/household.ts'
import { answerOf } from '#tests/support/make-link.ts'
import { fakePdf } from '#tests/support/photos.ts'
import { type Answerer, askingRelay, bringInLink } from '#tests/support/outside-viewer.ts'
import { capabilityOf, makeLog } from '#tests/support/signed.ts'
import { THEIR_BUNDLE, THEIR_PASSCODE, theirLink } from '#tests/support/their-link.ts'
import { TestRelay } from '#tests/support/test-relay.ts'

/** SMART Health Links between Wellkeep and somebody else's library, both ways. Nothing here is asked over a socket: `tests/browser/other-viewers.test.ts` does. */
vi.setConfig({ testTimeout: 120_000 })

const { clock, relay, device, phoneWithRecord } = household({ linkOpens: { perSecond: 1000, burst: 10_000 } })
const askRelay = askingRelay(relay)
const DAY_MS = 24 * 3600_000
const SIZES = [
  ['in the list', undefined],
  ['at an address of its own', 100],
] as const

async function linkOf(session: Session, more: Partial<MakeOutLink> = {}): Promise<string> {
  const made = await session.makeOutLink({
    sections: ['problems'],
    files: [],
    noneKnown: [],
    words: outWords(),
    label: 'For Dr. Weber',
    expiresAt: instant(clock.now() + DAY_MS),
    isLiving: false,
    origin: 'https://relay.example',
    passphrase: ANA.passphrase,
    ...more,
  })
  if (!made.ok) throw new Error(made.failure.kind)
  return made.value.address
}

/** The other library's viewer; what it fetches is answered by the relay. */
function viewerOf(shlinkURI: string): SHLViewer {
  return new SHLViewer({
    shlinkURI,
    fetch: async (url, init) => {
      const answer = await askRelay(url, typeof init?.body === 'string' ? init.body : undefined)
      if (answer.kind !== 'answer') throw new Error(answer.kind)
      return new Response(new Uint8Array(answer.bytes), { status: answer.status })
    },
  })
}

test('our link without a passcode (U) opens in the other library’s viewer, to a summary with what was chosen', async () => {
  const { phone } = await phoneWithRecord()
  const viewer = viewerOf(await linkOf(phone.session))
  expect(viewer.shl).toMatchObject({ label: 'For Dr. Weber', isDirectFile: true, requiresPasscode: false })
  const { fhirResources } = await viewer.resolveSHL({ recipient: 'Dr. Weber' })
  expect(fhirResources).toMatchObject([{ resourceType: 'Bundle', type: 'document' }])
  expect(JSON.stringify(fhirResources)).toContain('Cough')
  expect(await phone.session.outLinks()).toMatchObject([{ opens: 1, openings: [{ recipient: 'Dr. Weber' }] }])
})

test.each(SIZES)('our link with a passcode (P) opens there, its file %s; a wrong one does not', async (_where, max) => {
  const { phone } = await phoneWithRecord()
  const viewer = viewerOf(await linkOf(phone.session, { passcode: '482913' }))
  const asked = { recipient: 'Dr. Weber', ...(max === undefined ? {} : { embeddedLengthMax: max }) }
  await expect(viewer.resolveSHL({ ...asked, passcode: '000000' })).rejects.toThrow(SHLInvalidPasscodeError)
  const { fhirResources, manifest } = await viewer.resolveSHL({ ...asked, passcode: '482913' })
  expect(manifest?.files.map(file => 'location' in file)).toEqual([max !== undefined])
  expect(JSON.stringify(fhirResources)).toContain('Cough')
  const [link] = await phone.session.outLinks()
  await phone.session.endOutLink(link?.linkId ?? '', 'destroy')
  await expect(viewer.resolveSHL({ ...asked, passcode: '482913' })).rejects.toThrow(SHLManifestNotFoundError)
})

test('our living link (L) opens there as one that can change', async () => {
  const { phone } = await phoneWithRecord()
  const viewer = viewerOf(await linkOf(phone.session, { isLiving: true }))
  expect(viewer.shl).toMatchObject({ isLongTerm: true, isDirectFile: false, requiresPasscode: false })
  const { fhirResources, manifest } = await viewer.resolveSHL({ recipient: 'Dr. Weber' })
  expect(manifest?.status).toBe('can-change')
  expect(JSON.stringify(fhirResources)).toContain('Cough')
})

test.each([{}, { passcode: '482913' }, { isLiving: true }] as const)(
  'a PDF that goes along with our link (%o) comes out of the other library byte by byte, and no other does',
  async more => {
    const { phone } = await phoneWithRecord()
    const [letter, other] = [fakePdf(40_000, 66), fakePdf(40_000, 67)]
    const ids = []
    for (const [bytes, name] of [
      [letter, 'letter.pdf'],
      [other, 'other.pdf'],
    ] as const) {
      const files = [{ file: new Blob([bytes]), name }]
      const added = await phone.session.addPaper({ files, title: name, keepAsIs: false, isPrivate: false })
      if (!added.ok) throw new Error(added.failure.kind)
      ids.push(added.value.id)
    }
    const viewer = viewerOf(await linkOf(phone.session, { ...more, files: ids.slice(0, 1) }))
    const { fhirResources } = await viewer.resolveSHL({ recipient: 'Dr. Weber', ...more })
    const text = JSON.stringify(fhirResources)
    const found = objectsOf(parseObject(text.slice(1, -1))['entry']).filter(
      entry => at(entry, 'resource', 'resourceType') === 'DocumentReference',
    )
    expect(found).toHaveLength(1)
    expect(at(found[0], 'resource', 'content', 'attachment')).toMatchObject({
      contentType: 'application/pdf',
      data: Buffer.from(letter).toString('base64'),
      title: 'letter.pdf',
    })
    expect(text).not.toContain(Buffer.from(other).toString('base64').slice(0, 400))
  },
)

const THEIRS = { lists: 'https://clinic.example', files: 'https://files.example' }

async function theirLinkHere(flag: 'L' | 'LP') {
  const { link, answer } = await theirLink(flag, THEIRS)
  const asked: string[] = []
  const answerer: Answerer = async (url, body) => {
    asked.push(new URL(url).origin)
    const told = await answer(url, body)
    return answerOf(told.body, told.status)
  }
  return { link, answerer, asked }
}

async function reader() {
  const { session } = await device()
  await session.createRecord(ANA)
  return session
}

async function comesIn(session: Session, step: Awaited<ReturnType<typeof bringInLink>>): Promise<string[]> {
  if (!step.ok || step.value.kind !== 'preview') throw new Error(JSON.stringify(step))
  expect((await session.commitImport(step.value.preview.importId)).ok).toBe(true)
  return titles(session)
}

test('a list of files that the other library made (L) comes in, one file in the list and one elsewhere', async () => {
  const session = await reader()
  const { link, answerer, asked } = await theirLinkHere('L')
  const step = await bringInLink(session, { link, recipient: 'Ana' }, answerer)
  expect(asked).toEqual([THEIRS.lists, THEIRS.files])
  expect(await comesIn(session, step)).toEqual(expect.arrayContaining(['Asthma', 'Hay fever']))
})

test('a passcode that the other library’s link asks for (P) is passed on, and counts down when wrong', async () => {
  const session = await reader()
  const { link, answerer } = await theirLinkHere('LP')
  const asked = { link, recipient: 'Ana' }
  const wrong = await bringInLink(session, { ...asked, passcode: 'no' }, answerer)
  expect(wrong).toEqual(fail({ kind: 'link', why: 'passcode', triesLeft: 4 }))
  const step = await bringInLink(session, { ...asked, passcode: THEIR_PASSCODE }, answerer)
  expect(await comesIn(session, step)).toContain('Asthma')
})

/** Sealed by the other library, kept by our relay. */
async function theirFileAtOurs(isPacked: boolean) {
  const [keeper, log, holder] = [new TestRelay(), makeLog('home'), makeSigningKey()]
  const genesis = concat(log.genesisBytes, encodeCapability(capabilityOf(log, holder)))
  await keeper.request('POST', LOGS_PATH, { body: genesis })
  const address = randomBytes(32)
  const linkId = LinkId.of(hash(address).subarray(0, LinkId.size))
  const url = `https://relay.example${openPath(toBase64Url(address))}`
  const made = SHL.generate({ baseManifestURL: 'https://relay.example', flag: 'U' })
  const shl = SHL.fromPayload({ ...made.payload, url })
  const sealed = { key: shl.key, contentType: 'application/fhir+json', enableCompression: isPacked } as const
  const file = utf8(await encryptSHLFile({ content: JSON.stringify(THEIR_BUNDLE), ...sealed }))
  const form = { isDirect: true, isLongTerm: false, origin: 'https://relay.example' }
  const body = encodeNewLink({ linkId, expiresAt: instant(keeper.nowMs + DAY_MS), ...form, file })
  expect((await keeper.signed(holder, 'POST', linksPath(log.logId), { body })).status).toBe(201)
  const answerer: Answerer = async asked => {
    const { pathname, search } = new URL(asked)
    const answer = await keeper.request('GET', pathname + search)
    return { kind: 'answer', status: answer.status, bytes: answer.body }
  }
  return { link: shl.toURI(), answerer }
}

test.each([false, true])(
  'a file that it sealed (U; packed: %s) lies at our relay and comes in from there',
  async isPacked => {
    const session = await reader()
    const { link, answerer } = await theirFileAtOurs(isPacked)
    expect(await comesIn(session, await bringInLink(session, { link, recipient: 'Ana' }, answerer))).toContain('Asthma')
  },
)
