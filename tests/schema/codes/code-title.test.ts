import { expect, test } from 'vitest'
import { codeTitle } from '#schema/codes/code-title.ts'
import { LOINC_NAMES } from '#schema/codes/loinc-names.ts'
import { placeOfLoinc } from '#schema/codes/observations.ts'
import { SYSTEMS } from '#schema/codes/systems.ts'
import type { Coding, EntryKind } from '#schema/record/entry.ts'

const titleOf = (kind: EntryKind, ...codes: readonly Coding[]) => codeTitle({ kind, codes }, LOINC_NAMES)

test('codeTitle() says the code and the short name of its system', () => {
  expect(titleOf('condition', { system: SYSTEMS.icd10Cm, code: 'E11.9' })).toBe('E11.9 (ICD-10-CM)')
  expect(titleOf('condition', { system: 'http://snomed.info/sct/900000000000207008', code: '44054006' })).toBe(
    '44054006 (SNOMED CT)',
  )
  expect(titleOf('procedure', { system: 'http://www.ama-assn.org/go/cpt', code: '99213' })).toBe('99213 (CPT)')
  expect(titleOf('procedure', { system: 'http://www.saude.gov.br/fhir/r4/x', code: '0301' })).toBe(
    '0301 (www.saude.gov.br)',
  )
  expect(titleOf('alert', { system: 'http://terminology.hl7.org/CodeSystem/x', code: 'abc' })).toBe('abc (HL7)')
  expect(titleOf('condition', { code: 'K86' })).toBe('K86')
  // Of several the one whose system people know.
  const local = { system: 'http://hospital.example/codes', code: '4711' }
  expect(titleOf('condition', local, { system: SYSTEMS.snomed, code: '44054006' })).toBe('44054006 (SNOMED CT)')
})

test('codeTitle() calls what our own tables name by its name', () => {
  expect(titleOf('vital-sign', { system: SYSTEMS.loinc, code: '8867-4' })).toBe('Heart rate')
  expect(titleOf('lab-result', { system: SYSTEMS.loinc, code: '2345-7' })).toBe('Glucose')
  expect(titleOf('lab-result', { system: SYSTEMS.loinc, code: '99999-9' })).toBe('99999-9 (LOINC)')
  for (const code of Object.keys(LOINC_NAMES)) expect(code).toMatch(/^\d{1,6}-\d$/)
  expect(['85353-1', '39156-5', '72166-2', '82810-3'].every(code => placeOfLoinc(code) && LOINC_NAMES[code])).toBe(true)
})

test('codeTitle() leaves to the kind what it says better, and makes nothing of what is no code', () => {
  expect(titleOf('weight', { system: SYSTEMS.loinc, code: '29463-7' })).toBeUndefined()
  expect(titleOf('family-member', { system: SYSTEMS.roleCode, code: 'MTH' })).toBeUndefined()
  expect(
    titleOf('condition', { system: 'http://terminology.hl7.org/CodeSystem/v3-NullFlavor', code: 'UNK' }),
  ).toBeUndefined()
  expect(titleOf('condition', { system: SYSTEMS.snomed, code: 'x'.repeat(31) })).toBeUndefined()
  expect(titleOf('condition')).toBeUndefined()
})
