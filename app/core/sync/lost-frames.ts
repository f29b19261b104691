import type { WriterId } from '#schema/ids.ts'
import type { LogState } from '#schema/protocol/http.ts'
import type { SealedLog } from '../log/sealed-log.ts'

/** Appends under way at once. */
export const APPEND_WINDOW_BYTES = 512 * 1024

/**
 * The next piece of a feed that the relay lost: of our own all that is missing, then of others', whose writers may be gone, a window
 * at a time. Every device begins with another feed, so that they do not all bring the same.
 */
export function pieceToBring(
  log: SealedLog,
  relay: Pick<LogState, 'feeds'>,
): { readonly writer: WriterId; readonly fromSeq: number; readonly maxBytes?: number } | undefined {
  const nextAtRelay = new Map(relay.feeds.map(feed => [feed.writer, feed.nextSeq]))
  const forks = log.forks()
  const behind = log
    .feeds()
    // Beyond a fork the relay may have the shorter branch: what it refuses is carried there.
    .map(({ writer, next }) => ({ writer, next: Math.min(next, forks.get(writer) ?? next) }))
    .map(({ writer, next }) => ({ writer, next, fromSeq: nextAtRelay.get(writer) ?? 0 }))
    .filter(({ next, fromSeq }) => fromSeq < next)
    .toSorted((a, b) => (a.writer < b.writer ? -1 : 1))
  const own = behind.find(({ writer }) => writer === log.writer)
  const other = behind.find(({ writer }) => writer > log.writer) ?? behind[0]
  return own ?? (other && { ...other, maxBytes: APPEND_WINDOW_BYTES })
}
