import { expect, test } from 'vitest'
import type { EntryDetail, EntryId, EntrySummary } from '#schema/record/entry.ts'
import type { Section } from '#schema/record/sections.ts'
import type { Result } from '#schema/result.ts'
import { SAME_LABEL } from '#app/core/record/same-links.ts'
import { makeWorld, type RecordDevice } from './record-world.ts'

const CVX = 'http://hl7.org/fhir/sid/cvx'
const LOINC = 'http://loinc.org'
const RXNORM = 'http://www.nlm.nih.gov/research/umls/rxnorm'
const SNOMED = 'http://snomed.info/sct'

const coded = (system: string, code: string, text = code) => ({ coding: [{ system, code }], text })
const shot = (day: string, also: object = {}) => ({
  resourceType: 'Immunization',
  status: 'completed',
  vaccineCode: coded(CVX, '140', 'Influenza'),
  occurrenceDateTime: day,
  ...also,
})
const result = (at: string, value: number, also: object = {}) => ({
  resourceType: 'Observation',
  status: 'final',
  category: [{ coding: [{ code: 'laboratory' }] }],
  code: coded(LOINC, '718-7', 'Hemoglobin'),
  effectiveDateTime: at,
  valueQuantity: { value, unit: 'g/dL', system: 'http://unitsofmeasure.org', code: 'g/dL' },
  ...also,
})
const allergy = (also: object = {}) => ({
  resourceType: 'AllergyIntolerance',
  clinicalStatus: { coding: [{ code: 'active' }] },
  code: coded(RXNORM, '7980', 'Penicillin G'),
  ...also,
})
const condition = (status: string, also: object = {}) => ({
  resourceType: 'Condition',
  clinicalStatus: { coding: [{ code: status }] },
  code: coded(SNOMED, '195967001', 'Asthma'),
  ...also,
})
const medicine = (status: string, day: string, also: object = {}) => ({
  resourceType: 'MedicationRequest',
  status,
  intent: 'order',
  medicationCodeableConcept: coded(RXNORM, '314076', 'Lisinopril 10 MG'),
  authoredOn: day,
  ...also,
})

const sign = (at: string, code: string, value: number, unit: string, also: object = {}) => ({
  resourceType: 'Observation',
  status: 'final',
  category: [{ coding: [{ code: 'vital-signs' }] }],
  code: coded(LOINC, code),
  effectiveDateTime: at,
  valueQuantity: { value, unit, system: 'http://unitsofmeasure.org', code: unit },
  ...also,
})
const part = (code: string, value: number, unit = 'mm[Hg]') => ({
  code: coded(LOINC, code),
  valueQuantity: { value, unit, system: 'http://unitsofmeasure.org', code: unit },
})
const pressure = (at: string, systolic: number, ...also: readonly unknown[]) => ({
  resourceType: 'Observation',
  status: 'final',
  code: coded(LOINC, '85354-9'),
  effectiveDateTime: at,
  component: [part('8480-6', systolic), part('8462-4', 80), ...also],
})
const operation = (day: string, also: object = {}) => ({
  resourceType: 'Procedure',
  status: 'completed',
  code: coded(SNOMED, '80146002', 'Appendectomy'),
  performedDateTime: day,
  ...also,
})
const visit = (start: string, end?: string, also: object = {}) => ({
  resourceType: 'Encounter',
  status: 'finished',
  class: { code: 'AMB' },
  type: [{ text: 'Office visit' }],
  period: { start, end },
  ...also,
})
const paper = (title: string, day: string, data = 'QQ==', also: object = {}) => ({
  resourceType: 'DocumentReference',
  status: 'current',
  description: title,
  date: `${day}T00:00:00Z`,
  context: { period: { start: day } },
  content: [{ attachment: { contentType: 'text/plain', data } }],
  ...also,
})
const letter = Buffer.from('A letter that says the same to everybody. '.repeat(5)).toString('base64')
const asthma = (also: object) => condition('active', also)

function value<Value>(answer: Result<Value, unknown>): Value {
  if (!answer.ok) throw new Error(`refused: ${JSON.stringify(answer)}`)
  return answer.value
}

let files = 0

