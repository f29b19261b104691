import { readFile } from 'node:fs/promises'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { chromiumPath, launchArgs } from '#tests/support/chromium.ts'
import { LeakSearch } from './leak-search.ts'
import { look } from './look.ts'
import { PASSPHRASE, Person } from './person.ts'
import { RelayProcess } from './relay-process.ts'
import { Troubles } from './troubles.ts'

/** Long enough to be found where it lies. */
const PASSCODE = 'kite 482913 blue'
const HOUR_MS = 3_600_000

let relay: RelayProcess
let ana: Person
let browser: Browser
beforeAll(async () => {
  relay = await RelayProcess.start()
  browser = await chromium.launch({ executablePath: await chromiumPath(), args: launchArgs })
  ana = await Person.arrive(relay.origin)
  await ana.settleIn('Ana Example', '1961-02-03')
  await ana.add('condition', { 'What is it called?': 'Asthma since childhood' })
  await ana.add('allergy', { 'What do you react to?': 'Penicillin', 'What happens?': 'Hives' })
})
afterAll(async () => {
  await ana?.leave()
  await browser?.close()
  await relay.destroy()
})

async function visit(path: string): Promise<void> {
  await ana.page.evaluate(to => {
    history.pushState(null, '', to)
    dispatchEvent(new PopStateEvent('popstate', { state: null }))
  }, path)
}

async function makeLink(fill: (page: Page) => Promise<void>): Promise<string> {
  const { page } = ana
  await visit('/take-out/link')
  await page.getByText('24 hours', { exact: true }).click()
  await fill(page)
  await ana.button('Make a link').click()
  await page.getByLabel('Your passphrase', { exact: true }).fill(PASSPHRASE)
  await page.keyboard.press('Enter')
  return page.getByLabel('Link', { exact: true }).inputValue({ timeout: 60_000 })
}

interface Provider {
  readonly page: Page
  readonly context: BrowserContext
  readonly troubles: Troubles
  /** Every address that was asked, and what was sent. */
  readonly sent: readonly string[]
}

/** Somebody in a clean profile who was handed the link and nothing else. */
async function provider(link: string, options: Parameters<Browser['newContext']>[0] = {}): Promise<Provider> {
  const context = await browser.newContext({ locale: 'en-US', acceptDownloads: true, ...options })
  const troubles = new Troubles(relay.origin)
  const sent: string[] = []
  troubles.watch(context)
  context.on('request', request => sent.push(`${request.url()} ${request.postData() ?? ''}`))
  const page = await context.newPage()
  await page.goto(link)
  return { page, context, troubles, sent }
}

