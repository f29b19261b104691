import { assert, integer, property, uint8Array } from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { ENVELOPE_BYTES, openEnvelope, sealEnvelopes } from '#crypto/envelope.ts'
import { makeEpochSecret } from '#crypto/epoch.ts'
import { keyIdOf } from '#crypto/hash.ts'
import { makeKemKey } from '#crypto/keys.ts'
import { readyCrypto } from '#crypto/sodium.ts'
import { fail, ok } from '#schema/result.ts'
import { filled, flip, logOf } from './places.ts'

const NOT_OPENED = fail('not-opened')
const LOG = logOf(1)

beforeAll(readyCrypto)

test('sealEnvelopes() lets every reader find the secret and nobody else', () => {
  const readers = Array.from({ length: 5 }, makeKemKey)
  const secret = makeEpochSecret()
  const envelopes = sealEnvelopes(
    secret,
    LOG,
    keyIdOf(secret),
    readers.map(reader => reader.publicKey),
  )
  for (const reader of readers) expect(openEnvelope(envelopes, reader, LOG, keyIdOf(secret))).toEqual(ok(secret))
  expect(openEnvelope(envelopes, makeKemKey(), LOG, keyIdOf(secret))).toEqual(NOT_OPENED)
})

test('sealEnvelopes() always makes a multiple of four, at least four, all of one length', () => {
  const keys = Array.from({ length: 9 }, () => makeKemKey().publicKey)
  const secret = makeEpochSecret()
  assert(
    property(integer({ min: 0, max: 9 }), count => {
      const envelopes = sealEnvelopes(secret, LOG, keyIdOf(secret), keys.slice(0, count))
      expect(envelopes.length).toBe(Math.max(4, Math.ceil(count / 4) * 4))
      expect(envelopes.every(envelope => envelope.length === ENVELOPE_BYTES)).toBe(true)
    }),
    { numRuns: 10 },
  )
})

test('sealEnvelopes() does not show how many readers share a key', () => {
  const { publicKey } = makeKemKey()
  const secret = makeEpochSecret()
  expect(
    sealEnvelopes(
      secret,
      LOG,
      keyIdOf(secret),
      Array.from({ length: 6 }, () => publicKey),
    ).length,
  ).toBe(4)
})

test('sealEnvelopes() puts a lone reader in each of the four places by chance', () => {
  const reader = makeKemKey()
  const secret = makeEpochSecret()
  const keyId = keyIdOf(secret)
  const places = Array.from({ length: 40 }, () =>
    sealEnvelopes(secret, LOG, keyId, [reader.publicKey]).findIndex(one => openEnvelope([one], reader, LOG, keyId).ok),
  )
  expect(new Set(places)).toEqual(new Set([0, 1, 2, 3])) // misses one place in 25,000 runs
})

test('two epochs’ envelopes for one reader have no byte run in common', () => {
  const { publicKey } = makeKemKey()
  const runs = [makeEpochSecret(), makeEpochSecret()].map(secret =>
    sealEnvelopes(secret, LOG, keyIdOf(secret), [publicKey]).flatMap(envelope =>
      Array.from({ length: ENVELOPE_BYTES - 7 }, (_, at) => envelope.subarray(at, at + 8).join()),
    ),
  )
  const known = new Set(runs[0])
  expect(runs[1]?.filter(run => known.has(run))).toEqual([])
})

test('openEnvelope() opens only for its own log and epoch', () => {
  const reader = makeKemKey()
  const secret = makeEpochSecret()
  const envelopes = sealEnvelopes(secret, LOG, keyIdOf(secret), [reader.publicKey])
  expect(openEnvelope(envelopes, reader, logOf(2), keyIdOf(secret))).toEqual(NOT_OPENED)
  expect(openEnvelope(envelopes, reader, LOG, keyIdOf(makeEpochSecret()))).toEqual(NOT_OPENED)
})

test('openEnvelope() refuses a secret that is not the one of the key id', () => {
  const reader = makeKemKey()
  const announced = keyIdOf(makeEpochSecret())
  const envelopes = sealEnvelopes(makeEpochSecret(), LOG, announced, [reader.publicKey])
  expect(openEnvelope(envelopes, reader, LOG, announced)).toEqual(NOT_OPENED)
})

test('openEnvelope() refuses an envelope with a bit changed, cut short, or made of anything', () => {
  const reader = makeKemKey()
  const secret = makeEpochSecret()
  const keyId = keyIdOf(secret)
  const envelopes = sealEnvelopes(secret, LOG, keyId, [reader.publicKey])
  const mine = envelopes.find(one => openEnvelope([one], reader, LOG, keyId).ok)!
  for (let bit = 0; bit < mine.length * 8; bit += 131)
    expect(openEnvelope([flip(mine, bit)], reader, LOG, keyId), `bit ${bit}`).toEqual(NOT_OPENED)
  for (const length of [0, 1, 1120, ENVELOPE_BYTES - 1])
    expect(openEnvelope([mine.subarray(0, length)], reader, LOG, keyId)).toEqual(NOT_OPENED)
  expect(openEnvelope([filled(ENVELOPE_BYTES, 0), filled(ENVELOPE_BYTES, 255)], reader, LOG, keyId)).toEqual(NOT_OPENED)
  assert(
    property(uint8Array({ minLength: ENVELOPE_BYTES, maxLength: ENVELOPE_BYTES }), any => {
      expect(openEnvelope([any], reader, LOG, keyId)).toEqual(NOT_OPENED)
    }),
    { numRuns: 20 },
  )
})
