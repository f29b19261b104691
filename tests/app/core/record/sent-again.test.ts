import { expect, test } from 'vitest'
import { bytesOfCommand } from '#app/core/record/command-names.ts'
import { readingKey } from '#app/core/record/stored-entry.ts'
import type { AddOptions } from '#app/core/session.ts'
import type { EntryFields, EntryId } from '#schema/record/entry.ts'
import type { Result } from '#schema/result.ts'
import { makeWorld, type RecordDevice } from './record-world.ts'

const ASTHMA = { kind: 'condition', name: 'Asthma', clinicalStatus: 'active' } as const
const TAKEN_AT = '2026-03-04T08:00:00Z'
const reading = (systolicMmHg: number, note?: string): EntryFields => ({
  kind: 'blood-pressure',
  takenAt: TAKEN_AT,
  systolicMmHg,
  diastolicMmHg: 80,
  ...(note === undefined ? {} : { note }),
})

function value<Value>(result: Result<Value, unknown>): Value {
  if (!result.ok) throw new Error(`refused: ${JSON.stringify(result.failure)}`)
  return result.value
}

const first = (id: string): AddOptions => ({ command: { id, isAgain: false } })
const again = (id: string): AddOptions => ({ command: { id, isAgain: true } })

async function ids({ record }: RecordDevice): Promise<EntryId[]> {
  await record.idle()
  return (await record.timelineRows({}, 0, 1000)).map(row => row.id)
}

const SITTING: readonly EntryFields[] = [
  reading(130),
  reading(130),
  reading(124, 'after a rest'),
  { kind: 'weight', takenAt: TAKEN_AT, weightKg: 71.3 },
  ASTHMA,
  { kind: 'note', title: 'Asked', text: 'About sleep', writtenAt: TAKEN_AT },
]

for (const isPrivate of [false, true]) {
  test(`a command that was stored before its owner died adds nothing more, and answers what it added (private: ${isPrivate})`, async () => {
    const device = await (await makeWorld()).device()
    const added = value(await device.record.addEntries(SITTING, { isPrivate, ...first('c') }))
    await device.reopen({ isCrash: true })
    const saves = device.saves
    expect(value(await device.record.addEntries(SITTING, { isPrivate, ...again('c') }))).toEqual(added)
    expect(device.saves).toBe(saves)
    expect((await ids(device)).toSorted()).toEqual(added.toSorted())
  })

  test(`a command whose owner died before it was stored is carried out once (private: ${isPrivate})`, async () => {
    const device = await (await makeWorld()).device()
    device.store.failNext('aborted')
    expect((await device.record.addEntries(SITTING, { isPrivate, ...first('c') })).ok).toBe(false)
    await device.reopen({ isCrash: true })
    const added = value(await device.record.addEntries(SITTING, { isPrivate, ...again('c') }))
    expect(new Set(added).size).toBe(SITTING.length)
    expect(value(await device.record.addEntries(SITTING, { isPrivate, ...again('c') }))).toEqual(added)
    expect((await ids(device)).toSorted()).toEqual(added.toSorted())
  })
}

test('the same command sent twice to one owner at once is carried out once', async () => {
  const device = await (await makeWorld()).device()
  const both = await Promise.all([
    device.record.addEntry(ASTHMA, first('c')),
    device.record.addEntry(ASTHMA, again('c')),
  ])
  expect(value(both[1])).toBe(value(both[0]))
  expect(await ids(device)).toHaveLength(1)
})

test('another command adds the same once more', async () => {
  const device = await (await makeWorld()).device()
  for (const id of ['c', 'd']) value(await device.record.addEntries([ASTHMA, reading(130)], first(id)))
  value(await device.record.addEntries([ASTHMA, reading(130)], again('e')))
  expect(await ids(device)).toHaveLength(6)
})

test('what it added is found wherever it has gone to since, and stays as it is', async () => {
  const device = await (await makeWorld()).device()
  const list = [ASTHMA, reading(130), reading(131), { ...ASTHMA, name: 'Cough' }]
  const added = value(await device.record.addEntries(list, first('c')))
  const [asthma, high, other, cough] = added as [EntryId, EntryId, EntryId, EntryId]
  value(await device.record.editEntry(cough, { ...ASTHMA, name: 'Cough, dry' }))
  value(await device.record.editEntry(asthma, { ...ASTHMA, name: 'Asthma, mild' }))
  value(await device.record.editEntry(high, reading(120)))
  value(await device.record.makePrivate([asthma, high]))
  value(await device.record.binEntry(other))
  await device.reopen({ isCrash: true })
  expect(value(await device.record.addEntries(list, again('c')))).toEqual(added)
  expect((await ids(device)).toSorted()).toEqual([asthma, high, cough].toSorted())
  for (const [text, id] of [
    ['mild', asthma],
    ['dry', cough],
  ])
    expect((await device.record.timelineRows({ text: text! }, 0, 9)).map(row => row.id)).toEqual([id])
})

test('it is found in a bucket that it was the last to fill', async () => {
  const device = await (await makeWorld()).device()
  value(await device.record.addEntries(Array.from({ length: 99 }, () => ASTHMA)))
  const last = value(await device.record.addEntry(ASTHMA, first('c')))
  await device.reopen({ isCrash: true })
  expect(value(await device.record.addEntry(ASTHMA, again('c')))).toBe(last)
  const next = value(await device.record.addEntry(ASTHMA, first('d')))
  expect(next.split('.')[2]).not.toBe(last.split('.')[2])
})

