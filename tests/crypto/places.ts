import { contentKey, type EpochSecret } from '#crypto/epoch.ts'
import { sealControlFrame, sealFrame, type SealedFrame } from '#crypto/frame.ts'
import { keyIdOf } from '#crypto/hash.ts'
import { type SigningKey, signingKeyFromSeed } from '#crypto/keys.ts'
import { FrameHash, LogId } from '#schema/ids.ts'
import { decodeFrame, type FrameKind, type FrameParts } from '#schema/protocol/frame.ts'

export const filled = (count: number, byte: number) => new Uint8Array(count).fill(byte)
export const logOf = (byte: number) => LogId.of(filled(16, byte))

/** Where a frame stands; a test changes one thing of it. */
export interface Place {
  readonly kind: FrameKind
  readonly logId: LogId
  readonly seq: number
  readonly prev: FrameHash
  readonly secret: EpochSecret
  readonly writer: SigningKey
  readonly plain: Uint8Array
  /** Of a CONTROL frame. */
  readonly envelopes: readonly Uint8Array[]
}

export const somePlace = (): Place => ({
  kind: 'ops',
  logId: logOf(1),
  seq: 5,
  prev: FrameHash.of(filled(32, 2)),
  secret: filled(32, 3),
  writer: signingKeyFromSeed(filled(32, 4)),
  plain: filled(100, 5),
  envelopes: [],
})

export function frameAt({ kind, ...place }: Place): SealedFrame {
  const at = { ...place, keyId: keyIdOf(place.secret), contentKey: contentKey(place.secret, place.logId) }
  return kind === 'control' ? sealControlFrame(at) : sealFrame({ ...at, kind })
}

export function partsOf(bytes: Uint8Array): FrameParts {
  const parts = decodeFrame(bytes)
  if (!parts.ok) throw new Error(`Cannot read the test's frame: ${parts.failure}`)
  return parts.value
}

/** One bit changed. */
export function flip(bytes: Uint8Array, bit: number): Uint8Array<ArrayBuffer> {
  const changed = new Uint8Array(bytes)
  changed[bit >> 3]! ^= 1 << (bit & 7)
  return changed
}
