import fc from 'fast-check'
import { gzipSync } from 'node:zlib'
import { beforeAll, describe, expect, test } from 'vitest'
import { readImportFile } from '#app/core/exchange/read-import-file.ts'
import { largeRecord } from '#tests/support/fhir-fixtures.ts'
import { readyCrypto } from '#crypto/sodium.ts'

beforeAll(readyCrypto)

const bytes = (text: string) => new TextEncoder().encode(text)
const read = (text: string, name = 'file.json') => readImportFile(bytes(text), name)
const bundle = (...resources: object[]) =>
  JSON.stringify({ resourceType: 'Bundle', type: 'collection', entry: resources.map(resource => ({ resource })) })
const observation = (id: string, more: object = {}) => ({
  resourceType: 'Observation',
  id,
  code: { text: `test ${id}` },
  ...more,
})

async function good(answer: ReturnType<typeof readImportFile>) {
  const file = await answer
  if (!file.ok) throw new Error(`refused: ${file.failure.kind}`)
  return file.value
}

async function failureOf(answer: ReturnType<typeof readImportFile>) {
  const file = await answer
  return file.ok ? 'ok' : file.failure
}

async function* chunks(data: Uint8Array, size: number) {
  for (let start = 0; start < data.length; start += size) yield data.subarray(start, start + size)
}

describe('what people have as a file', () => {
  const two = [observation('a'), observation('b')]
  test.each([
    ['a Bundle', bundle(...two)],
    [
      'a Bundle whose entries come before its type',
      `{"entry":[{"resource":${JSON.stringify(two[0])}},{"resource":${JSON.stringify(two[1])}}],"resourceType":"Bundle"}`,
    ],
    ['a list of resources', JSON.stringify(two)],
    ['a list of Bundles', `[${bundle(two[0]!)},${bundle(two[1]!)}]`],
    ['a Bundle in a Bundle', bundle({ resourceType: 'Bundle', entry: [{ resource: two[0] }] }, two[1]!)],
    ['one resource a line', `${JSON.stringify(two[0])}\r\n\n${JSON.stringify(two[1])}\n`],
    ['pretty', JSON.stringify(JSON.parse(bundle(...two)), null, 2)],
    ['with a byte order mark', `\ufeff${bundle(...two)}`],
    ['JSON written as a JSON string', JSON.stringify(bundle(...two))],
  ])('%s', async (_, text) => {
    const { resources, unusable } = await good(read(text))
    expect(resources.map(resource => resource.parts.title)).toEqual(['test a', 'test b'])
    expect(resources.map(resource => resource.text)).toEqual(two.map(resource => JSON.stringify(resource)))
    expect(unusable).toEqual([])
  })

  test('one resource by itself, in UTF-16, in gzip without saying so, in pieces of any size', async () => {
    const text = JSON.stringify(observation('ä😀'))
    const utf16 = new Uint8Array(Buffer.from(`\ufeff${text}`, 'utf16le'))
    for (const data of [
      utf16,
      utf16.slice(2),
      new Uint8Array(Buffer.from(`\ufeff${text}`, 'utf16le').swap16()),
      gzipSync(text),
    ]) {
      expect((await good(readImportFile(data, 'x'))).resources[0]?.text).toBe(text)
    }
    for (const size of [1, 2, 3, 7]) {
      expect((await good(readImportFile(chunks(gzipSync(text), size), 'x'))).resources[0]?.text).toBe(text)
    }
  })

  test('in files by line, a broken line costs only itself', async () => {
    const lines = [
      JSON.stringify(observation('a')),
      '{"resourceType":"Obs',
      '[]',
      '7',
      JSON.stringify(observation('b')),
    ]
    const { resources, unusable } = await good(read(lines.join('\n'), 'x.ndjson'))
    expect(resources).toHaveLength(2)
    expect(unusable).toEqual([
      { reason: 'not-a-resource', example: 'line 2' },
      { reason: 'not-a-resource', example: 'line 4' },
    ])
    const cutFirst = await good(read(`{"resourceType":\n${JSON.stringify(observation('b'))}`, 'x.phr'))
    expect(cutFirst.resources).toHaveLength(1)
  })
})

test('a Blob’s stream is read, also where streams cannot be iterated', async () => {
  const stream = new Blob([JSON.stringify(observation('a'))]).stream()
  Object.defineProperty(stream, Symbol.asyncIterator, { value: undefined })
  expect((await good(readImportFile(stream, 'x'))).resources).toHaveLength(1)
})

