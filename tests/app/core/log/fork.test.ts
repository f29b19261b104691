import { ImmutableString } from '@automerge/automerge'
import { beforeAll, describe, expect, test } from 'vitest'
import { logKeyOf, openSigned } from '#app/core/log/open-frame.ts'
import { frameHash } from '#crypto/hash.ts'
import { readyCrypto } from '#crypto/sodium.ts'
import { decodeFrame } from '#schema/protocol/frame.ts'
import { ok } from '#schema/result.ts'
import {
  allFrames,
  deliver,
  exchange,
  ids,
  type LogStory,
  makeEpochKey,
  type Replica,
  steppedOver,
  tellStory,
} from '#tests/support/log-kit.ts'
import { ProcessKilled } from '#tests/support/memory-store.ts'

beforeAll(readyCrypto)

type Notes = Record<string, ImmutableString>

async function save({ log }: Replica, id: string, label = 'notes'): Promise<void> {
  await log.change<Notes>(label, doc => {
    doc[id] = new ImmutableString(id)
  })
  expect(await log.flush()).toEqual(ok(undefined))
}

/** What a frame says that its writer had accepted. */
function pointsSeen(bytes: Uint8Array<ArrayBuffer>, { keys, creator }: LogStory): string[] {
  const parts = decodeFrame(bytes)
  if (!parts.ok) throw new Error('Cannot read a stored frame')
  const known = new Map(keys.map(key => [key.keyId, logKeyOf(key, creator.log.id)]))
  const { content } = openSigned(parts.value, frameHash(bytes), known).fact
  return content.kind === 'ops' ? content.seen.map(({ writer, seq }) => `${writer} ${seq}`) : []
}

/** What everybody has to agree on, quarantine apart. */
async function picture({ log }: Replica) {
  for (const { label } of log.shards()) await log.read(label)
  return log.shards().map(({ label, heads }) => [label, heads])
}

/** Two processes that sign as one writer; both wrote on. */
async function cloned() {
  const story = await tellStory()
  const original = story.creator
  await save(original, 'shared')
  const clone = await original.clone()
  await save(original, 'by the original')
  await save(clone, 'by the clone')
  return { story, original, clone }
}

describe('a restart from caches', () => {
  test('after mending does not go back to the feed as it was', async () => {
    const { original, clone } = await cloned()
    await clone.log.saveCaches()
    const frames = await original.log.frames(original.log.writer, 0, 1_000_000)
    expect(await clone.log.mendFork(2)).toEqual(ok(undefined))
    await clone.reopen()
    expect(clone.log.feeds().find(({ writer }) => writer === original.log.writer)?.next).toBe(2)
    await clone.log.receive(frames)
    await deliver(clone, original)
    expect(await ids(clone)).toEqual(['by the clone', 'by the original', 'shared'])
    expect(await picture(clone)).toEqual(await picture(original))
  })

  test('remembers a fork that was found after they were saved', async () => {
    const { story, original, clone } = await cloned()
    const other = await story.join()
    await deliver(original, other)
    await other.log.saveCaches()
    const theirs = await allFrames(clone.log)
    expect(await other.log.receive(theirs)).toMatchObject({ value: { forks: [{ seq: 2 }] } })
    const before = [await picture(other), other.log.quarantine()]
    await other.reopen()
    expect([await picture(other), other.log.quarantine()]).toEqual(before)
  })
})

test('what is made again is sealed under the EPOCH that came with the fork (invariant 12)', async () => {
  const { original, clone } = await cloned()
  const next = makeEpochKey()
  expect(await original.log.writeEpoch(next, [], [])).toEqual(ok(undefined))
  await clone.log.addKeys([next])
  await clone.log.receive(await allFrames(original.log))
  const [bytes] = await clone.log.frames(clone.log.writer, 0, 1)
  expect(decodeFrame(bytes!)).toMatchObject({ value: { header: { seq: 0, keyId: next.keyId } } })
  await deliver(clone, original)
  expect(await picture(original)).toEqual(await picture(clone))
})

