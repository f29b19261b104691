import * as A from '@automerge/automerge'
import { expect, test } from 'vitest'
import { ImmutableString } from '@automerge/automerge'
import { putKeptPerson } from '#app/core/kept/kept-changes.ts'
import type { KeptDocument } from '#app/core/kept/kept-document.ts'
import { LogId } from '#schema/ids.ts'

const ID = LogId.parse('1'.repeat(32))!

/** What relation stands there once the record has said what it is. */
function relationAfter(before: string, isPractice?: true): string {
  const made = A.change(A.init<KeptDocument>(), doc => {
    const texts = { name: 'Green Street', birthDate: '', relation: before }
    const fields = Object.entries(texts).map(([name, text]) => [name, new ImmutableString(text)] as const)
    doc[ID] = Object.fromEntries(fields) as unknown as KeptDocument[string]
  })
  const person = { name: 'Green Street', birthDate: '', ...(isPractice && { isPractice }) }
  return String(A.change(made, doc => putKeptPerson(doc, ID, person))[ID]?.relation)
}

test('an account says itself whether it is a practice, whatever the letter said that offered it', () => {
  expect([relationAfter('other', true), relationAfter('practice', true)]).toEqual(['practice', 'practice'])
  expect(relationAfter('practice')).toBe('other')
  expect(['child', 'parent', 'other', 'circle'].map(relation => relationAfter(relation))).toEqual([
    'child',
    'parent',
    'other',
    'circle',
  ])
})
