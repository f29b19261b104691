import type { FrameHash, KeyId, WriterId } from '#schema/ids.ts'
import type { Epoch, Removed, Role } from './control.ts'
import type { FrameFact, Voucher } from './frame-fact.ts'
import type { FramePoint } from './preface.ts'
import type { QuarantineReason } from './sealed-log.ts'

/** An EPOCH that counts. */
export interface AcceptedEpoch extends FramePoint {
  readonly record: Epoch
  readonly distance: number
}

export interface ControlInput {
  /** Every EPOCH frame that could be opened; frames of one writer and seq may be several (forks). */
  readonly epochs: readonly FrameFact[]
  readonly voucherOf: (writer: WriterId) => Voucher | undefined
  /** H(root ‖ salt) is what GENESIS names. */
  readonly isOwner: (voucher: Voucher) => boolean
  /** The first seq of a writer that two frames claim. */
  readonly forkOf: (writer: WriterId) => number | undefined
  /** The one frame held at a place, when it is one. */
  readonly hashAt: (writer: WriterId, seq: number) => FrameHash | undefined
}

/** What the control records say, taken together. */
export interface ControlView {
  /** In the order of their hashes. */
  readonly epochs: readonly AcceptedEpoch[]
  /** EPOCHs that do not count, with why; those with a reason that may heal wait for a parent or a certificate. */
  readonly reasons: ReadonlyMap<FrameHash, QuarantineReason>
}

interface Candidate extends AcceptedEpoch {
  readonly voucher: Voucher
}

/**
 * Decides EPOCHs along their parents from GENESIS, the same in any order of arrival. Concurrent ones all count, except that one
 * which removes the other's writer before that frame defeats it; where each does, the nearer to idSign wins, then the lower hash.
 */
export function decideControl(input: ControlInput): ControlView {
  const reasons = new Map<FrameHash, QuarantineReason>()
  const candidates = new Map<FrameHash, Candidate>()
  for (const fact of input.epochs) {
    const candidate = candidateOf(input, fact, reasons)
    if (candidate !== undefined) candidates.set(candidate.hash, candidate)
  }
  const defeats = defeatsAmong(input, [...candidates.values()])
  const accepted = settle(input, candidates, defeats, reasons)
  return { epochs: accepted.toSorted(byHash), reasons }
}

function candidateOf(
  input: ControlInput,
  fact: FrameFact,
  reasons: Map<FrameHash, QuarantineReason>,
): Candidate | undefined {
  const { content } = fact
  if (content.kind !== 'control' || content.record.type !== 'epoch') return undefined
  const fork = input.forkOf(fact.writer)
  const voucher = input.voucherOf(fact.writer)
  if (fork !== undefined && fact.seq >= fork) reasons.set(fact.hash, 'fork')
  else if (voucher === undefined) reasons.set(fact.hash, 'gap')
  else {
    const { writer, seq, hash } = fact
    return { writer, seq, hash, record: content.record, distance: voucher.distance, voucher }
  }
  return undefined
}

/** By EPOCH, those that defeat it. */
function defeatsAmong(input: ControlInput, candidates: readonly Candidate[]): Map<FrameHash, FrameHash[]> {
  const byFrame = new Map(candidates.map(candidate => [candidate.hash, candidate]))
  const ancestors = new Map(candidates.map(candidate => [candidate.hash, ancestorsOf(candidate, byFrame)]))
  const kills = (a: Candidate, b: Candidate) =>
    a !== b && !ancestors.get(a.hash)!.has(b.hash) && isPastCuts(b, b.voucher, a.record.removed, input.hashAt)
  return new Map(
    candidates.map(b => {
      const winners = candidates.filter(a => {
        if (!kills(a, b)) return false
        const isMutual = !ancestors.get(b.hash)!.has(a.hash) && kills(b, a)
        return !isMutual || byRank(a, b) < 0
      })
      return [b.hash, winners.map(winner => winner.hash)]
    }),
  )
}

function ancestorsOf(candidate: Candidate, byFrame: ReadonlyMap<FrameHash, Candidate>): Set<FrameHash> {
  const found = new Set<FrameHash>()
  const left = [...candidate.record.parents]
  for (let parent = left.pop(); parent !== undefined; parent = left.pop()) {
    if (found.has(parent)) continue
    found.add(parent)
    left.push(...(byFrame.get(parent)?.record.parents ?? []))
  }
  return found
}

/** Grounded: accepted once all that defeat it are out; a ring of defeats is opened at its best rank. */
function settle(
  input: ControlInput,
  candidates: ReadonlyMap<FrameHash, Candidate>,
  defeats: ReadonlyMap<FrameHash, readonly FrameHash[]>,
  reasons: Map<FrameHash, QuarantineReason>,
): Candidate[] {
  const accepted = new Map<FrameHash, Candidate>()
  let open = [...candidates.values()].toSorted(byRank)
  for (;;) {
    const before = open.length
    open = open.filter(candidate => {
      const reason = refusalOf(candidate)
      if (reason !== undefined) reasons.set(candidate.hash, reason)
      else if (!hasParents(candidate) || !defeats.get(candidate.hash)!.every(hash => isOut(hash))) return true
      else accepted.set(candidate.hash, candidate)
      return false
    })
    if (open.length < before) continue
    const next = open.find(hasParents)
    if (next === undefined) break
    accepted.set(next.hash, next)
    open = open.filter(candidate => candidate !== next)
  }
  for (const waiting of open) reasons.set(waiting.hash, 'missing-dependency')
  return [...accepted.values()]

  function isOut(hash: FrameHash): boolean {
    return reasons.has(hash)
  }
  function hasParents(candidate: Candidate): boolean {
    return candidate.record.parents.every(parent => accepted.has(parent))
  }
  function refusalOf(candidate: Candidate): QuarantineReason | undefined {
    if (defeats.get(candidate.hash)!.some(hash => accepted.has(hash))) return 'past-cut'
    const { parents } = candidate.record
    if (parents.some(parent => isOut(parent) && !mayHeal(reasons.get(parent)!))) return 'not-rostered'
    if (!hasParents(candidate)) return undefined
    const isAllowed =
      parents.length === 0
        ? input.isOwner(candidate.voucher)
        : parents.every(parent => isAdmin(roleIn(accepted.get(parent)!.record, candidate.voucher)))
    return isAllowed ? undefined : 'not-rostered'
  }
}

export function mayHeal(reason: QuarantineReason): boolean {
  return reason === 'unknown-key' || reason === 'gap' || reason === 'missing-blob' || reason === 'missing-dependency'
}

/** EPOCHs that no accepted one follows, best first: new frames are sealed under the first. */
export function headEpochs(epochs: readonly AcceptedEpoch[]): AcceptedEpoch[] {
  const followed = new Set(epochs.flatMap(epoch => epoch.record.parents))
  return epochs.filter(epoch => !followed.has(epoch.hash)).toSorted(byRank)
}

export function epochOfKey(epochs: readonly AcceptedEpoch[], keyId: KeyId): AcceptedEpoch | undefined {
  return epochs.find(epoch => epoch.record.keyId === keyId)
}

export function roleIn(epoch: Epoch, voucher: Voucher): Role | undefined {
  return epoch.roster.find(entry => entry.principal === voucher.root)?.role
}

export function isAdmin(role: Role | undefined): boolean {
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
