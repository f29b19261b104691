import { type Browser, type BrowserContext, chromium, type Page } from 'playwright'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { chromiumPath, launchArgs } from '#tests/support/chromium.ts'
import { pressOn, tabTo } from './by-keyboard.ts'
import { look } from './look.ts'
import { SLOW } from './people-acts.ts'
import { Person } from './person.ts'
import { RelayProcess } from './relay-process.ts'
import { Troubles } from './troubles.ts'

let relay: RelayProcess
let ana: Person
let browser: Browser
let doctor: { readonly page: Page; readonly context: BrowserContext; readonly troubles: Troubles }
beforeAll(async () => {
  relay = await RelayProcess.start()
  browser = await chromium.launch({ executablePath: await chromiumPath(), args: launchArgs })
  ana = await Person.arrive(relay.origin)
  await ana.settleIn('Ana Example', '1961-02-03')
})
afterAll(async () => {
  await ana?.leave()
  await browser?.close()
  await relay.destroy()
})

/** Somebody in a clean profile, on a phone, who was handed the link and nothing else. */
async function open(link: string): Promise<void> {
  const context = await browser.newContext({ locale: 'en-US', viewport: { width: 360, height: 740 } })
  const troubles = new Troubles(relay.origin)
  troubles.watch(context)
  const page = await context.newPage()
  await page.goto(link)
  doctor = { page, context, troubles }
}

const linkOf = () => ana.page.getByLabel('Link', { exact: true }).inputValue({ timeout: 60_000 })

test('by the keyboard alone Ana writes to a doctor who has no Wellkeep, and makes a link', async () => {
  const { page } = ana
  await page.goto(`${relay.origin}/messages`)
  await ana.unlock()
  await pressOn(ana, /^Write to somebody without Wellkeep$/)
  await ana.heading('New message').waitFor()
  await tabTo(ana, /^Who is it/)
  await page.keyboard.type('Dr. Green')
  await tabTo(ana, /^Your message$/)
  await page.keyboard.type('My knee is swollen since Sunday.')
  await pressOn(ana, /^Send$/)
  await page.getByText('How it reaches Dr. Green').waitFor()
  await pressOn(ana, /^Make a link$/)
  await open(await linkOf())
  expect(await look(page, 'a thread with a visitor')).toEqual([])
})

test('the doctor reads it in a clean profile, and answers with words and a file', async () => {
  const { page, troubles } = doctor
  expect(new URL(page.url()).hash).toBe('')
  await page.getByLabel('Your name, as they know you').fill('Dr. Green')
  await page.getByRole('button', { name: 'Open' }).click()
  await page.getByText('My knee is swollen since Sunday.').waitFor()
  expect(await look(page, 'a letter')).toEqual([])
  await page.getByLabel('Your answer').fill('Rest it until Friday.')
  await page.setInputFiles('input[type=file]', {
    name: 'exercises.txt',
    mimeType: 'text/plain',
    buffer: Buffer.from('Bend and stretch.'),
  })
  await page.getByRole('button', { name: 'Send the answer' }).click()
  await page.getByText(/^Ana Example finds it/).waitFor()
  troubles.expectNone()
})

test('the answer waits at Ana’s, unchecked, until she takes it in', async () => {
  const { page } = ana
  await page.reload()
  await ana.unlock()
  await page.getByText('Nobody checked who it was', { exact: false }).waitFor(SLOW)
  expect(await look(page, 'an answer that waits')).toEqual([])
  await pressOn(ana, /^Take it in$/)
  const said = page.getByRole('log').getByRole('listitem').filter({ hasText: 'Rest it until Friday.' })
  await said.getByText('by a link; nobody checked who it was').waitFor()
  await said.getByText('exercises.txt').waitFor()
})

test('a link that Ana ended shows nothing', async () => {
  await ana.button('End the link').click()
  await ana.button('Make a link').waitFor()
  await doctor.page.getByRole('button', { name: 'Send something more' }).click()
  await doctor.page.getByText(/^This link is over/).waitFor()
})
