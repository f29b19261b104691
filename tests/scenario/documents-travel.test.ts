import { expect, test, vi } from 'vitest'
import type { NewPaper } from '#app/core/paper-session.ts'
import type { EntryId } from '#schema/record/entry.ts'
import { fail } from '#schema/result.ts'
import { ANA, backedUp, condition, household } from '#tests/support/household.ts'
import { fakePdf } from '#tests/support/photos.ts'
import { firstEntry, type TestDevice, until } from '#tests/support/test-device.ts'
import { accept, exchange, makePerson, meet, share } from '#tests/support/test-people.ts'

vi.setConfig({ testTimeout: 180_000 })

const { device, phoneWithRecord } = household()

/** A scan: nothing in it can be packed. */
function scan(size: number): Uint8Array<ArrayBuffer> {
  const bytes = fakePdf(size)
  for (let at = 16; at < size; at += 65_536) crypto.getRandomValues(bytes.subarray(at, Math.min(size, at + 65_536)))
  return bytes
}

async function keep({ session }: TestDevice, bytes: Uint8Array<ArrayBuffer>, change: Partial<NewPaper> = {}) {
  const files = [{ file: new Blob([bytes]), name: 'scan.pdf' }]
  const added = await session.addPaper({ files, title: 'Scan', keepAsIs: false, isPrivate: false, ...change })
  if (!added.ok) throw new Error(added.failure.kind)
  return added.value.id
}

const bytesIn = async (blob: Blob | undefined) => blob && new Uint8Array(await blob.arrayBuffer())

async function documentOn(session: TestDevice['session']): Promise<EntryId> {
  const rows = () => session.timelineRows({ kinds: ['document'] }, 0, 10)
  await until(async () => (await rows()).length === 1, 60_000)
  return (await rows())[0]!.id
}

test('a large document goes up in pieces: a connection that breaks costs the piece under way, and it arrives byte by byte', async () => {
  const { phone, words } = await phoneWithRecord()
  const taken: string[] = []
  const request = phone.link.request.bind(phone.link)
  phone.link.request = async asked => {
    const isPiece = asked.method === 'POST' && asked.path.includes('/blobs/')
    if (!isPiece) return request(asked)
    expect(asked.body?.length).toBeLessThan(1.1 * 1024 * 1024)
    // Each second one never arrives.
    if (taken.length % 2 === 1) {
      taken.push('cut')
      return fail('unreachable')
    }
    const answer = await request(asked)
    taken.push(asked.path)
    return answer
  }
  const bytes = scan(4_500_000)
  await keep(phone, bytes)
  await backedUp(phone.session)
  const pieces = taken.filter(path => path !== 'cut')
  expect(pieces.length).toBe(5)
  expect(new Set(pieces).size).toBe(5)
  expect(taken.length - pieces.length).toBeGreaterThan(2)

  const tablet = await device()
  expect((await tablet.session.recover({ words, passphrase: ANA.passphrase, deviceName: 'tablet' })).ok).toBe(true)
  const id = await documentOn(tablet.session)
  expect(await bytesIn(await tablet.session.attachment(id, 0))).toEqual(bytes)
})

test('who shares in the documents gets their bytes, and neither what is private, nor what a document belongs to, nor what was added at an entry of another section', async () => {
  const ana = await makePerson(device, 'Ana')
  const bea = await makePerson(device, 'Bea')
  await meet(ana, bea, ['Ana', 'Bea'])
  const asthma = await ana.session.addEntry(condition('Asthma'))
  if (!asthma.ok) throw new Error(asthma.failure.kind)
  const [open, hidden] = [scan(90_000), scan(80_000)]
  const attached = await keep(ana, open)
  expect((await ana.session.attachPaper(attached, asthma.value, true)).ok).toBe(true)
  await keep(ana, scan(70_000), { about: asthma.value, title: 'Letter about asthma' })
  const secret = await keep(ana, hidden, { isPrivate: true, title: 'Secret' })
  const shareId = await share(ana, 'Bea', { sections: ['documents'] })
  await accept(ana, bea, shareId)
  const rows = () => bea.session.askShared(shareId, 'timelineRows', [{}, 0, 10])
  await until(async () => (await rows())?.length === 1, 60_000)
  const id = (await rows())![0]!.id
  expect(await bytesIn(await bea.session.askShared(shareId, 'attachment', [id, 0]))).toEqual(open)
  expect(await bea.session.askShared(shareId, 'attachment', [secret, 0])).toBeUndefined()
  const text = await (await bea.session.askShared(shareId, 'original', [id]))?.text()
  expect(text).toContain('"description":"Scan"')
  expect(text).not.toContain('problems')
  expect(text).not.toContain(asthma.value)
  const told = await firstEntry(ana.session, id, entry => entry.about !== undefined)
  expect(told?.about?.map(each => each.title)).toEqual(['Asthma'])
})

