import * as A from '@automerge/automerge'
import { expect, test } from 'vitest'
import type { DocMap } from '#app/core/record/flat-fields.ts'
import { carriedLinks, linksIn, pairName, rebaseLinks, setLink, type SameAnswer } from '#app/core/record/same-links.ts'
import { PrincipalId } from '#schema/ids.ts'
import { instant } from '#schema/instant.ts'
import type { EntryId } from '#schema/record/entry.ts'

const OWNER = 'aa'.repeat(16)
const MEMBER = 'bb'.repeat(16)
const TABLET = 'cc'.repeat(16)
const principal = PrincipalId.parse('11'.repeat(32))!
const other = PrincipalId.parse('22'.repeat(32))!

/** A log in which the owner's two devices and a member write. */
const authors = {
  hasOthers: true,
  writerOf: (actor: string) => ({ principal: actor === MEMBER ? other : principal }),
  isOwner: (each: PrincipalId) => each === principal,
}

const [A1, B1, C1] = ['problems.e0.a.1', 'problems.e0.b.1', 'problems.ic-0.0.1'].map(id => id as EntryId) as [
  EntryId,
  EntryId,
  EntryId,
]

const say =
  (one: EntryId, two: EntryId, answer: SameAnswer | null) =>
  (doc: DocMap): void =>
    setLink(doc, { ids: [one, two] }, answer, instant(1))

const made = (actor: string, ...acts: readonly ((doc: DocMap) => void)[]) =>
  acts.reduce<A.Doc<DocMap>>((doc, act) => A.change(doc, act), A.init<DocMap>({ actor }))

test('pairName() is the same for both orders', () => {
  expect(pairName(A1, B1)).toBe(pairName(B1, A1))
})

test('linksIn() has what was said last, and nothing of what was taken back or is no pair of one section', () => {
  const doc = made(
    OWNER,
    say(A1, B1, 'same'),
    say(A1, B1, 'different'),
    say(B1, C1, 'same'),
    say(B1, C1, null),
    draft => {
      draft['f:problems.e0.a.1'] = 'same'
      draft['f:problems.e0.a.1 results.e0.b.1'] = 'same'
      draft['f:problems.e0.b.1 problems.e0.a.1'] = 'same'
      draft['f:problems.e0.a.1 problems.ic-0.0.1'] = 'maybe'
      draft['f:__proto__ constructor'] = { x: 1 }
    },
  )
  expect(linksIn(doc, { ...authors, hasOthers: false })).toEqual([{ ids: [A1, B1], answer: 'different' }])
})

test('linksIn() takes different where two devices said both at once', () => {
  const start = made(OWNER, draft => void (draft['x'] = 1))
  const [one, two] = [A.clone(start, { actor: OWNER }), A.clone(start, { actor: TABLET })]
  const same = A.change(one, say(A1, B1, 'same'))
  const different = A.change(two, say(A1, B1, 'different'))
  for (const doc of [A.merge(A.clone(same), different), A.merge(A.clone(different), same)]) {
    expect(linksIn(doc, authors)).toEqual([{ ids: [A1, B1], answer: 'different' }])
  }
})

test('linksIn() believes the owner’s devices alone, and what a member says in their place says nothing', () => {
  const own = made(OWNER, say(A1, B1, 'same'))
  const byMember = A.change(A.clone(own, { actor: MEMBER }), say(B1, C1, 'same'))
  expect(linksIn(byMember, authors)).toEqual([{ ids: [A1, B1], answer: 'same' }])
  const over = A.change(byMember, say(A1, B1, 'different'))
  expect(linksIn(over, authors)).toEqual([])
})

test('carriedLinks() has no answer of a member, and none that names what lies elsewhere', () => {
  const own = made(OWNER, say(A1, B1, 'same'), say(B1, C1, 'different'))
  const doc = A.change(A.clone(own, { actor: MEMBER }), say(A1, C1, 'same'))
  expect(Object.keys(carriedLinks(doc, authors)).toSorted()).toEqual(
    [`f:${pairName(A1, B1)}`, `f:${pairName(B1, C1)}`, `t:${pairName(A1, B1)}`, `t:${pairName(B1, C1)}`].toSorted(),
  )
  const left = carriedLinks(doc, authors, new Map([['entries/0', new Set(['a.1'])]]))
  expect(JSON.stringify(left)).not.toContain(A1)
  expect(Object.keys(left)).toContain(`f:${pairName(B1, C1)}`)
})

test('rebaseLinks() keeps answers about what the new log holds, and makes no shard for none', async () => {
  const doc = made(OWNER, say(A1, B1, 'same'), say(B1, C1, 'different'))
  const save = await rebaseLinks(carriedLinks(doc, authors), TABLET, async id => id !== A1)
  const fresh = A.load<DocMap>(save!)
  expect(linksIn(fresh, authors)).toEqual([{ ids: [B1, C1], answer: 'different' }])
  expect(JSON.stringify(fresh)).not.toContain(A1)
  expect(A.getAllChanges(fresh)).toHaveLength(1)
  expect(await rebaseLinks(carriedLinks(doc, authors), TABLET, async () => false)).toBeUndefined()
})
