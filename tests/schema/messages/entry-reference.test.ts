import { expect, test } from 'vitest'
import { ThreadId } from '#schema/ids.ts'
import { instant } from '#schema/instant.ts'
import { MAX_ENTRIES, MAX_LINE_CHARS, parseReferences } from '#schema/messages/entry-reference.ts'
import { encodeItem, type Message, parseItem } from '#schema/messages/item.ts'
import type { EntryId } from '#schema/record/entry.ts'

const REFERENCE = {
  id: 'results~1' as EntryId,
  section: 'results',
  title: 'Sodium',
  when: 'May 1, 2026',
  value: '140 mmol/L',
} as const

const message: Message = {
  kind: 'message',
  thread: ThreadId.parse('0123456789abcdef')!,
  key: 'k',
  text: 'Is this high?',
  entries: [REFERENCE],
  at: instant(1_700_000_000_000),
  order: 3,
}

test('parseItem() reads which entries go along with a message', () => {
  expect(parseItem(encodeItem(message))).toEqual(message)
})

test('a message is read without what goes along where that is damaged', () => {
  const { entries, ...rest } = message
  expect(entries).toHaveLength(1)
  expect(parseItem(JSON.stringify({ ...message, entries: [REFERENCE, { ...REFERENCE, id: '../x' }] }))).toEqual(rest)
  expect(parseItem(JSON.stringify({ ...message, entries: [] }))).toEqual(rest)
})

test('parseReferences() refuses too many, too long a line, and a section that is none or is not shared', () => {
  expect(parseReferences(Array(MAX_ENTRIES).fill(REFERENCE))).toHaveLength(MAX_ENTRIES)
  for (const wrong of [
    Array(MAX_ENTRIES + 1).fill(REFERENCE),
    [{ ...REFERENCE, title: 'a'.repeat(MAX_LINE_CHARS + 1) }],
    [{ ...REFERENCE, value: 140 }],
    [{ ...REFERENCE, section: 'private' }],
    [{ ...REFERENCE, section: 'toString' }],
    [null],
    'results~1',
  ]) {
    expect(parseReferences(wrong)).toBeUndefined()
  }
})

test('parseReferences() keeps nothing that it does not know', () => {
  expect(parseReferences([{ ...REFERENCE, href: 'https://example.com' }])).toEqual([REFERENCE])
})
