import { beforeAll, expect, test } from 'vitest'
import type { Row } from '#app/core/record/row.ts'
import { changeOf, groupTests } from '#app/core/record/test-groups.ts'
import { readyCrypto } from '#crypto/sodium.ts'
import type { Coding, EntryId, EntrySummary, ImportId, Quantity } from '#schema/record/entry.ts'
import { parseWhen } from '#schema/record/when.ts'

beforeAll(() => readyCrypto())

const loinc = (code: string): Coding => ({ system: 'http://loinc.org', code })
let made = 0

function row(day: string | undefined, more: Partial<EntrySummary> = {}, rest: Partial<Row> = {}): Row {
  const when = parseWhen(day)
  const summary: EntrySummary = {
    id: `r${made++}` as EntryId,
    kind: 'lab-result',
    section: 'results',
    title: 'Sodium',
    status: 'active',
    source: { type: 'import', importId: '0f' as ImportId, fileName: 'lab.json' },
    codes: [loinc('2951-2')],
    ...(when.ok ? { when: when.value } : {}),
    ...more,
  }
  return { summary, hasConflict: false, isUntouched: true, month: day?.slice(0, 7) ?? '', ...rest }
}

const amount = (value: number, unit = 'mmol/L', comparator?: Quantity['comparator']) =>
  ({
    value: { type: 'quantity', quantity: { value, unit, isUcum: true, ...(comparator && { comparator }) } },
  }) as const

const groupsOf = (rows: readonly Row[]) => [...groupTests(rows).values()].map(({ group }) => group)

test('groupTests() puts results of one code together, else of one name, and nothing else', () => {
  const rows = [
    row('2026-05-01', { title: 'Sodium [Moles/volume]', ...amount(140) }),
    row('2026-04-01', { title: 'Natrium', ...amount(141) }),
    row('2026-03-01', { codes: [{ system: 'urn:local', code: 'NA' }], ...amount(139) }),
    row('2026-02-01', { codes: [], title: 'Sédiment', ...amount(1) }),
    row('2026-01-01', { codes: [], title: 'sediment', ...amount(2) }),
    row('2026-01-01', { codes: [], title: '' }),
    row('2026-01-01', { codes: [], title: '' }),
    row('2026-01-01', { status: 'mistaken', ...amount(1) }),
    row('2026-01-01', { isNegated: true, ...amount(1) }),
    row('2026-01-01', { kind: 'vital-sign', ...amount(1) }),
  ]
  expect(groupsOf(rows).map(({ count }) => count)).toEqual([2, 1, 2, 1, 1])
  expect(new Set(groupsOf(rows).map(({ key }) => key)).size).toBe(5)
  expect(groupsOf(rows).every(({ key }) => /^[0-9a-f]{16}$/.test(key))).toBe(true)
})

test('groupTests() tells the change from the newest number before it in the same unit, or converted for certain', () => {
  const [sodium] = groupsOf([
    row('2026-05-01', amount(140)),
    row('2026-05-01', amount(9)),
    row('2026-04-01', amount(3, 'g/L')),
    row('2026-03-01', { value: { type: 'text', text: 'haemolysed' } }),
    row('2026-02-01', amount(135)),
  ])
  expect(sodium).toMatchObject({ change: 'up', before: { when: { text: '2026-02-01' } }, units: ['mmol/L', 'g/L'] })
  const glucose = { codes: [loinc('2345-7')] }
  const [converted] = groupsOf([
    row('2026-05-01', { ...glucose, ...amount(5) }),
    row('2026-04-01', { ...glucose, ...amount(100, 'mg/dL') }),
  ])
  expect(converted?.change).toBe('down')
  expect(groupsOf([row('2026-05-01', amount(1))])[0]?.before).toBeUndefined()
  expect(groupsOf([row(undefined, amount(1)), row(undefined, amount(2))])[0]?.before).toBeUndefined()
})

test('changeOf() says only what is certain where a value is a bound', () => {
  const change = (from: Partial<EntrySummary>, to: Partial<EntrySummary>) =>
    changeOf(row('2026-01-01', from).summary, row('2026-02-01', to).summary)
  expect(change(amount(5, 'u', '<'), amount(7, 'u'))).toBe('up')
  expect(change(amount(5, 'u', '<'), amount(5, 'u'))).toBe('up')
  expect(change(amount(5, 'u', '<='), amount(5, 'u'))).toBeUndefined()
  expect(change(amount(5, 'u', '<'), amount(3, 'u'))).toBeUndefined()
  expect(change(amount(5, 'u', '<'), amount(5, 'u', '<'))).toBe('same')
  expect(change(amount(90, 'u', '>'), amount(60, 'u'))).toBe('down')
  expect(change(amount(90, 'u', '>'), amount(95, 'u'))).toBeUndefined()
  expect(change(amount(1, 'u'), amount(90, 'u', '>'))).toBe('up')
  expect(change(amount(1, 'u'), amount(2, 'v'))).toBeUndefined()
})

test('groupTests() finds the panel by what a report lists, else the only report of that source and moment', () => {
  const report = (day: string, title: string, more: Partial<Row> = {}) =>
    row(day, { kind: 'report', title, codes: [] }, more)
  const rows = [
    report('2026-05-02', 'Metabolic panel', { lists: ['b'] }),
    report('2026-05-01', 'Metabolic panel', { lists: ['a'] }),
    report('2026-04-01T08:00:00Z', 'Blood count'),
    report('2026-03-01T08:00:00Z', 'One of two'),
    report('2026-03-01T08:00:00Z', 'Two of two'),
    report('2026-02-01', 'Of that day'),
    row('2026-05-01', amount(140), { thing: 'a' }),
    row('2026-04-01T08:00:00Z', { codes: [loinc('718-7')], ...amount(9) }),
    row('2026-03-01T08:00:00Z', { codes: [loinc('1-1')], ...amount(9) }),
    row('2026-02-01', { codes: [loinc('1-2')], ...amount(9) }),
    row('2026-01-01', { codes: [loinc('1-3')], title: 'A panel among the results' }, { lists: ['c'] }),
    row('2026-01-01', { codes: [loinc('1-4')], ...amount(9) }, { behind: [row('2026-01-01', {}, { thing: 'c' })] }),
  ]
  const panels = groupsOf(rows).map(({ panel }) => panel?.report)
  expect(panels.map(found => found?.title)).toEqual([
    'Metabolic panel',
    'Blood count',
    undefined,
    undefined,
    'A panel among the results',
  ])
  expect(panels[0]?.when?.text).toBe('2026-05-02')
})
