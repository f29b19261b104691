import { afterAll, beforeAll, expect, test } from 'vitest'
import { look } from './look.ts'
import { meet, openContact, SLOW } from './people-acts.ts'
import { PASSPHRASE, Person } from './person.ts'
import { RelayProcess } from './relay-process.ts'

let relay: RelayProcess
/** On a phone. */
let ana: Person
/** Her doctor. */
let bea: Person
beforeAll(async () => {
  relay = await RelayProcess.start()
  ana = await Person.arrive(relay.origin, { viewport: { width: 360, height: 740 } })
  await ana.settleIn('Ana Example')
  bea = await Person.arrive(relay.origin)
  await bea.settleIn('Bea Sample')
  await meet(ana, bea)
})
afterAll(async () => {
  await ana?.leave()
  await bea?.leave()
  await relay.destroy()
})

const says = ({ page }: Person, words: string | RegExp) => page.getByRole('main').getByText(words).first().waitFor(SLOW)
const DAY_MS = 86_400_000
const dayIn = (days: number) => new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10)

test('Ana asks for an appointment from the page of her doctor; what is missing is named first', async () => {
  const { page } = ana
  await openContact(ana, 'Bea Sample')
  await page.getByRole('link', { name: 'Ask for an appointment' }).click()
  await ana.button('Send the request').click()
  await says(ana, 'This is needed.')
  await page.getByLabel('What is it about?').fill('My knee')
  await page.getByLabel('When would suit you?').fill('Mornings, please.')
  expect(await look(page, '/messages/appointment, filled')).toEqual([])
  await ana.button('Send the request').click()
  await ana.heading('Appointment: My knee').waitFor()
  await says(ana, 'It is the turn of Bea Sample.')
})

test('her doctor keeps a list of free times', async () => {
  const { page } = bea
  await page.goto(`${relay.origin}/messages/free-times`)
  await bea.unlock()
  await bea.button('Add free times').click()
  await says(bea, 'This is needed.')
  await page.getByLabel('Day').fill(dayIn(14))
  await page.getByLabel('From').fill('09:00')
  await page.getByLabel('Until').fill('09:10')
  await bea.button('Add free times').click()
  await says(bea, 'This must be later than the beginning')
  await page.getByLabel('Until').fill('10:00')
  await bea.button('Add free times').click()
  await page.getByRole('listitem').filter({ hasText: '9:40' }).waitFor()
  await page
    .getByRole('button', { name: /^Take away/ })
    .nth(2)
    .waitFor()
  await page.getByRole('button', { name: /^Take away .*9:20/ }).click()
  await page.getByRole('listitem').filter({ hasText: '9:20' }).waitFor({ state: 'detached' })
  expect(await look(page, 'free times')).toEqual([])
})

test('her doctor offers two times, she chooses one, and it is confirmed', async () => {
  const { page } = bea
  await page.goto(`${relay.origin}/messages`)
  await bea.unlock()
  await page.getByRole('link', { name: /Appointment: My knee/ }).click(SLOW)
  await says(bea, 'Mornings, please.')
  await bea.button('Offer times…').click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Send' }).click()
  await dialog.getByText('This is needed.').first().waitFor()
  await dialog.getByText(/9:40/).click()
  const first = dialog.getByRole('group', { name: 'Time 1' })
  await first.getByLabel('Day').fill(dayIn(14))
  await first.getByLabel('Time', { exact: true }).fill('09:00')
  await dialog.getByRole('button', { name: 'Another time' }).click()
  const second = dialog.getByRole('group', { name: 'Time 2' })
  await second.getByLabel('Day').fill(dayIn(15))
  await second.getByLabel('Time', { exact: true }).fill('10:30')
  await dialog.getByLabel('How many minutes').fill('20')
  await dialog.getByLabel('Where').fill('Main street 1, room 2')
  expect(await look(page, 'offering times')).toEqual([])
  await dialog.getByRole('button', { name: 'Send' }).click()
  await says(ana, 'Times offered')
  await ana.button('Choose a time…').click()
  await ana.page.getByRole('radio').nth(2).waitFor({ state: 'attached' })
  await ana.page.getByRole('radio', { name: /10:30/ }).check({ force: true })
  expect(await look(ana.page, 'choosing a time')).toEqual([])
  await ana.button('Send').click()
  await says(bea, 'Chosen, not confirmed yet')
  await bea.button('Confirm…').click()
  await bea.button('Send').click()
  await says(ana, 'Confirmed')
  await says(ana, 'Main street 1, room 2')
  await ana.page.goto(`${relay.origin}/plan`)
  await ana.unlock()
  await says(ana, /10:30/)
  expect(await look(ana.page, 'the plan with an appointment')).toEqual([])
  await ana.page.getByRole('link', { name: 'My knee' }).click()
  await ana.heading('Appointment: My knee').waitFor(SLOW)
})

test('she takes it along as a file for her calendar, which does not say what it is about', async () => {
  const { page } = ana
  await page.getByRole('button', { name: /^Save for a calendar/ }).click()
  await page.getByRole('textbox', { name: 'Your passphrase' }).fill(PASSPHRASE)
  const [download] = await Promise.all([page.waitForEvent('download'), ana.button('Save').click()])
  const text = await ana.textOf(download)
  expect(text).toContain('SUMMARY:Appointment: Bea Sample')
  expect(text).not.toContain('knee')
})

test('both prepare it, and write down what was said there', async () => {
  await bea.button('What to bring…').click()
  await bea.page.getByLabel('What to bring or do before').fill('The X-ray\nShorts')
  await bea.button('Send').click()
  await says(ana, 'Shorts')
  await ana.button('My questions…').click()
  await ana.page.getByLabel('What you want to ask there').fill('May I run?')
  await ana.button('Send').click()
  await says(bea, 'May I run?')
  await bea.button('It took place').click()
  await says(ana, 'Took place')
  await bea.button('Write a note…').click()
  await bea.page.getByLabel('Your note').fill('Run less until May.')
  await bea.button('Send').click()
  await says(ana, 'Run less until May.')
  expect(await look(ana.page, 'an appointment that took place')).toEqual([])
})

test('her doctor sends her a questionnaire; she answers it as any other, and he sees what it comes to', async () => {
  const { page } = bea
  await page.goto(`${relay.origin}/messages/questionnaire`)
  await bea.unlock()
  await page.getByLabel('Which questionnaire?').selectOption({ index: 2 })
  await bea.button('Send the questionnaire').click()
  await says(bea, 'It is the turn of Ana Example.')
  await ana.page.goto(`${relay.origin}/messages`)
  await ana.unlock()
  await ana.page.getByRole('link', { name: /^Questionnaire: / }).click(SLOW)
  await ana.button('Answer it').click()
  await ana.page.getByText('Not at all').first().click()
  expect(await look(ana.page, 'a questionnaire that was sent')).toEqual([])
  await ana.button('Send my answers').click()
  await says(ana, 'It is the turn of Bea Sample.')
  await ana.button('Change my answers').waitFor()
  await says(bea, 'The answers')
  expect(await look(page, 'a questionnaire that was answered')).toEqual([])
})
