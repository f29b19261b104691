import { expect, test } from 'vitest'
import type { NewPaper } from '#app/core/paper-session.ts'
import type { EntryDetail, EntryId } from '#schema/record/entry.ts'
import { at, isObject, type JsonObject, objectsOf, parseObject } from '#schema/record/fhir/json.ts'
import { fakePdf, phoneHeic, phoneJpeg, plainJpeg, SECRETS } from '#tests/support/photos.ts'
import { makeWorld, type RecordDevice } from './record-world.ts'

const file = (bytes: Uint8Array<ArrayBuffer>, name: string) => ({ file: new Blob([bytes]), name })
const LETTER = fakePdf(150_000)

const paper = (change: Partial<NewPaper> = {}): NewPaper => ({
  files: [file(LETTER, 'letter.pdf')],
  title: 'Letter from Dr. Aydin',
  keepAsIs: false,
  isPrivate: false,
  ...change,
})

async function keep(device: RecordDevice, change: Partial<NewPaper> = {}): Promise<EntryId> {
  const added = await device.record.addPaper(paper(change))
  if (!added.ok) throw new Error(added.failure.kind)
  return added.value.id
}

async function entry(device: RecordDevice, id: EntryId): Promise<EntryDetail | undefined> {
  const { promise, resolve } = Promise.withResolvers<EntryDetail | undefined>()
  const stop = await device.record.watchEntry(id, resolve)
  const found = await promise
  stop()
  return found
}

const bytesOf = async (blob: Blob | undefined) => blob && new Uint8Array(await blob.arrayBuffer())
const oneDevice = async () => (await makeWorld()).device()

async function problem(device: RecordDevice, name = 'Asthma', options = {}): Promise<EntryId> {
  const added = await device.record.addEntry({ kind: 'condition', name, clinicalStatus: 'active' }, options)
  if (!added.ok) throw new Error(added.failure.kind)
  return added.value
}

test('addPaper() keeps a PDF byte by byte, with title, date and source', async () => {
  const device = await oneDevice()
  const id = await keep(device, { date: '2024-05', from: 'St. Mary’s' })
  const kept = await entry(device, id)
  expect(kept?.summary).toMatchObject({
    kind: 'document',
    section: 'documents',
    title: 'Letter from Dr. Aydin',
    when: { text: '2024-05' },
    source: { type: 'import', fileName: 'letter.pdf', author: 'St. Mary’s' },
  })
  expect(kept?.attachments).toEqual([{ index: 0, type: 'application/pdf', title: 'letter.pdf', bytes: LETTER.length }])
  const blob = await device.record.attachment(id, 0)
  expect(blob?.type).toBe('application/pdf')
  expect(await bytesOf(blob)).toEqual(LETTER)
  await device.reopen({ isCrash: true })
  expect(await bytesOf(await device.record.attachment(id, 0))).toEqual(LETTER)
})

test('addPaper() takes several files as the pages of one document', async () => {
  const device = await oneDevice()
  const files = [file(phoneJpeg(), 'front.jpg'), file(plainJpeg(), 'back.jpg')]
  const id = await keep(device, { files, title: 'Vaccination book' })
  const kept = await entry(device, id)
  expect(kept?.attachments?.map(each => each.title)).toEqual(['front.jpg', 'back.jpg'])
  expect(await bytesOf(await device.record.attachment(id, 1))).toEqual(plainJpeg())
  expect(await device.record.attachment(id, 2)).toBeUndefined()
})

test('a photo loses what the camera wrote before anything is stored, and keeps it only when asked', async () => {
  const device = await oneDevice()
  const files = [file(phoneJpeg(), 'photo.jpg'), file(phoneHeic(), 'photo.heic')]
  const clean = await keep(device, { files })
  const raw = await keep(device, { files, keepAsIs: true })
  const said = async (id: EntryId) => {
    const all = await Promise.all([0, 1].map(async index => bytesOf(await device.record.attachment(id, index))))
    const text = all.map(bytes => new TextDecoder('latin1').decode(bytes)).join()
    return SECRETS.filter(secret => text.includes(secret))
  }
  expect(await said(clean)).toEqual([])
  expect(await said(raw)).toEqual(SECRETS)
})

test('the same files again add nothing; taken back they come back', async () => {
  const device = await oneDevice()
  const id = await keep(device)
  expect(await device.record.addPaper(paper())).toEqual({ ok: true, value: { id, isNew: false } })
  await device.record.undo()
  expect((await device.record.timelineRows({}, 0, 10)).length).toBe(0)
  expect(await device.record.addPaper(paper())).toEqual({ ok: true, value: { id, isNew: true } })
  expect((await device.record.timelineRows({}, 0, 10)).length).toBe(1)
})

