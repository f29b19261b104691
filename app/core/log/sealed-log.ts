import type { Doc } from '@automerge/automerge'
import type { KemKey, SigningKey } from '#crypto/keys.ts'
import type { BlobId, DeviceId, FrameHash, KeyId, LogId, PrincipalId, WriterId } from '#schema/ids.ts'
import type { Instant } from '#schema/instant.ts'
import type { Begin } from '#schema/protocol/begin.ts'
import type { DeviceCert } from '#schema/protocol/certificate.ts'
import type { Genesis } from '#schema/protocol/genesis.ts'
import type { PruneRecord } from '#schema/protocol/owner.ts'
import type { Result } from '#schema/result.ts'
import type { ByteStore, Clock, Random, StoreFailure, StoreWrite } from '../ports.ts'
import type { RosterEntry } from './control.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** Who writes: this device, certified up to its person's idSign. */
export interface DeviceIdentity {
  readonly principal: PrincipalId
  readonly device: SigningKey
  readonly kem: KemKey
  /** Leaf (this device) first, the one that idSign signed last. */
  readonly chain: readonly DeviceCert[]
}

/** What the keyring keeps of a log besides its genesis. */
export interface EpochKey {
  readonly keyId: KeyId
  /** E_n, 32 bytes. */
  readonly secret: Bytes
}

export interface LogDeps {
  readonly store: ByteStore
  readonly clock: Clock
  readonly random: Random
  readonly identity: DeviceIdentity
  /** Seals what stays on this device: writer keys, shards' saves, accepted state. Derived from the vault key, 32 bytes. */
  readonly localKey: Bytes
}

/** A write that is sealed and signed but not yet stored, so that several logs share one transaction. */
export interface PreparedWrite {
  readonly writes: readonly StoreWrite[]
  /** After the transaction answered ok. */
  committed(): void
  /** After it was refused: the documents go back to what is stored. */
  refused(): Promise<void>
}

/** What happened to frames that came from elsewhere. */
export interface ReceiveReport {
  readonly accepted: number
  /** Had them already. */
  readonly known: number
  readonly quarantined: readonly Quarantined[]
  /** Two frames with one (W, seq): proof kept, W cut from there. */
  readonly forks: readonly { readonly writer: WriterId; readonly seq: number }[]
}

/** `early`: whose some of it is, or what comes before it, is not here yet; that was not kept. */
export type LetterTaken = 'taken' | 'early'

/**
 * Not (yet) part of the document; shown, retried on new keys or records, never dropped.
 * `unknown-key`, `gap`, `missing-blob`, `missing-dependency` may heal; `not-rostered`, `past-cut`, `invalid` block nothing.
 */
export type QuarantineReason =
  | 'unknown-key'
  | 'gap'
  | 'missing-blob'
  | 'missing-dependency'
  | 'not-rostered'
  | 'past-cut'
  | 'bad-actor'
  | 'bad-heads'
  | 'fork'
  | 'invalid'

export interface Quarantined {
  readonly writer: WriterId
  readonly seq: number
  readonly reason: QuarantineReason
}

/** A frame that a removed writer wrote before they heard, or said so: kept, and no part of the documents. */
export interface LateFrame {
  readonly writer: WriterId
  readonly seq: number
  readonly principal: PrincipalId
  readonly device?: DeviceId
  readonly claimedAt: Instant
  /** The shards it changes. */
  readonly labels: readonly string[]
}

/** How far a feed is held here, without gaps. */
export interface FeedHead {
  readonly writer: WriterId
  /** Frames held from 0 on: the next seq wanted. */
  readonly next: number
  readonly hash: FrameHash
  /** The device that vouches for it, and whom a roster names for it, once its frame 0 was opened. */
  readonly device?: DeviceId
  readonly principal?: PrincipalId
  readonly claimedAt?: Instant
}

/** Whom an EPOCH lets in besides the person's own devices: grants, and the keys of those who hold them. */
export interface Members {
  /** A role given here counts, whatever the EPOCH before said. */
  readonly grants: readonly RosterEntry[]
  readonly readers: readonly { readonly kemPublicKey: Bytes; readonly notAfter: Instant }[]
}

/** What the EPOCHs that are here and count say of who is in. */
export interface KnownMembers {
  /** Who has a place, by all EPOCHs that nobody followed yet. */
  readonly roster: readonly RosterEntry[]
  /** Whom new frames' key was sealed to: H of their X-Wing keys, hex. */
  readonly readers: ReadonlySet<string>
  /** Principals that any of them removed. */
  readonly removed: ReadonlySet<PrincipalId>
  /** False where a key is known whose EPOCH is not here: still on its way, or never written. */
  readonly isWhole: boolean
}

/** Who is cut by a new EPOCH. `device` cuts every W that it vouches for. */
export type Removal =
  | { readonly kind: 'principal'; readonly id: PrincipalId }
  | { readonly kind: 'device'; readonly id: DeviceId }
  | { readonly kind: 'writer'; readonly id: WriterId }

