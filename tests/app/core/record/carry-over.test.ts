import * as A from '@automerge/automerge'
import { expect, test } from 'vitest'
import { carryOver, documentAt, headsText } from '#app/core/record/carry-over.ts'
import type { DocMap } from '#app/core/record/flat-fields.ts'
import { rebaseShard } from '#app/core/record/rebase-shard.ts'
import {
  addHandMade,
  addReading,
  changedFields,
  entryIn,
  setEntryBinned,
  setFields,
} from '#app/core/record/stored-entry.ts'
import { typedFields } from '#app/core/record/typed-fields.ts'
import { instant } from '#schema/instant.ts'
import type { EntryFields } from '#schema/record/entry.ts'

const [OLD, NEW] = ['aa'.repeat(16), 'cc'.repeat(16)]
const LABEL = 'entries/0'
const condition = (name: string): EntryFields => ({ kind: 'condition', name, clinicalStatus: 'active' })

function edit(doc: A.Doc<DocMap>, key: string, name: string, at: number): A.Doc<DocMap> {
  const entry = entryIn(LABEL, doc, 'a~0', key)!
  const values = changedFields(typedFields(LABEL, entry)?.fields ?? new Map(), condition(name))
  return A.change(A.clone(doc), draft => setFields(draft, entry, 'condition', values, instant(at)))
}

const bin = (doc: A.Doc<DocMap>, key: string, since: number | undefined) =>
  A.change(A.clone(doc), draft =>
    setEntryBinned(draft, entryIn(LABEL, draft, 'a~0', key)!, since === undefined ? undefined : instant(since)),
  )

const nameOf = (doc: DocMap, key: string) => {
  const entry = entryIn(LABEL, doc, 'a~0', key)
  return entry && typedFields(LABEL, entry)?.fields.get('name')
}

const REBASE = {
  actor: NEW,
  hiddenImports: new Set<string>(),
  authors: { hasOthers: false, writerOf: () => undefined, isOwner: () => true },
}

/** Two entries, one of them in the bin, and the document begun anew from them. */
function twoDocuments() {
  let old = A.change(A.init<DocMap>({ actor: OLD }), draft => {
    addHandMade(draft, 'a~0', 'k1', condition('Asthma'), instant(1))
    addHandMade(draft, 'a~0', 'k2', condition('Cough'), instant(1))
  })
  old = bin(old, 'k2', 2)
  const fresh = A.load<DocMap>(rebaseShard(LABEL, old, REBASE).save)
  return { old, fresh, heads: headsText(A.getHeads(old)) }
}

function carried(old: A.Doc<DocMap>, fresh: A.Doc<DocMap>, heads: string): A.Doc<DocMap> {
  return A.change(A.clone(fresh), draft => carryOver(documentAt(old, heads)!, old, draft))
}

test('what comes late to the old document goes over by value, and twice is as good as once', () => {
  const { old, fresh, heads } = twoDocuments()
  let late = edit(old, 'k1', 'Mild asthma', 5)
  late = A.change(late, draft => addHandMade(draft, 'a~0', 'k3', condition('Fever'), instant(5)))
  const once = carried(late, fresh, heads)
  expect([nameOf(once, 'k1'), nameOf(once, 'k3')]).toEqual(['Mild asthma', 'Fever'])
  expect(nameOf(once, 'k2')).toBeUndefined()
  expect(A.getHeads(carried(late, once, heads))).toEqual(A.getHeads(once))
})

test('where both changed, the later one counts', () => {
  const { old, fresh, heads } = twoDocuments()
  const late = edit(old, 'k1', 'old says', 5)
  expect(nameOf(carried(late, edit(fresh, 'k1', 'new says', 9), heads), 'k1')).toBe('new says')
  expect(nameOf(carried(late, edit(fresh, 'k1', 'new says', 3), heads), 'k1')).toBe('old says')
})

test('two documents that say something else of the same moment end with one of it, and do not take turns', () => {
  const { old, fresh, heads } = twoDocuments()
  const [one, two] = [edit(old, 'k1', 'one says', 5), edit(old, 'k1', 'two says', 5)]
  const both = carried(two, carried(one, fresh, heads), heads)
  const other = carried(one, carried(two, fresh, heads), heads)
  expect([nameOf(both, 'k1'), nameOf(other, 'k1')]).toEqual(['two says', 'two says'])
  expect(A.getHeads(carried(two, carried(one, both, heads), heads))).toEqual(A.getHeads(both))
})

test('an entry binned or restored late is binned or comes along', () => {
  const { old, fresh, heads } = twoDocuments()
  const binned = carried(bin(old, 'k1', 7), fresh, heads)
  expect(entryIn(LABEL, binned, 'a~0', 'k1')?.spot.map['b']).toBe(7)
  expect(nameOf(carried(bin(old, 'k2', undefined), fresh, heads), 'k2')).toBe('Cough')
})

test('a reading that was added late comes whole', () => {
  const label = 'readings/weight/2026'
  const old = A.init<DocMap>({ actor: OLD })
  const reading = { kind: 'weight', takenAt: '2026-03-04T07:30:00+01:00', weightKg: 71.5 } as const
  const late = A.change(old, draft => addReading(draft, '03~aa', '0ab12', reading, instant(1)))
  const fresh = carried(late, A.init<DocMap>({ actor: NEW }), '')
  expect(entryIn(label, fresh, '03~aa', '0ab12')?.packed).toEqual(entryIn(label, late, '03~aa', '0ab12')?.packed)
})

test('a document that lacks the heads waits', () => {
  expect(documentAt(A.init<DocMap>(), 'ab'.repeat(32))).toBeUndefined()
})

test('what came into a bucket of which everything was left behind does not stay behind', () => {
  const empty = A.init<DocMap>({ actor: OLD })
  const one = A.change(empty, draft => addHandMade(draft, 'a~0', 'k1', condition('Fever'), instant(1)))
  const binned = bin(one, 'k1', 2)
  const { save } = rebaseShard(LABEL, binned, REBASE)
  const late = A.change(A.clone(binned), draft => addHandMade(draft, 'a~0', 'k2', condition('Cough'), instant(3)))
  const fresh = carried(late, A.load<DocMap>(save), headsText(A.getHeads(binned)))
  expect(nameOf(fresh, 'k2')).toBe('Cough')
  expect(nameOf(fresh, 'k1')).toBeUndefined()
})
