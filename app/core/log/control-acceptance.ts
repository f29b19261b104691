import type { FrameHash, KeyId, WriterId } from '#schema/ids.ts'
import { type Epoch, type Removed, ROLES, type Role } from './control.ts'
import type { FrameFact, Voucher } from './frame-fact.ts'
import type { FramePoint } from './preface.ts'
import { rankOf, rostersUnder } from './rosters.ts'
import type { QuarantineReason } from './sealed-log.ts'

/** An EPOCH and whose word counts under its key. */
export interface AcceptedEpoch extends FramePoint {
  /** Its roster is by `rostersUnder`: without what EPOCHs that do not count had put into it. */
  readonly record: Epoch
  readonly distance: number
}

export interface ControlInput {
  /** Every EPOCH frame that could be opened; frames of one writer and seq may be several (forks). */
  readonly epochs: readonly FrameFact[]
  readonly voucherOf: (writer: WriterId) => Voucher | undefined
  /** H(root ‖ salt) is what GENESIS names. */
  readonly isOwner: (voucher: Voucher) => boolean
  /** The first seq that a writer signed two frames for. */
  readonly forkOf: (writer: WriterId) => number | undefined
  /** The one frame held at a place, when it is one. */
  readonly hashAt: (writer: WriterId, seq: number) => FrameHash | undefined
}

/** What the control records say, taken together. */
export interface ControlView {
  /** Those that count, in the order of their hashes. */
  readonly epochs: readonly AcceptedEpoch[]
  /** Those refused for good, likewise. Members had sealed under their keys before they knew (decision 0009). */
  readonly lapsed: readonly AcceptedEpoch[]
  /** EPOCHs that do not count, with why; those with a reason that may heal wait for a parent or a certificate. */
  readonly reasons: ReadonlyMap<FrameHash, QuarantineReason>
}

interface Candidate extends AcceptedEpoch {
  readonly voucher: Voucher
  readonly ancestors: ReadonlySet<FrameHash>
}

type Candidates = ReadonlyMap<FrameHash, Candidate>

/** The EPOCHs, who defeats whom, and what is decided of them so far. */
interface Contest {
  readonly input: ControlInput
  readonly candidates: Candidates
  readonly defeats: ReadonlyMap<FrameHash, readonly Candidate[]>
  readonly accepted: Set<FrameHash>
  readonly out: Map<FrameHash, QuarantineReason>
}

/**
 * Decides EPOCHs along their parents from GENESIS, the same in any order of arrival. Concurrent ones all count, except that one
 * which removes the other's writer before that frame defeats it; where each does, the nearer to idSign wins, then the lower hash.
 * An EPOCH that follows a refused one is judged by those before that count.
 */
export function decideControl(input: ControlInput): ControlView {
  const waiting = new Map<FrameHash, QuarantineReason>()
  const candidates = candidatesIn(input, waiting)
  const contest: Contest = {
    input,
    candidates,
    defeats: defeatsAmong(input, [...candidates.values()]),
    accepted: new Set(),
    out: new Map(),
  }
  settle(contest)
  const isIn = (hash: FrameHash) => contest.accepted.has(hash)
  const rosterOf = rostersUnder(candidates, isIn)
  const all = [...candidates.values()].toSorted(byHash).map(({ writer, seq, hash, record, distance }) => {
    return { writer, seq, hash, distance, record: { ...record, roster: rosterOf(hash) } }
  })
  return {
    epochs: all.filter(({ hash }) => isIn(hash)),
    lapsed: all.filter(({ hash }) => !isIn(hash)),
    reasons: new Map([...waiting, ...contest.out]),
  }
}

/** EPOCHs whose whole past is here; why the others wait goes into `waiting`. */
function candidatesIn(input: ControlInput, waiting: Map<FrameHash, QuarantineReason>): Candidates {
  const known = new Map<FrameHash, Omit<Candidate, 'ancestors'>>()
  for (const { writer, seq, hash, content } of input.epochs) {
    if (content.kind !== 'control' || content.record.type !== 'epoch') continue
    const voucher = input.voucherOf(writer)
    if (voucher === undefined) waiting.set(hash, 'gap')
    else known.set(hash, { writer, seq, hash, record: content.record, distance: voucher.distance, voucher })
  }
  const candidates = new Map<FrameHash, Candidate>()
  for (const epoch of known.values()) {
    const ancestors = new Set<FrameHash>()
    const left = [...epoch.record.parents]
    for (let parent = left.pop(); parent !== undefined; parent = left.pop()) {
      if (ancestors.has(parent)) continue
      ancestors.add(parent)
      left.push(...(known.get(parent)?.record.parents ?? []))
    }
    if ([...ancestors].every(ancestor => known.has(ancestor))) candidates.set(epoch.hash, { ...epoch, ancestors })
    else waiting.set(epoch.hash, 'missing-dependency')
  }
  return candidates
}