export interface ShardInfo {
  readonly label: string
  /** Automerge heads as hex, sorted. */
  readonly heads: readonly string[]
  /** Of its latest save on this device. */
  readonly savedBytes: number
}

export type LogEvent =
  | { readonly kind: 'documents'; readonly labels: readonly string[]; readonly origin: 'local' | 'remote' }
  | { readonly kind: 'outbox' }
  | { readonly kind: 'control' }
  | { readonly kind: 'quarantine' }

/**
 * One log on this device: frames in the store, Automerge documents (shards) in memory as far as they are looked at,
 * and the only door through which either changes. Implemented by `openSealedLog` and `createSealedLog`.
 */
export interface SealedLog {
  readonly id: LogId
  readonly genesis: Genesis
  /** The feed this device writes; another one after a fork of its own. */
  readonly writer: WriterId

  // ── documents ──
  shards(): readonly ShardInfo[]
  /** Opens a cold shard; an empty document when there is none of that label. */
  read<T>(label: string): Promise<Doc<T>>
  /** Frees the memory of a shard that has nothing pending. */
  close(label: string): void
  /** Changes the document at once in memory; durable only after `flush`, or `prepare` and a transaction. */
  change<T>(label: string, change: (doc: T) => void): Promise<Doc<T>>
  /** A whole new shard from an Automerge save whose changes were made by `actor()`; travels as that save (bulk import). */
  putShard(label: string, save: Bytes): Promise<void>
  /** This process's Automerge actor in this log, hex. */
  actor(): string
  readonly hasPending: boolean
  /**
   * Seals and signs what is pending. Undefined when nothing is. `no-key`: none of its EPOCHs has come yet, or none whose key is here;
   * the documents are back at what is stored.
   */
  prepare(): Promise<PreparedWrite | 'no-key' | undefined>
  /** `prepare`, one transaction, `committed` or `refused`. */
  flush(): Promise<Result<void, StoreFailure>>

  // ── frames of others ──
  /** Verifies, decides, stores, applies in batches. Resolves when durable. Any bytes are answered, none throws. */
  receive(frames: readonly Uint8Array[]): Promise<Result<ReceiveReport, StoreFailure>>
  /**
   * As `receive`, of what came by letter, which no relay has looked at: OPS and HEADS of whom an EPOCH let write, following what is here.
   * Gaps only of who was cut or is `leaving`, and so will be: their frames wait for nothing. The rest is not kept.
   */
  receiveLetter(
    frames: readonly Uint8Array[],
    leaving: ReadonlySet<PrincipalId>,
  ): Promise<Result<LetterTaken, StoreFailure>>
  missingBlobs(): readonly BlobId[]
  receiveBlob(id: BlobId, ciphertext: Bytes): Promise<Result<void, StoreFailure | 'not-it'>>
  /** New epoch secrets from the keyring: what waited for them is decided again. */
  addKeys(keys: readonly EpochKey[]): Promise<void>

  // ── what sync needs ──
  /** Signs for the relay with W (stream message PROVE_WRITER). */
  signAsWriter(label: string, bytes: Uint8Array): Bytes
  feeds(): readonly FeedHead[]
  /** Own and foreign frames as stored, from `seq`, at most `maxBytes` (at least one). */
  frames(writer: WriterId, seq: number, maxBytes: number): Promise<readonly Bytes[]>
  /**
   * Not yet acknowledged by the relay, oldest first, at least one if any: blobs stand before the frame that names them. Not those
   * blobs that the caller has sent already.
   */
  outbox(maxBytes: number, without?: ReadonlySet<BlobId>): Promise<readonly OutboxItem[]>
  /** Heads of a shard without what is in our frames in the outbox: as others may have it. */
  sentHeads(label: string): Promise<readonly string[]>
  /** Frames in the outbox, pending changes not counted. */
  readonly outboxCount: number
  /** Those of them in which this person changed something. */
  readonly unsentChanges: number
  /** Whether the relay has all without which somebody else could not go on from here; what founds a log too, which is nobody's change. */
  readonly isBackedUp: boolean
  /** Takes these frames out of the outbox, each with the blobs before it: a blob alone says nothing of the relay having its frame. */
  acknowledged(items: readonly OutboxItem[]): Promise<Result<void, StoreFailure>>
  /** The relay holds other bytes at our (W, seq): freezes W, takes a new one, makes the unsent changes again by value. */
  mendFork(seq: number): Promise<Result<void, StoreFailure>>
  /** Frames the relay lost, put back into the outbox: all of the feed, or of others' as many as fit into `maxBytes`, one at least. */
  resend(writer: WriterId, fromSeq: number, maxBytes?: number): Promise<Result<void, StoreFailure>>

  /** Of whose feeds two branches are held, and from which place on. */
  forks(): ReadonlyMap<WriterId, number>
  /** The last place of a feed that is not held and for which a base stands: it may hide that the feed was forked. */
  covered(): ReadonlyMap<WriterId, number>
  /** Others' feeds that a removal cuts and of which something is accepted: nobody but who holds it brings that back. */
  cutFeeds(): ReadonlySet<WriterId>
  /**
   * Writes a frame that brings everybody what is held of forked feeds and is not at the relay, and what is accepted of `stranded` feeds
   * that a removal cuts from the place given, unless that was done.
   */
  carry(atRelay: ReadonlySet<FrameHash>, stranded: ReadonlyMap<WriterId, number>): Promise<Result<void, StoreFailure>>

