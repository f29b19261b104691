import { expect, test, vi } from 'vitest'
import { page } from 'vitest/browser'
import type { ImportId } from '#schema/record/entry.ts'
import { axeFindings, drawPage } from '#tests/support/draw.tsx'
import { entryId } from '#tests/support/fake-entries.ts'
import { FakeSession } from '#tests/support/fake-session.ts'

vi.setConfig({ testTimeout: 60_000 })

const inFile = {
  type: 'import',
  importId: '0'.repeat(32) as ImportId,
  fileName: 'clinic.json',
  author: 'Dr Okonkwo',
} as const

function withImported(original: object, summary: Partial<FakeSession['entries'][number]['summary']>): FakeSession {
  const session = new FakeSession()
  const [any] = session.entries
  const { fields: _, correctionDraft: __, ...rest } = any!
  const whole = { ...rest.summary, id: entryId('one'), source: inFile, codes: [], ...summary }
  session.entries = [...session.entries, { ...rest, summary: whole, original: JSON.stringify(original) }]
  return session
}

test('the page of allergies says of each what happens and how bad it is, and leads to the form', async () => {
  const session = withImported(
    {
      resourceType: 'AllergyIntolerance',
      reaction: [{ manifestation: [{ text: 'Swollen throat' }], severity: 'severe' }],
    },
    { kind: 'allergy', section: 'allergies', title: 'Peanut', status: 'active' },
  )
  const { root } = drawPage('/record/allergies', session)
  const row = page.getByRole('listitem').filter({ hasText: 'Peanut' })
  await expect.element(row.getByText('Swollen throat')).toBeVisible()
  await expect.element(row.getByText('Severe', { exact: true })).toBeVisible()
  expect(page.getByRole('link', { name: 'Add', exact: true }).element().getAttribute('href')).toBe('/add/allergy')
  expect(await axeFindings(root)).toEqual([])
})

test('problems that are over stand on the page of problems, apart from those that are not', async () => {
  drawPage('/record/problems', new FakeSession())
  await expect.element(page.getByRole('heading', { name: 'Now' })).toBeVisible()
  await expect.element(page.getByRole('heading', { name: 'Over, or not so' })).toBeVisible()
})

test('the page of vaccinations says what a source calls due, and that it is the source’s word', async () => {
  const session = withImported(
    {
      resourceType: 'ImmunizationRecommendation',
      recommendation: [
        {
          vaccineCode: [{ text: 'Tetanus booster' }],
          forecastStatus: { text: 'Overdue' },
          dateCriterion: [{ code: { coding: [{ code: '30980-7' }] }, value: '2026-05-01' }],
        },
      ],
    },
    { kind: 'care-plan', section: 'plans', title: 'Tetanus booster', resourceType: 'ImmunizationRecommendation' },
  )
  const { root } = drawPage('/record/immunizations', session)
  await expect.element(page.getByRole('heading', { name: 'What is due' })).toBeVisible()
  await expect.element(page.getByText('Overdue')).toBeVisible()
  await expect.element(page.getByText(/^due .*2026/)).toBeVisible()
  await expect.element(page.getByRole('link', { name: /Said by .*Dr Okonkwo/ })).toBeVisible()
  expect(await axeFindings(root)).toEqual([])
})

test('a section without entries says what belongs there and how it comes', async () => {
  const { root } = drawPage('/record/directives', new FakeSession())
  await expect.element(page.getByText(/^What you want to happen if you cannot say it yourself/)).toBeVisible()
  await expect.element(page.getByRole('link', { name: 'Bring in a file' }).first()).toBeVisible()
  expect(await axeFindings(root)).toEqual([])
})

test('an address of no section says so', async () => {
  drawPage('/record/nothing-such', new FakeSession())
  await expect.element(page.getByText('There is no such page')).toBeVisible()
})

test('every section whose entries one may write by hand leads to its form', async () => {
  drawPage('/record/immunizations', new FakeSession())
  const add = page.getByRole('link', { name: 'Add', exact: true }).first()
  await expect.element(add).toHaveAttribute('href', '/add/immunization')
})