describe('nothing of a resource is lost', () => {
  test('numbers, escapes, duplicate keys and order stay as written; odd content is still read', async () => {
    const text =
      '{"resourceType":"Observation","id":"x","valueQuantity":{"value":1.10,"value":12345678901234567890},"code":{"text":"\\ud800 \\u0041"},"big":1e999,"__proto__":{"a":-0}}'
    const [resource] = (await good(read(`{"resourceType":"Bundle","entry":[ {"resource": ${text} } ]}`))).resources
    expect(resource?.text).toBe(text)
    expect(resource?.parts.title).toBe('\ufffd A')
    expect(resource?.parts.value).toMatchObject({ quantity: { value: Number('12345678901234567890') } })
  })

  test('what cannot be used is told with its place, and the rest comes in', async () => {
    const deep = `${'{"a":'.repeat(300)}1${'}'.repeat(300)}`
    const text = `{"resourceType":"Bundle","entry":[{"resource":{"id":"1"}},{"fullUrl":"x"},7,{"resource":[1]},{"resource":{"resourceType":"Basic","a":${deep}}},{"resource":${JSON.stringify(observation('a'))}},{"resource":${JSON.stringify(observation('a'))}},{"resource":{"resourceType":"<script>"}}]}`
    const { resources, unusable } = await good(read(text))
    expect(resources).toHaveLength(1)
    expect(unusable).toEqual([
      { reason: 'no-resource-type', example: 'entry 1' },
      { reason: 'not-a-resource', example: 'entry 2' },
      { reason: 'not-a-resource', example: 'entry 3' },
      { reason: 'not-a-resource', example: 'entry 4' },
      { reason: 'too-deep', example: 'entry 5' },
      { reason: 'no-resource-type', example: 'entry 8' },
      { reason: 'duplicate', example: 'entry 7' },
    ])
  })

  test('a resource of more than 8 million characters is refused by itself', async () => {
    const huge = { resourceType: 'Binary', data: 'A'.repeat(28_000_000) }
    const { resources, unusable } = await good(read(bundle(huge, observation('a'))))
    expect(resources).toHaveLength(1)
    expect(unusable).toEqual([{ reason: 'too-large', example: 'entry 1' }])
  })

  test('remarks say what was odd about it', async () => {
    const quantity = (code: string) => ({ valueQuantity: { value: 1, system: 'http://unitsofmeasure.org', code } })
    const div = '<div xmlns="http://www.w3.org/1999/xhtml"><p onclick="steal()">x</p></div>'
    const { resources } = await good(
      read(
        bundle(
          observation('1', { effectiveDateTime: '2021-02-30' }),
          observation('2', { text: { status: 'generated', div } }),
          observation('3', { modifierExtension: [{ url: 'x' }] }),
          observation('4', quantity('furlongs')),
          observation('5', quantity('mL/min/{1.73_m2}')),
          { resourceType: 'Horoscope', id: '6' },
          { resourceType: 'Patient', id: '7', birthDate: '1999-02-29' },
        ),
      ),
    )
    expect(resources.map(resource => resource.remarks)).toEqual([
      ['impossible-date'],
      ['script-removed'],
      ['modifier-extension'],
      ['unknown-unit'],
      [],
      ['unknown-type'],
      ['impossible-date'],
    ])
    expect(resources[3]?.parts.value).toMatchObject({ quantity: { isUcum: false } })
  })
})

describe('the same resource has the same key', () => {
  const keysOf = async (text: string) => (await good(read(text))).resources.map(resource => resource.sourceKey)
  const uuid = '16b9eeca-09bb-7b64-7ee1-c276486db092'

  test('however the file is written', async () => {
    const resource = observation(uuid)
    const entry = { fullUrl: `urn:uuid:${uuid}`, resource }
    const asBundle = JSON.stringify({ resourceType: 'Bundle', entry: [entry] }, null, 2)
    expect(await keysOf(asBundle)).toEqual([`Observation/${uuid}`])
    expect(await keysOf(JSON.stringify(resource))).toEqual([`Observation/${uuid}`])
    const [pretty, plain] = await Promise.all([good(read(asBundle)), good(read(JSON.stringify(resource)))])
    expect(pretty.resources[0]?.contentKey).toBe(plain.resources[0]?.contentKey)
  })

  test('bare ids count only within their origin; addresses, identifiers and content follow', async () => {
    const patient = { resourceType: 'Patient', id: '1', identifier: [{ system: 'urn:clinic', value: '77' }] }
    expect(await keysOf(bundle(patient, observation('9')))).toEqual([
      'Patient/1@Patient?urn:clinic|77',
      'Observation/9@Patient?urn:clinic|77',
    ])
    expect(await keysOf(JSON.stringify(observation('9', { meta: { source: 'http://a.example#1' } })))).toEqual([
      'Observation/9@http://a.example',
    ])
    const entry = { fullUrl: 'https://a.example/fhir/Observation/9/_history/2', resource: observation('9') }
    expect(await keysOf(JSON.stringify({ resourceType: 'Bundle', entry: [entry] }))).toEqual([
      'https://a.example/fhir/Observation/9',
    ])
    expect(await keysOf('{"resourceType":"Basic","identifier":[{"value":"v"}]}')).toEqual(['Basic?|v'])
    expect((await keysOf('{"resourceType":"Basic"}'))[0]).toMatch(/^Basic~[0-9a-f]{32}$/)
  })

  test('two different resources under one name are both kept', async () => {
    const [first, second] = await keysOf(bundle(observation('a'), observation('a', { status: 'final' })))
    expect(first).toBe('Observation/a@')
    expect(second).toMatch(/^Observation\/a@~[0-9a-f]{32}$/)
  })
})

