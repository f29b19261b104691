import { randomBytes } from 'node:crypto'
import { cp, readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeTempFolder } from '#tests/support/temp-folder.ts'
import { LeakSearch, type Secret } from './leak-search.ts'
import { PASSPHRASE, Person } from './person.ts'
import { RelayProcess } from './relay-process.ts'
import { scriptStorage } from './script-storage.ts'

const TITLE = 'Asthma since the summer of 1963'

let relay: RelayProcess
beforeAll(async () => {
  relay = await RelayProcess.start()
})
afterAll(() => relay.destroy())

/** As random as a real PDF, so that it is kept in a blob of its own. */
const letterBytes = () => Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(400_000)])

interface Held {
  readonly rows: Readonly<Record<string, number>>
  /** A piece of everything that is sealed, and whose it is. */
  readonly pieces: readonly Secret[]
}

/** All that the relay's tables hold now, read from a copy of its files. */
async function heldByRelay(): Promise<Held> {
  const copy = makeTempFolder('copy')
  await cp(relay.dataDir, copy, { recursive: true })
  const name = (await readdir(copy)).find(each => /\.(sqlite|db)$/.test(each)) ?? ''
  const db = new DatabaseSync(join(copy, name))
  const tables = db.prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'").all()
  const rows: Record<string, number> = {}
  const pieces: Secret[] = []
  for (const table of tables.map(each => String(each.name))) {
    const all = db.prepare(`SELECT * FROM ${table}`).all()
    rows[table] = all.length
    // The relay's own, for push: nobody's record has to do with them.
    if (table === 'relay_keys') continue
    for (const row of all) {
      for (const [column, value] of Object.entries(row)) {
        const bytes = value instanceof Uint8Array ? Buffer.from(value) : undefined
        // A deleted log's id stays, so that nobody registers it anew; nothing else of it does.
        const isId =
          typeof value === 'string' && !table.endsWith('logs') && /^(id|holder|writer|head|account)$/.test(column)
        const piece =
          bytes?.subarray(bytes.length >> 1, (bytes.length >> 1) + 48) ?? (isId ? Buffer.from(value) : undefined)
        if (piece !== undefined && piece.length >= 16) pieces.push({ name: `${table}.${column}`, bytes: piece })
      }
    }
  }
  db.close()
  await rm(copy, { recursive: true })
  return { rows, pieces }
}

/** The pieces that lie in any file of the relay, as they stand on its disk while it runs. */
async function onDiskOfRelay(pieces: readonly Secret[]): Promise<string[]> {
  const finds: string[] = []
  for (const name of await readdir(relay.dataDir)) {
    const bytes = await readFile(join(relay.dataDir, name))
    finds.push(...pieces.filter(piece => bytes.includes(piece.bytes)).map(piece => `${name}: ${piece.name}`))
  }
  return [...new Set(finds)]
}

/** How much each storage that scripts have still holds. */
function keptByBrowser({ page }: Person) {
  return page.evaluate(async () => {
    const kept: Record<string, number> = { localStorage: localStorage.length, sessionStorage: sessionStorage.length }
    const root = await navigator.storage.getDirectory()
    kept.files = 0
    for await (const _ of (root as unknown as { keys(): AsyncIterable<string> }).keys()) kept.files++
    for (const { name = '' } of await indexedDB.databases()) {
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        const opened = indexedDB.open(name)
        opened.onsuccess = () => resolve(opened.result)
        opened.onerror = () => reject(opened.error ?? new Error('IndexedDB failed'))
      })
      for (const table of database.objectStoreNames) {
        const counted = database.transaction(table).objectStore(table).count()
        kept[`${name}/${table}`] = await new Promise(resolve => {
          counted.onsuccess = () => resolve(counted.result)
        })
      }
      database.close()
    }
    const cached = await Promise.all((await caches.keys()).map(async name => (await caches.open(name)).keys()))
    const shared = cached.flat().map(request => new URL(request.url).pathname)
    return { kept, strangers: shared.filter(path => !/^\/(assets\/|[\w.-]*$)/.test(path)) }
  })
}

