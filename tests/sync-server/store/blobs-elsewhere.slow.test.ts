import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { blobIdOf } from '#crypto/hash.ts'
import { makeSigningKey } from '#crypto/keys.ts'
import { randomBytes, readyCrypto } from '#crypto/sodium.ts'
import { toHex } from '#schema/bytes.ts'
import { type Instant, instant } from '#schema/instant.ts'
import { fail, ok } from '#schema/result.ts'
import { DEFAULT_LIMITS } from '#sync-server/limits/limits.ts'
import type { BlobStore } from '#sync-server/store/blob-store.ts'
import { openPostgresStore } from '#sync-server/store/postgres/postgres-store.ts'
import type { RelayStore } from '#sync-server/store/relay-store.ts'
import { S3Blobs } from '#sync-server/store/s3/s3-blobs.ts'
import { openSqliteStore } from '#sync-server/store/sqlite-store.ts'
import { relayStoreContract } from '../../contract/relay-store.ts'
import { postgresPrograms, sayPostgresIsMissing, TestPostgres } from '../../support/postgres.ts'
import { TestS3 } from '../../support/s3.ts'
import { capabilityOf, makeLog, pruneRecord, TestFeed } from '../../support/signed.ts'
import { makeTempFolder } from '../../support/temp-folder.ts'

const programs = postgresPrograms()
if (programs === undefined) sayPostgresIsMissing()

const NOW = instant(1_800_000_000_000)
const HOUR_MS = 3600_000
const later = (ms: number): Instant => instant(NOW + ms)
const limits = DEFAULT_LIMITS

const folder = makeTempFolder('blobs')
let files = 0
const newPath = () => join(folder, `${(files += 1)}.sqlite`)

let s3: TestS3
let postgres: TestPostgres | undefined
beforeAll(async () => {
  await readyCrypto()
  s3 = await TestS3.start()
  if (programs !== undefined) postgres = await TestPostgres.start(programs)
})
afterAll(async () => {
  await s3.destroy()
  await postgres?.destroy()
  rmSync(folder, { recursive: true })
})

/** Somebody with all rights to a log. */
async function withLog(store: RelayStore) {
  const [log, holder] = [makeLog(), makeSigningKey()]
  const asker = { holders: [toHex(holder.publicKey)], now: NOW }
  await store.createLog({ ...log, capability: capabilityOf(log, holder), account: 'family', now: NOW })
  return { log, asker }
}

function newBlob(length = 5000) {
  const bytes = randomBytes(length)
  return { bytes, id: blobIdOf(bytes) }
}

const bytesIn = async (store: RelayStore, { log, asker }: Awaited<ReturnType<typeof withLog>>) => {
  const state = await store.state(log.logId, asker)
  return state.ok ? state.value.bytes : undefined
}

relayStoreContract('SQLite with blobs in S3', given =>
  openSqliteStore({ path: newPath(), limits: given, blobs: s3.blobs() }),
)

describe.skipIf(programs === undefined)('on a real PostgreSQL', () => {
  relayStoreContract('PostgreSQL with blobs in S3', async given =>
    openPostgresStore({ url: await postgres!.newDatabase(), limits: given, blobs: s3.blobs() }),
  )
})

const STORES = [
  [
    'SQLite',
    async () => {
      const path = newPath()
      return async (blobs?: BlobStore) => openSqliteStore({ path, limits, ...(blobs === undefined ? {} : { blobs }) })
    },
  ],
  [
    'PostgreSQL',
    async () => {
      const url = await postgres!.newDatabase()
      return (blobs?: BlobStore) => openPostgresStore({ url, limits, ...(blobs === undefined ? {} : { blobs }) })
    },
  ],
] as const

