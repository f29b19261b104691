import * as Automerge from '@automerge/automerge'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Removal, SealedLog } from '#app/core/log/sealed-log.ts'
import { recoverHomeKeys } from '#app/core/log/recover-keys.ts'
import { makeKemKey } from '#crypto/keys.ts'
import { randomBytes, readyCrypto } from '#crypto/sodium.ts'
import { DeviceId } from '#schema/ids.ts'
import { decodeFrame } from '#schema/protocol/frame.ts'
import { fail, ok } from '#schema/result.ts'
import {
  allFrames,
  deliver,
  exchange,
  ids,
  makeDevice,
  makeEpochKey,
  makePerson,
  type Replica,
  save,
  tellStory,
} from '#tests/support/log-kit.ts'

beforeAll(readyCrypto)

const removalOf = (replica: Replica): Removal => ({
  kind: 'device',
  id: DeviceId.of(replica.identity.device.publicKey),
})

async function rotate(log: SealedLog, removals: readonly Removal[] = []) {
  const next = makeEpochKey()
  expect(await log.writeEpoch(next, [makeKemKey().publicKey], removals)).toEqual(ok(undefined))
  return next
}

describe('writeEpoch()', () => {
  test('puts every later frame under the new key (invariant 12)', async () => {
    const { creator, keys } = await tellStory()
    await save(creator, 'a')
    const next = await rotate(creator.log)
    await save(creator, 'b')
    expect(creator.log.currentKeyId()).toBe(next.keyId)
    const used = (await allFrames(creator.log)).map(frame => {
      const parts = decodeFrame(frame)
      return parts.ok ? parts.value.header.keyId : undefined
    })
    expect(used).toEqual([keys[0]!.keyId, keys[0]!.keyId, next.keyId, next.keyId])
  })

  test('counts where a frame before it in its feed is still missing', async () => {
    const story = await tellStory()
    const { creator } = story
    const other = await story.join()
    await deliver(creator, other)
    await save(creator, 'a')
    const next = await rotate(creator.log)
    await other.log.addKeys([next])
    const [, before, epoch] = await allFrames(creator.log)
    expect(await other.log.receive([epoch!])).toMatchObject(ok({ quarantined: [{ reason: 'gap' }] }))
    expect(other.log.currentKeyId()).toBe(next.keyId)
    expect(await other.log.receive([before!])).toMatchObject(ok({ accepted: 2, quarantined: [] }))
  })

  test('is not undone by a restart', async () => {
    const { creator, keys } = await tellStory()
    keys.push(await rotate(creator.log))
    await creator.reopen()
    await creator.log.saveCaches()
    await creator.reopen()
    await save(creator, 'a')
    expect(creator.log.currentKeyId()).toBe(keys[1]!.keyId)
    expect(await ids(creator)).toEqual(['a'])
  })

  test('writes no second EPOCH under a key that was superseded meanwhile', async () => {
    const story = await tellStory()
    const other = await story.join()
    const first = await rotate(story.creator.log)
    await deliver(story.creator, other)
    await other.log.addKeys([first])
    const second = await rotate(other.log)
    await deliver(other, story.creator)
    await story.creator.log.addKeys([second])
    expect(story.creator.log.currentKeyId()).toBe(second.keyId)
    const before = (await allFrames(story.creator.log)).length
    expect(await story.creator.log.writeEpoch(first, [], [])).toEqual(ok(undefined))
    expect((await allFrames(story.creator.log)).length).toBe(before)
    expect(story.creator.log.currentKeyId()).toBe(second.keyId)
  })

  test('what comes under an unknown key waits for it', async () => {
    const story = await tellStory()
    const other = await story.join()
    await save(story.creator, 'a')
    const next = await rotate(story.creator.log)
    await save(story.creator, 'b')
    await deliver(story.creator, other)
    expect(await ids(other)).toEqual(['a'])
    expect(other.log.quarantine().map(({ reason }) => reason)).toEqual(['unknown-key', 'unknown-key'])
    expect(other.log.isComplete()).toBe(false)
    await other.log.addKeys([next])
    expect(await ids(other)).toEqual(['a', 'b'])
    expect(other.log.isComplete()).toBe(true)
    expect(other.log.currentKeyId()).toBe(next.keyId)
  })

  test('opens to those it was sealed to', async () => {
    const { creator, genesis, keys } = await tellStory()
    const next = await rotate(creator.log)
    const reader = makeKemKey()
    const last = makeEpochKey()
    await creator.log.writeEpoch(last, [reader.publicKey], [])
    const frames = await allFrames(creator.log)
    expect(recoverHomeKeys(genesis, frames, reader)).toEqual([last])
    expect(recoverHomeKeys(genesis, frames, creator.identity.kem)).toEqual([keys[0]])
    expect(recoverHomeKeys(genesis, [...frames, new Uint8Array(3)], makeKemKey())).toEqual([])
    expect(next.keyId).not.toBe(last.keyId)
  })
})

