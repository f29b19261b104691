import { afterAll, beforeAll, expect, test } from 'vitest'
import { pressOn, tabTo } from './by-keyboard.ts'
import { PASSPHRASE, Person } from './person.ts'
import { RelayProcess } from './relay-process.ts'
import { turnClock } from './turn-clock.ts'

const DAY_MS = 86_400_000
const SLOW = { timeout: 30_000 }

/** Until the clocks here show five past eight tomorrow. */
function untilMorning(): number {
  const now = new Date()
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1, 8, 5).getTime() - now.getTime()
}

let relay: RelayProcess
let ada: Person
beforeAll(async () => {
  relay = await RelayProcess.start()
  ada = await Person.arrive(relay.origin, { viewport: { width: 360, height: 740 }, clockAheadMs: untilMorning() })
  await ada.settleIn()
})
afterAll(async () => {
  await ada?.leave()
  await relay.destroy()
})

async function type(label: RegExp, text: string): Promise<void> {
  await tabTo(ada, label)
  await ada.page.keyboard.insertText(text)
}

test('Ada says when she takes a medicine, takes it one day and leaves it out the next, with nothing but the keyboard', async () => {
  const { page } = ada
  await pressOn(ada, /^Add$/)
  await ada.heading('Add to your record').waitFor()
  await pressOn(ada, /^Medicine/)
  await type(/^Name of the medicine/, 'Metformin')
  await tabTo(ada, /^When do you take it\?/)
  await page.keyboard.press('ArrowDown')
  await type(/^Tablets, drops, mL/, 'tablet')
  await pressOn(ada, /^Save$/)
  await page.getByText(/1 tablet\u2069? at 8:00\sAM$/).waitFor(SLOW)

  await pressOn(ada, /^Home$/)
  await page.getByText(/^Due at 8:00\sAM$/).waitFor(SLOW)
  await pressOn(ada, /^Taken: Metformin/)
  await page.getByText('One written down today').waitFor(SLOW)
  await page.getByText('Nothing is due now.').waitFor()

  await turnClock(ada.context, page, DAY_MS)
  await page.reload()
  await type(/^Passphrase/, PASSPHRASE)
  await page.keyboard.press('Enter')
  await page.getByText(/^Due at 8:00\sAM$/).waitFor(SLOW)
  await expect.poll(() => page.getByText('One written down today').count()).toBe(0)
  await pressOn(ada, /^Skip: Metformin/)
  await page.getByText('Nothing is due now.').waitFor(SLOW)

  await pressOn(ada, /^Metformin$/)
  await ada.heading('Day by day').waitFor(SLOW)
  await pressOn(ada, /^Show as a table$/)
  const rows = page.getByRole('row')
  await expect.poll(() => rows.allInnerTexts()).toContainEqual(expect.stringMatching(/1\s+0\s+1\s+Left out$/))

  // Among all that is written down, doses are not.
  await pressOn(ada, /^Record$/)
  await pressOn(ada, /^Timeline and search$/)
  await expect.poll(() => page.locator('main li a').count()).toBe(1)
}, 240_000)
