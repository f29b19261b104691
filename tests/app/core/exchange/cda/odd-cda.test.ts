import { beforeAll, describe, expect, test } from 'vitest'
import { readImportFile } from '#app/core/exchange/read-import-file.ts'
import { readyCrypto } from '#crypto/sodium.ts'
import { ccda, loinc, measured, organizer, problem, section, SNOMED, template } from '#tests/support/ccda-fixtures.ts'

/** Clinical documents as odd as they come and still legal, or nearly: every person and number in them is an example. */

beforeAll(readyCrypto)

const ASTHMA = `code="195967001" ${SNOMED} displayName="Asthma"`
const asthma = problem('1', ASTHMA)
const whole = ccda(section('11450-4', 'Problems', '<paragraph>some words</paragraph>', asthma))
const asR11 = (text: string) =>
  text.replace(
    '<templateId root="2.16.840.1.113883.10.20.22.1.2"/>',
    '<templateId root="2.16.840.1.113883.10.20.22.1.1"/>',
  )

async function read(text: string) {
  const file = await readImportFile(new TextEncoder().encode(text), 'letter.xml')
  if (!file.ok) throw new Error(JSON.stringify(file.failure))
  expect(file.value.unusable).toEqual([])
  return file.value.resources
}

const rows = async (text: string, resourceType: string) =>
  (await read(text)).flatMap(({ parts }) => (parts.resourceType === resourceType ? [parts] : []))

describe('the same problem is read', () => {
  test.each([
    ['of R1.1', asR11(whole)],
    ['with every name prefixed', whole.replace(/<(\/?)([a-zA-Z])/g, '<$1cda:$2').replace('xmlns=', 'xmlns:cda=')],
    [
      'behind a style sheet and comments',
      whole.replace('?>', '?><?xml-stylesheet type="text/xsl" href="CDA.xsl"?><!-- - -->'),
    ],
    ['behind a plain document type', whole.replace('?>', '?><!DOCTYPE ClinicalDocument>')],
    ['behind an empty line', `\n${whole}`],
    ['without a declaration', whole.replace(/<\?xml.*?\?>/, '')],
    ['with its words as CDATA', whole.replace('some words', '<![CDATA[a < b & c]]>')],
    [
      'two sections deep',
      ccda(
        `<component><section>${loinc('51848-0')}<title>Outer</title><text>outer</text>${section('11450-4', 'Inner', 'inner', asthma)}</section></component>`,
      ),
    ],
    [
      'in a section that says nothing of itself',
      ccda(`<component><section><entry>${asthma}</entry></section></component>`),
    ],
  ])('%s', async (_, text) => {
    expect(await rows(text, 'Condition')).toMatchObject([{ title: 'Asthma', status: 'active' }])
  })
})

test('where everything may be unknown and is, what is known stays', async () => {
  const unknown = whole
    .replaceAll(/<effectiveTime>.*?<\/effectiveTime>/g, '<effectiveTime nullFlavor="UNK"/>')
    .replaceAll(/<statusCode [^>]*>/g, '<statusCode nullFlavor="NI"/>')
    .replaceAll(/<id [^>]*\/>/g, '<id nullFlavor="UNK"/>')
    .replace(/<birthTime[^>]*>/, '<birthTime nullFlavor="UNK"/>')
    .replace(/<name use.*?<\/name>/, '<name nullFlavor="UNK"/>')
  const [asthmaRow] = await rows(unknown, 'Condition')
  expect(asthmaRow).toMatchObject({ title: 'Asthma' })
  expect(asthmaRow?.isNegated).toBeUndefined()
  const words = 'nullFlavor="OTH"><originalText>Sore knee</originalText></value><value xsi:type="CD" nullFlavor="NI"'
  expect(await rows(ccda(section('11450-4', 'P', 'x', problem('1', words))), 'Condition')).toMatchObject([
    { title: 'Sore knee' },
  ])
})

