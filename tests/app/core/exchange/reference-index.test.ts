import { expect, test } from 'vitest'
import { ReferenceIndex } from '#app/core/exchange/reference-index.ts'

const UUID = '0b4a8f0e-3c1d-4f6a-9a53-0d6a6a7f1c22'

test('a resource whose id is a UUID is found by its urn, though its file gives it no address or another one', () => {
  for (const fullUrl of [undefined, `https://clinic.example/fhir/Medication/${UUID}`]) {
    const references = new ReferenceIndex()
    const medication = { resourceType: 'Medication', id: UUID, code: { text: 'Amlodipine' } }
    references.add(medication, fullUrl)
    expect(references.find(`urn:uuid:${UUID}`)).toBe(medication)
    expect(references.find(`urn:uuid:${UUID.toUpperCase()}`)).toBe(medication)
    expect(references.find(`Medication/${UUID}`)).toBe(medication)
  }
})

test('an address that a file gives stays that resource’s, whatever ids others have', () => {
  const references = new ReferenceIndex()
  const named = { resourceType: 'Medication', id: 'a', code: { text: 'Named' } }
  references.add(named, `urn:uuid:${UUID}`)
  references.add({ resourceType: 'Organization', id: UUID, name: 'Other' }, undefined)
  expect(references.find(`urn:uuid:${UUID}`)).toBe(named)
})
