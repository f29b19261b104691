import * as Automerge from '@automerge/automerge'
import { beforeAll, describe, expect, test } from 'vitest'
import { evictLog, isOnDisk } from '#app/core/home/evict-log.ts'
import type { PreparedWrite } from '#app/core/log/sealed-log.ts'
import { readyCrypto } from '#crypto/sodium.ts'
import { ok } from '#schema/result.ts'
import { allFrames, deliver, exchange, type Replica, tellStory } from '#tests/support/log-kit.ts'

beforeAll(readyCrypto)

async function prepared({ log }: Replica): Promise<PreparedWrite> {
  const write = await log.prepare()
  if (write === undefined || write === 'no-key') throw new Error('There is nothing to write')
  return write
}

interface Notes {
  [id: string]: string
}

async function write(replica: Replica, id: string, text: string, label = 'notes'): Promise<void> {
  await replica.log.change<Notes>(label, doc => {
    doc[id] = text
  })
}

async function save(replica: Replica, id: string, text: string, label = 'notes'): Promise<void> {
  await write(replica, id, text, label)
  expect(await replica.log.flush()).toEqual(ok(undefined))
}

async function notes(replica: Replica, label = 'notes'): Promise<unknown> {
  return Automerge.toJS(await replica.log.read<Notes>(label))
}

