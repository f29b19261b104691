import type { CDPSession } from 'playwright'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { tabTo } from './by-keyboard.ts'
import { look } from './look.ts'
import { PASSPHRASE, Person } from './person.ts'
import { RelayProcess } from './relay-process.ts'

let relay: RelayProcess
beforeAll(async () => {
  relay = await RelayProcess.start()
})
afterAll(() => relay.destroy())

interface Authenticator {
  readonly browser: CDPSession
  readonly authenticatorId: string
}

/** A device’s own keeper of passkeys, in which somebody’s finger is always right. */
async function keepPasskeys({ page, context }: Person, hasPrf: boolean): Promise<Authenticator> {
  const browser = await context.newCDPSession(page)
  await browser.send('WebAuthn.enable')
  const { authenticatorId } = await browser.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      ctap2Version: 'ctap2_1',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
      hasPrf,
    },
  })
  return { browser, authenticatorId }
}

async function addPasskey(ada: Person, name: string): Promise<void> {
  const { page } = ada
  await ada.button('Add a passkey', page.getByRole('main')).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Name in your list here').fill(name)
  await dialog.getByLabel('Your passphrase', { exact: true }).fill(PASSPHRASE)
  await ada.button('Add a passkey', dialog).click()
}

const isOpen = (ada: Person) => ada.button('Lock now').first().waitFor({ timeout: 60_000 })

test('somebody on a phone opens the record by a passkey, falls back to the passphrase, and takes the passkey away', async () => {
  const ada = await Person.arrive(relay.origin, { viewport: { width: 360, height: 740 } })
  const { page } = ada
  // A busy machine is slow, not wrong.
  ada.context.setDefaultTimeout(120_000)
  await ada.settleIn()
  const { browser, authenticatorId } = await keepPasskeys(ada, true)
  await page.goto(`${relay.origin}/settings`)
  await ada.unlock()
  await addPasskey(ada, 'My phone')
  await page.getByText('From now on this passkey opens your record').waitFor({ timeout: 60_000 })
  await page.getByText('My phone', { exact: true }).waitFor()
  const { credentials } = await browser.send('WebAuthn.getCredentials', { authenticatorId })
  expect(credentials).toHaveLength(1)
  expect(credentials[0]).toMatchObject({ rpId: 'localhost', userName: 'My record' })

  await ada.lock()
  await tabTo(ada, /^Unlock with your passkey$/)
  await page.keyboard.press('Enter')
  await isOpen(ada)

  await page.reload()
  await ada.button('Unlock with your passkey').waitFor()
  expect(await look(page, 'locked, with a passkey')).toEqual([])
  await page.setViewportSize({ width: 360, height: 740 })
  await ada.button('Unlock with your passkey').click()
  await isOpen(ada)

  await ada.lock()
  await browser.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false })
  await ada.button('Unlock with your passkey').click()
  await page.getByText('The passkey was not used. Try again, or type your passphrase.').waitFor({ timeout: 130_000 })
  await ada.unlock()
  await page.getByRole('button', { name: /^Remove the passkey .*My phone/ }).click()
  await ada.button('Remove', page.getByRole('dialog')).click()
  await page.getByText(/opens nothing here any more/).waitFor()
  await ada.lock()
  await page.getByLabel('Passphrase', { exact: true }).waitFor()
  expect(await ada.button('Unlock with your passkey').count()).toBe(0)
  await ada.unlock()
  await ada.leave()
})

test('a keeper of passkeys without PRF is said to be one, and nothing is added', async () => {
  const ada = await Person.arrive(relay.origin)
  const { page } = ada
  // A busy machine is slow, not wrong.
  ada.context.setDefaultTimeout(120_000)
  await ada.settleIn()
  await keepPasskeys(ada, false)
  await ada.go('Settings')
  await addPasskey(ada, 'Old key')
  await page.getByText('What you chose cannot open a record').waitFor({ timeout: 60_000 })
  await ada.closeDialog()
  await ada.lock()
  await page.getByLabel('Passphrase', { exact: true }).waitFor()
  expect(await ada.button('Unlock with your passkey').count()).toBe(0)
  await ada.leave()
})
