import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { fail } from '#schema/result.ts'
import { drawPage } from '#tests/support/draw.tsx'
import { FakeSession, OPEN } from '#tests/support/fake-session.ts'

test('a word that the vault refuses takes the focus, so that its reason is read out', async () => {
  const session = new FakeSession({ ...OPEN, kitConfirmed: false, kitIsHere: true })
  session.nextKitFailure = { kind: 'wrong-words', positions: [11, 20] }
  drawPage('/kit', session)
  await page.getByRole('button', { name: 'I have the words on paper' }).click()
  for (const place of [3, 11, 20]) await page.getByLabelText(`Word ${place}`, { exact: true }).fill('able')
  await userEvent.keyboard('{Enter}')
  await expect.element(page.getByLabelText('Word 11', { exact: true })).toHaveFocus()
})

test('the passphrase is not changed without the present one, and the empty field says so', async () => {
  const session = new FakeSession()
  let isAsked = false
  session.changePassphrase = async () => {
    isAsked = true
    return fail({ kind: 'wrong-passphrase' })
  }
  drawPage('/settings', session)
  await page.getByRole('button', { name: 'Change the passphrase' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabelText('New passphrase', { exact: true }).fill('four quiet herons')
  await userEvent.keyboard('{Enter}')
  await expect.element(dialog.getByText('Please fill this in.')).toBeVisible()
  await expect.element(dialog.getByLabelText('Current passphrase', { exact: true })).toHaveFocus()
  expect(isAsked).toBe(false)
})

test('a date of which a part is missing says what to do, and nothing is saved or lost before it is done', async () => {
  const session = new FakeSession()
  const before = session.entries.length
  drawPage('/add/task', session)
  await page.getByLabelText('What is to be done?').fill('Order lenses')
  const time = page.getByLabelText(/^Time of day/)
  ;(time.element() as HTMLInputElement).focus()
  await userEvent.keyboard('10')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect.element(page.getByText(/^A part of it is missing/)).toBeVisible()
  await expect.element(time).toHaveFocus()
  expect(session.entries).toHaveLength(before)
  await userEvent.keyboard('1030AM')
  await expect.element(page.getByText(/^A part of it is missing/)).not.toBeInTheDocument()
  await page.getByRole('button', { name: 'Save' }).click()
  await expect.poll(() => session.entries.length).toBe(before + 1)
})
