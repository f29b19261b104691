import { expect, test } from 'vitest'
import type { EntryDetail, EntryId } from '#schema/record/entry.ts'
import { at, type JsonObject, objectsOf } from '#schema/record/fhir/json.ts'
import { makeWorld, type RecordDevice } from './record-world.ts'

const RESULT =
  '{"resourceType":"Observation","id":"k","status":"final","code":{"text":"Potassium"},"valueQuantity":{"value":4.10,"unit":"mmol/L"}}'
const NOTED =
  '{"resourceType":"Observation","id":"n","status":"final","code":{"text":"Sodium"},"note":[{"text":"By a clinic"}]}'
const REPORT = '{"resourceType":"DiagnosticReport","id":"r","status":"final","code":{"text":"Blood report"}}'
const BUNDLE = `{"resourceType":"Bundle","type":"collection","entry":[${[RESULT, NOTED, REPORT].map(text => `{"resource":${text}}`).join(',')}]}`

async function imported(): Promise<RecordDevice> {
  const device = await (await makeWorld()).device()
  const preview = await device.record.previewImport(new Blob([BUNDLE]), 'lab.json')
  if (!preview.ok) throw new Error(preview.failure.kind)
  await device.record.commitImport(preview.value.importId)
  return device
}

async function idOf(device: RecordDevice, title: string): Promise<EntryId> {
  const row = (await device.record.timelineRows({}, 0, 100)).find(each => each.title === title)
  if (row === undefined) throw new Error(`There is no ${title}`)
  return row.id
}

async function entry(device: RecordDevice, id: EntryId): Promise<EntryDetail> {
  const { promise, resolve } = Promise.withResolvers<EntryDetail | undefined>()
  const stop = await device.record.watchEntry(id, resolve)
  const found = await promise
  stop()
  if (found === undefined) throw new Error('There is no such entry')
  return found
}

const WRITTEN = '2026-03-04T08:20:00+01:00'
const note = (on: EntryId, text: string) => ({ kind: 'annotation', on, text, writtenAt: WRITTEN }) as const

async function write(device: RecordDevice, on: EntryId, text: string): Promise<EntryId> {
  const added = await device.record.addEntry(note(on, text))
  if (!added.ok) throw new Error(added.failure.kind)
  return added.value
}

const texts = (detail: EntryDetail) =>
  detail.annotations?.map(({ value }) => (value?.type === 'text' ? value.text : undefined))
const titles = async (device: RecordDevice, text: string) =>
  (await device.record.timelineRows({ text }, 0, 100)).map(row => row.title)

test('a note stands beside an imported entry, whose original stays, and is found with it', async () => {
  const device = await imported()
  const id = await idOf(device, 'Potassium')
  await write(device, id, 'Taken after a banana.\nAsk again in May.')
  await device.reopen({ isCrash: true })
  const told = await entry(device, id)
  expect(texts(told)).toEqual(['Taken after a banana.\nAsk again in May.'])
  expect(told.annotations?.[0]?.section).toBe(told.summary.section)
  expect(told.original).toBe(RESULT)
  expect(told.fields).toBeUndefined()
  expect(await titles(device, 'banana')).toEqual(['Potassium'])
  expect(await titles(device, 'potassium may')).toEqual(['Potassium'])
  expect(await device.record.timelineRows({}, 0, 100)).toHaveLength(3)
})

test('a note is edited and taken away by itself, and each is undone', async () => {
  const device = await imported()
  const id = await idOf(device, 'Potassium')
  const first = await write(device, id, 'One')
  await write(device, id, 'Two')
  expect((await device.record.editEntry(first, note(id, 'One more'))).ok).toBe(true)
  expect(texts(await entry(device, id))?.toSorted()).toEqual(['One more', 'Two'])
  await device.record.undo()
  expect(texts(await entry(device, id))?.toSorted()).toEqual(['One', 'Two'])
  await device.record.binEntry(first)
  expect(texts(await entry(device, id))).toEqual(['Two'])
  expect(await titles(device, 'one')).toEqual([])
  expect((await device.record.bin()).map(({ summary }) => summary.id)).toEqual([first])
  await device.record.undo()
  expect(texts(await entry(device, id))).toHaveLength(2)
})

