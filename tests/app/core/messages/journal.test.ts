import * as A from '@automerge/automerge'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  decodeTexts,
  encodeTexts,
  itemsOf,
  journalLabel,
  journalOf,
  putItem,
  textsIn,
} from '#app/core/messages/journal.ts'
import { contentOf } from '#app/core/messages/thread-content.ts'
import type { LogAuthors } from '#app/core/record/authors.ts'
import type { DocMap } from '#app/core/record/flat-fields.ts'
import { PrincipalId, ThreadId } from '#schema/ids.ts'
import { instant } from '#schema/instant.ts'
import type { Message } from '#schema/messages/item.ts'

const [ANA, BEA] = ['a', 'b'].map(letter => letter.repeat(16)) as [string, string]
/** Another device of Ana's. */
const ANA_TOO = 'c'.repeat(16)
const principal = (letter: string) => PrincipalId.parse(letter.repeat(64))!
const PEOPLE = new Map([
  [ANA, principal('1')],
  [ANA_TOO, principal('1')],
  [BEA, principal('2')],
])

const authors: LogAuthors = {
  hasOthers: true,
  writerOf(actor) {
    const found = PEOPLE.get(actor.slice(0, 16))
    return found && { principal: found }
  },
  isOwner: one => one === principal('1'),
}

const THREAD = ThreadId.parse('0'.repeat(16))!
const message = (text: string, order = 1): Message => ({
  kind: 'message',
  thread: THREAD,
  key: text,
  text,
  at: instant(order),
  order,
})

const actor = (journal: string) => `${journal}${'0'.repeat(16)}`
const begun = (by: string) => A.init<DocMap>({ actor: actor(by) })
const as = (doc: A.Doc<DocMap>, by: string) => A.clone(doc, { actor: actor(by) })
const put = (doc: A.Doc<DocMap>, number: number, text: string) =>
  A.change(doc, draft => putItem(draft, number, message(text)))

const saidIn = (doc: A.Doc<DocMap>) =>
  itemsOf(textsIn(doc, principal('1'), authors), ANA, principal('1')).map(({ id, by, item }) => [
    id,
    by,
    'text' in item ? item.text : '',
  ])

test('a journal tells what a person put into their journal', () => {
  const doc = put(put(begun(ANA), 0, 'Hello'), 1, 'Bea')
  expect(saidIn(doc)).toEqual([
    [`${ANA}~0`, principal('1'), 'Hello'],
    [`${ANA}~1`, principal('1'), 'Bea'],
  ])
})

test('a journal takes what another device of the same person put there as theirs', () => {
  const doc = put(as(put(begun(ANA), 0, 'Hello'), ANA_TOO), 1, 'mended')
  expect(saidIn(doc).map(([, by]) => by)).toEqual([principal('1'), principal('1')])
})

test('a journal keeps what somebody said whatever others do to it, and gives them what they put there', () => {
  const doc = put(put(begun(ANA), 0, 'I take 5 mg'), 1, 'since May')
  const changed = put(as(doc, BEA), 0, 'I take 50 mg')
  const deleted = A.change(changed, draft => {
    delete draft[1]
  })
  const added = put(deleted, 2, 'and I agreed')
  expect(saidIn(added)).toEqual([
    [`${ANA}~0`, principal('1'), 'I take 5 mg'],
    [`${ANA}~1`, principal('1'), 'since May'],
    [`${ANA}~0~${'2'.repeat(16)}`, principal('2'), 'I take 50 mg'],
    [`${ANA}~2~${'2'.repeat(16)}`, principal('2'), 'and I agreed'],
  ])
  // And what she says after having seen that.
  expect(saidIn(put(as(added, ANA), 3, 'No.')).find(([id]) => id === `${ANA}~3`)?.[2]).toBe('No.')
})

test('a journal lets nobody change what they said themselves', () => {
  const doc = put(put(begun(ANA), 0, 'Yes'), 0, 'No')
  // Told as it stands while nobody else is in it; as it was first once anybody is.
  expect(saidIn(put(as(doc, BEA), 1, 'Hm')).map(([, , text]) => text)).toContain('Yes')
})

test('a journal tells nothing that is no item', () => {
  const doc = A.change(put(begun(ANA), 0, 'Hello'), draft => {
    draft['1'] = new A.ImmutableString('{}')
    draft['01'] = new A.ImmutableString(JSON.stringify(message('x')))
    draft['2'] = 7
    draft['__proto__x'] = new A.ImmutableString('x')
  })
  expect(saidIn(doc)).toHaveLength(1)
})

test('what was put into a journal is told again by what this device kept of it, whatever is in it', () => {
  const doc = A.change(put(as(put(begun(ANA), 0, 'Hello'), BEA), 1, 'Ana'), draft => {
    draft['2'] = new A.ImmutableString('{"kind":"of-a-later-version"}')
  })
  const texts = textsIn(doc, principal('1'), authors)
  expect(texts.map(({ by }) => by)).toContain(principal('2'))
  expect(decodeTexts(encodeTexts(texts))).toEqual(texts)
  for (const bytes of ['', '{}', '{"people":[1],"texts":[["0",0,"x"]]}', '{"people":[],"texts":[["0",0,"x"]]}']) {
    expect(decodeTexts(new TextEncoder().encode(bytes))).toBeUndefined()
  }
})

test('journalLabel() names a shard for each five hundred items, which journalOf() knows', () => {
  expect(journalLabel({ journal: ANA, number: 499 })).toBe(`journal/${ANA}/0`)
  expect(journalLabel({ journal: ANA, number: 500 })).toBe(`journal/${ANA}/1`)
  expect(journalOf(journalLabel({ journal: ANA, number: 1234 }))).toBe(ANA)
  expect(journalOf('journal/../0')).toBeUndefined()
})

test('contentOf() is the same in whatever order the items came', () => {
  const items = fc.array(
    fc.record({
      number: fc.nat(30),
      order: fc.integer({ min: 1, max: 6 }),
      at: fc.nat(5),
      isBea: fc.boolean(),
      thread: fc.constantFrom('0', '1'),
    }),
    { maxLength: 30 },
  )
  fc.assert(
    fc.property(items, fc.infiniteStream(fc.nat()), (made, shuffle) => {
      const all = made.map(({ number, order, at, isBea, thread }) => {
        const journal = isBea ? BEA : ANA
        const item = { ...message(`${number}`, order), at: instant(at), thread: ThreadId.parse(thread.repeat(16))! }
        return { journal, number, id: `${journal}~${number}`, by: PEOPLE.get(journal)!, item }
      })
      const unique = [...new Map(all.map(one => [one.id, one])).values()]
      const other = unique
        .map(one => [shuffle.next().value as number, one] as const)
        .toSorted(([a], [b]) => a - b)
        .map(([, one]) => one)
      expect(contentOf(other, () => false)).toEqual(contentOf(unique, () => false))
    }),
  )
})
