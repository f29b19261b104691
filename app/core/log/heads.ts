import { ByteWriter, type DecodeFailure, decodeAll } from '#schema/bytes.ts'
import type { Result } from '#schema/result.ts'
import {
  type FramePoint,
  MAX_POINTS,
  type Preface,
  readPoint,
  readPreface,
  writePoint,
  writePreface,
} from './preface.ts'

/** A HEADS plain: says what its writer has accepted, and nothing else. */
export interface Heads extends Preface {
  readonly seen: readonly FramePoint[]
}

export function encodeHeads(heads: Heads): Uint8Array<ArrayBuffer> {
  return writePreface(new ByteWriter(), heads).list(heads.seen, writePoint).done()
}

export function decodeHeads(bytes: Uint8Array): Result<Heads, DecodeFailure> {
  return decodeAll(bytes, reader => ({ ...readPreface(reader), seen: reader.list(MAX_POINTS, readPoint) }))
}
