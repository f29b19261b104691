import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { blobIdOf } from '#crypto/hash.ts'
import { makeSigningKey } from '#crypto/keys.ts'
import { randomBytes, readyCrypto } from '#crypto/sodium.ts'
import { toHex, utf8 } from '#schema/bytes.ts'
import { LinkId } from '#schema/ids.ts'
import { instant } from '#schema/instant.ts'
import { ok } from '#schema/result.ts'
import { readConfig } from '#sync-server/config.ts'
import { DEFAULT_LIMITS } from '#sync-server/limits/limits.ts'
import { runCommand } from '#sync-server/operate/command.ts'
import { openPostgresStore } from '#sync-server/store/postgres/postgres-store.ts'
import type { RelayStore } from '#sync-server/store/relay-store.ts'
import { openSqliteStore } from '#sync-server/store/sqlite-store.ts'
import { stored } from '../../contract/relay-store.ts'
import { postgresPrograms, sayPostgresIsMissing, TestPostgres } from '../../support/postgres.ts'
import { beginRecord, capabilityOf, mailboxOf, makeLog, pruneRecord, TestFeed } from '../../support/signed.ts'
import { makeTempFolder } from '../../support/temp-folder.ts'

const programs = postgresPrograms()
if (programs === undefined) sayPostgresIsMissing()

const NOW = instant(1_800_000_000_000)
const DAY_MS = 24 * 3600_000

