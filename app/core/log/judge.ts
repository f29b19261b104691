import { frameHash } from '#crypto/hash.ts'
import type { BlobId, FrameHash, KeyId, WriterId } from '#schema/ids.ts'
import { cutReason } from './acceptance.ts'
import { cutOf, mayHeal, roleUnder } from './control-acceptance.ts'
import { blobsNamed, type PartFact } from './frame-fact.ts'
import { judgeAnew } from './judge-anew.ts'
import { type Feed, openFrames, settleAccepted, settleRefused } from './ledger.ts'
import { emit, frameKey, type LogCore } from './log-core.ts'
import { blobsOf, type OpenedFrame } from './open-frame.ts'
import { itemsOf } from './part-items.ts'
import type { FramePoint } from './preface.ts'
import type { QuarantineReason } from './sealed-log.ts'
import type { PartItem } from './shards.ts'

type Verdict =
  | { readonly kind: 'accept' }
  | { readonly kind: 'refuse' | 'wait'; readonly reason: QuarantineReason }
  /** Only the whole of acceptance can say. */
  | { readonly kind: 'anew' }

const ACCEPT: Verdict = { kind: 'accept' }
const ANEW: Verdict = { kind: 'anew' }
const wait = (reason: QuarantineReason): Verdict => ({ kind: 'wait', reason })

/**
 * Decides what was entered into the ledger. Ordinary frames one by one as they follow; as soon as a control record, a snapshot, a cut
 * or a fork has a part in it, everything by `decide` (a property test holds the two to the same answer).
 * Answers how many frames were newly accepted.
 */
export async function judge(core: LogCore, isTangled: boolean): Promise<number> {
  const labels = new Set<string>()
  const before = acceptedCount(core)
  const epochs = core.ledger.epochs.length
  let anew = isTangled || core.mustJudgeAnew || hasMoreBeyondGap(core)
  while (!anew) {
    const items: PartItem[] = []
    const answer = await judgeInOrder(core, items)
    for (const item of items) labels.add(item.part.label)
    await core.shards.add(items)
    anew = answer === 'anew' || core.mustJudgeAnew
    if (answer === 'still') break
  }
  // Content found bad while applying takes part in the next round; so does, once more, what it may have waited for.
  let accepted = -1
  for (let round = 0; anew && round < 16; round++) {
    for (const label of await judgeAnew(core)) labels.add(label)
    if (!core.mustJudgeAnew && acceptedCount(core) > accepted) {
      accepted = acceptedCount(core)
      retryFound(core)
    }
    anew = core.mustJudgeAnew
  }
  if (core.ledger.epochs.length !== epochs) emit(core, { kind: 'control' })
  if (labels.size > 0) emit(core, { kind: 'documents', labels: [...labels].toSorted(), origin: 'remote' })
  return Math.max(0, acceptedCount(core) - before)
}

/**
 * A snapshot may stand for the very frames that its gap is made of; an EPOCH counts along its parents, whatever lies before it in its
 * feed. No feed's turn would come to either.
 */
function hasMoreBeyondGap({ ledger }: LogCore): boolean {
  const decided = new Set([...ledger.epochs, ...ledger.lapsed].map(({ hash }) => hash))
  const beyond = [...ledger.feeds.values()].flatMap(feed => [...feed.ahead.values()])
  return beyond.some(({ fact: { kind, content, hash } }) => {
    return kind === 'snapshot' || (content.kind === 'control' && content.record.type === 'epoch' && !decided.has(hash))
  })
}

/** What was found to wait for something it builds on may have got it. */
export function retryFound(core: LogCore): void {
  for (const [frame, reason] of core.foundBad) {
    if (!mayHeal(reason)) continue
    core.foundBad.delete(frame)
    core.mustJudgeAnew = true
  }
}

function acceptedCount(core: LogCore): number {
  let count = core.ledger.besides.size
  for (const feed of core.ledger.feeds.values()) count += feed.decided - feed.refused.size
  return count
}

async function judgeInOrder(core: LogCore, items: PartItem[]): Promise<'moved' | 'still' | 'anew'> {
  const fresh = new Set<string>()
  let hasMoved = false
  for (;;) {
    let hasMovedNow = false
    for (const feed of core.ledger.feeds.values()) {
      for (let frame = feed.undecided[0]; frame !== undefined; frame = feed.undecided[0]) {
        const verdict = await verdictOf(core, feed, frame, fresh)
        if (verdict.kind === 'anew') return 'anew'
        if (verdict.kind === 'wait') {
          core.ledger.reasons.set(frame.fact.hash, verdict.reason)
          break
        }
        hasMovedNow = true
        core.ledger.reasons.delete(frame.fact.hash)
        if (verdict.kind === 'refuse') settleRefused(feed, frame.fact, verdict.reason)
        else take(feed, frame, items, fresh)
      }
      explainWaiting(core, feed)
    }
    if (!hasMovedNow) return hasMoved ? 'moved' : 'still'
    hasMoved = true
  }
}

function take(feed: Feed, frame: OpenedFrame, items: PartItem[], fresh: Set<string>): void {
  settleAccepted(feed, frame.fact)
  for (const item of itemsOf(frame)) {
    items.push(item)
    if (item.fact.changes === undefined) fresh.add(opaqueMark(item.part.label))
    for (const change of item.fact.changes ?? []) fresh.add(`${item.part.label}/${change.hash}`)
  }
}

