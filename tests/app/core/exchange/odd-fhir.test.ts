import { beforeAll, describe, expect, test } from 'vitest'
import { readImportFile } from '#app/core/exchange/read-import-file.ts'
import type { ImportedFile } from '#app/core/exchange/imported-resource.ts'
import { readyCrypto } from '#crypto/sodium.ts'

/** Odd but legal files of others: what each row then says. Everything in them is made up. */

beforeAll(readyCrypto)

async function read(value: unknown): Promise<ImportedFile> {
  const file = await readImportFile(new TextEncoder().encode(JSON.stringify(value)), 'x.json')
  if (!file.ok) throw new Error(JSON.stringify(file.failure))
  return file.value
}

const row = async (resource: object) => (await read(resource)).resources[0]!.parts
const titles = (file: ImportedFile) => file.resources.map(({ parts }) => parts.title)
const coded = (code: string) => ({ coding: [{ code }] })
const observation = (more: object) => ({
  resourceType: 'Observation',
  id: 'o',
  status: 'final',
  code: { text: 'Test' },
  ...more,
})
const words = (text: string) => ({ value: { type: 'text', text } })
const amount = (value: number, unit: string, more = {}) => ({
  value: { type: 'quantity', quantity: { value, unit, isUcum: false, ...more } },
})

describe('what a result says of its value', () => {
  test.each<[string, object, object]>([
    ['words', { valueString: 'clear' }, words('clear')],
    [
      'a concept of several codings',
      { valueCodeableConcept: { coding: [{ code: 'a' }, { display: 'Detected' }] } },
      words('Detected'),
    ],
    ['a code without words', { valueCodeableConcept: coded('260373001') }, words('260373001')],
    ['a span', { valueRange: { low: { value: 1, unit: 'mg' }, high: { value: 5, unit: 'mg' } } }, words('1 mg – 5 mg')],
    ['a titre', { valueRatio: { numerator: { value: 1 }, denominator: { value: 128 } } }, words('1 : 128')],
    ['a time', { valueTime: '12:00:00' }, words('12:00:00')],
    ['a part of a date', { valueDateTime: '2020-01' }, words('2020-01')],
    ['nought', { valueInteger: 0 }, amount(0, '')],
    [
      'below what is measured',
      { valueQuantity: { value: 5, comparator: '<', unit: 'mg' } },
      amount(5, 'mg', { comparator: '<' }),
    ],
    ['a comparator of R5', { valueQuantity: { value: 5, comparator: 'ad', unit: 'mg' } }, words('ad 5 mg')],
    ['a number in quotes', { valueQuantity: { value: '5.0', unit: 'mg' } }, words('5.0 mg')],
    ['why there is none', { dataAbsentReason: { text: 'clotted' } }, words('clotted')],
    [
      'components alone, one without a value',
      {
        component: [
          { code: { text: 'A' }, valueQuantity: { value: 1, unit: 'mg' } },
          { code: { text: 'B' }, valueString: 'x' },
          { code: { text: 'C' }, dataAbsentReason: { coding: [{ display: 'Not done' }] } },
        ],
      },
      words('A: 1 mg; B: x; C: Not done'),
    ],
  ])('%s', async (_, more, expected) => {
    expect(await row(observation(more))).toMatchObject({ title: 'Test', ...expected })
  })

  test.each([
    ['a curve', { valueSampledData: { origin: { value: 0 }, period: 1, dimensions: 1, data: '1 2' } }],
    ['a unit alone', { valueQuantity: { unit: 'mg' } }],
    ['an extension alone', { _valueString: { extension: [{ url: 'x', valueCode: 'masked' }] } }],
  ])('%s is no value, and kept', async (_, more) => {
    const file = await read(observation(more))
    expect(file.resources[0]?.parts.value).toBeUndefined()
    expect(JSON.parse(file.resources[0]!.text)).toEqual(observation(more))
  })
})

