import { beforeAll, expect, test } from 'vitest'
import { MOST_FROM_LETTERS } from '#app/core/log/receive-letter.ts'
import { readyCrypto } from '#crypto/sodium.ts'
import { ok } from '#schema/result.ts'
import { grantTo, makeEpochKey, makeGrant, tellStory } from '#tests/support/log-kit.ts'

beforeAll(readyCrypto)

test('receiveLetter() keeps so many frames of somebody whom the relay refuses, and no more', async () => {
  const story = await tellStory()
  const { log, store } = story.creator
  const eve = await grantTo(story, makeGrant(), 'write')
  await log.writeEpoch(makeEpochKey(), [], [{ kind: 'principal', id: eve.identity.principal }])
  const rows = (await store.keys('frames', '')).length
  for (let at = 0; at < MOST_FROM_LETTERS + 3; at++) {
    await eve.log.change<Record<string, number>>('notes', doc => {
      doc.count = at
    })
    expect(await eve.log.flush()).toEqual(ok(undefined))
  }
  const frames = await eve.log.frames(eve.log.writer, 0, Number.MAX_SAFE_INTEGER)
  for (let at = 0; at < frames.length; at += 64) {
    expect(await log.receiveLetter(frames.slice(at, at + 64), new Set())).toEqual(ok('taken'))
  }
  expect((await store.keys('frames', '')).length).toBe(rows + MOST_FROM_LETTERS)
  expect((await log.lateFrames()).length).toBe(MOST_FROM_LETTERS)
  expect(log.isComplete()).toBe(true)
})
