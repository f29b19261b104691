import { afterAll, beforeAll, expect, test } from 'vitest'
import { pressOn, tabTo } from './by-keyboard.ts'
import { PASSPHRASE, Person } from './person.ts'
import { RelayProcess } from './relay-process.ts'
import { scriptStorage } from './script-storage.ts'

const SLOW = { timeout: 30_000 }

let relay: RelayProcess
let ada: Person
beforeAll(async () => {
  relay = await RelayProcess.start()
  ada = await Person.arrive(relay.origin, { viewport: { width: 360, height: 740 } })
  await ada.settleIn()
})
afterAll(async () => {
  await ada?.leave()
  await relay.destroy()
})

async function type(label: RegExp, text: string): Promise<void> {
  await tabTo(ada, label)
  await ada.page.keyboard.insertText(text)
}

const card = () => ada.page.getByRole('article')
const atDoor = () => ada.page.getByRole('link', { name: 'Emergency card', exact: true })

async function reload(): Promise<void> {
  await ada.page.reload()
  await ada.heading('Welcome back').waitFor(SLOW)
}

/** The door shows a link to the card as well: what only an open record has says that it is gone. */
async function unlock(): Promise<void> {
  await type(/^Passphrase/, PASSPHRASE)
  await ada.page.keyboard.press('Enter')
  await ada.page.getByRole('navigation').first().waitFor(SLOW)
}

/** How many rows the card's own database has, and what its key does to every row of the record's. */
async function triedKey() {
  return ada.page.evaluate(async () => {
    const asked = <Value>(request: IDBRequest<Value>) =>
      new Promise<Value>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(request.error ?? new Error('IndexedDB failed'))
      })
    const all = async (name: string) => {
      const database = await asked(indexedDB.open(name))
      const tables = [...database.objectStoreNames]
      const rows = await Promise.all(
        tables.map(table => asked(database.transaction(table).objectStore(table).getAll() as IDBRequest<unknown[]>)),
      )
      database.close()
      return rows.flat()
    }
    const box = (await all('wellkeep-box')) as { readonly key: CryptoKey; readonly nonce: Uint8Array<ArrayBuffer> }[]
    const [sealed] = box
    if (sealed === undefined) return { rows: 0, tried: 0, opened: 0, isOut: false }
    const rows = (await all('wellkeep')).filter(row => row instanceof Uint8Array)
    const opens = async (row: Uint8Array<ArrayBuffer>, nonce: Uint8Array<ArrayBuffer>, from: number) =>
      crypto.subtle.decrypt({ name: 'AES-GCM', iv: nonce }, sealed.key, row.subarray(from)).then(
        () => 1,
        () => 0,
      )
    let opened = 0
    for (const row of rows)
      for (const [nonce, from] of [
        [sealed.nonce, 0],
        [row.slice(0, 12), 12],
        [row.slice(0, 24), 24],
      ] as const)
        opened +=
          nonce.length === 0 ? 0 : await opens(row as Uint8Array<ArrayBuffer>, nonce as Uint8Array<ArrayBuffer>, from)
    const isOut = await crypto.subtle.exportKey('raw', sealed.key).then(
      () => true,
      () => false,
    )
    return { rows: box.length, tried: rows.length, opened, isOut }
  })
}

test('Ada’s card is one press from home, says what is known and what is not, and is kept as she chose it', async () => {
  const { page } = ada
  await pressOn(ada, /^Add$/)
  await ada.heading('Add to your record').waitFor()
  await pressOn(ada, /^Allergy/)
  await type(/^What do you react to\?/, 'Zyxofenin')
  await pressOn(ada, /^Save$/)
  await ada.page.getByText('Zyxofenin').first().waitFor(SLOW)
  await pressOn(ada, /^Home$/)
  await pressOn(ada, /^Emergency card$/)
  await ada.heading('Emergency card').waitFor(SLOW)
  await expect.poll(() => card().getByRole('heading').first().innerText()).toBe('Allergies')
  await expect.poll(() => card().innerText()).toMatch(/Medicines\s+Nothing is written down: please ask/)
  await tabTo(ada, /^I take no medicines$/)
  await page.keyboard.press('Space')
  await expect.poll(() => card().innerText()).toMatch(/Medicines\s+No known medicines, confirmed on/)
  await type(/^Add to the card: Whom to call/, 'Bea 0123')
  await page.keyboard.press('Tab')
  await expect.poll(() => card().innerText()).toContain('Bea 0123')
}, 240_000)

