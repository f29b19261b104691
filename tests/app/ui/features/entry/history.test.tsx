import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import type { EntryChange } from '#app/core/history-session.ts'
import { instant } from '#schema/instant.ts'
import type { ConditionFields } from '#schema/record/entry.ts'
import { axeFindings, drawPage } from '#tests/support/draw.tsx'
import { FakeSession } from '#tests/support/fake-session.ts'

const NOW: ConditionFields = { kind: 'condition', name: 'Mild asthma', clinicalStatus: 'active' }
const BEFORE: ConditionFields = { ...NOW, name: 'Asthma' }

async function changed(older = 0): Promise<{ session: FakeSession; id: string }> {
  const session = new FakeSession()
  const added = await session.addEntry(BEFORE)
  if (!added.ok) throw new Error('not added')
  const id = added.value
  await session.editEntry(id, NOW)
  session.entries = session.entries.map(entry =>
    entry.summary.id === id ? { ...entry, addedAt: instant(1), changedAt: instant(2) } : entry,
  )
  const edits = Array.from({ length: older }, (_, index): EntryChange => {
    const fields = [{ field: 'note', before: `Note ${index}`, after: `Note ${index + 1}` }]
    return { act: 'changed', at: instant(5), fields, version: { ...NOW, note: `Note ${index + 1}` } }
  })
  session.histories = {
    [id]: {
      olderCount: 0,
      changes: [
        {
          act: 'changed',
          at: instant(Date.UTC(2026, 10, 2)),
          by: { type: 'member', id: 'b', name: 'Bea Jansen' },
          fields: [{ field: 'name', before: 'Asthma', after: 'Mild asthma' }],
          version: NOW,
        },
        ...edits,
        { act: 'added', at: instant(Date.UTC(2026, 10, 1)), by: { type: 'you' }, fields: [], version: BEFORE },
      ],
    },
  }
  return { session, id }
}

test('an entry’s page says who changed what from what to what, and brings a version back so that it can be undone', async () => {
  const { session, id } = await changed()
  const { root } = drawPage(`/entry/${id}`, session)
  await page.getByText('Show what was changed').click()
  const list = page.getByRole('listitem').filter({ hasText: /^Changed/ })
  await expect.element(list.getByText('Mild asthma', { exact: true })).toBeVisible()
  await expect.element(list.getByText('Asthma', { exact: true })).toBeVisible()
  await expect.element(list.getByText(/Bea Jansen/)).toBeVisible()
  await expect.element(page.getByText('This is what it says now.')).toBeVisible()
  expect(page.getByRole('button', { name: /^Go back to this version/ }).elements()).toHaveLength(1)
  expect(await axeFindings(root)).toEqual([])
  await page.getByRole('button', { name: /^Go back to this version: Added/ }).click()
  await expect.element(page.getByText('The earlier version is back')).toBeVisible()
  expect(session.entries.find(entry => entry.summary.id === id)?.fields).toEqual(BEFORE)
  await expect.element(page.getByRole('button', { name: 'Undo' })).toBeVisible()
})

test('a long history comes twenty changes at a time, by keyboard too', async () => {
  const { session, id } = await changed(30)
  drawPage(`/entry/${id}`, session)
  await page.getByText('Show what was changed').click()
  await expect.element(page.getByRole('button', { name: 'Show 12 older changes' })).toBeVisible()
  expect(page.getByText(/^Note \d+$/).elements().length).toBe(38)
  page.getByRole('button', { name: 'Show 12 older changes' }).element().focus()
  await userEvent.keyboard('{Enter}')
  await expect.poll(() => page.getByText(/^Note \d+$/).elements().length).toBe(60)
  expect(page.getByRole('button', { name: /older change/ }).elements()).toEqual([])
})

test('an entry that nobody changed has no card about it', async () => {
  const session = new FakeSession()
  drawPage(`/entry/${session.entries[0]!.summary.id}`, session)
  await expect.element(page.getByText('Where this came from')).toBeVisible()
  expect(page.getByText('Earlier versions').elements()).toEqual([])
})
