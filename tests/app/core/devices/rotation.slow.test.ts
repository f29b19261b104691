import { afterEach, beforeAll, expect, test, vi } from 'vitest'
import { beginRotation, type RotationDeps, runRotation } from '#app/core/devices/rotation.ts'
import { Account } from '#app/core/home/account.ts'
import { ACCOUNT_ROW_KEY, accountWrite, openAccountRow } from '#app/core/home/account-row.ts'
import { createAccount, makeDevice } from '#app/core/home/create-account.ts'
import { putDevice } from '#app/core/home/keyring-document.ts'
import { openLogs } from '#app/core/home/open-account.ts'
import { deviceCapability, deviceCapabilityId } from '#app/core/home/own-capability.ts'
import { makeVaultKey, vaultKeys } from '#app/core/vault/vault-key.ts'
import { rootKeys } from '#crypto/keys.ts'
import { randomBytes, readyCrypto } from '#crypto/sodium.ts'
import { type LoopRelay, startLoopRelay } from '#tests/support/loop-link.ts'
import { makeMemoryDisk, type MemoryStore } from '#tests/support/memory-store.ts'
import { makeTestClock, testRandom } from '#tests/support/test-clock.ts'
import { silentWhenKilled, until } from '#tests/support/test-device.ts'

vi.setConfig({ testTimeout: 600_000 })
beforeAll(readyCrypto)

/** Most of a story is waiting for the relay. */
const AT_ONCE = 8
const PERSON = { name: 'Ana', birthDate: '1961', deviceName: 'phone', isSample: false }
const clock = makeTestClock()
const keys = vaultKeys(makeVaultKey())

const relays: LoopRelay[] = []
const accounts: Account[] = []
afterEach(async () => {
  await endAll()
})

async function endAll(): Promise<void> {
  for (const account of accounts.splice(0)) void account.close().catch(() => undefined)
  for (const relay of relays.splice(0)) await relay.stop()
}

/** A phone at work, and a tablet that its keyring knows and the relay serves. */
async function phoneAndTablet() {
  const relay = await startLoopRelay({ now: () => clock.now() })
  relays.push(relay)
  const disk = makeMemoryDisk()
  const store = disk.open()
  const secret = randomBytes(32)
  const deps = { store: silentWhenKilled(store), clock, random: testRandom, localKey: keys.local }
  const created = await createAccount(deps, secret, PERSON)
  await store.commit(created.firstWrites.flatMap(write => write.writes))
  for (const write of created.firstWrites) write.committed()
  await created.home.log.flush()
  await store.commit([accountWrite(keys.account, created.row)])
  const tablet = makeDevice('tablet', rootKeys(secret).idSign, deps).known
  await created.home.changeKeyring(doc => putDevice(doc, tablet))
  const link = relay.link()
  const account = await Account.start({ ...deps, relay: link }, keys.account, created.row, created)
  accounts.push(account)
  expect((await account.settle()).ok).toBe(true)
  for (const { logId, owners } of account.keyring.logs) {
    const owner = owners[0]?.key
    if (owner === undefined) throw new Error('No owner')
    await account.client.registerCapability(logId, deviceCapability(logId, tablet.holderKey, owner))
  }
  const reopen = async () => {
    link.setReachable(false)
    const fresh = { ...deps, store: disk.open() }
    const row = openAccountRow(keys.account, await fresh.store.get('sealed', ACCOUNT_ROW_KEY))
    const logs = row.ok ? await openLogs(fresh, row.value) : row
    if (!row.ok || !logs.ok) throw new Error('Damaged')
    const again = await Account.start({ ...fresh, relay: relay.link() }, keys.account, row.value, logs.value)
    accounts.push(again)
    return again
  }
  return { store, account, tablet, reopen }
}

const rotationDeps = (account: Account): RotationDeps => ({
  home: account.logs.home,
  sections: [...account.logs.sections.values()],
  client: account.client,
  clock,
  settle: () => account.settle(),
  saveHomeKey: key => account.saveHomeKey(key),
  progress: () => undefined,
})

/** The whole rotation of `removes`, or as far as the process lived. */
async function rotate(account: Account, store: MemoryStore, id: string): Promise<boolean> {
  const done = { value: false }
  void runRotation(rotationDeps(account), id).then(result => {
    done.value = result.ok
  })
  await until(() => done.value || store.isKilled, 60_000)
  return done.value
}

async function expectRotated(account: Account, id: string, holderKey: Uint8Array<ArrayBuffer>): Promise<void> {
  await account.refreshed()
  const rotation = account.keyring.rotations.find(one => one.id === id)
  expect(rotation).toMatchObject({ isDone: true })
  expect(rotation?.plan).toHaveLength(account.allLogs().length)
  for (const planned of rotation?.plan ?? []) {
    const log = account.allLogs().find(one => one.id === planned.logId)
    expect(log?.currentKeyId()).toBe(planned.keyId)
    const state = await account.client.ownerState(planned.logId)
    if (!state.ok) throw new Error(state.failure.kind)
    expect(account.keyring.logs.find(one => one.logId === planned.logId)?.owners[0]?.number).toBe(state.value.number)
    expect(state.value.capabilities).toContain(deviceCapabilityId(holderOf(account), planned.logId))
    expect(state.value.capabilities).not.toContain(deviceCapabilityId(holderKey, planned.logId))
  }
}

function holderOf(account: Account): Uint8Array<ArrayBuffer> {
  const own = account.keyring.devices.find(device => device.deviceId === account.deviceId)
  if (own === undefined) throw new Error('No own device')
  return own.holderKey
}

/** Whether the process died in commit `number` of the rotation; whatever happened, it is whole afterwards. */
async function removeKilledAt(number: number, when: 'before' | 'after'): Promise<boolean> {
  const { store, account, tablet, reopen } = await phoneAndTablet()
  const begun = await beginRotation(account.logs.home, clock, account.deviceId, [tablet.deviceId])
  expect(begun.ok).toBe(true)
  await account.refreshed()
  const id = account.keyring.rotations.find(one => !one.isDone)?.id ?? ''
  store.killAt(store.commits + number, when)
  const isKilled = !(await rotate(account, store, id))
  const survivor = isKilled ? await reopen() : account
  // Also where nothing is left to do: a rotation that is done says so again.
  expect(await runRotation(rotationDeps(survivor), id)).toEqual({ ok: true, value: undefined })
  await expectRotated(survivor, id, tablet.holderKey)
  return isKilled
}

test.each(['before', 'after'] as const)(
  'a removal killed %s any commit of its rotation is carried to its end after the restart (invariant 15)',
  async when => {
    let points = 0
    for (let isKilled = true; isKilled; ) {
      const numbers = Array.from({ length: AT_ONCE }, (_, index) => points + index + 1)
      const kills = await Promise.all(numbers.map(number => removeKilledAt(number, when)))
      points += kills.filter(Boolean).length
      isKilled = kills.every(Boolean)
      await endAll()
    }
    // At least one commit a log for its epoch, and one for its snapshot.
    expect(points).toBeGreaterThan(2 * 9)
  },
)
