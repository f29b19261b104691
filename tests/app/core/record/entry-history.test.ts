import * as A from '@automerge/automerge'
import { beforeAll, expect, test } from 'vitest'
import type { AuthorDeps } from '#app/core/record/entry-detail.ts'
import { historyOf } from '#app/core/record/entry-history.ts'
import type { DocMap } from '#app/core/record/flat-fields.ts'
import { rebaseShard } from '#app/core/record/rebase-shard.ts'
import { addHandMade, addReading, entryIn, setEntryBinned, setFields } from '#app/core/record/stored-entry.ts'
import { readyCrypto } from '#crypto/sodium.ts'
import { PrincipalId } from '#schema/ids.ts'
import { instant } from '#schema/instant.ts'
import type { EntryFields } from '#schema/record/entry.ts'
import { makeWorld } from './record-world.ts'

const [ANA, BEA] = [PrincipalId.parse('a1'.repeat(32))!, PrincipalId.parse('b2'.repeat(32))!]
const [OF_ANA, OF_BEA] = ['aa'.repeat(16), 'bb'.repeat(16)]
const BUCKET = 'a~0'
const authors = {
  hasOthers: true,
  writerOf: (actor: string) => ({ principal: actor === OF_BEA ? BEA : ANA }),
  isOwner: (principal: PrincipalId) => principal === ANA,
}
const deps: AuthorDeps = {
  authors,
  names: {
    authorOf: ({ principal }) => (principal === ANA ? { type: 'you' } : { type: 'member', id: principal, name: 'Bea' }),
    actingDevices: () => new Set(),
    subscribe: () => () => undefined,
  },
}

beforeAll(readyCrypto)

const asthma: EntryFields = { kind: 'condition', name: 'Asthma', clinicalStatus: 'active' }

const begun = () =>
  A.change(A.init<DocMap>({ actor: OF_ANA }), draft => {
    addHandMade(draft, BUCKET, 'k1', asthma, instant(1000))
    addHandMade(draft, BUCKET, 'k2', { ...asthma, name: 'Cough' }, instant(1000))
  })

const edit = (doc: A.Doc<DocMap>, key: string, fields: Readonly<Record<string, string | null>>, at: number) =>
  A.change(doc, draft =>
    setFields(
      draft,
      entryIn('entries/0', draft, BUCKET, key)!,
      'condition',
      new Map(Object.entries(fields)),
      instant(at),
    ),
  )

const history = (doc: A.Doc<DocMap>, key: string, count = 20, label = 'entries/0') =>
  historyOf(label, doc, entryIn(label, doc, BUCKET, key)!, deps, count)

test('historyOf() tells who changed which field from what to what, the newest first, and nothing of other entries', async () => {
  let doc = edit(begun(), 'k1', { name: 'Mild asthma', note: 'At night' }, 2000)
  doc = edit(doc, 'k2', { name: 'Dry cough' }, 2500)
  const bea = edit(A.clone(doc, { actor: OF_BEA }), 'k1', { clinicalStatus: 'resolved', note: null }, 3000)
  expect(await history(bea, 'k1')).toEqual({
    olderCount: 0,
    changes: [
      {
        act: 'changed',
        at: 3000,
        by: { type: 'member', id: BEA, name: 'Bea' },
        fields: [
          { field: 'clinicalStatus', before: 'active', after: 'resolved' },
          { field: 'note', before: 'At night', after: null },
        ],
        version: { kind: 'condition', name: 'Mild asthma', clinicalStatus: 'resolved' },
      },
      {
        act: 'changed',
        at: 2000,
        by: { type: 'you' },
        fields: [
          { field: 'name', before: 'Asthma', after: 'Mild asthma' },
          { field: 'note', before: null, after: 'At night' },
        ],
        version: { ...asthma, name: 'Mild asthma', note: 'At night' },
      },
      { act: 'added', at: 1000, by: { type: 'you' }, fields: [], version: asthma },
    ],
  })
})

