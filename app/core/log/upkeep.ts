import { signPrune } from '#crypto/capability.ts'
import { hash } from '#crypto/hash.ts'
import type { SigningKey } from '#crypto/keys.ts'
import type { BlobId } from '#schema/ids.ts'
import { decodeFrame } from '#schema/protocol/frame.ts'
import { MAX_PRUNED_BLOBS, type PruneRecord } from '#schema/protocol/owner.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import type { StoreFailure } from '../ports.ts'
import { encodeHeads } from './heads.ts'
import { membersNow } from './control-write.ts'
import { isWaiting } from './judge.ts'
import { exclusively, frameKey, type LogCore } from './log-core.ts'
import { certOf } from './own-feed.ts'
import { type NewBlob, sealSave } from './pack-parts.ts'
import { type Cover, encodeSnapshot, type SnapshotShard } from './snapshot.ts'
import type { FramePoint } from './preface.ts'
import { blobRefsOf } from './shard-part.ts'
import { openStored, storedFrames } from './stored-frames.ts'
import { afterSeeing, type Draft, sealHeld, unseen, writeDrafts } from './write-path.ts'

type Bytes = Uint8Array<ArrayBuffer>

const DAY_MS = 24 * 60 * 60 * 1000
/** Smaller saves stand in the snapshot itself. */
const MAX_INLINE_BYTES = 4096
const MAX_ALL_INLINE_BYTES = 96 * 1024

/** Says what is accepted here, only when there is news, and once a day unless it is urgent. */
export async function writeHeadsFrame(core: LogCore, isUrgent: boolean): Promise<Result<void, StoreFailure>> {
  return exclusively(core, async () => {
    const now = core.deps.clock.now()
    const { headsAt } = core.own
    const seen = unseen(core)
    // A clock set back by years must not silence HEADS until it has caught up.
    const isRecent = headsAt !== undefined && Math.abs(now - headsAt) < DAY_MS
    return seen.length === 0 || (isRecent && !isUrgent) ? ok(undefined) : sayAccepted(core, seen)
  })
}

/** A HEADS frame that names these points, whenever the last one was; for a caller that holds the log. */
export async function sayAccepted(core: LogCore, seen: readonly FramePoint[]): Promise<Result<void, StoreFailure>> {
  const draft: Draft = { kind: 'heads', encode: preface => encodeHeads({ ...preface, seen, carried: [] }) }
  return writeDrafts(core, [draft], { ...core.own, headsAt: core.deps.clock.now() }, afterSeeing(core.own, seen))
}

/** Whether what this device writes counts, as far as the EPOCHs known here say. */
export function mayWrite(core: LogCore): boolean {
  const { roster } = membersNow(core)
  return roster.some(({ principal, role }) => principal === core.deps.identity.principal && role !== 'read')
}

/** Every shard as it stands. Refused while anything that may heal is outstanding: it would be missing for good after a prune. */
export async function writeSnapshotFrame(core: LogCore): Promise<Result<void, StoreFailure | 'incomplete'>> {
  for (let attempt = 0; attempt < 8; attempt++) {
    const flushed = await exclusively(core, () => sealHeld(core))
    if (!flushed.ok) return flushed
    const written = await exclusively(
      core,
      () => writeSnapshotHeld(core),
      () => fail('incomplete'),
    )
    if (written !== 'changed') return written
  }
  return fail('incomplete')
}

async function writeSnapshotHeld(core: LogCore): Promise<Result<void, StoreFailure | 'incomplete'> | 'changed'> {
  const saves = new Map<string, Bytes>()
  const before = await ownSnapshotShards(core)
  for (const { label, heads } of core.shards.infos()) {
    if (!isUnchanged(before.get(label), heads)) saves.set(label, await core.shards.saveOf(label))
  }
  if (isWaiting(core) || core.mustJudgeAnew) return fail('incomplete')
  if (core.shards.hasPending) return 'changed'
  const covers = coversNow(core)
  const { shards, blobs } = await packShards(core, saves, before)
  const seen = unseen(core)
  const cert = certOf(core, core.own)
  const stored = await writeDrafts(
    core,
    [{ kind: 'snapshot', blobs, encode: preface => encodeSnapshot({ ...preface, cert, covers, shards }) }],
    core.own,
    afterSeeing(core.own, seen),
  )
  if (!stored.ok) return stored
  const point = { writer: core.own.writer, seq: core.own.next - 1, hash: core.own.head }
  // Past a cut it is content, and lets nothing go.
  if (core.ledger.cuts.has(point.writer)) return stored
  core.ledger.ownSnapshot = {
    point,
    covers: covers.map(({ writer, seq, hash: head }) => ({ writer, seq, hash: head })),
  }
  return stored
}

