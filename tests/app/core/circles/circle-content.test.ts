import fc from 'fast-check'
import { expect, test } from 'vitest'
import { circleIn } from '#app/core/circles/circle-content.ts'
import type { JournalItem } from '#app/core/messages/journal.ts'
import { contentOf } from '#app/core/messages/thread-content.ts'
import { PrincipalId, ThreadId } from '#schema/ids.ts'
import { instant } from '#schema/instant.ts'
import { CIRCLE_MARKS } from '#schema/messages/circle.ts'
import { type ItemContent, parseItem } from '#schema/messages/item.ts'

const people = [1, 2, 3].map(fill => PrincipalId.of(new Uint8Array(32).fill(fill)))
const [owner, fox, elk] = people as [PrincipalId, PrincipalId, PrincipalId]
const isOwner = (by: PrincipalId) => by === owner
const thread = ThreadId.of(new Uint8Array(ThreadId.size).fill(9))

let count = 0
function put(by: PrincipalId, content: ItemContent, order = ++count): JournalItem {
  const journal = by.slice(0, 16)
  const item = { ...content, at: instant(1000 + order), order } as JournalItem['item']
  return { journal, number: order, id: `${journal}~${order}`, by, item }
}

const say = (by: PrincipalId, text = 'Hello') => put(by, { kind: 'message', thread, key: `k${count}`, text })
const worked = (items: readonly JournalItem[]) => circleIn(contentOf(items, isOwner).items, isOwner)

const seen = (items: readonly JournalItem[]) => {
  const { personOf, ...rest } = worked(items)
  return { ...rest, persons: people.map(personOf) }
}

test('rules, moderators and removals count from the owner alone', () => {
  const said = [owner, fox].flatMap(by => [
    put(by, { kind: 'rules', text: by === owner ? 'Be kind.' : 'Mine' }),
    put(by, { kind: 'moderators', principals: [by === owner ? elk : fox] }),
    put(by, { kind: 'removed', principals: [by === owner ? elk : fox] }),
  ])
  expect(worked([...said, put(fox, { kind: 'ended' })]).isEnded).toBe(false)
  expect(worked([...said, put(owner, { kind: 'ended' })]).isEnded).toBe(true)
  const circle = worked(said)
  expect(circle.rules).toBe('Be kind.')
  expect([...circle.moderators]).toEqual([elk])
  expect([...circle.removed]).toEqual([elk])
})

test('something is taken down by who said it, the owner, or who moderates now; by nobody else', () => {
  const items = [say(fox), say(elk), say(owner)]
  const [ofFox, ofElk, ofOwner] = items.map(({ id }) => id) as [string, string, string]
  const taken = (by: PrincipalId, target: string, also: readonly JournalItem[] = []) =>
    worked([...items, put(by, { kind: 'take-down', target }), ...also]).takenDown.has(target)
  expect(taken(fox, ofFox)).toBe(true)
  expect(taken(elk, ofFox)).toBe(false)
  expect(taken(owner, ofElk)).toBe(true)
  expect(taken(elk, ofOwner, [put(owner, { kind: 'moderators', principals: [elk] })])).toBe(true)
  const moderated = [
    put(owner, { kind: 'moderators', principals: [elk] }),
    put(owner, { kind: 'moderators', principals: [] }),
  ]
  expect(taken(elk, ofOwner, moderated)).toBe(false)
})

test('what was taken down says as what somebody could: who said it, or the first who might', () => {
  const items = [say(fox), say(owner), say(fox)]
  const [first, second, third] = items.map(({ id }) => id) as [string, string, string]
  const { takenDown } = worked([
    ...items,
    put(owner, { kind: 'moderators', principals: [elk] }),
    put(elk, { kind: 'take-down', target: first }),
    put(owner, { kind: 'take-down', target: first }),
    put(owner, { kind: 'take-down', target: second }),
    put(owner, { kind: 'take-down', target: third }),
  ])
  expect([first, second, third].map(id => takenDown.get(id))).toEqual(['moderator', 'writer', 'owner'])
})

