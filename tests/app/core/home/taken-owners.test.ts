import { beforeAll, expect, test } from 'vitest'
import type { KnownDevice, Keyring, LogKeys, Rotation } from '#app/core/home/keyring.ts'
import { deviceCapabilityId } from '#app/core/home/own-capability.ts'
import { capabilitiesEnded, ownersTaken, ownersToRestore } from '#app/core/home/taken-owners.ts'
import { makeKemKey, makeSigningKey, type SigningKey } from '#crypto/keys.ts'
import { randomBytes, readyCrypto } from '#crypto/sodium.ts'
import { DeviceId, KeyId, LogId, PrincipalId } from '#schema/ids.ts'
import { instant } from '#schema/instant.ts'

beforeAll(readyCrypto)

const logId = LogId.of(new Uint8Array(LogId.size))
const deviceNamed = (name: number) => DeviceId.of(new Uint8Array(DeviceId.size).fill(name))

function device(name: number, isRemoved = false): KnownDevice {
  const { publicKey } = makeSigningKey()
  return {
    deviceId: deviceNamed(name),
    name: '',
    chain: [],
    kemPublicKey: new Uint8Array(0),
    holderKey: publicKey,
    addedAt: instant(0),
    ...(isRemoved ? { removedAt: instant(1) } : {}),
  }
}

function rotation(by: number, ownerKey: SigningKey, ownerNumber: number, isDone: boolean): Rotation {
  const keyId = KeyId.of(new Uint8Array(KeyId.size))
  const plan = [{ logId, keyId, ownerKey: ownerKey.publicKey, ownerNumber }]
  return { id: `${by}${ownerNumber}`, startedAt: instant(0), by: deviceNamed(by), removes: [], plan, isDone }
}

function keyringOf(log: LogKeys, devices: readonly KnownDevice[], rotations: readonly Rotation[]): Keyring {
  const recoveryKemKey = new Uint8Array(0)
  const principal = PrincipalId.of(randomBytes(PrincipalId.size))
  return {
    principal,
    recoveryKemKey,
    logs: [log],
    devices,
    rotations,
    shareKem: makeKemKey(),
    formerShareKems: [],
    closedLogs: [],
  }
}

const logOf = (owners: LogKeys['owners']): LogKeys => ({
  logId,
  genesis: new Uint8Array(0),
  section: 'vitals',
  owners,
  epochs: [],
  moved: [],
})

test('ownersTaken() does not count what an open rotation plans', () => {
  const [born, done, planned] = [makeSigningKey(), makeSigningKey(), makeSigningKey()]
  const log = logOf([
    { number: 2, key: planned },
    { number: 1, key: done },
    { number: 0, key: born },
  ])
  const isDone = (last: boolean) => [rotation(1, done, 1, true), rotation(1, planned, 2, last)]
  expect(ownersTaken(keyringOf(log, [device(1)], isDone(false)), logId)).toBe(1)
  expect(ownersTaken(keyringOf(log, [device(1)], isDone(true)), logId)).toBe(2)
})

test('capabilitiesEnded() are those of devices whose removal is finished', () => {
  const [staying, removed] = [device(1), device(2, true)]
  const ended = (isDone: boolean) => {
    const removal = { ...rotation(1, makeSigningKey(), 1, isDone), removes: [removed.deviceId] }
    return [...capabilitiesEnded(keyringOf(logOf([]), [staying, removed], [removal]), logId)]
  }
  expect(ended(false)).toEqual([])
  expect(ended(true)).toEqual([deviceCapabilityId(removed.holderKey, logId)])
})

test('ownersToRestore() prefers a key that no removed device knows', () => {
  const [theirs, ours, born] = [makeSigningKey(), makeSigningKey(), makeSigningKey()]
  const log = logOf([
    { number: 1, key: theirs },
    { number: 1, key: ours },
    { number: 0, key: born },
  ])
  const rotations = [rotation(2, theirs, 1, true), rotation(1, ours, 1, true)]
  const restoring = ownersToRestore(keyringOf(log, [device(1), device(2, true)], rotations), log)
  expect(restoring.owners.map(({ key }) => key)).toEqual([ours, born, theirs])
})
