import type { Page } from 'playwright'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ccda, problem, section, SNOMED } from '#tests/support/ccda-fixtures.ts'
import { clinicCondition, fillClinic } from '#tests/support/clinic-record.ts'
import { ClinicServer } from '#tests/support/clinic-server.ts'
import { LeakSearch } from './leak-search.ts'
import { look } from './look.ts'
import { PASSPHRASE, Person } from './person.ts'
import { RelayProcess } from './relay-process.ts'

let relay: RelayProcess
let clinic: ClinicServer
let ana: Person
beforeAll(async () => {
  relay = await RelayProcess.start()
  clinic = await ClinicServer.start()
  clinic.login.redirects.add(`${relay.origin}/connected`)
  fillClinic(clinic)
  ana = await Person.arrive(relay.origin, { trusts: [clinic.pin] })
  // These two, and nobody else.
  ana.troubles.expect(
    new RegExp(`^request to a stranger: ${clinic.address}/`),
    new RegExp(`^request to a stranger: ${clinic.loginOrigin}/`),
  )
  await ana.settleIn('Ana Example', '1961-02-03')
  await ana.statusSays('Backed up', 60_000)
})
afterAll(async () => {
  await ana?.leave()
  await clinic?.stop()
  await relay?.destroy()
})

async function goToClinics(): Promise<void> {
  await ana.go('Bring in')
  await ana.page.getByRole('link', { name: 'Connect to a clinic' }).click()
  await ana.heading('Clinics').waitFor()
}

/** From the form to the card that leads to the clinic's own window. */
async function begin(clientId = clinic.login.clientId): Promise<void> {
  const { page } = ana
  await page.getByLabel('Address of the clinic’s FHIR server').fill(clinic.address)
  await page.getByLabel('Client ID').fill(clientId)
  await page.getByLabel('What to call it').fill('Riverside')
  await ana.button(`Ask ${clinic.host}`).click()
  await ana.heading(`${clinic.host} lets apps be connected.`).waitFor()
  await page.getByLabel('Your passphrase', { exact: true }).fill(PASSPHRASE)
  await ana.button('Go on to signing in').click()
  await ana.heading('Sign in at Riverside').waitFor()
}

/** The clinic's window. */
async function openWindow(): Promise<Page> {
  const opening = ana.context.waitForEvent('page')
  await ana.page.getByRole('link', { name: /^Sign in at localhost/ }).click()
  const page = await opening
  await page.getByRole('heading', { name: 'Test clinic' }).waitFor()
  return page
}

async function bringIn(): Promise<number> {
  await ana.heading(/^This is in Riverside/).waitFor()
  return ana.commitImport()
}

test('the form for a clinic can be used by everybody, and says what must be arranged first', async () => {
  await goToClinics()
  const { page } = ana
  await page.getByText('What must be arranged first').click()
  expect(await page.getByLabel('Redirect address').inputValue()).toBe(`${relay.origin}/connected`)
  expect(await look(page, 'clinics')).toEqual([])
  await ana.button('Ask the server').click()
  await page.getByText('This is no address of a server.', { exact: false }).waitFor()
})

test('who says no at the clinic is told so, and nothing was connected', async () => {
  await begin()
  expect(await look(ana.page, 'clinics, signing in')).toEqual([])
  const there = await openWindow()
  expect(await there.evaluate(() => window.opener)).toBeNull()
  await there.locator('#deny').click()
  await there.getByText('Wellkeep has the answer. You can close this window.').waitFor()
  expect(there.url()).toBe(`${relay.origin}/connected`)
  await there.close()
  await ana.page.getByText('The clinic was told no, or said no itself.', { exact: false }).waitFor()
  await ana.page.getByText('No clinic is connected on this device.').waitFor()
})

test('a clinic is connected in a window of its own, looked over and brought in; what is new comes later, with a new token', async () => {
  const { page } = ana
  await begin()
  const there = await openWindow()
  await there.locator('#allow').click()
  await there.getByText('Wellkeep has the answer. You can close this window.').waitFor()
  expect(await look(there, 'connected')).toEqual([])
  await there.close()
  await ana.heading('Riverside is connected').waitFor()
  await page.getByRole('status').filter({ hasText: 'Backed up' }).waitFor()
  await ana.button(`Fetch from ${clinic.host}`).first().click()
  expect(await bringIn()).toBe(8)
  await goToClinics()
  await page.getByText(/^Last fetched:/).waitFor()
  expect(await look(page, 'clinics, connected')).toEqual([])

  clinic.put(clinicCondition('c9', 'New at the clinic'))
  clinic.login.expireAccess()
  const refresh = new Set(clinic.login.refresh)
  await ana.button(`Fetch what is new from ${clinic.host}`).click()
  expect(await bringIn()).toBe(1)
  expect([...clinic.login.refresh].some(token => !refresh.has(token))).toBe(true)
  await ana.go('Timeline')
  await page.getByText('New at the clinic').first().waitFor()
})

test('a reload in the midst of signing in loses nothing: the window goes on by itself once the app is unlocked', async () => {
  await goToClinics()
  await begin()
  const there = await openWindow()
  await ana.page.reload()
  await ana.heading('Welcome back').waitFor()
  await there.locator('#allow').click()
  await there.getByText('Wellkeep is not waiting in this browser, or it is locked.').waitFor()
  expect(await look(there, 'connected, alone')).toEqual([])
  await ana.unlock()
  await there.getByText('Wellkeep has the answer. You can close this window.').waitFor()
  await there.close()
  await ana.heading('Riverside is connected').waitFor()
})

