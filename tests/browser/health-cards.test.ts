import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { codesOf, directoryOf, fileOf, TestIssuer } from '#tests/support/make-card.ts'
import { LINK_KEY, linkOf, sealJwe } from '#tests/support/make-link.ts'
import { Person } from './person.ts'
import { pictureOf } from './picture-of.ts'
import { RelayProcess } from './relay-process.ts'

/** Where the link's records lie: a server of somebody else's, reached by a name. */
const HOST = 'files.example'
const PASSCODE = '4711'

let relay: RelayProcess
let kim: Person
let clinic: TestIssuer
let server: Server
const asked: { method: string; body: string; headers: IncomingMessage['headers'] }[] = []
let triesLeft = 3

/** As the specification wants a server to answer. */
async function answer(request: IncomingMessage): Promise<{ status: number; body: string }> {
  let body = ''
  for await (const chunk of request) body += String(chunk)
  asked.push({ method: request.method ?? '', body, headers: request.headers })
  const isRight = (JSON.parse(body) as { passcode: string }).passcode === PASSCODE
  if (!isRight) return { status: 401, body: JSON.stringify({ remainingAttempts: --triesLeft }) }
  const asthma = { resourceType: 'Condition', id: 'a1', code: { text: 'Asthma since childhood' } }
  const files = [{ contentType: 'application/fhir+json', embedded: await sealJwe(JSON.stringify(asthma)) }]
  return { status: 200, body: JSON.stringify({ files }) }
}

beforeAll(async () => {
  clinic = await TestIssuer.at('https://clinic.example/cards')
  relay = await RelayProcess.start()
  server = createServer((request, response) => {
    void answer(request).then(({ status, body }) => response.writeHead(status).end(body))
  })
  await new Promise<void>(resolve => server.listen(0, 'localhost', resolve))
  kim = await Person.arrive(relay.origin)
  await kim.settleIn('Jo Anyperson', '1951-01-20')
})
afterAll(async () => {
  await kim.leave()
  await relay.destroy()
  await new Promise(resolve => server.close(resolve))
})

test('a card comes in from a picture of its code, is judged once its issuer’s keys are added, and says so on its entry', async () => {
  const { page } = kim
  const [code = ''] = codesOf(await clinic.card())
  await kim.go('Bring in')
  const picture = { name: 'card.png', mimeType: 'image/png', buffer: await pictureOf(kim.context, code) }
  await page.locator('input[type=file]').first().setInputFiles(picture)
  await page.getByText('That cannot be checked here', { exact: false }).waitFor()
  const keys = { name: 'jwks.json', mimeType: 'application/json', buffer: Buffer.from(clinic.keySet()) }
  await page.locator('input[type=file]').first().setInputFiles(keys)
  await page.getByText(`Yes: it was signed by ${clinic.address}`, { exact: false }).waitFor()
  expect(await kim.commitImport()).toBe(3)
  await kim.button('Bring in another file').click()
  await kim.offerFile({ name: 'card.smart-health-card', text: fileOf(await clinic.card()) })
  await page.getByText('Yes: it was signed by', { exact: false }).waitFor()
  await kim.button('Cancel').click()
  await kim.go('Timeline')
  await page.locator('main li a').filter({ hasText: 'Vaccination' }).first().click()
  await page.getByText('Is this health card genuine?').waitFor()
  await page.getByText('Checked when it was brought in', { exact: false }).waitFor()
})

test('a card is judged by a directory of issuers that was brought in as a file, and no longer once that is taken back', async () => {
  const { page } = kim
  const pharmacy = await TestIssuer.at('https://pharmacy.example')
  const others = await Promise.all(Array.from({ length: 300 }, (_, at) => TestIssuer.at(`https://many.example/${at}`)))
  const listed = [pharmacy, ...others].map(issuer => ({ issuer, name: 'The pharmacy' }))
  const offerCard = async () => kim.offerFile({ name: 'a.smart-health-card', text: fileOf(await pharmacy.card()) })
  await kim.go('Bring in')
  const directory = {
    name: 'vci_snapshot.json',
    mimeType: 'application/json',
    buffer: Buffer.from(directoryOf(listed)),
  }
  await page.locator('input[type=file]').first().setInputFiles(directory)
  await page.getByText('301 issuers · 301 keys · As of October 1, 2026').waitFor()
  await kim.button('Trust this directory').click()
  await page.getByText('Kept. Cards of 301 issuers can be checked from now on.').waitFor()
  await page.reload()
  await kim.unlock()
  await kim.go('Bring in')
  await offerCard()
  await page.getByText('it was signed by The pharmacy (https://pharmacy.example)', { exact: false }).waitFor()
  await page
    .getByText('Judged by the directory https://directory.example/issuers.json, as it was on', { exact: false })
    .waitFor()
  await kim.button('Cancel').click()
  await page.getByRole('button', { name: /^Do not trust this directory any more/ }).click()
  await page.getByText('Do not trust this directory any more').waitFor({ state: 'detached' })
  await offerCard()
  await page.getByText('That cannot be checked here', { exact: false }).waitFor()
  await kim.button('Cancel').click()
})

test('a link is fetched by a tap that names its host, with a passcode, and by the outside worker alone', async () => {
  const { page } = kim
  const { port } = server.address() as AddressInfo
  kim.troubles.expect(/^request to a stranger: https:\/\/files\.example\/list$/, /Failed to load resource.*401/)
  // The name leads to the server on this machine; what is sent and answered is the browser's own.
  await kim.context.route(`https://${HOST}/**`, async route => {
    const request = route.request()
    const cors = { 'access-control-allow-origin': '*', 'access-control-allow-headers': 'content-type' }
    if (request.method() === 'OPTIONS') return route.fulfill({ status: 204, headers: cors })
    const reply = await fetch(`http://localhost:${port}/list`, {
      method: request.method(),
      headers: await request.allHeaders(),
      body: request.postData(),
    })
    return route.fulfill({ status: reply.status, headers: cors, body: await reply.text() })
  })
  await kim.go('Bring in')
  const link = linkOf({ url: `https://${HOST}/list`, flag: 'LP', label: 'From my clinic' })
  await page.getByLabel('Link or text of a code').fill(`https://viewer.example/#${link}`)
  await kim.button('Look at it').click()
  await page.getByText('From my clinic').waitFor()
  expect(asked).toEqual([])
  await page.getByLabel('Passcode', { exact: true }).fill('0000')
  await kim.button(`Fetch it from ${HOST}`).click()
  await page.getByText('The passcode is wrong. 2 tries are left.').waitFor()
  await page.getByLabel('Passcode', { exact: true }).fill(PASSCODE)
  await kim.button(`Fetch it from ${HOST}`).click()
  await page.getByText('This is in From my clinic').waitFor()
  expect(await kim.commitImport()).toBe(1)
  expect(asked.map(({ method }) => method)).toEqual(['POST', 'POST'])
  for (const { headers, body } of asked) {
    expect([headers.cookie, headers.referer]).toEqual([undefined, undefined])
    expect(JSON.parse(body)).toMatchObject({ recipient: 'Wellkeep user' })
    expect(`${body}${JSON.stringify(headers)}`).not.toContain(LINK_KEY)
  }
})

test('the page itself and the vault’s worker can ask nobody else', async () => {
  kim.troubles.expect(/Refused to connect|violates the following Content Security Policy/, /Fetch API cannot load/)
  const reached = await kim.page.evaluate(
    host =>
      fetch(`https://${host}/list`).then(
        () => true,
        () => false,
      ),
    HOST,
  )
  expect(reached).toBe(false)
})
