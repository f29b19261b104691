import { beforeAll, describe, expect, test } from 'vitest'
import { readyCrypto } from '#crypto/sodium.ts'
import { at, type JsonObject, objectsOf } from '#schema/record/fhir/json.ts'
import {
  AUTHOR,
  ccda,
  CVX,
  loinc,
  measured,
  organizer,
  problem,
  quantity,
  RXNORM,
  section,
  SNOMED,
  template,
} from '#tests/support/ccda-fixtures.ts'
import { readMade } from '#tests/support/read-made.ts'
import { medplumFaults, strayReferences } from '#tests/support/validity/fhir-validity.ts'
import { ownFaults } from '#tests/support/validity/own-faults.ts'

beforeAll(readyCrypto)

const code = (value: string, display: string) => `code="${value}" ${SNOMED} displayName="${display}"`
const problems = (...entries: string[]) =>
  section('11450-4', 'Problems', '<paragraph ID="p1">High blood pressure</paragraph>', ...entries)

const ALLERGY = (inner: string, attributes = '') =>
  section(
    '48765-2',
    'Allergies',
    'see entries',
    `<act classCode="ACT" moodCode="EVN">${template('30')}<code code="CONC" codeSystem="2.16.840.1.113883.5.6"/>
    <statusCode code="active"/><entryRelationship typeCode="SUBJ"><observation classCode="OBS" moodCode="EVN" ${attributes}>
    ${template('7')}<id root="1.2.3" extension="allergy-1"/><code code="ASSERTION" codeSystem="2.16.840.1.113883.5.4"/>
    <statusCode code="completed"/><effectiveTime><low value="2011"/></effectiveTime>${inner}</observation></entryRelationship></act>`,
  )
const PENICILLIN = `<value xsi:type="CD" ${code('416098002', 'Allergy to drug')}/>
  <participant typeCode="CSM"><participantRole classCode="MANU"><playingEntity classCode="MMAT">
  <code code="70618" ${RXNORM} displayName="Penicillin"/></playingEntity></participantRole></participant>`

const MEDICATION = (inner: string, attributes = 'moodCode="EVN"') =>
  section(
    '10160-0',
    'Medications',
    'see entries',
    `<substanceAdministration classCode="SBADM" ${attributes}>${template('16')}<id root="1.2.3" extension="med-1"/>
    <statusCode code="active"/>${inner}</substanceAdministration>`,
  )
const ASPIRIN = `<consumable><manufacturedProduct>${template('23')}<manufacturedMaterial>
  <code code="243670" ${RXNORM} displayName="Aspirin 81 MG Oral Tablet"/></manufacturedMaterial></manufacturedProduct></consumable>`

const VACCINE = (inner: string, attributes = '') =>
  section(
    '11369-6',
    'Immunizations',
    'see entries',
    `<substanceAdministration classCode="SBADM" moodCode="EVN" ${attributes}>${template('52')}<id root="1.2.3" extension="vax-1"/>
    <statusCode code="completed"/><effectiveTime value="20231005"/>
    <consumable><manufacturedProduct>${template('54')}<manufacturedMaterial><code code="140" ${CVX} displayName="Influenza, seasonal"/>
    <lotNumberText>L1</lotNumberText></manufacturedMaterial></manufacturedProduct></consumable>${inner}</substanceAdministration>`,
  )

/** The third validator, whose schemas take long to compile, reads the corpus. */
const validityFaults = (resource: JsonObject) => [...medplumFaults(resource), ...ownFaults(resource)]

/** Every resource of a document is valid, and what it refers to is there. */
async function read(...sections: string[]) {
  const file = await readMade(ccda(...sections))
  expect(file.unusable).toEqual([])
  expect(file.made.resources.flatMap(validityFaults)).toEqual([])
  expect(strayReferences(file.made.bundle())).toEqual([])
  return file
}

