import { createHash } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { blobIdOf } from '#crypto/hash.ts'
import { makeSigningKey, type SigningKey } from '#crypto/keys.ts'
import { readyCrypto } from '#crypto/sodium.ts'
import { toHex } from '#schema/bytes.ts'
import { instant } from '#schema/instant.ts'
import { readConfig } from '#sync-server/config.ts'
import { DEFAULT_LIMITS } from '#sync-server/limits/limits.ts'
import { runCommand } from '#sync-server/operate/command.ts'
import { lookAtFolder } from '#sync-server/operate/looked-at.ts'
import { Database } from '#sync-server/store/database.ts'
import { int } from '#sync-server/store/row.ts'
import type { RelayStore } from '#sync-server/store/relay-store.ts'
import { openSqliteStore } from '#sync-server/store/sqlite-store.ts'
import {
  capabilityOf,
  mailboxOf,
  makeLog,
  beginRecord,
  pruneRecord,
  TestFeed,
  type TestFrame,
  type TestLog,
} from '../../support/signed.ts'
import { makeTempFolder } from '../../support/temp-folder.ts'

beforeAll(readyCrypto)
const all = makeTempFolder('operate')
afterAll(() => rmSync(all, { recursive: true }))

const NOW = 1_800_000_000_000
const DAY_MS = 24 * 3600_000
let folders = 0
const newFolder = () => join(all, String((folders += 1)))

const run = (folder: string, ...words: string[]) => runWith({ DATA: folder }, ...words)

async function runWith(environment: Record<string, string>, ...words: string[]) {
  const config = readConfig(environment)
  if (!config.ok) throw new Error('unreadable settings')
  const lines: string[] = []
  const code = await runCommand(words, { config: config.value, say: line => lines.push(line), now: () => NOW })
  return { code, text: lines.join('\n') }
}

function open(folder: string): RelayStore {
  return openSqliteStore({ path: join(folder, 'relay.sqlite'), limits: DEFAULT_LIMITS })
}

async function filled(store: RelayStore) {
  const [log, holder] = [makeLog(), makeSigningKey()]
  const asker = { holders: [toHex(holder.publicKey)], now: instant(NOW) }
  const { logId, genesis } = log
  await store.createLog({ logId, genesis, capability: capabilityOf(log, holder), account: logId, now: instant(NOW) })
  const feed = new TestFeed(log)
  const frames = [feed.next('control'), feed.next('ops', 3000), feed.next('ops', 3000), feed.next('snapshot', 3000)]
  for (const frame of frames) expect((await store.append(frame, asker)).ok).toBe(true)
  const blob = new Uint8Array(9000).fill(7)
  expect((await store.putBlob(logId, blobIdOf(blob), blob, asker)).ok).toBe(true)
  return { log, holder, asker, frames, feed }
}

async function makeRelayFolder() {
  const folder = newFolder()
  mkdirSync(folder)
  writeFileSync(join(folder, 'relay-key'), `${'07'.repeat(32)}\n`)
  const store = open(folder)
  return { folder, store, first: await filled(store), second: await filled(store) }
}

async function framesOf(store: RelayStore, log: TestLog, holder: SigningKey) {
  const asker = { holders: [toHex(holder.publicKey)], now: instant(NOW) }
  const page = await store.frames(log.logId, { after: 0, maxBytes: 1e6 }, asker)
  return page.ok ? page.value.frames.map(toHex) : page.failure
}

const bytesOf = (frames: readonly TestFrame[]) => frames.map(frame => toHex(frame.bytes))

/** Turns one bit of the file where these bytes lie in it. */
function flip(path: string, bytes: Uint8Array): void {
  const file = readFileSync(path)
  const at = file.indexOf(bytes.subarray(200, 260))
  expect(at).toBeGreaterThan(0)
  file[at] = file[at]! ^ 1
  writeFileSync(path, file)
}

test('status and usage tell what a store holds while its relay serves, and no whole id', async () => {
  const { folder, store, first, second } = await makeRelayFolder()
  const { log, asker, frames } = first
  await store.prune(pruneRecord(log, frames[3]!, [frames[1]!]), 0, instant(NOW + DAY_MS))
  await store.drop({
    mailbox: mailboxOf(makeSigningKey()),
    bytes: new Uint8Array(9),
    now: instant(NOW),
    expiresAt: instant(NOW + DAY_MS),
  })
  const status = await run(folder, 'status')
  expect(status.code).toBe(0)
  expect(status.text).toContain(`serves, from ${folder}`)
  expect(status.text).toContain('Logs:          2, 0 of them closed; 0 deleted for good')
  expect(status.text).toContain('Frames:        8 in 2 feeds; 2 blobs')
  expect(status.text).toContain('Capabilities:  2 in force, 0 over, 0 revoked')
  expect(status.text).toContain('Prunes:        1 wait out their grace, the next until 2027-01-16 08:00 UTC; 0 due now')
  expect(status.text).toContain('Mailboxes:     1 letters in 1')
  await store.deleteLog(second.log.logId, second.asker)
  const usage = await run(folder, 'usage')
  expect(usage.text.split('\n')).toHaveLength(2)
  expect(usage.text).toMatch(new RegExp(`^${log.logId.slice(0, 6)}… +1 +0\\.0 MB +0\\.0 %$`, 'm'))
  expect(status.text + usage.text).not.toMatch(/[0-9a-f]{16}/)
  expect((await store.state(log.logId, asker)).ok).toBe(true)
  await store.close()
  expect((await run(folder, 'status')).text).toContain('is stopped')
})

