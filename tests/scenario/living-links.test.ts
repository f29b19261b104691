import { expect, test, vi } from 'vitest'
import type { MakeOutLink, OutLink } from '#app/core/out-link-session.ts'
import type { HttpRequest } from '#app/core/ports.ts'
import type { Session } from '#app/core/session.ts'
import { makeViewerDoor } from '#app/platform/viewer-door.ts'
import { outWords } from '#app/ui/record/out-words.ts'
import { instant } from '#schema/instant.ts'
import { ok } from '#schema/result.ts'
import { ANA, backedUp, condition, household } from '#tests/support/household.ts'
import { askingRelay } from '#tests/support/outside-viewer.ts'
import { fakePdf } from '#tests/support/photos.ts'
import type { TestDevice } from '#tests/support/test-device.ts'
import { until } from '#tests/support/test-device.ts'
import { pair } from '#tests/support/test-people.ts'

/** Links that are kept up to date: waits are as long as they are for people. */
vi.setConfig({ testTimeout: 240_000 })

const { clock, relay, device, phoneWithRecord } = household({ linkOpens: { perSecond: 1000, burst: 10_000 } })
const ORIGIN = 'https://relay.example'
const askRelay = askingRelay(relay)
const MEDICINE = { kind: 'medicine', name: 'Aspirin', status: 'taking' } as const
const WAIT_MS = 90_000
/** A file would have been sent by then. */
const LONG_MS = 15_000

async function living(session: Session, more: Partial<MakeOutLink> = {}): Promise<OutLink> {
  const made = await session.makeOutLink({
    sections: ['problems'],
    files: [],
    noneKnown: [],
    words: outWords(),
    label: 'For Dr. Weber',
    expiresAt: instant(clock.now() + 3600_000),
    isLiving: true,
    origin: ORIGIN,
    passphrase: ANA.passphrase,
    ...more,
  })
  if (!made.ok) throw new Error(made.failure.kind)
  return made.value
}

/** What our own viewer gets for the link as it was handed out. */
async function seen({ address }: OutLink): Promise<string> {
  const door = makeViewerDoor(address.split('#')[1] ?? '', ORIGIN, async (url, init) => {
    const answer = await askRelay(
      url instanceof Request ? url.url : String(new URL(url)),
      typeof init?.body === 'string' ? init.body : undefined,
    )
    if (answer.kind !== 'answer') throw new Error(answer.kind)
    return new Response(new Uint8Array(answer.bytes), { status: answer.status })
  })
  const opened = await door.open({ recipient: 'Dr. Weber' })
  return opened.ok ? opened.value.join() : opened.failure.kind
}

const only = async (session: Session) => {
  const [link] = await session.outLinks()
  if (link === undefined) throw new Error('Cannot find the link')
  return link
}

const isFile = ({ method, path }: HttpRequest) => method === 'POST' && /\/links\/\w+\/file$/.test(path)

/** Counts the files that a device sends in the place of others. */
function filesOf({ link }: TestDevice): () => number {
  const request = link.request.bind(link)
  let count = 0
  link.request = async sent => {
    if (isFile(sent)) count++
    return request(sent)
  }
  return () => count
}

/** Asks twice a second: each look opens the link. */
const comes = (isTrue: () => Promise<boolean>) =>
  until(async () => {
    await waited(500)
    return isTrue()
  }, WAIT_MS)

const waited = (ms: number) => new Promise(resolve => setTimeout(resolve, ms))

test('a living link shows what changed since, under the key and address it had; its owner sees when that was', async () => {
  const { phone } = await phoneWithRecord()
  const { session } = phone
  const link = await living(session)
  expect(await seen(link)).toContain('Cough')
  expect((await only(session)).refreshedAt).toBe(link.madeAt)
  await session.addEntry(condition('Asthma'))
  await comes(async () => (await only(session)).refreshedAt !== link.madeAt)
  expect(await seen(link)).toContain('Asthma')
  expect(await only(session)).toMatchObject({ address: link.address, opens: 2, standing: 'open' })
  expect(await only(session)).not.toHaveProperty('refreshProblem')
})

test('only what it shows makes a living link anew: nothing private, nothing of other sections, nothing twice; what becomes private goes', async () => {
  const { phone } = await phoneWithRecord()
  const { session } = phone
  const files = filesOf(phone)
  const link = await living(session)
  await session.addEntry(MEDICINE)
  await session.addEntry(condition('Secret'), { isPrivate: true })
  await waited(LONG_MS)
  expect(files()).toBe(0)
  const [cough] = await session.timelineRows({ sections: ['problems'], isPrivate: false }, 0, 10)
  expect((await session.makePrivate([cough?.id ?? ''] as never)).ok).toBe(true)
  await comes(async () => files() === 1)
  await comes(async () => !(await seen(link)).includes('Cough'))
  expect(await seen(link)).not.toMatch(/Secret|Aspirin/)
  await waited(LONG_MS)
  expect(files()).toBe(1)
})

