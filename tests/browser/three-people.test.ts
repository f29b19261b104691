import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  accept,
  compare,
  connect,
  entry,
  invite,
  openContact,
  share,
  sign,
  SLOW,
  toPeople,
  turnTo,
} from './people-acts.ts'
import { Person } from './person.ts'
import { RelayProcess } from './relay-process.ts'

const HOUR_MS = 3_600_000
const PHONE = { viewport: { width: 360, height: 740 } }

let relay: RelayProcess
/** Whose record it is. */
let ana: Person
/** Her daughter. */
let bea: Person
/** Who treats her. */
let lee: Person
beforeAll(async () => {
  relay = await RelayProcess.start()
  ana = await Person.arrive(relay.origin)
  await ana.settleIn('Ana Example')
  await ana.add('condition', { 'What is it called?': 'Asthma' })
  await ana.add('condition', { 'What is it called?': 'Gout' })
  await ana.add('allergy', { 'What do you react to?': 'Penicillin' })
  await ana.add('note', { Title: 'Quarrel with the neighbours', 'Your note': 'over the fence' })
  bea = await Person.arrive(relay.origin, PHONE)
  await bea.settleIn('Bea Sample')
  lee = await Person.arrive(relay.origin)
  await lee.settleIn('Dr Lee')
  for (const person of [ana, bea, lee]) person.troubles.expectCutNetwork()
})
afterAll(async () => {
  for (const person of [ana, bea, lee]) await person?.leave()
  await relay.destroy()
})

/** Waits until the timeline on screen has these rows and no other, by title, in the order of the alphabet. */
async function hasRows({ page }: Person, titles: readonly string[]): Promise<void> {
  await page.waitForURL(/\/timeline$/)
  const rows = page.getByRole('main').locator('a[href*="/entry/"] [dir=auto]')
  await expect.poll(async () => (await rows.allInnerTexts()).sort(), { timeout: SLOW.timeout }).toEqual(titles)
}

const banner = ({ page }: Person) => page.getByText(/^Shared until /)

async function find(person: Person, words: string): Promise<void> {
  await turnTo(person, 'Timeline')
  // The page before may list the entry too.
  await person.page.waitForURL(/\/timeline$/)
  await entry(person, words).waitFor(SLOW)
}

/** Opens the page "I have an invitation". */
async function haveInvitation(guest: Person): Promise<void> {
  await toPeople(guest)
  await guest.page.getByRole('link', { name: 'I have an invitation' }).click()
}

test('1 meet: Bea by a picture of the code, Dr Lee by eight words read aloud; each pair compares its number', async () => {
  await invite(ana)
  const picture = await ana.page.getByRole('img', { name: 'QR code of your invitation' }).screenshot()
  await haveInvitation(bea)
  await bea.button('Scan the code').click()
  const file = bea.page.getByRole('dialog').locator('input[type=file]')
  await file.setInputFiles({ name: 'code.png', mimeType: 'image/png', buffer: picture })
  await connect(ana, bea)
  await compare(ana, bea)

  const { words } = await invite(ana)
  await haveInvitation(lee)
  await lee.page.getByLabel('The link, or the eight words').fill(words)
  await lee.button('See whose it is').click()
  await connect(ana, lee)
  const spoken = ({ page }: Person) => page.locator('ol[aria-label="18 words"] li').allTextContents()
  await expect.poll(() => spoken(ana)).toHaveLength(18)
  await expect.poll(() => spoken(lee)).toEqual(await spoken(ana))
  await compare(ana, lee)
})

test('2 and 3, share and receive: each sees exactly what the preview showed, under a banner whose it is and until when', async () => {
  const forBea = { sections: ['Problems', 'Allergies'], until: '30 days', role: 'See and add' } as const
  expect((await share(ana, bea, forBea)).sort()).toEqual(['Asthma', 'Gout', 'Penicillin'])
  await toPeople(bea)
  await accept(bea, ana)
  await banner(bea).waitFor()
  await find(bea, 'Penicillin')
  await hasRows(bea, ['Asthma', 'Gout', 'Penicillin'])

  const forLee = { sections: ['Problems'], until: '24 hours', role: 'See' } as const
  expect((await share(ana, lee, forLee)).sort()).toEqual(['Asthma', 'Gout'])
  await toPeople(lee)
  await lee.page.getByText('I look after patients: keep a list of those who share with me').click(SLOW)
  await accept(lee, ana)
  await banner(lee).waitFor()
  await find(lee, 'Gout')
  await hasRows(lee, ['Asthma', 'Gout'])
})

