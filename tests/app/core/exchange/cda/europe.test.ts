import { beforeAll, describe, expect, test } from 'vitest'
import { readyCrypto } from '#crypto/sodium.ts'
import { at, objectsOf } from '#schema/record/fhir/json.ts'
import { ccda, loinc, quantity, section, SNOMED } from '#tests/support/ccda-fixtures.ts'
import { readMade } from '#tests/support/read-made.ts'
import { medplumFaults } from '#tests/support/validity/fhir-validity.ts'
import { ownFaults } from '#tests/support/validity/own-faults.ts'

/** Documents of European countries, whose templates are none of C-CDA's: every person and value in them is an example. */

beforeAll(readyCrypto)

async function read(...sections: readonly string[]) {
  const { made, unusable } = await readMade(ccda(...sections))
  expect(unusable).toEqual([])
  expect(made.resources.flatMap(resource => [...medplumFaults(resource), ...ownFaults(resource)])).toEqual([])
  return made
}

const observation = (code: string, inner: string, classCode = 'OBS') =>
  `<observation classCode="${classCode}" moodCode="EVN">${code}<statusCode code="completed"/><effectiveTime value="20240105"/>${inner}</observation>`
const icd = (system: string, display: string) =>
  `<value xsi:type="CD" code="J45.0" codeSystem="${system}" displayName="${display}"/>`

describe('a diagnosis is a problem', () => {
  test('in the section of diagnoses of a German Arztbrief', async () => {
    const diagnosis = observation(
      '<code code="DX" codeSystem="2.16.840.1.113883.6.254"/>',
      icd('1.2.276.0.76.5.311', 'Asthma'),
    )
    const made = await read(section('29548-5', 'Diagnosen', 'Asthma: J45.0 G', diagnosis))
    expect(made.rows('condition')).toMatchObject([{ title: 'Asthma', when: '2024-01-05' }])
    expect(made.all('Observation')).toEqual([])
  })

  test('by its class, in a section with a code of Finland’s own (Kanta)', async () => {
    const code = '<code code="1" codeSystem="1.2.246.537.6.12.2002.126" displayName="Diagnoosi"/>'
    const diagnosis = observation(code, icd('1.2.246.537.6.1', 'Astma'), 'COND')
    const made = await read(section('50', 'Taudinmääritys', 'J45.0 Astma', diagnosis))
    expect(made.rows('condition')).toMatchObject([{ title: 'Astma' }])
  })
})

test('a blood pressure whose parts are entries of their own is one, at each time', async () => {
  const part = (code: string, value: string, day: string) =>
    `<observation classCode="OBS" moodCode="EVN">${loinc(code)}<statusCode code="completed"/><effectiveTime value="${day}"/>${quantity(value, 'mm[Hg]')}</observation>`
  const made = await read(
    section(
      '8716-3',
      'Befund',
      'x',
      part('8480-6', '128', '20240105'),
      part('8462-4', '82', '20240105'),
      part('8480-6', '131', '20240106'),
      part('8462-4', '85', '20240106'),
      part('8480-6', '140', '20240107'),
    ),
  )
  expect(made.rows('blood-pressure')).toMatchObject([
    { when: '2024-01-05', value: { systolicMmHg: 128, diastolicMmHg: 82 } },
    { when: '2024-01-06', value: { systolicMmHg: 131, diastolicMmHg: 85 } },
  ])
  expect(made.rows('vital-sign')).toMatchObject([{ when: '2024-01-07' }])
})