test('a provider in a clean profile opens the link: a wrong passcode counts down, the right one shows the summary, which prints and downloads', async () => {
  const link = await makeLink(async page => {
    await page.getByLabel('Passcode, at least four characters').fill(PASSCODE)
    await page.getByLabel('What is it for?', { exact: false }).fill('For Dr. Weber')
  })
  const { page, context, troubles, sent } = await provider(link)
  troubles.expect(/Failed to load resource.*401/)
  await page.getByText('For Dr. Weber').waitFor()
  // The secret is in no address that anybody could read, keep or ask for.
  expect(page.url()).toBe(`${relay.origin}/view`)
  const finds = await look(page, 'view, asked')
  await page.getByLabel('Your name or practice').fill('Dr. Weber')
  await page.getByLabel('Passcode', { exact: true }).fill('000000')
  await page.keyboard.press('Enter')
  await page.getByText('The passcode is wrong. 9 tries are left.').waitFor()
  await page.getByLabel('Passcode', { exact: true }).fill(PASSCODE)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { level: 1, name: 'Ana Example' }).waitFor()
  const titles = await page.locator('h3').allTextContents()
  expect(titles.slice(0, 2)).toEqual(['Allergies', 'Problems'])
  await page.getByText('Asthma since childhood').waitFor()
  finds.push(...(await look(page, 'view, opened')))
  expect(finds).toEqual([])
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download (FHIR)' }).click(),
  ])
  const file = await download.createReadStream()
  const text = Buffer.concat(await file.toArray()).toString()
  expect(JSON.parse(text)).toMatchObject({ resourceType: 'Bundle', type: 'document' })
  await page.evaluate(() => {
    window.print = () => document.body.setAttribute('data-printed', '')
  })
  await page.getByRole('button', { name: 'Print' }).click()
  await page.locator('body[data-printed]').waitFor()
  const printed = await page.pdf({ format: 'A4' })
  expect(printed.toString('latin1')).toMatch(/\/Type\s*\/Page\b/)

  const key = JSON.parse(Buffer.from(link.split('shlink:/')[1] ?? '', 'base64url').toString()).key as string
  expect(sent.length).toBeGreaterThan(3)
  for (const each of sent) for (const secret of [key, 'shlink']) expect(each).not.toContain(secret)
  expect(sent.every(each => each.startsWith(relay.origin))).toBe(true)
  const stored = await page.evaluate(async () => [
    localStorage.length,
    sessionStorage.length,
    (await indexedDB.databases()).length,
    (await navigator.serviceWorker.getRegistrations()).length,
    (await caches.keys()).length,
  ])
  expect(stored).toEqual([0, 0, 0, 0, 0])
  expect(await context.cookies()).toEqual([])
  troubles.expectNone()
  await context.close()

  // Of the link the relay has its hash, the sealed file, and what was typed into it as a name.
  const { url } = JSON.parse(Buffer.from(link.split('shlink:/')[1] ?? '', 'base64url').toString()) as { url: string }
  const search = new LeakSearch([
    { name: 'entry', bytes: Buffer.from('Asthma since childhood') },
    { name: 'passcode', bytes: Buffer.from(PASSCODE) },
    { name: 'key', bytes: Buffer.from(key, 'base64url') },
    { name: 'address', bytes: Buffer.from(url.split('/').at(-1) ?? '', 'base64url') },
  ])
  expect(await search.inFolder(relay.dataDir)).toEqual([])
  expect(search.inBytes('what the relay printed', Buffer.from(relay.log))).toEqual([])

  await visit('/take-out/links')
  await ana.page.getByText('Opened once').click()
  await ana.page.getByText(/: Dr\. Weber$/).waitFor()
  ana.troubles.expectNone()
})

test('a link without a passcode opens by its name alone; paused, over or ended it opens for nobody', async () => {
  const link = await makeLink(async page => {
    await page.getByText('Ask for a passcode').click()
    await page.getByLabel('What is it for?', { exact: false }).fill('No passcode')
  })
  const opens = async (): Promise<boolean> => {
    const { page, context, troubles } = await provider(link, { viewport: { width: 360, height: 740 } })
    troubles.expect(/Failed to load resource.*404/)
    await page.getByLabel('Your name or practice').fill('Locum')
    await page.getByRole('button', { name: 'Open the summary' }).click()
    const heading = page.getByRole('heading', { level: 1, name: 'Ana Example' })
    const refused = page.getByText('There is nothing behind this link any more', { exact: false })
    await heading.or(refused).waitFor()
    const isOpen = await heading.isVisible()
    troubles.expectNone()
    await context.close()
    return isOpen
  }
  expect(await opens()).toBe(true)
  await visit('/take-out/links')
  const card = ana.page.locator('section').filter({ hasText: 'No passcode' })
  await card.getByRole('button', { name: 'Pause' }).click()
  await card.getByText('Paused: opens for nobody').waitFor()
  expect(await opens()).toBe(false)
  await card.getByRole('button', { name: 'Let it open again' }).click()
  const dialog = ana.page.getByRole('dialog')
  await dialog.getByLabel('Your passphrase', { exact: true }).fill(PASSPHRASE)
  await dialog.getByRole('button', { name: 'Let it open again' }).click()
  await card.getByText('Can be opened', { exact: true }).waitFor()
  expect(await opens()).toBe(true)
  ana.troubles.expectCutNetwork()
  await relay.restartAhead(25 * HOUR_MS)
  expect(await opens()).toBe(false)
  await relay.restart()
  expect(await opens()).toBe(true)
  await card.getByRole('button', { name: 'End it' }).click()
  await dialog.getByRole('button', { name: 'End it' }).click()
  await card.waitFor({ state: 'detached' })
  expect(await opens()).toBe(false)
})

