import { type ByteReader, ByteWriter, type DecodeFailure, decodeAll } from '../bytes.ts'
import { FrameHash, idBytes, LogId, WriterId } from '../ids.ts'
import type { Instant } from '../instant.ts'
import { fail, type Result } from '../result.ts'
import { MAX_FRAME_BYTES } from './frame.ts'
import { CHALLENGE_BYTES, type Receipt, readInstant, readReceipt, writeReceipt } from './proof.ts'
import { REFUSALS, type RefusalCode, refusalOfByte } from './refusal.ts'

/**
 * `GET /v1/stream`: each WebSocket message is binary and holds one or more of these, each after its length (u32).
 * The relay speaks first (`hello`), handles messages in order, and answers every client message by its `requestId`
 * with exactly one `done`, `ack`, `end` or `nack` (`frames` may come before `end`). Cursors are the relay's own count of a
 * log's appends, from 1; 0 is before the first.
 */
export type ClientMessage =
  /** The holder key's signature over the challenge; from then on every registered capability of that key counts here. */
  | {
      readonly type: 'prove'
      readonly requestId: number
      readonly holderKey: Uint8Array<ArrayBuffer>
      readonly signature: Uint8Array<ArrayBuffer>
    }
  /** W's signature over `writerProofBytes`; from then on frames of W are taken for this log here. */
  | {
      readonly type: 'prove-writer'
      readonly requestId: number
      readonly logId: LogId
      readonly writer: WriterId
      readonly signature: Uint8Array<ArrayBuffer>
    }
  | { readonly type: 'append'; readonly requestId: number; readonly frame: Uint8Array<ArrayBuffer> }
  /** The same, of a frame for which nobody is to be woken (decision 0054). */
  | { readonly type: 'append-quietly'; readonly requestId: number; readonly frame: Uint8Array<ArrayBuffer> }
  /** Asks for every stored frame from each feed's `nextSeq` on; feeds not named, from 0. Answered in append order. */
  | {
      readonly type: 'fetch'
      readonly requestId: number
      readonly logId: LogId
      readonly wants: readonly { readonly writer: WriterId; readonly nextSeq: number }[]
    }
  /** Adds to what this socket watches (again: replaces). What already lies after `cursor` comes as one `moved`. */
  | {
      readonly type: 'watch'
      readonly requestId: number
      readonly logs: readonly {
        readonly logId: LogId
        readonly cursor: number
        /** True: new frames are pushed; false: only `moved` comes. */
        readonly wantsFrames: boolean
      }[]
    }
  | { readonly type: 'unwatch'; readonly requestId: number; readonly logIds: readonly LogId[] }
  | { readonly type: 'ping'; readonly requestId: number }

export type RelayMessage =
  | {
      readonly type: 'hello'
      readonly challenge: Uint8Array<ArrayBuffer>
      /** Ed25519 public key that signs receipts. */
      readonly relayKey: Uint8Array<ArrayBuffer>
      readonly relayTime: Instant
    }
  | { readonly type: 'done'; readonly requestId: number; readonly relayTime: Instant }
  /** Stored durably. One receipt for a run of one feed's frames: it names the last of them. */
  | {
      readonly type: 'ack'
      readonly requestIds: readonly number[]
      /** Of the log after the last of them. */
      readonly cursor: number
      readonly receipt: Receipt
    }
  /** On an append refused as `fork` or `gap`, `feed` says what the relay has of it. */
  | {
      readonly type: 'nack'
      readonly requestId: number
      readonly code: RefusalCode
      readonly feed?: { readonly nextSeq: number; readonly head: FrameHash }
      /** With `rate`; else 0. */
      readonly retryAfterMs: number
    }
  | { readonly type: 'frames'; readonly requestId: number; readonly frames: readonly Uint8Array<ArrayBuffer>[] }
  /** All that was stored up to `cursor` when the fetch began has been sent. */
  | { readonly type: 'end'; readonly requestId: number; readonly cursor: number }
  /**
   * New frames of a watched log, never this socket's own. `before` and `cursor` are the log's cursor before and after; where
   * `before` is beyond the last cursor known here (and own acks do not explain it), fetch.
   */
  | {
      readonly type: 'push'
      readonly logId: LogId
      readonly before: number
      readonly cursor: number
      readonly frames: readonly Uint8Array<ArrayBuffer>[]
    }
  /** These watched logs have more than what was sent; a hint to fetch. Also sent for pushes left out to a slow reader. */
  | { readonly type: 'moved'; readonly logs: readonly { readonly logId: LogId; readonly cursor: number }[] }
  /** The log is no longer watched: the capability ended, or the log was deleted. */
  | { readonly type: 'unwatched'; readonly logId: LogId; readonly code: RefusalCode }

/** One WebSocket message, everything included. */
export const MAX_MESSAGE_BYTES = 1024 * 1024
/** Messages in one WebSocket message. */
export const MAX_BATCH = 4096
export const MAX_FETCH_FEEDS = 4096
export const MAX_WATCH_LOGS = 4096

