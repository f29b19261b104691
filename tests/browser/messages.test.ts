import { afterAll, beforeAll, expect, test } from 'vitest'
import { pressOn, tabTo } from './by-keyboard.ts'
import { look } from './look.ts'
import { meet, SLOW } from './people-acts.ts'
import { Person } from './person.ts'
import { RelayProcess } from './relay-process.ts'

let relay: RelayProcess
let ana: Person
/** Her doctor, on a phone. */
let bea: Person
beforeAll(async () => {
  relay = await RelayProcess.start()
  ana = await Person.arrive(relay.origin)
  await ana.settleIn('Ana Example')
  bea = await Person.arrive(relay.origin, { viewport: { width: 360, height: 740 } })
  await bea.settleIn('Bea Sample')
  await meet(ana, bea)
  for (const person of [ana, bea]) person.troubles.expectCutNetwork()
})
afterAll(async () => {
  await ana?.leave()
  await bea?.leave()
  await relay.destroy()
})

const bubble = ({ page }: Person, text: string) => page.getByRole('log').getByRole('listitem').filter({ hasText: text })

test('Ana writes to her doctor by the keyboard alone, and what she had begun outlasts a reload', async () => {
  const { page } = ana
  await pressOn(ana, /^New$/)
  await page.getByRole('menuitem', { name: 'Write a message' }).waitFor()
  await page.keyboard.press('Enter')
  await ana.heading('New message').waitFor()
  expect(await page.getByLabel('Bea Sample').isChecked()).toBe(true)
  await tabTo(ana, /^Among ourselves/)
  await page.keyboard.press('ArrowDown')
  await page.getByText('Not for emergencies').waitFor()
  await tabTo(ana, /^Your message$/)
  await page.keyboard.type('My knee is swollen since Sunday.')
  await page.waitForTimeout(400)
  await page.reload()
  await ana.unlock()
  await page.getByText('This is what you had begun to write.').waitFor()
  expect(await page.getByLabel('Your message').inputValue()).toBe('My knee is swollen since Sunday.')
  expect(await page.getByRole('radio', { name: 'My health' }).isChecked()).toBe(true)
  await tabTo(ana, /^Subject/)
  await page.keyboard.type('Knee')
  await pressOn(ana, /^Send$/)
  await ana.heading('Knee').waitFor()
  await bubble(ana, 'My knee is swollen').waitFor()
  expect(await look(page, 'a thread')).toEqual([])
})

test('Bea hears of it at home, answers, and both see how far it is', async () => {
  await bea.page.goto(`${relay.origin}/messages`)
  await bea.unlock()
  const row = bea.page.getByRole('link', { name: /Ana Example.*Knee/ })
  await row.waitFor(SLOW)
  expect(await row.innerText()).toContain('1 new')
  await bubble(ana, 'Arrived').waitFor(SLOW)
  await row.click()
  await bubble(bea, 'My knee is swollen').waitFor()
  await bubble(ana, 'Read').waitFor(SLOW)
  await bea.page.getByLabel('Your answer').fill('Can you bend it?\nShow me on Tuesday.')
  await bea.button('Send').click()
  await bubble(bea, 'Can you bend it?').waitFor()
  // It stands there a moment before the field hears that it was said.
  await expect.poll(() => bea.page.getByLabel('Your answer').inputValue()).toBe('')
  await bubble(ana, 'Can you bend it?').waitFor(SLOW)
  expect(await look(bea.page, 'a thread on a phone')).toEqual([])
})

test('a doctor says when she answers, and it stands above the thread', async () => {
  await bea.button('When do you answer?').click()
  await bea.page.getByLabel('Stands above every message of this conversation').fill('within two working days')
  await bea.button('Save').click()
  await ana.page.getByText('within two working days').waitFor(SLOW)
})

test('what Bea writes without a network waits on her device, and goes when there is one', async () => {
  await bea.context.setOffline(true)
  await bea.page.getByLabel('Your answer').fill('I am on the train.')
  await bea.button('Send').click()
  await bubble(bea, 'I am on the train.').getByText('On this device').waitFor()
  await bea.context.setOffline(false)
  await bubble(ana, 'I am on the train.').waitFor(SLOW)
  await bubble(bea, 'I am on the train.').getByText('Read').waitFor(SLOW)
})

test('messages are found by their words; a muted thread says so; home tells who wrote', async () => {
  await ana.page.goto(`${relay.origin}/messages`)
  await ana.unlock()
  await ana.page.getByLabel('Search in your messages').fill('TRAIN')
  await ana.page.getByText('One message found').waitFor()
  expect(await look(ana.page, '/messages, searched')).toEqual([])
  await bea.page.getByLabel('Your answer').fill('I am there now.')
  await bea.button('Send').click()
  await ana.page.getByRole('link', { name: 'Home', exact: true }).click()
  await ana.page.getByText('One new message').waitFor(SLOW)
  await ana.page.getByRole('link', { name: 'See your messages' }).click()
  await ana.page.getByRole('link', { name: /Bea Sample.*Knee/ }).click()
  await ana.button('Mute').click()
  await ana.button('Mute no more').waitFor()
})

test('Ana ends the conversation: neither can write in it, both read on, and are told what to do', async () => {
  await ana.button('End this conversation…').click()
  await ana.button('End it').click()
  await ana.page.getByText('You ended this conversation.').waitFor(SLOW)
  await bea.page.getByText('Ana Example left this conversation or ended it.').waitFor(SLOW)
  expect(await bea.page.getByLabel('Your answer').count()).toBe(0)
  await bubble(bea, 'My knee is swollen').waitFor()
})
