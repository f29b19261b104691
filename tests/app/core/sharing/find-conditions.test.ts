import { expect, test } from 'vitest'
import { conditionsIn, isEmpty } from '#app/core/sharing/find-conditions.ts'
import type { KnownGrant } from '#app/core/sharing/received-document.ts'
import { SYSTEMS } from '#schema/codes/systems.ts'
import type { Coding, EntryId, EntrySummary } from '#schema/record/entry.ts'

function entry(id: string, code: Coding, more: Partial<EntrySummary> = {}): EntrySummary {
  return {
    id: id as EntryId,
    kind: 'condition',
    section: 'problems',
    title: id,
    status: 'active',
    source: { type: 'self' },
    codes: [code],
    ...more,
  }
}

const ENTRIES = [
  entry('snomed', { system: SYSTEMS.snomed, code: '195967001' }),
  entry('edition', { system: `${SYSTEMS.snomed}/731000124108`, code: '195967001' }),
  entry('icd', { system: SYSTEMS.icd10Cm, code: 'J45.909' }),
  entry('called', {}),
  entry('other', { system: SYSTEMS.icd10, code: 'J44' }),
  entry('elsewhere', { system: SYSTEMS.loinc, code: '195967001' }),
  entry('ruled out', { system: SYSTEMS.snomed, code: '195967001' }, { isNegated: true }),
  entry('mistaken', { system: SYSTEMS.snomed, code: '195967001' }, { status: 'mistaken' }),
  entry('over', { system: SYSTEMS.snomed, code: '195967001' }, { status: 'past' }),
]
const records = {
  find: async (_grant: KnownGrant, { text }: { readonly text?: string }) => {
    const entries = ENTRIES.filter(({ title }) => text === undefined || title === text)
    return { total: entries.length, entries }
  },
}
const ASTHMA = { text: 'called', snomed: ['195967001'], icd10: ['J45'] }

test('conditionsIn() finds by SNOMED CT, by the beginning of ICD-10 and by words, and nothing that somebody does not have', async () => {
  const found = await conditionsIn(records, {} as KnownGrant, ASTHMA)
  expect(found?.map(({ title }) => title)).toEqual(['snomed', 'edition', 'icd', 'called', 'over'])
})

test('conditionsIn() says of a record that was never opened here that nothing is known', async () => {
  expect(await conditionsIn({ find: async () => undefined }, {} as KnownGrant, ASTHMA)).toBeUndefined()
})

test('isEmpty() is so of words without a letter, and not where there is a code', () => {
  expect(isEmpty({ text: ' ', snomed: [], icd10: [] })).toBe(true)
  expect(isEmpty({ ...ASTHMA, text: '' })).toBe(false)
})
