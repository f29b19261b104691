import { FIRST_PREV, FRAME_OVERHEAD_BYTES } from '#schema/protocol/frame.ts'
import type { FramesPage } from '#schema/protocol/http.ts'
import type { RefusalCode } from '#schema/protocol/refusal.ts'
import { FrameHash, type LogId, WriterId } from '#schema/ids.ts'
import { ok, type Result } from '#schema/result.ts'
import { findAllowed, type LogRow, type StoreContext } from './context.ts'
import { blob, int, text } from './row.ts'
import { all, get, type Work } from './work.ts'
import type { Asker, FramesQuery } from './relay-store.ts'

/** Frames. The port says what each function promises. */

interface Feed {
  readonly no: number
  readonly nextSeq: number
  readonly head: FrameHash
}

function* findFeed(log: number, writer: WriterId): Work<Feed | undefined> {
  const row = yield* get('SELECT no, next_seq, head FROM feeds WHERE log = ? AND writer = ?', log, writer)
  if (row === undefined) return undefined
  const head = FrameHash.parse(text(row, 'head')) ?? FIRST_PREV
  return { no: int(row, 'no'), nextSeq: int(row, 'next_seq'), head }
}

export function* frames(
  context: StoreContext,
  logId: LogId,
  query: FramesQuery,
  asker: Asker,
): Work<Result<FramesPage, RefusalCode>> {
  const allowed = yield* findAllowed(context, logId, ['read'], asker)
  if (!allowed.ok) return allowed
  const { log, capabilities } = allowed.value
  const wanted = yield* wantedByFeed(log.no, query.wants ?? new Map())
  const page = wanted.size === 0 ? yield* readRun(log, query) : yield* readPage(log, query, wanted)
  const bytes = page.frames.reduce((sum, frame) => sum + frame.length, 0)
  context.notes.add(log.no, capabilities[0]!.id, 'read', bytes, asker.now)
  return ok(page)
}

/** So many frames are looked at, or read, by one query. */
const LOOKED_AT = 1000

/** All frames, whoever wrote them: about as many as there is room for are asked for at once. */
function* readRun(log: LogRow, query: FramesQuery): Work<FramesPage> {
  const usualBytes = Math.max(FRAME_OVERHEAD_BYTES, Math.ceil(log.bytes / Math.max(1, log.cursor)))
  const found: Uint8Array<ArrayBuffer>[] = []
  let cursor = query.after
  for (let left = query.maxBytes; ; ) {
    const limit = Math.min(LOOKED_AT, Math.ceil(Math.max(0, left) / usualBytes) + 1)
    const rows = yield* all(
      'SELECT cursor, bytes FROM frames WHERE log = ? AND cursor > ? ORDER BY cursor LIMIT ?',
      log.no,
      cursor,
      limit,
    )
    for (const row of rows) {
      const bytes = blob(row, 'bytes')
      if (found.length > 0 && bytes.length > left) return { cursor, isEnd: false, frames: found }
      found.push(bytes)
      left -= bytes.length
      cursor = int(row, 'cursor')
    }
    if (rows.length < limit) return { cursor: Math.max(cursor, log.cursor), isEnd: true, frames: found }
  }
}

/** Those that are wanted: looked for by their places and sizes, as the bytes of others need not be read. */
function* readPage(log: LogRow, query: FramesQuery, wanted: ReadonlyMap<number, number>): Work<FramesPage> {
  const chosen: number[] = []
  let cursor = Math.max(query.after, (yield* firstWanted(log, wanted)) - 1)
  let bytes = 0
  let isFull = false
  while (!isFull) {
    const rows = yield* all(
      `SELECT cursor, feed, seq, length(bytes) AS size FROM frames WHERE log = ? AND cursor > ? ORDER BY cursor LIMIT ${LOOKED_AT}`,
      log.no,
      cursor,
    )
    for (const row of rows) {
      if (int(row, 'seq') >= (wanted.get(int(row, 'feed')) ?? 0)) {
        bytes += int(row, 'size')
        isFull = chosen.length > 0 && bytes > query.maxBytes
        if (isFull) break
        chosen.push(int(row, 'cursor'))
      }
      cursor = int(row, 'cursor')
    }
    if (rows.length < LOOKED_AT) break
  }
  const found = yield* readChosen(log.no, chosen)
  return { cursor: isFull ? cursor : Math.max(cursor, log.cursor), isEnd: !isFull, frames: found }
}

/** Those that follow each other are read at once. */
function* readChosen(log: number, cursors: readonly number[]): Work<Uint8Array<ArrayBuffer>[]> {
  const found: Uint8Array<ArrayBuffer>[] = []
  for (let from = 0, next = 1; from < cursors.length; from = next, next += 1) {
    while (cursors[next] === cursors[next - 1]! + 1) next += 1
    const rows = yield* all(
      'SELECT bytes FROM frames WHERE log = ? AND cursor >= ? AND cursor <= ? ORDER BY cursor',
      log,
      cursors[from]!,
      cursors[next - 1]!,
    )
    for (const row of rows) found.push(blob(row, 'bytes'))
  }
  return found
}

function* wantedByFeed(log: number, wants: ReadonlyMap<WriterId, number>): Work<Map<number, number>> {
  const byFeed = new Map<number, number>()
  for (const [writer, nextSeq] of wants) {
    const feed = yield* findFeed(log, writer)
    if (feed !== undefined) byFeed.set(feed.no, nextSeq)
  }
  return byFeed
}

/** The cursor where the first wanted frame lies; past the end when there is none. */
function* firstWanted(log: LogRow, wanted: ReadonlyMap<number, number>): Work<number> {
  let first = log.cursor + 1
  for (const row of yield* all('SELECT no, next_seq FROM feeds WHERE log = ?', log.no)) {
    const from = wanted.get(int(row, 'no')) ?? 0
    if (from >= int(row, 'next_seq')) continue
    const frame = yield* get(
      'SELECT cursor FROM frames WHERE log = ? AND feed = ? AND seq >= ? ORDER BY seq LIMIT 1',
      log.no,
      int(row, 'no'),
      from,
    )
    if (frame !== undefined) first = Math.min(first, int(frame, 'cursor'))
  }
  return first
}

export function* cursor(context: StoreContext, logId: LogId, asker: Asker): Work<Result<number, RefusalCode>> {
  const allowed = yield* findAllowed(context, logId, ['read'], asker)
  return allowed.ok ? ok(allowed.value.log.cursor) : allowed
}

export function* pushes(
  context: StoreContext,
  logId: LogId,
  bytes: number,
  asker: Asker,
): Work<Result<void, RefusalCode>> {
  const allowed = yield* findAllowed(context, logId, ['read'], asker)
  if (!allowed.ok) return allowed
  const { log, capabilities } = allowed.value
  context.notes.add(log.no, capabilities[0]!.id, 'read', bytes, asker.now)
  return ok(undefined)
}
