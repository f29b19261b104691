import { cp, rm } from 'node:fs/promises'
import { type BrowserContext, chromium, type Download, type Locator, type Page } from 'playwright'
import { chromiumPath, launchArgs } from '#tests/support/chromium.ts'
import { makeTempFolder } from '#tests/support/temp-folder.ts'
import { turnClock } from './turn-clock.ts'
import { Troubles } from './troubles.ts'

export const PASSPHRASE = 'seven calm otters under ice'

type NewEntry = 'blood-pressure' | 'weight' | 'condition' | 'medicine' | 'allergy' | 'note'

interface Arrival {
  readonly viewport?: { readonly width: number; readonly height: number }
  readonly locale?: string
  /** A Y4M file that the device's camera sees; it need not be there before the camera is switched on. */
  readonly camera?: string
  /** How far the device's clock is ahead. */
  readonly clockAheadMs?: number
  /** Keys of servers that certify themselves, as Chromium names them. */
  readonly trusts?: readonly string[]
}

const cameraArgs = (film: string | undefined) =>
  film === undefined
    ? []
    : [
        '--use-fake-device-for-media-stream',
        '--use-fake-ui-for-media-stream',
        `--use-file-for-fake-video-capture=${film}`,
      ]

const trustArgs = (pins: readonly string[] = []) =>
  pins.length === 0 ? [] : [`--ignore-certificate-errors-spki-list=${pins.join()}`]

/** Somebody at a browser profile of their own, which survives being closed, killed and opened again. */
export class Person {
  readonly origin: string
  /** What went wrong unseen: page errors, console errors, policy violations, requests to strangers. */
  readonly troubles: Troubles
  /** As it stands on their record, once they have made one. */
  name = ''
  readonly #profile: string
  #arrival: Arrival
  #context: BrowserContext | undefined
  #page: Page | undefined

  private constructor(origin: string, profile: string, arrival: Arrival) {
    this.origin = origin
    this.troubles = new Troubles(origin)
    this.#profile = profile
    this.#arrival = arrival
  }

  /** Opens the app at `origin` in a fresh profile. */
  static async arrive(origin: string, arrival: Arrival = {}): Promise<Person> {
    const person = new Person(origin, makeTempFolder('profile'), arrival)
    await person.open()
    return person
  }

  /** Opens the app in a copy of a closed profile. */
  static async arriveWithCopyOf(other: Person): Promise<Person> {
    const profile = makeTempFolder('profile')
    await cp(other.profileDir, profile, { recursive: true, filter: path => !/Singleton/.test(path) })
    const person = new Person(other.origin, profile, {})
    await person.open()
    return person
  }

