import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { randomBytes, readyCrypto } from '#crypto/sodium.ts'
import { toHex } from '#schema/bytes.ts'
import { LOGS_PATH } from '#schema/protocol/http.ts'
import { fail, ok } from '#schema/result.ts'
import { type LogStory, tellStory } from '#tests/support/log-kit.ts'
import { note, notes, type SyncedDevice, SyncStory } from '#tests/support/sync-kit.ts'

beforeAll(readyCrypto)

let sync: SyncStory
let story: LogStory
beforeEach(async () => {
  sync = await SyncStory.begin()
  story = await tellStory()
})
afterEach(() => sync.end())

const MINUTE_MS = 60_000
const REFUSED = new TextEncoder().encode(JSON.stringify({ code: 'admission' }))
const large = () => [1, 2, 3].map(() => toHex(randomBytes(60_000))).join('')

function gapsOf({ openedAtMs }: SyncedDevice): number[] {
  return openedAtMs.slice(1).map((atMs, index) => atMs - openedAtMs[index]!)
}

function problemsOf({ said }: SyncedDevice): string[] {
  return (said.at(-1)?.problems ?? []).map(({ kind }) => kind)
}

test('a relay is asked once a connection whether it serves what has ended, and again when more has', async () => {
  let count = 0
  const device = sync.start(story, story.creator, { restoreOwner: () => count++ })
  await sync.settle(device)
  await note(story.creator, 'one')
  await sync.settle(device)
  expect(count).toBe(1)
  device.engine.askForOwners()
  await sync.settle(device)
  expect(count).toBe(2)
  expect(device.openedAtMs).toHaveLength(1)
})

describe('a relay that cannot be reached', () => {
  test.each([
    { name: 'least', chance: 0, share: 0.75 },
    { name: 'greatest', chance: 255, share: 1.25 },
  ])('is tried ever more seldom, at most a minute apart by the $name chance, and says since when', async made => {
    const device = sync.start(story, story.creator, { chance: made.chance })
    device.link.setReachable(false)
    await note(story.creator, 'one')
    await sync.pass(20 * MINUTE_MS)
    const gaps = gapsOf(device)
    expect(gaps.length).toBeGreaterThan(15)
    // Virtual time is a sum of fractions: the last digits of a difference say nothing.
    for (const [index, gap] of gaps.entries())
      expect(gap).toBeCloseTo(Math.min(60_000, 1000 * 2 ** index) * made.share, 3)
    expect(device.said.at(-1)).toMatchObject({ kind: 'waiting', waitingCount: 1, link: { kind: 'unreachable' } })
    const since = device.said.flatMap(({ link }) => (link.kind === 'unreachable' ? [link.since] : []))
    expect(new Set(since).size).toBe(1)
    expect(await sync.settle(device)).toEqual(fail({ kind: 'unreachable' }))
  })

  test('is tried at once when the platform says that the network is back, and the back-off begins anew', async () => {
    const device = sync.start(story, story.creator)
    device.link.setReachable(false)
    await sync.pass(10 * MINUTE_MS)
    device.engine.setOnline(false)
    await sync.pass(MINUTE_MS)
    const before = device.openedAtMs.length
    expect(await sync.settle(device)).toEqual(fail({ kind: 'unreachable' }))
    expect(device.openedAtMs).toHaveLength(before)
    expect(device.said.at(-1)?.link).toEqual({ kind: 'offline' })
    device.link.setReachable(true)
    device.engine.setOnline(true)
    expect(device.openedAtMs).toHaveLength(before + 1)
    expect(await sync.settle(device)).toEqual(ok(undefined))
    expect(device.said.at(-1)).toMatchObject({ kind: 'backed-up', link: { kind: 'online' } })
    await sync.pass(10 * MINUTE_MS)
    device.link.setReachable(false)
    const cut = device.openedAtMs.length
    await sync.until('it tries again', () => device.openedAtMs.length > cut)
    device.link.setReachable(true)
    await sync.until('it is online', () => device.said.at(-1)?.link.kind === 'online')
    expect(
      gapsOf(device)
        .slice(cut)
        .every(gap => gap < 5000),
    ).toBe(true)
  })

  test('SyncEngine.tryNow() does not wait out the back-off, and tells whether the relay answered', async () => {
    const device = sync.start(story, story.creator)
    device.link.setReachable(false)
    await sync.pass(10 * MINUTE_MS)
    const before = device.openedAtMs.length
    expect(await sync.hears(device.engine.tryNow())).toBe(false)
    expect(device.openedAtMs).toHaveLength(before + 1)
    device.link.setReachable(true)
    const atMs = sync.time.nowMs
    expect(await sync.hears(device.engine.tryNow())).toBe(true)
    expect(sync.time.nowMs - atMs).toBeLessThan(1000)
    await sync.settle(device)
    expect(device.said.at(-1)).toMatchObject({ kind: 'backed-up', link: { kind: 'online' } })
    expect(await sync.hears(device.engine.tryNow())).toBe(true)
    expect(device.openedAtMs).toHaveLength(before + 2)
  })

  test('SyncEngine.tryNow() begins an attempt anew that hangs, but none that is young', async () => {
    const device = sync.start(story, story.creator)
    await sync.settle(device)
    device.link.setMute(true)
    device.link.setReachable(false)
    await sync.until('it tries again', () => device.openedAtMs.length === 2)
    void device.engine.tryNow()
    expect(device.openedAtMs).toHaveLength(2)
    await sync.pass(8000)
    device.link.setReachable(true)
    device.link.setMute(false)
    expect(await sync.hears(device.engine.tryNow())).toBe(true)
    expect(device.openedAtMs).toHaveLength(3)
  })

  test('SyncEngine.tryNow() leaves a device alone that says it is offline', async () => {
    const device = sync.start(story, story.creator)
    await sync.settle(device)
    device.engine.setOnline(false)
    const { length } = device.openedAtMs
    expect(await device.engine.tryNow()).toBe(false)
    expect(device.openedAtMs).toHaveLength(length)
    expect(device.said.at(-1)?.link).toEqual({ kind: 'offline' })
  })

  test('is left alone after stop()', async () => {
    const device = sync.start(story, story.creator)
    device.link.setReachable(false)
    await sync.pass(MINUTE_MS)
    device.engine.stop()
    const { length } = device.openedAtMs
    const said = device.said.length
    await sync.pass(10 * MINUTE_MS)
    expect([device.openedAtMs.length, device.said.length]).toEqual([length, said])
  })
})