const LETTER = Buffer.from(`%PDF-1.7\n${'letter '.repeat(2000)}`)
const OTHER = Buffer.from(`%PDF-1.7\n${'other '.repeat(2000)}`)

/** Presses it and answers the bytes of the file that comes, and its name. */
async function saved(page: Page, name: string): Promise<readonly [string, Buffer]> {
  const coming = page.waitForEvent('download')
  await page.getByRole('button', { name }).click()
  const download = await coming
  return [download.suggestedFilename(), await readFile(await download.path())]
}

test('a PDF and a photo from the device go along with a link, by the keyboard alone; a provider in a clean profile sees the photo and saves the PDF byte by byte', async () => {
  const { page: own } = ana
  await visit('/add')
  await own.getByRole('link', { name: /A document or photo/ }).click()
  await own
    .locator('input[type=file][multiple]')
    .setInputFiles({ name: 'other.pdf', mimeType: 'application/pdf', buffer: OTHER })
  await ana.fill({ 'What is it?': 'Other letter' })
  await ana.button('Save').click()
  await ana.heading('Other letter').waitFor()
  const photo = await own.screenshot({ type: 'jpeg' })
  const link = await makeLink(async page => {
    await page.getByText('Ask for a passcode').click()
    // Listened for early: where the listener comes with the key, the picker opens unheard.
    const choosing = page.waitForEvent('filechooser', { timeout: 60_000 })
    const choose = page.locator('summary').filter({ hasText: 'Choose: none ticked' })
    await choose.focus()
    await page.keyboard.press('Enter')
    const other = page.getByRole('checkbox', { name: /^Other letter/ })
    await other.waitFor()
    await page.keyboard.press('Tab')
    await page.keyboard.press('Space')
    await expect.poll(() => other.isChecked()).toBe(true)
    await page.keyboard.press('Space')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    const chooser = await choosing
    await chooser.setFiles({ name: 'For the doctor.pdf', mimeType: 'application/pdf', buffer: LETTER })
    await page.getByText('Saved as a document, and ticked.').waitFor()
    await page.getByRole('checkbox', { name: /^For the doctor/ }).waitFor()
    const picker = page.locator('input[type=file]')
    await picker.setInputFiles({ name: 'rash.jpg', mimeType: 'image/jpeg', buffer: photo })
    await page.locator('summary').filter({ hasText: 'Choose: 2 ticked' }).waitFor()
    expect(await look(page, 'link with files')).toEqual([])
  })
  await visit('/take-out/links')
  await ana.page.getByText('With the files of 2 documents').waitFor()

  const { page, context, troubles } = await provider(link)
  await page.getByLabel('Your name or practice').fill('Dr. Weber')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Files that go along' }).waitFor()
  const picture = page.getByRole('img', { name: 'rash: rash.jpg' })
  await expect.poll(() => picture.evaluate(image => (image as HTMLImageElement).naturalWidth)).toBe(1280)
  await page.getByText('Asthma since childhood').waitFor()
  expect(await page.getByText('Other letter').count()).toBe(0)
  expect(await look(page, 'view with files')).toEqual([])
  const pdf = await saved(page, 'Save a copy of For the doctor: For the doctor.pdf')
  expect(pdf).toEqual(['For the doctor.pdf', LETTER])
  troubles.expectNone()
  await context.close()
})

test('the links’ pages can be used by everybody, and the app’s own service worker lets the viewer through', async () => {
  const { page } = ana
  const finds: string[] = []
  for (const path of ['/take-out', '/take-out/link', '/take-out/links']) {
    await visit(path)
    await page.locator('h1').first().waitFor()
    await page.waitForTimeout(300)
    finds.push(...(await look(page, path)))
  }
  expect(finds).toEqual([])
  const tab = await ana.openTab('/view#nonsense')
  await tab.getByText('This is not a SMART Health Link', { exact: false }).waitFor()
  await tab.close()
})