const CLIENT_TYPES = {
  prove: 1,
  'prove-writer': 2,
  append: 3,
  fetch: 4,
  watch: 5,
  unwatch: 6,
  ping: 7,
  'append-quietly': 8,
} as const
const RELAY_TYPES = {
  hello: 128,
  done: 129,
  ack: 130,
  nack: 131,
  frames: 132,
  end: 133,
  push: 134,
  moved: 135,
  unwatched: 136,
} as const
const VERSION = 1
const MAX_FRAMES = 0xffff

/** One WebSocket message. Throws past `MAX_MESSAGE_BYTES`: whoever batches counts. */
export function encodeClientMessages(messages: readonly ClientMessage[]): Uint8Array<ArrayBuffer> {
  return encodeBatch(messages, writeClientMessage)
}

export function decodeClientMessages(bytes: Uint8Array): Result<ClientMessage[], DecodeFailure> {
  return decodeBatch(bytes, readClientMessage)
}

/** One WebSocket message. Throws past `MAX_MESSAGE_BYTES`: whoever batches counts. */
export function encodeRelayMessages(messages: readonly RelayMessage[]): Uint8Array<ArrayBuffer> {
  return encodeBatch(messages, writeRelayMessage)
}

export function decodeRelayMessages(bytes: Uint8Array): Result<RelayMessage[], DecodeFailure> {
  return decodeBatch(bytes, readRelayMessage)
}

function encodeBatch<Message extends ClientMessage | RelayMessage>(
  messages: readonly Message[],
  write: (writer: ByteWriter, message: Message) => void,
): Uint8Array<ArrayBuffer> {
  const writer = new ByteWriter(messages.reduce((sum, message) => sum + expectedBytes(message), 0))
  for (const message of messages) writer.sizedPart(() => write(writer, message))
  const batch = writer.done()
  if (batch.length > MAX_MESSAGE_BYTES) throw new RangeError(`Cannot send ${batch.length} bytes in one message`)
  return batch
}

/** Of frames exactly; of other messages about. */
function expectedBytes(message: ClientMessage | RelayMessage): number {
  if (message.type === 'append' || message.type === 'append-quietly') return 13 + message.frame.length
  if (message.type === 'push') return 39 + sizedBytes(message.frames)
  return message.type === 'frames' ? 11 + sizedBytes(message.frames) : 192
}

function sizedBytes(frames: readonly Uint8Array[]): number {
  return frames.reduce((sum, frame) => sum + 4 + frame.length, 0)
}

function decodeBatch<Message>(bytes: Uint8Array, read: (reader: ByteReader) => Message) {
  if (bytes.length > MAX_MESSAGE_BYTES) return fail('too-large' as const)
  return decodeAll(bytes, reader => {
    const messages: Message[] = []
    while (reader.left > 0) {
      if (messages.length === MAX_BATCH) reader.stop('too-large')
      const length = reader.u32()
      if (length > reader.left) reader.stop('truncated')
      const end = reader.offset + length
      messages.push(read(reader))
      if (reader.offset !== end) reader.stop(reader.offset < end ? 'trailing-bytes' : 'truncated')
    }
    return messages
  })
}

function writeClientMessage(writer: ByteWriter, message: ClientMessage): void {
  writer.u8(CLIENT_TYPES[message.type]).u32(message.requestId)
  switch (message.type) {
    case 'prove':
      writer.bytes(message.holderKey).bytes(message.signature)
      break
    case 'prove-writer':
      writer.bytes(idBytes(message.logId)).bytes(idBytes(message.writer)).bytes(message.signature)
      break
    case 'append':
    case 'append-quietly':
      writer.sized(message.frame)
      break
    case 'fetch':
      writer.bytes(idBytes(message.logId)).list(message.wants, (w, want) => {
        w.bytes(idBytes(want.writer)).u64(want.nextSeq)
      })
      break
    case 'watch':
      writer.list(message.logs, (w, log) => w.bytes(idBytes(log.logId)).u64(log.cursor).bool(log.wantsFrames))
      break
    case 'unwatch':
      writer.list(message.logIds, (w, logId) => w.bytes(idBytes(logId)))
      break
    case 'ping':
      break
  }
}