describe.each(STORES)('blobs in S3 beside %s', (name, make) => {
  let open: (blobs?: BlobStore) => Promise<RelayStore>
  let store: RelayStore
  beforeEach(async context => {
    if (name === 'PostgreSQL' && postgres === undefined) context.skip()
    await s3.run()
    for (const place of s3.places()) await s3.blobs().remove(place)
    open = await make()
    store = await open(s3.blobs())
  })
  afterEach(async () => {
    await store.close().catch(() => undefined)
    await s3.stop()
  })

  /** As the store was, with something happening whenever an object came or was read. */
  async function reopen(then: () => Promise<unknown>) {
    const real = s3.blobs()
    await store.close()
    store = await open({
      put: async (place, bytes) => {
        await real.put(place, bytes)
        await then()
      },
      get: async place => {
        const found = await real.get(place)
        await then()
        return found
      },
      remove: place => real.remove(place),
    })
  }

  test('a blob lies there once, counts here, and goes an hour after it was let go', async () => {
    const owned = await withLog(store)
    const { log, asker } = owned
    const [one, two] = [newBlob(), newBlob()]
    for (const { id, bytes } of [one, two, one])
      expect((await store.putBlob(log.logId, id, bytes, asker)).ok).toBe(true)
    expect(s3.places()).toHaveLength(2)
    expect(await bytesIn(store, owned)).toBe(10_000)
    expect(await store.blob(log.logId, one.id, asker)).toEqual(ok(one.bytes))
    const feed = new TestFeed(log)
    const [ops, base] = [feed.next(), feed.next('snapshot')]
    for (const frame of [ops, base]) await store.append(frame, asker)
    await store.prune(pruneRecord(log, base, [ops], [one.id]), 0, NOW)
    await store.sweep(NOW)
    expect(await store.blob(log.logId, one.id, asker)).toEqual(fail('not-found'))
    expect(await bytesIn(store, owned)).toBe(5000 + base.bytes.length)
    expect(s3.places()).toHaveLength(2)
    await store.sweep(later(HOUR_MS))
    expect(s3.places()).toHaveLength(1)
    expect(await store.blob(log.logId, two.id, asker)).toEqual(ok(two.bytes))
    await store.deleteLog(log.logId, asker)
    await store.sweep(later(HOUR_MS))
    expect(s3.places()).toEqual([])
  })

  test('who may not put it, or has no room, puts nothing there', async () => {
    const { log, asker } = await withLog(store)
    const [{ id, bytes }, reader, poor] = [newBlob(), makeSigningKey(), makeSigningKey()]
    await store.register(capabilityOf(log, reader, { rights: 1 }), 0)
    await store.register(capabilityOf(log, poor, { quotaBytes: 4999 }), 0)
    const as = (key: typeof reader) => ({ ...asker, holders: [toHex(key.publicKey)] })
    expect(await store.putBlob(log.logId, id, bytes, as(reader))).toEqual(fail('not-allowed'))
    expect(await store.putBlob(log.logId, id, bytes, as(poor))).toEqual(fail('quota'))
    await store.closeLog(log.logId, asker)
    expect(await store.putBlob(log.logId, id, bytes, asker)).toEqual(fail('closed'))
    expect(s3.places()).toEqual([])
  })

  test('two who put the same at once both know it, and what is too much goes', async () => {
    const owned = await withLog(store)
    const { log, asker } = owned
    const { id, bytes } = newBlob()
    const put = () => store.putBlob(log.logId, id, bytes, asker)
    const outcomes = await Promise.all([put(), put(), put()])
    expect(outcomes.filter(outcome => outcome.ok && outcome.value === 'stored')).toHaveLength(1)
    expect(outcomes.every(outcome => outcome.ok)).toBe(true)
    expect(await bytesIn(store, owned)).toBe(5000)
    await store.sweep(later(HOUR_MS))
    expect(s3.places()).toHaveLength(1)
    expect(await store.blob(log.logId, id, asker)).toEqual(ok(bytes))
  })

  test('a right or a log that ends while the object is on its way ends: nothing is kept or given out', async () => {
    let meanwhile: () => Promise<unknown> = async () => undefined
    await reopen(() => meanwhile())
    const { log, asker } = await withLog(store)
    const [guest, { id, bytes }, other] = [makeSigningKey(), newBlob(), newBlob()]
    const theirs = capabilityOf(log, guest)
    await store.register(theirs, 0)
    await store.putBlob(log.logId, other.id, other.bytes, asker)
    const as = { ...asker, holders: [toHex(guest.publicKey)] }
    meanwhile = () => store.revoke(log.logId, theirs.id, asker)
    expect(await store.putBlob(log.logId, id, bytes, as)).toEqual(fail('not-allowed'))
    meanwhile = () => store.deleteLog(log.logId, asker)
    expect(await store.blob(log.logId, other.id, asker)).toEqual(fail('gone'))
    await store.sweep(later(HOUR_MS))
    expect(s3.places()).toEqual([])
  })

  test('an object that comes after its stray was claimed is not kept', async () => {
    await reopen(() => store.sweep(later(HOUR_MS)))
    const { log, asker } = await withLog(store)
    const { id, bytes } = newBlob()
    await expect(store.putBlob(log.logId, id, bytes, asker)).rejects.toThrow(/too long on its way/)
    expect(await store.blob(log.logId, id, asker)).toEqual(fail('not-found'))
    expect(s3.places()).toEqual([])
  })

  test('what is missing, changed or out of reach is an error, never other bytes; and the rest goes on', async () => {
    const { log, asker } = await withLog(store)
    const [one, two] = [newBlob(), newBlob()]
    await store.putBlob(log.logId, one.id, one.bytes, asker)
    const [first] = s3.places()
    await store.putBlob(log.logId, two.id, two.bytes, asker)
    const second = s3.places().find(place => place !== first)
    s3.damage(first!)
    await s3.blobs().remove(second!)
    await expect(store.blob(log.logId, one.id, asker)).rejects.toThrow(/^Cannot read a blob: .* gives other bytes$/)
    await expect(store.blob(log.logId, two.id, asker)).rejects.toThrow(/^Cannot read a blob: .* does not have it$/)
    await s3.stop()
    await expect(store.blob(log.logId, one.id, asker)).rejects.toThrow(/does not answer \(ECONNREFUSED\)$/)
    const [third, feed] = [newBlob(), new TestFeed(log)]
    await expect(store.putBlob(log.logId, third.id, third.bytes, asker)).rejects.toThrow(/does not answer/)
    expect((await store.append(feed.next(), asker)).ok).toBe(true)
    await store.deleteLog(log.logId, asker)
    await expect(store.sweep(later(HOUR_MS))).rejects.toThrow(/does not answer/)
    await s3.run()
    await store.sweep(later(HOUR_MS))
    expect(s3.places()).toEqual([])
  })

  test('blobs from before the setting stay where they are, and without the setting the store says what it lacks', async () => {
    await store.close()
    store = await open()
    const { log, asker } = await withLog(store)
    const [old, young] = [newBlob(), newBlob()]
    await store.putBlob(log.logId, old.id, old.bytes, asker)
    await store.close()
    store = await open(s3.blobs())
    await store.putBlob(log.logId, young.id, young.bytes, asker)
    for (const { id, bytes } of [old, young]) expect(await store.blob(log.logId, id, asker)).toEqual(ok(bytes))
    expect(s3.places()).toHaveLength(1)
    await store.close()
    await expect(open()).rejects.toThrow(/some of its blobs lie in an S3 store: set S3_ENDPOINT/)
  })
})