describe('a document', () => {
  test('is about its patient, and comes in whole beside what was made of it', async () => {
    const { person, made } = await read(problems(problem('1', code('38341003', 'Hypertension'))))
    expect(person).toEqual({ name: 'Kim Sample', birthDate: '1970-03-04' })
    const [attachment] = objectsOf(made.one('DocumentReference')['content'])
    const data = at(attachment, 'attachment', 'data')
    expect(Buffer.from(String(data), 'base64').toString()).toBe(
      ccda(problems(problem('1', code('38341003', 'Hypertension')))),
    )
    const composition = made.one('Composition')
    expect(composition).toMatchObject({
      title: 'Summary of Kim Sample',
      date: '2024-05-06T10:30:00-05:00',
      confidentiality: 'N',
    })
    expect(composition['section']).toMatchObject([
      {
        title: 'Problems',
        text: { div: '<div xmlns="http://www.w3.org/1999/xhtml"><p>High blood pressure</p></div>' },
        entry: [{ reference: `urn:uuid:${String(made.one('Condition')['id'])}` }],
      },
    ])
    expect(made.one('Provenance')).toMatchObject({ entity: [{ role: 'source' }] })
  })

  test('read twice, or in another document of the same clinic, gives the same addresses', async () => {
    const first = await read(problems(problem('1', code('38341003', 'Hypertension'))))
    const second = await read(
      section('51848-0', 'Assessment', 'fine'),
      problems(problem('1', code('38341003', 'Hypertension'))),
    )
    expect(second.made.one('Condition')).toEqual(first.made.one('Condition'))
    const again = await read(problems(problem('1', code('38341003', 'Hypertension'))))
    expect(again.resources.map(({ text }) => text)).toEqual(first.resources.map(({ text }) => text))
  })

  test('keeps sections that only have words, and those within sections', async () => {
    const inner = `<component><section>${loinc('8648-8')}<title>Course</title><text>All went well.</text></section></component>`
    const odd = `<component><section><title>Odd</title><text><paragraph>Words</paragraph></text>${inner}</section></component>`
    const { made } = await read(odd)
    expect(made.one('Composition')['section']).toMatchObject([
      {
        title: 'Odd',
        text: { div: expect.stringContaining('Words') },
        section: [{ text: { div: expect.stringContaining('All went well.') } }],
      },
    ])
  })

  test('says why a section holds nothing', async () => {
    const empty = '<component><section nullFlavor="NI"><title>Allergies</title></section></component>'
    const { made } = await read(empty)
    expect(made.one('Composition')['section']).toMatchObject([{ emptyReason: { coding: [{ code: 'unavailable' }] } }])
  })

  test('gives two things that a program called by one id their own addresses', async () => {
    const { made } = await read(
      problems(problem('1', code('38341003', 'Hypertension')), problem('1', code('195967001', 'Asthma'))),
    )
    expect(new Set(made.all('Condition').map(({ id }) => id)).size).toBe(2)
  })

  test('without sections brings in what it holds: a scan', async () => {
    const scan = ccda().replace(
      '<structuredBody></structuredBody>',
      '<nonXMLBody><text mediaType="application/pdf" representation="B64">JVBE\nRi0x</text></nonXMLBody>',
    )
    const { made } = await readMade(scan)
    expect(made.one('DocumentReference')['content']).toMatchObject([
      { attachment: { contentType: 'application/pdf', data: 'JVBERi0x' } },
      { attachment: { contentType: 'text/xml; charset=utf-8' } },
    ])
    expect(made.resources.flatMap(validityFaults)).toEqual([])
  })

  test('one section by itself, as examples are passed around, is read as well', async () => {
    const { made } = await readMade(problems(problem('1', code('38341003', 'Hypertension'))))
    expect(made.rows('condition')).toMatchObject([{ title: 'Hypertension' }])
    expect(made.resources.flatMap(validityFaults)).toEqual([])
  })

  test('a date that no calendar has is left out and said', async () => {
    const { resources } = await read(
      problems(problem('1', code('38341003', 'Hypertension')).replace('20200315', '20200230')),
    )
    expect(resources.find(({ parts }) => parts.kind === 'condition')?.remarks).toEqual(['impossible-date'])
  })
})

