import { cp, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeTempFolder } from '#tests/support/temp-folder.ts'
import { Person } from './person.ts'
import { RelayProcess } from './relay-process.ts'

const BUILT = process.env.WELLKEEP_APP ?? 'dist/app'

let relay: RelayProcess
beforeAll(async () => {
  relay = await RelayProcess.start()
})
afterAll(() => relay.destroy())

/** The service worker has the whole app. */
async function isKept(person: Person): Promise<void> {
  await person.page.evaluate(async () => {
    await navigator.serviceWorker.ready
  })
}

test('on a first visit the page comes first, and then the app for use without a network', async () => {
  const ada = await Person.arrive(relay.origin)
  const tab = await ada.context.newPage()
  await tab.addInitScript(() => {
    const container = navigator.serviceWorker
    const register = container.register.bind(container)
    container.register = (...args) => {
      document.documentElement.dataset.pageAtKeeping = document.querySelector('main h1')?.textContent ?? 'none'
      return register(...args)
    }
  })
  await ada.page.close()
  await tab.goto(relay.origin)
  await tab.waitForFunction(() => document.documentElement.dataset.pageAtKeeping !== undefined)
  expect(await tab.evaluate(() => document.documentElement.dataset.pageAtKeeping)).not.toBe('none')
  await tab.evaluate(async () => {
    await navigator.serviceWorker.ready
  })
  await ada.leave()
})

test('without a network everything of the record works, also after a reload, and is backed up later', async () => {
  const ada = await Person.arrive(relay.origin)
  await ada.settleIn()
  await isKept(ada)
  await ada.statusSays('Backed up')
  ada.troubles.expectCutNetwork()
  await ada.setOffline(true)
  await ada.statusSays('Offline')
  await ada.page.getByText('You are offline. Everything still works').waitFor()
  await ada.add('weight', { Weight: '70.5' })
  await ada.statusSays('1 change waiting')
  await ada.page.reload()
  await ada.unlock()
  await ada.go('Timeline')
  await ada.page.getByText('70.5 lb').first().waitFor()
  for (const place of ['Bring in', 'Bin', 'Devices', 'Settings', 'Home'] as const) {
    await ada.go(place)
    await ada.page.getByRole('heading', { level: 1 }).waitFor()
  }
  await ada.lock()
  await ada.unlock()
  await ada.setOffline(false)
  await ada.statusSays(/^Backed up$/)
  await ada.leave()
})

test('with the relay gone everything of the record works, and it says since when', async () => {
  const ada = await Person.arrive(relay.origin)
  await ada.settleIn()
  await isKept(ada)
  await ada.statusSays('Backed up')
  ada.troubles.expectCutNetwork()
  await relay.stop('SIGKILL')
  await ada.statusSays(/Relay cannot be reached since/)
  await ada.add('note', { Title: 'Nobody listens', 'Your note': 'still kept' })
  await ada.close()
  await ada.open('/timeline')
  await ada.unlock()
  await ada.page.getByText('Nobody listens', { exact: true }).first().waitFor()
  await relay.restart()
  await ada.statusSays(/^Backed up$/, 60_000)
  await ada.leave()
})

test('the app can be installed', async () => {
  const ada = await Person.arrive(relay.origin)
  await isKept(ada)
  const browser = await ada.context.newCDPSession(ada.page)
  const manifest = await browser.send('Page.getAppManifest')
  expect(manifest.errors).toEqual([])
  expect(manifest.url).toBe(`${relay.origin}/manifest.webmanifest`)
  const { installabilityErrors } = await browser.send('Page.getInstallabilityErrors')
  // A page of a test browser may be in a private window, which nothing can be installed from.
  expect(installabilityErrors.map(each => each.errorId).filter(id => id !== 'in-incognito')).toEqual([])
  await ada.leave()
})

test('a new version is offered, and taken without loss', async () => {
  const folder = makeTempFolder('app')
  await cp(BUILT, folder, { recursive: true })
  const moving = await RelayProcess.start({ APP: folder })
  try {
    const ada = await Person.arrive(moving.origin)
    await ada.settleIn()
    await isKept(ada)
    await ada.add('note', { Title: 'From the old version', 'Your note': 'kept' })
    await ada.statusSays('Backed up')

    await newVersion(folder)
    ada.troubles.expectCutNetwork()
    await moving.restart({ APP: folder })
    await ada.page.reload()
    await ada.unlock()
    await ada.page.getByText('A new version of Wellkeep is ready.').waitFor()
    const version = ada.page.locator('meta[name=version]')
    expect(await version.count()).toBe(0)
    await ada.add('note', { Title: 'While it waited', 'Your note': 'kept' })
    await ada.button('Use it now').click()
    await ada.page.getByText('Start the new version?').waitFor()
    await ada.button('Start it').click()
    await ada.heading('Welcome back').waitFor()
    expect(await version.getAttribute('content')).toBe('new')
    await ada.unlock()
    await ada.go('Timeline')
    for (const title of ['From the old version', 'While it waited']) {
      await ada.page.getByText(title, { exact: true }).first().waitFor()
    }
    await ada.leave()
  } finally {
    await moving.destroy()
    await rm(folder, { recursive: true, force: true })
  }
})

/** As a build of other sources would: another page, and a list of files that says so. */
async function newVersion(folder: string): Promise<void> {
  const page = join(folder, 'index.html')
  await writeFile(page, (await readFile(page, 'utf8')).replace('<title>', '<meta name="version" content="new"><title>'))
  const worker = join(folder, 'service-worker.js')
  const script = await readFile(worker, 'utf8')
  const changed = script.replace(/("revision":")[0-9a-f]{32}(","url":"index\.html")/, `$1${'0'.repeat(32)}$2`)
  if (changed === script) throw new Error('The list of files in the service worker looks different now')
  await writeFile(worker, changed)
  for (const name of ['index.html', 'service-worker.js']) await rm(join(folder, `${name}.br`), { force: true })
}
