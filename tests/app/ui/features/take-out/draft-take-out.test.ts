import { expect, test } from 'vitest'
import {
  choiceOf,
  draftFor,
  emptyRequired,
  entryCount,
  fileNameOf,
  privateCount,
} from '#app/ui/features/take-out/draft-take-out.ts'
import { outWords } from '#app/ui/record/out-words.ts'
import type { Facets } from '#app/core/session.ts'

const FACETS: Facets = {
  kinds: [],
  sections: [
    { section: 'problems', count: 5, privateCount: 2 },
    { section: 'vitals', count: 9, privateCount: 0 },
    { section: 'medicines', count: 1, privateCount: 1 },
    { section: 'other', count: 40, privateCount: 0 },
  ],
  sources: [],
  years: [],
}

test('a summary is of what tells a clinic something, and has nothing private unless that is ticked', () => {
  const draft = draftFor('summary', FACETS)
  expect(draft.sections).toEqual(['problems', 'medicines', 'vitals'])
  expect(draft.withPrivate).toBe(false)
  expect([entryCount(draft, FACETS), privateCount(draft, FACETS)]).toEqual([12, 3])
  expect(entryCount({ ...draft, withPrivate: true }, FACETS)).toBe(15)
})

test('whoever moves to another app takes everything along', () => {
  const draft = draftFor('fhir-bundle', FACETS)
  expect(draft.sections).toEqual(['problems', 'medicines', 'vitals', 'other'])
  expect(draft.withPrivate).toBe(true)
})

test('only of a section that holds nothing at all may a summary say that nothing is known; it is not left out by choice', () => {
  const draft = { ...draftFor('summary', FACETS), noneKnown: ['allergies'] as const }
  expect(emptyRequired(draft, FACETS)).toEqual(['allergies'])
  const choice = choiceOf(draft, FACETS, outWords())
  expect(choice.sections).toEqual(['problems', 'medicines', 'vitals', 'allergies'])
  expect(choice.file).toMatchObject({ kind: 'summary', noneKnown: ['allergies'] })
  expect(emptyRequired(draftFor('fhir-bundle', FACETS), FACETS)).toEqual([])
})

test('a table and a calendar ask for the sections that they are made of, and no others', () => {
  const sections = (...args: Parameters<typeof draftFor>) => choiceOf(draftFor(...args), FACETS, outWords()).sections
  expect(sections('table', FACETS, 'problems')).toEqual(['problems', 'past-problems'])
  expect(sections('table', FACETS, 'weight')).toEqual(['vitals'])
  expect(sections('table', FACETS, 'all')).toEqual(['problems', 'medicines', 'vitals', 'other'])
  expect(sections('calendar', FACETS)).toEqual(['visits', 'plans'])
})

test('a file is named after what it is and the day', () => {
  const names = (['summary', 'fhir-bundle', 'fhir-ndjson', 'table', 'calendar'] as const).map(what =>
    fileNameOf({ what, table: 'weight' }, '2026-03-04'),
  )
  expect(names).toEqual([
    'wellkeep-summary-2026-03-04.json',
    'wellkeep-2026-03-04.json',
    'wellkeep-2026-03-04.ndjson',
    'wellkeep-weight-2026-03-04.csv',
    'wellkeep-calendar-2026-03-04.ics',
  ])
})
