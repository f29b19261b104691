import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { axeFindings, drawApp, drawPage } from '#tests/support/draw.tsx'
import { keptRecord } from '#tests/support/fake-kept.ts'
import { FakeSession, OPEN } from '#tests/support/fake-session.ts'

/** Maria, who keeps a record for Tim. */
function maria() {
  const session = new FakeSession()
  const tim = new FakeSession({ ...OPEN, personName: 'Tim', birthDate: '2015-06-07' })
  session.putKept(keptRecord(), tim)
  return { session, tim }
}

test('a record for a child is made after name and birth date, and its words come next', async () => {
  const { session, path } = drawPage('/keep')
  await page.getByRole('button', { name: 'Make the record' }).click()
  await expect.element(page.getByRole('textbox', { name: 'Their name' })).toHaveAttribute('aria-invalid', 'true')
  await page.getByRole('textbox', { name: 'Their name' }).fill('Tim')
  await page.getByLabelText('Date of birth').fill('2015-06-07')
  await page.getByRole('button', { name: 'Make the record' }).click()
  await expect.poll(() => path()).toBe('/kept/k1/kit')
  expect(session.kept.value.records[0]).toMatchObject({ name: 'Tim', birthDate: '2015-06-07' })
})

test('the switcher says whose record is on screen and leads to the others by keyboard', async () => {
  const { session } = maria()
  drawApp('/', session)
  const trigger = page.getByRole('button', { name: 'Record of Maria Jansen. Choose another' })
  await expect.element(trigger).toBeVisible()
  trigger.element().focus()
  await userEvent.keyboard('{Enter}')
  await expect.element(page.getByRole('menuitem', { name: /Tim/ })).toBeVisible()
  await userEvent.keyboard('{ArrowDown}{Enter}')
  await expect.element(page.getByText('You are looking at the record of Tim')).toBeVisible()
  await expect.element(page.getByRole('button', { name: 'Record of Tim. Choose another' })).toBeVisible()
})

test('home has a card for each other record, one press from it', async () => {
  const { session } = maria()
  const { root } = drawPage('/', session)
  await expect.element(page.getByRole('heading', { name: 'Today, in the other records' })).toBeVisible()
  await page.getByRole('link', { name: 'Open the record of Tim' }).click()
  await expect.element(page.getByRole('heading', { level: 1, name: 'The record of Tim' })).toBeVisible()
  expect(await axeFindings(root)).toEqual([])
})

test('what is added in Tim’s record goes there and nowhere else', async () => {
  const { session, tim } = maria()
  const [before, beforeTim] = [session.entries.length, tim.entries.length]
  drawPage('/kept/k1/add/allergy', session)
  await page.getByRole('textbox', { name: 'What do you react to?' }).fill('Peanut')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect.element(page.getByRole('heading', { name: 'Peanut' }).first()).toBeVisible()
  expect([session.entries.length, tim.entries.length]).toEqual([before, beforeTim + 1])
})

test.each(['/keep', '/kept/k1', '/kept/k1/people', '/kept/k1/add'])(
  '%s fits a page of 320 px, with text half as large again, and has no axe findings',
  async path => {
    await page.viewport(320, 640)
    document.documentElement.dataset.textSize = 'larger'
    const { session } = maria()
    const { root } = drawPage(path, session)
    await expect.element(page.getByRole('heading', { level: 1 })).toBeVisible()
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(320)
    expect(await axeFindings(root)).toEqual([])
  },
)
