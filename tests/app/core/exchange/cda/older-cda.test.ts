import { beforeAll, describe, expect, test } from 'vitest'
import { readyCrypto } from '#crypto/sodium.ts'
import { objectsOf } from '#schema/record/fhir/json.ts'
import {
  AUTHOR,
  ccda,
  CVX,
  loinc,
  measured,
  organizer,
  quantity,
  RXNORM,
  section,
  SNOMED,
  template,
} from '#tests/support/ccda-fixtures.ts'
import { readMade } from '#tests/support/read-made.ts'
import { medplumFaults } from '#tests/support/validity/fhir-validity.ts'
import { ownFaults } from '#tests/support/validity/own-faults.ts'

/**
 * What C32 and CCD 1.0 have that C-CDA no longer has; seen in the sample documents of NIST and of HL7 that the `blue-button`
 * package carries.
 */

beforeAll(readyCrypto)

/** CCD 1.0 has one template (1.24) for every substance given. */
const given = (product: string, inner = '', extra = '') =>
  `<substanceAdministration classCode="SBADM" moodCode="EVN"><templateId root="2.16.840.1.113883.10.20.1.24"/>${extra}
  <id root="1.2.3" extension="${product.length}"/><statusCode code="completed"/><effectiveTime xsi:type="IVL_TS"><low value="2023"/></effectiveTime>
  <consumable><manufacturedProduct><manufacturedMaterial>${product}</manufacturedMaterial></manufacturedProduct></consumable>${inner}</substanceAdministration>`
const albuterol = `<code code="307782" ${RXNORM} displayName="Albuterol"/>`
const influenza = `<code code="88" ${CVX} displayName="Influenza vaccine"/>`
const status = (code: string, display: string) =>
  `<entryRelationship typeCode="REFR"><observation classCode="OBS" moodCode="EVN"><templateId root="2.16.840.1.113883.10.20.1.47"/>
  ${loinc('33999-4', 'Status')}<value xsi:type="CE" code="${code}" ${SNOMED} displayName="${display}"/></observation></entryRelationship>`
const kind = `<entryRelationship typeCode="SUBJ"><observation classCode="OBS" moodCode="EVN">
  <templateId root="2.16.840.1.113883.3.88.11.83.8.1"/><code code="73639000" ${SNOMED} displayName="Prescription Drug"/></observation></entryRelationship>`
const supply = `<entryRelationship typeCode="REFR"><supply classCode="SPLY" moodCode="INT"><templateId root="2.16.840.1.113883.10.20.1.34"/>
  <id root="1.2.3" extension="supply"/><statusCode code="completed"/><repeatNumber value="1"/><quantity value="75" unit="mg"/></supply></entryRelationship>`

async function read(...sections: readonly string[]) {
  const { made, unusable, resources } = await readMade(ccda(...sections))
  expect(unusable).toEqual([])
  expect(made.resources.flatMap(resource => [...medplumFaults(resource), ...ownFaults(resource)])).toEqual([])
  return { made, resources }
}

describe('a substance given, by the one template of CCD', () => {
  test('is a medicine, taken as its status says, and nothing beside it', async () => {
    const inner = status('55561003', 'Active') + kind + supply
    const { made } = await read(section('10160-0', 'Medicines', 'x', given(albuterol, inner)))
    expect(made.rows('medicine')).toMatchObject([{ title: 'Albuterol' }, { title: 'Albuterol' }])
    expect(made.rows('medicine')).toContainEqual(expect.objectContaining({ when: '2023', status: 'active' }))
    expect(made.all('Immunization')).toEqual([])
    expect(made.all('Observation')).toEqual([])
  })

  test.each([
    ['73425007', 'No longer active', 'past'],
    ['421139008', 'On hold', 'active'],
  ])('whose status is %s is %s', async (code, display, expected) => {
    const { made } = await read(section('10160-0', 'Medicines', 'x', given(albuterol, status(code, display))))
    expect(made.one('MedicationStatement')['status']).toBe(code === '421139008' ? 'on-hold' : 'completed')
    expect(made.rows('medicine')).toMatchObject([{ status: expected }])
  })

  test.each([
    ['in the section of vaccinations', '11369-6', ''],
    ['elsewhere, by its code', '10160-0', ''],
    ['elsewhere, by IHE’s template', '10160-0', '<templateId root="1.3.6.1.4.1.19376.1.5.3.1.4.12"/>'],
  ])('is a vaccination %s', async (_, code, extra) => {
    const { made } = await read(section(code, 'A section', 'x', given(influenza, '', extra)))
    expect(made.rows('immunization')).toMatchObject([{ title: 'Influenza vaccine' }])
    expect(made.rows('medicine')).toEqual([])
  })
})

const snomed = (id: string, code: string, display: string, value: string) =>
  `<component><observation classCode="OBS" moodCode="EVN"><templateId root="2.16.840.1.113883.10.20.1.31"/><id root="1.2.3" extension="${id}"/>
  <code code="${code}" ${SNOMED} displayName="${display}"/><statusCode code="completed"/><effectiveTime value="20230405"/>${value}</observation></component>`

