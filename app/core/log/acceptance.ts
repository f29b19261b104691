import type { BlobId, FrameHash, WriterId } from '#schema/ids.ts'
import type { Role } from './control.ts'
import {
  type AcceptedEpoch,
  type ControlView,
  cutOf,
  decideControl,
  isAdmin,
  mayHeal,
  roleUnder,
} from './control-acceptance.ts'
import { blobsNamed, type FrameFact, type Voucher } from './frame-fact.ts'
import { forksIn, type Held, indexOf, vouchersOf } from './held-frames.ts'
import type { FramePoint } from './preface.ts'
import type { QuarantineReason } from './sealed-log.ts'

export interface AcceptanceInput {
  /** All that are held, signatures good, in any order. */
  readonly frames: readonly FrameFact[]
  readonly isOwner: (voucher: Voucher) => boolean
  readonly hasBlob: (id: BlobId) => boolean
  /** What applying found out about a frame's content, by frame. */
  readonly foundBad: ReadonlyMap<FrameHash, QuarantineReason>
}

export type Decision =
  | { readonly kind: 'accepted' }
  /** Blocks nothing. */
  | { readonly kind: 'refused'; readonly reason: QuarantineReason }
  /** For something that may still come. */
  | { readonly kind: 'waiting'; readonly reason: QuarantineReason }

export interface Acceptance {
  readonly decisions: ReadonlyMap<FrameHash, Decision>
  readonly epochs: readonly AcceptedEpoch[]
  /** EPOCHs refused for good: what they say does not count, what members sealed under their keys does. */
  readonly lapsed: readonly AcceptedEpoch[]
  readonly vouchers: ReadonlyMap<WriterId, Voucher>
  /** The first refused seq of a writer, whether by a removal or by a fork. */
  readonly cuts: ReadonlyMap<WriterId, number>
  /** The first seq that a writer signed two frames for. */
  readonly forks: ReadonlyMap<WriterId, number>
  /** Accepted snapshots whose content stands for frames that aren't held. */
  readonly bases: readonly FrameHash[]
  /** What frames past a cut lack while others that no cut refuses stand upon them. */
  readonly blobsPastCuts: readonly BlobId[]
}

const ACCEPTED: Decision = { kind: 'accepted' }

/**
 * PROTOCOL section 5: what the frames held here amount to. Depends on nothing but its input, and not on its order.
 * Control records first, then snapshots, then OPS: the least set closed under `seen`, feeds and Automerge's dependencies.
 */
export function decide(input: AcceptanceInput): Acceptance {
  const held = indexOf(input.frames)
  const vouchers = vouchersOf(input.frames)
  const forks = forksIn(input.frames)
  const control = decideControl({
    epochs: input.frames.filter(fact => fact.content.kind === 'control' && fact.content.record.type === 'epoch'),
    voucherOf: writer => vouchers.get(writer),
    isOwner: input.isOwner,
    forkOf: writer => forks.get(writer),
    hashAt: held.hashAt,
  })
  const cuts = cutsOf(held.writers, vouchers, control, forks, held.hashAt)
  const place: Place = { input, held, vouchers, forks, control, cuts }
  const base = new Map(input.frames.map(fact => [fact.hash, standing(place, fact)]))
  const snapshots = input.frames.filter(fact => fact.kind === 'snapshot' && base.get(fact.hash) === 'good')
  const { closure, accepted } = settle(place, base, snapshots)
  const broken = behindGaps(place)
  const decisions = new Map(
    input.frames.map(fact => [fact.hash, decisionOf(place, fact, base.get(fact.hash)!, accepted, broken)]),
  )
  const { epochs, lapsed } = control
  const bases = [...closure.bases].toSorted()
  const wanted = blobsPastCuts(place, closure, snapshots)
  return { decisions, epochs, lapsed, vouchers, cuts, forks, bases, blobsPastCuts: wanted }
}

interface Place {
  readonly input: AcceptanceInput
  readonly held: Held
  readonly vouchers: ReadonlyMap<WriterId, Voucher>
  readonly forks: ReadonlyMap<WriterId, number>
  readonly control: ControlView
  readonly cuts: ReadonlyMap<WriterId, number>
}

