import { expect, test } from 'vitest'
import { Narrative } from '#app/core/exchange/cda/narrative.ts'
import { readXml } from '#app/core/exchange/xml/read-xml.ts'
import type { XmlElement } from '#app/core/exchange/xml/xml-element.ts'
import { narrativeFaults } from '#tests/support/validity/narrative-faults.ts'

async function parse(xml: string): Promise<XmlElement> {
  let found: XmlElement | undefined
  await readXml(xml, { holds: () => true, take: element => void (found = element) }, async () => true)
  if (found === undefined) throw new Error('not well-formed')
  return found
}

async function divOf(inner: string): Promise<string> {
  const div = new Narrative(await parse(`<text>${inner}</text>`)).whole()?.div ?? ''
  return div.replace('<div xmlns="http://www.w3.org/1999/xhtml">', '').replace(/<\/div>$/, '')
}

test.each([
  ['words', 'plain &amp; &lt;b&gt; simple', 'plain &amp; &lt;b&gt; simple'],
  [
    'paragraphs and content',
    '<paragraph>a <content styleCode="Bold">b</content></paragraph>',
    '<p>a <span><b>b</b></span></p>',
  ],
  [
    'a list with a caption',
    '<list><caption>Items</caption><item>one</item></list>',
    '<p><b>Items</b></p><ul><li>one</li></ul>',
  ],
  ['an ordered list', '<list listType="ordered"><item>one</item></list>', '<ol><li>one</li></ol>'],
  [
    'a table',
    '<table border="1"><caption>T</caption><thead><tr><th colspan="2">H</th></tr></thead><tbody><tr><td ID="x">1</td><td/></tr></tbody></table>',
    '<table><caption>T</caption><thead><tr><th colspan="2">H</th></tr></thead><tbody><tr><td>1</td><td></td></tr></tbody></table>',
  ],
  [
    'line breaks, powers and links',
    'a<br/>10<sup>9</sup> <linkHtml href="https://example.org/a?b=1">site</linkHtml>',
    'a<br/>10<sup>9</sup> <a href="https://example.org/a?b=1">site</a>',
  ],
  ['elements we do not know, by their words', '<odd>still <other>read</other></odd>', 'still read'],
])('whole() makes XHTML of %s', async (_, narrative, expected) => {
  expect(await divOf(narrative)).toBe(expected)
})

test('whole() lets nothing through that could do something', async () => {
  const hostile =
    '<paragraph onclick="x()" style="a">a</paragraph><script>bad()</script><iframe src="x">b</iframe>' +
    '<linkHtml href="javascript:x()">c</linkHtml><td colspan="1&quot; onload=&quot;x()">d</td><style>e</style>'
  const div = new Narrative(await parse(`<text>${hostile}</text>`)).whole()?.div ?? ''
  expect(narrativeFaults(div)).toEqual([])
  expect(div).not.toMatch(/script|onclick|onload|bad|iframe/)
})

test('whole() of a block without words is none', async () => {
  expect(
    new Narrative(await parse('<text><table><tbody><tr><td> </td></tr></tbody></table></text>')).whole(),
  ).toBeUndefined()
})

test('words() and fragment() find what an entry points at, a row with its head', async () => {
  const narrative = new Narrative(
    await parse(
      '<text><table><thead><tr><th>Drug</th></tr></thead><tbody><tr ID="r1"><td>Aspirin</td></tr></tbody></table></text>',
    ),
  )
  expect(narrative.words('#r1')).toBe('Aspirin')
  expect(narrative.words('#other')).toBeUndefined()
  const fragment = narrative.fragment(await parse('<text>As said: <reference value="#r1"/></text>'))
  expect(fragment?.div).toBe(
    '<div xmlns="http://www.w3.org/1999/xhtml">As said: <table><thead><tr><th>Drug</th></tr></thead><tbody><tr><td>Aspirin</td></tr></tbody></table></div>',
  )
})