/** IHE XD-LAB, as ELGA in Austria, CR-Bio in France and the FSE in Italy have it. */
test('a laboratory’s act holds its results and when they were taken, and is none of them', async () => {
  const own = '<code code="300" codeSystem="1.2.40.0.34.5.11" displayName="Hämatologie"/>'
  const result = `<component>${observation(loinc('718-7', 'Hämoglobin'), quantity('13.2', 'g/dL'))}</component>`
  const taken = `<procedure classCode="PROC" moodCode="EVN"><templateId root="1.3.6.1.4.1.19376.1.3.1.2"/>${loinc('33882-2', 'Collection date')}
    <effectiveTime value="20240105"/><participant typeCode="PRD"><participantRole classCode="SPEC"><id root="1.2" extension="s"/>
    <playingEntity><code code="BLD" codeSystem="2.16.840.1.113883.5.129" displayName="Blood"/></playingEntity></participantRole></participant></procedure>`
  const battery = `<organizer classCode="BATTERY" moodCode="EVN"><code code="03010" codeSystem="1.2.40.0.34.5.11" displayName="Blutbild"/>
    <statusCode code="completed"/><effectiveTime value="20240105"/>${result}</organizer>`
  const held = [taken, battery].map(each => `<entryRelationship typeCode="COMP">${each}</entryRelationship>`).join('')
  const act = `<act classCode="ACT" moodCode="EVN">${own}<statusCode code="completed"/>${held}</act>`
  const made = await read(
    `<component><section>${own}<title>Labor</title><text>x</text><entry>${act}</entry></section></component>`,
  )
  expect(made.rows('report')).toMatchObject([{ title: 'Blutbild' }])
  expect(made.rows('lab-result')).toMatchObject([{ title: 'Hämoglobin' }])
  expect(made.one('Specimen')).toMatchObject({ collection: { collectedDateTime: '2024-01-05' } })
  expect([...made.all('Procedure'), ...made.all('Basic')]).toEqual([])
})

/** MyHealth@EU patient summaries (epSOS) and IHE Pharmacy. */
test('what a medicine is made of, in a namespace of its own, comes with its code and its strength', async () => {
  const medicine = `<substanceAdministration classCode="SBADM" moodCode="INT"><templateId root="1.3.6.1.4.1.19376.1.5.3.1.4.7"/>
    <templateId root="2.16.840.1.113883.10.20.1.24"/><statusCode code="active"/><consumable><manufacturedProduct><manufacturedMaterial>
    <name>Example 5 mg</name><e:formCode xmlns:e="urn:epsos-org:ep:medication" code="10219000" codeSystem="0.4.0.127.0.16.1.1.2.1" displayName="Tablet"/>
    <e:ingredient xmlns:e="urn:epsos-org:ep:medication" classCode="ACTI"><e:quantity><e:numerator value="5" unit="mg"/><e:denominator value="1" unit="1"/></e:quantity>
    <e:ingredient classCode="MMAT"><e:code code="C09AA05" codeSystem="2.16.840.1.113883.6.73" displayName="ramipril"/></e:ingredient></e:ingredient>
    </manufacturedMaterial></manufacturedProduct></consumable></substanceAdministration>`
  const made = await read(section('10160-0', 'Médicaments', 'x', medicine))
  expect(made.rows('medicine')).toMatchObject([{ title: 'Example 5 mg' }])
  const [contained] = objectsOf(made.one('MedicationRequest')['contained'])
  expect(contained).toMatchObject({ form: { coding: [{ display: 'Tablet' }] } })
  const [ingredient] = objectsOf(contained?.['ingredient'])
  expect(ingredient).toMatchObject({
    itemCodeableConcept: { coding: [{ code: 'C09AA05' }] },
    strength: { numerator: { value: 5, code: 'mg' } },
  })
})

test('a letter that is a PDF inside is of the day it was written, also where it names no time of day', async () => {
  const whole = ccda()
    .replace(/<effectiveTime value="\d+-0500"\/>/, '<effectiveTime value="20240506"/>')
    .replace(
      /<component><structuredBody>.*<\/component>/s,
      '<component><nonXMLBody><text mediaType="application/pdf" representation="B64">JVBERi0xLjQK</text></nonXMLBody></component>',
    )
  const { made } = await readMade(whole)
  expect(made.rows('document')).toMatchObject([{ when: '2024-05-06' }])
})

test('SNOMED CT stays beside what it means', async () => {
  const weight = observation(`<code code="27113001" ${SNOMED} displayName="Body weight"/>`, quantity('80', 'kg'))
  const made = await read(section('8716-3', 'Befund', 'x', weight))
  expect(made.rows('weight')).toMatchObject([{ title: 'Body weight' }])
  const codes = made.all('Observation').map(each => at(each, 'code', 'coding', 'code'))
  expect(codes).toEqual(['27113001'])
})
