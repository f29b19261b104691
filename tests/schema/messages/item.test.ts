import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ThreadId } from '#schema/ids.ts'
import { instant } from '#schema/instant.ts'
import { encodeItem, type Item, MAX_MESSAGE_CHARS, MAX_ORDER, parseItem } from '#schema/messages/item.ts'

const thread = ThreadId.parse('0123456789abcdef')!
const head = { at: instant(1_700_000_000_000), order: 3 }

const ITEMS: readonly Item[] = [
  { kind: 'opening', about: { is: 'family' }, ...head },
  { kind: 'opening', about: { is: 'care', patient: 'other' }, ...head },
  { kind: 'thread', thread, subject: 'Knee', ...head },
  { kind: 'message', thread, key: 'k', text: 'It hurts.\n"Much"', ...head },
  { kind: 'answer-times', text: '', ...head },
]

test.each(ITEMS)('parseItem() reads the $kind that encodeItem() wrote', item => {
  expect(parseItem(encodeItem(item))).toEqual(item)
})

test('parseItem() refuses what is no item, too long a text, and an order that nobody gets to', () => {
  const message = { kind: 'message', thread, key: 'k', text: 'a', ...head }
  for (const wrong of [
    { ...message, order: 0 },
    { ...message, order: MAX_ORDER + 1 },
    { ...message, order: 1.5 },
    { ...message, at: 9e15 },
    { ...message, at: '1' },
    { ...message, kind: 'toString' },
    { ...message, thread: 'x' },
    { ...message, text: 'a'.repeat(MAX_MESSAGE_CHARS + 1) },
    { ...head, kind: 'opening', about: { is: 'care' } },
  ]) {
    expect(parseItem(JSON.stringify(wrong))).toBeUndefined()
  }
})

test('parseItem() takes any text without throwing', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), text => {
      expect(() => parseItem(text)).not.toThrow()
    }),
  )
})