describe('carry()', () => {
  /** Two histories: one person holds the original's branch, another the clone's and built upon it. The relay has the original's. */
  async function twoHistories() {
    const { story, original, clone } = await cloned()
    const [left, right] = [await story.join(), await story.join()]
    await deliver(original, left)
    await deliver(clone, right)
    await save(right, 'upon the clone')
    await save(left, 'upon the original')
    const forked = await original.log.frames(original.log.writer, 0, 1_000_000)
    return { story, original, left, right, forked }
  }

  test('brings everybody what the relay refuses, and all agree', async () => {
    const { story, original, left, right, forked } = await twoHistories()
    await right.log.receive(forked)
    expect([...right.log.forks()]).toEqual([[original.log.writer, 2]])
    const atRelay = new Set(forked.map(frame => frameHash(frame)))
    expect(await right.log.carry(atRelay, new Map())).toEqual(ok(undefined))
    const count = right.log.outboxCount
    expect(await right.log.carry(atRelay, new Map())).toEqual(ok(undefined))
    expect(right.log.outboxCount).toBe(count)
    const theirs = await right.log.frames(right.log.writer, 0, 1_000_000)
    const blobs = (await right.log.outbox(1e9)).filter(item => item.kind === 'blob')
    const late = await story.join()
    for (const frame of [...theirs, ...(await left.log.frames(left.log.writer, 0, 1e6)), ...forked].toReversed()) {
      await late.log.receive([frame])
    }
    await left.log.receive(theirs)
    for (const { log } of [left, late]) {
      expect(log.isComplete()).toBe(false)
      expect(log.missingBlobs()).toHaveLength(1)
      for (const { blobId, ciphertext } of blobs) await log.receiveBlob(blobId, ciphertext)
    }
    await right.log.receive(await left.log.frames(left.log.writer, 0, 1e6))
    const all = ['by the clone', 'by the original', 'shared', 'upon the clone', 'upon the original']
    for (const replica of [left, right, late]) {
      expect(await ids(replica)).toEqual(all)
      expect(await picture(replica)).toEqual(await picture(right))
      expect(replica.log.isComplete()).toBe(true)
      expect(await replica.log.makePrune(story.ownerKey)).toBeUndefined()
    }
    await left.log.saveCaches()
    await left.reopen()
    expect(await ids(left)).toEqual(all)
  })

  test('is unpacked after a restart between the frame and what it carries', async () => {
    const { left, right, forked } = await twoHistories()
    await right.log.receive(forked)
    await right.log.carry(new Set(forked.map(frame => frameHash(frame))), new Map())
    const theirs = await right.log.frames(right.log.writer, 0, 1_000_000)
    await left.log.receive(theirs)
    const blobs = (await right.log.outbox(1e9)).filter(item => item.kind === 'blob')
    // The blob is durable; what it carries is not.
    left.store.killAt(left.store.commits + 1, 'after')
    await expect(left.log.receiveBlob(blobs[0]!.blobId, blobs[0]!.ciphertext)).rejects.toThrow(ProcessKilled)
    await left.reopen()
    await right.log.receive(await left.log.frames(left.log.writer, 0, 1e6))
    expect(await ids(left)).toEqual(await ids(right))
    expect(await picture(left)).toEqual(await picture(right))
  })
})

test('a branch that goes on where the one held first ends lacks nothing', async () => {
  const { story, original, clone } = await cloned()
  const [left, right] = [await story.join(), await story.join()]
  await deliver(original, left)
  await save(left, 'upon the original')
  for (const id of ['two', 'three']) await save(clone, id)
  await deliver(clone, right)
  await save(right, 'upon the clone')
  for (const from of [clone, right]) await deliver(from, left)
  for (const from of [original, left]) await deliver(from, right)
  const all = ['by the clone', 'by the original', 'shared', 'three', 'two', 'upon the clone', 'upon the original']
  for (let restarts = 0; restarts < 2; restarts++) {
    expect(await ids(left)).toEqual(all)
    expect(left.log.quarantine()).toEqual([])
    expect(left.log.isComplete()).toBe(true)
    await left.log.saveCaches()
    await left.reopen()
  }
  expect(await picture(left)).toEqual(await picture(right))
})

test('what comes late below a base is content of its own where the base stands for another branch', async () => {
  const { story, original, clone } = await cloned()
  const [left, right, late] = [await story.join(), await story.join(), await story.join()]
  await deliver(original, left)
  await save(left, 'upon the original')
  await deliver(clone, right)
  expect(await right.log.writeSnapshot()).toEqual(ok(undefined))
  await save(clone, 'after')
  const [epoch, , , after] = await clone.log.frames(clone.log.writer, 0, 1_000_000)
  await late.log.receive([epoch!, after!, ...(await right.log.frames(right.log.writer, 0, 1_000_000))])
  expect(await ids(late)).toEqual(['after', 'by the clone', 'shared'])
  await late.log.saveCaches()
  const [, , parted] = await original.log.frames(original.log.writer, 0, 1_000_000)
  await late.log.receive([parted!, ...(await left.log.frames(left.log.writer, 0, 1_000_000))])
  for (let restarts = 0; restarts < 2; restarts++) {
    expect(await ids(late)).toEqual(['after', 'by the clone', 'by the original', 'shared', 'upon the original'])
    await late.reopen()
  }
})

test('a snapshot that was accepted before anything needed it brings its content as a base, too', async () => {
  const story = await tellStory()
  const { creator } = story
  const [other, late] = [await story.join(), await story.join()]
  for (const id of ['one', 'two']) await save(creator, id)
  await deliver(creator, other)
  expect(await other.log.writeSnapshot()).toEqual(ok(undefined))
  await save(creator, 'three')
  const [epoch, , , three] = await allFrames(creator.log)
  for (const frame of [epoch!, ...(await other.log.frames(other.log.writer, 0, 1_000_000)), three!]) {
    expect(await late.log.receive([frame])).toMatchObject({ ok: true })
  }
  expect(await ids(late)).toEqual(['one', 'three', 'two'])
})

