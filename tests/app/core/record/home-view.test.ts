import { expect, test } from 'vitest'
import { homeOf } from '#app/core/record/home-view.ts'
import type { Row } from '#app/core/record/row.ts'
import type { EntryId, EntrySource, EntrySummary, ImportId } from '#schema/record/entry.ts'

const CLINIC: EntrySource = { type: 'import', importId: '0f'.repeat(16) as ImportId, fileName: 'clinic.json' }

function condition(title: string, more: Partial<EntrySummary> = {}): Row {
  const summary: EntrySummary = {
    id: title.toLowerCase().replaceAll(/[^a-z]/g, '') as EntryId,
    kind: 'condition',
    section: 'problems',
    title,
    status: 'active',
    source: CLINIC,
    codes: [],
    ...more,
  }
  return { summary, hasConflict: false, isUntouched: true, month: '' }
}

const snomed = (display: string) => ({ system: 'http://snomed.info/sct', code: '1', display })

test('homeOf() sets apart what its source names a finding or a circumstance, and hides none of it', () => {
  const rows = [
    condition('Prediabetes'),
    condition('Anemia (disorder)'),
    condition('Full-time employment (finding)'),
    condition('Refugee (person)'),
    condition('Medication review due (situation)'),
    condition('Working', { codes: [snomed('Full-time employment (finding)')] }),
    condition('Chronic pain (finding)', { isListed: true }),
    condition('Sunburn', { codes: [snomed('Sunburn (disorder)'), snomed('Sunburnt skin (finding)')] }),
    condition('My stress (finding)', { source: { type: 'self' } }),
    condition('Knee (left)', { codes: [snomed('Osteoarthritis of knee')] }),
  ]
  const home = homeOf(rows, 'Ada')
  const titles = (entries: readonly EntrySummary[]) => entries.map(({ title }) => title)
  expect(titles(home.alsoNoted)).toEqual([
    'Full-time employment (finding)',
    'Refugee (person)',
    'Medication review due (situation)',
    'Working',
  ])
  expect([...home.problems, ...home.alsoNoted]).toHaveLength(rows.length)
})

test('homeOf() tells of what there is none apart from what there is: no allergy, not counted, the newest word of each', () => {
  const none = {
    kind: 'statement',
    section: 'allergies',
    codes: [{ system: 'http://snomed.info/sct', code: '716186003' }],
  } as const
  const rows = [
    condition('No known allergy', none),
    condition('No known allergies', none),
    condition('Taken back', { ...none, status: 'mistaken' }),
    condition('Peanut', { kind: 'allergy', section: 'allergies' }),
  ]
  const home = homeOf(rows, 'Ada')
  expect(home.allergies.map(({ title }) => title)).toEqual(['Peanut'])
  expect(home.statements.map(({ title }) => title)).toEqual(['No known allergy'])
  expect(home.counts).toEqual([{ section: 'allergies', count: 1 }])
})
