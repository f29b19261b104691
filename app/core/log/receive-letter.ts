import { frameHash } from '#crypto/hash.ts'
import { verifyFrame } from '#crypto/verify.ts'
import type { PrincipalId, WriterId } from '#schema/ids.ts'
import { decodeFrame } from '#schema/protocol/frame.ts'
import { ok, type Result } from '#schema/result.ts'
import type { StoreFailure } from '../ports.ts'
import type { Role } from './control.ts'
import { cutOf } from './control-acceptance.ts'
import type { FrameFact, Voucher } from './frame-fact.ts'
import { NO_HASH } from './ledger.ts'
import type { LogCore } from './log-core.ts'
import { openSigned } from './open-frame.ts'
import { receiveFrames } from './receive.ts'
import type { LetterTaken } from './sealed-log.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** Of one principal's frames from letters so many are kept that are no part of a document: no quota at the relay bounds them. */
export const MOST_FROM_LETTERS = 512

interface FromLetter {
  readonly bytes: Bytes
  readonly fact: FrameFact
}

/**
 * For a caller that holds the log. The relay takes frames of who may append, one after the other; of a letter the same is asked here, or
 * whoever sends one could have the log wait for ever for what never comes.
 */
export async function receiveLetter(
  core: LogCore,
  frames: readonly Uint8Array[],
  leaving: ReadonlySet<PrincipalId>,
): Promise<Result<LetterTaken, StoreFailure>> {
  const opened = frames.flatMap(frame => openOne(core, frame)).toSorted((a, b) => a.fact.seq - b.fact.seq)
  const good: Bytes[] = []
  let isEarly = false
  for (const [writer, ofWriter] of Map.groupBy(opened, ({ fact }) => fact.writer)) {
    const voucher = core.ledger.feeds.get(writer)?.voucher ?? ofWriter.find(({ fact }) => fact.seq === 0)?.fact.voucher
    const role = voucher && roleOf(core, voucher)
    if (voucher === undefined || role === undefined) {
      isEarly = true
      continue
    }
    if (role === 'read') continue
    const mayLeaveGaps = leaving.has(voucher.root) || isCut(core, writer, voucher)
    const { follow, beyond } = sortFeed(core, writer, ofWriter)
    isEarly ||= beyond.length > 0 && !mayLeaveGaps
    const taken = mayLeaveGaps ? [...follow, ...beyond] : follow
    good.push(...taken.slice(0, Math.max(0, roomFor(core, voucher) - good.length)).map(({ bytes }) => bytes))
  }
  const received = good.length === 0 ? ok(undefined) : await receiveFrames(core, good)
  return received.ok ? ok(isEarly ? 'early' : 'taken') : received
}

/** What members write, well signed; of a frame whose key is not here nobody can say more yet. */
function openOne(core: LogCore, frame: Uint8Array): FromLetter[] {
  const parts = decodeFrame(frame)
  if (!parts.ok || parts.value.header.logId !== core.id) return []
  const { kind } = parts.value.header
  const bytes = new Uint8Array(frame)
  if ((kind !== 'ops' && kind !== 'heads') || !verifyFrame(parts.value, bytes)) return []
  const { fact } = openSigned(parts.value, frameHash(bytes), core.keys)
  return fact.content.kind === 'bad' ? [] : [{ bytes, fact }]
}

/** By the EPOCHs that count: a G has one role. Undefined where none that is here let them in. */
function roleOf({ ledger }: LogCore, { root }: Voucher): Role | undefined {
  const entries = ledger.epochs.flatMap(({ record }) => record.roster.filter(({ principal }) => principal === root))
  return entries.find(({ role }) => role !== 'read')?.role ?? entries[0]?.role
}

function isCut({ ledger }: LogCore, writer: WriterId, voucher: Voucher): boolean {
  return ledger.epochs.some(({ record }) => cutOf(writer, voucher, record.removed, () => undefined) !== undefined)
}

/** What is not held, one a place: what follows the feed as it is here, and what lies beyond a gap. Another branch is nobody's late writing. */
function sortFeed({ ledger }: LogCore, writer: WriterId, frames: readonly FromLetter[]) {
  const feed = ledger.feeds.get(writer)
  let [next, hash] = [feed?.next ?? 0, feed?.hash ?? NO_HASH]
  const follow: FromLetter[] = []
  const beyond = new Map<number, FromLetter>()
  for (const frame of frames) {
    for (let held = feed?.ahead.get(next); held !== undefined; held = feed?.ahead.get(next)) {
      hash = held.fact.hash
      next++
    }
    const { seq, prev } = frame.fact
    if (seq < next || feed?.ahead.has(seq) || beyond.has(seq)) continue
    if (seq > next) beyond.set(seq, frame)
    else if (prev === hash) {
      follow.push(frame)
      hash = frame.fact.hash
      next++
    }
  }
  return { follow, beyond: [...beyond.values()] }
}

function roomFor({ ledger }: LogCore, { root }: Voucher): number {
  const theirs = [...ledger.feeds.values()].filter(feed => feed.voucher?.root === root)
  const held = theirs.reduce(
    (sum, { refused, undecided, ahead }) => sum + refused.size + undecided.length + ahead.size,
    0,
  )
  return MOST_FROM_LETTERS - held
}
