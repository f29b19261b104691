import { beforeEach, expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { instant } from '#schema/instant.ts'
import { axeFindings, drawPage } from '#tests/support/draw.tsx'
import { FAKE_PASSPHRASE, FakeSession } from '#tests/support/fake-session.ts'

const button = (name: string) => page.getByRole('button', { name })
const dialog = () => page.getByRole('dialog')

beforeEach(async () => {
  await page.viewport(360, 740)
})

test('history is erased section by section, with the passphrase, after saying what cannot be undone', async () => {
  const session = new FakeSession()
  drawPage('/settings', session)
  await button('Erase…').click()
  await expect.element(dialog().getByText('This cannot be undone, not even with your recovery words.')).toBeVisible()
  await dialog()
    .getByText(/^Problems/)
    .click()
  expect(await axeFindings(document.body)).toEqual([])
  session.nextEraseFailure = { kind: 'conflicts', count: 1 }
  await dialog().getByLabelText('Your passphrase').fill(FAKE_PASSPHRASE)
  await dialog().getByRole('button', { name: 'Erase for good' }).click()
  await expect.element(dialog().getByText(/two versions stand side by side/)).toBeVisible()
  expect(session.erased).toEqual([])
  await dialog().getByRole('button', { name: 'Erase for good' }).click()
  await expect.element(page.getByText('Erased. Your other devices follow when they are next open.')).toBeVisible()
  expect(session.erased).toEqual(['problems'])
})

test('what the server has still says which device it waits for', async () => {
  const session = new FakeSession()
  session.nextErasing = [
    { section: 'problems', begunAt: instant(Date.UTC(2026, 10, 20)), waitingFor: ['Kitchen tablet'] },
  ]
  const { root } = drawPage('/settings', session)
  await expect.element(page.getByText(/Waiting for Kitchen tablet to be opened/)).toBeVisible()
  expect(await axeFindings(root)).toEqual([])
})
