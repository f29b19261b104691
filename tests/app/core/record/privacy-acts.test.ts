import { expect, test } from 'vitest'
import type { EntryFields, EntryId } from '#schema/record/entry.ts'
import { DAY_MS, makeWorld, type RecordDevice } from './record-world.ts'

const condition = (name: string): EntryFields => ({ kind: 'condition', name, clinicalStatus: 'active' })
const READING = {
  kind: 'blood-pressure',
  takenAt: '2026-03-04T07:30:00+01:00',
  systolicMmHg: 128,
  diastolicMmHg: 81,
  note: 'after coffee',
} as const

async function added(device: RecordDevice, fields: EntryFields, isPrivate = false): Promise<EntryId> {
  const answer = await device.record.addEntry(fields, { isPrivate })
  if (!answer.ok) throw new Error(answer.failure.kind)
  return answer.value
}

const rows = (device: RecordDevice, isPrivate?: boolean) =>
  device.record.timelineRows(isPrivate === undefined ? {} : { isPrivate }, 0, 100)

async function titles(device: RecordDevice, isPrivate?: boolean): Promise<string[]> {
  return (await rows(device, isPrivate)).map(row => row.title).toSorted()
}

async function textOf(device: RecordDevice, log: 'problems' | 'private' | 'vitals'): Promise<string> {
  const found = device.logs.get(log)!
  const docs = await Promise.all(found.shards().map(({ label }) => found.read(label)))
  return JSON.stringify(docs)
}

test('an entry made private keeps its id, its section and its place on every screen, and says what it is', async () => {
  const device = await (await makeWorld()).device()
  const id = await added(device, condition('HIV positive'))
  await added(device, condition('Asthma'))
  expect((await device.record.makePrivate([id])).ok).toBe(true)
  expect(await titles(device)).toEqual(['Asthma', 'HIV positive'])
  expect(await titles(device, true)).toEqual(['HIV positive'])
  expect(await titles(device, false)).toEqual(['Asthma'])
  expect(await device.record.timelineRows({ text: 'hiv', sections: ['problems'] }, 0, 9)).toMatchObject([
    { id, section: 'problems', isPrivate: true },
  ])
  expect((await device.record.facets()).sections).toEqual([{ section: 'problems', count: 2, privateCount: 1 }])
  expect(await textOf(device, 'private')).toContain('HIV positive')
  for (const isCrash of [true, false]) {
    await device.reopen({ isCrash })
    await device.record.idle()
    expect(await titles(device, true)).toEqual(['HIV positive'])
    expect(await titles(device)).toEqual(['Asthma', 'HIV positive'])
  }
})

test('what is private is edited, binned, restored and undone as anything else, and never touches its section’s log', async () => {
  const device = await (await makeWorld()).device()
  const id = await added(device, condition('HIV positive'))
  await device.record.makePrivate([id])
  const before = await textOf(device, 'problems')
  expect((await device.record.editEntry(id, condition('HIV, undetectable'))).ok).toBe(true)
  expect(await titles(device, true)).toEqual(['HIV, undetectable'])
  expect((await device.record.undo()).ok).toBe(true)
  expect(await titles(device, true)).toEqual(['HIV positive'])
  expect((await device.record.binEntry(id)).ok).toBe(true)
  expect(await titles(device)).toEqual([])
  expect((await device.record.bin()).map(({ summary }) => summary)).toMatchObject([{ id, isPrivate: true }])
  expect((await device.record.restoreEntry(id)).ok).toBe(true)
  expect(await titles(device, true)).toEqual(['HIV positive'])
  expect(await textOf(device, 'problems')).toBe(before)
})

test('an entry that is private from the start is nowhere else', async () => {
  const device = await (await makeWorld()).device()
  const id = await added(device, condition('HIV positive'), true)
  const reading = await added(device, READING, true)
  expect(await textOf(device, 'problems')).not.toContain('HIV')
  expect(device.logs.get('vitals')!.shards()).toEqual([])
  expect((await rows(device, true)).map(row => row.id).toSorted()).toEqual([id, reading].toSorted())
  expect((await device.record.undo()).ok).toBe(true)
  expect((await rows(device)).map(row => row.id)).toEqual([id])
})

