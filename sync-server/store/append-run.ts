import { FIRST_PREV, FRAME_KINDS, type FrameKind } from '#schema/protocol/frame.ts'
import { RIGHTS, type Right } from '#schema/protocol/capability.ts'
import type { RefusalCode } from '#schema/protocol/refusal.ts'
import { equalBytes } from '#schema/bytes.ts'
import { CapabilityId, FrameHash, type LogId, type WriterId } from '#schema/ids.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import { findLog, type StoreContext } from './context.ts'
import type { Database } from './database.ts'
import { blob, int, type Row, text } from './row.ts'
import type { AppendRefusal, Asker, NewFrame, Stored } from './relay-store.ts'

export const RIGHT_FOR = {
  ops: 'append',
  heads: 'append',
  snapshot: 'snapshot',
  control: 'control',
} as const satisfies Record<FrameKind, Right>

interface OpenLog {
  readonly no: number
  readonly account: OpenAccount
  readonly isClosed: boolean
  readonly isAwaited: boolean
  cursor: number
  /** Of frames that `finish` has not seen. */
  newBytes: number
  feedCount: number
  readonly feeds: Map<WriterId, OpenFeed | undefined>
  readonly held: Map<string, HeldCapability[]>
}

interface OpenAccount {
  readonly name: string
  bytes: number
  newBytes: number
}

interface OpenFeed {
  readonly no: number
  nextSeq: number
  head: FrameHash
  newBytes: number
}

interface HeldCapability {
  readonly no: number
  readonly id: CapabilityId
  readonly rights: number
  readonly notBefore: number
  readonly notAfter: number
  freeBytes: number
  usedBytes: number
}

/** Logs whose rows are remembered. */
const MOST_REMEMBERED = 50_000

/**
 * Appends to SQLite. Rows that frames share (log, account, capability, feed) are read with a log's first frame, and remembered until
 * anything but a frame is written (`forget`), as nothing else changes them; what frames changed of them is written by `finish`, before
 * anything else runs in that transaction and before its commit. Of the eleven statements of one append that leaves the frame's own for
 * most.
 */
