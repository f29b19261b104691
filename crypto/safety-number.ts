import { utf8 } from '#schema/bytes.ts'
import { deriveKey, hash } from './hash.ts'
import { wordsOfBits } from './words.ts'

export interface SafetyNumber {
  /** 60 digits, to be shown in groups of five. */
  readonly digits: string
  /** The same promise as 18 words (198 bits). */
  readonly words: readonly string[]
}

/** Six digits that both screens show while pairing. `transcript` is everything both sides sent, in one order. */
export function pairingDigits(transcript: Uint8Array): string {
  const key = hash(utf8('wk/1/pairing-digits'), transcript)
  const value = new DataView(key.buffer, key.byteOffset).getBigUint64(0) % 1_000_000n
  return value.toString().padStart(6, '0')
}

/** The same for both people, whichever of their identity keys (idSign) stands first. */
export function safetyNumber(oneKey: Uint8Array, otherKey: Uint8Array): SafetyNumber {
  const [first, second] = [hash(oneKey), hash(otherKey)].sort(compareBytes)
  const both = hash(utf8('wk/1/safety-number'), first!, second!)
  const digits = [0, 1].flatMap(half => digitGroups(deriveKey(both, 'safety.digits', Uint8Array.of(half))))
  return { digits: digits.join(''), words: wordsOfBits(deriveKey(both, 'safety.words').subarray(0, 25)) }
}

/** Six groups of five digits, each from five bytes, so that no group leans by more than one in ten million. */
function digitGroups(bytes: Uint8Array): string[] {
  return Array.from({ length: 6 }, (_, group) => {
    const value = bytes.subarray(5 * group, 5 * group + 5).reduce((sum, byte) => sum * 256 + byte, 0)
    return String(value % 100_000).padStart(5, '0')
  })
}

function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const at = a.findIndex((byte, index) => byte !== b[index])
  return at === -1 ? 0 : a[at]! - b[at]!
}
