import fc from 'fast-check'
import { expect, test } from 'vitest'
import { filesElsewhereIn } from '#app/core/exchange/clinic/clinic-files.ts'

const named = (attachment: unknown, fullUrl?: string, resourceType = 'DocumentReference') =>
  filesElsewhereIn(JSON.stringify({ resourceType, id: 'd1', content: [{ attachment }] }), fullUrl)

const UUID = '0a1b2c3d-0000-4000-8000-0123456789ab'

test('filesElsewhereIn() counts a relative address from the server the resource came from, and from no other', () => {
  const file = { url: 'Binary/b1', title: 'Letter', contentType: 'text/html' }
  const url = 'https://c.example/r4/Binary/b1'
  const about = { index: 0, title: 'Letter', said: 'text/html' }
  expect(named(file, 'https://c.example/r4/DocumentReference/d1')).toEqual([{ ...about, url, sourceKeys: [url] }])
  for (const fullUrl of ['https://c.example/r4/DocumentReference/other', 'urn:uuid:1', undefined]) {
    expect(named(file, fullUrl)).toEqual([{ ...about, why: 'nowhere', sourceKeys: [] }])
  }
  expect(named({ ...file, data: 'aGk=' }, 'https://c.example/r4/DocumentReference/d1')).toEqual([])
  expect(named({ url: '' })).toEqual([])
})

test('filesElsewhereIn() says of an address why nobody is asked for it: only plain https is', () => {
  const why = (url: string) => named({ url }).map(file => ('why' in file ? [file.why, file.host] : [file.url]))
  for (const url of ['javascript:alert(1)', 'data:text/html,x', 'file:///etc/x', 'urn:oid:1.2', 'no address']) {
    expect([url, why(url)]).toEqual([url, [['nowhere', undefined]]])
  }
  expect(why('http://c.example/1')).toEqual([['insecure', 'c.example']])
  expect(why('https://a:b@c.example/1')).toEqual([['insecure', 'c.example']])
  expect(why('https://c.example/1#part')).toEqual([['https://c.example/1']])
})

test('filesElsewhereIn() names a Binary as the record does that it came into', () => {
  const keys = (url: string, fullUrl?: string) => named({ url }, fullUrl)[0]?.sourceKeys
  expect(keys(`urn:uuid:${UUID}`)).toEqual([`Binary/${UUID}`])
  expect(keys(`Binary/${UUID.toUpperCase()}`)).toEqual([`Binary/${UUID}`])
  expect(keys('https://c.example/r4/Binary/7/_history/2')).toEqual(['https://c.example/r4/Binary/7'])
  expect(keys('Binary/7', 'https://c.example/r4/DocumentReference/d1')).toEqual(['https://c.example/r4/Binary/7'])
})

test('filesElsewhereIn() answers whatever comes', () => {
  const isList = (text: string, url: string | undefined) => Array.isArray(filesElsewhereIn(text, url))
  expect(isList('[1', 'no address')).toBe(true)
  fc.assert(fc.property(fc.json(), fc.option(fc.webUrl(), { nil: undefined }), isList))
})
