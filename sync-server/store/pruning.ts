import { verifyFrameHash } from '#crypto/verify.ts'
import { FRAME_KINDS } from '#schema/protocol/frame.ts'
import type { PruneReport } from '#schema/protocol/http.ts'
import { decodePrune, encodePrune, type PruneRecord } from '#schema/protocol/owner.ts'
import type { RefusalCode } from '#schema/protocol/refusal.ts'
import type { BlobId } from '#schema/ids.ts'
import { type Instant, instant } from '#schema/instant.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import { BLOB_SIZE, deleteBlob } from './blob-rows.ts'
import { findLog, giveBack, type StoreContext } from './context.ts'
import { blob, int, text } from './row.ts'
import { all, get, run, type Work } from './work.ts'

/** Frames deleted in one commit, so that a large prune does not hold up the appends. */
const CHUNK = 2000
/** Which frames a cover lets go: not control, not the base. */
const COVERED = 'log = ? AND feed = ? AND seq <= ? AND kind <> ? AND cursor <> ?'

export function* prune(
  context: StoreContext,
  record: PruneRecord,
  ownerNumber: number,
  dueAt: Instant,
): Work<Result<PruneReport, RefusalCode>> {
  const found = yield* findLog(context, record.logId)
  if (!found.ok) return found
  if (found.value.ownerNumber !== ownerNumber) return fail('stale')
  const base = yield* findBase(found.value.no, record.base)
  if (base === undefined) return fail('no-base')
  const bytes = encodePrune(record)
  yield* run(
    'INSERT INTO prunes (log, due_at, record) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
    found.value.no,
    dueAt,
    bytes,
  )
  const row = yield* get('SELECT due_at FROM prunes WHERE log = ? AND record = ?', found.value.no, bytes)
  return ok({ dueAt: instant(int(row, 'due_at')), ...(yield* countCovered(found.value.no, record, base)) })
}

/** The cursor of the stored snapshot that stands for what goes. */
export function* findBase(log: number, base: PruneRecord['base']): Work<number | undefined> {
  const frame = yield* get(
    `SELECT frames.cursor, frames.bytes FROM frames JOIN feeds ON feeds.no = frames.feed
     WHERE frames.log = ? AND feeds.log = ? AND writer = ? AND seq = ? AND kind = ?`,
    log,
    log,
    base.writer,
    base.seq,
    FRAME_KINDS.snapshot,
  )
  if (frame === undefined || verifyFrameHash(blob(frame, 'bytes')) !== base.hash) return undefined
  return int(frame, 'cursor')
}

function* countCovered(log: number, record: PruneRecord, base: number): Work<{ frames: number; bytes: number }> {
  let frames = 0
  let bytes = 0
  for (const [feed, seq] of yield* coveredFeeds(log, record)) {
    const row = yield* get(
      `SELECT count(*) AS n, coalesce(sum(length(bytes)), 0) AS bytes FROM frames WHERE ${COVERED}`,
      log,
      feed,
      seq,
      FRAME_KINDS.control,
      base,
    )
    frames += int(row, 'n')
    bytes += int(row, 'bytes')
  }
  for (const blobId of record.blobs) {
    const row = yield* get(`SELECT ${BLOB_SIZE} AS size FROM blobs WHERE log = ? AND id = ?`, log, blobId)
    if (row !== undefined) bytes += int(row, 'size')
  }
  return { frames, bytes }
}

function* coveredFeeds(log: number, record: PruneRecord): Work<[feed: number, seq: number][]> {
  const feeds: [feed: number, seq: number][] = []
  for (const { writer, seq } of record.covers) {
    const row = yield* get('SELECT no FROM feeds WHERE log = ? AND writer = ?', log, writer)
    if (row !== undefined) feeds.push([int(row, 'no'), seq])
  }
  return feeds
}

/** One chunk of what is due. `isDone` is false while more waits. */
export function* pruneChunk(context: StoreContext, now: Instant): Work<{ frames: number; isDone: boolean }> {
  const due = yield* get(
    `SELECT prunes.no, prunes.log, prunes.record, logs.account FROM prunes JOIN logs ON logs.no = prunes.log
     WHERE due_at <= ? ORDER BY due_at LIMIT 1${context.locking}`,
    now,
  )
  if (due === undefined) return { frames: 0, isDone: true }
  const decoded = decodePrune(blob(due, 'record'))
  if (!decoded.ok) throw new Error(`Cannot read a stored prune: ${decoded.failure}`)
  const log = int(due, 'log')
  const base = yield* findBase(log, decoded.value.base)
  const pruned = { no: log, account: text(due, 'account') }
  const frames = base === undefined ? 0 : yield* deleteCovered(pruned, decoded.value, base)
  if (frames < CHUNK) {
    if (base !== undefined) yield* deleteBlobs(pruned, decoded.value.blobs, now)
    yield* run('DELETE FROM prunes WHERE no = ?', int(due, 'no'))
  }
  return { frames, isDone: false }
}

function* deleteCovered(log: { no: number; account: string }, record: PruneRecord, base: number): Work<number> {
  let left = CHUNK
  for (const [feed, seq] of yield* coveredFeeds(log.no, record)) {
    const rows = yield* all(
      `SELECT cursor, length(bytes) AS bytes FROM frames WHERE ${COVERED} LIMIT ?`,
      log.no,
      feed,
      seq,
      FRAME_KINDS.control,
      base,
      left,
    )
    const bytes = rows.reduce((sum, row) => sum + int(row, 'bytes'), 0)
    for (const row of rows) yield* run('DELETE FROM frames WHERE log = ? AND cursor = ?', log.no, int(row, 'cursor'))
    const kept = yield* get('SELECT kept_from, next_seq FROM feeds WHERE no = ?', feed)
    yield* run(
      'UPDATE feeds SET bytes = bytes - ?, kept_from = ? WHERE no = ?',
      bytes,
      Math.max(int(kept, 'kept_from'), Math.min(seq + 1, int(kept, 'next_seq'))),
      feed,
    )
    yield* giveBack(log, bytes)
    left -= rows.length
    if (left === 0) break
  }
  return CHUNK - left
}

/** After the frames that name them. */
function* deleteBlobs(log: { no: number; account: string }, blobs: readonly BlobId[], now: Instant): Work<void> {
  for (const blobId of blobs) {
    const bytes = yield* deleteBlob(log.no, blobId, now)
    if (bytes !== undefined) yield* giveBack(log, bytes)
  }
}

/** Somebody names this blob anew: no waiting prune may take it away. */
export function* keepBlob(log: number, blobId: BlobId): Work<void> {
  for (const row of yield* all('SELECT no, record FROM prunes WHERE log = ?', log)) {
    const decoded = decodePrune(blob(row, 'record'))
    if (!decoded.ok || decoded.value.blobs.includes(blobId))
      yield* run('DELETE FROM prunes WHERE no = ?', int(row, 'no'))
  }
}