test('SyncEngine counts what somebody changed as waiting, not what this device says of others’ changes', async () => {
  const device = sync.start(story, story.creator)
  await sync.settle(device)
  const other = await story.join()
  const second = sync.start(story, other)
  await sync.settle(second)
  await note(other, 'of the other')
  await sync.settle(second)
  await sync.until('it is here', async () => (await notes(story.creator)).includes('of the other'))
  device.engine.setOnline(false)
  await sync.pass(MINUTE_MS)
  expect(await story.creator.log.writeHeads(true)).toEqual(ok(undefined))
  await sync.pass(1)
  expect(story.creator.log.outboxCount).toBe(1)
  expect(device.said.at(-1)).toMatchObject({ kind: 'backed-up', waitingCount: 0, link: { kind: 'offline' } })
  await note(story.creator, 'mine')
  await sync.pass(1)
  expect(device.said.at(-1)).toMatchObject({ kind: 'waiting', waitingCount: 1 })
  device.engine.setOnline(true)
  await sync.until('all is sent', () => story.creator.log.outboxCount === 0)
})

test('SyncEngine says that it is catching up, and calls nothing missing, until all has come that was there', async () => {
  const device = sync.start(story, story.creator)
  for (const id of ['one', 'two']) await note(story.creator, id, large())
  await sync.settle(device)
  let release = () => {}
  const held = new Promise<void>(resolve => (release = resolve))
  const late = await story.join()
  const second = sync.start(story, late, {
    tap: async ({ path }, pass) => {
      if (path.includes('/blobs/')) await held
      return pass()
    },
  })
  await sync.until('it is there', () => second.said.at(-1)?.link.kind === 'catching-up')
  await sync.pass(10_000)
  expect(late.log.isComplete()).toBe(false)
  expect(second.said.at(-1)).toMatchObject({ link: { kind: 'catching-up' }, problems: [] })
  release()
  await sync.until('it is level', () => second.said.at(-1)?.link.kind === 'online')
  expect(late.log.isComplete()).toBe(true)
  expect(second.said.flatMap(({ problems }) => problems)).toEqual([])
  await note(story.creator, 'three')
  await sync.until('it has come', async () => (await notes(late)).includes('three'))
  const kinds = second.said.map(({ link }) => link.kind)
  expect(kinds.slice(kinds.indexOf('online'))).not.toContain('catching-up')
})