test('Nothing of it can be read while the record is locked, until Ada says so with her passphrase', async () => {
  await reload()
  await expect.poll(() => atDoor().count()).toBe(0)
  expect((await triedKey()).rows).toBe(0)
  await unlock()
  await ada.heading('Emergency card').waitFor(SLOW)
  await tabTo(ada, /^Show the card while my record is locked$/)
  await ada.page.keyboard.press('Space')
  await ada.page.getByRole('dialog').getByText('everybody else who holds this device').waitFor(SLOW)
  await ada.page.keyboard.insertText(PASSPHRASE)
  await ada.page.keyboard.press('Enter')
  await ada.page.getByText(/^It is on\./).waitFor(SLOW)
}, 240_000)

test('After a reload the card is read with the keyboard alone and no passphrase, and nothing else of the record', async () => {
  const { page } = ada
  await reload()
  await pressOn(ada, /^Emergency card$/)
  await ada.heading('Emergency card').waitFor(SLOW)
  await expect.poll(() => card().innerText()).toMatch(/Zyxofenin[^]*Bea 0123/)
  await page.getByText(/^As of /).waitFor()
  expect(await page.getByRole('navigation').count()).toBe(0)
  expect(await page.getByText('Timeline').count()).toBe(0)
  const tried = await triedKey()
  expect(tried).toMatchObject({ rows: 1, opened: 0, isOut: false })
  expect(tried.tried).toBeGreaterThan(5)
  expect((await scriptStorage(page)).includes('Zyxofenin')).toBe(false)
}, 240_000)

test('What changes while the record is open is on the card at the next lock', async () => {
  await pressOn(ada, /^Unlock the record$/)
  await unlock()
  await pressOn(ada, /^Emergency card$/)
  await ada.heading('Emergency card').waitFor(SLOW)
  await tabTo(ada, /^On the card: Whom to call$/)
  await ada.page.keyboard.press('Space')
  await expect.poll(() => card().innerText()).not.toContain('Bea 0123')
  await expect.poll(async () => (await triedKey()).rows).toBe(1)
  await pressOn(ada, /^Lock now$/)
  await ada.heading('Welcome back').waitFor(SLOW)
  await pressOn(ada, /^Emergency card$/)
  await expect.poll(() => card().innerText()).toContain('Zyxofenin')
  expect(await card().innerText()).not.toContain('Bea 0123')
}, 240_000)

test('On paper each side is as large as a bank card and cuts nothing off', async () => {
  const { page } = ada
  await pressOn(ada, /^Unlock the record$/)
  await unlock()
  await pressOn(ada, /^Emergency card$/)
  await card().first().waitFor(SLOW)
  await page.locator('[class*="_side_"]').nth(1).waitFor({ state: 'attached' })
  await page.emulateMedia({ media: 'print' })
  const sides = await page.locator('[class*="_side_"]').evaluateAll(all =>
    all.map(side => {
      const { width, height } = side.getBoundingClientRect()
      return { width: Math.round(width), height: Math.round(height), isCut: side.scrollHeight > side.clientHeight + 1 }
    }),
  )
  await page.emulateMedia({ media: 'screen' })
  // 85.6 and 54 mm at 96 dots an inch.
  expect(sides).toEqual([
    { width: 324, height: 204, isCut: false },
    { width: 324, height: 204, isCut: false },
  ])
}, 240_000)

test('Turned off, nothing of it is left on the device, and the door has no card', async () => {
  await tabTo(ada, /^Show the card while my record is locked$/)
  await ada.page.keyboard.press('Space')
  await expect.poll(async () => (await triedKey()).rows, SLOW).toBe(0)
  await reload()
  await expect.poll(() => atDoor().count()).toBe(0)
  await ada.page.goto(`${ada.origin}/emergency`)
  await ada.page.getByText(/shows no card/).waitFor(SLOW)
}, 240_000)
