import { verifyFrameHash } from '#crypto/verify.ts'
import { FRAME_KINDS } from '#schema/protocol/frame.ts'
import type { PruneReport } from '#schema/protocol/http.ts'
import { decodePrune, encodePrune, type PruneRecord } from '#schema/protocol/owner.ts'
import type { RefusalCode } from '#schema/protocol/refusal.ts'
import type { BlobId } from '#schema/ids.ts'
import { type Instant, instant } from '#schema/instant.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import { findLog, giveBack, type StoreContext } from './context.ts'
import { blob, type Database, int, text } from './database.ts'

/** Frames deleted in one commit, so that a large prune does not hold up the appends. */
const CHUNK = 2000
/** Which frames a cover lets go: not control, not the base. */
const COVERED = 'feed = ? AND seq <= ? AND kind <> ? AND no <> ?'

export function prune(
  context: StoreContext,
  record: PruneRecord,
  ownerNumber: number,
  dueAt: Instant,
): Result<PruneReport, RefusalCode> {
  const { db } = context
  const found = findLog(context, record.logId)
  if (!found.ok) return found
  if (found.value.ownerNumber !== ownerNumber) return fail('stale')
  const base = findBase(db, found.value.no, record)
  if (base === undefined) return fail('no-base')
  const bytes = encodePrune(record)
  db.run(
    'INSERT INTO prunes (log, due_at, record) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
    found.value.no,
    dueAt,
    bytes,
  )
  const row = db.get('SELECT due_at FROM prunes WHERE log = ? AND record = ?', found.value.no, bytes)
  return ok({ dueAt: instant(int(row, 'due_at')), ...count(db, found.value.no, record, base) })
}

/** The row number of the stored snapshot that stands for what goes. */
function findBase(db: Database, log: number, { base }: PruneRecord): number | undefined {
  const frame = db.get(
    `SELECT frames.no, frames.bytes FROM frames JOIN feeds ON feeds.no = frames.feed
     WHERE feeds.log = ? AND writer = ? AND seq = ? AND kind = ?`,
    log,
    base.writer,
    base.seq,
    FRAME_KINDS.snapshot,
  )
  if (frame === undefined || verifyFrameHash(blob(frame, 'bytes')) !== base.hash) return undefined
  return int(frame, 'no')
}

function count(db: Database, log: number, record: PruneRecord, base: number): { frames: number; bytes: number } {
  let frames = 0
  let bytes = 0
  for (const [feed, seq] of coveredFeeds(db, log, record)) {
    const row = db.get(
      `SELECT count(*) AS n, coalesce(sum(length(bytes)), 0) AS bytes FROM frames WHERE ${COVERED}`,
      feed,
      seq,
      FRAME_KINDS.control,
      base,
    )
    frames += int(row, 'n')
    bytes += int(row, 'bytes')
  }
  for (const blobId of record.blobs) {
    const row = db.get('SELECT length(bytes) AS bytes FROM blobs WHERE log = ? AND id = ?', log, blobId)
    if (row !== undefined) bytes += int(row, 'bytes')
  }
  return { frames, bytes }
}

function coveredFeeds(db: Database, log: number, record: PruneRecord): [feed: number, seq: number][] {
  return record.covers.flatMap(({ writer, seq }): [number, number][] => {
    const row = db.get('SELECT no FROM feeds WHERE log = ? AND writer = ?', log, writer)
    return row === undefined ? [] : [[int(row, 'no'), seq]]
  })
}

/** One chunk of what is due. `isDone` is false while more waits. */
export function pruneChunk(context: StoreContext, now: Instant): { frames: number; isDone: boolean } {
  const { db } = context
  const due = db.get(
    `SELECT prunes.no, prunes.log, prunes.record, logs.account FROM prunes JOIN logs ON logs.no = prunes.log
     WHERE due_at <= ? ORDER BY due_at LIMIT 1`,
    now,
  )
  if (due === undefined) return { frames: 0, isDone: true }
  const decoded = decodePrune(blob(due, 'record'))
  if (!decoded.ok) throw new Error(`Cannot read a stored prune: ${decoded.failure}`)
  const log = int(due, 'log')
  const base = findBase(db, log, decoded.value)
  const pruned = { no: log, account: text(due, 'account') }
  const frames = base === undefined ? 0 : deleteCovered(context, pruned, decoded.value, base)
  if (frames < CHUNK) {
    if (base !== undefined) deleteBlobs(context, pruned, decoded.value.blobs)
    db.run('DELETE FROM prunes WHERE no = ?', int(due, 'no'))
  }
  return { frames, isDone: false }
}

function deleteCovered(
  context: StoreContext,
  log: { no: number; account: string },
  record: PruneRecord,
  base: number,
): number {
  const { db } = context
  let left = CHUNK
  for (const [feed, seq] of coveredFeeds(db, log.no, record)) {
    const rows = db.all(
      `SELECT no, length(bytes) AS bytes FROM frames WHERE ${COVERED} LIMIT ?`,
      feed,
      seq,
      FRAME_KINDS.control,
      base,
      left,
    )
    const bytes = rows.reduce((sum, row) => sum + int(row, 'bytes'), 0)
    for (const row of rows) db.run('DELETE FROM frames WHERE no = ?', int(row, 'no'))
    db.run(
      'UPDATE feeds SET bytes = bytes - ?, kept_from = max(kept_from, min(?, next_seq)) WHERE no = ?',
      bytes,
      seq + 1,
      feed,
    )
    giveBack(context, log, bytes)
    left -= rows.length
    if (left === 0) break
  }
  return CHUNK - left
}

/** After the frames that name them. */
function deleteBlobs(context: StoreContext, log: { no: number; account: string }, blobs: readonly BlobId[]): void {
  const { db } = context
  for (const blobId of blobs) {
    const row = db.get('SELECT no, length(bytes) AS bytes FROM blobs WHERE log = ? AND id = ?', log.no, blobId)
    if (row === undefined) continue
    db.run('DELETE FROM blobs WHERE no = ?', int(row, 'no'))
    giveBack(context, log, int(row, 'bytes'))
  }
}

/** Somebody names this blob anew: no waiting prune may take it away. */
export function keepBlob({ db }: StoreContext, log: number, blobId: BlobId): void {
  for (const row of db.all('SELECT no, record FROM prunes WHERE log = ?', log)) {
    const decoded = decodePrune(blob(row, 'record'))
    if (!decoded.ok || decoded.value.blobs.includes(blobId)) db.run('DELETE FROM prunes WHERE no = ?', int(row, 'no'))
  }
}
