import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readXml, rootOf } from '#app/core/exchange/xml/read-xml.ts'
import { attributeOf, childAt, wordsIn, type XmlElement } from '#app/core/exchange/xml/xml-element.ts'

async function whole(text: string) {
  const taken: XmlElement[] = []
  const goOn = async () => true
  const read = await readXml(text, { holds: () => true, take: element => void taken.push(element) }, goOn)
  return read.ok ? taken[0] : read.failure
}

test('readXml() hands over what is held, whole, with its text in order', async () => {
  const read = await whole('<?xml version="1.0"?><a x=" 1 "><p>one<c/> &amp; <b>t</b>wo</p><![CDATA[<three>]]></a>')
  if (read === undefined || 'kind' in read) throw new Error('refused')
  expect(read.name).toBe('a')
  expect(attributeOf(read, 'x')).toBe('1')
  expect(wordsIn(childAt(read, 'p'))).toBe('one & two')
  expect(wordsIn(read)).toBe('one & two <three>')
})

test('readXml() keeps the prefixes that tell names apart, bound to any letters or to none', async () => {
  const bound = await whole(
    '<h:a xmlns:h="urn:hl7-org:v3" xmlns:s="urn:hl7-org:sdtc" xmlns:i="http://www.w3.org/2001/XMLSchema-instance"><s:b i:type="CD"/></h:a>',
  )
  const unbound = await whole('<a><sdtc:b xsi:type="CD"/></a>')
  for (const read of [bound, unbound]) {
    if (read === undefined || 'kind' in read) throw new Error('refused')
    expect(attributeOf(childAt(read, 'sdtc:b'), 'xsi:type')).toBe('CD')
  }
  expect(rootOf('<h:a xmlns:h="urn:hl7-org:v3"/>')).toEqual({
    ok: true,
    value: { name: 'a', namespace: 'urn:hl7-org:v3' },
  })
})

test.each<[string, string, object]>([
  ['an entity that grows', '<!DOCTYPE a [<!ENTITY b "1"><!ENTITY c "&b;&b;&b;">]><a>&c;</a>', { kind: 'unsafe-xml' }],
  [
    'an entity from elsewhere',
    '<!DOCTYPE a [<!ENTITY b SYSTEM "http://example.org/x">]><a>&b;</a>',
    { kind: 'unsafe-xml' },
  ],
  ['an entity nobody declared', '<a>\n&b;</a>', { kind: 'not-xml', line: 2 }],
  ['a nest without end', '<a>'.repeat(100_000), { kind: 'unsafe-xml' }],
  ['an end that is missing', '<a><b>words', { kind: 'truncated' }],
  ['tags that cross', '<a>\n<b></a>\n</b>', { kind: 'not-xml', line: 2 }],
  ['two roots', '<a/><b/>', { kind: 'not-xml', line: 1 }],
])('readXml() refuses %s', async (_, text, failure) => {
  expect(await whole(text)).toEqual(failure)
})

test('readXml() stops when the person gives up', async () => {
  const read = await readXml('<a/>', { holds: () => true, take: () => undefined }, async () => false)
  expect(read).toEqual({ ok: false, failure: { kind: 'cancelled' } })
})

test('readXml() and rootOf() answer whatever the text holds', async () => {
  const piece = fc.oneof(
    fc.string(),
    fc.constantFrom(
      '<a>',
      '</a>',
      '<!--',
      '-->',
      '<![CDATA[',
      ']]>',
      '&amp;',
      '&x;',
      '<!DOCTYPE a>',
      '<?x?>',
      ' b="c"',
      '<b',
      '>',
      '\0',
    ),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { maxLength: 20 }), async pieces => {
      const text = `<${pieces.join('')}`
      const read = await whole(text)
      expect(read === undefined || 'kind' in read || 'name' in read).toBe(true)
      rootOf(text)
    }),
    { numRuns: 500 },
  )
})
