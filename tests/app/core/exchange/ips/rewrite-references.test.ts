import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type NewReference, rewriteReferences } from '#app/core/exchange/ips/rewrite-references.ts'

const to = (text: string, next: NewReference) => rewriteReferences(text, () => next)
const moved: NewReference = { kind: 'to', reference: 'urn:"x"' }

test('rewriteReferences() changes the address alone: every other token stays as it was written', () => {
  const text =
    '{"a":1.10,"n":1e5,"s":"\\u00e9\\/","subject":{"display":"A","reference":"Patient/1"},"l":[{"reference":"B/2"}]}'
  expect(to(text, moved)).toBe(
    '{"a":1.10,"n":1e5,"s":"\\u00e9\\/","subject":{"display":"A","reference":"urn:\\"x\\""},"l":[{"reference":"urn:\\"x\\""}]}',
  )
})

test('rewriteReferences() cuts a Reference down to its type and, where they may stay, its words', () => {
  const text = '{"who":{"type":"X","display":"Dr \\"B\\"","reference":"P/1","identifier":{"value":"9"}}}'
  expect(to(text, { kind: 'cut', type: 'Practitioner', keepsWords: true })).toBe(
    '{"who":{"type":"Practitioner","display":"Dr \\"B\\""}}',
  )
  expect(to(text, { kind: 'cut', type: 'Condition', keepsWords: false })).toBe('{"who":{"type":"Condition"}}')
  expect(to('{"a":{"reference":"?"}}', { kind: 'cut', keepsWords: true })).toBe('{"a":{"display":"–"}}')
})

test('rewriteReferences() sees References in References and in lists, and leaves what is contained and what only looks like one', () => {
  const inner = '{"a":[{"reference":"A/1","identifier":{"assigner":{"reference":"B/2"}}}]}'
  expect(rewriteReferences(inner, text => ({ kind: 'to', reference: `new ${text}` }))).toBe(
    '{"a":[{"reference":"new A/1","identifier":{"assigner":{"reference":"new B/2"}}}]}',
  )
  expect(to('{"a":{"reference":"#p"}}', moved)).toBe('{"a":{"reference":"#p"}}')
  const quoted = '{"a":"\\"reference\\":\\"A/1\\"","b":["reference",":","A/1"],"reference":{"x":"reference"}}'
  expect(to(quoted, moved)).toBe(quoted)
})

test('rewriteReferences() changes nothing else of whatever JSON there is', () => {
  const reference = fc.record({ reference: fc.string(), display: fc.string() })
  const json = fc.letrec(tie => ({
    value: fc.oneof(
      { depthSize: 'small' },
      fc.string(),
      fc.double(),
      fc.boolean(),
      fc.constant(null),
      reference,
      tie('list'),
      tie('object'),
    ),
    list: fc.array(tie('value')),
    object: fc.dictionary(fc.string(), tie('value')),
  })).value
  fc.assert(
    fc.property(json, value => {
      const text = JSON.stringify(value)
      expect(to(text, { kind: 'same' })).toBe(text)
      const changed = rewriteReferences(text, () => ({ kind: 'to', reference: 'R' }))
      const expected = JSON.stringify(value, (name, member) =>
        name === 'reference' && typeof member === 'string' && !member.startsWith('#') ? 'R' : member,
      )
      expect(JSON.parse(changed)).toEqual(JSON.parse(expected))
    }),
  )
})
