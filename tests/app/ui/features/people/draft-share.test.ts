import { expect, test } from 'vitest'
import { SENSITIVE, withSection } from '#app/ui/features/people/draft-share.ts'
import { untilOf } from '#app/ui/record/until.ts'
import { instant } from '#schema/instant.ts'
import { SECTIONS } from '#schema/record/sections.ts'

const NOON = new Date(2026, 10, 22, 12)
const endOf = (year: number, month: number, day: number) => new Date(year, month - 1, day, 23, 59, 59, 999).getTime()

test('untilOf() ends a visit tonight, a month in thirty days, and an open share never', () => {
  expect(untilOf({ until: 'visit', date: '' }, NOON)).toBe(endOf(2026, 11, 22))
  expect(untilOf({ until: 'month', date: '' }, NOON)).toBe(NOON.getTime() + 30 * 86_400_000)
  expect(untilOf({ until: 'open', date: '2026-12-01' }, NOON)).toBeNull()
})

test('untilOf() includes the whole last day, and refuses one that is over, missing or impossible', () => {
  expect(untilOf({ until: 'date', date: '2026-12-01' }, NOON)).toBe(endOf(2026, 12, 1))
  expect(untilOf({ until: 'date', date: '2026-11-22' }, NOON)).toBe(endOf(2026, 11, 22))
  for (const date of ['2026-11-21', '', '0026-12-01']) expect(untilOf({ until: 'date', date }, NOON)).toBeUndefined()
})

test('untilOf() keeps the end there is', () => {
  const kept = instant(NOON.getTime() + 1)
  expect(untilOf({ until: 'keep', date: '' }, NOON, kept)).toBe(kept)
  expect(untilOf({ until: 'keep', date: '' }, NOON)).toBeNull()
})

test('withSection() keeps the order of the sections', () => {
  expect(withSection(['vitals', 'problems'], 'allergies', true, SECTIONS)).toEqual(['problems', 'allergies', 'vitals'])
  expect(withSection(['problems', 'vitals'], 'problems', false, SECTIONS)).toEqual(['vitals'])
})

test('what nobody can foresee the content of is sensitive', () => {
  for (const section of ['other', 'documents', 'social', 'pregnancy', 'directives'] as const)
    expect(SENSITIVE.has(section)).toBe(true)
  expect(SENSITIVE.has('allergies')).toBe(false)
})
