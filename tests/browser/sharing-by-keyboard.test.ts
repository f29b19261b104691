import { afterAll, beforeAll, expect, test } from 'vitest'
import { pressOn, tabTo } from './by-keyboard.ts'
import { entry, SLOW } from './people-acts.ts'
import { PASSPHRASE, Person } from './person.ts'
import { RelayProcess } from './relay-process.ts'

let relay: RelayProcess
let ana: Person
let bea: Person
beforeAll(async () => {
  relay = await RelayProcess.start()
  ana = await Person.arrive(relay.origin)
  await ana.settleIn('Ana Example')
  await ana.add('condition', { 'What is it called?': 'Asthma' })
  bea = await Person.arrive(relay.origin)
  await bea.settleIn('Bea Sample')
})
afterAll(async () => {
  for (const person of [ana, bea]) await person?.leave()
  await relay.destroy()
})

test('Ana and Bea meet, compare, share and stop with nothing but the keyboard', async () => {
  await pressOn(ana, /^Family & sharing/)
  await ana.heading('Family & sharing').waitFor()
  await pressOn(ana, /^Invite someone$/)
  const link = await ana.page.getByLabel('Link').inputValue()
  await pressOn(bea, /^Family & sharing/)
  await bea.heading('Family & sharing').waitFor()
  await pressOn(bea, /^I have an invitation$/)
  await bea.heading('I have an invitation').waitFor()
  await tabTo(bea, /^The link, or the eight words/)
  await bea.page.keyboard.insertText(link)
  await pressOn(bea, /^See whose it is$/)
  await bea.heading('Ana Example invites you').waitFor(SLOW)
  await pressOn(bea, /^Yes, connect$/)
  await ana.heading('Bea Sample').waitFor(SLOW)
  await pressOn(ana, /^They are the same$/)
  await ana.page.getByText(/^You compared the number on/).waitFor(SLOW)

  await pressOn(ana, /^Share something$/)
  await pressOn(ana, /^Problems \(/, 'Space')
  await pressOn(ana, /^Next$/)
  await tabTo(ana, /^30 days/)
  await ana.page.keyboard.press('ArrowUp')
  await ana.page.keyboard.press('ArrowUp')
  await expect.poll(() => ana.page.getByRole('radio', { name: /^24 hours/ }).isChecked()).toBe(true)
  await pressOn(ana, /^Next$/)
  await ana.heading('This is what Bea Sample will see').waitFor()
  await pressOn(ana, /^Next$/)
  await tabTo(ana, /^Your passphrase, as a signature/)
  await ana.page.keyboard.insertText(PASSPHRASE)
  await ana.page.keyboard.press('Enter')
  await ana.heading('It is on its way to Bea Sample').waitFor(SLOW)

  await bea.heading('Ana Example wants to share with you').waitFor(SLOW)
  await pressOn(bea, /^Accept$/)
  await entry(bea, 'Asthma').waitFor(SLOW)
  await pressOn(ana, /^See it$/)
  await ana.page.getByText('Accepted', { exact: true }).waitFor(SLOW)
  await pressOn(ana, /^Stop$/)
  await ana.page.getByRole('dialog').waitFor()
  await pressOn(ana, /^Stop$/)
  await bea.heading('This record is not shared with you any more').waitFor(SLOW)
  await pressOn(bea, /^Family & sharing$/)
})
