import type { WriterId } from '#schema/ids.ts'
import type { FeedState, LogState } from '#schema/protocol/http.ts'
import type { SealedLog } from '../log/sealed-log.ts'

/** Appends under way at once. */
export const APPEND_WINDOW_BYTES = 512 * 1024

/**
 * The next piece of a feed that the relay lost: of our own all that is missing, then of others', whose writers may be gone, a window
 * at a time. Every device begins with another feed, so that they do not all bring the same. `mayBring`: which others' the relay takes
 * from us.
 */
export function pieceToBring(
  log: SealedLog,
  relay: Pick<LogState, 'feeds'>,
  stranded: ReadonlyMap<WriterId, number>,
  mayBring: (writer: WriterId) => boolean,
): { readonly writer: WriterId; readonly fromSeq: number; readonly maxBytes?: number } | undefined {
  const nextAtRelay = new Map(relay.feeds.map(feed => [feed.writer, feed.nextSeq]))
  const forks = log.forks()
  const behind = log
    .feeds()
    // Beyond a fork the relay may have the shorter branch: what it refuses is carried there.
    .map(({ writer, next }) => ({ writer, next: Math.min(next, forks.get(writer) ?? next) }))
    .map(({ writer, next }) => ({ writer, next, fromSeq: nextAtRelay.get(writer) ?? 0 }))
    .filter(({ next, fromSeq, writer }) => fromSeq < next && !stranded.has(writer))
    .toSorted((a, b) => (a.writer < b.writer ? -1 : 1))
  const own = behind.find(({ writer }) => writer === log.writer)
  const others = behind.filter(({ writer }) => mayBring(writer))
  const other = others.find(({ writer }) => writer > log.writer) ?? others[0]
  return own ?? (other && { ...other, maxBytes: APPEND_WINDOW_BYTES })
}

/**
 * Others' feeds that a removal cuts and of which the relay lacks what is held here, but cannot take it: the frame that it wants next is not
 * here, a snapshot stands for it. By writer, which place that is.
 */
export async function strandedFeeds(
  log: SealedLog,
  atRelay: readonly FeedState[],
): Promise<ReadonlyMap<WriterId, number>> {
  const nextAtRelay = new Map(atRelay.map(feed => [feed.writer, feed.nextSeq]))
  const cut = log.cutFeeds()
  const stranded = new Map<WriterId, number>()
  for (const { writer, next } of log.feeds()) {
    const fromSeq = nextAtRelay.get(writer) ?? 0
    if (!cut.has(writer) || fromSeq >= next) continue
    const there = await log.frames(writer, fromSeq, 1)
    if (there.length === 0) stranded.set(writer, fromSeq)
  }
  return stranded
}
