import { readFile } from 'node:fs/promises'
import { DatabaseSync } from 'node:sqlite'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { confirmDevice, offerDevice, spokenWords, startAnswer } from './pair-acts.ts'
import { accept, entry, meet, openContact, share, SLOW } from './people-acts.ts'
import { PASSPHRASE, Person } from './person.ts'
import { RelayProcess } from './relay-process.ts'

const LETTER = Buffer.from(`%PDF-1.7\n${'letter '.repeat(20_000)}`)
const DAY_MS = 24 * 3600_000

/** Ana and Ben are on the old one; she moves to the new one, at another origin. */
let before: RelayProcess
let after: RelayProcess
let ana: Person
let phone: Person
let ben: Person
let wordsOfAna: string[]
beforeAll(async () => {
  before = await RelayProcess.start()
  after = await RelayProcess.start()
  ana = await Person.arrive(before.origin)
  wordsOfAna = await ana.settleIn('Ana Example')
  phone = await Person.arrive(before.origin, { viewport: { width: 390, height: 844 } })
  ben = await Person.arrive(before.origin)
  await ben.settleIn('Ben Sample')
  for (const person of [ana, phone, ben]) mayAsk(person, after)
})
afterAll(async () => {
  await ana?.leave()
  await phone?.leave()
  await ben?.leave()
  await before.destroy()
  await after.destroy()
})

/** At another origin than the app on screen came from. */
function mayAsk(person: Person, relay: RelayProcess): void {
  person.troubles.expect(new RegExp(`to a stranger: (http|ws)://localhost:${new URL(relay.origin).port}/v1/`))
}

/** The ids of the logs that a relay has. */
function logsAt(relay: RelayProcess): Set<unknown> {
  const db = new DatabaseSync(join(relay.dataDir, 'relay.sqlite'), { readOnly: true })
  const ids = db.prepare('SELECT id FROM logs').all()
  db.close()
  return new Set(ids.map(row => row['id']))
}

test('by one tap Ana’s record goes to another server; her phone follows by itself, and Ben goes on sharing and writing with her', async () => {
  await ana.add('condition', { 'What is it called?': 'Asthma' })
  await ana.page.getByRole('link', { name: 'Add a document or photo' }).click()
  const letter = { name: 'letter.pdf', mimeType: 'application/pdf', buffer: LETTER }
  await ana.page.locator('input[type=file][multiple]').setInputFiles([letter])
  await ana.fill({ 'What is it?': 'Letter of the clinic' })
  await ana.button('Save').click()
  await ana.page.getByRole('link', { name: /Letter of the clinic/ }).waitFor()
  await meet(ana, ben)
  await share(ana, ben, { sections: ['Problems'], until: '30 days', role: 'See' })
  await accept(ben, ana)
  await entry(ben, 'Asthma').waitFor(SLOW)
  await offerDevice(phone, 'My phone')
  await startAnswer(ana)
  await ana.page.getByLabel('The eight words').fill((await spokenWords(phone)).join(' '))
  await ana.button('Connect').click()
  await confirmDevice(ana, phone)
  await ana.statusSays('Backed up')

  await ana.page.goto(`${before.origin}/server`)
  await ana.unlock()
  await ana.button('Move to another server').click()
  await ana.page.getByLabel('Its address').fill(after.origin)
  await ana.button('Move to another server').click()
  const dialog = ana.page.getByRole('dialog')
  await dialog.getByLabel('Your passphrase', { exact: true }).fill(PASSPHRASE)
  await ana.button('Move to another server', dialog).click()
  const host = new URL(after.origin).host
  await ana.page.getByText(new RegExp(`^Your record moved to ${host} on`)).waitFor({ timeout: 90_000 })
  await ana.page.getByText(`open Wellkeep at ${after.origin} on this device`).waitFor()

  // The running apps go on, at the new one.
  await ana.add('condition', { 'What is it called?': 'Hay fever' })
  await ana.statusSays('Backed up')
  await phone.page.goto(`${before.origin}/server`)
  await phone.unlock()
  await phone.page.getByText(new RegExp(`^Your record moved to ${host} on`)).waitFor({ timeout: 90_000 })
  await phone.page.goto(before.origin)
  await phone.unlock()
  await entry(phone, 'Hay fever').waitFor(SLOW)
  await ben.page.goto(`${before.origin}/people`)
  await ben.unlock()
  await openContact(ben, 'Ana Example')
  await ben.page.getByText(`On another server: ${host}`).waitFor({ timeout: 90_000 })

  await ben.page.goto(`${before.origin}/messages/new`)
  await ben.unlock()
  await ben.page.getByText('Ana Example', { exact: true }).first().click()
  await ben.page.getByText('Among ourselves', { exact: true }).first().click()
  await ben.page.getByLabel('Subject').fill('Asthma')
  await ben.page.getByLabel('Your message').fill('Do you have enough of the spray?')
  await ben.button('Send').click()
  await ben.heading('Asthma').waitFor()
  await ana.page.goto(`${before.origin}/messages`)
  await ana.unlock()
  await ana.page.getByRole('link', { name: /Ben Sample.*Asthma/ }).click(SLOW)
  const said = ana.page.getByRole('log').getByRole('listitem').filter({ hasText: 'enough of the spray' })
  await expect.poll(() => said.count(), SLOW).toBe(1)
  await ana.statusSays('Backed up')
})

test('her 24 words bring everything back at the new address; after thirty days the old server holds nothing of hers', async () => {
  const back = await Person.arrive(after.origin)
  mayAsk(back, before)
  await back.page.getByRole('link', { name: 'Use my 24 recovery words' }).click()
  await back.page.getByLabel('The 24 words').fill(wordsOfAna.join(' '))
  await back.page.getByLabel('New passphrase', { exact: true }).fill(PASSPHRASE)
  await back.button('Bring back my record').click()
  await expect.poll(() => entry(back, 'Hay fever').count(), SLOW).toBe(1)
  await back.go('Timeline')
  await entry(back, 'Letter of the clinic').click(SLOW)
  const coming = back.page.waitForEvent('download')
  await back.button('Save a copy of letter.pdf').click(SLOW)
  expect(await readFile(await (await coming).path())).toEqual(LETTER)
  await back.statusSays('Backed up', 90_000)
  const hers = logsAt(after)
  expect([...hers].some(id => logsAt(before).has(id))).toBe(true)
  await back.leave()

  for (const person of [ana, phone, ben]) person.troubles.expectCutNetwork()
  await before.restartAhead(31 * DAY_MS)
  await after.restartAhead(31 * DAY_MS)
  await ana.page.goto(`${before.origin}/server`)
  await ana.unlock()
  await expect.poll(() => [...hers].filter(id => logsAt(before).has(id)), { timeout: 120_000 }).toEqual([])
  await ana.button('Add a second server').waitFor(SLOW)
})
