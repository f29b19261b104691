import { expect } from 'vitest'
import { toHex } from '#schema/bytes.ts'
import type { DecodeFailure } from '#schema/bytes.ts'
import type { Result } from '#schema/result.ts'

type Bytes = Uint8Array<ArrayBuffer>

/**
 * Every cut and every single flipped bit of `value`'s bytes either fails to decode or decodes to something that encodes to
 * those very bytes: one meaning, one encoding. Rubbish from a fixed generator never throws.
 */
export function expectTotal<Value>(
  decode: (bytes: Uint8Array) => Result<Value, DecodeFailure>,
  encode: (value: Value) => Bytes,
  value: NoInfer<Value>,
): void {
  const whole = encode(value)
  expectCanonical(decode, encode, new Uint8Array([...whole, 0]))
  for (let length = 0; length < whole.length; length++) expectCanonical(decode, encode, whole.slice(0, length))
  for (let bit = 0; bit < whole.length * 8; bit++) {
    const flipped = whole.slice()
    flipped[bit >> 3]! ^= 1 << (bit & 7)
    expectCanonical(decode, encode, flipped)
  }
  let state = 1
  for (let round = 0; round < 500; round++) {
    const rubbish = new Uint8Array(round).map(() => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
      return state >>> 16
    })
    expectCanonical(decode, encode, rubbish)
  }
}

function expectCanonical<Value>(
  decode: (bytes: Uint8Array) => Result<Value, DecodeFailure>,
  encode: (value: Value) => Bytes,
  bytes: Bytes,
): void {
  const decoded = decode(bytes)
  if (decoded.ok) expect(toHex(encode(decoded.value))).toBe(toHex(bytes))
}