test('who may see and add adds a document: it comes to its owner byte by byte, says who added it, and they can take it back', async () => {
  const ana = await makePerson(device, 'Ana')
  const bea = await makePerson(device, 'Bea')
  await meet(ana, bea, ['Ana', 'Bea'])
  const shareId = await share(ana, 'Bea', { sections: ['documents'], role: 'write' })
  await accept(ana, bea, shareId)
  const bytes = scan(90_000)
  const paper = { files: [{ file: new Blob([bytes]), name: 'x-ray.pdf' }], title: 'X-ray', keepAsIs: false }
  const add = (isPrivate: boolean) => bea.session.askShared(shareId, 'addPaper', [{ ...paper, isPrivate }])
  const notAllowed = { ok: false, failure: { kind: 'not-allowed' } }
  await until(async () => (await bea.session.askShared(shareId, 'timelineRows', [{}, 0, 10])) !== undefined)
  expect(await add(true)).toEqual(notAllowed)
  const added = await add(false)
  expect(added?.ok).toBe(true)
  const id = await documentOn(ana.session)
  expect(await bytesIn(await ana.session.attachment(id, 0))).toEqual(bytes)
  const told = await firstEntry(ana.session, id, entry => entry.addedBy?.type === 'member')
  expect(told?.addedBy).toMatchObject({ name: 'Bea' })
  expect(await ana.session.imports()).toEqual([])

  expect(await bea.session.askShared(shareId, 'undo', [])).toMatchObject({
    ok: true,
    value: { act: 'add', title: 'X-ray' },
  })
  await until(async () => (await ana.session.bin()).length === 1, 60_000)
  expect((await ana.session.bin())[0]?.summary.title).toBe('X-ray')
})

test('who may only see adds none, and when it is over has no byte of any', async () => {
  const ana = await makePerson(device, 'Ana')
  const bea = await makePerson(device, 'Bea')
  await meet(ana, bea, ['Ana', 'Bea'])
  await keep(ana, scan(90_000))
  const shareId = await share(ana, 'Bea', { sections: ['documents'] })
  await accept(ana, bea, shareId)
  const rows = () => bea.session.askShared(shareId, 'timelineRows', [{}, 0, 10])
  await until(async () => (await rows())?.length === 1, 60_000)
  const id = (await rows())![0]!.id
  const files = [{ file: new Blob([scan(1000)]), name: 'mine.pdf' }]
  const paper = { files, title: 'Mine', keepAsIs: false, isPrivate: false }
  const answer = await bea.session.askShared(shareId, 'addPaper', [paper])
  expect(answer).toEqual({ ok: false, failure: { kind: 'not-allowed' } })
  expect((await bea.store.keys('blobs', '')).length).toBeGreaterThan(0)
  expect((await ana.session.stopShare(shareId)).ok).toBe(true)
  await exchange([ana.session, bea.session], async () => (await rows()) === undefined)
  expect(await bea.session.askShared(shareId, 'attachment', [id, 0])).toBeUndefined()
  expect(await bea.session.askShared(shareId, 'addPaper', [paper])).toBeUndefined()
  await until(async () => (await bea.store.keys('blobs', '')).length === 0)
})