/** By EPOCH, those that defeat it. */
function defeatsAmong(input: ControlInput, candidates: readonly Candidate[]): Map<FrameHash, Candidate[]> {
  const kills = (a: Candidate, b: Candidate) =>
    a !== b && !a.ancestors.has(b.hash) && isPastCuts(b, b.voucher, a.record.removed, input.hashAt)
  return new Map(
    candidates.map(b => {
      const winners = candidates.filter(a => {
        if (!kills(a, b)) return false
        const isMutual = !b.ancestors.has(a.hash) && kills(b, a)
        return !isMutual || byRank(a, b) < 0
      })
      return [b.hash, winners]
    }),
  )
}

/** Grounded: accepted once all that defeat it are out. Where they wait for one another in a ring, the best rank of the ring wins. */
function settle(contest: Contest): void {
  let open = [...contest.candidates.values()].toSorted(byRank)
  while (open.length > 0) {
    const left = open.filter(candidate => !settleOne(contest, candidate))
    if (left.length === open.length) openRing(contest, open)
    open = left.filter(({ hash }) => !isDecided(contest, hash))
  }
}

function isDecided({ accepted, out }: Contest, hash: FrameHash): boolean {
  return accepted.has(hash) || out.has(hash)
}

function settleOne(contest: Contest, candidate: Candidate): boolean {
  const { accepted, out, input } = contest
  const { hash, writer, seq } = candidate
  const fork = input.forkOf(writer)
  const defeats = contest.defeats.get(hash)!
  const standing = standingOf(contest, candidate)
  if (fork !== undefined && seq >= fork) out.set(hash, 'fork')
  else if (defeats.some(winner => accepted.has(winner.hash))) out.set(hash, 'past-cut')
  else if (standing === 'not-rostered') out.set(hash, 'not-rostered')
  else if (standing === 'admin' && defeats.every(winner => out.has(winner.hash))) accepted.add(hash)
  return isDecided(contest, hash)
}

/** Whether its writer may write it. `open`: that depends on EPOCHs before it that are not decided yet. */
function standingOf(contest: Contest, { record, voucher }: Candidate): 'admin' | 'not-rostered' | 'open' {
  if (record.parents.length === 0) return contest.input.isOwner(voucher) ? 'admin' : 'not-rostered'
  const isAdminIf = (isIn: (hash: FrameHash) => boolean) => {
    const rosterOf = rostersUnder(contest.candidates, isIn)
    return record.parents.every(parent => isAdmin(ROLES[rankOf(rosterOf(parent), voucher.root)]))
  }
  const atLeast = isAdminIf(hash => contest.accepted.has(hash))
  const atMost = isAdminIf(hash => !contest.out.has(hash))
  if (atLeast && atMost) return 'admin'
  return atLeast || atMost ? 'open' : 'not-rostered'
}

/** Of those that wait only for one another, the best one that may be written is accepted, and what would defeat it is out. */
function openRing(contest: Contest, open: readonly Candidate[]): void {
  const before = new Map(open.map(candidate => [candidate.hash, waitsFor(contest, candidate)]))
  const first = open.find(
    candidate =>
      standingOf(contest, candidate) === 'admin' &&
      [...before.get(candidate.hash)!].every(other => before.get(other)!.has(candidate.hash)),
  )
  if (first === undefined) throw new Error('Cannot decide the epochs: a ring of them has no beginning')
  contest.accepted.add(first.hash)
  for (const { hash } of contest.defeats.get(first.hash)!)
    if (!isDecided(contest, hash)) contest.out.set(hash, 'past-cut')
}

