import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { instant } from '#schema/instant.ts'
import { axeFindings, drawPage } from '#tests/support/draw.tsx'
import { FakeSession } from '#tests/support/fake-session.ts'

async function recordWithAsthma() {
  const session = new FakeSession()
  session.entries = []
  const added = await session.addEntry({ kind: 'condition', name: 'Asthma', clinicalStatus: 'active' })
  return { session, id: added.ok ? added.value : '' }
}

test('a question is put on the list, answered, and kept as a private note', async () => {
  const { session } = await recordWithAsthma()
  const { root } = drawPage('/plan', session)
  await page.getByLabelText('What do you want to ask?').fill('May I swim?')
  await page.getByRole('button', { name: 'Add', exact: true }).click()
  await page.getByRole('button', { name: /^Answered ?: May I swim/ }).click()
  await page.getByLabelText('What was the answer?').fill('Yes, slowly')
  expect(await axeFindings(root)).toEqual([])
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect.element(page.getByText('One answered question')).toBeVisible()
  expect(session.texts.get('visit-questions')).toBe('')
  expect(session.entries.at(-1) ?? session.entries[0]).toBeDefined()
  const note = session.entries.find(({ fields }) => fields?.kind === 'note')
  expect(note?.fields).toMatchObject({ title: 'May I swim?', text: 'Yes, slowly', about: 'visit-answer' })
  expect(note?.summary.isPrivate).toBe(true)
})

test('of an entry a question is asked that says what it is about', async () => {
  const { session, id } = await recordWithAsthma()
  session.texts.set('visit-questions', 'Older one')
  drawPage(`/entry/${id}`, session)
  const ask = page.getByRole('button', { name: 'Ask about this at the next visit' })
  await ask.click()
  const box = page.getByLabelText('What do you want to ask?')
  await expect.element(box).toHaveFocus()
  await box.fill('Asthma: is it the pollen?')
  await page.getByRole('button', { name: 'Add', exact: true }).click()
  await expect.poll(() => session.texts.get('visit-questions')).toBe('Older one\nAsthma: is it the pollen?')
  await expect.element(ask).toHaveFocus()
})

test('of an entry that was changed by hand it is said what it said on that day, and says now', async () => {
  const { session, id } = await recordWithAsthma()
  const entry = session.entries.find(({ summary }) => summary.id === id)!
  const change = (at: string, before: string | null, after: string) => ({
    act: 'changed' as const,
    at: instant(Date.parse(at)),
    fields: [{ field: 'note', before, after }],
  })
  session.histories = {
    [entry.summary.id]: {
      changes: [
        change('2026-11-20T10:00Z', 'at night', 'at night, in spring'),
        change('2026-11-10T10:00Z', 'sometimes', 'at night'),
        change('2026-10-10T10:00Z', null, 'sometimes'),
      ],
      olderCount: 0,
    },
  }
  session.changed = {
    out: { rows: [], count: 0 },
    sections: [{ section: 'problems', how: 'changed', rows: [entry.summary], count: 1 }],
  }
  const { root } = drawPage('/changed', session)
  const list = page.getByRole('list', { name: 'Changed by hand' })
  await expect.element(list.getByText('sometimes')).toBeVisible()
  await expect.element(list.getByText(/at night, in spring/)).toBeVisible()
  expect(list.getByText('at night', { exact: true }).elements()).toEqual([])
  expect(await axeFindings(root)).toEqual([])
})

test('what changed stands by section, for the last visit or a day of one’s choice', async () => {
  const { session } = await recordWithAsthma()
  const rows = session.entries.map(({ summary }) => summary)
  session.changed = {
    isLastVisit: true,
    out: { rows: [], count: 0 },
    sections: [{ section: 'problems', how: 'new', rows, count: 60 }],
  }
  const { root } = drawPage('/changed', session)
  await expect.element(page.getByRole('heading', { name: 'New' })).toBeVisible()
  await expect.element(page.getByText(/The day of your last visit/)).toBeVisible()
  await expect.element(page.getByText(/60/)).toBeVisible()
  expect(await axeFindings(root)).toEqual([])
  await page.getByLabelText('Since').fill('2026-10-01')
  await expect.poll(() => page.getByText(/The day of your last visit/).elements()).toEqual([])
})

test('of a changed result that waits for its explanation, what changed says no value', async () => {
  const session = new FakeSession()
  session.entries = []
  const today = new Date().toISOString().slice(0, 10)
  await session.addEntry({ kind: 'lab-result', name: 'Iron', result: '131', happenedOn: today })
  const [entry] = session.entries
  session.histories = {
    [entry!.summary.id]: {
      changes: [
        { act: 'changed', at: instant(Date.now()), fields: [{ field: 'result', before: '303', after: '131' }] },
      ],
      olderCount: 0,
    },
  }
  const rows = [entry!.summary]
  session.changed = {
    out: { rows: [], count: 0 },
    sections: [{ section: 'results', how: 'changed', rows, count: 1 }],
  }
  session.settings.set({ ...session.settings.value, explainsResults: true })
  drawPage('/changed', session)
  const list = page.getByRole('list', { name: 'Changed by hand' })
  await expect.element(list.getByText('New: open to see it')).toBeVisible()
  await new Promise(resolve => setTimeout(resolve, 300))
  expect(list.element().textContent).not.toMatch(/303|131/)
  session.settings.set({ ...session.settings.value, explainsResults: false })
  await expect.element(list.getByText('303')).toBeVisible()
})