describe('bad files get an answer', () => {
  test.each<[string, unknown]>([
    ['', { kind: 'empty' }],
    [' \n ', { kind: 'empty' }],
    ['{"resourceType":"Bundle","type":"collection"}', { kind: 'empty' }],
    ['{"a":1,\n"b":}', { kind: 'not-json', line: 2 }],
    ['Dear Ms Jansen,\nyour results are fine.', { kind: 'not-supported', what: 'text' }],
    ['\uFEFF 3 March\n{"a":1}', { kind: 'not-supported', what: 'text' }],
    ['first name;hobby\nAnn;chess', { kind: 'not-supported', what: 'text' }],
    ['{"a":1} {"b":2}', { kind: 'not-json', line: 1 }],
    ['{"resourceType":"Bundle","entry":[{"resource":{"resourceTy', { kind: 'truncated' }],
    ['{"a":1}', { kind: 'not-fhir' }],
    ['[1,2]', { kind: 'not-fhir' }],
    ['null', { kind: 'not-fhir' }],
    ['<?xml version="1.0"?><ClinicalDocument/>', { kind: 'empty' }],
    ['<?xml version="1.0"?><html/>', { kind: 'not-supported', what: 'xml' }],
    ['<ClinicalDocument>\n<title>', { kind: 'truncated' }],
    ['<ClinicalDocument>\n<title></x>', { kind: 'not-xml', line: 2 }],
    ['%PDF-1.7', { kind: 'not-supported', what: 'pdf' }],
    ['age-encryption.org/v1\n-> X25519 abc', { kind: 'not-supported', what: 'backup' }],
    ['MSH|^~\\&|LAB|HOSP|||20240501||ORU^R01|1|P|2.5.1\rPID|1', { kind: 'not-supported', what: 'hl7-v2' }],
    ['Good day,\nhere it is: https://view.example/#shlink:/eyJ1cmwi.\nRegards', { kind: 'health-link' }],
    ['shlink:/eyJ1cmwi or shlink:/eyJ1cmwj', { kind: 'not-supported', what: 'text' }],
    ['\u0000\u0000\u0000\u0018ftypheic', { kind: 'not-supported', what: 'image' }],
    ['GIF89a', { kind: 'not-supported', what: 'image' }],
    ['PK\u0003\u0004', { kind: 'not-supported', what: 'zip' }],
    ['{"verifiableCredential":["eyJ"]}', { kind: 'card', why: 'unreadable' }],
    ['\u0000\u0000\u0000', { kind: 'not-json', line: 1 }],
  ])('%j', async (text, expected) => {
    expect(await failureOf(read(text))).toEqual(expected)
  })

  test('a letter in an older encoding is text, too', async () => {
    const letter = new Uint8Array([
      ...new TextEncoder().encode('Liebe Frau M'),
      0xfc,
      ...new TextEncoder().encode('ller'),
    ])
    expect(await failureOf(readImportFile(letter, 'brief.txt'))).toEqual({ kind: 'not-supported', what: 'text' })
  })

  test('bytes that are no text', async () => {
    expect(await failureOf(readImportFile(new Uint8Array([0x22, 0xff, 0xfe, 0x22]), 'x'))).toEqual({ kind: 'not-json' })
  })

  test('truncated and damaged gzip', async () => {
    const whole = gzipSync(largeRecord(1, 50))
    const damaged = whole.map((byte, index) => (index === 200 ? byte ^ 0xff : byte))
    expect(await failureOf(readImportFile(whole.subarray(0, whole.length / 2), 'x.json.gz'))).toEqual({
      kind: 'truncated',
    })
    expect(await failureOf(readImportFile(whole.subarray(0, 12), 'x.json.gz'))).toEqual({ kind: 'truncated' })
    expect(await failureOf(readImportFile(damaged, 'x.json.gz'))).toEqual({ kind: 'truncated' })
  })

  test('a file of 300 MB is refused before a byte of it is read', async () => {
    const never: AsyncIterable<Uint8Array> = {
      [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(new Error('was read')) }),
    }
    expect(await failureOf(readImportFile(never, 'x', { totalBytes: 300_000_000 }))).toEqual({
      kind: 'too-large',
      maxMb: 200,
    })
    expect(await failureOf(readImportFile(never, 'x'))).toEqual({ kind: 'gone' })
  })
})

