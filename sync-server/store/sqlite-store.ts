import type { Instant } from '#schema/instant.ts'
import type { Capability, Right } from '#schema/protocol/capability.ts'
import type { PruneRecord } from '#schema/protocol/owner.ts'
import type { BlobId, CapabilityId, LinkId, LogId, MailboxId } from '#schema/ids.ts'
import type { NewLink } from '#schema/protocol/link.ts'
import type { PushSubscription } from '#schema/protocol/push.ts'
import { ok } from '#schema/result.ts'
import { AccessNotes } from './access-notes.ts'
import { answer, answers, removeAnswer, takeAnswer } from './answers.ts'
import { AppendRun } from './append-run.ts'
import { CommitQueue } from './commit-queue.ts'
import { findAllowed, type StoreContext } from './context.ts'
import { Database, int } from './database.ts'
import { cursor, frames, pushes, putBlob, readBlob } from './frames.ts'
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
import { type Hold, holdStore } from './only-one.ts'
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
  type Asker,
  type FramesQuery,
  type LinkAct,
  type NewDrop,
  type NewFrame,
  type NewLog,
  type Opening,
  type RelayStore,
  type StoreLimits,
  type Succession,
  type Swept,
} from './relay-store.ts'
import { ANSWER_TABLES, LINK_TABLES, PUSH_TABLES, TABLES, TABLES_VERSION } from './tables.ts'

export interface SqliteOptions {
  /** A file, or `:memory:`. */
  readonly path: string
  readonly limits: StoreLimits
  /** When a group of writes is committed; by default at the end of the event loop's turn. */
  readonly schedule?: (run: () => void) => void
}

/** Throws when the file cannot be opened, is damaged, or is of another version. */
export function openSqliteStore(options: SqliteOptions): RelayStore {
  let hold: Hold | undefined
  let db: Database | undefined
  try {
    hold = holdStore(options.path)
    if (hold === undefined) throw new Error('another relay runs on it')
    db = new Database(options.path)
    // Before the first page exists, else it has no effect: freed pages go back to the disk in sweeps.
    db.exec('PRAGMA auto_vacuum = INCREMENTAL; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL')
    // So that what was deleted is not left readable in the file's free pages.
    db.exec('PRAGMA secure_delete = ON; PRAGMA wal_autocheckpoint = 4000')
    makeTables(db)
    return new SqliteStore(db, hold, options)
  } catch (error) {
    db?.close()
    hold?.release()
    const reason = error instanceof Error ? error.message : 'unknown'
    throw new Error(`Cannot open the relay's store ${options.path}: ${reason}.`, { cause: error })
  }
}

/** By the version of the file. */
const MISSING: Readonly<Record<number, string>> = {
  0: TABLES + LINK_TABLES + PUSH_TABLES + ANSWER_TABLES,
  2: LINK_TABLES + PUSH_TABLES + ANSWER_TABLES,
  3: PUSH_TABLES + ANSWER_TABLES,
  4: ANSWER_TABLES,
}

function makeTables(db: Database): void {
  const version = int(db.get('PRAGMA user_version'), 'user_version')
  const missing = MISSING[version]
  if (missing !== undefined) db.transact(() => db.exec(`${missing} PRAGMA user_version = ${TABLES_VERSION}`))
  else if (version !== TABLES_VERSION) {
    throw new Error(`it is of version ${version}, this relay knows ${TABLES_VERSION}`)
  }
}

/** Reads run at once and see committed rows only; writes wait for their group's commit. */
class SqliteStore implements RelayStore {
  readonly #context: StoreContext
  readonly #writes: CommitQueue
  readonly #run: AppendRun
  readonly #hold: Hold

