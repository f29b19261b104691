import { afterAll, beforeAll, expect, test } from 'vitest'
import { look } from './look.ts'
import { confirmDevice, offerDevice, spokenWords, startAnswer } from './pair-acts.ts'
import { PASSPHRASE, Person } from './person.ts'
import { RelayProcess } from './relay-process.ts'

let relay: RelayProcess
let laptop: Person
let phone: Person
let words: string[]
beforeAll(async () => {
  relay = await RelayProcess.start()
  laptop = await Person.arrive(relay.origin)
  words = await laptop.settleIn()
  await laptop.add('condition', { 'What is it called?': 'Asthma' })
  await laptop.add('medicine', { 'Name of the medicine': 'Salbutamol', 'How do you take it?': 'one puff' })
})
afterAll(async () => {
  await laptop?.leave()
  await phone?.leave()
  await relay.destroy()
})

async function showsRecord(device: Person): Promise<void> {
  await device.page.goto(relay.origin)
  await device.unlock()
  await device.page
    .getByRole('link', { name: /Asthma/ })
    .first()
    .waitFor({ timeout: 60_000 })
  await device.page
    .getByRole('link', { name: /Salbutamol/ })
    .first()
    .waitFor()
}

test('a phone joins by eight typed words and six digits, and shows the same record', async () => {
  phone = await Person.arrive(relay.origin, { viewport: { width: 390, height: 844 } })
  await offerDevice(phone, 'My phone')
  const spoken = await spokenWords(phone)
  expect(spoken).toHaveLength(8)
  await startAnswer(laptop)
  await laptop.page.getByLabel('The eight words').fill(spoken.join(' ').toUpperCase())
  await laptop.button('Connect').click()
  await confirmDevice(laptop, phone)
  await showsRecord(phone)
  await phone.statusSays('Backed up')
})

test('both change the record offline; together again both show both, and one field changed twice is a choice', async () => {
  for (const device of [laptop, phone]) {
    device.troubles.expectCutNetwork()
    await device.go('Timeline')
    await device.setOffline(true)
    await device.statusSays('Offline')
  }
  await laptop.add('weight', { Weight: '71.5' })
  await phone.add('allergy', { 'What do you react to?': 'Walnuts' })
  for (const [device, directions] of [
    [laptop, 'two puffs'],
    [phone, 'three puffs'],
  ] as const) {
    await device.go('Timeline')
    await device.page
      .getByRole('link', { name: /Salbutamol/ })
      .first()
      .click()
    await device.page.getByRole('link', { name: 'Edit', exact: true }).click()
    await device.fill({ 'How do you take it?': directions })
    await device.save()
    await device.statusSays(/2 changes waiting/)
  }
  for (const device of [laptop, phone]) await device.setOffline(false)
  for (const device of [laptop, phone]) {
    await device.statusSays('Backed up', 60_000)
    const main = device.page.getByRole('main')
    await main.getByText('“How to take it” was changed twice at once. Which is right?').waitFor({ timeout: 60_000 })
    await main.getByText('two puffs').first().waitFor()
    await main.getByText('three puffs').first().waitFor()
    await device.go('Timeline')
    await main.getByRole('link', { name: /71\.5 lb/ }).waitFor()
    await main.getByRole('link', { name: /Walnuts/ }).waitFor()
  }
  await laptop.go('Home')
  await laptop.page.getByText('One entry was changed on two devices at once').waitFor()
  await laptop.page.getByRole('link', { name: 'Decide', exact: true }).click()
  await laptop.button('three puffs: this is right').waitFor()
  expect(await look(laptop.page, 'conflict')).toEqual([])
  await laptop.button('three puffs: this is right').click()
  await laptop.page.getByText('Decided, on every device').waitFor()
  await phone.go('Timeline')
  await phone.page
    .getByRole('link', { name: /Salbutamol/ })
    .first()
    .click()
  await phone.page.getByText('Which is right?').waitFor({ state: 'detached', timeout: 60_000 })
  await phone.page.getByRole('main').getByText('three puffs').first().waitFor()
  expect(await phone.page.getByRole('main').getByText('two puffs').count()).toBe(0)
})