async function verdictOf(
  core: LogCore,
  feed: Feed,
  { fact }: OpenedFrame,
  fresh: ReadonlySet<string>,
): Promise<Verdict> {
  const { ledger } = core
  const { content } = fact
  if (content.kind === 'snapshot' || content.kind === 'control' || ledger.cuts.has(fact.writer)) return ANEW
  if (content.kind === 'unopened') return wait('unknown-key')
  if (content.kind === 'bad') return { kind: 'refuse', reason: content.reason }
  if (feed.voucher === undefined) return wait('gap')
  if (isRemoved(core, feed)) return ANEW
  const role = roleUnder(ledger, fact.keyId, feed.voucher)
  if (role === 'unknown') return wait('missing-dependency')
  if (role === 'none' || role === 'read') return { kind: 'refuse', reason: 'not-rostered' }
  if (!blobsNamed(content).every(blob => core.blobs.has(blob))) return wait('missing-blob')
  for (const point of content.seen) {
    const verdict = await seenVerdict(core, point)
    if (verdict !== ACCEPT) return verdict
  }
  const opaque = new Set(content.parts.filter(part => part.changes === undefined).map(part => part.label))
  for (const part of content.parts) {
    const isOpaque = opaque.has(part.label) || fresh.has(opaqueMark(part.label))
    const verdict = await partVerdict(core, part, fresh, isOpaque)
    if (verdict !== ACCEPT) return verdict
  }
  return ACCEPT
}

/** A feed that came after the removal that concerns it: the ledger's cuts do not list it yet. */
export function isRemoved(core: LogCore, feed: Feed): boolean {
  return core.ledger.epochs.some(
    ({ record }) => cutOf(feed.writer, feed.voucher, record.removed, () => undefined) !== undefined,
  )
}

async function seenVerdict(core: LogCore, point: FramePoint): Promise<Verdict> {
  const feed = core.ledger.feeds.get(point.writer)
  if (core.ledger.cuts.has(point.writer)) return ANEW
  if (feed === undefined || point.seq >= feed.decided) return wait('missing-dependency')
  const held = await hashAt(core, feed, point.seq)
  if (held === undefined || held === point.hash) return ACCEPT
  return wait('missing-dependency')
}

/** Undefined for a frame that only a base stands for. */
async function hashAt(core: LogCore, feed: Feed, seq: number): Promise<FrameHash | undefined> {
  if (feed.lastAccepted?.seq === seq) return feed.lastAccepted.hash
  const known = feed.hashes.get(seq)
  if (known !== undefined) return known
  const bytes = await core.deps.store.get('frames', frameKey(core.id, feed.writer, seq))
  if (bytes === undefined) return undefined
  const found = frameHash(bytes)
  feed.hashes.set(seq, found)
  return found
}

/** Says in `fresh` that a shard got content which is only looked into when applied. */
const opaqueMark = (label: string) => `${label}/*`

async function partVerdict(
  core: LogCore,
  part: PartFact,
  fresh: ReadonlySet<string>,
  isOpaque: boolean,
): Promise<Verdict> {
  if (part.changes === undefined) return ACCEPT
  const own = new Set(part.changes.map(change => change.hash))
  const wanted = new Set([...part.changes.flatMap(change => change.deps), ...part.heads])
  for (const hash of wanted) {
    if (own.has(hash) || fresh.has(`${part.label}/${hash}`)) continue
    if (await core.shards.knows(part.label, hash)) continue
    if (core.ledger.cuts.size > 0) return ANEW
    if (!isOpaque && !core.shards.hasOpaque(part.label)) return wait('missing-dependency')
  }
  return ACCEPT
}

/** Frames that stand behind a waiting one, or beyond a gap. */
function explainWaiting(core: LogCore, feed: Feed): void {
  const { reasons } = core.ledger
  for (const [index, { fact }] of feed.undecided.entries()) {
    if (index > 0) reasons.set(fact.hash, ownReason(core, fact.keyId) ?? 'missing-dependency')
  }
  for (const { fact } of feed.ahead.values()) {
    // What is past a cut waits for nothing: the gap before it may never be filled.
    reasons.set(fact.hash, cutReason(core.ledger, fact) ?? ownReason(core, fact.keyId) ?? 'gap')
  }
}

function ownReason(core: LogCore, keyId: KeyId): QuarantineReason | undefined {
  return core.keys.has(keyId) ? undefined : 'unknown-key'
}

/** Blobs that frames held here wait for, feed by feed in the order in which they were written: the first can be shown while the rest is on its way. */
export function missingBlobs(core: LogCore): BlobId[] {
  const wanted = [...openFrames(core.ledger).flatMap(blobsOf), ...core.ledger.blobsPastCuts]
  return [...new Set(wanted)].filter(blob => !core.blobs.has(blob))
}

/** What other feeds are accepted up to, for a `seen`. */
export function acceptedPoints(core: LogCore): ReadonlyMap<WriterId, FramePoint> {
  const points = new Map<WriterId, FramePoint>()
  for (const feed of core.ledger.feeds.values()) {
    if (feed.writer !== core.own.writer && feed.lastAccepted !== undefined) points.set(feed.writer, feed.lastAccepted)
  }
  return points
}

export function isWaiting(core: LogCore): boolean {
  return openFrames(core.ledger).some(({ fact }) => mayHeal(core.ledger.reasons.get(fact.hash) ?? 'gap'))
}
