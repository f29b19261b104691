import type { Page } from 'playwright'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freeze } from './freeze.ts'
import { PASSPHRASE, Person } from './person.ts'
import { RelayProcess } from './relay-process.ts'

let relay: RelayProcess
beforeAll(async () => {
  relay = await RelayProcess.start()
})
afterAll(() => relay.destroy())

const UNLOCKED = { name: 'Lock now' } as const

/** Follows links inside the page: a reload would start a new worker. */
async function go(page: Page, place: string): Promise<void> {
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: place, exact: true }).click()
}

async function openNoteForm(page: Page): Promise<void> {
  await go(page, 'Add')
  await page.locator('main a[href="/add/note"]').click()
}

async function writeNote(page: Page, title: string): Promise<void> {
  await openNoteForm(page)
  await page.getByLabel('Title').fill(title)
  await page.getByRole('main').getByLabel('Your note').fill(`About ${title}`)
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.waitForURL(/\/entry\//)
}

async function timelineShows(page: Page, ...titles: readonly string[]): Promise<void> {
  await go(page, 'Timeline')
  for (const title of titles) await page.getByText(title, { exact: true }).first().waitFor()
}

/** At once: a click of Playwright's own waits until the page is still, and by then another tab may have the vault. */
async function press(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name, exact: true }).evaluate(button => (button as HTMLElement).click())
}

/** In the record once, as the timeline has it. */
async function isThereOnce(page: Page, title: string): Promise<void> {
  await go(page, 'Timeline')
  const main = page.getByRole('main')
  await main.getByRole('heading', { name: 'Timeline' }).waitFor()
  await expect.poll(() => main.getByText(title, { exact: true }).count(), { timeout: 30_000 }).toBe(1)
}

test('three tabs show one record, and lock as one', async () => {
  const ada = await Person.arrive(relay.origin)
  await ada.settleIn()
  const second = await ada.openTab()
  const third = await ada.openTab()
  for (const tab of [second, third]) await tab.getByRole('button', UNLOCKED).waitFor()

  await go(third, 'Timeline')
  await writeNote(ada.page, 'From the owner')
  await writeNote(second, 'From the guest')
  for (const title of ['From the owner', 'From the guest'])
    await third.getByText(title, { exact: true }).first().waitFor()
  await timelineShows(ada.page, 'From the owner', 'From the guest')

  await second.getByRole('button', UNLOCKED).click()
  for (const tab of [ada.page, second, third]) await tab.getByRole('heading', { name: 'Welcome back' }).waitFor()
  await third.getByLabel('Passphrase', { exact: true }).fill(PASSPHRASE)
  await third.getByRole('button', { name: 'Unlock', exact: true }).click()
  for (const tab of [ada.page, second, third]) await tab.getByRole('button', UNLOCKED).waitFor({ timeout: 60_000 })
  await ada.leave()
})

