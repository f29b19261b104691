import * as A from '@automerge/automerge'
import { expect, test } from 'vitest'
import { type DocMap, isDocMap } from '#app/core/record/flat-fields.ts'
import { rebasePlain, rebaseShard } from '#app/core/record/rebase-shard.ts'
import {
  addHandMade,
  addReading,
  changedFields,
  entriesIn,
  entryIn,
  setEntryBinned,
  setFields,
  typedFields,
} from '#app/core/record/stored-entry.ts'
import { instant } from '#schema/instant.ts'
import type { EntryFields } from '#schema/record/entry.ts'

const [ONE, TWO, FRESH] = ['aa'.repeat(16), 'bb'.repeat(16), 'cc'.repeat(16)]
const AUTHORS: Readonly<Record<string, string>> = { [ONE]: 'ana', [TWO]: 'bea' }
const deps = { actor: FRESH, hiddenImports: new Set<string>(), authorOf: (actor: string) => AUTHORS[actor] }

const condition = (name: string): EntryFields => ({ kind: 'condition', name, clinicalStatus: 'active' })
const READING = {
  kind: 'blood-pressure',
  takenAt: '2026-03-04T07:30:00+01:00',
  systolicMmHg: 128,
  diastolicMmHg: 81,
  note: 'after coffee',
} as const

function edited(doc: A.Doc<DocMap>, label: string, place: readonly [string, string], next: EntryFields) {
  const entry = entryIn(label, doc, ...place)!
  const values = changedFields(typedFields(label, entry)?.fields ?? new Map(), next)
  return A.change(doc, draft => setFields(draft, entry, next.kind, values, instant(5)))
}

function rebased(label: string, doc: A.Doc<DocMap>, hidden: readonly string[] = []) {
  const { save, leftBehind } = rebaseShard(label, doc, { ...deps, hiddenImports: new Set(hidden) })
  return { fresh: A.load<DocMap>(save), leftBehind }
}

test('a rebased shard says what is so now, under the same ids, and has no past', () => {
  let doc = A.change(A.init<DocMap>({ actor: ONE }), draft => {
    addHandMade(draft, 'a~0', 'k1', condition('HIV positive'), instant(1))
    addHandMade(draft, 'a~0', 'k2', condition('Gonorrhoea'), instant(1))
  })
  doc = edited(doc, 'entries/0', ['a~0', 'k1'], condition('Asthma'))
  doc = A.change(doc, draft => setEntryBinned(draft, entryIn('entries/0', draft, 'a~0', 'k2')!, instant(2)))
  const { fresh, leftBehind } = rebased('entries/0', doc)
  expect(leftBehind).toBe(1)
  expect(entriesIn('entries/0', fresh).map(({ bucket, key }) => `${bucket}.${key}`)).toEqual(['a~0.k1'])
  const fields = typedFields('entries/0', entryIn('entries/0', fresh, 'a~0', 'k1')!)?.fields
  expect(fields?.get('name')).toBe('Asthma')
  expect(A.getAllChanges(fresh)).toHaveLength(1)
  const everything = JSON.stringify(A.getAllChanges(fresh).map(change => A.decodeChange(change)))
  expect(everything).toContain('Asthma')
  for (const old of ['HIV', 'Gonorrhoea']) expect(everything).not.toContain(old)
})

test('readings keep their bytes, notes and corrections', () => {
  const label = 'readings/blood-pressure/2026'
  let doc = A.change(A.init<DocMap>({ actor: ONE }), draft => {
    addReading(draft, '03~aa', '0ab12', READING, instant(1))
    addReading(draft, '03~aa', '0ab34', { ...READING, systolicMmHg: 199 }, instant(1))
  })
  doc = edited(doc, label, ['03~aa', '0ab34'], { ...READING, systolicMmHg: 139 })
  const { fresh } = rebased(label, doc)
  const systolic = (key: string) => typedFields(label, entryIn(label, fresh, '03~aa', key)!)?.fields.get('systolicMmHg')
  expect([systolic('0ab12'), systolic('0ab34')]).toEqual([128, 139])
  expect(typedFields(label, entryIn(label, fresh, '03~aa', '0ab12')!)?.fields.get('note')).toBe('after coffee')
})

test('who wrote an entry is kept beside it, one by one where a bucket has several', () => {
  const one = A.change(A.init<DocMap>({ actor: ONE }), draft => {
    addHandMade(draft, 'a~0', 'k1', condition('Asthma'), instant(1))
  })
  const both = A.change(A.clone(one, { actor: TWO }), draft => {
    addHandMade(draft, 'a~0', 'k2', condition('Cough'), instant(1))
    addHandMade(draft, 'b~0', 'k3', condition('Fever'), instant(1))
  })
  const { fresh } = rebased('entries/0', both)
  expect(String(fresh['y:a~0'])).toBe('ana')
  expect(String(fresh['y:a~0.k2'])).toBe('bea')
  expect(String(fresh['y:b~0'])).toBe('bea')
  expect(entriesIn('entries/0', fresh)).toHaveLength(3)
})

test('imports come along verbatim, but not those that were taken back', () => {
  const original = (importId: string) => ({
    o: new A.ImmutableString('{"resourceType":"Condition"}'),
    i: new A.ImmutableString(importId),
    a: 1,
  })
  const doc = A.change(A.init<DocMap>({ actor: ONE }), draft => {
    draft['0'] = { '0': original('kept'), '1': original('undone') }
  })
  const { fresh, leftBehind } = rebased('import/x-0', doc, ['undone'])
  expect(leftBehind).toBe(1)
  const [entry] = entriesIn('import/x-0', fresh)
  expect(String(entry?.spot.map['o'])).toBe('{"resourceType":"Condition"}')
})

test('any other shard is copied as it stands', () => {
  let doc = A.change(A.init<DocMap>({ actor: ONE }), draft => {
    draft['one'] = { fileName: new A.ImmutableString('old.json'), count: 2 }
  })
  doc = A.change(doc, draft => {
    if (isDocMap(draft['one'])) draft['one']['fileName'] = new A.ImmutableString('new.json')
  })
  const fresh = A.load<DocMap>(rebasePlain(doc, FRESH))
  expect(JSON.stringify(fresh)).toBe(JSON.stringify(doc))
  expect(A.getAllChanges(fresh)).toHaveLength(1)
})
