import { expect, test } from 'vitest'
import type { EntryChange } from '#app/core/history-session.ts'
import { fieldsSince } from '#app/ui/features/plan/changed-fields.ts'
import { instant } from '#schema/instant.ts'

const change = (at: number, field: string, before: string | null, after: string | null): EntryChange => ({
  act: 'changed',
  at: instant(at),
  fields: [{ field, before, after }],
})

test('fieldsSince() tells each field once, from what it said then to what it says now', () => {
  const changes = [
    change(40, 'note', 'b', 'c'),
    change(30, 'dose', '1', '2'),
    change(20, 'note', 'a', 'b'),
    change(10, 'note', null, 'a'),
  ]
  expect(fieldsSince(changes, 15)).toEqual([
    { field: 'note', before: 'a', after: 'c' },
    { field: 'dose', before: '1', after: '2' },
  ])
})

test('what was changed back, added, binned or is of no known time is no change', () => {
  const { at: _, ...timeless } = change(40, 'note', 'x', 'y')
  const changes: EntryChange[] = [
    change(40, 'note', 'b', 'a'),
    change(20, 'note', 'a', 'b'),
    timeless,
    { act: 'binned', at: instant(30), fields: [] },
    { ...change(20, 'name', null, 'Asthma'), act: 'added' },
  ]
  expect(fieldsSince(changes, 0)).toEqual([])
})
