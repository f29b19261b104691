import { randomBytes } from 'node:crypto'
import type { Instant } from '#schema/instant.ts'
import type { Capability, Right } from '#schema/protocol/capability.ts'
import type { PruneRecord } from '#schema/protocol/owner.ts'
import type { BlobId, CapabilityId, LinkId, LogId, MailboxId } from '#schema/ids.ts'
import type { NewLink } from '#schema/protocol/link.ts'
import type { PushSubscription } from '#schema/protocol/push.ts'
import type { RefusalCode } from '#schema/protocol/refusal.ts'
import { ok, type Result } from '#schema/result.ts'
import { answer, answers, removeAnswer, takeAnswer } from './answers.ts'
import { beginFeeds } from './beginning.ts'
import { findAllowed, type StoreContext } from './context.ts'
import type { BlobStore } from './blob-store.ts'
import {
  announceBlob,
  claimStrays,
  fetchBlob,
  forgetStrays,
  goingStrays,
  listBlobs,
  putBlob,
  readBlob,
} from './blobs.ts'
import { cursor, frames, pushes } from './frames.ts'
import {
  changeLink,
  linkDoor,
  linkFile,
  links,
  openLink,
  putLink,
  replaceLinkFile,
  sweepLinks,
  takeTry,
} from './links.ts'
import {
  access,
  capabilities,
  closeLog,
  createLog,
  deleteLog,
  owner,
  register,
  revoke,
  state,
  succeed,
} from './logs.ts'
import { drop, drops, removeDrop } from './mailboxes.ts'
import { prune, pruneChunk } from './pruning.ts'
import {
  duePushes,
  endPush,
  forgetPushes,
  logListeners,
  mailboxListeners,
  mustForgetPushes,
  ownKey,
  pushFailed,
  pushSent,
  setPushDue,
  subscribeToLog,
  subscribeToMailbox,
  sweepPushes,
} from './pushes.ts'
import {
  ACCESS_KEPT_MS,
  type Answer,
  type Asker,
  type FramesQuery,
  type LinkAct,
  type NewBegin,
  type NewDrop,
  type NewLog,
  type Opening,
  type Succession,
  type Swept,
} from './relay-store.ts'
import { run, type Work } from './work.ts'

/** Nobody meets the same name twice. */
const PLACE_BYTES = 24

/**
 * What the relay does with its store, in whichever database: `read` and `write` run the work of the other files here as theirs does (decision
 * 0062). Appends, which have to be fast, are each database's own.
 */
export abstract class SharedStore {
  /** Where the bytes of new blobs lie; none: in the database. */
  readonly #blobs: BlobStore | undefined

  constructor(blobs: BlobStore | undefined) {
    this.#blobs = blobs
  }

  /** Sees one moment, of what is committed. */
  protected abstract read<Value>(work: (context: StoreContext) => Work<Value>): Promise<Value>
  /** As a whole or not at all; answered when it is durable. */
  protected abstract write<Value>(work: (context: StoreContext) => Work<Value>): Promise<Value>

  createLog(log: NewLog) {
    return this.write(context => createLog(context, log))
  }

  owner(logId: LogId) {
    return this.read(context => owner(context, logId))
  }

  register(capability: Capability, ownerNumber: number) {
    return this.write(context => register(context, capability, ownerNumber))
  }

  revoke(logId: LogId, id: CapabilityId, asker: Asker) {
    return this.write(context => revoke(context, logId, id, asker))
  }

  capabilities(logId: LogId, asker: Asker) {
    return this.read(context => capabilities(context, logId, asker))
  }

  succeed(succession: Succession) {
    return this.write(context => succeed(context, succession))
  }

  allows(logId: LogId, right: Right, asker: Asker): Promise<Result<void, RefusalCode>> {
    return this.read(function* (context) {
      const allowed = yield* findAllowed(context, logId, [right], asker)
      return allowed.ok ? ok(undefined) : allowed
    })
  }

  pushes(logId: LogId, bytes: number, asker: Asker) {
    return this.read(context => pushes(context, logId, bytes, asker))
  }

  frames(logId: LogId, query: FramesQuery, asker: Asker) {
    return this.read(context => frames(context, logId, query, asker))
  }

  cursor(logId: LogId, asker: Asker) {
    return this.read(context => cursor(context, logId, asker))
  }

  state(logId: LogId, asker: Asker) {
    return this.read(context => state(context, logId, asker))
  }

