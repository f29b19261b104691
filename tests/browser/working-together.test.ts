import { afterAll, beforeAll, expect, test } from 'vitest'
import { look } from './look.ts'
import { turnTo } from './people-acts.ts'
import { PASSPHRASE, Person } from './person.ts'
import { RelayProcess } from './relay-process.ts'

const SLOW = { timeout: 60_000 }
const PHONE = { viewport: { width: 360, height: 740 } }

let relay: RelayProcess
let ana: Person
let bea: Person
let cleo: Person
beforeAll(async () => {
  relay = await RelayProcess.start()
  ana = await Person.arrive(relay.origin)
  await ana.settleIn('Ana Example')
  await ana.add('condition', { 'What is it called?': 'Asthma' })
  bea = await Person.arrive(relay.origin, PHONE)
  await bea.settleIn('Bea Sample')
  cleo = await Person.arrive(relay.origin, PHONE)
  await cleo.settleIn('Cleo Nurse')
})
afterAll(async () => {
  for (const person of [ana, bea, cleo]) await person?.leave()
  await relay.destroy()
})

/** They meet by a link, and Ana lets them see her problems and add to them. */
async function letIn(guest: Person, name: string): Promise<void> {
  await ana.go('Family & sharing')
  await ana.button('Invite someone').click()
  const link = await ana.page.getByLabel('Link').inputValue()
  await guest.page.goto(link)
  await guest.unlock()
  await guest.button('Yes, connect').click()
  await ana.heading(name).waitFor(SLOW)
  await guest.page.getByText('Waiting for Ana Example').waitFor({ ...SLOW, state: 'detached' })

  await ana.page.getByRole('link', { name: 'Share something' }).click()
  await ana.page.getByText(/^Problems \(/).click()
  await ana.button('Next').click()
  await ana.page.getByText('24 hours', { exact: true }).click()
  await ana.page.getByText('See and add', { exact: true }).click()
  await ana.button('Next').click()
  await ana.button('Next').click()
  await ana.page.getByLabel('Your passphrase, as a signature', { exact: true }).fill(PASSPHRASE)
  await ana.button('Share now').click()
  await ana.heading(`It is on its way to ${name}`).waitFor(SLOW)
  await guest.heading('Ana Example wants to share with you').waitFor(SLOW)
  await guest.button('Accept').click()
  await entry(guest, 'Asthma').waitFor(SLOW)
}

const entry = (person: Person, name: string) => person.page.getByRole('link', { name: new RegExp(name) }).first()

/** In the record that is on screen. */
async function rename(person: Person, from: string, to: string): Promise<void> {
  await entry(person, from).click()
  await person.page.getByRole('link', { name: 'Edit', exact: true }).click()
  await person.fill({ 'What is it called?': to })
  await person.save()
}

test('Ana lets Bea and Cleo see her problems and add to them', async () => {
  await letIn(bea, 'Bea Sample')
  await letIn(cleo, 'Cleo Nurse')
})

test('all three write offline; joined again all see the same, and who wrote what', async () => {
  for (const person of [ana, bea, cleo]) await person.setOffline(true)
  for (const [person, name] of [
    [bea, 'Bruise'],
    [cleo, 'Cough'],
  ] as const) {
    await turnTo(person, 'Add')
    await person.page.getByRole('link', { name: /^Condition/ }).click()
    await person.fill({ 'What is it called?': name })
    await person.save()
  }
  await ana.add('condition', { 'What is it called?': 'Migraine' })
  await ana.go('Timeline')
  await rename(ana, 'Asthma', 'Mild asthma')
  await turnTo(bea, 'Home')
  await rename(bea, 'Asthma', 'Severe asthma')
  for (const person of [ana, bea, cleo]) await person.setOffline(false)

  await ana.go('Timeline')
  await entry(ana, 'Bruise.*Added by ⁨Bea Sample⁩').waitFor(SLOW)
  await entry(ana, 'Cough.*Added by ⁨Cleo Nurse⁩').waitFor(SLOW)
  for (const person of [bea, cleo]) {
    await turnTo(person, 'Timeline')
    for (const name of ['Migraine', 'Bruise', 'Cough']) await entry(person, name).waitFor(SLOW)
    await entry(person, 'Added by you').waitFor(SLOW)
  }
  await entry(bea, 'Cough.*Added by ⁨Cleo Nurse⁩').waitFor(SLOW)
  await entry(cleo, 'Bruise.*Added by ⁨Bea Sample⁩').waitFor(SLOW)
  expect(await look(cleo.page, 'together-timeline')).toEqual([])
})

test('both names of the one that two changed stand side by side, with who wrote which; the nurse chooses, for all', async () => {
  await entry(cleo, 'asthma').click()
  await cleo.page.getByText('“Name” was changed twice at once. Which is right?').waitFor(SLOW)
  await cleo.page.getByText(/^Changed .*, by ⁨Ana Example⁩$/).waitFor()
  await cleo.page.getByText(/^Changed .*, by ⁨Bea Sample⁩$/).waitFor()
  expect(await look(cleo.page, 'together-conflict')).toEqual([])
  await cleo.button('Severe asthma: this is right').click()
  await cleo.page.getByText('Decided, on every device').waitFor()
  await entry(ana, 'asthma').click()
  await ana.page.getByText('Which is right?').waitFor({ ...SLOW, state: 'detached' })
  await ana.page.getByText(/, by ⁨Cleo Nurse⁩$/).waitFor(SLOW)
  await ana.page.getByText(/, by you$/).waitFor()
})