describe('a removed device', () => {
  test('is cut where it was seen; what it wrote later is shown, and no part of the document', async () => {
    const story = await tellStory()
    const removed = await story.join()
    await save(story.creator, 'a')
    await exchange(story.creator, removed)
    await save(removed, 'before')
    await exchange(story.creator, removed)
    await save(removed, 'unseen')
    story.keys.push(await rotate(story.creator.log, [removalOf(removed)]))
    await deliver(removed, story.creator)
    expect(await ids(story.creator)).toEqual(['a', 'before'])
    expect(story.creator.log.quarantine()).toMatchObject([{ writer: removed.log.writer, reason: 'past-cut' }])
    expect(story.creator.log.isComplete()).toBe(true)
    await story.creator.reopen()
    expect(await ids(story.creator)).toEqual(['a', 'before'])
  })

  test('takes no other device with it that it had certified, also one of which nobody was told: its relay does that', async () => {
    const story = await tellStory()
    const removed = await story.join()
    await exchange(story.creator, removed)
    const secret = await story.join(makeDevice(story.person, removed.identity))
    await deliver(story.creator, secret)
    const next = await rotate(story.creator.log, [removalOf(removed)])
    await save(removed, 'by the removed one')
    await save(secret, 'by the other')
    await rotate(secret.log, [removalOf(story.creator)])
    await deliver(removed, story.creator)
    await deliver(secret, story.creator)
    expect(await ids(story.creator)).toEqual(['by the other'])
    const reasons = new Map(story.creator.log.quarantine().map(({ writer, reason }) => [writer, reason]))
    expect(reasons.get(removed.log.writer)).toBe('past-cut')
    // Its EPOCH, under a key that this device was never given.
    expect(reasons.get(secret.log.writer)).toBe('unknown-key')
    expect(story.creator.log.currentKeyId()).toBe(next.keyId)
  })

  test('keeps what others had built upon before they knew (invariant 4)', async () => {
    const story = await tellStory()
    const removed = await story.join()
    const third = await story.join()
    await save(story.creator, 'a')
    for (const to of [removed, third]) await deliver(story.creator, to)
    await save(removed, 'needed')
    await deliver(removed, third)
    await save(third, 'on top')
    await save(removed, 'not needed')
    const next = await rotate(story.creator.log, [removalOf(removed)])
    story.keys.push(next)
    for (const replica of [removed, third]) await replica.log.addKeys([next])
    await deliver(removed, third)
    await exchange(story.creator, third)
    await deliver(removed, story.creator)
    const last = await story.join()
    await deliver(third, last)
    await deliver(removed, last)
    for (const replica of [story.creator, third, last]) expect(await ids(replica)).toEqual(['a', 'needed', 'on top'])
  })

  test('asks for the blob of what others had built upon, and for no other that the removed one left', async () => {
    const story = await tellStory()
    const removed = await story.join()
    const third = await story.join()
    for (const to of [removed, third]) await deliver(story.creator, to)
    for (const label of ['needed', 'not needed']) {
      const pages = { one: randomBytes(60_000), two: randomBytes(60_000) }
      const large = Automerge.from(pages, { actor: removed.log.actor() })
      await removed.log.putShard(label, new Uint8Array(Automerge.save(large)))
      expect(await removed.log.flush()).toEqual(ok(undefined))
      if (label === 'not needed') continue
      await deliver(removed, third)
      await save(third, 'on top')
    }
    const next = await rotate(story.creator.log, [removalOf(removed)])
    story.keys.push(next)
    await third.log.addKeys([next])
    for (const from of [removed, third]) await story.creator.log.receive(await allFrames(from.log))
    const asked = story.creator.log.missingBlobs()
    expect(asked).toHaveLength(1)
    await story.creator.log.saveCaches()
    await story.creator.reopen()
    expect(story.creator.log.missingBlobs()).toEqual(asked)
    await deliver(third, story.creator)
    expect(await ids(story.creator)).toEqual(['on top'])
    expect(story.creator.log.shards().map(({ label }) => label)).toEqual(['needed', 'notes'])
    expect(story.creator.log.isComplete()).toBe(true)
  })

  test('takes no unsealed edit of others with it, and stays cut itself', async () => {
    const story = await tellStory()
    const removed = await story.join()
    const third = await story.join()
    for (const to of [removed, third]) await deliver(story.creator, to)
    await save(removed, 'x')
    await deliver(removed, third)
    await third.log.change<Record<string, string>>('notes', doc => {
      doc['pending'] = 'made when x was good'
    })
    const next = await rotate(story.creator.log, [removalOf(removed)])
    for (const replica of [third, removed]) await replica.log.addKeys([next])
    await deliver(story.creator, third)
    await deliver(third, story.creator)
    for (const replica of [third, story.creator]) expect(await ids(replica)).toEqual(['pending', 'x'])
    await deliver(story.creator, removed)
    await save(removed, 'after')
    expect(await ids(removed)).toEqual(['pending', 'x'])
    expect(removed.log.quarantine()).toMatchObject([{ reason: 'past-cut' }])
  })

  test('loses what was already applied elsewhere when the cut is learnt', async () => {
    const story = await tellStory()
    const removed = await story.join()
    const third = await story.join()
    await save(story.creator, 'a')
    for (const to of [removed, third]) await deliver(story.creator, to)
    await save(removed, 'late')
    await deliver(removed, third)
    expect(await ids(third)).toEqual(['a', 'late'])
    const next = await rotate(story.creator.log, [removalOf(removed)])
    await third.log.addKeys([next])
    await deliver(story.creator, third)
    expect(await ids(third)).toEqual(['a'])
    await save(third, 'c')
    await deliver(third, story.creator)
    expect(await ids(story.creator)).toEqual(['a', 'c'])
  })
})

