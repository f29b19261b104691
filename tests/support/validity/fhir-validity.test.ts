import { expect, test } from 'vitest'
import type { JsonObject } from '#schema/record/fhir/json.ts'
import { validityFaults } from './fhir-validity.ts'

const GOOD: JsonObject = {
  resourceType: 'Observation',
  id: 'a',
  text: { status: 'generated', div: '<div xmlns="http://www.w3.org/1999/xhtml"><p>7 &lt; 8</p></div>' },
  status: 'final',
  code: { coding: [{ system: 'http://loinc.org', code: '2345-7' }], text: 'グルコース　空腹時' },
  effectiveDateTime: '2024-02-29T10:00:00+01:00',
  valueQuantity: { value: 5.4, unit: 'mmol/L', system: 'http://unitsofmeasure.org', code: 'mmol/L' },
  contained: [{ resourceType: 'Practitioner', id: 'p', name: [{ family: 'Lee' }], gender: 'female' }],
}

test('validityFaults() finds nothing wrong with a valid resource', () => {
  expect(validityFaults(GOOD)).toEqual([])
})

const div = (content: string) => ({
  text: { status: 'generated', div: `<div xmlns="http://www.w3.org/1999/xhtml">${content}</div>` },
})

test.each([
  ['a code outside its required binding', { status: 'finished' }, 'own: Observation.status'],
  ['a code outside, contained', { contained: [{ resourceType: 'Practitioner', gender: 'f' }] }, 'gender "f"'],
  ['a date that no calendar has', { effectiveDateTime: '2023-02-29' }, 'own: Observation.effectiveDateTime'],
  ['a time without a zone', { effectiveDateTime: '2023-02-28T10:00:00' }, 'own: Observation.effectiveDateTime'],
  ['an empty list', { note: [] }, 'own: Observation.note is an empty list'],
  ['an empty object', { subject: {} }, 'own: Observation.subject is empty'],
  ['one where a list belongs', { note: { text: 'x' } }, 'own: Observation.note is no list'],
  ['a blank text', { valueString: ' ', valueQuantity: undefined }, 'own: Observation.valueString'],
  ['a control character', { code: { text: 'a\u0007b' } }, 'own: Observation.code.text'],
  [
    'a unit that is none',
    { valueQuantity: { value: 1, system: 'http://unitsofmeasure.org', code: 'milliliter' } },
    'UCUM',
  ],
  ['a member that FHIR does not know', { mood: 'good' }, 'own: Observation.mood is not known'],
  ['a missing element', { code: undefined }, 'medplum: '],
  ['a value of another type', { effectiveDateTime: 7 }, 'schema: '],
  ['a script', div('<script>x</script>'), '<script> is not allowed'],
  ['a handler', div('<p onclick="x">y</p>'), 'onclick is not allowed'],
  ['an address that is code', div('<a href="javascript:x">y</a>'), 'href is code'],
  ['markup that does not end', div('<p>x'), 'not'],
  ['a bare ampersand', div('<p>a & b</p>'), 'not well-formed'],
  ['a narrative without words', div('<p> </p>'), 'says nothing'],
])('validityFaults() finds %s', (_what, change, fault) => {
  const { ...resource } = { ...GOOD, ...change } as Record<string, unknown>
  for (const name of Object.keys(resource)) if (resource[name] === undefined) delete resource[name]
  expect(validityFaults(resource).join('\n')).toContain(fault)
})

test('validityFaults() finds an address in a Bundle that is not absolute, and narratives quoted either way are read', () => {
  const single = "<div xmlns='http://www.w3.org/1999/xhtml' lang='en'>It's well</div>"
  const bundle = (fullUrl: string) => ({
    resourceType: 'Bundle',
    type: 'collection',
    entry: [{ fullUrl, resource: { ...GOOD, text: { status: 'generated', div: single } } }],
  })
  expect(validityFaults(bundle('urn:uuid:0b0d5f3c-8e0a-4c43-9a55-5b9a8e5f3f10'))).toEqual([])
  expect(validityFaults(bundle('Observation/a'))).toContain('own: Bundle.entry[0].fullUrl is not absolute')
})