test('closing the tab that owns the vault hands it over unlocked, draft and all, also while it saves', async () => {
  const ada = await Person.arrive(relay.origin)
  await ada.settleIn()
  const second = await ada.openTab()
  await second.getByRole('button', UNLOCKED).waitFor()
  await writeNote(ada.page, 'Before the hand-over')
  await openNoteForm(second)
  await second.getByLabel('Title').fill('A draft that stays')
  await second.getByRole('main').getByLabel('Your note').fill('Typed before')

  await openNoteForm(ada.page)
  await ada.page.getByLabel('Title').fill('Saved at the last moment')
  await ada.page.getByRole('main').getByLabel('Your note').fill('x')
  const saving = ada.page.getByRole('button', { name: 'Save', exact: true }).click()
  const leaving = ada.page.waitForURL(/\/entry\//).then(
    () => true,
    () => false,
  )
  await saving
  const wasSaved = await leaving
  await ada.page.close()

  await press(second, 'Save')
  await second.waitForURL(/\/entry\//, { timeout: 60_000 })
  await timelineShows(second, 'A draft that stays', 'Before the hand-over')
  if (wasSaved) await timelineShows(second, 'Saved at the last moment')
  await isThereOnce(second, 'A draft that stays')
  await ada.leave()
})

test('what guests save with a tab that no longer answers is saved once, by whoever has the vault after it', async () => {
  const ada = await Person.arrive(relay.origin)
  await ada.settleIn()
  await writeNote(ada.page, 'Before the hand-over')
  const guests = [await ada.openTab(), await ada.openTab()]
  for (const [at, tab] of guests.entries()) {
    await tab.getByRole('button', UNLOCKED).waitFor()
    await openNoteForm(tab)
    await tab.getByLabel('Title').fill(`From guest ${at}`)
    await tab.getByRole('main').getByLabel('Your note').fill('Pressed once')
  }
  await freeze(ada.page)
  for (const tab of guests) await press(tab, 'Save')
  await ada.page.close()
  for (const tab of guests) await tab.waitForURL(/\/entry\//, { timeout: 60_000 })
  for (const tab of guests) for (const at of guests.keys()) await isThereOnce(tab, `From guest ${at}`)
  await ada.leave()
})

test('an owner that takes long to open the vault keeps it, whoever waits', async () => {
  const ada = await Person.arrive(relay.origin)
  await ada.settleIn()
  const guests = [await ada.openTab(), await ada.openTab()]
  for (const [at, tab] of guests.entries()) {
    await tab.getByRole('button', UNLOCKED).waitFor()
    await openNoteForm(tab)
    await tab.getByLabel('Title').fill(`From guest ${at}`)
    await tab.getByRole('main').getByLabel('Your note').fill('Pressed once')
  }
  const first = await vaultOwner(guests[0]!)
  await occupyStore(guests[1]!, 25_000)
  await freeze(ada.page)
  for (const tab of guests) await press(tab, 'Save')
  await ada.page.close()
  await expect.poll(() => vaultOwner(guests[0]!), { timeout: 10_000 }).not.toBe(first)
  const owner = await vaultOwner(guests[0]!)
  for (const tab of guests) await tab.waitForURL(/\/entry\//, { timeout: 60_000 })
  expect(await vaultOwner(guests[0]!)).toBe(owner)
  for (const at of guests.keys()) await isThereOnce(guests[0]!, `From guest ${at}`)
  await ada.leave()
})

/** Nobody else gets at the profile's database meanwhile: a disk that is slow. */
function occupyStore(tab: Page, forMs: number): Promise<void> {
  return tab.evaluate(async ms => {
    const [{ name = '' } = {}] = await indexedDB.databases()
    const opening = indexedDB.open(name)
    const database = await new Promise<IDBDatabase>(resolve => {
      opening.onsuccess = () => resolve(opening.result)
    })
    const end = performance.now() + ms
    const transaction = database.transaction([...database.objectStoreNames], 'readwrite')
    const goOn = () => {
      if (performance.now() < end) transaction.objectStore('fence').get('owner').onsuccess = goOn
      else database.close()
    }
    goOn()
  }, forMs)
}

test('a tab that freezes while it saves loses the vault to its guest, and comes back as a guest', async () => {
  const ada = await Person.arrive(relay.origin)
  await ada.settleIn()
  await writeNote(ada.page, 'Before the frost')
  const second = await ada.openTab()
  await second.getByRole('button', UNLOCKED).waitFor()
  await timelineShows(second, 'Before the frost')
  const owner = await vaultOwner(second)

  await openNoteForm(ada.page)
  await ada.page.getByLabel('Title').fill('Into the frost')
  await ada.page.getByRole('main').getByLabel('Your note').fill('Cut short')
  await ada.page.getByRole('button', { name: 'Save', exact: true }).click()
  const thaw = await freeze(ada.page)
  await openNoteForm(second)
  await second.getByLabel('Title').fill('During the frost')
  await second.getByRole('main').getByLabel('Your note').fill('Nobody answers')
  await press(second, 'Save')
  // Frozen in the middle of a transaction it holds the store, until the browser takes it away about a minute later.
  await second.waitForURL(/\/entry\//, { timeout: 120_000 })
  await timelineShows(second, 'Before the frost', 'During the frost')
  expect(await vaultOwner(second)).not.toBe(owner)

  await thaw()
  // What it was saving is saved, by itself or by the one that took over.
  await ada.page.waitForURL(/\/entry\//, { timeout: 60_000 })
  await writeNote(ada.page, 'After the frost')
  for (const tab of [ada.page, second])
    for (const title of ['Before the frost', 'Into the frost', 'During the frost', 'After the frost'])
      await isThereOnce(tab, title)
  expect(await vaultOwner(second)).not.toBe(owner)
  // A place signed twice would be told as a copied profile.
  await ada.statusSays(/^Backed up$/)
  await ada.leave()
})

/** Whose worker holds the profile's vault. */
function vaultOwner(tab: Page): Promise<string | undefined> {
  return tab.evaluate(async () => {
    const { held } = await navigator.locks.query()
    return held?.find(lock => lock.name === 'wellkeep/owner')?.clientId
  })
}

test('two copies of one browser profile are found out and both keep what they wrote', async () => {
  const ada = await Person.arrive(relay.origin)
  await ada.settleIn()
  await ada.add('note', { Title: 'Before the copy', 'Your note': 'one' })
  await ada.statusSays('Backed up')
  await ada.close()
  const copy = await Person.arriveWithCopyOf(ada)
  await copy.unlock()
  await ada.open()
  await ada.unlock()
  // A page that is still being loaded would lack its parts without a network.
  await ada.statusSays('Backed up')
  await ada.page.evaluate(async () => void (await navigator.serviceWorker.ready))
  await ada.page.waitForLoadState('networkidle')

  await ada.setOffline(true)
  await copy.add('note', { Title: 'From the copy', 'Your note': 'two' })
  await ada.add('note', { Title: 'From the first', 'Your note': 'three' })
  await copy.statusSays('Backed up')
  ada.troubles.expectCutNetwork()
  ada.troubles.expect(/409/)
  copy.troubles.expect(/409/)
  await ada.setOffline(false)
  await ada.statusSays(/to look at/)
  await ada.statusChip.click()
  await ada.page.getByText('This browser profile was copied').waitFor()
  await ada.closeDialog()
  for (const each of [ada, copy]) await timelineShows(each.page, 'Before the copy', 'From the copy', 'From the first')
  await ada.leave()
  await copy.leave()
})