describe('a removed device that had rotated', () => {
  /** The third device writes under the removed one's EPOCH, which the remover does not know. */
  async function rotatedAside() {
    const story = await tellStory()
    const removed = await story.join()
    const third = await story.join()
    await save(story.creator, 'a')
    for (const to of [removed, third]) await deliver(story.creator, to)
    const lapsed = await rotate(removed.log)
    await save(removed, 'needed')
    await third.log.addKeys([lapsed])
    await deliver(removed, third)
    await save(third, 'under the refused key')
    await save(removed, 'not needed')
    const next = await rotate(story.creator.log, [removalOf(removed)])
    return { story, removed, third, lapsed, next }
  }

  test('takes nobody’s writes with its EPOCH, and leaves nothing waiting (invariants 3, 4, 8)', async () => {
    const { story, removed, third, lapsed, next } = await rotatedAside()
    for (const replica of [story.creator, third]) await replica.log.addKeys([lapsed, next])
    await deliver(removed, third)
    await exchange(story.creator, third)
    await deliver(removed, story.creator)
    await save(third, 'later')
    await deliver(third, story.creator)
    const last = await story.join(undefined, [...story.keys, lapsed, next])
    await deliver(story.creator, last)
    const expected = ['a', 'later', 'needed', 'under the refused key']
    for (const replica of [story.creator, third, last]) {
      expect(await ids(replica)).toEqual(expected)
      expect(replica.log.isComplete()).toBe(true)
      expect(replica.log.currentKeyId()).toBe(next.keyId)
      expect(new Set(replica.log.quarantine().map(({ reason }) => reason))).toEqual(new Set(['past-cut']))
      expect(await replica.log.writeSnapshot()).toEqual(ok(undefined))
    }
  })

  test('has its key asked for, from who knows it and from who does not', async () => {
    const { story, removed, third, lapsed, next } = await rotatedAside()
    expect([...story.creator.log.wantedKeys()]).toEqual([])
    for (const { log } of [story.creator, third]) await log.addKeys([next])
    await deliver(removed, third)
    await exchange(story.creator, third)
    expect(story.creator.log.isComplete()).toBe(false)
    for (const { log } of [story.creator, third]) expect([...log.wantedKeys()]).toEqual([lapsed.keyId])
  })

  test('leaves them readable after a restart from the caches', async () => {
    const { story, removed, third, lapsed, next } = await rotatedAside()
    story.keys.push(lapsed, next)
    await story.creator.log.addKeys([lapsed])
    await deliver(removed, story.creator)
    expect(await story.creator.log.saveCaches()).toEqual(ok(undefined))
    await story.creator.reopen()
    await deliver(third, story.creator)
    expect(await ids(story.creator)).toEqual(['a', 'needed', 'under the refused key'])
    await story.creator.reopen()
    expect(await ids(story.creator)).toEqual(['a', 'needed', 'under the refused key'])
  })

  test('takes no other admin’s removal with it, that had followed its EPOCH', async () => {
    const story = await tellStory()
    const removed = await story.join()
    const third = await story.join()
    const fourth = await story.join()
    for (const to of [removed, third, fourth]) await deliver(story.creator, to)
    const lapsed = await rotate(removed.log)
    await third.log.addKeys([lapsed])
    await deliver(removed, third)
    const followed = await rotate(third.log, [removalOf(fourth)])
    const next = await rotate(story.creator.log, [removalOf(removed)])
    for (const { log } of [story.creator, third, fourth]) await log.addKeys([lapsed, followed, next])
    await exchange(story.creator, third)
    await save(fourth, 'late')
    for (const to of [story.creator, third]) await deliver(fourth, to)
    await save(third, 'b')
    await exchange(story.creator, third)
    for (const replica of [story.creator, third]) {
      expect(await ids(replica)).toEqual(['b'])
      expect(replica.log.isComplete()).toBe(true)
      expect(replica.log.currentKeyId()).not.toBe(lapsed.keyId)
    }
    expect(story.creator.log.currentKeyId()).toBe(third.log.currentKeyId())
  })
})

