import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { OWN_READINGS } from '#app/core/exchange/ips/choose-entries.ts'
import { type IpsRequest, writeIps } from '#app/core/exchange/ips/write-ips.ts'
import type { TakenEntry } from '#app/core/exchange/own-entries.ts'
import { sampleRecord } from '#app/core/exchange/sample/sample-record.ts'
import { outWords } from '#app/ui/record/out-words.ts'
import { readyCrypto } from '#crypto/sodium.ts'
import { instant } from '#schema/instant.ts'
import type { EntryFields } from '#schema/record/entry.ts'
import { at, type JsonObject, objectsOf } from '#schema/record/fhir/json.ts'
import { parseFields } from '#schema/record/own-entry.ts'
import { SECTIONS } from '#schema/record/sections.ts'
import { bundleOf } from '#tests/support/fhir-fixtures.ts'
import { oddFields, oddText } from '#tests/support/odd-fields.ts'
import { broughtIn, collection, typedEntry } from '#tests/support/taken.ts'
import { strayReferences, validityFaults } from '#tests/support/validity/fhir-validity.ts'
import { ipsFaults } from '#tests/support/validity/ips-faults.ts'

beforeAll(readyCrypto)

const NOW = instant(Date.UTC(2026, 5, 1, 12))
const REQUEST: IpsRequest = {
  person: { name: 'Ada "Byron"', birthDate: '1815-12-10', recordId: 'record-1' },
  sections: SECTIONS,
  noneKnown: [],
  holdsMore: [],
  words: outWords(),
  identifier: 'urn:uuid:0b0d5f3c-8e0a-4c43-9a55-5b9a8e5f3f10',
  now: NOW,
}

function write(entries: readonly TakenEntry[], request: Partial<IpsRequest> = {}) {
  const text = [...writeIps(entries, { ...REQUEST, ...request })].join('')
  const { bundle, resources } = bundleOf(text)
  return { text, bundle, resources, sections: objectsOf(resources[0]?.['section']) }
}

const faultsOf = (bundle: JsonObject) => [...validityFaults(bundle), ...ipsFaults(bundle), ...strayReferences(bundle)]
const sectionOf = (sections: readonly JsonObject[], loinc: string) =>
  sections.find(section => at(section, 'code', 'coding', 'code') === loinc) ?? {}
const reasonOf = (sections: readonly JsonObject[], loinc: string) =>
  at(sectionOf(sections, loinc), 'emptyReason', 'coding', 'code')
const PROBLEMS = '11450-4'
const ALLERGIES = '48765-2'
const MEDICINES = '10160-0'

const ASTHMA: EntryFields = { kind: 'condition', name: 'Asthma', clinicalStatus: 'active' }

test('a summary of the sample keeps every rule of the guide and is valid by all three readers', async () => {
  const sample = sampleRecord(5, NOW)
  const entries = [...(await broughtIn(sample.bundle)), ...sample.entries.map(typedEntry)]
  const { bundle, sections, resources } = write(entries)
  expect(faultsOf(bundle)).toEqual([])
  expect(sections.length).toBeGreaterThan(12)
  expect(sections.slice(0, 3).map(section => at(section, 'code', 'coding', 'code'))).toEqual([
    PROBLEMS,
    ALLERGIES,
    MEDICINES,
  ])
  expect(objectsOf(resources[0]?.['author']).map(author => author['reference'])).toEqual([
    at(resources[0], 'subject', 'reference'),
    objectsOf(bundle['entry'])[2]?.['fullUrl'],
  ])
  expect(resources[2]).toMatchObject({ resourceType: 'Device', deviceName: [{ name: 'Wellkeep' }] })
})

test('whatever a person types makes a valid summary', () => {
  fc.assert(
    fc.property(
      fc.array(oddFields(), { maxLength: 8 }),
      oddText(),
      fc.subarray([...SECTIONS]),
      (list, name, sections) => {
        const typed = list.flatMap(fields => {
          const parsed = parseFields(fields)
          return parsed.ok ? [parsed.value] : []
        })
        const { bundle } = write(typed.map(typedEntry), { person: { name, recordId: 'r' }, sections })
        expect(faultsOf(bundle)).toEqual([])
      },
    ),
    { numRuns: 150 },
  )
})

test('an empty record says that nothing is said, not that there is nothing', () => {
  const { bundle, sections } = write([])
  expect(faultsOf(bundle)).toEqual([])
  expect(sections).toHaveLength(3)
  for (const code of [PROBLEMS, ALLERGIES, MEDICINES]) expect(reasonOf(sections, code)).toBe('unavailable')
  expect(at(sectionOf(sections, ALLERGIES), 'text', 'div')).toContain('does not mean that there is nothing')
})

