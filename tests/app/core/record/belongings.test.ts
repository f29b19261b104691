import { expect, test } from 'vitest'
import type { EntryFields, EntryId } from '#schema/record/entry.ts'
import { makeWorld, type RecordDevice } from './record-world.ts'

const condition = (name: string): EntryFields => ({ kind: 'condition', name, clinicalStatus: 'active' })
const coded = (code: string, text: string) => ({
  coding: [{ system: 'http://snomed.info/sct', code, display: `${text} (disorder)` }],
  text,
})

const RESOURCES = [
  { resourceType: 'Patient', id: 'p', name: [{ text: 'Ada' }] },
  {
    resourceType: 'Condition',
    id: 'hiv',
    code: coded('86406008', 'HIV infection'),
    subject: { reference: 'Patient/p' },
    evidence: [{ detail: [{ reference: 'Observation/load' }, { reference: 'Observation/shared' }] }],
  },
  { resourceType: 'Condition', id: 'flu', code: coded('6142004', 'Influenza'), subject: { reference: 'Patient/p' } },
  {
    resourceType: 'MedicationRequest',
    id: 'art',
    status: 'active',
    intent: 'order',
    medicationCodeableConcept: { text: 'Dolutegravir' },
    reasonReference: [{ reference: 'https://clinic.example/fhir/Condition/hiv/_history/2' }],
    subject: { reference: 'Patient/p' },
  },
  {
    resourceType: 'MedicationAdministration',
    id: 'dose',
    status: 'completed',
    medicationCodeableConcept: { text: 'Dose given' },
    request: { reference: 'MedicationRequest/art' },
    subject: { reference: 'Patient/p' },
  },
  {
    resourceType: 'Observation',
    id: 'load',
    status: 'final',
    code: { text: 'Viral load' },
    subject: { reference: 'Patient/p' },
  },
  { resourceType: 'Observation', id: 'shared', status: 'final', code: { text: 'Blood count' } },
  {
    resourceType: 'DiagnosticReport',
    id: 'report',
    status: 'final',
    code: { text: 'Yearly report' },
    result: [{ reference: 'Observation/shared' }],
  },
  { resourceType: 'Provenance', id: 'all', target: [{ reference: 'Condition/hiv' }, { reference: 'Condition/flu' }] },
] as const

async function worldWithFile(): Promise<RecordDevice> {
  const device = await (await makeWorld()).device()
  const bundle = { resourceType: 'Bundle', type: 'collection', entry: RESOURCES.map(resource => ({ resource })) }
  const preview = await device.record.previewImport(new Blob([JSON.stringify(bundle)]), 'clinic.json')
  if (!preview.ok) throw new Error(preview.failure.kind)
  await device.record.commitImport(preview.value.importId)
  return device
}

async function idOf(device: RecordDevice, title: string): Promise<EntryId> {
  const row = (await device.record.timelineRows({}, 0, 100)).find(each => each.title === title)
  if (row === undefined) throw new Error(`There is no ${title}`)
  return row.id
}

async function found(device: RecordDevice, title: string): Promise<Record<string, string>> {
  const belongings = await device.record.belongings(await idOf(device, title))
  return Object.fromEntries(belongings.map(({ summary, why }) => [summary.title || summary.resourceType, why]))
}

test('belongings() finds what refers to an entry, over others too, and what it alone refers to', async () => {
  const device = await worldWithFile()
  expect(await found(device, 'HIV infection')).toEqual({
    Dolutegravir: 'refers-to-it',
    'Dose given': 'refers-to-it',
    Provenance: 'refers-to-it',
    'Viral load': 'only-in-it',
  })
})

test('belongings() finds the same thing once more and what names it in words, typed or brought in', async () => {
  const device = await worldWithFile()
  await device.record.addEntry(condition('HIV infection'))
  await device.record.addEntry({ kind: 'medicine', name: 'Tablet', reason: 'for my HIV', status: 'taking' })
  await device.record.addEntry(condition('HIVES after nuts'))
  await device.record.addEntry({
    kind: 'note',
    title: 'Clinic',
    text: 'They spoke of hiv infection',
    writtenAt: '2026-01-02T10:00:00+01:00',
  })
  const belongings = await device.record.belongings(await idOf(device, 'Dolutegravir'))
  expect(belongings.map(({ summary }) => summary.title)).toEqual(['HIV infection', 'Dose given'])
  expect(await found(device, 'HIV infection')).toMatchObject({
    'HIV infection': 'same',
    Tablet: 'names-it',
    Clinic: 'names-it',
  })
  expect(await found(device, 'HIV infection')).not.toHaveProperty('HIVES after nuts')
})

test('belongings() says nothing of what is private already, and nothing of an entry that is not there', async () => {
  const device = await worldWithFile()
  await device.record.makePrivate([await idOf(device, 'Dolutegravir')])
  expect(Object.keys(await found(device, 'HIV infection'))).not.toContain('Dolutegravir')
  expect(await device.record.belongings('problems.e0.a.b' as EntryId)).toEqual([])
})

test('a later file’s changed version of a private entry arrives private', async () => {
  const device = await worldWithFile()
  await device.record.makePrivate([await idOf(device, 'HIV infection')])
  const changed = RESOURCES.map(resource =>
    resource.id === 'hiv' ? { ...resource, code: coded('86406008', 'HIV infection, treated') } : resource,
  )
  const bundle = { resourceType: 'Bundle', type: 'collection', entry: changed.map(resource => ({ resource })) }
  const preview = await device.record.previewImport(new Blob([JSON.stringify(bundle)]), 'clinic.json')
  if (!preview.ok) throw new Error(preview.failure.kind)
  expect(await device.record.commitImport(preview.value.importId)).toMatchObject({ value: { added: 1 } })
  const isPrivate = async () => (await device.record.timelineRows({ isPrivate: true }, 0, 9)).map(row => row.title)
  expect((await isPrivate()).toSorted()).toEqual(['HIV infection', 'HIV infection, treated'])
  expect(device.logs.get('problems')!.shards()).toHaveLength(1)
  await device.reopen({ isCrash: true })
  await device.record.idle()
  expect(await isPrivate()).toHaveLength(2)
})
