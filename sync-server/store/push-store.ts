import type { LogId, MailboxId } from '#schema/ids.ts'
import type { Instant } from '#schema/instant.ts'
import type { PushSubscription } from '#schema/protocol/push.ts'
import type { PushPace } from '../push/when.ts'
import type { Answer, Asker } from './relay-store.ts'

/** The part of the relay's store that is about waking devices; decision 0054. Its promises are those of `RelayStore`. */
export interface PushStore {
  /** The relay's own key of this name; `make` gives it the first time. */
  ownKey(name: string, make: () => Uint8Array): Promise<Uint8Array<ArrayBuffer>>
  /** For a holder that may read the log. Of an endpoint that is known it changes what was said of it. */
  subscribeToLog(logId: LogId, subscription: PushSubscription, asker: Asker): Answer<void>
  /** The read key is the caller's to check. */
  subscribeToMailbox(mailbox: MailboxId, subscription: PushSubscription, now: Instant): Answer<void>
  /** Nothing of it is left; again is fine. */
  endPush(endpoint: string): Promise<void>

  /** Who wants to hear of a log, may read it now, and is not the writer: neither its holder, nor one that manages the log as it does. */
  logListeners(logId: LogId, writer: Asker): Promise<readonly PushDevice[]>
  mailboxListeners(mailbox: MailboxId): Promise<readonly PushDevice[]>
  setPushDue(no: number, dueAt: Instant | undefined): Promise<void>
  /** Nothing is due, and no push is unanswered. */
  pushDeviceConnected(device: string): Promise<void>
  /** The longest due first. */
  duePushes(now: Instant, count: number): Promise<readonly PushDevice[]>
  /** One more unanswered; nothing is due. */
  pushSent(no: number, at: Instant): Promise<void>
  /** Another try, or none: then the next arrival begins anew. */
  pushFailed(no: number, nextAt: Instant | undefined): Promise<void>
}

export interface PushDevice extends PushPace {
  readonly no: number
  readonly endpoint: string
  /** The holder key by which it connects, as hex. */
  readonly device: string
  readonly dueAt?: Instant
  /** Of what is due. */
  readonly failures: number
}

/** A device renews what it wants to hear of; what it doesn't goes after this. */
export const PUSH_KEPT_MS = 60 * 24 * 3600_000
