import { afterAll, beforeAll, expect, test } from 'vitest'
import { pressOn, tabTo } from './by-keyboard.ts'
import { look } from './look.ts'
import { Person } from './person.ts'
import { RelayProcess } from './relay-process.ts'

let relay: RelayProcess
beforeAll(async () => {
  relay = await RelayProcess.start()
})
afterAll(() => relay.destroy())

const PHONE = { width: 360, height: 740 }

test('on a phone, by keyboard alone: what was changed, back to an earlier version, and that undone', async () => {
  const robin = await Person.arrive(relay.origin, { viewport: PHONE })
  await robin.settleIn('Robin Sample', '1958-04-12')
  const { page } = robin
  await robin.add('condition', { 'What is it called?': 'Asthma' })
  await pressOn(robin, /^Edit$/)
  await robin.heading('Edit the condition').waitFor()
  await tabTo(robin, /^What is it called\?/)
  await page.keyboard.press('Control+A')
  await page.keyboard.insertText('Mild asthma')
  await pressOn(robin, /^Save$/)
  await robin.heading('Mild asthma').waitFor()
  await pressOn(robin, /^Show what was changed$/)
  await page.getByText('This is what it says now.').waitFor()
  const finds = await look(page, 'history')
  await page.setViewportSize(PHONE)
  await pressOn(robin, /^Go back to this version: Added/)
  await robin.heading('Asthma').waitFor()
  await pressOn(robin, /^Undo$/)
  await robin.heading('Mild asthma').waitFor()
  await expect.poll(() => page.getByRole('listitem').filter({ hasText: 'Before:' }).count()).toBe(3)
  expect(finds).toEqual([])
  await robin.leave()
}, 240_000)
