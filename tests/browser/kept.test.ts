import { afterAll, beforeAll, expect, test } from 'vitest'
import { LeakSearch } from './leak-search.ts'
import { accept, entry, openContact, share, SLOW, toPeople, turnTo } from './people-acts.ts'
import { PASSPHRASE, Person } from './person.ts'
import { RelayProcess } from './relay-process.ts'
import { scriptStorage } from './script-storage.ts'

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
  await bea.go('Family & sharing')
  await bea.heading('Ana Example wants you to look after the record of Tim Example').waitFor(SLOW)
  await bea.button('Accept').click()
  await bea.page.getByText('You are looking at the record of').waitFor(SLOW)
  await bea.page.getByText('Measles').first().waitFor(SLOW)
})

test('both manage it: Bea writes in it too, each sees who added what, and both have it among the other records of today', async () => {
  await bea.go('Add')
  await bea.page.locator('main a[href$="/add/allergy"]').click()
  await bea.fill({ 'What do you react to?': 'Peanut' })
  await bea.save()
  await turnTo(ana, 'Timeline')
  await entry(ana, 'Peanut.*Added by ⁨Bea Sample⁩').waitFor(SLOW)
  await turnTo(bea, 'Timeline')
  await entry(bea, 'Measles.*Added by ⁨Ana Example⁩').waitFor(SLOW)
  for (const person of [ana, bea]) {
    await person.page.getByRole('link', { name: 'Back to my record' }).click()
    await person.page.getByRole('link', { name: 'Home', exact: true }).last().click()
    await person.heading('Today, in the other records').waitFor(SLOW)
    await person.page.getByRole('link', { name: 'Open the record of Tim Example' }).waitFor(SLOW)
    expect(await person.page.locator('main').getByText('Peanut').count()).toBe(0)
  }
})

test('each may remove the other: Bea removes Ana, whose app says so, shows nothing more of it and keeps nothing', async () => {
  await ana.page.getByRole('link', { name: 'Open the record of Tim Example' }).click()
  await entry(ana, 'Peanut').waitFor(SLOW)
  const keptId = /\/kept\/([^/?]+)/.exec(ana.page.url())![1]!
  const ofKept = new LeakSearch([{ name: 'kept', bytes: Buffer.from(`kept/${keptId}`) }])
  expect(ofKept.inBytes('storage', await scriptStorage(ana.page))).not.toEqual([])
  await bea.page.getByRole('link', { name: 'Open the record of Tim Example' }).click()
  await bea.page.getByRole('link', { name: 'Guardians' }).click()
  await bea.button(/^Remove.*Ana Example/).click(SLOW)
  const dialog = bea.page.getByRole('dialog')
  await dialog.getByText(/^Every part of the record gets new locks\./).waitFor()
  await bea.button('Remove', dialog).click()
  await ana.page.getByText('Tim Example: you were removed from this record, and it was deleted here.').waitFor(SLOW)
  for (const words of ['Peanut', 'Measles']) expect(await ana.page.getByText(words).count()).toBe(0)
  await expect
    .poll(async () => ofKept.inBytes('storage', await scriptStorage(ana.page)), { timeout: 60_000 })
    .toEqual([])
  await turnTo(bea, 'Timeline')
  for (const words of ['Peanut', 'Measles']) await entry(bea, words).waitFor(SLOW)
  await bea.page.getByRole('link', { name: 'Back to my record' }).click()
})

test('who was given something leaves it by their own hand: nothing of it stays there, and who gave it sees that', async () => {
  await ana.page.goto(`${relay.origin}/`)
  await ana.unlock()
  await ana.add('condition', { 'What is it called?': 'Asthma' })
  await share(ana, bea, { sections: ['Problems'], until: '30 days', role: 'See' })
  await toPeople(bea)
  await accept(bea, ana)
  await entry(bea, 'Asthma').waitFor(SLOW)
  await openContact(bea, 'Ana Example')
  await bea.button('Leave').click()
  const dialog = bea.page.getByRole('dialog')
  await dialog.getByText(/^It is deleted from your devices, and Ana Example is told\./).waitFor()
  await bea.button('Leave', dialog).click()
  await bea.page.getByText('You left it. It is deleted here.').waitFor(SLOW)
  await expect
    .poll(() => bea.page.getByRole('link', { name: 'Open', exact: true }).count(), { timeout: 30_000 })
    .toBe(0)
  await openContact(ana, 'Bea Sample')
  await ana.page.locator('summary').filter({ hasText: 'Over' }).click(SLOW)
  await ana.page.getByText('They left', { exact: false }).first().waitFor(SLOW)
})

test('nothing went wrong unseen', () => {
  for (const person of [ana, bea]) expect(person.troubles.unexpected).toEqual([])
})