test('a member with several principals is one person, by the owner’s word alone: the one they write with now', () => {
  const ids = [4, 5, 6].map(fill => PrincipalId.of(new Uint8Array(32).fill(fill))) as [PrincipalId, ...PrincipalId[]]
  const [first, second, third] = ids as [PrincipalId, PrincipalId, PrincipalId]
  const post = say(first)
  const circle = worked([
    post,
    put(first, { kind: 'reaction', target: post.id, mark: 'hug' }),
    put(owner, { kind: 'moderators', principals: [first] }),
    put(owner, { kind: 'one-person', principals: [first, third, second] }),
    put(owner, { kind: 'one-person', principals: [first, second, third] }),
    put(third, { kind: 'reaction', target: post.id, mark: 'glad' }),
    put(third, { kind: 'take-down', target: post.id }),
    put(fox, { kind: 'one-person', principals: [elk, fox] }),
    put(owner, { kind: 'one-person', principals: [owner, elk] }),
  ])
  expect(ids.map(one => circle.personOf(one))).toEqual([third, third, third])
  expect([owner, fox, elk].map(one => circle.personOf(one))).toEqual([owner, fox, elk])
  expect([...circle.moderators]).toEqual([third])
  expect([...(circle.reactions.get(post.id) ?? [])]).toEqual([[third, 'glad']])
  expect(circle.takenDown.has(post.id)).toBe(true)
})

test('whatever order items come in, everybody sees the same', () => {
  const base = [say(fox), say(elk)]
  const targets = base.map(({ id }) => id)
  const deed = fc.record({
    by: fc.constantFrom(...people),
    content: fc.oneof(
      fc.record({
        kind: fc.constant('reaction'),
        target: fc.constantFrom(...targets),
        mark: fc.constantFrom(...CIRCLE_MARKS, ''),
      }),
      fc.record({ kind: fc.constant('take-down'), target: fc.constantFrom(...targets) }),
      fc.record({ kind: fc.constant('moderators'), principals: fc.subarray([...people]) }),
      fc.record({ kind: fc.constant('one-person'), principals: fc.shuffledSubarray([fox, elk]) }),
      fc.record({
        kind: fc.constant('profile'),
        name: fc.constantFrom('Fox', 'Otter'),
        avatar: fc.constantFrom('squirrel', 'bird'),
      }),
      fc.record({ kind: fc.constant('rules'), text: fc.constantFrom('A', 'B') }),
    ),
    order: fc.integer({ min: 10_000, max: 10_005 }),
  })
  fc.assert(
    fc.property(fc.array(deed, { maxLength: 12 }), fc.infiniteStream(fc.nat()), (deeds, shuffle) => {
      const items = [
        ...base,
        ...deeds.map(({ by, content, order }, index) => ({
          ...put(by, content as ItemContent, order),
          id: `${by.slice(0, 16)}~${20_000 + index}`,
        })),
      ]
      const other = items.map(item => [shuffle.next().value ?? 0, item] as const).toSorted(([a], [b]) => a - b)
      expect(seen(other.map(([, item]) => item))).toEqual(seen(items))
    }),
  )
})

test('nothing that no honest app writes is read', () => {
  const head = { at: 1, order: 1 }
  const wrong = [
    { kind: 'profile', name: 'x'.repeat(41), avatar: 'squirrel' },
    { kind: 'profile', name: 'Fox', avatar: 'https://example.org/a.png' },
    { kind: 'reaction', target: '../x', mark: 'hug' },
    { kind: 'reaction', target: '0123456789abcdef~1', mark: 'kick' },
    { kind: 'moderators', principals: ['me'] },
    { kind: 'removed', principals: Array.from({ length: 201 }, () => 'a'.repeat(64)) },
    { kind: 'report', target: '0123456789abcdef~1', why: 'x'.repeat(1001) },
    { kind: 'opening', about: { is: 'circle', name: 'x'.repeat(61), rules: '' } },
  ]
  const read = wrong.filter(one => parseItem(JSON.stringify({ ...head, ...one })) !== undefined)
  expect(read).toEqual([])
  const right = { kind: 'report', target: '0123456789abcdef~1', why: '' }
  expect(parseItem(JSON.stringify({ ...head, ...right }))).toMatchObject(right)
})
