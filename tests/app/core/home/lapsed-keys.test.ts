import { beforeAll, expect, test } from 'vitest'
import { HomeLog } from '#app/core/home/home-log.ts'
import { type KeyringDocument, putEpoch, writeNewKeyring } from '#app/core/home/keyring-document.ts'
import { keepLapsedKeys } from '#app/core/home/lapsed-keys.ts'
import { makeSigningKey } from '#crypto/keys.ts'
import { randomBytes, readyCrypto } from '#crypto/sodium.ts'
import { DeviceId, type KeyId, LogId } from '#schema/ids.ts'
import { instant } from '#schema/instant.ts'
import { ok } from '#schema/result.ts'
import { deliver, exchange, type LogStory, makeEpochKey, type Replica, tellStory } from '#tests/support/log-kit.ts'

beforeAll(readyCrypto)

const SECTION = LogId.of(new Uint8Array(LogId.size).fill(7))

async function withKeyring(story: LogStory): Promise<void> {
  const { creator, person, keys, ownerKey } = story
  const { device, kem, chain } = creator.identity
  const owner = { number: 1, seed: randomBytes(32), publicKey: ownerKey.publicKey }
  const named = { genesis: story.genesis, epochSecret: keys[0]!.secret, epochKeyId: keys[0]!.keyId, owner }
  await new HomeLog(creator.log).changeKeyring((doc: KeyringDocument) =>
    writeNewKeyring(doc, {
      principal: person.principal,
      recoveryKemKey: kem.publicKey,
      birth: { capability: randomBytes(8), owner: randomBytes(8) },
      logs: [
        { ...named, logId: creator.log.id, section: 'home' },
        { ...named, logId: SECTION, section: 'vitals' },
      ],
      device: {
        deviceId: DeviceId.of(device.publicKey),
        name: 'one',
        chain,
        kemPublicKey: kem.publicKey,
        holderKey: makeSigningKey().publicKey,
        addedAt: instant(1),
      },
      shareKemSeed: randomBytes(32),
    }),
  )
}

async function sectionKeys({ log }: Replica): Promise<readonly KeyId[]> {
  const keyring = await new HomeLog(log).keyring()
  return keyring?.logs.find(({ logId }) => logId === SECTION)?.epochs.map(({ keyId }) => keyId) ?? []
}

test('keepLapsedKeys() brings back what a removed device had put into the keyring, where members sealed by it', async () => {
  const story = await tellStory()
  await withKeyring(story)
  const removed = await story.join()
  const third = await story.join()
  for (const to of [removed, third]) await deliver(story.creator, to)
  // It rotates the home log, and names new keys for a section: one is used by the third device, one by nobody.
  const [home, used, unused, next] = [makeEpochKey(), makeEpochKey(), makeEpochKey(), makeEpochKey()]
  expect(await removed.log.writeEpoch(home, [], [])).toEqual(ok(undefined))
  await new HomeLog(removed.log).changeKeyring(doc => {
    for (const { keyId, secret } of [used, unused]) putEpoch(doc, SECTION, { keyId, secret })
  })
  await third.log.addKeys([home])
  await deliver(removed, third)
  expect(await sectionKeys(third)).toContain(used.keyId)
  const removal = { kind: 'device', id: DeviceId.of(removed.identity.device.publicKey) } as const
  expect(await story.creator.log.writeEpoch(next, [], [removal])).toEqual(ok(undefined))
  for (const { log } of [story.creator, third]) await log.addKeys([next])
  await exchange(story.creator, third)
  expect(await sectionKeys(third)).toEqual([story.keys[0]!.keyId])

  const section = { id: SECTION, wantedKeys: () => new Set([used.keyId]) }
  const homeLog = new HomeLog(third.log)
  expect(await keepLapsedKeys(homeLog, (await homeLog.keyring())!, [section])).toEqual(ok(undefined))
  await deliver(third, story.creator)
  for (const replica of [third, story.creator]) {
    expect((await sectionKeys(replica)).toSorted()).toEqual([story.keys[0]!.keyId, used.keyId].toSorted())
  }
  // Once it is there, nothing is written again.
  const before = third.log.feeds()
  expect(await keepLapsedKeys(homeLog, (await homeLog.keyring())!, [section])).toEqual(ok(undefined))
  expect(third.log.feeds()).toEqual(before)
})
