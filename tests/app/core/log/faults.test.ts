import * as Automerge from '@automerge/automerge'
import { beforeAll, describe, expect, test } from 'vitest'
import { sealFrame } from '#crypto/frame.ts'
import { contentKey } from '#crypto/epoch.ts'
import { makeWriterCert } from '#crypto/certificate.ts'
import { makeSigningKey } from '#crypto/keys.ts'
import { encodeOps, type Ops } from '#app/core/log/ops.ts'
import { NO_HASH } from '#app/core/log/ledger.ts'
import { actorPrefix } from '#app/core/log/open-frame.ts'
import { readyCrypto } from '#crypto/sodium.ts'
import { WriterId } from '#schema/ids.ts'
import { instant } from '#schema/instant.ts'
import { decodeFrame } from '#schema/protocol/frame.ts'
import { ok } from '#schema/result.ts'
import { allFrames, deliver, exchange, ids, makeDevice, type Replica, tellStory } from '#tests/support/log-kit.ts'
import { ProcessKilled } from '#tests/support/memory-store.ts'

beforeAll(readyCrypto)

type Notes = Record<string, unknown>

async function write(replica: Replica, id: string, label = 'notes'): Promise<void> {
  await replica.log.change<Notes>(label, doc => {
    doc[id] = id
  })
}

async function save(replica: Replica, id: string, label = 'notes'): Promise<void> {
  await write(replica, id, label)
  expect(await replica.log.flush()).toEqual(ok(undefined))
}

describe('a process killed at any commit', () => {
  test('has what it said was saved, and signs no place twice (invariants 2, 5)', async () => {
    for (const when of ['before', 'after'] as const) {
      for (let at = 1; at <= 6; at++) {
        const { creator } = await tellStory()
        const other = await creator.reopen().then(() => creator)
        const said: string[] = []
        creator.store.killAt(at, when)
        const signed = new Map<string, string>()
        try {
          for (const id of ['a', 'b', 'c', 'd']) {
            await write(other, id)
            if ((await creator.log.flush()).ok) said.push(id)
            await creator.log.saveCaches()
            await creator.log.acknowledged(await creator.log.outbox(1e9))
          }
        } catch (error) {
          if (!(error instanceof ProcessKilled)) throw error
        }
        for (const frame of await framesOf(creator)) signed.set(...placeOf(frame))
        await creator.reopen()
        expect(await ids(creator)).toEqual(expect.arrayContaining(said))
        await save(creator, 'later')
        for (const frame of await framesOf(creator)) {
          const [place, bytes] = placeOf(frame)
          expect(signed.get(place) ?? bytes).toBe(bytes)
        }
        expect(await ids(creator)).toEqual(expect.arrayContaining([...said, 'later']))
      }
    }
  })
})

async function framesOf({ disk }: Replica): Promise<Uint8Array[]> {
  return [...disk.rows('frames').values()]
}

function placeOf(frame: Uint8Array): [string, string] {
  const parts = decodeFrame(frame)
  if (!parts.ok) throw new Error('Cannot read a stored frame')
  return [`${parts.value.header.writer}/${parts.value.header.seq}`, frame.join()]
}