describe('problems', () => {
  test('become conditions of the list, with every translation, who wrote them and their words', async () => {
    const value = `code="38341003" ${SNOMED} displayName="Hypertensive disorder"><originalText><reference value="#p1"/></originalText>
      <translation code="I10" codeSystem="2.16.840.1.113883.6.90" displayName="Essential hypertension"/></value><x`
    const { made } = await read(problems(problem('1', value, AUTHOR)))
    expect(made.one('Condition')).toMatchObject({
      clinicalStatus: { coding: [{ code: 'active' }] },
      category: [{ coding: [{ code: 'problem-list-item' }] }, { coding: [{ code: '55607006' }] }],
      code: {
        coding: [
          { system: 'http://snomed.info/sct', code: '38341003', display: 'Hypertensive disorder' },
          { system: 'http://hl7.org/fhir/sid/icd-10-cm', code: 'I10', display: 'Essential hypertension' },
        ],
        text: 'Hypertensive disorder (High blood pressure)',
      },
      onsetDateTime: '2020-03-15',
      recordedDate: '2024-01-02',
      recorder: { display: 'Ada Ample' },
    })
  })

  test('that ended are over, also where their concern is active or the day is unknown', async () => {
    const ended = problem('1', code('195967001', 'Asthma')).replace(
      '<low value="20200315"/>',
      '<low value="2019"/><high nullFlavor="UNK"/>',
    )
    const { made } = await read(problems(ended))
    expect(made.one('Condition')).toMatchObject({
      clinicalStatus: { coding: [{ code: 'inactive' }] },
      _abatementDateTime: { extension: [{ valueCode: 'unknown' }] },
    })
    expect(made.rows('condition')).toMatchObject([{ status: 'past' }])
  })

  test('that are denied are refuted; "no known problems" is said as such', async () => {
    const denied = await read(problems(problem('1', code('195967001', 'Asthma'), '', 'negationInd="true"')))
    expect(denied.made.rows('condition')).toMatchObject([{ title: 'Asthma', isNegated: true }])
    const none = await read(problems(problem('1', code('55607006', 'Problem'), '', 'negationInd="true"')))
    expect(none.made.rows('statement')).toMatchObject([{ title: 'No known problems', isNegated: undefined }])
    expect(none.made.one('Condition')['code']).toMatchObject({
      coding: [{ code: '160245001' }],
      text: 'No known problems',
    })
  })

  test('keep what is said of them in a coded status, whole', async () => {
    const status = `<entryRelationship typeCode="REFR"><observation classCode="OBS" moodCode="EVN">${template('6')}${loinc('33999-4', 'Status')}
      <statusCode code="completed"/><value xsi:type="CD" ${code('413322009', 'Resolved')}/></observation></entryRelationship>`
    const { made } = await read(problems(problem('1', code('195967001', 'Asthma'), status)))
    expect(made.one('Condition')).toMatchObject({
      clinicalStatus: { coding: [{ code: 'resolved' }, { code: '413322009' }] },
      contained: [
        { resourceType: 'Observation', code: { coding: [{ code: '33999-4' }] }, focus: [{ reference: '#' }] },
      ],
    })
    expect(made.all('Observation')).toEqual([])
  })
})

