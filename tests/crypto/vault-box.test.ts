import { assert, pre, property, string, uint8Array } from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { randomBytes, readyCrypto } from '#crypto/sodium.ts'
import { openSecret, sealSecret } from '#crypto/vault-box.ts'
import { fail, ok } from '#schema/result.ts'
import { filled, flip } from './places.ts'

const NOT_OPENED = fail('not-opened')
const key32 = () => uint8Array({ minLength: 32, maxLength: 32 })

beforeAll(readyCrypto)

test('openSecret() gives back what sealSecret() was given, with the same key and context only', () => {
  assert(
    property(key32(), key32(), string(), string(), uint8Array(), (key, otherKey, context, otherContext, plain) => {
      pre(otherKey.join() !== key.join() && otherContext !== context)
      const sealed = sealSecret(key, context, plain)
      expect(openSecret(key, context, sealed)).toEqual(ok(plain))
      expect(openSecret(otherKey, context, sealed)).toEqual(NOT_OPENED)
      expect(openSecret(key, otherContext, sealed)).toEqual(NOT_OPENED)
    }),
  )
})

test('openSecret() refuses every changed bit and every shorter piece', () => {
  const key = randomBytes(32)
  const sealed = sealSecret(key, 'row', filled(20, 1))
  for (let bit = 0; bit < sealed.length * 8; bit++)
    expect(openSecret(key, 'row', flip(sealed, bit))).toEqual(NOT_OPENED)
  for (let length = 0; length < sealed.length; length++)
    expect(openSecret(key, 'row', sealed.subarray(0, length))).toEqual(NOT_OPENED)
})

test('sealSecret() gives another ciphertext each time', () => {
  const key = randomBytes(32)
  expect(sealSecret(key, 'row', filled(20, 1))).not.toEqual(sealSecret(key, 'row', filled(20, 1)))
})

test('sealSecret() throws at a key of another size', () => {
  expect(() => sealSecret(randomBytes(31), 'row', filled(1, 1))).toThrow(RangeError)
})
