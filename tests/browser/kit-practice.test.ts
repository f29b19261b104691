import { afterAll, beforeAll, expect, test } from 'vitest'
import { pressOn, tabTo } from './by-keyboard.ts'
import { look } from './look.ts'
import { Person } from './person.ts'
import { RelayProcess } from './relay-process.ts'

const PHONE = { width: 360, height: 740 }
const SLOW = { timeout: 30_000 }

let relay: RelayProcess
let ada: Person
let words: readonly string[]
beforeAll(async () => {
  relay = await RelayProcess.start()
  ada = await Person.arrive(relay.origin, { viewport: PHONE })
  words = await ada.settleIn()
})
afterAll(async () => {
  await ada?.leave()
  await relay.destroy()
})

const PRESS = /^See if they are right$/

async function looked(where: string): Promise<string[]> {
  const finds = await look(ada.page, where)
  await ada.page.setViewportSize(PHONE)
  return finds
}

/** Puts these in place of what stands in the box, and leaves it. */
async function typeWords(typed: readonly string[]): Promise<void> {
  const { page } = ada
  await page.getByRole('textbox').waitFor(SLOW)
  await tabTo(ada, /^The 24 words/)
  await page.keyboard.press('ControlOrMeta+A')
  await page.keyboard.insertText(typed.join(' '))
  await page.keyboard.press('Tab')
}

test('on a phone, with nothing but the keyboard: the words of the kit are tried, a wrong one is named, and nothing of them stays', async () => {
  const { page } = ada
  await pressOn(ada, /^More$/)
  await ada.heading('More').waitFor(SLOW)
  await pressOn(ada, /^Settings$/)
  await ada.heading('Settings').waitFor(SLOW)
  await pressOn(ada, /^Practise with the recovery kit$/)
  await ada.heading('Practise with your recovery kit').waitFor(SLOW)
  expect(await looked('the practice')).toEqual([])

  await typeWords(['abandonn', ...words.slice(1)])
  await page.getByText('Word 1 is not in the list.').waitFor(SLOW)
  await pressOn(ada, PRESS)
  expect(await ada.heading('These are the words of your record').count()).toBe(0)
  expect(await looked('a wrong word')).toEqual([])

  await typeWords(words)
  await page.getByText('All 24 words are right.').waitFor(SLOW)
  await pressOn(ada, PRESS)
  await ada.heading('These are the words of your record').waitFor(SLOW)
  expect(await page.getByRole('textbox').count()).toBe(0)
  expect(await looked('the practice done')).toEqual([])

  await page.goBack()
  await ada.heading('Settings').waitFor(SLOW)
  await pressOn(ada, /^Practise with the recovery kit$/)
  await page.getByRole('textbox').waitFor(SLOW)
  expect(await page.getByRole('textbox').inputValue()).toBe('')
  const kept = await page.evaluate(() =>
    JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage), history.state]),
  )
  expect(kept).not.toContain(words.slice(0, 3).join(' '))
})
