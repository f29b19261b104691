import { readFile } from 'node:fs/promises'
import type { Locator } from 'playwright'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { cleanHeic } from '#app/core/exchange/paper/clean-heic.ts'
import { HEIC_SECRETS } from '#tests/support/heic-source.ts'
import { SECRETS } from '#tests/support/photos.ts'
import { realHeic } from '#tests/support/real-heic.ts'
import { look } from './look.ts'
import { Person } from './person.ts'
import { RelayProcess } from './relay-process.ts'

let relay: RelayProcess
let ada: Person
beforeAll(async () => {
  relay = await RelayProcess.start()
  ada = await Person.arrive(relay.origin)
  await ada.settleIn()
})
afterAll(async () => {
  await ada.leave()
  await relay.destroy()
})

/** A picture as a phone takes it: real, with a comment that says where. */
async function photo(): Promise<Buffer> {
  const page = await ada.context.newPage()
  await page.setContent('<h1>Vaccinated 3 May 2024</h1>')
  const jpeg = await page.screenshot({ type: 'jpeg' })
  await page.close()
  const said = Buffer.from(SECRETS.join())
  const head = Buffer.from([0xff, 0xfe, 0, said.length + 2])
  return Buffer.concat([jpeg.subarray(0, 2), head, said, jpeg.subarray(2), said])
}

const LETTER = Buffer.from(`%PDF-1.7\n${'letter '.repeat(2000)}`)

/** Presses it and answers the bytes of the file that comes. */
async function saved(button: Locator): Promise<Buffer> {
  const coming = ada.page.waitForEvent('download')
  await button.click()
  return readFile(await (await coming).path())
}

test('offline, a photo and a letter become a document of an entry, are looked at, in lists small, and saved again, and lose what the camera wrote', async () => {
  await ada.statusSays('Backed up')
  await ada.page.evaluate(async () => {
    await navigator.serviceWorker.ready
  })
  await ada.add('condition', { 'What is it called?': 'Measles' })
  ada.troubles.expectCutNetwork()
  await ada.setOffline(true)
  await ada.page.getByRole('link', { name: 'Add a document or photo' }).click()
  await ada.page.getByText('It will belong to “Measles”.').waitFor()
  const files = [
    { name: 'book.jpg', mimeType: 'image/jpeg', buffer: await photo() },
    { name: 'letter.pdf', mimeType: 'application/pdf', buffer: LETTER },
    { name: 'label.heic', mimeType: 'image/heic', buffer: Buffer.from(realHeic()) },
  ]
  const picker = ada.page.locator('input[type=file][multiple]')
  await picker.setInputFiles(files)
  await ada.page.getByText('This browser cannot show the HEIC photos among these.', { exact: false }).waitFor()
  await ada.fill({ 'What is it?': 'Vaccination book' })
  expect(await look(ada.page, 'adding a document')).toEqual([])
  await ada.button('Save').click()
  await ada.page.getByRole('link', { name: 'Vaccination book', exact: true }).click()
  const picture = ada.page.getByRole('img', { name: 'book.jpg, 1 of 3' })
  await picture.waitFor()
  await expect.poll(() => picture.evaluate(image => (image as HTMLImageElement).naturalWidth)).toBeGreaterThan(100)
  expect(await look(ada.page, 'a document')).toEqual([])
  const kept = await saved(ada.button('Save a copy of book.jpg'))
  expect(SECRETS.filter(secret => files[0]!.buffer.includes(secret))).toEqual(SECRETS)
  expect(SECRETS.filter(secret => kept.includes(secret))).toEqual([])
  expect(kept.subarray(0, 3).toString('hex')).toBe('ffd8ff')
  expect(await saved(ada.button('Save a copy of letter.pdf'))).toEqual(LETTER)
  await ada.page.getByText('This browser cannot show photos in the HEIC format', { exact: false }).waitFor()
  const heic = await saved(ada.button('Save a copy of label.heic'))
  expect(heic).toEqual(Buffer.from(cleanHeic(realHeic())!))
  expect(HEIC_SECRETS.filter(secret => heic.includes(secret))).toEqual([])
  await ada.go('Timeline')
  const small = ada.page.locator('main a').filter({ hasText: 'Vaccination book' }).locator('img')
  await expect.poll(() => small.evaluate(image => (image as HTMLImageElement).naturalWidth)).toBe(128)
  await ada.setOffline(false)
  await ada.statusSays(/^Backed up$/)
})

test('a document is corrected, loses a page and gets it back, and is attached to an entry later; a reload keeps it', async () => {
  await ada.add('condition', { 'What is it called?': 'Knee pain' })
  await ada.go('Add')
  await ada.page.getByRole('link', { name: /A document or photo/ }).click()
  const files = [
    { name: 'front.jpg', mimeType: 'image/jpeg', buffer: await photo() },
    { name: 'back.pdf', mimeType: 'application/pdf', buffer: Buffer.from(`%PDF-1.7\n${'back '.repeat(900)}`) },
  ]
  await ada.page.locator('input[type=file][multiple]').setInputFiles(files)
  await ada.fill({ 'What is it?': 'Operation report' })
  await ada.button('Save').click()
  await ada.heading('Operation report').waitFor()

  await ada.button('Take out back.pdf').click()
  await ada.heading('Pages taken out').waitFor()
  expect(await look(ada.page, 'a document without a page')).toEqual([])
  await ada.button('Put it back').click()
  await ada.button('Save a copy of back.pdf').waitFor()

  await ada.button('It belongs to something').click()
  await ada.page.getByLabel('Words to look for').fill('knee')
  expect(await look(ada.page, 'attaching a document')).toEqual([])
  await ada.page.getByRole('list', { name: 'Entries found' }).getByRole('button').click()
  const belongs = ada.page.getByRole('list', { name: 'This belongs to' })
  await belongs.getByRole('link', { name: /Knee pain/ }).waitFor()

  await ada.page.getByRole('link', { name: 'Edit', exact: true }).click()
  await ada.fill({ 'What is it?': 'Report of the operation' })
  expect(await look(ada.page, 'correcting a document')).toEqual([])
  await ada.button('Save').click()
  await ada.heading('Report of the operation').waitFor()
  await ada.statusSays('Backed up')
  await ada.page.reload()
  await ada.unlock()
  await ada.heading('Report of the operation').waitFor()
  await belongs.getByRole('link', { name: /Knee pain/ }).waitFor()
  expect(await saved(ada.button('Save a copy of back.pdf'))).toEqual(files[1]!.buffer)
})