function cutsOf(
  writers: ReadonlySet<WriterId>,
  vouchers: ReadonlyMap<WriterId, Voucher>,
  control: ControlView,
  forks: ReadonlyMap<WriterId, number>,
  hashAt: Held['hashAt'],
): Map<WriterId, number> {
  const removed = control.epochs.flatMap(epoch => epoch.record.removed)
  const cuts = new Map<WriterId, number>()
  for (const writer of writers) {
    const limits = [cutOf(writer, vouchers.get(writer), removed, hashAt), forks.get(writer)].filter(
      limit => limit !== undefined,
    )
    if (limits.length > 0) cuts.set(writer, Math.min(...limits))
  }
  return cuts
}

/** How a frame stands by itself: good, or the reason why not. Cuts do not count yet, except for control and snapshots. */
function standing(place: Place, fact: FrameFact): 'good' | QuarantineReason {
  const { content } = fact
  const found = place.input.foundBad.get(fact.hash)
  if (found !== undefined) return found
  if (content.kind === 'unopened') return 'unknown-key'
  if (content.kind === 'bad') return content.reason
  if (content.kind === 'control' && content.record.type === 'epoch') {
    return place.control.reasons.get(fact.hash) ?? 'good'
  }
  const voucher = place.vouchers.get(fact.writer)
  if (voucher === undefined) return 'gap'
  const role = roleUnder(place.control, fact.keyId, voucher)
  return role === 'unknown' ? 'missing-dependency' : standingUnder(place, fact, role)
}

function standingUnder(place: Place, fact: FrameFact, role: Role | 'none'): 'good' | QuarantineReason {
  if (fact.content.kind === 'ops') {
    if (role === 'none' || role === 'read') return 'not-rostered'
    return blobsNamed(fact.content).every(blob => place.input.hasBlob(blob)) ? 'good' : 'missing-blob'
  }
  if (!isAdmin(role)) return 'not-rostered'
  const cut = cutReason(place, fact)
  // Others may have built upon it before they knew.
  return cut === undefined || (cut === 'past-cut' && fact.content.kind === 'snapshot') ? 'good' : cut
}

function isPastCut(place: Pick<Acceptance, 'cuts'>, point: FramePoint): boolean {
  const cut = place.cuts.get(point.writer)
  return cut !== undefined && point.seq >= cut
}

/** Undefined for what no cut refuses. */
export function cutReason(
  place: Pick<Acceptance, 'cuts' | 'forks'>,
  point: FramePoint,
): 'fork' | 'past-cut' | undefined {
  if (!isPastCut(place, point)) return undefined
  const fork = place.forks.get(point.writer)
  return fork !== undefined && point.seq >= fork ? 'fork' : 'past-cut'
}

/**
 * What is complete and accepted, a snapshot past a cut counting only where an accepted frame stands upon it. All such are tried, and those
 * that nothing turned out to stand upon are left out until none is: with fewer of them never more is accepted.
 */
function settle(
  place: Place,
  base: ReadonlyMap<FrameHash, 'good' | QuarantineReason>,
  snapshots: readonly FrameFact[],
): { readonly closure: Closure; readonly accepted: ReadonlySet<FrameHash> } {
  // Those that no cut refuses first: what they stand for needs no other.
  let counting = snapshots.toSorted((a, b) => Number(isPastCut(place, a)) - Number(isPastCut(place, b)))
  for (;;) {
    const closure = complete(place, base, counting)
    const accepted = closeBackwards(place, closure, counting)
    const left = counting.filter(fact => !isPastCut(place, fact) || accepted.has(fact.hash))
    if (left.length === counting.length) return { closure, accepted }
    counting = left
  }
}

interface Closure {
  /** Frames whose whole causal past is here, cuts not considered. */
  readonly complete: ReadonlySet<FrameHash>
  /** By `label/hash` of a change, the frames that bring it. */
  readonly bringers: ReadonlyMap<string, readonly FrameHash[]>
  readonly bases: ReadonlySet<FrameHash>
}

