import { afterAll, beforeAll, expect, test } from 'vitest'
import { look } from './look.ts'
import { accept, meet, share, SLOW } from './people-acts.ts'
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

const says = ({ page }: Person, words: string | RegExp) => page.getByRole('main').getByText(words).first().waitFor(SLOW)

async function at(person: Person, path: string): Promise<void> {
  await person.page.goto(`${relay.origin}${path}`)
  await person.unlock()
}

test('a doctor writes a result for the record of Ana: it goes to her, and waits', async () => {
  await share(ana, bea, { sections: ['Medicines'], until: '24 hours', role: 'See' })
  await accept(bea, ana)
  await at(bea, '/settings')
  await bea.page.getByText('I look after patients').click()
  await bea.page.getByRole('link', { name: 'Patients' }).first().click()
  await bea.page.getByRole('link', { name: 'Write for the record' }).click()
  await bea.heading('Write for the record of Ana Example').waitFor()
  await bea.page.getByRole('link', { name: 'Salbutamol' }).waitFor(SLOW)
  expect(await look(bea.page, 'what a doctor can write')).toEqual([])
  await bea.page.getByRole('link', { name: 'Test result' }).click()
  await bea.fill({ 'Which test': 'Potassium', Result: '4.1', Unit: 'mmol/L' })
  await bea.page.getByLabel('Year').fill('2026')
  expect(await look(bea.page, 'a lab result')).toEqual([])
  await bea.button('Send it to be accepted').click()
  await bea.heading('For the record: Potassium').waitFor()
  await says(bea, 'It is the turn of Ana Example.')
})

test('Ana finds it on her home page, sees what it would add, and accepts it: it stands there by her doctor', async () => {
  const { page } = ana
  await at(ana, '/')
  await page.getByText('One entry waits for you to accept it').waitFor(SLOW)
  await page.getByRole('link', { name: 'Look at it', exact: true }).click()
  await ana.heading('For the record: Potassium').waitFor()
  await says(ana, /4\.1 mmol\/L/)
  expect(await look(page, 'an addition')).toEqual([])
  await says(bea, 'They have looked at it.')
  await ana.button('Accept').click()
  await says(ana, 'In the record')
  await page.getByRole('link', { name: 'Open the entry' }).click()
  await page.getByText(/Bea Sample.*, accepted by you on/).waitFor(SLOW)
  expect(await page.getByText('Entered by hand').count()).toBe(0)
  expect(await look(page, 'an entry that was accepted')).toEqual([])
  await says(bea, 'In the record')
})

test('a medicine that her doctor stops is stopped once Ana says so', async () => {
  await at(bea, '/patients')
  await bea.page.getByRole('link', { name: 'Write for the record' }).click()
  await bea.page.getByRole('link', { name: 'Salbutamol' }).click()
  await bea.heading('Change or stop: Salbutamol').waitFor()
  await bea.page.getByText('No, it is stopped', { exact: true }).click()
  expect(await look(bea.page, 'a medicine that is stopped')).toEqual([])
  await bea.button('Send it to be accepted').click()
  await says(bea, /Their entry “Salbutamol” would say this/)
  await at(ana, '/messages')
  await ana.page.getByRole('link', { name: /For the record: Salbutamol/ }).click(SLOW)
  await says(ana, /Your entry “Salbutamol” would say this/)
  await ana.button('Accept').click()
  await ana.page.getByRole('link', { name: 'Open the entry' }).click(SLOW)
  await ana.page
    .getByText(/, by .*Bea Sample/)
    .first()
    .waitFor(SLOW)
})

test('without asking, it comes in by itself, and says so; taken back, it waits again', async () => {
  const { page } = ana
  await at(ana, '/messages')
  await page.getByText('2 requests that are over').click(SLOW)
  await page.getByRole('link', { name: /For the record: Salbutamol/ }).click(SLOW)
  await says(ana, 'In the record')
  await at(bea, '/patients')
  await bea.page.getByRole('link', { name: 'Write for the record' }).click()
  await bea.page.getByRole('link', { name: 'Note' }).click()
  await bea.fill({ Title: 'Visit', 'Your note': 'Better' })
  await bea.button('Send it to be accepted').click()
  await at(ana, '/messages')
  await page.getByRole('link', { name: /For the record: Visit/ }).click(SLOW)
  await page.getByText(/^Accept everything from/).click()
  await ana.button('Accept without asking').click()
  await says(ana, /Let it in by itself, without asking/)
  await says(bea, 'In the record, without asking')
  await page.getByText(/^Accept everything from/).click()
  await expect.poll(() => page.getByRole('checkbox').isChecked()).toBe(false)
})
