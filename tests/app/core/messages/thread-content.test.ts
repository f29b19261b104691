import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { JournalItem } from '#app/core/messages/journal.ts'
import { contentOf, contentWith } from '#app/core/messages/thread-content.ts'
import { PrincipalId, ThreadId } from '#schema/ids.ts'
import { instant } from '#schema/instant.ts'
import type { ItemContent } from '#schema/messages/item.ts'

const [owner, other] = [1, 2].map(fill => PrincipalId.of(new Uint8Array(32).fill(fill))) as [PrincipalId, PrincipalId]
const isOpener = (by: PrincipalId) => by === owner
const THREADS = [7, 8, 9].map(fill => ThreadId.of(new Uint8Array(ThreadId.size).fill(fill)))

const anyPerson = fc.constantFrom(owner, other)
const anyThread = fc.constantFrom(...THREADS)
const anyContent: fc.Arbitrary<ItemContent> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('message'),
      thread: anyThread,
      key: fc.constantFrom('a', 'b', 'c'),
      text: fc.string(),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('thread'),
      thread: anyThread,
      subject: fc.constantFrom('', 'Tired', 'Knee'),
    }),
  },
  fc.record({ kind: fc.constant('answer-times'), text: fc.constantFrom('', 'In two days') }),
  fc.record({
    kind: fc.constant('free-times'),
    slots: fc.constantFrom([], [{ startsAt: '2027-02-17T10:00:00+01:00' }]),
  }),
  fc.record({ kind: fc.constant('staff'), name: fc.constantFrom('Dina', 'Cole') }),
  fc.constant({ kind: 'opening', about: { is: 'family' } } as const),
)
const anyItems = fc
  .array(fc.tuple(anyPerson, anyContent, fc.integer({ min: 1, max: 12 })), { maxLength: 30 })
  .map(said =>
    said.map(([by, content, order], number): JournalItem => {
      const journal = by.slice(0, 16)
      const item = { ...content, at: instant(1000 + order), order } as JournalItem['item']
      return { journal, number, id: `${journal}~${number}`, by, item }
    }),
  )

test('what is worked out step by step is what is worked out at once, in whatever order and batches it came', () => {
  const batches = fc.array(fc.integer({ min: 1, max: 8 }), { maxLength: 8 })
  fc.assert(
    fc.property(anyItems, batches, fc.boolean(), (came, sizes, isSorted) => {
      const items = isSorted ? contentOf(came, isOpener).items : came
      let [content, from] = [contentOf([], isOpener), 0]
      for (const size of [...sizes, items.length]) {
        content = contentWith(content, items.slice(from, from + size), isOpener)
        from += size
      }
      expect(content).toEqual(contentOf(items, isOpener))
    }),
    { numRuns: 1000 },
  )
})
