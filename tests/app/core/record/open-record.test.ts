import { expect, test } from 'vitest'
import type { Home, Session, TimelineQuery } from '#app/core/session.ts'
import { instant } from '#schema/instant.ts'
import type { EntryDetail, EntryFields, EntryId } from '#schema/record/entry.ts'
import type { Result } from '#schema/result.ts'
import { DAY_MS, makeWorld, type RecordDevice } from './record-world.ts'

const ASTHMA = { kind: 'condition', name: 'Asthma', clinicalStatus: 'active', since: '2019' } as const
const PEANUT = { kind: 'allergy', substance: 'Peanut', severity: 'severe' } as const
const NOTE = { kind: 'note', title: 'Asked', text: 'About sleep', writtenAt: '2026-03-01T10:00:00Z' } as const
const reading = (minute: number, systolicMmHg = 120) =>
  ({
    kind: 'blood-pressure',
    takenAt: `2026-03-04T07:${String(minute).padStart(2, '0')}:00+01:00`,
    systolicMmHg,
    diastolicMmHg: 80,
  }) as const

function value<Value>(result: Result<Value, unknown>): Value {
  if (!result.ok) throw new Error(`refused: ${JSON.stringify(result.failure)}`)
  return result.value
}

type Reads = Pick<Session, 'timelineRows' | 'watchEntry' | 'watchHome'>

const titles = async (record: Reads, query: TimelineQuery = {}) =>
  (await record.timelineRows(query, 0, 1000)).map(row => row.title)

async function detailOf(record: Reads, id: EntryId): Promise<EntryDetail | undefined> {
  let found: EntryDetail | undefined
  const stop = await record.watchEntry(id, entry => {
    found = entry
  })
  stop()
  return found
}

async function homeOf(record: Reads): Promise<Home> {
  let found: Home | undefined
  const stop = await record.watchHome(home => {
    found = home
  })
  stop()
  if (found === undefined) throw new Error('home was not told at once')
  return found
}

const add = async (device: RecordDevice, fields: EntryFields) => value(await device.record.addEntry(fields))

const BUNDLE = {
  resourceType: 'Bundle',
  type: 'collection',
  entry: [
    {
      fullUrl: 'urn:uuid:1',
      resource: {
        resourceType: 'Condition',
        id: 'c1',
        clinicalStatus: { coding: [{ code: 'active' }] },
        code: { text: 'Hay fever' },
        onsetDateTime: '2011-05',
      },
    },
    {
      fullUrl: 'urn:uuid:2',
      resource: {
        resourceType: 'MedicationRequest',
        id: 'm1',
        status: 'active',
        intent: 'order',
        medicationReference: { reference: 'urn:uuid:3' },
        authoredOn: '2020-01-02',
      },
    },
    { fullUrl: 'urn:uuid:3', resource: { resourceType: 'Medication', id: 'x', code: { text: 'Cetirizine 10 mg' } } },
  ],
}

const bundleFile = (bundle: unknown = BUNDLE) => new Blob([JSON.stringify(bundle)])

async function bringIn(device: RecordDevice, file = bundleFile(), fileName = 'clinic.json') {
  const preview = value(await device.record.previewImport(file, fileName))
  return { preview, ...value(await device.record.commitImport(preview.importId)) }
}

test('what a person adds is durable, in the timeline, on the home page, and there again after unlock', async () => {
  const device = await (await makeWorld()).device()
  const ids = [
    await add(device, ASTHMA),
    await add(device, PEANUT),
    await add(device, NOTE),
    await add(device, reading(1)),
  ]
  await add(device, { kind: 'weight', takenAt: '2026-03-04T07:30:00+01:00', weightKg: 71.3, note: 'before breakfast' })
  await add(device, { kind: 'medicine', name: 'Salbutamol', status: 'taking', directions: 'two puffs' })
  expect(device.saves).toBe(6)
  for (const isCrash of [false, true]) {
    await device.reopen({ isCrash })
    const { record } = device
    await record.idle()
    const home = await homeOf(record)
    expect(home).toMatchObject({ personName: 'Ada', total: 6 })
    expect(home.problems.map(row => row.title)).toEqual(['Asthma'])
    expect(home.allergies.map(row => row.title)).toEqual(['Peanut'])
    expect(home.medicines.map(row => row.title)).toEqual(['Salbutamol'])
    expect(home.latestBloodPressure[0]?.value).toEqual({ type: 'blood-pressure', systolicMmHg: 120, diastolicMmHg: 80 })
    expect(home.latestWeight).toHaveLength(1)
    expect((await detailOf(record, ids[0]!))?.fields).toEqual(ASTHMA)
    expect((await detailOf(record, ids[3]!))?.fields).toEqual(reading(1))
    expect((await detailOf(record, ids[2]!))?.summary.source).toEqual({ type: 'self' })
  }
})

