import { sealFrame } from '#crypto/frame.ts'
import type { KeyId, WriterId } from '#schema/ids.ts'
import type { FrameKind } from '#schema/protocol/frame.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import type { StoreFailure, StoreWrite } from '../ports.ts'
import { acceptedPoints, isRemoved, judge } from './judge.ts'
import { currentEpoch, enter, feedOf, settleAccepted } from './ledger.ts'
import {
  blobKey,
  emit,
  exclusively,
  frameKey,
  hold,
  type LogCore,
  MARKS_PREFIX,
  type OutboxFrameKind,
  type OutboxRef,
  outboxKey,
  ownKey,
  type OwnFeed,
  refuseDisposed,
  seal,
} from './log-core.ts'
import type { LogKey } from './open-frame.ts'
import { encodeOps } from './ops.ts'
import { certOf, encodeOwn } from './own-feed.ts'
import { type NewBlob, packParts } from './pack-parts.ts'
import type { FramePoint, Preface } from './preface.ts'
import type { PreparedWrite } from './sealed-log.ts'
import type { PendingShard } from './shards.ts'
import { openStored } from './stored-frames.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** A frame of our own, signed; not stored yet. */
export interface SignedFrame {
  readonly kind: FrameKind
  readonly bytes: Bytes
  readonly blobs: readonly NewBlob[]
  readonly isMarks?: boolean
}

/** Signed frames and the feed as it stands after them. */
export interface SignedRun {
  readonly frames: readonly SignedFrame[]
  readonly own: OwnFeed
}

/** What is written next, before it has a place. */
export interface Draft {
  readonly blobs?: readonly NewBlob[]
  /** It is in no shard but those of marks. */
  readonly isMarks?: boolean
  encode(preface: Preface): Bytes
  readonly kind: Exclude<FrameKind, 'control'>
}

/**
 * Undefined where no key of a current EPOCH is here, or none that names us: nothing can be written to a log that was only just learnt of,
 * nor with a G that its EPOCH has still to bring.
 */
export function writingKey(core: LogCore): LogKey | undefined {
  const epoch = currentEpoch(core.ledger, (keyId: KeyId) => core.keys.has(keyId))
  const isIn = epoch?.record.roster.some(({ principal }) => principal === core.deps.identity.principal)
  return epoch && isIn ? core.keys.get(epoch.record.keyId) : undefined
}

/** What this feed has not yet said that it saw. */
export function unseen(core: LogCore, own = core.own): FramePoint[] {
  return [...acceptedPoints(core).values()].filter(point => point.seq > (own.seen.get(point.writer) ?? -1))
}

export function afterSeeing(own: OwnFeed, seen: readonly FramePoint[]): ReadonlyMap<WriterId, number> {
  return new Map([...own.seen, ...seen.map(point => [point.writer, point.seq] as const)])
}

/** Signs drafts one after the other at the feed's end. */
export function signDrafts(core: LogCore, drafts: readonly Draft[], from: OwnFeed, seen: OwnFeed['seen']): SignedRun {
  if (drafts.length === 0) return { frames: [], own: { ...from, seen } }
  const key = writingKey(core)
  if (key === undefined) throw new Error('Cannot sign a frame: no key of a current epoch is here')
  let own: OwnFeed = { ...from, seen }
  const frames = drafts.map(draft => {
    const sealed = sealFrame({
      kind: draft.kind,
      logId: core.id,
      seq: own.next,
      prev: own.head,
      keyId: key.keyId,
      writer: own.key,
      contentKey: key.content,
      plain: draft.encode(prefaceAt(core, own)),
    })
    own = { ...own, next: own.next + 1, head: sealed.hash }
    return { kind: draft.kind, bytes: sealed.bytes, blobs: draft.blobs ?? [], isMarks: draft.isMarks === true }
  })
  return { frames, own }
}

export function prefaceAt(core: LogCore, own: OwnFeed): Preface {
  const claimedAt = core.deps.clock.now()
  return own.next === 0 ? { claimedAt, cert: certOf(core, own) } : { claimedAt }
}

/** The rows of a run: frames, blobs, the feed's head and the outbox, for one transaction. */
export function rowsOf(core: LogCore, run: SignedRun, firstSeq: number): { writes: StoreWrite[]; refs: OutboxRef[] } {
  const { writer } = run.own
  const refs: OutboxRef[] = []
  const writes: StoreWrite[] = []
  for (const [index, { kind, bytes, blobs, isMarks }] of run.frames.entries()) {
    for (const { blobId, ciphertext } of blobs) {
      writes.push({ table: 'blobs', key: blobKey(core.id, blobId), value: ciphertext })
      refs.push({ kind: 'blob', blobId })
    }
    writes.push({ table: 'frames', key: frameKey(core.id, writer, firstSeq + index), value: bytes })
    // HEADS say what is accepted; only carried frames in them are anything that somebody could lose.
    refs.push({
      kind: 'frame',
      writer,
      seq: firstSeq + index,
      holds: isMarks === true ? 'marks' : kindOf(kind, blobs.length),
    })
  }
  const key = ownKey(core.id)
  writes.push({ table: 'sealed', key, value: seal(core, key, encodeOwn(run.own)) })
  return { writes, refs }
}

/** The outbox rows for `refs`; `queued` puts them into memory once they are stored. */
export function outboxRows(core: LogCore, refs: readonly OutboxRef[]): { writes: StoreWrite[]; queued: () => void } {
  const rows = refs.map((ref, index) => [outboxKey(core.id, core.outboxNext + index), ref] as const)
  core.outboxNext += refs.length
  return {
    writes: rows.map(([key, ref]) => ({ table: 'outbox' as const, key, value: encodeOutboxRef(ref) })),
    queued() {
      for (const [key, ref] of rows) core.outbox.set(key, ref)
      emit(core, { kind: 'outbox' })
    },
  }
}

