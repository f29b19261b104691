import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { axeFindings, drawPage } from '#tests/support/draw.tsx'
import { FakeSession } from '#tests/support/fake-session.ts'
import { flagged, resultsSession } from './results-session.ts'

test('the list of tests says of each its latest value, what its source says of it, and how it changed', async () => {
  const { root } = drawPage('/results', resultsSession())
  const sodium = /^Sodium.*140 mmol\/L.*Within this lab’s range.*Higher than.*135 mmol\/L.*Mar 1, 2026.*4 results/
  await expect.element(page.getByRole('link', { name: sodium })).toBeVisible()
  const potassium = /^Potassium.*7\.1 mmol\/L.*Marked critical: contact your care team or emergency services now/
  await expect.element(page.getByRole('link', { name: potassium })).toBeVisible()
  expect(await axeFindings(root)).toEqual([])
})

test('a search narrows, what is within range can be hidden and is counted, and a pin stands first', async () => {
  const { session } = drawPage('/results', resultsSession())
  await page.getByLabelText('Search tests').fill('POTass')
  await expect.element(page.getByRole('link', { name: /^Sodium/ })).not.toBeInTheDocument()
  await page.getByLabelText('Search tests').fill('nothing')
  await expect.element(page.getByText('No test has these words.')).toBeVisible()
  await page.getByLabelText('Search tests').fill('')
  await page.getByText('Hide tests whose latest result is within its range').click()
  await expect.element(page.getByText('One test is hidden.')).toBeVisible()
  expect(session.settings.value.hidesNormalResults).toBe(true)
  await page.getByRole('link', { name: /^Potassium/ }).click()
  await page.getByRole('button', { name: 'Pin to the top' }).click()
  await expect.element(page.getByRole('button', { name: 'Unpin' })).toBeVisible()
  await page.getByRole('link', { name: 'Test results' }).click()
  await expect.element(page.getByRole('heading', { name: 'Pinned' })).toBeVisible()
})

test('a record without results says what to do', async () => {
  const session = new FakeSession()
  session.entries = []
  const { root } = drawPage('/results', session)
  await expect.element(page.getByText('No test results yet')).toBeVisible()
  expect(await axeFindings(root)).toEqual([])
})

test('rows of entries say what is out of its range, and nothing of what is not', async () => {
  const session = resultsSession()
  drawPage('/timeline', session)
  await expect.element(page.getByText('Below this lab’s range')).toBeVisible()
  await expect.element(page.getByText('Within this lab’s range')).not.toBeInTheDocument()
  await expect.element(page.getByText('Preliminary: may still change')).toBeVisible()
  expect(flagged(session, 'low')).toHaveLength(1)
})