test('bin and restore keep the bytes', async () => {
  const device = await oneDevice()
  const id = await keep(device)
  await device.record.binEntry(id)
  expect(await device.record.bin()).toHaveLength(1)
  await device.record.restoreEntry(id)
  expect(await bytesOf(await device.record.attachment(id, 0))).toEqual(LETTER)
})

test('what can’t be kept is refused with the file’s name, and nothing is kept', async () => {
  const device = await oneDevice()
  const bytes = (text: string) => file(new TextEncoder().encode(text), 'x')
  const refused = async (change: Partial<NewPaper>) => {
    const answer = await device.record.addPaper(paper(change))
    return answer.ok ? answer : answer.failure
  }
  const good = file(LETTER, 'good.pdf')
  expect(await refused({ files: [good, bytes('<html>')] })).toEqual({ kind: 'paper-type', name: 'x' })
  expect(await refused({ files: [bytes('')] })).toEqual({ kind: 'paper-empty', name: 'x' })
  expect(await refused({ files: [file(phoneJpeg().slice(0, 60), 'cut.jpg')] })).toEqual({
    kind: 'paper-not-clean',
    name: 'cut.jpg',
  })
  expect(await refused({ files: [{ file: new Blob([new Uint8Array(20_000_001)]), name: 'big' }] })).toEqual({
    kind: 'paper-too-large',
    maxMb: 20,
  })
  expect(await refused({ files: Array.from({ length: 21 }, () => good) })).toEqual({ kind: 'paper-too-many', max: 20 })
  expect(await refused({ title: ' ' })).toEqual({ kind: 'invalid', field: 'title' })
  expect(await refused({ date: '2024-13' })).toEqual({ kind: 'invalid', field: 'date' })
  expect(await device.record.timelineRows({}, 0, 10)).toEqual([])
  const gone = {
    file: Object.assign(new Blob(['x']), {
      stream: () => new ReadableStream({ start: c => c.error(new Error('moved')) }),
    }),
    name: 'usb.pdf',
  }
  expect(await refused({ files: [gone] })).toEqual({ kind: 'paper-gone', name: 'usb.pdf' })
})

test('a full disk keeps nothing of it', async () => {
  const device = await oneDevice()
  device.store.setFull(true)
  expect(await device.record.addPaper(paper())).toEqual({ ok: false, failure: { kind: 'not-stored', why: 'quota' } })
  expect(await device.record.timelineRows({}, 0, 10)).toEqual([])
})

test('cancelImport() ends it, and nothing is kept', async () => {
  const device = await oneDevice()
  const adding = device.record.addPaper(paper())
  await device.record.cancelImport()
  expect(await adding).toEqual({ ok: false, failure: { kind: 'cancelled' } })
  expect(await device.record.timelineRows({}, 0, 10)).toEqual([])
})

test('a document attached to an entry is seen from both sides, and names neither it nor its section', async () => {
  const device = await oneDevice()
  const asthma = await problem(device)
  const first = await keep(device, { about: asthma })
  const page = await keep(device, { about: first, files: [file(fakePdf(90, 66), 'page 2.pdf')], title: 'Page 2' })
  expect((await entry(device, asthma))?.papers?.map(each => each.id)).toEqual([first])
  expect((await entry(device, first))?.about?.map(each => each.id)).toEqual([asthma])
  expect((await entry(device, first))?.papers?.map(each => each.id)).toEqual([page])
  const text = await (await device.record.original(first))?.text()
  expect(text).not.toContain('problems')
  expect(text).not.toContain(asthma)
  expect((await entry(device, asthma))?.about).toBeUndefined()
})

test('a document added at an entry lies in its section, and is as private; it counts among the documents', async () => {
  const device = await oneDevice()
  const asthma = await problem(device)
  const open = await keep(device, { about: asthma })
  expect((await entry(device, open))?.summary).toMatchObject({ kind: 'document', section: 'problems' })
  const { promise, resolve } = Promise.withResolvers<readonly { readonly section: string; readonly count: number }[]>()
  const stop = await device.record.watchHome(home => resolve(home.counts))
  expect(await promise).toEqual([
    { section: 'problems', count: 1 },
    { section: 'documents', count: 1 },
  ])
  stop()
  const hidden = await problem(device, 'Depression', { isPrivate: true })
  const closed = await keep(device, { about: hidden, files: [file(fakePdf(90), 'other.pdf')] })
  expect((await entry(device, closed))?.summary.isPrivate).toBe(true)
  expect((await device.record.belongings(asthma)).map(({ summary, why }) => [summary.id, why])).toEqual([
    [open, 'refers-to-it'],
  ])
})

