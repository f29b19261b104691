import { type ByteReader, ByteWriter, type DecodeFailure, decodeAll } from '#schema/bytes.ts'
import { DeviceId, FrameHash, idBytes, KeyId, LogId, PrincipalId, WriterId } from '#schema/ids.ts'
import { type Instant, instant } from '#schema/instant.ts'
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
import type { Removal } from './sealed-log.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** What a principal may do, weakest first. `write` and up may write OPS, `manage` and `owner` control records and snapshots. */
export const ROLES = ['read', 'write', 'manage', 'owner'] as const
export type Role = (typeof ROLES)[number]

export interface RosterEntry {
  readonly principal: PrincipalId
  readonly role: Role
}

/** One removal and how far its feeds stand: each up to and with its point, any other at nothing. */
export interface Removed {
  readonly who: Removal
  readonly cuts: readonly FramePoint[]
}

/** Who an epoch's secret was sealed to: H of the X-Wing public key, 32 bytes, and until when. */
export interface Reader {
  readonly kemKeyHash: Bytes
  readonly notAfter: Instant
}

export interface Epoch {
  readonly type: 'epoch'
  /** Frames of the EPOCHs that this one follows; none in the first. */
  readonly parents: readonly FrameHash[]
  readonly keyId: KeyId
  /** Of the secret for this log: no second secret opens the same epoch. 32 bytes. */
  readonly commitment: Bytes
  readonly roster: readonly RosterEntry[]
  readonly readers: readonly Reader[]
  readonly removed: readonly Removed[]
}

export type ControlRecord =
  | Epoch
  /** Names a snapshot that members may start from. */
  | { readonly type: 'base'; readonly snapshot: FramePoint; readonly covers: readonly FramePoint[] }
  /** The log goes on elsewhere. */
  | { readonly type: 'close'; readonly movedTo: LogId }

/** A CONTROL plain, as it stands behind the envelopes. */
export interface Control extends Preface {
  readonly record: ControlRecord
}

const TYPES = { epoch: 1, base: 2, close: 3 } as const
const REMOVAL_KINDS = ['principal', 'device', 'writer'] as const
const MAX_ENTRIES = 4096

export function encodeControl(control: Control): Bytes {
  const { record } = control
  const writer = writePreface(new ByteWriter(), control).u8(TYPES[record.type])
  switch (record.type) {
    case 'epoch':
      writeEpochRecord(writer, record)
      break
    case 'base':
      writePoint(writer, record.snapshot)
      writer.list(record.covers, writePoint)
      break
    case 'close':
      writer.bytes(idBytes(record.movedTo))
      break
  }
  return writer.done()
}

export function decodeControl(bytes: Uint8Array): Result<Control, DecodeFailure> {
  return decodeAll(bytes, reader => ({ ...readPreface(reader), record: readRecord(reader) }))
}

function readRecord(reader: ByteReader): ControlRecord {
  switch (reader.u8()) {
    case TYPES.epoch:
      return readEpochRecord(reader)
    case TYPES.base:
      return { type: 'base', snapshot: readPoint(reader), covers: reader.list(MAX_POINTS, readPoint) }
    case TYPES.close:
      return { type: 'close', movedTo: LogId.read(reader) }
    default:
      return reader.stop('bad-value')
  }
}

function writeEpochRecord(writer: ByteWriter, epoch: Epoch): void {
  writer
    .list(epoch.parents, (inner, parent) => inner.bytes(idBytes(parent)))
    .bytes(idBytes(epoch.keyId))
    .bytes(epoch.commitment)
    .list(epoch.roster, (inner, entry) => inner.bytes(idBytes(entry.principal)).u8(ROLES.indexOf(entry.role)))
    .list(epoch.readers, (inner, reader) => inner.bytes(reader.kemKeyHash).u64(reader.notAfter))
    .list(epoch.removed, writeRemoved)
}

function readEpochRecord(reader: ByteReader): Epoch {
  return {
    type: 'epoch',
    parents: reader.list(MAX_ENTRIES, inner => FrameHash.of(inner.bytes(FrameHash.size))),
    keyId: KeyId.read(reader),
    commitment: reader.bytes(32),
    roster: reader.list(MAX_ENTRIES, inner => ({
      principal: PrincipalId.of(inner.bytes(PrincipalId.size)),
      role: ROLES[inner.u8()] ?? inner.stop('bad-value'),
    })),
    readers: reader.list(MAX_ENTRIES, inner => ({ kemKeyHash: inner.bytes(32), notAfter: readInstant(inner) })),
    removed: reader.list(MAX_ENTRIES, readRemoved),
  }
}

function readInstant(reader: ByteReader): Instant {
  const value = reader.u64()
  if (value > 8.64e15) reader.stop('bad-value')
  return instant(value)
}

function writeRemoved(writer: ByteWriter, removed: Removed): void {
  writer.u8(REMOVAL_KINDS.indexOf(removed.who.kind)).bytes(idBytes(removed.who.id)).list(removed.cuts, writePoint)
}

function readRemoved(reader: ByteReader): Removed {
  const kind = REMOVAL_KINDS[reader.u8()] ?? reader.stop('bad-value')
  const who = removalOf(kind, reader.bytes(32))
  return { who, cuts: reader.list(MAX_POINTS, readPoint) }
}

function removalOf(kind: Removal['kind'], bytes: Bytes): Removal {
  switch (kind) {
    case 'principal':
      return { kind, id: PrincipalId.of(bytes) }
    case 'device':
      return { kind, id: DeviceId.of(bytes) }
    case 'writer':
      return { kind, id: WriterId.of(bytes) }
  }
}
