import * as A from '@automerge/automerge'
import { expect, test } from 'vitest'
import { conflictsIn, type DocMap } from '#app/core/record/flat-fields.ts'
import { fieldsOf } from '#app/core/record/make-row.ts'
import {
  addHandMade,
  addReading,
  changedFields,
  entriesIn,
  entryIn,
  removeEntry,
  setEntryBinned,
  setFields,
  type StoredEntry,
} from '#app/core/record/stored-entry.ts'
import { typedFields } from '#app/core/record/typed-fields.ts'
import { instant } from '#schema/instant.ts'
import type { EntryFields } from '#schema/record/entry.ts'

const LABEL = 'entries/0'
const YEAR = 'readings/blood-pressure/2026'
const ONE = 'aa'.repeat(16)
const TWO = 'bb'.repeat(16)

const ASTHMA = { kind: 'condition', name: 'Asthma', clinicalStatus: 'active', since: '2019' } as const
const READING = {
  kind: 'blood-pressure',
  takenAt: '2026-03-04T07:30:00+01:00',
  systolicMmHg: 128,
  diastolicMmHg: 81,
  note: 'after coffee',
} as const

function started(change: (doc: DocMap) => void): A.Doc<DocMap> {
  return A.change(A.init<DocMap>({ actor: ONE }), change)
}

function the(doc: DocMap, label: string, bucket: string, key: string): StoredEntry {
  const entry = entryIn(label, doc, bucket, key)
  if (entry === undefined) throw new Error('no such entry')
  return entry
}

function edit(doc: A.Doc<DocMap>, label: string, place: readonly [string, string], next: EntryFields, at: number) {
  const entry = the(doc, label, ...place)
  const values = changedFields(typedFields(label, entry)?.fields ?? new Map(), next)
  return A.change(doc, draft => setFields(draft, entry, next.kind, values, instant(at)))
}

const ENTRY = ['b~0', 'k1'] as const
const withAsthma = () => started(doc => addHandMade(doc, ...ENTRY, ASTHMA, instant(1)))

test('edits of different fields on two devices both stay', () => {
  const one = withAsthma()
  const two = A.clone(one, { actor: TWO })
  const merged = A.merge(
    edit(one, LABEL, ENTRY, { ...ASTHMA, name: 'Mild asthma' }, 2),
    edit(two, LABEL, ENTRY, { ...ASTHMA, clinicalStatus: 'remission', note: 'fine' }, 3),
  )
  const entry = the(merged, LABEL, ...ENTRY)
  expect(fieldsOf(LABEL, entry)).toEqual({ ...ASTHMA, name: 'Mild asthma', clinicalStatus: 'remission', note: 'fine' })
  expect(conflictsIn(entry.spot)).toEqual([])
})

test('edits of one field on two devices are a choice, with both values and their times, the shown one first', () => {
  const one = withAsthma()
  const two = A.clone(one, { actor: TWO })
  const left = edit(one, LABEL, ENTRY, { ...ASTHMA, name: 'Mild asthma' }, 2)
  const right = edit(two, LABEL, ENTRY, { ...ASTHMA, name: 'Severe asthma', clinicalStatus: 'active' }, 3)
  const merged = A.merge(A.clone(left, { actor: 'cc'.repeat(16) }), right)
  const entry = the(merged, LABEL, ...ENTRY)
  const [conflict] = conflictsIn(entry.spot)
  expect(conflict?.field).toBe('name')
  expect(conflict?.candidates[0]?.value).toBe(typedFields(LABEL, entry)?.fields.get('name'))
  expect(new Set(conflict?.candidates)).toEqual(
    new Set([
      { value: 'Mild asthma', changedAt: 2, actor: 'aa'.repeat(16) },
      { value: 'Severe asthma', changedAt: 3, actor: 'bb'.repeat(16) },
    ]),
  )
  const chosen = A.change(merged, draft =>
    setFields(draft, entry, 'condition', new Map([['name', 'Mild asthma']]), instant(4)),
  )
  expect(conflictsIn(the(chosen, LABEL, ...ENTRY).spot)).toEqual([])
})

test('the same edit on two devices is no choice', () => {
  const one = withAsthma()
  const two = A.clone(one, { actor: TWO })
  const next = { ...ASTHMA, name: 'Mild asthma' }
  const merged = A.merge(edit(one, LABEL, ENTRY, next, 2), edit(two, LABEL, ENTRY, next, 3))
  expect(conflictsIn(the(merged, LABEL, ...ENTRY).spot)).toEqual([])
})

