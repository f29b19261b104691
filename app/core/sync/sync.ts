import type { SigningKey } from '#crypto/keys.ts'
import type { BlobId, CapabilityId, LinkId, LogId, MailboxId } from '#schema/ids.ts'
import type { AccessEntry, BlobsPage, LogState } from '#schema/protocol/http.ts'
import type { LinkAnswer, LinkState } from '#schema/protocol/link.ts'
import type { PushSubscription } from '#schema/protocol/push.ts'
import type { RefusalCode } from '#schema/protocol/refusal.ts'
import type { Instant } from '#schema/instant.ts'
import type { Result } from '#schema/result.ts'
import type { SealedLog } from '../log/sealed-log.ts'
import type { SyncStatus } from '../session.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** What the relay answered, in what the client can do about it. `nonsense`: it answered, but not in the protocol. */
export type RelayFailure =
  | { readonly kind: 'unreachable' }
  | { readonly kind: 'nonsense' }
  | {
      readonly kind: 'refused'
      readonly code: RefusalCode
      readonly ownerNumber?: number
      readonly retryAfterMs?: number
    }

/** What lay in a mailbox, as it came. */
export interface MailboxItem {
  readonly itemId: number
  readonly item: Bytes
}

/** The relay's HTTP doors, each proved with the holder key where the protocol asks. Made by `makeRelayClient(link, holder, clock)`. */
export interface RelayClient {
  /** Also registers the first capability. Answers ok when the log is there already with the same genesis. */
  createLog(genesis: Bytes, capability: Bytes): Promise<Result<void, RelayFailure>>
  registerCapability(logId: LogId, capability: Bytes): Promise<Result<void, RelayFailure>>
  revokeCapability(logId: LogId, id: CapabilityId): Promise<Result<void, RelayFailure>>
  /** An encoded OwnerRecord. `afterCursor`: refused as `stale` where the log got a CONTROL frame after it. */
  succeedOwner(logId: LogId, record: Bytes, afterCursor?: number): Promise<Result<void, RelayFailure>>
  /** Owner number and registered capabilities (the rights read and manage): what `succeedOwner` needs. `stale` tells the number too. */
  ownerState(
    logId: LogId,
  ): Promise<Result<{ readonly number: number; readonly capabilities: readonly CapabilityId[] }, RelayFailure>>
  /** Every frame of a log, feed by feed (recovery and pairing). */
  allFrames(logId: LogId): Promise<Result<readonly Bytes[], RelayFailure>>
  state(logId: LogId): Promise<Result<LogState, RelayFailure>>
  putBlob(logId: LogId, id: BlobId, ciphertext: Bytes): Promise<Result<void, RelayFailure>>
  getBlob(logId: LogId, id: BlobId): Promise<Result<Bytes, RelayFailure>>
  /** The relay's access log from this minute on, oldest first, at most 10,000 lines (the right manage). */
  access(logId: LogId, from: Instant): Promise<Result<readonly AccessEntry[], RelayFailure>>
  /** An encoded Begin; by the right manage. */
  begin(logId: LogId, begin: Bytes): Promise<Result<void, RelayFailure>>
  /** Every blob of a log; by the right manage. */
  blobs(logId: LogId): Promise<Result<BlobsPage['blobs'], RelayFailure>>
  prune(logId: LogId, record: Bytes): Promise<Result<void, RelayFailure>>
  deleteLog(logId: LogId): Promise<Result<void, RelayFailure>>
  /** An encoded NewLink; this and the next three by the right manage. */
  putLink(logId: LogId, link: Bytes): Promise<Result<void, RelayFailure>>
  /** Puts a compact JWE in the place of a living link’s file; `not-found` where there is none. */
  replaceLinkFile(logId: LogId, linkId: LinkId, file: Bytes): Promise<Result<void, RelayFailure>>
  links(logId: LogId): Promise<Result<readonly LinkState[], RelayFailure>>
  changeLink(logId: LogId, linkId: LinkId, act: 'pause' | 'arm' | 'destroy'): Promise<Result<void, RelayFailure>>
  /** What whoever has the address left for a link's owner, oldest first; by the right manage, as the next two. */
  linkAnswers(logId: LogId, linkId: LinkId): Promise<Result<readonly LinkAnswer[], RelayFailure>>
  linkAnswer(logId: LogId, linkId: LinkId, no: number): Promise<Result<Bytes, RelayFailure>>
  removeLinkAnswer(logId: LogId, linkId: LinkId, no: number): Promise<Result<void, RelayFailure>>
  /** `token`: an encoded DropToken, signed by the mailbox's read key. */
  drop(mailbox: MailboxId, token: Bytes, item: Bytes): Promise<Result<void, RelayFailure>>
  /** `readKey` proves the mailbox: its id is H(readKey.publicKey). */
  take(readKey: SigningKey): Promise<Result<readonly MailboxItem[], RelayFailure>>
  /** As it was taken: the relay keeps it where it has other bytes under that number. */
  remove(readKey: SigningKey, item: MailboxItem): Promise<Result<void, RelayFailure>>
  /** The key to which browsers bind subscriptions; `not-found` where nobody is woken. */
  pushKey(): Promise<Result<Bytes, RelayFailure>>
  /** By the right to read. `not-allowed` also where the operator lets nothing be sent to the endpoint's host. */
  subscribeToLog(logId: LogId, subscription: PushSubscription): Promise<Result<void, RelayFailure>>
  subscribeToMailbox(readKey: SigningKey, subscription: PushSubscription): Promise<Result<void, RelayFailure>>
  endPush(endpoint: string): Promise<Result<void, RelayFailure>>
  /** The relay's clock, from its last answer, and ours at that moment: the wall's and the monotonic one. */
  relayTime(): { readonly relay: Instant; readonly here: Instant; readonly atMs: number } | undefined
}

