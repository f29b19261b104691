import { verifyHash } from '#crypto/verify.ts'
import type { BlobsPage } from '#schema/protocol/http.ts'
import type { RefusalCode } from '#schema/protocol/refusal.ts'
import { BlobId, type LogId } from '#schema/ids.ts'
import type { Instant } from '#schema/instant.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import { type BlobStore, BlobsAway } from './blob-store.ts'
import { BLOB_SIZE, STRAY_MS } from './blob-rows.ts'
import { type Allowed, charge, findAllowed, findRoom, type StoreContext } from './context.ts'
import { keepBlob } from './pruning.ts'
import type { Asker } from './relay-store.ts'
import { blob, int, text } from './row.ts'
import { all, count, get, run, type Work } from './work.ts'

/**
 * Blobs, in the relay's own store or elsewhere (decision 0063). A row of `stray_blobs` says of an object elsewhere that no blob has it,
 * or none yet: it is made before the object is, and ends in the transaction that makes the blob's row.
 */

/** What a blob's row holds: the bytes, or where they lie. */
type BlobBody = { readonly bytes: Uint8Array } | { readonly place: string; readonly size: number }

/** Why a store does not open. */
export const BLOBS_ELSEWHERE = 'some of its blobs lie in an S3 store: set S3_ENDPOINT and what goes with it as before'
/** Instead of a time, of strays that are being removed: nobody may keep them any more. */
const IS_GOING = 0
/** So many strays are removed, and forgotten, at a time. */
const STRAYS = 100

const sizeOf = (body: BlobBody) => ('bytes' in body ? body.bytes.length : body.size)

export function* putBlob(
  context: StoreContext,
  logId: LogId,
  id: BlobId,
  body: BlobBody,
  asker: Asker,
): Work<Result<'stored' | 'known', RefusalCode>> {
  const wanted = yield* isWanted(context, logId, id, asker)
  if (!wanted.ok) return wanted
  if (wanted.value === 'known') return ok('known')
  const { log } = wanted.value
  const size = sizeOf(body)
  const charged = yield* charge(context, wanted.value, size)
  if (!charged.ok) return charged
  if ('bytes' in body) yield* run('INSERT INTO blobs (log, id, bytes) VALUES (?, ?, ?)', log.no, id, body.bytes)
  else yield* keepElsewhere(context, log.no, id, body)
  context.notes.add(log.no, charged.value.id, 'append', size, asker.now)
  return ok('stored')
}

function* isWanted(
  context: StoreContext,
  logId: LogId,
  id: BlobId,
  asker: Asker,
): Work<Result<'known' | Allowed, RefusalCode>> {
  const allowed = yield* findAllowed(context, logId, ['append', 'snapshot'], asker)
  if (!allowed.ok) return allowed
  const { log } = allowed.value
  if ((yield* get('SELECT 1 FROM blobs WHERE log = ? AND id = ?', log.no, id)) !== undefined) {
    yield* keepBlob(log.no, id)
    return ok('known')
  }
  return log.isClosed ? fail('closed') : allowed
}

function* keepElsewhere(
  { room }: StoreContext,
  log: number,
  id: BlobId,
  { place, size }: { place: string; size: number },
): Work<void> {
  if ((yield* run('DELETE FROM stray_blobs WHERE place = ? AND due_at > ?', place, IS_GOING)) === 0)
    throw new Error('Cannot keep a blob: its object was too long on its way, and goes')
  yield* run(
    'INSERT INTO blobs (log, id, bytes, size, place) VALUES (?, ?, ?, ?, ?)',
    log,
    id,
    new Uint8Array(),
    size,
    place,
  )
  room.elsewhereBytes += size
}

