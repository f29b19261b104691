import { expect, test, vi } from 'vitest'
import type { LinkAsked } from '#app/core/link-session.ts'
import type { MakeOutLink, OutLink } from '#app/core/out-link-session.ts'
import type { Session } from '#app/core/session.ts'
import { outWords } from '#app/ui/record/out-words.ts'
import { instant } from '#schema/instant.ts'
import { MAX_LINK_FILE_BYTES } from '#schema/protocol/link.ts'
import { fail, ok } from '#schema/result.ts'
import { ANA, backedUp, condition, household, titles } from '#tests/support/household.ts'
import { askingRelay, bringInLink } from '#tests/support/outside-viewer.ts'
import { fakePdf } from '#tests/support/photos.ts'
import { keepFor, keptBackedUp } from '#tests/support/test-kept.ts'
import { pair } from '#tests/support/test-people.ts'
import { until } from '#tests/support/test-device.ts'

vi.setConfig({ testTimeout: 120_000 })

const { clock, relay, device, phoneWithRecord } = household({ linkOpens: { perSecond: 1000, burst: 10_000 } })
const ORIGIN = 'https://relay.example'
const MEDICINE = { kind: 'medicine', name: 'Aspirin', status: 'taking' } as const
const HOUR_MS = 3600_000

function request(more: Partial<MakeOutLink> = {}): MakeOutLink {
  return {
    sections: ['problems', 'allergies'],
    files: [],
    noneKnown: ['allergies'],
    words: outWords(),
    label: 'For Dr. Weber',
    expiresAt: instant(clock.now() + HOUR_MS),
    isLiving: false,
    origin: ORIGIN,
    passphrase: ANA.passphrase,
    ...more,
  }
}

async function linkOf(session: Session, more: Partial<MakeOutLink> = {}): Promise<OutLink> {
  const made = await session.makeOutLink(request(more))
  if (!made.ok) throw new Error(made.failure.kind)
  return made.value
}

const askRelay = askingRelay(relay)

/** Whoever has the link, at an app of their own that fetches what it says from the relay. */
const bringIn = (session: Session, { address }: OutLink, asked: Partial<LinkAsked> = {}) =>
  bringInLink(session, { link: address, recipient: 'Dr. Weber', ...asked }, askRelay)

async function bo() {
  const at = await device()
  await at.session.createRecord({ ...ANA, personName: 'Bo' })
  return at.session
}