test('unlock opens no document when the index is level with them, and rebuilds what moved without it', async () => {
  const device = await (await makeWorld()).device()
  await add(device, ASTHMA)
  await bringIn(device)
  await device.reopen()
  expect((await homeOf(device.record)).total).toBe(4)
  expect(device.opened).toBe(0)
  await add(device, PEANUT)
  await device.reopen({ isCrash: true })
  await device.record.idle()
  expect((await homeOf(device.record)).total).toBe(5)
  expect(device.opened).toBe(1)
})

test('invalid fields are refused by name, and nothing is saved', async () => {
  const device = await (await makeWorld()).device()
  expect(await device.record.addEntry({ ...reading(1), systolicMmHg: 4000 })).toEqual({
    ok: false,
    failure: { kind: 'invalid', field: 'systolicMmHg' },
  })
  const id = await add(device, ASTHMA)
  expect(await device.record.editEntry(id, PEANUT)).toEqual({ ok: false, failure: { kind: 'invalid', field: 'kind' } })
  const nowhere = 'problems.e0.none.x' as EntryId
  expect(await device.record.editEntry(nowhere, ASTHMA)).toEqual({ ok: false, failure: { kind: 'not-found' } })
  expect(await device.record.binEntry('nonsense' as EntryId)).toEqual({ ok: false, failure: { kind: 'not-found' } })
  expect(device.saves).toBe(1)
})

test('a refused transaction leaves the record as it was', async () => {
  const device = await (await makeWorld()).device()
  const id = await add(device, ASTHMA)
  device.store.failNext('quota')
  expect(await device.record.addEntry(PEANUT)).toEqual({ ok: false, failure: { kind: 'not-stored', why: 'quota' } })
  device.store.failNext('quota')
  expect((await device.record.editEntry(id, { ...ASTHMA, name: 'Other' })).ok).toBe(false)
  await device.record.idle()
  expect(await titles(device.record)).toEqual(['Asthma'])
  expect(await device.record.undoable()).toEqual({ act: 'add', title: 'Asthma', count: 1 })
  await add(device, PEANUT)
  expect(await titles(device.record)).toHaveLength(2)
})

test('the readings of one sitting are saved and taken back as one act, or not at all', async () => {
  const device = await (await makeWorld()).device()
  const { record } = device
  const reading = { kind: 'blood-pressure', diastolicMmHg: 80, takenAt: '2026-03-04T08:00:00Z' } as const
  const both = [130, 124].map(systolicMmHg => ({ ...reading, systolicMmHg }))
  device.store.failNext('quota')
  expect(await record.addEntries(both)).toEqual({ ok: false, failure: { kind: 'not-stored', why: 'quota' } })
  expect(await record.addEntries([...both, { ...reading, systolicMmHg: 0 }])).toMatchObject({
    failure: { kind: 'invalid', field: 'systolicMmHg' },
  })
  expect((await homeOf(record)).total).toBe(0)
  const saves = device.saves
  expect(new Set(value(await record.addEntries(both))).size).toBe(2)
  expect(device.saves).toBe(saves + 1)
  expect((await homeOf(record)).latestBloodPressure).toHaveLength(2)
  expect(value(await record.undo())).toMatchObject({ act: 'add', count: 2 })
  expect(await record.undoable()).toBeUndefined()
  expect(await record.bin()).toHaveLength(2)
  await device.reopen({ isCrash: true })
  await device.record.idle()
  expect(await device.record.bin()).toHaveLength(2)
})

test('undo takes back add, edit, bin and restore, the newest first', async () => {
  const device = await (await makeWorld()).device()
  const { record } = device
  const id = await add(device, ASTHMA)
  value(await record.editEntry(id, { ...ASTHMA, name: 'Mild asthma', note: 'better' }))
  value(await record.binEntry(id))
  value(await record.restoreEntry(id))
  expect(await record.undoable()).toEqual({ act: 'restore', title: 'Mild asthma', count: 1 })
  expect(value(await record.undo())?.act).toBe('restore')
  expect(await titles(record)).toEqual([])
  expect((await record.bin()).map(each => each.summary.title)).toEqual(['Mild asthma'])
  expect(value(await record.undo())?.act).toBe('bin')
  expect(await titles(record)).toEqual(['Mild asthma'])
  expect(value(await record.undo())?.act).toBe('edit')
  expect((await detailOf(record, id))?.fields).toEqual(ASTHMA)
  expect(value(await record.undo())?.act).toBe('add')
  expect(await titles(record)).toEqual([])
  expect(value(await record.undo())).toBeUndefined()
})

