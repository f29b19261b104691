import { beforeAll, expect, test } from 'vitest'
import { makeDevice } from '#app/core/home/create-account.ts'
import type { Keyring, LogKeys, OwnerKey } from '#app/core/home/keyring.ts'
import { deviceCapability, deviceCapabilityId } from '#app/core/home/own-capability.ts'
import { isRefused, registerDevice, restoreOwner, succeedOwner } from '#app/core/home/registration.ts'
import type { RelayClient } from '#app/core/sync/sync.ts'
import { makeRelayClient } from '#app/core/sync/relay-client.ts'
import { signOwner } from '#crypto/capability.ts'
import { hash, logIdOf } from '#crypto/hash.ts'
import { makeSigningKey, type SigningKey } from '#crypto/keys.ts'
import { randomBytes, readyCrypto } from '#crypto/sodium.ts'
import type { CapabilityId } from '#schema/ids.ts'
import { encodeGenesis } from '#schema/protocol/genesis.ts'
import { encodeOwner } from '#schema/protocol/owner.ts'
import { ok } from '#schema/result.ts'
import { startLoopRelay } from '#tests/support/loop-link.ts'
import { makeTestClock } from '#tests/support/test-clock.ts'

beforeAll(readyCrypto)

const clock = makeTestClock()
/** A keyring that knows no other device. */
const ALONE = { devices: [] }

function logKeys(kind: 'home' | 'section', genesisOwner: SigningKey, owners: readonly OwnerKey[]): LogKeys {
  const salt = randomBytes(16)
  const genesis = encodeGenesis({ kind, ownerKey: genesisOwner.publicKey, salt, ownerHash: hash(salt) })
  return {
    logId: logIdOf(genesis),
    genesis,
    section: kind === 'home' ? 'home' : 'vitals',
    owners,
    epochs: [],
    moved: [],
  }
}

async function relayAndDevices() {
  const relay = await startLoopRelay({ now: () => clock.now() })
  const device = () => {
    const holder = makeSigningKey()
    return { key: holder, holder: holder.publicKey, client: makeRelayClient(relay.link(), holder, clock) }
  }
  return { relay, phone: device(), tablet: device() }
}

test('registerDevice() makes an unknown section log, and another device of the same keyring joins it', async () => {
  const { relay, phone, tablet } = await relayAndDevices()
  const owner = makeSigningKey()
  const log = logKeys('section', owner, [{ number: 0, key: owner }])
  expect(await registerDevice(phone.client, log, phone.holder, ALONE)).toEqual({ ok: true, value: undefined })
  expect(await registerDevice(tablet.client, log, tablet.holder, ALONE)).toEqual({ ok: true, value: undefined })
  expect(await phone.client.ownerState(log.logId)).toMatchObject({ value: { number: 0, capabilities: { length: 2 } } })
  await relay.stop()
})

test('registerDevice() hands a home log over at its birth, and brings every later owner back after the relay lost all', async () => {
  const first = await relayAndDevices()
  const homeOwner = makeSigningKey()
  const owners = [3, 2, 1].map(number => ({ number, key: makeSigningKey() }))
  const log = logKeys('home', homeOwner, owners)
  const { phone, tablet } = first
  const birth: Keyring['birth'] = {
    capability: deviceCapability(log.logId, phone.holder, homeOwner),
    owner: encodeOwner(
      signOwner(
        {
          logId: log.logId,
          number: 1,
          nextOwnerKey: owners[2]!.key.publicKey,
          staying: [deviceCapabilityId(phone.holder, log.logId)],
        },
        homeOwner,
      ),
    ),
  }
  for (const device of [phone, tablet]) {
    expect((await registerDevice(device.client, log, device.holder, { birth, devices: [] })).ok).toBe(true)
    expect(await device.client.ownerState(log.logId)).toMatchObject({ value: { number: 3 } })
  }
  await first.relay.stop()
})

test('succeedOwner() keeps who stays; who does not is refused, and cannot come back with the old owner key', async () => {
  const { relay, phone, tablet } = await relayAndDevices()
  const [owner, next] = [makeSigningKey(), makeSigningKey()]
  const log = logKeys('section', owner, [{ number: 0, key: owner }])
  await registerDevice(phone.client, log, phone.holder, ALONE)
  await registerDevice(tablet.client, log, tablet.holder, ALONE)
  const only = (device: typeof phone) => async () => ok([deviceCapabilityId(device.holder, log.logId)])
  const done = await succeedOwner(phone.client, log.logId, next, [next, owner], only(phone))
  expect(done).toEqual({ ok: true, value: { number: 1 } })
  expect(isRefused(await tablet.client.state(log.logId), 'not-allowed')).toBe(true)
  expect(isRefused(await registerDevice(tablet.client, log, tablet.holder, ALONE), 'bad-proof')).toBe(true)
  expect((await phone.client.state(log.logId)).ok).toBe(true)
  await relay.stop()
})