describe('a relay that talks rubbish', () => {
  test('is called so, costs nothing that waits, and is forgiven', async () => {
    const device = sync.start(story, story.creator)
    await sync.settle(device)
    device.link.setGarbled(true)
    await note(story.creator, 'meanwhile')
    await sync.until('it says so', () => problemsOf(device).includes('relay-nonsense'))
    await sync.pass(5 * MINUTE_MS)
    expect(problemsOf(device)).toContain('relay-nonsense')
    expect(story.creator.log.outboxCount).toBe(1)
    // Rubbish is no reason to hurry: the back-off goes on.
    expect(Math.max(...gapsOf(device))).toBeGreaterThan(30_000)
    device.link.setGarbled(false)
    await sync.until('all is sent', () => story.creator.log.outboxCount === 0)
    await sync.until('it is forgiven', () => problemsOf(device).length === 0)
  })

  test('answers requests with rubbish: the blob waits and goes out later', async () => {
    let isGarbled = true
    const device = sync.start(story, story.creator, {
      tap: async ({ path }, pass) => {
        const answer = await pass()
        if (!isGarbled || !answer.ok || !path.includes('/challenge')) return answer
        return ok({ status: 200, body: new Uint8Array([1, 2, 3]) })
      },
    })
    await note(story.creator, 'one', large())
    await sync.until('it says so', () => problemsOf(device).includes('relay-nonsense'))
    expect(story.creator.log.outboxCount).toBeGreaterThan(0)
    isGarbled = false
    await sync.until('all is sent', () => story.creator.log.outboxCount === 0)
  })
})

describe('a relay that refuses one log and keeps the others', () => {
  async function besideOneRefused() {
    const others = [await tellStory()]
    const refusedAtMs: number[] = []
    let isTaken = false
    let made = 0
    const device = sync.start(story, story.creator, {
      others,
      tap: async ({ method, path }, pass) => {
        if (method !== 'POST' || path !== LOGS_PATH || isTaken || made++ === 0) return pass()
        refusedAtMs.push(sync.time.nowMs)
        return ok({ status: 403, body: REFUSED })
      },
    })
    const take = () => {
      isTaken = true
    }
    return { device, other: others[0]!, refusedAtMs, take }
  }

  test('is asked for it ever more seldom, at most about a minute apart', async () => {
    const { device, refusedAtMs } = await besideOneRefused()
    await sync.pass(10 * MINUTE_MS)
    const gaps = refusedAtMs.slice(1).map((atMs, index) => atMs - refusedAtMs[index]!)
    expect(Math.max(...gaps)).toBeGreaterThan(30_000)
    expect(refusedAtMs.length).toBeLessThan(30)
    expect(problemsOf(device)).toEqual(['not-admitted'])
    expect(device.openedAtMs).toHaveLength(1)
  })

  test('takes it at once when the person did something about it', async () => {
    const { device, refusedAtMs, take } = await besideOneRefused()
    await sync.pass(10 * MINUTE_MS)
    take()
    const atMs = sync.time.nowMs
    await sync.hears(device.engine.tryNow())
    await sync.until('it is taken', () => problemsOf(device).length === 0)
    expect(sync.time.nowMs - atMs).toBeLessThan(2000)
    expect(refusedAtMs.length).toBeLessThan(30)
  })

  test('does not make the others wait when the connection breaks', async () => {
    const { device } = await besideOneRefused()
    await sync.pass(10 * MINUTE_MS)
    device.link.setReachable(false)
    device.link.setReachable(true)
    const atMs = sync.time.nowMs
    await sync.until('it is online', () => device.openedAtMs.length === 2)
    expect(sync.time.nowMs - atMs).toBeLessThan(3000)
  })
})

test('SyncEngine keeps to a rate limit, and calls it no refusal', async () => {
  sync.relay.changeLimits({ framesPerSocket: { perSecond: 1, burst: 3 } })
  for (let count = 0; count < 12; count++) await note(story.creator, `note ${count}`)
  const device = sync.start(story, story.creator)
  await sync.until('all is sent', () => story.creator.log.outboxCount === 0)
  expect(device.said.flatMap(({ problems }) => problems.map(({ kind }) => kind))).toEqual([])
  expect(sync.time.nowMs).toBeGreaterThan(5000)
})

test('SyncEngine keeps all logs of a device level over one stream', async () => {
  const others = [await tellStory(), await tellStory()]
  const device = sync.start(story, story.creator, { others })
  expect(await sync.settle(device)).toEqual(ok(undefined))
  expect(device.registrations()).toBe(3)
  const all = [story, ...others]
  const second = await Promise.all(all.map(each => each.join()))
  const devices = second.map((replica, index) => sync.start(all[index]!, replica))
  for (const each of devices) await sync.settle(each)
  for (const [index, { creator }] of all.entries()) await note(creator, `note ${index}`)
  for (const [index, replica] of second.entries()) {
    await sync.until('it is there', async () => (await notes(replica)).includes(`note ${index}`))
  }
  device.engine.remove(story.creator.log.id)
  await note(story.creator, 'alone')
  await note(others[0]!.creator, 'still')
  await sync.until('the others go on', async () => (await notes(second[1]!)).includes('still'))
  await sync.pass(MINUTE_MS)
  expect(await notes(second[0]!)).toEqual(['note 0'])
  expect(device.openedAtMs).toHaveLength(1)
})
