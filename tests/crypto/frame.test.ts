import { assert, asyncProperty, constantFrom, integer, property, uint8Array } from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { contentKey } from '#crypto/epoch.ts'
import { ENVELOPE_BYTES } from '#crypto/envelope.ts'
import { MAX_FRAME_PLAIN_BYTES, openControlFrame, openFrame, splitControlBody } from '#crypto/frame.ts'
import { verifyFrame } from '#crypto/verify.ts'
import { frameHash } from '#crypto/hash.ts'
import { makeSigningKey } from '#crypto/keys.ts'
import { readyCrypto } from '#crypto/sodium.ts'
import { concat } from '#schema/bytes.ts'
import { FrameHash, KeyId, WriterId } from '#schema/ids.ts'
import {
  decodeFrame,
  encodeFrameHeader,
  type FrameHeader,
  type FrameKind,
  MAX_FRAME_BYTES,
} from '#schema/protocol/frame.ts'
import { fail, ok } from '#schema/result.ts'
import { filled, flip, frameAt, logOf, partsOf, somePlace } from './places.ts'

const NOT_OPENED = fail('not-opened')
const sealKinds: FrameKind[] = ['ops', 'snapshot', 'heads']

beforeAll(readyCrypto)

const everySeventhBit = (bytes: number) => Array.from({ length: Math.floor((bytes * 8) / 7) }, (_, at) => 7 * at)
const keyOf = (place = somePlace()) => contentKey(place.secret, place.logId)

test('sealFrame() gives a frame that decodes, verifies and opens, whatever is in it', () => {
  const key = keyOf()
  assert(
    property(
      uint8Array({ maxLength: 6000 }),
      constantFrom(...sealKinds),
      integer({ min: 0, max: 2 ** 40 }),
      (plain, kind, seq) => {
        const { bytes, hash } = frameAt({ ...somePlace(), plain, kind, seq })
        const parts = partsOf(bytes)
        expect(parts.header).toMatchObject({ kind, seq, flags: 0 })
        expect(hash).toBe(frameHash(bytes))
        expect(verifyFrame(parts, bytes)).toBe(true)
        expect(openFrame(parts, key)).toEqual(ok(plain))
      },
    ),
    { numRuns: 40 },
  )
})

test('sealFrame() hides how long the content is', () => {
  const lengths = [0, 1, 300, 511].map(count => frameAt({ ...somePlace(), plain: filled(count, 1) }).bytes.length)
  expect(new Set(lengths)).toEqual(new Set([722]))
})

test('sealFrame() never uses a nonce twice', () => {
  const nonces = Array.from({ length: 50 }, () => partsOf(frameAt(somePlace()).bytes).nonce.join())
  expect(new Set(nonces).size).toBe(50)
})

test('sealFrame() takes the largest content there is room for, and refuses one byte more', () => {
  const { bytes } = frameAt({ ...somePlace(), plain: filled(MAX_FRAME_PLAIN_BYTES, 1) })
  expect(bytes.length).toBeLessThanOrEqual(MAX_FRAME_BYTES)
  expect(openFrame(partsOf(bytes), keyOf()).ok).toBe(true)
  expect(() => frameAt({ ...somePlace(), plain: filled(MAX_FRAME_PLAIN_BYTES + 1, 1) })).toThrow(RangeError)
})

test('a frame with any bit changed is malformed or not signed', () => {
  const { bytes } = frameAt(somePlace())
  const passing = everySeventhBit(bytes.length).filter(bit => {
    const changed = flip(bytes, bit)
    const parts = decodeFrame(changed)
    return parts.ok && verifyFrame(parts.value, changed)
  })
  expect(passing).toEqual([])
})

test('a frame with any bit of header, nonce or body changed does not open, even if its signature were ignored', () => {
  const { bytes } = frameAt(somePlace())
  const opening = everySeventhBit(bytes.length - 64).filter(bit => {
    const parts = decodeFrame(flip(bytes, bit))
    return parts.ok && openFrame(parts.value, keyOf()).ok
  })
  expect(opening).toEqual([])
})

test('a frame cut short anywhere, or with a byte too many, does not decode', () => {
  const { bytes } = frameAt(somePlace())
  for (let length = 0; length < bytes.length; length++) expect(decodeFrame(bytes.subarray(0, length)).ok).toBe(false)
  expect(decodeFrame(concat(bytes, filled(1, 0)))).toEqual(fail('trailing-bytes'))
})

