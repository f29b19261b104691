import { type Capability, decodeCapability, encodeCapability } from '#schema/protocol/capability.ts'
import type { AccessEntry, LogState } from '#schema/protocol/http.ts'
import { FRAME_KINDS } from '#schema/protocol/frame.ts'
import type { RefusalCode } from '#schema/protocol/refusal.ts'
import { toHex } from '#schema/bytes.ts'
import { CapabilityId, FrameHash, type LogId, WriterId } from '#schema/ids.ts'
import { type Instant, instant } from '#schema/instant.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import { strayBlobsOf } from './blob-rows.ts'
import { findAllowed, findLog, freeBytes, giveBack, type LogRow, type StoreContext } from './context.ts'
import { deleteLinksOf } from './links.ts'
import { blob, int, type Row, text } from './row.ts'
import { all, count, get, run, type Work } from './work.ts'
import type { Asker, LogOwner, NewLog, Succession } from './relay-store.ts'

/** Logs, their owners and their capabilities. The port says what each function promises. */

type Outcome<Value> = Result<Value, RefusalCode>

export function* createLog(context: StoreContext, log: NewLog): Work<Outcome<'created' | 'known'>> {
  const found = yield* findLog(context, log.logId)
  if (!found.ok && found.failure === 'gone') return found
  if (!found.ok) yield* insertLog(log)
  const registered = yield* register(context, log.capability, 0)
  return registered.ok ? ok(found.ok ? 'known' : 'created') : registered
}

function* insertLog({ logId, genesis, account, now }: NewLog): Work<void> {
  yield* run(
    'INSERT INTO logs (id, is_home, first_owner, owner, account, created_at) VALUES (?, ?, ?, ?, ?, ?)',
    logId,
    genesis.kind === 'home' ? 1 : 0,
    genesis.ownerKey,
    genesis.ownerKey,
    account,
    now,
  )
}

export function* owner(context: StoreContext, logId: LogId): Work<Outcome<LogOwner>> {
  const found = yield* findLog(context, logId)
  if (!found.ok) return found
  const row = yield* get('SELECT is_home, first_owner, owner FROM logs WHERE no = ?', found.value.no)
  const home = int(row, 'is_home') === 1 ? { homeOwnerKey: blob(row, 'first_owner') } : {}
  return ok({ number: found.value.ownerNumber, ownerKey: blob(row, 'owner'), ...home })
}