test('status says how much of the disk is free, and status and usage who has no room for a large document', async () => {
  const { folder, store } = await makeRelayFolder()
  await store.close()
  const roomy = await run(folder, 'status')
  expect(roomy.text).toMatch(/^Disk: +[1-9]\d*\.\d MB free there$/m)
  expect(roomy.text).not.toContain('Nearly full')
  const tight = { DATA: folder, QUOTA_MB: '32' }
  expect((await runWith(tight, 'status')).text).toContain('Nearly full:   2 accounts have no room')
  expect((await runWith(tight, 'usage')).text).toMatch(/^[0-9a-f]{6}… +1 +0\.0 MB +0\.1 %, full: 32\.0 MB left$/m)
})

test('usage names tokens that nobody used, and says how a token is found in it', async () => {
  const { folder, store, first } = await makeRelayFolder()
  const [log, holder] = [makeLog(), makeSigningKey()]
  const sha = (token: string) => createHash('sha256').update(token).digest('hex')
  const [used, unused] = ['token-of-the-family', 'token-of-the-clinic']
  const account = sha(used!)
  const { logId, genesis } = log
  await store.createLog({ logId, genesis, capability: capabilityOf(log, holder), account, now: instant(NOW) })
  const feed = new TestFeed(log)
  expect((await store.append(feed.next('control'), { ...first.asker, holders: [toHex(holder.publicKey)] })).ok).toBe(
    true,
  )
  await store.close()
  const { text } = await runWith({ DATA: folder, ADMISSION_TOKENS: `${used},${unused}` }, 'usage')
  expect(text).toMatch(new RegExp(`^${account.slice(0, 6)}… +1 `, 'm'))
  expect(text).toMatch(new RegExp(`^${sha(unused!).slice(0, 6)}… +a token that nobody has used yet$`, 'm'))
  expect(text).toContain("printf %s 'the token' | sha256sum | cut -c1-6")
  expect(text).not.toMatch(/[0-9a-f]{16}|token-of-the/)
  expect((await run(folder, 'usage')).text).not.toContain('sha256sum')
})

test('a backup taken while the relay writes is whole, and restores into an empty folder only', async () => {
  const { folder, store, first, second } = await makeRelayFolder()
  const backup = newFolder()
  const later = first.feed.next()
  const writing = store.append(later, first.asker)
  const made = await run(folder, 'backup', backup)
  expect(made.text).toContain('Checked 8 frames and 2 blobs of 2 logs')
  expect(made.code).toBe(0)
  await writing
  expect(statSync(join(backup, 'relay.sqlite')).mode & 0o777).toBe(0o600)
  expect((await run(folder, 'backup', backup)).text).toContain('is not empty')
  expect(await run(folder, 'restore', backup)).toMatchObject({
    code: 1,
    text: expect.stringContaining('holds a relay already'),
  })
  await store.close()

  const anew = newFolder()
  expect((await run(anew, 'restore', backup)).code).toBe(0)
  expect(readFileSync(join(anew, 'relay-key'), 'utf8')).toBe(readFileSync(join(folder, 'relay-key'), 'utf8'))
  const restored = open(anew)
  for (const { log, holder, frames } of [first, second])
    expect(await framesOf(restored, log, holder)).toEqual(bytesOf(frames))
  // It goes on from there.
  expect((await restored.append(later, first.asker)).ok).toBe(true)
  await restored.close()
  const db = new Database(join(anew, 'relay.sqlite'))
  expect(int(db.get('PRAGMA auto_vacuum'), 'auto_vacuum')).toBe(2)
  db.close()
})

test('verify names the log with a flipped bit, the other serves on, and neither a backup nor a restore of it counts', async () => {
  const { folder, store, first, second } = await makeRelayFolder()
  await store.close()
  expect(await run(folder, 'verify')).toMatchObject({ code: 0, text: expect.stringContaining('All is whole') })
  flip(join(folder, 'relay.sqlite'), first.frames[1]!.bytes)
  const found = await run(folder, 'verify')
  expect(found.code).toBe(1)
  expect(found.text).toContain(
    `Log ${first.log.logId.slice(0, 6)}…: frame 1 of a feed is not what its writer signed there`,
  )
  expect(found.text).not.toContain(second.log.logId.slice(0, 6))
  const again = open(folder)
  expect(await framesOf(again, second.log, second.holder)).toEqual(bytesOf(second.frames))
  await again.close()
  const backup = newFolder()
  expect(await run(folder, 'backup', backup)).toMatchObject({ code: 1, text: expect.stringContaining('is damaged') })
  const anew = newFolder()
  expect((await run(anew, 'restore', backup)).code).toBe(1)
  expect(existsSync(anew)).toBe(false)
})

