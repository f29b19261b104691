import { beforeAll, expect, test } from 'vitest'
import { readImportFile } from '#app/core/exchange/read-import-file.ts'
import { sampleRecord } from '#app/core/exchange/sample/sample-record.ts'
import { doseEvents } from '#app/core/exchange/sample/typed.ts'
import { instant } from '#schema/instant.ts'
import type { EntryId } from '#schema/record/entry.ts'
import { at } from '#schema/record/fhir/json.ts'
import { parseFields } from '#schema/record/own-entry.ts'
import { SECTIONS } from '#schema/record/sections.ts'
import { bundleOf, largeRecord } from '#tests/support/fhir-fixtures.ts'
import { strayReferences, validityFaults } from '#tests/support/validity/fhir-validity.ts'
import { readyCrypto } from '#crypto/sodium.ts'

beforeAll(readyCrypto)

const NOW = instant(Date.UTC(2026, 5, 1, 12))
const SAMPLE = sampleRecord(7, NOW)
const MEDICINE = 'medicines.e0.0badcafe~0.00000001' as EntryId
const read = async (text: string) => {
  const file = await readImportFile(new TextEncoder().encode(text), 'sample.json')
  if (!file.ok) throw new Error(file.failure.kind)
  return file.value
}

test('sampleRecord() is the same for the same seed and another for another', () => {
  expect(sampleRecord(7, NOW)).toEqual(SAMPLE)
  expect(sampleRecord(8, NOW).bundle).not.toBe(SAMPLE.bundle)
})

test('the sample is valid FHIR R4, all of it marked as test data', () => {
  const { bundle, resources } = bundleOf(SAMPLE.bundle)
  expect(validityFaults(bundle)).toEqual([])
  expect(strayReferences(bundle)).toEqual([])
  expect(resources.every(resource => at(resource, 'meta', 'security', 'code') === 'HTEST')).toBe(true)
})

test('the sample imports without a remark and has something in every section but the typed ones', async () => {
  const file = await read(SAMPLE.bundle)
  expect(file.unusable).toEqual([])
  expect(file.resources.flatMap(resource => resource.remarks)).toEqual([])
  expect(file.person).toEqual(SAMPLE.person)
  const sections = new Set(file.resources.map(resource => resource.parts.section))
  expect(SECTIONS.filter(section => !sections.has(section))).toEqual(['story', 'other'])
  expect(file.resources.every(resource => resource.parts.title !== '')).toBe(true)
})

test('nothing of the sample lies in the future, and what is typed is as people type it', async () => {
  const file = await read(SAMPLE.bundle)
  expect(file.resources.filter(({ parts }) => (parts.when?.sortAt ?? 0) > NOW)).toEqual([])
  const events = SAMPLE.entries.flatMap(fields => doseEvents({ seed: 7, now: NOW }, fields, MEDICINE))
  for (const fields of [...SAMPLE.entries, ...events]) expect(parseFields(fields)).toEqual({ ok: true, value: fields })
})

test('each medicine of the sample that is taken at times has a box and four weeks of doses from it', () => {
  const events = SAMPLE.entries
    .map(fields => doseEvents({ seed: 7, now: NOW }, fields, MEDICINE))
    .filter(found => found.length > 0)
  expect(events).toHaveLength(2)
  for (const [box, ...doses] of events) {
    expect(box).toMatchObject({ kind: 'stock', change: 'fetched', amount: 60 })
    expect(doses).toHaveLength(28)
    expect(doses.every(dose => dose.kind === 'dose' && dose.medicineId === MEDICINE)).toBe(true)
  }
})

test('largeRecord() has as many resources as asked for', async () => {
  const file = await read(largeRecord(1, 500))
  expect(file.resources).toHaveLength(500)
  expect(largeRecord(1, 500)).toBe(largeRecord(1, 500))
})
