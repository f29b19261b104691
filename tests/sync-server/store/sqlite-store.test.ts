import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { makeSigningKey } from '#crypto/keys.ts'
import { readyCrypto } from '#crypto/sodium.ts'
import { toHex } from '#schema/bytes.ts'
import { MailboxId } from '#schema/ids.ts'
import { instant } from '#schema/instant.ts'
import { DEFAULT_LIMITS } from '#sync-server/limits/limits.ts'
import { Database } from '#sync-server/store/database.ts'
import { openSqliteStore } from '#sync-server/store/sqlite-store.ts'
import { capabilityOf, makeLog, TestFeed } from '../../support/signed.ts'
import { makeTempFolder } from '../../support/temp-folder.ts'
import { relayLinksContract } from '../../contract/relay-links.ts'
import { relayStoreContract } from '../../contract/relay-store.ts'

const folder = makeTempFolder('store')
let files = 0
const newPath = () => join(folder, `${(files += 1)}.sqlite`)
afterAll(() => rmSync(folder, { recursive: true }))

relayStoreContract('SQLite in memory', limits => openSqliteStore({ path: ':memory:', limits }))
relayLinksContract('SQLite in memory', limits => openSqliteStore({ path: ':memory:', limits }))
relayLinksContract('SQLite in a file', limits => openSqliteStore({ path: newPath(), limits }))
relayStoreContract('SQLite in a file', limits => openSqliteStore({ path: newPath(), limits }))

test('openSqliteStore() refuses a second relay on the same file, and another version of it', async () => {
  const path = newPath()
  const store = openSqliteStore({ path, limits: DEFAULT_LIMITS })
  expect(() => openSqliteStore({ path, limits: DEFAULT_LIMITS })).toThrow(/another relay runs on it/)
  await store.close()
  const db = new Database(path)
  db.exec('PRAGMA user_version = 99')
  db.close()
  expect(() => openSqliteStore({ path, limits: DEFAULT_LIMITS })).toThrow(/version 99/)
})

test('openSqliteStore() takes a file of version 2, and gives it what it lacks', async () => {
  const path = newPath()
  await openSqliteStore({ path, limits: DEFAULT_LIMITS }).close()
  const db = new Database(path)
  db.exec('DROP TABLE openings; DROP TABLE links; PRAGMA user_version = 2')
  db.close()
  const store = openSqliteStore({ path, limits: DEFAULT_LIMITS })
  const [log, holder] = [makeLog('home'), makeSigningKey()]
  const asker = { holders: [toHex(holder.publicKey)], now: instant(0) }
  await store.createLog({ ...log, capability: capabilityOf(log, holder), account: 'a', now: instant(0) })
  expect(await store.links(log.logId, asker)).toEqual({ ok: true, value: [] })
  await store.close()
})

test('a deleted log leaves none of its bytes in the file', async () => {
  await readyCrypto()
  const path = newPath()
  const store = openSqliteStore({ path, limits: DEFAULT_LIMITS })
  const [log, holder] = [makeLog(), makeSigningKey()]
  const [now, asker] = [instant(0), { holders: [toHex(holder.publicKey)], now: instant(0) }]
  const { logId, genesis } = log
  await store.createLog({ logId, genesis, capability: capabilityOf(log, holder), account: 'a', now })
  const feed = new TestFeed(log)
  const frames = [feed.next('ops', 100), feed.next('ops', 20_000)]
  for (const frame of frames) await store.append(frame, asker)
  const deleted = await store.deleteLog(logId, asker)
  expect(deleted.ok).toBe(true)
  await store.sweep(now)
  await store.close()
  const file = readFileSync(path)
  for (const frame of frames) expect(file.includes(Buffer.from(frame.bytes.subarray(-130, -80)))).toBe(false)
  expect(file.includes(toHex(holder.publicKey))).toBe(false)
})

test('what was deleted is in no file of the store, also while the relay goes on', async () => {
  await readyCrypto()
  const path = newPath()
  const store = openSqliteStore({ path, limits: DEFAULT_LIMITS })
  const [log, other, holder] = [makeLog(), makeLog(), makeSigningKey()]
  const [now, asker] = [instant(0), { holders: [toHex(holder.publicKey)], now: instant(0) }]
  for (const one of [log, other]) {
    const { logId, genesis } = one
    await store.createLog({ logId, genesis, capability: capabilityOf(one, holder), account: 'a', now })
  }
  const gone = new TestFeed(log).next('ops', 20_000)
  await store.append(gone, asker)
  const letter = new Uint8Array(300).fill(0xa7)
  await store.drop({ mailbox: MailboxId.of(new Uint8Array(32)), bytes: letter, now, expiresAt: instant(1) })
  const isThere = (bytes: Uint8Array) =>
    [path, `${path}-wal`].some(file => readFileSync(file).includes(Buffer.from(bytes.subarray(100, 180))))
  expect(isThere(gone.bytes)).toBe(true)
  await store.deleteLog(log.logId, asker)
  expect(isThere(gone.bytes)).toBe(false)
  expect(isThere(letter)).toBe(true)
  await store.sweep(instant(2))
  expect(isThere(letter)).toBe(false)
  await store.close()
})
