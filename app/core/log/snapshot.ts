import { type ByteReader, ByteWriter, type DecodeFailure, decodeAll } from '#schema/bytes.ts'
import { readWriterCert, type WriterCert, writeWriterCert } from '#schema/protocol/certificate.ts'
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
import { type Carried, MAX_LABEL_BYTES, readCarried, readHeads, writeCarried, writeHeads } from './shard-part.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** A feed up to and with one frame; its certificate, because frame 0 may be pruned once this is stored. */
export interface Cover extends FramePoint {
  readonly cert: WriterCert
}

export interface SnapshotShard {
  readonly label: string
  readonly heads: readonly string[]
  /** H of the save, 32 bytes. */
  readonly hash: Bytes
  readonly save: Carried
}

/** A SNAPSHOT plain: every shard as it stands after the frames it covers. */
export interface Snapshot extends Preface {
  readonly covers: readonly Cover[]
  readonly shards: readonly SnapshotShard[]
}

const MAX_SHARDS = 4096

export function encodeSnapshot(snapshot: Snapshot): Bytes {
  return writePreface(new ByteWriter(), snapshot)
    .list(snapshot.covers, writeCover)
    .list(snapshot.shards, writeShard)
    .done()
}

export function decodeSnapshot(bytes: Uint8Array): Result<Snapshot, DecodeFailure> {
  return decodeAll(bytes, reader => ({
    ...readPreface(reader),
    covers: reader.list(MAX_POINTS, readCover),
    shards: reader.list(MAX_SHARDS, readShard),
  }))
}

function writeCover(writer: ByteWriter, cover: Cover): void {
  writePoint(writer, cover)
  writeWriterCert(writer, cover.cert)
}

function readCover(reader: ByteReader): Cover {
  return { ...readPoint(reader), cert: readWriterCert(reader) }
}

function writeShard(writer: ByteWriter, shard: SnapshotShard): void {
  writer.text(shard.label)
  writeHeads(writer, shard.heads)
  writer.bytes(shard.hash)
  writeCarried(writer, shard.save)
}

function readShard(reader: ByteReader): SnapshotShard {
  return {
    label: reader.text(MAX_LABEL_BYTES),
    heads: readHeads(reader),
    hash: reader.bytes(32),
    save: readCarried(reader),
  }
}