test('none known, not chosen and nothing said are three things', () => {
  const { bundle, sections } = write([], { sections: ['allergies', 'medicines'], noneKnown: ['allergies'] })
  expect(faultsOf(bundle)).toEqual([])
  expect(reasonOf(sections, ALLERGIES)).toBe('nilknown')
  expect(reasonOf(sections, MEDICINES)).toBe('unavailable')
  expect(reasonOf(sections, PROBLEMS)).toBe('withheld')
})

test('a section whose entries stay behind is never said to be empty, neither by the person nor by an earlier summary', async () => {
  const earlier = await broughtIn(collection(SUMMARY))
  const { sections } = write(earlier, { holdsMore: ['allergies'], noneKnown: ['allergies'] })
  expect(reasonOf(sections, ALLERGIES)).toBe('unavailable')
})

const SUMMARY = {
  resourceType: 'Composition',
  id: 'c',
  status: 'final',
  type: { text: 'Patient summary' },
  title: 'Patient summary of St Mary',
  date: '2025-03-04',
  author: [{ display: 'Dr Bell' }],
  section: [
    {
      title: 'Allergies',
      code: { coding: [{ system: 'http://loinc.org', code: ALLERGIES }] },
      text: { status: 'generated', div: '<div xmlns="http://www.w3.org/1999/xhtml">None known</div>' },
      emptyReason: { coding: [{ code: 'nilknown' }] },
    },
  ],
}

test('what an earlier summary said of an empty section is said again, with who said so', async () => {
  const { bundle, sections, resources } = write(await broughtIn(collection(SUMMARY)))
  expect(faultsOf(bundle)).toEqual([])
  expect(reasonOf(sections, ALLERGIES)).toBe('nilknown')
  expect(at(sectionOf(sections, ALLERGIES), 'text', 'div')).toContain(
    'So says an earlier summary (Dr Bell, 2025-03-04).',
  )
  const document = resources.find(resource => resource['resourceType'] === 'DocumentReference')
  const cover = atob(String(at(document, 'content', 'attachment', 'data')))
  expect(JSON.parse(cover)).toEqual(SUMMARY)
})

const PATIENT = {
  resourceType: 'Patient',
  id: 'p',
  identifier: [{ system: 'urn:clinic', value: '77' }],
  name: [{ family: 'Byron', given: ['Ada'] }],
  birthDate: '1815-12-10',
  gender: 'female',
  generalPractitioner: [{ reference: 'Practitioner/d' }],
}
const DOCTOR = { resourceType: 'Practitioner', id: 'd', name: [{ text: 'Dr Bell' }] }
const HIV = { resourceType: 'Condition', id: 'h', subject: { reference: 'Patient/p' }, code: { text: 'HIV' } }
const TABLET =
  '{"resourceType":"MedicationRequest","id":"m","status":"active","intent":"order","medicationCodeableConcept":{"coding":[{"system":"http://www.nlm.nih.gov/research/umls/rxnorm","code":"860975"}],"text":"Metformin"},"subject":{"reference":"Patient/p"},"authoredOn":"2024-01-02","requester":{"reference":"Practitioner/d","display":"Dr Bell"},"encounter":{"reference":"Encounter/e","display":"HIV clinic"},"reasonReference":[{"reference":"Condition/h","display":"HIV"}],"dosageInstruction":[{"text":"1 in the morning","doseAndRate":[{"doseQuantity":{"value":1.50,"unit":"mg"}}]}]}'
const CLINIC = `{"resourceType":"Bundle","type":"collection","entry":[${[PATIENT, DOCTOR, HIV].map(each => `{"resource":${JSON.stringify(each)}}`).join()},{"resource":${TABLET}}]}`

test('only the chosen sections are in it, with the people they name, and nothing hints at the rest', async () => {
  const { bundle, text, resources } = write(await broughtIn(CLINIC), { sections: ['medicines'] })
  expect(faultsOf(bundle)).toEqual([])
  expect(text).not.toContain('HIV')
  expect(text).not.toContain('urn:clinic')
  const types = resources.map(resource => resource['resourceType'])
  expect(types).toEqual(['Composition', 'Patient', 'Device', 'MedicationRequest', 'Practitioner'])
  expect(resources[3]).toMatchObject({
    subject: { reference: at(resources[0], 'subject', 'reference') },
    requester: { display: 'Dr Bell' },
    encounter: { type: 'Encounter' },
    reasonReference: [{ type: 'Condition' }],
  })
})

test('an imported medicine goes out with its codes and its dosage as they came, to the digit', async () => {
  const { text, sections } = write(await broughtIn(CLINIC))
  expect(text).toContain('"doseAndRate":[{"doseQuantity":{"value":1.50,"unit":"mg"}}]')
  expect(text).toContain('"code":"860975"')
  expect(at(sectionOf(sections, MEDICINES), 'text', 'div')).toContain('<td>1 in the morning</td>')
})

