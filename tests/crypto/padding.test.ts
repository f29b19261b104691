import { assert, integer, property, uint8Array } from 'fast-check'
import { expect, test } from 'vitest'
import { pad, paddedLength, unpad } from '#crypto/padding.ts'
import { fail, ok } from '#schema/result.ts'
import { filled } from './places.ts'

const BAD = fail('bad-padding')

test('unpad() gives back what pad() was given, also when it ends like padding', () => {
  assert(
    property(uint8Array({ maxLength: 5000 }), plain => {
      expect(unpad(pad(plain))).toEqual(ok(plain))
    }),
  )
  for (const tail of [[0x80], [0x80, 0], [0, 0, 0], [0x80, 0x80]])
    expect(unpad(pad(Uint8Array.from(tail)))).toEqual(ok(Uint8Array.from(tail)))
})

test('paddedLength() leaves room for the mark, adds at most 12 % past 4 KiB, and never shrinks', () => {
  assert(
    property(integer({ min: 0, max: 2 ** 31 }), bytes => {
      const padded = paddedLength(bytes)
      expect(padded).toBeGreaterThan(bytes)
      expect(paddedLength(bytes + 1)).toBeGreaterThanOrEqual(padded)
      expect(padded).toBeLessThan(Math.max(4097, 1.12 * bytes))
    }),
    { numRuns: 1000 },
  )
})

test('paddedLength() leaves few lengths to tell apart', () => {
  const lengths = new Set(Array.from({ length: 258_048 }, (_, bytes) => paddedLength(bytes)))
  expect(lengths.size).toBeLessThan(140)
})

test('unpad() refuses what pad() does not make', () => {
  expect(unpad(new Uint8Array(0))).toEqual(BAD)
  expect(unpad(filled(512, 0))).toEqual(BAD)
  expect(unpad(filled(512, 1))).toEqual(BAD)
  expect(unpad(pad(filled(10, 1)).subarray(0, 511))).toEqual(BAD)
  const tooMuch = new Uint8Array(1024)
  tooMuch[10] = 0x80
  expect(unpad(tooMuch)).toEqual(BAD)
})
