import { expect, test } from 'vitest'
import { homeOf } from '#app/core/record/home-view.ts'
import { makeRecordIndex } from '#app/core/record/record-index.ts'
import { monthOf, type Row } from '#app/core/record/row.ts'
import { makeTimelineReader } from '#app/core/record/timeline-reader.ts'
import type { Clock } from '#app/core/ports.ts'
import type { TimelineQuery } from '#app/core/session.ts'
import { instant } from '#schema/instant.ts'
import type { EntryId, EntrySummary, ImportId } from '#schema/record/entry.ts'
import { parseWhen } from '#schema/record/when.ts'
import { makeTestClock } from '#tests/support/test-clock.ts'

const SHARD = { section: 'problems', label: 'entries/0' } as const
const PREFIX = 'problems.e0.'
let count = 0

function rowOf(change: Partial<EntrySummary> & { readonly date?: string } = {}, rest: Partial<Row> = {}): Row {
  const { date, ...parts } = change
  const when = date === undefined ? undefined : parseWhen(date)
  const summary: EntrySummary = {
    id: `${PREFIX}b.k${String(count++).padStart(4, '0')}` as EntryId,
    kind: 'condition',
    section: 'problems',
    title: 'Asthma',
    status: 'active',
    source: { type: 'self' },
    codes: [],
    ...(when?.ok ? { when: when.value } : {}),
    ...parts,
  }
  return { summary, hasConflict: false, isUntouched: true, month: monthOf(summary), ...rest }
}

function indexOf(...rows: Row[]) {
  const index = makeRecordIndex()
  index.update(SHARD, rows, [])
  return index
}

const readerOf = (index: ReturnType<typeof indexOf>, clock: Pick<Clock, 'after' | 'now'> = makeTestClock()) =>
  makeTimelineReader(index, clock)

const fileOf = (importId: string, fileName = 'lab.json', author = 'Dr Özgür') =>
  ({ source: { type: 'import', importId: importId as ImportId, fileName, author } }) as const

test('the timeline goes newest first, a month as one run whatever the zones, a bare year after its months, undated last', async () => {
  const rows = [
    '2021-03-01T00:30:00+02:00',
    '2021-02-28T23:00:00Z',
    undefined,
    '2021',
    '2021-12',
    '2020-05-05',
    '2021-03-01',
  ]
  const timeline = readerOf(indexOf(...rows.map(date => rowOf(date === undefined ? {} : { date }))))
  expect((await timeline.rows({}, 0, 9)).map(row => row.when?.text)).toEqual([
    '2021-12',
    '2021-03-01',
    '2021-03-01T00:30:00+02:00',
    '2021-02-28T23:00:00Z',
    '2021',
    '2020-05-05',
    undefined,
  ])
  expect((await timeline.overview({})).months).toEqual([
    { month: '2021-12', start: 0, count: 1 },
    { month: '2021-03', start: 1, count: 2 },
    { month: '2021-02', start: 3, count: 1 },
    { month: '2021', start: 4, count: 1 },
    { month: '2020-05', start: 5, count: 1 },
    { month: '', start: 6, count: 1 },
  ])
})

test('a text filter wants every word, folded for case and accents, in title, value, code or source', async () => {
  const timeline = readerOf(
    indexOf(
      rowOf({ title: 'Crème allergy' }),
      rowOf({ title: 'Cholesterol', ...fileOf('a'), codes: [{ display: 'LDL' }] }),
      rowOf({ title: 'BP', value: { type: 'blood-pressure', systolicMmHg: 120, diastolicMmHg: 80 } }),
    ),
  )
  const titles = async (text: string) => (await timeline.rows({ text }, 0, 9)).map(row => row.title)
  expect(await titles('CREME')).toEqual(['Crème allergy'])
  expect(await titles('ldl  ozgur lab.json')).toEqual(['Cholesterol'])
  expect(await titles('120/80')).toEqual(['BP'])
  expect(await titles('creme ldl')).toEqual([])
  expect(await titles(' ')).toHaveLength(3)
})

