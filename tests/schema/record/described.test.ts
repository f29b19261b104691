import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  DESCRIBED,
  type DescribedFields,
  DESCRIBED_KINDS,
  isDescribed,
  parseDescribed,
} from '#schema/record/described/kinds.ts'
import { readResource } from '#schema/record/fhir/entry-parts.ts'
import { at } from '#schema/record/fhir/json.ts'
import { fieldsFromFhir, fieldsToFhir, parseFields, partsOfFields } from '#schema/record/own-entry.ts'
import { oddDescribed } from '#tests/support/odd-described.ts'
import { validityFaults } from '#tests/support/validity/fhir-validity.ts'

const OWN = { id: 'entry-1', subject: 'urn:uuid:0b0d5f3c-8e0a-4c43-9a55-5b9a8e5f3f10' }

const described = (): fc.Arbitrary<DescribedFields> =>
  oddDescribed()
    .filter(fields => parseFields(fields).ok)
    .map(fields => {
      const parsed = parseFields(fields)
      if (!parsed.ok || !isDescribed(parsed.value)) throw new TypeError('Cannot happen: it was parsed')
      return parsed.value
    })

test('whatever is typed of these kinds is valid FHIR that says the patient supplied it, and comes back as typed, as the same row', () => {
  fc.assert(
    fc.property(described(), fields => {
      const resource = fieldsToFhir(fields, OWN)
      expect(validityFaults(resource)).toEqual([])
      expect(at(resource, 'meta', 'tag', 'code')).toBe('patient-supplied')
      expect(at(resource, 'meta', 'security', 'code')).toBe('PATAST')
      const again: unknown = JSON.parse(JSON.stringify(resource))
      expect(fieldsFromFhir(again as typeof resource)).toEqual(fields)
      const { resourceType: _, ...row } = readResource(resource).parts
      expect(row).toEqual(partsOfFields(fields))
      expect(row.kind).toBe(fields.kind)
    }),
    { numRuns: 400 },
  )
})

test('the odd values reach every kind and every field', () => {
  const seen = new Map<string, Set<string>>()
  for (const fields of fc.sample(described(), 1500)) {
    const names = seen.get(fields.kind) ?? new Set()
    for (const name of Object.keys(fields)) names.add(name)
    seen.set(fields.kind, names)
  }
  for (const kind of DESCRIBED_KINDS) {
    expect(seen.get(kind)).toEqual(new Set(['kind', ...Object.keys(DESCRIBED[kind])]))
  }
})

test('parsing and reading throw for nothing', () => {
  const types = fc.constantFrom(
    'Observation',
    'Immunization',
    'Procedure',
    'DeviceUseStatement',
    'Encounter',
    'Consent',
  )
  const more = fc.constantFrom('FamilyMemberHistory', 'CareTeam', 'Coverage')
  const tag = { system: 'http://hl7.org/fhir/us/core/CodeSystem/us-core-tags', code: 'patient-supplied' }
  fc.assert(
    fc.property(
      fc.dictionary(fc.string(), fc.anything()),
      fc.constantFrom(...DESCRIBED_KINDS),
      fc.oneof(types, more),
      (object, kind, resourceType) => {
        const read = parseDescribed(kind, { ...object, kind })
        expect(typeof read.ok).toBe('boolean')
        fieldsFromFhir({ ...object, resourceType, meta: { tag: [tag] } })
      },
    ),
  )
})

test.each([
  [{ kind: 'immunization', vaccine: ' ' }, 'vaccine'],
  [{ kind: 'device', name: 'Pacemaker', implantedOn: '2021', removedOn: '2020' }, 'removedOn'],
  [{ kind: 'visit', name: 'Check-up' }, 'setting'],
  [{ kind: 'lab-result', name: 'TSH', result: '2', happenedOn: '2026-02-30' }, 'happenedOn'],
  [{ kind: 'lab-result', name: 'TSH', result: '2', happenedOn: '2026', normalLow: 4, normalHigh: 1 }, 'normalHigh'],
  [{ kind: 'family-member', relative: 'Mother', deathAge: 80 }, 'deathAge'],
  [{ kind: 'family-member', relative: 'Mother', onsetAge: 80 }, 'onsetAge'],
  [{ kind: 'pregnancy', topic: 'now', name: 'Now' }, 'pregnant'],
  [{ kind: 'pregnancy', topic: 'births', name: 'Births', count: 1.5 }, 'count'],
  [{ kind: 'pregnancy', topic: 'now', name: 'Now', pregnant: 'no', dueOn: '2027' }, 'dueOn'],
])('%j: the field that is wrong is named', (fields, field) => {
  expect(parseFields(fields)).toEqual({ ok: false, failure: { field } })
})

test.each([
  ['5,0', '5,0'],
  ['5.0', '5'],
  ['< 0.50', '<0.5'],
  ['≥60', '>=60'],
  ['0.0000001', '0.0000001'],
  ['positive', 'positive'],
])('a result typed as %s is kept as %s', (result, kept) => {
  const fields = { kind: 'lab-result', name: 'TSH', result, happenedOn: '2026-03-04' }
  expect(parseFields(fields)).toMatchObject({ ok: true, value: { result: kept } })
})

test('a result by hand is a row with its range, in a unit that is UCUM where it is one as printed', () => {
  const fields = {
    kind: 'lab-result',
    name: 'Ferritin',
    result: '<12',
    unit: 'ug/L',
    normalLow: 15,
    happenedOn: '2026',
  }
  const parsed = parseFields({ ...fields, lab: 'City lab' })
  expect(parsed.ok && partsOfFields(parsed.value)).toMatchObject({
    kind: 'lab-result',
    section: 'results',
    title: 'Ferritin',
    value: { type: 'quantity', quantity: { value: 12, comparator: '<', unit: 'ug/L', isUcum: true } },
    range: { low: 15 },
  })
})

test('a vaccine that is called as the CDC calls it has its code; no other has one', () => {
  const codesOf = (vaccine: string) => partsOfFields({ kind: 'immunization', vaccine }).codes
  expect(codesOf('MMR')).toEqual([{ system: 'http://hl7.org/fhir/sid/cvx', code: '03', display: 'MMR' }])
  expect(codesOf('Measles jab')).toEqual([])
})

test('what a clinic wrote of these kinds is not read as typed', () => {
  const resource = { ...fieldsToFhir({ kind: 'procedure', name: 'Cataract operation' }, OWN), meta: {} }
  expect(fieldsFromFhir(resource)).toBeUndefined()
})
