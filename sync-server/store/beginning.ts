import type { BeginPoint, BeginRecord } from '#schema/protocol/begin.ts'
import { FRAME_KINDS } from '#schema/protocol/frame.ts'
import type { RefusalCode } from '#schema/protocol/refusal.ts'
import { equalBytes } from '#schema/bytes.ts'
import type { WriterId } from '#schema/ids.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import { charge, findAllowed, type StoreContext } from './context.ts'
import { findBase } from './pruning.ts'
import type { Asker, Begun, NewBegin, NewFrame } from './relay-store.ts'
import { blob, int, text } from './row.ts'
import { all, get, run, type Work } from './work.ts'

/**
 * Feeds that are brought from a later frame on than their first, by who was not there when a prune let the rest go: they then lie here as
 * after that prune. All is looked at before anything is written, as a refusal does not undo what was written before it.
 */
export function* beginFeeds(
  context: StoreContext,
  { record, frames }: NewBegin,
  ownerNumber: number,
  asker: Asker,
): Work<Result<Begun, RefusalCode>> {
  const allowed = yield* findAllowed(context, record.logId, ['manage'], asker)
  if (!allowed.ok) return allowed
  const { log } = allowed.value
  if (log.ownerNumber !== ownerNumber) return fail('stale')
  if (log.isClosed) return fail('closed')
  if (record.bases.length === 0) return fail('no-base')
  for (const base of record.bases) {
    const isBrought = frames.some(frame => frame.kind === 'snapshot' && isAt(frame, base))
    if (!isBrought && (yield* findBase(log.no, base)) === undefined) return fail('no-base')
  }
  const feeds = yield* planFeeds(log.no, record)
  if (feeds.size > context.limits.feedsPerLog) return fail('quota')
  const fresh = yield* planFrames(log.no, feeds, record, frames)
  if (!fresh.ok) return fresh
  const bytes = fresh.value.reduce((sum, frame) => sum + frame.bytes.length, 0)
  const charged = yield* charge(context, allowed.value, bytes)
  if (!charged.ok) return charged
  context.notes.add(log.no, charged.value.id, 'manage', bytes, asker.now)
  yield* writeFeeds(log.no, feeds)
  const stored = yield* writeFrames(log, feeds, fresh.value)
  if (stored.length > 0) yield* context.grew(record.logId, { before: log.cursor, cursor: log.cursor + stored.length })
  return ok({ stored })
}

interface PlannedFeed {
  /** Undefined as long as it is not here. */
  no: number | undefined
  nextSeq: number
  head: string
  keptFrom: number
  newBytes: number
  isChanged: boolean
}

/** The log's feeds as they will be once the record's have begun. */
function* planFeeds(log: number, record: BeginRecord): Work<Map<string, PlannedFeed>> {
  const feeds = new Map<string, PlannedFeed>()
  for (const row of yield* all('SELECT no, writer, next_seq, head, kept_from FROM feeds WHERE log = ?', log)) {
    feeds.set(text(row, 'writer'), {
      no: int(row, 'no'),
      nextSeq: int(row, 'next_seq'),
      head: text(row, 'head'),
      keptFrom: int(row, 'kept_from'),
      newBytes: 0,
      isChanged: false,
    })
  }
  for (const { writer, seq, hash } of record.feeds) {
    const known = feeds.get(writer)
    // It has come further by itself.
    if (known !== undefined && known.nextSeq > seq) continue
    const next = { nextSeq: seq + 1, head: hash, keptFrom: seq + 1, newBytes: 0, isChanged: true }
    feeds.set(writer, { no: known?.no, ...next })
  }
  return feeds
}

/** Those of the frames that are not here; each has its place, or nothing of it all is done. */
function* planFrames(
  log: number,
  feeds: ReadonlyMap<string, PlannedFeed>,
  { bases }: BeginRecord,
  frames: readonly NewFrame[],
): Work<Result<readonly NewFrame[], RefusalCode>> {
  const fresh: NewFrame[] = []
  for (const frame of frames) {
    const feed = feeds.get(frame.writer)
    if (feed === undefined || frame.seq > feed.nextSeq) return fail('gap')
    const follows = frame.seq === feed.nextSeq
    if (follows && frame.prev !== feed.head) return fail('fork')
    if (follows) Object.assign(feed, { nextSeq: frame.seq + 1, head: frame.hash, isChanged: true })
    else {
      const there = yield* storedAt(log, feed, frame.writer, frame.seq)
      if (there !== undefined && !equalBytes(there, frame.bytes)) return fail('fork')
      if (there !== undefined || fresh.some(one => one.hash === frame.hash)) continue
      // Before where a feed begins lies what a prune leaves there.
      if (frame.kind !== 'control' && !bases.some(base => isAt(frame, base))) return fail('bad-request')
    }
    feed.newBytes += frame.bytes.length
    fresh.push(frame)
  }
  return ok(fresh)
}

function* storedAt(
  log: number,
  { no }: PlannedFeed,
  writer: WriterId,
  seq: number,
): Work<Uint8Array<ArrayBuffer> | undefined> {
  if (no === undefined) return undefined
  const row = yield* get('SELECT bytes FROM frames WHERE log = ? AND feed = ? AND seq = ?', log, no, seq)
  return row === undefined ? undefined : blob(row, 'bytes')
}

function isAt(frame: NewFrame, { writer, seq, hash }: BeginPoint): boolean {
  return frame.writer === writer && frame.seq === seq && frame.hash === hash
}

function* writeFeeds(log: number, feeds: Map<string, PlannedFeed>): Work<void> {
  for (const [writer, feed] of feeds) {
    if (feed.no === undefined) {
      yield* run(
        'INSERT INTO feeds (log, writer, next_seq, head, kept_from, bytes) VALUES (?, ?, ?, ?, ?, ?)',
        log,
        writer,
        feed.nextSeq,
        feed.head,
        feed.keptFrom,
        feed.newBytes,
      )
      feed.no = int(yield* get('SELECT no FROM feeds WHERE log = ? AND writer = ?', log, writer), 'no')
    } else if (feed.isChanged || feed.newBytes > 0) {
      yield* run(
        'UPDATE feeds SET next_seq = ?, head = ?, kept_from = ?, bytes = bytes + ? WHERE no = ?',
        feed.nextSeq,
        feed.head,
        feed.keptFrom,
        feed.newBytes,
        feed.no,
      )
    }
  }
}

function* writeFrames(
  log: { readonly no: number; readonly cursor: number },
  feeds: ReadonlyMap<string, PlannedFeed>,
  frames: readonly NewFrame[],
): Work<Begun['stored']> {
  const stored: { cursor: number; bytes: Uint8Array<ArrayBuffer> }[] = []
  for (const { writer, seq, kind, bytes } of frames) {
    const feed = feeds.get(writer)
    if (feed?.no === undefined) throw new Error('Cannot store a frame: its feed has no number')
    const cursor = log.cursor + stored.length + 1
    yield* run(
      'INSERT INTO frames (log, cursor, feed, seq, kind, bytes) VALUES (?, ?, ?, ?, ?, ?)',
      log.no,
      cursor,
      feed.no,
      seq,
      FRAME_KINDS[kind],
      bytes,
    )
    stored.push({ cursor, bytes })
  }
  if (stored.length > 0) yield* run('UPDATE logs SET cursor = ? WHERE no = ?', log.cursor + stored.length, log.no)
  return stored
}