async function bringIn(device: RecordDevice, ...resources: readonly unknown[]) {
  const bundle = { resourceType: 'Bundle', type: 'collection', entry: resources.map(resource => ({ resource })) }
  const preview = value(await device.record.previewImport(new Blob([JSON.stringify(bundle)]), `clinic-${++files}.json`))
  value(await device.record.commitImport(preview.importId))
  return preview.importId
}

const rows = (device: RecordDevice) => device.record.timelineRows({}, 0, 100)
const pairs = (device: RecordDevice) => device.record.seenTwice()

function detailOf(device: RecordDevice, id: EntryId): Promise<EntryDetail | undefined> {
  return new Promise(resolve => {
    void device.record.watchEntry(id, resolve)
  })
}

async function textOf(device: RecordDevice, log: Section | 'private', label: string): Promise<string> {
  const found = device.logs.get(log)!
  return JSON.stringify(found.shards().some(each => each.label === label) ? await found.read(label) : {})
}

const device = async () => (await makeWorld()).device()

/** The same vaccination from a clinic and from a card, each with words of its own. */
async function twoShots(at: RecordDevice) {
  const first = await bringIn(at, shot('2025-10-01', { lotNumber: 'A' }))
  const second = await bringIn(at, shot('2025-10-01T09:00:00Z', { lotNumber: 'B' }))
  return { first, second }
}

async function merged(at: RecordDevice) {
  const imports = await twoShots(at)
  const [pair] = await pairs(at)
  value(await at.record.sayIfSame(pair!.one.id, pair!.other.id, 'same'))
  return { ...imports, pair: pair! }
}

test.each<[string, unknown, unknown, string]>([
  ['vaccine and day', shot('2025-10-01'), shot('2025-10-01T09:00:00Z', { lotNumber: 'B' }), 'vaccine-and-day'],
  [
    'test, day and value',
    result('2025-10-01', 13.5),
    result('2025-10-01', 13.5, { note: [{ text: 'x' }] }),
    'test-day-and-value',
  ],
  ['allergy', allergy(), allergy({ criticality: 'high' }), 'allergy'],
  ['active condition', condition('active'), condition('active', { onsetDateTime: '2001' }), 'condition'],
  ['medicine taken', medicine('active', '2020-01-01'), medicine('active', '2024-05-05'), 'medicine-taken'],
  ['medicine begun', medicine('completed', '2020-01-01'), medicine('stopped', '2020-01-01'), 'medicine-begun'],
  [
    'test of one name',
    result('2025-10-01', 13.5, { code: { text: 'Hemoglobin ' } }),
    result('2025-10-01', 13.5, { code: { text: 'hemoglobin' } }),
    'test-day-and-value',
  ],
  [
    'instant in two zones',
    result('2025-10-01T23:30:00Z', 13.5),
    result('2025-10-02T01:30:00+02:00', 13.5),
    'test-day-and-value',
  ],
  [
    'vital sign',
    sign('2025-10-01T08:00:00Z', '8867-4', 61, '/min'),
    sign('2025-10-01T08:00:00Z', '8867-4', 61, '/min', { note: [{ text: 'x' }] }),
    'reading',
  ],
  [
    'weight under two codes',
    sign('2025-10-01T08:00:00Z', '29463-7', 72.5, 'kg'),
    sign('2025-10-01T08:00:00Z', '3141-9', 72.5, 'kg'),
    'reading',
  ],
  [
    'blood pressure',
    pressure('2025-10-01T08:00:00Z', 120, part('8867-4', 61, '/min')),
    pressure('2025-10-01', 120),
    'reading',
  ],
  [
    'procedure',
    operation('2019-05-05'),
    operation('2019-05-05T10:00:00Z', { outcome: { text: 'fine' } }),
    'procedure-and-day',
  ],
  [
    'procedure of one name',
    operation('2019-05-05'),
    operation('2019-05-05', { code: { text: 'appendectomy' } }),
    'procedure-and-day',
  ],
  ['visit', visit('2025-10-01', '2025-10-01'), visit('2025-10-01T08:00:00Z', '2025-10-01T09:00:00Z'), 'visit'],
  ['title of a document', paper('Letter', '2025-10-01'), paper('letter', '2025-10-01', 'Qg=='), 'title-and-day'],
  ['file under two titles', paper('Letter', '2025-10-01', letter), paper('Scan 4', '2025-11-01', letter), 'file'],
  [
    'condition of one name, coded in two systems',
    asthma({}),
    asthma({ code: coded('http://hl7.org/fhir/sid/icd-10-cm', 'J45.909', 'asthma') }),
    'condition',
  ],
  ['condition of one name, coded once', asthma({}), asthma({ code: { text: 'Asthma' } }), 'condition'],
])('seenTwice() proposes the same %s of two sources, and says why', async (_name, one, other, why) => {
  const at = await device()
  await bringIn(at, one)
  await bringIn(at, other)
  expect(await pairs(at)).toMatchObject([{ why }])
})

