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