  constructor(db: Database, hold: Hold, options: SqliteOptions) {
    this.#hold = hold
    const notes = new AccessNotes()
    const context = { db, notes, limits: options.limits, room: { usedBytes: db.usedBytes() } }
    this.#context = context
    const run = new AppendRun(context)
    this.#run = run
    this.#writes = new CommitQueue(db, options.schedule ?? setImmediate, {
      beforeCommit: () => run.finish(),
      afterCommit: () => {
        context.room.usedBytes = db.usedBytes()
      },
      afterRollback: () => run.discard(),
    })
  }

  #write<Value>(work: (context: StoreContext) => Value): Promise<Value> {
    return this.#writes.enqueue(() => {
      this.#run.finish()
      return work(this.#context)
    })
  }

  createLog(log: NewLog) {
    return this.#write(context => createLog(context, log))
  }

  async owner(logId: LogId) {
    return owner(this.#context, logId)
  }

  register(capability: Capability, ownerNumber: number) {
    return this.#write(context => register(context, capability, ownerNumber))
  }

  revoke(logId: LogId, id: CapabilityId, asker: Asker) {
    return this.#write(context => revoke(context, logId, id, asker))
  }

  async capabilities(logId: LogId, asker: Asker) {
    return capabilities(this.#context, logId, asker)
  }

  succeed(succession: Succession) {
    return this.#write(context => succeed(context, succession))
  }

  async allows(logId: LogId, right: Right, asker: Asker) {
    const allowed = findAllowed(this.#context, logId, [right], asker)
    return allowed.ok ? ok(undefined) : allowed
  }

  async pushes(logId: LogId, bytes: number, asker: Asker) {
    return pushes(this.#context, logId, bytes, asker)
  }

  append(frame: NewFrame, asker: Asker) {
    return this.#writes.enqueue(() => this.#run.append(frame, asker))
  }

  async frames(logId: LogId, query: FramesQuery, asker: Asker) {
    return frames(this.#context, logId, query, asker)
  }

  async cursor(logId: LogId, asker: Asker) {
    return cursor(this.#context, logId, asker)
  }

  async state(logId: LogId, asker: Asker) {
    return state(this.#context, logId, asker)
  }

  putBlob(logId: LogId, id: BlobId, bytes: Uint8Array, asker: Asker) {
    return this.#write(context => putBlob(context, logId, id, bytes, asker))
  }

  async blob(logId: LogId, id: BlobId, asker: Asker) {
    return readBlob(this.#context, logId, id, asker)
  }

  prune(record: PruneRecord, ownerNumber: number, dueAt: Instant) {
    return this.#write(context => prune(context, record, ownerNumber, dueAt))
  }

  closeLog(logId: LogId, asker: Asker) {
    return this.#write(context => closeLog(context, logId, asker))
  }

  async deleteLog(logId: LogId, asker: Asker) {
    const deleted = await this.#write(context => deleteLog(context, logId, asker))
    if (deleted.ok) this.#forgetDeleted()
    return deleted
  }

  /** The write-ahead file has the old bytes of every page until it begins anew, which may be never on a quiet relay. */
  #forgetDeleted(): void {
    this.#context.db.exec('PRAGMA wal_checkpoint(TRUNCATE)')
  }

  access(logId: LogId, from: Instant, asker: Asker) {
    return this.#write(context => access(context, logId, from, asker))
  }

  drop(item: NewDrop) {
    return this.#write(context => drop(context, item))
  }

  async drops(mailbox: MailboxId, now: Instant) {
    return drops(this.#context, mailbox, now)
  }

  removeDrop(mailbox: MailboxId, itemId: number, itemHash: Uint8Array) {
    return this.#write(context => removeDrop(context, mailbox, itemId, itemHash))
  }

  putLink(logId: LogId, link: NewLink, asker: Asker) {
    return this.#write(context => putLink(context, logId, link, asker))
  }

  replaceLinkFile(logId: LogId, linkId: LinkId, file: Uint8Array<ArrayBuffer>, asker: Asker) {
    return this.#write(context => replaceLinkFile(context, logId, linkId, file, asker))
  }

  async links(logId: LogId, asker: Asker) {
    return links(this.#context, logId, asker)
  }

  changeLink(logId: LogId, linkId: LinkId, act: LinkAct, asker: Asker) {
    return this.#write(context => changeLink(context, logId, linkId, act, asker))
  }

  async linkDoor(linkId: LinkId, now: Instant) {
    return linkDoor(this.#context, linkId, now)
  }

  takeTry(linkId: LinkId, now: Instant) {
    return this.#write(context => takeTry(context, linkId, now))
  }

  openLink(linkId: LinkId, opening: Opening) {
    return this.#write(context => openLink(context, linkId, opening))
  }

  async linkFile(linkId: LinkId, now: Instant) {
    return linkFile(this.#context, linkId, now)
  }

  ownKey(name: string, make: () => Uint8Array) {
    return this.#write(context => ownKey(context, name, make))
  }

  subscribeToLog(logId: LogId, subscription: PushSubscription, asker: Asker) {
    return this.#write(context => subscribeToLog(context, logId, subscription, asker))
  }

  subscribeToMailbox(mailbox: MailboxId, subscription: PushSubscription, now: Instant) {
    return this.#write(context => subscribeToMailbox(context, mailbox, subscription, now))
  }

  endPush(endpoint: string) {
    return this.#write(context => endPush(context, endpoint))
  }

  async logListeners(logId: LogId, writer: Asker) {
    return logListeners(this.#context, logId, writer)
  }

  async mailboxListeners(mailbox: MailboxId) {
    return mailboxListeners(this.#context, mailbox)
  }

  setPushDue(no: number, dueAt: Instant | undefined) {
    return this.#write(context => setPushDue(context, no, dueAt))
  }

  async pushDeviceConnected(device: string) {
    // Most that connect have none, and need no transaction.
    if (mustForgetPushes(this.#context, device)) await this.#write(context => forgetPushes(context, device))
  }

  async duePushes(now: Instant, count: number) {
    return duePushes(this.#context, now, count)
  }

  pushSent(no: number, at: Instant) {
    return this.#write(context => pushSent(context, no, at))
  }

  pushFailed(no: number, nextAt: Instant | undefined) {
    return this.#write(context => pushFailed(context, no, nextAt))
  }

  takeAnswer(linkId: LinkId, bytes: Uint8Array, now: Instant) {
    return this.#write(context => takeAnswer(context, linkId, bytes, now))
  }

  async answers(logId: LogId, linkId: LinkId, asker: Asker) {
    return answers(this.#context, logId, linkId, asker)
  }

  async answer(logId: LogId, linkId: LinkId, no: number, asker: Asker) {
    return answer(this.#context, { logId, linkId, no }, asker)
  }

  removeAnswer(logId: LogId, linkId: LinkId, no: number, asker: Asker) {
    return this.#write(context => removeAnswer(context, { logId, linkId, no }, asker))
  }

  async sweep(now: Instant): Promise<Swept> {
    let gone = 0
    let isDone = false
    while (!isDone) {
      const chunk = await this.#write(context => pruneChunk(context, now))
      gone += chunk.frames
      isDone = chunk.isDone
    }
    const expired = await this.#write(context => {
      const { db } = context
      sweepLinks(context, now)
      sweepPushes(context, now)
      db.run('DELETE FROM access WHERE minute < ?', now - ACCESS_KEPT_MS)
      return db.run('DELETE FROM drops WHERE expires_at <= ?', now).changes
    })
    this.#context.db.exec('PRAGMA incremental_vacuum(2000)')
    this.#forgetDeleted()
    return { frames: gone, drops: expired }
  }

  async flush(): Promise<void> {
    const { notes } = this.#context
    if (notes.isEmpty) return
    const taken = notes.take()
    try {
      await this.#write(({ db }) => taken.write(db))
    } catch (error) {
      notes.putBack(taken)
      throw error
    }
  }

  async isHealthy(): Promise<boolean> {
    try {
      return (await this.#write(({ db }) => db.get('SELECT count(*) AS n FROM deleted_logs'))) !== undefined
    } catch {
      return false
    }
  }

  async close(): Promise<void> {
    await this.flush()
    await this.#write(() => undefined)
    this.#context.db.close()
    this.#hold.release()
  }
}
