import { ByteWriter, type DecodeFailure, decodeAll } from '#schema/bytes.ts'
import type { Result } from '#schema/result.ts'
import { type BlobRef, readBlobRef, writeBlobRef } from './shard-part.ts'
import {
  type FramePoint,
  MAX_POINTS,
  type Preface,
  readPoint,
  readPreface,
  writePoint,
  writePreface,
} from './preface.ts'

/** A HEADS plain: says what its writer has accepted, and may carry frames of a forked feed that the relay refuses. */
export interface Heads extends Preface {
  readonly seen: readonly FramePoint[]
  /** Blobs of frames, see `carry.ts`; most have none. */
  readonly carried: readonly BlobRef[]
}

const MAX_CARRIED = 256

export function encodeHeads(heads: Heads): Uint8Array<ArrayBuffer> {
  return writePreface(new ByteWriter(), heads).list(heads.seen, writePoint).list(heads.carried, writeBlobRef).done()
}

export function decodeHeads(bytes: Uint8Array): Result<Heads, DecodeFailure> {
  return decodeAll(bytes, reader => ({
    ...readPreface(reader),
    seen: reader.list(MAX_POINTS, readPoint),
    carried: reader.list(MAX_CARRIED, readBlobRef),
  }))
}
