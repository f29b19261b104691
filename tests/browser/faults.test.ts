import { open, readdir, readFile, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join, resolve } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeTempFolder } from '#tests/support/temp-folder.ts'
import { PASSPHRASE, Person } from './person.ts'
import { RelayProcess } from './relay-process.ts'

const BUILT = process.env.WELLKEEP_APP ?? 'dist/app'
const HOSTILE = resolve(process.env.WELLKEEP_CORPUS ?? '../shared/data', 'hostile-json')

let relay: RelayProcess
let folder: string
let ada: Person
beforeAll(async () => {
  relay = await RelayProcess.start()
  folder = makeTempFolder('files')
  ada = await Person.arrive(relay.origin)
  await ada.settleIn()
  await ada.add('note', { Title: 'Must not be lost', 'Your note': 'by any of it' })
})
afterAll(async () => {
  await ada.leave()
  await relay.destroy()
  await rm(folder, { recursive: true, force: true })
})

const bundle = (...resources: readonly object[]) =>
  JSON.stringify({ resourceType: 'Bundle', type: 'collection', entry: resources.map(resource => ({ resource })) })
const condition = (id: string, more: object = {}) => ({
  resourceType: 'Condition',
  id,
  code: { text: `Condition ${id}` },
  subject: { reference: 'Patient/1' },
  ...more,
})

async function refuses(name: string, text: string | Uint8Array, words: RegExp): Promise<void> {
  await ada.offerFile({ name, text })
  await ada.page.getByText(words).first().waitFor()
  await ada.page.getByText('Your record was not changed.').waitFor()
}

test('files that cannot be brought in are refused in plain words', async () => {
  await refuses('a.json', 'once upon a time', /It is plain text, such as a letter/)
  await refuses('b.json', '{"resourceType": "Bundle", "entry": [', /cut off|its text goes wrong in line/)
  await refuses('c.json', '{"recipes": ["soup"]}', /It is JSON, but not a FHIR record/)
  await refuses('d.json', '', /There is nothing in it/)
  await refuses(
    'stu3.json',
    bundle({
      resourceType: 'MedicationStatement',
      id: 'm',
      taken: 'y',
      status: 'active',
      subject: {},
      meta: { profile: ['http://hl7.org/fhir/3.0/StructureDefinition/MedicationStatement'] },
    }),
    /It is written in FHIR/,
  )
  const zipped = gzipSync(bundle(condition('1'), condition('2')))
  await refuses('cut.json.gz', zipped.subarray(0, zipped.length - 20), /cut off|its text goes wrong/)
})

test('a file of 300 MB is refused, and nothing freezes', async () => {
  const path = join(folder, 'huge.json')
  const file = await open(path, 'w')
  await file.write('{"resourceType":"Bundle","type":"collection","entry":[')
  await file.truncate(300 << 20)
  await file.close()
  await ada.offerFile(path)
  await ada.page.getByText(/It is larger than \d+ MB/).waitFor()
})

test('dates that cannot be are kept as they came, and said', async () => {
  await ada.offerFile({ name: 'dates.json', text: bundle(condition('feb30', { onsetDateTime: '2023-02-30' })) })
  await ada.page.getByText('One has a date that does not exist or cannot be read.').waitFor()
  expect(await ada.commitImport()).toBe(1)
  const kept = JSON.stringify(await ada.exportAll())
  expect(kept).toContain('2023-02-30')
})

test('program code in a narrative is kept as text and never runs', async () => {
  const div = `<div xmlns="http://www.w3.org/1999/xhtml">Read me<script>window.ran = 1</script><img src="x" onerror="window.ran = 2"/><a href="javascript:window.ran=3">press</a><iframe src="http://evil.example/"></iframe></div>`
  const text = bundle(
    condition('script', { text: { status: 'generated', div }, note: [{ text: '<img src=x onerror="window.ran=4">' }] }),
  )
  await ada.offerFile({ name: 'script.json', text })
  await ada.page.getByText('One contains program code.').waitFor()
  expect(await ada.commitImport()).toBe(1)
  await ada.go('Timeline')
  await ada.page.getByText('Condition script').first().click()
  await ada.page.getByText('Where this came from').waitFor()
  for (const closed of await ada.page.locator('details:not([open]) > summary').all()) await closed.click()
  for (const press of await ada.page.getByText('press', { exact: true }).all())
    await press.click({ timeout: 500 }).catch(() => undefined)
  expect(await ada.page.evaluate(() => 'ran' in window)).toBe(false)
})

test('hostile JSON is refused or brought in, and harms nothing', async ({ skip }) => {
  const names = await readdir(HOSTILE).catch(() => [])
  const files = names.filter(name => name.endsWith('.json'))
  if (files.length === 0) skip()
  // tests/corpus reads every one of them; here it is the path through the window and the worker.
  for (const name of files) {
    await ada.offerFile({ name, text: await readFile(join(HOSTILE, name)) })
    const refusal = ada.page.getByText('This file could not be brought in')
    if (!(await refusal.isVisible())) await ada.button('Cancel').click()
  }
  await ada.go('Timeline')
  await ada.page.getByText('Must not be lost', { exact: true }).first().waitFor()
})

test('a wrong passphrase is said, and the right one opens', async () => {
  await ada.lock()
  await ada.page.getByLabel('Passphrase', { exact: true }).fill(`${PASSPHRASE}!`)
  await ada.button('Unlock').click()
  await ada.page.getByText('This is not the passphrase.').waitFor()
  await ada.unlock()
})

