import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { randomBytes, readyCrypto } from '#crypto/sodium.ts'
import { toHex } from '#schema/bytes.ts'
import { decodeFrame } from '#schema/protocol/frame.ts'
import { encodePrune } from '#schema/protocol/owner.ts'
import { fail, ok } from '#schema/result.ts'
import { type LogStory, makeEpochKey, type Replica, steppedOver, tellStory } from '#tests/support/log-kit.ts'
import { note, notes, SyncStory, type Tap } from '#tests/support/sync-kit.ts'

beforeAll(readyCrypto)

let sync: SyncStory
let story: LogStory
beforeEach(async () => {
  sync = await SyncStory.begin()
  story = await tellStory()
})
afterEach(() => sync.end())

const large = () => toHex(randomBytes(60_000)) + toHex(randomBytes(60_000)) + toHex(randomBytes(60_000))

/** The creator's clone and `right`, who built upon it, know a relay that told them another history than it tells `one`. */
async function twoBranches() {
  const { creator } = story
  const one = sync.start(story, creator)
  await note(creator, 'shared')
  await sync.settle(one)
  const clone = await creator.clone()
  const right = await story.join()
  const elsewhere = await sync.relay.copyAt(sync.relay.mark())
  const there = [sync.start(story, clone, { at: elsewhere }), sync.start(story, right, { at: elsewhere })]
  await note(clone, 'by the clone')
  await sync.until('it is there', async () => (await notes(right)).includes('by the clone'))
  await note(right, 'upon the clone')
  for (const device of there) {
    await sync.settle(device)
    device.engine.stop()
  }
  await elsewhere.stop()
  for (const id of ['two', 'three']) await note(creator, id)
  return { creator, one, clone, right }
}

async function allKnowOfTheFork(replicas: readonly Replica[], all: readonly string[]): Promise<void> {
  for (const replica of replicas) {
    await sync.until('it has all', async () => (await notes(replica)).length === all.length)
    await sync.until('it knows of the fork', () => replica.log.forks().size === 1)
    await sync.until('nothing waits', () => replica.log.isComplete() && replica.log.outboxCount === 0)
    expect(await notes(replica)).toEqual(all)
  }
}

