import { beforeAll, describe, expect, test } from 'vitest'
import { sayTheSame, wholeName } from '#app/core/exchange/cda/naming.ts'
import { readyCrypto } from '#crypto/sodium.ts'
import { objectsOf } from '#schema/record/fhir/json.ts'
import { ccda, CVX, problem, RXNORM, section, SNOMED, template } from '#tests/support/ccda-fixtures.ts'
import { readMade } from '#tests/support/read-made.ts'

/** What an entry is called, where a code and the document's words for it say different things. Every example is made up. */

beforeAll(readyCrypto)

const TABLE = `<table><tbody><tr><td ID="s1">Penicillins</td><td ID="r1">Hives</td></tr></tbody></table>`
const pointing = (id: string) => `<originalText><reference value="#${id}"/></originalText>`

/** An allergy whose reaction is the cell `r1`; `entity` is what it is against. */
const allergies = (entity: string, narrative = TABLE, reaction = 'displayName="Weal"') =>
  section(
    '48765-2',
    'Allergies',
    narrative,
    `<act classCode="ACT" moodCode="EVN">${template('30')}<code code="CONC" codeSystem="2.16.840.1.113883.5.6"/>
    <statusCode code="active"/><entryRelationship typeCode="SUBJ"><observation classCode="OBS" moodCode="EVN">${template('7')}
    <id root="1.2.3" extension="a"/><code code="ASSERTION" codeSystem="2.16.840.1.113883.5.4"/><statusCode code="completed"/>
    <value xsi:type="CD" code="419511003" ${SNOMED} displayName="Propensity to adverse reactions to drug">${pointing('r1')}</value>
    <participant typeCode="CSM"><participantRole classCode="MANU"><playingEntity classCode="MMAT">${entity}</playingEntity>
    </participantRole></participant><entryRelationship typeCode="MFST" inversionInd="true"><observation classCode="OBS" moodCode="EVN">
    ${template('9')}<code nullFlavor="NA"/><text><reference value="#r1"/></text><statusCode code="completed"/>
    <value xsi:type="CD" code="126485001" ${SNOMED} ${reaction}/></observation></entryRelationship></observation>
    </entryRelationship></act>`,
  )

const vaccines = (material: string, narrative = 'see entries') =>
  section(
    '11369-6',
    'Immunizations',
    narrative,
    `<substanceAdministration classCode="SBADM" moodCode="EVN">${template('52')}<id root="1.2.3" extension="v"/>
    <statusCode code="completed"/><effectiveTime value="20231005"/><consumable><manufacturedProduct><manufacturedMaterial>${material}
    </manufacturedMaterial></manufacturedProduct></consumable></substanceAdministration>`,
  )

const named = async (text: string, resourceType: string) => {
  const { made, resources } = await readMade(text)
  const [title] = resources.flatMap(({ parts }) => (parts.resourceType === resourceType ? [parts.title] : []))
  return { title, notes: objectsOf(made.one(resourceType)['note']).map(note => note['text']), made }
}

const allergy = (entity: string) => named(ccda(allergies(entity)), 'AllergyIntolerance')
const vaccine = (material: string) => named(ccda(vaccines(material)), 'Immunization')
const penicillin = (inner: string, display = 'displayName="Penicillin G"') =>
  `<code code="7980" ${RXNORM} ${display}>${inner}</code>`

