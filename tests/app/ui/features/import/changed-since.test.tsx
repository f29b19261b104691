import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import type { ChangedEntry, ImportPreview } from '#app/core/import-session.ts'
import { instant } from '#schema/instant.ts'
import type { EntrySummary, ImportId } from '#schema/record/entry.ts'
import { ok } from '#schema/result.ts'
import { axeFindings, drawPage } from '#tests/support/draw.tsx'
import { entryId } from '#tests/support/fake-entries.ts'
import { FakeSession } from '#tests/support/fake-session.ts'

const importId = 'f00d0000000000000000000000000009' as ImportId
const problem = (title: string, status: EntrySummary['status'] = 'active'): EntrySummary => ({
  id: entryId(title),
  kind: 'condition',
  section: 'problems',
  title,
  status,
  codes: [],
  source: { type: 'import', importId, fileName: 'clinic.json' },
})
const facts = (summary: EntrySummary) => ({ summary, addedAt: instant(0), changedAt: instant(0) })
const changed = (before: EntrySummary, after: EntrySummary, also: Partial<ChangedEntry> = {}): ChangedEntry => ({
  before: facts(before),
  after: facts(after),
  isOlder: false,
  isCorrected: false,
  ...also,
})

const PREVIEW: ImportPreview = {
  importId,
  fileName: 'clinic.json',
  format: 'fhir',
  byKind: [{ kind: 'condition', section: 'problems', isNew: 1, alreadyThere: 0, changed: 2, older: 1 }],
  newCount: 3,
  alreadyThereCount: 0,
  unusable: [],
  remarks: [],
  cards: [],
  changes: {
    count: 2,
    olderCount: 1,
    told: [
      changed(problem('Asthma'), problem('Asthma, severe', 'past'), { isCorrected: true }),
      changed(problem('Gout'), problem('Gout'), {
        updatedBefore: Date.UTC(2024, 0, 1),
        updatedAfter: Date.UTC(2025, 0, 1),
      }),
      changed(problem('Migraine'), problem('Headache'), { isOlder: true }),
    ],
  },
}

test('the preview says what the source changed, field by field, and leaves older versions out unless ticked', async () => {
  const session = new FakeSession()
  session.nextImport = ok(PREVIEW)
  const { root } = drawPage('/import', session)
  await expect.element(page.getByRole('button', { name: 'Choose a file' })).toBeVisible()
  const file = new File(['{}'], 'clinic.json', { type: 'application/json' })
  await userEvent.upload(root.querySelector<HTMLInputElement>('input[type=file]')!, file)
  await expect.element(page.getByRole('row', { name: /All together 1 2/ })).toBeVisible()
  await page.getByText('Asthma', { exact: true }).first().click()
  await expect.element(page.getByText('Before: Asthma')).toBeVisible()
  await expect.element(page.getByText('Now: Asthma, severe')).toBeVisible()
  await expect.element(page.getByText(/^You corrected this entry/)).toBeVisible()
  await page.getByText('Gout', { exact: true }).first().click()
  await expect.element(page.getByText('Changed by the source')).toBeVisible()
  expect(await axeFindings(root)).toEqual([])
  await expect.element(page.getByRole('button', { name: 'Bring in 3 entries' })).toBeVisible()
  await page.getByText('Keep the older versions too, on the pages of the entries').click()
  await expect.element(page.getByRole('button', { name: 'Bring in 4 entries' })).toBeVisible()
})