describe('vital signs', () => {
  test('in SNOMED CT are what they are', async () => {
    const vitals = organizer(
      '26',
      'v',
      '',
      snomed('1', '50373000', 'Body height', quantity('177', 'cm')),
      snomed('2', '27113001', 'Body weight', quantity('86', 'kg')),
      snomed('3', '271649006', 'Systolic BP', quantity('132', 'mm[Hg]')),
      snomed('4', '271650006', 'Diastolic BP', quantity('86', 'mm[Hg]')),
    )
    const { made } = await read(section('8716-3', 'Vital signs', 'x', vitals))
    const pressure = { type: 'blood-pressure', systolicMmHg: 132, diastolicMmHg: 86 }
    expect(made.rows('blood-pressure')).toMatchObject([{ value: pressure, when: '2023-04-05' }])
    expect(made.rows('height')).toMatchObject([{ title: 'Body height' }])
    expect(made.rows('weight')).toMatchObject([{ title: 'Body weight' }])
    const panel = made.all('Observation').find(each => each['component'] !== undefined)
    const codes = objectsOf(panel?.['component']).map(each => objectsOf(objectsOf([each['code']])[0]?.['coding'])[0])
    expect(codes).toMatchObject([{ code: '8480-6' }, { code: '8462-4' }])
  })

  test('pair a systolic with the diastolic of a first visit, as C32 samples have them', async () => {
    const vitals = organizer(
      '26',
      'v',
      '',
      measured('1', '8480-6', 'Systolic', quantity('132', 'mm[Hg]')),
      measured('2', '11377-9', 'Diastolic', quantity('86', 'mm[Hg]')),
    )
    const { made } = await read(section('8716-3', 'Vital signs', 'x', vitals))
    expect(made.rows('blood-pressure')).toHaveLength(1)
  })
})

test('a document about all care since birth is of the day it was written', async () => {
  const whole = ccda(section('11450-4', 'Problems', 'none')).replace(
    '<component><structuredBody>',
    '<documentationOf><serviceEvent classCode="PCPR"><effectiveTime><low value="19320924"/><high value="20240506"/></effectiveTime></serviceEvent></documentationOf><component><structuredBody>',
  )
  const { made } = await readMade(whole)
  for (const row of made.rows('document')) expect(row).toMatchObject({ when: expect.stringContaining('2024-05-06') })
})

describe('a medicine that is ordered (Cerner’s and MyHealth@EU’s lists are orders)', () => {
  const ordered = (time: string, author = '') =>
    `<substanceAdministration classCode="SBADM" moodCode="INT">${template('16')}<id root="1.2.3" extension="m"/><statusCode code="active"/>${time}
    <consumable><manufacturedProduct><manufacturedMaterial>${albuterol}</manufacturedMaterial></manufacturedProduct></consumable>${author}</substanceAdministration>`
  const since = '<effectiveTime xsi:type="IVL_TS"><low value="20080922"/></effectiveTime>'
  const every = '<effectiveTime xsi:type="PIVL_TS" operator="A"><period value="12" unit="h"/></effectiveTime>'

  test.each([
    ['of the day from which it is taken', ordered(since), '2008-09-22'],
    ['also where it says how often', ordered(since + every), '2008-09-22'],
    ['of the day its own author wrote it', ordered(since, AUTHOR), '2024-01-02'],
    ['of the document’s day where nothing says more', ordered(''), '2024-01-02'],
  ])('is %s', async (_, entry, when) => {
    const { made } = await read(section('10160-0', 'Medicines', 'x', entry))
    expect(made.rows('medicine')).toMatchObject([{ title: 'Albuterol', when }])
  })
})

test('a value that points into the narrative names what it is the value of', async () => {
  const value = (id: string) => `<value xsi:type="ED"><reference value="#${id}"/></value>`
  const problem = `<observation classCode="OBS" moodCode="EVN">${template('4')}<id root="1.2.3" extension="p"/><code code="409586006" ${SNOMED}/><statusCode code="completed"/>${value('p1')}</observation>`
  const smoking = `<observation classCode="OBS" moodCode="EVN"><id root="1.2.3" extension="s"/><code code="ASSERTION" codeSystem="2.16.840.1.113883.5.4"/><statusCode code="completed"/>${value('s1')}</observation>`
  const { made } = await read(
    section('11450-4', 'Problems', '<paragraph ID="p1">Pneumonia</paragraph>', problem),
    section('29762-2', 'Social history', '<paragraph ID="s1">Former smoker</paragraph>', smoking),
  )
  expect(made.rows('condition')).toMatchObject([{ title: 'Pneumonia' }])
  expect(made.rows('social-history')).toMatchObject([{ title: 'Former smoker' }])
})

test('a planned visit without a name is not called "unknown" (Allscripts’), and what only points elsewhere is no entry (NextGen’s)', async () => {
  const reference = `<entryRelationship typeCode="REFR"><act classCode="ACT" moodCode="EVN"><templateId root="1.3.6.1.4.1.19376.1.5.3.1.4.4.1"/>
    <id root="1.2.3" extension="r"/><code code="E" codeSystem="1.2.3" displayName="Encounter"/></act></entryRelationship>`
  const visit = `<encounter classCode="ENC" moodCode="RQO">${template('40')}<id root="1.2.3" extension="e"/>${reference}</encounter>`
  const { made } = await read(section('18776-5', 'Plan', 'x', visit))
  expect(made.rows('visit')).toMatchObject([{ title: '' }])
  expect(made.all('Basic')).toEqual([])
})