describe('a cloned profile', () => {
  /** Two processes with the same W, the same head and the same local key. */
  async function cloned() {
    const story = await tellStory()
    await save(story.creator, 'shared')
    const clone = await story.creator.clone()
    return { story, original: story.creator, clone }
  }

  test('writes on under a new W, and nothing of either is lost', async () => {
    const { original, clone, story } = await cloned()
    expect(clone.log.writer).toBe(original.log.writer)
    await save(original, 'by the original')
    await save(clone, 'by the clone')
    await write(clone, 'not yet sealed')
    expect(await clone.log.mendFork(2)).toEqual(ok(undefined))
    expect(clone.log.writer).not.toBe(original.log.writer)
    expect(await ids(clone)).toEqual(['by the clone', 'not yet sealed', 'shared'])
    await exchange(original, clone)
    const everything = ['by the clone', 'by the original', 'not yet sealed', 'shared']
    const other = await story.join()
    await deliver(clone, other)
    for (const replica of [original, clone, other]) {
      expect(await ids(replica)).toEqual(everything)
      expect(replica.log.quarantine()).toEqual([])
    }
    await save(clone, 'more')
    await exchange(original, clone)
    expect(await ids(original)).toEqual([...everything, 'more'].toSorted())
  })

  test('mends itself when it hears its own feed from elsewhere', async () => {
    const { original, clone } = await cloned()
    await save(original, 'by the original')
    await save(clone, 'by the clone')
    await exchange(original, clone)
    await exchange(original, clone)
    for (const replica of [original, clone]) {
      expect(await ids(replica)).toEqual(['by the clone', 'by the original', 'shared'])
      expect(replica.log.quarantine()).toEqual([])
      expect(replica.log.isComplete()).toBe(true)
    }
    await save(original, 'x')
    await save(clone, 'y')
    await exchange(original, clone)
    expect(await ids(clone)).toEqual(await ids(original))
  })

  test('keeps a whole shard, bytes, counters and lists that were not sent', async () => {
    const { original, clone } = await cloned()
    await save(original, 'first')
    const doc = Automerge.from<Notes>(
      {
        bytes: new Uint8Array([1, 2, 3]),
        text: new Automerge.ImmutableString('verbatim'),
        count: new Automerge.Counter(3),
        list: [1, 2],
        at: new Date(7),
        none: null,
        real: 1.5,
      },
      { actor: clone.log.actor() },
    )
    await clone.log.putShard('import', new Uint8Array(Automerge.save(doc)))
    await clone.log.flush()
    await clone.log.change<{ count: Automerge.Counter; list: number[] }>('import', edit => {
      edit.count.increment(4)
      edit.list.push(3)
    })
    await clone.log.flush()
    const before = Automerge.toJS(await clone.log.read('import'))
    expect(await clone.log.mendFork(2)).toEqual(ok(undefined))
    expect(Automerge.toJS(await clone.log.read('import'))).toEqual(before)
    await exchange(original, clone)
    expect(Automerge.toJS(await original.log.read('import'))).toEqual(before)
    await clone.reopen()
    expect(Automerge.toJS(await clone.log.read('import'))).toEqual(before)
  })
})

