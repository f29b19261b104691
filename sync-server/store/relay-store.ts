import type { BeginRecord } from '#schema/protocol/begin.ts'
import type { FrameKind } from '#schema/protocol/frame.ts'
import type { Capability, Right } from '#schema/protocol/capability.ts'
import type { AccessEntry, BlobsPage, DropItem, FramesPage, LogState, PruneReport } from '#schema/protocol/http.ts'
import type { Genesis } from '#schema/protocol/genesis.ts'
import type { LinkAnswer, LinkState, NewLink, PasscodeLock } from '#schema/protocol/link.ts'
import type { PruneRecord } from '#schema/protocol/owner.ts'
import type { RefusalCode } from '#schema/protocol/refusal.ts'
import type { BlobId, CapabilityId, FrameHash, LinkId, LogId, MailboxId, WriterId } from '#schema/ids.ts'
import type { Instant } from '#schema/instant.ts'
import type { Result } from '#schema/result.ts'
import type { PushStore } from './push-store.ts'

/**
 * Where the relay keeps what it was given. Every method is atomic, and what it answers is durable: a killed process
 * forgets nothing that was answered (the access log's last second excepted). Capabilities are looked up inside each
 * method, so nothing is served or taken after a revocation's commit. Signatures are the caller's to check.
 */
export interface RelayStore extends PushStore {
  createLog(log: NewLog): Answer<'created' | 'known'>
  /** Whose signature counts now; public to whoever knows the log's id. */
  owner(logId: LogId): Answer<LogOwner>
  /** `ownerNumber` is the one the signature was checked against; `stale` when it has moved, or the capability had ended. */
  register(capability: Capability, ownerNumber: number): Answer<void>
  /** Ends a capability; again is fine. For a holder with `manage`, or the capability's own. */
  revoke(logId: LogId, id: CapabilityId, asker: Asker): Answer<void>
  capabilities(logId: LogId, asker: Asker): Answer<readonly Capability[]>
  /** Compare-and-set from `number - 1`; ends every capability but `staying` and drops waiting prunes. */
  succeed(succession: Succession): Promise<Result<void, { code: RefusalCode; ownerNumber?: number }>>
  allows(logId: LogId, right: Right, asker: Asker): Answer<void>
  /** As `allows` for reading, and notes that so many bytes are given out by it. */
  pushes(logId: LogId, bytes: number, asker: Asker): Answer<void>

  append(frame: NewFrame, asker: Asker): Promise<Result<Stored, AppendRefusal>>
  /** Frames after a cursor, in append order. */
  frames(logId: LogId, query: FramesQuery, asker: Asker): Answer<FramesPage>
  /** The log's cursor. */
  cursor(logId: LogId, asker: Asker): Answer<number>
  state(logId: LogId, asker: Asker): Answer<LogState>

  putBlob(logId: LogId, id: BlobId, bytes: Uint8Array, asker: Asker): Answer<'stored' | 'known'>
  blob(logId: LogId, id: BlobId, asker: Asker): Answer<Uint8Array<ArrayBuffer>>

  /** Which there are, after one of them; for a holder with `manage`. */
  blobs(logId: LogId, after: BlobId | undefined, asker: Asker): Answer<BlobsPage>

  /** Waits for `dueAt`; the same record again answers the first due time. */
  prune(record: PruneRecord, ownerNumber: number, dueAt: Instant): Answer<PruneReport>
  /** The record's feeds go on after where it says, and the frames lie before that or follow there. Again changes nothing. */
  begin(begin: NewBegin, ownerNumber: number, asker: Asker): Answer<Begun>
  closeLog(logId: LogId, asker: Asker): Answer<void>
  /** Everything goes but the id, which stays refused as `gone`. */
  deleteLog(logId: LogId, asker: Asker): Answer<void>
  access(logId: LogId, from: Instant, asker: Asker): Answer<readonly AccessEntry[]>

  drop(item: NewDrop): Answer<void>
  drops(mailbox: MailboxId, now: Instant): Promise<readonly DropItem[]>
  /** Only what has this hash: the number may mean another item by now. */
  removeDrop(mailbox: MailboxId, itemId: number, itemHash: Uint8Array): Promise<void>

  /** Changes nothing where the log has that id. For a holder with `manage`, as the next three. */
  putLink(logId: LogId, link: NewLink, asker: Asker): Answer<'created' | 'known'>
  /** Of a living link that is not over; never makes one. Counters and address stay. */
  replaceLinkFile(logId: LogId, linkId: LinkId, file: Uint8Array<ArrayBuffer>, asker: Asker): Answer<void>
  links(logId: LogId, asker: Asker): Answer<readonly LinkState[]>
  /** `arm`: goes on, with all opens and tries once more. `destroy`: nothing is left; again is fine. */
  changeLink(logId: LogId, linkId: LinkId, act: LinkAct, asker: Asker): Answer<void>
  /** For whoever has the address; undefined when it is over, paused, used up or not there. */
  linkDoor(linkId: LinkId, now: Instant): Promise<LinkDoor | undefined>
  /** Takes a try before it is known whether it was right; undefined when none is left or none is asked for. */
  takeTry(linkId: LinkId, now: Instant): Promise<(PasscodeLock & { readonly triesLeft: number }) | undefined>
  /** Counts it and gives the file, or does neither. */
  openLink(linkId: LinkId, opening: Opening): Promise<LinkFile | undefined>
  /** Of an opening that was counted. */
  linkFile(linkId: LinkId, now: Instant): Promise<LinkFile | undefined>