/** All that are not decided and that its own decision hangs on, directly or through others. */
function waitsFor(contest: Contest, candidate: Candidate): ReadonlySet<FrameHash> {
  const found = new Set<FrameHash>()
  const left = [candidate]
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    const defeats = contest.defeats.get(next.hash)!.map(({ hash }) => hash)
    for (const hash of [...defeats, ...next.ancestors]) {
      if (isDecided(contest, hash) || found.has(hash)) continue
      found.add(hash)
      left.push(contest.candidates.get(hash)!)
    }
  }
  return found
}

export function mayHeal(reason: QuarantineReason): boolean {
  return reason === 'unknown-key' || reason === 'gap' || reason === 'missing-blob' || reason === 'missing-dependency'
}

/**
 * EPOCHs that no accepted one follows, best first: new frames are sealed under the first. One whose key somebody has who was removed beside
 * it comes after those that no such has: they could read what follows their end.
 */
export function headEpochs(epochs: readonly AcceptedEpoch[]): AcceptedEpoch[] {
  const followed = new Set(epochs.flatMap(epoch => epoch.record.parents))
  const heads = epochs.filter(epoch => !followed.has(epoch.hash))
  if (heads.length < 2) return heads
  const removals = epochs.flatMap(({ record }) => record.removed.map(({ who }) => who))
  const removed = new Set(removals.flatMap(who => (who.kind === 'principal' ? [who.id] : [])))
  const isOpen = ({ record }: AcceptedEpoch) => record.roster.some(({ principal }) => removed.has(principal))
  return heads.toSorted((a, b) => Number(isOpen(a)) - Number(isOpen(b)) || byRank(a, b))
}

/**
 * What somebody may do with frames under a key, by the EPOCH of that name. Where that one does not count, by those before it that do:
 * whoever sealed under it could have sealed under theirs. `unknown`: no EPOCH of that key is decided here.
 */
export function roleUnder(
  { epochs, lapsed }: Pick<ControlView, 'epochs' | 'lapsed'>,
  keyId: KeyId,
  voucher: Voucher,
): Role | 'none' | 'unknown' {
  const named = (epoch: AcceptedEpoch) => epoch.record.keyId === keyId
  const counting = epochs.find(named)
  const speaking = counting === undefined ? lapsed.filter(named) : [counting]
  if (speaking.length === 0) return 'unknown'
  const ranks = speaking.map(epoch => rankOf(epoch.record.roster, voucher.root))
  return ROLES[Math.max(...ranks)] ?? 'none'
}

export function isAdmin(role: Role | 'none' | undefined): boolean {
  return role === 'manage' || role === 'owner'
}

/** The first seq of `writer` that these removals refuse; undefined when none concerns it. */
export function cutOf(
  writer: WriterId,
  voucher: Voucher | undefined,
  removed: readonly Removed[],
  hashAt: (writer: WriterId, seq: number) => FrameHash | undefined,
): number | undefined {
  let first: number | undefined
  for (const removal of removed) {
    if (!concerns(removal, writer, voucher)) continue
    const cut = removal.cuts.find(point => point.writer === writer)
    const limit = cut === undefined ? 0 : limitOf(cut, hashAt)
    first = Math.min(first ?? limit, limit)
  }
  return first
}

/** Another frame than the one named stands there: then that place is refused as well. */
function limitOf(cut: FramePoint, hashAt: (writer: WriterId, seq: number) => FrameHash | undefined): number {
  const held = hashAt(cut.writer, cut.seq)
  return held === undefined || held === cut.hash ? cut.seq + 1 : cut.seq
}

function concerns(removed: Removed, writer: WriterId, voucher: Voucher | undefined): boolean {
  switch (removed.who.kind) {
    case 'writer':
      return removed.who.id === writer
    case 'device':
      return removed.who.id === voucher?.device
    case 'principal':
      return removed.who.id === voucher?.root
  }
}

function isPastCuts(
  point: FramePoint,
  voucher: Voucher,
  removed: readonly Removed[],
  hashAt: ControlInput['hashAt'],
): boolean {
  const first = cutOf(point.writer, voucher, removed, hashAt)
  return first !== undefined && point.seq >= first
}

function byRank(a: AcceptedEpoch, b: AcceptedEpoch): number {
  return a.distance - b.distance || byHash(a, b)
}

function byHash(a: FramePoint, b: FramePoint): number {
  if (a.hash === b.hash) return 0
  return a.hash < b.hash ? -1 : 1
}
