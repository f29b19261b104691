import { createServer as createPlainServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { SHLInvalidPasscodeError, SHLManifestNotFoundError, SHLViewer } from 'kill-the-clipboard'
import { type Browser, chromium, type Page } from 'playwright'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { build } from 'vite'
import { chromiumPath, launchArgs } from '#tests/support/chromium.ts'
import { selfSigned } from '#tests/support/self-signed.ts'
import { THEIR_PASSCODE, type TheirLink, theirLink } from '#tests/support/their-link.ts'
import { PASSPHRASE, Person } from './person.ts'
import { RelayProcess } from './relay-process.ts'

/** SMART Health Links between the app and somebody else's library, kill-the-clipboard, over sockets and the real relay. */

const PASSCODE = 'kite 482913 blue'

let relay: RelayProcess
let ana: Person
let clinic: Clinic
beforeAll(async () => {
  relay = await RelayProcess.start()
  clinic = await Clinic.open()
  ana = await Person.arrive(relay.origin, { trusts: [clinic.pin] })
  await ana.settleIn('Ana Example', '1961-02-03')
  await ana.add('condition', { 'What is it called?': 'Asthma since childhood' })
})
afterAll(async () => {
  await ana?.leave()
  await clinic?.close()
  await relay?.destroy()
})

const listening = async (server: Server): Promise<number> => {
  await new Promise<void>(resolve => server.listen(0, 'localhost', resolve))
  return (server.address() as AddressInfo).port
}

/** Whoever keeps a link of the other library: its list at one port, the files beside it at another. */
class Clinic {
  readonly asked: { readonly method: string; readonly url: string; readonly body: string }[] = []
  readonly pin: string
  link: TheirLink | undefined
  lists = ''
  files = ''
  readonly #servers: Server[]

  private constructor({ key, cert, pin }: ReturnType<typeof selfSigned>) {
    this.pin = pin
    this.#servers = [0, 1].map(() =>
      createServer({ key, cert }, (request, response) => void this.#answer(request, response)),
    )
  }

  static async open(): Promise<Clinic> {
    const clinic = new Clinic(selfSigned())
    const [lists, files] = await Promise.all(clinic.#servers.map(listening))
    clinic.lists = `https://localhost:${lists}`
    clinic.files = `https://localhost:${files}`
    return clinic
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const cors = { 'access-control-allow-origin': '*', 'access-control-allow-headers': 'content-type' }
    if (request.method === 'OPTIONS') return void response.writeHead(204, cors).end()
    let body = ''
    for await (const chunk of request) body += String(chunk)
    const url = `https://${request.headers.host}${request.url}`
    this.asked.push({ method: request.method ?? '', url, body })
    const told = (await this.link?.answer(url, body === '' ? undefined : body)) ?? { status: 404, body: '' }
    response.writeHead(told.status, cors).end(typeof told.body === 'string' ? told.body : JSON.stringify(told.body))
  }

  async close(): Promise<void> {
    for (const server of this.#servers) {
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
    }
  }
}

async function visit(path: string): Promise<void> {
  await ana.page.evaluate(to => {
    history.pushState(null, '', to)
    dispatchEvent(new PopStateEvent('popstate', { state: null }))
  }, path)
}

async function makeLink(fill: (page: Page) => Promise<void>): Promise<string> {
  const { page } = ana
  // The form begins anew where it was left.
  await ana.go('Home')
  await visit('/take-out/link')
  await page.getByText('24 hours', { exact: true }).click()
  await page.getByLabel('What is it for?', { exact: false }).fill('For Dr. Weber')
  await fill(page)
  await ana.button('Make a link').click()
  await page.getByLabel('Your passphrase', { exact: true }).fill(PASSPHRASE)
  await page.keyboard.press('Enter')
  return page.getByLabel('Link', { exact: true }).inputValue({ timeout: 60_000 })
}

const withPasscode = (page: Page) => page.getByLabel('Passcode, at least four characters').fill(PASSCODE)
const withoutPasscode = (page: Page) => page.getByText('Ask for a passcode').click()

test('our link without a passcode (U) is resolved by the other library over HTTP, with its own fetch', async () => {
  const viewer = new SHLViewer({ shlinkURI: await makeLink(withoutPasscode) })
  expect(viewer.shl).toMatchObject({ label: 'For Dr. Weber', isDirectFile: true, requiresPasscode: false })
  expect(new URL(viewer.shl.url).origin).toBe(relay.origin)
  const { fhirResources } = await viewer.resolveSHL({ recipient: 'Dr. Weber' })
  expect(fhirResources).toMatchObject([{ resourceType: 'Bundle', type: 'document' }])
  expect(JSON.stringify(fhirResources)).toContain('Asthma since childhood')
})

test.each([
  ['in the list', undefined],
  ['at an address of its own', 100],
])('our link with a passcode (P) is resolved there, its file %s; wrong ones count down', async (_where, max) => {
  const answers: string[] = []
  const viewer = new SHLViewer({
    shlinkURI: await makeLink(withPasscode),
    fetch: async (url, init) => {
      const answer = await fetch(url, init)
      if (!answer.ok) answers.push(`${answer.status} ${await answer.clone().text()}`)
      return answer
    },
  })
  const asked = { recipient: 'Dr. Weber', ...(max === undefined ? {} : { embeddedLengthMax: max }) }
  for (const passcode of ['000000', 'kite']) {
    await expect(viewer.resolveSHL({ ...asked, passcode })).rejects.toThrow(SHLInvalidPasscodeError)
  }
  expect(answers).toEqual(['401 {"remainingAttempts":9}', '401 {"remainingAttempts":8}'])
  const { fhirResources, manifest } = await viewer.resolveSHL({ ...asked, passcode: PASSCODE })
  expect(manifest?.files.map(file => 'location' in file)).toEqual([max !== undefined])
  expect(JSON.stringify(fhirResources)).toContain('Asthma since childhood')
  await endLink()
  await expect(viewer.resolveSHL({ ...asked, passcode: PASSCODE })).rejects.toThrow(SHLManifestNotFoundError)
})

/** The newest. */
async function endLink(): Promise<void> {
  const { page } = ana
  await visit('/take-out/links')
  const cards = page.locator('section').filter({ has: page.getByRole('button', { name: 'End it' }) })
  await cards.first().waitFor()
  const before = await cards.count()
  await cards.filter({ hasText: 'passcode' }).first().getByRole('button', { name: 'End it' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'End it' }).click()
  await expect.poll(() => cards.count()).toBe(before - 1)
}

test('a page of somebody else’s, at another origin, opens our links with that library in a browser', async () => {
  const links = [await makeLink(withoutPasscode), await makeLink(withPasscode)]
  const script = await viewerScript()
  const server = createPlainServer((request, response) => {
    const isScript = request.url === '/viewer.js'
    response.writeHead(200, { 'content-type': isScript ? 'text/javascript' : 'text/html' })
    response.end(isScript ? script : '<!doctype html><script type="module" src="/viewer.js"></script>')
  })
  const foreign = `http://localhost:${await listening(server)}`
  const browser: Browser = await chromium.launch({ executablePath: await chromiumPath(), args: launchArgs })
  try {
    const page = await browser.newPage()
    await page.goto(foreign)
    await page.waitForFunction(() => 'resolveLink' in window)
    const resolve = (link: string | undefined, passcode?: string) =>
      page.evaluate(([uri, code]) => (window as unknown as ForeignPage).resolveLink(uri ?? '', code), [
        link,
        passcode,
      ] as const)
    expect(await resolve(links[0])).toContain('Asthma since childhood')
    expect(await resolve(links[1], '000000')).toMatch(/^refused: Invalid or missing passcode/)
    expect(await resolve(links[1], PASSCODE)).toContain('Asthma since childhood')
  } finally {
    await browser.close()
    await new Promise(resolve => server.close(resolve))
  }
})

interface ForeignPage {
  resolveLink(shlinkURI: string, passcode?: string): Promise<string>
}

const FOREIGN_PAGE = `
import { SHLViewer } from 'kill-the-clipboard'
window.resolveLink = (shlinkURI, passcode) =>
  new SHLViewer({ shlinkURI })
    .resolveSHL({ recipient: 'Locum', ...(passcode ? { passcode } : {}) })
    .then(found => JSON.stringify(found.fhirResources), error => 'refused: ' + error.message)
`

/** The library with what it imports, as a page of somebody else's would load it. */
async function viewerScript(): Promise<string> {
  const entry = 'virtual:viewer'
  const built = await build({
    configFile: false,
    logLevel: 'error',
    plugins: [
      {
        name: 'viewer',
        resolveId: id => (id === entry ? id : undefined),
        load: id => (id === entry ? FOREIGN_PAGE : undefined),
      },
    ],
    build: { write: false, minify: false, rolldownOptions: { input: entry } },
  })
  const outputs = Array.isArray(built) ? built : [built]
  const chunks = outputs.flatMap(each => ('output' in each ? each.output : []))
  return chunks.flatMap(each => (each.type === 'chunk' && each.isEntry ? [each.code] : []))[0] ?? ''
}

test('a link that the other library made is fetched by the outside worker from its two hosts, and its passcode counts down', async () => {
  const { page, troubles } = ana
  clinic.link = await theirLink('LP', clinic)
  troubles.expect(/^request to a stranger: https:\/\/localhost:\d+\//, /Failed to load resource.*401/)
  const host = new URL(clinic.lists).host
  await ana.go('Bring in')
  await page.getByLabel('Link or text of a code').fill(clinic.link.link)
  await ana.button('Look at it').click()
  await page.getByText('From the clinic').waitFor()
  expect(clinic.asked).toEqual([])
  await page.getByLabel('Passcode', { exact: true }).fill('0000')
  await ana.button(`Fetch it from ${host}`).click()
  await page.getByText('The passcode is wrong. 4 tries are left.').waitFor()
  await page.getByLabel('Passcode', { exact: true }).fill(THEIR_PASSCODE)
  await ana.button(`Fetch it from ${host}`).click()
  const others = page.getByRole('dialog')
  await others.getByText(new URL(clinic.files).host, { exact: false }).waitFor()
  expect(clinic.asked.map(({ method }) => method)).toEqual(['POST', 'POST'])
  await others.getByRole('button', { name: 'Fetch them' }).click()
  await page.getByText('This is in From the clinic').waitFor()
  expect(await ana.commitImport()).toBeGreaterThanOrEqual(2)
  expect(clinic.asked.map(({ method }) => method)).toEqual(['POST', 'POST', 'GET'])
  await ana.go('Timeline')
  await page.locator('main li a').filter({ hasText: 'Hay fever' }).first().waitFor()
  troubles.expectNone()
})