test('whoever looks at an entry is told when a document is attached, and when it goes', async () => {
  const device = await oneDevice()
  const asthma = await problem(device)
  const seen: number[] = []
  const stop = await device.record.watchEntry(asthma, told => void seen.push(told?.papers?.length ?? 0))
  await keep(device, { about: asthma })
  await device.record.idle()
  await device.record.undo()
  await device.record.idle()
  stop()
  expect(seen).toEqual([0, 1, 0])
})

test('a private document lies in the private log alone', async () => {
  const device = await oneDevice()
  const id = await keep(device, { isPrivate: true })
  expect((await entry(device, id))?.summary.isPrivate).toBe(true)
  expect(await bytesOf(await device.record.attachment(id, 0))).toEqual(LETTER)
  expect(device.logs.get('documents')?.shards()).toEqual([])
  await device.record.makeOpen([id])
  expect(await bytesOf(await device.record.attachment(id, 0))).toEqual(LETTER)
})

test('another device has the document, and the window never gets its bytes unasked', async () => {
  const world = await makeWorld()
  const [here, there] = [await world.device(), await world.device()]
  const id = await keep(here)
  await world.sync()
  const told = await entry(there, id)
  expect(told?.original?.length).toBeLessThan(6000)
  expect(parseObject(told?.original ?? '')['resourceType']).toBe('DocumentReference')
  expect(await bytesOf(await there.record.attachment(id, 0))).toEqual(LETTER)
})

test('an export has the document whole, and brings it back byte by byte', async () => {
  const device = await oneDevice()
  await keep(device, { files: [file(LETTER, 'letter.pdf'), file(plainJpeg(), 'scan.jpg')], date: '2024-05-02' })
  const out = await device.record.exportFhir()
  const resources = objectsOf(parseObject(await out.text())['entry']).map(each => each['resource'])
  const found = resources.filter(isObject).find(each => each['resourceType'] === 'DocumentReference') as JsonObject
  expect(at(found, 'content', 'attachment')).toMatchObject({ contentType: 'application/pdf', size: LETTER.length })
  const other = await oneDevice()
  const preview = await other.record.previewImport(out, 'mine.json')
  if (!preview.ok) throw new Error(preview.failure.kind)
  await other.record.commitImport(preview.value.importId)
  const [row] = await other.record.timelineRows({ kinds: ['document'] }, 0, 10)
  expect(await bytesOf(await other.record.attachment(row!.id, 0))).toEqual(LETTER)
  expect(await bytesOf(await other.record.attachment(row!.id, 1))).toEqual(plainJpeg())
  const again = await device.record.previewImport(out, 'mine.json')
  expect(again.ok && again.value.byKind.find(each => each.kind === 'document')).toMatchObject({
    isNew: 0,
    alreadyThere: 1,
  })
})

const CORRECTED = { kind: 'document', title: 'Letter about the knee', date: '2024-06-01', from: 'Dr. Okafor' } as const

test('title, date and source of a document can be corrected and cleared, its bytes stay, and undo brings back what was', async () => {
  const device = await oneDevice()
  const asthma = await problem(device)
  const id = await keep(device, { date: '2024-05', from: 'St. Mary’s', about: asthma })
  const draft = (await entry(device, id))?.correctionDraft
  expect(draft).toMatchObject({ kind: 'document', title: 'Letter from Dr. Aydin', date: '2024-05', from: 'St. Mary’s' })
  const about = draft?.kind === 'document' ? draft.about : undefined
  expect((await device.record.editEntry(id, { ...CORRECTED, about: about! })).ok).toBe(true)
  const changed = await entry(device, id)
  expect(changed?.summary).toMatchObject({ title: CORRECTED.title, when: { text: '2024-06-01' }, kind: 'document' })
  expect(changed?.summary.source).toMatchObject({ author: 'Dr. Okafor' })
  expect(changed?.about?.map(each => each.id)).toEqual([asthma])
  expect((await device.record.editEntry(id, { kind: 'document', title: 'Letter', about: about! })).ok).toBe(true)
  const cleared = await entry(device, id)
  expect(cleared?.summary.when).toBeUndefined()
  expect(cleared?.summary.source).not.toHaveProperty('author')
  expect(await bytesOf(await device.record.attachment(id, 0))).toEqual(LETTER)
  await device.reopen()
  expect((await entry(device, id))?.summary).toEqual(cleared?.summary)
  expect(await device.record.addEntry(CORRECTED)).toEqual({ ok: false, failure: { kind: 'invalid', field: 'kind' } })
})

test('undo of a correction brings back what the document said', async () => {
  const device = await oneDevice()
  const id = await keep(device, { date: '2024-05', from: 'St. Mary’s' })
  const before = (await entry(device, id))?.summary
  await device.record.editEntry(id, CORRECTED)
  expect(await device.record.undo()).toMatchObject({ ok: true, value: { act: 'edit' } })
  expect((await entry(device, id))?.summary).toEqual(before)
})