test('3 without a network Dr Lee reads on after a new start; what he does not want he declines, and Ana sees that', async () => {
  await lee.setOffline(true)
  await lee.page.reload()
  await lee.unlock()
  await entry(lee, 'Asthma').waitFor(SLOW)
  await banner(lee).waitFor()
  await lee.setOffline(false)
  await share(ana, lee, { sections: ['Allergies'], until: '24 hours', role: 'See' })
  await toPeople(lee)
  await lee.heading('Ana Example wants to share with you').waitFor(SLOW)
  await lee.button('Decline').click()
  await openContact(ana, 'Dr Lee')
  await ana.page.locator('summary').filter({ hasText: 'Over' }).click(SLOW)
  await ana.page.getByText('They did not want it').waitFor(SLOW)
})

test('4 work together: Bea adds and corrects without a network, Ana adds too; all see who wrote what, and Dr Lee can write nothing', async () => {
  await bea.setOffline(true)
  // The bar below the screen leads on in the record that is on it.
  await bea.go('Add')
  await bea.page.locator('main a[href$="/add/condition"]').click()
  await bea.fill({ 'What is it called?': 'Bruise' })
  await bea.save()
  await ana.add('condition', { 'What is it called?': 'Migraine' })
  await bea.setOffline(false)

  await ana.go('Timeline')
  await entry(ana, 'Bruise.*Added by ⁨Bea Sample⁩').waitFor(SLOW)
  await find(bea, 'Bruise.*Added by you')
  await entry(bea, 'Migraine').waitFor(SLOW)
  await lee.page.getByRole('link', { name: 'Patients', exact: true }).click()
  await lee.page.getByRole('link', { name: 'Ana Example', exact: true }).click()
  await find(lee, 'Bruise.*Added by ⁨Bea Sample⁩')
  await entry(lee, 'Migraine').waitFor(SLOW)
  const base = new URL(lee.page.url()).pathname.replace(/\/timeline$/, '')
  expect(await lee.page.locator(`a[href^="${base}/add"], a[href$="/edit"]`).count()).toBe(0)
  await entry(lee, 'Bruise').click()
  await lee.page.getByText('Where this came from').waitFor()
  for (const act of ['Edit', 'Move to bin', 'Make private']) expect(await lee.button(act).count()).toBe(0)
  expect(await lee.page.getByRole('link', { name: 'Edit', exact: true }).count()).toBe(0)
})

test('8 Dr Lee’s list of patients: time left, search, sections, a page to print; that he printed it and a copy that he saves are told to Ana, with the reasons', async () => {
  const { page } = lee
  await page.getByRole('link', { name: 'Patients', exact: true }).click()
  await page.getByText(/left: ends (today|tomorrow) at/).waitFor(SLOW)
  await page.getByLabel('Find a patient or an entry').fill('gou')
  await page.getByRole('link', { name: /^Gout/ }).waitFor(SLOW)
  await page.getByLabel('Find a patient or an entry').fill('')
  await page.getByRole('link', { name: 'Print a summary' }).click()
  await lee.heading('Summary of the record of Ana Example').waitFor()
  await page.getByRole('main').getByText('Migraine').waitFor(SLOW)
  expect(await page.getByText('Penicillin').count()).toBe(0)
  await page.evaluate(() => Object.assign(window, { print: () => (document.title = 'printed') }))
  await lee.button('Print').click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText(/^Ana Example sees that you printed Problems, when, and why\./).waitFor()
  expect(await page.title()).not.toBe('printed')
  await dialog.getByText('To pass on to others who treat').click()
  await lee.button('Tell the patient and print', dialog).click()
  await expect.poll(() => page.title()).toBe('printed')
  await turnTo(lee, 'Save a copy')
  await page.getByText('Another reason, written below').click()
  await page.getByLabel('In your own words').fill('For the hearing on Monday')
  await lee.button('Tell the patient and save').click()
  await page.getByRole('main').getByText('Ana Example has been told.').waitFor(SLOW)
  const [file] = await Promise.all([page.waitForEvent('download'), lee.button('Save the data (FHIR)').click()])
  const copy = await lee.textOf(file)
  for (const words of ['Asthma', 'Gout', 'Migraine', 'Bruise']) expect(copy).toContain(words)
  for (const words of ['Penicillin', 'Quarrel']) expect(copy).not.toContain(words)
})