describe('what must not be read as its opposite', () => {
  test.each<[string, object, object]>([
    ['entered in error', observation({ status: 'entered-in-error' }), { status: 'mistaken' }],
    ['a test that was not made', observation({ status: 'cancelled' }), { status: 'past', isNegated: true }],
    [
      'a diagnosis that is only thought of',
      {
        resourceType: 'Condition',
        clinicalStatus: coded('active'),
        verificationStatus: coded('differential'),
        code: { text: 'Lupus' },
      },
      { title: 'Lupus', ...words('differential') },
    ],
    [
      'one thought of, in words, and how bad',
      {
        resourceType: 'Condition',
        verificationStatus: { coding: [{ code: 'provisional', display: 'Vorläufig' }] },
        severity: { text: 'schwer' },
        code: { text: 'Lupus' },
      },
      words('Vorläufig, schwer'),
    ],
    [
      'ruled out',
      { resourceType: 'Condition', verificationStatus: coded('refuted'), code: { text: 'Lupus' } },
      { section: 'past-problems', isNegated: true },
    ],
    [
      'not to be taken',
      {
        resourceType: 'MedicationRequest',
        status: 'active',
        doNotPerform: true,
        medicationCodeableConcept: { text: 'A' },
      },
      { isNegated: true },
    ],
    [
      'a vaccination that was not given',
      { resourceType: 'Immunization', status: 'not-done', vaccineCode: { text: 'MMR' }, occurrenceString: 'never' },
      { isNegated: true, status: 'past' },
    ],
    [
      'a vaccination whose day nobody knows',
      {
        resourceType: 'Immunization',
        status: 'completed',
        vaccineCode: { text: 'MMR' },
        occurrenceString: 'as a child',
      },
      words('as a child'),
    ],
  ])('%s', async (_, resource, expected) => {
    expect(await row(resource)).toMatchObject(expected)
  })

  test('what ended on a day and began on none stands at its end', async () => {
    const parts = await row(observation({ effectivePeriod: { end: '2020-02' } }))
    expect(parts.when?.text).toBe('2020-02')
  })

  test.each(['20200101', '2020-01-01 10:00', '01.01.2020', '2020-02-30'])(
    'a date that FHIR has not is pointed out, and no date is made of it: %s',
    async effectiveDateTime => {
      const file = await read(observation({ effectiveDateTime }))
      expect(file.resources[0]).toMatchObject({ remarks: ['impossible-date'] })
      expect(file.resources[0]?.parts.when).toBeUndefined()
      expect((await read(observation({ effectiveDateTime: '2020-01' }))).resources[0]?.remarks).toEqual([])
    },
  )

  test('an addition that may change the meaning is pointed out', async () => {
    const file = await read(observation({ modifierExtension: [{ url: 'urn:not', valueBoolean: true }] }))
    expect(file.resources[0]?.remarks).toEqual(['modifier-extension'])
  })
})

const asBundle = (type: string, ...entry: readonly object[]) => ({ resourceType: 'Bundle', type, entry })

