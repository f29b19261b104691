import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { copyBlobs } from '#app/core/home/mirror-blobs.ts'
import type { RelayLink } from '#app/core/ports.ts'
import { makeRelayClient } from '#app/core/sync/relay-client.ts'
import { blobIdOf } from '#crypto/hash.ts'
import { makeSigningKey } from '#crypto/keys.ts'
import { randomBytes, readyCrypto } from '#crypto/sodium.ts'
import { concat } from '#schema/bytes.ts'
import { encodeCapability } from '#schema/protocol/capability.ts'
import { ok } from '#schema/result.ts'
import { type LoopRelay, startLoopRelay } from '#tests/support/loop-link.ts'
import { makeMemoryStore } from '#tests/support/memory-store.ts'
import { capabilityOf, makeLog } from '#tests/support/signed.ts'
import { makeTestClock } from '#tests/support/test-clock.ts'

const clock = makeTestClock()
const relays: LoopRelay[] = []
beforeAll(readyCrypto)
beforeEach(async () => {
  for (let each = 0; each < 2; each++) relays.push(await startLoopRelay({ now: () => clock.now() }))
})
afterEach(async () => {
  for (const relay of relays.splice(0)) await relay.stop()
})

/** One log at two relays, and a way to each. */
async function twoPlaces() {
  const [log, holder] = [makeLog(), makeSigningKey()]
  const [here, there] = relays.map(relay => relay.link())
  const clientOf = (link: RelayLink) => makeRelayClient(link, holder, clock)
  const [from, to] = [clientOf(here!), clientOf(there!)]
  const capability = encodeCapability(capabilityOf(log, holder))
  for (const client of [from, to]) expect(await client.createLog(log.genesisBytes, capability)).toEqual(ok(undefined))
  const store = makeMemoryStore()
  const shares: number[] = []
  const copy = () =>
    copyBlobs({ from, to, store, logId: log.logId, isOver: () => false, told: one => shares.push(one) })
  const listed = async () => {
    const blobs = await to.blobs(log.logId)
    return blobs.ok ? blobs.value.map(({ blobId }) => blobId) : []
  }
  return { log, here: here!, from, to, store, shares, copy, listed }
}

test('what no device here has fetched goes from relay to relay, and what lies here from here; once', async () => {
  const { log, from, to, store, shares, copy, listed } = await twoPlaces()
  const [mine, theirs, both] = [randomBytes(300), randomBytes(5000), randomBytes(40)]
  for (const bytes of [theirs, both]) await from.putBlob(log.logId, blobIdOf(bytes), bytes)
  for (const bytes of [mine, both])
    await store.commit([{ table: 'blobs', key: `${log.logId}/${blobIdOf(bytes)}`, value: bytes }])
  expect(await copy()).toEqual(ok(true))
  expect(await listed()).toEqual([mine, theirs, both].map(blobIdOf).toSorted())
  expect(await to.getBlob(log.logId, blobIdOf(theirs))).toEqual(ok(theirs))
  expect(shares.at(-1)).toBe(1)
  expect(await copy()).toEqual(ok(true))
  expect(shares).toHaveLength(3)
})

test('a first relay that cannot be asked keeps nothing of what is here back, and is said to', async () => {
  const { log, here, store, copy, listed } = await twoPlaces()
  const mine = randomBytes(300)
  await store.commit([{ table: 'blobs', key: `${log.logId}/${blobIdOf(mine)}`, value: mine }])
  here.setReachable(false)
  expect(await copy()).toEqual(ok(false))
  expect(await listed()).toEqual([blobIdOf(mine)])
})

test('what a relay gives in the place of a blob is not carried on', async () => {
  const { log, from, to, store, copy, listed } = await twoPlaces()
  const bytes = randomBytes(300)
  await from.putBlob(log.logId, blobIdOf(bytes), bytes)
  const lying = { ...from, getBlob: async () => ok(concat(bytes, new Uint8Array(1))) }
  const deps = { from: lying, to, store, logId: log.logId, isOver: () => false, told: () => undefined }
  expect(await copyBlobs(deps)).toEqual(ok(false))
  expect(await listed()).toEqual([])
  expect(await copy()).toEqual(ok(true))
})
