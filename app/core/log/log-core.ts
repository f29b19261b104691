import type { SigningKey } from '#crypto/keys.ts'
import { openBlob } from '#crypto/blob.ts'
import { hash } from '#crypto/hash.ts'
import { openSecret, sealSecret } from '#crypto/vault-box.ts'
import { equalBytes } from '#schema/bytes.ts'
import { type BlobId, type FrameHash, idBytes, type KeyId, type LogId, type WriterId } from '#schema/ids.ts'
import type { Instant } from '#schema/instant.ts'
import type { Genesis } from '#schema/protocol/genesis.ts'
import type { Voucher } from './frame-fact.ts'
import type { Ledger } from './ledger.ts'
import type { Memo } from './memos.ts'
import type { LogKey } from './open-frame.ts'
import type { LogDeps, LogEvent, QuarantineReason } from './sealed-log.ts'
import type { BlobRef } from './shard-part.ts'
import type { Shards } from './shards.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** The feed this device writes. */
export interface OwnFeed {
  key: SigningKey
  writer: WriterId
  next: number
  head: FrameHash
  /** By feed, the seq last named in a `seen` of this feed. */
  seen: ReadonlyMap<WriterId, number>
  headsAt: Instant | undefined
}

/**
 * `change`: what somebody did. `founding`: that the log is there, which nobody did, but without which nobody else can go on in it.
 * `marks`: only how far somebody has got and read, for which nobody is woken (decision 0054).
 * `upkeep`: what a device says of others' frames; nothing is lost with it. `restored`: what somebody else wrote and the relay has lost.
 */
export type OutboxFrameKind = (typeof OUTBOX_FRAME_KINDS)[number]
export const OUTBOX_FRAME_KINDS = ['change', 'founding', 'marks', 'upkeep', 'restored'] as const

/** Shards in which a device says how far it has got and read. */
export const MARKS_PREFIX = 'marks/'

export type OutboxRef =
  | { readonly kind: 'frame'; readonly writer: WriterId; readonly seq: number; readonly holds: OutboxFrameKind }
  | { readonly kind: 'blob'; readonly blobId: BlobId }

/** Everything one log has in memory; the functions beside this file act on it. */
export interface LogCore {
  readonly deps: LogDeps
  readonly id: LogId
  readonly genesis: Genesis
  readonly keys: Map<KeyId, LogKey>
  ledger: Ledger
  shards: Shards
  own: OwnFeed
  /** Automerge actor of this process: H(W)[0..8] ‖ 8 random bytes. */
  actor: string
  /** By store key, in order. */
  readonly outbox: Map<string, OutboxRef>
  outboxNext: number
  readonly blobs: Set<BlobId>
  readonly foundBad: Map<FrameHash, QuarantineReason>
  /** Blobs of carried frames, by whether this process received what is in them. */
  readonly toUnpack: Map<BlobId, BlobRef>
  readonly unpacked: Set<BlobId>
  /** By label, not written yet. */
  readonly memos: Map<string, Memo>
  /** Set while content turned out bad that was already decided upon. */
  mustJudgeAnew: boolean
  readonly listeners: Set<(event: LogEvent) => void>
  /** The end of the queue of writers: `exclusively` and `hold` wait for it. */
  queue: Promise<void>
  isDisposed: boolean
}

export function emit(core: LogCore, event: LogEvent): void {
  for (const listener of core.listeners) listener(event)
}

/** What is begun with a log that was disposed of is a mistake. */
export function refuseDisposed(): never {
  throw new Error('Cannot use the log: it was disposed of')
}

/** Waits for the log's only writer's place; the answer gives it back. */
export async function hold(core: LogCore): Promise<() => void> {
  const before = core.queue
  let release = () => {}
  core.queue = new Promise(resolve => {
    release = resolve
  })
  await before
  return release
}

/** `ifDisposed` answers where the log was disposed of before the turn came: for whoever takes several turns. */
export async function exclusively<T>(
  core: LogCore,
  run: () => Promise<T>,
  ifDisposed: () => T = refuseDisposed,
): Promise<T> {
  const release = await hold(core)
  try {
    return core.isDisposed ? ifDisposed() : await run()
  } finally {
    release()
  }
}

export const isOwner =
  (genesis: Genesis) =>
  (voucher: Voucher): boolean =>
    equalBytes(hash(idBytes(voucher.root), genesis.salt), genesis.ownerHash)

// ── store keys ──

export const seqText = (seq: number) => seq.toString(16).padStart(16, '0')
export const feedPrefix = (logId: LogId, writer: WriterId) => `${logId}/${writer}/`
export const frameKey = (logId: LogId, writer: WriterId, seq: number) => `${feedPrefix(logId, writer)}${seqText(seq)}`
export const besidePrefix = (logId: LogId) => `log/${logId}/beside/`
export const besideKey = (logId: LogId, writer: WriterId, seq: number, frame: FrameHash) =>
  `${besidePrefix(logId)}${writer}/${seqText(seq)}/${frame}`
export const ownKey = (logId: LogId) => `log/${logId}/own`
export const stateKey = (logId: LogId) => `log/${logId}/state`
export const blobKey = (logId: LogId, blobId: BlobId) => `${logId}/${blobId}`
export const outboxPrefix = (logId: LogId) => `${logId}/`
export const outboxKey = (logId: LogId, order: number) => `${outboxPrefix(logId)}${order.toString().padStart(16, '0')}`

export function seal(core: Pick<LogCore, 'deps'>, key: string, plain: Uint8Array): Bytes {
  return sealSecret(core.deps.localKey, key, plain)
}

export async function readSealed(core: Pick<LogCore, 'deps'>, key: string): Promise<Bytes | 'damaged' | undefined> {
  const row = await core.deps.store.get('sealed', key)
  if (row === undefined) return undefined
  const opened = openSecret(core.deps.localKey, key, row)
  return opened.ok ? opened.value : 'damaged'
}

export async function readBlob(core: LogCore, { blobId, key }: BlobRef): Promise<Bytes | undefined> {
  const ciphertext = await core.deps.store.get('blobs', blobKey(core.id, blobId))
  if (ciphertext === undefined) return undefined
  const opened = await openBlob({ blobId, key, ciphertext }, core.id)
  return opened.ok ? opened.value : undefined
}