test.each<[string, unknown, unknown]>([
  ['another day', shot('2025-10-01'), shot('2025-10-02')],
  ['a day and a month', shot('2025-10-01'), shot('2025-10')],
  ['one that was not given', shot('2025-10-01'), shot('2025-10-01', { status: 'not-done' })],
  ['a mistake', shot('2025-10-01'), shot('2025-10-01', { status: 'entered-in-error' })],
  ['another value', result('2025-10-01', 13.5), result('2025-10-01', 13.6)],
  [
    'another unit',
    result('2025-10-01', 13.5),
    result('2025-10-01', 13.5, { valueQuantity: { value: 13.5, unit: 'mmol/L' } }),
  ],
  ['another hour', result('2025-10-01T08:00:00Z', 13.5), result('2025-10-01T12:00:00Z', 13.5)],
  ['one that is over', condition('active'), condition('resolved')],
  ['two that are over', condition('resolved'), condition('resolved', { onsetDateTime: '2001' })],
  [
    'another minute',
    sign('2025-10-01T08:00:00Z', '8867-4', 61, '/min'),
    sign('2025-10-01T08:01:00Z', '8867-4', 61, '/min'),
  ],
  ['another pressure', pressure('2025-10-01', 120), pressure('2025-10-01', 121)],
  ['another sign of one value', sign('2025-10-01', '8867-4', 16, '/min'), sign('2025-10-01', '9279-1', 16, '/min')],
  ['a procedure of another day', operation('2019-05-05'), operation('2019-05-06')],
  ['a procedure that was not done', operation('2019-05-05'), operation('2019-05-05', { status: 'not-done' })],
  ['a visit of another kind', visit('2025-10-01'), visit('2025-10-01', undefined, { type: [{ text: 'Vaccination' }] })],
  ['a document of another day', paper('Letter', '2025-10-01'), paper('Letter', '2025-10-02', 'Qg==')],
  ['two short files without a title in common', paper('Letter', '2025-10-01'), paper('Scan 4', '2025-11-01')],
  [
    'a test of one name that its code says is another',
    result('2025-10-01', 5),
    result('2025-10-01', 5, { code: coded(LOINC, '20509-6', 'Hemoglobin') }),
  ],
  [
    'a condition of one name that its code says is another',
    asthma({}),
    asthma({ code: coded(SNOMED, '233678006', 'Asthma') }),
  ],
  ['another medicine order long past', medicine('completed', '2020-01-01'), medicine('completed', '2021-01-01')],
])('seenTwice() proposes nothing beside %s', async (_name, one, other) => {
  const at = await device()
  await bringIn(at, one)
  await bringIn(at, other)
  expect(await pairs(at)).toEqual([])
})

const doses = (...given: readonly object[]) => ({ dosageInstruction: given })
const tablets = (value: number, unit = 'tablet') => ({ doseAndRate: [{ doseQuantity: { value, unit } }] })
const often = (frequency: number, period: number, periodUnit: string) => ({
  timing: { repeat: { frequency, period, periodUnit } },
})
const ingredient = (text: string) => ({ medicationCodeableConcept: coded(RXNORM, '29046', text) })
const specimen = (display: string) => ({ specimen: { display } })
const tube = (code: string) => ({
  resourceType: 'Specimen',
  id: 'tube',
  type: { coding: [{ system: SNOMED, code }] },
})
const cataract = (...side: readonly string[]) => condition('active', { bodySite: side.map(text => ({ text })) })

