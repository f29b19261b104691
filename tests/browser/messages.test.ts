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
  await pressOn(ana, /^Write a message$/)
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

test('Ana asks about an entry: Bea sees its line, and Ana gets back to the entry from it', async () => {
  const { page } = ana
  await ana.add('note', { Title: 'Swollen knee', 'Your note': 'Since Sunday' })
  await pressOn(ana, /^Ask about this in a message$/)
  await page.getByRole('region', { name: 'Goes along' }).getByText('Swollen knee').waitFor()
  expect(await page.getByLabel(/^Subject/).inputValue()).toBe('Swollen knee')
  await page.getByText('Bea Sample').click()
  await page.getByLabel('Your message').fill('Should I worry?')
  expect(await look(page, 'a message that an entry goes along with')).toEqual([])
  await ana.button('Send').click()
  await bubble(ana, 'Should I worry?').getByRole('link', { name: 'Swollen knee' }).waitFor()
  await bea.page.goto(`${relay.origin}/messages`)
  await bea.unlock()
  await bea.page.getByRole('link', { name: /Ana Example.*Swollen knee/ }).click(SLOW)
  const line = bubble(bea, 'Should I worry?')
  await line.getByText('Since Sunday').waitFor()
  // Nothing is shared with her.
  expect(await line.getByRole('link').count()).toBe(0)
  expect(await look(bea.page, 'a thread with an entry on a phone')).toEqual([])
  await bubble(ana, 'Should I worry?').getByRole('link', { name: 'Swollen knee' }).click()
  await ana.heading('Swollen knee').waitFor()
})

test('a chart goes from its page into an answer, with an entry that is chosen there; Bea sees it drawn, with its values', async () => {
  const { page } = ana
  for (const kilograms of ['71', '70.5']) await ana.add('weight', { Weight: kilograms })
  await page.goto(`${relay.origin}/track/weight`)
  await ana.unlock()
  await ana.button('Send this chart in a message').click()
  await ana.button('Bea Sample: Swollen knee').click()
  const along = page.getByRole('region', { name: 'Charts that go along' })
  await along.getByRole('img', { name: /^Weight/ }).waitFor()
  await page.reload()
  await ana.unlock()
  await along.getByRole('img', { name: /^Weight/ }).waitFor()
  await ana.button('Attach from my record').click()
  await page.getByLabel('Search in your record').fill('swollen')
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Swollen knee/ })
    .click()
  await page.getByLabel('Your answer').fill('I also lost weight.')
  expect(await look(page, 'an answer that a chart and an entry go along with')).toEqual([])
  await ana.button('Send').click()
  const said = bubble(bea, 'I also lost weight.')
  await said.getByRole('img', { name: /^Weight/ }).waitFor(SLOW)
  await said.getByText('Since Sunday').waitFor()
  await said.getByText('Show as a table').click()
  await said.getByRole('cell', { name: '70.5' }).waitFor()
  expect(await look(bea.page, 'a thread with a chart on a phone')).toEqual([])
  for (const person of [ana, bea]) {
    await person.page.goto(`${relay.origin}/messages`)
    await person.unlock()
    await person.page.getByRole('link', { name: /Can you bend it/ }).click(SLOW)
  }
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
