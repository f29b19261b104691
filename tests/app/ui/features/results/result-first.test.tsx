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

test('hiding normal results leaves out none that waits: what is left out would tell', async () => {
  const { session: made } = session()
  const base = made.entries[0]!
  made.entries = [
    resultOf(base, 'Magnesium', daysAgo(3), { value: 0.85 }, { codes: [], flag: 'in-range' }),
    resultOf(base, 'Chloride', daysAgo(300), { value: 101 }, { codes: [], flag: 'in-range' }),
    ...made.entries,
  ]
  made.settings.set({ ...made.settings.value, hidesNormalResults: true })
  const { root } = drawPage('/results', made)
  await expect.element(page.getByRole('link', { name: /^Potassium.*New: open to see it/ })).toBeVisible()
  await expect.element(page.getByRole('link', { name: /^Magnesium.*New: open to see it/ })).toBeVisible()
  expect(root.textContent).not.toContain('Chloride')
})

test('a result that was opened does not tell the one before it, which still waits', async () => {
  const { session: made, potassium } = session()
  const newest = resultOf(
    potassium,
    'Potassium',
    daysAgo(1),
    { value: 5.1 },
    { codes: loinc('2823-3'), flag: 'in-range' },
  )
  made.entries = [newest, ...made.entries]
  const { id, when } = newest.summary
  made.settings.set({ ...made.settings.value, shownResults: [`${when?.text}  ${id}`] })
  const { root } = drawPage('/results', made)
  await expect.element(page.getByRole('link', { name: /^Potassium.*5\.1 mmol/ })).toBeVisible()
  expect(root.textContent).not.toContain('5.9')
})

test('what changed names no result as out of its range that waits', async () => {
  const { session: made, potassium } = session()
  const sodium = made.entries[3]!
  made.changed = {
    out: { rows: [potassium.summary, sodium.summary], count: 2 },
    sections: [{ section: 'results', how: 'new', rows: [potassium.summary, sodium.summary], count: 2 }],
  }
  drawPage('/changed', made)
  const out = page.getByRole('list', { name: 'Out of the range that its source gives' })
  await expect.element(out.getByRole('link', { name: /Sodium/ })).toBeVisible()
  expect(out.getByRole('link').elements()).toHaveLength(1)
  await expect.element(page.getByRole('link', { name: /Potassium.*New: open to see it/ })).toBeVisible()
})
