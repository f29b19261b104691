import { ImmutableString } from '@automerge/automerge'
import { beforeAll, expect, test } from 'vitest'
import { randomBytes, readyCrypto } from '#crypto/sodium.ts'
import { toHex } from '#schema/bytes.ts'
import { ok } from '#schema/result.ts'
import { deliver, grantTo, makeGrant, type Replica, tellStory } from '#tests/support/log-kit.ts'

beforeAll(readyCrypto)

interface Notes {
  [id: string]: ImmutableString
}

test('resend() puts frames back once, each after the blobs that it names', async () => {
  const { creator } = await tellStory()
  const { log } = creator
  await log.change<Notes>('a', doc => {
    doc['large'] = new ImmutableString(
      toHex(randomBytes(60_000)) + toHex(randomBytes(60_000)) + toHex(randomBytes(60_000)),
    )
  })
  expect(await log.flush()).toEqual(ok(undefined))
  const first = await log.outbox(10_000_000)
  expect(first.map(item => item.kind)).toEqual(['frame', 'blob', 'frame'])
  expect(await log.acknowledged(first)).toEqual(ok(undefined))
  expect(log.outboxCount).toBe(0)
  expect(await log.resend(log.writer, 0)).toEqual(ok(undefined))
  expect(await log.resend(log.writer, 0)).toEqual(ok(undefined))
  expect(await log.outbox(10_000_000)).toEqual(first)
})

test('resend() counts as changes of this person what their devices wrote, and nothing else', async () => {
  const story = await tellStory()
  const write = async ({ log }: Replica) => {
    await log.change<Notes>('a', doc => {
      doc[log.id] = new ImmutableString(log.writer)
    })
    expect(await log.flush()).toEqual(ok(undefined))
  }
  const bea = await grantTo(story, makeGrant(), 'write')
  const herTablet = await story.join(bea.identity)
  await write(story.creator)
  await deliver(story.creator, bea)
  await deliver(bea, herTablet)
  await write(herTablet)
  await deliver(herTablet, bea)
  await write(bea)
  await bea.log.writeHeads(true)
  await bea.log.acknowledged(await bea.log.outbox(1_000_000))
  for (const [from, changes] of [
    [story.creator, 0],
    [herTablet, 1],
    [bea, 2],
  ] as const) {
    expect(await bea.log.resend(from.log.writer, 0)).toEqual(ok(undefined))
    expect([bea.log.unsentChanges, bea.log.isBackedUp]).toEqual([changes, false])
  }
  const again = await bea.reopen()
  expect([again.unsentChanges, again.isBackedUp]).toEqual([2, false])
})

test('mendFork() leaves nothing to send of the feed that nobody will prove any more', async () => {
  const { creator } = await tellStory()
  const write = (name: string) =>
    creator.log.change<Notes>('a', doc => {
      doc[name] = new ImmutableString(name)
    })
  await write('before')
  expect(await creator.log.flush()).toEqual(ok(undefined))
  await write('forked')
  expect(await creator.log.flush()).toEqual(ok(undefined))
  const frozen = creator.log.writer
  expect(await creator.log.mendFork(2)).toEqual(ok(undefined))
  const waiting = await creator.log.outbox(10_000_000)
  expect(waiting.length).toBeGreaterThan(0)
  expect(waiting.filter(item => item.kind === 'frame' && item.writer === frozen)).toEqual([])
  expect(Object.keys(await creator.log.read<Notes>('a')).toSorted()).toEqual(['before', 'forked'])
})

test('receive() starts from a snapshot beyond a gap, whichever frame comes last', async () => {
  const story = await tellStory()
  const { creator } = story
  for (const name of ['one', 'two', 'three']) {
    await creator.log.change<Notes>('a', doc => {
      doc[name] = new ImmutableString(name)
    })
    expect(await creator.log.flush()).toEqual(ok(undefined))
    if (name === 'two') await creator.log.writeSnapshot()
  }
  const frames = await creator.log.frames(creator.log.writer, 0, 1_000_000)
  // EPOCH, the snapshot, and what follows it: the rest was pruned.
  const left = [frames[0]!, frames[3]!, frames[4]!]
  for (const order of [left, left.toReversed()]) {
    const { log } = await story.join()
    for (const frame of order) await log.receive([frame])
    expect(log.quarantine()).toEqual([])
    expect(Object.keys(await log.read<Notes>('a')).toSorted()).toEqual(['one', 'three', 'two'])
  }
})

test('receive() keeps what a clone wrote where this profile had written nothing yet', async () => {
  const { creator } = await tellStory()
  const clone = await creator.clone()
  for (const name of ['one', 'two']) {
    await creator.log.change<Notes>('a', doc => {
      doc[name] = new ImmutableString(name)
    })
    expect(await creator.log.flush()).toEqual(ok(undefined))
  }
  const theirs = await creator.log.frames(creator.log.writer, 1, 1_000_000)
  expect((await clone.log.receive(theirs)).ok).toBe(true)
  expect(clone.log.writer).not.toBe(creator.log.writer)
  expect(clone.log.feeds().find(feed => feed.writer === creator.log.writer)?.next).toBe(3)
  expect(Object.keys(await clone.log.read<Notes>('a')).toSorted()).toEqual(['one', 'two'])
})

test('a full disk met by a snapshot takes no change back that its maker was not told of', async () => {
  const { creator } = await tellStory()
  await creator.log.change<Notes>('a', doc => {
    doc['one'] = new ImmutableString('one')
  })
  creator.store.failNext('quota')
  expect(await creator.log.writeSnapshot()).toEqual({ ok: false, failure: 'quota' })
  expect(creator.log.hasPending).toBe(true)
  expect(await creator.log.flush()).toEqual(ok(undefined))
  await creator.reopen()
  expect(Object.keys(await creator.log.read<Notes>('a'))).toEqual(['one'])
})

test('receive() of a clone’s later frame makes all again that nobody acknowledged', async () => {
  const { creator } = await tellStory()
  const clone = await creator.clone()
  for (const replica of [creator, clone]) {
    for (const name of ['one', 'two']) {
      await replica.log.change<Notes>('a', doc => {
        doc[`${name} of ${replica === clone ? 'clone' : 'creator'}`] = new ImmutableString(name)
      })
      expect(await replica.log.flush()).toEqual(ok(undefined))
    }
  }
  const [, first, second] = await creator.log.frames(creator.log.writer, 0, 1_000_000)
  // The earlier one was lost on the way.
  await clone.log.receive([second!])
  await clone.log.receive([first!])
  expect(clone.log.quarantine()).toEqual([])
  const all = ['one of clone', 'one of creator', 'two of clone', 'two of creator']
  expect(Object.keys(await clone.log.read<Notes>('a')).toSorted()).toEqual(all)
})