/** Kahn's algorithm over feeds, `seen` and changes. What is refused for good releases those that only follow or saw it. */
function complete(
  place: Place,
  base: ReadonlyMap<FrameHash, 'good' | QuarantineReason>,
  snapshots: readonly FrameFact[],
): Closure {
  const bringers = bringersIn(place.input.frames)
  const opaque = opaqueLabels(place.input.frames)
  const bases = new Set<FrameHash>()
  const done = new Set<FrameHash>()
  const unmet = new Map<FrameHash, number>()
  const waiters = new Map<string, FrameHash[]>()
  const released = new Set<string>()
  const ready: FrameFact[] = []

  for (const fact of place.input.frames) {
    const needs = needsOf(fact)
    unmet.set(fact.hash, needs.length)
    for (const need of needs) push(waiters, need, fact.hash)
    if (needs.length === 0) ready.push(fact)
  }
  for (let fact = ready.pop(); fact !== undefined; fact = ready.pop()) settleFact(fact)
  return { complete: done, bringers, bases }

  function settleFact(fact: FrameFact): void {
    const state = base.get(fact.hash)!
    if (state !== 'good' && mayHeal(state)) return
    release(frameNeed(fact.hash))
    if (state !== 'good') return
    done.add(fact.hash)
    if (fact.content.kind !== 'ops') return
    for (const part of fact.content.parts) {
      for (const change of part.changes ?? []) release(changeNeed(part.label, change.hash))
    }
  }
  function release(need: string): void {
    if (released.has(need)) return
    released.add(need)
    for (const hash of waiters.get(need) ?? []) {
      const left = unmet.get(hash)! - 1
      unmet.set(hash, left)
      if (left === 0) ready.push(place.held.byHash.get(hash)!)
    }
  }
  function needsOf(fact: FrameFact): string[] {
    const needs = new Set<string>()
    if (fact.seq > 0) needFrame(needs, { writer: fact.writer, seq: fact.seq - 1, hash: fact.prev })
    if (fact.content.kind !== 'ops') return [...needs]
    for (const point of fact.content.seen) needFrame(needs, point)
    for (const part of fact.content.parts) {
      const own = new Set(part.changes?.map(change => change.hash))
      const wanted = part.changes === undefined ? [] : [...part.changes.flatMap(change => change.deps), ...part.heads]
      for (const hash of wanted) {
        const need = changeNeed(part.label, hash)
        if (!own.has(hash) && (bringers.has(need) || !opaque.has(part.label))) needs.add(need)
      }
    }
    return [...needs]
  }
  function needFrame(needs: Set<string>, point: FramePoint): void {
    if (!place.held.byHash.has(point.hash)) {
      const covering = snapshots.find(snapshot => covers(snapshot, point) && isWhole(place, snapshot))
      if (covering !== undefined) {
        bases.add(covering.hash)
        return
      }
    }
    needs.add(frameNeed(point.hash))
  }
}

function push(lists: Map<string, FrameHash[]>, key: string, hash: FrameHash): void {
  const there = lists.get(key)
  if (there === undefined) lists.set(key, [hash])
  else there.push(hash)
}

const frameNeed = (hash: FrameHash) => `f/${hash}`
const changeNeed = (label: string, hash: string) => `c/${label}/${hash}`

function covers(snapshot: FrameFact, point: FramePoint): boolean {
  if (snapshot.content.kind !== 'snapshot') return false
  return snapshot.content.covers.some(
    cover =>
      cover.writer === point.writer &&
      (point.seq < cover.seq || (point.seq === cover.seq && point.hash === cover.hash)),
  )
}

function isWhole(place: Place, snapshot: FrameFact): boolean {
  return snapshot.content.kind === 'snapshot' && snapshot.content.blobs.every(blob => place.input.hasBlob(blob))
}

function bringersIn(frames: readonly FrameFact[]): Map<string, FrameHash[]> {
  const bringers = new Map<string, FrameHash[]>()
  for (const { hash, content } of frames) {
    if (content.kind !== 'ops') continue
    for (const part of content.parts) {
      for (const change of part.changes ?? []) push(bringers, changeNeed(part.label, change.hash), hash)
    }
  }
  return bringers
}

/** Shards that have content which is only looked into when applied: there, unknown changes are checked then. */
function opaqueLabels(frames: readonly FrameFact[]): Set<string> {
  const labels = new Set<string>()
  for (const { content } of frames) {
    if (content.kind === 'snapshot') for (const label of content.labels) labels.add(label)
    if (content.kind !== 'ops') continue
    for (const part of content.parts) if (part.changes === undefined) labels.add(part.label)
  }
  return labels
}

