import { expect, test } from 'vitest'
import { absenceOf } from '#schema/codes/absence.ts'
import { readResource } from '#schema/record/fhir/entry-parts.ts'
import type { Section } from '#schema/record/sections.ts'

const IPS = 'http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips'
const SNOMED = 'http://snomed.info/sct'
const concept = (system: string, code: string) => ({ coding: [{ system, code }] })
const read = (resource: object) => readResource({ ...resource }).parts

test('absenceOf() tells that there is none from that nobody knows, and both from that nobody asked', () => {
  const of = (section: Section, system: string, code: string) => absenceOf(section, [{ system, code }])
  expect(of('allergies', IPS, 'no-known-allergies')).toBe('none.allergies')
  expect(of('allergies', IPS, 'no-allergy-info')).toBe('unknown.allergies')
  expect(of('allergies', `${SNOMED}/900000000000207008`, '429625007')).toBe('none.food-allergies')
  expect(of('allergies', SNOMED, '1631000175102')).toBe('not-asked.allergies')
  expect(of('medicines', SNOMED, '1287211007')).toBe('unknown.medicines')
  expect(of('allergies', SNOMED, '91936005')).toBeUndefined()
  expect(of('allergies', 'http://example.org', 'no-known-allergies')).toBeUndefined()
  expect(of('allergies', IPS, 'constructor')).toBeUndefined()
  expect(of('results', SNOMED, '1287211007')).toBeUndefined()
})

test('readResource() takes no such statement for an allergy, a medicine or a problem, whatever its status is called', () => {
  const statement = { kind: 'statement', status: 'active' }
  const allergy = { resourceType: 'AllergyIntolerance', code: concept(SNOMED, '716186003') }
  expect(read(allergy)).toMatchObject({ ...statement, section: 'allergies' })
  const medicine = { resourceType: 'MedicationStatement', status: 'not-taken' }
  const none = read({ ...medicine, medicationCodeableConcept: concept(IPS, 'no-known-medications') })
  expect(none).toMatchObject({ ...statement, section: 'medicines' })
  expect(none.isNegated).toBeUndefined()
  const problem = { resourceType: 'Condition', code: concept(SNOMED, '160245001'), abatementDateTime: '2020' }
  expect(read(problem)).toMatchObject({ ...statement, section: 'problems' })
  expect(read({ resourceType: 'Device', type: concept(IPS, 'no-known-devices') })).toMatchObject(statement)
  const vaccine = {
    resourceType: 'Immunization',
    status: 'not-done',
    vaccineCode: concept(IPS, 'no-immunization-info'),
  }
  expect(read(vaccine)).toMatchObject({ ...statement, section: 'immunizations' })
})

test('readResource() lets go of a statement that is taken back', () => {
  const code = concept(SNOMED, '716186003')
  const verified = (word: string) =>
    read({ resourceType: 'AllergyIntolerance', code, verificationStatus: { coding: [{ code: word }] } })
  expect(verified('refuted').status).toBe('past')
  expect(verified('entered-in-error').status).toBe('mistaken')
})
