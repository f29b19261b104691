import { afterAll, beforeAll, expect, test } from 'vitest'
import { PASSPHRASE, Person } from './person.ts'
import { RelayProcess } from './relay-process.ts'

const SLOW = { timeout: 60_000 }

let relay: RelayProcess
let ana: Person
let lee: Person
beforeAll(async () => {
  relay = await RelayProcess.start()
  ana = await Person.arrive(relay.origin)
  await ana.settleIn('Ana Example')
  await ana.add('condition', { 'What is it called?': 'Asthma' })
  lee = await Person.arrive(relay.origin, { viewport: { width: 360, height: 740 } })
  await lee.settleIn('Dr Lee')
})
afterAll(async () => {
  await ana?.leave()
  await lee?.leave()
  await relay.destroy()
})

test('Dr Lee looks after Ana: she stands in the list, a copy without a network is told later, and Ana sees who looked', async () => {
  await ana.go('Family & sharing')
  await ana.button('Invite someone').click()
  const link = await ana.page.getByLabel('Link').inputValue()
  await lee.page.goto('about:blank')
  await lee.page.goto(link)
  await lee.unlock()
  await lee.button('Yes, connect').click(SLOW)
  await ana.heading('Dr Lee').waitFor(SLOW)
  await lee.heading('Ana Example').waitFor(SLOW)
  await ana.page.getByRole('link', { name: 'Share something' }).click(SLOW)
  await ana.page.getByText(/^Problems \(/).click()
  await ana.button('Next').click()
  await ana.page.getByText('24 hours', { exact: true }).click()
  await ana.button('Next').click()
  await ana.button('Next').click()
  await ana.page.getByLabel('Your passphrase, as a signature', { exact: true }).fill(PASSPHRASE)
  await ana.button('Share now').click()
  await lee.page.getByText('I look after patients: keep a list of those who share with me').click(SLOW)
  await lee.button('Accept').click()
  const asthma = lee.page.getByRole('link', { name: /Asthma/ }).first()
  await asthma.waitFor(SLOW)

  await lee.page.getByRole('link', { name: 'Patients', exact: true }).click()
  await lee.page.getByText(/left: ends (today|tomorrow) at/).waitFor(SLOW)
  await lee.page.getByLabel('Find a patient or an entry').fill('asth')
  await lee.page.getByRole('link', { name: /^Asthma/ }).waitFor(SLOW)
  await lee.page.context().setOffline(true)
  await lee.page.getByLabel('Find a patient or an entry').fill('')
  await lee.page.getByRole('link', { name: 'Save a copy' }).click()
  await lee.button('Tell the patient and save').click()
  await lee.page.getByText('Ana Example will be told as soon as this device is connected.').waitFor(SLOW)
  const [file] = await Promise.all([lee.page.waitForEvent('download'), lee.button('Save the data (FHIR)').click()])
  expect(file.suggestedFilename()).toMatch(/^wellkeep-.*\.json$/)
  await lee.page.context().setOffline(false)

  await ana.go('Family & sharing')
  await ana.page.getByRole('link', { name: 'Who looked' }).click()
  await ana.page.getByText(/Saved a copy of Problems/).waitFor({ timeout: 150_000 })
  await ana.page
    .getByText(/Looked at Problems/)
    .first()
    .waitFor(SLOW)
  await ana.page.getByText('The server saw it').first().waitFor(SLOW)
})