test('verifyFrame() refuses another writer’s name over the same bytes', () => {
  const { bytes } = frameAt(somePlace())
  const parts = partsOf(bytes)
  const other = WriterId.of(makeSigningKey().publicKey)
  expect(verifyFrame({ ...parts, header: { ...parts.header, writer: other } }, bytes)).toBe(false)
})

describe('invariant 9: a ciphertext opens only in its own place', () => {
  const moves: [string, Partial<FrameHeader>][] = [
    ['log', { logId: logOf(9) }],
    ['feed', { writer: WriterId.of(filled(32, 9)) }],
    ['place in the feed', { seq: 6 }],
    ['predecessor', { prev: FrameHash.of(filled(32, 9)) }],
    ['kind', { kind: 'heads' }],
    ['key id', { keyId: KeyId.of(filled(8, 9)) }],
  ]

  test.each(moves)('not in another %s', (_, move) => {
    const parts = partsOf(frameAt(somePlace()).bytes)
    const header = { ...parts.header, ...move }
    expect(openFrame({ ...parts, header, headerBytes: encodeFrameHeader(header) }, keyOf())).toEqual(NOT_OPENED)
    expect(openFrame(parts, keyOf())).toEqual(ok(somePlace().plain))
  })

  test('not under another epoch’s key, nor under the same secret in another log', () => {
    const parts = partsOf(frameAt(somePlace()).bytes)
    expect(openFrame(parts, contentKey(filled(32, 9), logOf(1)))).toEqual(NOT_OPENED)
    expect(openFrame(parts, contentKey(somePlace().secret, logOf(9)))).toEqual(NOT_OPENED)
  })
})

describe('control frames', () => {
  const envelopes = [1, 2, 3, 4].map(byte => filled(ENVELOPE_BYTES, byte))
  const control = () => frameAt({ ...somePlace(), kind: 'control', envelopes })

  test('sealControlFrame() keeps the envelopes in clear and the record sealed', () => {
    const { bytes } = control()
    const parts = partsOf(bytes)
    const split = splitControlBody(parts.body)
    expect(split.ok && split.value.envelopes).toEqual(envelopes)
    expect(verifyFrame(parts, bytes)).toBe(true)
    expect(openControlFrame(parts, keyOf())).toEqual(ok(somePlace().plain))
  })

  test('openControlFrame() opens with exactly these envelopes only', () => {
    const parts = partsOf(control().bytes)
    const envelopeBits = (2 + 4 * (4 + ENVELOPE_BYTES)) * 8
    for (let bit = 0; bit < envelopeBits; bit += 61)
      expect(openControlFrame({ ...parts, body: flip(parts.body, bit) }, keyOf()), `bit ${bit}`).toEqual(NOT_OPENED)
  })

  test('neither kind opens by the other’s door', () => {
    expect(openFrame(partsOf(control().bytes), keyOf())).toEqual(NOT_OPENED)
    expect(openControlFrame(partsOf(frameAt(somePlace()).bytes), keyOf())).toEqual(NOT_OPENED)
  })

  test('splitControlBody() refuses envelopes of another length and too few of them', () => {
    const short = partsOf(frameAt({ ...somePlace(), kind: 'control', envelopes: [filled(10, 1)] }).bytes)
    expect(splitControlBody(short.body)).toEqual(fail('bad-value'))
    const long = partsOf(frameAt({ ...somePlace(), kind: 'control', envelopes: [filled(ENVELOPE_BYTES + 1, 1)] }).bytes)
    expect(splitControlBody(long.body)).toEqual(fail('too-large'))
    expect(splitControlBody(partsOf(control().bytes).body.slice(0, 3000))).toEqual(fail('truncated'))
  })
})

test('openers answer for any bytes', async () => {
  await assert(
    asyncProperty(uint8Array({ maxLength: 400 }), async body => {
      const parts = partsOf(frameAt(somePlace()).bytes)
      const signature = filled(64, 0)
      const strange = { ...parts, body, signature }
      expect(openFrame(strange, keyOf())).toEqual(NOT_OPENED)
      expect(openControlFrame({ ...strange, header: { ...parts.header, kind: 'control' } }, keyOf())).toEqual(
        NOT_OPENED,
      )
      expect(verifyFrame(strange, body)).toBe(false)
      splitControlBody(body)
    }),
    { numRuns: 60 },
  )
})