  // ── upkeep ──
  /** A HEADS frame, if own `seen` advanced and the last one is a day old, or this is urgent. */
  writeHeads(isUrgent?: boolean): Promise<Result<void, StoreFailure>>
  /** Refused (`incomplete`) while anything is missing or quarantined and may heal (invariant 8). */
  writeSnapshot(): Promise<Result<void, StoreFailure | 'incomplete'>>
  /** What the newest own snapshot allows to prune, signed by O; undefined when there is none. */
  makePrune(ownerKey: SigningKey): Promise<PruneRecord | undefined>
  /**
   * Requests, one after the other, by which another relay takes feeds from a later frame on than their first: where it lacks what is not
   * held here and only a base stands for. Signed by O.
   */
  makeBegins(ownerKey: SigningKey, nextThere: ReadonlyMap<WriterId, number>): Promise<readonly Begin[]>
  /**
   * What `remember` kept of a shard as it is now, on this device alone; undefined where that is nothing. So that a shard that was read
   * once need not be opened to be read again.
   */
  recall(label: string): Promise<Bytes | undefined>
  /** Keeps what was made of a shard as it was at these heads, with the next caches, if it is so still; `make` is called then. */
  remember(label: string, heads: readonly string[], make: () => Bytes): void
  /** Stores the shards' saves and the accepted state, so that the next unlock verifies nothing again. */
  saveCaches(): Promise<Result<void, StoreFailure>>

  // ── control ──
  /** A new EPOCH under a fresh secret: cuts `removals`, seals to `readers` and `members`. Nothing if `next` has one already. The caller has `next` in the keyring. */
  writeEpoch(
    next: EpochKey,
    readers: readonly Bytes[],
    removals: readonly Removal[],
    members?: Members,
  ): Promise<Result<void, StoreFailure>>
  members(): KnownMembers
  /** Keys of EPOCHs that were not sealed to an X-Wing key, which H names as hex, in no order; only what can be opened here. */
  keysNotSealedTo(kemKeyHash: string): readonly KeyId[]
  /** Keys of EPOCHs that remove a device or follow one that does: those that it never had, as long as nobody gave it one. */
  keysPastRemoval(device: DeviceId): readonly KeyId[]
  /** The key new frames are sealed with; undefined while none can be. */
  currentKeyId(): KeyId | undefined
  /** Keys by which members may have sealed, though no EPOCH that counts names them. */
  wantedKeys(): ReadonlySet<KeyId>
  /** What `read` makes of a shard with the changes of refused frames on top. Only for what needs no authority, as keys do. */
  readWithRefused<T, Value>(label: string, read: (doc: Doc<T>) => Value): Promise<Value>
  /** What removed writers wrote past their cut, as far as it can be read here; they could write when they did. */
  lateFrames(): Promise<readonly LateFrame[]>
  /** What `read` makes of a shard with the frames `known` on top, and with `late` on top of these. What does not verify is left out. */
  readWithLate<T, Value>(
    label: string,
    frames: { readonly known: readonly LateFrame[]; readonly late: readonly LateFrame[] },
    read: (before: Doc<T>, now: Doc<T>) => Value,
  ): Promise<Value>
  quarantine(): readonly Quarantined[]
  isComplete(): boolean

  subscribe(listener: (event: LogEvent) => void): () => void
  /** `dispose` once what is being written is written. Whoever waits for their turn then writes nothing any more. */
  end(): Promise<void>
  /** Wipes keys and frees documents. */
  dispose(): void
}

export type OutboxItem =
  | {
      readonly kind: 'frame'
      readonly writer: WriterId
      readonly seq: number
      readonly bytes: Bytes
      /** It says only how far somebody has got and read. */
      readonly isMarks?: boolean
    }
  | { readonly kind: 'blob'; readonly blobId: BlobId; readonly ciphertext: Bytes }

/**
 * To be exported by app/core/log/create-log.ts and open-log.ts:
 *
 * makeGenesis(kind, ownerKey: SigningKey, salt, idSignPublicKey): { genesis: Genesis; bytes: Bytes; logId: LogId }
 * createSealedLog(deps, genesisBytes, first: EpochKey, readers: kemPublicKey[]): Promise<{ log: SealedLog; write: PreparedWrite }>
 *   (the write holds the first EPOCH frame, so that creating many logs is one transaction)
 * openSealedLog(deps, genesisBytes, keys: EpochKey[]): Promise<Result<SealedLog, 'damaged'>>
 *   (reads caches and the frames after them; works with an empty store too: a log just learnt of, frames come by receive)
 * recoverHomeKeys(genesisBytes, frames, kem: KemKey): the epoch keys that `kem` can open from CONTROL frames (recovery, pairing)
 */