describe('a log on one device', () => {
  test('keeps what was flushed, and nothing of what was not', async () => {
    const { creator } = await tellStory()
    await save(creator, 'a', 'kept')
    await write(creator, 'b', 'lost with the process')
    await creator.reopen()
    expect(await notes(creator)).toEqual({ a: 'kept' })
    await save(creator, 'c', 'more')
    await creator.reopen()
    expect(await notes(creator)).toEqual({ a: 'kept', c: 'more' })
    expect(creator.log.feeds()).toMatchObject([{ next: 3 }])
  })

  test('says that a document changed only when it did', async () => {
    const { creator } = await tellStory()
    await save(creator, 'a', '1')
    const said: unknown[] = []
    creator.log.subscribe(event => void said.push(event))
    await creator.log.change<Notes>('notes', doc => void doc['a'])
    expect(said).toEqual([])
    await write(creator, 'a', '2')
    expect(said).toEqual([{ kind: 'documents', labels: ['notes'], origin: 'local' }])
  })

  test('keeps what was made of a shard beside its cache, for as long as the shard is so', async () => {
    const { creator } = await tellStory()
    await save(creator, 'a', 'kept')
    const heads = () => creator.log.shards().find(({ label }) => label === 'notes')!.heads
    const made = new Uint8Array([1, 2, 3])
    creator.log.remember('notes', heads(), () => made)
    expect(await creator.log.recall('notes')).toBeUndefined()
    await creator.log.saveCaches()
    await creator.reopen()
    expect(await creator.log.recall('notes')).toEqual(made)
    const before = heads()
    await save(creator, 'b', 'new')
    expect(await creator.log.recall('notes')).toBeUndefined()
    creator.log.remember('notes', before, () => made)
    await creator.log.saveCaches()
    await creator.reopen()
    expect(await creator.log.recall('notes')).toBeUndefined()
    expect(await creator.log.recall('other')).toBeUndefined()
  })

  test('is gone from the disk with what was made of its shards, once it is evicted', async () => {
    const { creator } = await tellStory()
    await save(creator, 'a', 'kept')
    const { heads } = creator.log.shards().find(({ label }) => label === 'notes')!
    creator.log.remember('notes', heads, () => new Uint8Array([1, 2, 3]))
    await creator.log.saveCaches()
    const memos = () => creator.store.keys('sealed', `log/${creator.log.id}/memo/`)
    expect(await memos()).toHaveLength(1)
    expect(await evictLog(creator.store, creator.log.id)).toEqual(ok(undefined))
    expect(await memos()).toEqual([])
    expect(await isOnDisk(creator.store, creator.log.id)).toBe(false)
  })

  test('opens from caches and the frames after them', async () => {
    const { creator } = await tellStory()
    await save(creator, 'a', '1')
    expect(await creator.log.saveCaches()).toEqual(ok(undefined))
    await save(creator, 'b', '2')
    await creator.reopen()
    expect(creator.log.shards()).toMatchObject([{ label: 'notes' }])
    expect(await notes(creator)).toEqual({ a: '1', b: '2' })
    await creator.log.saveCaches()
    await creator.reopen()
    expect(await notes(creator)).toEqual({ a: '1', b: '2' })
  })

  test('has everything again when its caches are damaged or gone', async () => {
    const { creator } = await tellStory()
    await save(creator, 'a', '1')
    await save(creator, 'b', '2', 'other')
    const rows = () => [...creator.disk.rows('sealed').keys()]
    for (const part of ['/shard/', '/state']) {
      for (const damage of [() => undefined, (row: Uint8Array<ArrayBuffer>) => row.map(byte => byte ^ 1)]) {
        await creator.log.saveCaches()
        for (const key of rows().filter(name => name.includes(part))) creator.disk.tamper('sealed', key, damage)
        await creator.reopen()
        expect(await notes(creator)).toEqual({ a: '1' })
        expect(await notes(creator, 'other')).toEqual({ b: '2' })
        expect(creator.log.isComplete()).toBe(true)
      }
    }
  })

  test('has no cache of a change that no frame holds', async () => {
    const { creator } = await tellStory()
    await save(creator, 'a', '1')
    await write(creator, 'b', 'sealed by the way')
    await creator.log.saveCaches()
    expect(creator.log.hasPending).toBe(false)
    await creator.reopen()
    expect(await notes(creator)).toEqual({ a: '1', b: 'sealed by the way' })
    expect(creator.log.feeds()).toMatchObject([{ next: 3 }])
  })

  test('closes a shard and opens it again with all it had', async () => {
    const { creator } = await tellStory()
    await save(creator, 'a', '1')
    creator.log.close('notes')
    expect(await notes(creator)).toEqual({ a: '1' })
    await write(creator, 'b', '2')
    creator.log.close('notes')
    await creator.log.flush()
    expect(await notes(creator)).toEqual({ a: '1', b: '2' })
  })

  test('shares one transaction with another log, and its own creation', async () => {
    const { creator } = await tellStory()
    const other = await tellStory()
    await write(creator, 'a', '1')
    await write(other.creator, 'a', '1')
    const [one, two] = [await prepared(creator), await prepared(other.creator)]
    creator.store.failNext('aborted')
    expect(await creator.store.commit([...one.writes, ...two.writes])).toEqual({ ok: false, failure: 'aborted' })
    await one.refused()
    await two.refused()
    expect(await notes(creator)).toEqual({})
    expect(await other.creator.log.prepare()).toBeUndefined()
  })

  test('cuts large changes into frames that fit', async () => {
    const story = await tellStory()
    const other = await story.join()
    for (let index = 0; index < 12; index++) {
      const text = Array.from({ length: 40_000 }, () => String.fromCharCode(33 + Math.random() * 90)).join('')
      await story.creator.log.change<Record<string, Automerge.ImmutableString>>('notes', doc => {
        doc[index] = new Automerge.ImmutableString(index === 5 ? text.repeat(9) : text)
      })
    }
    expect(await story.creator.log.flush()).toEqual(ok(undefined))
    await deliver(story.creator, other)
    expect(other.log.isComplete()).toBe(true)
    expect(await notes(other)).toEqual(await notes(story.creator))
  })

  test('goes back to what is stored when the disk refuses', async () => {
    const { creator } = await tellStory()
    await save(creator, 'a', 'kept')
    await write(creator, 'b', 'refused')
    creator.store.failNext('quota')
    expect(await creator.log.flush()).toEqual({ ok: false, failure: 'quota' })
    expect(await notes(creator)).toEqual({ a: 'kept' })
    await save(creator, 'c', 'after')
    await creator.reopen()
    expect(await notes(creator)).toEqual({ a: 'kept', c: 'after' })
  })

  test('has each frame in the outbox until it is acknowledged', async () => {
    const { creator } = await tellStory()
    await save(creator, 'a', '1')
    await creator.reopen()
    const items = await creator.log.outbox(1e9)
    expect(items.map(item => (item.kind === 'frame' ? item.seq : item.kind))).toEqual([0, 1])
    expect(await creator.log.acknowledged(items.slice(0, 1))).toEqual(ok(undefined))
    await creator.reopen()
    expect(await creator.log.outbox(1e9)).toHaveLength(1)
  })
})