test.each([
  ['a frame that is gone', 'DELETE FROM frames WHERE seq = 1 AND log = 1', 'frame 1 of a feed is missing'],
  ['a last frame that is gone', 'DELETE FROM frames WHERE seq = 3 AND log = 1', 'frame 3 of a feed is missing'],
  [
    'a frame of another log',
    'UPDATE frames SET bytes = (SELECT bytes FROM frames WHERE log = 2 AND seq = 2) WHERE log = 1 AND seq = 2',
    'frame 2 of a feed',
  ],
  [
    'a feed that says another end',
    "UPDATE feeds SET head = replace(head, 'a', 'b') || 'c' WHERE log = 1",
    'does not end with its last frame',
  ],
  ['a blob that was changed', "UPDATE blobs SET bytes = x'00' WHERE log = 1", 'a blob has another hash'],
  ['what is no frame', 'UPDATE frames SET bytes = zeroblob(300) WHERE log = 1 AND seq = 3', 'frame 3 of a feed'],
])('verify tells %s', async (_, sql, sentence) => {
  const { folder, store, first } = await makeRelayFolder()
  await store.close()
  const db = new Database(join(folder, 'relay.sqlite'))
  db.exec(sql)
  db.close()
  const found = await run(folder, 'verify')
  expect(found.code).toBe(1)
  expect(found.text).toContain(sentence)
  expect(found.text).toContain(`Log ${first.log.logId.slice(0, 6)}…`)
})

test('verify takes what was pruned as it is, and prune carries out what is due once the relay is stopped', async () => {
  const { folder, store, first } = await makeRelayFolder()
  const { log, frames } = first
  await store.prune(pruneRecord(log, frames[3]!, [frames[2]!]), 0, instant(NOW - 1))
  expect((await run(folder, 'prune')).text).toContain('carries out what is due by itself')
  await store.close()
  expect((await run(folder, 'prune')).text).toContain('Let go of 2 frames')
  expect(await run(folder, 'verify')).toMatchObject({ code: 0, text: expect.stringContaining('Checked 6 frames') })
})

test('verify takes what began later than with its first frame as it is, and a backup has it', async () => {
  const { folder, store, first } = await makeRelayFolder()
  const { log, frames, asker } = first
  const late = new TestFeed(log)
  const [control, gone, after] = [late.next('control'), late.next(), late.next()]
  const record = beginRecord(log, [frames[3]!], [gone])
  expect(await store.begin({ record, frames: [control, after] }, 0, asker)).toMatchObject({ ok: true })
  await store.close()
  const checked = { code: 0, text: expect.stringContaining('Checked 10 frames') }
  expect(await run(folder, 'verify')).toMatchObject(checked)
  const backup = newFolder()
  expect(await run(folder, 'backup', join(backup, 'made'))).toMatchObject({ code: 0 })
  expect(await run(join(backup, 'made'), 'verify')).toMatchObject(checked)
})

test('a user who may not look into the store is told so, and so is who asks a process of the app alone', async () => {
  const { folder, store } = await makeRelayFolder()
  await store.close()
  chmodSync(folder, 0)
  // Root may look everywhere.
  const isRoot = process.geteuid?.() === 0
  if (isRoot) process.seteuid?.(65_534)
  const looked = lookAtFolder(folder)
  if (isRoot) process.seteuid?.(0)
  chmodSync(folder, 0o700)
  expect(looked).toMatchObject({ failure: expect.stringContaining(`This user may not look into ${folder}`) })
  expect(await runWith({ RELAY: 'https://relay.example' }, 'status')).toEqual({
    code: 2,
    text: 'With RELAY, this process serves the app alone and has no store. Ask where https://relay.example runs.',
  })
})

test('what is asked wrongly gets the help and 2; a folder without a relay gets a sentence and 1', async () => {
  const empty = newFolder()
  expect((await run(empty, '--help')).code).toBe(0)
  for (const words of [['florp'], ['status', 'now'], ['backup'], ['backup', 'a', 'b']]) {
    const { code, text } = await run(empty, ...words)
    expect(code).toBe(2)
    expect(text).toContain('npm run relay -- backup <folder>')
  }
  for (const words of [['status'], ['usage'], ['verify'], ['prune'], ['backup', newFolder()]]) {
    expect(await run(empty, ...words)).toMatchObject({
      code: 1,
      text: expect.stringContaining('There is no relay.sqlite'),
    })
  }
})
