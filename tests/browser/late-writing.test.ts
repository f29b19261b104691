import { afterAll, beforeAll, expect, test } from 'vitest'
import { accept, entry, meet, openContact, share, SLOW, toPeople, turnTo } from './people-acts.ts'
import { Person } from './person.ts'
import { RelayProcess } from './relay-process.ts'

const HOUR_MS = 3_600_000
const PHONE = { viewport: { width: 360, height: 740 } }

let relay: RelayProcess
let ana: Person
/** Her device's clock is five hours behind. */
let bea: Person
/** His device's clock is three years ahead. */
let lee: Person
beforeAll(async () => {
  relay = await RelayProcess.start()
  ana = await Person.arrive(relay.origin)
  await ana.settleIn('Ana Example')
  await ana.add('condition', { 'What is it called?': 'Asthma' })
  bea = await Person.arrive(relay.origin, { ...PHONE, clockAheadMs: -5 * HOUR_MS })
  await bea.settleIn('Bea Sample')
  lee = await Person.arrive(relay.origin, { ...PHONE, clockAheadMs: 3 * 366 * 24 * HOUR_MS })
  await lee.settleIn('Dr Lee')
  for (const person of [ana, bea, lee]) person.troubles.expectCutNetwork()
})
afterAll(async () => {
  for (const person of [ana, bea, lee]) await person?.leave()
  await relay.destroy()
})

async function letIn(guest: Person, role: 'See' | 'See and add'): Promise<void> {
  await meet(ana, guest)
  await share(ana, guest, { sections: ['Problems'], until: '24 hours', role })
  await toPeople(guest)
  await accept(guest, ana)
  await entry(guest, 'Asthma').waitFor(SLOW)
}

/** On the page of the shared record. */
async function isToldOfClock({ page }: Person, words: RegExp): Promise<void> {
  await page.getByText('You are looking at the record of Ana Example').waitFor()
  await page.getByText(words).waitFor(SLOW)
  await page.getByText(/^Shares end by the server’s clock all the same, neither earlier nor later\./).waitFor()
}

/** Ends when the server serves them nothing more. */
async function stopFor(name: string): Promise<void> {
  await openContact(ana, name)
  await ana.button('Stop').click(SLOW)
  await ana.button('Stop', ana.page.getByRole('dialog')).click()
  await ana.page.locator('summary').filter({ hasText: 'Over' }).click(SLOW)
  await ana.page.getByText('It was stopped').waitFor(SLOW)
}

/** In the shared record on screen. */
async function addProblem(person: Person, name: string): Promise<void> {
  await person.go('Add')
  await person.page.locator('main a[href$="/add/condition"]').click()
  await person.fill({ 'What is it called?': name })
  await person.save()
}

test('with a clock that is hours behind, or years ahead, what Ana shares opens, and its page says that it ends by the server’s clock', async () => {
  await letIn(bea, 'See and add')
  await isToldOfClock(bea, /^The clock of this device is 5 hours behind$/)
  await letIn(lee, 'See')
  await isToldOfClock(lee, /^The clock of this device is 3 years ahead$/)
  await lee.page.reload()
  await lee.unlock()
  await entry(lee, 'Asthma').waitFor(SLOW)
  await ana.add('condition', { 'What is it called?': 'Migraine' })
  for (const person of [bea, lee]) await entry(person, 'Migraine').waitFor(SLOW)
})

test('what Bea wrote without a network while Ana stopped sharing is kept and sent, and she reads what becomes of it', async () => {
  await bea.setOffline(true)
  await addProblem(bea, 'Bruise')
  await stopFor(bea.name)
  await bea.setOffline(false)
  await bea.heading('This record is not shared with you any more').waitFor(SLOW)
  await bea.page.getByText('Ana Example has stopped sharing it.').waitFor()
  await bea.page
    .getByText(/^What you had written here and could not send before the end has been sent to Ana Example, sealed\./)
    .waitFor(SLOW)
  expect(await bea.page.getByText('Bruise').count()).toBe(0)
})

test('Ana is told that somebody wrote too late, sees by whom and what, and it is part of nothing until she takes it in', async () => {
  const { page } = ana
  await ana.go('Timeline')
  await entry(ana, 'Migraine').waitFor()
  expect(await page.getByText('Bruise').count()).toBe(0)
  await toPeople(ana)
  await page.getByText('Written after you stopped sharing').waitFor(SLOW)
  await page.getByRole('link', { name: 'See what it is' }).click()
  await ana.heading(/Bea Sample.* wrote one thing$/).waitFor(SLOW)
  await page.getByText(/^Last on .*, by their clock\. Take in only what you would have believed\.$/).waitFor()
  await page.getByText('New', { exact: true }).waitFor()
  await page.getByText('Bruise').waitFor()
  await ana.button('Take it in').click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText(/It stays marked with who wrote it\./).waitFor()
  await ana.button('Take it in', dialog).click()
  await page.getByText('Nothing to decide').waitFor(SLOW)
  await ana.go('Timeline')
  await entry(ana, 'Bruise.*Added by ⁨Bea Sample⁩').waitFor(SLOW)
  await toPeople(ana)
  expect(await page.getByText('Written after you stopped sharing').count()).toBe(0)
  await turnTo(lee, 'Timeline')
  await entry(lee, 'Bruise').waitFor(SLOW)
})

test('an hour before the end by the server’s clock Dr Lee still sees it, an hour after it is over: his own says years', async () => {
  await relay.restartAhead(23 * HOUR_MS)
  await lee.page.getByText(/^The record of Ana Example ends for you /).waitFor(SLOW)
  await entry(lee, 'Asthma').waitFor()
  await relay.restartAhead(25 * HOUR_MS)
  await lee.heading('This record is not shared with you any more').waitFor(SLOW)
  await lee.page.getByText('Its time is over.').waitFor()
  expect(await lee.page.getByText('Asthma').count()).toBe(0)
})
