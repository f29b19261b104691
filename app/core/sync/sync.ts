import type { SigningKey } from '#crypto/keys.ts'
import type { CapabilityId, LogId, MailboxId } from '#schema/ids.ts'
import type { Instant } from '#schema/instant.ts'
import type { Result } from '#schema/result.ts'
import type { SealedLog } from '../log/sealed-log.ts'
import type { SyncStatus } from '../session.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** What the relay answered, in what the client can do about it. `nonsense`: it answered, but not in the protocol. */
export type RelayFailure =
  | { readonly kind: 'unreachable' }
  | { readonly kind: 'nonsense' }
  /** A code of schema/protocol/http.ts. */
  | { readonly kind: 'refused'; readonly code: string }

/** The relay's HTTP doors, each proved with the holder key where the protocol asks. Made by `makeRelayClient(link, holder)`. */
export interface RelayClient {
  /** Also registers the first capability. Answers ok when the log is there already with the same genesis. */
  createLog(genesis: Bytes, capability: Bytes): Promise<Result<void, RelayFailure>>
  registerCapability(logId: LogId, capability: Bytes): Promise<Result<void, RelayFailure>>
  revokeCapability(logId: LogId, id: CapabilityId): Promise<Result<void, RelayFailure>>
  /** An encoded OwnerRecord. */
  succeedOwner(logId: LogId, record: Bytes): Promise<Result<void, RelayFailure>>
  /** Owner number and registered capabilities: what `succeedOwner` needs. */
  ownerState(
    logId: LogId,
  ): Promise<Result<{ readonly number: number; readonly capabilities: readonly CapabilityId[] }, RelayFailure>>
  /** Every frame of a log, feed by feed (recovery and pairing). */
  allFrames(logId: LogId): Promise<Result<readonly Bytes[], RelayFailure>>
  prune(logId: LogId, record: Bytes): Promise<Result<void, RelayFailure>>
  deleteLog(logId: LogId): Promise<Result<void, RelayFailure>>
  drop(mailbox: MailboxId, token: Bytes, item: Bytes): Promise<Result<void, RelayFailure>>
  /** `readKey` proves the mailbox: its id is H(readKey.publicKey). */
  take(readKey: SigningKey): Promise<Result<readonly { readonly id: string; readonly item: Bytes }[], RelayFailure>>
  remove(readKey: SigningKey, id: string): Promise<Result<void, RelayFailure>>
  /** The relay's clock, from its last answer, and ours at that moment. */
  relayTime(): { readonly relay: Instant; readonly here: Instant } | undefined
}

/**
 * Keeps logs and relay level over one stream. Made by `makeSyncEngine(deps)`; holds no keys but the holder's and, per log,
 * a way to sign with W.
 */
export interface SyncEngine {
  /** Starts syncing a log. `ensureRegistered` creates it or registers our capability when the relay doesn't know us. */
  add(
    log: SealedLog,
    options: { readonly ensureRegistered: (client: RelayClient) => Promise<Result<void, RelayFailure>> },
  ): void
  remove(logId: LogId): void
  /** The network came or went (the platform's hint). */
  setOnline(isOnline: boolean): void
  /** Tries now, and resolves when all that was in the outbox is acknowledged, or says why not. */
  settle(): Promise<Result<void, RelayFailure>>
  watchStatus(listener: (status: SyncStatus) => void): () => void
  stop(): void
}
