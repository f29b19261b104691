import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fileFormOf, START_BYTES } from '#app/core/exchange/paper/file-form.ts'
import { utf8 } from '#schema/bytes.ts'
import { fakePdf } from '#tests/support/photos.ts'
import { cpuMs } from '#tests/support/cpu-time.ts'

const form = (text: string, said?: string) => fileFormOf(utf8(text), said)
const page = { type: 'text/html', holds: 'words' }
const record = { type: 'text/xml', holds: 'records' }
const plain = { type: 'text/plain', holds: 'words' }

test.each([
  ['a page', '<!DOCTYPE html>\n<html><body>x', undefined, page],
  ['XHTML', '<?xml version="1.0"?><!-- x --><html xmlns="http://www.w3.org/1999/xhtml">', undefined, page],
  ['a piece of a page', '<div>Note</div>', undefined, page],
  ['what is called a page', '<custom-note>x', 'text/html; charset=utf-8', page],
  [
    'a clinical document',
    '<?xml version="1.0"?>\n<?xml-stylesheet href="CDA.xsl"?>\n<ClinicalDocument xmlns="urn:hl7-org:v3">',
    undefined,
    record,
  ],
  [
    'one with a prefix, called a page',
    '<!-- made by X --><cda:ClinicalDocument xmlns:cda="urn:hl7-org:v3">',
    'text/html',
    record,
  ],
  ['other XML', '<?xml version="1.0"?><labs/>', undefined, { type: 'text/xml' }],
  ['RTF', '{\\rtf1\\ansi x}', 'application/pdf', { type: 'text/rtf', holds: 'words' }],
  ['FHIR', '{"resourceType": "Bundle"', undefined, { type: 'application/json', holds: 'records' }],
  ['a health card', '{ "verifiableCredential": ["x"] }', undefined, { type: 'application/json', holds: 'records' }],
  ['other JSON', '{"a": 1}', 'application/json', { type: 'application/json' }],
  ['text', 'Seen today.\r\n\tWell.', undefined, plain],
  ['text that begins as markup', '<5 mg, twice', undefined, plain],
  ['text in brackets', '[draft] x', 'text/plain', plain],
  ['letters under another name', 'RIFF-like words', 'application/x-thing', {}],
  ['nothing', '   ', undefined, {}],
  ['what has letters that no text has', 'PK\u0003\u0004 word/document.xml', 'application/octet-stream', {}],
] as const)('fileFormOf() tells %s', (_, text, said, expected) => {
  expect(form(text, said)).toEqual(expected)
})

test('fileFormOf() goes by the content of what has one form alone, and reads UTF-16', () => {
  expect(fileFormOf(fakePdf(300), 'text/html')).toEqual({ type: 'application/pdf' })
  const wide = new Uint8Array(Buffer.from('\uFEFF<html><body>é', 'utf16le'))
  expect(fileFormOf(wide)).toEqual(page)
  expect(fileFormOf(wide.subarray(0, 21))).toEqual(page)
})

test('fileFormOf() answers whatever comes, and quickly', () => {
  fc.assert(fc.property(fc.uint8Array(), fc.string(), (bytes, said) => typeof fileFormOf(bytes, said) === 'object'))
  for (const piece of ['<!--', '<?', '<!doctype ', '<', '{', '[', '<a ', '\\'])
    expect(cpuMs(() => fileFormOf(utf8(piece.repeat(START_BYTES).slice(0, START_BYTES))))).toBeLessThan(500)
})