test('mistyped recovery words are named, with what was meant', async () => {
  const bob = await Person.arrive(relay.origin)
  await bob.page.goto(`${relay.origin}/recover`)
  const field = bob.page.getByLabel('The 24 words')
  const words = 'abandon '.repeat(23).trim().split(' ')
  await field.fill([...words.slice(0, 4), 'abandom', ...words.slice(5), 'art'].join(' '))
  await field.blur()
  await bob.page.getByText('Word 5 is not in the list.').waitFor()
  await bob.button('Use “abandon” as word 5').click()
  await bob.page.getByText('All 24 words are right.').waitFor()
  await field.fill([...words, 'zoo'].join(' '))
  await field.blur()
  await bob.page.getByText('All the words exist, but together they are not a kit.').waitFor()
  await field.fill([...words, 'art'].join(' '))
  await bob.page.getByLabel('New passphrase', { exact: true }).fill(PASSPHRASE)
  await bob.button('Bring back my record').click()
  await bob.page.getByText('this server has no record for them').waitFor()
  bob.troubles.expect(/404/)
  await bob.leave()
})

test('a clock that is wrong by a year is said, and nothing is lost', async () => {
  const eve = await Person.arrive(relay.origin)
  await eve.settleIn()
  await eve.statusSays(/^Backed up$/)
  // The service worker has every page: while the relay is away they come from it.
  await eve.page.evaluate(async () => void (await navigator.serviceWorker.ready))
  await relay.stop()
  eve.troubles.expectCutNetwork()
  ada.troubles.expectCutNetwork()
  await relay.restartAhead(365 * 86_400_000)
  await eve.statusSays(/to look at/, 60_000)
  await eve.statusChip.click()
  await eve.page.getByText('The clock of this device is wrong').waitFor()
  await eve.closeDialog()
  await eve.add('note', { Title: 'At the wrong time', 'Your note': 'kept' })
  await eve.statusSays(/Backed up/, 60_000)
  await relay.restart()
  await eve.leave()
})

test.each([
  ['ahead', 365],
  ['behind', -365],
])('a device whose clock is a year %s is told so, and keeps and backs up all', async (_, days) => {
  const eve = await Person.arrive(relay.origin, { clockAheadMs: days * 86_400_000 })
  await eve.settleIn()
  expect(await eve.page.evaluate(() => new Date().getFullYear())).not.toBe(new Date().getFullYear())
  await eve.statusSays(/to look at/)
  await eve.statusChip.click()
  await eve.page.getByText('The clock of this device is wrong').waitFor()
  await eve.closeDialog()
  await eve.add('note', { Title: 'At the wrong time', 'Your note': 'kept' })
  await eve.lock()
  await eve.unlock()
  await eve.go('Timeline')
  await eve.page.getByText('At the wrong time', { exact: true }).first().waitFor()
  await eve.statusSays(/Backed up/)
  await eve.leave()
})

/** A module that moves `Date.now` of the process that loads it. */
test('a full relay is said; new entries stay on the device and go when there is room', async () => {
  const small = await RelayProcess.start({ QUOTA_MB: '1' })
  const eve = await Person.arrive(small.origin)
  eve.troubles.expect(/Failed to load resource/)
  await eve.settleIn()
  const notes = ['one', 'two', 'three', 'four'].map(id => condition(id, { note: [{ text: randomText(500_000) }] }))
  expect(await eve.importFile({ name: 'long.json', text: bundle(...notes) })).toBe(4)
  await eve.add('note', { Title: 'When the relay was full', 'Your note': 'kept' })
  await eve.statusSays(/to look at/, 60_000)
  await eve.statusChip.click()
  await eve.page.getByText('The backup is full').waitFor()
  await eve.closeDialog()
  eve.troubles.expectCutNetwork()
  await small.restart({ QUOTA_MB: '100' })
  await eve.statusSays(/^Backed up$/, 90_000)
  await eve.leave()
  await small.destroy()
})

/** Text that nothing can compress much. */
function randomText(length: number): string {
  let text = ''
  while (text.length < length) text += Math.random().toString(36).slice(2)
  return text.slice(0, length)
}

test('a relay that answers rubbish is said, and everything stays on the device', async () => {
  const fake = await rubbishServer()
  const origin = `http://localhost:${(fake.address() as AddressInfo).port}`
  const eve = await Person.arrive(origin)
  eve.troubles.expectCutNetwork()
  eve.troubles.expect(/WebSocket/)
  await eve.settleIn()
  await eve.add('note', { Title: 'Among rubbish', 'Your note': 'kept' })
  await eve.statusSays(/to look at|cannot be reached/, 60_000)
  await eve.statusChip.click()
  await eve.page.getByText('The relay answers rubbish').waitFor()
  await eve.closeDialog()
  await eve.kill()
  await eve.open('/timeline')
  await eve.unlock()
  await eve.page.getByText('Among rubbish', { exact: true }).first().waitFor()
  await eve.leave()
  fake.closeAllConnections()
  fake.close()
})

/** Serves the app, and a sign-in page for everything else, as networks in hotels do. */
async function rubbishServer(): Promise<Server> {
  const types: Readonly<Record<string, string>> = {
    '.html': 'text/html',
    '.js': 'text/javascript',
    '.css': 'text/css',
    '.svg': 'image/svg+xml',
    '.wasm': 'application/wasm',
    '.webmanifest': 'application/manifest+json',
  }
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname
    const isRelay = path.startsWith('/v1/') || path === '/healthz'
    const name = extname(path) === '' ? 'index.html' : path
    readFile(join(BUILT, name)).then(
      body => {
        if (isRelay) response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Welcome to the Grand Hotel</h1>')
        else response.writeHead(200, { 'content-type': types[extname(name)] ?? 'application/octet-stream' }).end(body)
      },
      () => response.writeHead(404).end(),
    )
  })
  await new Promise<void>(started => server.listen(0, 'localhost', started))
  return server
}
