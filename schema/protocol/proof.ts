import { type ByteReader, ByteWriter, concat, type DecodeFailure, decodeAll } from '../bytes.ts'
import { FrameHash, idBytes, LogId, WriterId } from '../ids.ts'
import { type Instant, instant } from '../instant.ts'
import type { Result } from '../result.ts'

/** Signed bytes by which keys are proven to the relay, and what the relay signs. Decision 0003. */

export const CHALLENGE_BYTES = 32
/** Over the stream's challenge alone; by the holder key. */
export const HOLDER_LABEL = 'wk/1/holder'
/** Over `writerProofBytes`; by W. */
export const WRITER_LABEL = 'wk/1/writer'
/** Over `requestProofBytes`; by the holder key (for mailboxes, the read key). */
export const REQUEST_LABEL = 'wk/1/request'
/** Over `encodeReceiptBody`; by the relay. */
export const RECEIPT_LABEL = 'wk/1/receipt'
/** Over `encodeDropTokenBody`; by the mailbox's read key. */
export const DROP_LABEL = 'wk/1/drop'

/** Bound to the log, so a proof for one feed opens no other. */
export function writerProofBytes(challenge: Uint8Array, logId: LogId): Uint8Array<ArrayBuffer> {
  return concat(challenge, idBytes(logId))
}

/** `path` begins with `/v1/` and includes the query; `bodyHash` is H(body), also of an empty one. */
export function requestProofBytes(
  challenge: Uint8Array,
  method: string,
  path: string,
  bodyHash: Uint8Array,
): Uint8Array<ArrayBuffer> {
  return new ByteWriter().bytes(challenge).text(method).text(path).bytes(bodyHash).done()
}

/** The relay's word that a feed is stored, durably, up to and with this frame: the chain of hashes covers those before it. */
export interface Receipt {
  readonly logId: LogId
  readonly writer: WriterId
  readonly seq: number
  readonly hash: FrameHash
  /** By the relay's clock. */
  readonly storedAt: Instant
  readonly signature: Uint8Array<ArrayBuffer>
}

/** The signed part. */
export function encodeReceiptBody(receipt: Omit<Receipt, 'signature'>): Uint8Array<ArrayBuffer> {
  return new ByteWriter()
    .bytes(idBytes(receipt.logId))
    .bytes(idBytes(receipt.writer))
    .u64(receipt.seq)
    .bytes(idBytes(receipt.hash))
    .u64(receipt.storedAt)
    .done()
}

export function writeReceipt(writer: ByteWriter, receipt: Receipt): void {
  writer.bytes(encodeReceiptBody(receipt)).bytes(receipt.signature)
}

export function readReceipt(reader: ByteReader): Receipt {
  return {
    logId: LogId.read(reader),
    writer: WriterId.read(reader),
    seq: reader.u64(),
    hash: FrameHash.read(reader),
    storedAt: readInstant(reader),
    signature: reader.bytes(64),
  }
}

/** On a contact card or known to both ends of a pairing: lets whoever has it drop into the mailbox `H(readKey)`. */
export interface DropToken {
  /** Ed25519 public key, 32 bytes. */
  readonly readKey: Uint8Array<ArrayBuffer>
  /** By the relay's clock; refused from this millisecond on. */
  readonly notAfter: Instant
  readonly signature: Uint8Array<ArrayBuffer>
}

/** The signed part. */
export function encodeDropTokenBody(token: Omit<DropToken, 'signature'>): Uint8Array<ArrayBuffer> {
  return new ByteWriter().bytes(token.readKey).u64(token.notAfter).done()
}

export function encodeDropToken(token: DropToken): Uint8Array<ArrayBuffer> {
  return new ByteWriter().bytes(encodeDropTokenBody(token)).bytes(token.signature).done()
}

export function decodeDropToken(bytes: Uint8Array): Result<DropToken, DecodeFailure> {
  return decodeAll(bytes, reader => ({
    readKey: reader.bytes(32),
    notAfter: readInstant(reader),
    signature: reader.bytes(64),
  }))
}

export function readInstant(reader: ByteReader): Instant {
  const epochMs = reader.u64()
  if (epochMs > 8.64e15) reader.stop('bad-value')
  return instant(epochMs)
}
