import * as A from '@automerge/automerge'
import { expect, test } from 'vitest'
import type { LogAuthors } from '#app/core/record/authors.ts'
import type { DocMap } from '#app/core/record/flat-fields.ts'
import { type MembersDocument, putMemberNames, readMemberNames } from '#app/core/sharing/member-names.ts'
import { PrincipalId } from '#schema/ids.ts'

const [OWNER, MEMBER] = ['aa'.repeat(16), 'bb'.repeat(16)]
const principal = (byte: string) => PrincipalId.parse(byte.repeat(32))!
const [ANA, BEA, CLEO] = [principal('a1'), principal('be'), principal('c1')]
const authors: LogAuthors = {
  hasOthers: true,
  writerOf: actor => ({ principal: actor === OWNER ? ANA : BEA }),
  isOwner: one => one === ANA,
}

const named = (doc: A.Doc<MembersDocument>) => readMemberNames(doc as unknown as DocMap, authors)

test('readMemberNames() believes the owner alone: a member can take their own name away, and give nobody another', () => {
  const names = new Map([
    [BEA, 'Bea'],
    [CLEO, 'Cleo'],
  ])
  const doc = A.change(A.init<MembersDocument>({ actor: OWNER }), draft => putMemberNames(draft, names))
  expect(named(doc)).toEqual(names)
  const forged = A.change(A.clone(doc, { actor: MEMBER }), draft => {
    putMemberNames(draft, new Map([[BEA, 'Dr Lee']]))
    draft['not a principal'] = new A.ImmutableString('Mallory')
  })
  expect(named(forged)).toEqual(new Map([[CLEO, 'Cleo']]))
  const mended = A.change(A.clone(forged, { actor: OWNER }), draft => putMemberNames(draft, new Map([[BEA, 'Bea']])))
  expect(named(mended)).toEqual(names)
})