test('a field cleared here and set there is a choice too', () => {
  const one = withAsthma()
  const two = A.clone(one, { actor: TWO })
  const { since: _, ...without } = ASTHMA
  const merged = A.merge(edit(one, LABEL, ENTRY, without, 2), edit(two, LABEL, ENTRY, { ...ASTHMA, since: '2018' }, 3))
  const [conflict] = conflictsIn(the(merged, LABEL, ...ENTRY).spot)
  expect(new Set(conflict?.candidates.map(each => each.value))).toEqual(new Set(['2018', null]))
})

test('fields that break a rule only together are shown without the one that breaks it', () => {
  const long = { ...ASTHMA, until: '2024', clinicalStatus: 'resolved' } as const
  const one = started(doc => addHandMade(doc, ...ENTRY, long, instant(1)))
  const two = A.clone(one, { actor: TWO })
  const merged = A.merge(
    edit(one, LABEL, ENTRY, { ...long, since: '2023' }, 2),
    edit(two, LABEL, ENTRY, { ...long, until: '2021' }, 3),
  )
  expect(fieldsOf(LABEL, the(merged, LABEL, ...ENTRY))?.kind).toBe('condition')
})

test('a packed reading is edited field by field beside its bytes', () => {
  const place = ['03~ab', '2x0zz'] as const
  const one = started(doc => addReading(doc, ...place, READING, instant(Date.parse(READING.takenAt))))
  const two = A.clone(one, { actor: TWO })
  expect(fieldsOf(YEAR, the(one, YEAR, ...place))).toMatchObject({ systolicMmHg: 128, note: 'after coffee' })
  const merged = A.merge(
    edit(one, YEAR, place, { ...READING, systolicMmHg: 130 }, 2),
    edit(two, YEAR, place, { ...READING, diastolicMmHg: 79, arm: 'left', note: 'rested' }, 3),
  )
  const entry = the(merged, YEAR, ...place)
  expect(typedFields(YEAR, entry)?.fields.get('systolicMmHg')).toBe(130)
  expect(typedFields(YEAR, entry)?.fields.get('diastolicMmHg')).toBe(79)
  expect(typedFields(YEAR, entry)?.fields.get('note')).toBe('rested')
  expect(conflictsIn(entry.spot)).toEqual([])
  expect(entriesIn(YEAR, merged)).toHaveLength(1)
  const removed = A.change(merged, draft => removeEntry(draft, entry))
  expect(Object.keys(removed).filter(key => key.includes(':'))).toEqual([])
  expect(entriesIn(YEAR, removed)).toEqual([])
})

test('what a cloned profile put into a bucket of the same name is seen, edited and removed like the rest', () => {
  const one = started(doc => addHandMade(doc, 'b~0', 'k1', ASTHMA, instant(1)))
  const two = A.change(A.init<DocMap>({ actor: TWO }), doc => addHandMade(doc, 'b~0', 'k2', ASTHMA, instant(1)))
  let doc = A.merge(one, two)
  expect(Object.keys(doc['b~0'] ?? {})).toHaveLength(1)
  expect(
    entriesIn(LABEL, doc)
      .map(entry => entry.key)
      .toSorted(),
  ).toEqual(['k1', 'k2'])
  for (const key of ['k1', 'k2']) doc = edit(doc, LABEL, ['b~0', key], { ...ASTHMA, name: `Edited ${key}` }, 2)
  const names = entriesIn(LABEL, doc).map(entry => typedFields(LABEL, entry)?.fields.get('name'))
  expect(new Set(names)).toEqual(new Set(['Edited k1', 'Edited k2']))
  for (const key of ['k1', 'k2']) {
    const entry = the(doc, LABEL, 'b~0', key)
    doc = A.change(doc, draft => setEntryBinned(draft, entry, instant(5)))
    doc = A.change(doc, draft => removeEntry(draft, entry))
  }
  expect(entriesIn(LABEL, doc)).toEqual([])
})

test('entriesIn() passes over what is not of our making', () => {
  const odd = started(doc => {
    doc['list'] = [1, 2]
    doc['text'] = 'x'
    doc['b'] = { k: 7, l: null, m: ['x'] }
    addHandMade(doc, 'b~0', 'k1', ASTHMA, instant(1))
  })
  expect(entriesIn(LABEL, odd).map(entry => entry.key)).toEqual(['k1'])
  expect(entriesIn(YEAR, odd)).toEqual([])
})
