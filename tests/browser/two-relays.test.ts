import { afterAll, beforeAll, expect, test } from 'vitest'
import { accept, connect, entry, invite, share, SLOW, toPeople } from './people-acts.ts'
import { PASSPHRASE, Person } from './person.ts'
import { RelayProcess } from './relay-process.ts'

/** Two relays, each with the app that it serves: two origins, of which neither knows the other. */
let hers: RelayProcess
let his: RelayProcess
let ana: Person
let ben: Person
let wordsOfAna: string[]
beforeAll(async () => {
  hers = await RelayProcess.start()
  his = await RelayProcess.start()
  ana = await Person.arrive(hers.origin)
  wordsOfAna = await ana.settleIn('Ana Example')
  ben = await Person.arrive(his.origin, { viewport: { width: 360, height: 740 } })
  await ben.settleIn('Ben Sample')
  // Of each other’s relay, and of nobody else's.
  const strangers = (relay: RelayProcess) =>
    new RegExp(`to a stranger: (http|ws)://localhost:${new URL(relay.origin).port}/v1/`)
  ana.troubles.expect(strangers(his))
  ben.troubles.expect(strangers(hers))
})
afterAll(async () => {
  await ana?.leave()
  await ben?.leave()
  await hers.destroy()
  await his.destroy()
})

test('Ana shares with Ben, whose record is on another server; he reads it, writes to her, and she reads that', async () => {
  await ana.add('condition', { 'What is it called?': 'Asthma' })
  const { words } = await invite(ana)
  await ana.page.getByText(`tell them yours too: ${hers.origin}`).waitFor()
  await toPeople(ben)
  await ben.page.getByRole('link', { name: 'I have an invitation' }).click()
  const box = ben.page.getByLabel('The link, or the eight words')
  await box.fill(words)
  await ben.button('See whose it is').click()
  await ben.page.getByText('There is no such invitation.').waitFor(SLOW)
  await ben.page.getByLabel('Their server').fill(hers.origin)
  await ben.button('See whose it is').click()
  await ben.page.getByText(`They use another server: ${new URL(hers.origin).host}.`).waitFor(SLOW)
  await connect(ana, ben)
  await ben.page.getByText(`On another server: ${new URL(hers.origin).host}`).waitFor()

  await share(ana, ben, { sections: ['Problems'], until: '30 days', role: 'See' })
  await accept(ben, ana)
  await entry(ben, 'Asthma').waitFor(SLOW)

  await ben.page.goto(`${his.origin}/messages/new`)
  await ben.unlock()
  await ben.page.getByText('Ana Example', { exact: true }).first().click()
  await ben.page.getByText('Among ourselves', { exact: true }).first().click()
  await ben.page.getByLabel('Subject').fill('Asthma')
  await ben.page.getByLabel('Your message').fill('Do you have enough of the spray?')
  await ben.button('Send').click()
  await ben.heading('Asthma').waitFor()
  await ana.page.goto(`${hers.origin}/messages`)
  await ana.unlock()
  await ana.page.getByRole('link', { name: /Ben Sample.*Asthma/ }).click(SLOW)
  const said = ana.page.getByRole('log').getByRole('listitem').filter({ hasText: 'enough of the spray' })
  await expect.poll(() => said.count(), SLOW).toBe(1)
  await ana.statusSays('Backed up')
  await ben.statusSays('Backed up')
})

test('Ana’s server burns down: at the second one, which had a copy of everything, her words bring her record back', async () => {
  await ana.page.goto(`${hers.origin}/server`)
  await ana.unlock()
  await ana.button('Add a second server').click()
  await ana.page.getByLabel('Its address').fill(his.origin)
  await ana.button('Add a second server').click()
  const dialog = ana.page.getByRole('dialog')
  await dialog.getByLabel('Your passphrase', { exact: true }).fill(PASSPHRASE)
  await ana.button('Add a second server', dialog).click()
  await ana.page.getByText(/^Everything was there on/).waitFor(SLOW)
  await hers.stop('SIGKILL')
  for (const person of [ana, ben]) person.troubles.expectCutNetwork()

  const back = await Person.arrive(his.origin)
  await back.page.getByRole('link', { name: 'Use my 24 recovery words' }).click()
  await back.page.getByLabel('The 24 words').fill(wordsOfAna.join(' '))
  await back.page.getByLabel('New passphrase', { exact: true }).fill(PASSPHRASE)
  await back.button('Bring back my record').click()
  await expect.poll(() => entry(back, 'Asthma').count(), SLOW).toBe(1)
  await back.statusSays('Backed up', 90_000)
  await back.leave()
})
