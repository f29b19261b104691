import { expect, test } from 'vitest'
import { listedKeys } from '#app/core/exchange/listed-results.ts'

const UUID = '6f1f7d2c-3f4a-4c8e-9d60-0d7f7c1f2a11'
const listed = (sourceKey: string, ...references: readonly string[]) =>
  listedKeys({
    sourceKey,
    text: JSON.stringify({
      resourceType: 'DiagnosticReport',
      result: references.map(reference => ({ reference })),
    }),
  })

test('listedKeys() names results as their own source keys do', () => {
  expect(listed('DiagnosticReport/1', `urn:uuid:${UUID.toUpperCase()}`)).toEqual([`Observation/${UUID}`])
  expect(listed('DiagnosticReport/1', `Observation/${UUID}`)).toEqual([`Observation/${UUID}`])
  expect(listed('https://a.example/fhir/DiagnosticReport/1', 'Observation/7/_history/2')).toEqual([
    'https://a.example/fhir/Observation/7',
  ])
  expect(listed('DiagnosticReport/1', 'https://a.example/fhir/Observation/7')).toEqual([
    'https://a.example/fhir/Observation/7',
  ])
  expect(listed('DiagnosticReport/1@Patient?mrn|9@x', 'Observation/7')).toEqual(['Observation/7@Patient?mrn|9@x'])
  expect(listed('DiagnosticReport/1', 'Observation/7', '#inside', 'Patient/1', '')).toEqual([])
})

test('listedKeys() reads panels among the results, and of anything else nothing', () => {
  const member = { reference: `urn:uuid:${UUID}` }
  const keys = (resource: object) => listedKeys({ sourceKey: 'x', text: JSON.stringify(resource) })
  expect(keys({ resourceType: 'Observation', hasMember: [member] })).toHaveLength(1)
  expect(keys({ resourceType: 'Observation', result: [member] })).toEqual([])
  expect(keys({ resourceType: 'List', result: [member] })).toEqual([])
  expect(keys({ resourceType: 'DiagnosticReport', result: 'x' })).toEqual([])
  expect(keys({ resourceType: 'DiagnosticReport', result: Array(600).fill(member) })).toHaveLength(500)
})
