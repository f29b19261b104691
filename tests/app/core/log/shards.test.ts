import * as Automerge from '@automerge/automerge'
import { beforeAll, expect, test } from 'vitest'
import { readyCrypto } from '#crypto/sodium.ts'
import { ok } from '#schema/result.ts'
import { type Replica, tellStory } from '#tests/support/log-kit.ts'

beforeAll(readyCrypto)

interface Notes {
  [id: string]: string
}

const LABELS = ['a', 'b', 'c'] as const

/** A device with three cold shards, none of them cached. */
async function withColdShards(): Promise<Replica> {
  const { creator } = await tellStory()
  for (const label of LABELS) {
    await creator.log.change<Notes>(label, doc => {
      doc['text'] = label
    })
  }
  expect(await creator.log.flush()).toEqual(ok(undefined))
  await creator.reopen()
  return creator
}

/** Looks into the document itself, which a freed one cannot bear. */
async function look(replica: Replica, label: string): Promise<unknown> {
  const doc = await replica.log.read<Notes>(label)
  return Object.values(Automerge.getConflicts(doc, 'text') ?? { it: doc['text'] })[0]
}

test('a document is whole for who reads it, whoever else closes it at that moment', async () => {
  const creator = await withColdShards()
  const looks = LABELS.map(label => look(creator, label))
  const saving = creator.log.saveCaches()
  expect(await Promise.all(looks)).toEqual([...LABELS])
  expect(await saving).toEqual(ok(undefined))
  for (const label of LABELS) await look(creator, label)
  const again = LABELS.map(label => look(creator, label))
  for (const label of LABELS) creator.log.close(label)
  expect(await Promise.all(again)).toEqual([...LABELS])
})

test('a document that is closed while a change of it begins has the change', async () => {
  const creator = await withColdShards()
  await look(creator, 'a')
  const changing = creator.log.change<Notes>('a', doc => {
    doc['more'] = 'kept'
  })
  creator.log.close('a')
  await changing
  await new Promise(resolve => setTimeout(resolve, 5))
  expect(await creator.log.flush()).toEqual(ok(undefined))
  expect(Automerge.toJS(await creator.log.read<Notes>('a'))).toEqual({ text: 'a', more: 'kept' })
  await creator.reopen()
  expect(Automerge.toJS(await creator.log.read<Notes>('a'))).toEqual({ text: 'a', more: 'kept' })
})

test('shards() names a cold shard’s true heads, whichever feed its changes are read from first', async () => {
  const story = await tellStory()
  const { creator } = story
  const other = await story.join()
  await other.log.receive(await framesOf(creator))
  for (const replica of [creator, other, creator, other]) {
    await replica.log.change<Notes>('a', doc => {
      doc['text'] = `${Object.keys(doc).length}`
    })
    expect(await replica.log.flush()).toEqual(ok(undefined))
    await creator.log.receive(await framesOf(other))
    await other.log.receive(await framesOf(creator))
  }
  const heads = Automerge.getHeads(await creator.log.read<Notes>('a'))
  for (const replica of [creator, other]) {
    await replica.reopen()
    expect(replica.log.shards().find(shard => shard.label === 'a')?.heads).toEqual(heads)
  }
})

test('change() of one shard by several at once loses none', async () => {
  const { creator } = await tellStory()
  const names = ['one', 'two', 'three']
  const change = (name: string) =>
    creator.log.change<Notes>('a', doc => {
      doc[name] = name
    })
  await Promise.all(names.map(change))
  expect(await creator.log.flush()).toEqual(ok(undefined))
  expect(Automerge.toJS(await creator.log.read<Notes>('a'))).toEqual({ one: 'one', two: 'two', three: 'three' })
})

async function framesOf({ log }: Replica): Promise<Uint8Array[]> {
  return [...(await log.frames(log.writer, 0, 1_000_000))]
}
