import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fileInAnswer } from '#app/core/exchange/clinic/file-in-answer.ts'
import { toBase64, utf8 } from '#schema/bytes.ts'

const pdf = utf8('%PDF-1.7')
const json = (value: unknown) => utf8(` ${JSON.stringify(value)}`)
const xml = (inner: string, root = 'Binary') =>
  utf8(`<?xml version="1.0" encoding="UTF-8"?>\n<${root} xmlns="http://hl7.org/fhir">${inner}</${root}>`)

test('fileInAnswer() takes the file as it comes, of whatever kind', () => {
  for (const file of [
    pdf,
    utf8('{\\rtf1 x}'),
    utf8('<html>x'),
    utf8('words'),
    utf8('<ClinicalDocument xmlns="urn:hl7-org:v3"/>'),
  ]) {
    expect(fileInAnswer(file)).toEqual({ bytes: file })
  }
  expect(fileInAnswer(pdf, 'application/pdf')).toEqual({ bytes: pdf, said: 'application/pdf' })
  const bundle = json({ resourceType: 'Bundle' })
  expect(fileInAnswer(bundle)).toEqual({ bytes: bundle })
  const other = json({ a: 1 })
  expect(fileInAnswer(other, 'application/json')?.bytes).toEqual(other)
})

test('fileInAnswer() takes it out of a Binary in JSON or XML, with what that calls it', () => {
  const data = toBase64(pdf)
  const expected = { bytes: pdf, said: 'text/plain' }
  expect(fileInAnswer(json({ resourceType: 'Binary', contentType: 'text/plain', data }), 'image/png')).toEqual(expected)
  expect(fileInAnswer(xml(`<id value="1"/><contentType value="text/plain"/><data value="${data}"/>`))).toEqual(expected)
  expect(fileInAnswer(json({ resourceType: 'Binary', data }))).toEqual({ bytes: pdf })
})

test('fileInAnswer() knows a message, an empty answer and a page that came instead', () => {
  for (const none of [
    utf8(''),
    json({ resourceType: 'Binary' }),
    json({ resourceType: 'Binary', data: '' }),
    json({ resourceType: 'OperationOutcome', data: toBase64(pdf) }),
    json({ error: 'x' }),
    xml('<id value="1"/>'),
    xml('<issue/>', 'OperationOutcome'),
  ]) {
    expect(fileInAnswer(none)).toBeUndefined()
  }
  const signIn = utf8('<!doctype html><title>Sign in</title>')
  for (const said of ['application/pdf', 'image/jpeg', 'application/rtf'])
    expect(fileInAnswer(signIn, said)).toBeUndefined()
  for (const said of [undefined, 'text/html', 'application/xhtml+xml', 'application/octet-stream']) {
    expect(fileInAnswer(signIn, said)?.bytes).toEqual(signIn)
  }
})

test('fileInAnswer() answers whatever comes', () => {
  fc.assert(fc.property(fc.json(), text => ['undefined', 'object'].includes(typeof fileInAnswer(utf8(text)))))
  fc.assert(fc.property(fc.uint8Array(), fc.string(), (bytes, said) => void fileInAnswer(new Uint8Array(bytes), said)))
  for (const tail of ['', '<data value="', '<data >', '<data value="no base64!"/>', '<data value="']) {
    expect(fileInAnswer(utf8(`<Binary xmlns="http://hl7.org/fhir">${tail}`))).toBeUndefined()
  }
})
