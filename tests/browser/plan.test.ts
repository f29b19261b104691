import { afterAll, beforeAll, expect, test } from 'vitest'
import { pressOn, tabTo } from './by-keyboard.ts'
import { look, sidewaysFinds } from './look.ts'
import { Person } from './person.ts'
import { RelayProcess } from './relay-process.ts'

const SLOW = { timeout: 30_000 }

let relay: RelayProcess
let ada: Person
beforeAll(async () => {
  relay = await RelayProcess.start()
  ada = await Person.arrive(relay.origin, { viewport: { width: 360, height: 740 } })
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

/** Two weeks from now, as an American types it. */
function inTwoWeeks(): string {
  const day = new Date(Date.now() + 14 * 86_400_000)
  const two = (part: number) => String(part).padStart(2, '0')
  return `${two(day.getMonth() + 1)}${two(day.getDate())}${day.getFullYear()}`
}

async function toPlan(): Promise<void> {
  await pressOn(ada, /^More$/)
  await ada.heading('More').waitFor()
  await pressOn(ada, /^Plan$/)
  await ada.heading('Plan').waitFor()
}

test('on a phone, with nothing but the keyboard: a task is done and undone, an appointment written down, a question answered', async () => {
  const { page } = ada
  await toPlan()
  await pressOn(ada, /^Add a task$/)
  await type(/^What is to be done\?/, 'Walk')
  await tabTo(ada, /^How often\?/)
  await page.keyboard.press('ArrowDown')
  await pressOn(ada, /^Save$/)
  await ada.heading('Plan').waitFor(SLOW)
  await pressOn(ada, /^Done: Walk$/)
  await page.getByText('Nothing to do now.').waitFor(SLOW)
  await pressOn(ada, /^One done today$/)
  await pressOn(ada, /^Not done after all: Walk$/)
  await page.getByText('Today', { exact: true }).waitFor(SLOW)

  await pressOn(ada, /^Add an appointment$/)
  await type(/^What for\?/, 'Eye check')
  await tabTo(ada, /^Date/)
  await page.keyboard.type(inTwoWeeks())
  await tabTo(ada, /^Time/)
  await page.keyboard.type('0930AM')
  await type(/^What to bring/, 'Glasses')
  await pressOn(ada, /^Save$/)
  await ada.heading('Plan').waitFor(SLOW)
  await page.getByText('Eye check').first().waitFor()

  await pressOn(ada, /^Add an appointment$/)
  await ada.heading('Add an appointment').waitFor(SLOW)
  await pressOn(ada, /^Back$/)
  await ada.heading('Plan').waitFor(SLOW)
  await pressOn(ada, /^Home$/)
  await page.getByText('Next appointment').waitFor(SLOW)

  await pressOn(ada, /^A question for the next visit$/)
  await page.keyboard.insertText('May I swim?')
  await page.keyboard.press('Enter')
  await page.getByText('It stands on the list for your next visit.').waitFor(SLOW)
  await toPlan()
  await page.getByText('Glasses').waitFor(SLOW)
  await pressOn(ada, /^Answered: May I swim\?$/)
  await page.keyboard.insertText('Yes, slowly')
  await pressOn(ada, /^Save$/)
  await page.getByText('One answered question').waitFor(SLOW)
  expect(await sidewaysFinds(page, 'the plan on a phone')).toEqual([])

  await pressOn(ada, /^What changed$/)
  await ada.heading('What changed').waitFor(SLOW)
  await ada.heading('New').first().waitFor(SLOW)
  const finds = await look(page, 'what changed')
  await page.goBack()
  await ada.heading('Plan').waitFor(SLOW)
  finds.push(...(await look(page, 'the plan')))
  expect(finds).toEqual([])
}, 480_000)
