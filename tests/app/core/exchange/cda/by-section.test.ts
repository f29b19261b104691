import { beforeAll, describe, expect, test } from 'vitest'
import { readyCrypto } from '#crypto/sodium.ts'
import { objectsOf } from '#schema/record/fhir/json.ts'
import { ccda, CVX, loinc, organizer, problem, quantity, section, SNOMED } from '#tests/support/ccda-fixtures.ts'
import { readMade } from '#tests/support/read-made.ts'
import { medplumFaults } from '#tests/support/validity/fhir-validity.ts'
import { ownFaults } from '#tests/support/validity/own-faults.ts'

/** Documents whose entries have no template, or one that nobody knows: where a statement stands says what it is. */

beforeAll(readyCrypto)

const unmarked = (text: string) => text.replace(/<templateId [^>]*>/g, '')
const ofNobody = (text: string) => text.replace(/<templateId [^>]*>/g, '<templateId root="9.9.9"/>')

const ASTHMA = `code="195967001" ${SNOMED} displayName="Asthma"`
const observation = (inner: string, attributes = '') =>
  `<observation classCode="OBS" moodCode="EVN" ${attributes}><statusCode code="completed"/>${inner}</observation>`
const inside = (inner: string, typeCode = 'SUBJ') =>
  `<entryRelationship typeCode="${typeCode}">${inner}</entryRelationship>`
const act = (inner: string, code = '<code nullFlavor="NA"/>') =>
  `<act classCode="ACT" moodCode="EVN">${code}<statusCode code="active"/>${inner}</act>`

const asthma = observation(`<code code="64572001" ${SNOMED} displayName="Disease"/><value xsi:type="CD" ${ASTHMA}/>`)
const STATUS = observation(
  `${loinc('33999-4', 'Status')}<value xsi:type="CD" code="413322009" ${SNOMED} displayName="Resolved"/>`,
)
const SEVERITY = observation(
  `<code code="SEV" codeSystem="2.16.840.1.113883.5.4"/><value xsi:type="CD" code="24484000" ${SNOMED} displayName="Severe"/>`,
)
const AGE = observation(
  `<code code="445518008" ${SNOMED} displayName="Age at onset"/><value xsi:type="PQ" value="9" unit="a"/>`,
)
const HEALTH = observation(
  `${loinc('11323-3', 'Health status')}<value xsi:type="CD" code="81323004" ${SNOMED} displayName="Alive and well"/>`,
)

async function rowsOf(text: string) {
  const { made, resources, unusable } = await readMade(text)
  expect(unusable).toEqual([])
  expect(made.resources.flatMap(resource => [...medplumFaults(resource), ...ownFaults(resource)])).toEqual([])
  const rows = resources
    .map(({ parts: { section: place, title } }) => `${place}: ${title}`)
    .filter(row => !/^(?:about-me|care-team|documents|other: $)/.test(row))
  return { rows, made }
}

const rows = async (code: string, ...entries: readonly string[]) =>
  (await rowsOf(ccda(section(code, 'A section', 'x', ...entries)))).rows

describe('a problem', () => {
  test.each([
    ['the problem list', '11450-4', 'problems'],
    ['past illness', '11348-0', 'problems'],
    ['a discharge diagnosis', '11535-2', 'problems'],
    ['an admission diagnosis', '46241-6', 'problems'],
    ['encounters', '46240-8', 'problems'],
    ['health concerns', '75310-3', 'problems'],
  ])('in %s, by itself or in a concern', async (_, code, place) => {
    expect(await rows(code, asthma)).toEqual([`${place}: Asthma`])
    expect(await rows(code, act(inside(asthma)))).toEqual([`${place}: Asthma`])
    expect(await rows(code, ofNobody(act(inside(problem('1', ASTHMA)))))).toEqual([`${place}: Asthma`])
  })

  test('in a concern, wherever that stands', async () => {
    expect(await rows('', unmarked(problem('1', ASTHMA)))).toEqual(['problems: Asthma'])
  })

  test('has its status, severity, age and health status as parts, never as entries', async () => {
    const whole = problem('1', ASTHMA, [STATUS, SEVERITY, AGE, HEALTH].map(part => inside(part)).join(''))
    const { rows: all, made } = await rowsOf(ccda(section('11450-4', 'P', 'x', unmarked(whole))))
    expect(all).toEqual(['past-problems: Asthma'])
    expect(made.one('Condition')).toMatchObject({
      severity: { coding: [{ code: '24484000' }] },
      clinicalStatus: { coding: [{ code: 'resolved' }, { code: '413322009' }] },
    })
    expect(JSON.stringify(made.one('Condition')['contained'])).toMatch(/Alive and well/)
  })

  test('without a code is called by its words', async () => {
    const words = observation('<code nullFlavor="UNK"/><value xsi:type="ST">Sore knee</value>')
    expect(await rows('11450-4', words)).toEqual(['problems: Sore knee'])
  })

  test('is no answer to a question of LOINC’s, no number and no part that stands alone', async () => {
    const smoking = observation(
      `${loinc('72166-2', 'Smoking')}<value xsi:type="CD" code="77176002" ${SNOMED} displayName="Smoker"/>`,
    )
    const weight = observation(`<code code="27113001" ${SNOMED} displayName="Weight"/>${quantity('70', 'kg')}`)
    const found = await rows('75310-3', act(inside(smoking, 'REFR'), loinc('75310-3')), weight, STATUS)
    expect(found.filter(row => row.startsWith('problems'))).toEqual([])
    expect(found).toContain('social: Smoking')
  })

  test('is not what stands in other sections', async () => {
    expect(await rows('8716-3', asthma)).toEqual(['vitals: Disease'])
    expect(await rows('29762-2', asthma)).toEqual(['social: Disease'])
    expect(
      await rows('30954-2', organizer('999', 'o', loinc('58410-2', 'CBC'), `<component>${asthma}</component>`)),
    ).toEqual(expect.arrayContaining(['results: CBC', 'results: Disease']))
  })

  test('a template that is known is believed, wherever it stands', async () => {
    const result = asthma.replace('<statusCode', '<templateId root="2.16.840.1.113883.10.20.22.4.2"/><statusCode')
    expect(await rows('11450-4', result)).toEqual(['results: Disease'])
  })
})