test('succeedOwner() keeps a device that registers between its question and its record', async () => {
  const { relay, phone, tablet } = await relayAndDevices()
  const [owner, next] = [makeSigningKey(), makeSigningKey()]
  const log = logKeys('section', owner, [{ number: 0, key: owner }])
  await registerDevice(phone.client, log, phone.holder, ALONE)
  const client: RelayClient = {
    ...phone.client,
    async succeedOwner(logId, record) {
      expect((await registerDevice(tablet.client, log, tablet.holder, ALONE)).ok).toBe(true)
      return phone.client.succeedOwner(logId, record)
    },
  }
  const both = [phone, tablet].map(({ holder }) => deviceCapabilityId(holder, log.logId))
  expect(await succeedOwner(client, log.logId, next, [owner], async () => ok(both))).toMatchObject({ ok: true })
  expect((await tablet.client.state(log.logId)).ok).toBe(true)
  expect((await phone.client.state(log.logId)).ok).toBe(true)
  await relay.stop()
})

test('registerDevice() that brings a log back keeps another device that comes as soon as it is there', async () => {
  const { relay, phone, tablet } = await relayAndDevices()
  const owners = [1, 0].map(number => ({ number, key: makeSigningKey() }))
  const log = logKeys('section', owners[1]!.key, owners)
  const keyring = {
    devices: [{ ...makeDevice('tablet', makeSigningKey(), { clock }).known, holderKey: tablet.holder }],
  }
  const client: RelayClient = {
    ...phone.client,
    async createLog(genesis, capability) {
      const made = await phone.client.createLog(genesis, capability)
      expect((await registerDevice(tablet.client, log, tablet.holder, ALONE)).ok).toBe(true)
      return made
    },
  }
  expect((await registerDevice(client, log, phone.holder, keyring)).ok).toBe(true)
  expect(await tablet.client.state(log.logId)).toMatchObject({ value: { ownerNumber: 1 } })
  await relay.stop()
})

test('restoreOwner() ends again what a relay put back to an earlier day takes once more (invariant 13)', async () => {
  const { relay, phone, tablet } = await relayAndDevices()
  const keys = [0, 1, 2].map(number => ({ number, key: makeSigningKey() }))
  const log = logKeys('section', keys[0]!.key, keys.toReversed())
  const before = logKeysAt(log, 0)
  await registerDevice(phone.client, before, phone.holder, ALONE)
  await registerDevice(tablet.client, before, tablet.holder, ALONE)
  const lost: string = deviceCapabilityId(tablet.holder, log.logId)
  const known = { ended: new Set([lost]), kept: [] }
  const signers = keys.map(({ key }) => key)
  const mark = relay.mark()
  const phoneOnly = async () => ok([deviceCapabilityId(phone.holder, log.logId)])
  for (const { key } of keys.slice(1)) await succeedOwner(phone.client, log.logId, key, signers, phoneOnly)
  expect(await restoreOwner(phone.client, log, 2, known)).toEqual(ok('level'))

  const putBack = await relay.copyAt(mark)
  const again = makeRelayClient(putBack.link(), phone.key, clock)
  const removed = makeRelayClient(putBack.link(), tablet.key, clock)
  expect((await removed.state(log.logId)).ok).toBe(true)
  expect(await restoreOwner(again, log, 2, known)).toEqual(ok('restored'))
  expect(await again.ownerState(log.logId)).toMatchObject({ value: { number: 2, capabilities: { length: 1 } } })
  expect(isRefused(await removed.state(log.logId), 'not-allowed')).toBe(true)
  expect(isRefused(await registerDevice(removed, before, tablet.holder, ALONE), 'bad-proof')).toBe(true)

  // Another succession took the number meanwhile, and its writer did not know of the removal.
  const other = await relay.copyAt(mark)
  const there = makeRelayClient(other.link(), phone.key, clock)
  const everybody = async (registered: readonly CapabilityId[]) => ok(registered)
  await succeedOwner(there, log.logId, keys[1]!.key, signers, everybody)
  await succeedOwner(there, log.logId, keys[2]!.key, signers, everybody)
  expect(await restoreOwner(there, log, 2, known)).toEqual(ok('restored'))
  expect(await there.ownerState(log.logId)).toMatchObject({ value: { number: 3, capabilities: { length: 1 } } })
  for (const each of [relay, putBack, other]) await each.stop()
})

function logKeysAt(log: LogKeys, number: number): LogKeys {
  return { ...log, owners: log.owners.filter(owner => owner.number <= number) }
}
