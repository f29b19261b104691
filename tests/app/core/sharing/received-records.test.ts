import { beforeAll, expect, test } from 'vitest'
import type { PreparedWrite } from '#app/core/log/sealed-log.ts'
import { commitAll } from '#app/core/record/commit-all.ts'
import { ReceivedRecords } from '#app/core/sharing/received-records.ts'
import { RelayClock } from '#app/core/sharing/relay-clock.ts'
import { randomBytes, readyCrypto } from '#crypto/sodium.ts'
import { ShareId } from '#schema/ids.ts'
import { ok } from '#schema/result.ts'
import { startAccount } from '#tests/support/test-account.ts'

beforeAll(readyCrypto)

test('ReceivedRecords follows what is shared also after that broke off once, and tells only who asked then', async () => {
  const { account, store, clock, deps, relay, keys, end } = await startAccount()
  const asked = { count: 0 }
  const records = new ReceivedRecords({
    ports: { ...deps, relay: relay.link() },
    account,
    time: new RelayClock(account.client, clock, store, keys.local),
    localKey: keys.local,
    commit: (prepared: readonly PreparedWrite[]) => commitAll(store, prepared),
    grants: async () => {
      if (++asked.count === 1) throw new Error('Broken off')
      return []
    },
    change: async () => ok(undefined),
    onChange: () => undefined,
    onSharedSync: () => undefined,
  })
  await expect(records.follow()).rejects.toThrow('Broken off')
  await records.follow()
  expect(await records.open(ShareId.of(randomBytes(ShareId.size)))).toBeUndefined()
  expect(asked.count).toBe(3)
  await records.close()
  await end()
})