test.each<[string, unknown, unknown]>([
  [
    'vaccinations of different lots',
    shot('2025-10-01', { lotNumber: 'UT-8043' }),
    shot('2025-10-01', { lotNumber: 'UT8044' }),
  ],
  [
    'tests of different specimens',
    result('2025-10-01', 1, specimen('Throat swab')),
    result('2025-10-01', 1, specimen('Nose swab')),
  ],
  [
    'tests of specimens that only codes tell apart',
    result('2025-10-01', 1, { contained: [tube('119297000')], specimen: { reference: '#tube' } }),
    result('2025-10-01', 1, { contained: [tube('119364003')], specimen: { reference: '#tube' } }),
  ],
  [
    'tests at different places',
    result('2025-10-01', 1, { bodySite: { text: 'Left ear' } }),
    result('2025-10-01', 1, { bodySite: { text: 'Right ear' } }),
  ],
  ['a problem of either side', cataract('Left eye'), cataract('Right eye')],
  [
    'operations of either side',
    operation('2019-05-05', { bodySite: [{ text: 'Left eye' }] }),
    operation('2019-05-05', { bodySite: [{ text: 'Right eye' }] }),
  ],
  [
    'blood pressures with different pulses',
    pressure('2025-10-01', 120, part('8867-4', 61, '/min')),
    pressure('2025-10-01', 120, part('8867-4', 75, '/min')),
  ],
  ['visits that ended at different times', visit('2025-10-01', '2025-10-03'), visit('2025-10-01', '2025-10-04')],
  [
    'medicines of different strengths',
    medicine('active', '2020', ingredient('Lisinopril 10 MG Oral Tablet')),
    medicine('active', '2021', ingredient('Lisinopril 20 mg')),
  ],
  [
    'medicines of different doses',
    medicine('active', '2020', doses(tablets(1))),
    medicine('active', '2020', doses(tablets(2))),
  ],
  [
    'medicines in grams and milligrams',
    medicine('active', '2020', doses(tablets(1, 'g'))),
    medicine('active', '2020', doses(tablets(500, 'mg'))),
  ],
  [
    'medicines taken more and less often',
    medicine('active', '2020', doses(often(1, 1, 'd'))),
    medicine('active', '2020', doses(often(1, 12, 'h'))),
  ],
])('seenTwice() proposes no %s, whatever else they have in common', async (_name, one, other) => {
  const at = await device()
  await bringIn(at, one)
  await bringIn(at, other)
  expect(await pairs(at)).toEqual([])
})

test.each<[string, unknown, unknown]>([
  [
    'a lot written otherwise',
    shot('2025-10-01', { lotNumber: 'UT-8043 AA' }),
    shot('2025-10-01', { lotNumber: 'ut8043aa' }),
  ],
  [
    'a lot that nobody noted',
    shot('2025-10-01', { lotNumber: 'UNKNOWN' }),
    shot('2025-10-01', { lotNumber: 'UT8043' }),
  ],
  [
    'a specimen said less exactly',
    result('2025-10-01', 1, specimen('Blood specimen')),
    result('2025-10-01', 1, specimen('Venous blood')),
  ],
  [
    'a specimen of one code in other words',
    result('2025-10-01', 1, { contained: [tube('119297000')], specimen: { reference: '#tube', display: 'Sang' } }),
    result('2025-10-01', 1, { contained: [tube('119297000')], specimen: { reference: '#tube', display: 'Blood' } }),
  ],
  ['no specimen', result('2025-10-01', 1, specimen('Blood')), result('2025-10-01', 1)],
  ['a problem of both sides', cataract('Left eye', 'Right eye'), cataract('Left eye')],
  [
    'a strength said once',
    medicine('active', '2020', ingredient('Lisinopril 10 MG Oral Tablet')),
    medicine('active', '2021', ingredient('Lisinopril')),
  ],
  [
    'a strength in another unit',
    medicine('active', '2020', ingredient('Metformin 1,000 mg')),
    medicine('active', '2021', ingredient('Metformin 1 g')),
  ],
  [
    'a dose in what can’t be compared',
    medicine('active', '2020', doses(tablets(2))),
    medicine('active', '2021', doses(tablets(20, 'mg'))),
  ],
  [
    'as often in other words',
    medicine('active', '2020', doses(often(2, 1, 'd'))),
    medicine('active', '2020', doses(often(1, 12, 'h'))),
  ],
  [
    'a dose of several',
    medicine('active', '2020', doses(tablets(1), tablets(2))),
    medicine('active', '2020', doses(tablets(2))),
  ],
])('seenTwice() proposes what is alike but for %s', async (_name, one, other) => {
  const at = await device()
  await bringIn(at, one)
  await bringIn(at, other)
  expect(await pairs(at)).toHaveLength(1)
})