  /** One more, by whoever has the address of a link that takes them: `not-found` where it takes none (any more). */
  takeAnswer(linkId: LinkId, bytes: Uint8Array, now: Instant): Answer<void>
  /** Oldest first; for a holder with `manage`, as the next two. */
  answers(logId: LogId, linkId: LinkId, asker: Asker): Answer<readonly LinkAnswer[]>
  answer(logId: LogId, linkId: LinkId, no: number, asker: Asker): Answer<Uint8Array<ArrayBuffer>>
  /** Again is fine. */
  removeAnswer(logId: LogId, linkId: LinkId, no: number, asker: Asker): Answer<void>

  /** From now on says what other relays on the same store do; of a store that is one relay's own, nothing. */
  listen(heard: Heard): Promise<void>
  /** Carries out due prunes, forgets expired drops and old access lines. Answers what went. */
  sweep(now: Instant): Promise<Swept>
  /** Makes noted accesses durable. */
  flush(): Promise<void>
  /** Bytes in use, blobs elsewhere included, as it was last looked at. */
  storedBytes(): number
  /** Whether the store answers and can write. */
  isHealthy(): Promise<boolean>
  /** After what was asked before is done. */
  close(): Promise<void>
}

/** Thrown by any method that writes: the disk is full, and nothing of it was kept. */
export class StoreFull extends Error {}

export type Answer<Value> = Promise<Result<Value, RefusalCode>>

/** Who asks: the holder keys they have proven, as hex. */
export interface Asker {
  readonly holders: readonly string[]
  readonly now: Instant
}

export interface StoreLimits {
  /** Frames and blobs of one account: an admission token's logs together, or one log where the relay is open. */
  readonly accountBytes: number
  /** The whole store. */
  readonly totalBytes: number
  readonly feedsPerLog: number
  readonly capabilitiesPerLog: number
  readonly dropsPerMailbox: number
  /** All mailboxes together. */
  readonly dropBytes: number
  readonly linksPerLog: number
  readonly pushDevices: number
  readonly pushDevicesPerTopic: number
  readonly pushTopicsPerDevice: number
}

export interface NewLog {
  readonly logId: LogId
  readonly genesis: Genesis
  readonly capability: Capability
  /** Whose quota its bytes count against. */
  readonly account: string
  readonly now: Instant
}

export interface LogOwner {
  readonly number: number
  readonly ownerKey: Uint8Array<ArrayBuffer>
  /** A home log's first O, which may always sign owner records and capabilities; undefined for a section log. */
  readonly homeOwnerKey?: Uint8Array<ArrayBuffer>
}

export interface Succession {
  readonly logId: LogId
  readonly number: number
  readonly nextOwnerKey: Uint8Array
  readonly staying: readonly CapabilityId[]
  /** `stale` where the log got a CONTROL frame after this: it may be a removal of whoever succeeds. */
  readonly afterCursor?: number
}

export interface NewFrame {
  readonly logId: LogId
  readonly writer: WriterId
  readonly seq: number
  readonly prev: FrameHash
  readonly kind: FrameKind
  readonly hash: FrameHash
  readonly bytes: Uint8Array<ArrayBuffer>
}

/** Feeds that begin later than with their first frame. */
export interface NewBegin {
  readonly record: BeginRecord
  readonly frames: readonly NewFrame[]
}

export interface Begun {
  /** Those that were not there, by their cursor. */
  readonly stored: readonly { readonly cursor: number; readonly bytes: Uint8Array<ArrayBuffer> }[]
}

export interface Stored {
  /** The log's cursor at this frame. */
  readonly cursor: number
  /** False when the same frame was there already. */
  readonly isNew: boolean
  /** Some device wants to be woken for the log. */
  readonly isAwaited: boolean
}

export interface AppendRefusal {
  readonly code: RefusalCode
  readonly feed?: { readonly nextSeq: number; readonly head: FrameHash }
}

export interface FramesQuery {
  readonly after: number
  /** Stops before the frame that would pass it, but gives at least one. */
  readonly maxBytes: number
  /** Frames of a feed from its number on; feeds not named, from 0. */
  readonly wants?: ReadonlyMap<WriterId, number>
}

/** What other relays on the same store did. */
export interface Heard {
  /** Those that somebody here wants to hear of. */
  watchedLogs(): readonly LogId[]
  isWatched(logId: LogId): boolean
  /** Frames from `before` to `cursor`; none where they are too many to be read for it. */
  grew(logId: LogId, grown: { before: number; cursor: number; frames: readonly Uint8Array<ArrayBuffer>[] }): void
  /** Rights have to be asked for anew. */
  changed(logId: LogId): void
}

export interface NewDrop {
  readonly mailbox: MailboxId
  readonly bytes: Uint8Array
  readonly now: Instant
  readonly expiresAt: Instant
}

export type LinkAct = 'pause' | 'arm' | 'destroy'

export interface LinkDoor {
  readonly isDirect: boolean
  /** Only where a passcode is asked for. */
  readonly triesLeft?: number
}

export interface Opening {
  readonly at: Instant
  readonly recipient: string
  /** The passcode was right: the try that was taken for it comes back. */
  readonly returnsTry: boolean
}

export interface LinkFile {
  readonly file: Uint8Array<ArrayBuffer>
  readonly isLongTerm: boolean
  readonly origin: string
}

export interface Swept {
  readonly frames: number
  readonly drops: number
}

export const ACCESS_KEPT_MS = 90 * 24 * 3600_000
