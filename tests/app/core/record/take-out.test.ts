import { expect, test } from 'vitest'
import type { TableName } from '#app/core/exchange/csv/write-csv.ts'
import type { TakeOutChoice, TakeOutFile } from '#app/core/take-out-session.ts'
import type { EntryFields, EntryId } from '#schema/record/entry.ts'
import { outWords } from '#app/ui/record/out-words.ts'
import { at, isObject, type JsonObject, objectsOf } from '#schema/record/fhir/json.ts'
import { type Section, SECTIONS } from '#schema/record/sections.ts'
import { bundleOf } from '#tests/support/fhir-fixtures.ts'
import { fakePdf } from '#tests/support/photos.ts'
import { strayReferences, validityFaults } from '#tests/support/validity/fhir-validity.ts'
import { ipsFaults } from '#tests/support/validity/ips-faults.ts'
import { makeWorld, type RecordDevice } from './record-world.ts'

const condition = (name: string): EntryFields => ({ kind: 'condition', name, clinicalStatus: 'active' })
const allergy = (substance: string): EntryFields => ({ kind: 'allergy', substance })

async function add(device: RecordDevice, fields: EntryFields, options = {}) {
  const added = await device.record.addEntry(fields, options)
  if (!added.ok) throw new Error(added.failure.kind)
  return added.value
}

const ORIGINAL =
  '{"resourceType":"Observation","id":"1","status":"final","code":{"text":"Iron"},"category":[{"coding":[{"code":"laboratory"}]}],"valueQuantity":{"value":1.10},"n":12345678901234567890}'

/** A record with something open, private, in the bin, brought in, and brought in and taken back. */
async function fullRecord() {
  const device = await (await makeWorld()).device()
  await add(device, condition('Asthma'))
  await add(device, condition('Migraine'), { isPrivate: true })
  await device.record.binEntry(await add(device, condition('Gout')))
  await add(device, allergy('Peanut'))
  await bringIn(device, `{"resourceType":"Bundle","type":"collection","entry":[{"resource":${ORIGINAL}}]}`)
  const undone = await bringIn(device, '{"resourceType":"Flag","id":"f","code":{"text":"Taken back"}}')
  await device.record.undoImport(undone)
  return device
}

async function bringIn(device: RecordDevice, text: string) {
  const preview = await device.record.previewImport(new Blob([text]), 'file.json')
  if (!preview.ok) throw new Error(preview.failure.kind)
  await device.record.commitImport(preview.value.importId)
  return preview.value.importId
}

const NDJSON: TakeOutFile = { kind: 'fhir-ndjson' }
const everything: TakeOutChoice = { sections: SECTIONS, withPrivate: true, file: NDJSON }

async function fileOf(device: RecordDevice, choice: Partial<TakeOutChoice>): Promise<string> {
  const made = await device.record.takeOut({ ...everything, ...choice })
  if (!made.ok) throw new Error(made.failure.kind)
  return made.value.text()
}

async function lines(device: RecordDevice, choice: Partial<TakeOutChoice> = {}): Promise<readonly string[]> {
  return (await fileOf(device, choice)).trimEnd().split('\n')
}

const words = (resource: JsonObject) => (isObject(resource['code']) ? String(resource['code']['text']) : 'person')
const wordsOf = (texts: readonly string[]) => texts.map(text => words(JSON.parse(text))).sort()

test('takeOut() hands out all that is to be seen, and nothing of the bin or of a file taken back', async () => {
  expect(wordsOf(await lines(await fullRecord()))).toEqual(['Asthma', 'Iron', 'Migraine', 'Peanut', 'person'])
})

test('takeOut() hands out the chosen sections alone, and what is private only where that is asked for', async () => {
  const device = await fullRecord()
  expect(wordsOf(await lines(device, { sections: ['problems'] }))).toEqual(['Asthma', 'Migraine', 'person'])
  expect(wordsOf(await lines(device, { sections: ['problems'], withPrivate: false }))).toEqual(['Asthma', 'person'])
  expect(wordsOf(await lines(device, { withPrivate: false }))).toEqual(['Asthma', 'Iron', 'Peanut', 'person'])
})

