import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readResource } from '#schema/record/fhir/entry-parts.ts'
import type { JsonObject } from '#schema/record/fhir/json.ts'
import { SECTIONS } from '#schema/record/sections.ts'

const LOINC = 'http://loinc.org'
const parts = (resource: JsonObject, others: Readonly<Record<string, JsonObject>> = {}) =>
  readResource(resource, reference => others[reference]).parts
const loinc = (code: string, text?: string) => ({
  coding: [{ system: LOINC, code }],
  ...(text === undefined ? {} : { text }),
})
const mmHg = (value: number) => ({ value, unit: 'mmHg', system: 'http://unitsofmeasure.org', code: 'mm[Hg]' })
const categoryOf = (code: string) => [{ coding: [{ code }] }]

test('a condition says whether its source keeps it on a problem list', () => {
  const isListed = (category: string) => parts({ resourceType: 'Condition', category: categoryOf(category) }).isListed
  expect(isListed('problem-list-item')).toBe(true)
  expect(isListed('encounter-diagnosis')).toBeUndefined()
})

describe('each section of the International Patient Summary has its resources', () => {
  const observation = (code: string, category?: string) => ({
    resourceType: 'Observation',
    code: loinc(code),
    ...(category === undefined ? {} : { category: categoryOf(category) }),
  })
  test.each<[string, string, JsonObject]>([
    ['problems', 'condition', { resourceType: 'Condition', clinicalStatus: { coding: [{ code: 'active' }] } }],
    ['past-problems', 'condition', { resourceType: 'Condition', clinicalStatus: { coding: [{ code: 'resolved' }] } }],
    ['past-problems', 'condition', { resourceType: 'Condition', abatementDateTime: '2020' }],
    ['allergies', 'allergy', { resourceType: 'AllergyIntolerance' }],
    ['medicines', 'medicine', { resourceType: 'MedicationStatement' }],
    ['medicines', 'medicine', { resourceType: 'MedicationRequest' }],
    ['immunizations', 'immunization', { resourceType: 'Immunization' }],
    ['results', 'lab-result', observation('2345-7', 'laboratory')],
    ['results', 'lab-result', observation('99999-9')],
    ['results', 'report', { resourceType: 'DiagnosticReport', result: [{}] }],
    ['documents', 'document', { resourceType: 'DiagnosticReport', presentedForm: [{ data: '' }] }],
    ['procedures', 'procedure', { resourceType: 'Procedure' }],
    ['devices', 'device', { resourceType: 'DeviceUseStatement' }],
    ['directives', 'directive', { resourceType: 'Consent', scope: { coding: [{ code: 'adr' }] } }],
    ['documents', 'document', { resourceType: 'Consent', scope: { coding: [{ code: 'patient-privacy' }] } }],
    ['directives', 'directive', { resourceType: 'DocumentReference', category: [loinc('42348-3')] }],
    ['alerts', 'alert', { resourceType: 'Flag' }],
    ['functioning', 'functional-status', observation('99999-9', 'functional-status')],
    ['functioning', 'functional-status', { resourceType: 'ClinicalImpression' }],
    ['pregnancy', 'pregnancy', observation('82810-3', 'social-history')],
    ['story', 'story', observation('81338-6')],
    ['plans', 'care-plan', { resourceType: 'CarePlan' }],
    ['plans', 'goal', { resourceType: 'Goal' }],
    ['social', 'social-history', observation('72166-2')],
    ['social', 'social-history', observation('99999-9', 'social-history')],
    ['vitals', 'vital-sign', observation('8867-4')],
    ['vitals', 'vital-sign', observation('99999-9', 'vital-signs')],
    ['vitals', 'weight', observation('29463-7', 'vital-signs')],
    ['vitals', 'height', observation('8302-2', 'vital-signs')],
    ['visits', 'visit', { resourceType: 'Encounter' }],
    ['documents', 'document', { resourceType: 'DocumentReference' }],
    ['documents', 'document', { resourceType: 'Composition' }],
    ['family-history', 'family-member', { resourceType: 'FamilyMemberHistory' }],
    ['care-team', 'care-team-member', { resourceType: 'CareTeam' }],
    ['coverage', 'coverage', { resourceType: 'Coverage' }],
    ['about-me', 'person', { resourceType: 'Patient' }],
    ['other', 'coverage', { resourceType: 'CoverageEligibilityResponse' }],
    ['other', 'claim', { resourceType: 'Claim' }],
    ['other', 'claim', { resourceType: 'ExplanationOfBenefit' }],
    ['other', 'other', { resourceType: 'Provenance' }],
    ['other', 'other', { resourceType: 'Whatever' }],
    ['other', 'other', { resourceType: 'constructor' }],
  ])('%s: %s', (section, kind, resource) => {
    expect(parts(resource)).toMatchObject({ section, kind })
  })
})