test('5 follow: Ana sees the state, when Dr Lee last looked, and what the relay saw apart from what his app told', async () => {
  const { page } = ana
  await openContact(ana, 'Dr Lee')
  await page.getByText('Accepted', { exact: true }).waitFor(SLOW)
  await page.getByText(/^Last looked at .* as their app says$/).waitFor(SLOW)
  await page.getByRole('link', { name: 'Who looked' }).first().click()
  const lines = page.getByRole('main').getByRole('listitem')
  await lines
    .filter({ hasText: /Looked at Problems\..*Their app told us \(signed\)/ })
    .first()
    .waitFor(SLOW)
  await lines
    .filter({ hasText: /The app fetched Problems\..*The server saw it/ })
    .first()
    .waitFor(SLOW)
  const copied = lines.filter({ hasText: 'Saved a copy of Problems. Reason: For the hearing on Monday' })
  await copied.filter({ hasText: 'Their app told us (signed)' }).waitFor(SLOW)
  await lines.filter({ hasText: 'Printed Problems. Reason: To pass on to others who treat' }).waitFor(SLOW)
  expect(await page.getByRole('heading', { name: 'Bea Sample' }).count()).toBe(0)
  await page.getByLabel('Who', { exact: true }).selectOption({ label: 'Bea Sample' })
  await lines
    .filter({ hasText: /Something was added or changed in Problems\..*The server saw it/ })
    .first()
    .waitFor()
})

test('5 pause, go on and narrow: what is paused is told apart, and a section that is taken out goes from Bea’s open screen', async () => {
  await openContact(ana, 'Dr Lee')
  await ana.button('Pause').click()
  await ana.page.getByText('Paused', { exact: true }).waitFor(SLOW)
  await lee.page.getByRole('link', { name: 'Patients', exact: true }).click()
  await lee.page.getByText('Paused: nothing new comes until they go on.').waitFor(SLOW)
  await ana.button('Go on').click()
  const dialog = ana.page.getByRole('dialog')
  await sign(ana, dialog)
  await ana.button('Go on', dialog).click()
  await ana.page.getByText('Accepted', { exact: true }).waitFor(SLOW)
  await lee.page.getByText(/left: ends (today|tomorrow) at/).waitFor(SLOW)

  await entry(bea, 'Penicillin').waitFor(SLOW)
  await openContact(ana, 'Bea Sample')
  await ana.page.getByRole('link', { name: 'Change', exact: true }).click()
  await ana.page.getByText(/^Allergies \(/).click()
  await ana.page.getByText('They get nothing new of the sections you take out.').waitFor()
  await ana.button('Save').click()
  await ana.page.getByText('Changed.').waitFor(SLOW)
  await entry(bea, 'Penicillin').waitFor({ ...SLOW, state: 'detached' })
  await entry(bea, 'Asthma').waitFor()
})

test('5 before its end both are told; Ana gives Dr Lee more time, signed by her passphrase', async () => {
  await relay.restartAhead(20 * HOUR_MS)
  await toPeople(ana)
  await ana.page.getByText(/^What Dr Lee sees of this record ends /).waitFor(SLOW)
  await toPeople(lee)
  await lee.page.getByText(/^The record of Ana Example ends for you /).waitFor(SLOW)
  await ana.page.getByRole('link', { name: 'Give more time' }).click()
  await ana.page.getByText('30 days', { exact: true }).click()
  await ana.page.getByText('They will see more, or for longer.').waitFor()
  await sign(ana)
  await ana.button('Save').click()
  await ana.page.getByText('Changed.').waitFor(SLOW)
  await lee.page.getByText(/^The record of Ana Example ends for you /).waitFor({ ...SLOW, state: 'detached' })
})

test('6 taken back: Bea’s goes at once; Dr Lee’s, whose network is cut, at his first look after its end', async () => {
  await lee.page.getByRole('link', { name: 'Patients', exact: true }).click()
  await lee.page.getByRole('link', { name: 'Ana Example', exact: true }).click()
  await find(lee, 'Asthma')
  await openContact(ana, 'Bea Sample')
  await ana.button('Stop').click()
  await ana.page.getByText(/cannot be taken back/).waitFor()
  await ana.button('Stop', ana.page.getByRole('dialog')).click()
  await bea.heading('This record is not shared with you any more').waitFor(SLOW)
  await bea.page.getByText('Ana Example has stopped sharing it.').waitFor()
  expect(await bea.page.getByText('Asthma').count()).toBe(0)

  await lee.setOffline(true)
  await relay.restartAhead(52 * 24 * HOUR_MS)
  await ana.add('condition', { 'What is it called?': 'Fracture' })
  await entry(lee, 'Asthma').waitFor()
  await lee.setOffline(false)
  await lee.heading('This record is not shared with you any more').waitFor(SLOW)
  await lee.page.getByText('Its time is over.').waitFor()
  for (const words of ['Asthma', 'Fracture']) expect(await lee.page.getByText(words).count()).toBe(0)
  await lee.page.getByRole('link', { name: 'Patients', exact: true }).click()
  await lee.page.getByText(/^Ana Example: ended on /).waitFor(SLOW)
  await lee.page.getByLabel('Find a patient or an entry').fill('asth')
  await lee.page.getByText('Nothing found in the records that are on this device.').waitFor(SLOW)
})
