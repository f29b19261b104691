import { expect, test } from 'vitest'
import type { Tracked } from '#app/core/track-session.ts'
import { instant } from '#schema/instant.ts'
import type { EntryDetail, EntryFields, EntryId } from '#schema/record/entry.ts'
import { makeWorld, type RecordDevice } from './record-world.ts'

const TAKEN = '2026-03-04T07:10:00+01:00'
const ALWAYS = [instant(0), instant(8.64e15)] as const

const TYPED: readonly EntryFields[] = [
  { kind: 'measure', measure: 'glucose', takenAt: TAKEN, value: 5.4, unit: 'mmol/L', context: 'fasting' },
  { kind: 'measure', measure: 'own', takenAt: TAKEN, value: 3, unit: 'cups', name: 'Coffee' },
  { kind: 'symptom', name: 'Headache', severity: 6, takenAt: TAKEN, relief: 'a walk' },
  { kind: 'goal', measure: 'glucose', unit: 'mmol/L', low: 4, high: 7, status: 'active' },
  { kind: 'blood-pressure', takenAt: TAKEN, systolicMmHg: 128, diastolicMmHg: 82, medicine: 'after' },
]

async function detailOf(device: RecordDevice, id: EntryId): Promise<EntryDetail | undefined> {
  let found: EntryDetail | undefined
  const stop = await device.record.watchEntry(id, entry => {
    found = entry
  })
  stop()
  return found
}

async function trackedIn(device: RecordDevice): Promise<Tracked | undefined> {
  let found: Tracked | undefined
  const stop = await device.record.watchTracked(tracked => {
    found = tracked
  })
  stop()
  return found
}

test('measures, symptoms and goals are kept as they were typed, edited field by field, and followed', async () => {
  const device = await (await makeWorld()).device()
  const added = await device.record.addEntries(TYPED)
  const ids = added.ok ? added.value : []
  const kept = await Promise.all(ids.map(async id => (await detailOf(device, id))?.fields))
  expect(kept).toEqual(TYPED)
  const tracked = await trackedIn(device)
  expect(new Set(tracked?.measures.map(({ measure }) => measure))).toEqual(
    new Set(['glucose', 'own:coffee', 'blood-pressure']),
  )
  expect(tracked?.goals[0]?.target).toMatchObject({ measure: 'glucose', low: 4, high: 7 })
  expect(tracked?.symptoms[0]?.latest.title).toBe('Headache')
  const [glucose, , , goal] = ids
  expect(await device.record.editEntry(glucose!, { ...TYPED[0]!, value: 5.9 } as EntryFields)).toMatchObject({
    ok: true,
  })
  expect(await device.record.editEntry(goal!, TYPED[0]!)).toMatchObject({ ok: false, failure: { field: 'kind' } })
  const [reading] = await device.record.readings('glucose', ...ALWAYS)
  expect(reading?.value).toMatchObject({ quantity: { value: 5.9, unit: 'mmol/L' } })
  expect(await device.record.readings('own:coffee', ...ALWAYS)).toHaveLength(1)
  expect(await device.record.readings('own:tea', ...ALWAYS)).toEqual([])
})

test('a heart rate from a file stands with those typed, and is corrected beside its original', async () => {
  const device = await (await makeWorld()).device()
  const observation = {
    resourceType: 'Observation',
    id: 'pulse',
    status: 'final',
    category: [{ coding: [{ code: 'vital-signs' }] }],
    code: { coding: [{ system: 'http://loinc.org', code: '8867-4' }] },
    effectiveDateTime: TAKEN,
    valueQuantity: { value: 64, unit: '/min', system: 'http://unitsofmeasure.org', code: '/min' },
  }
  const preview = await device.record.previewImport(new Blob([JSON.stringify(observation)]), 'pulse.json')
  if (!preview.ok) throw new Error('Cannot preview')
  await device.record.commitImport(preview.value.importId)
  await device.record.addEntry({ kind: 'measure', measure: 'pulse', takenAt: TAKEN, value: 70, unit: '/min' })
  const rows = await device.record.readings('pulse', ...ALWAYS)
  expect(rows).toHaveLength(2)
  const imported = rows.find(({ source }) => source.type === 'import')
  const draft = (await detailOf(device, imported!.id))?.correctionDraft
  expect(draft).toMatchObject({ kind: 'measure', measure: 'pulse', value: 64, unit: '/min' })
  expect(await device.record.editEntry(imported!.id, { ...draft, value: 46 } as EntryFields)).toMatchObject({
    ok: true,
  })
  const corrected = await detailOf(device, imported!.id)
  expect(corrected?.summary.value).toMatchObject({ quantity: { value: 46 } })
  expect(corrected?.original).toContain('64')
})
