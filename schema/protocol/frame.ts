import { type ByteReader, ByteWriter, type DecodeFailure, decodeAll } from '../bytes.ts'
import { FrameHash, idBytes, KeyId, LogId, WriterId } from '../ids.ts'
import { fail, type Result } from '../result.ts'

export const FRAME_KINDS = { ops: 1, snapshot: 2, control: 3, heads: 4 } as const
export type FrameKind = keyof typeof FRAME_KINDS

/** "SL" ver kind logId W seq prev keyId flags n: also the AEAD's additional data. */
export const FRAME_HEADER_BYTES = 106
export const FRAME_NONCE_BYTES = 24
export const FRAME_SIGNATURE_BYTES = 64
export const FRAME_LABEL = 'wk/1/frame'
/** The whole frame; larger bodies are blobs. */
export const MAX_FRAME_BYTES = 256 * 1024
export const FRAME_OVERHEAD_BYTES = FRAME_HEADER_BYTES + FRAME_NONCE_BYTES + FRAME_SIGNATURE_BYTES
/** `prev` of a feed's first frame. */
export const FIRST_PREV = FrameHash.of(new Uint8Array(32))

export interface FrameHeader {
  readonly kind: FrameKind
  readonly logId: LogId
  readonly writer: WriterId
  /** From 0, +1 for each frame of this feed. */
  readonly seq: number
  /** Hash of the feed's previous frame; 32 zero bytes at seq 0. */
  readonly prev: FrameHash
  readonly keyId: KeyId
  /** Reserved, 0. */
  readonly flags: number
  /** Bytes of the sealed body that follows the nonce. */
  readonly bodyBytes: number
}

/** A frame's parts, none of them verified. */
export interface FrameParts {
  readonly header: FrameHeader
  readonly headerBytes: Uint8Array<ArrayBuffer>
  readonly nonce: Uint8Array<ArrayBuffer>
  readonly body: Uint8Array<ArrayBuffer>
  readonly signature: Uint8Array<ArrayBuffer>
}

const KIND_BY_BYTE = new Map<number, FrameKind>(
  Object.entries(FRAME_KINDS).map(([kind, byte]) => [byte, kind as FrameKind]),
)
const MAGIC = 0x53_4c
const VERSION = 1

export function encodeFrameHeader(header: FrameHeader): Uint8Array<ArrayBuffer> {
  return new ByteWriter()
    .u16(MAGIC)
    .u8(VERSION)
    .u8(FRAME_KINDS[header.kind])
    .bytes(idBytes(header.logId))
    .bytes(idBytes(header.writer))
    .u64(header.seq)
    .bytes(idBytes(header.prev))
    .bytes(idBytes(header.keyId))
    .u16(header.flags)
    .u32(header.bodyBytes)
    .done()
}

/** Splits a frame. Layout only: signature, chain and key are for others to check. */
export function decodeFrame(bytes: Uint8Array): Result<FrameParts, DecodeFailure> {
  if (bytes.length > MAX_FRAME_BYTES) return fail('too-large')
  return decodeAll(bytes, reader => {
    const header = readHeader(reader)
    const headerBytes = new Uint8Array(bytes.subarray(0, FRAME_HEADER_BYTES))
    const nonce = reader.bytes(FRAME_NONCE_BYTES)
    const body = reader.bytes(header.bodyBytes)
    return { header, headerBytes, nonce, body, signature: reader.bytes(FRAME_SIGNATURE_BYTES) }
  })
}

/** Of a frame that is as long as its header says; takes and refuses what `decodeFrame` does. */
export function decodeFrameHeader(bytes: Uint8Array): Result<FrameHeader, DecodeFailure> {
  if (bytes.length > MAX_FRAME_BYTES) return fail('too-large')
  return decodeAll(bytes, reader => {
    const header = readHeader(reader)
    reader.skip(FRAME_NONCE_BYTES + header.bodyBytes + FRAME_SIGNATURE_BYTES)
    return header
  })
}

function readHeader(reader: ByteReader): FrameHeader {
  if (reader.u16() !== MAGIC) reader.stop('bad-value')
  if (reader.u8() !== VERSION) reader.stop('unknown-version')
  const header: FrameHeader = {
    kind: KIND_BY_BYTE.get(reader.u8()) ?? reader.stop('bad-value'),
    logId: LogId.read(reader),
    writer: WriterId.read(reader),
    seq: reader.u64(),
    prev: FrameHash.read(reader),
    keyId: KeyId.read(reader),
    flags: reader.u16(),
    bodyBytes: reader.u32(),
  }
  if (header.flags !== 0) reader.stop('bad-value')
  return header
}
