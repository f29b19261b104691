import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseNarrative } from '#app/ui/record/narrative-tree.ts'
import { toldSections } from '#app/ui/record/told-sections.ts'

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
  const before = performance.now()
  parseNarrative('<b>'.repeat(200_000))
  parseNarrative('<p a='.repeat(200_000))
  parseNarrative('<p a="'.repeat(200_000))
  parseNarrative('</b>'.repeat(200_000))
  expect(performance.now() - before).toBeLessThan(5_000)
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