describe('allergies', () => {
  test('have their substance, sort, reactions and how severe those were', async () => {
    const reaction = `<entryRelationship typeCode="MFST" inversionInd="true"><observation classCode="OBS" moodCode="EVN">${template('9')}
      <code code="ASSERTION" codeSystem="2.16.840.1.113883.5.4"/><value xsi:type="CD" ${code('247472004', 'Hives')}/>
      <entryRelationship typeCode="SUBJ" inversionInd="true"><observation classCode="OBS" moodCode="EVN">${template('8')}
      <code code="SEV" codeSystem="2.16.840.1.113883.5.4"/><value xsi:type="CD" ${code('6736007', 'Moderate')}/></observation></entryRelationship>
      </observation></entryRelationship>`
    const { made } = await read(ALLERGY(PENICILLIN + reaction))
    expect(made.one('AllergyIntolerance')).toMatchObject({
      clinicalStatus: { coding: [{ code: 'active' }] },
      type: 'allergy',
      category: ['medication'],
      code: { coding: [{ system: 'http://www.nlm.nih.gov/research/umls/rxnorm', code: '70618' }] },
      onsetDateTime: '2011',
      reaction: [{ manifestation: [{ coding: [{ code: '247472004' }] }], severity: 'moderate' }],
    })
  })

  test('that are known not to be: by kind, or of one substance', async () => {
    const nothing = `<value xsi:type="CD" ${code('419199007', 'Allergy to substance')}/><participant typeCode="CSM"><participantRole>
      <playingEntity><code nullFlavor="NA"/></playingEntity></participantRole></participant>`
    const none = await read(ALLERGY(nothing, 'negationInd="true"'))
    expect(none.made.rows('statement')).toMatchObject([{ title: 'No known allergy', isNegated: undefined }])
    const one = await read(ALLERGY(PENICILLIN, 'negationInd="true"'))
    expect(one.made.rows('allergy')).toMatchObject([{ title: 'Penicillin', isNegated: true }])
  })
})

describe('medicines', () => {
  const TIMES = `<effectiveTime xsi:type="IVL_TS"><low value="20240101"/></effectiveTime>
    <effectiveTime xsi:type="PIVL_TS" operator="A"><period><low value="4" unit="h"/><high value="6" unit="h"/></period></effectiveTime>`

  test('that are taken are statements with dose, way, how often and why', async () => {
    const why = `<entryRelationship typeCode="RSON"><observation classCode="OBS" moodCode="EVN">${template('19')}
      <code ${code('404684003', 'Finding')}/><value xsi:type="CD" ${code('25064002', 'Headache')}/></observation></entryRelationship>`
    const how = `${TIMES}<routeCode code="C38288" codeSystem="2.16.840.1.113883.3.26.1.1" displayName="Oral"/><doseQuantity value="1.50" unit="mg"/>
      <rateQuantity value="90" unit="ml/min"/><maxDoseQuantity><numerator value="6"/><denominator value="1" unit="d"/></maxDoseQuantity>`
    const { made, resources } = await read(
      MEDICATION(`${how}${ASPIRIN}${why}<precondition><criterion><text>for pain</text></criterion></precondition>`),
    )
    expect(made.one('MedicationStatement')).toMatchObject({
      status: 'active',
      medicationCodeableConcept: { coding: [{ code: '243670' }], text: 'Aspirin 81 MG Oral Tablet' },
      effectivePeriod: { start: '2024-01-01' },
      reasonCode: [{ text: 'Headache' }],
      dosage: [
        {
          timing: { repeat: { frequency: 1, period: 4, periodMax: 6, periodUnit: 'h' } },
          asNeededCodeableConcept: { text: 'for pain' },
          route: { coding: [{ code: 'C38288' }] },
          doseAndRate: [{ doseQuantity: { value: 1.5, code: 'mg' }, rateQuantity: { value: 90 } }],
        },
      ],
    })
    // The digits as they were written.
    expect(resources.find(({ parts }) => parts.kind === 'medicine')?.text).toContain('"value":1.50,')
  })

  test("that are ordered are requests; before meals is FHIR's own code", async () => {
    const before =
      '<effectiveTime xsi:type="EIVL_TS" operator="A"><event code="ACM"/><offset><low value="30" unit="min"/></offset></effectiveTime>'
    const { made } = await read(
      MEDICATION(
        `<effectiveTime xsi:type="IVL_TS"><low value="2024"/></effectiveTime>${before}${ASPIRIN}${AUTHOR}`,
        'moodCode="INT"',
      ),
    )
    expect(made.one('MedicationRequest')).toMatchObject({
      intent: 'order',
      authoredOn: '2024-01-02',
      requester: { display: 'Ada Ample' },
      dosageInstruction: [{ timing: { repeat: { when: ['ACM'], offset: 30 } } }],
    })
  })

  test('that were refused, and that there are none', async () => {
    const refused = await read(MEDICATION(ASPIRIN, 'moodCode="EVN" negationInd="true"'))
    expect(refused.made.rows('medicine')).toMatchObject([{ title: 'Aspirin 81 MG Oral Tablet', isNegated: true }])
    const nothing =
      '<consumable><manufacturedProduct><manufacturedMaterial><code nullFlavor="OTH"><originalText>No drug therapy</originalText></code></manufacturedMaterial></manufacturedProduct></consumable>'
    const none = await read(MEDICATION(nothing, 'moodCode="EVN" negationInd="true"'))
    expect(none.made.one('MedicationStatement')['medicationCodeableConcept']).toMatchObject({
      coding: [{ code: 'no-known-medications' }],
      text: 'No drug therapy',
    })
  })

  test('that were handed out are dispenses of the medicine around them', async () => {
    const supply = `<entryRelationship typeCode="REFR"><supply classCode="SPLY" moodCode="EVN">${template('18')}<id root="1.2.3" extension="supply-1"/>
      <statusCode code="completed"/><effectiveTime value="20240103"/><quantity value="30"/></supply></entryRelationship>`
    const { made } = await read(MEDICATION(ASPIRIN + supply))
    expect(made.one('MedicationDispense')).toMatchObject({
      medicationCodeableConcept: { coding: [{ code: '243670' }] },
      quantity: { value: 30 },
      whenHandedOver: '2024-01-03',
    })
  })
})