  async putBlob(logId: LogId, id: BlobId, bytes: Uint8Array, asker: Asker): Answer<'stored' | 'known'> {
    if (this.#blobs === undefined) return this.write(context => putBlob(context, logId, id, { bytes }, asker))
    const body = { place: randomBytes(PLACE_BYTES).toString('hex'), size: bytes.length }
    const announced = await this.write(context => announceBlob(context, logId, id, body, asker))
    if (!announced.ok) return announced
    if (announced.value === 'known') return ok('known')
    await this.#blobs.put(body.place, bytes)
    return this.write(context => putBlob(context, logId, id, body, asker))
  }

  async blob(logId: LogId, id: BlobId, asker: Asker): Answer<Uint8Array<ArrayBuffer>> {
    const found = await this.read(context => readBlob(context, logId, id, asker))
    if (!found.ok) return found
    if ('bytes' in found.value) return ok(found.value.bytes)
    const bytes = await fetchBlob(this.#blobs, found.value.place, id)
    // A right that ended meanwhile has ended.
    const allowed = await this.allows(logId, 'read', asker)
    return allowed.ok ? ok(bytes) : allowed
  }

  blobs(logId: LogId, after: BlobId | undefined, asker: Asker) {
    return this.read(context => listBlobs(context, logId, after, asker))
  }

  prune(record: PruneRecord, ownerNumber: number, dueAt: Instant) {
    return this.write(context => prune(context, record, ownerNumber, dueAt))
  }

  begin(begin: NewBegin, ownerNumber: number, asker: Asker) {
    return this.write(context => beginFeeds(context, begin, ownerNumber, asker))
  }

  closeLog(logId: LogId, asker: Asker) {
    return this.write(context => closeLog(context, logId, asker))
  }

  deleteLog(logId: LogId, asker: Asker) {
    return this.write(context => deleteLog(context, logId, asker))
  }

  access(logId: LogId, from: Instant, asker: Asker) {
    return this.write(context => access(context, logId, from, asker))
  }

  drop(item: NewDrop) {
    return this.write(context => drop(context, item))
  }

  drops(mailbox: MailboxId, now: Instant) {
    return this.read(() => drops(mailbox, now))
  }

  removeDrop(mailbox: MailboxId, itemId: number, itemHash: Uint8Array) {
    return this.write(() => removeDrop(mailbox, itemId, itemHash))
  }

  putLink(logId: LogId, link: NewLink, asker: Asker) {
    return this.write(context => putLink(context, logId, link, asker))
  }

  replaceLinkFile(logId: LogId, linkId: LinkId, file: Uint8Array<ArrayBuffer>, asker: Asker) {
    return this.write(context => replaceLinkFile(context, logId, linkId, file, asker))
  }

  links(logId: LogId, asker: Asker) {
    return this.read(context => links(context, logId, asker))
  }

  changeLink(logId: LogId, linkId: LinkId, act: LinkAct, asker: Asker) {
    return this.write(context => changeLink(context, logId, linkId, act, asker))
  }

  linkDoor(linkId: LinkId, now: Instant) {
    return this.read(context => linkDoor(context, linkId, now))
  }

  takeTry(linkId: LinkId, now: Instant) {
    return this.write(context => takeTry(context, linkId, now))
  }

  openLink(linkId: LinkId, opening: Opening) {
    return this.write(context => openLink(context, linkId, opening))
  }

  linkFile(linkId: LinkId, now: Instant) {
    return this.read(() => linkFile(linkId, now))
  }

  ownKey(name: string, make: () => Uint8Array) {
    return this.write(() => ownKey(name, make))
  }

  subscribeToLog(logId: LogId, subscription: PushSubscription, asker: Asker) {
    return this.write(context => subscribeToLog(context, logId, subscription, asker))
  }

  subscribeToMailbox(mailbox: MailboxId, subscription: PushSubscription, now: Instant) {
    return this.write(context => subscribeToMailbox(context, mailbox, subscription, now))
  }

  endPush(endpoint: string) {
    return this.write(() => endPush(endpoint))
  }

  logListeners(logId: LogId, writer: Asker) {
    return this.read(context => logListeners(context, logId, writer))
  }

  mailboxListeners(mailbox: MailboxId) {
    return this.read(() => mailboxListeners(mailbox))
  }

  setPushDue(no: number, dueAt: Instant | undefined) {
    return this.write(() => setPushDue(no, dueAt))
  }

  async pushDeviceConnected(device: string) {
    // Most that connect have none, and need no transaction.
    if (await this.read(() => mustForgetPushes(device))) await this.write(() => forgetPushes(device))
  }

  duePushes(now: Instant, count: number) {
    return this.read(() => duePushes(now, count))
  }

  pushSent(no: number, at: Instant) {
    return this.write(() => pushSent(no, at))
  }

  pushFailed(no: number, nextAt: Instant | undefined) {
    return this.write(() => pushFailed(no, nextAt))
  }

  takeAnswer(linkId: LinkId, bytes: Uint8Array, now: Instant) {
    return this.write(context => takeAnswer(context, linkId, bytes, now))
  }

  answers(logId: LogId, linkId: LinkId, asker: Asker) {
    return this.read(context => answers(context, logId, linkId, asker))
  }

  answer(logId: LogId, linkId: LinkId, no: number, asker: Asker) {
    return this.read(context => answer(context, { logId, linkId, no }, asker))
  }

  removeAnswer(logId: LogId, linkId: LinkId, no: number, asker: Asker) {
    return this.write(context => removeAnswer(context, { logId, linkId, no }, asker))
  }

  /** Objects that no blob has, and nobody may keep any more. A crash between the steps does them again. */
  protected async sweepStrays(now: Instant): Promise<void> {
    const blobs = this.#blobs
    if (blobs === undefined) return
    await this.write(() => claimStrays(now))
    let places = await this.read(() => goingStrays())
    while (places.length > 0) {
      for (const place of places) await blobs.remove(place)
      const gone = places
      await this.write(() => forgetStrays(gone))
      places = await this.read(() => goingStrays())
    }
  }

  /** What is due goes: prunes piece by piece, so that nobody waits long for one. */
  protected async sweepDue(now: Instant): Promise<Swept> {
    let gone = 0
    let isDone = false
    while (!isDone) {
      const chunk = await this.write(context => pruneChunk(context, now))
      gone += chunk.frames
      isDone = chunk.isDone
    }
    const expired = await this.write(function* (context) {
      yield* sweepLinks(context, now)
      yield* sweepPushes(now)
      yield* run('DELETE FROM access WHERE minute < ?', now - ACCESS_KEPT_MS)
      return yield* run('DELETE FROM drops WHERE expires_at <= ?', now)
    })
    return { frames: gone, drops: expired }
  }
}
