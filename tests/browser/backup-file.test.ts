import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeTempFolder } from '#tests/support/temp-folder.ts'
import { PASSPHRASE, Person } from './person.ts'
import { RelayProcess } from './relay-process.ts'

let relay: RelayProcess
beforeAll(async () => {
  relay = await RelayProcess.start()
})
afterAll(() => relay.destroy())

/** From the settings to a file of the person's own. */
async function backUp(person: Person): Promise<string> {
  const { page } = person
  await person.go('Settings')
  await page.getByRole('link', { name: 'Make or check a backup' }).click()
  const coming = page.waitForEvent('download')
  await person.button('Make the file').click()
  const download = await coming
  expect(download.suggestedFilename()).toMatch(/^wellkeep-backup-\d{4}-\d\d-\d\d\.age$/)
  const path = join(makeTempFolder('backup'), download.suggestedFilename())
  await download.saveAs(path)
  await page.getByText(/^The file is in your downloads/).waitFor()
  return path
}

/** As somebody does who uses no mouse. */
async function pressAndChoose(page: Page, button: string, path: string): Promise<void> {
  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: button }).focus()
  await page.keyboard.press('Enter')
  await (await chooser).setFiles(path)
}

const entriesOf = (bundle: unknown) => (bundle as { entry: unknown[] }).entry

test('somebody backs up to a file, checks it, and brings the same record back into an empty browser without a network', async () => {
  const ada = await Person.arrive(relay.origin)
  const { page } = ada
  const words = await ada.settleIn()
  await ada.add('weight', { Weight: '71.5' })
  await ada.importFile({
    name: 'clinic.json',
    text: JSON.stringify({
      resourceType: 'Bundle',
      type: 'collection',
      entry: [{ resource: { resourceType: 'Condition', id: 'c1', code: { text: 'Asthma' } } }],
    }),
  })
  const path = await backUp(ada)
  await page.getByText('Everything in your record is in it.').waitFor()
  const sealed = await readFile(path)
  expect(sealed.toString('latin1')).toMatch(/^age-encryption\.org\/v1\n-> scrypt \S{22} 10\n/)
  expect(sealed.includes('Asthma')).toBe(false)

  await pressAndChoose(page, 'Choose a backup file', path)
  await page.getByText('This backup is whole').waitFor()
  await page.getByText('2 entries are in it.').waitFor()
  const cut = join(makeTempFolder('backup'), 'cut.age')
  await writeFile(cut, sealed.subarray(0, sealed.length - 100))
  await pressAndChoose(page, 'Choose a backup file', cut)
  await page.getByText(/a part of it is missing or was changed/).waitFor()
  await ada.button('Show the code').click()
  await page.getByRole('dialog').getByLabel('Your passphrase', { exact: true }).fill(PASSPHRASE)
  await ada.button('Show the code', page.getByRole('dialog')).click()
  const code = await page.getByRole('group', { name: 'Your backup code' }).innerText()
  expect(code).toMatch(/^(\w{4}-){13}\w{4}$/)
  const before = entriesOf(await ada.exportAll())

  for (const key of [words.join(' '), code]) {
    const eve = await Person.arrive(relay.origin)
    await eve.page.getByRole('link', { name: 'Restore from a backup file' }).click()
    await eve.page.getByRole('heading', { name: 'Restore from a backup file' }).waitFor()
    // From here on the app is in the browser.
    await eve.page.evaluate(async () => {
      await navigator.serviceWorker.ready
    })
    await eve.page.reload()
    await eve.page.getByRole('heading', { name: 'Restore from a backup file' }).waitFor()
    await eve.setOffline(true)
    await pressAndChoose(eve.page, 'Choose the file', path)
    await eve.page.getByLabel('The 24 words, or the backup code').fill(key)
    await eve.page.keyboard.press('Tab')
    await eve.button('Open the file').focus()
    await eve.page.keyboard.press('Enter')
    await eve.page.getByText('This backup is whole').waitFor({ timeout: 60_000 })
    await eve.page.getByLabel('New passphrase', { exact: true }).fill(PASSPHRASE)
    await eve.page.keyboard.press('Enter')
    await eve.page.getByText('Restored: 2 entries.').waitFor({ timeout: 60_000 })
    await eve.page.getByText('71.5 lb').first().waitFor()
    expect(entriesOf(await eve.exportAll())).toEqual(before)
    await eve.setOffline(false)
    await eve.statusSays('Backed up', 60_000)
    eve.troubles.expectCutNetwork()
    await eve.leave()
  }
  await ada.leave()
})
