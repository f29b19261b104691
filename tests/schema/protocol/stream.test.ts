import { describe, expect, test } from 'vitest'
import { fail, ok } from '#schema/result.ts'
import { FrameHash, LogId, WriterId } from '#schema/ids.ts'
import { instant } from '#schema/instant.ts'
import {
  type ClientMessage,
  decodeClientMessages,
  decodeRelayMessages,
  encodeClientMessages,
  encodeRelayMessages,
  MAX_BATCH,
  MAX_MESSAGE_BYTES,
  type RelayMessage,
} from '#schema/protocol/stream.ts'
import { ambiguousIn } from './total.ts'

const bytes = (count: number, fill: number) => new Uint8Array(count).fill(fill)
const logId = LogId.of(bytes(16, 1))
const writer = WriterId.of(bytes(32, 2))
const head = FrameHash.of(bytes(32, 3))
const signature = bytes(64, 4)

const CLIENT: readonly ClientMessage[] = [
  { type: 'prove', requestId: 1, holderKey: bytes(32, 5), signature },
  { type: 'prove-writer', requestId: 2, logId, writer, signature },
  { type: 'append', requestId: 3, frame: bytes(300, 6) },
  { type: 'append-quietly', requestId: 9, frame: bytes(300, 6) },
  { type: 'fetch', requestId: 4, logId, wants: [{ writer, nextSeq: 7 }] },
  { type: 'watch', requestId: 5, logs: [{ logId, cursor: 2 ** 40, wantsFrames: true }] },
  { type: 'unwatch', requestId: 6, logIds: [logId] },
  { type: 'ping', requestId: 2 ** 32 - 1 },
]

const RELAY: readonly RelayMessage[] = [
  { type: 'hello', challenge: bytes(32, 1), relayKey: bytes(32, 2), relayTime: instant(1_800_000_000_000) },
  { type: 'done', requestId: 1, relayTime: instant(0) },
  {
    type: 'ack',
    requestIds: [1, 2],
    cursor: 9,
    receipt: { logId, writer, seq: 8, hash: head, storedAt: instant(5), signature },
  },
  { type: 'nack', requestId: 3, code: 'fork', feed: { nextSeq: 4, head }, retryAfterMs: 0 },
  { type: 'nack', requestId: 3, code: 'rate', retryAfterMs: 1000 },
  { type: 'frames', requestId: 4, frames: [bytes(10, 1), bytes(0, 0)] },
  { type: 'end', requestId: 4, cursor: 12 },
  { type: 'push', logId, before: 3, cursor: 4, frames: [bytes(10, 1)] },
  { type: 'moved', logs: [{ logId, cursor: 5 }] },
  { type: 'unwatched', logId, code: 'expired' },
]

describe('client messages', () => {
  test('come back as they were sent, one by one and together', () => {
    for (const message of CLIENT) expect(decodeClientMessages(encodeClientMessages([message]))).toEqual(ok([message]))
    expect(decodeClientMessages(encodeClientMessages(CLIENT))).toEqual(ok(CLIENT))
    expect(decodeClientMessages(new Uint8Array())).toEqual(ok([]))
  })

  test('decode totally: no cut, flip or rubbish throws or gets through unseen (invariant 18)', () => {
    expect(ambiguousIn(decodeClientMessages, encodeClientMessages, [...CLIENT])).toEqual([])
  })

  test('are refused when they are too many or too large', () => {
    const many = encodeClientMessages(Array.from({ length: MAX_BATCH }, () => CLIENT[6]!))
    expect(decodeClientMessages(many).ok).toBe(true)
    const more = new Uint8Array([...many, ...encodeClientMessages([CLIENT[6]!])])
    expect(decodeClientMessages(more)).toEqual(fail('too-large'))
    expect(decodeClientMessages(new Uint8Array(MAX_MESSAGE_BYTES + 1))).toEqual(fail('too-large'))
    const large = Array.from(
      { length: 5 },
      (): ClientMessage => ({ type: 'append', requestId: 1, frame: bytes(2 ** 18, 0) }),
    )
    expect(() => encodeClientMessages(large)).toThrow(/in one message/)
    expect(
      decodeClientMessages(
        encodeClientMessages([{ ...large[0]!, type: 'append', requestId: 1, frame: bytes(2 ** 18 + 1, 0) }]),
      ),
    ).toEqual(fail('too-large'))
  })

  test('whose length says too little or too much are refused', () => {
    const ping = encodeClientMessages([CLIENT[6]!])
    const longer = ping.slice()
    longer[3]! += 1
    expect(decodeClientMessages(longer)).toEqual(fail('truncated'))
    const shorter = ping.slice()
    shorter[3]! -= 1
    expect(decodeClientMessages(shorter)).toEqual(fail('truncated'))
    const padded = new Uint8Array([...longer, 0])
    expect(decodeClientMessages(padded)).toEqual(fail('trailing-bytes'))
  })
})

describe('relay messages', () => {
  test('come back as they were sent, one by one and together', () => {
    for (const message of RELAY) expect(decodeRelayMessages(encodeRelayMessages([message]))).toEqual(ok([message]))
    expect(decodeRelayMessages(encodeRelayMessages(RELAY))).toEqual(ok(RELAY))
  })

  test('decode totally: no cut, flip or rubbish throws or gets through unseen (invariant 18)', () => {
    expect(ambiguousIn(decodeRelayMessages, encodeRelayMessages, [...RELAY])).toEqual([])
  })

  test('of another version, or with an unknown code, are refused', () => {
    const hello = encodeRelayMessages([RELAY[0]!])
    hello[5] = 2
    expect(decodeRelayMessages(hello)).toEqual(fail('unknown-version'))
    const unwatched = encodeRelayMessages([RELAY.at(-1)!])
    unwatched[unwatched.length - 1] = 255
    expect(decodeRelayMessages(unwatched)).toEqual(fail('bad-value'))
  })
})