describe('receive()', () => {
  test('answers any bytes, and takes none that nobody signed', async () => {
    const story = await tellStory()
    const other = await story.join()
    await save(story.creator, 'a')
    const frames = await allFrames(story.creator.log)
    for (const frame of frames) {
      for (let at = 0; at < frame.length; at += 7) {
        const flipped = frame.slice()
        flipped[at]! ^= 1
        const received = await other.log.receive([flipped, frame.slice(0, at)])
        expect(received).toMatchObject({ ok: true, value: { accepted: 0, forks: [] } })
      }
    }
    expect(other.disk.rows('frames').size).toBe(0)
    expect(await other.log.receive(frames)).toMatchObject({ value: { accepted: 2 } })
  })

  test('tells a fork, keeps its proof and cuts there (invariant 13)', async () => {
    const story = await tellStory()
    const { forged, writer } = await forger(story)
    const [zero, one, oneToo, two] = [
      forged(0, 'zero'),
      forged(1, 'one'),
      forged(1, 'another one', undefined, true),
      forged(2, 'two'),
    ]
    const a = await story.join()
    const b = await story.join()
    for (const replica of [a, b]) await deliver(story.creator, replica)
    const received = await a.log.receive([zero, one, two, oneToo])
    expect(received).toMatchObject({ value: { accepted: 1, forks: [{ writer, seq: 1 }] } })
    // Whoever accepted nothing beyond the fork has nothing to say of it.
    await b.log.receive([zero])
    await b.log.receive([two, oneToo, one])
    for (const replica of [a, b]) {
      expect(await ids(replica)).toEqual(['zero'])
      expect(replica.log.quarantine().every(({ reason }) => reason === 'fork')).toBe(true)
      await replica.reopen()
      expect(await ids(replica)).toEqual(['zero'])
    }
    expect(await a.log.receive([oneToo])).toMatchObject({ value: { known: 1, forks: [] } })
  })

  test("refuses a change under another feed's actor, and stated heads that are not there", async () => {
    const story = await tellStory()
    const { forged, writer } = await forger(story)
    const other = await story.join()
    await deliver(story.creator, other)
    await other.log.receive([forged(0, 'fine'), forged(1, 'alien', { actor: `${'00'.repeat(8)}${'11'.repeat(8)}` })])
    await other.log.receive([forged(2, 'heads', { heads: ['ab'.repeat(32)] })])
    expect(await ids(other)).toEqual(['fine'])
    expect(other.log.quarantine()).toMatchObject([
      { writer, seq: 1, reason: 'bad-actor' },
      { writer, seq: 2, reason: 'missing-dependency' },
    ])
  })

  test('takes what builds on a change that its writer did not say it saw, when that is here (invariant 3)', async () => {
    const story = await tellStory()
    const { creator } = story
    await save(creator, 'pruned')
    expect(await creator.log.writeSnapshot()).toEqual(ok(undefined))
    // The second snapshot sends the judge back to the beginning, after it took the other feed's frame.
    expect(await creator.log.writeSnapshot()).toEqual(ok(undefined))
    await save(creator, 'seen')
    const [epoch, , snapshot, ...more] = await allFrames(creator.log)
    // One that is judged before the creator's feed.
    let { forged, writer } = await forger(story)
    while (writer > creator.log.writer) ({ forged, writer } = await forger(story))
    const zero = forged(0, 'zero')
    const one = forged(1, 'one', { on: (await creator.log.read('notes')) as Automerge.Doc<Notes> })
    const late = await story.join()
    await late.log.receive([epoch!, snapshot!, zero])
    await late.log.receive([one, ...more])
    expect(late.log.quarantine()).toEqual([])
    expect(await ids(late)).toEqual(['one', 'pruned', 'seen', 'zero'])
  })

  test('opens a ciphertext only in its own place (invariant 9)', async () => {
    const story = await tellStory()
    await save(story.creator, 'a')
    const elsewhere = await tellStory()
    const frames = await allFrames(story.creator.log)
    await elsewhere.creator.log.addKeys(story.keys)
    expect(await elsewhere.creator.log.receive(frames)).toMatchObject({ value: { accepted: 0, quarantined: [] } })
    expect(elsewhere.creator.disk.rows('frames').size).toBe(1)
  })

  /** A certified device that signs what it likes. */
  async function forger(story: Awaited<ReturnType<typeof tellStory>>) {
    const identity = makeDevice(story.person)
    const key = makeSigningKey()
    const writer = WriterId.of(key.publicKey)
    const epoch = story.keys[0]!
    const content = contentKey(epoch.secret, story.creator.log.id)
    const hashes = [NO_HASH]
    let actors = 0
    const forged = (
      seq: number,
      id: string,
      wrong: { actor?: string; heads?: string[]; on?: Automerge.Doc<Notes> } = {},
      isSide = false,
    ): Uint8Array<ArrayBuffer> => {
      const actor = wrong.actor ?? actorPrefix(writer) + (actors++).toString(16).padStart(16, '0')
      const before = wrong.on === undefined ? Automerge.init<Notes>({ actor }) : Automerge.clone(wrong.on, { actor })
      const doc = Automerge.change(before, draft => {
        draft[id] = id
      })
      const ops: Ops = {
        claimedAt: instant(5),
        ...(seq === 0
          ? { cert: makeWriterCert(story.creator.log.id, key.publicKey, identity.device, identity.chain) }
          : {}),
        seen: [],
        parts: [
          {
            label: 'notes',
            heads: wrong.heads ?? Automerge.getHeads(doc),
            body: { kind: 'changes', changes: [new Uint8Array(Automerge.getLastLocalChange(doc)!)] },
          },
        ],
      }
      const sealed = sealFrame({
        kind: 'ops',
        logId: story.creator.log.id,
        seq,
        prev: hashes[seq]!,
        keyId: epoch.keyId,
        writer: key,
        contentKey: content,
        plain: encodeOps(ops),
      })
      if (!isSide) hashes[seq + 1] = sealed.hash
      return sealed.bytes
    }
    return { forged, writer }
  }
})