describe('blood pressure', () => {
  const panel = (...component: object[]) => ({
    resourceType: 'Observation',
    status: 'final',
    code: loinc('85354-9'),
    component,
  })
  const part = (code: string, value: number, quantity: object = {}) => ({
    code: loinc(code, `part ${code}`),
    valueQuantity: { ...mmHg(value), ...quantity },
  })

  test('its parts are told by their codes, in either order', () => {
    const expected = { type: 'blood-pressure', systolicMmHg: 130, diastolicMmHg: 85 }
    expect(parts(panel(part('8480-6', 130), part('8462-4', 85)))).toMatchObject({
      kind: 'blood-pressure',
      value: expected,
    })
    expect(parts(panel(part('8462-4', 85), part('8480-6', 130))).value).toEqual(expected)
  })

  test.each(['55417-0', '85353-1', '12345-6'])('a panel with both parts is one, also under %s', code => {
    const both = [part('8480-6', 130), part('8462-4', 85)]
    const laboratory = { category: [{ coding: [{ code: 'laboratory' }] }], code: loinc(code) }
    expect(parts({ ...panel(...both), ...laboratory })).toMatchObject({
      kind: 'blood-pressure',
      section: 'vitals',
      value: { type: 'blood-pressure', systolicMmHg: 130, diastolicMmHg: 85 },
    })
    expect(parts({ ...panel(part('8480-6', 130)), ...laboratory }).kind).not.toBe('blood-pressure')
  })

  test('what its code places elsewhere stays there', () => {
    const both = panel(part('8480-6', 130), part('8462-4', 85))
    expect(parts({ ...both, code: loinc('82810-3') })).toMatchObject({ kind: 'pregnancy', section: 'pregnancy' })
  })

  test('two diastolic parts are shown as they are and never taken for a blood pressure', () => {
    const { kind, section, value } = parts(panel(part('8462-4', 130), part('8462-4', 85)))
    expect([kind, section]).toEqual(['vital-sign', 'vitals'])
    expect(value).toEqual({ type: 'text', text: 'part 8462-4: 130 mm[Hg]; part 8462-4: 85 mm[Hg]' })
  })

  test('kilopascals are not read as millimetres of mercury', () => {
    const kPa = { unit: 'kPa', code: 'kPa' }
    expect(parts(panel(part('8480-6', 17.3, kPa), part('8462-4', 11.3, kPa))).value?.type).toBe('text')
  })
})

