import * as Automerge from '@automerge/automerge'
import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { readyCrypto } from '#crypto/sodium.ts'
import { DeviceId } from '#schema/ids.ts'
import { allFrames, makeEpochKey, type LogStory, type Replica, tellStory } from '#tests/support/log-kit.ts'

type Bytes = Uint8Array<ArrayBuffer>

beforeAll(readyCrypto)

/** What happens in a story: who does it, and what. */
const act = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('write' as const), who: fc.nat(2), label: fc.nat(1) }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('send' as const), who: fc.nat(2), to: fc.nat(2) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('rotate' as const), who: fc.nat(2) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('remove' as const), who: fc.nat(1), whom: fc.nat(2) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('snapshot' as const), who: fc.nat(2) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('heads' as const), who: fc.nat(2) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('edit' as const), who: fc.nat(2), label: fc.nat(1) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('put' as const), who: fc.nat(2) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('restart' as const), who: fc.nat(2), cached: fc.boolean() }) },
)
type Act = typeof act extends fc.Arbitrary<infer Value> ? Value : never

const LABELS = ['one', 'two']

async function play(acts: readonly Act[]): Promise<{ story: LogStory; replicas: Replica[]; labels: string[] }> {
  const labels = [...LABELS]
  const story = await tellStory()
  const replicas = [story.creator, await story.join(), await story.join()]
  const first = await allFrames(story.creator.log)
  for (const replica of replicas.slice(1)) await replica.log.receive(first)
  let count = 0
  for (const step of acts) {
    const replica = replicas[step.who]!
    count++
    switch (step.kind) {
      case 'write':
        await replica.log.change<Record<string, unknown>>(LABELS[step.label]!, doc => {
          doc[`${step.who}-${count}`] = count
          doc['last'] = count
        })
        await replica.log.flush()
        break
      case 'edit':
        await replica.log.change<Record<string, unknown>>(LABELS[step.label]!, doc => {
          doc['last'] = count
        })
        break
      case 'put': {
        const doc = Automerge.from({ put: count }, { actor: replica.log.actor() })
        const label = `put ${count}`
        labels.push(label)
        await replica.log.putShard(label, new Uint8Array(Automerge.save(doc)))
        await replica.log.change<Record<string, unknown>>(label, edit => {
          edit['more'] = count
        })
        break
      }
      case 'restart':
        if (step.cached) await replica.log.saveCaches()
        else await replica.log.flush()
        await replica.reopen()
        break
      case 'send':
        await replicas[step.to]!.log.receive(await allFrames(replica.log))
        break
      case 'rotate':
      case 'remove': {
        const next = makeEpochKey()
        story.keys.push(next)
        const whom = step.kind === 'remove' && step.whom !== step.who ? replicas[step.whom] : undefined
        const removals = whom ? [{ kind: 'device' as const, id: DeviceId.of(whom.identity.device.publicKey) }] : []
        await replica.log.writeEpoch(next, [replica.identity.kem.publicKey], removals)
        break
      }
      case 'snapshot':
        await replica.log.writeSnapshot()
        break
      case 'heads':
        replica.clock.advance(2 * 24 * 60 * 60 * 1000)
        await replica.log.writeHeads()
        break
    }
  }
  for (const { log } of replicas) await log.flush()
  return { story, replicas, labels }
}

async function picture({ log }: Replica, labels: readonly string[]): Promise<unknown> {
  const docs: unknown[] = []
  for (const label of labels) {
    const doc = await log.read(label)
    docs.push(Automerge.toJS(doc), Automerge.getHeads(doc).toSorted())
  }
  const refused = log.quarantine().map(({ writer, seq, reason }) => `${writer} ${seq} ${reason}`)
  return { docs, heads: log.shards().map(({ label, heads }) => [label, heads]), refused: refused.toSorted() }
}

async function everyFrame(replicas: readonly Replica[]): Promise<Bytes[]> {
  const frames: Bytes[] = []
  for (const { log } of replicas) frames.push(...(await allFrames(log)))
  return frames
}

