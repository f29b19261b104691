import { afterAll, beforeAll, expect, test } from 'vitest'
import { pressOn, tabTo } from './by-keyboard.ts'
import { look } from './look.ts'
import { accept, meet, share, SLOW } from './people-acts.ts'
import { Person } from './person.ts'
import { RelayProcess } from './relay-process.ts'
import { visit } from './visit.ts'

let relay: RelayProcess
/** On a phone. */
let ana: Person
/** Her doctor. */
let bea: Person
beforeAll(async () => {
  relay = await RelayProcess.start()
  ana = await Person.arrive(relay.origin, { viewport: { width: 360, height: 740 } })
  await ana.settleIn('Ana Example')
  await ana.add('condition', { 'What is it called?': 'Asthma' })
  bea = await Person.arrive(relay.origin)
  await bea.settleIn('Bea Sample')
  await meet(ana, bea)
  await share(ana, bea, { sections: ['Problems'], until: '24 hours', role: 'See' })
  await accept(bea, ana)
  await visit(bea.page, '/settings')
  await bea.page.getByText('I look after patients').click()
})
afterAll(async () => {
  await ana?.leave()
  await bea?.leave()
  await relay.destroy()
})

const says = ({ page }: Person, words: string | RegExp) => page.getByRole('main').getByText(words).first().waitFor(SLOW)

const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
const TEXT =
  '# Twice a day\n\nBreathe out, then **in**.\n\n![The spray](spray.png)\n\nMore: [a page](https://example.org/spray)'

test('a doctor writes a leaflet with a picture and keeps it for use again, by the keyboard but for the file', async () => {
  const { page } = bea
  await visit(page, '/patients')
  await pressOn(bea, /^Materials$/)
  await bea.heading('Materials').waitFor()
  await tabTo(bea, /^Title/)
  await page.keyboard.type('Your spray')
  await tabTo(bea, /^Text/)
  await page.keyboard.insertText(TEXT)
  const picture = { name: 'spray.png', mimeType: 'image/png', buffer: Buffer.from(PNG, 'base64') }
  await page.locator('input[type=file]').setInputFiles(picture)
  await pressOn(bea, /^How it looks$/)
  await page.getByRole('img', { name: 'The spray' }).waitFor()
  expect(await look(page, 'a material that is written')).toEqual([])
  await pressOn(bea, /^Keep for use again$/)
  await page.getByText('Kept in “My materials”, for use again.').waitFor()
  await visit(page, '/patients/answers')
  await page.getByRole('heading', { name: 'Your spray' }).waitFor()
  expect(await look(page, 'what is kept')).toEqual([])
})

test('after a lock she takes it from there, and gives it to whom a shared record says to have it', async () => {
  const { page } = bea
  await bea.lock()
  await bea.unlock()
  await visit(page, '/patients/answers')
  await pressOn(bea, /^Give or change “Your spray”$/)
  await bea.heading('Materials').waitFor()
  await page.getByText('spray.png', { exact: true }).waitFor()
  await page.getByText('By condition', { exact: true }).click()
  await tabTo(bea, /^Which condition/)
  await page.keyboard.type('asthm')
  await says(bea, /^1 patient found/)
  expect(await look(page, 'whom a condition finds')).toEqual([])
  await pressOn(bea, /^Ana Example/, ' ')
  await pressOn(bea, /^Send it$/)
  await bea.heading('To read: Your spray').waitFor(SLOW)
  expect(await look(page, 'what was given')).toEqual([])
})

test('Ana finds it under “Learn”, reads it with its picture, asks back, and understands', async () => {
  const { page } = ana
  await visit(page, '/learn')
  const shelf = page.getByRole('region', { name: 'From my care team' })
  await shelf.getByRole('link', { name: /Your spray.*Not read yet/ }).waitFor(SLOW)
  expect(await look(page, 'what the care team gave')).toEqual([])
  await page.setViewportSize({ width: 360, height: 740 })
  await shelf.getByRole('link', { name: /Your spray/ }).click()
  await page.getByRole('heading', { name: 'Twice a day' }).waitFor()
  await page.getByRole('img', { name: 'The spray' }).waitFor(SLOW)
  await ana.button('a page').click()
  await says(ana, /This opens example\.org in your browser/)
  expect(await look(page, 'a material that is read')).toEqual([])
  await page.setViewportSize({ width: 360, height: 740 })
  await says(bea, 'They have looked at it.')
  await ana.button('Please explain…').click()
  await page.getByLabel('What should be explained?').fill('Before or after meals?')
  await ana.button('Send').click()
  await says(bea, 'Before or after meals?')
  await bea.button('Explain…').click()
  await bea.page.getByLabel('Your explanation').fill('Either is fine.')
  await bea.button('Send').click()
  await says(ana, 'Either is fine.')
  await ana.button('I understood it').click()
  await says(bea, 'Understood')
  await visit(page, '/learn')
  await shelf.getByRole('link', { name: /Your spray.*Understood/ }).waitFor(SLOW)
  expect(await page.getByRole('region', { name: 'Your reading list' }).count()).toBe(0)
})