  get page(): Page {
    if (this.#page === undefined) throw new Error('The browser is closed')
    return this.#page
  }

  get context(): BrowserContext {
    if (this.#context === undefined) throw new Error('The browser is closed')
    return this.#context
  }

  /** The folder with all the browser keeps. */
  get profileDir(): string {
    return this.#profile
  }

  /** Starts the browser on the same profile and opens `path`. */
  async open(path = '/'): Promise<void> {
    this.#context = await chromium.launchPersistentContext(this.#profile, {
      executablePath: await chromiumPath(),
      args: [...launchArgs, ...cameraArgs(this.#arrival.camera), ...trustArgs(this.#arrival.trusts)],
      locale: this.#arrival.locale ?? 'en-US',
      viewport: this.#arrival.viewport ?? { width: 1280, height: 900 },
      acceptDownloads: true,
    })
    this.troubles.watch(this.#context)
    this.#page = this.#context.pages()[0] ?? (await this.#context.newPage())
    if (this.#arrival.clockAheadMs !== undefined) await turnClock(this.#context, this.page, this.#arrival.clockAheadMs)
    await this.page.goto(`${this.origin}${path}`)
  }

  /** Closes the browser and opens it at another time of the device's clock, as on another day; the record is locked. */
  async wakeAt(clockAheadMs: number): Promise<void> {
    await this.close()
    this.#arrival = { ...this.#arrival, clockAheadMs }
    await this.open()
  }

  /** Another tab of the same profile. */
  async openTab(path = '/'): Promise<Page> {
    const tab = await this.context.newPage()
    await tab.goto(`${this.origin}${path}`)
    return tab
  }

  /** Closes the browser as people do. */
  async close(): Promise<void> {
    await this.#context?.close()
    this.#context = undefined
    this.#page = undefined
  }

  /** Ends the whole browser at once, as a power cut does: nothing gets to save anything. */
  async kill(): Promise<void> {
    const context = this.context
    const ended = new Promise(resolve => context.once('close', resolve))
    const session = await context.newCDPSession(this.page)
    session.send('Browser.crash').catch(() => undefined)
    await ended
    this.#context = undefined
    this.#page = undefined
  }

  /** Ends the tab's process alone, as a computer short of memory does. */
  async killTab(): Promise<void> {
    const { page } = this
    const ended = new Promise(resolve => page.once('crash', resolve))
    const session = await this.context.newCDPSession(page)
    session.send('Page.crash').catch(() => undefined)
    await ended
    await this.close()
  }

  /** Closes and deletes all; fails on any trouble that was not expected. */
  async leave(): Promise<void> {
    await this.close()
    await rm(this.#profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
    this.troubles.expectNone()
  }

  button(name: string | RegExp, within: Locator | Page = this.page): Locator {
    return within.getByRole('button', { name, exact: typeof name === 'string' })
  }

  heading(name: string | RegExp): Locator {
    return this.page.getByRole('heading', { name, exact: typeof name === 'string' })
  }

  // ── beginning ──

  /** From the welcome page to the kit; answers its 24 words. */
  async createRecord(name = 'Ada Example', birthDate = '1950-04-02', passphrase = PASSPHRASE): Promise<string[]> {
    const { page } = this
    this.name = name
    await page.getByRole('link', { name: 'Create my record' }).click()
    await page.getByLabel('Your name').fill(name)
    await page.getByLabel('Date of birth').fill(birthDate)
    await page.getByLabel('Passphrase', { exact: true }).fill(passphrase)
    await this.button('Create my record').click()
    await this.heading('Your recovery kit').waitFor({ timeout: 60_000 })
    return this.kitWords()
  }

  /** The words on the kit page, in order. */
  async kitWords(): Promise<string[]> {
    const words = this.page.getByRole('list', { name: 'The 24 words, in order' }).getByRole('listitem')
    const texts = await words.allInnerTexts()
    return texts.map(text => text.replace(/[\d\s]+/g, ''))
  }

  /** On the kit page: types the words that are asked for. */
  async confirmKit(words: readonly string[]): Promise<void> {
    await this.button('I have the words on paper').click()
    await this.heading('Check your paper').waitFor()
    for (const field of await this.page.getByRole('textbox', { name: /^Word \d+$/ }).all()) {
      const label = (await field.evaluate(box => (box as HTMLInputElement).labels?.[0]?.textContent)) ?? ''
      await field.fill(words[Number(/\d+/.exec(label)?.[0]) - 1] ?? '')
    }
    await this.button('Confirm').click()
    await this.page.getByText('Your recovery kit is confirmed.').waitFor()
  }

  /** A record of one's own, kit confirmed, on the home page. */
  async settleIn(name?: string, birthDate?: string, passphrase?: string): Promise<string[]> {
    const words = await this.createRecord(name, birthDate, passphrase)
    await this.confirmKit(words)
    return words
  }

  /** The sample record, from the welcome page. */
  async lookAround(): Promise<void> {
    await this.button('Look around with a sample record').click()
    await this.page.getByText('This is a sample record about a made-up person.').waitFor({ timeout: 60_000 })
  }

  async lock(): Promise<void> {
    // The settings, which may still stand there, have one of their own below.
    await this.button('Lock now').first().click()
    await this.heading('Welcome back').waitFor()
  }

  /** On the locked page; waits for the record to be open. */
  async unlock(passphrase = PASSPHRASE): Promise<void> {
    await this.page.getByLabel('Passphrase', { exact: true }).fill(passphrase)
    await this.button('Unlock').click()
    await this.button('Lock now').first().waitFor({ timeout: 60_000 })
  }

  // ── the record ──

  /** Follows a link of the main navigation. */
  /** By the bar or the rail; on a phone, whose bar has room for five, by "More" as well. */
  async go(
    place:
      | 'Home'
      | 'Record'
      | 'Timeline'
      | 'Results'
      | 'Add'
      | 'Bring in'
      | 'Family & sharing'
      | 'Bin'
      | 'Devices'
      | 'Settings',
  ): Promise<void> {
    const main = this.page.getByRole('navigation', { name: 'Main' })
    const link = main.getByRole('link', { name: place, exact: true })
    const more = main.getByRole('link', { name: /^More/ })
    await link.or(more).first().waitFor()
    if (await link.isVisible()) return link.click()
    await more.click()
    await this.page.getByRole('navigation', { name: 'More' }).getByRole('link', { name: place, exact: true }).click()
  }

  /** The form for a new entry, filled by label and saved; ends on the entry's page. */
  async add(kind: NewEntry, fields: Readonly<Record<string, string>>): Promise<void> {
    await this.go('Add')
    await this.page.locator(`main a[href$="/add/${kind}"]`).click()
    await this.fill(fields)
    await this.save()
  }

  /** Text boxes by their label. */
  async fill(fields: Readonly<Record<string, string>>): Promise<void> {
    for (const [label, text] of Object.entries(fields)) {
      await this.page.getByRole('main').getByLabel(label, { exact: false }).first().fill(text)
    }
  }

  /** Presses "Save" and waits for the entry's page. */
  async save(): Promise<void> {
    await this.button('Save').click()
    await this.page.waitForURL(/\/entry\/[^/]+$/)
    await this.page.getByText('Where this came from').waitFor()
  }

  /** Presses "Undo" in the newest message. */
  async takeBack(): Promise<void> {
    await this.button('Undo').last().click()
    await this.page
      .getByText(/^Taken back: /)
      .first()
      .waitFor()
  }

  /** Escape, once the window over the page has the focus: a key before that goes to the page behind it. Ends when it is gone. */
  async closeDialog(page: Page = this.page): Promise<void> {
    const dialog = page.getByRole('dialog')
    await dialog.and(page.locator(':focus-within')).waitFor()
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
  }

  // ── files ──

  /** Gives the import page a file and waits for what it says: a preview or a failure. */
  async offerFile(file: string | { readonly name: string; readonly text: string | Uint8Array }): Promise<void> {
    await this.go('Bring in')
    const another = this.button('Bring in another file')
    if (await another.isVisible()) await another.click()
    await this.page
      .locator('input[type=file]')
      .setInputFiles(
        typeof file === 'string'
          ? file
          : { name: file.name, mimeType: 'application/json', buffer: Buffer.from(file.text) },
      )
    await this.page
      .getByRole('heading', { name: /^(This is in |What do the columns of )/ })
      .or(this.page.getByText('This file could not be brought in'))
      .waitFor({ timeout: 90_000 })
  }

  /** Brings in what a file holds and answers how many entries were new. */
  async importFile(file: string | { readonly name: string; readonly text: string | Uint8Array }): Promise<number> {
    await this.offerFile(file)
    return this.commitImport()
  }

  /** On a preview: brings it in and answers how many entries were new. */
  async commitImport(): Promise<number> {
    const samePerson = this.page.getByLabel('It is the same person')
    // By its words, as a person does: the box itself may lie under the bar that stays on top.
    if (await samePerson.isVisible()) await this.page.getByText('It is the same person', { exact: true }).click()
    await this.button(/^Bring in (one entry|[\d,]+ entries)$/).click()
    const done = this.page.getByText(/^(One entry was|[\d,]+ entries were) brought in$/)
    await done.waitFor({ timeout: 120_000 })
    const words = await done.innerText()
    return words.startsWith('One') ? 1 : Number(words.replace(/\D/g, ''))
  }

  /** Everything, as the export writes it. */
  async exportAll(passphrase = PASSPHRASE): Promise<unknown> {
    await this.go('Bring in')
    await this.page.getByRole('link', { name: 'Choose what to take out' }).click()
    await this.page.getByText('My record, to move to another app').click()
    const coming = this.page.waitForEvent('download')
    await this.button('Make the file').click()
    if (passphrase !== '') {
      const dialog = this.page.getByRole('dialog')
      await dialog.getByLabel('Your passphrase', { exact: true }).fill(passphrase)
      await this.button('Make the file', dialog).click()
    }
    return JSON.parse(await this.textOf(await coming))
  }

  /** Presses "Download everything" on the page, and answers what the file holds. Nobody's passphrase guards a sample. */
  async downloadAll(passphrase = PASSPHRASE): Promise<string> {
    const coming = this.page.waitForEvent('download')
    await this.button('Download everything', this.page.getByRole('main')).click()
    if (passphrase !== '') {
      const dialog = this.page.getByRole('dialog')
      await dialog.getByLabel('Your passphrase', { exact: true }).fill(passphrase)
      await this.button('Download everything', dialog).click()
    }
    return this.textOf(await coming)
  }

  /** What a download holds. */
  async textOf(download: Download): Promise<string> {
    const parts: Buffer[] = []
    for await (const part of await download.createReadStream()) parts.push(part as Buffer)
    return Buffer.concat(parts).toString('utf8')
  }

  // ── status ──

  /** The chip's words, its second line included. */
  get statusChip(): Locator {
    return this.page.getByRole('banner').getByRole('status').getByRole('button')
  }

  /** Waits until the chip says so. */
  async statusSays(words: string | RegExp, timeoutMs = 30_000): Promise<void> {
    await this.statusChip.filter({ hasText: words }).waitFor({ timeout: timeoutMs })
  }

  /** No byte more may be stored by this profile, until the answered function is called. */
  async fillDisk(): Promise<() => Promise<void>> {
    const browser = await this.context.newCDPSession(this.page)
    await browser.send('Storage.overrideQuotaForOrigin', { origin: this.origin, quotaSize: 1 })
    return () => browser.detach()
  }

  /** Cuts or joins the network of the whole profile. */
  async setOffline(isOffline: boolean): Promise<void> {
    await this.context.setOffline(isOffline)
  }
}