describe('two admins at once', () => {
  test('both epochs count, removals unite, either key reads, and the next one joins them', async () => {
    const story = await tellStory()
    const second = await story.join()
    const one = await story.join()
    const two = await story.join()
    for (const replica of [second, one, two]) await deliver(story.creator, replica)
    for (const replica of [one, two]) await save(replica, 'x')
    for (const replica of [one, two]) for (const to of [story.creator, second]) await deliver(replica, to)
    const a = await rotate(story.creator.log, [removalOf(one)])
    const b = await rotate(second.log, [removalOf(two)])
    await save(story.creator, 'under a')
    await save(second, 'under b')
    for (const replica of [story.creator, second]) await replica.log.addKeys([a, b])
    await exchange(story.creator, second)
    for (const replica of [one, two]) {
      await replica.log.addKeys([a, b])
      await save(replica, 'late')
      await deliver(replica, second)
      await deliver(replica, story.creator)
    }
    const expected = ['under a', 'under b', 'x']
    for (const replica of [story.creator, second]) expect(await ids(replica)).toEqual(expected)
    expect(story.creator.log.currentKeyId()).toBe(second.log.currentKeyId())
    const joined = await rotate(second.log)
    await story.creator.log.addKeys([joined])
    await exchange(story.creator, second)
    expect(story.creator.log.currentKeyId()).toBe(joined.keyId)
  })

  test('who is nearer to idSign wins when each removes the other', async () => {
    const story = await tellStory()
    const farther = await story.join(makeDevice(story.person, story.creator.identity))
    await exchange(story.creator, farther)
    await save(farther, 'x')
    await exchange(story.creator, farther)
    const a = await rotate(story.creator.log, [removalOf(farther)])
    const b = await rotate(farther.log, [removalOf(story.creator)])
    const last = await story.join()
    await last.log.addKeys([a, b])
    await deliver(farther, last)
    await deliver(story.creator, last)
    expect(last.log.currentKeyId()).toBe(a.keyId)
    await story.creator.log.addKeys([b])
    await deliver(farther, story.creator)
    expect(story.creator.log.currentKeyId()).toBe(a.keyId)
  })
})

