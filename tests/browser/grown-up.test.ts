import { afterAll, beforeAll, expect, test } from 'vitest'
import { LeakSearch } from './leak-search.ts'
import { compare, entry, meet, sign, SLOW, toPeople } from './people-acts.ts'
import { Person } from './person.ts'
import { RelayProcess } from './relay-process.ts'
import { scriptStorage } from './script-storage.ts'

const DAY_MS = 24 * 3_600_000
/** Apps look once a minute, and a hand-over takes them more than one look. */
const LOOKS = { timeout: 180_000 }
const PHONE = { viewport: { width: 360, height: 740 } }

let relay: RelayProcess
let ana: Person
let mia: Person
let tim: Person
beforeAll(async () => {
  relay = await RelayProcess.start()
  ana = await Person.arrive(relay.origin)
  await ana.settleIn('Ana Example')
  mia = await Person.arrive(relay.origin, PHONE)
  await mia.settleIn('Mia Example', '2010-05-06')
  await mia.add('condition', { 'What is it called?': 'Sore knee' })
  tim = await Person.arrive(relay.origin, PHONE)
  await tim.settleIn('Tim Example', '2012-07-08')
  for (const person of [ana, mia, tim]) person.troubles.expectCutNetwork()
})
afterAll(async () => {
  for (const person of [ana, mia, tim]) await person?.leave()
  await relay.destroy()
})

/** A record for somebody, with two conditions and an allergy; ends on its page. */
async function keepFor(name: string, birthDate: string): Promise<void> {
  const { page } = ana
  await switchTo('Keep a record for someone else')
  await page.getByLabel('Their name').fill(name)
  await page.getByLabel('Date of birth').fill(birthDate)
  await ana.button('Make the record').click()
  await page.getByText(`You are looking at the record of ${name}`).waitFor(SLOW)
  await ana.button('Do this later').click()
  for (const [kind, label, words] of [
    ['condition', 'What is it called?', 'Measles'],
    ['allergy', 'What do you react to?', 'Peanut'],
  ] as const) {
    await page.getByRole('link', { name: 'Add', exact: true }).first().click()
    await page.locator(`main a[href$="/add/${kind}"]`).click()
    await ana.fill({ [label]: words })
    await ana.button('Save').click()
    await ana.heading(words).first().waitFor(SLOW)
  }
}

async function switchTo(choice: string | RegExp): Promise<void> {
  await ana.page.getByRole('button', { name: /^Record of / }).click()
  await ana.page.getByRole('menuitem', { name: choice }).click()
}

/** On the page of guardians: until a day, Ana keeping the allergies. Answers the day that was proposed. */
async function plan(day?: string): Promise<string> {
  const { page } = ana
  await page.getByRole('link', { name: 'Guardians' }).click()
  await page.getByRole('link', { name: 'Plan it' }).click()
  const field = page.getByLabel('On which day?')
  const proposed = await field.inputValue()
  if (day !== undefined) await field.fill(day)
  await page.getByText('0 sections', { exact: true }).click()
  await page.getByText('Allergies', { exact: true }).click()
  await sign(ana)
  await ana.button('Plan it').click()
  await page.getByText('Ana Example keeps: See · Allergies').waitFor(SLOW)
  return proposed
}

/** Takes over the record that is offered to `person`, once what Ana is to keep has been read. */
async function takeOver(person: Person): Promise<void> {
  await toPeople(person)
  await person.heading(`Ana Example hands the record of ${person.name} over to you`).waitFor(LOOKS)
  await person.page.getByText('Ana Example keeps: See · Allergies').waitFor()
  await sign(person)
  await person.button('Make it mine').click()
}

const ofKept = (keptId: string) => new LeakSearch([{ name: 'kept', bytes: Buffer.from(`kept/${keptId}`) }])

test('on the day Mia’s record becomes her own; of Ana’s access the allergies stay, to look at, as agreed', async () => {
  await meet(ana, mia)
  await compare(ana, mia)
  await keepFor('Mia Example', '2010-05-06')
  const keptId = /\/kept\/([^/?]+)/.exec(ana.page.url())![1]!
  const day = new Date(Date.now() + 30 * DAY_MS)
  expect(await plan(day.toISOString().slice(0, 10))).toBe('2028-05-06')
  await ana.page.getByText(/^On .* this record goes to Mia Example\.$/).waitFor()
  await toPeople(mia)
  expect(await mia.page.getByText(/hands the record of/).count()).toBe(0)
  expect(ofKept(keptId).inBytes('storage', await scriptStorage(ana.page))).not.toEqual([])

  await relay.restartAhead(32 * DAY_MS)
  await takeOver(mia)
  await mia.page.getByText('Mia Example: this record is yours now.').waitFor(LOOKS)
  await mia.go('Timeline')
  for (const words of ['Measles', 'Peanut', 'Sore knee']) await entry(mia, words).waitFor(SLOW)

  // She has its page open still.
  await ana.page.getByText('Mia Example: this record was handed over').waitFor(LOOKS)
  await ana.page.getByRole('main').getByRole('link', { name: 'Family & sharing' }).click()
  await ana.heading('Mia Example wants to share with you').waitFor(SLOW)
  await expect
    .poll(async () => ofKept(keptId).inBytes('storage', await scriptStorage(ana.page)), { timeout: 30_000 })
    .toEqual([])
  await ana.button('Accept').click()
  await entry(ana, 'Peanut').waitFor(SLOW)
  for (const words of ['Measles', 'Sore knee']) expect(await ana.page.getByText(words).count()).toBe(0)
  expect(await ana.page.locator('main a[href*="/add"]').count()).toBe(0)
})

test('what Mia writes with her own keys reaches Ana where it was agreed, and nowhere else', async () => {
  await mia.add('condition', { 'What is it called?': 'Migraine' })
  await mia.add('allergy', { 'What do you react to?': 'Wasp' })
  await entry(ana, 'Wasp').waitFor(SLOW)
  expect(await ana.page.getByText('Migraine').count()).toBe(0)
  await ana.page.getByRole('link', { name: 'Back to my record' }).click()
})

test('both agree earlier: Ana hands over now, Tim accepts, and it is his before its day', async () => {
  await meet(ana, tim)
  await compare(ana, tim)
  await keepFor('Tim Example', '2012-07-08')
  expect(await plan()).toBe('2030-07-08')
  await ana.button('Hand over now').click()
  const dialog = ana.page.getByRole('dialog')
  await sign(ana, dialog)
  await ana.button('Hand over', dialog).click()
  await ana.page.getByText('Tim Example is asked to take the record over now.').waitFor(SLOW)
  await takeOver(tim)
  await tim.page.getByText('Tim Example: this record is yours now.').waitFor(LOOKS)
  await tim.go('Timeline')
  for (const words of ['Measles', 'Peanut']) await entry(tim, words).waitFor(SLOW)
  await ana.page.getByText('Tim Example: this record was handed over').waitFor(LOOKS)
  await ana.page.getByRole('main').getByRole('link', { name: 'Family & sharing' }).click()
  await ana.button('Accept').click(SLOW)
  await entry(ana, 'Peanut').waitFor(SLOW)
  expect(await ana.page.getByText('Measles').count()).toBe(0)
})
