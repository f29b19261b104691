import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fileInAnswer, filesElsewhereIn } from '#app/core/exchange/clinic/clinic-files.ts'
import { toBase64, utf8 } from '#schema/bytes.ts'

const named = (attachment: unknown, fullUrl?: string, resourceType = 'DocumentReference') =>
  filesElsewhereIn(JSON.stringify({ resourceType, id: 'd1', content: [{ attachment }] }), fullUrl)

test('filesElsewhereIn() counts a relative address from the server the resource came from, and from no other', () => {
  const file = { url: 'Binary/b1', title: 'Letter' }
  const at = (url: string) => [{ index: 0, title: 'Letter', url }]
  expect(named(file, 'https://c.example/r4/DocumentReference/d1')).toEqual(at('https://c.example/r4/Binary/b1'))
  expect(named(file, 'https://c.example/r4/DocumentReference/other')).toEqual([])
  expect(named(file, 'urn:uuid:1')).toEqual([])
  expect(named(file)).toEqual([])
  expect(named({ ...file, data: 'aGk=' }, 'https://c.example/r4/DocumentReference/d1')).toEqual([])
})

test('filesElsewhereIn() names nothing but plain https', () => {
  for (const url of ['http://c.example/1', 'javascript:alert(1)', 'data:text/html,x', 'https://a:b@c.example/1', '']) {
    expect([url, named({ url })]).toEqual([url, []])
  }
  expect(named({ url: 'https://c.example/1#part' })).toEqual([{ index: 0, url: 'https://c.example/1' }])
})

test('fileInAnswer() takes the file as it comes, or out of a Binary; anything else in JSON is no file', () => {
  const pdf = utf8('%PDF-1.7')
  expect(fileInAnswer(pdf)).toEqual(pdf)
  const json = (value: unknown) => utf8(` ${JSON.stringify(value)}`)
  expect(fileInAnswer(json({ resourceType: 'Binary', data: toBase64(pdf) }))).toEqual(pdf)
  for (const value of [{ resourceType: 'Binary' }, { resourceType: 'OperationOutcome', data: toBase64(pdf) }]) {
    expect(fileInAnswer(json(value))).toBeUndefined()
  }
  expect(fileInAnswer(utf8(''))).toBeUndefined()
})

test('both answer whatever comes', () => {
  fc.assert(
    fc.property(fc.json(), fc.option(fc.webUrl(), { nil: undefined }), (text, url) => {
      expect(Array.isArray(filesElsewhereIn(text, url))).toBe(true)
      expect(['undefined', 'object']).toContain(typeof fileInAnswer(utf8(text)))
    }),
  )
  fc.assert(fc.property(fc.uint8Array(), bytes => void fileInAnswer(new Uint8Array(bytes))))
})
