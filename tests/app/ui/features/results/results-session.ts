import type { EntryDetail, EntrySummary, Quantity } from '#schema/record/entry.ts'
import type { Flag } from '#schema/record/fhir/result-flag.ts'
import { entryId, whenOf } from '#tests/support/fake-entries.ts'
import { FakeSession } from '#tests/support/fake-session.ts'

let made = 0

/** A result as an entry of the fake record. */
export function resultOf(
  base: EntryDetail,
  title: string,
  day: string | undefined,
  value: Partial<Quantity> | string,
  more: Partial<EntrySummary> = {},
): EntryDetail {
  const { when: _, value: __, flag: ___, range: ____, stage: _____, ...summary } = base.summary
  made += 1
  return {
    ...base,
    summary: {
      ...summary,
      id: entryId(`result-${made}`),
      kind: 'lab-result',
      section: 'results',
      title,
      ...(day === undefined ? {} : { when: whenOf(day) }),
      value:
        typeof value === 'string'
          ? { type: 'text', text: value }
          : { type: 'quantity', quantity: { value: 0, unit: 'mmol/L', isUcum: true, ...value } },
      ...more,
    },
  }
}

/** Sodium within its range three times and once below it, a critical potassium, and a culture in words. */
export function resultsSession(): FakeSession {
  const session = new FakeSession()
  const base = session.entries.find(({ summary }) => summary.kind === 'lab-result')
  if (base === undefined) throw new Error('The fake record has no result')
  const range = { low: 136, high: 145 }
  const sodium = (day: string, value: number, flag: Flag) => resultOf(base, 'Sodium', day, { value }, { flag, range })
  const entries = [
    sodium('2026-05-01', 140, 'in-range'),
    sodium('2026-03-01', 135, 'low'),
    sodium('2025-03-01', 138, 'in-range'),
    sodium('2024-03-01', 141, 'in-range'),
    resultOf(base, 'Potassium', '2026-05-02', { value: 7.1 }, { flag: 'critical-high' }),
    resultOf(base, 'Culture', '2026-04-02', 'No growth after 5 days', { stage: 'preliminary' }),
  ]
  session.entries = entries
  return session
}

export const flagged = (session: FakeSession, flag: Flag) =>
  session.entries.filter(({ summary }) => summary.flag === flag)
