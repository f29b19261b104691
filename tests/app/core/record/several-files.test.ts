import { expect, test } from 'vitest'
import type { ImportPreview } from '#app/core/import-session.ts'
import type { Result } from '#schema/result.ts'
import { makeWorld, type RecordDevice } from './record-world.ts'

const patient = (id: string, name: string, birthDate: string) => ({
  resourceType: 'Patient',
  id,
  identifier: [{ system: 'urn:clinic', value: `${name} ${birthDate}` }],
  name: [{ text: name }],
  birthDate,
})
const condition = (id: string, text: string, lastUpdated?: string) => ({
  resourceType: 'Condition',
  id,
  ...(lastUpdated === undefined ? {} : { meta: { lastUpdated } }),
  code: { text },
  subject: { reference: 'Patient/1' },
})
const KIM = patient('1', 'Kim Jansen', '1980-03-04')
const ndjson = (name: string, ...resources: readonly object[]) => ({
  name,
  file: new Blob([resources.map(each => JSON.stringify(each)).join('\n')]),
})
const CSV = { name: 'weight.csv', file: new Blob(['Date,Weight (kg)\n2024-05-01,70.5\n2024-05-02,70.1\n']) }
const BROKEN = { name: 'broken.json', file: new Blob(['{"resourceType":']) }
const LETTER = { name: 'letter.pdf', file: new Blob(['%PDF-1.7\n']) }
const GOOD = ndjson('clinic.ndjson', KIM, condition('a', 'Measles'))
const OTHER = ndjson('other.ndjson', KIM, condition('b', 'Mumps'))

function value<Value>(result: Result<Value, unknown>): Value {
  if (!result.ok) throw new Error(`refused: ${JSON.stringify(result)}`)
  return result.value
}

const device = async () => (await makeWorld()).device()
const titles = async (at: RecordDevice) => (await at.record.timelineRows({}, 0, 100)).map(row => row.title).toSorted()
const failuresOf = ({ files = [] }: ImportPreview) =>
  Object.fromEntries(files.flatMap(file => ('failure' in file ? [[file.name, file.failure.kind]] : [])))

test('several files are one preview that names each, come in as one step and leave as one', async () => {
  const at = await device()
  const preview = value(await at.record.previewImports([GOOD, BROKEN, CSV, LETTER, OTHER]))
  expect(preview.files).toMatchObject([
    { name: 'clinic.ndjson', format: 'fhir', count: 2 },
    { name: 'broken.json', failure: { kind: 'truncated' } },
    { name: 'weight.csv', format: 'table', count: 2 },
    { name: 'letter.pdf', failure: { kind: 'not-supported', what: 'pdf' } },
    { name: 'other.ndjson', format: 'fhir', count: 2 },
  ])
  expect(preview).toMatchObject({
    fileName: 'clinic.ndjson, weight.csv, other.ndjson',
    newCount: 5,
    alreadyThereCount: 0,
    person: { name: 'Kim Jansen' },
    unusable: [{ reason: 'duplicate', count: 1 }],
  })
  const before = at.saves
  expect(value(await at.record.commitImport(preview.importId))).toEqual({ added: 5 })
  expect(at.saves - before).toBe(1)
  expect(await titles(at)).toHaveLength(5)
  const imports = await at.record.imports()
  expect(imports).toMatchObject([{ fileName: 'clinic.ndjson, weight.csv, other.ndjson', count: 5 }])
  expect(value(await at.record.undo())).toMatchObject({ act: 'import', count: 5 })
  expect(await titles(at)).toEqual([])
})

test('a file is the same alone as among others: nothing of it comes in twice, a table included', async () => {
  const at = await device()
  for (const { file, name } of [GOOD, CSV]) {
    const alone = value(await at.record.previewImport(file, name))
    value(await at.record.commitImport(alone.importId))
  }
  const preview = value(await at.record.previewImports([GOOD, CSV, OTHER]))
  expect(preview).toMatchObject({ newCount: 1, alreadyThereCount: 4 })
})

test('where no file can be read, each says why, and there is nothing to bring in', async () => {
  const at = await device()
  const preview = value(await at.record.previewImports([BROKEN, LETTER]))
  expect(failuresOf(preview)).toEqual({ 'broken.json': 'truncated', 'letter.pdf': 'not-supported' })
  expect(preview).toMatchObject({ newCount: 0, byKind: [] })
})

test('files about different people ask whose entries come in, and the same person in two files is one', async () => {
  const at = await device()
  const piet = ndjson('piet.ndjson', patient('1', 'Piet Jansen', '1950-01-02'), condition('c', 'Croup'))
  const preview = value(await at.record.previewImports([GOOD, piet, OTHER, CSV]))
  expect(preview.people?.people.map(({ name, count }) => [name, count])).toEqual([
    ['Kim Jansen', 3],
    ['Piet Jansen', 2],
  ])
  const kim = preview.people!.people.find(({ name }) => name === 'Kim Jansen')!.place
  const chosen = value(await at.record.choosePeople(preview.importId, [kim]))
  expect(chosen.newCount).toBe(5)
  value(await at.record.commitImport(preview.importId))
  expect(await titles(at)).not.toContain('Croup')
})

test('of two states of one thing the one that its source calls newer comes in, in whichever order they were chosen', async () => {
  const older = ndjson('old.ndjson', KIM, condition('a', 'Measles', '2023-01-01T00:00:00Z'))
  const newer = ndjson('new.ndjson', KIM, {
    ...condition('a', 'Measles', '2024-01-01T00:00:00Z'),
    recordedDate: '2020',
  })
  for (const files of [
    [older, newer],
    [newer, older],
  ]) {
    const at = await device()
    const preview = value(await at.record.previewImports(files))
    expect(preview.newCount).toBe(2)
    expect(preview.unusable.map(({ reason, count }) => [reason, count])).toContainEqual(['superseded', 1])
    value(await at.record.commitImport(preview.importId))
    const [row] = await at.record.timelineRows({ text: 'Measles' }, 0, 2)
    expect(row?.when?.text).toBe('2020')
  }
})

test('pages of one answer are not called a part of it once all are chosen', async () => {
  const at = await device()
  const pageOf = (self: string, next?: string) => ({
    name: `${self}.json`,
    file: new Blob([
      JSON.stringify({
        resourceType: 'Bundle',
        type: 'searchset',
        link: [
          { relation: 'self', url: `https://a.example/${self}` },
          ...(next === undefined ? [] : [{ relation: 'next', url: `https://a.example/${next}` }]),
        ],
        entry: [{ resource: condition(self, `On ${self}`) }],
      }),
    ]),
  })
  expect(value(await at.record.previewImports([pageOf('1', '2'), pageOf('2')])).isPartial).toBeUndefined()
  expect(value(await at.record.previewImports([pageOf('1', '2'), CSV])).isPartial).toBe(true)
})

test('a table whose columns must be asked is named, and costs only itself', async () => {
  const at = await device()
  const unclear = { name: 'unclear.csv', file: new Blob(['a,b\n1,2\n3,4\n']) }
  const preview = value(await at.record.previewImports([unclear, GOOD]))
  expect(Object.keys(failuresOf(preview))).toEqual(['unclear.csv'])
  expect(preview.newCount).toBe(2)
})