/** Never again under an id that had ended: that would undo a revocation by sending it once more. */
export function* register(context: StoreContext, capability: Capability, ownerNumber: number): Work<Outcome<void>> {
  const { limits } = context
  const found = yield* findLog(context, capability.logId)
  if (!found.ok) return found
  const log = found.value
  const known = yield* get('SELECT is_ended, record FROM capabilities WHERE log = ? AND id = ?', log.no, capability.id)
  const record = encodeCapability(capability)
  if (known !== undefined) {
    const isSame = int(known, 'is_ended') === 0 && toHex(blob(known, 'record')) === toHex(record)
    return isSame ? ok(undefined) : fail('stale')
  }
  if (log.ownerNumber !== ownerNumber) return fail('stale')
  const living = yield* count('SELECT count(*) AS n FROM capabilities WHERE log = ? AND is_ended = 0', log.no)
  if (living >= limits.capabilitiesPerLog) return fail('quota')
  yield* run(
    `INSERT INTO capabilities (log, id, holder, rights, not_before, not_after, quota, record)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    log.no,
    capability.id,
    toHex(capability.holderKey),
    capability.rights,
    capability.notBefore,
    capability.notAfter,
    capability.quotaBytes,
    record,
  )
  return ok(undefined)
}

export function* revoke(context: StoreContext, logId: LogId, id: CapabilityId, asker: Asker): Work<Outcome<void>> {
  const found = yield* findLog(context, logId)
  if (!found.ok) return found
  const row = yield* get('SELECT no, holder FROM capabilities WHERE log = ? AND id = ?', found.value.no, id)
  const isOwn = row !== undefined && asker.holders.includes(text(row, 'holder'))
  const manages = yield* findAllowed(context, logId, ['manage'], asker)
  if (!isOwn && !manages.ok) return manages
  if (row === undefined) return fail('not-found')
  yield* run('UPDATE capabilities SET is_ended = 1 WHERE no = ?', int(row, 'no'))
  yield* context.changed(logId)
  if (manages.ok) context.notes.add(found.value.no, manages.value.capabilities[0]!.id, 'manage', 0, asker.now)
  return ok(undefined)
}

export function* capabilities(context: StoreContext, logId: LogId, asker: Asker): Work<Outcome<readonly Capability[]>> {
  const allowed = yield* findAllowed(context, logId, ['manage'], asker)
  if (!allowed.ok) return allowed
  const { log } = allowed.value
  context.notes.add(log.no, allowed.value.capabilities[0]!.id, 'manage', 0, asker.now)
  const rows = yield* all('SELECT record FROM capabilities WHERE log = ? AND is_ended = 0 ORDER BY no', log.no)
  return ok(rows.map(storedCapability))
}

function storedCapability(row: Row): Capability {
  const decoded = decodeCapability(blob(row, 'record'))
  if (!decoded.ok) throw new Error(`Cannot read a stored capability: ${decoded.failure}`)
  return decoded.value
}

export function* succeed(
  context: StoreContext,
  { logId, number, nextOwnerKey, staying, afterCursor }: Succession,
): Work<Result<void, { code: RefusalCode; ownerNumber?: number }>> {
  const found = yield* findLog(context, logId)
  if (!found.ok) return fail({ code: found.failure })
  const log = found.value
  const current = blob(yield* get('SELECT owner FROM logs WHERE no = ?', log.no), 'owner')
  if (number === log.ownerNumber && toHex(current) === toHex(nextOwnerKey)) return ok(undefined)
  const isOvertaken = afterCursor !== undefined && (yield* hasControlAfter(log, afterCursor))
  if (number !== log.ownerNumber + 1 || isOvertaken) return fail({ code: 'stale', ownerNumber: log.ownerNumber })
  yield* run('UPDATE logs SET owner = ?, owner_number = ? WHERE no = ?', nextOwnerKey, number, log.no)
  const stays = new Set<string>(staying)
  for (const row of yield* all('SELECT no, id FROM capabilities WHERE log = ? AND is_ended = 0', log.no)) {
    if (!stays.has(text(row, 'id'))) yield* run('UPDATE capabilities SET is_ended = 1 WHERE no = ?', int(row, 'no'))
  }
  yield* run('DELETE FROM prunes WHERE log = ?', log.no)
  yield* context.changed(logId)
  return ok(undefined)
}

function* hasControlAfter(log: LogRow, cursor: number): Work<boolean> {
  const kind = FRAME_KINDS.control
  const sql = 'SELECT 1 AS n FROM frames WHERE log = ? AND cursor > ? AND kind = ? LIMIT 1'
  return (yield* get(sql, log.no, cursor, kind)) !== undefined
}

export function* state(context: StoreContext, logId: LogId, asker: Asker): Work<Outcome<LogState>> {
  const allowed = yield* findAllowed(context, logId, ['read'], asker)
  if (!allowed.ok) return allowed
  const { log, capabilities: held } = allowed.value
  context.notes.add(log.no, held[0]!.id, 'read', 0, asker.now)
  const rows = yield* all(
    'SELECT writer, next_seq, head, kept_from, bytes FROM feeds WHERE log = ? ORDER BY no',
    log.no,
  )
  return ok({
    ownerNumber: log.ownerNumber,
    isClosed: log.isClosed,
    cursor: log.cursor,
    bytes: log.bytes,
    freeBytes: yield* freeBytes(context, log),
    feeds: rows.map(row => ({
      writer: WriterId.of(Buffer.from(text(row, 'writer'), 'hex')),
      nextSeq: int(row, 'next_seq'),
      head: FrameHash.of(Buffer.from(text(row, 'head'), 'hex')),
      keptFrom: int(row, 'kept_from'),
      bytes: int(row, 'bytes'),
    })),
  })
}

export function* closeLog(context: StoreContext, logId: LogId, asker: Asker): Work<Outcome<void>> {
  const allowed = yield* findAllowed(context, logId, ['manage'], asker)
  if (!allowed.ok) return allowed
  yield* run('UPDATE logs SET is_closed = 1 WHERE no = ?', allowed.value.log.no)
  context.notes.add(allowed.value.log.no, allowed.value.capabilities[0]!.id, 'manage', 0, asker.now)
  return ok(undefined)
}

export function* deleteLog(context: StoreContext, logId: LogId, asker: Asker): Work<Outcome<void>> {
  const allowed = yield* findAllowed(context, logId, ['manage'], asker)
  if (!allowed.ok) return allowed.failure === 'gone' ? ok(undefined) : allowed
  const { log } = allowed.value
  yield* giveBack(log, log.bytes)
  yield* strayBlobsOf(log.no, asker.now)
  for (const table of ['frames', 'feeds', 'blobs', 'capabilities', 'prunes', 'access']) {
    yield* run(`DELETE FROM ${table} WHERE log = ?`, log.no)
  }
  yield* deleteLinksOf(log.no)
  yield* run('DELETE FROM push_topics WHERE topic = ?', logId)
  yield* run('DELETE FROM accounts WHERE name = ? AND bytes <= 0', log.account)
  yield* run('DELETE FROM logs WHERE no = ?', log.no)
  yield* run('INSERT INTO deleted_logs (id) VALUES (?)', logId)
  yield* context.changed(logId)
  context.notes.forget(log.no)
  return ok(undefined)
}

/** At most so many lines an answer; the caller goes on from the last one's minute. */
const ACCESS_LINES = 10_000

export function* access(
  context: StoreContext,
  logId: LogId,
  from: Instant,
  asker: Asker,
): Work<Outcome<readonly AccessEntry[]>> {
  const allowed = yield* findAllowed(context, logId, ['manage'], asker)
  if (!allowed.ok) return allowed
  const { log } = allowed.value
  context.notes.add(log.no, allowed.value.capabilities[0]!.id, 'manage', 0, asker.now)
  yield* context.writeNotes()
  const rows = yield* all(
    `SELECT minute, capability, "right", count, bytes FROM access WHERE log = ? AND minute >= ?
     ORDER BY minute, capability, "right" LIMIT ${ACCESS_LINES}`,
    log.no,
    from,
  )
  return ok(
    rows.map(row => ({
      minute: instant(int(row, 'minute')),
      capabilityId: CapabilityId.of(Buffer.from(text(row, 'capability'), 'hex')),
      right: int(row, 'right'),
      count: int(row, 'count'),
      bytes: int(row, 'bytes'),
    })),
  )
}
