import * as A from '@automerge/automerge'
import { expect, test } from 'vitest'
import { addedBy, changedBy, type LogAuthors } from '#app/core/record/authors.ts'
import { changedAt, type DocMap, isDocMap } from '#app/core/record/flat-fields.ts'
import { fieldsOf } from '#app/core/record/make-row.ts'
import { hasPast, rebasePlain, rebaseShard } from '#app/core/record/rebase-shard.ts'
import {
  addedAt,
  addHandMade,
  addReading,
  changedFields,
  entriesIn,
  entryIn,
  setEntryBinned,
  setFields,
  unpacked,
} from '#app/core/record/stored-entry.ts'
import { typedFields } from '#app/core/record/typed-fields.ts'
import { PrincipalId } from '#schema/ids.ts'
import { instant } from '#schema/instant.ts'
import type { EntryFields } from '#schema/record/entry.ts'

const [ONE, TWO, FRESH, THREE] = ['aa', 'bb', 'cc', 'dd'].map(byte => byte.repeat(16)) as [
  string,
  string,
  string,
  string,
]
const [ANA, BEA, LEE] = ['a1', 'be', '1e'].map(byte => PrincipalId.parse(byte.repeat(32))!) as [Person, Person, Person]
type Person = PrincipalId
const WRITERS = new Map([
  [ONE, ANA],
  [TWO, BEA],
  [FRESH, ANA],
  [THREE, LEE],
])
const authors: LogAuthors = {
  hasOthers: true,
  writerOf(actor) {
    const principal = WRITERS.get(actor)
    return principal && { principal }
  },
  isOwner: principal => principal === ANA,
}
const deps = { actor: FRESH, hiddenImports: new Set<string>(), authors }

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
  const { save, ...rest } = rebaseShard(label, doc, { ...deps, hiddenImports: new Set(hidden) })
  return { fresh: A.load<DocMap>(save), ...rest }
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

test('a corrected reading says what it says now and nothing of before, and the log it stood in has a past', () => {
  const label = 'readings/blood-pressure/2026'
  const added = { ...READING, systolicMmHg: 199, note: 'after cocaine' }
  const before = A.change(A.init<DocMap>({ actor: ONE }), draft => {
    addReading(draft, '03~aa', '0ab34', added, instant(Date.UTC(2026, 4, 1)))
  })
  expect(hasPast(label, before, new Set())).toBe(false)
  const { note: _, ...plain } = READING
  for (const now of [{ ...READING, systolicMmHg: 139 }, plain]) {
    const doc = edited(A.clone(before, { actor: TWO }), label, ['03~aa', '0ab34'], now)
    expect(hasPast(label, doc, new Set())).toBe(true)
    const { fresh } = rebased(label, doc)
    const entry = entryIn(label, fresh, '03~aa', '0ab34')!
    expect(fieldsOf(label, entry)).toEqual(now)
    expect(addedAt(label, entry)).toBe(Date.UTC(2026, 4, 1))
    expect(changedAt(entry.spot)).toBe(5)
    expect(unpacked(label, entry)?.fields).toMatchObject({ systolicMmHg: now.systolicMmHg })
    const everything = JSON.stringify(A.getAllChanges(fresh).map(change => A.decodeChange(change)))
    expect(everything).not.toContain('cocaine')
    expect(hasPast(label, fresh, new Set())).toBe(false)
  }
})

