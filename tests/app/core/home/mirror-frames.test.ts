import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openStream } from '#app/core/home/mirror.ts'
import { copyFrames, nextAt } from '#app/core/home/mirror-frames.ts'
import { registerDevice } from '#app/core/home/registration.ts'
import { makeRelayClient } from '#app/core/sync/relay-client.ts'
import { makeSigningKey } from '#crypto/keys.ts'
import { readyCrypto } from '#crypto/sodium.ts'
import { encodePrune } from '#schema/protocol/owner.ts'
import { ok } from '#schema/result.ts'
import { type LogStory, makeEpochKey, type Replica, tellStory } from '#tests/support/log-kit.ts'
import { type LoopRelay, startLoopRelay } from '#tests/support/loop-link.ts'
import { note, notes, SyncStory } from '#tests/support/sync-kit.ts'
import { makeTestClock } from '#tests/support/test-clock.ts'

beforeAll(readyCrypto)
let sync: SyncStory
let story: LogStory
let second: LoopRelay
beforeEach(async () => {
  sync = await SyncStory.begin()
  story = await tellStory()
  second = await startLoopRelay({ now: () => sync.time.now() })
})
afterEach(async () => {
  await sync.end()
  await second.stop()
})

/** As a device brings its log to a second relay; how many frames that lacks afterwards. */
async function copy({ log }: Replica): Promise<number> {
  const holder = makeSigningKey()
  const clock = makeTestClock()
  const link = second.link()
  const to = makeRelayClient(link, holder, clock)
  const owners = [{ number: 0, key: story.ownerKey }]
  const keys = { logId: log.id, genesis: story.genesis, section: 'vitals', owners, epochs: [], moved: [] } as const
  expect(await registerDevice(to, keys, holder.publicKey, { devices: [] })).toEqual(ok(undefined))
  const stream = await openStream(link, holder, clock)
  const there = await nextAt({ log, to })
  if (stream === undefined || !there.ok) throw new Error('Cannot ask the second relay')
  const copied = await copyFrames({ log, keys, stream, to, isOver: () => false }, there.value)
  stream.close()
  return copied.ok ? copied.value : -1
}

/** Everything before it may go, and is gone. */
async function pruneBy({ log }: Replica, device: ReturnType<SyncStory['start']>): Promise<void> {
  expect(await log.writeSnapshot()).toEqual(ok(undefined))
  expect(await sync.settle(device)).toEqual(ok(undefined))
  const record = await log.makePrune(story.ownerKey)
  expect(await device.client.prune(log.id, encodePrune(record!))).toEqual(ok(undefined))
  await sync.sweep()
}

describe('a device that came after a prune', () => {
  test('brings a second relay what it has, and from there others read all of it and go on', async () => {
    const { creator } = story
    const other = await story.join()
    const [one, two] = [sync.start(story, creator), sync.start(story, other)]
    await note(creator, 'first')
    await sync.settle(one)
    await sync.until('it came', async () => (await notes(other)).length === 1)
    await note(other, 'second')
    await sync.settle(two)
    await sync.until('it came', async () => (await notes(creator)).length === 2)
    const key = makeEpochKey()
    story.keys.push(key)
    await other.log.addKeys([key])
    expect(await creator.log.writeEpoch(key, [other.identity.kem.publicKey], [])).toEqual(ok(undefined))
    await note(creator, 'under a new key')
    await pruneBy(creator, one)
    await note(other, 'third')
    await sync.settle(two)
    await sync.until('it came', async () => (await notes(creator)).length === 4)

    const late = await story.join()
    const three = sync.start(story, late)
    await sync.until('it has all', async () => (await notes(late)).length === 4)
    await sync.settle(three)
    expect(late.log.covered().size).toBe(2)
    expect(await copy(late)).toBe(0)
    // Again: nothing more is needed.
    expect(await copy(late)).toBe(0)

    const reader = await story.join()
    sync.start(story, reader, { at: second })
    await sync.until('it has all', async () => (await notes(reader)).length === 4)
    expect(reader.log.isComplete()).toBe(true)
    // Whose feed began late there goes on in it.
    two.engine.stop()
    const moved = sync.start(story, other, { at: second })
    await note(other, 'fifth')
    expect(await sync.settle(moved)).toEqual(ok(undefined))
    await sync.until('it came', async () => (await notes(reader)).includes('fifth'))
  })

  test('fills what a relay had of the beginning, and brings what several snapshots of several devices stand for', async () => {
    const { creator } = story
    const other = await story.join()
    const [one, two] = [sync.start(story, creator), sync.start(story, other)]
    await note(creator, 'first')
    await sync.settle(one)
    expect(await copy(creator)).toBe(0)
    await sync.until('it came', async () => (await notes(other)).length === 1)
    await note(other, 'second')
    await pruneBy(other, two)
    await sync.until('it came', async () => (await notes(creator)).length === 2)
    await note(creator, 'third')
    await pruneBy(creator, one)
    await note(creator, 'fourth')
    await sync.settle(one)

    const late = await story.join()
    sync.start(story, late)
    await sync.until('it has all', async () => (await notes(late)).length === 4)
    expect(await copy(late)).toBe(0)
    const reader = await story.join()
    sync.start(story, reader, { at: second })
    await sync.until('it has all', async () => (await notes(reader)).length === 4)
    expect(reader.log.isComplete()).toBe(true)
  })
})
