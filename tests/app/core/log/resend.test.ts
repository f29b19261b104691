import { ImmutableString } from '@automerge/automerge'
import { beforeAll, expect, test } from 'vitest'
import { randomBytes, readyCrypto } from '#crypto/sodium.ts'
import { toHex } from '#schema/bytes.ts'
import { ok } from '#schema/result.ts'
import { tellStory } from '#tests/support/log-kit.ts'

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