export class AppendRun {
  readonly #db: Database
  readonly #context: StoreContext
  readonly #logs = new Map<LogId, OpenLog>()
  readonly #accounts = new Map<string, OpenAccount>()
  /** By frames that `finish` has not seen. */
  readonly #grown = {
    logs: new Set<OpenLog>(),
    feeds: new Set<OpenFeed>(),
    capabilities: new Set<HeldCapability>(),
    accounts: new Set<OpenAccount>(),
  }

  constructor(db: Database, context: StoreContext) {
    this.#db = db
    this.#context = context
  }

  append(frame: NewFrame, asker: Asker): Result<Stored, AppendRefusal> {
    const found = this.#openLog(frame.logId)
    if (!found.ok) return fail({ code: found.failure })
    const log = found.value
    const right = RIGHT_FOR[frame.kind]
    const allowed = this.#allowed(log, right, asker)
    if (!allowed.ok) return fail({ code: allowed.failure })
    const feed = this.#openFeed(log, frame.writer)
    const next = { nextSeq: feed?.nextSeq ?? 0, head: feed?.head ?? FIRST_PREV }
    if (feed !== undefined && frame.seq < feed.nextSeq) return this.#again(feed, frame)
    if (frame.seq > next.nextSeq) return fail({ code: 'gap', feed: next })
    if (frame.prev !== next.head) return fail({ code: 'fork', feed: next })
    if (log.isClosed) return fail({ code: 'closed' })
    if (feed === undefined && log.feedCount >= this.#context.limits.feedsPerLog) return fail({ code: 'quota' })
    const capability = this.#charge(log, allowed.value, frame.bytes.length)
    if (capability === undefined) return fail({ code: 'quota' })
    this.#context.notes.add(log.no, capability.id, right, frame.bytes.length, asker.now)
    return ok({ cursor: this.#insert(log, feed, frame), isNew: true, isAwaited: log.isAwaited })
  }

  /** Writes what the frames changed of rows they share; inside their transaction. */
  finish(): void {
    const { logs, feeds, capabilities, accounts } = this.#grown
    for (const log of logs) {
      this.#db.run('UPDATE logs SET cursor = ?, bytes = bytes + ? WHERE no = ?', log.cursor, log.newBytes, log.no)
      log.newBytes = 0
    }
    for (const one of capabilities) {
      this.#db.run('UPDATE capabilities SET used = used + ? WHERE no = ?', one.usedBytes, one.no)
      one.usedBytes = 0
    }
    for (const feed of feeds) {
      this.#db.run(
        'UPDATE feeds SET next_seq = ?, head = ?, bytes = bytes + ? WHERE no = ?',
        feed.nextSeq,
        feed.head,
        feed.newBytes,
        feed.no,
      )
      feed.newBytes = 0
    }
    for (const account of accounts) {
      this.#db.run(
        'INSERT INTO accounts (name, bytes) VALUES (?, ?) ON CONFLICT DO UPDATE SET bytes = bytes + excluded.bytes',
        account.name,
        account.newBytes,
      )
      account.newBytes = 0
    }
    this.#forgetGrown()
  }

  /** Rows may be others than those that were read: anything but a frame was written, or the transaction was rolled back. */
  forget(): void {
    this.#logs.clear()
    this.#accounts.clear()
    this.#forgetGrown()
  }

  #forgetGrown(): void {
    for (const grown of Object.values(this.#grown)) grown.clear()
  }

  #openLog(logId: LogId): Result<OpenLog, RefusalCode> {
    const known = this.#logs.get(logId)
    if (known !== undefined) return ok(known)
    if (this.#logs.size >= MOST_REMEMBERED) {
      this.finish()
      this.forget()
    }
    const found = this.#db.now(findLog(this.#context, logId))
    if (!found.ok) return found
    const { no, account, isClosed, cursor } = found.value
    const log = {
      no,
      account: this.#openAccount(account),
      isClosed,
      isAwaited: this.#db.get('SELECT 1 FROM push_topics WHERE topic = ? LIMIT 1', logId) !== undefined,
      cursor,
      newBytes: 0,
      feedCount: int(this.#db.get('SELECT count(*) AS n FROM feeds WHERE log = ?', no), 'n'),
      feeds: new Map(),
      held: new Map(),
    }
    this.#logs.set(logId, log)
    return ok(log)
  }

  #openAccount(name: string): OpenAccount {
    const known = this.#accounts.get(name)
    if (known !== undefined) return known
    const row = this.#db.get('SELECT bytes FROM accounts WHERE name = ?', name)
    const account = { name, bytes: row === undefined ? 0 : int(row, 'bytes'), newBytes: 0 }
    this.#accounts.set(name, account)
    return account
  }

  /** Capabilities that give the right now, at least one; `expired` when only their time is over. */
  #allowed(log: OpenLog, right: Right, asker: Asker): Result<HeldCapability[], RefusalCode> {
    const giving = asker.holders
      .flatMap(holder => this.#held(log, holder))
      .filter(one => (one.rights & RIGHTS[right]) !== 0)
    const current = giving.filter(one => one.notBefore <= asker.now && asker.now < one.notAfter)
    if (current.length > 0) return ok(current)
    return fail(giving.some(one => one.notAfter <= asker.now) ? 'expired' : 'not-allowed')
  }

  #held(log: OpenLog, holder: string): HeldCapability[] {
    const known = log.held.get(holder)
    if (known !== undefined) return known
    const rows = this.#db.all(
      `SELECT no, id, rights, not_before, not_after, quota, used FROM capabilities
       WHERE log = ? AND holder = ? AND is_ended = 0 ORDER BY no`,
      log.no,
      holder,
    )
    const held = rows.map(heldCapability)
    log.held.set(holder, held)
    return held
  }

  #openFeed(log: OpenLog, writer: WriterId): OpenFeed | undefined {
    if (log.feeds.has(writer)) return log.feeds.get(writer)
    const row = this.#db.get('SELECT no, next_seq, head FROM feeds WHERE log = ? AND writer = ?', log.no, writer)
    const feed =
      row === undefined
        ? undefined
        : {
            no: int(row, 'no'),
            nextSeq: int(row, 'next_seq'),
            head: FrameHash.parse(text(row, 'head')) ?? FIRST_PREV,
            newBytes: 0,
          }
    log.feeds.set(writer, feed)
    return feed
  }

  #again(feed: OpenFeed, frame: NewFrame): Result<Stored, AppendRefusal> {
    const row = this.#db.get('SELECT cursor, bytes FROM frames WHERE feed = ? AND seq = ?', feed.no, frame.seq)
    const { nextSeq, head } = feed
    // Pruned: by the feed's head whoever wrote it knows whether that was the same frame.
    if (row === undefined) return fail({ code: 'stale', feed: { nextSeq, head } })
    if (equalBytes(blob(row, 'bytes'), frame.bytes))
      return ok({ cursor: int(row, 'cursor'), isNew: false, isAwaited: false })
    return fail({ code: 'fork', feed: { nextSeq, head } })
  }

  /** Against the account, the log and the first capability with room; undefined where there is none. */
  #charge(log: OpenLog, allowed: readonly HeldCapability[], bytes: number): HeldCapability | undefined {
    const { limits, room } = this.#context
    const capability = allowed.find(one => one.freeBytes >= bytes)
    const free = Math.min(limits.accountBytes - log.account.bytes, limits.totalBytes - room.usedBytes)
    if (capability === undefined || free < bytes) return undefined
    capability.freeBytes -= bytes
    capability.usedBytes += bytes
    log.newBytes += bytes
    log.account.bytes += bytes
    log.account.newBytes += bytes
    room.usedBytes += bytes
    this.#grown.logs.add(log)
    this.#grown.capabilities.add(capability)
    this.#grown.accounts.add(log.account)
    return capability
  }

  #insert(log: OpenLog, known: OpenFeed | undefined, frame: NewFrame): number {
    const feed = known ?? this.#newFeed(log, frame.writer)
    log.cursor += 1
    this.#db.run(
      'INSERT INTO frames (log, cursor, feed, seq, kind, bytes) VALUES (?, ?, ?, ?, ?, ?)',
      log.no,
      log.cursor,
      feed.no,
      frame.seq,
      FRAME_KINDS[frame.kind],
      frame.bytes,
    )
    feed.nextSeq = frame.seq + 1
    feed.head = frame.hash
    feed.newBytes += frame.bytes.length
    this.#grown.feeds.add(feed)
    return log.cursor
  }

  #newFeed(log: OpenLog, writer: WriterId): OpenFeed {
    const { no } = this.#db.run(
      'INSERT INTO feeds (log, writer, next_seq, head, bytes) VALUES (?, ?, 0, ?, 0)',
      log.no,
      writer,
      FIRST_PREV,
    )
    const feed = { no, nextSeq: 0, head: FIRST_PREV, newBytes: 0 }
    log.feeds.set(writer, feed)
    log.feedCount += 1
    return feed
  }
}

function heldCapability(row: Row): HeldCapability {
  return {
    no: int(row, 'no'),
    id: CapabilityId.of(Buffer.from(text(row, 'id'), 'hex')),
    rights: int(row, 'rights'),
    notBefore: int(row, 'not_before'),
    notAfter: int(row, 'not_after'),
    freeBytes: int(row, 'quota') - int(row, 'used'),
    usedBytes: 0,
  }
}
