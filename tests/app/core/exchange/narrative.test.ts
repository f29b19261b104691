import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hasActiveNarrative, plainNarrative } from '#app/core/exchange/narrative.ts'

test.each([
  ['<div xmlns="http://www.w3.org/1999/xhtml"><p>One</p><p>Two &amp; <b>three</b></p></div>', 'One\nTwo & three'],
  ['<table><tr><td>Sodium</td><td>140</td></tr><tr><td>K</td></tr></table>', 'Sodium 140\nK'],
  ['<p>a<script>alert(1)</script>b<style>p{}</style><!-- c -->d</p>', 'abd'],
  ['<script>never closed', ''],
  ['a &lt;script&gt;alert(1)&lt;/script&gt;', 'a <script>alert(1)</script>'],
  ['&#65;&#x42;&nbsp;&eacute;&#0;&#x110000;&#xd800;', 'AB &eacute;'],
  ['5 < 6 and 7 > 2', '5 < 6 and 7 > 2'],
  ['', ''],
])('plainNarrative(%j) is its words', (div, words) => {
  expect(plainNarrative(div)).toBe(words)
})

test('plainNarrative() throws for nothing and is quick with hostile markup', () => {
  fc.assert(fc.property(fc.string(), div => typeof plainNarrative(div) === 'string'))
  for (const piece of ['<!', '<script', '<a ', '&', '<!--', '</td', '<p>', '&#', '\n ']) {
    const startedAt = process.cpuUsage()
    plainNarrative(piece.repeat(100_000))
    expect(process.cpuUsage(startedAt).user / 1000).toBeLessThan(2000)
  }
})

test.each([
  '<div><script>x</script></div>',
  '<div><ScRiPt src="x"/></div>',
  '<div><img src="x" onerror="x()"/></div>',
  '<div><svg/onload=x()></div>',
  '<div><a href="java&#115;cript:x()" onclick = "x">a</a></div>',
  '<div><a href="javascript:x()">a</a></div>',
  '<div><iframe src="https://x.example"></iframe></div>',
])('hasActiveNarrative() finds %s, also in sections and contained resources', div => {
  expect(hasActiveNarrative({ text: { div } })).toBe(true)
  expect(hasActiveNarrative({ section: [{ section: [{ text: { div } }] }] })).toBe(true)
  expect(hasActiveNarrative({ contained: [{ text: { div } }] })).toBe(true)
})

test.each(['<div><p class="a">Take once; on = off</p></div>', '<div>Description of the scripture: conditions</div>'])(
  'hasActiveNarrative() leaves %s alone',
  div => {
    expect(hasActiveNarrative({ text: { div } })).toBe(false)
  },
)
