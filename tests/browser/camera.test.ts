import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { codesOf, TestIssuer } from '#tests/support/make-card.ts'
import { makeTempFolder } from '#tests/support/temp-folder.ts'
import { film } from './film.ts'
import { PASSPHRASE, Person } from './person.ts'
import { pictureOf } from './picture-of.ts'
import { RelayProcess } from './relay-process.ts'

let relay: RelayProcess
let folder: string
beforeAll(async () => {
  relay = await RelayProcess.start()
  folder = makeTempFolder('film')
})
afterAll(async () => {
  await relay.destroy()
  await rm(folder, { recursive: true, force: true })
})

test('a phone joins by its code before the camera of a laptop, which is off again afterwards', async () => {
  const reel = join(folder, 'code.y4m')
  const laptop = await Person.arrive(relay.origin, { camera: reel })
  await laptop.settleIn()
  await laptop.add('condition', { 'What is it called?': 'Asthma' })
  const phone = await Person.arrive(relay.origin, { viewport: { width: 390, height: 844 } })
  await phone.page.getByRole('link', { name: 'Connect with another device of mine' }).click()
  await phone.page.getByLabel('Name of the device').fill('My phone')
  await phone.page.getByLabel('New passphrase', { exact: true }).fill(PASSPHRASE)
  await phone.button('Show the code').click()
  const code = phone.page.getByRole('img', { name: 'QR code for the other device' })
  await code.waitFor({ timeout: 60_000 })
  await film(reel, phone.page, await code.screenshot())

  await laptop.page.evaluate(() => {
    const { mediaDevices } = navigator
    const start = mediaDevices.getUserMedia.bind(mediaDevices)
    mediaDevices.getUserMedia = async constraints => {
      const stream = await start(constraints)
      Object.assign(window, { seen: stream })
      return stream
    }
  })
  await laptop.go('Devices')
  await laptop.page.getByRole('link', { name: 'Add a device' }).click()
  await laptop.button('Scan its code').click()
  const digits = ({ page }: Person) => page.getByRole('img', { name: /^Six digits: / }).innerText()
  expect(await digits(laptop)).toBe(await digits(phone))
  const tracks = () =>
    laptop.page.evaluate(() =>
      (window as unknown as { seen: MediaStream }).seen.getTracks().map(each => each.readyState),
    )
  expect(await tracks()).toEqual(['ended'])
  await laptop.button('Yes, they are the same').click()
  await laptop.page.getByLabel('Your passphrase', { exact: true }).fill(PASSPHRASE)
  await laptop.button('Let it in').click()
  await phone.button('Lock now').waitFor({ timeout: 60_000 })
  await phone.page
    .getByRole('link', { name: /Asthma/ })
    .first()
    .waitFor({ timeout: 60_000 })
  await phone.leave()
  await laptop.leave()
})

test('a health card in two codes comes in at one look: the camera says what it has read and waits for the other', async () => {
  const reel = join(folder, 'card.y4m')
  const jo = await Person.arrive(relay.origin, { camera: reel })
  await jo.settleIn('Jo Anyperson', '1951-01-20')
  const card = await (await TestIssuer.at('https://clinic.example/cards')).card()
  const codes = codesOf(card, Math.ceil(card.length / 2))
  await film(reel, jo.page, ...(await Promise.all(codes.map(code => pictureOf(jo.context, code)))))
  await jo.go('Bring in')
  await jo.button('Scan a code').focus()
  await jo.page.keyboard.press('Enter')
  const dialog = jo.page.getByRole('dialog')
  await dialog.getByText(/^This card is in 2 codes\. Read so far: [12]\./).waitFor()
  await jo.page.getByText('Is this health card genuine?').waitFor()
  expect(await dialog.count()).toBe(0)
  expect(await jo.commitImport()).toBe(3)
  await jo.leave()
})
