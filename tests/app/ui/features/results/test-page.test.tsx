import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { axeFindings, drawPage } from '#tests/support/draw.tsx'
import type { FakeSession } from '#tests/support/fake-session.ts'
import { resultOf, resultsSession } from './results-session.ts'

const pathOf = (session: FakeSession, title: string) =>
  `/results/${session.entries.find(({ summary }) => summary.title === title)?.summary.id}`

test('a test’s page says how it went, draws its ranges, and leads from each point to its entry', async () => {
  const session = resultsSession()
  const { root, path } = drawPage(pathOf(session, 'Sodium'), session)
  await expect
    .element(page.getByText(/^4 results from Mar 1, 2024 to May 1, 2026, between .*135.* and .*141/))
    .toBeVisible()
  const chart = page.getByRole('slider', { name: 'The results of the chart, one by one' })
  await expect.element(chart).toHaveAttribute('aria-valuetext', expect.stringMatching(/140 mmol\/L.*May 1, 2026/))
  expect(root.querySelector('path[class*="band"]')?.getAttribute('d')).toMatch(/^M/)
  ;(chart.element() as HTMLElement).focus()
  await userEvent.keyboard('{ArrowLeft}')
  await expect.element(chart).toHaveAttribute('aria-valuetext', expect.stringMatching(/135 mmol\/L.*March 1, 2026/))
  await userEvent.keyboard('{Home}')
  await expect.element(chart).toHaveAttribute('aria-valuenow', '1')
  expect(await axeFindings(root)).toEqual([])
  await page
    .getByRole('link', { name: /141 mmol\/L/ })
    .first()
    .click()
  await expect.element(page.getByText('Where this came from')).toBeVisible()
  expect(path()).toMatch(/^\/entry\//)
})

test('a lowest value that is only a limit is said as one', async () => {
  const session = resultsSession()
  const [newest] = session.entries
  const sodium = (day: string, value: number, comparator?: '<') =>
    resultOf(newest!, 'Sodium', day, { value, ...(comparator && { comparator }) })
  session.entries = [sodium('2026-05-01', 100, '<'), sodium('2026-03-01', 135)]
  drawPage(pathOf(session, 'Sodium'), session)
  await expect.element(page.getByText(/between .?< 100.? and .?135/)).toBeVisible()
})

test('a tap picks the nearest point', async () => {
  const session = resultsSession()
  drawPage(pathOf(session, 'Sodium'), session)
  const chart = page.getByRole('slider', { name: 'The results of the chart, one by one' })
  await expect.element(chart).toBeVisible()
  await userEvent.click(chart, { position: { x: 50, y: 80 } })
  await expect.element(chart).toHaveAttribute('aria-valuenow', '1')
})

test('units stand apart, bounds are drawn as such, what has no date is said to be only in the table', async () => {
  const session = resultsSession()
  const [base] = session.entries
  session.entries = [
    resultOf(base!, 'CRP', '2026-05-01', { value: 5, unit: 'mg/L', comparator: '<' }),
    resultOf(base!, 'CRP', '2026-04-01', { value: 8, unit: 'mg/L' }),
    resultOf(base!, 'CRP', '2026-03-01', { value: 0.7, unit: 'mg/dL' }),
    resultOf(base!, 'CRP', undefined, { value: 9, unit: 'mg/L' }),
  ]
  const { root } = drawPage(pathOf(session, 'CRP'), session)
  await expect.element(page.getByRole('heading', { name: /Over time, in .*mg\/L/ })).toBeVisible()
  await expect.element(page.getByRole('heading', { name: /Over time, in .*mg\/dL/ })).toBeVisible()
  await expect.element(page.getByText(/^Open circles are only limits/)).toBeVisible()
  await expect.element(page.getByText('One result has no date and stands only in the table.')).toBeVisible()
  expect(root.querySelectorAll('tbody tr')).toHaveLength(4)
})

test('a substance is shown in the unit that the reader wants, with what was reported', async () => {
  const session = resultsSession()
  session.settings.set({ ...session.settings.value, labUnits: 'molar' })
  const [base] = session.entries
  const codes = [{ system: 'http://loinc.org', code: '2345-7' }]
  session.entries = [
    resultOf(base!, 'Glucose', '2026-05-01', { value: 100, unit: 'mg/dL' }, { codes }),
    resultOf(base!, 'Glucose', '2026-04-01', { value: 6, unit: 'mmol/L' }, { codes }),
  ]
  const { root } = drawPage(pathOf(session, 'Glucose'), session)
  await expect.element(page.getByText(/5\.551 mmol\/L/).first()).toBeVisible()
  await expect.element(page.getByText(/^As reported: .*100 mg\/dL/).first()).toBeVisible()
  await expect.poll(() => root.querySelectorAll('[role=slider]').length).toBe(1)
})

test('two tests are compared on one time axis, and the address names neither', async () => {
  const session = resultsSession()
  const { root, path } = drawPage(pathOf(session, 'Sodium'), session)
  await page.getByLabelText('Compare with another test').selectOptions('Potassium')
  await expect.element(page.getByRole('heading', { name: /^Potassium/, level: 2 })).toBeVisible()
  await expect.poll(() => root.querySelectorAll('[role=slider]').length).toBe(2)
  await expect.poll(path).toMatch(/\?with=[\w.-]+$/)
  expect(path()).not.toMatch(/sodium|potassium/i)
})

test('results in words are a list without a chart; a test that is not there says so', async () => {
  const session = resultsSession()
  const { root } = drawPage(pathOf(session, 'Culture'), session)
  await expect.element(page.getByText('No growth after 5 days').first()).toBeVisible()
  await expect.element(page.getByText('Preliminary: may still change').first()).toBeVisible()
  expect(root.querySelector('[role=slider]')).toBeNull()
  drawPage('/results/nobody', resultsSession())
  await expect.element(page.getByRole('heading', { name: 'This test is not here' })).toBeVisible()
})

test('5,000 results are a few elements, with a table by pages', async () => {
  const session = resultsSession()
  const [base] = session.entries
  session.entries = Array.from({ length: 5000 }, (_, index) => {
    const day = new Date(Date.UTC(2026, 4, 1) - index * 12 * 3_600_000).toISOString()
    const value = 140 + Math.round(40 * Math.sin(index / 9)) / 10
    return resultOf(base!, 'Sodium', day, { value })
  })
  const { root } = drawPage(pathOf(session, 'Sodium'), session)
  await expect.element(page.getByRole('slider')).toBeVisible()
  expect(root.querySelectorAll('tbody tr')).toHaveLength(50)
  expect(root.querySelectorAll('[role=slider] path').length).toBeLessThan(10)
  await page.getByRole('button', { name: 'Show 50 more' }).click()
  expect(root.querySelectorAll('tbody tr')).toHaveLength(100)
})

test('a question about a test is asked at its page, and goes on the list of the next visit', async () => {
  const session = resultsSession()
  const { root } = drawPage(pathOf(session, 'Sodium'), session)
  await page.getByRole('button', { name: 'Ask about this at the next visit' }).click()
  await expect.element(page.getByLabelText('What do you want to ask?')).toHaveValue('Sodium, May 1, 2026: ')
  expect(await axeFindings(root)).toEqual([])
})
