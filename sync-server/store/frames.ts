import { FIRST_PREV } from '#schema/protocol/frame.ts'
import type { FramesPage } from '#schema/protocol/http.ts'
import type { RefusalCode } from '#schema/protocol/refusal.ts'
import { type BlobId, FrameHash, type LogId, WriterId } from '#schema/ids.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import { charge, findAllowed, type LogRow, type StoreContext } from './context.ts'
import { blob, type Database, int, text } from './database.ts'
import { keepBlob } from './pruning.ts'
import type { Asker, FramesQuery } from './relay-store.ts'

/** Frames and blobs in SQLite. The port says what each function promises. */

interface Feed {
  readonly no: number
  readonly nextSeq: number
  readonly head: FrameHash
}

function findFeed(db: Database, log: number, writer: WriterId): Feed | undefined {
  const row = db.get('SELECT no, next_seq, head FROM feeds WHERE log = ? AND writer = ?', log, writer)
  if (row === undefined) return undefined
  const head = FrameHash.parse(text(row, 'head')) ?? FIRST_PREV
  return { no: int(row, 'no'), nextSeq: int(row, 'next_seq'), head }
}

export function frames(
  context: StoreContext,
  logId: LogId,
  query: FramesQuery,
  asker: Asker,
): Result<FramesPage, RefusalCode> {
  const allowed = findAllowed(context, logId, ['read'], asker)
  if (!allowed.ok) return allowed
  const { log, capabilities } = allowed.value
  const wanted = query.wants === undefined ? undefined : wantedByFeed(context.db, log.no, query.wants)
  const after = wanted === undefined ? query.after : Math.max(query.after, firstWanted(context.db, log, wanted) - 1)
  const page = readPage(context.db, log, { ...query, after }, wanted)
  const bytes = page.frames.reduce((sum, frame) => sum + frame.length, 0)
  context.notes.add(log.no, capabilities[0]!.id, 'read', bytes, asker.now)
  return ok(page)
}

function readPage(
  db: Database,
  log: LogRow,
  query: FramesQuery,
  wanted: ReadonlyMap<number, number> | undefined,
): FramesPage {
  const found: Uint8Array<ArrayBuffer>[] = []
  let cursor = query.after
  let bytes = 0
  // The bytes are not selected here: SQLite then skips their pages for frames that are not wanted.
  const rows = db.iterate(
    'SELECT no, cursor, feed, seq, length(bytes) AS size FROM frames WHERE log = ? AND cursor > ? ORDER BY cursor',
    log.no,
    query.after,
  )
  for (const row of rows) {
    const isWanted = wanted === undefined || int(row, 'seq') >= (wanted.get(int(row, 'feed')) ?? 0)
    if (isWanted) {
      bytes += int(row, 'size')
      if (found.length > 0 && bytes > query.maxBytes) return { cursor, isEnd: false, frames: found }
      found.push(blob(db.get('SELECT bytes FROM frames WHERE no = ?', int(row, 'no')), 'bytes'))
    }
    cursor = int(row, 'cursor')
  }
  return { cursor: Math.max(cursor, log.cursor), isEnd: true, frames: found }
}

function wantedByFeed(db: Database, log: number, wants: ReadonlyMap<WriterId, number>): Map<number, number> {
  const byFeed = new Map<number, number>()
  for (const [writer, nextSeq] of wants) {
    const feed = findFeed(db, log, writer)
    if (feed !== undefined) byFeed.set(feed.no, nextSeq)
  }
  return byFeed
}

/** The cursor where the first wanted frame lies; past the end when there is none. */
function firstWanted(db: Database, log: LogRow, wanted: ReadonlyMap<number, number>): number {
  let first = log.cursor + 1
  for (const row of db.all('SELECT no, next_seq FROM feeds WHERE log = ?', log.no)) {
    const from = wanted.get(int(row, 'no')) ?? 0
    if (from >= int(row, 'next_seq')) continue
    const frame = db.get(
      'SELECT cursor FROM frames WHERE feed = ? AND seq >= ? ORDER BY seq LIMIT 1',
      int(row, 'no'),
      from,
    )
    if (frame !== undefined) first = Math.min(first, int(frame, 'cursor'))
  }
  return first
}

export function cursor(context: StoreContext, logId: LogId, asker: Asker): Result<number, RefusalCode> {
  const allowed = findAllowed(context, logId, ['read'], asker)
  return allowed.ok ? ok(allowed.value.log.cursor) : allowed
}

export function pushes(context: StoreContext, logId: LogId, bytes: number, asker: Asker): Result<void, RefusalCode> {
  const allowed = findAllowed(context, logId, ['read'], asker)
  if (!allowed.ok) return allowed
  const { log, capabilities } = allowed.value
  context.notes.add(log.no, capabilities[0]!.id, 'read', bytes, asker.now)
  return ok(undefined)
}

export function putBlob(
  context: StoreContext,
  logId: LogId,
  id: BlobId,
  bytes: Uint8Array,
  asker: Asker,
): Result<'stored' | 'known', RefusalCode> {
  const allowed = findAllowed(context, logId, ['append', 'snapshot'], asker)
  if (!allowed.ok) return allowed
  const { log } = allowed.value
  if (context.db.get('SELECT 1 FROM blobs WHERE log = ? AND id = ?', log.no, id) !== undefined) {
    keepBlob(context, log.no, id)
    return ok('known')
  }
  if (log.isClosed) return fail('closed')
  const charged = charge(context, allowed.value, bytes.length)
  if (!charged.ok) return charged
  context.db.run('INSERT INTO blobs (log, id, bytes) VALUES (?, ?, ?)', log.no, id, bytes)
  context.notes.add(log.no, charged.value.id, 'append', bytes.length, asker.now)
  return ok('stored')
}

export function readBlob(
  context: StoreContext,
  logId: LogId,
  id: BlobId,
  asker: Asker,
): Result<Uint8Array<ArrayBuffer>, RefusalCode> {
  const allowed = findAllowed(context, logId, ['read'], asker)
  if (!allowed.ok) return allowed
  const { log, capabilities } = allowed.value
  const row = context.db.get('SELECT bytes FROM blobs WHERE log = ? AND id = ?', log.no, id)
  if (row === undefined) return fail('not-found')
  const bytes = blob(row, 'bytes')
  context.notes.add(log.no, capabilities[0]!.id, 'read', bytes.length, asker.now)
  return ok(bytes)
}
