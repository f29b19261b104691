import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { axeFindings, drawPage } from '#tests/support/draw.tsx'
import { FakeSession } from '#tests/support/fake-session.ts'

test('a medicine is linked to a condition by hand, and unlinked again', async () => {
  const session = new FakeSession()
  session.entries = []
  await session.addEntry({ kind: 'condition', name: 'Asthma', clinicalStatus: 'active' })
  await session.addEntry({ kind: 'medicine', name: 'Spray', status: 'taking' })
  const { root } = drawPage('/plan', session)
  await expect.element(page.getByText('Nothing is linked to a condition yet.')).toBeVisible()
  await page.getByText(/^Link something/).click()
  await page.getByLabelText(/What belongs to .*Asthma/).selectOptions('Spray')
  await page.getByRole('button', { name: 'Link it' }).click()
  await expect.element(page.getByRole('button', { name: /Unlink .*Spray.* from .*Asthma/ })).toBeVisible()
  expect(page.getByRole('heading', { name: 'Other' }).elements()).toEqual([])
  expect(page.getByText('Nothing is linked to a condition yet.').elements()).toEqual([])
  expect(await axeFindings(root)).toEqual([])
  await page.getByRole('button', { name: /Unlink .*Spray/ }).click()
  await expect.element(page.getByRole('heading', { name: 'Other' })).toBeVisible()
})