test('filters by kind, section, source and date, and counts what there is to filter by', async () => {
  const timeline = readerOf(
    indexOf(
      rowOf({ date: '2020-01-01' }),
      rowOf({ kind: 'note', section: 'story', date: '2021-01-01' }),
      rowOf({ ...fileOf('a'), date: '2022-01-01' }),
      rowOf({}),
    ),
  )
  const total = async (query: Parameters<typeof timeline.overview>[0]) => (await timeline.overview(query)).total
  expect(await total({ kinds: ['note'] })).toBe(1)
  expect(await total({ sections: ['problems'], sources: ['self'] })).toBe(2)
  expect(await total({ sources: ['a'] })).toBe(1)
  expect(await total({ from: instant(Date.parse('2021-01-01')), to: instant(Date.parse('2021-12-31')) })).toBe(1)
  expect(timeline.facets()).toEqual({
    kinds: [
      { kind: 'condition', count: 3 },
      { kind: 'note', count: 1 },
    ],
    sections: [
      { section: 'problems', count: 3, privateCount: 0 },
      { section: 'story', count: 1, privateCount: 0 },
    ],
    sources: [
      { source: 'self', label: '', count: 3 },
      { source: 'a', label: 'lab.json', count: 1 },
    ],
    years: [2022, 2021, 2020],
  })
})

test('a text finds what was added, changed and taken away since the last search', async () => {
  const [gout, asthma] = [rowOf({ title: 'Gout', date: '2020-01-01' }), rowOf({ title: 'Asthma', date: '2019-01-01' })]
  const index = indexOf(gout, asthma)
  const timeline = readerOf(index)
  const titles = async (text: string) => (await timeline.rows({ text }, 0, 9)).map(row => row.title)
  expect(await titles('gou')).toEqual(['Gout'])
  index.update(SHARD, [rowOf({ title: 'Bruise', date: '2021-01-01' })], [])
  expect(await titles('gou')).toEqual(['Gout'])
  expect(await titles('bru')).toEqual(['Bruise'])
  index.update(SHARD, [], [gout.summary.id])
  expect(await titles('gou')).toEqual([])
  expect(await titles('asth')).toEqual(['Asthma'])
  index.update(SHARD, [rowOf({ id: asthma.summary.id, title: 'Croup', date: '2022-01-01' })], [])
  expect(await titles('asth')).toEqual([])
  const asked = titles('bru')
  index.update(SHARD, [rowOf({ title: 'Bruised rib', date: '2023-01-01' })], [])
  expect(await asked).toEqual(['Bruised rib', 'Bruise'])
})

test('an index changed bit by bit stands in the same order as one made at once', () => {
  const rows = Array.from({ length: 300 }, (_, at) => rowOf({ date: `20${10 + ((at * 7) % 13)}-0${1 + (at % 9)}-11` }))
  const index = makeRecordIndex()
  for (const [at, row] of rows.entries()) {
    index.update(SHARD, [row], [])
    if (at % 5 === 0) index.visible()
  }
  const moved = rows.map((row, at) => (at % 3 === 0 ? { ...rowOf({ id: row.summary.id, date: '2019-07-07' }) } : row))
  for (const row of moved) index.update(SHARD, [row], [])
  for (const row of moved.slice(0, 20)) index.update(SHARD, [], [row.summary.id])
  expect(index.visible()).toEqual(indexOf(...moved.slice(20)).visible())
  expect(index.size).toBe(280)
})