test('what was brought in leaves token by token as it came, as a line and in a Bundle', async () => {
  const device = await fullRecord()
  expect(await lines(device)).toContain(ORIGINAL)
  const bundle = await fileOf(device, { file: { kind: 'fhir-bundle' } })
  expect(bundle).toContain(`{"resource":${ORIGINAL}}`)
  expect(objectsOf(JSON.parse(bundle).entry)).toHaveLength(5)
})

test('NDJSON that was taken out comes in again: the same entries under the same ids', async () => {
  const device = await fullRecord()
  const first = await lines(device)
  const other = await (await makeWorld()).device()
  await bringIn(other, first.join('\n'))
  const again = await lines(other)
  expect(again.slice(1).sort()).toEqual([...first].sort())
})

const SUMMARY: TakeOutFile = { kind: 'summary', words: outWords(), noneKnown: [] }

async function summaryOf(device: RecordDevice, choice: Partial<TakeOutChoice> = {}) {
  const { bundle, resources } = bundleOf(await fileOf(device, { file: SUMMARY, ...choice }))
  expect([...ipsFaults(bundle), ...strayReferences(bundle)]).toEqual([])
  return { bundle, names: resources.slice(3).map(words).sort(), sections: objectsOf(resources[0]?.['section']) }
}

test('a summary of the record has what is chosen, without what is private unless that is asked for, and nothing of the bin', async () => {
  const device = await fullRecord()
  expect((await summaryOf(device)).names).toEqual(['Asthma', 'Iron', 'Migraine', 'Peanut'])
  expect((await summaryOf(device, { withPrivate: false })).names).toEqual(['Asthma', 'Iron', 'Peanut'])
  const allergies = await summaryOf(device, { sections: ['allergies'] })
  expect(allergies.names).toEqual(['Peanut'])
  expect(allergies.sections.map(section => at(section, 'emptyReason', 'coding', 'code'))).toEqual([
    'withheld',
    undefined,
    'withheld',
  ])
  expect((await summaryOf(device)).bundle['identifier']).not.toEqual(allergies.bundle['identifier'])
})

test('a summary never says "none known" of a section whose private entries stay behind', async () => {
  const device = await (await makeWorld()).device()
  await add(device, condition('Migraine'), { isPrivate: true })
  const file: TakeOutFile = { ...SUMMARY, noneKnown: ['problems', 'allergies'] }
  const { sections } = await summaryOf(device, { file, withPrivate: false })
  expect(sections.map(section => at(section, 'emptyReason', 'coding', 'code'))).toEqual([
    'unavailable',
    'nilknown',
    'unavailable',
  ])
})

test('a table has what of the chosen sections belongs into it, newest first, and a calendar what will take place', async () => {
  const device = await fullRecord()
  const table = (name: TableName): TakeOutFile => ({ kind: 'table', table: name, words: outWords() })
  const columnOf = (text: string) =>
    text
      .trimEnd()
      .split('\r\n')
      .map(line => line.split(',')[0])
      .slice(1)
  expect(new Set(columnOf(await fileOf(device, { file: table('problems') })))).toEqual(new Set(['Asthma', 'Migraine']))
  expect(columnOf(await fileOf(device, { file: table('problems'), withPrivate: false }))).toEqual(['Asthma'])
  expect(columnOf(await fileOf(device, { file: table('problems'), sections: ['allergies'] }))).toEqual([])
  expect(columnOf(await fileOf(device, { file: table('all') }))).toHaveLength(4)
  const calendar: TakeOutChoice = { ...everything, file: { kind: 'calendar', words: outWords() } }
  expect(await device.record.takeOut(calendar)).toEqual({ ok: false, failure: { kind: 'nothing-planned' } })
  await bringIn(
    device,
    '{"resourceType":"Appointment","id":"a","status":"booked","start":"2027-01-02T10:00:00Z","description":"Check"}',
  )
  expect(await fileOf(device, calendar)).toContain('SUMMARY:Check\r\n')
  expect((await device.record.takeOut({ ...calendar, sections: ['problems'] })).ok).toBe(false)
})

