import { expect, test } from 'vitest'
import { hasActiveNarrative } from '#app/core/exchange/narrative.ts'
import { cpuMs } from '#tests/support/cpu-time.ts'

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

test('hasActiveNarrative() is quick with hostile markup', () => {
  for (const piece of ['<', '< ', ' on', ' onclick', 'data:', 'javascript', '</ ']) {
    expect(cpuMs(() => hasActiveNarrative({ text: { div: piece.repeat(300_000) } }))).toBeLessThan(2000)
  }
})
