import { expect, test } from 'vitest'
import { vaccinesDue } from '#app/core/exchange/report/vaccines-due.ts'
import { groupsOf, sectionsOf } from '#app/ui/features/sections/groups.ts'
import type { EntryId, EntrySummary } from '#schema/record/entry.ts'

const entry = (change: Partial<EntrySummary>): EntrySummary => ({
  id: 'x' as EntryId,
  kind: 'condition',
  section: 'problems',
  title: 'Asthma',
  status: 'active',
  source: { type: 'self' },
  codes: [],
  ...change,
})

test('groupsOf() puts what is to come first, then what is, then what is over, was not so or was a mistake', () => {
  const entries = [
    entry({ title: 'is' }),
    entry({ title: 'over', section: 'past-problems', status: 'past' }),
    entry({ title: 'ruled out', isNegated: true }),
    entry({ title: 'planned', status: 'planned' }),
    entry({ title: 'visited', kind: 'visit', section: 'visits', status: 'past' }),
    entry({ title: 'stopped', kind: 'medicine', status: 'past' }),
    entry({ title: 'wrong', status: 'mistaken' }),
    entry({ title: 'unknown', status: 'unknown' }),
  ]
  expect(groupsOf(entries).map(({ title, entries: found }) => [title, found.map(each => each.title)])).toEqual([
    ['section.planned', ['planned']],
    ['section.now', ['is', 'unknown']],
    ['section.soFar', ['visited']],
    ['section.over', ['over', 'ruled out', 'stopped', 'wrong']],
  ])
  expect(sectionsOf('problems')).toEqual(['problems', 'past-problems'])
  expect(sectionsOf('visits')).toEqual(['visits'])
})

test('vaccinesDue() reads what a recommendation says, passes over what it cannot name, and is total', () => {
  const coded = (code: string) => ({ coding: [{ system: 'http://loinc.org', code }] })
  const recommendation = [
    {
      vaccineCode: [{ coding: [{ display: 'Td (adult)' }] }],
      forecastStatus: { coding: [{ code: 'due' }], text: 'Due' },
      dateCriterion: [
        { code: coded('30981-5'), value: '2026-01-01' },
        { code: coded('30980-7'), value: '2026-02-01' },
      ],
    },
    { targetDisease: { text: 'Measles' } },
    { forecastStatus: { text: 'Due' } },
  ]
  const original = JSON.stringify({ resourceType: 'ImmunizationRecommendation', recommendation })
  expect(vaccinesDue(original)).toEqual([
    { vaccine: 'Td (adult)', status: 'Due', due: '2026-02-01', earliest: '2026-01-01' },
    { vaccine: 'Measles' },
  ])
  for (const odd of ['', '[]', 'null', '{"resourceType":"ImmunizationRecommendation","recommendation":7}']) {
    expect(vaccinesDue(odd)).toEqual([])
  }
})
