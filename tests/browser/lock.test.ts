import { afterAll, beforeAll, expect, test } from 'vitest'
import { PASSPHRASE, Person } from './person.ts'
import { RelayProcess } from './relay-process.ts'

let relay: RelayProcess
beforeAll(async () => {
  relay = await RelayProcess.start()
})
afterAll(() => relay.destroy())

test('the lock screen speaks the language that was chosen, also after a reload', async () => {
  const ada = await Person.arrive(relay.origin)
  const { page } = ada
  await ada.createRecord()
  await ada.go('Settings')
  await page.getByText('Dark', { exact: true }).click()
  await page.getByLabel('Language', { exact: true }).selectOption('ar')
  await page.getByRole('heading', { name: 'الإعدادات' }).waitFor()
  await page.reload()
  await page.getByRole('heading', { name: 'أهلًا بعودتك' }).waitFor()
  expect(await page.evaluate(() => document.documentElement.getAttribute('data-theme'))).toBe('dark')
  expect(await page.evaluate(() => document.documentElement.dir)).toBe('rtl')
  await ada.leave()
})

test('somebody locks, mistypes, unlocks, changes the passphrase, and is locked out when nobody is there', async () => {
  const ada = await Person.arrive(relay.origin)
  const { page } = ada
  await ada.settleIn()
  await ada.add('condition', { 'What is it called?': 'Asthma' })
  await ada.lock()
  expect(await page.locator('body').innerText()).not.toMatch(/Asthma|Ada Example/)
  await page.getByLabel('Passphrase', { exact: true }).fill('seven calm otters under rice')
  await ada.button('Unlock').click()
  await page.getByText('This is not the passphrase.').waitFor({ timeout: 60_000 })
  await ada.unlock()
  await page.getByText('Asthma').first().waitFor()

  await ada.go('Settings')
  await ada.button('Change the passphrase').click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Current passphrase', { exact: true }).fill(PASSPHRASE)
  await dialog.getByLabel('New passphrase', { exact: true }).fill('nine brave owls over sand')
  await ada.button(/Change|Save/, dialog).click()
  await page.getByText('The passphrase of this device is changed.').waitFor({ timeout: 60_000 })
  await page.getByLabel('Lock by itself').selectOption('1')
  await ada.go('Home')
  await page.getByText('Asthma').first().waitFor()
  await page.waitForTimeout(62_000)
  await ada.heading('Welcome back').waitFor()
  await ada.unlock('nine brave owls over sand')
  await page.getByText('Asthma').first().waitFor()
  await ada.leave()
})
