import { afterAll, beforeAll, expect, test } from 'vitest'
import { look } from './look.ts'
import { meet, SLOW } from './people-acts.ts'
import { Person } from './person.ts'
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
  await ana.add('medicine', { 'Name of the medicine': 'Salbutamol' })
  bea = await Person.arrive(relay.origin)
  await bea.settleIn('Bea Sample')
  await meet(ana, bea)
})
afterAll(async () => {
  await ana?.leave()
  await bea?.leave()
  await relay.destroy()
})

const says = ({ page }: Person, words: string) => page.getByRole('main').getByText(words).first().waitFor(SLOW)

test('Ana asks her doctor for a refill; what is missing is named first', async () => {
  const { page } = ana
  await page.goto(`${relay.origin}/messages`)
  await ana.unlock()
  await ana.button('New').click()
  await page.getByRole('menuitem', { name: 'Ask for a refill' }).click()
  await ana.button('Send the request').click()
  await says(ana, 'This is needed.')
  await page.getByLabel('Which medicine?').selectOption('Salbutamol')
  expect(await page.getByLabel('Whom do you ask?').inputValue()).not.toBe('')
  await page.getByLabel('What do you wish?').fill('Two inhalers, please.')
  expect(await look(page, '/messages/refill, filled')).toEqual([])
  await ana.button('Send the request').click()
  await ana.heading('Refill: Salbutamol').waitFor()
  await says(ana, 'It is the turn of Bea Sample.')
})

test('her doctor sees it among the requests, and approves it otherwise; each sees what the other did', async () => {
  const { page } = bea
  await page.goto(`${relay.origin}/messages`)
  await bea.unlock()
  const row = page.getByRole('link', { name: /Refill: Salbutamol/ })
  await row.waitFor(SLOW)
  expect(await row.innerText()).toContain('Your turn')
  await row.click()
  await says(bea, 'Two inhalers, please.')
  await says(ana, 'They have looked at it.')
  await bea.button('Decline…').click()
  await bea.button('Send').click()
  await page.getByRole('dialog').getByText('This is needed.').waitFor()
  await bea.button('Cancel').click()
  await bea.button('Approve otherwise…').click()
  await page.getByRole('dialog').getByText('Told the pharmacy by phone').click()
  await page.getByLabel('What instead').fill('One now, one in May.')
  await bea.button('Send').click()
  await says(bea, 'There is nothing for you to do.')
  await says(ana, 'Once you have the medicine, press “I have it”.')
  await says(ana, 'One now, one in May.')
  await says(ana, 'not a prescription')
  expect(await look(page, 'a request')).toEqual([])
})

test('only “I have it” adds to the stock, and ends the request on both sides', async () => {
  const { page } = ana
  await ana.button('I have it…').click()
  await page.getByText('Yes, and nothing about it is different').click()
  await page.getByLabel('How much do you have now, more than before?').fill('1')
  await page.getByLabel('In what').fill('inhaler')
  expect(await look(page, 'a step')).toEqual([])
  await ana.button('Send').click()
  await page.getByText('Added to the stock.').waitFor()
  await says(bea, 'Fetched')
  await says(ana, 'There is nothing for you to do.')
  expect(await look(page, 'a request that is over')).toEqual([])
  await page.goto(`${relay.origin}/record/medicines`)
  await ana.unlock()
  await page
    .getByRole('link', { name: /Salbutamol/ })
    .first()
    .click()
  await page.getByText('1 inhaler').first().waitFor()
})