test('seenTwice() looks at what stands behind a row too: a lot that one of the same says tells a third apart', async () => {
  const at = await device()
  await bringIn(at, shot('2025-10-01', { lotNumber: 'UT8043' }))
  await bringIn(at, shot('2025-10-01'))
  const [pair] = await pairs(at)
  value(await at.record.sayIfSame(pair!.one.id, pair!.other.id, 'same'))
  await bringIn(at, shot('2025-10-01', { lotNumber: 'UT8044' }))
  expect(await pairs(at)).toEqual([])
})

test('seenTwice() goes by the strength that somebody typed, not by what stood there before', async () => {
  const at = await device()
  await bringIn(at, medicine('active', '2020', { ...ingredient('Lisinopril'), ...doses(tablets(10, 'mg')) }))
  const [row] = await rows(at)
  value(await at.record.editEntry(row!.id, { kind: 'medicine', name: 'Lisinopril 20 mg', status: 'taking' }))
  await bringIn(at, medicine('active', '2021', { ...ingredient('Lisinopril 20 mg'), ...doses(tablets(20, 'mg')) }))
  expect(await pairs(at)).toHaveLength(1)
})

test('seenTwice() proposes what was typed beside what came in, and nothing of one source', async () => {
  const at = await device()
  await bringIn(at, shot('2025-10-01', { lotNumber: 'A' }), shot('2025-10-01', { lotNumber: 'B' }))
  expect(await pairs(at)).toEqual([])
  value(await at.record.addEntry({ kind: 'allergy', substance: 'penicillin g' }))
  await bringIn(at, allergy({ clinicalStatus: undefined }))
  await bringIn(at, allergy())
  const found = await pairs(at)
  expect(found.every(({ why }) => why === 'allergy')).toBe(true)
  expect(found).toHaveLength(1)
})

test('what is the same is one row that says so, with both originals untouched, until it is taken apart', async () => {
  const at = await device()
  const { pair, first, second } = await merged(at)
  expect(await rows(at)).toMatchObject([{ title: 'Influenza', mergedFrom: 2 }])
  expect(await pairs(at)).toEqual([])
  expect((await at.record.facets()).kinds).toEqual([{ kind: 'immunization', count: 1 }])
  expect((await at.record.facets()).sources.map(({ source }) => source).toSorted()).toEqual([first, second].toSorted())
  for (const importId of [first, second])
    expect(await at.record.timelineRows({ sources: [importId] }, 0, 9)).toHaveLength(1)
  const shown = (await rows(at))[0]!
  const detail = (await detailOf(at, shown.id))!
  const behind = [pair.one.id, pair.other.id].find(id => id !== shown.id)!
  expect(detail.sameAs?.map(({ id }) => id)).toEqual([behind])
  expect(JSON.parse((await detailOf(at, behind))!.original!)).toHaveProperty('lotNumber')
  for (const isCrash of [true, false]) {
    await at.reopen({ isCrash })
    await at.record.idle()
    expect(await rows(at)).toMatchObject([{ mergedFrom: 2 }])
  }
  value(await at.record.takeApart(shown.id))
  expect(await rows(at)).toHaveLength(2)
  expect(await pairs(at)).toEqual([])
  value(await at.record.undo())
  expect(await rows(at)).toHaveLength(1)
})

test('"not the same" is remembered, also after unlock, and undo asks again', async () => {
  const at = await device()
  await twoShots(at)
  const [pair] = await pairs(at)
  value(await at.record.sayIfSame(pair!.one.id, pair!.other.id, 'different'))
  expect(await pairs(at)).toEqual([])
  await at.reopen()
  await at.record.idle()
  expect(await pairs(at)).toEqual([])
  expect(await rows(at)).toHaveLength(2)
})

