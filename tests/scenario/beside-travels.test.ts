import { expect, test, vi } from 'vitest'
import type { EntryDetail, EntryId } from '#schema/record/entry.ts'
import { household } from '#tests/support/household.ts'
import { fakePdf } from '#tests/support/photos.ts'
import { type TestDevice, until } from '#tests/support/test-device.ts'
import { accept, exchange, makePerson, meet, share } from '#tests/support/test-people.ts'

vi.setConfig({ testTimeout: 180_000 })

const { device } = household()

const WRITTEN = '2026-03-04T08:20:00+01:00'
const note = (on: EntryId, text: string) => ({ kind: 'annotation', on, text, writtenAt: WRITTEN }) as const
const medicine = (name: string) => ({ kind: 'medicine', name, status: 'taking' }) as const
const bytesIn = async (blob: Blob | undefined) => blob && new Uint8Array(await blob.arrayBuffer())

async function made({ session }: TestDevice, ...[fields, options]: Parameters<TestDevice['session']['addEntry']>) {
  const added = await session.addEntry(fields, options)
  if (!added.ok) throw new Error(added.failure.kind)
  return added.value
}

async function box({ session }: TestDevice, about: EntryId, bytes: Uint8Array<ArrayBuffer>): Promise<EntryId> {
  const files = [{ file: new Blob([bytes]), name: 'box.pdf' }]
  const added = await session.addPaper({ files, title: 'The box', about, keepAsIs: false, isPrivate: false })
  if (!added.ok) throw new Error(added.failure.kind)
  return added.value.id
}

const textsOf = (entry: EntryDetail | undefined) =>
  entry?.annotations?.map(({ value }) => (value?.type === 'text' ? value.text : '')) ?? []

/** As the entry stands in what is shared, once it has so many notes. */
async function sharedEntry(reader: TestDevice, shareId: string, id: EntryId, notes: number) {
  let found: EntryDetail | undefined
  const stop = await reader.session.watchShared(shareId, 'watchEntry', [id], (entry: EntryDetail | undefined) => {
    found = entry
  })
  await until(async () => textsOf(found).length === notes, 60_000)
  stop()
  return found!
}

async function ownEntry({ session }: TestDevice, id: EntryId, notes: number): Promise<EntryDetail> {
  let found: EntryDetail | undefined
  const stop = await session.watchEntry(id, entry => {
    found = entry
  })
  await until(async () => textsOf(found).length === notes, 60_000)
  stop()
  return found!
}

test('who shares in the medicines has the notes beside them and the photo of the box; nothing of a private one', async () => {
  const ana = await makePerson(device, 'Ana')
  const bea = await makePerson(device, 'Bea')
  await meet(ana, bea, ['Ana', 'Bea'])
  const open = await made(ana, medicine('Metformin'))
  await made(ana, note(open, 'With breakfast.'))
  const [shown, secret] = [fakePdf(90_000), fakePdf(80_000)]
  await box(ana, open, shown)
  const hidden = await made(ana, medicine('Sertraline'), { isPrivate: true })
  await made(ana, note(hidden, 'Nobody is to know.'))
  const hiddenBox = await box(ana, hidden, secret)
  const shareId = await share(ana, 'Bea', { sections: ['medicines'] })
  await accept(ana, bea, shareId)

  const told = await sharedEntry(bea, shareId, open, 1)
  expect(textsOf(told)).toEqual(['With breakfast.'])
  expect(told.papers?.map(each => each.title)).toEqual(['The box'])
  const photo = told.papers![0]!.id
  expect(await bytesIn(await bea.session.askShared(shareId, 'attachment', [photo, 0]))).toEqual(shown)
  const kinds = ['medicine', 'annotation', 'document'] as const
  const rows = await bea.session.askShared(shareId, 'timelineRows', [{ kinds }, 0, 10])
  expect(rows?.map(each => each.kind).toSorted()).toEqual(['annotation', 'document', 'medicine'])
  expect(await bea.session.askShared(shareId, 'attachment', [hiddenBox, 0])).toBeUndefined()

  // Made private later, all of it goes.
  const along = (await ana.session.belongings(open)).map(({ summary }) => summary.id)
  expect(along).toHaveLength(1)
  expect((await ana.session.makePrivate([open, ...along])).ok).toBe(true)
  await exchange(
    [ana.session, bea.session],
    async () => (await bea.session.askShared(shareId, 'timelineRows', [{ kinds }, 0, 10]))?.length === 0,
  )
  expect(await bea.session.askShared(shareId, 'attachment', [photo, 0])).toBeUndefined()
})

test('who may see and add writes a note and adds a photo; each edits only what is theirs', async () => {
  const ana = await makePerson(device, 'Ana')
  const bea = await makePerson(device, 'Bea')
  await meet(ana, bea, ['Ana', 'Bea'])
  const open = await made(ana, medicine('Metformin'))
  const own = await made(ana, note(open, 'With breakfast.'))
  const shareId = await share(ana, 'Bea', { sections: ['medicines'], role: 'write' })
  await accept(ana, bea, shareId)
  await sharedEntry(bea, shareId, open, 1)
  const written = await bea.session.askShared(shareId, 'addEntry', [note(open, 'I saw her take it.')])
  if (!written?.ok) throw new Error('Bea could not write')
  const notAllowed = { ok: false, failure: { kind: 'not-allowed' } }
  expect(await bea.session.askShared(shareId, 'editEntry', [own, note(open, 'Without.')])).toEqual(notAllowed)
  expect(await bea.session.askShared(shareId, 'binEntry', [own])).toEqual(notAllowed)
  const told = await ownEntry(ana, open, 2)
  const hers = told.annotations!.find(each => each.id === written.value)!
  expect(hers.source).toMatchObject({ type: 'self', by: { type: 'member', name: 'Bea' } })
  expect(await ana.session.editEntry(hers.id, note(open, 'I did not.'))).toEqual(notAllowed)
  const edited = await bea.session.askShared(shareId, 'editEntry', [hers.id, note(open, 'I saw her take two.')])
  expect(edited?.ok).toBe(true)

  const files = [{ file: new Blob([fakePdf(1000)]), name: 'box.pdf' }]
  const paper = { files, title: 'The box', about: open, keepAsIs: false, isPrivate: false }
  expect((await bea.session.askShared(shareId, 'addPaper', [paper]))?.ok).toBe(true)
  const { about: _, ...loose } = paper
  expect(await bea.session.askShared(shareId, 'addPaper', [loose])).toEqual(notAllowed)
  await until(async () => (await ana.session.timelineRows({ kinds: ['document'] }, 0, 10)).length === 1, 60_000)
  // The owner can take away what somebody wrote in their record.
  expect((await ana.session.binEntry(hers.id)).ok).toBe(true)
  expect(textsOf(await sharedEntry(bea, shareId, open, 1))).toEqual(['With breakfast.'])
})
