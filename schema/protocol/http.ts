import { type ByteReader, ByteWriter, type DecodeFailure, decodeAll, fromHex, toHex } from '../bytes.ts'
import { BlobId, CapabilityId, FrameHash, idBytes, type LogId, type MailboxId, WriterId } from '../ids.ts'
import type { Instant } from '../instant.ts'
import type { Result } from '../result.ts'
import { type Capability, decodeCapability, encodeCapability } from './capability.ts'
import { MAX_FRAME_BYTES } from './frame.ts'
import { GENESIS_BYTES } from './genesis.ts'
import { CHALLENGE_BYTES, type Receipt, readInstant, readReceipt, writeReceipt } from './proof.ts'

/**
 * The relay's HTTP side. Bodies are binary, fixed layouts; a refusal is JSON (refusal.ts). Who may ask:
 * - needs `Authorization` and a right: GET/POST frames (read; append, snapshot, control by kind), GET state (read),
 *   POST/GET blobs (append or snapshot; read), GET caps, DELETE caps/:id, GET access, POST close, DELETE log (manage; a holder may
 *   end its own capability), GET blobs (manage), POST begin (manage, and a record signed by O: begin.ts);
 * - carries its own signature by O: POST logs, caps, owner, prune (a home log's first O may always sign caps and owner);
 * - drop: POST needs a drop token, GET and DELETE an `Authorization` by the read key.
 */
export const CHALLENGE_PATH = '/v1/challenge'
export const LOGS_PATH = '/v1/logs'
export const STREAM_PATH = '/v1/stream'
export const CHALLENGE_LIFE_MS = 5 * 60_000

export function logPath(
  logId: LogId,
  part?: 'frames' | 'state' | 'caps' | 'owner' | 'prune' | 'begin' | 'access' | 'close',
): string {
  return part === undefined ? `${LOGS_PATH}/${logId}` : `${LOGS_PATH}/${logId}/${part}`
}

/** GET: pages of frames in append order, those after the cursor. */
export function framesPath(logId: LogId, afterCursor: number): string {
  return `${logPath(logId, 'frames')}?after=${afterCursor}`
}

/** `afterCursor`: refused as `stale` where the log got a CONTROL frame after it. */
export function ownerPath(logId: LogId, afterCursor?: number): string {
  return `${logPath(logId, 'owner')}${afterCursor === undefined ? '' : `?after=${afterCursor}`}`
}

export function blobPath(logId: LogId, blobId: BlobId): string {
  return `${logPath(logId)}/blobs/${blobId}`
}

/** GET: which blobs a log has, those after this one. */
export function blobsPath(logId: LogId, after?: BlobId): string {
  return `${logPath(logId)}/blobs${after === undefined ? '' : `?after=${after}`}`
}

export function capabilityPath(logId: LogId, id: CapabilityId): string {
  return `${logPath(logId, 'caps')}/${id}`
}

export function mailboxPath(mailbox: MailboxId): string {
  return `/v1/drop/${mailbox}`
}

/** `itemHash`, H of its bytes as hex: a number may mean another item by now, and what came may not be what lies there. */
export function mailboxItemPath(mailbox: MailboxId, itemId: number, itemHash: string): string {
  return `${mailboxPath(mailbox)}/${itemId}?hash=${itemHash}`
}

/** GET: accesses from this instant on. */
export function accessPath(logId: LogId, from: Instant): string {
  return `${logPath(logId, 'access')}?from=${from}`
}

export const AUTHORIZATION_HEADER = 'authorization'
/** On POST frames: one proof for each W, separated by `, `. */
export const WRITER_HEADER = 'wellkeep-writer'
/** On POST logs. */
export const ADMISSION_HEADER = 'wellkeep-admission'
/** What a header can say, and a list with commas can hold. */
const ADMISSION_TOKEN = /^[ -+\--~]{16,200}$/

/** As somebody typed or pasted it, without the space around it; undefined for what no relay has as an admission token. */
export function parseAdmissionToken(text: string): string | undefined {
  const token = text.trim()
  return ADMISSION_TOKEN.test(token) ? token : undefined
}

