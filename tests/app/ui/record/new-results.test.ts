import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { areShown } from '#app/core/home/shown-results.ts'
import { isNewResult } from '#app/core/record/new-result.ts'
import { shownIds, shownName, withShown } from '#app/ui/record/new-results.ts'
import { instant } from '#schema/instant.ts'
import type { EntrySummary } from '#schema/record/entry.ts'
import { entryId } from '#tests/support/fake-entries.ts'

const DAY_MS = 86_400_000
const NOW = Date.UTC(2026, 10, 27, 12)

function result(daysAgo: number, more: Partial<EntrySummary> = {}): EntrySummary {
  const at = NOW - daysAgo * DAY_MS
  return {
    id: entryId('one'),
    kind: 'lab-result',
    section: 'results',
    title: 'Sodium',
    status: 'unknown',
    source: { type: 'self' },
    codes: [],
    when: { text: new Date(at).toISOString().slice(0, 10), sortAt: instant(at) },
    value: { type: 'text', text: 'positive' },
    ...more,
  }
}

describe('isNewResult()', () => {
  test('is so for 30 days, and never of the future', () => {
    fc.assert(
      fc.property(fc.integer({ min: -400, max: 400 }), days => {
        expect(isNewResult(result(days), NOW)).toBe(days >= -1 && days < 30)
      }),
    )
  })

  test('never of what is critical, a mistake, of no certain day, or no value of a laboratory', () => {
    const odd: readonly Partial<EntrySummary>[] = [
      { flag: 'critical' },
      { flag: 'critical-low' },
      { flag: 'critical-high' },
      { status: 'mistaken' },
      { when: { text: '2026', sortAt: instant(NOW) } },
      { kind: 'report' },
    ]
    expect(odd.filter(more => isNewResult(result(1, more), NOW))).toEqual([])
    const { value: _, ...withoutValue } = result(1)
    expect(isNewResult(withoutValue, NOW)).toBe(false)
    expect(isNewResult(result(1, { flag: 'high' }), NOW)).toBe(true)
  })
})

test('withShown() forgets what is too old to be new, and stays what settings take', () => {
  const shown = withShown(
    [shownName('', result(61)), shownName('/kept/ab', result(40))],
    [shownName('', result(1))],
    NOW,
  )
  expect(shown).toEqual([shownName('/kept/ab', result(40)), shownName('', result(1))])
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 90 }), { maxLength: 700 }), days => {
      const names = days.map((each, index) => shownName('', result(each, { id: entryId(`r-${index}`) })))
      expect(areShown(withShown(names, [], NOW))).toBe(true)
    }),
    { numRuns: 20 },
  )
})

test('shownIds() has the entries that were shown, of one’s own record and of others', () => {
  const names = [shownName('', result(1)), shownName('/shared/ab', result(2, { id: entryId('two') }))]
  expect(shownIds(names)).toEqual([entryId('one'), entryId('two')])
})
