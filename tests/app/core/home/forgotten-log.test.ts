import { afterEach, beforeAll, expect, test } from 'vitest'
import { beginRotation, type RotationDeps, runRotation } from '#app/core/devices/rotation.ts'
import type { Account } from '#app/core/home/account.ts'
import { Upkeep } from '#app/core/home/upkeep.ts'
import { NOBODY_ELSE } from '#app/core/log/control-write.ts'
import type { Clock } from '#app/core/ports.ts'
import { commitAll } from '#app/core/record/commit-all.ts'
import { rebaseSection } from '#app/core/sharing/rebase-section.ts'
import { readyCrypto } from '#crypto/sodium.ts'
import type { LogId } from '#schema/ids.ts'
import { ok } from '#schema/result.ts'
import { startAccount } from '#tests/support/test-account.ts'
import { until } from '#tests/support/test-device.ts'
import { makeVirtualClock, VirtualTime } from '#tests/support/virtual-clock.ts'

beforeAll(readyCrypto)

const ends: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const end of ends.splice(0)) await end()
})

/** An account whose problems were begun anew, at a relay; the log before is here still. */
async function accountWithFormerLog() {
  const { account, clock, store, keys, deps, end } = await startAccount()
  ends.push(end)
  const commit: Parameters<typeof rebaseSection>[0]['commit'] = prepared => commitAll(store, prepared)
  const rebased = { ...deps, account, record: () => undefined, commit }
  expect(await rebaseSection(rebased, 'problems', NOBODY_ELSE, () => undefined)).toEqual(ok(undefined))
  await account.settle()
  const [former] = account.logs.former.values()
  if (former === undefined) throw new Error('No former log')
  return { account, store, clock, keys, former }
}

const rotationDeps = (account: Account, clock: Clock): RotationDeps => ({
  me: account.deviceId,
  home: account.logs.home,
  sections: () => account.sectionLogs(),
  client: account.client,
  clock,
  settle: () => account.settle(),
  levelHome: () => account.levelHome(),
  saveHomeKey: key => account.saveHomeKey(key),
  progress: () => undefined,
})

test('a removal of a device is carried to its end where a former log goes from this device meanwhile', async () => {
  const { account, clock, former } = await accountWithFormerLog()
  await beginRotation(account.logs.home, clock, account.deviceId, [])
  await account.refreshed()
  const id = account.keyring.rotations[0]!.id
  let steps = 0
  const progress = () => void (++steps === 30 && void account.forget(former.id))
  const rotated = await runRotation({ ...rotationDeps(account, clock), progress }, id)
  expect(rotated).toEqual(ok(undefined))
  expect(account.sectionLogs()).not.toContain(former)
})

test('a removal is carried to its end where a log was deleted at the relay, and every other log gets its new O', async () => {
  const { account, clock } = await accountWithFormerLog()
  const lost = account.logs.sections.get('vitals')!
  expect(await account.client.deleteLog(lost.id)).toEqual(ok(undefined))
  await until(() => account.engine?.isGone(lost.id) === true)
  expect(await account.settle()).toEqual(ok(undefined))
  await beginRotation(account.logs.home, clock, account.deviceId, [])
  await account.refreshed()
  const rotated = await runRotation(rotationDeps(account, clock), account.keyring.rotations[0]!.id)
  expect(rotated).toEqual(ok(undefined))
  await account.refreshed()
  const { plan } = account.keyring.rotations[0]!
  const numberOf = async (logId: LogId) => {
    const state = await account.client.ownerState(logId)
    return state.ok ? state.value.number : state.failure
  }
  const numbers = await Promise.all(plan.map(async ({ logId }) => [logId, await numberOf(logId)]))
  const isGone = { kind: 'refused', code: 'gone' }
  expect(numbers).toEqual(plan.map(({ logId, ownerNumber }) => [logId, logId === lost.id ? isGone : ownerNumber]))
})

test('a round of upkeep passes over a former log that goes meanwhile, and nothing of it is left', async () => {
  const { account, store, keys, former } = await accountWithFormerLog()
  const time = new VirtualTime()
  const upkeep = new Upkeep(account, store, makeVirtualClock(time, 0), keys.account)
  const commit = store.commit.bind(store)
  const forgotten = new Promise<unknown>(resolve => {
    store.commit = async writes => {
      store.commit = commit
      resolve(account.forget(former.id))
      return commit(writes)
    }
  })
  await time.run(60_000)
  expect(await forgotten).toEqual(ok(undefined))
  // What it writes at the end of a round.
  await until(async () => (await store.get('sealed', 'upkeep')) !== undefined)
  upkeep.stop()
  for (const table of ['frames', 'outbox', 'blobs'] as const)
    expect(await store.keys(table, `${former.id}/`)).toEqual([])
  expect(await store.keys('sealed', `log/${former.id}/`)).toEqual([])
})