/** On POST drop: the token in hex. */
export const DROP_HEADER = 'wellkeep-drop'

/** Ciphertext of one blob. */
export const MAX_BLOB_BYTES = 32 * 1024 * 1024
export const MAX_DROP_BYTES = 16 * 1024
/** What one POST or one page of frames may hold; a page always has at least one frame if there is any. */
export const MAX_FRAMES_BODY_BYTES = 1024 * 1024
export const MAX_WRITER_PROOFS = 16

/** Signed by the holder key over `requestProofBytes`. */
export interface Authorization {
  readonly holderKey: Uint8Array<ArrayBuffer>
  readonly challenge: Uint8Array<ArrayBuffer>
  readonly signature: Uint8Array<ArrayBuffer>
}

export function formatAuthorization(authorization: Authorization): string {
  const { holderKey, challenge, signature } = authorization
  return `Wellkeep ${toHex(holderKey)}.${toHex(challenge)}.${toHex(signature)}`
}

export function parseAuthorization(header: string): Authorization | undefined {
  const parts = /^Wellkeep ([0-9a-f]{64})\.([0-9a-f]{64})\.([0-9a-f]{128})$/.exec(header)?.slice(1)
  const [holderKey, challenge, signature] = (parts ?? []).map(fromHex)
  return holderKey && challenge && signature ? { holderKey, challenge, signature } : undefined
}

/** Signed by W over `writerProofBytes` with the challenge of the same request's `Authorization`. */
export interface WriterProof {
  readonly writer: WriterId
  readonly signature: Uint8Array<ArrayBuffer>
}

export function formatWriterProofs(proofs: readonly WriterProof[]): string {
  return proofs.map(proof => `${proof.writer}.${toHex(proof.signature)}`).join(', ')
}

export function parseWriterProofs(header: string): WriterProof[] | undefined {
  const texts = header.split(', ')
  if (texts.length > MAX_WRITER_PROOFS) return undefined
  const proofs = texts.map(text => {
    const [key = '', hex = '', ...more] = text.split('.')
    const writer = WriterId.parse(key)
    const signature = fromHex(hex)
    return writer && signature?.length === 64 && more.length === 0 ? { writer, signature } : undefined
  })
  return proofs.includes(undefined) ? undefined : proofs.filter(proof => proof !== undefined)
}

/** Answer of GET challenge. */
export interface ChallengeAnswer {
  /** Good for `CHALLENGE_LIFE_MS`, for any number of requests. */
  readonly challenge: Uint8Array<ArrayBuffer>
  readonly relayKey: Uint8Array<ArrayBuffer>
  readonly relayTime: Instant
  readonly asksForAdmission: boolean
}

export function encodeChallengeAnswer(answer: ChallengeAnswer): Uint8Array<ArrayBuffer> {
  return new ByteWriter()
    .u8(1)
    .bytes(answer.challenge)
    .bytes(answer.relayKey)
    .u64(answer.relayTime)
    .bool(answer.asksForAdmission)
    .done()
}

export function decodeChallengeAnswer(bytes: Uint8Array): Result<ChallengeAnswer, DecodeFailure> {
  return decodeAll(bytes, reader => {
    if (reader.u8() !== 1) reader.stop('unknown-version')
    return {
      challenge: reader.bytes(CHALLENGE_BYTES),
      relayKey: reader.bytes(32),
      relayTime: readInstant(reader),
      asksForAdmission: reader.bool(),
    }
  })
}

/** Body of POST logs. 201 when made, 200 when it was there already (the capability is registered either way). */
export interface CreateLog {
  /** As hashed for the log's id. */
  readonly genesis: Uint8Array<ArrayBuffer>
  /** Signed by the GENESIS's O. */
  readonly capability: Capability
}

export function encodeCreateLog(request: CreateLog): Uint8Array<ArrayBuffer> {
  return new ByteWriter().bytes(request.genesis).bytes(encodeCapability(request.capability)).done()
}