describe('Bundles of every type', () => {
  const [a, b] = [observation({ id: 'a', code: { text: 'a' } }), observation({ id: 'b', code: { text: 'b' } })]

  test.each([
    ['searchset', { search: { mode: 'match', score: 1 } }],
    ['collection', {}],
    ['document', {}],
    ['message', {}],
    ['transaction', { request: { method: 'PUT', url: 'Observation/a' } }],
    ['batch', { request: { method: 'POST', url: 'Observation' } }],
    ['transaction-response', { response: { status: '201 Created' } }],
    ['history', { request: { method: 'PUT', url: 'Observation' }, response: { status: '200' } }],
  ])('%s', async (type, more) => {
    const file = await read(asBundle(type, { resource: a, ...more }, { resource: b, ...more }))
    expect(titles(file)).toEqual(['a', 'b'])
    expect(file.unusable).toEqual([])
  })

  test('of a history only the last version counts, and nothing that was deleted', async () => {
    const version = (id: string, number: number, text: string, lastUpdated?: string) => ({
      fullUrl: `https://clinic.example/fhir/Observation/${id}`,
      resource: observation({
        id,
        code: { text },
        meta: { versionId: String(number), ...(lastUpdated === undefined ? {} : { lastUpdated }) },
      }),
      request: { method: 'PUT', url: `Observation/${id}` },
    })
    const gone = {
      fullUrl: 'https://clinic.example/fhir/Observation/c',
      request: { method: 'DELETE', url: 'Observation/c' },
    }
    const file = await read(
      asBundle(
        'history',
        version('a', 2, 'a, new'),
        version('a', 1, 'a, old'),
        gone,
        version('c', 1, 'c, deleted later'),
        version('b', 1, 'b, old', '2024-01-01T00:00:00Z'),
        version('b', 2, 'b, new', '2024-02-01T00:00:00Z'),
        { resource: observation({ id: 'd', code: { text: 'd' } }), request: { method: 'POST', url: 'Observation' } },
      ),
    )
    expect(titles(file)).toEqual(['a, new', 'b, new', 'd'])
    expect(file.unusable.map(({ reason, example }) => `${reason} ${example}`)).toEqual([
      'superseded entry 2',
      'superseded entry 3',
      'superseded entry 4',
      'superseded entry 5',
    ])
  })
})

test('references of every form name what they point at', async () => {
  const uuid = 'urn:uuid:0b9ae0bc-7f4e-4a3d-9b1e-6f6b6f1d2c3a'
  const medication = (id: string, text: string) => ({ resourceType: 'Medication', id, code: { text } })
  const request = (id: string, reference: string, more = {}) => ({
    resource: {
      resourceType: 'MedicationRequest',
      id,
      status: 'active',
      intent: 'order',
      medicationReference: { reference },
      ...more,
    },
  })
  const file = await read(
    asBundle(
      'collection',
      request('1', uuid),
      request('2', 'Medication/m2'),
      request('3', 'Medication/m2/_history/7'),
      request('4', 'https://clinic.example/fhir/Medication/m4/_history/2'),
      request('5', '#inner', { contained: [medication('inner', 'Contained')] }),
      request('6', 'Medication/nowhere'),
      request('7', '#nowhere'),
      { fullUrl: uuid, resource: { resourceType: 'Medication', code: { text: 'By its UUID' } } },
      { resource: medication('m2', 'By its id') },
      { fullUrl: 'https://clinic.example/fhir/Medication/m4', resource: medication('m4', 'By its address') },
    ),
  )
  const requests = file.resources.filter(({ parts }) => parts.resourceType === 'MedicationRequest')
  expect(requests.map(({ parts }) => parts.title)).toEqual([
    'By its UUID',
    'By its id',
    'By its id',
    'By its address',
    'Contained',
    '',
    '',
  ])
})

describe('several resources one after another, each over many lines', () => {
  const pretty = (id: string) => JSON.stringify(observation({ id, code: { text: id } }), null, 2)
  const found = async (text: string) => {
    const file = await readImportFile(new TextEncoder().encode(text), 'x.json')
    if (!file.ok) return file.failure
    return [titles(file.value), file.value.unusable.map(({ reason, example }) => `${reason} ${example}`)]
  }

  test('are all read', async () => {
    expect(await found(`${pretty('a')}\n${pretty('b')}\n\n${pretty('c')}\n`)).toEqual([['a', 'b', 'c'], []])
    expect(await found(`${pretty('a')}${pretty('b')}`)).toEqual([['a', 'b'], []])
  })

  test('up to where the text goes wrong, which is said once', async () => {
    const line = pretty('a').split('\n').length + 1
    expect(await found(`${pretty('a')}\n{"id": wrong}\n${pretty('b')}`)).toEqual([
      ['a'],
      [`not-a-resource line ${line}`],
    ])
    expect(await found(`${pretty('a')}\nand so on`)).toEqual([['a'], [`not-a-resource line ${line}`]])
  })
})

test('very long words are cut in the row and whole in the original', async () => {
  const file = await read(observation({ valueString: 'x'.repeat(300_000), note: [{ text: 'y'.repeat(100_000) }] }))
  const [resource] = file.resources
  expect(resource?.parts.value?.type === 'text' && resource.parts.value.text.length).toBeLessThan(10_000)
  expect(resource?.text.length).toBeGreaterThan(400_000)
})