describe('two admins who remove each other', () => {
  async function pictureOf(replica: Replica) {
    const { log } = replica
    return { ids: await ids(replica), key: log.currentKeyId(), isComplete: log.isComplete() }
  }

  test('one answer on every device, in any order: the loser’s writes up to the cut stay, later ones are shown', async () => {
    const story = await tellStory()
    const one = await story.join()
    const two = await story.join()
    for (const to of [one, two]) await deliver(story.creator, to)
    for (const replica of [one, two]) {
      await save(replica, `${replica === one ? 'one' : 'two'}, known`)
      await deliver(replica, story.creator)
      await deliver(replica, replica === one ? two : one)
    }
    await save(one, 'one, unknown')
    await save(two, 'two, unknown')
    const a = await rotate(one.log, [removalOf(two)])
    const b = await rotate(two.log, [removalOf(one)])
    await save(one, 'one, after')
    await save(two, 'two, after')
    const known = [...story.keys, a, b]
    const pictures: unknown[] = []
    for (const order of [
      [one, two],
      [two, one],
    ]) {
      const last = await story.join(undefined, known)
      for (const from of order) await deliver(from, last)
      await deliver(story.creator, last)
      pictures.push(await pictureOf(last))
      expect(await last.log.writeSnapshot()).toEqual(ok(undefined))
    }
    for (const replica of [one, two]) await replica.log.addKeys(known)
    await exchange(one, two)
    for (const replica of [one, two]) pictures.push(await pictureOf(replica))
    const isOne = one.log.currentKeyId() === a.keyId
    const winner = isOne ? ['one, after', 'one, known', 'one, unknown'] : ['two, after', 'two, known', 'two, unknown']
    const expected = [...winner, isOne ? 'two, known' : 'one, known'].toSorted()
    for (const picture of pictures) {
      expect(picture).toEqual({ ids: expected, key: (isOne ? a : b).keyId, isComplete: true })
    }
    expect(one.log.quarantine().map(({ reason }) => reason)).toEqual(['past-cut', 'past-cut', 'past-cut'])
  })
})