describe('LogSync', () => {
  test('brings its log to a relay that never saw it, and to whoever comes later', async () => {
    await note(story.creator, 'first', large())
    const one = sync.start(story, story.creator)
    expect(await sync.settle(one)).toEqual(ok(undefined))
    const other = await story.join()
    const two = sync.start(story, other)
    expect(await sync.settle(two)).toEqual(ok(undefined))
    await note(other, 'second')
    await sync.until('both have it', async () => (await notes(story.creator)).length === 2)
    expect(await notes(other)).toEqual(['first', 'second'])
    expect([one, two].map(device => device.registrations())).toEqual([1, 1])
    expect(one.said.at(-1)).toMatchObject({ kind: 'backed-up', waitingCount: 0, problems: [] })
  })

  test('sends nothing before what is over has ended there, and asks again where that fails', async () => {
    const answers = [
      fail({ kind: 'unreachable' } as const),
      fail({ kind: 'refused', code: 'rate', retryAfterMs: 500 } as const),
    ]
    const takenBefore: number[] = []
    const one = sync.start(story, story.creator, {
      endOver() {
        takenBefore.push(sync.relay.mark())
        return answers.shift() ?? ok(undefined)
      },
    })
    await sync.until('it is sent', () => story.creator.log.isBackedUp)
    const level = sync.relay.mark()
    expect(takenBefore.length).toBeGreaterThan(2)
    expect(new Set(takenBefore.slice(0, 3)).size).toBe(1)
    takenBefore.length = 0
    await note(story.creator, 'after')
    await sync.settle(one)
    expect(takenBefore[0]).toBe(level)
    expect(sync.relay.mark()).toBeGreaterThan(level)
  })

  test('gives a relay that lost the blob of an unsent frame this blob again', async () => {
    // It says that it has the blob, and then its disk is put back to the minute before.
    let blobs = 0
    const tap: Tap = async ({ method, path }, pass) => {
      if (method === 'GET' || !path.includes('/blobs/') || blobs++ > 0) return pass()
      one.link.setReachable(false)
      one.link.setReachable(true)
      return ok({ status: 201, body: new Uint8Array() })
    }
    const one = sync.start(story, story.creator, { tap })
    await sync.settle(one)
    await note(story.creator, 'large', large())
    const other = await story.join()
    sync.start(story, other)
    await sync.until('the other has it', async () => (await notes(other)).includes('large'))
    expect(blobs).toBeGreaterThan(1)
    expect(other.log.isComplete()).toBe(true)
  })

  test('fetches a blob that only a later key shows it lacks', async () => {
    const [later, first] = [await story.join(), await story.join()]
    const one = sync.start(story, story.creator)
    await sync.settle(one)
    const next = makeEpochKey()
    await story.creator.log.writeEpoch(next, [], [])
    await note(story.creator, 'large', large())
    await sync.settle(one)
    const two = sync.start(story, later)
    await sync.settle(two)
    expect(later.log.quarantine().every(({ reason }) => reason === 'unknown-key')).toBe(true)
    await later.log.addKeys([next])
    await sync.until('it is complete', async () => (await notes(later)).includes('large'))
    // And one that arrives damaged is asked for again.
    let damaged = 0
    const tap: Tap = async ({ method, path }, pass) => {
      const answer = await pass()
      if (method !== 'GET' || !path.includes('/blobs/') || !answer.ok || damaged++ > 0) return answer
      return ok({ ...answer.value, body: answer.value.body.slice(1) })
    }
    await first.log.addKeys([next])
    sync.start(story, first, { tap })
    await sync.until('it is complete', async () => (await notes(first)).includes('large'))
    expect(damaged).toBe(2)
  })

  test('what was written first is whole first, however much is still on its way, and what others send meanwhile is taken', async () => {
    const one = sync.start(story, story.creator)
    const names = ['a', 'b', 'c', 'd', 'e', 'f']
    for (const name of names) await note(story.creator, name, large())
    await sync.settle(one)
    const other = await story.join()
    const here: number[] = []
    const tap: Tap = async ({ method, path }, pass) => {
      if (method !== 'GET' || !path.includes('/blobs/')) return pass()
      here.push((await notes(other)).filter(name => names.includes(name)).length)
      if (here.length === 3) {
        await note(story.creator, 'meanwhile', large())
        await sync.settle(one)
      }
      return pass()
    }
    sync.start(story, other, { tap })
    await sync.until('all is here', async () => (await notes(other)).includes('meanwhile'))
    expect(here).toEqual([0, 1, 2, 3, 4, 5, 6])
  })

  test('a step that outlasts its connection takes nothing from the next one', async () => {
    const one = sync.start(story, story.creator)
    await sync.settle(one)
    const other = await story.join()
    let isAsked = false
    let answer = () => {}
    const asked = new Promise<void>(resolve => {
      answer = resolve
    })
    const restoreOwner = () => {
      isAsked = true
      return asked
    }
    const two = sync.start(story, other, { restoreOwner })
    await sync.until('it asks for the owner', () => isAsked)
    two.link.setReachable(false)
    await note(story.creator, 'meanwhile')
    await sync.settle(one)
    two.link.setReachable(true)
    await sync.until(
      'it is connected again',
      () => two.openedAtMs.length > 1 && two.said.at(-1)?.link.kind === 'catching-up',
    )
    answer()
    await sync.until('it has what came meanwhile', async () => (await notes(other)).length === 1)
    expect(await notes(other)).toEqual(['meanwhile'])
  })

  test('fetches the frames of a gap', async () => {
    for (const id of ['one', 'two', 'three']) await note(story.creator, id)
    await sync.settle(sync.start(story, story.creator))
    const other = await story.join()
    const [epoch, , two] = await story.creator.log.frames(story.creator.log.writer, 0, 1_000_000)
    await other.log.receive([epoch!, two!])
    expect(other.log.isComplete()).toBe(false)
    await sync.settle(sync.start(story, other))
    expect(await notes(other)).toEqual(['one', 'three', 'two'])
    expect(other.log.isComplete()).toBe(true)
  })

  test('says that the relay is behind, and gives it back what it lost', async () => {
    const { creator } = story
    await note(creator, 'before', large())
    const one = sync.start(story, creator)
    await sync.settle(one)
    await sync.relay.loseEverything()
    await sync.until('it said so', () => one.said.some(({ problems }) => problems.some(p => p.kind === 'relay-behind')))
    await sync.until('it is there again', () => one.said.at(-1)?.kind === 'backed-up')
    expect(one.registrations()).toBe(2)
    const other = await story.join()
    const two = sync.start(story, other)
    await sync.until('another has it', async () => (await notes(other)).length === 1)
    await sync.until('it lacks nothing', () => two.said.at(-1)?.problems.length === 0)
  })

  test('two that sign as one writer at the same moment end with both notes and two writers', async () => {
    const { creator } = story
    const one = sync.start(story, creator)
    await sync.settle(one)
    const clone = await creator.clone()
    const two = sync.start(story, clone)
    await sync.settle(two)
    await Promise.all([note(creator, 'one'), note(clone, 'two')])
    for (const replica of [creator, clone]) {
      await sync.until('it has both', async () => (await notes(replica)).length === 2)
      await sync.until('nothing waits', () => replica.log.outboxCount === 0)
      expect(replica.log.quarantine()).toEqual([])
    }
    expect(creator.log.writer).not.toBe(clone.log.writer)
    const told = [one, two].filter(({ said }) => {
      return said.some(({ problems }) => problems.some(({ kind }) => kind === 'cloned-profile'))
    })
    expect(told).toHaveLength(1)
  })

  test('two histories that a relay told meet, and nobody loses a note (invariants 3, 4, 13)', async () => {
    const { creator } = story
    const one = sync.start(story, creator)
    await note(creator, 'shared')
    await sync.settle(one)
    const clone = await creator.clone()
    const [left, right] = [await story.join(), await story.join()]
    const elsewhere = await sync.relay.copyAt(sync.relay.mark())
    await sync.settle(sync.start(story, left))
    const there = [sync.start(story, clone, { at: elsewhere }), sync.start(story, right, { at: elsewhere })]
    for (const device of there) await sync.settle(device)
    await note(creator, 'by the original', large())
    await note(clone, 'by the clone', large())
    for (const [replica, id] of [
      [left, 'by the original'],
      [right, 'by the clone'],
    ] as const) {
      await sync.until('it is there', async () => (await notes(replica)).includes(id))
    }
    await note(left, 'upon the original')
    await note(right, 'upon the clone')
    await sync.settle(there[1]!)
    // The clone itself is lost with its device; whom it told is not.
    for (const { engine } of there) engine.stop()
    await elsewhere.stop()
    const back = sync.start(story, right)
    const late = await story.join()
    sync.start(story, late)
    const all = ['by the clone', 'by the original', 'shared', 'upon the clone', 'upon the original']
    for (const replica of [creator, left, right, late]) {
      await sync.until('it has all', async () => (await notes(replica)).length === all.length)
      expect(await notes(replica)).toEqual(all)
      await sync.until('nothing waits', () => replica.log.isComplete() && replica.log.outboxCount === 0)
      expect(replica.log.forks().size).toBe(1)
    }
    expect(new Set([creator, left, right, late].map(({ log }) => log.shards()[0]!.heads.join())).size).toBe(1)
    expect(back.said.at(-1)?.kind).toBe('backed-up')
  })

  test('what our clone took the place of is made again under the EPOCH that the clone put there (invariant 12)', async () => {
    const { creator } = story
    const one = sync.start(story, creator)
    await note(creator, 'shared')
    await sync.settle(one)
    one.engine.stop()
    const clone = await creator.clone()
    const next = makeEpochKey()
    expect(await clone.log.writeEpoch(next, [], [])).toEqual(ok(undefined))
    const two = sync.start(story, clone)
    await sync.settle(two)
    await note(creator, 'mine')
    await creator.log.addKeys([next])
    const { writer } = creator.log
    sync.start(story, creator)
    await sync.until('it took another writer', () => creator.log.writer !== writer)
    await sync.until('nothing waits', () => creator.log.outboxCount === 0)
    const parts = decodeFrame((await creator.log.frames(creator.log.writer, 0, 1))[0]!)
    expect(parts.ok && parts.value.header.keyId).toBe(next.keyId)
    await sync.until('the clone has it', async () => (await notes(clone)).length === 2)
    expect(await notes(clone)).toEqual(['mine', 'shared'])
  })

  test('a relay that has fewer frames of our feed, and they are our clone’s, is told from one that lost ours', async () => {
    const { creator } = story
    const one = sync.start(story, creator)
    await note(creator, 'shared')
    await sync.settle(one)
    const clone = await creator.clone()
    const elsewhere = await sync.relay.copyAt(sync.relay.mark())
    await note(clone, 'by the clone')
    await sync.settle(sync.start(story, clone, { at: elsewhere }))
    for (const id of ['one', 'two']) await note(creator, id)
    await sync.settle(one)
    one.engine.stop()
    await note(creator, 'three')
    sync.start(story, creator, { at: elsewhere })
    await sync.until('nothing waits', () => creator.log.outboxCount === 0)
    await sync.until('the clone has all', async () => (await notes(clone)).length === 5)
    expect(await notes(creator)).toEqual(['by the clone', 'one', 'shared', 'three', 'two'])
    expect(creator.log.writer).not.toBe(clone.log.writer)
    await elsewhere.stop()
  })

  test('a mended profile finds the fork that a base hides', async () => {
    const { creator, one, clone, right } = await twoBranches()
    await creator.log.writeSnapshot()
    await note(creator, 'four')
    await sync.settle(one)
    await note(clone, 'not sent')
    await sync.settle(sync.start(story, clone))
    expect(clone.log.writer).not.toBe(creator.log.writer)
    sync.start(story, right)
    const all = ['by the clone', 'four', 'not sent', 'shared', 'three', 'two', 'upon the clone']
    await allKnowOfTheFork([creator, clone, right], all)
  })

  test('whoever holds one branch up to where a base stands for the other one finds the fork', async () => {
    const { creator, one, right } = await twoBranches()
    const other = await story.join()
    await other.log.receive(await creator.log.frames(creator.log.writer, 0, 1_000_000))
    await other.log.writeSnapshot()
    await note(creator, 'four')
    await sync.settle(one)
    await sync.settle(sync.start(story, other))
    // What came between is lost on its way: the snapshot stands for it, and the last frame follows that.
    const last = (await creator.log.frames(creator.log.writer, 0, 1_000_000)).slice(4)
    await right.log.receive([...(await other.log.frames(other.log.writer, 0, 1_000_000)), ...last])
    expect(right.log.isComplete()).toBe(true)
    sync.start(story, right)
    const all = ['by the clone', 'four', 'shared', 'three', 'two', 'upon the clone']
    await allKnowOfTheFork([creator, other, right], all)
  })

  test('a frame that waits does not keep a relay from what it lost before it, however much that is', async () => {
    const { creator } = story
    const one = sync.start(story, creator)
    await sync.settle(one)
    for (let count = 0; count < 12; count++) await note(creator, `wide ${count}`, toHex(randomBytes(60_000)))
    await sync.settle(one)
    await sync.relay.loseEverything()
    await note(creator, 'small')
    await sync.until('nothing waits', () => creator.log.outboxCount === 0)
    const other = await story.join()
    sync.start(story, other)
    await sync.until('another has it', async () => (await notes(other)).length === 13)
    expect(one.said.at(-1)).toMatchObject({ kind: 'backed-up', problems: [] })
  })

  test('a relay that pruned what our clone wrote in our place does not pass for one that had ours', async () => {
    const { creator } = story
    const one = sync.start(story, creator)
    await note(creator, 'shared')
    await sync.settle(one)
    const clone = await creator.clone()
    await note(clone, 'by the clone')
    for (const id of ['two', 'three']) await note(creator, id)
    await creator.log.writeSnapshot()
    await note(creator, 'four')
    await sync.settle(one)
    const record = await creator.log.makePrune(story.ownerKey)
    expect(await one.client.prune(creator.log.id, encodePrune(record!))).toEqual(ok(undefined))
    await sync.sweep()
    const two = sync.start(story, clone)
    await sync.settle(two)
    await sync.until('both have all', async () => (await notes(creator)).length === 5)
    expect(await notes(clone)).toEqual(['by the clone', 'four', 'shared', 'three', 'two'])
    expect(clone.log.writer).not.toBe(creator.log.writer)
    expect([clone, creator].every(({ log }) => log.isComplete())).toBe(true)
    expect(two.said.some(status => status.problems.some(({ kind }) => kind === 'cloned-profile'))).toBe(true)
  })

  test('asks once for everything while something is missing that it cannot name', async () => {
    const { story: other, late } = await steppedOver()
    const one = sync.start(other, other.creator)
    await sync.settle(one)
    // The relay lacks the other admin's feed; what the late one wants is in the creator's, below where it believes to be.
    expect(late.log.isComplete()).toBe(false)
    sync.start(other, late)
    await sync.until('it is complete', () => late.log.isComplete())
    expect(await notes(late)).toEqual(['after', 'before'])
  })

  test('a frame that the relay had and pruned is not sent again', async () => {
    const { creator } = story
    const one = sync.start(story, creator)
    await note(creator, 'one')
    await sync.settle(one)
    await creator.log.writeSnapshot()
    await note(creator, 'two')
    await sync.settle(one)
    await one.client.prune(creator.log.id, encodePrune((await creator.log.makePrune(story.ownerKey))!))
    await sync.sweep()
    const { writer } = creator.log
    await creator.log.resend(writer, 0)
    expect(creator.log.outboxCount).toBeGreaterThan(0)
    await sync.until('nothing waits', () => creator.log.outboxCount === 0)
    expect(creator.log.writer).toBe(writer)
  })

  test('nor is the last frame of a feed, which nothing follows that the relay could show', async () => {
    const other = await story.join()
    const [one, two] = [sync.start(story, story.creator), sync.start(story, other)]
    await sync.settle(one)
    await sync.settle(two)
    await note(other, 'the last one')
    await sync.settle(two)
    await sync.until('it arrived', async () => (await notes(story.creator)).length === 1)
    await story.creator.log.writeSnapshot()
    await sync.settle(one)
    await one.client.prune(other.log.id, encodePrune((await story.creator.log.makePrune(story.ownerKey))!))
    await sync.sweep()
    const { writer } = other.log
    await other.log.resend(writer, 0)
    expect(other.log.outboxCount).toBeGreaterThan(0)
    await sync.until('nothing waits', () => other.log.outboxCount === 0)
    expect(other.log.writer).toBe(writer)
  })

  test('gives a relay that lost everything what others had written, too, whose devices are gone', async () => {
    const gone = await story.join()
    const one = sync.start(story, story.creator)
    const two = sync.start(story, gone)
    await sync.settle(one)
    await sync.settle(two)
    await note(gone, 'from a device that is gone', large())
    await note(gone, 'small')
    await sync.until('the first has it', async () => (await notes(story.creator)).length === 2)
    await sync.until('it is whole', () => story.creator.log.isComplete())
    two.engine.stop()
    await sync.relay.loseEverything()
    const last = await story.join()
    sync.start(story, last)
    await sync.until('the last has it', async () => (await notes(last)).length === 2)
    await sync.until('it is whole', () => last.log.isComplete())
    expect(story.creator.log.outboxCount).toBe(0)
    expect(one.said.flatMap(({ problems }) => problems.map(({ kind }) => kind))).toContain('relay-behind')
    expect(one.said.at(-1)?.problems).toEqual([])
  })

  test.each(['read', 'write'] as const)(
    'leaves to others what it may not bring: who may only %s there waits for nothing',
    async role => {
      const { creator } = story
      const one = sync.start(story, creator)
      await note(creator, 'before')
      await sync.settle(one)
      const member = await story.join()
      const two = sync.start(story, member, { role })
      await sync.until('it arrived', async () => (await notes(member)).length === 1)
      // As it does where the relay seems to lack it: its answer came damaged, or it was put back and its owner is away.
      await member.log.resend(creator.log.writer, 0)
      expect(member.log.outboxCount).toBeGreaterThan(0)
      await sync.until('nothing waits', () => member.log.outboxCount === 0)
      expect(await sync.settle(two)).toEqual(ok(undefined))
      expect(two.said.at(-1)).toMatchObject({ kind: 'backed-up', waitingCount: 0 })
      expect(await notes(member)).toEqual(['before'])
      if (role === 'read') return
      await note(member, 'its own')
      await sync.until('its own went out', async () => (await notes(creator)).includes('its own'))
    },
  )

  test('leaves a frame of another to who has its blob', async () => {
    await note(story.creator, 'large', large())
    const one = sync.start(story, story.creator)
    await sync.settle(one)
    const other = await story.join()
    await other.log.receive(await story.creator.log.frames(story.creator.log.writer, 0, 1_000_000))
    one.link.setReachable(false)
    await sync.relay.loseEverything()
    const two = sync.start(story, other)
    await sync.settle(two)
    const state = await two.client.state(story.creator.log.id)
    expect(state.ok && state.value.feeds.map(({ nextSeq }) => nextSeq)).toEqual([1])
    one.link.setReachable(true)
    await sync.until('it is whole', () => other.log.isComplete())
    expect(await notes(other)).toEqual(['large'])
  })
})
