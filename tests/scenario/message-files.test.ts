import { expect, test, vi } from 'vitest'
import type { Transfer } from '#app/core/file-session.ts'
import type { ShownMessage, ThreadDetail, ThreadPlace } from '#app/core/message-session.ts'
import type { Session } from '#app/core/session.ts'
import { toHex } from '#schema/bytes.ts'
import { FileId } from '#schema/ids.ts'
import { household } from '#tests/support/household.ts'
import { phoneJpeg, SECRETS } from '#tests/support/photos.ts'
import { until } from '#tests/support/test-device.ts'
import { contactOf, exchange, makePerson, meet, passphraseOf } from '#tests/support/test-people.ts'

vi.setConfig({ testTimeout: 60_000 })

const { device } = household()
const MIB = 1024 * 1024
const newId = () => FileId.of(crypto.getRandomValues(new Uint8Array(16)))

let keys = 0
const key = () => `key ${++keys}`

/** Ana wrote to Bea, who has it. */
async function inThread() {
  const [ana, bea] = [await makePerson(device, 'Ana'), await makePerson(device, 'Bea')]
  await meet(ana, bea, ['Ana', 'Bea'])
  const contactId = (await contactOf(ana.session, 'Bea'))!.contactId
  const begun = await ana.session.beginThread({
    contactIds: [contactId],
    subject: 'Knee',
    about: 'family',
    text: 'Hello',
    key: key(),
  })
  if (!begun.ok) throw new Error(begun.failure.kind)
  const place = begun.value
  await exchange([ana.session, bea.session], async () => (await threadOf(bea.session, place)) !== undefined)
  return { ana, bea, place }
}

async function threadOf(session: Session, place: ThreadPlace): Promise<ThreadDetail | undefined> {
  const told = Promise.withResolvers<ThreadDetail | undefined>()
  const stop = await session.watchThread(place, 100, told.resolve)
  stop()
  return told.promise
}

async function transfersOf(session: Session): Promise<readonly Transfer[]> {
  const told = Promise.withResolvers<readonly Transfer[]>()
  const stop = await session.watchTransfers(told.resolve)
  stop()
  return told.promise
}

const last = async (session: Session, place: ThreadPlace): Promise<ShownMessage | undefined> =>
  (await threadOf(session, place))?.messages.at(-1)

/** The same bytes for the same size; not to be packed smaller. */
function noise(bytes: number): Uint8Array<ArrayBuffer> {
  const made = new Uint8Array(bytes)
  for (let at = 0; at < bytes; at += 1) made[at] = (at * 2_654_435_761) >>> 13
  made.fill(0, 0, 8)
  return made
}

async function hold(session: Session, file: Blob, name: string): Promise<FileId> {
  const held = await session.holdFile(newId(), file, name)
  if (!held.ok) throw new Error(held.failure.kind)
  return held.value.id
}

async function opened(session: Session, { conversationId }: ThreadPlace, id: FileId): Promise<string> {
  const file = await session.openFile(conversationId, id)
  if (!file.ok) throw new Error(file.failure.kind)
  return toHex(new Uint8Array(await file.value.arrayBuffer()))
}

test('a file goes along with a message, whole, and is read on the other side also without a network once it was opened', async () => {
  const { ana, bea, place } = await inThread()
  const bytes = noise(2.5 * MIB)
  const id = await hold(ana.session, new Blob([bytes], { type: 'application/dicom' }), 'scan.dcm')
  expect((await ana.session.sendMessage(place, { text: '', key: key(), files: [id] })).ok).toBe(true)
  await until(async () => (await last(bea.session, place))?.files?.length === 1)
  expect((await last(bea.session, place))?.files).toEqual([
    { id, name: 'scan.dcm', type: 'application/dicom', bytes: bytes.length, hasPreview: false },
  ])
  // Not sent before the relay has all of it.
  await until(async () => (await last(ana.session, place))?.state !== 'saved')
  expect(await transfersOf(ana.session)).toEqual([])
  expect(await opened(bea.session, place, id)).toBe(toHex(bytes))
  bea.setOnline(false)
  expect(await opened(bea.session, place, id)).toBe(toHex(bytes))
  expect(await opened(ana.session, place, id)).toBe(toHex(bytes))
})