test('of one resource brought in twice one is seen: the touched one, and none when that is in the bin', () => {
  const first = rowOf(fileOf('a'), { identity: 'same' })
  const second = rowOf(fileOf('b'), { identity: 'same' })
  const index = indexOf(first, second)
  expect(index.visible()).toEqual([first])
  const touched = { ...second, isUntouched: false }
  index.update(SHARD, [touched], [])
  expect(index.visible()).toEqual([touched])
  index.update(SHARD, [{ ...touched, binnedAt: instant(5) }], [])
  expect(index.visible()).toEqual([])
  expect(index.withIdentity('same')?.binnedAt).toBe(5)
  index.hide(new Set(['b']))
  expect(index.visible()).toEqual([first])
  expect(index.binned()).toEqual([])
})

test('home shows what matters now: nothing that is over, one row for one thing, the newest of each test and unit', () => {
  const lab = (date: string, value: number, unit: string) =>
    rowOf({
      kind: 'lab-result',
      section: 'results',
      title: 'HbA1c',
      date,
      codes: [{ system: 'http://loinc.org', code: '39156-5' }],
      value: { type: 'quantity', quantity: { value, unit, isUcum: true } },
    })
  const weights = Array.from({ length: 14 }, (_, at) =>
    rowOf({ kind: 'weight', section: 'vitals', title: 'Weight', date: `2022-01-${at + 10}` }),
  )
  const conflict = rowOf({ title: 'Eczema' }, { hasConflict: true })
  const index = indexOf(
    rowOf({ title: 'Asthma', date: '2019' }),
    rowOf({ title: 'ASTHMA', date: '2020' }),
    rowOf({ title: 'Flu', status: 'past' }),
    rowOf({ title: 'Wrong', status: 'mistaken' }),
    rowOf({ kind: 'medicine', section: 'medicines', title: 'Salbutamol', status: 'unknown' }),
    rowOf({ kind: 'allergy', section: 'allergies', title: 'Peanut' }),
    conflict,
    lab('2020-01-01', 6, '%'),
    lab('2021-01-01', 7, '%'),
    lab('2019-01-01', 50, 'mmol/mol'),
    ...weights,
  )
  const home = homeOf(index.visible(), 'Ada')
  expect(home.problems.map(row => [row.title, row.when?.text])).toEqual([
    ['ASTHMA', '2020'],
    ['Eczema', undefined],
  ])
  expect(home.medicines.map(row => row.title)).toEqual(['Salbutamol'])
  expect(home.allergies.map(row => row.title)).toEqual(['Peanut'])
  expect(home.latestResults.map(row => row.when?.text)).toEqual(['2021-01-01', '2019-01-01'])
  expect(home.latestWeight.map(row => row.when?.text).slice(0, 2)).toEqual(['2022-01-23', '2022-01-22'])
  expect(home.latestWeight).toHaveLength(10)
  expect(home.conflicts).toEqual([conflict.summary.id])
  expect(home.total).toBe(24)
  expect(home.counts.find(each => each.section === 'vitals')?.count).toBe(14)
})

test('a text finds what is shown in place of a title: names of codes, the code and its system, the kind in the reader’s language', async () => {
  const loinc = rowOf({ kind: 'lab-result', title: '', codes: [{ system: 'http://loinc.org', code: '39156-5' }] })
  const icd = rowOf({ title: '', codes: [{ system: 'http://hl7.org/fhir/sid/icd-10-cm', code: 'E11.9' }] })
  const shot = rowOf({
    kind: 'immunization',
    title: '',
    codes: [{ system: 'http://hl7.org/fhir/sid/cvx', code: '03' }],
  })
  const weight = rowOf({ kind: 'weight', title: '', codes: [{ system: 'http://loinc.org', code: '29463-7' }] })
  const none = rowOf({
    kind: 'statement',
    section: 'allergies',
    title: 'none',
    codes: [{ system: 'http://snomed.info/sct', code: '716186003' }],
  })
  const timeline = readerOf(indexOf(loinc, icd, shot, weight, none))
  const words = { kinds: { weight: 'Gewicht' }, absences: { 'none.allergies': 'Keine Allergien bekannt' } }
  const found = async (text: string) => (await timeline.rows({ text, words }, 0, 9)).map(({ id }) => id)
  expect(await found('body mass')).toEqual([loinc.summary.id])
  expect(await found('e11.9 icd-10')).toEqual([icd.summary.id])
  expect(await found('mmr')).toEqual([shot.summary.id])
  expect(await found('gewicht')).toEqual([weight.summary.id])
  expect(await found('keine allergien')).toEqual([none.summary.id])
  const inFrench = await timeline.rows({ text: 'poids', words: { kinds: { weight: 'Poids' } } }, 0, 9)
  expect(inFrench.map(({ id }) => id)).toEqual([weight.summary.id])
})