test('readings in a table stand newest first', async () => {
  const device = await (await makeWorld()).device()
  for (const day of ['04', '06', '05']) {
    await add(device, { kind: 'weight', takenAt: `2026-03-${day}T07:00Z`, weightKg: 70 })
  }
  const text = await fileOf(device, { file: { kind: 'table', table: 'weight', words: outWords() } })
  expect(text.match(/2026-03-\d\d/g)).toEqual(['2026-03-06', '2026-03-05', '2026-03-04'])
})

const PDF = Buffer.from(fakePdf(900)).toString('base64')
const documentOf = (id: string, description: string) => ({
  resourceType: 'DocumentReference',
  id,
  status: 'current',
  description,
  content: [{ attachment: { contentType: 'application/pdf', data: PDF, title: `${id}.pdf` } }],
})

async function addPaper(device: RecordDevice, title: string, fill: number, isPrivate = false) {
  const files = [{ file: new Blob([fakePdf(900, fill)]), name: 'letter.pdf' }]
  const added = await device.record.addPaper({ files, title, keepAsIs: false, isPrivate })
  if (!added.ok) throw new Error(added.failure.kind)
  return added.value.id
}

test('entryFiles() tells of each open entry with files, how many and how large; nothing private, binned or without files', async () => {
  const device = await fullRecord()
  await bringIn(device, JSON.stringify(documentOf('d1', 'Clinic letter')))
  const own = await addPaper(device, 'My letter', 66)
  await addPaper(device, 'Secret letter', 67, true)
  await device.record.binEntry(await addPaper(device, 'Old letter', 68))
  const files = await device.record.entryFiles()
  expect(files.map(({ entry, count, bytes }) => `${entry.title}: ${count}, ${bytes}`).toSorted()).toEqual([
    'Clinic letter: 1, 900',
    'My letter: 1, 900',
  ])
  expect(files.map(({ entry }) => entry.id)).toContain(own)
})

test('a summary with chosen files has these and no others, is valid, and lists those of sections that were not chosen', async () => {
  const device = await fullRecord()
  await bringIn(device, JSON.stringify(documentOf('d1', 'Clinic letter')))
  const own = await addPaper(device, 'My letter', 66)
  const secret = await addPaper(device, 'Secret letter', 67, true)
  const summary = async (sections: readonly Section[], files?: readonly EntryId[]) => {
    const file = {
      kind: 'summary',
      words: outWords(),
      noneKnown: [],
      ...(files === undefined ? {} : { files }),
    } as const
    const { bundle, resources } = bundleOf(await fileOf(device, { sections, withPrivate: false, file }))
    expect([...validityFaults(bundle), ...ipsFaults(bundle), ...strayReferences(bundle)]).toEqual([])
    const documents = resources.filter(({ resourceType }) => resourceType === 'DocumentReference')
    const hasFile = (each: JsonObject) => at(each, 'content', 'attachment', 'data') !== undefined
    return documents.map(each => `${String(each['description'])}: ${hasFile(each)}`).toSorted()
  }
  expect(await summary(['documents'], [])).toEqual(['Clinic letter: false', 'My letter: false'])
  expect(await summary(['documents'], [own, secret])).toEqual(['Clinic letter: false', 'My letter: true'])
  expect(await summary(['problems'], [own, secret])).toEqual(['My letter: true'])
  expect(await summary(['documents'])).toEqual(['Clinic letter: true', 'My letter: true'])
})
