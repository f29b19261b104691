import { type DecodeFailure, toHex } from '#schema/bytes.ts'
import type { Result } from '#schema/result.ts'

type Bytes = Uint8Array<ArrayBuffer>

/**
 * Tries every cut and every single flipped bit of `value`'s bytes, and rubbish from a fixed generator. Each must fail to
 * decode, or decode to something that encodes to those very bytes: one meaning, one encoding. Answers, in hex, what did
 * neither; throws what a decoder throws.
 */
export function ambiguousIn<Value>(
  decode: (bytes: Uint8Array) => Result<Value, DecodeFailure>,
  encode: (value: Value) => Bytes,
  value: NoInfer<Value>,
): string[] {
  const whole = encode(value)
  const tried = [new Uint8Array([...whole, 0])]
  for (let length = 0; length < whole.length; length++) tried.push(whole.slice(0, length))
  for (let bit = 0; bit < whole.length * 8; bit++) {
    const flipped = whole.slice()
    flipped[bit >> 3]! ^= 1 << (bit & 7)
    tried.push(flipped)
  }
  let state = 1
  for (let length = 0; length < 500; length++) {
    const rubbish = new Uint8Array(length).map(() => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
      return state >>> 16
    })
    tried.push(rubbish)
  }
  return tried.map(toHexIfAmbiguous).filter(hex => hex !== '')

  function toHexIfAmbiguous(bytes: Bytes): string {
    const decoded = decode(bytes)
    const hex = toHex(bytes)
    return decoded.ok && toHex(encode(decoded.value)) !== hex ? hex : ''
  }
}