describe('immunizations', () => {
  test('given', async () => {
    const { made } = await read(
      VACCINE('<routeCode code="C28161" codeSystem="2.16.840.1.113883.3.26.1.1" displayName="Intramuscular"/>'),
    )
    expect(made.one('Immunization')).toMatchObject({
      status: 'completed',
      vaccineCode: { coding: [{ system: 'http://hl7.org/fhir/sid/cvx', code: '140' }] },
      occurrenceDateTime: '2023-10-05',
      lotNumber: 'L1',
    })
  })

  test('refused, and why', async () => {
    const why = `<entryRelationship typeCode="RSON"><observation classCode="OBS" moodCode="EVN">${template('53')}
      <code code="PATOBJ" codeSystem="2.16.840.1.113883.5.8" displayName="patient objection"/></observation></entryRelationship>`
    const { made } = await read(VACCINE(why, 'negationInd="true"'))
    expect(made.one('Immunization')).toMatchObject({
      status: 'not-done',
      statusReason: { coding: [{ code: 'PATOBJ' }] },
    })
    expect(made.rows('immunization')).toMatchObject([{ isNegated: true }])
  })
})

describe('results and vital signs', () => {
  const vitals = (...components: string[]) =>
    section(
      '8716-3',
      'Vital signs',
      'see entries',
      organizer('26', 'vitals-1', `<code ${code('46680005', 'Vital signs')}/>`, ...components),
    )
  const upper = (value: string, id = 'sys', time?: string) =>
    measured(id, '8480-6', 'Systolic', quantity(value, 'mm[Hg]'), time)
  const lower = (value: string, id = 'dia', time?: string) =>
    measured(id, '8462-4', 'Diastolic', quantity(value, 'mm[Hg]'), time)

  test('a blood pressure is one panel, each part under its own code whatever their order', async () => {
    const { made } = await read(
      vitals(lower('81'), measured('hr', '8867-4', 'Heart rate', quantity('71', '/min')), upper('131')),
    )
    expect(made.rows('blood-pressure')).toMatchObject([
      { value: { type: 'blood-pressure', systolicMmHg: 131, diastolicMmHg: 81 } },
    ])
    const panel = made.all('Observation').find(each => JSON.stringify(each['code']).includes('85354-9'))
    expect(panel?.['component']).toMatchObject([
      {
        code: { coding: [{ code: '8480-6' }] },
        valueQuantity: { value: 131, system: 'http://unitsofmeasure.org', code: 'mm[Hg]' },
      },
      { code: { coding: [{ code: '8462-4' }] }, valueQuantity: { value: 81 } },
    ])
    expect(made.all('Observation')).toHaveLength(3)
  })

  test('two systolic values at one time are not paired by guess; at two times each finds its own', async () => {
    const unclear = await read(vitals(upper('131'), upper('121', 'sys2'), lower('81')))
    expect(unclear.made.rows('blood-pressure')).toEqual([])
    const clear = await read(
      vitals(
        upper('131'),
        lower('81'),
        upper('121', 'sys2', '202401021600-0500'),
        lower('71', 'dia2', '202401021600-0500'),
      ),
    )
    expect(clear.made.rows('blood-pressure')).toMatchObject([
      { value: { systolicMmHg: 131, diastolicMmHg: 81 } },
      { value: { systolicMmHg: 121, diastolicMmHg: 71 } },
    ])
  })

  test('a panel is a report with its results: range, flag, less than, words and what is missing', async () => {
    const flag =
      '<interpretationCode code="H" codeSystem="2.16.840.1.113883.5.83"/><referenceRange><observationRange><value xsi:type="IVL_PQ"><low value="70" unit="mg/dL"/><high value="99" unit="mg/dL"/></value></observationRange></referenceRange>'
    const { made } = await read(
      section(
        '30954-2',
        'Results',
        'see entries',
        organizer(
          '1',
          'panel-1',
          loinc('24323-8', 'Metabolic panel'),
          measured('r1', '2345-7', 'Glucose', quantity('110.0', 'mg/dL') + flag),
          measured(
            'r2',
            '2160-0',
            'Creatinine',
            '<value xsi:type="IVL_PQ"><high value="0.5" unit="mg/dL" inclusive="false"/></value>',
          ),
          measured('r3', '5778-6', 'Color', '<value xsi:type="ST">Yellow</value>'),
          measured('r4', '3094-0', 'Urea nitrogen', '<value xsi:type="PQ" nullFlavor="NASK"/>'),
          measured('r5', '13457-7', 'LDL', quantity('5', 'odd units')),
        ),
      ),
    )
    const [glucose, creatinine, color, urea, ldl] = made.all('Observation')
    expect(glucose).toMatchObject({
      category: [{ coding: [{ code: 'laboratory' }] }],
      interpretation: [{ coding: [{ code: 'H' }] }],
      referenceRange: [{ low: { value: 70 }, high: { value: 99 } }],
    })
    expect(creatinine).toMatchObject({ valueQuantity: { value: 0.5, comparator: '<' } })
    expect(color).toMatchObject({ valueString: 'Yellow' })
    expect(urea).toMatchObject({ dataAbsentReason: { coding: [{ code: 'not-asked' }] } })
    expect(ldl?.['valueQuantity']).toEqual({ value: 5, unit: 'odd units' })
    expect(objectsOf(made.one('DiagnosticReport')['result'])).toHaveLength(5)
  })
})