export function decodeCreateLog(bytes: Uint8Array): Result<CreateLog, DecodeFailure> {
  return decodeAll(bytes, reader => ({
    genesis: reader.bytes(GENESIS_BYTES),
    capability: readCapability(reader, reader.left),
  }))
}

/** Body of POST frames, in feed order. */
export function encodeFrames(frames: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  return new ByteWriter().list(frames, (writer, frame) => writer.sized(frame)).done()
}

export function decodeFrames(bytes: Uint8Array): Result<Uint8Array<ArrayBuffer>[], DecodeFailure> {
  return decodeAll(bytes, readFrames)
}

/** Answer of POST frames: all are stored. One receipt for each run of frames of one feed. */
export interface AppendAnswer {
  /** The log's cursor after the last of them. */
  readonly cursor: number
  readonly receipts: readonly Receipt[]
}

export function encodeAppendAnswer(answer: AppendAnswer): Uint8Array<ArrayBuffer> {
  return new ByteWriter().u64(answer.cursor).list(answer.receipts, writeReceipt).done()
}

export function decodeAppendAnswer(bytes: Uint8Array): Result<AppendAnswer, DecodeFailure> {
  return decodeAll(bytes, reader => ({ cursor: reader.u64(), receipts: reader.list(0xffff, readReceipt) }))
}

/** Answer of GET frames. */
export interface FramesPage {
  /** Of the last frame here; where to go on. */
  readonly cursor: number
  readonly isEnd: boolean
  readonly frames: readonly Uint8Array<ArrayBuffer>[]
}

export function encodeFramesPage(page: FramesPage): Uint8Array<ArrayBuffer> {
  return new ByteWriter()
    .u64(page.cursor)
    .bool(page.isEnd)
    .list(page.frames, (writer, frame) => writer.sized(frame))
    .done()
}

export function decodeFramesPage(bytes: Uint8Array): Result<FramesPage, DecodeFailure> {
  return decodeAll(bytes, reader => ({ cursor: reader.u64(), isEnd: reader.bool(), frames: readFrames(reader) }))
}

/** Answer of GET state. */
export interface LogState {
  /** How often O was succeeded. */
  readonly ownerNumber: number
  readonly isClosed: boolean
  readonly cursor: number
  /** Frames and blobs. */
  readonly bytes: number
  /** What may still be stored. */
  readonly freeBytes: number
  readonly feeds: readonly FeedState[]
}

export interface FeedState {
  readonly writer: WriterId
  readonly nextSeq: number
  readonly head: FrameHash
  /** The place from which on nothing was pruned; below it only CONTROL and snapshots that stand for the rest may be left. */
  readonly keptFrom: number
  readonly bytes: number
}

export function encodeLogState(state: LogState): Uint8Array<ArrayBuffer> {
  const writer = new ByteWriter().u32(state.ownerNumber).bool(state.isClosed)
  return writer
    .u64(state.cursor)
    .u64(state.bytes)
    .u64(state.freeBytes)
    .list(state.feeds, (w, feed) => {
      w.bytes(idBytes(feed.writer)).u64(feed.nextSeq).bytes(idBytes(feed.head)).u64(feed.keptFrom).u64(feed.bytes)
    })
    .done()
}

export function decodeLogState(bytes: Uint8Array): Result<LogState, DecodeFailure> {
  return decodeAll(bytes, reader => ({
    ownerNumber: reader.u32(),
    isClosed: reader.bool(),
    cursor: reader.u64(),
    bytes: reader.u64(),
    freeBytes: reader.u64(),
    feeds: reader.list(0xffff, r => ({
      writer: WriterId.read(r),
      nextSeq: r.u64(),
      head: FrameHash.read(r),
      keptFrom: r.u64(),
      bytes: r.u64(),
    })),
  }))
}

/** Answer of GET caps: those that count or will (not revoked; possibly past notAfter). */
export function encodeCapabilities(capabilities: readonly Capability[]): Uint8Array<ArrayBuffer> {
  return new ByteWriter().list(capabilities, (writer, one) => writer.sized(encodeCapability(one))).done()
}

