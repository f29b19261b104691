import type { BlobId } from '#schema/ids.ts'
import type { Instant } from '#schema/instant.ts'
import { int, text } from './row.ts'
import { get, run, type Work } from './work.ts'

/** Of a blob here or elsewhere. SQLite knows it from the row's head, without reading the bytes. */
export const BLOB_SIZE = 'coalesce(size, length(bytes))'
/** Who puts, reads, verifies or backs up just then is through by the time a stray goes. */
export const STRAY_MS = 3600_000

/** The objects of all blobs of a log. */
export function* strayBlobsOf(log: number, now: Instant): Work<void> {
  yield* run(
    `INSERT INTO stray_blobs (place, due_at)
     SELECT place, CAST(? AS bigint) FROM blobs WHERE log = ? AND place IS NOT NULL`,
    now + STRAY_MS,
    log,
  )
}

/** Answers how much room it took; undefined where there is none. */
export function* deleteBlob(log: number, id: BlobId, now: Instant): Work<number | undefined> {
  const row = yield* get(`SELECT ${BLOB_SIZE} AS size, place FROM blobs WHERE log = ? AND id = ?`, log, id)
  if (row === undefined) return undefined
  if (row['place'] !== null)
    yield* run('INSERT INTO stray_blobs (place, due_at) VALUES (?, ?)', text(row, 'place'), now + STRAY_MS)
  yield* run('DELETE FROM blobs WHERE log = ? AND id = ?', log, id)
  return int(row, 'size')
}
