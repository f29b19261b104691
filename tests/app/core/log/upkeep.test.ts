import * as Automerge from '@automerge/automerge'
import { beforeAll, describe, expect, test } from 'vitest'
import { readyCrypto } from '#crypto/sodium.ts'
import { checkPrune } from '#crypto/verify.ts'
import { decodeFrame } from '#schema/protocol/frame.ts'
import { fail, ok } from '#schema/result.ts'
import {
  allFrames,
  deliver,
  exchange,
  ids,
  makeEpochKey,
  type Replica,
  save,
  tellStory,
} from '#tests/support/log-kit.ts'

beforeAll(readyCrypto)

const DAY_MS = 24 * 60 * 60 * 1000

const kindsOf = (frames: readonly Uint8Array[]) =>
  frames.map(frame => {
    const parts = decodeFrame(frame)
    return parts.ok ? parts.value.header.kind : 'damaged'
  })

function noise(length: number): Automerge.ImmutableString {
  const bytes = crypto.getRandomValues(new Uint8Array(length))
  return new Automerge.ImmutableString(String.fromCharCode(...bytes.map(byte => 33 + (byte % 90))))
}

/** What a relay still has after a prune: control frames, and what no cover includes. */
async function pruned(from: Replica, ownerKey: Parameters<Replica['log']['makePrune']>[0]) {
  const prune = (await from.log.makePrune(ownerKey))!
  const frames = await allFrames(from.log)
  const kept = frames.filter(frame => {
    const parts = decodeFrame(frame)
    if (!parts.ok) return false
    const { writer, seq, kind } = parts.value.header
    const cover = prune.covers.find(each => each.writer === writer)
    return kind === 'control' || cover === undefined || seq > cover.seq
  })
  return { prune, kept, frames }
}

describe('writeSnapshot()', () => {
  test('lets a new device start without what was pruned', async () => {
    const story = await tellStory()
    const { creator } = story
    const second = await story.join()
    for (let count = 0; count < 5; count++) await save(creator, `a${count}`)
    await save(creator, 'large', 'other', noise(60_000))
    await deliver(creator, second)
    for (let count = 0; count < 5; count++) await save(second, `b${count}`)
    await deliver(second, creator)
    expect(await creator.log.writeSnapshot()).toEqual(ok(undefined))
    await save(second, 'late')
    await deliver(second, creator)
    await save(creator, 'later')
    const { prune, kept, frames } = await pruned(creator, story.ownerKey)
    expect(checkPrune(prune, creator.log.genesis.ownerKey)).toBe(true)
    expect(kept.length).toBeLessThan(frames.length - 9)
    expect(kindsOf(kept).toSorted()).toEqual(['control', 'ops', 'ops', 'snapshot'])

    const fresh = await story.join()
    await fresh.log.receive(kept)
    const missing = fresh.log.missingBlobs()
    expect(missing).toHaveLength(1)
    expect(fresh.log.isComplete()).toBe(false)
    const ciphertext = creator.disk.rows('blobs').get(`${creator.log.id}/${missing[0]}`)!
    expect(await fresh.log.receiveBlob(missing[0]!, ciphertext.slice(0, -1))).toEqual(fail('not-it'))
    expect(await fresh.log.receiveBlob(missing[0]!, ciphertext)).toEqual(ok(undefined))
    expect(await ids(fresh)).toEqual(await ids(creator))
    expect(await ids(fresh, 'other')).toEqual(['large'])
    expect(fresh.log.isComplete()).toBe(true)
    expect(fresh.log.quarantine()).toEqual([])

    for (const withCaches of [false, true]) {
      if (withCaches) await fresh.log.saveCaches()
      await fresh.reopen()
      expect(await ids(fresh)).toEqual(await ids(creator))
      expect(fresh.log.feeds().map(({ writer, next }) => [writer, next])).toEqual(
        expect.arrayContaining(creator.log.feeds().map(({ writer, next }) => [writer, next])),
      )
    }
    await save(fresh, 'by the fresh one')
    await deliver(fresh, creator)
    await save(second, 'by the second')
    await deliver(second, creator)
    await deliver(creator, fresh)
    expect(await ids(fresh)).toEqual(await ids(creator))
    expect(await ids(fresh)).toContain('by the second')
  })

  test('deletes nothing where it is written or accepted (invariant 7)', async () => {
    const story = await tellStory()
    const other = await story.join()
    for (const id of ['a', 'b', 'c']) await save(story.creator, id)
    const before = story.creator.disk.rows('frames').size
    await story.creator.log.writeSnapshot()
    expect(story.creator.disk.rows('frames').size).toBe(before + 1)
    await deliver(story.creator, other)
    expect(other.disk.rows('frames').size).toBe(before + 1)
    expect(await ids(other)).toEqual(['a', 'b', 'c'])
  })

  test('lets go what only earlier snapshots of this device named', async () => {
    const { creator, ownerKey } = await tellStory()
    await save(creator, 'large', 'same', noise(60_000))
    await save(creator, 'large', 'grows', noise(60_000))
    await creator.log.writeSnapshot()
    expect(await creator.log.makePrune(ownerKey)).toMatchObject({ blobs: [] })
    const before = new Set([...creator.disk.rows('blobs').keys()].map(key => key.split('/')[1]))
    await save(creator, 'more', 'grows')
    await creator.log.writeSnapshot()
    const prune = await creator.log.makePrune(ownerKey)
    expect(prune?.blobs).toHaveLength(1)
    expect(before.has(prune!.blobs[0])).toBe(true)
    expect(before.size).toBe(2)
  })

  test('is refused while anything is missing (invariant 8)', async () => {
    const story = await tellStory()
    const other = await story.join()
    for (const id of ['a', 'b', 'c']) await save(story.creator, id)
    const frames = await allFrames(story.creator.log)
    await other.log.receive(frames.filter((_, index) => index !== 2))
    expect(other.log.isComplete()).toBe(false)
    expect(await other.log.writeSnapshot()).toEqual(fail('incomplete'))
    await other.log.receive(frames)
    expect(await other.log.writeSnapshot()).toEqual(ok(undefined))
  })

  test('uses the blob of an unchanged shard again', async () => {
    const { creator } = await tellStory()
    await save(creator, 'large', 'one', noise(60_000))
    await save(creator, 'large', 'two', noise(60_000))
    await creator.log.writeSnapshot()
    const blobs = () => creator.disk.rows('blobs').size
    expect(blobs()).toBe(2)
    await save(creator, 'more', 'two')
    await creator.reopen()
    await creator.log.writeSnapshot()
    expect(blobs()).toBe(3)
  })

  test('of a removed device stands for nothing later', async () => {
    const story = await tellStory()
    expect(await story.creator.log.makePrune(story.ownerKey)).toBeUndefined()
    const other = await story.join()
    await save(story.creator, 'a')
    await deliver(story.creator, other)
    const next = makeEpochKey()
    await story.creator.log.writeEpoch(next, [], [{ kind: 'principal', id: story.person.principal }])
    await save(other, 'b')
    await other.log.writeSnapshot()
    await deliver(other, story.creator)
    expect(await ids(story.creator)).toEqual(['a'])
  })
})