test('doses and stock are in no list, count or search but those that ask for them by kind', async () => {
  const dose = rowOf({ kind: 'dose', section: 'medicines', title: 'Metformin', date: '2026-03-04' })
  const medicine = rowOf({ kind: 'medicine', section: 'medicines', title: 'Metformin', date: '2026-03-01' })
  const index = indexOf(dose, medicine, rowOf({ kind: 'stock', section: 'medicines', title: 'Metformin' }))
  const reader = readerOf(index)
  const found = async (query: TimelineQuery) => (await reader.rows(query, 0, 9)).map(row => row.kind)
  expect(await found({})).toEqual(['medicine'])
  expect(await found({ sections: ['medicines'], text: 'metformin' })).toEqual(['medicine'])
  expect(await found({ kinds: ['dose', 'stock'] })).toEqual(['dose', 'stock'])
  const facets = reader.facets()
  expect(facets.sections).toMatchObject([{ section: 'medicines', count: 1 }])
  expect(facets.kinds).toContainEqual({ kind: 'dose', count: 1 })
  const home = homeOf(index.visible(), 'Ada')
  expect([home.total, home.recent.length, home.medicines.length]).toEqual([1, 1, 1])
})

test('what a search needs is made ready once, a while after somebody asks what there is to narrow by', async () => {
  const asked: { readonly delayMs: number; readonly run: () => void }[] = []
  const clock = {
    now: () => instant(0),
    after(delayMs: number, run: () => void) {
      asked.push({ delayMs, run })
      return () => undefined
    },
  }
  const reader = readerOf(indexOf(rowOf({ title: 'Gout' })), clock)
  reader.facets()
  reader.facets()
  expect(asked.map(({ delayMs }) => delayMs)).toEqual([200])
  asked[0]?.run()
  reader.facets()
  expect(asked).toHaveLength(2)
  expect((await reader.rows({ text: 'gou' }, 0, 9)).map(({ title }) => title)).toEqual(['Gout'])
})

test('a new result that was not shown is found by its name, and by nothing that it says', async () => {
  const day = (daysAgo: number) => new Date(Date.now() - daysAgo * 86_400_000).toISOString().slice(0, 10)
  const result = (title: string, daysAgo: number) =>
    rowOf({
      kind: 'lab-result',
      section: 'results',
      title,
      date: day(daysAgo),
      value: { type: 'text', text: 'positive' },
    })
  const [waiting, shown, old] = [result('Culture', 2), result('Smear', 2), result('Swab', 200)]
  const reader = readerOf(indexOf(waiting, shown, old))
  const shownResults = [shown.summary.id]
  const found = async (query: TimelineQuery) => (await reader.rows(query, 0, 9)).map(({ title }) => title).toSorted()
  expect(await found({ text: 'positive' })).toEqual(['Culture', 'Smear', 'Swab'])
  expect(await found({ text: 'positive', shownResults })).toEqual(['Smear', 'Swab'])
  expect(await found({ text: 'culture positive', shownResults })).toEqual([])
  expect(await found({ text: 'cultu', shownResults })).toEqual(['Culture'])
  expect(await found({ shownResults })).toEqual(['Culture', 'Smear', 'Swab'])
})
