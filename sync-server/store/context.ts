import { ALL_RIGHTS, RIGHTS, type Right } from '#schema/protocol/capability.ts'
import type { RefusalCode } from '#schema/protocol/refusal.ts'
import { CapabilityId, type LogId } from '#schema/ids.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import type { AccessNotes } from './access-notes.ts'
import { int, type Row, text } from './row.ts'
import { all, get, run, type Work } from './work.ts'
import type { Asker, StoreLimits } from './relay-store.ts'

/** What every part of the store works with, in whichever database. */
export interface StoreContext {
  readonly notes: AccessNotes
  readonly limits: StoreLimits
  /** Of the whole store, as it was last looked at and what was charged since; `elsewhereBytes` are the part of blobs that lie elsewhere. */
  readonly room: { usedBytes: number; elsewhereBytes: number }
  /** What stands after a SELECT of a row that is then changed: nothing where one writes at a time. */
  readonly locking: '' | ' FOR UPDATE'
  /** Tells other relays on the same store, with the commit, that who may do what changed in a log. */
  changed(logId: LogId): Work<void>
  /** Tells them likewise that a log grew. */
  grew(logId: LogId, grown: { readonly before: number; readonly cursor: number }): Work<void>
  /** Writes what was noted so far of who did what. */
  writeNotes(): Work<void>
}

export interface LogRow {
  readonly no: number
  readonly account: string
  readonly cursor: number
  readonly bytes: number
  readonly isClosed: boolean
  readonly ownerNumber: number
}

export interface CapabilityRow {
  readonly no: number
  readonly id: CapabilityId
  readonly notBefore: number
  readonly notAfter: number
  readonly freeBytes: number
}

export interface Allowed {
  readonly log: LogRow
  /** Those that give the right, at least one. */
  readonly capabilities: readonly CapabilityRow[]
}

export function* findLog({ locking }: StoreContext, logId: LogId): Work<Result<LogRow, RefusalCode>> {
  const row = yield* get(
    `SELECT no, account, cursor, bytes, is_closed, owner_number FROM logs WHERE id = ?${locking}`,
    logId,
  )
  if (row === undefined) {
    const deleted = yield* get('SELECT 1 FROM deleted_logs WHERE id = ?', logId)
    return fail(deleted === undefined ? 'unknown-log' : 'gone')
  }
  return ok({
    no: int(row, 'no'),
    account: text(row, 'account'),
    cursor: int(row, 'cursor'),
    bytes: int(row, 'bytes'),
    isClosed: int(row, 'is_closed') === 1,
    ownerNumber: int(row, 'owner_number'),
  })
}

/** The log and what the asker may do there by any of `rights`; `expired` when only its time is over. */
export function* findAllowed(
  context: StoreContext,
  logId: LogId,
  rights: readonly Right[],
  asker: Asker,
): Work<Result<Allowed, RefusalCode>> {
  const log = yield* findLog(context, logId)
  if (!log.ok) return log
  const mask = rights.reduce((bits, right) => bits | RIGHTS[right], 0)
  const rows = yield* held(log.value.no, asker.holders, mask)
  const current = rows.filter(row => int(row, 'not_before') <= asker.now && asker.now < int(row, 'not_after'))
  if (current.length > 0) return ok({ log: log.value, capabilities: current.map(capabilityRow) })
  return fail(rows.some(row => int(row, 'not_after') <= asker.now) ? 'expired' : 'not-allowed')
}

function* held(log: number, holders: readonly string[], mask: number): Work<readonly Row[]> {
  if (holders.length === 0) return []
  return yield* all(
    `SELECT no, id, not_before, not_after, quota, used FROM capabilities
     WHERE log = ? AND holder IN (${holders.map(() => '?').join()}) AND is_ended = 0 AND (rights & ?) <> 0 ORDER BY no`,
    log,
    ...holders,
    mask & ALL_RIGHTS,
  )
}

function capabilityRow(row: Row): CapabilityRow {
  return {
    no: int(row, 'no'),
    id: CapabilityId.of(Buffer.from(text(row, 'id'), 'hex')),
    notBefore: int(row, 'not_before'),
    notAfter: int(row, 'not_after'),
    freeBytes: int(row, 'quota') - int(row, 'used'),
  }
}

/** What the log's account and the whole store leave free. */
export function* freeBytes({ limits, room, locking }: StoreContext, log: Pick<LogRow, 'account'>): Work<number> {
  const account = yield* get(`SELECT bytes FROM accounts WHERE name = ?${locking}`, log.account)
  const used = account === undefined ? 0 : int(account, 'bytes')
  return Math.max(0, Math.min(limits.accountBytes - used, limits.totalBytes - room.usedBytes))
}

/**
 * Counts `bytes` against the account, the log and the first capability with room for them. `freedBytes` are given back in the same
 * step: what takes no more room than it frees needs none.
 */
export function* charge(
  context: StoreContext,
  allowed: Allowed,
  bytes: number,
  freedBytes = 0,
): Work<Result<CapabilityRow, RefusalCode>> {
  const capability = yield* findRoom(context, allowed, bytes, freedBytes)
  if (capability === undefined) return fail('quota')
  yield* run('UPDATE capabilities SET used = used + ? WHERE no = ?', bytes, capability.no)
  yield* addBytes(context, allowed.log, bytes)
  return ok(capability)
}

/** The first capability with room for `bytes`, where account and store have it too. */
export function* findRoom(
  context: StoreContext,
  allowed: Allowed,
  bytes: number,
  freedBytes = 0,
): Work<CapabilityRow | undefined> {
  const hasRoom = bytes <= freedBytes || (yield* freeBytes(context, allowed.log)) >= bytes - freedBytes
  return hasRoom ? allowed.capabilities.find(one => one.freeBytes >= bytes) : undefined
}

function* addBytes({ room }: StoreContext, { no, account }: Pick<LogRow, 'no' | 'account'>, bytes: number): Work<void> {
  yield* run('UPDATE logs SET bytes = bytes + ? WHERE no = ?', bytes, no)
  yield* run(
    'INSERT INTO accounts (name, bytes) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET bytes = accounts.bytes + excluded.bytes',
    account,
    bytes,
  )
  room.usedBytes += bytes
}

/** As `charge`, of what is left for a log by whom nobody let write: only the account's room and the store's count. */
export function* chargeLog(
  context: StoreContext,
  log: Pick<LogRow, 'no' | 'account'>,
  bytes: number,
): Work<Result<void, RefusalCode>> {
  if ((yield* freeBytes(context, log)) < bytes) return fail('quota')
  yield* addBytes(context, log, bytes)
  return ok(undefined)
}

/** Gives bytes of deleted frames or blobs back to the log and its account; a capability's own count stays. */
export function* giveBack(log: { no: number; account: string }, bytes: number): Work<void> {
  yield* run('UPDATE logs SET bytes = bytes - ? WHERE no = ?', bytes, log.no)
  yield* run('UPDATE accounts SET bytes = bytes - ? WHERE name = ?', bytes, log.account)
}
