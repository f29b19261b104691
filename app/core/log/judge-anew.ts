import type { FrameHash, WriterId } from '#schema/ids.ts'
import { type Acceptance, cutReason, decide } from './acceptance.ts'
import { noteCarried } from './carried.ts'
import { itemsOf } from './part-items.ts'
import { enter, type Feed, feedOf, type Ledger, makeLedger, noteSpeaker } from './ledger.ts'
import { isOwner, type LogCore } from './log-core.ts'
import { blobsOf, type OpenedFrame } from './open-frame.ts'
import { openAll } from './stored-frames.ts'
import type { PartItem } from './shards.ts'

/**
 * Reads every frame held, decides by `decide`, and brings the documents level: what is newly accepted is added; where something
 * accepted so far no longer is, the shards it touched are made again from their bases and frames. Answers the labels that changed.
 */
export async function judgeAnew(core: LogCore): Promise<string[]> {
  core.mustJudgeAnew = false
  const { feeds, besides } = await openAll(core)
  const all = [...feeds, ...besides]
  const acceptance = acceptanceOf(core, all)
  const before = acceptedBefore(core, feeds)
  const basesBefore = new Set(core.ledger.bases)
  core.ledger = ledgerOf(core, feeds, besides, acceptance)
  const accepted = all.filter(({ fact }) => acceptance.decisions.get(fact.hash)?.kind === 'accepted')
  for (const frame of all) noteCarried(core, frame)
  const bases = acceptance.bases.flatMap(hash => all.find(({ fact }) => fact.hash === hash) ?? [])
  const lost = lostLabels(all, before, basesBefore, acceptance)
  const items = [...bases.flatMap(baseItems), ...accepted.flatMap(itemsOf)]
  // A snapshot may have been accepted long before anything needed it as a base.
  const fresh = [
    ...bases.filter(({ fact }) => !basesBefore.has(fact.hash)).flatMap(baseItems),
    ...accepted.filter(({ fact }) => !before.has(fact.hash)).flatMap(itemsOf),
  ].filter(item => !lost.has(item.part.label))
  for (const label of lost) {
    await core.shards.rebuild(
      label,
      items.filter(item => item.part.label === label),
    )
  }
  await core.shards.add(fresh)
  return [...lost, ...new Set(fresh.map(item => item.part.label))]
}

function acceptanceOf(core: LogCore, all: readonly OpenedFrame[]): Acceptance {
  return decide({
    frames: all.map(frame => frame.fact),
    isOwner: isOwner(core.genesis),
    hasBlob: id => core.blobs.has(id),
    foundBad: core.foundBad,
  })
}

/** What would be known if exactly these frames were held. */
export function ledgerWith(core: LogCore, feeds: readonly OpenedFrame[], besides: readonly OpenedFrame[]): Ledger {
  return ledgerOf(core, feeds, besides, acceptanceOf(core, [...feeds, ...besides]))
}

/** Every accepted part of one shard, from the frames: what a lost cache is made of again. */
export async function itemsOfShard(core: LogCore, label: string): Promise<PartItem[]> {
  const { feeds, besides } = await openAll(core)
  const accepted = acceptedBefore(core, feeds)
  const bases = [...feeds, ...besides].filter(({ fact }) => core.ledger.bases.includes(fact.hash))
  const items = [...feeds, ...besides].filter(({ fact }) => accepted.has(fact.hash)).flatMap(itemsOf)
  return [...bases.flatMap(baseItems), ...items].filter(item => item.part.label === label)
}

/** Its shards' saves, under no actor rule: they hold everybody's changes. */
function baseItems({ fact, snapshot }: OpenedFrame): PartItem[] {
  return (snapshot?.shards ?? []).map(({ label, heads, save }) => ({
    frame: fact.hash,
    prefix: '',
    part: { label, heads, body: { kind: 'save', save } },
    fact: { label, heads, changes: undefined },
  }))
}

/** By the ledger as it stands. */
function acceptedBefore(core: LogCore, feeds: readonly OpenedFrame[]): Set<FrameHash> {
  const accepted = new Set<FrameHash>(core.ledger.besides)
  for (const { fact } of feeds) {
    const feed = core.ledger.feeds.get(fact.writer)
    const isDecided = feed !== undefined && fact.seq < feed.decided && !core.ledger.below.has(fact.hash)
    if (isDecided && !feed.refused.has(fact.seq)) accepted.add(fact.hash)
  }
  return accepted
}

function lostLabels(
  all: readonly OpenedFrame[],
  before: ReadonlySet<FrameHash>,
  basesBefore: ReadonlySet<FrameHash>,
  acceptance: Acceptance,
): ReadonlySet<string> {
  const lost = all.filter(({ fact }) => acceptance.decisions.get(fact.hash)?.kind !== 'accepted')
  const parts = lost.filter(({ fact }) => before.has(fact.hash)).flatMap(frame => frame.parts)
  const shards = lost.filter(({ fact }) => basesBefore.has(fact.hash)).flatMap(frame => frame.snapshot?.shards ?? [])
  return new Set([...parts, ...shards].map(({ label }) => label))
}

