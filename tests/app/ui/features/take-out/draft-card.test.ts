import { expect, test } from 'vitest'
import { cardItems, cardText, fitsCode } from '#app/ui/features/take-out/draft-card.ts'
import type { EntryFacts } from '#app/core/exchange/report/entry-facts.ts'
import { instant } from '#schema/instant.ts'
import type { EntryId, EntrySummary } from '#schema/record/entry.ts'

const WORDS = {
  titleOf: ({ summary }: EntryFacts) => summary.title,
  severityOf: (severity: string) => severity.toUpperCase(),
}
let count = 0
const facts = (kind: EntrySummary['kind'], title: string, rest: Partial<EntryFacts> = {}): EntryFacts => ({
  summary: {
    id: `x${count++}` as EntryId,
    kind,
    section: 'other',
    title,
    status: 'active',
    source: { type: 'self' },
    codes: [],
  },
  addedAt: instant(0),
  changedAt: instant(0),
  ...rest,
})

test('cardItems() puts allergies with what they do first, then medicines, problems and whom to call', () => {
  const list = [
    facts('medicine', 'Metformin 500 mg', { directions: '1 in the morning' }),
    facts('condition', 'Diabetes'),
    facts('allergy', 'Penicillin', { reaction: 'Hives', severity: 'severe' }),
    facts('allergy', 'Latex'),
    facts('person', 'Ada', { contacts: [{ name: 'Bea', relation: 'daughter', phone: '0123' }] }),
  ]
  expect(cardItems(list, ['Dr Bell 555'], WORDS).map(({ part, text }) => [part, text])).toEqual([
    ['allergies', 'Penicillin (Hives, SEVERE)'],
    ['allergies', 'Latex'],
    ['medicines', 'Metformin 500 mg'],
    ['problems', 'Diabetes'],
    ['contacts', 'Dr Bell 555'],
    ['contacts', 'Bea (daughter) 0123'],
  ])
})

test('cardText() is plain text that needs nothing else, without parts of which nothing is ticked', () => {
  const parts = [
    { title: 'Allergies', items: ['Penicillin', 'Latex'] },
    { title: 'Medicines', items: [] },
  ]
  expect(cardText(['Ada Byron', 'Born 1815'], parts)).toBe('Ada Byron\nBorn 1815\nAllergies: Penicillin; Latex')
})

test('fitsCode() counts bytes: other scripts need more of them', () => {
  expect(fitsCode('a'.repeat(660))).toBe(true)
  expect(fitsCode('a'.repeat(661))).toBe(false)
  expect(fitsCode('ع'.repeat(331))).toBe(false)
})
