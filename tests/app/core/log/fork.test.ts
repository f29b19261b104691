import { ImmutableString } from '@automerge/automerge'
import { beforeAll, describe, expect, test } from 'vitest'
import { readyCrypto } from '#crypto/sodium.ts'
import { ok } from '#schema/result.ts'
import { allFrames, deliver, exchange, type Replica, tellStory } from '#tests/support/log-kit.ts'

beforeAll(readyCrypto)

type Notes = Record<string, ImmutableString>

async function save({ log }: Replica, id: string, label = 'notes'): Promise<void> {
  await log.change<Notes>(label, doc => {
    doc[id] = new ImmutableString(id)
  })
  expect(await log.flush()).toEqual(ok(undefined))
}

async function ids({ log }: Replica, label = 'notes'): Promise<string[]> {
  return Object.keys(await log.read<Notes>(label)).toSorted()
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