test('historyOf() says of two who wrote at once what each of them saw, and of a choice what it took the place of', async () => {
  const doc = begun()
  const bea = edit(A.clone(doc, { actor: OF_BEA }), 'k1', { name: 'Bronchitis' }, 2000)
  const both = A.merge(edit(doc, 'k1', { name: 'Wheeze' }, 2001), bea)
  const at = (told: Awaited<ReturnType<typeof history>>) =>
    told.changes.flatMap(change => change.fields.map(({ before, after }) => [before, after]))
  expect(
    at(await history(both, 'k1'))
      .map(String)
      .toSorted(),
  ).toEqual(['Asthma,Bronchitis', 'Asthma,Wheeze'])
  const shown = String(entryIn('entries/0', both, BUCKET, 'k1')!.spot.map['f:name'])
  const other = shown === 'Wheeze' ? 'Bronchitis' : 'Wheeze'
  const chosen = edit(both, 'k1', { name: shown }, 3000)
  expect(at(await history(chosen, 'k1'))[0]).toEqual([other, shown])
})

test('historyOf() tells of the bin and back, and how many changes there are before those asked for', async () => {
  let doc = begun()
  for (const since of [instant(2000), undefined]) {
    doc = A.change(doc, draft => setEntryBinned(draft, entryIn('entries/0', draft, BUCKET, 'k1')!, since))
  }
  for (let at = 0; at < 30; at++) doc = edit(doc, 'k1', { name: `Asthma ${at}` }, 3000 + at)
  const told = await history(doc, 'k1', 31)
  expect([told.changes.length, told.olderCount]).toEqual([31, 2])
  expect(told.changes[30]?.act).toBe('restored')
  expect((await history(doc, 'k1', 50)).changes.map(change => change.act).slice(30)).toEqual([
    'restored',
    'binned',
    'added',
  ])
})

test('historyOf() of a packed reading begins with what was packed', async () => {
  const label = 'readings/blood-pressure/2026'
  const taken = {
    kind: 'blood-pressure',
    takenAt: '2026-03-04T08:00:00+00:00',
    systolicMmHg: 140,
    diastolicMmHg: 90,
    note: 'Tired',
  } as const
  let doc = A.change(A.init<DocMap>({ actor: OF_ANA }), draft =>
    addReading(draft, BUCKET, '0a0zz', taken, instant(Date.parse(taken.takenAt))),
  )
  doc = A.change(doc, draft =>
    setFields(
      draft,
      entryIn(label, draft, BUCKET, '0a0zz')!,
      'blood-pressure',
      new Map([['systolicMmHg', 130]]),
      instant(Date.parse(taken.takenAt) + 5),
    ),
  )
  const told = await history(doc, '0a0zz', 20, label)
  expect(told.changes.map(({ act, fields }) => [act, fields])).toEqual([
    ['changed', [{ field: 'systolicMmHg', before: 140, after: 130 }]],
    ['added', []],
  ])
})

test('historyOf() of a shard that was begun anew has nothing from before', async () => {
  const doc = edit(begun(), 'k1', { name: 'Secret before' }, 2000)
  const now = edit(doc, 'k1', { name: 'Asthma' }, 3000)
  const { save } = rebaseShard('entries/0', now, { actor: OF_BEA, hiddenImports: new Set(), authors })
  const told = await history(A.load<DocMap>(save), 'k1')
  expect(told.changes).toHaveLength(1)
  expect(JSON.stringify(told)).not.toContain('Secret before')
})

test('a version is brought back as a new change, which can be undone; of an import it begins with its source’s word', async () => {
  const world = await makeWorld()
  const { record } = await world.device()
  const bundle = {
    resourceType: 'Condition',
    id: 'c1',
    code: { text: 'Asma' },
    clinicalStatus: { coding: [{ code: 'active' }] },
  }
  const preview = await record.previewImport(new Blob([JSON.stringify(bundle)]), 'clinic.json')
  if (!preview.ok) throw new Error('no preview')
  const saved = await record.commitImport(preview.value.importId)
  expect(saved.ok).toBe(true)
  const [row] = await record.timelineRows({}, 0, 5)
  const id = row!.id
  await record.editEntry(id, asthma)
  await record.editEntry(id, { ...asthma, name: 'Asthma, mild' })
  const told = await record.entryHistory(id, 20)
  expect(told?.changes.map(({ act, fields }) => [act, fields])).toEqual([
    ['changed', [{ field: 'name', before: 'Asthma', after: 'Asthma, mild' }]],
    ['changed', [{ field: 'name', before: 'Asma', after: 'Asthma' }]],
    ['added', []],
  ])
  await record.editEntry(id, told!.changes[2]!.version!)
  expect((await record.timelineRows({}, 0, 5))[0]?.title).toBe('Asma')
  await record.undo()
  expect((await record.timelineRows({}, 0, 5))[0]?.title).toBe('Asthma, mild')
  expect((await record.entryHistory(id, 20))?.changes).toHaveLength(5)
})
