import { afterAll, beforeAll, expect, test } from 'vitest'
import { PASSPHRASE, Person } from './person.ts'
import { RelayProcess } from './relay-process.ts'

const SLOW = { timeout: 90_000 }

let relay: RelayProcess
let ana: Person
let bea: Person
beforeAll(async () => {
  relay = await RelayProcess.start()
  ana = await Person.arrive(relay.origin)
  await ana.settleIn('Ana Example')
  bea = await Person.arrive(relay.origin, { viewport: { width: 360, height: 740 } })
  await bea.settleIn('Bea Sample')
})
afterAll(async () => {
  await ana?.leave()
  await bea?.leave()
  await relay.destroy()
})

test('Ana keeps a record for Tim: what she adds there stays there, over a reload and an unlock', async () => {
  await ana.page.getByRole('button', { name: /^Record of Ana Example/ }).click()
  await ana.page.getByRole('menuitem', { name: 'Keep a record for someone else' }).click()
  await ana.page.getByLabel('Their name').fill('Tim Example')
  await ana.page.getByLabel('Date of birth').fill('2014-05-06')
  await ana.button('Make the record').click()
  await ana.page.getByText('You are looking at the record of').waitFor(SLOW)
  await ana.button('Do this later').click()
  await ana.page.getByRole('link', { name: 'Add', exact: true }).first().click()
  await ana.page.getByRole('link', { name: /^Condition/ }).click()
  await ana.page.getByLabel('What is it called?').fill('Measles')
  await ana.button('Save').click()
  await ana.page.getByRole('heading', { name: 'Measles' }).first().waitFor(SLOW)
  await ana.page.goto(`${relay.origin}/`)
  await ana.unlock()
  await ana.page.getByRole('link', { name: 'Open the record of Tim Example' }).click(SLOW)
  await ana.page.getByText('Measles').first().waitFor(SLOW)
  await ana.page.getByRole('link', { name: 'Back to my record' }).click()
  await ana.page.getByRole('heading', { name: /Ana Example/ }).waitFor(SLOW)
  expect(await ana.page.locator('main').getByText('Measles').count()).toBe(0)
})

test('she lets Bea be a guardian; Bea sees Tim’s record beside her own', async () => {
  await ana.go('Family & sharing')
  await ana.button('Invite someone').click()
  const link = await ana.page.getByLabel('Link').inputValue()
  await bea.page.goto('about:blank')
  await bea.page.goto(link)
  await bea.unlock()
  await bea.button('Yes, connect').click(SLOW)
  await ana.heading('Bea Sample').waitFor(SLOW)
  await ana.page.getByRole('button', { name: /^Record of Ana Example/ }).click()
  await ana.page.getByRole('menuitem', { name: /Tim Example/ }).click()
  await ana.page.getByRole('link', { name: 'Guardians' }).click()
  await ana.page.getByLabel('Your passphrase, as a signature', { exact: true }).fill(PASSPHRASE)
  await ana.button('Let them in').click()
  await ana.page.getByText(/Bea Sample gets an offer/).waitFor(SLOW)
  await bea.page.getByRole('link', { name: 'Family', exact: true }).click()
  await bea.heading('Ana Example wants you to look after the record of Tim Example').waitFor(SLOW)
  await bea.button('Accept').click()
  await bea.page.getByText('You are looking at the record of').waitFor(SLOW)
  await bea.page.getByText('Measles').first().waitFor(SLOW)
})

test('nothing went wrong unseen', () => {
  for (const person of [ana, bea]) expect(person.troubles.unexpected).toEqual([])
})
