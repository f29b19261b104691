import { expect, test } from 'vitest'
import { plainNarrative } from '#app/ui/record/plain-narrative.ts'

test('plainNarrative() keeps lines and cells apart', () => {
  const table = '<table><tr><th>Test</th><th>Value</th></tr><tr><td>HbA1c</td><td>6.8&nbsp;%</td></tr></table>'
  expect(plainNarrative(`<div><h1>Results</h1>${table}one<br/>two</div>`)).toBe(
    'Results\nTest · Value\nHbA1c · 6.8 %\none\ntwo',
  )
})

test('plainNarrative() leaves out scripts, styles and comments, and keeps a bare "<"', () => {
  expect(plainNarrative('a<script>alert(1)</script>b<style>p{}</style><!-- c -->d')).toBe('abd')
  expect(plainNarrative('pH < 7 &amp; CRP &gt; 5 &#x3bc;g')).toBe('pH < 7 & CRP > 5 μg')
  expect(plainNarrative('cut <script>alert(')).toBe('cut')
})

test('plainNarrative() gets through a hostile megabyte', () => {
  for (const hostile of ['<!--', '<a', '<', '<script>', '&#']) {
    // In one pass this is milliseconds; a pass for each mark would outlast the test's own limit.
    expect(plainNarrative(hostile.repeat(1_000_000 / hostile.length)).length).toBeLessThanOrEqual(1_000_000)
  }
})