test('with "About me" the person is as the clinics know them, under their own id', async () => {
  const { bundle, resources } = write(await broughtIn(CLINIC))
  expect(faultsOf(bundle)).toEqual([])
  expect(resources[1]).toMatchObject({
    identifier: [{ value: '77' }],
    gender: 'female',
    name: [{ text: 'Ada "Byron"' }, { family: 'Byron' }],
  })
  expect(resources.filter(resource => resource['resourceType'] === 'Patient')).toHaveLength(1)
})

test('a correction goes out instead of the original, and keeps the codes of a name that was not changed', async () => {
  const [entry] = (await broughtIn(CLINIC)).filter(({ summary }) => summary.kind === 'medicine')
  const corrected = (fields: Partial<EntryFields>): TakenEntry => ({
    ...entry!,
    fields: {
      kind: 'medicine',
      name: 'Metformin',
      directions: '1 in the morning',
      status: 'taking',
      ...fields,
    } as EntryFields,
  })
  const kept = write([corrected({ note: 'with food' })]).resources[3]
  expect(kept).toMatchObject({
    resourceType: 'MedicationStatement',
    medicationCodeableConcept: { coding: [{ code: '860975' }] },
    dosage: [{ doseAndRate: [{ doseQuantity: { value: 1.5 } }] }],
    note: [{ text: 'with food' }],
    meta: { tag: [{ code: 'patient-supplied' }], security: [{ code: 'PATAST' }] },
  })
  const { bundle, resources } = write([corrected({ name: 'Metformin XR', directions: '2 at night' } as never)])
  expect(faultsOf(bundle)).toEqual([])
  expect(resources[3]?.['medicationCodeableConcept']).toEqual({ text: 'Metformin XR' })
  expect(resources[3]?.['dosage']).toEqual([{ text: '2 at night' }])
})

const FILE = { contentType: 'application/pdf', data: 'JVBERi0xLjc=', title: 'letter.pdf' }
const LETTER = {
  resourceType: 'DocumentReference',
  id: 'd1',
  status: 'current',
  type: { coding: [{ system: 'http://loinc.org', code: '18842-5' }] },
  description: 'Letter',
  content: [{ attachment: FILE }, { attachment: { ...FILE, title: 'page 2' } }],
}

test('a corrected document of a clinic goes out with its files, but for pages that were taken out', async () => {
  const [entry] = await broughtIn(collection(LETTER))
  const fields = { kind: 'document', title: 'Discharge letter', without: '1' } as const
  const { bundle, resources } = write([{ ...entry!, fields }])
  expect(faultsOf(bundle)).toEqual([])
  expect(resources[3]).toMatchObject({ description: 'Discharge letter', type: { coding: [{ code: '18842-5' }] } })
  expect(resources[3]?.['content']).toEqual([{ attachment: FILE }])
  const none = write([{ ...entry!, fields: { ...fields, without: '0 1' } }])
  expect(faultsOf(none.bundle)).toEqual([])
  expect(none.text).not.toContain(FILE.data)
})

test('what goes along by itself stands among the documents, and its section is not said to be chosen', async () => {
  const report = {
    resourceType: 'DiagnosticReport',
    id: 'r1',
    status: 'final',
    code: { text: 'Biopsy' },
    presentedForm: [FILE],
  }
  const entries = [...(await broughtIn(collection(LETTER, report))), typedEntry(ASTHMA)]
  const [letter, biopsy] = entries
  const { bundle, sections, text } = write(entries, { sections: ['allergies'], alongside: new Set([biopsy!.id]) })
  expect(faultsOf(bundle)).toEqual([])
  expect(text).not.toMatch(/Asthma|page 2/)
  expect(letter?.summary.kind).toBe('document')
  expect(sections.map(section => section['title'])).toEqual(['Problems', 'Allergies', 'Medicines', 'Documents'])
  expect(at(sections[3], 'text', 'div')).toContain('Biopsy')
  expect(reasonOf(sections, PROBLEMS)).toBe('withheld')
})

test('of a thing that its source sent twice the newer version is in it, and nothing entered by mistake', async () => {
  const flu = (status: string) => ({
    ...HIV,
    id: '1b7d5f3c-8e0a-4c43-9a55-5b9a8e5f3f10',
    code: { text: 'Flu' },
    clinicalStatus: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-clinical', code: status }] },
  })
  const mistaken = {
    ...HIV,
    id: 'x',
    verificationStatus: { coding: [{ code: 'entered-in-error' }] },
    code: { text: 'Oops' },
  }
  const before = await broughtIn(collection(flu('active')), 'a.json', instant(1000))
  const after = await broughtIn(collection(flu('resolved'), mistaken), 'b.json', instant(2000))
  const { text, sections } = write([...after, ...before])
  expect(text).not.toContain('Oops')
  expect(reasonOf(sections, PROBLEMS)).toBe('unavailable')
  expect(objectsOf(sectionOf(sections, '11348-0')['entry'])).toHaveLength(1)
})

