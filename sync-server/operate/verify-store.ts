import { verifyFrame, verifyFrameHash, verifyHash } from '#crypto/verify.ts'
import { BlobId, type FrameHash } from '#schema/ids.ts'
import { decodeFrame, FIRST_PREV } from '#schema/protocol/frame.ts'
import { type BlobStore, BlobsAway } from '../store/blob-store.ts'
import { fetchBlob } from '../store/blobs.ts'
import { blob, int, type Row, text } from '../store/row.ts'
import { all, get, type Work } from '../store/work.ts'
import type { LookedAt } from './looked-at.ts'

export interface Damage {
  readonly logId: string
  readonly what: string
}

export interface Verified {
  readonly logs: number
  readonly frames: number
  readonly blobs: number
  readonly damaged: readonly Damage[]
  /** What the database itself says of its files; empty when they are whole. */
  readonly file: readonly string[]
  readonly unseen: Unseen
}

/** Blobs that lie where nobody answered: whether they are whole is not known. */
interface Unseen {
  readonly blobs: number
  /** Why the first of them was not; undefined where all were seen. */
  readonly why?: string
}

/**
 * Walks every chain of every log: each frame is there, is of its feed, follows the one before by its hash and is signed by its writer;
 * each blob has its hash. Reads only. What can't be read counts as damage of its log, and the others are looked at all the same.
 */
export async function verifyStore(
  store: LookedAt,
  blobStore: BlobStore | undefined,
  told: (logs: number, of: number) => void = () => undefined,
): Promise<Verified> {
  const rows = await store.run(all('SELECT no, id FROM logs ORDER BY no'))
  const damaged: Damage[] = []
  const elsewhere = new Elsewhere(blobStore)
  let [frames, blobs] = [0, 0]
  for (const [at, row] of rows.entries()) {
    const problem = await firstProblem(
      async () => {
        const checked = await store.run(checkFeeds(int(row, 'no'), text(row, 'id')))
        frames += checked.frames
        return checked.problem
      },
      async () => {
        const checked = await checkBlobs(store, elsewhere, int(row, 'no'))
        blobs += checked.blobs
        return checked.problem
      },
    )
    if (problem !== undefined) damaged.push({ logId: text(row, 'id'), what: problem })
    told(at + 1, rows.length)
  }
  return { logs: rows.length, frames, blobs, damaged, file: await store.fileProblems(), unseen: elsewhere.unseen }
}

async function firstProblem(...checks: readonly (() => Promise<string | undefined>)[]): Promise<string | undefined> {
  for (const check of checks) {
    try {
      const problem = await check()
      if (problem !== undefined) return problem
    } catch (error) {
      return `cannot be read: ${error instanceof Error ? error.message : 'unknown'}`
    }
  }
  return undefined
}

interface Checked {
  readonly frames: number
  readonly problem?: string
}

function* checkFeeds(log: number, logId: string): Work<Checked> {
  let frames = 0
  const feeds = yield* all('SELECT no, writer, next_seq, head, kept_from FROM feeds WHERE log = ? ORDER BY no', log)
  for (const feed of feeds) {
    const checked = yield* checkFeed(log, feed, logId)
    frames += checked.frames
    if (checked.problem !== undefined) return { frames, problem: checked.problem }
  }
  return { frames }
}

/** Frames are read so many at a time. */
const PAGE = 100

function* checkFeed(log: number, feed: Row, logId: string): Work<Checked> {
  const [keptFrom, nextSeq] = [int(feed, 'kept_from'), int(feed, 'next_seq')]
  const walk: Walk = { frames: 0, next: 0, prev: FIRST_PREV }
  const sql = `SELECT seq, bytes FROM frames WHERE log = ? AND feed = ? AND seq >= ? ORDER BY seq LIMIT ${PAGE}`
  let page = yield* all(sql, log, int(feed, 'no'), 0)
  while (page.length > 0) {
    for (const row of page) {
      const problem = step(walk, row, keptFrom, { logId, writer: text(feed, 'writer') })
      if (problem !== undefined) return { frames: walk.frames, problem }
    }
    page = page.length < PAGE ? [] : yield* all(sql, log, int(feed, 'no'), walk.next)
  }
  const { frames, next, prev } = walk
  if (next < nextSeq && nextSeq > keptFrom)
    return { frames, problem: `frame ${Math.max(next, keptFrom)} of a feed is missing` }
  const isHead = next < nextSeq || prev === text(feed, 'head')
  return isHead ? { frames } : { frames, problem: 'a feed does not end with its last frame' }
}

/** Where a walk along a feed is. */
interface Walk {
  frames: number
  next: number
  prev: FrameHash
}

/** One frame further, or what is wrong with it. */
function step(walk: Walk, row: Row, keptFrom: number, of: Pick<Place, 'logId' | 'writer'>): string | undefined {
  const seq = int(row, 'seq')
  const expected = Math.max(walk.next, keptFrom)
  // Only what lies before `kept_from` may have been pruned.
  if (seq > expected) return `frame ${expected} of a feed is missing`
  const prev = seq === walk.next ? walk.prev : undefined
  const hash = checkFrame(blob(row, 'bytes'), { ...of, seq, prev })
  if (hash === undefined) return `frame ${seq} of a feed is not what its writer signed there`
  walk.frames += 1
  walk.next = seq + 1
  walk.prev = hash
  return undefined
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

/** Where blobs lie that the store has no bytes of. Not asked any more once it did not answer: each question may wait for minutes. */
class Elsewhere {
  readonly #blobs: BlobStore | undefined
  unseen: Unseen = { blobs: 0 }

  constructor(blobs: BlobStore | undefined) {
    this.#blobs = blobs
  }

  /** Throws where a blob is missing or other than it was. */
  async check(place: string, id: string): Promise<void> {
    const { blobs, why } = this.unseen
    if (why !== undefined) {
      this.unseen = { blobs: blobs + 1, why }
      return
    }
    try {
      await fetchBlob(this.#blobs, place, id)
    } catch (error) {
      if (!(error instanceof BlobsAway)) throw error
      this.unseen = { blobs: 1, why: error.message }
    }
  }
}

async function checkBlobs(
  store: LookedAt,
  elsewhere: Elsewhere,
  log: number,
): Promise<{ readonly blobs: number; readonly problem?: string }> {
  const rows = await store.run(all('SELECT id, place FROM blobs WHERE log = ? ORDER BY id', log))
  const before = elsewhere.unseen.blobs
  const seenOf = (looked: number) => looked - (elsewhere.unseen.blobs - before)
  for (const [at, row] of rows.entries()) {
    const problem = await checkBlob(store, elsewhere, log, row)
    if (problem !== undefined) return { blobs: seenOf(at), problem }
  }
  return { blobs: seenOf(rows.length) }
}

async function checkBlob(store: LookedAt, elsewhere: Elsewhere, log: number, row: Row): Promise<string | undefined> {
  const id = text(row, 'id')
  const stored = () => store.run(get('SELECT bytes, place FROM blobs WHERE log = ? AND id = ?', log, id))
  if (row['place'] === null) {
    const found = await stored()
    const isWhole = found === undefined || BlobId.of(verifyHash(blob(found, 'bytes'))) === id
    return isWhole ? undefined : 'a blob has another hash'
  }
  try {
    await elsewhere.check(text(row, 'place'), id)
    return undefined
  } catch (error) {
    // Deleted since its row was read: nothing is wrong.
    if ((await stored())?.['place'] !== row['place']) return undefined
    return error instanceof Error ? error.message : 'a blob cannot be read'
  }
}
