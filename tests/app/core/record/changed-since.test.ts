import { expect, test } from 'vitest'
import type { EntryDetail, EntryId } from '#schema/record/entry.ts'
import type { Result } from '#schema/result.ts'
import { makeWorld, type RecordDevice } from './record-world.ts'

const ID = 'b5d6cbc0-36f9-4b43-8c8c-2f8e2a1f0a11'

/** One version of a thing that a clinic keeps. */
function problem(text: string, version: { readonly at?: string; readonly id?: string; readonly onset?: string } = {}) {
  return {
    resourceType: 'Condition',
    id: version.id ?? ID,
    ...(version.at === undefined ? {} : { meta: { versionId: version.at, lastUpdated: version.at } }),
    clinicalStatus: { coding: [{ code: 'active' }] },
    code: { coding: [{ system: 'http://snomed.info/sct', code: '195967001' }], text },
    onsetDateTime: version.onset ?? '2011-05',
  }
}

function value<Value>(result: Result<Value, unknown>): Value {
  if (!result.ok) throw new Error(`refused: ${JSON.stringify(result)}`)
  return result.value
}

const fileOf = (...resources: readonly unknown[]) =>
  new Blob([
    JSON.stringify({ resourceType: 'Bundle', type: 'collection', entry: resources.map(resource => ({ resource })) }),
  ])

const previewed = async (device: RecordDevice, ...resources: readonly unknown[]) =>
  value(await device.record.previewImport(fileOf(...resources), 'clinic.json'))

async function bringIn(device: RecordDevice, ...resources: readonly unknown[]) {
  const { importId } = await previewed(device, ...resources)
  return { importId, ...value(await device.record.commitImport(importId)) }
}

const rows = (device: RecordDevice) => device.record.timelineRows({}, 0, 100)
const titles = async (device: RecordDevice) => (await rows(device)).map(row => row.title).toSorted()

function detailOf(device: RecordDevice, id: EntryId): Promise<EntryDetail | undefined> {
  return new Promise(resolve => {
    void device.record.watchEntry(id, resolve)
  })
}

const device = async () => (await makeWorld()).device()

test('a changed version is told with what changed, stands for the earlier one, and leaves with its file', async () => {
  const at = await device()
  await bringIn(at, problem('Asthma', { at: '2024-01-01T00:00:00Z' }))
  const later = problem('Asthma, severe', { at: '2025-01-01T00:00:00Z', onset: '2012' })
  const preview = await previewed(at, later)
  expect(preview).toMatchObject({ newCount: 1, alreadyThereCount: 0 })
  expect(preview.byKind).toEqual([{ kind: 'condition', section: 'problems', isNew: 0, alreadyThere: 0, changed: 1 }])
  expect(preview.changes).toMatchObject({
    count: 1,
    olderCount: 0,
    told: [
      {
        before: { summary: { title: 'Asthma', when: { text: '2011-05' } } },
        after: { summary: { title: 'Asthma, severe', when: { text: '2012' } } },
        isOlder: false,
        isCorrected: false,
        updatedBefore: Date.UTC(2024, 0, 1),
        updatedAfter: Date.UTC(2025, 0, 1),
      },
    ],
  })
  expect(value(await at.record.commitImport(preview.importId))).toEqual({ added: 1 })
  expect(await titles(at)).toEqual(['Asthma, severe'])
  const [row] = await rows(at)
  expect(await detailOf(at, row!.id)).toMatchObject({ versions: [{ summary: { title: 'Asthma' }, isNewer: false }] })
  const earlier = (await detailOf(at, row!.id))!.versions![0]!.summary
  expect(await detailOf(at, earlier.id)).toMatchObject({ versions: [{ isNewer: true }] })
  for (const isCrash of [true, false]) {
    await at.reopen({ isCrash })
    await at.record.idle()
    expect(await titles(at)).toEqual(['Asthma, severe'])
  }
  expect(await previewed(at, later)).toMatchObject({ newCount: 0, alreadyThereCount: 1 })
  value(await at.record.undoImport(preview.importId))
  expect(await titles(at)).toEqual(['Asthma'])
})

