import { type ByteReader, ByteWriter, type DecodeFailure, decodeAll, fromHex, toHex } from '#schema/bytes.ts'
import { BlobId, idBytes } from '#schema/ids.ts'
import { MAX_FRAME_BYTES } from '#schema/protocol/frame.ts'
import type { Result } from '#schema/result.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** Where a blob's plain is, and the key that opens it. */
export interface BlobRef {
  readonly blobId: BlobId
  readonly key: Bytes
}

/** Bytes that stand in the frame, or in a blob that the frame names. */
export type Carried = { readonly inline: Bytes } | { readonly blob: BlobRef }

/** What a frame brings to one shard. */
export interface ShardPart {
  readonly label: string
  /** Automerge heads after applying, hex, sorted. */
  readonly heads: readonly string[]
  readonly body:
    | { readonly kind: 'changes'; readonly changes: readonly Bytes[] }
    /** Changes too large for a frame: `encodeChanges` in a blob. */
    | { readonly kind: 'blob-changes'; readonly blob: BlobRef }
    /** The shard whole, as one Automerge save. */
    | { readonly kind: 'save'; readonly save: Carried }
}

export const MAX_LABEL_BYTES = 255
const MAX_PARTS = 4096
const MAX_HEADS = 1024
const MAX_CHANGES = 0xffff
const MAX_BLOB_BYTES = 64 * 1024 * 1024
const HEAD_BYTES = 32
const FORMS = { changes: 1, 'inline-save': 2, 'blob-save': 3, 'blob-changes': 4 } as const

export function writeParts(writer: ByteWriter, parts: readonly ShardPart[]): void {
  writer.list(parts, writePart)
}

export function readParts(reader: ByteReader): ShardPart[] {
  return reader.list(MAX_PARTS, readPart)
}

export function writeHeads(writer: ByteWriter, heads: readonly string[]): void {
  writer.list(heads, (inner, head) => inner.bytes(fromHex(head) ?? new Uint8Array(0)))
}

export function readHeads(reader: ByteReader): string[] {
  return reader.list(MAX_HEADS, inner => toHex(inner.bytes(HEAD_BYTES)))
}

export function writeCarried(writer: ByteWriter, save: Carried): void {
  if ('inline' in save) {
    writer.u8(FORMS['inline-save']).sized(save.inline)
  } else {
    writer.u8(FORMS['blob-save'])
    writeBlobRef(writer, save.blob)
  }
}

export function readCarried(reader: ByteReader): Carried {
  const form = reader.u8()
  if (form === FORMS['inline-save']) return { inline: reader.sized(MAX_FRAME_BYTES) }
  if (form === FORMS['blob-save']) return { blob: readBlobRef(reader) }
  return reader.stop('bad-value')
}

/** What a `blob-changes` blob holds. */
export function encodeChanges(changes: readonly Bytes[]): Bytes {
  const writer = new ByteWriter()
  writeChanges(writer, changes)
  return writer.done()
}

export function decodeChanges(bytes: Uint8Array): Result<Bytes[], DecodeFailure> {
  return decodeAll(bytes, reader => reader.list(MAX_CHANGES, inner => inner.sized(MAX_BLOB_BYTES)))
}

function writeChanges(writer: ByteWriter, changes: readonly Bytes[]): void {
  writer.list(changes, (inner, change) => inner.sized(change))
}

export function writeBlobRef(writer: ByteWriter, blob: BlobRef): void {
  writer.bytes(idBytes(blob.blobId)).bytes(blob.key)
}

export function readBlobRef(reader: ByteReader): BlobRef {
  return { blobId: BlobId.of(reader.bytes(BlobId.size)), key: reader.bytes(32) }
}

function writePart(writer: ByteWriter, part: ShardPart): void {
  writer.text(part.label)
  writeHeads(writer, part.heads)
  switch (part.body.kind) {
    case 'changes':
      writeChanges(writer.u8(FORMS.changes), part.body.changes)
      break
    case 'blob-changes':
      writeBlobRef(writer.u8(FORMS['blob-changes']), part.body.blob)
      break
    case 'save':
      writeCarried(writer, part.body.save)
      break
  }
}

function readPart(reader: ByteReader): ShardPart {
  const label = reader.text(MAX_LABEL_BYTES)
  const heads = readHeads(reader)
  return { label, heads, body: readBody(reader) }
}

function readBody(reader: ByteReader): ShardPart['body'] {
  const form = reader.u8()
  switch (form) {
    case FORMS.changes:
      return { kind: 'changes', changes: reader.list(MAX_CHANGES, inner => inner.sized(MAX_FRAME_BYTES)) }
    case FORMS['inline-save']:
      return { kind: 'save', save: { inline: reader.sized(MAX_FRAME_BYTES) } }
    case FORMS['blob-save']:
      return { kind: 'save', save: { blob: readBlobRef(reader) } }
    case FORMS['blob-changes']:
      return { kind: 'blob-changes', blob: readBlobRef(reader) }
    default:
      return reader.stop('bad-value')
  }
}