test('two equal readings of one sitting whose short names are the same are both there, once', async () => {
  const device = await (await makeWorld()).device()
  const nameOf = (command: string, index: number) => readingKey(TAKEN_AT, bytesOfCommand(command, index)(0))
  let count = 0
  while (nameOf(`t${count}`, 0) !== nameOf(`t${count}`, 1)) count++
  const twice = [reading(130), reading(130)]
  const added = value(await device.record.addEntries(twice, first(`t${count}`)))
  await device.reopen({ isCrash: true })
  expect(value(await device.record.addEntries(twice, again(`t${count}`)))).toEqual(added)
  expect((await ids(device)).toSorted()).toEqual(added.toSorted())
  expect(new Set(added).size).toBe(2)
})

/** A command whose reading would have the name that the reading of `id` has. */
function namesake(id: string): string {
  const nameOf = (command: string) => readingKey(TAKEN_AT, bytesOfCommand(command, 0)(0))
  for (let count = 0; ; count++) if (nameOf(`n${count}`) === nameOf(id)) return `n${count}`
}

test('a reading whose short name another one of that minute has is not taken for that one', async () => {
  const device = await (await makeWorld()).device()
  const other = value(await device.record.addEntry(reading(130), first('c')))
  const twin = namesake('c')
  const never = value(await device.record.addEntry(reading(131), again(twin)))
  expect(never).not.toBe(other)
  await device.reopen({ isCrash: true })
  expect(value(await device.record.addEntry(reading(131), again(twin)))).toBe(never)
  expect(await ids(device)).toHaveLength(2)
})

test('what was found can be taken back, as an act of this device', async () => {
  const device = await (await makeWorld()).device()
  value(await device.record.addEntries([ASTHMA, reading(130)], first('c')))
  await device.reopen({ isCrash: true })
  for (let time = 0; time < 2; time++) value(await device.record.addEntries([ASTHMA, reading(130)], again('c')))
  expect(value(await device.record.undo())).toMatchObject({ act: 'add', count: 2 })
  expect(value(await device.record.undo())).toBeUndefined()
  expect(await ids(device)).toEqual([])
})

const FILE = new Blob([
  JSON.stringify({
    resourceType: 'Bundle',
    type: 'collection',
    entry: ['Hay fever', 'Eczema'].map((text, at) => ({
      fullUrl: `urn:uuid:${at}`,
      resource: { resourceType: 'Condition', id: `c${at}`, code: { text } },
    })),
  }),
])

test('an import that was stored before its owner died answers what it brought in; one that was not is gone', async () => {
  const device = await (await makeWorld()).device()
  const lost = value(await device.record.previewImport(FILE, 'clinic.json'))
  await device.reopen({ isCrash: true })
  expect(await device.record.commitImport(lost.importId)).toEqual({ ok: false, failure: { kind: 'gone' } })
  const { importId } = value(await device.record.previewImport(FILE, 'clinic.json'))
  expect(value(await device.record.commitImport(importId))).toEqual({ added: 2 })
  await device.reopen({ isCrash: true })
  expect(value(await device.record.commitImport(importId))).toEqual({ added: 2 })
  expect(await ids(device)).toHaveLength(2)
  value(await device.record.undoImport(importId))
  expect(value(await device.record.undoImport(importId))).toEqual({ removed: 2 })
  expect(await device.record.commitImport(importId)).toEqual({ ok: false, failure: { kind: 'gone' } })
})

test('an import is taken back also before the index is level again', async () => {
  const device = await (await makeWorld()).device()
  const { importId } = value(await device.record.previewImport(FILE, 'clinic.json'))
  value(await device.record.commitImport(importId))
  await device.reopen({ isCrash: true })
  expect(value(await device.record.undoImport(importId))).toEqual({ removed: 2 })
  expect(await ids(device)).toEqual([])
})

test('an import committed twice at once is brought in once', async () => {
  const device = await (await makeWorld()).device()
  const { importId } = value(await device.record.previewImport(FILE, 'clinic.json'))
  const both = await Promise.all([device.record.commitImport(importId), device.record.commitImport(importId)])
  expect(both.map(value)).toEqual([{ added: 2 }, { added: 2 }])
  expect(await ids(device)).toHaveLength(2)
})

test('a choice between two versions that was stored already is not refused', async () => {
  const world = await makeWorld()
  const [phone, tablet] = [await world.device(), await world.device()]
  const id = value(await phone.record.addEntry(ASTHMA))
  await world.sync()
  value(await phone.record.editEntry(id, { ...ASTHMA, name: 'Asthma, mild' }))
  value(await tablet.record.editEntry(id, { ...ASTHMA, name: 'Asthma, severe' }))
  await world.sync()
  value(await phone.record.chooseConflict(id, 'name', 'Asthma, mild'))
  expect(value(await phone.record.chooseConflict(id, 'name', 'Asthma, mild'))).toBeUndefined()
  expect(await phone.record.chooseConflict(id, 'name', 'Asthma, severe')).toMatchObject({
    failure: { kind: 'invalid', field: 'name' },
  })
})
