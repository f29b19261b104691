import { beforeAll, expect, test } from 'vitest'
import { readChosenFile } from '#app/core/exchange/read-import-file.ts'
import { readyCrypto } from '#crypto/sodium.ts'
import { type ZippedFile, zipOf } from '#tests/support/apple-health.ts'
import { ccda, section } from '#tests/support/ccda-fixtures.ts'

beforeAll(readyCrypto)

const read = (files: readonly ZippedFile[], options = {}) => readChosenFile(zipOf(files), 'HealthSummary.zip', options)
const observation = (id: string) => `{"resourceType":"Observation","id":"${id}","code":{"text":"test ${id}"}}`
const document = ccda(section('48765-2', 'Allergies', '<paragraph>none written down</paragraph>'))

async function good(files: readonly ZippedFile[]) {
  const answer = await read(files)
  if (!answer.ok) throw new Error(JSON.stringify(answer.failure))
  return answer.value
}

test('an archive as portals pack it (IHE XDM) gives its documents, and names what is none', async () => {
  const file = await good([
    { name: 'IHE_XDM/SUBSET01/DOC0001.XML', text: document },
    { name: 'IHE_XDM/SUBSET01/METADATA.XML', text: '<SubmitObjectsRequest xmlns="urn:x"/>' },
    { name: 'IHE_XDM/SUBSET01/STYLE.XSL', text: '<xsl:stylesheet/>' },
    { name: 'INDEX.HTM', text: '<html></html>' },
    { name: '__MACOSX/IHE_XDM/._DOC0001.XML', text: 'x' },
    { name: 'README.TXT', text: 'Read me' },
  ])
  expect(file.format).toBe('clinical-document')
  expect(file.person?.name).toBe('Kim Sample')
  expect(file.resources.some(({ text }) => text.includes('none written down'))).toBe(true)
  expect(file.unusable).toEqual([])
  expect(file.left).toEqual([
    { reason: 'file', count: 4, examples: ['STYLE.XSL', 'INDEX.HTM', 'METADATA.XML', 'README.TXT'] },
  ])
})

test('a packed .phr, and FHIR in several files: one that is broken costs only itself', async () => {
  const file = await good([
    { name: 'record.phr', text: `${observation('a')}\n${observation('b')}\n` },
    { name: 'more/Observation.ndjson', text: observation('c') },
    { name: 'cut.json', text: '{"resourceType":"Bund' },
    { name: 'old.xml', text: '<Patient xmlns="http://hl7.org/fhir"/>' },
  ])
  expect(file.resources.map(({ parts }) => parts.title)).toEqual(['test a', 'test b', 'test c'])
  expect(file.unusable).toEqual([{ reason: 'not-understood', example: 'cut.json' }])
  expect(file.left).toEqual([{ reason: 'file', count: 1, examples: ['old.xml'] }])
})

test('where nothing comes of an archive, the reason is its one file’s, else that it holds no record', async () => {
  const failureOf = async (files: readonly ZippedFile[]) => {
    const answer = await read(files)
    return answer.ok ? undefined : answer.failure
  }
  const none = { kind: 'not-supported', what: 'zip' }
  expect(await failureOf([{ name: 'a.xml', text: '<Patient xmlns="http://hl7.org/fhir"/>' }])).toEqual({
    kind: 'not-supported',
    what: 'fhir-xml',
  })
  expect(await failureOf([{ name: 'a.json', text: '{' }])).toEqual({ kind: 'truncated' })
  expect(await failureOf([{ name: 'photo.jpg', text: 'x' }])).toEqual(none)
  expect(await failureOf([])).toEqual(none)
  const office = [
    { name: '[Content_Types].xml', text: '<Types/>' },
    { name: 'word/document.xml', text: document },
  ]
  expect(await failureOf(office)).toEqual(none)
  const many = Array.from({ length: 1001 }, (_, index) => ({ name: `${index}.json`, text: '{}', isStored: true }))
  expect(await failureOf(many)).toEqual({ kind: 'archive', why: 'bomb' })
})

test('an archive that wants a password says so; one that is damaged in part gives the rest', async () => {
  const packed = new Uint8Array(await zipOf([{ name: 'a.sphr.json', text: observation('a') }]).arrayBuffer())
  const central = packed.findLastIndex((byte, at) => byte === 0x50 && packed[at + 1] === 0x4b && packed[at + 2] === 1)
  packed[central + 8] = 1
  expect(await readChosenFile(new Blob([packed]), 'a.sphr')).toEqual({
    ok: false,
    failure: { kind: 'archive', why: 'locked' },
  })
  const files = [
    { name: 'a.json', text: observation('a'), isStored: true },
    { name: 'b.json', text: observation('b'), isStored: true },
  ]
  const damaged = new Uint8Array(await zipOf(files).arrayBuffer())
  damaged[40] = 0x20
  const answer = await readChosenFile(new Blob([damaged]), 'a.zip')
  expect(answer.ok && answer.value.resources.map(({ parts }) => parts.title)).toEqual(['test b'])
  expect(answer.ok && answer.value.unusable).toEqual([{ reason: 'not-understood', example: 'a.json' }])
})

test('cancelling ends the reading of an archive', async () => {
  const signal = AbortSignal.abort()
  expect(await read([{ name: 'a.json', text: observation('a') }], { signal })).toEqual({
    ok: false,
    failure: { kind: 'cancelled' },
  })
})

test('the files of an archive are told by what they hold, whatever they are called', async () => {
  const file = await good([
    { name: 'export.fhir', text: observation('a') },
    { name: 'summary.c32', text: document },
    { name: 'lines.txt', text: `${observation('b')}\n${observation('c')}\n` },
  ])
  const titles = file.resources.map(({ parts }) => parts.title)
  expect(titles).toEqual(expect.arrayContaining(['test a', 'test b', 'test c']))
  expect(file.person?.name).toBe('Kim Sample')
  expect(file.left).toEqual([])
})

test('a table alone in an archive is read as one; of several, or beside records, it is named', async () => {
  const table = 'Date,Systolic (mmHg),Diastolic (mmHg)\n2024-05-01 08:00,128,82\n'
  const alone = await good([{ name: 'readings.csv', text: table }])
  expect(alone.table).toBeDefined()
  expect(alone.resources).toHaveLength(1)
  const beside = await good([
    { name: 'a.json', text: observation('a') },
    { name: 'readings.csv', text: table },
  ])
  expect(beside.table).toBeUndefined()
  expect(beside.left).toEqual([{ reason: 'file', count: 1, examples: ['readings.csv'] }])
})