test('without a network it waits; stopped it rests over a restart, the other side is told that not all is there; then it goes on', async () => {
  const { ana, bea, place } = await inThread()
  ana.setOnline(false)
  const bytes = noise(6 * MIB)
  const id = await hold(ana.session, new Blob([bytes]), 'film.mp4')
  expect((await ana.session.sendMessage(place, { text: 'Look', key: key(), files: [id] })).ok).toBe(true)
  expect(await transfersOf(ana.session)).toEqual([{ id, kind: 'sending', done: 0, isStopped: false }])
  await ana.session.stopTransfer(id)
  ana.setOnline(true)
  await until(async () => (await last(bea.session, place))?.text === 'Look')
  expect(await bea.session.openFile(place.conversationId, id)).toEqual({
    ok: false,
    failure: { kind: 'not-all-there' },
  })
  expect((await last(ana.session, place))?.state).toBe('saved')

  const again = await ana.restart()
  expect((await again.session.unlock(passphraseOf('Ana'))).ok).toBe(true)
  expect(await transfersOf(again.session)).toMatchObject([{ id, kind: 'sending', isStopped: true }])
  await again.session.goOnTransfer(id)
  await until(async () => (await last(again.session, place))?.state !== 'saved')
  expect(await opened(bea.session, place, id)).toBe(toHex(bytes))
})

test('fetching that is stopped goes on from the pieces that came', async () => {
  const { ana, bea, place } = await inThread()
  const bytes = noise(5 * MIB)
  const id = await hold(ana.session, new Blob([bytes]), 'film.mp4')
  expect((await ana.session.sendMessage(place, { text: '', key: key(), files: [id] })).ok).toBe(true)
  await until(async () => (await last(bea.session, place))?.files?.length === 1)
  await until(async () => (await transfersOf(ana.session)).length === 0)
  const stop = await bea.session.watchTransfers(([transfer]) => {
    if ((transfer?.done ?? 0) > 0.3) void bea.session.stopTransfer(id)
  })
  expect(await bea.session.openFile(place.conversationId, id)).toMatchObject({ failure: { kind: 'cancelled' } })
  stop()
  const kept = await bea.store.keys('blobs', '')
  expect(await opened(bea.session, place, id)).toBe(toHex(bytes))
  const added = (await bea.store.keys('blobs', '')).length - kept.length
  expect(added).toBeGreaterThan(0)
  expect(added).toBeLessThan(5)
})

test('a draft keeps its file over a lock; what no draft has is gone at the next unlock', async () => {
  const { ana, place } = await inThread()
  const [kept, gone] = [
    await hold(ana.session, new Blob(['A page']), 'page.txt'),
    await hold(ana.session, new Blob(['B']), 'b.txt'),
  ]
  await ana.session.keepDraft('message/x', JSON.stringify({ files: [{ id: kept }] }))
  await ana.session.lock()
  expect((await ana.session.unlock(passphraseOf('Ana'))).ok).toBe(true)
  await until(async () => {
    const sent = await ana.session.sendMessage(place, { text: '', key: key(), files: [gone] })
    return !sent.ok && sent.failure.kind === 'file-not-held'
  })
  expect((await ana.session.sendMessage(place, { text: '', key: key(), files: [kept] })).ok).toBe(true)
  expect((await last(ana.session, place))?.files).toMatchObject([{ name: 'page.txt', type: 'text/plain' }])
})

test('what a camera wrote into a photo does not go along, and what is no photo goes as it is', async () => {
  const { ana, bea, place } = await inThread()
  const id = await hold(ana.session, new Blob([phoneJpeg()]), 'IMG_1.jpg')
  expect((await ana.session.sendMessage(place, { text: '', key: key(), files: [id] })).ok).toBe(true)
  await until(async () => (await last(bea.session, place))?.files?.length === 1)
  await until(async () => (await transfersOf(ana.session)).length === 0)
  const file = await bea.session.openFile(place.conversationId, id)
  if (!file.ok) throw new Error(file.failure.kind)
  expect(file.value.type).toBe('image/jpeg')
  const text = new TextDecoder('latin1').decode(await file.value.arrayBuffer())
  for (const secret of SECRETS) expect(text).not.toContain(secret)
})

test('an empty file, one that is too large and one that was let go are refused', async () => {
  const { ana, place } = await inThread()
  expect(await ana.session.holdFile(newId(), new Blob([]), 'a')).toMatchObject({ failure: { kind: 'file-empty' } })
  const large = { size: 300 * MIB } as Blob
  expect(await ana.session.holdFile(newId(), large, 'a')).toMatchObject({ failure: { kind: 'file-too-large' } })
  const id = await hold(ana.session, new Blob(['A']), 'a.txt')
  await ana.session.letGoFile(id)
  expect(await ana.session.sendMessage(place, { text: 'See', key: key(), files: [id] })).toMatchObject({
    failure: { kind: 'file-not-held' },
  })
})