/** What syncing asks of whoever has a log's keys. */
export interface SyncOptions {
  /** The key that the log's capability names, where it isn't this device's own. */
  readonly holder?: SigningKey
  /** Creates the log, or registers our capability, when the relay doesn't know us. */
  readonly ensureRegistered: (client: RelayClient) => Promise<Result<void, RelayFailure>>
  /** The relay ended on an open connection what let this log be watched. */
  readonly unwatched?: () => void
  /** Makes a relay that was put back to an earlier day end again what had ended there. Asked once a connection, and by `askForOwners`. */
  readonly restoreOwner: (client: RelayClient) => Promise<Result<'level' | 'restored', RelayFailure>>
  /** Before anything is sent: whoever has no part in the log any more is to be served nothing of it. */
  readonly endOver?: (client: RelayClient) => Promise<Result<void, RelayFailure>>
  /** Whether another relay brings things here as well: what this one lacks of others' it may never have had. */
  readonly hearsElsewhere?: () => boolean
}

/**
 * Keeps logs and relay level over one stream. Made by `makeSyncEngine(deps)`; holds no keys but the holder's and, per log,
 * a way to sign with W.
 */
export interface SyncEngine {
  /** Starts syncing a log. */
  add(log: SealedLog, options: SyncOptions): void
  remove(logId: LogId): void
  /** The relay's cursor of a log, as last heard; undefined before. */
  cursor(logId: LogId): number | undefined
  /** The relay said on this connection that it has deleted this log: nothing more is sent or fetched. */
  isGone(logId: LogId): boolean
  /** Who serves a log on this connection, and whether nothing of the log itself waits; undefined while nobody does. */
  served(logId: LogId): { readonly client: RelayClient; readonly isSettled: boolean } | undefined
  /** The network came or went (the platform's hint). */
  setOnline(isOnline: boolean): void
  /** Connects without waiting out the back-off; an attempt that hangs is begun anew. Whether the relay answered; false where this device is offline. */
  tryNow(): Promise<boolean>
  /** Fetches what came for a log, also where the relay did not tell of any. */
  refetch(logId: LogId): void
  /** More has ended than was known: asks the relay once more, of every log, whether it serves that. */
  askForOwners(): void
  /** Tries now, and resolves when all that was in the outbox is acknowledged, or says why not. For a deleted log nobody waits. */
  settle(): Promise<Result<void, RelayFailure>>
  watchStatus(listener: (status: SyncStatus) => void): () => void
  stop(): void
}
