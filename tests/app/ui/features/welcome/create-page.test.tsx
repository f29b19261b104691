import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { drawApp } from '#tests/support/draw.tsx'
import { FakeSession } from '#tests/support/fake-session.ts'

test('what is wrong in the form is said on the first try and goes as soon as it is mended', async () => {
  const session = new FakeSession({ kind: 'empty' })
  drawApp('/create', session)
  const passphrase = page.getByLabelText('Passphrase', { exact: true })
  await passphrase.fill('short')
  await expect.element(page.getByText('Use at least 8 characters.')).not.toBeInTheDocument()
  await page.getByRole('button', { name: 'Create my record' }).click()
  await expect.element(page.getByText('Use at least 8 characters.')).toBeVisible()
  await passphrase.fill('seven calm otters')
  await expect.element(page.getByText('Use at least 8 characters.')).not.toBeInTheDocument()
})
