import { beforeAll, expect, test } from 'vitest'
import type { SealedLog } from '#app/core/log/sealed-log.ts'
import { commitAll } from '#app/core/record/commit-all.ts'
import type { KnownGrant, ReceivedLog } from '#app/core/sharing/received-document.ts'
import { openSharedRecord } from '#app/core/sharing/shared-record.ts'
import { makeSyncEngine } from '#app/core/sync/engine.ts'
import type { SyncEngine } from '#app/core/sync/sync.ts'
import { type KemKey, makeKemKey, makeSigningKey } from '#crypto/keys.ts'
import { randomBytes, readyCrypto } from '#crypto/sodium.ts'
import { ContactId, type LogId, ShareId } from '#schema/ids.ts'
import type { EntryId } from '#schema/record/entry.ts'
import { instant } from '#schema/instant.ts'
import { NEVER } from '#schema/protocol/capability.ts'
import { ok } from '#schema/result.ts'
import { makeMemoryStore } from '#tests/support/memory-store.ts'
import { startAccount } from '#tests/support/test-account.ts'
import { until } from '#tests/support/test-device.ts'
import { unheardDuring } from '#tests/support/unheard.ts'

beforeAll(readyCrypto)

/** Ana's problems and allergies as somebody gets them who has no key of them yet, on a device of their own. */
async function sharedByAna(kems: () => readonly KemKey[]) {
  const { account, clock, deps, keys, relay, end } = await startAccount()
  const logs = (['problems', 'allergies'] as const).map((section): ReceivedLog => {
    const { logId, genesis } = account.keyring.logs.find(log => log.section === section)!
    return { logId, section, genesis, capability: new Uint8Array(154), epochs: [] }
  })
  const seed = randomBytes(32)
  const about = {
    recordName: 'Ana',
    role: 'read',
    until: NEVER,
    receivedAt: instant(1),
    seededAt: instant(1),
    toldOpenedAt: instant(0),
  } as const
  const ids = { id: ShareId.of(randomBytes(ShareId.size)), contact: ContactId.of(randomBytes(ContactId.size)) }
  const state = { version: 1, isPaused: false, isAccepted: true, isPutAway: false, keptToTell: [], former: [] }
  const grant: KnownGrant = { ...about, ...ids, ...state, seed, seeds: [seed], logs }
  const store = makeMemoryStore()
  const holder = makeSigningKey()
  const synced = new Set<LogId>()
  const engine: SyncEngine = {
    ...makeSyncEngine({ link: relay.link(), client: account.client, holder, clock, random: deps.random }),
    add: log => void synced.add(log.id),
    remove: logId => void synced.delete(logId),
  }
  const shared = {
    store,
    clock,
    random: deps.random,
    localKey: keys.local,
    engine,
    kems,
    commit: (prepared: Parameters<typeof commitAll>[1]) => commitAll(store, prepared),
    onUnwatched: () => undefined,
    keep: async () => ok(undefined),
  }
  return { account, grant, shared, synced, end }
}

/** Everything that Ana wrote in a log of hers. */
async function framesOf(log: SealedLog) {
  const all = log.feeds().map(({ writer }) => log.frames(writer, 0, 1_000_000))
  return (await Promise.all(all)).flat()
}

test('openSharedRecord() looks for keys in what comes, also after that broke off once, and closes all the same', async () => {
  const asked = { count: 0 }
  const kems = () => {
    // Each log's identity names one when it opens.
    if (asked.count++ === 1) throw new Error('Broken off')
    return [makeKemKey()]
  }
  const { account, grant, shared, end } = await sharedByAna(kems)
  const opened = await openSharedRecord(shared, grant, new Set())
  if (!opened.ok) throw new Error(opened.failure)
  const problems = account.logs.sections.get('problems')!
  await problems.change<Record<string, string>>('entries/0', doc => void (doc['one'] = 'here'))
  expect((await problems.flush()).ok).toBe(true)
  const frames = await framesOf(problems)
  const unheard = await unheardDuring(async () => {
    const log = opened.value.logs.get('problems')!
    await log.receive(frames.slice(0, 1))
    await until(() => asked.count === 2)
    await log.receive(frames.slice(1))
    await until(() => asked.count > 2)
    await opened.value.close()
  })
  expect(unheard).toEqual([new Error('Broken off')])
  await end()
})

test('openSharedRecord() syncs nothing of a record of which a log is damaged here', async () => {
  const { grant, shared, synced, end } = await sharedByAna(() => [makeKemKey()])
  const [problems, allergies] = grant.logs
  const damaged = { ...grant, logs: [problems!, { ...allergies!, genesis: new Uint8Array(3) }] }
  expect(await openSharedRecord(shared, damaged, new Set())).toMatchObject({ ok: false, failure: 'damaged' })
  expect(synced).toEqual(new Set())
  await end()
})

test('the address of an entry of a section that is not shared names nothing, and breaks nothing', async () => {
  const { grant, shared, end } = await sharedByAna(() => [makeKemKey()])
  const opened = await openSharedRecord(shared, grant, new Set())
  if (!opened.ok) throw new Error(opened.failure)
  const { record } = opened.value
  const medicine = 'medicines.e0.ab.k1' as EntryId
  const told: unknown[] = []
  const stop = await record.watchEntry(medicine, entry => told.push(entry))
  expect(told).toEqual([undefined])
  expect(await record.original(medicine)).toBeUndefined()
  expect(await record.attachment(medicine, 0)).toBeUndefined()
  expect(await record.thumbnail(medicine)).toBeUndefined()
  stop()
  await opened.value.close()
  await end()
})
