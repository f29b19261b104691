import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseNarrative } from '#app/ui/record/narrative-tree.ts'
import { toldSections } from '#app/ui/record/told-sections.ts'
import { cpuMs } from '#tests/support/cpu-time.ts'

const drawn = (xhtml: string) => JSON.stringify(parseNarrative(xhtml))

test('parseNarrative() keeps words, tables and lists, and nothing that could do something', () => {
  const [table, after] = parseNarrative(
    '<table class="x"><tr><td colspan="2" onclick="bad()">a &amp; b</td></tr></table><p>c<br/>d</p><script>bad()</script>',
  )
  expect(table).toEqual({
    tag: 'table',
    children: [{ tag: 'tr', children: [{ tag: 'td', colSpan: 2, children: ['a & b'] }] }],
  })
  expect(after).toEqual({ tag: 'p', children: ['c', { tag: 'br', children: [] }, 'd'] })
  expect(drawn('<img src="https://x.example/"/><iframe src="x">in</iframe><a href="javascript:x()">go</a>')).toBe(
    '[{"tag":"span","children":["go"]}]',
  )
})

test('parseNarrative() mends broken nesting and reads what never ends', () => {
  expect(drawn('<p>a<b>b</p>c</b>')).toBe('[{"tag":"p","children":["a",{"tag":"b","children":["b"]}]},"c"]')
  expect(drawn('<script>never')).toBe('[]')
  expect(drawn('1 < 2 <!-- gone')).toBe('["1 < 2 "]')
})

test('parseNarrative() ends what HTML leaves open, and nothing that goes on', () => {
  const plain = (nodes: ReturnType<typeof parseNarrative>): string =>
    nodes.map(node => (typeof node === 'string' ? node : `${node.tag}(${plain(node.children)})`)).join(' ')
  const shape = (html: string) => plain(parseNarrative(html))
  expect(shape('<p>a<p>b<ul><li>c<li>d<ul><li>e</ul><li>f</ul>g')).toBe('p(a) p(b) ul(li(c) li(d ul(li(e))) li(f)) g')
  expect(shape('<table><tr><td>a<td>b<p>c<tr><th>d</table>e')).toBe('table(tr(td(a) td(b p(c))) tr(th(d))) e')
  expect(shape('<table><thead><tr><th>a<tbody><tr><td><table><tr><td>b</table>c</table>')).toBe(
    'table(thead(tr(th(a))) tbody(tr(td(table(tr(td(b))) c))))',
  )
  expect(shape('<dl><dt>a<dd>b<dt>c</dl><div><p>d</div>e')).toBe('dl(dt(a) dd(b) dt(c)) div(p(d)) e')
  expect(shape('<h2>Head</h2>text<del>old</del><strike>x</strike>')).toBe('p(strong(Head)) text s(old) s(x)')
})

test('parseNarrative() takes of how it looks what changes what it says: signs of a font, what is struck out or hidden', () => {
  const words = (html: string) =>
    JSON.stringify(parseNarrative(html)).replace(/[^\p{L}\d\uFFFD: ]|"?(?:tag|children)"?:?/gu, '')
  for (const symbols of [
    '<font face="Symbol">',
    "<font face='Symbol'>",
    '<span style="font-family:Symbol">',
    '<span style="color:red; font-family: &quot;Wingdings&quot;">',
  ])
    expect(words(`5 ${symbols}m<b>m</b></span></font>g`)).toMatch(/^5 span\uFFFD+.*\uFFFD+g$/)
  expect(drawn('<span style="font-family:Symbol">m<span style="font-family:Arial">m</span></span>')).toContain('["m"]')
  expect(drawn('<span style="text-decoration: line-through">stop</span>')).toBe('[{"tag":"s","children":["stop"]}]')
  expect(drawn('<div style="display:none">no<p>no</p></div>yes')).toBe(
    '[{"tag":"div","children":[{"tag":"p","children":[]}]},"yes"]',
  )
  expect(drawn('<section>a</section><hr><td colspan=2>b')).toBe(
    '[{"tag":"div","children":["a"]},{"tag":"br","children":[]},{"tag":"td","colSpan":2,"children":["b"]}]',
  )
})

test('parseNarrative() is total, and quick on hostile nesting', () => {
  const piece = fc.constantFrom(
    '<p>',
    '</p>',
    '<td',
    '>',
    '"',
    "'",
    '<!--',
    '-->',
    '<script>',
    'x',
    '&#0;',
    '&amp;',
    '/',
  )
  fc.assert(fc.property(fc.array(piece), pieces => Array.isArray(parseNarrative(pieces.join('')))))
  for (const hostile of ['<b>', '<p a=', '<p a="', '</b>'])
    expect(cpuMs(() => parseNarrative(hostile.repeat(200_000)))).toBeLessThan(4000)
})

test('toldSections() are a document’s parts, or words a source adds to its fields; not those made of the fields', () => {
  const div = (words: string) => `<div xmlns="http://www.w3.org/1999/xhtml"><p>${words}</p></div>`
  const composition = {
    resourceType: 'Composition',
    section: [
      {
        title: 'Course',
        text: { status: 'additional', div: div('went well') },
        section: [{ title: 'Inner', text: { div: div('more') } }],
      },
      { title: 'Nothing', text: { status: 'empty', div: div('Nothing') } },
    ],
  }
  expect(toldSections(JSON.stringify(composition))).toMatchObject([{ title: 'Course', sections: [{ title: 'Inner' }] }])
  const resource = (status: string) =>
    JSON.stringify({ resourceType: 'Observation', text: { status, div: div('as told') } })
  expect(toldSections(resource('additional'))).toHaveLength(1)
  expect(toldSections(resource('generated'))).toEqual([])
  expect(toldSections('not json')).toEqual([])
})