test('a page taken out is not shown and not taken along, and comes back', async () => {
  const device = await oneDevice()
  const files = [file(phoneJpeg(), 'front.jpg'), file(plainJpeg(), 'back.jpg')]
  const id = await keep(device, { files, title: 'Vaccination book' })
  await device.record.editEntry(id, { kind: 'document', title: 'Vaccination book', without: '0' })
  expect((await entry(device, id))?.attachments?.map(each => each.isOut)).toEqual([true, undefined])
  const taken = parseObject(await (await device.record.exportFhir()).text())
  const [paperOut] = objectsOf(taken['entry']).flatMap(each => {
    const { resource } = each
    return isObject(resource) && resource['resourceType'] === 'DocumentReference' ? [resource] : []
  })
  expect(objectsOf(paperOut!['content']).map(page => at(page, 'attachment', 'title'))).toEqual(['back.jpg'])
  await device.record.undo()
  expect((await entry(device, id))?.attachments?.map(each => each.isOut)).toEqual([undefined, undefined])
  expect(await bytesOf(await device.record.attachment(id, 1))).toEqual(plainJpeg())
  for (const without of ['0 x', '-1', '99999']) {
    const refused = await device.record.editEntry(id, { kind: 'document', title: 'Book', without })
    expect(refused).toEqual({ ok: false, failure: { kind: 'invalid', field: 'without' } })
  }
})

test('attachPaper() attaches a document later, to several, and takes it off again; undo of each', async () => {
  const device = await oneDevice()
  const [asthma, knee] = [await problem(device), await problem(device, 'Knee pain')]
  const id = await keep(device)
  const about = async () => (await entry(device, id))?.about?.map(each => each.id) ?? []
  expect((await device.record.attachPaper(id, asthma, true)).ok).toBe(true)
  expect((await device.record.attachPaper(id, knee, true)).ok).toBe(true)
  expect((await device.record.attachPaper(id, knee, true)).ok).toBe(true)
  expect((await about()).toSorted()).toEqual([asthma, knee].toSorted())
  expect((await entry(device, knee))?.papers?.map(each => each.id)).toEqual([id])
  expect((await device.record.attachPaper(id, asthma, false)).ok).toBe(true)
  expect(await about()).toEqual([knee])
  await device.record.undo()
  expect((await about()).toSorted()).toEqual([asthma, knee].toSorted())
  const text = await (await device.record.exportFhir()).text()
  const documents = objectsOf(parseObject(text)['entry']).filter(
    each => at(each, 'resource', 'description') !== undefined,
  )
  expect(documents).toHaveLength(1)
  expect(objectsOf(at(documents[0]!, 'resource', 'context', 'related'))).toHaveLength(2)
  const gone = { ok: false, failure: { kind: 'not-found' } }
  expect(await device.record.attachPaper(asthma, id, true)).toEqual(gone)
  expect(await device.record.attachPaper(id, 'problems.enone.0.0' as EntryId, true)).toEqual(gone)
})

test('a DocumentReference that came in a Bundle with its file inside keeps the bytes, in the record and in an export', async () => {
  const device = await oneDevice()
  const data = Buffer.from(LETTER).toString('base64')
  const resource = {
    resourceType: 'DocumentReference',
    id: 'd1',
    status: 'current',
    description: 'Discharge letter',
    content: [{ attachment: { contentType: 'application/pdf', data, title: 'letter.pdf' } }],
  }
  const bundle = {
    resourceType: 'Bundle',
    type: 'collection',
    entry: [{ fullUrl: 'https://c.example/DocumentReference/d1', resource }],
  }
  const preview = await device.record.previewImport(new Blob([JSON.stringify(bundle)]), 'clinic.json')
  if (!preview.ok) throw new Error(preview.failure.kind)
  expect(await device.record.commitImport(preview.value.importId)).toEqual({ ok: true, value: { added: 1 } })
  const [row] = await device.record.timelineRows({}, 0, 1)
  expect(row).toMatchObject({ kind: 'document', title: 'Discharge letter' })
  await device.reopen()
  const told = await entry(device, row!.id)
  expect(told?.attachments).toEqual([{ index: 0, type: 'application/pdf', title: 'letter.pdf', bytes: LETTER.length }])
  expect(await bytesOf(await device.record.attachment(row!.id, 0))).toEqual(LETTER)
  await device.record.editEntry(row!.id, { kind: 'document', title: 'Letter from the clinic' })
  const out = objectsOf(parseObject(await (await device.record.exportFhir()).text())['entry'])
  expect(out.map(each => each['resource'])).toContainEqual(resource)
  expect(out.map(each => at(each, 'resource', 'description'))).toContain('Letter from the clinic')
})
