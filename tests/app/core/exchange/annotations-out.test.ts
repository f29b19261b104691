import fc from 'fast-check'
import { expect, test } from 'vitest'
import { originalWithNotes, type TakenAnnotation, withoutOwnNotes } from '#app/core/exchange/annotations-out.ts'
import { oddText } from '#tests/support/odd-fields.ts'

const taken = (text: string, number: number): TakenAnnotation => ({
  uuid: `00000000-0000-8000-8000-00000000000${number}`,
  on: 'results.i0.0.0',
  text,
  writtenAt: '2026-03-04T08:20:00+01:00',
})

const members = fc.dictionary(
  fc.string().filter(name => !['note', 'resourceType', '__proto__'].includes(name)),
  fc.jsonValue(),
)
const notes = fc.option(fc.array(fc.record({ text: oddText() }), { minLength: 1, maxLength: 3 }), { nil: undefined })

test('originalWithNotes() adds notes and moves nothing else; withoutOwnNotes() gives the very text back', () => {
  fc.assert(
    fc.property(members, members, notes, fc.array(oddText(), { minLength: 1, maxLength: 3 }), (a, b, list, added) => {
      const resource = { ...a, resourceType: 'Observation', ...(list === undefined ? {} : { note: list }), ...b }
      const text = JSON.stringify(resource)
      const out = originalWithNotes(text, added.map(taken), 'urn:uuid:p')
      const read = JSON.parse(out) as { readonly note: readonly { readonly text: string }[] }
      expect(read.note.map(each => each.text)).toEqual([...(list ?? []).map(each => each.text), ...added].map(asJson))
      expect({ ...read, note: undefined }).toEqual({ ...JSON.parse(text), note: undefined })
      expect(withoutOwnNotes(out)).toBe(text)
    }),
  )
})

/** Half of a surrogate is escaped on its way. */
const asJson = (text: string) => JSON.parse(JSON.stringify(text)) as string

test('a type without notes, and a note that is no list, leave as they came', () => {
  for (const text of ['{"resourceType":"Encounter"}', '{"resourceType":"Observation","note":"x"}', '{"resourceType":1'])
    expect(originalWithNotes(text, [taken('x', 1)], 'urn:uuid:p')).toBe(text)
})
