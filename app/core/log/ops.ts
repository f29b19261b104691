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
import { readParts, type ShardPart, writeParts } from './shard-part.ts'

/** An OPS plain: what changed, and what its writer had accepted when it wrote. */
export interface Ops extends Preface {
  /** The last accepted frame of each feed that advanced since the writer's own last frame. */
  readonly seen: readonly FramePoint[]
  readonly parts: readonly ShardPart[]
}

export function encodeOps(ops: Ops): Uint8Array<ArrayBuffer> {
  const writer = writePreface(new ByteWriter(), ops).list(ops.seen, writePoint)
  writeParts(writer, ops.parts)
  return writer.done()
}

export function decodeOps(bytes: Uint8Array): Result<Ops, DecodeFailure> {
  return decodeAll(bytes, reader => ({
    ...readPreface(reader),
    seen: reader.list(MAX_POINTS, readPoint),
    parts: readParts(reader),
  }))
}
