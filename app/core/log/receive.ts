import { blobIdOf, frameHash } from '#crypto/hash.ts'
import { verifyFrame } from '#crypto/verify.ts'
import type { BlobId } from '#schema/ids.ts'
import { decodeFrame } from '#schema/protocol/frame.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import type { StoreFailure, StoreWrite } from '../ports.ts'
import { noteCarried } from './carried.ts'
import { framesIn } from './carry.ts'
import type { FrameFact } from './frame-fact.ts'
import { judge, retryFound } from './judge.ts'
import { enter, openFrames, quarantineOf } from './ledger.ts'
import { besideKey, blobKey, emit, frameKey, type LogCore, stateKey } from './log-core.ts'
import { logKeyOf, type OpenedFrame, openSigned } from './open-frame.ts'
import { type ForkPlace, heldHash, mendOurs, renewFeed } from './own-fork.ts'
import { mayWrite, sayAccepted } from './upkeep.ts'
import { sealHeld, unseen, writingKey } from './write-path.ts'
import type { FramePoint } from './preface.ts'
import type { EpochKey, Quarantined, ReceiveReport } from './sealed-log.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** Frames a transaction. */
const BATCH = 256

interface Arrival {
  readonly key: string
  readonly bytes: Bytes
  readonly opened: OpenedFrame
  /** Another frame is held at its place: proof of a fork, kept beside the feed. */
  readonly isBeside: boolean
}

interface Tally {
  known: number
  readonly invalid: Quarantined[]
  readonly forks: ForkPlace[]
  readonly came: Set<string>
  isTangled: boolean
}

/** For a caller that holds the log. */
export async function receiveFrames(
  core: LogCore,
  frames: readonly Uint8Array[],
): Promise<Result<ReceiveReport, StoreFailure>> {
  const tally: Tally = { known: 0, invalid: [], forks: [], came: new Set(), isTangled: false }
  let accepted = 0
  for (let start = 0; start < frames.length; start += BATCH) {
    const arrivals = await sort(core, frames.slice(start, start + BATCH), tally)
    if (arrivals.length === 0) continue
    const sealed = await sealFirst(core, arrivals)
    if (!sealed.ok) return sealed
    const stored = await core.deps.store.commit([...arrivals.map(rowOf), ...withoutState(core, arrivals)])
    if (!stored.ok) return stored
    for (const arrival of arrivals) {
      noteCarried(core, arrival.opened)
      const isPlain = !arrival.isBeside && enter(core.ledger, arrival.opened)
      tally.isTangled ||= !isPlain || isTangled(core, arrival.opened.fact)
    }
    retryFound(core)
    const mended = await mendOurs(core, tally.forks)
    if (!mended.ok) return mended
    accepted += await judge(core, tally.isTangled)
    // A base may have shown only now that somebody went on where we write.
    const mendedLate = await mendOurs(core, [])
    const renewed = mendedLate.ok ? await renewFeed(core) : mendedLate
    if (!renewed.ok) return renewed
    tally.isTangled = false
  }
  const unpacked = await unpackCarried(core)
  if (!unpacked.ok) return unpacked
  const quarantined = [...tally.invalid, ...quarantineOf(core.ledger).filter(isOfThese)]
  if (quarantined.length > 0) emit(core, { kind: 'quarantine' })
  return ok({
    accepted,
    known: tally.known,
    quarantined,
    forks: tally.forks,
  })

  function isOfThese({ writer, seq }: Quarantined): boolean {
    return tally.came.has(frameKey(core.id, writer, seq))
  }
}

/** Takes in what frames carry, as far as it is here. Not done before the process ends, it is begun again when their frames are judged again. */
export async function unpackCarried(core: LogCore): Promise<Result<void, StoreFailure>> {
  for (const [blobId, blob] of core.toUnpack) {
    if (!core.blobs.has(blobId)) continue
    core.toUnpack.delete(blobId)
    core.unpacked.add(blobId)
    const received = await receiveFrames(core, await framesIn(core, blob))
    if (received.ok) continue
    core.unpacked.delete(blobId)
    core.toUnpack.set(blobId, blob)
    return received
  }
  return ok(undefined)
}

/**
 * What is pending was made before these frames were known. Sealed first, it stands upon what it saw, even if a removal among them
 * takes that away. And what was accepted of a feed that they show to be forked is said first, so that no cut takes it.
 */
async function sealFirst(core: LogCore, arrivals: readonly Arrival[]): Promise<Result<void, StoreFailure>> {
  const forking: FrameFact[] = []
  for (const arrival of arrivals) if (await showsFork(core, arrival)) forking.push(arrival.opened.fact)
  const mayTakeAway = forking.length > 0 || arrivals.some(({ opened }) => opened.fact.kind === 'control')
  const isOurs = arrivals.some(({ opened }) => opened.fact.writer === core.own.writer)
  if (!mayTakeAway || isOurs || writingKey(core) === undefined) return ok(undefined)
  const sealed = await sealHeld(core)
  if (!sealed.ok || !mayWrite(core)) return sealed
  const unsaid = unseen(core).filter(({ writer, seq }) => {
    return forking.some(fact => fact.writer === writer && fact.seq <= seq + 1)
  })
  return unsaid.length > 0 ? sayAccepted(core, unsaid) : ok(undefined)
}

