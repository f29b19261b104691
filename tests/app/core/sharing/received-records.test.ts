import { beforeAll, expect, test } from 'vitest'
import type { PreparedWrite } from '#app/core/log/sealed-log.ts'
import { commitAll } from '#app/core/record/commit-all.ts'
import type { StoreWrite } from '#app/core/ports.ts'
import type { KnownGrant } from '#app/core/sharing/received-document.ts'
import { ReceivedRecords } from '#app/core/sharing/received-records.ts'
import { RelayClock } from '#app/core/sharing/relay-clock.ts'
import { randomBytes, readyCrypto } from '#crypto/sodium.ts'
import { utf8 } from '#schema/bytes.ts'
import { LogId, ShareId } from '#schema/ids.ts'
import { ok } from '#schema/result.ts'
import { startAccount } from '#tests/support/test-account.ts'

beforeAll(readyCrypto)

const idOfLog = (number: number) => LogId.of(new Uint8Array(LogId.size).fill(number))

async function startRecords(grants: () => Promise<readonly KnownGrant[]>) {
  const { account, store, clock, deps, relay, keys, end } = await startAccount()
  const records = new ReceivedRecords({
    ports: { ...deps, relay: relay.link() },
    account,
    time: new RelayClock(account.client, clock, store, keys.local),
    localKey: keys.local,
    commit: (prepared: readonly PreparedWrite[]) => commitAll(store, prepared),
    grants,
    change: async () => ok(undefined),
    onChange: () => undefined,
    onSharedSync: () => undefined,
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
  const { records, store, stop } = await startRecords(async () => [])
  const rowsOf = (share: number, log: number): StoreWrite[] => {
    const [shareId, logId] = [ShareId.of(new Uint8Array(ShareId.size).fill(share)), idOfLog(log)]
    return [
      { table: 'sealed', key: `share-log/${logId}`, value: utf8(shareId) },
      { table: 'sealed', key: `shared/${shareId}/index/problems/entries/0`, value: Uint8Array.of(1) },
      { table: 'frames', key: `${logId}/writer/0`, value: Uint8Array.of(1) },
    ]
  }
  const unsent: StoreWrite = { table: 'outbox', key: `${idOfLog(2)}/0`, value: Uint8Array.of(1) }
  await store.commit([...rowsOf(1, 1), ...rowsOf(2, 2), unsent])
  await records.follow()
  const left = [...(await store.keys('frames', '')), ...(await store.keys('sealed', 'share'))]
  expect(left.filter(key => key.includes(idOfLog(1)) || key.startsWith('shared/01'))).toEqual([])
  expect(left.filter(key => key.includes(idOfLog(2)) || key.startsWith('shared/02'))).toHaveLength(3)
  await stop()
})