/** From every complete frame that no cut refuses, and from what accepted snapshots cover, back through all they need. */
function closeBackwards(place: Place, closure: Closure, snapshots: readonly FrameFact[]): Set<FrameHash> {
  const { byHash } = place.held
  const accepted = new Set<FrameHash>()
  const left: FrameHash[] = []
  const isStanding = snapshots.filter(snapshot => !isPastCut(place, snapshot))
  for (const fact of place.input.frames) {
    if (!isPastCut(place, fact) || isStanding.some(snapshot => covers(snapshot, fact))) left.push(fact.hash)
  }
  for (let hash = left.pop(); hash !== undefined; hash = left.pop()) {
    if (accepted.has(hash) || !closure.complete.has(hash)) continue
    accepted.add(hash)
    const fact = byHash.get(hash)!
    if (fact.seq > 0) left.push(...behind(fact.prev))
    if (fact.content.kind === 'snapshot' && isPastCut(place, fact)) left.push(...coveredBy(fact))
    if (fact.content.kind !== 'ops') continue
    for (const point of fact.content.seen) left.push(...behind(point.hash))
    left.push(...dependenciesOf(fact, closure))
  }
  return accepted

  function coveredBy(snapshot: FrameFact): FrameHash[] {
    return place.input.frames.filter(fact => covers(snapshot, fact)).map(({ hash }) => hash)
  }

  /** The frame, or what stands behind it where it is refused and so passes nothing on. */
  function behind(hash: FrameHash): FrameHash[] {
    let fact = byHash.get(hash)
    while (fact !== undefined && !closure.complete.has(fact.hash) && fact.seq > 0) fact = byHash.get(fact.prev)
    return fact === undefined ? [] : [fact.hash]
  }
}

/** Frames that bring what the changes of this one depend on. */
function dependenciesOf({ content }: FrameFact, { bringers }: Closure): FrameHash[] {
  if (content.kind !== 'ops') return []
  return content.parts.flatMap(({ label, changes = [] }) => {
    return changes.flatMap(({ deps }) => deps.flatMap(dep => bringers.get(changeNeed(label, dep)) ?? []))
  })
}

/**
 * A refused frame waits for nothing by itself: its blobs are wanted by those that stand upon it; a snapshot's only where it could stand for
 * something that is missing.
 */
function blobsPastCuts(place: Place, closure: Closure, snapshots: readonly FrameFact[]): BlobId[] {
  const { byHash } = place.held
  const wanted = new Set<BlobId>()
  const met = new Set<FrameHash>()
  const missing: FramePoint[] = []
  const left = place.cuts.size === 0 ? [] : place.input.frames.filter(fact => !isPastCut(place, fact))
  for (let fact = left.pop(); fact !== undefined; fact = left.pop()) {
    if (met.has(fact.hash)) continue
    met.add(fact.hash)
    const needs = pointsBefore(fact)
    missing.push(...needs.filter(point => !byHash.has(point.hash)))
    const behind = [...needs.map(point => point.hash), ...dependenciesOf(fact, closure)]
    left.push(...behind.flatMap(hash => byHash.get(hash) ?? []))
    if (fact.content.kind === 'ops' && isPastCut(place, fact)) want(blobsNamed(fact.content))
  }
  for (const snapshot of snapshots) {
    const { content } = snapshot
    if (content.kind !== 'snapshot' || !met.has(snapshot.hash) || !isPastCut(place, snapshot)) continue
    if (missing.some(point => covers(snapshot, point))) want(content.blobs)
  }
  return [...wanted].toSorted()

  function want(blobs: readonly BlobId[]): void {
    for (const blob of blobs) if (!place.input.hasBlob(blob)) wanted.add(blob)
  }
}

/** What it follows and saw. */
function pointsBefore({ writer, seq, prev, content }: FrameFact): FramePoint[] {
  const before = seq > 0 ? [{ writer, seq: seq - 1, hash: prev }] : []
  return content.kind === 'ops' ? [...before, ...content.seen] : before
}

function decisionOf(
  place: Place,
  fact: FrameFact,
  state: 'good' | QuarantineReason,
  accepted: ReadonlySet<FrameHash>,
  broken: ReadonlySet<FrameHash>,
): Decision {
  if (accepted.has(fact.hash)) return ACCEPTED
  if (state !== 'good' && !mayHeal(state)) return { kind: 'refused', reason: state }
  const cut = cutReason(place, fact)
  if (cut !== undefined) return { kind: 'refused', reason: cut }
  if (state !== 'good') return { kind: 'waiting', reason: state }
  return { kind: 'waiting', reason: broken.has(fact.hash) ? 'gap' : 'missing-dependency' }
}

/** Frames whose feed isn't whole before them. */
function behindGaps(place: Place): Set<FrameHash> {
  const broken = new Set<FrameHash>()
  for (const fact of place.input.frames.toSorted((a, b) => a.seq - b.seq)) {
    if (fact.seq > 0 && (!place.held.byHash.has(fact.prev) || broken.has(fact.prev))) broken.add(fact.hash)
  }
  return broken
}