describe('titles and values are the record’s own words', () => {
  test('text comes before display, display before nothing; a code is never a title', () => {
    const coding = [{ system: LOINC, code: '2345-7', display: 'Glucose' }]
    expect(parts({ resourceType: 'Observation', code: { text: 'Sugar', coding } }).title).toBe('Sugar')
    expect(parts({ resourceType: 'Observation', code: { coding } }).title).toBe('Glucose')
    expect(parts({ resourceType: 'Observation', code: { coding: [{ code: '2345-7' }] } }).title).toBe('')
  })

  test('a provenance is not called after the doctor who made what it is about', () => {
    const provenance = {
      resourceType: 'Provenance',
      recorded: '2024-05-01T10:00:00Z',
      agent: [{ who: { display: 'Dr. Okafor' } }],
    }
    expect(parts(provenance)).toMatchObject({ title: '', value: { type: 'text', text: 'Dr. Okafor' } })
  })

  test('a medicine is called after the Medication it refers to, contained or elsewhere in the file', () => {
    const medication = {
      resourceType: 'Medication',
      id: 'm',
      code: { text: 'Aspirin 100 mg', coding: [{ system: 'x', code: '1' }] },
    }
    const contained = {
      resourceType: 'MedicationRequest',
      contained: [medication],
      medicationReference: { reference: '#m' },
    }
    const elsewhere = { resourceType: 'MedicationRequest', medicationReference: { reference: 'urn:uuid:m' } }
    expect(parts(contained)).toMatchObject({ title: 'Aspirin 100 mg', codes: [{ system: 'x', code: '1' }] })
    expect(parts(elsewhere, { 'urn:uuid:m': medication }).title).toBe('Aspirin 100 mg')
    expect(parts(elsewhere).title).toBe('')
  })

  test('references that go in circles end', () => {
    const role = { resourceType: 'PractitionerRole', practitioner: { reference: 'r' } }
    expect(
      readResource({ resourceType: 'Observation', performer: [{ reference: 'r' }] }, () => role).author,
    ).toBeUndefined()
  })

  test('long, broken and many-lined texts become one row', () => {
    const title = parts({
      resourceType: 'Observation',
      code: { text: `a\n\tb\u0000c \ud800 ${'x'.repeat(1000)}` },
    }).title
    expect(title).toHaveLength(300)
    expect(title.startsWith('a b c \ufffd x')).toBe(true)
    expect(title.isWellFormed()).toBe(true)
  })

  test.each<[object, unknown]>([
    [
      { valueQuantity: { value: 5, comparator: '<', unit: 'mg/L', system: 'http://unitsofmeasure.org', code: 'mg/L' } },
      { type: 'quantity', quantity: { value: 5, comparator: '<', unit: 'mg/L', isUcum: true } },
    ],
    [
      { valueQuantity: { value: 5, unit: 'drops' } },
      { type: 'quantity', quantity: { value: 5, unit: 'drops', isUcum: false } },
    ],
    [{ valueInteger: 2 }, { type: 'quantity', quantity: { value: 2, unit: '', isUcum: false } }],
    [{ valueCodeableConcept: { text: 'Positive' } }, { type: 'text', text: 'Positive' }],
    [{ valueString: 'trace' }, { type: 'text', text: 'trace' }],
    [{ valueRatio: { numerator: { value: 1 }, denominator: { value: 128 } } }, { type: 'text', text: '1 : 128' }],
    [{ valueRange: { low: { value: 2, unit: 'cm' } } }, { type: 'text', text: '2 cm – …' }],
    [{ dataAbsentReason: { text: 'not asked' } }, { type: 'text', text: 'not asked' }],
    [{ valueQuantity: { value: Number.POSITIVE_INFINITY } }, undefined],
    [{ valueQuantity: { value: '5' } }, { type: 'text', text: '5' }],
  ])('an observation’s value %#', (value, expected) => {
    expect(parts({ resourceType: 'Observation', code: {}, ...value }).value).toEqual(expected)
  })

  test('an allergy says its reactions, a relative their conditions, a medicine how to take it', () => {
    expect(
      parts({
        resourceType: 'AllergyIntolerance',
        reaction: [{ manifestation: [{ text: 'Hives' }, { text: 'Fever' }] }, { manifestation: [{ text: 'Hives' }] }],
      }).value,
    ).toEqual({ type: 'text', text: 'Hives, Fever' })
    expect(
      parts({
        resourceType: 'FamilyMemberHistory',
        relationship: { text: 'mother' },
        condition: [{ code: { text: 'Stroke' } }],
      }),
    ).toMatchObject({ title: 'mother', value: { type: 'text', text: 'Stroke' } })
    expect(parts({ resourceType: 'MedicationRequest', dosageInstruction: [{ text: '1 at night' }] }).value).toEqual({
      type: 'text',
      text: '1 at night',
    })
  })
})

