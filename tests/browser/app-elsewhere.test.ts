import { afterAll, beforeAll, expect, test } from 'vitest'
import { connect, invite } from './people-acts.ts'
import { PASSPHRASE, Person } from './person.ts'
import { RelayProcess } from './relay-process.ts'

const PASSCODE = 'kite 482913 blue'

/** A relay that serves no app, and the app at an origin of its own. */
let relay: RelayProcess
let app: RelayProcess
let ada: Person
/** Pages ask it, and links lead there first. */
const toTheRelay = () =>
  new RegExp(`to a stranger: (http|ws)://localhost:${new URL(relay.origin).port}/(v1/|view$|meet$)`)
beforeAll(async () => {
  relay = await RelayProcess.start({ APP: 'off' })
  app = await RelayProcess.start({ RELAY: relay.origin })
  await relay.restart({ APP: app.origin })
  ada = await Person.arrive(app.origin)
  ada.troubles.expect(toTheRelay())
})
afterAll(async () => {
  await ada?.leave()
  await app.destroy()
  await relay.destroy()
})

test('a record is made and backed up by an app that another origin serves, also when it comes from the service worker', async () => {
  await ada.settleIn('Ada Example')
  await ada.add('condition', { 'What is it called?': 'Asthma' })
  await ada.statusSays('Backed up')
  await ada.page.evaluate(() => navigator.serviceWorker.ready)
  await app.stop()
  ada.troubles.expectCutNetwork()
  await ada.page.goto(`${app.origin}/timeline`)
  await ada.unlock()
  await ada.add('condition', { 'What is it called?': 'Hay fever' })
  await ada.statusSays('Backed up')
  await app.restart({ RELAY: relay.origin })
})

test('links are at the relay’s address, which leads whoever opens them on to the app', async () => {
  const { link: invitation } = await invite(ada)
  expect(invitation.startsWith(`${relay.origin}/meet#`)).toBe(true)
  await ada.page.getByText(`tell them yours too: ${relay.origin}`).waitFor()
  const ben = await Person.arrive(app.origin)
  ben.troubles.expect(toTheRelay())
  await ben.settleIn('Ben Sample')
  await ben.page.goto(invitation)
  await ben.unlock()
  await connect(ada, ben)
  await ben.leave()

  await ada.page.goto(`${app.origin}/take-out/link`)
  await ada.unlock()
  await ada.page.getByText('24 hours', { exact: true }).click()
  await ada.page.getByLabel('Passcode, at least four characters').fill(PASSCODE)
  await ada.button('Make a link').click()
  await ada.page.getByLabel('Your passphrase', { exact: true }).fill(PASSPHRASE)
  await ada.page.keyboard.press('Enter')
  const link = await ada.page.getByLabel('Link', { exact: true }).inputValue({ timeout: 60_000 })
  expect(link.startsWith(`${relay.origin}/view#`)).toBe(true)
  const tab = await ada.context.newPage()
  await tab.goto(link)
  await tab.getByLabel('Your name or practice').fill('Dr. Weber')
  await tab.getByLabel('Passcode', { exact: true }).fill(PASSCODE)
  await tab.keyboard.press('Enter')
  await tab.getByRole('heading', { level: 1, name: 'Ada Example' }).waitFor()
  await tab.getByText('Hay fever').waitFor()
  expect(tab.url()).toBe(`${app.origin}/view`)
})