describe('the rest of a life', () => {
  const entryOf = (sectionCode: string, entry: string) =>
    read(section(sectionCode, 'Section', '<paragraph ID="t1">In words</paragraph>', entry))
  const statement = (name: string, number: string, mood: string, inner: string) =>
    `<${name} classCode="X" moodCode="${mood}">${template(number)}<id root="1.2.3" extension="${name}-${number}"/>${inner}</${name}>`

  test('procedures: done, refused, asked for', async () => {
    const inner = `<code ${code('80146002', 'Appendectomy')}/><statusCode code="completed"/><effectiveTime value="20120806"/>
      <targetSiteCode ${code('66754008', 'Appendix')}/>`
    const done = await entryOf('47519-4', statement('procedure', '14', 'EVN', inner))
    expect(done.made.one('Procedure')).toMatchObject({
      status: 'completed',
      performedDateTime: '2012-08-06',
      bodySite: [{ text: 'Appendix' }],
    })
    const refused = await entryOf(
      '47519-4',
      statement('procedure', '14', 'EVN', inner).replace('moodCode', 'negationInd="true" moodCode'),
    )
    expect(refused.made.rows('procedure')).toMatchObject([{ isNegated: true }])
    const asked = await entryOf('18776-5', statement('procedure', '41', 'RQO', inner.replace('completed', 'active')))
    expect(asked.made.one('ServiceRequest')).toMatchObject({ status: 'active', intent: 'order' })
  })

  test('visits: class, type, who, where and why', async () => {
    const place = `<participant typeCode="LOC"><participantRole classCode="SDLOC"><code ${code('702824005', 'Clinic')}/><playingEntity><name>North Clinic</name></playingEntity></participantRole></participant>`
    const inner = `<code code="99213" codeSystem="2.16.840.1.113883.6.12" displayName="Office visit"/><effectiveTime><low value="20240102"/><high value="20240102"/></effectiveTime>
      <performer><assignedEntity><id root="2.16.840.1.113883.4.6" extension="1111111111"/></assignedEntity></performer>${place}`
    const { made } = await entryOf('46240-8', statement('encounter', '49', 'EVN', inner))
    expect(made.one('Encounter')).toMatchObject({
      status: 'finished',
      class: { code: 'AMB' },
      type: [{ text: 'Office visit' }],
      participant: [{ individual: { display: 'Ada Ample' } }],
      location: [{ location: { display: 'North Clinic' } }],
    })
  })

  test('smoking, a pregnancy that is not, and a daily life in words', async () => {
    const smoking = await entryOf(
      '29762-2',
      statement(
        'observation',
        '78',
        'EVN',
        `${loinc('72166-2', 'Smoking status')}<statusCode code="completed"/><effectiveTime value="20240102"/><value xsi:type="CD" ${code('8517006', 'Former smoker')}/>`,
      ),
    )
    expect(smoking.made.rows('social-history')).toMatchObject([
      { title: 'Smoking status', value: { text: 'Former smoker' } },
    ])
    const not = `<observation classCode="OBS" moodCode="EVN" negationInd="true"><templateId root="2.16.840.1.113883.10.20.15.3.8"/>
      <code code="ASSERTION" codeSystem="2.16.840.1.113883.5.4"/><statusCode code="completed"/><value xsi:type="CD" ${code('77386006', 'Pregnant')}/></observation>`
    const pregnancy = await entryOf('29762-2', not)
    expect(pregnancy.made.rows('pregnancy')).toMatchObject([
      { title: 'Pregnancy status', value: { text: 'Not pregnant' } },
    ])
  })

  test('a finding that is denied is never read as found', async () => {
    const denied = `<observation classCode="OBS" moodCode="EVN" negationInd="true">${template('67')}<code ${code('373930000', 'Cognitive finding')}/>
      <statusCode code="completed"/><value xsi:type="CD" ${code('386807006', 'Memory impairment')}/></observation>`
    const { made } = await entryOf('47420-5', denied)
    expect(made.rows('functional-status')).toMatchObject([{ value: { text: 'Memory impairment: false' } }])
  })

  test('relatives and what they had, at which age', async () => {
    const had = `<component><observation classCode="OBS" moodCode="EVN">${template('46')}<code ${code('64572001', 'Disease')}/><statusCode code="completed"/>
      <value xsi:type="CD" ${code('22298006', 'Heart attack')}/><entryRelationship typeCode="SUBJ" inversionInd="true"><observation classCode="OBS" moodCode="EVN">${template('31')}
      <code ${code('445518008', 'Age at onset')}/><value xsi:type="PQ" value="57" unit="a"/></observation></entryRelationship></observation></component>`
    const father =
      '<subject><relatedSubject classCode="PRS"><code code="FTH" codeSystem="2.16.840.1.113883.5.111" displayName="father"/></relatedSubject></subject>'
    const { made } = await entryOf(
      '10157-6',
      statement('organizer', '45', 'EVN', `<statusCode code="completed"/>${father}${had}`),
    )
    expect(made.one('FamilyMemberHistory')).toMatchObject({
      relationship: { text: 'father' },
      condition: [{ code: { text: 'Heart attack' }, onsetAge: { value: 57, code: 'a' } }],
    })
  })

  test('a device in the body is in use until it is said to have ended', async () => {
    const device = `<statusCode code="completed"/><participant typeCode="PRD"><participantRole classCode="MANU">${template('37')}
      <id root="2.16.840.1.113883.3.3719" extension="(01)0123"/><playingDevice><code ${code('14106009', 'Pacemaker')}/></playingDevice></participantRole></participant>`
    const { made } = await entryOf('46264-8', statement('supply', '50', 'EVN', device))
    expect(made.one('DeviceUseStatement')).toMatchObject({ status: 'active', device: { display: 'Pacemaker' } })
    expect(made.one('Device')).toMatchObject({ udiCarrier: [{ carrierHRF: '(01)0123' }] })
  })

  test('goals, wishes for the end of life, who pays, who cares and what was noted', async () => {
    const goal = await entryOf(
      '61146-7',
      statement(
        'observation',
        '121',
        'GOL',
        `${loinc('29463-7', 'Body weight')}<text><reference value="#t1"/></text><statusCode code="active"/><effectiveTime><low value="2024"/></effectiveTime><value xsi:type="PQ" value="70" unit="kg"/>`,
      ),
    )
    expect(goal.made.one('Goal')).toMatchObject({
      lifecycleStatus: 'active',
      description: { text: 'In words' },
      target: [{ detailQuantity: { value: 70 } }],
    })
    const directive = await entryOf(
      '42348-3',
      statement(
        'observation',
        '48',
        'EVN',
        `<code ${code('304251008', 'Resuscitation')}/><statusCode code="completed"/><value xsi:type="CD" ${code('304253006', 'Not for resuscitation')}/>`,
      ),
    )
    expect(directive.made.rows('directive')).toMatchObject([{ title: 'Not for resuscitation' }])
    const policy = `<entryRelationship typeCode="COMP"><act classCode="ACT" moodCode="EVN">${template('61')}<id root="1.2.3" extension="policy-1"/><code code="1" codeSystem="2.16.840.1.113883.3.221.5" displayName="Medicare"/>
      <performer typeCode="PRF"><assignedEntity><id root="1.2.3" extension="payer"/><representedOrganization><name>Example Insurance</name></representedOrganization></assignedEntity></performer>
      <participant typeCode="COV"><participantRole><id root="1.2.3" extension="member-7"/></participantRole></participant></act></entryRelationship>`
    const coverage = await entryOf(
      '48768-6',
      statement('act', '60', 'EVN', `${loinc('48768-6', 'Payment sources')}<statusCode code="completed"/>${policy}`),
    )
    expect(coverage.made.one('Coverage')).toMatchObject({
      subscriberId: 'member-7',
      payor: [{ display: 'Example Insurance' }],
    })
    const member = `<component>${statement('act', '500.1', 'EVN', `<code code="85847-2" codeSystem="2.16.840.1.113883.6.1"/><performer><assignedEntity><id root="1.2.3" extension="nurse"/><assignedPerson><name><given>Nia</given><family>Nurse</family></name></assignedPerson></assignedEntity></performer>`)}</component>`
    const team = await entryOf(
      '85847-2',
      statement('organizer', '500', 'EVN', `${loinc('86744-0', 'Care team')}<statusCode code="active"/>${member}`),
    )
    expect(team.made.one('CareTeam')).toMatchObject({
      status: 'active',
      participant: [{ member: { display: 'Nia Nurse' } }],
    })
    const note = await entryOf(
      '10164-2',
      statement(
        'act',
        '202',
        'EVN',
        `<code code="34109-9" codeSystem="2.16.840.1.113883.6.1"><translation code="11506-3" codeSystem="2.16.840.1.113883.6.1" displayName="Progress note"/></code><text><reference value="#t1"/></text><statusCode code="completed"/>`,
      ),
    )
    expect(note.made.rows('document')).toContainEqual(expect.objectContaining({ title: 'Progress note' }))
  })
})
