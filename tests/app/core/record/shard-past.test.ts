import * as A from '@automerge/automerge'
import { expect, test } from 'vitest'
import type { DocMap } from '#app/core/record/flat-fields.ts'
import { rebaseShard } from '#app/core/record/rebase-shard.ts'
import { pastIn } from '#app/core/record/shard-past.ts'
import {
  addHandMade,
  addReading,
  entryIn,
  removeEntry,
  setEntryBinned,
  setFields,
} from '#app/core/record/stored-entry.ts'
import { PrincipalId } from '#schema/ids.ts'
import { instant } from '#schema/instant.ts'
import type { EntryFields } from '#schema/record/entry.ts'

const [ONE, TWO] = ['aa'.repeat(16), 'bb'.repeat(16)]
const ANA = PrincipalId.parse('a1'.repeat(32))!
const authors = { hasOthers: false, writerOf: () => ({ principal: ANA }), isOwner: () => true }
const NONE = new Set<string>()
const condition = (name: string): EntryFields => ({ kind: 'condition', name, clinicalStatus: 'active' })
const BUCKET = 'a~0'

function begun(keys: readonly string[]): A.Doc<DocMap> {
  return A.change(A.init<DocMap>({ actor: ONE }), draft => {
    for (const key of keys) addHandMade(draft, BUCKET, key, condition(key), instant(1))
  })
}

function set(doc: A.Doc<DocMap>, label: string, key: string, fields: Readonly<Record<string, string | number>>) {
  return A.change(doc, draft => {
    const entry = entryIn(label, draft, BUCKET, key)!
    const kind = label.startsWith('readings') ? 'blood-pressure' : 'condition'
    setFields(draft, entry, kind, new Map(Object.entries(fields)), instant(5))
  })
}

const rebased = (label: string, doc: A.Doc<DocMap>) =>
  A.load<DocMap>(rebaseShard(label, doc, { actor: TWO, hiddenImports: NONE, authors }).save)

test('pastIn() finds none in what was only added, also by several changes', () => {
  let doc = begun(['k1', 'k2'])
  doc = A.change(doc, draft => addHandMade(draft, 'b~0', 'k3', condition('k3'), instant(2)))
  expect(pastIn('entries/0', doc, NONE)).toEqual({ versions: 0, deleted: 0 })
})

test('pastIn() counts a version for each time an entry was changed, however many fields at once', () => {
  let doc = set(begun(['k1', 'k2']), 'entries/0', 'k1', { name: 'Asthma', clinicalStatus: 'inactive' })
  doc = set(doc, 'entries/0', 'k1', { name: 'Mild asthma' })
  doc = set(doc, 'entries/0', 'k2', { name: 'Cough' })
  expect(pastIn('entries/0', doc, NONE)).toEqual({ versions: 3, deleted: 0 })
})

test('pastIn() counts what is in the bin and what was deleted for good, and not what was put back', () => {
  let doc = begun(['k1', 'k2', 'k3', 'k4'])
  doc = A.change(doc, draft => {
    setEntryBinned(draft, entryIn('entries/0', draft, BUCKET, 'k1')!, instant(2))
    setEntryBinned(draft, entryIn('entries/0', draft, BUCKET, 'k2')!, instant(2))
    removeEntry(draft, entryIn('entries/0', draft, BUCKET, 'k3')!)
  })
  doc = A.change(doc, draft => setEntryBinned(draft, entryIn('entries/0', draft, BUCKET, 'k2')!, undefined))
  expect(pastIn('entries/0', doc, NONE)).toEqual({ versions: 0, deleted: 2 })
})

test('pastIn() counts entries of a file that was taken back', () => {
  const doc = A.change(A.init<DocMap>({ actor: ONE }), draft => {
    const original = (importId: string) => ({
      o: new A.ImmutableString('{"resourceType":"Condition"}'),
      i: new A.ImmutableString(importId),
      a: 1,
    })
    draft[BUCKET] = { k1: original('one'), k2: original('two') }
  })
  expect(pastIn('entries/0', doc, new Set(['one']))).toEqual({ versions: 0, deleted: 1 })
})

test('pastIn() counts a reading’s corrections, the first one too, and finds none of them in what began anew', () => {
  const label = 'readings/blood-pressure/2026'
  let doc = A.change(A.init<DocMap>({ actor: ONE }), draft => {
    const takenAt = '2026-03-04T07:30:00+01:00'
    for (const key of ['0ab12', '0ab34']) {
      addReading(
        draft,
        BUCKET,
        key,
        { kind: 'blood-pressure', takenAt, systolicMmHg: 199, diastolicMmHg: 81 },
        instant(1),
      )
    }
  })
  doc = set(doc, label, '0ab12', { systolicMmHg: 129 })
  doc = set(doc, label, '0ab12', { systolicMmHg: 119 })
  doc = A.change(doc, draft => removeEntry(draft, entryIn(label, draft, BUCKET, '0ab34')!))
  expect(pastIn(label, doc, NONE)).toEqual({ versions: 2, deleted: 1 })
  expect(pastIn(label, rebased(label, doc), NONE)).toEqual({ versions: 0, deleted: 0 })
})