test('the bin keeps for 30 days; the unlock after that deletes for good', async () => {
  const device = await (await makeWorld()).device()
  const ids = [await add(device, ASTHMA), await add(device, { ...reading(3), note: 'n' })]
  for (const id of ids) value(await device.record.binEntry(id))
  const [binned] = await device.record.bin()
  expect((binned?.goneAt ?? 0) - (binned?.binnedAt ?? 0)).toBe(30 * DAY_MS)
  device.clock.offsetMs += 29 * DAY_MS
  await device.reopen()
  await device.record.idle()
  expect(await device.record.bin()).toHaveLength(2)
  device.clock.offsetMs += DAY_MS
  await device.reopen()
  await device.record.idle()
  expect(await device.record.bin()).toEqual([])
  expect(await detailOf(device.record, ids[0]!)).toBeUndefined()
  expect(await device.record.restoreEntry(ids[1]!)).toEqual({ ok: false, failure: { kind: 'not-found' } })
})

test('a file is previewed, brought in once, and its rows know what other resources of it say', async () => {
  const device = await (await makeWorld()).device()
  const states: string[] = []
  await device.record.watchImport(progress => states.push(progress.kind))
  const { preview, added } = await bringIn(device)
  expect(preview).toMatchObject({ newCount: 3, alreadyThereCount: 0, fileName: 'clinic.json' })
  expect(added).toBe(3)
  expect(states).toEqual(expect.arrayContaining(['idle', 'reading', 'saving', 'done']))
  const again = await bringIn(device)
  expect([again.preview.newCount, again.added]).toEqual([0, 0])
  expect(await device.record.imports()).toMatchObject([{ fileName: 'clinic.json', count: 3, isUndone: false }])
  for (const isCrash of [false, true]) {
    await device.reopen({ isCrash })
    await device.record.idle()
    const [medicine] = await device.record.timelineRows({ kinds: ['medicine'], sections: ['medicines'] }, 0, 1)
    expect(medicine?.title).toBe('Cetirizine 10 mg')
    const { importId } = preview
    expect(medicine?.source).toEqual({ type: 'import', importId, fileName: 'clinic.json' })
    expect(JSON.parse((await detailOf(device.record, medicine!.id))?.original ?? '')).toEqual(BUNDLE.entry[1]?.resource)
  }
})

test('commitImport() answers gone for another preview, and a cancelled import leaves nothing', async () => {
  const device = await (await makeWorld()).device()
  const first = value(await device.record.previewImport(bundleFile(), 'a.json'))
  const second = value(await device.record.previewImport(bundleFile(), 'b.json'))
  expect(await device.record.commitImport(first.importId)).toEqual({ ok: false, failure: { kind: 'gone' } })
  const committing = device.record.commitImport(second.importId)
  await device.record.cancelImport()
  expect(await committing).toEqual({ ok: false, failure: { kind: 'cancelled' } })
  expect(await device.record.imports()).toEqual([])
  expect(await titles(device.record)).toEqual([])
  expect(await device.record.commitImport(second.importId)).toEqual({ ok: false, failure: { kind: 'gone' } })
})

test('the name of a file cannot turn the words around it', async () => {
  const device = await (await makeWorld()).device()
  const preview = value(await device.record.previewImport(bundleFile(), 'lab\u202Enosj.exe'))
  expect(preview.fileName).toBe('lab nosj.exe')
  value(await device.record.commitImport(preview.importId))
  expect((await device.record.imports()).map(({ fileName }) => fileName)).toEqual(['lab nosj.exe'])
})

test('an import is cancelled until its first write, and leaves nothing; after that it is whole and can be undone', async () => {
  const device = await (await makeWorld()).device()
  const commits = device.store.commits
  const preview = value(await device.record.previewImport(bundleFile(), 'clinic.json'))
  const stop = await device.record.watchImport(({ kind, done }) => {
    if (kind === 'saving' && done >= 0.9) void device.record.cancelImport()
  })
  expect(await device.record.commitImport(preview.importId)).toEqual({ ok: false, failure: { kind: 'cancelled' } })
  stop()
  expect(device.store.commits).toBe(commits)
  expect(await titles(device.record)).toEqual([])
  expect(await device.record.imports()).toEqual([])

  const again = value(await device.record.previewImport(bundleFile(), 'clinic.json'))
  const commit = device.store.commit.bind(device.store)
  device.store.commit = writes => {
    void device.record.cancelImport()
    return commit(writes)
  }
  expect(value(await device.record.commitImport(again.importId))).toEqual({ added: 3 })
  device.store.commit = commit
  expect(await titles(device.record)).toHaveLength(3)
  expect(value(await device.record.undo())).toMatchObject({ act: 'import', count: 3 })
  expect(await titles(device.record)).toEqual([])
})

