import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { axeFindings, drawApp, drawPage } from '#tests/support/draw.tsx'
import { FakeSession } from '#tests/support/fake-session.ts'
import { fillLate } from '#tests/support/preview/stage.ts'

function lateSession(): FakeSession {
  const session = new FakeSession()
  fillLate(session)
  return session
}

test('what came too late is shown by who wrote it and what it would say; nothing is taken in before a second press', async () => {
  const session = lateSession()
  const { root } = drawPage('/late', session)
  await expect.element(page.getByRole('heading', { name: /Bea Jansen.* wrote 3 things/ })).toBeVisible()
  await expect.element(page.getByText('Now: Asthma')).toBeVisible()
  expect(await axeFindings(root)).toEqual([])
  await page.getByRole('button', { name: 'Take it in' }).first().click()
  await expect.element(page.getByRole('dialog')).toBeVisible()
  expect(session.lateDecisions).toEqual([])
  await page.getByRole('dialog').getByRole('button', { name: 'Take it in' }).click()
  await expect.element(page.getByText('Taken into your record')).toBeVisible()
  expect(session.lateDecisions).toEqual([['be', 'take']])
})

test('leaving out is for good, so it asks once more; an empty page says so', async () => {
  const session = lateSession()
  drawPage('/late', session)
  const dialog = page.getByRole('dialog')
  for (const left of session.late.value.map((_, index) => index)) {
    await page.getByRole('button', { name: 'Leave it out' }).first().click()
    await expect.element(dialog.getByText(/^It is not shown again/)).toBeVisible()
    expect(session.lateDecisions).toHaveLength(left)
    await dialog.getByRole('button', { name: 'Leave it out' }).click()
    await expect.poll(() => dialog.elements()).toHaveLength(0)
  }
  await expect.element(page.getByText('Nothing to decide')).toBeVisible()
  expect(session.lateDecisions.map(([, decision]) => decision)).toEqual(['leave', 'leave'])
})

test('the status says that something waits for a decision, and leads there', async () => {
  const session = lateSession()
  const { value } = session.status
  session.status.set({ ...value, problems: [{ kind: 'late', count: 1 }] })
  drawApp('/', session)
  await page
    .getByRole('button', { name: /thing to look at/ })
    .first()
    .click()
  await page.getByRole('button', { name: 'See what it is' }).click()
  await expect.element(page.getByRole('heading', { name: 'Written too late' })).toBeVisible()
})