function readClientMessage(reader: ByteReader): ClientMessage {
  const type = reader.u8()
  const requestId = reader.u32()
  switch (type) {
    case CLIENT_TYPES.prove:
      return { type: 'prove', requestId, holderKey: reader.bytes(32), signature: reader.bytes(64) }
    case CLIENT_TYPES['prove-writer']:
      return {
        type: 'prove-writer',
        requestId,
        logId: readLogId(reader),
        writer: readWriterId(reader),
        signature: reader.bytes(64),
      }
    case CLIENT_TYPES.append:
      return { type: 'append', requestId, frame: reader.sized(MAX_FRAME_BYTES) }
    case CLIENT_TYPES['append-quietly']:
      return { type: 'append-quietly', requestId, frame: reader.sized(MAX_FRAME_BYTES) }
    case CLIENT_TYPES.fetch:
      return {
        type: 'fetch',
        requestId,
        logId: readLogId(reader),
        wants: reader.list(MAX_FETCH_FEEDS, r => ({ writer: readWriterId(r), nextSeq: r.u64() })),
      }
    case CLIENT_TYPES.watch:
      return {
        type: 'watch',
        requestId,
        logs: reader.list(MAX_WATCH_LOGS, r => ({ logId: readLogId(r), cursor: r.u64(), wantsFrames: r.bool() })),
      }
    case CLIENT_TYPES.unwatch:
      return { type: 'unwatch', requestId, logIds: reader.list(MAX_WATCH_LOGS, readLogId) }
    case CLIENT_TYPES.ping:
      return { type: 'ping', requestId }
    default:
      return reader.stop('bad-value')
  }
}

function writeRelayMessage(writer: ByteWriter, message: RelayMessage): void {
  writer.u8(RELAY_TYPES[message.type])
  switch (message.type) {
    case 'hello':
      writer.u8(VERSION).bytes(message.challenge).bytes(message.relayKey).u64(message.relayTime)
      break
    case 'done':
      writer.u32(message.requestId).u64(message.relayTime)
      break
    case 'ack':
      writer.list(message.requestIds, (w, requestId) => w.u32(requestId)).u64(message.cursor)
      writeReceipt(writer, message.receipt)
      break
    case 'nack':
      writer.u32(message.requestId).u8(REFUSALS[message.code].byte).u32(message.retryAfterMs)
      writer.bool(message.feed !== undefined)
      if (message.feed !== undefined) writer.u64(message.feed.nextSeq).bytes(idBytes(message.feed.head))
      break
    case 'frames':
      writer.u32(message.requestId).list(message.frames, (w, frame) => w.sized(frame))
      break
    case 'end':
      writer.u32(message.requestId).u64(message.cursor)
      break
    case 'push':
      writer.bytes(idBytes(message.logId)).u64(message.before).u64(message.cursor)
      writer.list(message.frames, (w, frame) => w.sized(frame))
      break
    case 'moved':
      writer.list(message.logs, (w, log) => w.bytes(idBytes(log.logId)).u64(log.cursor))
      break
    case 'unwatched':
      writer.bytes(idBytes(message.logId)).u8(REFUSALS[message.code].byte)
      break
  }
}

function readRelayMessage(reader: ByteReader): RelayMessage {
  switch (reader.u8()) {
    case RELAY_TYPES.hello:
      if (reader.u8() !== VERSION) reader.stop('unknown-version')
      return {
        type: 'hello',
        challenge: reader.bytes(CHALLENGE_BYTES),
        relayKey: reader.bytes(32),
        relayTime: readInstant(reader),
      }
    case RELAY_TYPES.done:
      return { type: 'done', requestId: reader.u32(), relayTime: readInstant(reader) }
    case RELAY_TYPES.ack:
      return {
        type: 'ack',
        requestIds: reader.list(MAX_BATCH, r => r.u32()),
        cursor: reader.u64(),
        receipt: readReceipt(reader),
      }
    case RELAY_TYPES.nack:
      return readNack(reader)
    case RELAY_TYPES.frames:
      return { type: 'frames', requestId: reader.u32(), frames: readFrames(reader) }
    case RELAY_TYPES.end:
      return { type: 'end', requestId: reader.u32(), cursor: reader.u64() }
    case RELAY_TYPES.push:
      return {
        type: 'push',
        logId: readLogId(reader),
        before: reader.u64(),
        cursor: reader.u64(),
        frames: readFrames(reader),
      }
    case RELAY_TYPES.moved:
      return {
        type: 'moved',
        logs: reader.list(MAX_WATCH_LOGS, r => ({ logId: readLogId(r), cursor: r.u64() })),
      }
    case RELAY_TYPES.unwatched:
      return { type: 'unwatched', logId: readLogId(reader), code: readCode(reader) }
    default:
      return reader.stop('bad-value')
  }
}

function readNack(reader: ByteReader): RelayMessage {
  const requestId = reader.u32()
  const code = readCode(reader)
  const retryAfterMs = reader.u32()
  if (!reader.bool()) return { type: 'nack', requestId, code, retryAfterMs }
  const feed = { nextSeq: reader.u64(), head: FrameHash.read(reader) }
  return { type: 'nack', requestId, code, retryAfterMs, feed }
}

function readCode(reader: ByteReader): RefusalCode {
  return refusalOfByte(reader.u8()) ?? reader.stop('bad-value')
}

function readFrames(reader: ByteReader): Uint8Array<ArrayBuffer>[] {
  return reader.list(MAX_FRAMES, r => r.sized(MAX_FRAME_BYTES))
}

function readLogId(reader: ByteReader): LogId {
  return LogId.read(reader)
}

function readWriterId(reader: ByteReader): WriterId {
  return WriterId.read(reader)
}
