import { beforeAll, describe, expect, test } from 'vitest'
import { readChosenFile, readImportFile } from '#app/core/exchange/read-import-file.ts'
import { readyCrypto } from '#crypto/sodium.ts'
import { healthData, record } from '#tests/support/apple-health.ts'
import { ccda, section } from '#tests/support/ccda-fixtures.ts'

beforeAll(readyCrypto)

const utf16 = (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le')
const saying = (encoding: string, text: string) => text.replace('encoding="UTF-8"', `encoding="${encoding}"`)
/** Latin 1, with Windows 1252's own letters in their places. */
const western = (text: string) =>
  Buffer.from(
    text.replaceAll('–', '\u0096').replaceAll('“', '\u0093').replaceAll('”', '\u0094').replaceAll('€', '\u0080'),
    'latin1',
  )

const WORDS = 'Grüße, señor – “naïve” 5 €'
const CDA = ccda(section('48765-2', 'Allergies', `<paragraph>${WORDS}</paragraph>`))
const APPLE = healthData(record('BodyMass', '2024-03-05 07:12:44 +0100', '80', { unit: 'kg', source: WORDS }))

describe('the letters of XML are those it says', () => {
  const written = (text: string): readonly (readonly [string, Buffer])[] => [
    ['UTF-8 with a byte order mark', Buffer.from(`\uFEFF${text}`)],
    ['Windows 1252', western(saying('windows-1252', text))],
    [
      'ISO 8859-1, in single quotes',
      western(saying('ISO-8859-1', text).replace(/encoding="(.*?)"/, "encoding = '$1'")),
    ],
    ['UTF-16, little end first', utf16(saying('UTF-16', text))],
    ['UTF-16, big end first', Buffer.from(utf16(saying('utf-16', text))).swap16()],
    ['UTF-16 without a mark', utf16(saying('UTF-16', text)).subarray(2)],
    ['UTF-8 that says it were UTF-16, as .NET writes it', Buffer.from(saying('utf-16', text))],
    ['UTF-8 with a mark that says it were Latin 1', Buffer.from(`\uFEFF${saying('ISO-8859-1', text)}`)],
    ['lines that end in CR and LF', Buffer.from(text.replaceAll('\n', '\r\n'))],
  ]

  test.each(written(CDA))('a clinical document in %s', async (_, bytes) => {
    const file = await readImportFile(bytes, 'letter.xml')
    if (!file.ok) throw new Error(JSON.stringify(file.failure))
    expect(file.value.format).toBe('clinical-document')
    expect(file.value.person?.name).toBe('Kim Sample')
    expect(file.value.resources.some(({ text }) => text.includes(WORDS))).toBe(true)
  })

  test.each(written(APPLE))('an export of Apple Health in %s', async (_, bytes) => {
    const file = await readChosenFile(new Blob([new Uint8Array(bytes)]), 'export.xml')
    if (!file.ok) throw new Error(JSON.stringify(file.failure))
    expect(file.value.format).toBe('apple-health')
    expect(file.value.resources.some(({ text }) => text.includes('80') && text.includes(WORDS))).toBe(true)
  })

  test('any that a browser knows: Japanese', async () => {
    const name = Buffer.from([0x93, 0xfa, 0x96, 0x7b])
    const [before = '', after = ''] = saying('Shift_JIS', ccda(section('48765-2', 'A', 'X~X'))).split('~')
    const file = await readImportFile(Buffer.concat([Buffer.from(before), name, Buffer.from(after)]), 'letter.xml')
    if (!file.ok) throw new Error(JSON.stringify(file.failure))
    expect(file.value.resources.some(({ text }) => text.includes('日本'))).toBe(true)
  })
})

describe('letters that nobody can tell are refused by a sentence of their own', () => {
  test.each([
    ['an encoding that is not known', Buffer.from(saying('x-clinic-7', CDA))],
    ['UTF-7, which no browser reads', Buffer.from(saying('UTF-7', CDA))],
    ['UTF-32', Buffer.from([0xff, 0xfe, 0, 0, 0x3c, 0, 0, 0])],
    ['letters other than it says', western(CDA)],
    ['JSON in Latin 1', western(`{"resourceType":"Observation","code":{"text":"Grüße"}}`)],
  ])('%s', async (_, bytes) => {
    const file = await readChosenFile(new Blob([new Uint8Array(bytes)]), 'letter.xml')
    expect(file).toEqual({ ok: false, failure: { kind: 'not-supported', what: 'encoding' } })
  })

  test('an export of Apple Health in an unknown encoding', async () => {
    const file = await readChosenFile(new Blob([saying('x-phone', APPLE)]), 'export.xml')
    expect(file).toEqual({ ok: false, failure: { kind: 'not-supported', what: 'encoding' } })
  })
})

test('a byte order mark and line ends of any kind are no part of NDJSON', async () => {
  const line = (id: string) => `{"resourceType":"Observation","id":"${id}","code":{"text":"${id}"}}`
  for (const end of ['\n', '\r\n', '\r']) {
    const file = await readImportFile(Buffer.from(`\uFEFF${line('a')}${end}${line('b')}${end}`), 'record.ndjson')
    expect(file.ok && file.value.resources.map(({ parts }) => parts.title)).toEqual(['a', 'b'])
  }
  // Files put together by a shell keep each its mark.
  const file = await readImportFile(Buffer.from(`\uFEFF${line('a')}\n\uFEFF${line('b')}\n`), 'record.ndjson')
  expect(file.ok && file.value.resources.map(({ parts }) => parts.title)).toEqual(['a', 'b'])
})

test('FHIR as XML is refused by a sentence that says what to ask for; a picture made of XML is a picture', async () => {
  const bundle = '<?xml version="1.0"?><Bundle xmlns="http://hl7.org/fhir"><type value="document"/></Bundle>'
  const patient = '<f:Patient xmlns:f="http://hl7.org/fhir"><f:id value="1"/></f:Patient>'
  for (const text of [bundle, patient])
    expect(await readImportFile(Buffer.from(text), 'x.xml')).toEqual({
      ok: false,
      failure: { kind: 'not-supported', what: 'fhir-xml' },
    })
  const picture = '<svg xmlns="http://www.w3.org/2000/svg"/>'
  expect(await readImportFile(Buffer.from(picture), 'x.svg')).toEqual({
    ok: false,
    failure: { kind: 'not-supported', what: 'image' },
  })
})