test('what a server says of its answer is told and no entry, as searches of Epic and bulk exports have it; alone it is what was chosen', async () => {
  const outcome = {
    resourceType: 'OperationOutcome',
    issue: [{ severity: 'warning', code: 'suppressed', diagnostics: 'Some are withheld' }],
  }
  const entry = [{ resource: observation({}) }, { resource: outcome, search: { mode: 'outcome' } }]
  const { resources, unusable } = await read(asBundle('searchset', ...entry))
  expect(resources.map(({ parts }) => parts.resourceType)).toEqual(['Observation'])
  expect(unusable).toEqual([{ reason: 'clinic-message', example: 'Some are withheld' }])
  expect((await read(outcome)).resources).toHaveLength(1)
})

describe('other versions of FHIR', () => {
  const failureOf = async (value: unknown) => {
    const file = await readImportFile(new TextEncoder().encode(JSON.stringify(value)), 'x.json')
    return file.ok ? file.value.resources.map(({ parts }) => parts.title) : file.failure
  }

  test.each<[string, object]>([
    ['DSTU2', { resourceType: 'MedicationStatement', patient: {}, status: 'active', wasNotTaken: true }],
    ['DSTU2', { resourceType: 'MedicationOrder', status: 'active' }],
    ['DSTU2', { resourceType: 'Immunization', status: 'completed', wasNotGiven: true, vaccineCode: { text: 'MMR' } }],
    ['DSTU2', { resourceType: 'AllergyIntolerance', substance: { text: 'Nuts' } }],
    ['STU3', { resourceType: 'Procedure', status: 'completed', notDone: true, code: { text: 'x' } }],
    ['STU3', { resourceType: 'MedicationStatement', subject: {}, taken: 'n', status: 'active' }],
    ['STU3', { resourceType: 'MedicationRequest', intent: 'order', requester: { agent: {} } }],
    ['STU3', { resourceType: 'DocumentReference', indexed: '2017-01-01T00:00:00Z', content: [] }],
    ['R5', { resourceType: 'MedicationRequest', intent: 'order', medication: { concept: { text: 'x' } } }],
    ['R5', { resourceType: 'Encounter', class: [{ text: 'x' }] }],
    ['R5', { resourceType: 'DocumentReference', context: [{ reference: 'Encounter/1' }], content: [] }],
    ['R5', { resourceType: 'Procedure', status: 'completed', occurrenceDateTime: '2024' }],
  ])('%s is refused by its name: %j', async (version, resource) => {
    expect(await failureOf(resource)).toEqual({ kind: 'wrong-version', version })
  })

  test('DSTU2 is told by what only it has, however much reads as R4 does (Synthea’s), and a finding of it alone is read (a phone’s)', async () => {
    const category = { coding: [{ system: 'http://hl7.org/fhir/observation-category', code: 'laboratory' }] }
    const old = { ...observation({}), category, encounter: { reference: 'Encounter/1' } }
    const order = { resourceType: 'MedicationOrder', status: 'active' }
    const entries = [old, old, old, order].map(resource => ({ resource }))
    expect(await failureOf(asBundle('collection', ...entries))).toEqual({ kind: 'wrong-version', version: 'DSTU2' })
    expect(await failureOf(old)).toHaveLength(1)
  })

  test('one amid R4 is kept, pointed out, and not turned into its opposite', async () => {
    const r4 = { ...observation({}), encounter: { reference: 'Encounter/1' } }
    const old = { resourceType: 'Procedure', id: 'p', status: 'completed', notDone: true, code: { text: 'Biopsy' } }
    const file = await read(asBundle('collection', { resource: r4 }, { resource: old }))
    const [, biopsy] = file.resources
    expect(biopsy).toMatchObject({ parts: { title: 'Biopsy', isNegated: true }, remarks: ['other-version'] })
  })
})
