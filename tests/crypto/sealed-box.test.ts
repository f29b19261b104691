import { assert, pre, property, string, uint8Array } from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { isKemPublicKey, makeKemKey } from '#crypto/keys.ts'
import { BOX_OVERHEAD_BYTES, openFrom, sealTo } from '#crypto/sealed-box.ts'
import { readyCrypto } from '#crypto/sodium.ts'
import { fail, ok } from '#schema/result.ts'
import { filled, flip } from './places.ts'

const NOT_OPENED = fail('not-opened')

beforeAll(readyCrypto)

test('openFrom() gives back what sealTo() was given, under the same label only', () => {
  const key = makeKemKey()
  assert(
    property(uint8Array({ maxLength: 300 }), string(), string(), (plain, label, other) => {
      pre(other !== label)
      const box = sealTo(key.publicKey, label, plain)
      expect(box.length).toBe(plain.length + BOX_OVERHEAD_BYTES)
      expect(openFrom(key, label, box)).toEqual(ok(plain))
      expect(openFrom(key, other, box)).toEqual(NOT_OPENED)
    }),
    { numRuns: 25 },
  )
})

test('openFrom() opens for nobody else', () => {
  const box = sealTo(makeKemKey().publicKey, 'x', filled(10, 1))
  expect(openFrom(makeKemKey(), 'x', box)).toEqual(NOT_OPENED)
})

test('openFrom() refuses a box with a bit changed or cut short', () => {
  const key = makeKemKey()
  const box = sealTo(key.publicKey, 'x', filled(10, 1))
  for (let bit = 0; bit < box.length * 8; bit += 101)
    expect(openFrom(key, 'x', flip(box, bit)), `bit ${bit}`).toEqual(NOT_OPENED)
  for (let length = 0; length < box.length; length += 39)
    expect(openFrom(key, 'x', box.subarray(0, length))).toEqual(NOT_OPENED)
})

test('openFrom() refuses a point of small order', () => {
  const key = makeKemKey()
  const box = sealTo(key.publicKey, 'x', filled(10, 1))
  box.fill(0, 1088, 1120)
  expect(openFrom(key, 'x', box)).toEqual(NOT_OPENED)
})

test('isKemPublicKey() tells beforehand what sealTo() would throw at', () => {
  const good = makeKemKey().publicKey
  const smallOrder = good.slice().fill(0, 1184)
  expect(isKemPublicKey(good)).toBe(true)
  for (const bad of [filled(0, 0), good.slice(1), filled(1216, 255), smallOrder]) {
    expect(isKemPublicKey(bad)).toBe(false)
    expect(() => sealTo(bad, 'x', filled(1, 1))).toThrow(/Cannot seal a box|invalid usage/)
  }
})