test.each(['before', 'after'] as const)(
  'killed %s the relay has the new file, the next unlock brings it there',
  async when => {
    const { phone } = await phoneWithRecord()
    const link = await living(phone.session)
    await backedUp(phone.session)
    const request = phone.link.request.bind(phone.link)
    const reached = Promise.withResolvers<void>()
    phone.link.request = async sent => {
      if (!isFile(sent)) return request(sent)
      if (when === 'after') await request(sent)
      reached.resolve()
      return new Promise<never>(() => undefined)
    }
    await phone.session.addEntry(condition('Asthma'))
    await reached.promise
    expect((await seen(link)).includes('Asthma')).toBe(when === 'after')
    const again = await phone.restart()
    const files = filesOf(again)
    expect(await again.session.unlock(ANA.passphrase)).toEqual(ok(undefined))
    await comes(async () => (await only(again.session)).refreshedAt !== link.madeAt)
    expect(files()).toBe(1)
    expect(await seen(link)).toContain('Asthma')
  },
)

test('files go along with a living link for as long as they are open and not taken out; a new document does not by itself', async () => {
  const { phone } = await phoneWithRecord()
  const { session } = phone
  const file = (fill: number) => ({ file: new Blob([fakePdf(900, fill)]), name: `${fill}.pdf` })
  const dataOf = (fill: number) => Buffer.from(fakePdf(900, fill)).toString('base64')
  const about = { title: 'Letter', keepAsIs: false, isPrivate: false }
  const added = await session.addPaper({ ...about, files: [file(66), file(67)] })
  if (!added.ok) throw new Error(added.failure.kind)
  const { id } = added.value
  const link = await living(session, { sections: ['documents'], files: [id] })
  expect(await seen(link)).toContain(dataOf(66))
  const later = await session.addPaper({ ...about, title: 'Later letter', files: [file(68)] })
  if (!later.ok) throw new Error(later.failure.kind)
  await comes(async () => (await seen(link)).includes('Later letter'))
  expect(await seen(link)).not.toContain(dataOf(68))
  expect((await session.editEntry(id, { kind: 'document', title: 'Letter', without: '0' })).ok).toBe(true)
  await comes(async () => !(await seen(link)).includes(dataOf(66)))
  expect(await seen(link)).toContain(dataOf(67))
  expect((await session.makePrivate([id])).ok).toBe(true)
  await comes(async () => !(await seen(link)).includes(dataOf(67)))
  expect(await seen(link)).toContain('Later letter')
})

test('without the relay a living link says that it is behind, and is brought up to date once the relay answers', async () => {
  const { phone } = await phoneWithRecord()
  const { session } = phone
  const link = await living(session)
  await backedUp(session)
  phone.setOnline(false)
  await session.addEntry(condition('Asthma'))
  await comes(async () => (await only(session)).refreshProblem === 'unreachable')
  phone.setOnline(true)
  await comes(async () => (await seen(link)).includes('Asthma'))
  await comes(async () => (await only(session)).refreshProblem === undefined)
  expect((await only(session)).refreshedAt).toBeGreaterThan(link.madeAt)
})

test('another device keeps it up to date as well; what was ended does not come back by a device that has not heard of it', async () => {
  const { phone } = await phoneWithRecord()
  const tablet = await device()
  await pair(phone, tablet, ANA.passphrase)
  const link = await living(phone.session)
  await comes(async () => (await tablet.session.outLinks()).length === 1)
  await phone.session.lock()
  await tablet.session.addEntry(condition('Asthma'))
  await comes(async () => (await seen(link)).includes('Asthma'))
  const files = filesOf(tablet)
  expect(await phone.session.unlock(ANA.passphrase)).toEqual(ok(undefined))
  await tablet.session.addEntry(condition('Eczema'))
  expect(await phone.session.endOutLink(link.linkId, 'destroy')).toEqual(ok(undefined))
  await waited(LONG_MS)
  expect(files()).toBeLessThanOrEqual(1)
  expect(await seen(link)).toBe('link')
  expect(await tablet.session.outLinks()).toEqual([])
  expect(await phone.session.outLinks()).toEqual([])
})
