import { afterAll, beforeAll, expect, test } from 'vitest'
import { look } from './look.ts'
import { turnTo } from './people-acts.ts'
import { PASSPHRASE, Person } from './person.ts'
import { RelayProcess } from './relay-process.ts'

const SLOW = { timeout: 60_000 }

let relay: RelayProcess
let ana: Person
let bea: Person
let link: string
beforeAll(async () => {
  relay = await RelayProcess.start()
  ana = await Person.arrive(relay.origin)
  await ana.settleIn('Ana Example')
  await ana.add('condition', { 'What is it called?': 'Asthma' })
  await ana.add('allergy', { 'What do you react to?': 'Penicillin' })
  bea = await Person.arrive(relay.origin, { viewport: { width: 360, height: 740 } })
  await bea.settleIn('Bea Sample')
})
afterAll(async () => {
  await ana?.leave()
  await bea?.leave()
  await relay.destroy()
})

const digitsOf = (person: Person) => person.page.getByRole('list', { name: '60 digits' }).innerText()
const flat = (text: string) => text.replace(/\s/g, '')

test('Ana invites Bea by a link, whose secret leaves the address and waits for the unlock; both compare one number', async () => {
  await ana.go('Family & sharing')
  await ana.button('Invite someone').click()
  link = await ana.page.getByLabel('Link').inputValue()
  expect(link).toMatch(/\/meet#[0-9a-f]{22}$/)

  // Loaded anew, as from a message: the record is locked, and the address is empty before anything is asked.
  await bea.page.goto('about:blank')
  await bea.page.goto(link)
  await bea.page.getByText('Unlock your record to see who it is.').waitFor()
  expect(bea.page.url()).toBe(`${relay.origin}/meet`)
  await bea.unlock()
  await bea.heading('Ana Example invites you').waitFor(SLOW)
  await bea.page.getByText('Your name, as it stands on your record: Bea Sample.').waitFor()
  await bea.button('Yes, connect').click()
  await bea.heading('Ana Example').waitFor(SLOW)

  await ana.heading('Bea Sample').waitFor(SLOW)
  const number = flat(await digitsOf(ana))
  expect(number).toMatch(/^\d{60}$/)
  expect(flat(await digitsOf(bea))).toBe(number)
  for (const person of [ana, bea]) {
    await person.button('They are the same').click()
    await person.page.getByText(/You compared the number on/).waitFor()
  }
  await bea.page.getByText('Waiting for Ana Example').waitFor({ ...SLOW, state: 'detached' })
})

test('the link works once; mistyped words are named, with what they may have been', async () => {
  await bea.go('Family & sharing')
  await bea.page.getByRole('link', { name: 'I have an invitation' }).click()
  const field = bea.page.getByLabel('The link, or the eight words')
  await field.fill(link)
  await bea.button('See whose it is').click()
  await bea.page.getByText(/Somebody has used this invitation already/).waitFor(SLOW)
  await field.fill('able able able able able able able abel')
  await bea.button('See whose it is').click()
  await bea.page.getByText(/These are not the eight words/).waitFor(SLOW)
  await bea.button('Use “able” as word 8').click()
  expect(await field.inputValue()).toBe('able able able able able able able able')
  await bea.button('See whose it is').click()
  await bea.page.getByText(/There is no such invitation/).waitFor(SLOW)
  await bea.go('Family & sharing')
  await bea.page.getByRole('link', { name: /Ana Example/ }).click()
})

test('Ana shares her problems after seeing the preview; Bea accepts and sees them, and nothing else', async () => {
  const { page } = ana
  await ana.go('Family & sharing')
  await page.getByRole('link', { name: /Bea Sample/ }).click()
  await page.getByRole('link', { name: 'Share something' }).click()
  await page.getByText(/^Problems \(/).click()
  await ana.button('Next').click()
  await page.getByText('24 hours', { exact: true }).click()
  await ana.button('Next').click()
  await ana.heading('This is what Bea Sample will see').waitFor()
  await page.getByText('Asthma').waitFor()
  expect(await page.getByText('Penicillin').count()).toBe(0)
  await page.getByRole('link', { name: /^Asthma/ }).click()
  await ana.heading('Asthma').waitFor()
  await page.getByText('You are looking at the record of Ana Example').waitFor()
  expect(await look(page, 'an entry in the preview of a share')).toEqual([])
  await page.getByRole('link', { name: 'Back', exact: true }).click()
  await ana.heading('This is what Bea Sample will see').waitFor()
  await ana.button('Next').click()
  await page.getByLabel('Your passphrase, as a signature', { exact: true }).fill(PASSPHRASE)
  await ana.button('Share now').click()
  await ana.heading('It is on its way to Bea Sample').waitFor(SLOW)

  await bea.heading('Ana Example wants to share with you').waitFor(SLOW)
  await bea.button('Accept').click()
  await bea.page.getByText('You are looking at the record of Ana Example').waitFor(SLOW)
  await bea.page
    .getByRole('link', { name: /Asthma/ })
    .first()
    .waitFor(SLOW)
  expect(await bea.page.getByText('Penicillin').count()).toBe(0)
  expect(await bea.page.locator('main a[href*="/add"]').count()).toBe(0)

  await ana.add('condition', { 'What is it called?': 'Migraine' })
  await bea.page
    .getByRole('link', { name: /Migraine/ })
    .first()
    .waitFor(SLOW)
  await bea.page.getByRole('link', { name: 'Back to my record' }).click()
  await bea.page.getByRole('link', { name: 'The record of Ana Example' }).waitFor()
  expect(await bea.page.getByText('Asthma').count()).toBe(0)
})

test('Ana makes an entry private that Bea has: it goes from Bea’s open screen, and a search finds no trace of it', async () => {
  await bea.page.getByRole('link', { name: 'The record of Ana Example' }).click()
  await ana.add('condition', { 'What is it called?': 'HIV positive' })
  const theirs = bea.page.getByRole('link', { name: /HIV positive/ })
  await theirs.first().waitFor(SLOW)
  await ana.button('Make private').click()
  const dialog = ana.page.getByRole('dialog')
  await dialog.getByText('Have it already: Bea Sample').waitFor()
  await dialog.getByText('Nothing else was found that names it.').waitFor(SLOW)
  await ana.button('Make private', dialog).click()
  await ana.page.getByText('Private: no share has it').waitFor(SLOW)
  await theirs.first().waitFor({ ...SLOW, state: 'detached' })
  await bea.page
    .getByRole('link', { name: /Migraine/ })
    .first()
    .waitFor(SLOW)
  await turnTo(bea, 'Timeline')
  await bea.page.getByRole('searchbox').first().fill('HIV')
  await bea.page.getByText('Nothing matches').waitFor(SLOW)
  await ana.go('Timeline')
  await ana.page
    .getByRole('link', { name: /HIV positive.*Private/ })
    .first()
    .waitFor(SLOW)
  await bea.page.getByRole('link', { name: 'Back to my record' }).click()
})

test('Ana stops it; it goes from Bea’s open screen, with the reason', async () => {
  await bea.page.getByRole('link', { name: 'The record of Ana Example' }).click()
  await bea.page
    .getByRole('link', { name: /Asthma/ })
    .first()
    .waitFor(SLOW)
  await ana.go('Family & sharing')
  await ana.page.getByRole('link', { name: /Bea Sample/ }).click()
  await ana.page.getByText('Accepted', { exact: true }).waitFor(SLOW)
  await ana.button('Stop').click()
  await ana.button('Stop', ana.page.getByRole('dialog')).click()
  await ana.page.getByText('Stopped.').waitFor()
  await bea.heading('This record is not shared with you any more').waitFor(SLOW)
  await bea.page.getByText('Ana Example has stopped sharing it.').waitFor()
  expect(await bea.page.getByText('Asthma').count()).toBe(0)
})
