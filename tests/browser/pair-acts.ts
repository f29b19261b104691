import { expect } from 'vitest'
import { PASSPHRASE, type Person } from './person.ts'

/** On a new device: up to the code that the other one takes. */
export async function offerDevice(device: Person, name: string): Promise<void> {
  await device.page.getByRole('link', { name: 'Connect with another device of mine' }).click()
  await device.page.getByLabel('Name of the device').fill(name)
  await device.page.getByLabel('New passphrase', { exact: true }).fill(PASSPHRASE)
  await device.button('Show the code').click()
  await device.page.getByRole('img', { name: 'QR code for the other device' }).waitFor({ timeout: 60_000 })
}

/** The words that the new device shows beside its code. */
export const spokenWords = ({ page }: Person): Promise<string[]> =>
  page.getByRole('heading', { name: 'The eight words' }).locator('..').getByRole('listitem').allInnerTexts()

/** On the device that is in already. */
export async function startAnswer(old: Person): Promise<void> {
  await old.go('Devices')
  await old.page.getByRole('link', { name: 'Add a device' }).click()
}

/** Compares the six digits on both and says so on the old device. */
export async function confirmDevice(old: Person, device: Person): Promise<void> {
  const digits = (person: Person) => person.page.getByRole('img', { name: /^Six digits: / }).innerText()
  expect((await digits(device)).replace(/\s/g, '')).toMatch(/^\d{6}$/)
  expect(await digits(old)).toBe(await digits(device))
  await old.button('Yes, they are the same').click()
  await old.page.getByLabel('Your passphrase', { exact: true }).fill(PASSPHRASE)
  await old.button('Let it in').click()
  await old.page.getByText('The device is connected').waitFor({ timeout: 60_000 })
  await device.button('Lock now').waitFor({ timeout: 60_000 })
}