test('an older version is left out unless it is chosen, and then stands behind the newer one', async () => {
  const at = await device()
  await bringIn(at, problem('Asthma, severe', { at: '2025-01-01T00:00:00Z' }))
  const older = problem('Asthma', { at: '2024-01-01T00:00:00Z' })
  const preview = await previewed(at, older)
  expect(preview).toMatchObject({ newCount: 0, changes: { count: 0, olderCount: 1, told: [{ isOlder: true }] } })
  expect(value(await at.record.commitImport(preview.importId))).toEqual({ added: 0 })
  expect(await at.record.imports()).toHaveLength(1)
  const again = await previewed(at, older)
  expect(value(await at.record.commitImport(again.importId, [], true))).toEqual({ added: 1 })
  expect(await titles(at)).toEqual(['Asthma, severe'])
  const [row] = await rows(at)
  expect((await detailOf(at, row!.id))?.versions).toMatchObject([{ summary: { title: 'Asthma' }, isNewer: false }])
})

test('what the person corrected goes on standing, and what is attached to a version belongs to the thing', async () => {
  const at = await device()
  await bringIn(at, problem('Asthma'))
  const [before] = await rows(at)
  const fields = { kind: 'condition', name: 'Asthma since school', clinicalStatus: 'active' } as const
  value(await at.record.editEntry(before!.id, fields))
  const preview = await previewed(at, problem('Asthma, severe'))
  expect(preview.changes?.told).toMatchObject([
    { isCorrected: true, before: { summary: { title: 'Asthma since school' } } },
  ])
  value(await at.record.commitImport(preview.importId))
  expect(await titles(at)).toEqual(['Asthma since school'])
  const detail = (await detailOf(at, before!.id))!
  expect(detail.fields).toEqual(fields)
  expect(detail.versions).toMatchObject([{ summary: { title: 'Asthma, severe' }, isNewer: true }])
  // The search finds a thing by what any version says.
  expect(await at.record.timelineRows({ text: 'severe' }, 0, 9)).toHaveLength(1)
  expect(await at.record.timelineRows({ sources: [preview.importId] }, 0, 9)).toHaveLength(1)
})

test('all versions go into the bin and come out of it together', async () => {
  const at = await device()
  await bringIn(at, problem('Asthma', { at: '2024-01-01T00:00:00Z' }))
  await bringIn(at, problem('Asthma, severe', { at: '2025-01-01T00:00:00Z' }))
  const [row] = await rows(at)
  value(await at.record.binEntry(row!.id))
  expect(await titles(at)).toEqual([])
  expect((await at.record.bin()).map(({ summary }) => summary.title)).toEqual(['Asthma, severe'])
  value(await at.record.restoreEntry(row!.id))
  expect(await titles(at)).toEqual(['Asthma, severe'])
  value(await at.record.undo())
  expect(await titles(at)).toEqual([])
  value(await at.record.undo())
  expect(await titles(at)).toEqual(['Asthma, severe'])
})

test.each([
  ['an order’s number that stands on two results', { resourceType: 'Observation', identifier: [{ value: '7' }] }],
  ['a bare id of nobody knows which clinic', { resourceType: 'Observation', id: '1' }],
])('%s tells no versions: both are shown', async (_name, resource) => {
  const at = await device()
  await bringIn(at, { ...resource, code: { text: 'Glucose' }, valueString: '5' })
  await bringIn(at, { ...resource, code: { text: 'Glucose' }, valueString: '6' })
  expect(await rows(at)).toHaveLength(2)
})

test('one name for two things hides neither', async () => {
  const at = await device()
  await bringIn(at, problem('Asthma'))
  const other = { ...problem('Fracture'), code: { text: 'Fracture' } }
  expect((await previewed(at, other)).changes).toBeUndefined()
  await bringIn(at, other)
  expect(await titles(at)).toEqual(['Asthma', 'Fracture'])
})

test('a version of what is private arrives private, and making one private takes all along', async () => {
  const at = await device()
  await bringIn(at, problem('Asthma'))
  await bringIn(at, problem('Asthma, severe'))
  const [row] = await rows(at)
  value(await at.record.makePrivate([row!.id]))
  expect(await at.record.timelineRows({ isPrivate: false }, 0, 9)).toEqual([])
  await bringIn(at, problem('Asthma, mild'))
  expect(await rows(at)).toMatchObject([{ title: 'Asthma, mild', isPrivate: true }])
  expect((await detailOf(at, (await rows(at))[0]!.id))?.versions).toHaveLength(2)
})

test('a Bundle has every version byte for byte', async () => {
  const at = await device()
  const [first, second] = [problem('Asthma'), problem('Asthma, severe')]
  await bringIn(at, first)
  await bringIn(at, second)
  const text = await (await at.record.exportFhir()).text()
  expect(text).toContain(JSON.stringify(first))
  expect(text).toContain(JSON.stringify(second))
})
