import { beforeAll, expect, test } from 'vitest'
import { inspectionOf } from '#app/core/exchange/inspect-file.ts'
import { readChosenFile, readImportFiles, type ReadOptions } from '#app/core/exchange/read-import-file.ts'
import { readyCrypto } from '#crypto/sodium.ts'
import { zipOf } from '#tests/support/apple-health.ts'

beforeAll(readyCrypto)

const at = (page: number) => `https://fhir.example/Observation?patient=1&page=${page}`

/** Page `number` of a search, from 1, as a server answers it. */
const page = (number: number, of: number, links: readonly (readonly [string, string])[] = []) => ({
  resourceType: 'Bundle',
  type: 'searchset',
  link: [
    ['self', at(number)],
    ...(number < of ? [['next', at(number + 1)]] : []),
    ...(number > 1 ? [['previous', at(number - 1)]] : []),
    ...links,
  ].map(([relation, url]) => ({ relation, url })),
  entry: [{ resource: { resourceType: 'Observation', id: `o${number}`, code: { text: `test ${number}` } } }],
})

async function isPartial(...documents: readonly object[]) {
  const text = documents.map(each => JSON.stringify(each)).join('\n')
  const read = await readChosenFile(new Blob([text]), 'pages.ndjson')
  const inspection = inspectionOf('pages.ndjson', read)
  if (!('isPartial' in inspection)) throw new Error(inspection.failure.kind)
  return inspection.isPartial
}

test('a page of several says so, whichever it is; all of them together, or the only one, are whole', async () => {
  expect(await isPartial(page(1, 3))).toBe(true)
  expect(await isPartial(page(3, 3))).toBe(true)
  expect(await isPartial(page(1, 3), page(2, 3))).toBe(true)
  expect(await isPartial(page(1, 3), page(2, 3), page(3, 3))).toBe(false)
  expect(await isPartial(page(1, 1))).toBe(false)
  expect(await isPartial(page(1, 1, [['first', at(1)]]))).toBe(false)
  expect(await isPartial(page(1, 1, [['prev', at(9)]]))).toBe(true)
})

test('it is said of a page within another Bundle, and of pages in an archive together', async () => {
  expect(await isPartial({ resourceType: 'Bundle', type: 'batch-response', entry: [{ resource: page(1, 2) }] })).toBe(
    true,
  )
  const zipped = async (...numbers: readonly number[]) => {
    const files = numbers.map(number => ({ name: `${number}.json`, text: JSON.stringify(page(number, 2)) }))
    const read = await readChosenFile(zipOf(files), 'pages.zip')
    return read.ok && read.value.isPartial
  }
  expect(await zipped(1, 2)).toBeUndefined()
  expect(await zipped(1)).toBe(true)
})

test('links that are none say nothing, and neither do those of other resources', async () => {
  for (const link of [7, 'next', [{ relation: 'next' }], [{ url: at(2) }], [null], { relation: ['next'], url: at(2) }])
    expect(await isPartial({ ...page(1, 1), link })).toBe(false)
  const person = { resourceType: 'Patient', link: [{ relation: 'next', url: at(2) }], name: [{ text: 'Kim' }] }
  expect(await isPartial(person)).toBe(false)
})

test('of pages that were fetched one after another nothing is said: what did not come is listed by itself', async () => {
  const files = [{ place: 'Observation', bytes: new TextEncoder().encode(JSON.stringify(page(1, 2))) }]
  const told = async (options: ReadOptions) => {
    const read = await readImportFiles(files, 'clinic', options)
    return read.ok && read.value.isPartial
  }
  expect(await told({})).toBe(true)
  expect(await told({ followsPages: true })).toBeUndefined()
})
