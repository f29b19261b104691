import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { instant } from '#schema/instant.ts'
import { fail } from '#schema/result.ts'
import { axeFindings, drawPage } from '#tests/support/draw.tsx'
import { FAKE_WORDS, FakeSession, OPEN } from '#tests/support/fake-session.ts'

const YEAR_MS = 366 * 24 * 3_600_000
const words = FAKE_WORDS.join(' ')
const typedAgo = (ms: number) => new FakeSession({ ...OPEN, kitTypedAt: instant(Date.now() - ms) })

test('home asks once a year where the kit is, and leads to the practice; not before', async () => {
  const { path } = drawPage('/', typedAgo(YEAR_MS))
  await page.getByRole('link', { name: 'Look and try it' }).click()
  await expect.poll(path).toBe('/kit/practice')
  await expect.element(page.getByRole('heading', { name: 'Practise with your recovery kit' })).toBeVisible()
})

test('home asks nothing within the year', async () => {
  drawPage('/', typedAgo(YEAR_MS / 2))
  await expect.element(page.getByRole('heading', { level: 1 })).toBeVisible()
  expect(page.getByText('Is your recovery kit still where you put it?').elements()).toEqual([])
})

test('the practice says whose words they are, forgets what was typed, and says what to do without the paper', async () => {
  const session = typedAgo(YEAR_MS)
  const { root } = drawPage('/kit/practice', session)
  const field = page.getByRole('textbox')
  await expect.element(field).toBeVisible()
  await expect.element(page.getByRole('link', { name: 'To the backup file' })).toBeVisible()
  expect(await axeFindings(root)).toEqual([])
  session.practice = fail({ kind: 'other-record' })
  await userEvent.fill(field, words)
  await userEvent.tab()
  await expect.element(page.getByText('All 24 words are right.')).toBeVisible()
  await page.getByRole('button', { name: 'See if they are right' }).click()
  await expect.element(page.getByText('These are the words of another record.', { exact: false })).toBeVisible()
  session.practice = { ok: true, value: undefined }
  await page.getByRole('button', { name: 'See if they are right' }).click()
  await expect.element(page.getByText('These are the words of your record')).toBeVisible()
  expect(session.practised).toEqual([words, words])
  expect(page.getByRole('textbox').elements()).toEqual([])
})

test('a sample record, which has no kit, says what the page is for and asks for nothing', async () => {
  drawPage('/kit/practice', new FakeSession({ ...OPEN, isSample: true }))
  await expect.element(page.getByText(/once a year and type them here/)).toBeVisible()
  await expect.element(page.getByText(/^Fetch the paper/)).not.toBeInTheDocument()
  await expect.element(page.getByRole('link', { name: 'Settings' }).first()).toBeVisible()
})