test('an import that the disk refuses leaves nothing, and can be tried again', async () => {
  const device = await (await makeWorld()).device()
  const preview = value(await device.record.previewImport(bundleFile(), 'clinic.json'))
  device.store.failNext('quota')
  expect(await device.record.commitImport(preview.importId)).toEqual({
    ok: false,
    failure: { kind: 'not-stored', why: 'quota' },
  })
  expect(await titles(device.record)).toEqual([])
  expect(await device.record.imports()).toEqual([])
  expect(value(await device.record.commitImport(preview.importId))).toEqual({ added: 3 })
  await device.reopen({ isCrash: true })
  await device.record.idle()
  expect(await titles(device.record)).toHaveLength(3)
})

test('an import is undone as one step, and the same file brings it back', async () => {
  const device = await (await makeWorld()).device()
  await add(device, ASTHMA)
  const { preview } = await bringIn(device)
  expect(value(await device.record.undo())).toEqual({ act: 'import', title: 'clinic.json', count: 3 })
  expect(await titles(device.record)).toEqual(['Asthma'])
  expect(await device.record.imports()).toMatchObject([{ isUndone: true }])
  expect((await bringIn(device)).added).toBe(3)
  expect(await device.record.imports()).toMatchObject([{ importId: preview.importId, isUndone: false }])
  expect(value(await device.record.undoImport(preview.importId))).toEqual({ removed: 3 })
  expect(value(await device.record.undoImport(preview.importId))).toEqual({ removed: 3 })
  expect(await device.record.undoable()).toMatchObject({ act: 'add' })
  const larger = { ...BUNDLE, entry: [...BUNDLE.entry, { resource: { resourceType: 'Goal', id: 'g' } }] }
  expect((await bringIn(device, bundleFile(larger), 'more.json')).added).toBe(4)
  expect((await homeOf(device.record)).total).toBe(5)
})

test('an import that was taken back is deleted for good after 30 days', async () => {
  const device = await (await makeWorld()).device()
  const { preview } = await bringIn(device)
  value(await device.record.undoImport(preview.importId))
  device.clock.offsetMs += 31 * DAY_MS
  await device.reopen()
  await device.record.idle()
  expect((await bringIn(device)).preview.newCount).toBe(3)
  expect(await device.record.imports()).toMatchObject([{ isUndone: false }, { isUndone: true }])
})

test('an imported entry is corrected beside its original, and exports with it', async () => {
  const device = await (await makeWorld()).device()
  const { record } = device
  await bringIn(device)
  await add(device, reading(5))
  const [row] = await record.timelineRows({ kinds: ['condition'] }, 0, 1)
  const before = await detailOf(record, row!.id)
  expect(before?.fields).toBeUndefined()
  expect(before?.correctionDraft).toMatchObject({ kind: 'condition', name: 'Hay fever' })
  value(await record.editEntry(row!.id, { kind: 'condition', name: 'Pollen allergy', clinicalStatus: 'remission' }))
  const after = await detailOf(record, row!.id)
  expect(after?.summary.title).toBe('Pollen allergy')
  expect(after?.summary.resourceType).toBe('Condition')
  expect(after?.original).toBe(before?.original)
  const exported = JSON.parse(await (await record.exportFhir()).text())
  const resources = exported.entry.map((entry: { resource: unknown }) => entry.resource)
  for (const { resource } of BUNDLE.entry) expect(resources).toContainEqual(resource)
  expect(resources).toContainEqual(expect.objectContaining({ resourceType: 'Observation' }))
  value(await record.undo())
  expect((await detailOf(record, row!.id))?.fields).toBeUndefined()
  expect(await titles(record, { kinds: ['condition'] })).toEqual(['Hay fever'])
})

test('readings() answers a span of one measure, newest first', async () => {
  const device = await (await makeWorld()).device()
  await Promise.all([1, 2, 3].map(minute => add(device, reading(minute, 120 + minute))))
  const at = (minute: number) => instant(Date.parse(reading(minute).takenAt))
  const rows = await device.record.readings('blood-pressure', at(2), at(3))
  expect(rows.map(row => row.when?.sortAt)).toEqual([at(3), at(2)])
  expect(await device.record.readings('weight', at(1), at(3))).toEqual([])
})

