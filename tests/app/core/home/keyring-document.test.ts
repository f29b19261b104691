import * as Automerge from '@automerge/automerge'
import { beforeAll, expect, test } from 'vitest'
import type { KnownDevice } from '#app/core/home/keyring.ts'
import {
  type KeyringDocument,
  putDevice,
  putDeviceName,
  putEpoch,
  putOwner,
  putPlan,
  putRotation,
  putRotationDone,
  putShareKem,
  readKeyring,
  writeNewKeyring,
} from '#app/core/home/keyring-document.ts'
import { keyIdOf } from '#crypto/hash.ts'
import { kemKeyFromSeed, makeSigningKey } from '#crypto/keys.ts'
import { randomBytes, readyCrypto } from '#crypto/sodium.ts'
import { DeviceId, LogId, PrincipalId } from '#schema/ids.ts'
import { instant } from '#schema/instant.ts'

beforeAll(readyCrypto)

const logId = LogId.of(new Uint8Array(16).fill(1))

function device(name: string, addedAt: number): KnownDevice {
  return {
    deviceId: DeviceId.of(randomBytes(32)),
    name,
    chain: [],
    kemPublicKey: randomBytes(1216),
    holderKey: randomBytes(32),
    addedAt: instant(addedAt),
  }
}

function newKeyring(first: KnownDevice) {
  const owner = makeSigningKey()
  const secret = randomBytes(32)
  return Automerge.change(Automerge.init<KeyringDocument>(), doc =>
    writeNewKeyring(doc, {
      principal: PrincipalId.of(new Uint8Array(32).fill(2)),
      recoveryKemKey: randomBytes(1216),
      birth: { capability: randomBytes(10), owner: randomBytes(10) },
      logs: [
        {
          logId,
          genesis: randomBytes(82),
          section: 'vitals',
          epochSecret: secret,
          epochKeyId: keyIdOf(secret),
          owner: { number: 0, seed: owner.secretKey.slice(0, 32), publicKey: owner.publicKey },
        },
      ],
      device: first,
      shareKemSeed: randomBytes(32),
    }),
  )
}

test('readKeyring() answers nothing for an empty document and everything for a new one', () => {
  expect(readKeyring({})).toBeUndefined()
  const phone = device('phone', 5)
  const keyring = readKeyring(newKeyring(phone))
  expect(keyring?.devices).toEqual([phone])
  expect(keyring?.logs).toMatchObject([{ logId, section: 'vitals', owners: [{ number: 0 }], epochs: [{}] }])
})

test('what two devices add at once unites: devices, epochs, owners of one number', () => {
  const base = newKeyring(device('phone', 5))
  const add = (name: string) =>
    Automerge.change(Automerge.clone(base), doc => {
      const [secret, owner] = [randomBytes(32), makeSigningKey()]
      putDevice(doc, device(name, 6))
      putEpoch(doc, logId, { keyId: keyIdOf(secret), secret })
      putOwner(doc, logId, 1, owner.publicKey, owner.secretKey.slice(0, 32))
    })
  const keyring = readKeyring(Automerge.merge(add('tablet'), add('laptop')))
  expect(keyring?.devices.map(one => one.name).toSorted()).toEqual(['laptop', 'phone', 'tablet'])
  expect(keyring?.logs[0]?.epochs).toHaveLength(3)
  expect(keyring?.logs[0]?.owners.map(owner => owner.number)).toEqual([1, 1, 0])
})

test('a rotation marks who is removed, keeps its plan and ends', () => {
  const [phone, lost] = [device('phone', 5), device('lost', 6)]
  let doc = Automerge.change(newKeyring(phone), draft => putDevice(draft, lost))
  const planned = { logId, keyId: keyIdOf(randomBytes(32)), ownerKey: randomBytes(32), ownerNumber: 1 }
  doc = Automerge.change(doc, draft => {
    putRotation(draft, { id: 'r1', startedAt: instant(9), by: phone.deviceId, removes: [lost.deviceId] })
    putPlan(draft, 'r1', planned)
  })
  expect(readKeyring(doc)?.rotations).toEqual([
    { id: 'r1', startedAt: 9, by: phone.deviceId, removes: [lost.deviceId], plan: [planned], isDone: false },
  ])
  expect(readKeyring(doc)?.devices.find(one => one.name === 'lost')?.removedAt).toBe(9)
  expect(readKeyring(Automerge.change(doc, draft => putRotationDone(draft, 'r1')))?.rotations[0]?.isDone).toBe(true)
})

test('the newest shareKem counts, and a device is renamed in place', () => {
  const phone = device('phone', 5)
  const seed = randomBytes(32)
  const doc = Automerge.change(newKeyring(phone), draft => {
    putShareKem(draft, instant(1_000_000), seed)
    putDeviceName(draft, phone.deviceId, 'old phone')
  })
  const keyring = readKeyring(Automerge.load<KeyringDocument>(Automerge.save(doc)))
  expect(keyring?.shareKem).toEqual(kemKeyFromSeed(seed))
  expect(keyring?.devices[0]?.name).toBe('old phone')
})

test('a removed device that goes on reading letters reads no new ones: putShareKem() makes the newest one, also by a clock that is years behind', () => {
  const phone = { ...device('phone', 5), addedAt: instant(2_000_000) }
  const [seed, next] = [randomBytes(32), randomBytes(32)]
  const doc = Automerge.change(newKeyring(phone), draft => putShareKem(draft, instant(1_000_000), seed))
  const first = readKeyring(newKeyring(phone))!.shareKem
  expect(readKeyring(doc)?.shareKem).toEqual(kemKeyFromSeed(seed))
  expect(readKeyring(doc)?.formerShareKems.map(({ until }) => until)).toEqual([2_000_001])
  const again = readKeyring(Automerge.change(doc, draft => putShareKem(draft, instant(-1), next)))
  expect(again?.shareKem).toEqual(kemKeyFromSeed(next))
  expect(again?.formerShareKems.map(({ key }) => key)).toHaveLength(2)
  expect(first).not.toEqual(again?.shareKem)
})

test('putDevice() tells two devices of one name apart, and leaves a removed one its name', () => {
  const first = device('Computer', 1)
  let doc = newKeyring(first)
  const add = (next: KnownDevice) => {
    doc = Automerge.change(doc, draft => putDevice(draft, next))
  }
  add(device('Computer', 2))
  add(device('Computer', 3))
  add({ ...device('Phone', 4), removedAt: instant(5) })
  add(device('Phone', 6))
  add(first)
  const names = readKeyring(doc)
    ?.devices.toSorted((a, b) => a.addedAt - b.addedAt)
    .map(each => each.name)
  expect(names).toEqual(['Computer', 'Computer 2', 'Computer 3', 'Phone', 'Phone'])
})
