import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import type { EntryDetail } from '#schema/record/entry.ts'
import { axeFindings, drawPage } from '#tests/support/draw.tsx'
import { FakeSession } from '#tests/support/fake-session.ts'
import { resultOf } from './results-session.ts'

const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10)
const loinc = (code: string) => [{ system: 'http://loinc.org', code }]

/** A new potassium above its range and an old one, a new test that nobody explains, and a new one that is critical. */
function session(): { readonly session: FakeSession; readonly potassium: EntryDetail } {
  const made = new FakeSession()
  const base = made.entries.find(({ summary }) => summary.kind === 'lab-result')!
  const codes = loinc('2823-3')
  const potassium = resultOf(base, 'Potassium', daysAgo(2), { value: 5.9 }, { codes, flag: 'high' })
  made.entries = [
    potassium,
    resultOf(base, 'Potassium', daysAgo(400), { value: 4.4 }, { codes, flag: 'in-range' }),
    resultOf(base, 'Zinc', daysAgo(2), { value: 11.2 }, { codes: [] }),
    resultOf(base, 'Sodium', daysAgo(2), { value: 118 }, { codes: loinc('2951-2'), flag: 'critical-low' }),
  ]
  made.settings.set({ ...made.settings.value, explainsResults: true })
  return { session: made, potassium }
}

test('a new result says in the list that it is new, and what is critical waits for nobody', async () => {
  const { root } = drawPage('/results', session().session)
  await expect.element(page.getByRole('link', { name: /^Potassium.*New: open to see it/ })).toBeVisible()
  await expect.element(page.getByRole('link', { name: /^Sodium.*118 mmol\/L.*Marked critical/ })).toBeVisible()
  expect(root.textContent).not.toContain('5.9')
  expect(root.textContent).not.toContain('Above this lab')
  expect(await axeFindings(root)).toEqual([])
})

test('its page opens with what the test is, one press shows it, and it is not asked again', async () => {
  const { session: made, potassium } = session()
  const { root } = drawPage(`/results/${potassium.summary.id}`, made)
  await expect.element(page.getByText(/There is a new result/)).toBeVisible()
  await expect.element(page.getByText('Ask whoever ordered the test what your own result means.')).toBeVisible()
  expect(root.textContent).not.toContain('5.9')
  expect(await axeFindings(root)).toEqual([])
  await page.getByRole('button', { name: 'Show the result' }).click()
  await expect.element(page.getByText(/5\.9 mmol\/L/).first()).toBeVisible()
  root.remove()
  drawPage(`/entry/${potassium.summary.id}`, made)
  await expect.element(page.getByText(/5\.9 mmol\/L/).first()).toBeVisible()
  expect(made.settings.value.shownResults).toHaveLength(1)
})

test('an entry waits in the same way; where nothing explains a test, opening it shows it', async () => {
  const { session: made, potassium } = session()
  const { root } = drawPage(`/entry/${potassium.summary.id}`, made)
  await expect.element(page.getByRole('button', { name: 'Show the result' })).toBeVisible()
  expect(root.textContent).not.toContain('5.9')
  root.remove()
  drawPage(`/entry/${made.entries[2]!.summary.id}`, made)
  await expect.element(page.getByText(/11\.2 mmol\/L/).first()).toBeVisible()
})

test('it is the reader’s choice: off until they turn it on', async () => {
  const { session: made, potassium } = session()
  made.settings.set({ ...made.settings.value, explainsResults: false })
  const { root } = drawPage('/results', made)
  await expect.element(page.getByRole('link', { name: /^Potassium.*5\.9 mmol\/L/ })).toBeVisible()
  await page.getByText('Explain the test before showing a new result').click()
  await expect.element(page.getByRole('link', { name: /^Potassium.*New: open to see it/ })).toBeVisible()
  expect(made.settings.value.explainsResults).toBe(true)
  root.remove()
  drawPage('/timeline', made)
  await expect.element(page.getByRole('link', { name: /Potassium.*New: open to see it/ })).toBeVisible()
  expect(potassium.summary.flag).toBe('high')
})
