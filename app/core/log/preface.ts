import type { ByteReader, ByteWriter } from '#schema/bytes.ts'
import { FrameHash, idBytes, WriterId } from '#schema/ids.ts'
import { type Instant, instant } from '#schema/instant.ts'
import { readWriterCert, type WriterCert, writeWriterCert } from '#schema/protocol/certificate.ts'

/** One frame by its place and hash: two frames of one place differ in it. */
export interface FramePoint {
  readonly writer: WriterId
  readonly seq: number
  readonly hash: FrameHash
}

/** How every plain begins, whatever the frame's kind. */
export interface Preface {
  /** As the writer's clock claimed, which may be wrong by years. */
  readonly claimedAt: Instant
  /** Whose the feed is. Frame 0 carries it, and every SNAPSHOT, because frame 0 may be pruned. */
  readonly cert?: WriterCert
}

export const MAX_POINTS = 4096
const VERSION = 1

export function writePreface(writer: ByteWriter, preface: Preface): ByteWriter {
  writer.u8(VERSION).u64(preface.claimedAt)
  writer.bool(preface.cert !== undefined)
  if (preface.cert !== undefined) writeWriterCert(writer, preface.cert)
  return writer
}

export function readPreface(reader: ByteReader): Preface {
  if (reader.u8() !== VERSION) reader.stop('unknown-version')
  const claimedAt = reader.u64()
  if (claimedAt > 8.64e15) reader.stop('bad-value')
  const cert = reader.bool() ? readWriterCert(reader) : undefined
  return { claimedAt: instant(claimedAt), ...(cert ? { cert } : {}) }
}

export function writePoint(writer: ByteWriter, point: FramePoint): void {
  writer.bytes(idBytes(point.writer)).u64(point.seq).bytes(idBytes(point.hash))
}

export function readPoint(reader: ByteReader): FramePoint {
  return {
    writer: WriterId.read(reader),
    seq: reader.u64(),
    hash: FrameHash.read(reader),
  }
}