describe.skipIf(programs === undefined)('a store moves between SQLite and PostgreSQL', () => {
  const all = makeTempFolder('move')
  let postgres: TestPostgres
  beforeAll(async () => {
    await readyCrypto()
    postgres = await TestPostgres.start(programs!)
  })
  afterAll(async () => {
    await postgres.destroy()
    rmSync(all, { recursive: true })
  })

  async function operate(environment: Record<string, string>, ...words: string[]) {
    const config = readConfig(environment)
    if (!config.ok) throw new Error('unreadable settings')
    const lines: string[] = []
    const code = await runCommand(words, { config: config.value, say: line => lines.push(line), now: () => NOW })
    return { code, text: lines.join('\n') }
  }

  const openFolder = (folder: string) => openSqliteStore({ path: join(folder, 'relay.sqlite'), limits: DEFAULT_LIMITS })

  /** Something of everything that a store holds. */
  async function fill(store: RelayStore) {
    const [log, gone, holder, guest] = [makeLog('home'), makeLog(), makeSigningKey(), makeSigningKey()]
    const asker = { holders: [toHex(holder.publicKey)], now: NOW }
    for (const each of [log, gone]) {
      await store.createLog({ ...each, capability: capabilityOf(each, holder), account: 'family', now: NOW })
    }
    await store.deleteLog(gone.logId, asker)
    const ended = capabilityOf(log, guest)
    await store.register(ended, 0)
    await store.revoke(log.logId, ended.id, asker)
    const feed = new TestFeed(log)
    const frames = [feed.next('control'), feed.next('ops', 3000), feed.next('snapshot', 3000), feed.next('ops', 9000)]
    for (const frame of frames) expect((await store.append(frame, asker)).ok).toBe(true)
    const [late, base, after] = [new TestFeed(log), feed.next('snapshot'), feed.next()]
    const record = beginRecord(log, [frames[2]!, base], [late.next()])
    expect((await store.begin({ record, frames: [base, after, late.next()] }, 0, asker)).ok).toBe(true)
    frames.push(base, after)
    const blob = randomBytes(50_000)
    await store.putBlob(log.logId, blobIdOf(blob), blob, asker)
    await store.prune(pruneRecord(log, frames[2]!, [frames[1]!]), 0, instant(NOW + DAY_MS))
    const mailbox = mailboxOf(makeSigningKey())
    await store.drop({ mailbox, bytes: utf8('sealed'), now: NOW, expiresAt: instant(NOW + DAY_MS) })
    const linkId = LinkId.of(randomBytes(16))
    const link = { linkId, expiresAt: instant(NOW + DAY_MS), isDirect: false, isLongTerm: true, takesAnswers: true }
    await store.putLink(log.logId, { ...link, origin: 'https://relay.example', file: utf8('file') }, asker)
    await store.takeAnswer(linkId, utf8('answer'), NOW)
    await store.openLink(linkId, { at: NOW, recipient: 'Dr. Weber', returnsTry: false })
    const subscription = { endpoint: 'https://push.example/1', device: makeSigningKey().publicKey }
    await store.subscribeToLog(log.logId, subscription, asker)
    await store.subscribeToMailbox(mailbox, subscription, NOW)
    await store.ownKey('vapid', () => utf8('key of push'))
    await store.flush()
    return { log, gone, holder, guest, asker, ended, feed, frames, blob, mailbox, linkId }
  }

  /** Everything that can be asked of it. */
  async function told(store: RelayStore, filled: Awaited<ReturnType<typeof fill>>) {
    const { log, gone, asker, guest, blob, mailbox, linkId } = filled
    const page = await store.frames(log.logId, { after: 0, maxBytes: 1e7 }, asker)
    const answers = await store.answers(log.logId, linkId, asker)
    return {
      owner: await store.owner(log.logId),
      gone: await store.owner(gone.logId),
      guest: await store.cursor(log.logId, { ...asker, holders: [toHex(guest.publicKey)] }),
      capabilities: await store.capabilities(log.logId, asker),
      frames: page.ok && page.value.frames.map(toHex),
      feeds: await store.state(log.logId, asker),
      blob: await store.blob(log.logId, blobIdOf(blob), asker),
      letters: await store.drops(mailbox, NOW),
      links: await store.links(log.logId, asker),
      answers,
      listeners: await store.mailboxListeners(mailbox),
      key: await store.ownKey('vapid', () => utf8('another')),
    }
  }

  test('there and back, with everything in it, verified on the way', async () => {
    const [folder, backup, back, again] = ['a', 'b', 'c', 'd'].map(name => join(all, name)) as [
      string,
      string,
      string,
      string,
    ]
    mkdirSync(folder)
    writeFileSync(join(folder, 'relay-key'), `${'07'.repeat(32)}\n`)
    const before = openFolder(folder)
    const filled = await fill(before)
    const said = await told(before, filled)
    await before.close()

    const url = await postgres.newDatabase()
    expect(await operate({ DATA: folder }, 'backup', backup)).toMatchObject({ code: 0 })
    const restored = await operate({ DATABASE_URL: url }, 'restore', backup)
    expect(restored.text).toContain('Restored to PostgreSQL.')
    expect(await operate({ DATABASE_URL: url }, 'restore', backup)).toMatchObject({
      code: 1,
      text: expect.stringContaining('holds a relay already'),
    })
    expect(await operate({ DATABASE_URL: url }, 'verify')).toMatchObject({
      code: 0,
      text: expect.stringContaining('Checked 7 frames and 1 blobs of 1 logs'),
    })
    const moved = await openPostgresStore({ url, limits: DEFAULT_LIMITS })
    expect(await told(moved, filled)).toEqual(said)
    expect(await moved.ownKey('relay', () => new Uint8Array(32))).toEqual(new Uint8Array(32).fill(7))
    // It goes on from there, with numbers of its own.
    const [next, other] = [filled.feed.next(), new TestFeed(filled.log)]
    expect(await moved.append(next, filled.asker)).toEqual({
      ...stored(8, true),
      value: { cursor: 8, isNew: true, isAwaited: true },
    })
    expect((await moved.append(other.next(), filled.asker)).ok).toBe(true)
    expect(await moved.register(filled.ended, 0)).toEqual({ ok: false, failure: 'stale' })
    const after = await told(moved, filled)
    await moved.close()

    const status = await operate({ DATABASE_URL: url }, 'status')
    expect(status.text).toContain('Relay:         is stopped, from PostgreSQL (DATABASE_URL)')
    expect(status.text).toContain('Frames:        9 in 3 feeds; 1 blobs')
    expect((await operate({ DATABASE_URL: url }, 'usage')).text).toContain('family')
    expect(await operate({ DATABASE_URL: url }, 'backup', back)).toMatchObject({ code: 0 })
    expect(statSync(join(back, 'relay.sqlite')).mode & 0o777).toBe(0o600)
    expect(readFileSync(join(back, 'relay-key'), 'utf8')).toBe(`${'07'.repeat(32)}\n`)
    expect(await operate({ DATA: again }, 'restore', back)).toMatchObject({ code: 0 })
    const home = openFolder(again)
    expect(await told(home, filled)).toEqual(after)
    expect(await home.sweep(instant(NOW + DAY_MS))).toMatchObject({ frames: 1, drops: 1 })
    await home.close()
  })

  test('verify names the log of a frame that was changed in the database, and prune carries out what is due', async () => {
    const url = await postgres.newDatabase()
    const store = await openPostgresStore({ url, limits: DEFAULT_LIMITS })
    const { log, asker } = await fill(store)
    expect(await store.cursor(log.logId, asker)).toEqual(ok(7))
    await store.close()
    expect((await operate({ DATABASE_URL: url }, 'prune')).text).toContain('Let go of 0 frames')
    await postgres.query(
      url,
      'UPDATE frames SET bytes = set_byte(bytes, 200, get_byte(bytes, 200) # 1) WHERE cursor = 2',
    )
    const verified = await operate({ DATABASE_URL: url }, 'verify')
    expect(verified.code).toBe(1)
    expect(verified.text).toContain(
      `Log ${log.logId.slice(0, 6)}…: frame 1 of a feed is not what its writer signed there`,
    )
    expect(verified.text).not.toContain(log.logId)
  })
})
