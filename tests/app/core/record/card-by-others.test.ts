import * as A from '@automerge/automerge'
import { beforeAll, expect, test } from 'vitest'
import type { AuthorNames, LogAuthors } from '#app/core/record/authors.ts'
import { detailOf } from '#app/core/record/entry-detail.ts'
import type { DocMap } from '#app/core/record/flat-fields.ts'
import { entryIn } from '#app/core/record/stored-entry.ts'
import { readyCrypto } from '#crypto/sodium.ts'
import { PrincipalId } from '#schema/ids.ts'
import { instant } from '#schema/instant.ts'
import type { EntryId } from '#schema/record/entry.ts'

beforeAll(readyCrypto)

const OWNER = '11'.repeat(16)
const MEMBER = '22'.repeat(16)
const principalOf = (actor: string) => PrincipalId.of(new Uint8Array(PrincipalId.size).fill(Number(actor[0])))

const AUTHORS: LogAuthors = {
  hasOthers: true,
  writerOf: actor => ({ principal: principalOf(actor) }),
  isOwner: principal => principal === principalOf(OWNER),
}
const NAMES: AuthorNames = {
  authorOf: () => ({ type: 'you' }),
  actingDevices: () => new Set(),
  subscribe: () => () => undefined,
}
const LABEL = 'import/0-0'

const text = (value: string) => new A.ImmutableString(value)
const finding = (signature: string) =>
  text(JSON.stringify({ issuer: 'https://a', signature, time: 'valid', revocation: 'not-checked', checkedAt: 1000 }))

/** A document with one vaccination of a card, brought in by `actor`. */
function broughtInBy(actor: string, signature: string): A.Doc<DocMap> {
  return A.change(A.init<DocMap>({ actor }), draft => {
    draft['0'] = {
      '0': {
        o: text('{"resourceType":"Immunization"}'),
        i: text('a'),
        s: text('b'),
        h: text('c'),
        a: 1,
        k: finding(signature),
      },
    }
  })
}

function cardIn(doc: A.Doc<DocMap>) {
  const entry = entryIn(LABEL, doc, '0', '0')
  if (entry === undefined) throw new Error('no such entry')
  const summary = {
    id: 'immunizations.i0.a' as EntryId,
    kind: 'immunization',
    section: 'immunizations',
    title: '',
    status: 'unknown',
    codes: [],
    source: { type: 'self' },
  } as const
  const row = { summary, hasConflict: false, isUntouched: true, month: '' }
  return detailOf(row, LABEL, doc, entry, { authors: AUTHORS, names: NAMES }).card
}

test('what was found of a card is believed of the person whose record it is', () => {
  expect(cardIn(broughtInBy(OWNER, 'trusted'))).toMatchObject({ signature: 'trusted', checkedAt: instant(1000) })
})

test('a member’s word that a card is genuine counts for nothing, in their own entry or in the owner’s', () => {
  expect(cardIn(broughtInBy(MEMBER, 'trusted'))).toBeUndefined()
  const theirs = A.clone(broughtInBy(OWNER, 'no-key'), { actor: MEMBER })
  const changed = A.change(theirs, draft => {
    const entry = (draft['0'] as DocMap)['0'] as DocMap
    entry['k'] = finding('trusted')
  })
  expect(cardIn(changed)).toBeUndefined()
})
