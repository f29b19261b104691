import { expect, test } from 'vitest'
import { libraryOf } from '#app/ui/record/learn/library.ts'
import { pagesAbout } from '#app/ui/record/learn/pages-about.ts'
import { words as ar } from '#app/ui/record/learn/words/ar.ts'
import { words as en } from '#app/ui/record/learn/words/en.ts'
import { words as es } from '#app/ui/record/learn/words/es.ts'
import { words as zhHans } from '#app/ui/record/learn/words/zh-hans.ts'
import { SYSTEMS } from '#schema/codes/systems.ts'
import { instant } from '#schema/instant.ts'
import type { EntryId, EntrySummary } from '#schema/record/entry.ts'

const LIBRARIES = {
  en: libraryOf('en', en),
  es: libraryOf('es', es),
  ar: libraryOf('ar', ar),
  'zh-Hans': libraryOf('zh-Hans', zhHans),
} as const

function about(tag: keyof typeof LIBRARIES, title: string, part: Partial<EntrySummary> = {}): string[] {
  const entry: EntrySummary = {
    id: 'problems.e0.ab.k1' as EntryId,
    kind: 'condition',
    section: 'problems',
    title,
    when: { text: '2026-01-01', sortAt: instant(0) },
    status: 'active',
    source: { type: 'self' },
    codes: [],
    ...part,
  }
  return pagesAbout(LIBRARIES[tag])(entry).map(({ id }) => id)
}

test('pagesAbout() finds a condition that was typed by its name, in whatever order and case, and by its other names', () => {
  expect(about('en', 'High blood pressure')).toEqual(['high-blood-pressure'])
  expect(about('en', 'Diabetes type 2')).toEqual(['type-2-diabetes'])
  expect(about('en', 'diabetes mellitus, type II')).toEqual(['type-2-diabetes'])
  expect(about('en', ' ASTHMA ')).toEqual(['asthma'])
  expect(about('en', 'Hypertension')).toEqual(['high-blood-pressure'])
  expect(about('en', 'High blood pressure (hypertension)')).toEqual(['high-blood-pressure'])
  expect(about('en', 'COPD')).toEqual(['copd'])
  expect(about('en', 'Underactive thyroid')).toEqual(['underactive-thyroid'])
})

test('in each language, with and without marks and articles', () => {
  expect([about('es', 'Hipertension arterial'), about('es', 'Diabetes tipo 2'), about('es', 'EPOC')]).toEqual([
    ['high-blood-pressure'],
    ['type-2-diabetes'],
    ['copd'],
  ])
  expect([about('ar', 'ربو'), about('ar', 'ارتفاع ضغط الدم'), about('ar', 'السكري من النوع ٢')]).toEqual([
    ['asthma'],
    ['high-blood-pressure'],
    ['type-2-diabetes'],
  ])
  expect([about('zh-Hans', '高血压'), about('zh-Hans', '糖尿病 2 型'), about('zh-Hans', '慢阻肺')]).toEqual([
    ['high-blood-pressure'],
    ['type-2-diabetes'],
    ['copd'],
  ])
})

test('a name that two go by leads to both, and two names to the pages of both', () => {
  expect(about('en', 'Diabetes')).toEqual(['type-1-diabetes', 'type-2-diabetes'])
  expect(about('en', 'Asthma; high blood pressure')).toEqual(['asthma', 'high-blood-pressure'])
})

test.each([
  'No asthma',
  'My mother’s diabetes',
  'Gestational diabetes',
  'Diabetes (gestational)',
  'Diabetes insipidus',
  'Family history of stroke',
  'Fear of asthma',
  'Asthma, none',
  'Low blood pressure',
  'Ocular migraine',
  'Arthritis',
  'Chronic lung disease',
  'Blood pressure',
  'High',
  '',
])('what only speaks of one leads nowhere: %s', title => {
  expect(about('en', title)).toEqual([])
})

test('a code says more than a name, and what is not so, or was a mistake, has nothing to read about', () => {
  expect(about('en', 'Asthma', { codes: [{ system: SYSTEMS.snomed, code: '38341003' }] })).toEqual([
    'high-blood-pressure',
  ])
  expect(about('en', 'Asthma', { codes: [{ system: SYSTEMS.icd10, code: 'Z99.9' }] })).toEqual([])
  expect(about('en', 'Asthma', { codes: [{ system: 'http://example.org', code: 'A' }] })).toEqual(['asthma'])
  expect(about('en', 'Asthma', { isNegated: true })).toEqual([])
  expect(about('en', 'Asthma', { status: 'mistaken' })).toEqual([])
  expect(about('en', 'Asthma', { kind: 'allergy' })).toEqual([])
})