/** Before the object is put. After `wanted` there is a row that takes it away again, should nothing come of it. */
export function* announceBlob(
  context: StoreContext,
  logId: LogId,
  id: BlobId,
  { place, size }: { place: string; size: number },
  asker: Asker,
): Work<Result<'wanted' | 'known', RefusalCode>> {
  const wanted = yield* isWanted(context, logId, id, asker)
  if (!wanted.ok) return wanted
  if (wanted.value === 'known') return ok('known')
  if ((yield* findRoom(context, wanted.value, size)) === undefined) return fail('quota')
  yield* run('INSERT INTO stray_blobs (place, due_at) VALUES (?, ?)', place, asker.now + STRAY_MS)
  return ok('wanted')
}

export function* readBlob(
  context: StoreContext,
  logId: LogId,
  id: BlobId,
  asker: Asker,
): Work<Result<{ readonly bytes: Uint8Array<ArrayBuffer> } | { readonly place: string }, RefusalCode>> {
  const allowed = yield* findAllowed(context, logId, ['read'], asker)
  if (!allowed.ok) return allowed
  const { log, capabilities } = allowed.value
  const row = yield* get('SELECT bytes, size, place FROM blobs WHERE log = ? AND id = ?', log.no, id)
  if (row === undefined) return fail('not-found')
  const bytes = blob(row, 'bytes')
  const isHere = row['place'] === null
  context.notes.add(log.no, capabilities[0]!.id, 'read', isHere ? bytes.length : int(row, 'size'), asker.now)
  return ok(isHere ? { bytes } : { place: text(row, 'place') })
}

/** At most so many an answer; the caller goes on after the last one. */
const LISTED = 10_000

export function* listBlobs(
  context: StoreContext,
  logId: LogId,
  after: BlobId | undefined,
  asker: Asker,
): Work<Result<BlobsPage, RefusalCode>> {
  const allowed = yield* findAllowed(context, logId, ['manage'], asker)
  if (!allowed.ok) return allowed
  const { log, capabilities } = allowed.value
  context.notes.add(log.no, capabilities[0]!.id, 'manage', 0, asker.now)
  const rows = yield* all(
    `SELECT id, ${BLOB_SIZE} AS size FROM blobs WHERE log = ? AND id > ? ORDER BY id LIMIT ${LISTED}`,
    log.no,
    after ?? '',
  )
  const blobs = rows.map(row => ({ blobId: BlobId.of(Buffer.from(text(row, 'id'), 'hex')), bytes: int(row, 'size') }))
  return ok({ isEnd: rows.length < LISTED, blobs })
}

/** The bytes of an object; what is missing or has another hash is an error, never given out. */
export async function fetchBlob(blobs: BlobStore | undefined, place: string, id: string) {
  if (blobs === undefined) throw new BlobsAway('Cannot read a blob: it lies in an S3 store, and S3_ENDPOINT is not set')
  const bytes = await blobs.get(place)
  if (bytes === undefined) throw new Error('Cannot read a blob: the S3 store does not have it')
  if (BlobId.of(verifyHash(bytes)) !== id) throw new Error('Cannot read a blob: the S3 store gives other bytes')
  return bytes
}

/** From the commit of this on, nobody keeps what is due. */
export function* claimStrays(now: Instant): Work<number> {
  return yield* run('UPDATE stray_blobs SET due_at = ? WHERE due_at <= ?', IS_GOING, now)
}

export function* goingStrays(): Work<readonly string[]> {
  const rows = yield* all(`SELECT place FROM stray_blobs WHERE due_at = ? LIMIT ${STRAYS}`, IS_GOING)
  return rows.map(row => text(row, 'place'))
}

export function* forgetStrays(places: readonly string[]): Work<void> {
  for (const place of places) yield* run('DELETE FROM stray_blobs WHERE place = ?', place)
}

export function* elsewhereBytes(): Work<number> {
  return yield* count('SELECT coalesce(sum(size), 0) AS n FROM blobs WHERE place IS NOT NULL')
}

export function* isAnyElsewhere(): Work<boolean> {
  return (yield* get('SELECT 1 FROM blobs WHERE place IS NOT NULL LIMIT 1')) !== undefined
}