test('what was accepted of a feed is said before another branch of it is taken in, and stays (invariant 4)', async () => {
  const { story, original, clone } = await cloned()
  const [left, right, late] = [await story.join(), await story.join(), await story.join()]
  await deliver(original, left)
  for (const id of ['two', 'three']) await save(clone, id)
  await deliver(clone, right)
  const theirs = await clone.log.frames(clone.log.writer, 0, 1_000_000)
  // Of one branch only its end is new to `left`, the other one comes from its beginning.
  await left.log.receive(theirs.slice(3))
  await right.log.receive(await original.log.frames(original.log.writer, 0, 1_000_000))
  await left.log.receive(theirs)
  await exchange(left, right)
  const all = ['by the clone', 'by the original', 'shared', 'three', 'two']
  for (const from of [original, clone, left, right]) await late.log.receive(await allFrames(from.log))
  for (const replica of [left, right, late]) {
    expect(await ids(replica)).toEqual(all)
    expect(replica.log.isComplete()).toBe(true)
  }
})

describe('a clone that was away', () => {
  /** The original wrote on, and a prune left its EPOCH, a snapshot and what followed. */
  async function away() {
    const { story, original, clone } = await cloned()
    await save(original, 'later')
    expect(await original.log.writeSnapshot()).toEqual(ok(undefined))
    await save(original, 'last')
    const all = await allFrames(original.log)
    return { story, original, clone, all, left: [all[0]!, all[4]!, all[5]!] }
  }

  test('makes its own again upon the snapshot that stands for the other branch, and says that it saw it', async () => {
    const { story, original, clone, all, left } = await away()
    for (const frame of left) await clone.log.receive([frame])
    expect(clone.log.writer).not.toBe(original.log.writer)
    expect(await ids(clone)).toEqual(['by the clone', 'by the original', 'last', 'later', 'shared'])
    const [bytes] = await clone.log.frames(clone.log.writer, 0, 1)
    expect(pointsSeen(bytes!, story)).toEqual([`${original.log.writer} 4`])
    await deliver(clone, original)
    expect(await picture(original)).toEqual(await picture(clone))
    const late = await story.join()
    for (const frame of [bytes!, ...all.toReversed()]) await late.log.receive([frame])
    expect(await picture(late)).toEqual(await picture(clone))
    expect([clone, original, late].every(({ log }) => log.isComplete())).toBe(true)
  })

  test('sees by a frame that does not follow its own that they parted before', async () => {
    const { original, clone, all } = await away()
    // The clone signs next at 3, and its frame 2 is another one.
    for (const frame of [all[3]!, all[2]!, all[4]!]) await clone.log.receive([frame])
    await exchange(original, clone)
    expect(await ids(clone)).toEqual(['by the clone', 'by the original', 'last', 'later', 'shared'])
    expect(await picture(original)).toEqual(await picture(clone))
    expect([clone, original].flatMap(({ log }) => log.quarantine())).toEqual([])
  })
})

test('shards() names the heads of a closed shard whose base holds what a frame brings', async () => {
  const story = await tellStory()
  const { creator } = story
  const other = await story.join()
  await save(creator, 'one')
  await deliver(creator, other)
  await save(other, 'two')
  await exchange(creator, other)
  await save(creator, 'three')
  await deliver(creator, other)
  expect(await other.log.writeSnapshot()).toEqual(ok(undefined))
  await save(creator, 'four', 'others')
  // The frame with "three" never comes: the base stands for it.
  const [epoch, one, , four] = await allFrames(creator.log)
  const [two, snapshot] = await other.log.frames(other.log.writer, 0, 1_000_000)
  const frames = [epoch!, one!, four!, two!, snapshot!]
  const late = [await story.join(), await story.join(), await story.join()] as const
  await late[0].log.receive(frames)
  for (const frame of frames.toReversed()) await late[1].log.receive([frame])
  await late[2].log.receive([epoch!, four!, snapshot!])
  await late[2].log.saveCaches()
  await late[2].reopen()
  await late[2].log.receive([two!, one!])
  for (const { log } of late) {
    const heads = log.shards()
    expect(Object.keys(await log.read('notes')).toSorted()).toEqual(['one', 'three', 'two'])
    expect(heads).toEqual(log.shards())
  }
})

test('receive() looks at an EPOCH that came after a base had stood for its place', async () => {
  const { late, missing } = await steppedOver()
  expect(late.log.quarantine()).toMatchObject([{ reason: 'missing-dependency' }])
  await late.log.receive(missing)
  expect(late.log.quarantine()).toEqual([])
  expect(await ids(late)).toEqual(['after', 'before'])
})
