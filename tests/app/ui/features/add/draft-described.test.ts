import { expect, test } from 'vitest'
import { checkDescribed, type DescribedDraft, draftOfDescribed, isAsked } from '#app/ui/features/add/draft-described.ts'
import type { DescribedFields, DescribedKind } from '#schema/record/described/kinds.ts'

const wordsFor = (field: string, value: string) => `${field} ${value} in words`
const check = (kind: DescribedKind, typed: DescribedDraft, before?: DescribedFields) =>
  checkDescribed({ ...draftOfDescribed(kind), ...typed }, { kind, before, wordsFor, today: '2026-11-27' })
const day = (year: string, month = '', of = '') => ({ year, month, day: of })

test.each<DescribedFields>([
  { kind: 'immunization', vaccine: 'MMR', happenedOn: '2021-03', doseNumber: 2, note: 'left arm' },
  { kind: 'visit', name: 'Check-up', setting: 'practice', happenedOn: '2026-03-04T10:00:00+02:00', said: 'All well.' },
  { kind: 'lab-result', name: 'TSH', result: '<0.5', unit: 'mU/L', normalLow: 0.4, normalHigh: 4, happenedOn: '2026' },
  { kind: 'family-member', relative: 'Mother', illness: 'Stroke', onsetAge: 70, deceased: 'yes', deathAge: 81 },
])('what was typed of $kind and not changed is saved as it was', fields => {
  expect(
    checkDescribed(draftOfDescribed(fields.kind, fields), {
      kind: fields.kind,
      before: fields,
      wordsFor,
      today: '2026-11-27',
    }),
  ).toEqual({
    ok: true,
    entries: [fields],
    questions: [],
  })
})

test('a date that is changed loses the time of day of the one before', () => {
  const before = { kind: 'visit', name: 'Check-up', setting: 'home', happenedOn: '2026-03-04T10:00:00Z' } as const
  const checked = check('visit', { ...draftOfDescribed('visit', before), happenedOn: day('2026', '03', '5') }, before)
  expect(checked).toMatchObject({ ok: true, entries: [{ happenedOn: '2026-03-05' }] })
})

test.each([
  ['5,4', '5.4'],
  ['< ٥٫٤', '<5.4'],
  ['≤5', '<=5'],
  ['negative', 'negative'],
  ['1:160', '1:160'],
])('a result typed as %s is kept as %s', (result, kept) => {
  expect(check('lab-result', { name: 'X', result, happenedOn: day('2026') })).toMatchObject({
    ok: true,
    entries: [{ result: kept }],
  })
})

test.each<[DescribedKind, DescribedDraft, object]>([
  ['visit', {}, { name: 'required', setting: 'required' }],
  ['immunization', { vaccine: 'MMR', doseNumber: '1.5' }, { doseNumber: 'whole-number' }],
  ['immunization', { vaccine: 'MMR', doseNumber: 'two' }, { doseNumber: 'not-a-number' }],
  ['lab-result', { name: 'X', result: '1' }, { happenedOn: 'required' }],
  [
    'lab-result',
    { name: 'X', result: '1', happenedOn: day('2026'), normalLow: '4', normalHigh: '-1' },
    { normalHigh: 'normal-crossed' },
  ],
  [
    'family-member',
    { relative: 'Aunt', onsetAge: '40', illness: 'Gout', deceased: 'yes', deathAge: '30' },
    { deathAge: 'death-before-onset' },
  ],
  ['family-member', { relative: 'Aunt', deceased: 'yes', deathAge: '300' }, { deathAge: 'out-of-range' }],
  ['device', { name: 'Hip', implantedOn: day('2021'), removedOn: day('2020') }, { removedOn: 'ends-before-it-begins' }],
  ['device', { name: 'Hip', implantedOn: day('21') }, { implantedOn: 'bad-date' }],
  ['pregnancy', { topic: 'now' }, { pregnant: 'required' }],
  ['pregnancy', { topic: 'births' }, { count: 'required' }],
])('%s: what is wrong is said at its field (%#)', (kind, typed, errors) => {
  expect(check(kind, typed)).toEqual({ ok: false, errors })
})

test('a way of living and a pregnancy are called by what was chosen, in words', () => {
  expect(check('social-history', { topic: 'tobacco', words: 'ten a day' })).toMatchObject({
    entries: [{ name: 'topic tobacco in words' }],
  })
  expect(check('social-history', { topic: 'other', name: 'Pets', words: 'two cats' })).toMatchObject({
    entries: [{ name: 'Pets' }],
  })
  expect(check('pregnancy', { topic: 'now', pregnant: 'yes', dueOn: day('2027', '02') })).toMatchObject({
    entries: [{ name: 'topic now in words', words: 'pregnant yes in words', dueOn: '2027-02' }],
  })
})

test('what is not asked any more is not saved', () => {
  const draft = { topic: 'births', pregnant: 'yes', dueOn: day('2027'), count: '2' }
  expect(isAsked('pregnancy', 'dueOn', draft)).toBe(false)
  const checked = check('pregnancy', draft)
  expect(checked.ok && checked.entries).toEqual([
    { kind: 'pregnancy', topic: 'births', name: 'topic births in words', count: 2 },
  ])
})

test('a day ahead is asked about, whether it is known as a day or a year', () => {
  expect(check('procedure', { name: 'X', happenedOn: day('2026', '11', '28') })).toMatchObject({
    questions: ['in-the-future'],
  })
  expect(check('procedure', { name: 'X', happenedOn: day('2027') })).toMatchObject({ questions: ['in-the-future'] })
  expect(check('procedure', { name: 'X', happenedOn: day('2026') })).toMatchObject({ questions: [] })
})
