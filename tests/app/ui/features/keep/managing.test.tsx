import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { instant } from '#schema/instant.ts'
import { axeFindings, drawApp, drawPage } from '#tests/support/draw.tsx'
import { keptRecord } from '#tests/support/fake-kept.ts'
import { FakeSession, OPEN } from '#tests/support/fake-session.ts'
import { fillPeople } from '#tests/support/preview/stage.ts'

/** Maria, who manages the record of Tim, which is his own. */
function maria() {
  const session = new FakeSession()
  const tim = new FakeSession({ ...OPEN, personName: 'Tim', birthDate: '1975-06-07' })
  session.putKept(keptRecord({ purpose: 'manager', contactName: 'Tim' }), tim)
  return session
}

test('a record that this person manages is said to be managed, in the switcher and among today’s, never kept', async () => {
  drawApp('/', maria())
  await expect.element(page.getByText('You manage this record')).toBeVisible()
  await page.getByRole('button', { name: 'Record of Maria Jansen. Choose another' }).click()
  await expect.element(page.getByRole('menuitem', { name: /Tim.*You manage this record/ })).toBeVisible()
  expect(page.getByText('You keep this record').query()).toBeNull()
})

test('who manages a record reads that its owner can take it back, is offered no hand-over, and leaves it to them', async () => {
  const { root } = drawPage('/kept/k1/guardians', maria())
  await expect.element(page.getByText(/Tim.? can take this back at any time/)).toBeVisible()
  expect(root.querySelector('a[href$="/hand-over"]')).toBeNull()
  expect(root.textContent).not.toMatch(/Guardians are equals/)
  await page.getByRole('button', { name: 'Stop looking after this record' }).click()
  const asks = page.getByRole('dialog')
  await expect.element(asks.getByText(/Tim.? keeps it, and would have to let you in again/)).toBeVisible()
  expect(await axeFindings(root)).toEqual([])
})

test('who manages a record until a day reads that it ends for whoever they let in then too', async () => {
  const session = maria()
  const until = instant(new Date('2031-05-06T12:00:00').getTime())
  const about = { deviceId: 'm1', name: 'Maria Jansen', isThisOne: true, purpose: 'manager', state: 'active' } as const
  const tim = new FakeSession({ ...OPEN, personName: 'Tim', birthDate: '1975-06-07' })
  tim.guardians.set({ guardians: [{ ...about, addedAt: instant(Date.now()), until }] })
  session.putKept(keptRecord({ purpose: 'manager', contactName: 'Tim', until }), tim)
  fillPeople(session)
  const { root } = drawPage('/kept/k1/guardians', session)
  await expect.element(page.getByText(/^It ends for them when it ends for you: until .*May 6, 2031/)).toBeVisible()
  expect(await axeFindings(root)).toEqual([])
})
