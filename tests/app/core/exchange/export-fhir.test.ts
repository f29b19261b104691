import { beforeAll, expect, test } from 'vitest'
import { exportFhir } from '#app/core/exchange/export-fhir.ts'
import type { ExportedEntry } from '#app/core/exchange/own-entries.ts'
import { readImportFile } from '#app/core/exchange/read-import-file.ts'
import { sampleRecord } from '#app/core/exchange/sample/sample-record.ts'
import { instant } from '#schema/instant.ts'
import type { EntryId } from '#schema/record/entry.ts'
import { bundleOf } from '#tests/support/fhir-fixtures.ts'
import { strayReferences, validityFaults } from '#tests/support/validity/fhir-validity.ts'
import { readyCrypto } from '#crypto/sodium.ts'

beforeAll(readyCrypto)

const NOW = instant(Date.UTC(2026, 5, 1, 12))
const PERSON = { name: 'Ada "Byron"', birthDate: '1815', recordId: 'record-1' }

async function exported(entries: readonly ExportedEntry[]) {
  const pieces = await Array.fromAsync(exportFhir(PERSON, entries, NOW))
  return pieces.join('')
}

const entry = (index: number, rest: Omit<ExportedEntry, 'id'>): ExportedEntry => ({
  id: `e-${index}` as EntryId,
  ...rest,
})

test('exportFhir() of nothing is still a Bundle with the person in it', async () => {
  const { bundle, resources } = bundleOf(await exported([]))
  expect(resources).toMatchObject([{ resourceType: 'Patient', name: [{ text: 'Ada "Byron"' }], birthDate: '1815' }])
  expect(validityFaults(bundle)).toEqual([])
})

test('imported originals stand in the export letter by letter', async () => {
  const original =
    '{"resourceType":"Observation","id":"1","valueQuantity":{"value":1.10},"n":12345678901234567890,"a":1,"a":2,"s":"\\u00e9\\/"}'
  const text = await exported([entry(1, { original, fullUrl: 'urn:x:"1"' })])
  expect(text).toContain(`{"fullUrl":"urn:x:\\"1\\"","resource":${original}}`)
  const again = await readImportFile(new TextEncoder().encode(text), 'export.json')
  expect(again.ok && again.value.resources[1]?.text).toBe(original)
})

test('what people typed is exported as valid FHIR R4 with the same ids each time', async () => {
  const { entries } = sampleRecord(5, NOW)
  const rows = entries.map((fields, index) => entry(index, { fields }))
  const text = await exported(rows)
  const { bundle, resources, fullUrls } = bundleOf(text)
  expect(resources).toHaveLength(entries.length + 1)
  expect(validityFaults(bundle)).toEqual([])
  expect(strayReferences(bundle)).toEqual([])
  expect(fullUrls.size).toBe(resources.length)
  expect(await exported(rows)).toBe(text)
})

test('a corrected import is exported with its original beside it; much text comes in pieces', async () => {
  const original = JSON.stringify({ resourceType: 'Condition', id: 'c', note: [{ text: 'x'.repeat(50_000) }] })
  const fields = { kind: 'condition', name: 'Asthma', clinicalStatus: 'active' } as const
  const rows = Array.from({ length: 6 }, (_, index) => entry(index, { original, fields }))
  expect(bundleOf(await exported(rows)).resources).toHaveLength(13)
  expect((await Array.fromAsync(exportFhir(PERSON, rows, NOW))).length).toBeGreaterThan(2)
})

test('originals keep their keys through an export, also bare ids of two clinics', async () => {
  const clinic = (value: string) => [
    { resourceType: 'Patient', id: value, identifier: [{ system: 'urn:clinic', value }] },
    { resourceType: 'Flag', id: '1', subject: { reference: `Patient/${value}` }, code: { text: value } },
  ]
  const read = async (text: string) => {
    const file = await readImportFile(new TextEncoder().encode(text), 'x.json')
    return file.ok ? file.value.resources : []
  }
  const resources = [...(await read(JSON.stringify(clinic('a')))), ...(await read(JSON.stringify(clinic('b'))))]
  const again = await read(await exported(resources.map(({ text }, index) => entry(index, { original: text }))))
  expect(again.slice(1).map(resource => resource.sourceKey)).toEqual(resources.map(resource => resource.sourceKey))
  expect(new Set(again.map(resource => resource.sourceKey)).size).toBe(5)
})