test('a tablet joins by a picture of the code', async () => {
  const tablet = await Person.arrive(relay.origin, { viewport: { width: 820, height: 1180 } })
  await offerDevice(tablet, 'My tablet')
  const picture = await tablet.page.getByRole('img', { name: 'QR code for the other device' }).screenshot()
  await startAnswer(laptop)
  await laptop.button('Scan its code').click()
  await laptop.page
    .getByRole('dialog')
    .locator('input[type=file]')
    .setInputFiles({ name: 'code.png', mimeType: 'image/png', buffer: picture })
  await confirmDevice(laptop, tablet)
  await showsRecord(tablet)
  expect(await tablet.statusChip.innerText()).not.toMatch(/look at/)
  await tablet.leave()
})

test('the 24 words alone bring the record to a fresh device; a mistyped word is named', async () => {
  const fresh = await Person.arrive(relay.origin)
  const { page } = fresh
  await page.getByRole('link', { name: 'Use my 24 recovery words' }).click()
  await page.getByLabel('The 24 words').fill(words.with(6, 'zebrq').join(' '))
  await page.getByLabel('New passphrase', { exact: true }).fill(PASSPHRASE)
  await fresh.button('Bring back my record').click()
  await page.getByText('Word 7 is not in the list.').first().waitFor()
  await page.getByLabel('The 24 words').fill(words.join(' '))
  await page.getByLabel('The 24 words').blur()
  await page.getByText('All 24 words are right.').waitFor()
  await fresh.button('Bring back my record').click()
  await fresh.button('Lock now').waitFor({ timeout: 90_000 })
  await showsRecord(fresh)
  await fresh.go('Devices')
  await page.getByRole('heading', { name: /My phone/ }).waitFor()
  await expect.poll(() => page.getByText('This device', { exact: true }).count()).toBe(1)
  await fresh.leave()
})

test('devices have names; a removed one is told, gets nothing more, and the others go on', async () => {
  const { page } = laptop
  await laptop.go('Home')
  await laptop.go('Devices')
  await page.getByRole('heading', { name: /My tablet/ }).waitFor({ timeout: 60_000 })
  await laptop.button('Rename My phone').click()
  await page.getByRole('dialog').getByLabel('Name of the device').fill('Old phone')
  await laptop.button('Save', page.getByRole('dialog')).click()
  await page.getByRole('heading', { name: /Old phone/ }).waitFor()
  await page
    .getByText(/^Last seen: /)
    .first()
    .waitFor()
  phone.troubles.expect(/Failed to load resource/, /WebSocket connection to .* failed/)
  await laptop.button('Remove Old phone').click()
  await laptop.button('Remove', page.getByRole('dialog')).click()
  await page.getByText('Removing “Old phone” has begun.').waitFor({ timeout: 60_000 })
  await laptop.go('Home')
  await laptop.statusSays('Backed up', 90_000)
  await laptop.go('Devices')
  await page.getByRole('heading', { name: 'My devices' }).waitFor()
  await page.getByRole('heading', { name: /Old phone/ }).waitFor({ state: 'detached', timeout: 60_000 })

  await phone.statusSays(/1 thing to look at/, 60_000)
  await phone.statusChip.click()
  await phone.page.getByText('This device was removed').first().waitFor()
  await phone.button('Close', phone.page.getByRole('dialog')).click()

  await laptop.add('note', { Title: 'After the removal', 'Your note': 'not for the old phone' })
  await laptop.statusSays('Backed up')
  await phone.go('Timeline')
  await phone.page.getByRole('link', { name: /Walnuts/ }).waitFor()
  expect(await phone.page.getByRole('link', { name: /After the removal/ }).count()).toBe(0)
})