function ledgerOf(
  core: LogCore,
  feeds: readonly OpenedFrame[],
  besides: readonly OpenedFrame[],
  acceptance: Acceptance,
) {
  const ledger = makeLedger()
  ledger.epochs = acceptance.epochs
  ledger.lapsed = acceptance.lapsed
  ledger.cuts = acceptance.cuts
  ledger.forks = acceptance.forks
  ledger.bases = acceptance.bases
  const forked = [...feeds, ...besides].filter(({ fact: { writer, seq } }) => {
    return seq >= (acceptance.forks.get(writer) ?? Number.POSITIVE_INFINITY)
  })
  ledger.blobsPastCuts = [...acceptance.blobsPastCuts, ...forked.flatMap(blobsOf)]
  ledger.ownSnapshot = ownSnapshotIn(core, feeds, acceptance)
  const accepted = new Set(
    besides.flatMap(({ fact }) => (acceptance.decisions.get(fact.hash)?.kind === 'accepted' ? [fact.hash] : [])),
  )
  ledger.besides = accepted
  const baseCovers = coversOf(feeds, acceptance.bases)
  for (const [writer, frames] of Map.groupBy(feeds, frame => frame.fact.writer)) {
    const feed = feedOf(ledger, writer)
    for (const frame of frames) if (frame.fact.seq <= (baseCovers.get(writer)?.seq ?? -1)) noteSpeaker(feed, frame)
    stepOverBase(feed, frames, baseCovers)
    for (const frame of frames) enter(ledger, frame)
    feed.voucher = acceptance.vouchers.get(writer)
    settle(feed, acceptance, ledger.reasons)
    for (const hash of acceptedAhead(feed, acceptance)) accepted.add(hash)
  }
  for (const [writer, cover] of baseCovers) {
    const feed = feedOf(ledger, writer)
    feed.cert ??= cover.cert
    feed.voucher ??= acceptance.vouchers.get(writer)
    if (feed.next === 0) stepOverBase(feed, [], baseCovers)
  }
  for (const hash of ledger.below) if (acceptance.decisions.get(hash)?.kind === 'accepted') ledger.below.delete(hash)
  return ledger
}

function ownSnapshotIn(core: LogCore, feeds: readonly OpenedFrame[], acceptance: Acceptance): Ledger['ownSnapshot'] {
  const newest = feeds.findLast(
    ({ fact }) =>
      fact.kind === 'snapshot' &&
      fact.writer === core.own.writer &&
      // Past a cut it is content, and lets nothing go.
      cutReason(acceptance, fact) === undefined &&
      acceptance.decisions.get(fact.hash)?.kind === 'accepted',
  )
  if (newest?.snapshot === undefined) return undefined
  const { writer, seq, hash } = newest.fact
  return { point: { writer, seq, hash }, covers: newest.snapshot.covers }
}

type Cover = NonNullable<OpenedFrame['snapshot']>['covers'][number]

export function coversOf(feeds: readonly OpenedFrame[], bases: readonly FrameHash[]): Map<WriterId, Cover> {
  const covers = new Map<WriterId, Cover>()
  for (const { fact, snapshot } of feeds) {
    if (snapshot === undefined || !bases.includes(fact.hash)) continue
    for (const cover of snapshot.covers) {
      if (cover.seq > (covers.get(cover.writer)?.seq ?? -1)) covers.set(cover.writer, cover)
    }
  }
  return covers
}

/** A feed that isn't held whole below a base begins after it. */
function stepOverBase(feed: Feed, frames: readonly OpenedFrame[], covers: ReadonlyMap<WriterId, Cover>): void {
  const cover = covers.get(feed.writer)
  if (cover === undefined) return
  const held = new Set(frames.map(({ fact }) => fact.seq))
  let seq = cover.seq
  while (held.has(seq)) seq--
  if (seq < 0) return
  Object.assign(feed, { next: cover.seq + 1, hash: cover.hash, decided: cover.seq + 1, lastCovered: seq })
  feed.lastAccepted = { writer: cover.writer, seq: cover.seq, hash: cover.hash }
}

/** Takes the decisions over, as far as they reach without a gap. */
function settle(feed: Feed, acceptance: Acceptance, reasons: Ledger['reasons']): void {
  let isOpen = false
  for (const { fact } of [...feed.undecided, ...feed.ahead.values()]) {
    const decision = acceptance.decisions.get(fact.hash)
    if (decision === undefined) continue
    if (decision.kind !== 'accepted') reasons.set(fact.hash, decision.reason)
    isOpen ||= decision.kind === 'waiting' || fact.seq >= feed.next
    if (isOpen) continue
    feed.decided = fact.seq + 1
    if (decision.kind === 'accepted') feed.lastAccepted = { writer: fact.writer, seq: fact.seq, hash: fact.hash }
    else feed.refused.set(fact.seq, decision.reason)
  }
  feed.undecided = feed.undecided.filter(({ fact }) => fact.seq >= feed.decided)
}

/** Accepted though the feed as stored does not lead to them: the branch they are on is the one that lies beside it. Takes them out. */
function acceptedAhead(feed: Feed, acceptance: Acceptance): FrameHash[] {
  const accepted = [...feed.ahead.values()].filter(
    ({ fact }) => acceptance.decisions.get(fact.hash)?.kind === 'accepted',
  )
  for (const { fact } of accepted) feed.ahead.delete(fact.seq)
  return accepted.map(({ fact }) => fact.hash)
}
