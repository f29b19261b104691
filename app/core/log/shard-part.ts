import { type ByteReader, ByteWriter, concat, type DecodeFailure, decodeAll, fromHex, toHex } from '#schema/bytes.ts'
import { BlobId, idBytes } from '#schema/ids.ts'
import { MAX_FRAME_BYTES } from '#schema/protocol/frame.ts'
import type { Result } from '#schema/result.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** Where a blob's plain is, and the key that opens it. */
export interface BlobRef {
  readonly blobId: BlobId
  readonly key: Bytes
}

/** Bytes that stand in the frame, or in a blob that the frame names, or one after the other in several. */
export type Carried = { readonly inline: Bytes } | { readonly blob: BlobRef } | { readonly pieces: readonly BlobRef[] }

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
/** Of one save. */
const MAX_PIECES = 64
const HEAD_BYTES = 32
const FORMS = { changes: 1, 'inline-save': 2, 'blob-save': 3, 'blob-changes': 4, 'pieces-save': 5 } as const

/** The blobs in which bytes lie. */
export function blobRefsOf(carried: Carried): readonly BlobRef[] {
  if ('inline' in carried) return []
  return 'blob' in carried ? [carried.blob] : carried.pieces
}

/** Carried bytes at hand; undefined where a blob of theirs is not here or does not open. */
export async function carriedBytes(
  carried: Carried,
  readBlob: (blob: BlobRef) => Promise<Bytes | undefined>,
): Promise<Bytes | undefined> {
  if ('inline' in carried) return carried.inline
  if ('blob' in carried) return readBlob(carried.blob)
  const pieces: Bytes[] = []
  for (const piece of carried.pieces) {
    const bytes = await readBlob(piece)
    if (bytes === undefined) return undefined
    pieces.push(bytes)
  }
  return concat(...pieces)
}

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
  } else if ('blob' in save) {
    writeBlobRef(writer.u8(FORMS['blob-save']), save.blob)
  } else {
    writer.u8(FORMS['pieces-save']).list(save.pieces, writeBlobRef)
  }
}

export function readCarried(reader: ByteReader): Carried {
  return carriedIn(reader, reader.u8()) ?? reader.stop('bad-value')
}

/** Undefined for a form that carries no save. */
function carriedIn(reader: ByteReader, form: number): Carried | undefined {
  switch (form) {
    case FORMS['inline-save']:
      return { inline: reader.sized(MAX_FRAME_BYTES) }
    case FORMS['blob-save']:
      return { blob: readBlobRef(reader) }
    case FORMS['pieces-save']:
      return { pieces: reader.list(MAX_PIECES, readBlobRef) }
    default:
      return undefined
  }
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
  return { blobId: BlobId.read(reader), key: reader.bytes(32) }
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
  if (form === FORMS.changes) {
    return { kind: 'changes', changes: reader.list(MAX_CHANGES, inner => inner.sized(MAX_FRAME_BYTES)) }
  }
  if (form === FORMS['blob-changes']) return { kind: 'blob-changes', blob: readBlobRef(reader) }
  return { kind: 'save', save: carriedIn(reader, form) ?? reader.stop('bad-value') }
}
