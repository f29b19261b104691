import { verifyFrame, verifyFrameHash, verifyHash } from '#crypto/verify.ts'
import { BlobId, type FrameHash } from '#schema/ids.ts'
import { decodeFrame, FIRST_PREV } from '#schema/protocol/frame.ts'
import type { Database } from '../store/database.ts'
import { blob, int, type Row, text } from '../store/row.ts'

export interface Damage {
  readonly logId: string
  readonly what: string
}

export interface Verified {
  readonly logs: number
  readonly frames: number
  readonly blobs: number
  readonly damaged: readonly Damage[]
  /** What SQLite itself says of its file; empty when that is whole. */
  readonly file: readonly string[]
}

/**
 * Walks every chain of every log: each frame is there, is of its feed, follows the one before by its hash and is signed by its writer;
 * each blob has its hash. Reads only. What can't be read counts as damage of its log, and the others are looked at all the same.
 */
export function verifyStore(db: Database, told: (logs: number, of: number) => void = () => undefined): Verified {
  const rows = db.all('SELECT no, id FROM logs ORDER BY no')
  const damaged: Damage[] = []
  let [frames, blobs] = [0, 0]
  for (const [at, row] of rows.entries()) {
    const problem = firstProblem(
      () => {
        const checked = checkFeeds(db, int(row, 'no'), text(row, 'id'))
        frames += checked.frames
        return checked.problem
      },
      () => {
        const checked = checkBlobs(db, int(row, 'no'))
        blobs += checked.blobs
        return checked.problem
      },
    )
    if (problem !== undefined) damaged.push({ logId: text(row, 'id'), what: problem })
    told(at + 1, rows.length)
  }
  return { logs: rows.length, frames, blobs, damaged, file: fileProblems(db) }
}

function firstProblem(...checks: readonly (() => string | undefined)[]): string | undefined {
  for (const check of checks) {
    try {
      const problem = check()
      if (problem !== undefined) return problem
    } catch (error) {
      return `cannot be read: ${error instanceof Error ? error.message : 'unknown'}`
    }
  }
  return undefined
}

function fileProblems(db: Database): string[] {
  try {
    const said = db.all('PRAGMA integrity_check(20)').map(row => text(row, 'integrity_check'))
    return said.filter(line => line !== 'ok')
  } catch (error) {
    return [error instanceof Error ? error.message : 'unknown']
  }
}

interface Checked {
  readonly frames: number
  readonly problem?: string
}

function checkFeeds(db: Database, log: number, logId: string): Checked {
  let frames = 0
  for (const feed of db.all('SELECT no, writer, next_seq, head, kept_from FROM feeds WHERE log = ? ORDER BY no', log)) {
    const checked = checkFeed(db, feed, logId)
    frames += checked.frames
    if (checked.problem !== undefined) return { frames, problem: checked.problem }
  }
  return { frames }
}

function checkFeed(db: Database, feed: Row, logId: string): Checked {
  const [keptFrom, nextSeq] = [int(feed, 'kept_from'), int(feed, 'next_seq')]
  let frames = 0
  let next = 0
  let prev: FrameHash | undefined = FIRST_PREV
  for (const row of db.iterate('SELECT seq, bytes FROM frames WHERE feed = ? ORDER BY seq', int(feed, 'no'))) {
    const seq = int(row, 'seq')
    // Only what lies before `kept_from` may have been pruned.
    if (seq > Math.max(next, keptFrom))
      return { frames, problem: `frame ${Math.max(next, keptFrom)} of a feed is missing` }
    const hash = checkFrame(blob(row, 'bytes'), {
      logId,
      writer: text(feed, 'writer'),
      seq,
      prev: seq === next ? prev : undefined,
    })
    if (hash === undefined) return { frames, problem: `frame ${seq} of a feed is not what its writer signed there` }
    frames++
    ;[next, prev] = [seq + 1, hash]
  }
  if (next < nextSeq && nextSeq > keptFrom)
    return { frames, problem: `frame ${Math.max(next, keptFrom)} of a feed is missing` }
  const isHead = next < nextSeq || prev === text(feed, 'head')
  return isHead ? { frames } : { frames, problem: 'a feed does not end with its last frame' }
}

interface Place {
  readonly logId: string
  readonly writer: string
  readonly seq: number
  /** Undefined where the frame before was pruned. */
  readonly prev: FrameHash | undefined
}

/** Its hash when it is what belongs there. */
function checkFrame(bytes: Uint8Array<ArrayBuffer>, { logId, writer, seq, prev }: Place): FrameHash | undefined {
  const decoded = decodeFrame(bytes)
  if (!decoded.ok) return undefined
  const { header } = decoded.value
  const isThere = header.logId === logId && header.writer === writer && header.seq === seq
  const follows = prev === undefined || header.prev === prev
  return isThere && follows && verifyFrame(decoded.value, bytes) ? verifyFrameHash(bytes) : undefined
}

function checkBlobs(db: Database, log: number): { readonly blobs: number; readonly problem?: string } {
  let blobs = 0
  for (const row of db.iterate('SELECT id, bytes FROM blobs WHERE log = ? ORDER BY no', log)) {
    if (BlobId.of(verifyHash(blob(row, 'bytes'))) !== text(row, 'id'))
      return { blobs, problem: 'a blob has another hash' }
    blobs++
  }
  return { blobs }
}