test('a link opens in another Wellkeep: what was chosen is in it, what is private or was not chosen is not, and its owner sees who said to have opened it', async () => {
  const { phone } = await phoneWithRecord()
  await phone.session.addEntry(condition('Secret'), { isPrivate: true })
  expect((await phone.session.addEntry(MEDICINE)).ok).toBe(true)
  const link = await linkOf(phone.session)
  expect(link.address).toMatch(/^https:\/\/relay\.example\/view#shlink:\/[\w-]+$/)
  const doctor = await bo()
  const step = await bringIn(doctor, link)
  if (!step.ok || step.value.kind !== 'preview') throw new Error(JSON.stringify(step))
  expect((await doctor.commitImport(step.value.preview.importId)).ok).toBe(true)
  const names = (await titles(doctor)).join()
  expect(names).toContain('Cough')
  expect(names).not.toMatch(/Secret|Aspirin/)
  expect(await phone.session.outLinks()).toMatchObject([
    { standing: 'open', opens: 1, openings: [{ recipient: 'Dr. Weber' }], label: 'For Dr. Weber', hasPasscode: false },
  ])
})

test('a wrong passcode is counted down and the right one opens; the relay never had it', async () => {
  const { phone } = await phoneWithRecord()
  const link = await linkOf(phone.session, { passcode: '482913', maxOpens: 1 })
  const doctor = await bo()
  const wrong = await bringIn(doctor, link, { passcode: '000000' })
  expect(wrong).toEqual(fail({ kind: 'link', why: 'passcode', triesLeft: 9 }))
  expect(await bringIn(doctor, link, { passcode: ' 482913' })).toMatchObject({ value: { kind: 'preview' } })
  expect(await bringIn(doctor, link, { passcode: '482913' })).toEqual(fail({ kind: 'link', why: 'gone' }))
  expect(await phone.session.outLinks()).toMatchObject([{ standing: 'used-up', opens: 1, hasPasscode: true }])
})

test('a link that is over, paused or destroyed opens no more; going on asks for the passphrase, ending does not', async () => {
  const { phone } = await phoneWithRecord()
  const { session } = phone
  const [link, short] = [await linkOf(session), await linkOf(session, { label: 'Short' })]
  const doctor = await bo()
  const gone = fail({ kind: 'link', why: 'gone' })
  expect(await session.endOutLink(link.linkId, 'pause')).toEqual(ok(undefined))
  expect(await bringIn(doctor, link)).toEqual(gone)
  expect(await session.armOutLink(link.linkId, 'not it')).toEqual(fail({ kind: 'wrong-passphrase' }))
  expect(await bringIn(doctor, link)).toEqual(gone)
  expect(await session.armOutLink(link.linkId, ANA.passphrase)).toEqual(ok(undefined))
  expect(await bringIn(doctor, link)).toMatchObject({ ok: true })
  expect(await session.endOutLink(link.linkId, 'destroy')).toEqual(ok(undefined))
  expect(await bringIn(doctor, link)).toEqual(gone)
  expect((await session.outLinks()).map(one => one.label)).toEqual(['Short'])
  expect(await session.armOutLink(link.linkId, ANA.passphrase)).toEqual(fail({ kind: 'not-found' }))
  // The viewer’s own clock stands where it was; the relay’s is past the end.
  clock.offsetMs += HOUR_MS
  expect(await askRelay(addressIn(short))).toMatchObject({ status: 404 })
  expect(await bringIn(doctor, short)).toEqual(gone)
  expect(await session.outLinks()).toMatchObject([{ standing: 'over' }])
})

function addressIn(link: OutLink): string {
  const payload = Buffer.from(link.address.split('shlink:/')[1] ?? '', 'base64url').toString()
  return (JSON.parse(payload) as { url: string }).url
}

test('the other device sees the link and ends it; a removed one ends nothing', async () => {
  const { phone } = await phoneWithRecord()
  const tablet = await device()
  await pair(phone, tablet, ANA.passphrase)
  const link = await linkOf(phone.session)
  await until(async () => (await tablet.session.outLinks()).length === 1)
  expect(await tablet.session.outLinks()).toEqual(await phone.session.outLinks())
  expect(await tablet.session.endOutLink(link.linkId, 'pause')).toEqual(ok(undefined))
  expect(await phone.session.outLinks()).toMatchObject([{ standing: 'paused' }])
  const other = (await phone.session.devices()).find(one => !one.isThisOne)
  await phone.session.removeDevice(other?.deviceId ?? '')
  await until(async () => (await phone.session.devices()).length === 1)
  expect(await tablet.session.endOutLink(link.linkId, 'destroy')).toMatchObject({ ok: false })
  expect(await phone.session.outLinks()).toMatchObject([{ standing: 'paused' }])
})

test('what cannot be made says why, and leaves nothing behind', async () => {
  const { phone } = await phoneWithRecord()
  const { session } = phone
  const refusals: readonly (readonly [Partial<MakeOutLink>, object])[] = [
    [{ passphrase: 'not it' }, { kind: 'wrong-passphrase' }],
    [{ sections: [] }, { kind: 'nothing-chosen' }],
    [{ label: 'x'.repeat(81) }, { kind: 'invalid', field: 'label' }],
    [{ passcode: '12' }, { kind: 'invalid', field: 'passcode' }],
    [{ maxOpens: 0 }, { kind: 'invalid', field: 'maxOpens' }],
    [{ origin: 'https://relay.example/x' }, { kind: 'invalid', field: 'origin' }],
    [{ expiresAt: clock.now() }, { kind: 'invalid', field: 'expiresAt' }],
    [{ expiresAt: instant(clock.now() + 400 * 24 * HOUR_MS) }, { kind: 'invalid', field: 'expiresAt' }],
  ]
  for (const [more, failure] of refusals) expect(await session.makeOutLink(request(more))).toEqual(fail(failure))
  phone.link.setReachable(false)
  expect(await session.makeOutLink(request())).toEqual(fail({ kind: 'unreachable' }))
  phone.link.setReachable(true)
  relay().changeLimits({ linksPerLog: 0 })
  expect(await session.makeOutLink(request())).toEqual(fail({ kind: 'no-room' }))
  phone.store.failNext('quota')
  expect(await session.makeOutLink(request())).toEqual(fail({ kind: 'not-stored', why: 'quota' }))
  expect(await session.outLinks()).toEqual([])
  await session.lock()
  expect(await session.makeOutLink(request())).toEqual(fail({ kind: 'locked' }))
})

async function addPaper(session: Session, bytes: Uint8Array<ArrayBuffer>) {
  const files = [{ file: new Blob([bytes]), name: 'letter.pdf' }]
  const added = await session.addPaper({ files, title: 'Letter', keepAsIs: false, isPrivate: false })
  if (!added.ok) throw new Error(added.failure.kind)
  return added.value.id
}

test('more files than fit into a link are refused before anything leaves; a file alone is enough, and comes into another record', async () => {
  const { phone } = await phoneWithRecord()
  const { session } = phone
  const large = await addPaper(
    session,
    fakePdf(MAX_LINK_FILE_BYTES).map((byte, at) => (at < 9 ? byte : 255 * Math.random())),
  )
  expect(await session.makeOutLink(request({ files: [large] }))).toEqual(fail({ kind: 'too-large' }))
  expect(await session.outLinks()).toEqual([])
  const letter = await addPaper(session, fakePdf(30_000))
  const link = await linkOf(session, { sections: [], noneKnown: [], files: [letter] })
  expect(await session.outLinks()).toMatchObject([{ sections: [], files: [letter] }])
  const doctor = await bo()
  const step = await bringIn(doctor, link)
  if (!step.ok || step.value.kind !== 'preview') throw new Error(JSON.stringify(step))
  expect((await doctor.commitImport(step.value.preview.importId)).ok).toBe(true)
  const row = (await doctor.timelineRows({}, 0, 10)).find(({ title }) => title === 'Letter')
  const blob = await doctor.attachment(row!.id, 0)
  expect(new Uint8Array((await blob?.arrayBuffer()) ?? [])).toEqual(fakePdf(30_000))
})

test('without the relay the list still has the link, and does not guess how it stands', async () => {
  const { phone } = await phoneWithRecord()
  await linkOf(phone.session)
  await backedUp(phone.session)
  phone.link.setReachable(false)
  expect(await phone.session.outLinks()).toMatchObject([{ standing: 'unknown', label: 'For Dr. Weber' }])
})

test('a guardian hands out a link of the record that they keep, and not of their own', async () => {
  const { phone } = await phoneWithRecord()
  const { session } = phone
  const { keptId } = await keepFor(session, 'Cem')
  await session.askKept(keptId, 'addEntry', [condition('Measles')])
  await keptBackedUp(session, keptId)
  const made = (await session.askKept(keptId, 'makeOutLink', [request()]))?.answer
  if (!made?.ok) throw new Error(made?.failure.kind)
  const doctor = await bo()
  const step = await bringIn(doctor, made.value)
  if (!step.ok || step.value.kind !== 'preview') throw new Error(JSON.stringify(step))
  await doctor.commitImport(step.value.preview.importId)
  const names = (await titles(doctor)).join()
  expect(names).toContain('Measles')
  expect(names).not.toContain('Cough')
  expect(await session.outLinks()).toEqual([])
  expect((await session.askKept(keptId, 'outLinks', []))?.answer).toMatchObject([{ opens: 1 }])
})

test('a sample goes to no relay, by a link neither', async () => {
  const at = await device()
  await at.session.createSample({ deviceName: 'phone' })
  expect(await at.session.makeOutLink(request())).toEqual(fail({ kind: 'sample' }))
})