/** Accepted feeds up to where they are accepted. */
function coversNow(core: LogCore): Cover[] {
  return [...core.ledger.feeds.values()].flatMap(({ lastAccepted, cert }) =>
    lastAccepted !== undefined && cert !== undefined ? [{ ...lastAccepted, cert }] : [],
  )
}

async function ownSnapshotShards(core: LogCore): Promise<ReadonlyMap<string, SnapshotShard>> {
  const point = core.ledger.ownSnapshot?.point
  const bytes = point && (await core.deps.store.get('frames', frameKey(core.id, point.writer, point.seq)))
  const shards = (bytes && openStored(core, bytes)?.snapshot?.shards) ?? []
  const isHere = ({ save }: SnapshotShard) => blobRefsOf(save).every(({ blobId }) => core.blobs.has(blobId))
  return new Map(shards.filter(isHere).map(shard => [shard.label, shard]))
}

function isUnchanged(before: SnapshotShard | undefined, heads: readonly string[]): boolean {
  return before?.heads.join() === heads.join()
}

async function packShards(
  core: LogCore,
  saves: ReadonlyMap<string, Bytes>,
  before: ReadonlyMap<string, SnapshotShard>,
): Promise<{ shards: SnapshotShard[]; blobs: NewBlob[] }> {
  const blobs: NewBlob[] = []
  let inlineLeft = MAX_ALL_INLINE_BYTES
  const shards: SnapshotShard[] = []
  for (const { label, heads } of core.shards.infos()) {
    const content = saves.get(label)
    if (content === undefined) {
      shards.push(before.get(label)!)
      continue
    }
    const isInline = content.length <= Math.min(MAX_INLINE_BYTES, inlineLeft)
    if (isInline) inlineLeft -= content.length
    const sealed = isInline ? { save: { inline: content }, blobs: [] } : await sealSave(content, core.id)
    blobs.push(...sealed.blobs)
    shards.push({ label, heads, hash: hash(content), save: sealed.save })
  }
  return { shards, blobs }
}

/** Frames up to the covers of the newest own snapshot may go, and what only earlier own snapshots named. */
export async function signOwnPrune(core: LogCore, ownerKey: SigningKey): Promise<PruneRecord | undefined> {
  const snapshot = core.ledger.ownSnapshot
  // A carried branch would go with the frame that names it, and then nobody new would know of the fork.
  if (snapshot === undefined || core.ledger.forks.size > 0) return undefined
  const { point: base } = snapshot
  const covers = snapshot.covers.map(({ writer, seq }) => ({ writer, seq }))
  return signPrune({ logId: core.id, base, covers, blobs: await supersededBlobs(core, base) }, ownerKey)
}

/**
 * Blobs of this feed's snapshots before `base` that neither it nor a later one uses again. Only the writer of a snapshot uses its
 * blobs again, so nobody else's frame will name them. Those of others' snapshots are theirs to let go; those of OPS stay, because a
 * device that holds such a frame without its blob would wait for it for ever.
 */
async function supersededBlobs(core: LogCore, base: FramePoint): Promise<BlobId[]> {
  const leaving = new Set<BlobId>()
  if (core.blobs.size === 0) return []
  for await (const [seq, bytes] of storedFrames(core, base.writer)) {
    const parts = decodeFrame(bytes)
    if (!parts.ok || parts.value.header.kind !== 'snapshot') continue
    const opened = openStored(core, bytes)
    // What can't be read may name anything.
    if (opened?.fact.content.kind !== 'snapshot') return []
    for (const blobId of opened.fact.content.blobs) {
      if (seq < base.seq) leaving.add(blobId)
      else leaving.delete(blobId)
    }
  }
  // The newest: older ones were named before.
  return [...leaving].slice(-MAX_PRUNED_BLOBS)
}