test('sayIfSame() is undone as if nothing had been said', async () => {
  const at = await device()
  await merged(at)
  expect(value(await at.record.undo())).toMatchObject({ act: 'merge' })
  expect(await rows(at)).toHaveLength(2)
  expect(await pairs(at)).toHaveLength(1)
})

test('the other half stands alone once one is deleted or its file taken back, and is one with it again after', async () => {
  const at = await device()
  const { first } = await merged(at)
  const shown = (await rows(at))[0]!
  value(await at.record.binEntry(shown.id))
  expect(await rows(at)).toHaveLength(1)
  expect((await rows(at))[0]).not.toHaveProperty('mergedFrom')
  expect((await rows(at))[0]!.id).not.toBe(shown.id)
  value(await at.record.undo())
  expect(await rows(at)).toMatchObject([{ mergedFrom: 2 }])
  value(await at.record.undoImport(first))
  expect(await rows(at)).toHaveLength(1)
  expect((await rows(at))[0]).not.toHaveProperty('mergedFrom')
})

test('a third source joins, and all are taken apart together', async () => {
  const at = await device()
  await merged(at)
  await bringIn(at, shot('2025-10-01', { lotNumber: 'C' }))
  const [pair] = await pairs(at)
  value(await at.record.sayIfSame(pair!.one.id, pair!.other.id, 'same'))
  expect(await rows(at)).toMatchObject([{ mergedFrom: 3 }])
  value(await at.record.takeApart((await rows(at))[0]!.id))
  expect(await rows(at)).toHaveLength(3)
})

test('two devices that say it at once agree: the same twice is the same, and different counts', async () => {
  const world = await makeWorld()
  const [phone, tablet] = [await world.device(), await world.device()]
  await twoShots(phone)
  await world.sync()
  const [pair] = await pairs(phone)
  const { one, other } = pair!
  value(await phone.record.sayIfSame(one.id, other.id, 'same'))
  value(await tablet.record.sayIfSame(other.id, one.id, 'same'))
  await world.sync()
  for (const each of [phone, tablet]) expect(await rows(each)).toMatchObject([{ mergedFrom: 2 }])
  value(await tablet.record.takeApart((await rows(tablet))[0]!.id))
  await world.sync()
  expect(await rows(phone)).toHaveLength(2)
  value(await phone.record.sayIfSame(one.id, other.id, 'same'))
  await world.sync()
  value(await phone.record.sayIfSame(one.id, other.id, 'different'))
  value(await tablet.record.addEntry({ kind: 'note', title: 'x', text: 'y', writtenAt: '2026-01-01T00:00:00Z' }))
  await world.sync()
  for (const each of [phone, tablet]) {
    expect((await rows(each)).filter(({ kind }) => kind === 'immunization')).toHaveLength(2)
    expect(await pairs(each)).toEqual([])
  }
})

test('the same file brought in by two devices and merged on one stays merged on both', async () => {
  const world = await makeWorld()
  const [phone, tablet] = [await world.device(), await world.device()]
  await bringIn(phone, condition('active'))
  await world.sync()
  await bringIn(phone, shot('2025-10-01', { lotNumber: 'A' }))
  await twoShots(tablet)
  await bringIn(phone, shot('2025-10-01T09:00:00Z', { lotNumber: 'B' }))
  const [pair] = await pairs(phone)
  value(await phone.record.sayIfSame(pair!.one.id, pair!.other.id, 'same'))
  await world.sync()
  for (const each of [phone, tablet]) {
    expect((await rows(each)).filter(({ kind }) => kind === 'immunization')).toMatchObject([{ mergedFrom: 2 }])
    expect(await pairs(each)).toEqual([])
  }
  expect((await rows(phone))[0]!.id).toBe((await rows(tablet))[0]!.id)
})

test('an open entry is never proposed beside a private one, nor the same as it', async () => {
  const at = await device()
  const { pair } = { pair: undefined, ...(await twoShots(at)) }
  const [both] = await pairs(at)
  expect(pair).toBeUndefined()
  value(await at.record.makePrivate([both!.one.id]))
  expect(await pairs(at)).toEqual([])
  expect(await at.record.sayIfSame(both!.one.id, both!.other.id, 'same')).toEqual({
    ok: false,
    failure: { kind: 'invalid', field: 'other' },
  })
  expect(await textOf(at, 'immunizations', SAME_LABEL)).toBe('{}')
})

