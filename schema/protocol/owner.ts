import { ByteWriter, type DecodeFailure, decodeAll } from '../bytes.ts'
import { BlobId, CapabilityId, FrameHash, idBytes, LogId, WriterId } from '../ids.ts'
import type { Result } from '../result.ts'

/** Succeeds O by compare-and-set. Signed by the current O (a home log's first O may always sign); label `wk/1/owner`. */
export interface OwnerRecord {
  readonly logId: LogId
  /** 1 for the first succession, +1 each. */
  readonly number: number
  /** The next O's public key, 32 bytes. */
  readonly nextOwnerKey: Uint8Array<ArrayBuffer>
  /** Every other capability of the log ends with this record. */
  readonly staying: readonly CapabilityId[]
  readonly signature: Uint8Array<ArrayBuffer>
}

/** Allows the relay to delete what a stored base covers, after the grace. Signed by the current O; label `wk/1/prune`. */
export interface PruneRecord {
  readonly logId: LogId
  /** The SNAPSHOT frame that stands for what is pruned. */
  readonly base: { readonly writer: WriterId; readonly seq: number; readonly hash: FrameHash }
  /** Frames up to and with this seq may go, control frames excepted. */
  readonly covers: readonly { readonly writer: WriterId; readonly seq: number }[]
  /** Blobs that may go with them: the relay can't read which frame names which. One that is put again meanwhile drops the record. */
  readonly blobs: readonly BlobId[]
  readonly signature: Uint8Array<ArrayBuffer>
}

export const OWNER_LABEL = 'wk/1/owner'
export const PRUNE_LABEL = 'wk/1/prune'
export const MAX_STAYING = 4096
export const MAX_COVERED_FEEDS = 4096
export const MAX_PRUNED_BLOBS = 2048
const VERSION = 1

/** The signed part. */
export function encodeOwnerBody(record: Omit<OwnerRecord, 'signature'>): Uint8Array<ArrayBuffer> {
  return new ByteWriter()
    .u8(VERSION)
    .bytes(idBytes(record.logId))
    .u32(record.number)
    .bytes(record.nextOwnerKey)
    .list(record.staying, (writer, id) => writer.bytes(idBytes(id)))
    .done()
}

export function encodeOwner(record: OwnerRecord): Uint8Array<ArrayBuffer> {
  return new ByteWriter().bytes(encodeOwnerBody(record)).bytes(record.signature).done()
}

export function decodeOwner(bytes: Uint8Array): Result<OwnerRecord, DecodeFailure> {
  return decodeAll(bytes, reader => {
    if (reader.u8() !== VERSION) reader.stop('unknown-version')
    return {
      logId: LogId.read(reader),
      number: reader.u32(),
      nextOwnerKey: reader.bytes(32),
      staying: reader.list(MAX_STAYING, inner => CapabilityId.of(inner.bytes(CapabilityId.size))),
      signature: reader.bytes(64),
    }
  })
}

/** The signed part. */
export function encodePruneBody(record: Omit<PruneRecord, 'signature'>): Uint8Array<ArrayBuffer> {
  return new ByteWriter()
    .u8(VERSION)
    .bytes(idBytes(record.logId))
    .bytes(idBytes(record.base.writer))
    .u64(record.base.seq)
    .bytes(idBytes(record.base.hash))
    .list(record.covers, (writer, cover) => writer.bytes(idBytes(cover.writer)).u64(cover.seq))
    .list(record.blobs, (writer, blob) => writer.bytes(idBytes(blob)))
    .done()
}

export function encodePrune(record: PruneRecord): Uint8Array<ArrayBuffer> {
  return new ByteWriter().bytes(encodePruneBody(record)).bytes(record.signature).done()
}

export function decodePrune(bytes: Uint8Array): Result<PruneRecord, DecodeFailure> {
  return decodeAll(bytes, reader => {
    if (reader.u8() !== VERSION) reader.stop('unknown-version')
    return {
      logId: LogId.read(reader),
      base: {
        writer: WriterId.read(reader),
        seq: reader.u64(),
        hash: FrameHash.read(reader),
      },
      covers: reader.list(MAX_COVERED_FEEDS, inner => ({
        writer: WriterId.of(inner.bytes(WriterId.size)),
        seq: inner.u64(),
      })),
      blobs: reader.list(MAX_PRUNED_BLOBS, inner => BlobId.of(inner.bytes(BlobId.size))),
      signature: reader.bytes(64),
    }
  })
}
