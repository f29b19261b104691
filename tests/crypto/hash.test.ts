import { assert, array, property, uint8Array } from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { blobIdOf, deriveKey, hash } from '#crypto/hash.ts'
import { readyCrypto } from '#crypto/sodium.ts'
import { concat, toHex, utf8 } from '#schema/bytes.ts'
import { filled } from './places.ts'

beforeAll(readyCrypto)

test('hash() sees the parts as one', () => {
  assert(
    property(array(uint8Array()), parts => {
      expect(hash(...parts)).toEqual(hash(concat(...parts)))
    }),
  )
})

test('deriveKey() tells label and info apart', () => {
  const key = filled(32, 1)
  const keys = [
    deriveKey(key, 'a'),
    deriveKey(key, 'ab'),
    deriveKey(key, 'a', utf8('b')),
    deriveKey(key, 'a', utf8('\0b')),
    deriveKey(filled(32, 2), 'a'),
  ]
  expect(new Set(keys.map(toHex)).size).toBe(keys.length)
})

test('deriveKey() throws at a key of another size and at a label with a zero in it', () => {
  expect(() => deriveKey(filled(31, 1), 'a')).toThrow(RangeError)
  expect(() => deriveKey(filled(32, 1), 'a\0b')).toThrow(TypeError)
})

test('blobIdOf() is the hash of the ciphertext', () => {
  expect(blobIdOf(filled(3, 1))).toBe(toHex(hash(filled(3, 1))))
})