describe('a log of which only the genesis is here', () => {
  test('refuses what cannot be sealed yet, takes the frames when they come, and goes on from there', async () => {
    const story = await tellStory()
    await save(story.creator, 'a')
    const fresh = await story.join()
    await fresh.log.change<Record<string, string>>('notes', doc => {
      doc['too early'] = 'x'
    })
    expect(fresh.log.currentKeyId()).toBeUndefined()
    expect(await fresh.log.flush()).toEqual(fail('no-key'))
    expect(await ids(fresh)).toEqual([])
    expect(await fresh.log.writeHeads()).toEqual(ok(undefined))
    expect(await fresh.log.writeSnapshot()).toEqual(fail('no-key'))
    expect(await fresh.log.writeEpoch(makeEpochKey(), [], [])).toEqual(fail('no-key'))
    await fresh.log.change<Record<string, string>>('notes', doc => {
      doc['unsealed when they come'] = 'x'
    })
    expect(await fresh.log.saveCaches()).toEqual(fail('no-key'))
    await deliver(story.creator, fresh)
    expect(await fresh.log.flush()).toEqual(ok(undefined))
    await deliver(fresh, story.creator)
    for (const replica of [fresh, story.creator]) {
      expect(await ids(replica)).toEqual(['a', 'unsealed when they come'])
    }
  })
})

describe('a stranger with the key', () => {
  test('is not heard', async () => {
    const story = await tellStory()
    // Its client takes it for the owner's; its certificates say whose it is.
    const { principal } = story.creator.identity
    const stranger = await story.join({ ...makeDevice(makePerson()), principal })
    await deliver(story.creator, stranger)
    await save(stranger, 'forged')
    await deliver(stranger, story.creator)
    expect(await ids(story.creator)).toEqual([])
    expect(story.creator.log.quarantine()).toMatchObject([{ reason: 'not-rostered' }])
    expect(story.creator.log.isComplete()).toBe(true)
  })

  test('cannot rotate', async () => {
    const story = await tellStory()
    const stranger = await story.join(makeDevice(makePerson()))
    await deliver(story.creator, stranger)
    const next = await rotate(stranger.log, [removalOf(story.creator)])
    await story.creator.log.addKeys([next])
    await deliver(stranger, story.creator)
    expect(story.creator.log.currentKeyId()).toBe(story.keys[0]!.keyId)
    await save(story.creator, 'still mine')
    expect(await ids(story.creator)).toEqual(['still mine'])
  })
})

test('what others built upon a removed one’s snapshot is carried to who lacks it, and stays (invariant 4)', async () => {
  const story = await tellStory()
  const { creator } = story
  const [removed, builder, whole] = [await story.join(), await story.join(), await story.join()]
  for (const other of [removed, builder, whole]) await deliver(creator, other)
  await save(removed, 'early')
  expect(await removed.log.writeSnapshot()).toEqual(ok(undefined))
  await save(removed, 'late')
  const { writer } = removed.log
  const [early, ...since] = await removed.log.frames(writer, 0, 1e6)
  await builder.log.receive(since)
  await save(builder, 'upon')
  const next = await rotate(creator.log, [removalOf(removed)])
  for (const { log } of [builder, whole]) await log.addKeys([next])
  for (const other of [builder, whole]) await deliver(creator, other)
  await deliver(builder, creator)
  expect(creator.log.isComplete()).toBe(false)

  expect([...builder.log.cutFeeds()]).toEqual([writer])
  expect(await builder.log.carry(new Set(), new Map([[writer, 0]]))).toEqual(ok(undefined))
  const count = builder.log.outboxCount
  expect(await builder.log.carry(new Set(), new Map([[writer, 0]]))).toEqual(ok(undefined))
  expect(builder.log.outboxCount).toBe(count)
  const blobs = (await builder.log.outbox(1e9)).filter(item => item.kind === 'blob')
  await whole.log.receive([early!, ...since])
  for (const { log } of [creator, whole]) {
    await log.receive(await builder.log.frames(builder.log.writer, 0, 1e6))
    for (const { blobId, ciphertext } of blobs) await log.receiveBlob(blobId, ciphertext)
  }
  for (const replica of [creator, builder, whole]) {
    expect(await ids(replica)).toEqual(['early', 'late', 'upon'])
    expect(replica.log.isComplete()).toBe(true)
    await replica.log.saveCaches()
    await replica.reopen()
    expect(await ids(replica)).toEqual(['early', 'late', 'upon'])
  }
})