describe('other entries', () => {
  test('an allergy, with or without what it is against', async () => {
    const named = observation(
      `<code code="ASSERTION" codeSystem="2.16.840.1.113883.5.4"/><text>Bee stings</text><value xsi:type="CD" code="419199007" ${SNOMED}/>${inside(STATUS)}`,
    )
    const none = observation(
      `<code code="ASSERTION" codeSystem="2.16.840.1.113883.5.4"/><value xsi:type="CD" code="419199007" ${SNOMED}/>`,
      'negationInd="true"',
    )
    expect(await rows('48765-2', act(inside(named), loinc('48765-2')))).toEqual(['allergies: Bee stings'])
    expect(await rows('48765-2', act(inside(none)))).toEqual(['allergies: No known allergy'])
    expect(await rows('', act(inside(named), loinc('48765-2')))).toEqual(['allergies: Bee stings'])
  })

  test('a vaccine, given or planned, wherever it stands; what it brought on is a part of it', async () => {
    const fever = observation('<code code="ASSERTION" codeSystem="2.16.840.1.113883.5.4"/><text>Fever</text>')
    const vaccine = (mood: string) =>
      `<substanceAdministration classCode="SBADM" moodCode="${mood}"><statusCode code="completed"/><effectiveTime value="2023"/>
      <consumable><manufacturedProduct><manufacturedMaterial><code code="140" ${CVX} displayName="Influenza"/></manufacturedMaterial>
      </manufacturedProduct></consumable>${inside(fever, 'CAUS')}</substanceAdministration>`
    const { rows: given, made } = await rowsOf(ccda(section('11369-6', 'V', 'x', vaccine('EVN'))))
    expect(given).toEqual(['immunizations: Influenza'])
    expect(made.one('Immunization')).toMatchObject({
      reaction: [{ detail: { reference: '#about-1' } }],
      contained: [{ resourceType: 'Observation', id: 'about-1', code: { text: 'Fever' } }],
    })
    expect(await rows('18776-5', vaccine('EVN'))).toEqual(['immunizations: Influenza'])
    expect(
      (await rowsOf(ccda(section('18776-5', 'P', 'x', vaccine('INT'))))).made.all('ImmunizationRecommendation'),
    ).toHaveLength(1)
  })

  test('a procedure that is written as an observation', async () => {
    const polyp = observation(`<code code="274025005" ${SNOMED} displayName="Polypectomy"/>`)
    expect(await rows('47519-4', polyp)).toEqual(['procedures: Polypectomy'])
  })

  test('a refusal is the reason that something was not done, no result', async () => {
    const objection = observation(
      '<code code="PATOBJ" codeSystem="2.16.840.1.113883.5.8" displayName="patient objection"/>',
    )
    const refused = `<procedure classCode="PROC" moodCode="EVN" negationInd="true"><code code="1" ${SNOMED} displayName="Scan"/>
      <statusCode code="completed"/>${inside(objection, 'RSON')}</procedure>`
    const { rows: all, made } = await rowsOf(ccda(section('47519-4', 'P', 'x', refused)))
    expect(all).toEqual(['procedures: Scan'])
    expect(made.one('Procedure')).toMatchObject({ status: 'not-done', statusReason: { text: 'patient objection' } })
  })

  test('who pays, inside what holds all that pay or by itself', async () => {
    const policy = `<act classCode="ACT" moodCode="EVN"><id root="1.2.3" extension="policy"/><code nullFlavor="UNK"/><statusCode code="completed"/>
      <performer typeCode="PRF"><assignedEntity><id root="1.2.3" extension="payer"/><representedOrganization><name>Example Health Fund</name>
      </representedOrganization></assignedEntity></performer></act>`
    const held = act(inside(policy, 'COMP'), loinc('48768-6'))
    for (const entry of [policy, held]) {
      const { made } = await rowsOf(ccda(section('48768-6', 'Payers', 'x', entry)))
      expect(objectsOf(made.one('Coverage')['payor'])).toMatchObject([{ display: 'Example Health Fund' }])
    }
  })
})