async function fillRecord(ada: Person): Promise<void> {
  const { page } = ada
  await ada.settleIn()
  await ada.add('condition', { 'What is it called?': TITLE })
  await ada.go('Add')
  await page.getByRole('link', { name: /A document or photo/ }).click()
  const letter = { name: 'letter.pdf', mimeType: 'application/pdf', buffer: letterBytes() }
  await page.locator('input[type=file][multiple]').setInputFiles([letter])
  await ada.fill({ 'What is it?': 'A letter' })
  await ada.save()
  await page.goto(`${relay.origin}/take-out/link`)
  await ada.unlock()
  await page.getByText('24 hours', { exact: true }).click()
  await ada.button('Make a link').click()
  await page.getByLabel('Your passphrase', { exact: true }).fill(PASSPHRASE)
  await page.keyboard.press('Enter')
  await page.getByLabel('Link', { exact: true }).waitFor({ timeout: 60_000 })
  await ada.statusSays(/^Backed up$/)
}

async function deleteEverything(ada: Person): Promise<void> {
  const { page } = ada
  await ada.go('Settings')
  await ada.button('Delete everything', page.getByRole('main')).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Type “delete” to confirm').fill('delete')
  await ada.button('Delete everything on this device', dialog).click()
  await page.getByRole('link', { name: 'Create my record' }).waitFor({ timeout: 60_000 })
}

test('nothing of a deleted record is at the relay, in its files, or in the browser', async () => {
  const ada = await Person.arrive(relay.origin)
  // A busy machine is slow, not wrong.
  ada.context.setDefaultTimeout(120_000)
  await fillRecord(ada)
  // A file's bytes follow the entry that names them.
  await expect.poll(async () => (await heldByRelay()).rows.blobs, { timeout: 120_000 }).toBeGreaterThan(0)
  const before = await heldByRelay()
  expect(before.rows).toMatchObject({ links: 1, deleted_logs: 0 })
  expect(before.rows.frames).toBeGreaterThan(5)
  expect((await onDiskOfRelay(before.pieces)).length).toBeGreaterThan(5)

  await deleteEverything(ada)

  const after = await heldByRelay()
  const { deleted_logs: tombstones, relay_keys: ownKeys, ...rows } = after.rows
  expect(ownKeys).toBe(before.rows.relay_keys)
  expect(tombstones).toBe(before.rows.logs)
  expect(Object.entries(rows).filter(([, count]) => count > 0)).toEqual([])
  expect(await onDiskOfRelay(before.pieces)).toEqual([])

  const { kept, strangers } = await keptByBrowser(ada)
  expect(strangers).toEqual([])
  // How often the storage changed hands: one number.
  expect(Object.entries(kept).filter(([name, count]) => count > 0 && !name.endsWith('/fence'))).toEqual([])
  const name = { name: 'the title', bytes: Buffer.from(TITLE) }
  const search = new LeakSearch([...before.pieces, name])
  expect(search.inBytes('what scripts can read', await scriptStorage(ada.page))).toEqual([])
  await ada.leave()
})

test('who deletes everything without a network is told that the server keeps its sealed copy', async () => {
  const ada = await Person.arrive(relay.origin)
  // A busy machine is slow, not wrong.
  ada.context.setDefaultTimeout(120_000)
  await ada.settleIn()
  // What the page has still to load comes from the service worker then.
  await ada.page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
  await ada.page.reload()
  await ada.unlock()
  await ada.setOffline(true)
  await ada.go('Settings')
  await ada.button('Delete everything', ada.page.getByRole('main')).click()
  await ada.page
    .getByRole('dialog')
    .getByText(/The server cannot be reached now/)
    .waitFor({ timeout: 60_000 })
  await ada.leave()
})
