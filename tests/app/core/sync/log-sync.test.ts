import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { randomBytes, readyCrypto } from '#crypto/sodium.ts'
import { toHex } from '#schema/bytes.ts'
import { ok } from '#schema/result.ts'
import { type LogStory, tellStory } from '#tests/support/log-kit.ts'
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
})