test('after thirty days in the bin nothing of a private entry is left, and its old place stays hidden', async () => {
  const device = await (await makeWorld()).device()
  const id = await added(device, condition('HIV positive'))
  await device.record.makePrivate([id])
  await device.record.binEntry(id)
  device.clock.offsetMs += 31 * DAY_MS
  await device.reopen()
  await device.record.idle()
  expect(await device.record.bin()).toEqual([])
  expect(await titles(device)).toEqual([])
  expect(await textOf(device, 'private')).not.toContain('HIV')
  expect(await textOf(device, 'problems')).not.toContain('HIV')
})

test('made open again it stands in its section with all that was changed meanwhile; a packed reading too', async () => {
  const device = await (await makeWorld()).device()
  const [id, reading] = [await added(device, condition('HIV positive')), await added(device, READING)]
  await device.record.makePrivate([id, reading])
  await device.record.editEntry(id, condition('HIV, undetectable'))
  await device.record.editEntry(reading, { ...READING, systolicMmHg: 140, note: 'after a run' })
  expect((await device.record.makeOpen([id, reading])).ok).toBe(true)
  expect(await rows(device, true)).toEqual([])
  const open = await rows(device, false)
  expect(open.map(row => row.id).toSorted()).toEqual([id, reading].toSorted())
  expect(open.find(row => row.id === reading)?.value).toMatchObject({ systolicMmHg: 140 })
  expect(await textOf(device, 'problems')).toContain('HIV, undetectable')
  await device.record.makePrivate([id])
  expect(await titles(device, true)).toEqual(['HIV, undetectable'])
})

test('of two devices that say otherwise at once, private counts', async () => {
  const world = await makeWorld()
  const [phone, tablet] = [await world.device(), await world.device()]
  const id = await added(phone, condition('HIV positive'))
  await phone.record.makePrivate([id])
  await world.sync()
  expect(await titles(tablet, true)).toEqual(['HIV positive'])
  await tablet.record.makeOpen([id])
  await world.sync()
  await phone.record.makePrivate([id])
  await phone.record.makeOpen([id])
  await tablet.record.makePrivate([id])
  await world.sync()
  for (const device of [phone, tablet]) expect(await titles(device, true)).toEqual(['HIV positive'])
})

test('two devices that make entries of one bucket private at once lose none', async () => {
  const world = await makeWorld()
  const [phone, tablet] = [await world.device(), await world.device()]
  const [one, two] = [await added(phone, condition('HIV positive')), await added(phone, condition('Depression'))]
  await world.sync()
  await phone.record.makePrivate([one])
  await tablet.record.makePrivate([two])
  await world.sync()
  for (const device of [phone, tablet]) expect(await titles(device, true)).toEqual(['Depression', 'HIV positive'])
  await phone.record.editEntry(two, condition('Depression, over'))
  await world.sync()
  for (const device of [phone, tablet]) expect(await titles(device, true)).toEqual(['Depression, over', 'HIV positive'])
})

test('an export has what is private unless it is left out', async () => {
  const device = await (await makeWorld()).device()
  const id = await added(device, condition('HIV positive'))
  await added(device, condition('Asthma'))
  await device.record.makePrivate([id])
  const whole = await (await device.record.exportFhir()).text()
  expect(whole.match(/HIV positive/g)).toHaveLength(1)
  const open = await (await device.record.exportFhir({ leavePrivateOut: true })).text()
  expect(open).toContain('Asthma')
  expect(open).not.toContain('HIV')
})

test('what is not there, or private already, is not made private again', async () => {
  const device = await (await makeWorld()).device()
  const id = await added(device, condition('HIV positive'))
  expect(await device.record.makePrivate(['problems.e0.a.b' as EntryId])).toMatchObject({
    failure: { kind: 'not-found' },
  })
  await device.record.makePrivate([id])
  expect((await device.record.makePrivate([id])).ok).toBe(true)
  device.store.setFull(true)
  const asthma = device.record.addEntry(condition('Asthma'))
  expect(await asthma).toMatchObject({ failure: { kind: 'not-stored' } })
  expect(await device.record.makeOpen([id])).toMatchObject({ failure: { kind: 'not-stored', why: 'quota' } })
  device.store.setFull(false)
  expect(await titles(device, true)).toEqual(['HIV positive'])
})