test('made private, all that stands behind an entry goes along, its answers too, and comes back so', async () => {
  const at = await device()
  await merged(at)
  const shown = (await rows(at))[0]!
  value(await at.record.makePrivate([shown.id]))
  expect(await at.record.timelineRows({ isPrivate: false }, 0, 9)).toEqual([])
  expect(await rows(at)).toMatchObject([{ isPrivate: true, mergedFrom: 2 }])
  expect(await textOf(at, 'private', `immunizations/${SAME_LABEL}`)).toContain('same')
  value(await at.record.takeApart((await rows(at))[0]!.id))
  expect(await rows(at)).toHaveLength(2)
  value(await at.record.makeOpen((await rows(at)).map(({ id }) => id)))
  expect(await rows(at)).toHaveLength(2)
  expect(await pairs(at)).toEqual([])
})

test('answers about two private entries lie in the private log alone', async () => {
  const at = await device()
  await twoShots(at)
  const ids = (await rows(at)).map(({ id }) => id)
  for (const id of ids) value(await at.record.makePrivate([id]))
  const [pair] = await pairs(at)
  value(await at.record.sayIfSame(pair!.one.id, pair!.other.id, 'same'))
  expect(await rows(at)).toMatchObject([{ isPrivate: true, mergedFrom: 2 }])
  expect(await textOf(at, 'immunizations', SAME_LABEL)).toBe('{}')
})

test('a Bundle has both originals byte for byte; a table, a summary and a page have the thing once', async () => {
  const at = await device()
  const [one, other] = [shot('2025-10-01', { lotNumber: 'A' }), shot('2025-10-01', { lotNumber: 'B' })]
  await bringIn(at, one)
  await bringIn(at, other)
  const [pair] = await pairs(at)
  value(await at.record.sayIfSame(pair!.one.id, pair!.other.id, 'same'))
  const whole = await (await at.record.exportFhir()).text()
  for (const original of [one, other]) expect(whole).toContain(JSON.stringify(original))
  const sections: readonly Section[] = ['immunizations']
  const choice = { sections, withPrivate: false }
  expect(await at.record.reportEntries(choice)).toHaveLength(1)
  const bundle = value(await at.record.takeOut({ ...choice, file: { kind: 'fhir-bundle' } }))
  expect((await bundle.text()).match(/lotNumber/g)).toHaveLength(2)
  // Read again into an empty record: both, and asked again.
  const fresh = await device()
  const preview = value(await fresh.record.previewImport(new Blob([whole]), 'all.json'))
  expect(preview.newCount).toBeGreaterThanOrEqual(2)
  // Into this one: nothing changes.
  const here = value(await at.record.previewImport(new Blob([whole]), 'all.json'))
  value(await at.record.commitImport(here.importId))
  const shots = (await rows(at)).filter(({ kind }: EntrySummary) => kind === 'immunization')
  expect(shots).toMatchObject([{ mergedFrom: 2 }])
})

test('each of 5,000 entries of two sources is proposed once', async () => {
  const at = await device()
  const many = (also: object) =>
    Array.from({ length: 2500 }, (_, place) =>
      result(new Date(Date.UTC(2010, 0, 1 + place)).toISOString().slice(0, 10), 10 + (place % 7), also),
    )
  await bringIn(at, ...many({}))
  await bringIn(at, ...many({ note: [{ text: 'again' }] }))
  const found = await pairs(at)
  expect(found).toHaveLength(2500)
  expect(new Set(found.flatMap(({ one, other }) => [one.id, other.id])).size).toBe(5000)
})

test('seenTwice() is worked out once until the record changes', async () => {
  const device = await (await makeWorld()).device()
  await bringIn(device, shot('2024-10-01'))
  await bringIn(device, shot('2024-10-01', { note: [{ text: 'as another clinic has it' }] }))
  const first = await pairs(device)
  expect(first).toHaveLength(1)
  expect(await pairs(device)).toBe(first)
  await bringIn(device, shot('2023-10-01'))
  const next = await pairs(device)
  expect(next).not.toBe(first)
  expect(next).toEqual(first)
})