/** Opens a store in a process of its own, does `act` there, and says so at the moment to be killed. */
const DYING = `
const { readyVerify } = await import('#crypto/verify.ts')
const { openSqliteStore } = await import('#sync-server/store/sqlite-store.ts')
const { DEFAULT_LIMITS: limits } = await import('#sync-server/limits/limits.ts')
const { S3Blobs } = await import('#sync-server/store/s3/s3-blobs.ts')
const { path, settings, diesAfter, act, logId, id, bytes, asker } = JSON.parse(process.argv[1])
await readyVerify()
const real = new S3Blobs(settings)
const die = () => { console.log('now'); return new Promise(() => setInterval(() => {}, 1000)) }
const dying = name => async (...given) => { const done = await real[name](...given); return name === diesAfter ? die() : done }
const blobs = { put: dying('put'), get: dying('get'), remove: dying('remove') }
const store = openSqliteStore({ path, limits, blobs })
if (act === 'put') await store.putBlob(logId, id, Buffer.from(bytes, 'hex'), asker)
if (act === 'delete') await store.deleteLog(logId, asker)
if (act === 'sweep') await store.sweep(asker.now)
await die()`

test('a bucket that is not there is an error, not an object that is gone', async () => {
  await s3.run()
  const blobs = new S3Blobs({ ...s3.settings, bucket: 'another' })
  await expect(blobs.remove('0a')).rejects.toThrow(/answers 404/)
  await expect(blobs.get('0a')).rejects.toThrow(/answers 404/)
  expect(await s3.blobs().get('0a')).toBeUndefined()
})

