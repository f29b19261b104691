import { frameHash } from '#crypto/hash.ts'
import { DeviceId, type FrameHash, type WriterId } from '#schema/ids.ts'
import { decodeFrame } from '#schema/protocol/frame.ts'
import { ok, type Result } from '#schema/result.ts'
import type { StoreFailure } from '../ports.ts'
import { NO_HASH } from './ledger.ts'
import { besidePrefix, frameKey, type LogCore, seqText } from './log-core.ts'
import { mend } from './mend.ts'
import { writingKey } from './write-path.ts'

/** Where two frames of one writer claim one place. */
export interface ForkPlace {
  readonly writer: WriterId
  readonly seq: number
}

/** Makes again what a clone of this profile cut off, if one wrote where we did or were about to. */
export async function mendOurs(core: LogCore, forks: readonly ForkPlace[]): Promise<Result<void, StoreFailure>> {
  const seq = await partingPlace(core, forks)
  return seq === undefined ? ok(undefined) : mend(core, seq)
}

/**
 * A W that another device vouched for than the one who opens the log now: that one is on its way out, so what nobody has yet is made
 * again under a W of this one's. Or that another G of the same person did: then also what its removal cut off, and not before an EPOCH
 * names the new one.
 */
export async function renewFeed(core: LogCore): Promise<Result<void, StoreFailure>> {
  const { writer, next } = core.own
  const voucher = core.ledger.feeds.get(writer)?.voucher
  const device = DeviceId.of(core.deps.identity.device.publicKey)
  const isOurs = !isOfFormerGrant(core) && (voucher?.device === undefined || voucher.device === device)
  if (next === 0 || isOurs) return ok(undefined)
  if (!isOfFormerGrant(core)) return mend(core, Math.min(next, firstUnsent(core)))
  if (writingKey(core) === undefined) return ok(undefined)
  return mend(core, Math.min(next, firstUnsent(core), core.ledger.cuts.get(writer) ?? next))
}

/** Our W as yet is another principal's: nothing that it wrote is to go out. */
export function isOfFormerGrant({ own, ledger, deps }: LogCore): boolean {
  const voucher = ledger.feeds.get(own.writer)?.voucher
  return voucher !== undefined && voucher.root !== deps.identity.principal
}

/** The first frame of ours that whoever else writes our feed does not have, as far as can be known. */
async function partingPlace(core: LogCore, forks: readonly ForkPlace[]): Promise<number | undefined> {
  const { writer, next } = core.own
  const places = forks.filter(fork => fork.writer === writer).map(fork => fork.seq)
  const feed = core.ledger.feeds.get(writer)
  const goesOn = feed !== undefined && (feed.next > next || feed.hashes.has(next))
  if (places.length === 0 && !goesOn) return undefined
  const first = Math.min(next, ...places)
  const before = first === 0 ? NO_HASH : await heldHash(core, writer, first - 1)
  const followed = await followedAt(core, first)
  const isOurChain = followed.length > 0 && followed.every(prev => prev === before)
  // Of what is not acknowledged nobody may know: where theirs does not follow it, they parted before.
  return isOurChain ? first : Math.min(first, firstUnsent(core))
}

/** Never before the log's first EPOCH: without it there is no log, so every clone has it. */
function firstUnsent({ outbox, own, ledger }: LogCore): number {
  const seqs = [...outbox.values()].flatMap(ref => (ref.kind === 'frame' && ref.writer === own.writer ? [ref.seq] : []))
  const isFirst = ledger.epochs.some(({ writer, seq, record }) => {
    return writer === own.writer && seq === 0 && record.parents.length === 0
  })
  return Math.max(Math.min(...seqs), isFirst ? 1 : 0)
}

/** What the other writer's frames of this place follow. */
async function followedAt({ deps, id, own }: LogCore, seq: number): Promise<FrameHash[]> {
  const besides = await deps.store.list('sealed', `${besidePrefix(id)}${own.writer}/${seqText(seq)}/`)
  const theirs = besides.map(([, bytes]) => bytes)
  const beyond = seq < own.next ? undefined : await deps.store.get('frames', frameKey(id, own.writer, seq))
  return [...theirs, ...(beyond === undefined ? [] : [beyond])].flatMap(bytes => {
    const parts = decodeFrame(bytes)
    return parts.ok ? [parts.value.header.prev] : []
  })
}

/** Of the frame at a place of a feed as stored. */
export async function heldHash(core: LogCore, writer: WriterId, seq: number): Promise<FrameHash | undefined> {
  const feed = core.ledger.feeds.get(writer)
  const known = feed?.hashes.get(seq)
  if (known !== undefined) return known
  if (feed === undefined || seq >= feed.next) return undefined
  const bytes = await core.deps.store.get('frames', frameKey(core.id, writer, seq))
  return bytes && frameHash(bytes)
}
