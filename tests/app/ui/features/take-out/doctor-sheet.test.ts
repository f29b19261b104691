import { expect, test } from 'vitest'
import { lineOf, testsIn, usualTests } from '#app/ui/features/take-out/doctor-sheet.ts'
import { changesSince, lastVisitDay } from '#app/core/exchange/report/changes-since.ts'
import { currentOf } from '#app/ui/record/current-of.ts'
import type { EntryFacts } from '#app/core/exchange/report/entry-facts.ts'
import { instant } from '#schema/instant.ts'
import type { EntryId, EntrySummary } from '#schema/record/entry.ts'
import { parseWhen } from '#schema/record/when.ts'

let count = 0
function facts(summary: Partial<EntrySummary> & { readonly day?: string }, rest: Partial<EntryFacts> = {}): EntryFacts {
  const { day, ...own } = summary
  const when = parseWhen(day)
  return {
    summary: {
      id: `x${count++}` as EntryId,
      kind: 'condition',
      section: 'problems',
      title: 'Asthma',
      status: 'active',
      source: { type: 'import', importId: 'i' as never, fileName: 'f.json' },
      codes: [],
      ...(when.ok ? { when: when.value } : {}),
      ...own,
    },
    addedAt: instant(0),
    changedAt: instant(0),
    ...rest,
  }
}
const ms = (day: string) => Date.parse(day)
const result = (day: string, value: number, unit: string, code = '2345-7', rest: Partial<EntryFacts> = {}, more = {}) =>
  facts(
    {
      day,
      kind: 'lab-result',
      title: 'Glucose',
      codes: [{ system: 'http://loinc.org', code }],
      value: { type: 'quantity', quantity: { value, unit, isUcum: true } },
      ...more,
    },
    rest,
  )

test('currentOf() has each thing once, the newest, and nothing that is over or not so', () => {
  const list = [
    facts({ day: '2025-01-01', title: 'Ásthma' }),
    facts({ day: '2020-01-01', title: 'asthma' }),
    facts({ title: 'Gout', status: 'past' }),
    facts({ title: 'Lupus', isNegated: true }),
    facts({ title: 'Nuts', kind: 'allergy' }),
  ]
  expect(currentOf(list, 'condition').map(({ summary }) => summary.title)).toEqual(['Ásthma'])
})

test('changesSince() tells what is new, over or changed by hand, and nothing else', () => {
  const self = { type: 'self' } as const
  const list = [
    facts({ title: 'New', day: '2026-03-02' }),
    facts({ title: 'Old', day: '2020-01-01' }),
    facts({ title: 'Stopped', day: '2020-01-01', kind: 'medicine' }, { until: '2026-03-03' }),
    facts(
      { title: 'Typed', source: self },
      { addedAt: instant(ms('2026-03-04')), changedAt: instant(ms('2026-03-04')) },
    ),
    facts({ title: 'Edited', source: self }, { addedAt: instant(0), changedAt: instant(ms('2026-03-04')) }),
    facts({ title: 'Brought in late', day: '2020-01-01' }, { addedAt: instant(ms('2026-03-04')) }),
    facts({ title: 'Measured', day: '2026-03-02', kind: 'weight' }),
    facts({ title: 'Planned', day: '2026-03-02', status: 'planned' }),
    facts({ title: 'Ends later', day: '2020-01-01' }, { until: '2027-01-01' }),
  ]
  const told = changesSince(list, ms('2026-03-01'), ms('2026-04-01')).map(({ facts: each, how }) => [
    each.summary.title,
    how,
  ])
  expect(told).toEqual([
    ['New', 'new'],
    ['Stopped', 'ended'],
    ['Typed', 'new'],
    ['Edited', 'changed'],
  ])
})

test('lastVisitDay() is the last visit that took place', () => {
  const visit = (day: string, status: EntrySummary['status'], isNegated?: true) =>
    facts({ day, kind: 'visit', status, ...(isNegated && { isNegated }) })
  const list = [
    visit('2026-05-01T10:00:00Z', 'planned'),
    visit('2026-04-01', 'past', true),
    visit('2026-03-01T09:00:00+01:00', 'past'),
    visit('2025-01-01', 'past'),
  ]
  const rows = list.map(({ summary }) => summary)
  expect(lastVisitDay(rows, ms('2026-06-01'))).toBe('2026-03-01')
  expect(lastVisitDay(rows, ms('2026-01-01'))).toBe('2025-01-01')
  expect(lastVisitDay([], 0)).toBeUndefined()
})

test('one substance in two units is one test, drawn in the unit of the newest by its own factor', () => {
  const [glucose, ...others] = testsIn([
    result('2026-03-01', 6, 'mmol/L', '14749-6'),
    result('2026-02-01', 100, 'mg/dL'),
    result('2026-01-01', 1, 'g/L'),
    result('2026-01-01', 7, '%', '4548-4'),
  ])
  expect(glucose?.rows).toHaveLength(3)
  expect(others).toHaveLength(1)
  expect(lineOf(glucose!, { units: 'metric', labUnits: 'reported' })).toEqual({
    unit: 'mmol/L',
    points: [
      { at: ms('2026-02-01'), value: 5.551 },
      { at: ms('2026-03-01'), value: 6 },
    ],
  })
  expect(lineOf(others[0]!, { units: 'metric', labUnits: 'reported' })).toBeUndefined()
})

test('a weight is drawn in the units of the reader', () => {
  const weight = (day: string, value: number) => result(day, value, 'kg', '29463-7')
  const rows = [weight('2026-03-02', 70), weight('2026-03-01', 71)]
  expect(lineOf({ rows }, { units: 'imperial', labUnits: 'reported' })).toMatchObject({
    unit: '[lb_av]',
    points: [{ value: 156.5 }, { value: 154.3 }],
  })
})

test('the same change twice is told once', () => {
  const flu = () => facts({ title: 'Flu shot', kind: 'immunization', day: '2026-03-02' })
  expect(changesSince([flu(), flu()], ms('2026-03-01'), ms('2026-04-01'))).toHaveLength(1)
})

test('two units of something else never share a line', () => {
  const test = testsIn([result('2026-03-01', 6, 'mmol/L', '9999-9'), result('2026-02-01', 100, 'mg/dL', '9999-9')])[0]!
  expect(lineOf(test, { units: 'metric', labUnits: 'reported' })).toBeUndefined()
})

test('usualTests() puts what is out of its range first', () => {
  const tests = testsIn([
    result('2026-03-01', 1, 'a', '1'),
    result('2026-02-01', 1, 'a', '2', {}, { flag: 'normal' }),
    result('2026-01-01', 1, 'a', '3', {}, { flag: 'critical-high' }),
  ])
  expect(usualTests(tests, 2)).toEqual(['http://loinc.org|3', 'http://loinc.org|1'])
})