test('what the guide admits in no section stands in a further one', async () => {
  const goal = {
    resourceType: 'Goal',
    id: 'g',
    lifecycleStatus: 'active',
    description: { text: 'Walk' },
    subject: { reference: 'Patient/p' },
  }
  const { bundle, sections } = write(await broughtIn(collection(goal)))
  expect(faultsOf(bundle)).toEqual([])
  expect(sections.at(-1)).toMatchObject({
    title: 'Plans and goals: further entries',
    code: { text: 'Plans and goals: further entries' },
  })
})

const pressure = (day: number, systolicMmHg: number): EntryFields => ({
  kind: 'blood-pressure',
  takenAt: `2026-03-${String((day % 28) + 1).padStart(2, '0')}T07:${String(day % 60).padStart(2, '0')}:00+01:00`,
  systolicMmHg,
  diastolicMmHg: 80,
})

test('of many own readings the newest are listed, all of them counted, and their mean is LOINC 96607-7', () => {
  const readings = Array.from({ length: 56 }, (_, day) => typedEntry(pressure(day, day < 28 ? 120 : 130), day))
  const { bundle, sections, resources } = write(readings)
  expect(faultsOf(bundle)).toEqual([])
  const vitals = sectionOf(sections, '8716-3')
  expect(objectsOf(vitals['entry'])).toHaveLength(OWN_READINGS + 1)
  expect(at(vitals, 'text', 'div')).toContain('the newest 30 of 56 readings by the patient.')
  const mean = resources.find(resource => at(resource, 'code', 'coding', 'code') === '96607-7')
  expect(mean).toMatchObject({
    effectivePeriod: { start: '2026-03-01T07:00:00+01:00', end: '2026-03-28T07:55:00+01:00' },
    component: [
      { code: { coding: [{ code: '96608-5' }] }, valueQuantity: { value: 125, code: 'mm[Hg]' } },
      { code: { coding: [{ code: '96609-3' }] }, valueQuantity: { value: 80, code: 'mm[Hg]' } },
    ],
    note: [{ text: 'Mean of 56 readings in 30 days' }],
  })
})

test('the narrative is in the language of the page, escaped, and says what the patient said', () => {
  const { sections } = write([
    typedEntry({ kind: 'allergy', substance: '<script>alert("1")</script> & nuts', severity: 'severe' }),
  ])
  expect(at(sectionOf(sections, ALLERGIES), 'text', 'div')).toBe(
    '<div xmlns="http://www.w3.org/1999/xhtml" lang="en" xml:lang="en" dir="ltr"><table><thead><tr><th>What</th><th>Severity</th><th>Status</th><th>Source</th></tr></thead>' +
      '<tbody><tr><td>&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; nuts</td><td>Severe</td><td>Active</td><td>Patient</td></tr></tbody></table></div>',
  )
})

test('a summary without a date of birth says that it is not known', () => {
  const { bundle, resources } = write([typedEntry(ASTHMA)], { person: { name: 'Ada', recordId: 'r' } })
  expect(faultsOf(bundle)).toEqual([])
  expect(at(resources[1], '_birthDate', 'extension', 'valueCode')).toBe('unknown')
})

test('“no known allergies” goes out as it came, and where there is an allergy too the summary says that both were told', async () => {
  const none = {
    resourceType: 'AllergyIntolerance',
    id: 'none',
    patient: { reference: 'Patient/1' },
    recordedDate: '2024-03-05',
    code: { coding: [{ system: 'http://snomed.info/sct', code: '716186003' }] },
  }
  const alone = write(await broughtIn(collection(none)))
  const told = JSON.stringify(sectionOf(alone.sections, ALLERGIES))
  expect(told).toContain('No known allergies')
  expect(told).not.toContain('was told by')
  expect(alone.resources.find(({ resourceType }) => resourceType === 'AllergyIntolerance')).toMatchObject({
    code: none.code,
  })
  const peanut: EntryFields = { kind: 'allergy', substance: 'Peanut' }
  const both = write([...(await broughtIn(collection(none))), typedEntry(peanut)])
  const words = JSON.stringify(sectionOf(both.sections, ALLERGIES))
  expect(words).toMatch(/“No known allergies” was told by .*2024-03-05. What else was told is listed here as well/)
  expect(faultsOf(both.bundle)).toEqual([])
})