test('acts of one moment share one transaction', async () => {
  const device = await (await makeWorld()).device()
  await Promise.all(Array.from({ length: 10 }, (_, at) => add(device, reading(at))))
  expect(device.saves).toBeLessThanOrEqual(2)
  expect(await titles(device.record)).toHaveLength(10)
})

test('two devices: edits of one field are a choice on both until one chooses; other fields merge', async () => {
  const world = await makeWorld()
  const [phone, desk] = [await world.device(), await world.device()]
  const id = await add(phone, ASTHMA)
  await world.sync()
  expect((await detailOf(desk.record, id))?.fields).toEqual(ASTHMA)
  value(await phone.record.editEntry(id, { ...ASTHMA, name: 'Mild asthma', note: 'since May' }))
  value(await desk.record.editEntry(id, { ...ASTHMA, name: 'Severe asthma', since: '2018' }))
  await world.sync()
  for (const device of [phone, desk]) {
    const detail = await detailOf(device.record, id)
    expect(detail?.fields).toMatchObject({ note: 'since May', since: '2018' })
    expect(detail?.conflicts.map(each => each.field)).toEqual(['name'])
    expect(new Set(detail?.conflicts[0]?.candidates.map(each => each.value))).toEqual(
      new Set(['Mild asthma', 'Severe asthma']),
    )
    expect((await homeOf(device.record)).conflicts).toEqual([id])
    expect(detail?.summary.isDisputed).toBe(true)
  }
  expect(await desk.record.chooseConflict(id, 'name', 'Something else')).toMatchObject({ ok: false })
  value(await desk.record.chooseConflict(id, 'name', 'Mild asthma'))
  await world.sync()
  for (const device of [phone, desk]) {
    expect((await detailOf(device.record, id))?.conflicts).toEqual([])
    expect((await detailOf(device.record, id))?.fields).toMatchObject({ name: 'Mild asthma' })
    expect((await homeOf(device.record)).conflicts).toEqual([])
    expect((await detailOf(device.record, id))?.summary.isDisputed).toBeUndefined()
  }
})

test('two devices that add, measure and import at once end with the same record', async () => {
  const world = await makeWorld()
  const devices = [await world.device(), await world.device()]
  await world.sync()
  await Promise.all(
    devices.map(async (device, at) => {
      await add(device, { ...ASTHMA, name: `Problem ${at}` })
      await add(device, reading(at))
      await add(device, reading(30))
      await bringIn(device)
    }),
  )
  await world.sync()
  const [one, two] = await Promise.all(devices.map(device => device.record.timelineRows({}, 0, 100)))
  expect(one).toEqual(two)
  expect(one).toHaveLength(2 + 4 + 3)
  for (const device of devices) {
    await device.reopen()
    expect(await device.record.timelineRows({}, 0, 100)).toEqual(one)
  }
})

test('watchers are told at once and after changes, theirs and others’', async () => {
  const world = await makeWorld()
  const [phone, desk] = [await world.device(), await world.device()]
  const totals: number[] = []
  const stop = await desk.record.watchTimeline({}, overview => totals.push(overview.total))
  const id = await add(phone, ASTHMA)
  await world.sync()
  const seen: (string | undefined)[] = []
  await desk.record.watchEntry(id, entry => seen.push(entry?.summary.title))
  value(await phone.record.editEntry(id, { ...ASTHMA, name: 'Mild asthma' }))
  await world.sync()
  await desk.record.idle()
  stop()
  await add(desk, PEANUT)
  await desk.record.idle()
  expect(totals[0]).toBe(0)
  expect(totals.at(-1)).toBe(1)
  expect(seen).toEqual(['Asthma', 'Mild asthma'])
})

test('idle() waits for acts that were begun, also while they read what they are about', async () => {
  const device = await (await makeWorld()).device()
  const id = value(await device.record.addEntry(ASTHMA))
  await device.reopen()
  const { store } = device
  const get = store.get.bind(store)
  store.get = async (table, key) => {
    await new Promise(resolve => setTimeout(resolve, 50))
    return get(table, key)
  }
  await device.record.idle()
  const done: unknown[] = []
  void device.record.editEntry(id, { ...ASTHMA, name: 'COPD' }).then(answer => done.push(answer.ok))
  await device.record.idle()
  expect(done).toEqual([true])
})
