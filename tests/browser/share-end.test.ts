import { afterAll, beforeAll, expect, test } from 'vitest'
import { LeakSearch } from './leak-search.ts'
import { PASSPHRASE, Person } from './person.ts'
import { RelayProcess } from './relay-process.ts'
import { scriptStorage } from './script-storage.ts'

const SLOW = { timeout: 90_000 }
const HOUR_MS = 3_600_000
/** In no text of the app, which lies in Cache Storage with its library about asthma as soon as the service worker has it. */
const PROBLEM = 'Qarvelitis'

let relay: RelayProcess
let ana: Person
let lee: Person
beforeAll(async () => {
  relay = await RelayProcess.start()
  ana = await Person.arrive(relay.origin)
  await ana.settleIn('Ana Example')
  await ana.add('condition', { 'What is it called?': PROBLEM })
  lee = await Person.arrive(relay.origin, { viewport: { width: 360, height: 740 } })
  await lee.settleIn('Dr Lee')
  for (const person of [ana, lee]) person.troubles.expectCutNetwork()
  await connect()
})
afterAll(async () => {
  await ana?.leave()
  await lee?.leave()
  await relay.destroy()
})

async function connect(): Promise<void> {
  await ana.go('Family & sharing')
  await ana.button('Invite someone').click()
  const link = await ana.page.getByLabel('Link').inputValue()
  await lee.page.goto('about:blank')
  await lee.page.goto(link)
  await lee.unlock()
  await lee.button('Yes, connect').click(SLOW)
  await ana.heading('Dr Lee').waitFor(SLOW)
  await lee.heading('Ana Example').waitFor(SLOW)
}

/** From Ana's page about Dr Lee; ends with the entry on Dr Lee's screen. */
async function shareFor24Hours(): Promise<void> {
  await ana.page.getByRole('link', { name: 'Share something' }).click(SLOW)
  await ana.page.getByText(/^Problems \(/).click()
  await ana.button('Next').click()
  await ana.page.getByText('24 hours', { exact: true }).click()
  await ana.button('Next').click()
  await ana.button('Next').click()
  await ana.page.getByLabel('Your passphrase, as a signature', { exact: true }).fill(PASSPHRASE)
  await ana.button('Share now').click()
  await lee.button('Accept').click(SLOW)
  await lee.page
    .getByRole('link', { name: new RegExp(PROBLEM) })
    .first()
    .waitFor(SLOW)
}

/** The ids of all logs of which frames lie in Dr Lee's browser. */
async function logsOf({ page }: Person): Promise<string[]> {
  const keys = await page.evaluate(async () => {
    const asked = <Value>(request: IDBRequest<Value>) =>
      new Promise<Value>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(request.error ?? new Error('IndexedDB failed'))
      })
    const found: string[] = []
    for (const { name } of await indexedDB.databases()) {
      const database = await asked(indexedDB.open(name!))
      if (database.objectStoreNames.contains('frames'))
        found.push(...(await asked(database.transaction('frames').objectStore('frames').getAllKeys())).map(String))
      database.close()
    }
    return found
  })
  return [...new Set(keys.map(key => key.split('/')[0]!))]
}

/** What must be gone once the share on Dr Lee's screen is over: by the ids that its rows are named after. */
async function searchForShare(ownLogs: readonly string[]): Promise<LeakSearch> {
  const shareId = /\/shared\/([^/?]+)/.exec(lee.page.url())?.[1]
  const logs = (await logsOf(lee)).filter(id => !ownLogs.includes(id))
  expect([shareId, logs.length]).toEqual([expect.stringMatching(/^.{16,}$/), 1])
  const search = new LeakSearch(
    [`shared/${shareId}`, `patient/${shareId}`, ...logs, PROBLEM].map(text => ({
      name: text,
      bytes: Buffer.from(text),
    })),
  )
  const there = await finds(search)
  expect(there.some(find => find.includes(logs[0]!))).toBe(true)
  return search
}

const finds = async (search: LeakSearch) => search.inBytes('storage', await scriptStorage(lee.page))

async function seesThatItEnded(): Promise<void> {
  await lee.heading('This record is not shared with you any more').waitFor(SLOW)
  expect(await lee.page.getByText(PROBLEM).count()).toBe(0)
}

test('past its end a share goes from the open screen with the reason, Ana sees it as over, and no row of it is left', async () => {
  const own = await logsOf(lee)
  await shareFor24Hours()
  const search = await searchForShare(own)
  await relay.restartAhead(25 * HOUR_MS)
  await seesThatItEnded()
  await lee.page.getByText('It was deleted from this device.').waitFor()
  await expect.poll(() => finds(search), { timeout: 30_000 }).toEqual([])

  await ana.go('Family & sharing')
  await ana.page
    .getByRole('link', { name: /Dr Lee/ })
    .first()
    .click()
  const over = ana.page.getByText('Its time was over')
  await ana.page.locator('details', { has: over }).locator('summary').click(SLOW)
  await over.waitFor()
})

test('a device that was without a network past the end deletes it at its next look, and says so', async () => {
  await lee.go('Family & sharing')
  await lee.page
    .getByRole('link', { name: /Ana Example/ })
    .first()
    .click()
  const own = await logsOf(lee)
  await shareFor24Hours()
  const search = await searchForShare(own)
  await lee.setOffline(true)
  await relay.restartAhead(51 * HOUR_MS)
  await lee.page
    .getByRole('link', { name: new RegExp(PROBLEM) })
    .first()
    .waitFor()
  expect(await finds(search)).not.toEqual([])
  await lee.setOffline(false)
  await seesThatItEnded()
  await expect.poll(() => finds(search), { timeout: 30_000 }).toEqual([])
})