test('where the app is gone altogether, the window the clinic led back to becomes it, and goes on after the unlock', async () => {
  await begin()
  const there = await openWindow()
  await ana.page.close()
  await there.locator('#allow').click()
  await there.getByRole('link', { name: 'Go on in this window' }).click()
  await there.getByRole('heading', { name: 'Welcome back' }).waitFor()
  expect(there.url()).toBe(`${relay.origin}/clinics`)
  await there.getByLabel('Passphrase', { exact: true }).fill(PASSPHRASE)
  await there.getByRole('button', { name: 'Unlock' }).click()
  await there.getByRole('heading', { name: 'Riverside is connected' }).waitFor({ timeout: 60_000 })
  expect(there.url()).toBe(`${relay.origin}/clinics`)
  await ana.close()
  await ana.open('/clinics')
  await ana.unlock()
})

test('a server whose capabilities no page may read, and one that shows a page, are told in words that say so', async () => {
  ana.troubles.expect(/blocked by CORS policy/, /net::ERR_FAILED/)
  clinic.faults.capabilityLacksCors = true
  await ana.button(`Fetch what is new from ${clinic.host}`).click()
  await ana.page.getByText('does not let apps in a browser ask', { exact: false }).waitFor()
  clinic.faults.capabilityLacksCors = false
  clinic.faults.pages = { Condition: 'html' }
  await ana.button('Fetch everything again').click()
  await ana.page.getByText('came damaged, or as something else', { exact: false }).waitFor()
  clinic.faults.pages = {}
  await ana.button('Cancel').click()
})

/** Fetches a file of the letter that the clinic has, and opens the document that it became. */
async function openFile(title: string): Promise<void> {
  const file = ana.page.getByRole('listitem').filter({ hasText: title }).filter({ hasText: 'Fetch from' })
  await ana.button(`Fetch from ${clinic.host}`, file).click()
  await file.getByRole('link', { name: 'Open the document' }).click()
  await ana.heading(title).waitFor()
}

test('a page, rich text and a clinical document that the clinic has are fetched, read, and looked over before they come in', async () => {
  const { page } = ana
  const files: readonly (readonly [string, string, string])[] = [
    [
      'Letter',
      'text/html',
      '<h2>Course</h2><p>Better<img src="https://tracker.example/x.gif" onerror="x()"><script>x()</script>',
    ],
    ['Note', 'application/rtf', String.raw`{\rtf1\ansi Seen today.\par Well.}`],
    ['Visit', 'text/xml', ccda(section('11450-4', 'Problems', 'words', problem('1', `code="195967001" ${SNOMED}`)))],
  ]
  for (const [name, , text] of files) clinic.files.set(`/files/${name}`, new TextEncoder().encode(text))
  clinic.put({
    resourceType: 'DocumentReference',
    id: 'd1',
    status: 'current',
    description: 'Discharge papers',
    content: files.map(([title, contentType]) => ({ attachment: { url: `files/${title}`, title, contentType } })),
  })
  await ana.button(`Fetch what is new from ${clinic.host}`).click()
  expect(await bringIn()).toBe(1)
  const toPapers = async () => {
    await ana.go('Timeline')
    await page
      .getByRole('link', { name: /Discharge papers/ })
      .first()
      .click()
    await ana.heading('Files at the clinic').waitFor()
  }
  await toPapers()
  expect(await look(page, 'files at the clinic')).toEqual([])
  await openFile('Letter')
  await page.getByText('Better', { exact: true }).waitFor()
  expect(await page.locator('main img, main script').count()).toBe(0)
  expect(await look(page, 'a page that is read')).toEqual([])
  await toPapers()
  await openFile('Note')
  await page.getByText(/Seen today\.\s+Well\./).waitFor()
  await toPapers()
  await openFile('Visit')
  await page.getByRole('link', { name: 'See what it would bring in' }).click()
  await ana.heading('This is in Visit').waitFor()
  expect(await ana.commitImport()).toBeGreaterThan(3)
})

test('no token, code or verifier is in the profile, at the relay, in an address or in what was printed', async () => {
  await ana.close()
  const secrets = clinic.login.secrets.filter(each => each !== '')
  const search = new LeakSearch(
    secrets.map((secret, index) => ({ name: `secret ${index}`, bytes: Buffer.from(secret) })),
  )
  expect(secrets.length).toBeGreaterThan(8)
  expect(await search.inFolder(relay.dataDir)).toEqual([])
  expect(search.inBytes('what the relay printed', Buffer.from(relay.log))).toEqual([])
  const tokens = new LeakSearch(
    [...clinic.login.access, ...clinic.login.refresh].map((secret, index) => ({
      name: `token ${index}`,
      bytes: Buffer.from(secret),
    })),
  )
  expect(await tokens.inFolder(ana.profileDir)).toEqual([])
  await ana.open('/clinics')
  await ana.unlock()
})

test('disconnecting ends it here and at the clinic', async () => {
  const { page } = ana
  await ana.button('Disconnect: Riverside').click()
  await ana.button('Disconnect', page.getByRole('dialog')).click()
  await page.getByText('Disconnected. The clinic ended it too.').first().waitFor()
  await page.getByText('No clinic is connected on this device.').waitFor()
  expect(clinic.login.refresh.has(clinic.login.revoked[0] ?? '')).toBe(false)
  await ana.go('Timeline')
  await page.getByText('New at the clinic').first().waitFor()
})
