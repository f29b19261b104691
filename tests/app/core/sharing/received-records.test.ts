import { beforeAll, expect, test, vi } from 'vitest'
import type { PreparedWrite } from '#app/core/log/sealed-log.ts'
import { commitAll } from '#app/core/record/commit-all.ts'
import type { StoreWrite } from '#app/core/ports.ts'
import type { KnownGrant } from '#app/core/sharing/received-document.ts'
import { ReceivedRecords } from '#app/core/sharing/received-records.ts'
import { RelayClock } from '#app/core/sharing/relay-clock.ts'
import { randomBytes, readyCrypto } from '#crypto/sodium.ts'
import { utf8 } from '#schema/bytes.ts'
import { ContactId, LogId, ShareId } from '#schema/ids.ts'
import { instant } from '#schema/instant.ts'
import { NEVER } from '#schema/protocol/capability.ts'
import { fail, ok } from '#schema/result.ts'
import { tellStory } from '#tests/support/log-kit.ts'
import { startAccount } from '#tests/support/test-account.ts'

beforeAll(readyCrypto)

const idOfLog = (number: number) => LogId.of(new Uint8Array(LogId.size).fill(number))

async function startRecords(grants: () => Promise<readonly KnownGrant[]>, beingJoined: readonly ShareId[] = []) {
  const { account, store, clock, deps, relay, keys, end } = await startAccount()
  const records = new ReceivedRecords({
    ports: { ...deps, relay: relay.link() },
    account,
    time: new RelayClock(account.client, clock, store, keys.local),
    localKey: keys.local,
    commit: (prepared: readonly PreparedWrite[]) => commitAll(store, prepared),
    grants,
    beingJoined: async () => beingJoined,
    relayOf: async () => '',
    change: async () => ok(undefined),
    onChange: () => undefined,
    onSharedSync: () => undefined,
    onUnwatched: () => undefined,
  })
  const stop = async () => {
    await records.close()
    await end()
  }
  return { records, store, stop }
}

test('ReceivedRecords follows what is shared also after that broke off once, and tells only who asked then', async () => {
  const asked = { count: 0 }
  const { records, stop } = await startRecords(async () => {
    if (++asked.count === 1) throw new Error('Broken off')
    return []
  })
  await expect(records.follow()).rejects.toThrow('Broken off')
  await records.follow()
  expect(await records.open(ShareId.of(randomBytes(ShareId.size)))).toBeUndefined()
  expect(asked.count).toBe(3)
  await stop()
})

test('ReceivedRecords lets go of what lies here of a share that the home log knows no more, unless nobody else has all of it', async () => {
  const { records, store, stop } = await startRecords(
    async () => [],
    [ShareId.of(new Uint8Array(ShareId.size).fill(3))],
  )
  const rowsOf = (share: number, log: number): StoreWrite[] => {
    const [shareId, logId] = [ShareId.of(new Uint8Array(ShareId.size).fill(share)), idOfLog(log)]
    return [
      { table: 'sealed', key: `share-log/${logId}`, value: utf8(shareId) },
      { table: 'sealed', key: `shared/${shareId}/index/problems/entries/0`, value: Uint8Array.of(1) },
      { table: 'frames', key: `${logId}/writer/0`, value: Uint8Array.of(1) },
    ]
  }
  const unsent: StoreWrite = { table: 'outbox', key: `${idOfLog(2)}/0`, value: Uint8Array.of(1) }
  await store.commit([...rowsOf(1, 1), ...rowsOf(2, 2), ...rowsOf(3, 3), unsent])
  await records.follow()
  const left = [...(await store.keys('frames', '')), ...(await store.keys('sealed', 'share'))]
  expect(left.filter(key => key.includes(idOfLog(1)) || key.startsWith('shared/01'))).toEqual([])
  expect(left.filter(key => key.includes(idOfLog(2)) || key.startsWith('shared/02'))).toHaveLength(3)
  // Another device heard of its end before its offer, and both are still to be joined.
  expect(left.filter(key => key.includes(idOfLog(3)) || key.startsWith('shared/03'))).toHaveLength(3)
  await stop()
})

test('ReceivedRecords goes on letting go of a log where that was cut short', async () => {
  const { records, store, stop } = await startRecords(async () => [])
  const [shareId, logId] = [ShareId.of(new Uint8Array(ShareId.size).fill(1)), idOfLog(1)]
  await store.commit([
    { table: 'sealed', key: `share-log/${logId}`, value: utf8(shareId) },
    { table: 'frames', key: `${logId}/writer/0`, value: Uint8Array.of(1) },
  ])
  const commit = store.commit.bind(store)
  let touching = 0
  vi.spyOn(store, 'commit').mockImplementation(async writes => {
    const isOfLog = writes.some(({ key }) => key.includes(logId))
    return isOfLog && ++touching === 2 ? fail('aborted') : commit(writes)
  })
  await records.follow()
  await records.follow()
  const left = [...(await store.keys('frames', '')), ...(await store.keys('sealed', ''))]
  expect(left.filter(row => row.includes(logId))).toEqual([])
  await stop()
})

async function grantOfAllergies() {
  const { genesis, keys, creator } = await tellStory()
  const seed = randomBytes(32)
  const log = {
    logId: creator.log.id,
    section: 'allergies',
    genesis,
    epochs: keys,
    capability: randomBytes(32),
  } as const
  const [receivedAt, toldOpenedAt] = [instant(0), instant(0)]
  const about = {
    recordName: 'Ana',
    role: 'write',
    until: NEVER,
    version: 1,
    isPaused: false,
    isAccepted: true,
    isPutAway: false,
  } as const
  const ids = { id: ShareId.of(randomBytes(ShareId.size)), contact: ContactId.of(randomBytes(ContactId.size)) }
  const rest = { receivedAt, seededAt: receivedAt, toldOpenedAt, seed, seeds: [seed], keptToTell: [], former: [] }
  return { log, grant: { ...ids, ...about, ...rest, logs: [log] } satisfies KnownGrant }
}

test('ReceivedRecords closes a record of which nothing is shared any more, before its logs go', async () => {
  const { log, grant } = await grantOfAllergies()
  let now: KnownGrant = grant
  const { records, store, stop } = await startRecords(async () => [now])
  await records.follow()
  expect([...records.get(grant.id)!.logs.keys()]).toEqual(['allergies'])
  // The giver's two devices took out a section each, and both are out until one of them looks again.
  now = { ...grant, version: 2, logs: [], former: [{ ...log, through: new Set() }] }
  await records.follow()
  expect(records.get(grant.id)).toBeUndefined()
  expect(await records.open(grant.id)).toBeUndefined()
  await stop()
  const left = [...(await store.keys('sealed', '')), ...(await store.keys('frames', ''))]
  expect(left.filter(row => row.includes(log.logId))).toEqual([])
})