describe('status', () => {
  test.each<[JsonObject, string, true | undefined]>([
    [{ resourceType: 'Condition', clinicalStatus: { coding: [{ code: 'relapse' }] } }, 'active', undefined],
    [
      {
        resourceType: 'Condition',
        clinicalStatus: { coding: [{ code: 'active' }] },
        verificationStatus: { coding: [{ code: 'refuted' }] },
      },
      'past',
      true,
    ],
    [
      { resourceType: 'Condition', verificationStatus: { coding: [{ code: 'entered-in-error' }] } },
      'mistaken',
      undefined,
    ],
    [{ resourceType: 'Immunization', status: 'completed' }, 'active', undefined],
    [{ resourceType: 'Immunization', status: 'not-done' }, 'past', true],
    [{ resourceType: 'Procedure', status: 'completed' }, 'past', undefined],
    [{ resourceType: 'MedicationStatement', status: 'not-taken' }, 'past', true],
    [{ resourceType: 'MedicationRequest', status: 'active', doNotPerform: true }, 'active', true],
    [{ resourceType: 'MedicationRequest', status: 'active', intent: 'plan' }, 'planned', undefined],
    [{ resourceType: 'Appointment', status: 'booked' }, 'planned', undefined],
    [{ resourceType: 'Goal', lifecycleStatus: 'active' }, 'active', undefined],
    [{ resourceType: 'Observation', status: 'entered-in-error' }, 'mistaken', undefined],
    [{ resourceType: 'Practitioner', active: false }, 'past', undefined],
    [{ resourceType: 'Observation', status: 'toString' }, 'unknown', undefined],
  ])('%#: what matters now, what is over, and what never was', (resource, status, isNegated) => {
    expect(parts(resource).status).toBe(status)
    expect(parts(resource).isNegated).toBe(isNegated)
  })
})

describe('when', () => {
  test('periods and timings stand at their start', () => {
    expect(
      parts({ resourceType: 'Observation', effectivePeriod: { start: '2020-01-02' }, issued: '2021-01-01T00:00:00Z' })
        .when?.text,
    ).toBe('2020-01-02')
    expect(parts({ resourceType: 'Observation', effectiveTiming: { event: ['2019-05'] } }).when?.text).toBe('2019-05')
  })

  test('an impossible date is left out, said, and the next best is taken', () => {
    const read = readResource({
      resourceType: 'Observation',
      effectiveDateTime: '2021-02-30',
      issued: '2021-03-01T10:00:00Z',
    })
    expect(read.parts.when?.text).toBe('2021-03-01T10:00:00Z')
    expect(read.hasImpossibleDate).toBe(true)
    expect(readResource({ resourceType: 'Condition', onsetDateTime: '2021-13' })).toMatchObject({
      hasImpossibleDate: true,
    })
  })
})

test('readResource() throws for nothing and always finds a section', () => {
  const types = fc.constantFrom(
    'Observation',
    'Condition',
    'MedicationRequest',
    'Consent',
    'Patient',
    'DocumentReference',
    'Claim',
    '__proto__',
  )
  const member = fc.constantFrom(
    'code',
    'category',
    'status',
    'component',
    'name',
    'clinicalStatus',
    'valueQuantity',
    'reaction',
    'contained',
    'medicationReference',
    'effectiveDateTime',
    'text',
  )
  const json = fc.jsonValue({ maxDepth: 5 }) as fc.Arbitrary<unknown>
  fc.assert(
    fc.property(types, fc.dictionary(member, json), (resourceType, members) => {
      const read = readResource({ ...members, resourceType })
      expect(SECTIONS).toContain(read.parts.section)
      expect(read.parts.title.length).toBeLessThanOrEqual(300)
    }),
    { numRuns: 500 },
  )
})

test('readResource() takes a category for a title only where there is not even a code', () => {
  const category = [{ text: 'Vital Signs' }]
  const code = { coding: [{ system: 'http://loinc.org', code: '8867-4' }] }
  const title = (resourceType: string, more: object) => readResource({ resourceType, category, ...more }).parts.title
  expect(title('Observation', { code })).toBe('')
  expect(title('Observation', {})).toBe('')
  expect(title('Condition', { code })).toBe('')
  expect(title('Procedure', { category: category[0], code })).toBe('')
  expect(title('Procedure', { category: category[0] })).toBe('Vital Signs')
})
