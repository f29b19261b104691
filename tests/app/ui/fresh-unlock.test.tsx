import { beforeEach, expect, test, vi } from 'vitest'
import { page } from 'vitest/browser'
import { axeFindings, drawPage, unlockAgain } from '#tests/support/draw.tsx'
import { FAKE_PASSPHRASE, FAKE_WORDS, FakeSession, OPEN } from '#tests/support/fake-session.ts'

vi.setConfig({ testTimeout: 60_000 })

beforeEach(async () => {
  await page.viewport(360, 740)
})

const button = (name: string | RegExp) => page.getByRole('button', { name })
const wrong = () => page.getByText('This is not your passphrase.')

test('the kit is shown at once to whoever just made it, and later for the passphrase', async () => {
  const session = new FakeSession({ ...OPEN, kitConfirmed: false, kitIsHere: true })
  session.isKitOld = true
  const { root } = drawPage('/kit', session)
  const field = page.getByLabelText('Your passphrase', { exact: true })
  await field.fill('not it')
  await button('Show the kit').click()
  await expect.element(wrong()).toBeVisible()
  expect(root.textContent).not.toContain(FAKE_WORDS[1])
  expect(await axeFindings(root)).toEqual([])
  await field.fill(FAKE_PASSPHRASE)
  await button('Show the kit').click()
  await expect.element(page.getByText(FAKE_WORDS[1]!, { exact: true })).toBeVisible()
})

test('to lock later asks for the passphrase, to lock sooner does not; giving up leaves it as it was', async () => {
  const session = new FakeSession()
  drawPage('/settings', session)
  const choice = page.getByLabelText('Lock by itself')
  await choice.selectOptions('after 60 minutes')
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click()
  await expect.element(choice).toHaveValue('10')
  await choice.selectOptions('after 60 minutes')
  await unlockAgain('not it', 'Save')
  await expect.element(wrong()).toBeVisible()
  await unlockAgain(FAKE_PASSPHRASE, 'Save')
  await expect.poll(() => session.settings.value.autoLockMinutes).toBe(60)
  await choice.selectOptions('after 1 minute')
  await expect.poll(() => session.settings.value.autoLockMinutes).toBe(1)
})

test('nothing is downloaded without the passphrase, and a sample asks for none', async () => {
  const session = new FakeSession()
  drawPage('/take-out', session)
  await button('Make the file').click()
  await page.getByRole('dialog').getByRole('button', { name: 'Make the file' }).click()
  await expect.element(page.getByText('Type your passphrase first.')).toBeVisible()
  expect(wrong().query()).toBeNull()
  await unlockAgain('not it', 'Make the file')
  await expect.element(wrong()).toBeVisible()
  await unlockAgain(FAKE_PASSPHRASE, 'Make the file')
  await expect.element(page.getByText('The file is in your downloads')).toBeVisible()
  session.vaultState.set({ ...OPEN, isSample: true })
  session.passphrase = ''
  await button('Make the file').click()
  await expect.element(page.getByRole('dialog')).not.toBeInTheDocument()
})