describe('two devices', () => {
  test('end with the same document, whoever wrote', async () => {
    const story = await tellStory()
    const other = await story.join()
    await save(story.creator, 'a', 'one')
    await deliver(story.creator, other)
    expect(await notes(other)).toEqual({ a: 'one' })
    await save(other, 'b', 'two')
    await save(story.creator, 'c', 'three')
    await exchange(story.creator, other)
    expect(await notes(other)).toEqual({ a: 'one', b: 'two', c: 'three' })
    expect(await notes(story.creator)).toEqual({ a: 'one', b: 'two', c: 'three' })
    expect(other.log.isComplete()).toBe(true)
    expect(other.log.quarantine()).toEqual([])
  })

  test('know what they got twice', async () => {
    const story = await tellStory()
    const other = await story.join()
    await save(story.creator, 'a', 'one')
    const frames = await allFrames(story.creator.log)
    expect(await other.log.receive([...frames, ...frames])).toMatchObject({ value: { accepted: 2, known: 2 } })
    expect(await other.log.receive(frames)).toMatchObject({ value: { accepted: 0, known: 2 } })
    await other.reopen()
    expect(await other.log.receive(frames)).toMatchObject({ value: { accepted: 0, known: 2 } })
    expect(await notes(other)).toEqual({ a: 'one' })
  })

  test('take frames in any order', async () => {
    const story = await tellStory()
    const other = await story.join()
    for (const id of ['a', 'b', 'c', 'd']) await save(story.creator, id, id)
    const frames = await allFrames(story.creator.log)
    for (const frame of frames.toReversed()) await other.log.receive([frame])
    expect(await notes(other)).toEqual({ a: 'a', b: 'b', c: 'c', d: 'd' })
    expect(other.log.isComplete()).toBe(true)
  })

  test('a whole shard travels as its save, large ones as a blob, larger ones in several', async () => {
    const story = await tellStory()
    const other = await story.join()
    const { log } = story.creator
    const text = Array.from({ length: 4_000_000 }, () => Math.floor(Math.random() * 36).toString(36)).join('')
    for (const [label, size] of [
      ['small', 10],
      ['large', 200_000],
      ['huge', 4_000_000],
    ] as const) {
      const doc = Automerge.from({ text: new Automerge.ImmutableString(text.slice(0, size)) }, { actor: log.actor() })
      await log.putShard(label, new Uint8Array(Automerge.save(doc)))
      await save(story.creator, 'n', 'on top', label)
    }
    await deliver(story.creator, other)
    await other.reopen()
    expect(other.log.isComplete()).toBe(true)
    expect(await notes(other, 'large')).toMatchObject({ n: 'on top' })
    expect(await notes(other, 'huge')).toMatchObject({ n: 'on top' })
    // 4,000,000 of 36 letters are 2.6 MB packed.
    expect((await other.store.keys('blobs', `${log.id}/`)).length).toBe(1 + 3)
    expect(other.log.shards()).toEqual(log.shards().map(shard => expect.objectContaining({ heads: shard.heads })))
  })
})
