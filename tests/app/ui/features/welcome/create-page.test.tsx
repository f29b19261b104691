import { expect, test, vi } from 'vitest'
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

const HERE = { locale: navigator.language, deviceName: expect.any(String) as string }

test('a record is made in the units of where the browser is at home', async () => {
  const session = new FakeSession({ kind: 'empty' })
  const create = vi.spyOn(session, 'createRecord')
  drawApp('/create', session)
  await page.getByLabelText('Your name').fill('Ada Example')
  await page.getByLabelText('Date of birth').fill('1950-04-02')
  await page.getByLabelText('Passphrase', { exact: true }).fill('seven calm otters')
  await page.getByRole('button', { name: 'Create my record' }).click()
  await expect.poll(() => create.mock.lastCall?.[0]).toMatchObject(HERE)
})

test('a sample is looked at in the units of where the browser is at home', async () => {
  const session = new FakeSession({ kind: 'empty' })
  const sample = vi.spyOn(session, 'createSample')
  drawApp('/', session)
  await page.getByRole('button', { name: 'Look around with a sample record' }).click()
  await expect.poll(() => sample.mock.lastCall?.[0]).toEqual(HERE)
})