test('a reading whose time was corrected keeps its name, and its new time', () => {
  const label = 'readings/blood-pressure/2026'
  let doc = A.change(A.init<DocMap>({ actor: ONE }), draft => {
    addReading(draft, '03~aa', '0ab34', READING, instant(1))
  })
  const now = { ...READING, takenAt: '2025-11-02T08:00:00+01:00' }
  doc = edited(doc, label, ['03~aa', '0ab34'], now)
  const { fresh } = rebased(label, doc)
  expect(fieldsOf(label, entryIn(label, fresh, '03~aa', '0ab34')!)).toEqual(now)
  expect(hasPast(label, fresh, new Set())).toBe(false)
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

function addedIn(label: string, doc: A.Doc<DocMap>, bucket: string, key: string) {
  return addedBy(doc, entryIn(label, doc, bucket, key)!, authors)?.principal
}

test('addedBy() tells who put an entry there, also a reading in a bucket that somebody else made', () => {
  const label = 'readings/blood-pressure/2026'
  const one = A.change(A.init<DocMap>({ actor: ONE }), draft => {
    addReading(draft, '03~aa', '0ab12', READING, instant(1))
  })
  const both = A.change(A.clone(one, { actor: TWO }), draft => {
    addReading(draft, '03~aa', '0ab34', { ...READING, systolicMmHg: 199 }, instant(1))
  })
  expect([addedIn(label, both, '03~aa', '0ab12'), addedIn(label, both, '03~aa', '0ab34')]).toEqual([ANA, BEA])
})

test('changedBy() tells who set a field last, and names who set one without saying when', () => {
  let doc = A.change(A.init<DocMap>({ actor: ONE }), draft => {
    addHandMade(draft, 'a~0', 'k1', condition('Cough'), instant(1))
  })
  const changer = (of: A.Doc<DocMap>) => changedBy(of, entryIn('entries/0', of, 'a~0', 'k1')!, authors)?.principal
  doc = edited(A.clone(doc, { actor: TWO }), 'entries/0', ['a~0', 'k1'], condition('Whooping cough'))
  expect(changer(doc)).toBe(BEA)
  doc = A.change(A.clone(doc, { actor: ONE }), draft => {
    const entry = entryIn('entries/0', draft, 'a~0', 'k1')!
    setFields(draft, entry, 'condition', new Map([['name', 'Cough']]), instant(9))
  })
  expect(changer(doc)).toBe(ANA)
  doc = A.change(A.clone(doc, { actor: TWO }), draft => {
    const map = entryIn('entries/0', draft, 'a~0', 'k1')!.spot.map
    map['f:note'] = new A.ImmutableString('no time said')
    map['t:note'] = map['t:name']
  })
  expect(changer(doc)).toBe(ANA)
  doc = A.change(A.clone(doc, { actor: TWO }), draft => {
    entryIn('entries/0', draft, 'a~0', 'k1')!.spot.map['f:name'] = new A.ImmutableString('Forged')
  })
  expect(changer(doc)).toBe(BEA)
})

test('changedBy() tells who chose between two values, also the one that was shown already', () => {
  const one = A.change(A.init<DocMap>({ actor: ONE }), draft => {
    addHandMade(draft, 'a~0', 'k1', condition('Cough'), instant(1))
  })
  const place = ['a~0', 'k1'] as const
  const left = edited(A.clone(one, { actor: ONE }), 'entries/0', place, condition('Croup'))
  const right = edited(A.clone(one, { actor: TWO }), 'entries/0', place, condition('Asthma'))
  const merged = A.merge(A.clone(left, { actor: THREE }), right)
  for (const value of ['Croup', 'Asthma']) {
    const chosen = A.change(A.clone(merged, { actor: THREE }), draft => {
      const entry = entryIn('entries/0', draft, ...place)!
      setFields(draft, entry, 'condition', new Map([['name', value]]), instant(7))
    })
    expect(changedBy(chosen, entryIn('entries/0', chosen, ...place)!, authors)?.principal).toBe(LEE)
  }
})

test('who changed an entry last is kept too, until the owner changes it again', () => {
  const one = A.change(A.init<DocMap>({ actor: ONE }), draft => {
    addHandMade(draft, 'a~0', 'k1', condition('Cough'), instant(1))
  })
  const changed = edited(A.clone(one, { actor: TWO }), 'entries/0', ['a~0', 'k1'], condition('Whooping cough'))
  const { fresh, writers } = rebased('entries/0', changed)
  const changer = (doc: A.Doc<DocMap>) => changedBy(doc, entryIn('entries/0', doc, 'a~0', 'k1')!, authors)?.principal
  expect([...writers]).toEqual([ANA, BEA])
  expect([addedIn('entries/0', fresh, 'a~0', 'k1'), changer(fresh)]).toEqual([ANA, BEA])
  const again = rebased('entries/0', fresh).fresh
  expect([addedIn('entries/0', again, 'a~0', 'k1'), changer(again)]).toEqual([ANA, BEA])
  const later = A.change(A.clone(again, { actor: FRESH }), draft => {
    const entry = entryIn('entries/0', draft, 'a~0', 'k1')!
    setFields(draft, entry, 'condition', new Map([['name', 'Cough']]), instant(9))
  })
  expect(changer(later)).toBe(ANA)
})

test('who wrote is kept through any number of new beginnings, and nobody else than the owner can say so', () => {
  const lee = A.change(A.init<DocMap>({ actor: TWO }), draft => {
    addHandMade(draft, 'b~0', 'k1', condition('Fever'), instant(1))
  })
  const twice = rebased('entries/0', rebased('entries/0', lee).fresh).fresh
  expect(addedIn('entries/0', twice, 'b~0', 'k1')).toBe(BEA)
  const forged = A.change(A.clone(twice, { actor: TWO }), draft => {
    draft['y:b~0.k1'] = new A.ImmutableString(LEE)
  })
  expect(addedIn('entries/0', forged, 'b~0', 'k1')).toBeUndefined()
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
  expect(String(fresh['y:a~0'])).toBe(ANA)
  expect(String(fresh['y:a~0.k2'])).toBe(BEA)
  expect(String(fresh['y:b~0'])).toBe(BEA)
  expect(entriesIn('entries/0', fresh)).toHaveLength(3)
})

test('that the owner accepted an entry from somebody is kept, and who wrote one by themselves cannot say so', () => {
  const accepted = A.change(A.init<DocMap>({ actor: ONE }), draft => {
    addHandMade(draft, 'q~0', 'k1', condition('Fever'), instant(7))
    draft['y:q~0.k1'] = new A.ImmutableString(`${BEA} 7`)
  })
  const both = A.change(A.clone(accepted, { actor: TWO }), draft => {
    addHandMade(draft, 'b~0', 'k2', condition('Cough'), instant(8))
    draft['y:b~0.k2'] = new A.ImmutableString(`${BEA} 8`)
  })
  const { fresh } = rebased('entries/0', both)
  for (const doc of [both, fresh, rebased('entries/0', fresh).fresh]) {
    const writerOf = (bucket: string, key: string) => addedBy(doc, entryIn('entries/0', doc, bucket, key)!, authors)
    expect(writerOf('q~0', 'k1')).toEqual({ principal: BEA, acceptedAt: 7 })
    expect(writerOf('b~0', 'k2')).toEqual({ principal: BEA })
  }
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
