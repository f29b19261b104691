import { ByteWriter, type ByteReader, type DecodeFailure, decodeAll } from '../bytes.ts'
import { FrameHash, idBytes, LogId, WriterId } from '../ids.ts'
import type { Result } from '../result.ts'
import { MAX_FRAME_BYTES } from './frame.ts'
import { MAX_COVERED_FEEDS } from './owner.ts'

/** A frame by its place. */
export interface BeginPoint {
  readonly writer: WriterId
  readonly seq: number
  readonly hash: FrameHash
}

/**
 * Lets a relay take feeds from a later frame on than their first: as if it had had what is before, and a PRUNE had let that go. Signed by
 * the current O; label `wk/1/begin`.
 */
export interface BeginRecord {
  readonly logId: LogId
  /** SNAPSHOT frames that stand for what is not brought. */
  readonly bases: readonly BeginPoint[]
  /** Of each feed the last frame that is not brought: the next one follows it. */
  readonly feeds: readonly BeginPoint[]
  readonly signature: Uint8Array<ArrayBuffer>
}

/** Body of POST begin. */
export interface Begin {
  readonly record: BeginRecord
  /** The bases, where the relay does not have them, and CONTROL frames of before: feed by feed, in their order. */
  readonly frames: readonly Uint8Array<ArrayBuffer>[]
}

export const BEGIN_LABEL = 'wk/1/begin'
export const MAX_BASES = 12
export const MAX_BEGIN_BYTES = 4 * 1024 * 1024
const MAX_RECORD_BYTES = 512 * 1024
const VERSION = 1

/** The signed part. */
export function encodeBeginRecordBody(record: Omit<BeginRecord, 'signature'>): Uint8Array<ArrayBuffer> {
  return new ByteWriter()
    .u8(VERSION)
    .bytes(idBytes(record.logId))
    .list(record.bases, writePoint)
    .list(record.feeds, writePoint)
    .done()
}

export function encodeBeginRecord(record: BeginRecord): Uint8Array<ArrayBuffer> {
  return new ByteWriter().bytes(encodeBeginRecordBody(record)).bytes(record.signature).done()
}

export function decodeBeginRecord(bytes: Uint8Array): Result<BeginRecord, DecodeFailure> {
  return decodeAll(bytes, reader => {
    if (reader.u8() !== VERSION) reader.stop('unknown-version')
    return {
      logId: LogId.of(reader.bytes(LogId.size)),
      bases: reader.list(MAX_BASES, readPoint),
      feeds: reader.list(MAX_COVERED_FEEDS, readPoint),
      signature: reader.bytes(64),
    }
  })
}

export function encodeBegin({ record, frames }: Begin): Uint8Array<ArrayBuffer> {
  return new ByteWriter()
    .sized(encodeBeginRecord(record))
    .list(frames, (writer, frame) => writer.sized(frame))
    .done()
}

export function decodeBegin(bytes: Uint8Array): Result<Begin, DecodeFailure> {
  return decodeAll(bytes, reader => {
    const record = decodeBeginRecord(reader.sized(MAX_RECORD_BYTES))
    return {
      record: record.ok ? record.value : reader.stop(record.failure),
      frames: reader.list(0xffff, inner => inner.sized(MAX_FRAME_BYTES)),
    }
  })
}

function writePoint(writer: ByteWriter, { writer: feed, seq, hash }: BeginPoint): void {
  writer.bytes(idBytes(feed)).u64(seq).bytes(idBytes(hash))
}

function readPoint(reader: ByteReader): BeginPoint {
  return {
    writer: WriterId.of(reader.bytes(WriterId.size)),
    seq: reader.u64(),
    hash: FrameHash.of(reader.bytes(FrameHash.size)),
  }
}
