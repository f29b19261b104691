import { type BlobId, FrameHash, type KeyId, type WriterId } from '#schema/ids.ts'
import type { Instant } from '#schema/instant.ts'
import type { WriterCert } from '#schema/protocol/certificate.ts'
import { type AcceptedEpoch, headEpochs } from './control-acceptance.ts'
import type { FrameFact, Voucher } from './frame-fact.ts'
import type { OpenedFrame } from './open-frame.ts'
import type { FramePoint } from './preface.ts'
import type { Quarantined, QuarantineReason } from './sealed-log.ts'

export const NO_HASH = FrameHash.of(new Uint8Array(FrameHash.size))

/** What is known of one feed, its decided frames in sum and the others one by one. */
export interface Feed {
  readonly writer: WriterId
  /** Held without gaps below this; what a base stands for counts as held. */
  next: number
  /** Of the frame before `next`. */
  hash: FrameHash
  /** All below are accepted or refused for good. */
  decided: number
  /** Refused among the decided. */
  refused: Map<number, QuarantineReason>
  lastAccepted: FramePoint | undefined
  voucher: Voucher | undefined
  cert: WriterCert | undefined
  claimedAt: Instant | undefined
  /** From `decided` to before `next`, in order. */
  undecided: OpenedFrame[]
  /** The last place that is not held and for which a base stands. */
  lastCovered: number | undefined
  /** Held beyond a gap. */
  ahead: Map<number, OpenedFrame>
  /** Frames met in this process. */
  hashes: Map<number, FrameHash>
}

/** Why a frame that isn't decided waits, as last judged. */
export interface Ledger {
  readonly feeds: Map<WriterId, Feed>
  epochs: readonly AcceptedEpoch[]
  /** EPOCHs refused for good. */
  lapsed: readonly AcceptedEpoch[]
  /** First refused seq by writer, for removals and forks. */
  cuts: ReadonlyMap<WriterId, number>
  forks: ReadonlyMap<WriterId, number>
  /** Snapshots whose content stands for frames not held. */
  bases: readonly FrameHash[]
  /** Accepted frames that lie beside the feed as stored (the other side of a fork). */
  besides: ReadonlySet<FrameHash>
  /** Held where a base lets a feed begin only later, and not accepted; what comes there is for the next judgement. */
  readonly below: Set<FrameHash>
  /** What frames beyond a fork name, or beyond a removal where others stand upon them: needed though the cut refuses them. */
  blobsPastCuts: readonly BlobId[]
  readonly reasons: Map<FrameHash, QuarantineReason>
  /** The newest accepted snapshot written here. */
  ownSnapshot: { readonly point: FramePoint; readonly covers: readonly FramePoint[] } | undefined
}

export function makeLedger(): Ledger {
  return {
    feeds: new Map(),
    epochs: [],
    lapsed: [],
    cuts: new Map(),
    forks: new Map(),
    bases: [],
    besides: new Set(),
    below: new Set(),
    blobsPastCuts: [],
    reasons: new Map(),
    ownSnapshot: undefined,
  }
}

export function feedOf(ledger: Ledger, writer: WriterId): Feed {
  const there = ledger.feeds.get(writer)
  if (there !== undefined) return there
  const feed: Feed = {
    writer,
    next: 0,
    hash: NO_HASH,
    decided: 0,
    refused: new Map(),
    lastAccepted: undefined,
    voucher: undefined,
    cert: undefined,
    claimedAt: undefined,
    undecided: [],
    lastCovered: undefined,
    ahead: new Map(),
    hashes: new Map(),
  }
  ledger.feeds.set(writer, feed)
  return feed
}

/**
 * Puts a stored frame in its place. `false`: everything has to be looked at anew, because it doesn't follow the frame before it (so the
 * feed was forked), or because only a base stood for it so far.
 */
export function enter(ledger: Ledger, frame: OpenedFrame): boolean {
  const { fact } = frame
  const feed = feedOf(ledger, fact.writer)
  feed.hashes.set(fact.seq, fact.hash)
  if (fact.seq < feed.next) {
    ledger.below.add(fact.hash)
    return false
  }
  feed.ahead.set(fact.seq, frame)
  return link(feed)
}

/** Takes what follows without a gap. */
function link(feed: Feed): boolean {
  for (let frame = feed.ahead.get(feed.next); frame !== undefined; frame = feed.ahead.get(feed.next)) {
    if (frame.fact.prev !== feed.hash) return false
    feed.ahead.delete(feed.next)
    feed.undecided.push(frame)
    feed.next++
    feed.hash = frame.fact.hash
    noteSpeaker(feed, frame)
  }
  return true
}

/** Who vouches for the feed, and when it last spoke. */
export function noteSpeaker(feed: Feed, { fact, cert }: OpenedFrame): void {
  if (fact.voucher !== undefined && (feed.voucher === undefined || fact.seq === 0)) {
    feed.voucher = fact.voucher
    feed.cert = cert
  }
  if (fact.claimedAt !== undefined) feed.claimedAt = fact.claimedAt
}

/** As `SealedLog.covered` says. */
export function coveredPlaces(ledger: Ledger): ReadonlyMap<WriterId, number> {
  const feeds = [...ledger.feeds.values()]
  return new Map(feeds.flatMap(({ writer, lastCovered }) => (lastCovered === undefined ? [] : [[writer, lastCovered]])))
}

export function settleAccepted(feed: Feed, fact: FrameFact): void {
  feed.undecided.shift()
  feed.decided = fact.seq + 1
  feed.lastAccepted = { writer: fact.writer, seq: fact.seq, hash: fact.hash }
}

export function settleRefused(feed: Feed, fact: FrameFact, reason: QuarantineReason): void {
  feed.undecided.shift()
  feed.decided = fact.seq + 1
  feed.refused.set(fact.seq, reason)
}

/** Frames held and neither accepted nor refused among the decided. */
export function openFrames(ledger: Ledger): OpenedFrame[] {
  return [...ledger.feeds.values()].flatMap(feed => [
    ...feed.undecided,
    ...[...feed.ahead.values()].toSorted((a, b) => a.fact.seq - b.fact.seq),
  ])
}

export function quarantineOf(ledger: Ledger): Quarantined[] {
  const refused = [...ledger.feeds.values()].flatMap(feed =>
    [...feed.refused].map(([seq, reason]) => ({ writer: feed.writer, seq, reason })),
  )
  const waiting = openFrames(ledger).map(({ fact }) => ({
    writer: fact.writer,
    seq: fact.seq,
    reason: ledger.reasons.get(fact.hash) ?? 'gap',
  }))
  return [...refused, ...waiting]
}

/** The epoch that new frames are sealed under: of those nobody followed, the best one whose key is here. */
export function currentEpoch(ledger: Ledger, hasKey: (keyId: KeyId) => boolean): AcceptedEpoch | undefined {
  return headEpochs(ledger.epochs).find(epoch => hasKey(epoch.record.keyId))
}
