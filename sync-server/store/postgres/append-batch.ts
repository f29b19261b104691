import type { Pool } from 'pg'
import { FRAME_KINDS } from '#schema/protocol/frame.ts'
import { RIGHTS } from '#schema/protocol/capability.ts'
import type { RefusalCode } from '#schema/protocol/refusal.ts'
import { concat } from '#schema/bytes.ts'
import { CapabilityId, FrameHash } from '#schema/ids.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import { RIGHT_FOR } from '../append-run.ts'
import type { StoreContext } from '../context.ts'
import type { AppendRefusal, Asker, NewFrame, Stored } from '../relay-store.ts'
import { int, type Row, text } from '../row.ts'
import { WAITED_FOR_MS } from './connect.ts'

export interface WaitingAppend {
  readonly frame: NewFrame
  readonly asker: Asker
  resolve(outcome: Result<Stored, AppendRefusal>): void
  reject(error: unknown): void
}

const CALL = `SELECT * FROM append_frames($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`

/**
 * One round trip and one commit for all. The order of a log's frames is kept. What was committed and not answered in time is the same
 * frame when it comes again.
 */
export async function appendBatch(
  pool: Pool,
  context: Pick<StoreContext, 'limits' | 'room' | 'notes'>,
  batch: readonly WaitingAppend[],
  relay: string,
): Promise<void> {
  const sorted = batch.toSorted((a, b) => (a.frame.logId < b.frame.logId ? -1 : a.frame.logId > b.frame.logId ? 1 : 0))
  const call = { name: 'append', text: CALL, values: valuesOf(context, sorted, relay), query_timeout: WAITED_FOR_MS }
  const { rows } = await pool.query(call)
  for (const [at, waiting] of sorted.entries()) {
    const outcome = outcomeOf(rows[at])
    if (outcome.ok && outcome.value.isNew) note(context, rows[at], waiting)
    waiting.resolve(outcome)
  }
}

function valuesOf(
  { limits, room }: Pick<StoreContext, 'limits' | 'room'>,
  batch: readonly WaitingAppend[],
  relay: string,
) {
  const frames = batch.map(({ frame }) => frame)
  let end = 0
  const offsets = frames.map(frame => (end += frame.bytes.length) - frame.bytes.length)
  return [
    frames.map(frame => frame.logId),
    frames.map(frame => frame.writer),
    frames.map(frame => frame.seq),
    frames.map(frame => frame.prev),
    frames.map(frame => frame.hash),
    frames.map(frame => FRAME_KINDS[frame.kind]),
    frames.map(frame => RIGHTS[RIGHT_FOR[frame.kind]]),
    offsets,
    frames.map(frame => frame.bytes.length),
    Buffer.from(concat(...frames.map(frame => frame.bytes)).buffer),
    batch.map(({ asker }) => asker.holders.join(' ')),
    batch.map(({ asker }) => asker.now),
    limits.feedsPerLog,
    limits.accountBytes,
    Math.max(0, limits.totalBytes - room.usedBytes),
    relay,
  ]
}

function outcomeOf(row: Row | undefined): Result<Stored, AppendRefusal> {
  const code = row?.['r_code']
  if (code === null) {
    const isAwaited = row?.['r_is_awaited'] === true
    return ok({ cursor: int(row, 'r_cursor'), isNew: row?.['r_is_new'] === true, isAwaited })
  }
  if (row?.['r_head'] === null) return fail({ code: code as RefusalCode })
  const head = FrameHash.parse(text(row, 'r_head'))
  if (head === undefined) throw new TypeError('Cannot read the head of a feed')
  return fail({ code: code as RefusalCode, feed: { nextSeq: int(row, 'r_next_seq'), head } })
}

function note({ notes, room }: Pick<StoreContext, 'notes' | 'room'>, row: Row, { frame, asker }: WaitingAppend): void {
  const capability = CapabilityId.of(Buffer.from(text(row, 'r_capability'), 'hex'))
  notes.add(int(row, 'r_log'), capability, RIGHT_FOR[frame.kind], frame.bytes.length, asker.now)
  room.usedBytes += frame.bytes.length
}