describe('an allergy is never called by its reaction', () => {
  test('where the words lead to the reaction’s cell, its code’s name stands', async () => {
    const { title, notes, made } = await allergy(penicillin(pointing('r1')))
    expect([title, notes]).toEqual(['Penicillin G', []])
    expect(JSON.stringify(made.one('AllergyIntolerance'))).not.toMatch(/"text":"[^"]*drug[^"]*Hives/)
  })

  test('nor where the code has no name: then the product’s, else none', async () => {
    expect(await allergy(`${penicillin(pointing('r1'), '')}<name>Pen-Vee</name>`)).toMatchObject({ title: 'Pen-Vee' })
    expect(await allergy(penicillin(pointing('r1'), ''))).toMatchObject({ title: '' })
    expect(await allergy(penicillin('<originalText>hives</originalText>', ''))).toMatchObject({ title: '' })
  })

  test('in a document in another language neither', async () => {
    const spanish = ccda(allergies(penicillin(pointing('r1')))).replace('en-US', 'es-MX')
    expect(await named(spanish, 'AllergyIntolerance')).toMatchObject({ title: 'Penicillin G', notes: [] })
  })

  test('and denied of no substance in particular it is none known', async () => {
    const any = `<code code="105590001" ${SNOMED} displayName="Substance"/>`
    const denied = ccda(allergies(any)).replace('moodCode="EVN">', 'moodCode="EVN" negationInd="true">')
    expect(await named(denied, 'AllergyIntolerance')).toMatchObject({ title: 'No known allergy' })
  })

  test('words for the substance itself stand as they are', async () => {
    expect(await allergy(penicillin(pointing('s1')))).toMatchObject({ title: 'Penicillins', notes: [] })
  })
})

describe('a substance is called by its code, and other words are a note', () => {
  const MENINGOCOCCAL = `<code code="103" ${CVX} displayName="meningococcal C conjugate vaccine">`
  const TETANUS = 'Tetanus and diphtheria toxoids vaccine'

  test('a vaccine', async () => {
    expect(await vaccine(`${MENINGOCOCCAL}<originalText>${TETANUS}</originalText></code>`)).toMatchObject({
      title: 'meningococcal C conjugate vaccine',
      notes: [`The document calls it: ${TETANUS}`],
    })
  })

  test('also where a translation says the same as the words', async () => {
    const translation = `<translation code="113" ${CVX} displayName="Td (tetanus toxoid)"/>`
    const found = await vaccine(`${MENINGOCOCCAL}<originalText>${TETANUS}</originalText>${translation}</code>`)
    expect(found).toMatchObject({ title: 'meningococcal C conjugate vaccine' })
  })

  test('a code that says of itself that there is none has no name: the product’s stands', async () => {
    const found = await allergy(
      '<code code="UNK" nullFlavor="UNK"><originalText>Not coded</originalText></code><name>Bee venom</name>',
    )
    expect(found).toMatchObject({ title: 'Bee venom', notes: ['The document calls it: Not coded'] })
    expect(found.made.one('AllergyIntolerance')['code']).toEqual({ text: 'Bee venom' })
  })

  test('in other letters, or in a document in another language, both names stand', async () => {
    expect(await allergy(penicillin('<originalText>青霉素</originalText>'))).toMatchObject({
      title: 'Penicillin G (青霉素)',
      notes: [],
    })
    const flu = `<code code="141" ${CVX} displayName="Influenza, seasonal"><originalText>Grippe-Impfung</originalText></code>`
    const german = ccda(vaccines(flu)).replace('en-US', 'de-AT')
    expect(await named(german, 'Immunization')).toMatchObject({
      title: 'Influenza, seasonal (Grippe-Impfung)',
      notes: [],
    })
  })
})

test('anything else is called by both where they differ, so that neither is lost', async () => {
  const pressure = `code="38341003" ${SNOMED} displayName="Hypertensive disorder"><originalText>High blood pressure</originalText></value><x`
  const text = ccda(section('11450-4', 'Problems', 'x', problem('1', pressure)))
  expect(await named(text, 'Condition')).toMatchObject({ title: 'Hypertensive disorder (High blood pressure)' })
})

test('"no known problems" is said, also where the document’s words name only what is denied', async () => {
  const value = `code="55607006" ${SNOMED} displayName="Problem"><originalText>problems.</originalText></value><x`
  const text = ccda(section('11450-4', 'Problems', 'x', problem('1', value, '', 'negationInd="true"')))
  expect(await named(text, 'Condition')).toMatchObject({ title: 'No known problems' })
})

describe('two names say the same', () => {
  test.each([
    ['Penicillin', 'Penicillins (drug class)'],
    ['Egg', 'Eggs'],
    ['Penicillin', 'Penicilina'],
    ['Asthma', 'ASTHMA BRONCHIALE'],
    ['Diabète de type 2', 'diabete'],
    ['青霉素', '青霉素过敏'],
    ['B12', 'Vitamin B12'],
    ['Acute disease', 'Acute illness'],
    ['Crohn’s disease', 'Crohn disease'],
  ])('%s, %s', (one, other) => {
    expect([sayTheSame(one, other), sayTheSame(other, one)]).toEqual([true, true])
  })

  test.each([
    ['Penicillin', 'Nausea'],
    ['Influenza virus vaccine', 'Rabies virus vaccine'],
    ['Hepatitis A vaccine', 'Hepatitis B vaccine'],
    ['Allergy to nuts', 'Allergy to eggs'],
    ['Hypertension', 'Hyperlipidemia'],
    ['Aspirin 81 MG oral tablet', 'Warfarin 5 MG oral tablet'],
    ['Carbon dioxide', 'CO2'],
    ['青霉素', '花生'],
  ])('or not: %s, %s', (one, other) => {
    expect([sayTheSame(one, other), sayTheSame(other, one)]).toEqual([false, false])
  })

  test('a description too long for a name comes second', () => {
    const long = 'Office visit of an established patient, '.repeat(4)
    expect(wholeName('Checkup', [long])).toBe(`Checkup (${long})`)
    expect(wholeName('CO2', ['Carbon dioxide'])).toBe('Carbon dioxide (CO2)')
    expect(wholeName(undefined, [])).toBeUndefined()
  })
})
