import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { blobIdOf } from '#crypto/hash.ts'
import { makeSigningKey, type SigningKey } from '#crypto/keys.ts'
import { readyCrypto } from '#crypto/sodium.ts'
import { toHex } from '#schema/bytes.ts'
import { MailboxId } from '#schema/ids.ts'
import { instant } from '#schema/instant.ts'
import { fail, ok } from '#schema/result.ts'
import { DEFAULT_LIMITS } from '#sync-server/limits/limits.ts'
import { Database } from '#sync-server/store/database.ts'
import { openSqliteStore } from '#sync-server/store/sqlite-store.ts'
import { capabilityOf, makeLog, pruneRecord, TestFeed } from '../../support/signed.ts'
import { makeTempFolder } from '../../support/temp-folder.ts'
import { relayBeginContract } from '../../contract/relay-begin.ts'
import { relayLinksContract } from '../../contract/relay-links.ts'
import { relayStoreContract, stored } from '../../contract/relay-store.ts'

const NOW = instant(1_800_000_000_000)
const askerOf = (holder: SigningKey) => ({ holders: [toHex(holder.publicKey)], now: NOW })

const folder = makeTempFolder('store')
let files = 0
const newPath = () => join(folder, `${(files += 1)}.sqlite`)
afterAll(() => rmSync(folder, { recursive: true }))

relayStoreContract('SQLite in memory', limits => openSqliteStore({ path: ':memory:', limits }))
relayBeginContract('SQLite in memory', limits => openSqliteStore({ path: ':memory:', limits }))
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

test('what comes together is judged in the order it came: frames, an end, an addition, other feeds', async () => {
  const store = openSqliteStore({ path: ':memory:', limits: { ...DEFAULT_LIMITS, feedsPerLog: 2 } })
  const [log, holder] = [makeLog(), makeSigningKey()]
  const asker = askerOf(holder)
  await store.createLog({ ...log, capability: capabilityOf(log, holder), account: 'a', now: NOW })
  const [guest, late] = [makeSigningKey(), makeSigningKey()]
  const theirs = capabilityOf(log, guest, { quotaBytes: 700 })
  await store.register(theirs, 0)
  const [own, other, third] = [new TestFeed(log), new TestFeed(log), new TestFeed(log)]
  const [a, b, c, d] = [own.next(), own.next(), own.next(), other.next()]
  const outcomes = await Promise.all([
    store.append(a, asker),
    store.append(b, askerOf(guest)),
    store.revoke(log.logId, theirs.id, asker),
    store.append(c, askerOf(guest)),
    store.append(c, askerOf(late)),
    store.register(capabilityOf(log, late), 0),
    store.append(c, askerOf(late)),
    store.append(c, asker),
    store.append(d, asker),
    store.append(third.next(), asker),
  ])
  const refused = fail({ code: 'not-allowed' })
  expect(outcomes).toEqual([
    stored(1, true),
    stored(2, true),
    ok(undefined),
    refused,
    refused,
    ok(undefined),
    stored(3, true),
    stored(3, false),
    stored(4, true),
    fail({ code: 'quota' }),
  ])
  const sizes = [a, b, c].reduce((sum, frame) => sum + frame.bytes.length, 0)
  expect(await store.state(log.logId, asker)).toMatchObject({
    value: {
      cursor: 4,
      bytes: sizes + d.bytes.length,
      feeds: [
        { writer: own.writer, nextSeq: 3, head: c.hash, bytes: sizes },
        { writer: other.writer, nextSeq: 1, head: d.hash, bytes: d.bytes.length },
      ],
    },
  })
})

const WITHOUT_ELSEWHERE =
  'DROP TABLE stray_blobs; DROP INDEX blobs_elsewhere; ALTER TABLE blobs DROP COLUMN size; ALTER TABLE blobs DROP COLUMN place;'
const WITHOUT_ANSWERS = `${WITHOUT_ELSEWHERE} DROP TABLE answers; DROP TABLE answer_boxes;`
const WITHOUT_PUSHES = `${WITHOUT_ANSWERS} DROP TABLE relay_keys; DROP TABLE push_devices; DROP TABLE push_topics;`
test.each([
  ['2', `${WITHOUT_PUSHES} DROP TABLE openings; DROP TABLE links; PRAGMA user_version = 2`],
  ['3', `${WITHOUT_PUSHES} PRAGMA user_version = 3`],
  ['4', `${WITHOUT_ANSWERS} PRAGMA user_version = 4`],
  ['5', `${WITHOUT_ELSEWHERE} PRAGMA user_version = 5`],
])('openSqliteStore() takes a file of version %s, and gives it what it lacks', async (_, older) => {
  const path = newPath()
  await openSqliteStore({ path, limits: DEFAULT_LIMITS }).close()
  const db = new Database(path)
  db.exec(older)
  db.close()
  const store = openSqliteStore({ path, limits: DEFAULT_LIMITS })
  const [log, holder] = [makeLog('home'), makeSigningKey()]
  const asker = { holders: [toHex(holder.publicKey)], now: instant(0) }
  await store.createLog({ ...log, capability: capabilityOf(log, holder), account: 'a', now: instant(0) })
  expect(await store.links(log.logId, asker)).toEqual({ ok: true, value: [] })
  expect(await store.duePushes(instant(0), 1)).toEqual([])
  await store.close()
})

