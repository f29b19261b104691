import { expect, test } from 'vitest'
import { titleOf } from '#app/ui/record/words.ts'
import type { EntryId, EntryKind, EntrySummary } from '#schema/record/entry.ts'

const entry = (kind: EntryKind, title: string, isNegated = true): EntrySummary => ({
  id: 'a' as EntryId,
  kind,
  section: 'problems',
  title,
  status: 'past',
  source: { type: 'self' },
  codes: [],
  ...(isNegated ? { isNegated } : {}),
})

test('titleOf() says what a provenance is, as it has no words of its own', () => {
  const provenance = { ...entry('other', '', false), resourceType: 'Provenance' }
  expect(titleOf(provenance)).toBe('Where these records come from')
  expect(titleOf(entry('other', '', false))).toBe('Other')
})

test('titleOf() says what is not so or did not happen', () => {
  expect(titleOf(entry('condition', 'Diabetes'))).toBe('Ruled out: Diabetes')
  expect(titleOf(entry('medicine', 'Warfarin'))).toBe('Not taken: Warfarin')
  expect(titleOf(entry('immunization', ''))).toBe('Not given: Vaccination')
  expect(titleOf(entry('procedure', 'Colonoscopy'))).toBe('Not done: Colonoscopy')
  expect(titleOf(entry('procedure', 'Colonoscopy', false))).toBe('Colonoscopy')
})