describe('what is denied is never read as had', () => {
  const deniedAct = (text: string) => text.replace('moodCode="EVN">', 'moodCode="EVN" negationInd="true">')

  test('a problem, whether it or the concern around it is negated', async () => {
    const denied = { title: 'Asthma', isNegated: true, section: 'past-problems' }
    const own = ccda(section('11450-4', 'P', 'x', problem('1', ASTHMA, '', 'negationInd="true"')))
    const around = ccda(section('11450-4', 'P', 'x', deniedAct(asthma)))
    expect(await rows(own, 'Condition')).toMatchObject([denied])
    expect(await rows(around, 'Condition')).toMatchObject([denied])
  })

  test('problems at all, by the concern around them', async () => {
    const none = deniedAct(problem('1', `code="55607006" ${SNOMED} displayName="Problem"`))
    expect(await rows(ccda(section('11450-4', 'P', 'x', none)), 'Condition')).toMatchObject([
      { title: 'No known problems', codes: [{ code: '160245001' }] },
    ])
  })

  test('an allergy, by the concern around it; the next concern is not denied with it', async () => {
    const concern = (id: string, name: string, attributes: string) =>
      `<act classCode="ACT" moodCode="EVN" ${attributes}>${template('30')}<code code="CONC" codeSystem="2.16.840.1.113883.5.6"/>
      <statusCode code="active"/><entryRelationship typeCode="SUBJ"><observation classCode="OBS" moodCode="EVN">${template('7')}
      <id root="1.2.3" extension="${id}"/><code code="ASSERTION" codeSystem="2.16.840.1.113883.5.4"/><statusCode code="completed"/>
      <value xsi:type="CD" code="416098002" ${SNOMED}/><participant typeCode="CSM"><participantRole classCode="MANU">
      <playingEntity classCode="MMAT"><name>${name}</name></playingEntity></participantRole></participant></observation></entryRelationship></act>`
    const text = ccda(
      section('48765-2', 'A', 'x', concern('1', 'Nuts', 'negationInd="true"'), concern('2', 'Eggs', '')),
    )
    const found = await rows(text, 'AllergyIntolerance')
    expect(found.map(({ title, isNegated = false }) => [title, isNegated])).toEqual([
      ['Nuts', true],
      ['Eggs', false],
    ])
  })
})

test('a result of any type says its value, or none', async () => {
  const values: readonly (readonly [string, string, unknown])[] = [
    ['span', '<value xsi:type="IVL_PQ"><low value="1" unit="g"/><high value="2" unit="g"/></value>', '1 g – 2 g'],
    ['words', '<value xsi:type="ED">free words</value>', 'free words'],
    ['titre', '<value xsi:type="RTO_PQ_PQ"><numerator value="1"/><denominator value="128"/></value>', '1 : 128'],
    ['day', '<value xsi:type="TS" value="20200101"/>', '2020-01-01'],
    ['no number', '<value xsi:type="PQ" value="abc" unit="g"/>', 'abc g'],
    ['curve', '<value xsi:type="SLIST_PQ"><digits>1 2 3</digits></value>', '1 2 3'],
    ['number', '<value xsi:type="REAL" value="4.50"/>', 4.5],
    ['unknown', '<value xsi:type="PQ" nullFlavor="UNK"/>', undefined],
    ['none', '', undefined],
  ]
  const panel = organizer(
    '1',
    'o',
    loinc('58410-2', 'Panel'),
    ...values.map(([name, value], index) => measured(`${index}`, `${index}-0`, name, value)),
  )
  const found = await rows(ccda(section('30954-2', 'Results', 'x', panel)), 'Observation')
  const said = found.map(({ title, value }) => [
    title,
    value?.type === 'text' ? value.text : value?.type === 'quantity' ? value.quantity.value : undefined,
  ])
  expect(said).toEqual(values.map(([name, , expected]) => [name, expected]))
})

test('a section without entries, information or a code keeps its words in the document', async () => {
  const text = ccda(
    `<component><section nullFlavor="NI">${loinc('10160-0')}<title>Medicines</title><text>No information</text></section></component>`,
    '<component><section><title>Something</title><text>said in words</text></section></component>',
  )
  const composition = (await read(text)).find(({ parts }) => parts.resourceType === 'Composition')
  for (const words of ['No information', 'Something', 'said in words']) expect(composition?.text).toContain(words)
})
