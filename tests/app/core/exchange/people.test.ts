import { beforeAll, expect, test } from 'vitest'
import type { ImportedFile } from '#app/core/exchange/imported-resource.ts'
import { readChosenFile, readImportFile } from '#app/core/exchange/read-import-file.ts'
import { chosenAtFirst, ofPeople, peopleOf } from '#app/core/exchange/whose.ts'
import { readyCrypto } from '#crypto/sodium.ts'
import { zipOf } from '#tests/support/apple-health.ts'

beforeAll(readyCrypto)

const patient = (id: string, given: string, birthDate: string, more: object = {}) => ({
  resourceType: 'Patient',
  id,
  name: [{ given: [given], family: 'Jansen' }],
  birthDate,
  ...more,
})
const MARIA = patient('maria', 'Maria', '1957-03-04')
const TOM = patient('tom', 'Tom', '2015-06-01')
const condition = (text: string, person: string, more: object = {}) => ({
  resourceType: 'Condition',
  id: text.toLowerCase().replaceAll(' ', '-'),
  code: { text },
  subject: { reference: `Patient/${person}` },
  ...more,
})
const bundle = (...resources: object[]) => ({
  resourceType: 'Bundle',
  type: 'collection',
  entry: resources.map(resource => ({ resource })),
})
const lines = (...resources: object[]) => resources.map(each => JSON.stringify(each)).join('\n')

async function read(text: string, name = 'file.json'): Promise<ImportedFile> {
  const file = await readImportFile(new TextEncoder().encode(text), name)
  if (!file.ok) throw new Error(`refused: ${file.failure.kind}`)
  return file.value
}

/** Titles of what comes in of who is called so; of nobody chosen with no name. */
function titlesOf(file: ImportedFile, ...names: string[]): readonly string[] {
  const chosen = (file.people ?? []).flatMap(({ name, reference = '' }, place) =>
    names.includes(name) || names.includes(reference) ? place : [],
  )
  return ofPeople(file, chosen).resources.map(({ text }) => {
    const { resourceType, id, code } = JSON.parse(text)
    return code?.text ?? `${resourceType}/${id}`
  })
}

test('a bulk export is parted by whom each resource is about, and what is nobody’s goes along with who names it', async () => {
  const file = await read(
    lines(
      MARIA,
      TOM,
      condition('Gout', 'maria', { asserter: { reference: 'Practitioner/hers' } }),
      condition('Measles', 'tom', { asserter: { reference: 'Practitioner/his' } }),
      { resourceType: 'Practitioner', id: 'hers' },
      { resourceType: 'Practitioner', id: 'his' },
      { resourceType: 'Organization', id: 'nobody-names-it' },
      { resourceType: 'Encounter', id: 'visit', subject: { reference: 'Patient/tom' } },
      { resourceType: 'Observation', id: 'o', code: { text: 'Fever' }, encounter: { reference: 'Encounter/visit' } },
      { resourceType: 'Provenance', id: 'p', target: [{ reference: 'Condition/gout' }] },
      {
        resourceType: 'DocumentReference',
        id: 'd',
        subject: { reference: 'Patient/tom' },
        content: [{ attachment: { url: 'Binary/scan' } }],
      },
      { resourceType: 'Binary', id: 'scan' },
    ),
    'export.ndjson',
  )
  expect(file.people?.map(({ name }) => name)).toEqual(['Maria Jansen', 'Tom Jansen'])
  expect(titlesOf(file, 'Maria Jansen')).toEqual([
    'Patient/maria',
    'Gout',
    'Practitioner/hers',
    'Organization/nobody-names-it',
    'Provenance/p',
  ])
  expect(titlesOf(file, 'Tom Jansen')).toEqual([
    'Patient/tom',
    'Measles',
    'Practitioner/his',
    'Organization/nobody-names-it',
    'Encounter/visit',
    'Fever',
    'DocumentReference/d',
    'Binary/scan',
  ])
  expect(titlesOf(file, 'Maria Jansen', 'Tom Jansen')).toHaveLength(12)
  expect(titlesOf(file)).toEqual([])
})

test('a list of people comes in only for all of them', async () => {
  const members = [{ entity: { reference: 'Patient/maria' } }, { entity: { reference: 'Patient/tom' } }]
  const file = await read(JSON.stringify(bundle(MARIA, TOM, { resourceType: 'Group', id: 'ward', member: members })))
  expect(titlesOf(file, 'Maria Jansen')).toEqual(['Patient/maria'])
  expect(titlesOf(file, 'Maria Jansen', 'Tom Jansen')).toContain('Group/ward')
})

test('a visit of two comes in for either', async () => {
  const participant = [{ actor: { reference: 'Patient/maria' } }, { actor: { reference: 'Patient/tom' } }]
  const file = await read(JSON.stringify(bundle(MARIA, TOM, { resourceType: 'Appointment', id: 'both', participant })))
  expect(titlesOf(file, 'Maria Jansen')).toContain('Appointment/both')
  expect(titlesOf(file, 'Tom Jansen')).toContain('Appointment/both')
})