describe('a relay that is killed', () => {
  let path: string
  const open = () => openSqliteStore({ path, limits, blobs: s3.blobs() })
  beforeEach(async () => {
    path = newPath()
    await s3.run()
    for (const place of s3.places()) await s3.blobs().remove(place)
  })

  async function die(act: string, diesAfter: string, given: Record<string, unknown>) {
    const told = JSON.stringify({ path, settings: s3.settings, act, diesAfter, ...given })
    const child = spawn(process.execPath, ['--no-warnings', '--input-type=module', '-e', DYING, told], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const ended = once(child, 'exit')
    await Promise.race([once(child.stdout, 'data'), ended])
    child.kill('SIGKILL')
    expect(await ended).toEqual([null, 'SIGKILL'])
  }

  async function start() {
    const store = open()
    const owned = await withLog(store)
    const kept = newBlob()
    await store.putBlob(owned.log.logId, kept.id, kept.bytes, owned.asker)
    await store.close()
    return { ...owned, kept }
  }

  test('after the object came and before its row did leaves no blob, and no object for ever', async () => {
    const { log, asker, kept } = await start()
    const { id, bytes } = newBlob()
    await die('put', 'put', { logId: log.logId, id, bytes: toHex(bytes), asker })
    expect(s3.places()).toHaveLength(2)
    const store = open()
    expect(await store.blob(log.logId, id, asker)).toEqual(fail('not-found'))
    expect(await store.putBlob(log.logId, id, bytes, asker)).toEqual(ok('stored'))
    expect(s3.places()).toHaveLength(3)
    await store.sweep(later(HOUR_MS))
    expect(s3.places()).toHaveLength(2)
    for (const one of [kept, { id, bytes }]) expect(await store.blob(log.logId, one.id, asker)).toEqual(ok(one.bytes))
    await store.close()
  })

  test('after a blob was acknowledged keeps it', async () => {
    const { log, asker } = await start()
    const { id, bytes } = newBlob()
    await die('put', 'never', { logId: log.logId, id, bytes: toHex(bytes), asker })
    const store = open()
    await store.sweep(later(2 * HOUR_MS))
    expect(await store.blob(log.logId, id, asker)).toEqual(ok(bytes))
    await store.close()
  })

  test('between a deletion and the sweep, or within the sweep, leaves no object for ever', async () => {
    const { log, asker } = await start()
    const store = open()
    const [other, more] = [await withLog(store), newBlob()]
    await store.putBlob(other.log.logId, more.id, more.bytes, other.asker)
    await store.close()
    await die('delete', 'never', { logId: log.logId, asker })
    await die('delete', 'never', { logId: other.log.logId, asker: other.asker })
    expect(s3.places()).toHaveLength(2)
    await die('sweep', 'remove', { asker: { now: later(HOUR_MS) } })
    expect(s3.places()).toHaveLength(1)
    const again = open()
    await again.sweep(later(HOUR_MS))
    expect(s3.places()).toEqual([])
    await again.close()
  })
})