test('a frame whose commit failed is judged anew, by what is stored', async () => {
  const path = newPath()
  const store = openSqliteStore({ path, limits: DEFAULT_LIMITS })
  const [log, holder] = [makeLog(), makeSigningKey()]
  const asker = askerOf(holder)
  await store.createLog({ ...log, capability: capabilityOf(log, holder), account: 'a', now: NOW })
  const feed = new TestFeed(log)
  const [first, second] = [feed.next(), feed.next()]
  await store.append(first, asker)
  const db = new Database(path)
  db.exec("CREATE TRIGGER broken BEFORE UPDATE ON feeds BEGIN SELECT RAISE(ABORT, 'broken'); END")
  await expect(store.append(second, asker)).rejects.toThrow('broken')
  db.exec('DROP TRIGGER broken')
  db.close()
  expect(await store.append(second, asker)).toEqual(stored(2, true))
  await store.close()
})

test('a blob of before version 6 is read, counted and let go as any other', async () => {
  const path = newPath()
  const before = openSqliteStore({ path, limits: DEFAULT_LIMITS })
  const [log, holder, bytes] = [makeLog(), makeSigningKey(), new Uint8Array(3000).fill(9)]
  const asker = askerOf(holder)
  await before.createLog({ ...log, capability: capabilityOf(log, holder), account: 'a', now: NOW })
  await before.putBlob(log.logId, blobIdOf(bytes), bytes, asker)
  await before.close()
  const db = new Database(path)
  db.exec(`${WITHOUT_ELSEWHERE} PRAGMA user_version = 5`)
  db.close()
  const store = openSqliteStore({ path, limits: DEFAULT_LIMITS })
  expect(await store.blob(log.logId, blobIdOf(bytes), asker)).toEqual(ok(bytes))
  const feed = new TestFeed(log)
  const [ops, base] = [feed.next(), feed.next('snapshot')]
  for (const frame of [ops, base]) await store.append(frame, asker)
  const record = pruneRecord(log, base, [ops], [blobIdOf(bytes)])
  expect(await store.prune(record, 0, NOW)).toMatchObject({ value: { bytes: 3000 + ops.bytes.length } })
  await store.sweep(NOW)
  expect(await store.state(log.logId, asker)).toMatchObject({ value: { bytes: base.bytes.length } })
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

test('ownKey() makes a key once, and has it after a restart', async () => {
  const path = newPath()
  const store = openSqliteStore({ path, limits: DEFAULT_LIMITS })
  const made = await store.ownKey('vapid', () => new Uint8Array([1, 2, 3]))
  expect(await store.ownKey('vapid', () => new Uint8Array([4]))).toEqual(made)
  await store.close()
  const again = openSqliteStore({ path, limits: DEFAULT_LIMITS })
  expect(await again.ownKey('vapid', () => new Uint8Array([5]))).toEqual(made)
  await again.close()
})

test('what waits for the end of quiet hours is still there after a restart', async () => {
  await readyCrypto()
  const path = newPath()
  const store = openSqliteStore({ path, limits: DEFAULT_LIMITS })
  const mailbox = MailboxId.of(new Uint8Array(MailboxId.size))
  const subscription = { device: new Uint8Array(32), endpoint: 'https://push.example/1' }
  await store.subscribeToMailbox(mailbox, subscription, instant(1))
  const [device] = await store.mailboxListeners(mailbox)
  await store.setPushDue(device!.no, instant(500))
  await store.close()
  const again = openSqliteStore({ path, limits: DEFAULT_LIMITS })
  expect(await again.duePushes(instant(499), 9)).toEqual([])
  expect(await again.duePushes(instant(500), 9)).toMatchObject([{ endpoint: 'https://push.example/1', dueAt: 500 }])
  await again.close()
})

test('openSqliteStore() waits a moment for whoever only looks whether a relay serves, or is just stopping', async () => {
  const path = newPath()
  const hold = `const { holdStore } = await import('#sync-server/store/only-one.ts')
    const held = holdStore(process.argv[1]); console.log('held'); setTimeout(() => held.release(), 300)`
  const other = spawn(process.execPath, ['--no-warnings', '--input-type=module', '-e', hold, path])
  await once(other.stdout, 'data')
  const store = openSqliteStore({ path, limits: DEFAULT_LIMITS })
  expect(await store.isHealthy()).toBe(true)
  await store.close()
})