test('one person is not asked after, however many Patients tell of them', async () => {
  const shared = { identifier: [{ system: 'urn:oid:1.2.3', value: '77' }] }
  const nameless = { resourceType: 'Patient', id: 'c', ...shared }
  const linked = patient('d', 'Mary', '1957-03-04', { link: [{ type: 'seealso', other: { reference: 'Patient/c' } }] })
  const file = await read(
    JSON.stringify(
      bundle({ ...MARIA, ...shared }, patient('b', 'MARIA', '1957-03-04'), nameless, linked, condition('Gout', 'b')),
    ),
  )
  expect(file.people).toBeUndefined()
  expect(file.resources).toHaveLength(5)
})

test('a policy that a family has in common makes nobody the same', async () => {
  const policy = { identifier: [{ system: 'urn:oid:1.2.3', value: '77' }] }
  const file = await read(JSON.stringify(bundle({ ...MARIA, ...policy }, { ...TOM, ...policy })))
  expect(file.people).toHaveLength(2)
})

test('without a Patient people are told apart by what their entries call them', async () => {
  const file = await read(lines(condition('Gout', '1'), condition('Measles', '2'), condition('Mumps', '2')), 'c.ndjson')
  expect(file.people).toEqual([
    { name: '', reference: 'Patient/1' },
    { name: '', reference: 'Patient/2' },
  ])
  expect(titlesOf(file, 'Patient/2')).toEqual(['Measles', 'Mumps'])
  const one = await read(lines(condition('Gout', '1'), condition('Mumps', '1')), 'c.ndjson')
  expect(one.people).toBeUndefined()
})

test('of files by line, a UUID that is an id is whom it calls', async () => {
  const id = '4fcce493-43ba-aa15-23e8-653d7648ab08'
  const about = { subject: { reference: `urn:uuid:${id}` } }
  const file = await read(lines(patient(id, 'Dee', '2011-07-03'), condition('Asthma', '', about)), 'dee.phr')
  expect(file.people).toBeUndefined()
  expect(file.person?.name).toBe('Dee Jansen')
})

test('the same name in two Bundles, or in two files of an archive, is somebody else', async () => {
  const hers = bundle(patient('1', 'Maria', '1957-03-04'), condition('Gout', '1'))
  const his = bundle(patient('1', 'Tom', '2015-06-01'), condition('Measles', '1'))
  const listed = await read(JSON.stringify([hers, his]))
  expect(titlesOf(listed, 'Tom Jansen')).toEqual(['Patient/1', 'Measles'])
  const files = [hers, his].map((each, index) => ({ name: `${index}.json`, text: JSON.stringify(each) }))
  const packed = await readChosenFile(zipOf(files), 'family.zip')
  if (!packed.ok) throw new Error(packed.failure.kind)
  expect(titlesOf(packed.value, 'Maria Jansen')).toEqual(['Patient/1', 'Gout'])
})

test('Parameters that bring a Bundle a person', async () => {
  const parameter = [
    { name: 'hers', resource: bundle(MARIA, condition('Gout', 'maria')) },
    { name: 'his', resource: bundle(TOM, condition('Measles', 'tom')) },
  ]
  const file = await read(JSON.stringify({ resourceType: 'Parameters', parameter }))
  expect(titlesOf(file, 'Tom Jansen')).toEqual(['Patient/tom', 'Measles'])
})

test('a doctor who stands in the Bundle of each comes in for each', async () => {
  const doctor = { resourceType: 'Practitioner', id: 'both' }
  const seen = { asserter: { reference: 'Practitioner/both' } }
  const file = await read(
    JSON.stringify([
      bundle(MARIA, condition('Gout', 'maria', seen), doctor),
      bundle(TOM, condition('Measles', 'tom', seen), doctor),
    ]),
  )
  expect(titlesOf(file, 'Tom Jansen')).toContain('Practitioner/both')
  expect(titlesOf(file, 'Maria Jansen')).toContain('Practitioner/both')
})

test('chosenAtFirst() proposes who has the name and the birth date of the record, and nobody else', async () => {
  const file = await read(JSON.stringify(bundle(TOM, MARIA, condition('Gout', 'maria'))))
  expect(chosenAtFirst(file, { name: 'Maria Elena Jansen', birthDate: '1957-03-04' })).toEqual([1])
  expect(chosenAtFirst(file, { name: 'Maria Jansen' })).toEqual([])
  expect(chosenAtFirst(file, { name: 'Maria Jansen', birthDate: '1957' })).toEqual([])
  expect(chosenAtFirst(file, { name: 'Anna Jansen', birthDate: '1957-03-04' })).toEqual([])
  expect(chosenAtFirst(file, { name: 'Jansen', birthDate: '' })).toEqual([])
  const asked = peopleOf(file, [1], { name: 'Maria Jansen', birthDate: '1957-03-04' })
  expect(
    asked?.people.map(({ name, count, isChosen, looksDifferent }) => [name, count, isChosen, looksDifferent]),
  ).toEqual([
    ['Maria Jansen', 2, true, false],
    ['Tom Jansen', 1, false, true],
  ])
  expect(asked?.leftOut).toBe(1)
})