export function decodeCapabilities(bytes: Uint8Array): Result<Capability[], DecodeFailure> {
  return decodeAll(bytes, reader => reader.list(0xffff, r => readCapability(r, r.u32())))
}

/** Answer of POST prune: what will go, and when. */
export interface PruneReport {
  readonly dueAt: Instant
  readonly frames: number
  readonly bytes: number
}

export function encodePruneReport(report: PruneReport): Uint8Array<ArrayBuffer> {
  return new ByteWriter().u64(report.dueAt).u64(report.frames).u64(report.bytes).done()
}

export function decodePruneReport(bytes: Uint8Array): Result<PruneReport, DecodeFailure> {
  return decodeAll(bytes, reader => ({ dueAt: readInstant(reader), frames: reader.u64(), bytes: reader.u64() }))
}

/** Answer of GET blobs, in the order of their ids. */
export interface BlobsPage {
  readonly isEnd: boolean
  readonly blobs: readonly { readonly blobId: BlobId; readonly bytes: number }[]
}

export function encodeBlobsPage(page: BlobsPage): Uint8Array<ArrayBuffer> {
  return new ByteWriter()
    .bool(page.isEnd)
    .list(page.blobs, (writer, { blobId, bytes }) => writer.bytes(idBytes(blobId)).u32(bytes))
    .done()
}

export function decodeBlobsPage(bytes: Uint8Array): Result<BlobsPage, DecodeFailure> {
  return decodeAll(bytes, reader => ({
    isEnd: reader.bool(),
    blobs: reader.list(0xffff, r => ({ blobId: BlobId.of(r.bytes(BlobId.size)), bytes: r.u32() })),
  }))
}

/** One line of the log's access log: a capability's use of one right within one minute. */
export interface AccessEntry {
  /** The minute's start, by the relay's clock. */
  readonly minute: Instant
  readonly capabilityId: CapabilityId
  /** One of RIGHTS. */
  readonly right: number
  readonly count: number
  /** Of frames and blobs that were stored or served. */
  readonly bytes: number
}

export function encodeAccess(entries: readonly AccessEntry[]): Uint8Array<ArrayBuffer> {
  return new ByteWriter()
    .list(entries, (writer, entry) => {
      writer.u64(entry.minute).bytes(idBytes(entry.capabilityId)).u8(entry.right).u32(entry.count).u64(entry.bytes)
    })
    .done()
}

export function decodeAccess(bytes: Uint8Array): Result<AccessEntry[], DecodeFailure> {
  return decodeAll(bytes, reader =>
    reader.list(0xffff, r => ({
      minute: readInstant(r),
      capabilityId: CapabilityId.read(r),
      right: r.u8(),
      count: r.u32(),
      bytes: r.u64(),
    })),
  )
}

/** Answer of GET drop, oldest first. POST drop answers 201 with nothing. */
export interface DropItem {
  /** For DELETE. */
  readonly itemId: number
  readonly droppedAt: Instant
  readonly bytes: Uint8Array<ArrayBuffer>
}

export function encodeDropItems(items: readonly DropItem[]): Uint8Array<ArrayBuffer> {
  return new ByteWriter()
    .list(items, (writer, item) => writer.u64(item.itemId).u64(item.droppedAt).sized(item.bytes))
    .done()
}

export function decodeDropItems(bytes: Uint8Array): Result<DropItem[], DecodeFailure> {
  return decodeAll(bytes, reader =>
    reader.list(0xffff, r => ({ itemId: r.u64(), droppedAt: readInstant(r), bytes: r.sized(MAX_DROP_BYTES) })),
  )
}

function readFrames(reader: ByteReader): Uint8Array<ArrayBuffer>[] {
  return reader.list(0xffff, r => r.sized(MAX_FRAME_BYTES))
}

function readCapability(reader: ByteReader, length: number): Capability {
  const decoded = decodeCapability(reader.bytes(length))
  return decoded.ok ? decoded.value : reader.stop(decoded.failure)
}