/** Another frame stands in its place, or in that of the frame it follows, or follows there. */
async function showsFork(core: LogCore, { isBeside, opened: { fact } }: Arrival): Promise<boolean> {
  const feed = core.ledger.feeds.get(fact.writer)
  if (isBeside || feed === undefined) return isBeside
  if (isBelow(core, fact)) {
    const after = await core.deps.store.get('frames', frameKey(core.id, fact.writer, fact.seq + 1))
    const parts = after && decodeFrame(after)
    return parts?.ok === true && parts.value.header.prev !== fact.hash
  }
  const before = fact.seq === feed.next ? feed.hash : feed.hashes.get(fact.seq - 1)
  return before !== undefined && before !== fact.prev
}

/** Of a forked feed, or beyond a gap, for which a snapshot that is here may stand. */
function isTangled({ ledger }: LogCore, { writer, seq }: FramePoint): boolean {
  return ledger.forks.has(writer) || ledger.feeds.get(writer)?.ahead.has(seq) === true
}

/** Where only a base stood for it so far. */
function isBelow({ ledger }: LogCore, { writer, seq }: FramePoint): boolean {
  return seq < (ledger.feeds.get(writer)?.next ?? 0)
}

function rowOf({ isBeside, key, bytes }: Arrival): StoreWrite {
  return { table: isBeside ? 'sealed' : 'frames', key, value: bytes }
}

/** The state row knows nothing of a fork found since, or of what came below a base: a restart has to look at the frames. */
function withoutState(core: LogCore, arrivals: readonly Arrival[]): StoreWrite[] {
  return arrivals.some(arrival => arrival.isBeside || isBelow(core, arrival.opened.fact))
    ? [{ table: 'sealed', key: stateKey(core.id), remove: true }]
    : []
}

/** What of these is new and well signed. What nobody signed is not kept: it could fill the disk. */
async function sort(core: LogCore, frames: readonly Uint8Array[], tally: Tally): Promise<Arrival[]> {
  const arrivals = new Map<string, Arrival>()
  for (const frame of frames) {
    const parts = decodeFrame(frame)
    if (!parts.ok || parts.value.header.logId !== core.id) continue
    const bytes = new Uint8Array(frame)
    const { writer, seq } = parts.value.header
    const hash = frameHash(bytes)
    const key = frameKey(core.id, writer, seq)
    const held = arrivals.get(key)?.opened.fact.hash ?? (await heldHash(core, writer, seq))
    const beside = besideKey(core.id, writer, seq, hash)
    if (held === hash || arrivals.has(beside) || (held !== undefined && (await isStored(core, beside)))) {
      tally.known++
      continue
    }
    if (!verifyFrame(parts.value, bytes)) {
      tally.invalid.push({ writer, seq, reason: 'invalid' })
      continue
    }
    const isBeside = held !== undefined
    if (isBeside) tally.forks.push({ writer, seq })
    tally.came.add(key)
    const opened = openSigned(parts.value, hash, core.keys)
    arrivals.set(isBeside ? beside : key, { key: isBeside ? beside : key, bytes, opened, isBeside })
  }
  return [...arrivals.values()]
}

async function isStored(core: LogCore, key: string): Promise<boolean> {
  return (await core.deps.store.get('sealed', key)) !== undefined
}

/** For a caller that holds the log. */
export async function receiveBlobBytes(
  core: LogCore,
  id: BlobId,
  ciphertext: Bytes,
): Promise<Result<void, StoreFailure | 'not-it'>> {
  if (blobIdOf(ciphertext) !== id) return fail('not-it')
  if (core.blobs.has(id)) return ok(undefined)
  const stored = await core.deps.store.commit([{ table: 'blobs', key: blobKey(core.id, id), value: ciphertext }])
  if (!stored.ok) return stored
  core.blobs.add(id)
  retryFound(core)
  const { epochs, blobsPastCuts } = core.ledger
  const hasSnapshot = openFrames(core.ledger).some(({ fact }) => fact.kind === 'snapshot')
  await judge(core, hasSnapshot || epochs.length === 0 || blobsPastCuts.includes(id))
  const unpacked = await unpackCarried(core)
  if (!unpacked.ok) return unpacked
  emit(core, { kind: 'quarantine' })
  return ok(undefined)
}

/** For a caller that holds the log. */
export async function takeKeys(core: LogCore, keys: readonly EpochKey[]): Promise<void> {
  let isNew = false
  for (const key of keys) {
    if (core.keys.has(key.keyId)) continue
    isNew = true
    core.keys.set(key.keyId, logKeyOf(key, core.id))
  }
  if (!isNew) return
  const waits = openFrames(core.ledger).some(
    ({ fact }) => fact.content.kind === 'unopened' && core.keys.has(fact.keyId),
  )
  // What is past a cut waits for nothing, yet others may have sealed by the EPOCH that can be read now.
  if (!waits && core.ledger.cuts.size === 0) return
  await sealHeld(core)
  await judge(core, true)
  await renewFeed(core)
  await unpackCarried(core)
  emit(core, { kind: 'control' })
  emit(core, { kind: 'quarantine' })
}