describe('other versions of FHIR are named, R4 never is', () => {
  test.each<[string, object]>([
    ['DSTU2', { resourceType: 'MedicationOrder' }],
    ['DSTU2', { resourceType: 'Condition', patient: { reference: 'x' } }],
    ['STU3', { resourceType: 'Condition', clinicalStatus: 'active' }],
    ['STU3', { resourceType: 'Observation', context: { reference: 'x' } }],
    ['STU3', { resourceType: 'Patient', meta: { profile: ['http://hl7.org/fhir/3.0/StructureDefinition/Patient'] } }],
    ['STU3', { resourceType: 'CapabilityStatement', fhirVersion: '3.0.1' }],
    ['R5', { resourceType: 'MedicationRequest', medication: { concept: { text: 'x' } } }],
    ['R5', { resourceType: 'Encounter', class: [{ text: 'x' }] }],
  ])('%s', async (version, resource) => {
    expect(await failureOf(read(bundle({ resourceType: 'Patient' }, resource)))).toEqual({
      kind: 'wrong-version',
      version,
    })
  })

  test('one odd resource among R4 does not refuse the file', async () => {
    const r4 = { resourceType: 'Condition', clinicalStatus: { coding: [{ code: 'active' }] } }
    expect((await good(read(bundle(r4, { resourceType: 'Observation', comment: 'x' })))).resources).toHaveLength(2)
  })
})

describe('reading gives way', () => {
  test('it can be cancelled before and in the middle', async () => {
    const data = bytes(largeRecord(2, 2000))
    expect(await failureOf(readImportFile(data, 'x', { signal: AbortSignal.abort() }))).toEqual({ kind: 'cancelled' })
    const stop = new AbortController()
    const onProgress = (done: number) => {
      if (done > 0.3) stop.abort()
    }
    expect(await failureOf(readImportFile(data, 'x', { signal: stop.signal, onProgress }))).toEqual({
      kind: 'cancelled',
    })
  })

  test('other work runs meanwhile, and progress only grows', async () => {
    const data = bytes(largeRecord(3, 4000))
    const seen: number[] = []
    let turns = 0
    const timer = setInterval(() => (turns += 1))
    const file = await good(readImportFile(data, 'x', { totalBytes: data.length, onProgress: done => seen.push(done) }))
    clearInterval(timer)
    expect(file.resources).toHaveLength(4000)
    expect(turns).toBeGreaterThan(3)
    expect(seen).toEqual([...seen].sort((a, b) => a - b))
    expect(seen.every(done => done >= 0 && done <= 1)).toBe(true)
  })
})

test('readImportFile() tells who the file is about', async () => {
  const patient = {
    resourceType: 'Patient',
    id: '1',
    name: [{ given: ['Ada'], family: 'Byron' }],
    birthDate: '1815-12-10',
  }
  expect((await good(read(bundle(patient)))).person).toEqual({ name: 'Ada Byron', birthDate: '1815-12-10' })
  expect((await good(read(bundle(patient, { ...patient, id: '2' })))).person?.name).toBe('Ada Byron')
  const twin = { ...patient, id: '2', name: [{ given: ['Eve'], family: 'Byron' }] }
  expect((await good(read(bundle(patient, twin)))).person).toBeUndefined()
  const subject = { resourceType: 'Composition', subject: { reference: 'Patient/1' } }
  expect((await good(read(bundle(patient, twin, subject)))).person?.name).toBe('Ada Byron')
})

test('readImportFile() answers whatever the file holds', async () => {
  const anyText = fc.oneof(
    fc.json(),
    fc.string(),
    fc.jsonValue().map(value => JSON.stringify({ resourceType: 'Bundle', entry: value })),
    fc.jsonValue().map(value => bundle({ resourceType: 'Observation', code: value, component: value })),
  )
  await fc.assert(
    fc.asyncProperty(anyText, async text => {
      expect(typeof (await read(text)).ok).toBe('boolean')
    }),
    { numRuns: 300 },
  )
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 60 }), async data => {
      expect(typeof (await readImportFile(data, 'x')).ok).toBe('boolean')
    }),
    { numRuns: 300 },
  )
})