test('a note cannot go to another entry, nor stand on none or on another note', async () => {
  const device = await imported()
  const [id, other] = [await idOf(device, 'Potassium'), await idOf(device, 'Sodium')]
  const first = await write(device, id, 'One')
  const refused = async (answer: ReturnType<RecordDevice['record']['addEntry' | 'editEntry']>) => {
    const told = await answer
    return told.ok ? undefined : told.failure
  }
  expect(await refused(device.record.editEntry(first, note(other, 'One')))).toEqual({ kind: 'invalid', field: 'on' })
  expect(await refused(device.record.addEntry(note(first, 'x')))).toEqual({ kind: 'not-found' })
  expect(await refused(device.record.addEntry(note('results.e0.a.b' as EntryId, 'x')))).toEqual({ kind: 'not-found' })
  expect(await refused(device.record.addEntry(note('nowhere' as EntryId, 'x')))).toEqual({
    kind: 'invalid',
    field: 'on',
  })
})

test('what an entry has beside it goes into the bin with it and comes back, but for what was binned before', async () => {
  const device = await imported()
  const id = await idOf(device, 'Potassium')
  const early = await write(device, id, 'Early')
  await write(device, id, 'Late')
  await device.record.binEntry(early)
  device.clock.offsetMs += 1000
  await device.record.binEntry(id)
  expect((await device.record.bin()).map(({ summary }) => summary.id).toSorted()).toEqual([early, id].toSorted())
  await device.record.restoreEntry(id)
  expect(texts(await entry(device, id))).toEqual(['Late'])
})

test('what is beside a private entry is private, and goes with it both ways', async () => {
  const device = await imported()
  const id = await idOf(device, 'Potassium')
  await write(device, id, 'Before')
  const isPrivate = async () => (await entry(device, id)).annotations?.map(each => each.isPrivate === true)
  expect(await device.record.belongings(id)).toEqual([])
  await device.record.makePrivate([id])
  await write(device, id, 'After')
  expect(await isPrivate()).toEqual([true, true])
  expect(await (await device.record.exportFhir({ leavePrivateOut: true })).text()).not.toMatch(/Before|After/)
  await device.record.makeOpen([id])
  expect(await isPrivate()).toEqual([false, false])
})

async function exported(device: RecordDevice): Promise<{ readonly text: string; readonly resources: JsonObject[] }> {
  const text = await (await device.record.exportFhir()).text()
  const bundle = JSON.parse(text) as JsonObject
  return { text, resources: objectsOf(at(bundle, 'entry')).flatMap(each => objectsOf(each['resource'])) }
}

test('an export has notes as FHIR notes where the type has them, else as documents that name the entry', async () => {
  const device = await imported()
  for (const title of ['Potassium', 'Sodium', 'Blood report'])
    await write(device, await idOf(device, title), `On ${title}`)
  const { text, resources } = await exported(device)
  expect(text).toContain(`${RESULT.slice(0, -1)},"note":[{`)
  const found = (type: string, title: string) =>
    resources.find(each => each['resourceType'] === type && at(each, 'code', 'text') === title)
  expect(objectsOf(found('Observation', 'Potassium')?.['note'])).toMatchObject([
    { text: 'On Potassium', time: WRITTEN, authorReference: { reference: expect.stringMatching(/^urn:uuid:/) } },
  ])
  expect(objectsOf(found('Observation', 'Sodium')?.['note']).map(each => each['text'])).toEqual([
    'By a clinic',
    'On Sodium',
  ])
  expect(text).toContain(REPORT)
  const [document, ...others] = resources.filter(each => each['resourceType'] === 'DocumentReference')
  expect(others).toEqual([])
  expect(atob(String(at(document, 'content', 'attachment', 'data')))).toBe('On Blood report')
  expect(at(document, 'context', 'related', 'identifier', 'value')).toMatch(/^urn:uuid:/)
})

test('what was exported with notes is there already when it is brought in again', async () => {
  const device = await imported()
  for (const title of ['Potassium', 'Sodium']) await write(device, await idOf(device, title), `On ${title}`)
  const preview = await device.record.previewImport(await device.record.exportFhir(), 'again.json')
  if (!preview.ok) throw new Error(preview.failure.kind)
  // The person alone: an export names them as typed by hand.
  expect(preview.value.newCount).toBe(1)
})

test('an entry made by hand is exported with its note and what is beside it', async () => {
  const device = await (await makeWorld()).device()
  const added = await device.record.addEntry({
    kind: 'condition',
    name: 'Asthma',
    clinicalStatus: 'active',
    note: 'Own',
  })
  if (!added.ok) throw new Error(added.failure.kind)
  await write(device, added.value, 'Beside')
  const { resources } = await exported(device)
  const condition = resources.find(each => each['resourceType'] === 'Condition')
  expect(objectsOf(condition?.['note']).map(each => each['text'])).toEqual(['Own', 'Beside'])
})