describe('writeHeads()', () => {
  test('says once a day what was accepted, if it says anything new', async () => {
    const story = await tellStory()
    const other = await story.join()
    const { creator } = story
    await deliver(creator, other)
    const count = () => kindsOf([...other.disk.rows('frames').values()]).filter(kind => kind === 'heads').length
    for (const [days, text, expected] of [
      [0, 'a', 1],
      [0, 'b', 1],
      [1, undefined, 2],
      [1, undefined, 2],
      [1, 'c', 3],
      [-400, 'd', 4],
    ] as const) {
      if (text !== undefined) await save(creator, text)
      await deliver(creator, other)
      other.clock.advance(days * DAY_MS)
      expect(await other.log.writeHeads()).toEqual(ok(undefined))
      expect(count()).toBe(expected)
    }
    await exchange(creator, other)
    expect(creator.log.quarantine()).toEqual([])
    expect(creator.log.isComplete()).toBe(true)
  })

  test('waits in the outbox without being anybody’s change, also after a restart', async () => {
    const story = await tellStory()
    const other = await story.join()
    await save(story.creator, 'a')
    await deliver(story.creator, other)
    await other.log.acknowledged(await other.log.outbox(1e9))
    await other.log.writeHeads()
    expect([other.log.outboxCount, other.log.unsentChanges]).toEqual([1, 0])
    await save(other, 'b')
    await other.reopen()
    expect([other.log.outboxCount, other.log.unsentChanges]).toEqual([2, 1])
    expect(await other.log.outbox(1e9)).toHaveLength(2)
  })
})

test('the EPOCH that founds a log is nobody’s change, and is not backed up before it is sent', async () => {
  const { creator } = await tellStory()
  const { log } = creator
  expect([log.outboxCount, log.unsentChanges, log.isBackedUp]).toEqual([1, 0, false])
  await save(creator, 'a')
  await creator.reopen()
  expect([creator.log.outboxCount, creator.log.unsentChanges]).toEqual([2, 1])
  await creator.log.acknowledged((await creator.log.outbox(1e9)).slice(1))
  expect([creator.log.outboxCount, creator.log.unsentChanges, creator.log.isBackedUp]).toEqual([1, 0, false])
  await creator.log.acknowledged(await creator.log.outbox(1e9))
  expect(creator.log.isBackedUp).toBe(true)
})

describe('resend()', () => {
  test('puts frames back into the outbox once', async () => {
    const { creator } = await tellStory()
    for (const id of ['a', 'b', 'c']) await save(creator, id)
    await creator.log.acknowledged(await creator.log.outbox(1e9))
    expect(creator.log.outboxCount).toBe(0)
    expect(await creator.log.resend(creator.log.writer, 2)).toEqual(ok(undefined))
    expect(await creator.log.resend(creator.log.writer, 2)).toEqual(ok(undefined))
    await creator.reopen()
    const items = await creator.log.outbox(1e9)
    expect(items.map(item => (item.kind === 'frame' ? item.seq : item.kind))).toEqual([2, 3])
    expect(await creator.log.outbox(1)).toHaveLength(1)
  })
})
