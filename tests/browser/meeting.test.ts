import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeTempFolder } from '#tests/support/temp-folder.ts'
import { pressOn, tabTo } from './by-keyboard.ts'
import { film } from './film.ts'
import { accept, connect, entry, invite, openContact, share, SLOW, toPeople } from './people-acts.ts'
import { PASSPHRASE, Person } from './person.ts'
import { RelayProcess } from './relay-process.ts'

const DAY_MS = 24 * 3_600_000

let relay: RelayProcess
let folder: string
/** What Bea's camera sees. */
let reel: string
let ana: Person
let bea: Person
/** Calls herself Bea, has seen what was meant for Bea, and her device's clock is a year ahead. */
let eve: Person
beforeAll(async () => {
  relay = await RelayProcess.start()
  folder = makeTempFolder('film')
  reel = join(folder, 'code.y4m')
  ana = await Person.arrive(relay.origin)
  await ana.settleIn('Ana Example')
  await ana.add('condition', { 'What is it called?': 'Asthma' })
  bea = await Person.arrive(relay.origin, { camera: reel })
  await bea.settleIn('Bea Sample')
  eve = await Person.arrive(relay.origin, { clockAheadMs: 365 * DAY_MS })
  await eve.settleIn('Bea Sample')
  for (const person of [ana, bea, eve]) person.troubles.expectCutNetwork()
})
afterAll(async () => {
  for (const person of [ana, bea, eve]) await person?.leave()
  await relay.destroy()
  await rm(folder, { recursive: true, force: true })
})

const qrCode = () => ana.page.getByRole('img', { name: 'QR code of your invitation' })

const digitsOf = async ({ page }: Person) =>
  (await page.getByRole('list', { name: '60 digits' }).innerText()).replace(/\s/g, '')

/** Opens the page "I have an invitation". */
async function haveInvitation(guest: Person): Promise<void> {
  await toPeople(guest)
  await guest.page.getByRole('link', { name: 'I have an invitation' }).click()
}

/** What Bea reads of an invitation that takes nobody any more; there is no other way on than to another one. */
async function isToldOf(link: string, words: string): Promise<void> {
  await haveInvitation(bea)
  await bea.page.getByLabel('The link, or the eight words').fill(link)
  await bea.button('See whose it is').click()
  await bea.page.getByRole('alert').getByText(words).waitFor(SLOW)
  expect(await bea.button('Try again').count()).toBe(0)
  expect(await bea.button('Yes, connect').count()).toBe(0)
}

test('an invitation that was withdrawn says so to who opens it, and what to do; Ana’s list has it no more', async () => {
  const { link } = await invite(ana)
  await toPeople(ana)
  await ana.button('Withdraw').click()
  await ana.page.getByText('Withdrawn. It opens nothing any more.').waitFor(SLOW)
  expect(await ana.heading('Open invitations').count()).toBe(0)
  await isToldOf(link, 'This invitation was withdrawn. Ask for a new one.')
})

test('a stranger who saw the code, in a picture, is first: Bea, who comes second, is told, and what to do', async () => {
  const { link } = await invite(ana)
  const picture = await qrCode().screenshot()
  await haveInvitation(eve)
  await eve.button('Scan the code').click()
  const file = eve.page.getByRole('dialog').locator('input[type=file]')
  await file.setInputFiles({ name: 'code.png', mimeType: 'image/png', buffer: picture })
  await connect(ana, eve)
  await isToldOf(link, 'Somebody has used this invitation already. If that was not you, tell whoever sent it.')
})

test('Bea has no such number: Ana says that they differ, and can share nothing new, also after a new start, and is told why', async () => {
  expect(await digitsOf(ana)).toMatch(/^\d{60}$/)
  await ana.button('They differ').click()
  await ana.page.getByText('Then share nothing with them yet').waitFor(SLOW)
  await ana.page.reload()
  await ana.unlock()
  await ana.page.getByText('Then share nothing with them yet').waitFor(SLOW)
  await ana.page.getByText('If it still differs, somebody may stand between you.', { exact: false }).waitFor()
  await ana.page
    .getByText('Nothing new can be shared with Bea Sample until you both see the same number.', { exact: false })
    .waitFor()
  expect(await ana.page.getByRole('link', { name: /^Share (something|more)$/ }).count()).toBe(0)
  const place = ana.page.url()
  await ana.page.goto(`${place}/share`)
  await ana.unlock()
  await ana.page
    .getByText('You cannot share with Bea Sample at the moment. Look at their page for the reason.')
    .waitFor()
  await openContact(ana, 'Bea Sample')
})

test('they meet again before the camera: until Ana confirms the new keys nothing is shared; she compares by keyboard, and Bea gets it', async () => {
  await pressOn(ana, /^Meet again$/)
  await qrCode().waitFor(SLOW)
  await film(reel, ana.page, await qrCode().screenshot())
  await haveInvitation(bea)
  await bea.button('Scan the code').click()
  await bea.heading('Ana Example invites you').waitFor(SLOW)
  await bea.button('Yes, connect').click()
  await bea.page.getByText('Waiting for Ana Example').waitFor(SLOW)

  await ana.page.getByText('Is this really Bea Sample?').waitFor(SLOW)
  await ana.page.getByText('Until you decide, nothing new is shared.', { exact: false }).waitFor()
  expect(await ana.page.getByRole('link', { name: /^Share (something|more)$/ }).count()).toBe(0)
  const number = await digitsOf(bea)
  expect(number).toMatch(/^\d{60}$/)
  await expect.poll(() => digitsOf(ana), SLOW).toBe(number)
  await pressOn(ana, /^They are the same$/)
  await ana.page.getByRole('dialog').waitFor()
  await tabTo(ana, /^Your passphrase/)
  await ana.page.keyboard.insertText(PASSPHRASE)
  await ana.page.keyboard.press('Enter')
  await ana.page.getByText(/^You compared the number on/).waitFor(SLOW)
  await bea.page.getByText('Waiting for Ana Example').waitFor({ ...SLOW, state: 'detached' })
  await bea.button('They are the same').click()
  await bea.page.getByText(/^You compared the number on/).waitFor(SLOW)

  await share(ana, bea, { sections: ['Problems'], until: '24 hours', role: 'See' })
  await toPeople(bea)
  await accept(bea, ana)
  await entry(bea, 'Asthma').waitFor(SLOW)
  await openContact(eve, 'Ana Example')
  expect(await eve.heading('Ana Example wants to share with you').count()).toBe(0)
})

test('an invitation is over after seven days by the server’s clock, whatever the devices’ own say, with the reason on both sides', async () => {
  const { link } = await invite(ana)
  await relay.restartAhead(8 * DAY_MS)
  await ana.heading('This invitation is not open any more').waitFor(SLOW)
  await ana.page.getByText('It was used, withdrawn, or its time is over.').waitFor()
  await isToldOf(link, 'This invitation is over. Ask for a new one.')
})

test('nothing went wrong unseen', () => {
  for (const person of [ana, bea, eve]) expect(person.troubles.unexpected).toEqual([])
})