/** What a frame of ours holds, for the outbox. HEADS with blobs carry frames that only this device may have. */
export function kindOf(kind: FrameKind | undefined, blobCount: number): OutboxFrameKind {
  return kind === 'heads' && blobCount === 0 ? 'upkeep' : 'change'
}

export function encodeOutboxRef(ref: OutboxRef): Bytes {
  if (ref.kind === 'blob') return new TextEncoder().encode(`blob/${ref.blobId}`)
  return new TextEncoder().encode(`${ref.holds}/${ref.writer}/${ref.seq}`)
}

/** Our own frames are accepted as they are: they were made from what is accepted. Only of who was removed they are judged like anybody's. */
export function install(core: LogCore, run: SignedRun): void {
  core.own = run.own
  const feed = feedOf(core.ledger, run.own.writer)
  for (const { bytes, blobs } of run.frames) {
    for (const { blobId } of blobs) core.blobs.add(blobId)
    const opened = openStored(core, bytes)
    if (opened === undefined) throw new Error('Cannot open a frame that was just sealed')
    enter(core.ledger, opened)
    if (feed.undecided.length === 1) settleAccepted(feed, opened.fact)
  }
  if (core.ledger.cuts.has(feed.writer) || isRemoved(core, feed)) core.mustJudgeAnew = true
}

/** Seals what is pending. The log's other writers wait until `committed` or `refused`. */
export async function prepareWrite(core: LogCore): Promise<PreparedWrite | 'no-key' | undefined> {
  const release = await hold(core)
  try {
    if (core.isDisposed) refuseDisposed()
    const sealed = core.shards.pending()
    if (sealed.length === 0) {
      release()
      return undefined
    }
    if (writingKey(core) === undefined) {
      await takeBack(core, release)
      return 'no-key'
    }
    return await prepareHeld(core, sealed, release)
  } catch (error) {
    release()
    throw error
  }
}

async function prepareHeld(
  core: LogCore,
  sealed: readonly PendingShard[],
  release: () => void,
): Promise<PreparedWrite> {
  const seen = unseen(core)
  const frames = await packParts(sealed, core.id)
  const drafts = frames.map(
    ({ parts, blobs }, index): Draft => ({
      kind: 'ops',
      blobs,
      isMarks: parts.every(({ label }) => label.startsWith(MARKS_PREFIX)),
      encode: preface => encodeOps({ ...preface, seen: index === 0 ? seen : [], parts }),
    }),
  )
  const run = signDrafts(core, drafts, core.own, afterSeeing(core.own, seen))
  const { writes, refs } = rowsOf(core, run, core.own.next)
  const outbox = outboxRows(core, refs)
  return {
    writes: [...writes, ...outbox.writes],
    committed() {
      core.shards.settle(sealed)
      install(core, run)
      release()
      outbox.queued()
    },
    refused: () => takeBack(core, release),
  }
}

async function takeBack(core: LogCore, release: () => void): Promise<void> {
  const labels = await core.shards.dropPending()
  release()
  emit(core, { kind: 'documents', labels, origin: 'local' })
}

/** `prepareWrite` in one transaction of its own. */
export async function flushPending(core: LogCore): Promise<Result<void, StoreFailure>> {
  const prepared = await prepareWrite(core)
  if (prepared === undefined) return ok(undefined)
  if (prepared === 'no-key') return fail(prepared)
  const stored = await commitPrepared(core, prepared)
  if (!stored.ok || !core.mustJudgeAnew) return stored
  await exclusively(
    core,
    () => judge(core, true),
    () => 0,
  )
  return stored
}

async function commitPrepared(core: LogCore, prepared: PreparedWrite): Promise<Result<void, StoreFailure>> {
  let stored: Result<void, StoreFailure>
  try {
    stored = await core.deps.store.commit(prepared.writes)
  } catch (error) {
    await prepared.refused()
    throw error
  }
  if (stored.ok) prepared.committed()
  else await prepared.refused()
  return stored
}

/**
 * Seals what is pending on the way to something else, for a caller that holds the log. When it is refused the changes stay pending:
 * whoever made them hears of it from their own flush, which must not find nothing to do.
 */
export async function sealHeld(core: LogCore): Promise<Result<void, StoreFailure>> {
  const sealed = core.shards.pending()
  if (sealed.length === 0) return ok(undefined)
  if (writingKey(core) === undefined) return fail('no-key')
  const prepared = await prepareHeld(core, sealed, () => {})
  const stored = await core.deps.store.commit(prepared.writes)
  if (stored.ok) prepared.committed()
  return stored
}

/** Signs drafts and stores them at once; for a caller that holds the log. */
export async function writeDrafts(
  core: LogCore,
  drafts: readonly Draft[],
  own: OwnFeed,
  seen: OwnFeed['seen'],
): Promise<Result<void, StoreFailure>> {
  if (writingKey(core) === undefined) return fail('no-key')
  const run = signDrafts(core, drafts, own, seen)
  const { writes, refs } = rowsOf(core, run, own.next)
  const outbox = outboxRows(core, refs)
  const stored = await core.deps.store.commit([...writes, ...outbox.writes])
  if (!stored.ok) return stored
  install(core, run)
  outbox.queued()
  if (core.mustJudgeAnew) await judge(core, true)
  return stored
}