/** Plays a story, and what each makes of its frames that gets them, by one way or another. `dice` (any numbers) say in which order one does. */
async function picturesOf(acts: readonly Act[], dice: readonly number[]): Promise<readonly unknown[]> {
  const { story, replicas, labels } = await play(acts)
  const frames = await everyFrame(replicas)
  const pictures: unknown[] = []
  for (const replica of replicas) {
    await replica.log.addKeys(story.keys)
    await replica.log.receive(frames)
  }
  // A device that gets everything one by one in another order, some of it twice, with a restart on the way.
  const slow = await story.join()
  const shuffled = frames
    .map((frame, index) => ({ frame, rank: (dice[index % dice.length]! * 7919 + index * 104729) % 1009 }))
    .toSorted((a, b) => a.rank - b.rank)
    .map(({ frame }) => frame)
  for (const [index, frame] of shuffled.entries()) {
    await slow.log.receive(index % 5 === 0 ? [frame, shuffled[0]!] : [frame])
    if (index === Math.floor(shuffled.length / 2)) {
      if (dice[0]! % 2 === 0) await slow.log.saveCaches()
      await slow.reopen()
    }
  }
  // One that gets everything at once, and one that only has the stored frames to judge from.
  const quick = await story.join()
  await quick.log.receive(frames)
  for (const replica of [...replicas, slow, quick]) pictures.push(await picture(replica, labels))
  await quick.reopen()
  pictures.push(await picture(quick, labels))
  return pictures
}

test('any order, any batches, any repetition: the same documents and the same quarantine (invariants 3, 16)', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(act, { minLength: 4, maxLength: 24 }),
      fc.array(fc.nat(), { minLength: 40, maxLength: 40 }),
      async (acts, dice) => {
        const pictures = await picturesOf(acts, dice)
        for (const other of pictures) expect(other).toEqual(pictures.at(-1))
      },
    ),
    // Making a found story smaller takes minutes: past this it is told as it is.
    { numRuns: 15, interruptAfterTimeLimit: 50_000 },
  )
})

test.each<readonly [string, Act]>([
  ['a change', { kind: 'write', who: 2, label: 0 }],
  ['what it has accepted', { kind: 'heads', who: 2 }],
  ['a snapshot', { kind: 'snapshot', who: 2 }],
])('who was removed, starts anew and writes %s first does not count it either', async (_, first) => {
  for (const cached of [true, false]) {
    const acts: Act[] = [
      { kind: 'remove', who: 0, whom: 2 },
      { kind: 'send', who: 0, to: 2 },
      { kind: 'restart', who: 2, cached },
      first,
    ]
    const pictures = await picturesOf(acts, [1, 2, 3])
    for (const other of pictures) expect(other).toEqual(pictures.at(-1))
  }
})

test('a snapshot that a removal cuts takes along what only it brought', async () => {
  const story = await tellStory()
  const [removed, admin] = [story.creator, await story.join()]
  await admin.log.receive(await allFrames(removed.log))
  await removed.log.change<Record<string, unknown>>('one', doc => {
    doc['last'] = 1
  })
  await removed.log.writeSnapshot()
  const next = makeEpochKey()
  story.keys.push(next)
  const device = DeviceId.of(removed.identity.device.publicKey)
  await admin.log.writeEpoch(next, [admin.identity.kem.publicKey], [{ kind: 'device', id: device }])
  await admin.log.flush()

  const [first, edit, snapshot] = await allFrames(removed.log)
  const [epoch] = await admin.log.frames(admin.log.writer, 0, 1_000_000)
  const reader = await story.join()
  await reader.log.receive([first!, snapshot!])
  expect(Automerge.toJS(await reader.log.read('one'))).toEqual({ last: 1 })
  await reader.log.receive([epoch!])
  expect(Automerge.toJS(await reader.log.read('one'))).toEqual({})
  await reader.log.receive([edit!])
  expect(Automerge.toJS(await reader.log.read('one'))).toEqual({})
})
