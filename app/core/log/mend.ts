import { applyChanges, change, clone, decodeChange, free, getAllChanges, getHeads } from '@automerge/automerge/slim'
import { getLastLocalChange, init, save } from '@automerge/automerge/slim'
import { wipe } from '#crypto/sodium.ts'
import type { Result } from '#schema/result.ts'
import type { StoreFailure, StoreWrite } from '../ports.ts'
import { itemsOfShard, judgeAnew, ledgerWith } from './judge-anew.ts'
import { feedOf, type Ledger } from './ledger.ts'
import { besidePrefix, emit, frameKey, type LogCore, seqText, stateKey } from './log-core.ts'
import type { OpenedFrame } from './open-frame.ts'
import { encodeOps } from './ops.ts'
import { makeActor, makeOwnFeed } from './own-feed.ts'
import { packParts } from './pack-parts.ts'
import { allChanges, changesOf } from './part-content.ts'
import { remake } from './remake.ts'
import type { PendingShard } from './shards.ts'
import { openAll, openStored, storedFrames } from './stored-frames.ts'
import { afterSeeing, outboxRows, rowsOf, signDrafts, unseen } from './write-path.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** What one shard got in frames that nobody else has, and in none. */
interface Unsent {
  readonly label: string
  readonly changes: readonly Bytes[]
}

/**
 * Our feed from `seq` on is held elsewhere with other bytes: this profile was cloned, or its disk rolled back. W is frozen there. What
 * only this device has is made again under a new W, by value; the old frames and their place in the outbox go in the same transaction.
 * For a caller that holds the log.
 */
export async function mend(core: LogCore, seq: number): Promise<Result<void, StoreFailure>> {
  const old = core.own
  const unsent = await unsentFrom(core, seq)
  const own = makeOwnFeed()
  const actor = makeActor(own.writer, core.deps.random)
  const shards: PendingShard[] = []
  for (const shard of unsent) {
    const pending = await remade(core, shard, actor)
    if (pending !== undefined) shards.push(pending)
  }
  // As all is once our frames are gone: an EPOCH among them is nobody's any more, and another may have come with the clone's. Its
  // rotation is carried on anew.
  const after: LogCore = { ...core, own, ledger: await ledgerAfter(core, seq) }
  const seen = shards.length === 0 ? [] : unseen(after)
  const frames = await packParts(shards, core.id)
  const run = signDrafts(
    after,
    frames.map(({ parts, blobs }, index) => ({
      kind: 'ops' as const,
      blobs,
      encode: preface => encodeOps({ ...preface, seen: index === 0 ? seen : [], parts }),
    })),
    own,
    afterSeeing(own, seen),
  )
  const { writes, refs } = rowsOf(core, run, 0)
  const outbox = outboxRows(core, refs)
  const freed = await rowsToFree(core, old, seq)
  const stored = await core.deps.store.commit([...freed.writes, ...writes, ...outbox.writes])
  if (!stored.ok) {
    wipe(own.key.secretKey)
    return stored
  }
  // So that what the clone wrote in their places counts as new.
  const feed = feedOf(core.ledger, old.writer)
  feed.decided = Math.min(feed.decided, seq)
  for (const key of freed.outbox) core.outbox.delete(key)
  for (const frame of run.frames) for (const { blobId } of frame.blobs) core.blobs.add(blobId)
  core.shards.settle(core.shards.pending())
  core.own = run.own
  core.actor = makeActor(run.own.writer, core.deps.random)
  wipe(old.key.secretKey)
  // What others carried may be what we had, and have no more.
  core.unpacked.clear()
  await renew(core, unsent)
  outbox.queued()
  return stored
}

async function renew(core: LogCore, unsent: readonly Unsent[]): Promise<void> {
  const before = await judgeAnew(core)
  const labels = new Set([...before, ...unsent.map(shard => shard.label)])
  for (const { label } of unsent) await core.shards.rebuild(label, await itemsOfShard(core, label))
  core.shards.reopenAll()
  emit(core, { kind: 'documents', labels: [...labels].toSorted(), origin: 'remote' })
}

/** By shard, in order: what is in our frames from `seq` on, then what is in none yet. */
async function unsentFrom(core: LogCore, seq: number): Promise<Unsent[]> {
  const byLabel = new Map<string, Bytes[]>()
  const add = (label: string, changes: readonly Bytes[]) => {
    byLabel.set(label, [...(byLabel.get(label) ?? []), ...changes])
  }
  for await (const [place, bytes] of storedFrames(core, core.own.writer, seq)) {
    if (place >= core.own.next) break
    for (const part of openStored(core, bytes)?.parts ?? []) add(part.label, await changesOf(core, part))
  }
  for (const { label, save: whole, changes } of core.shards.pending()) {
    if (whole !== undefined) add(label, allChanges(whole))
    add(label, changes)
  }
  return [...byLabel].map(([label, changes]) => ({ label, changes }))
}

/** What the shard has beyond what others can have, as one change by the new actor; whole, when all of it is ours. */
async function remade(core: LogCore, { label, changes }: Unsent, actor: string): Promise<PendingShard | undefined> {
  const ours = new Set(changes.map(change => decodeChange(change).hash))
  const [after] = applyChanges(clone(await core.shards.open(label)), [...changes])
  const others = getAllChanges(after).filter(change => !ours.has(decodeChange(change).hash))
  const [before] = applyChanges(init<Record<string, unknown>>({ actor }), others)
  const time = Math.floor(core.deps.clock.now() / 1000)
  const doc = change(before, { time }, draft => remake(draft, before, after))
  const made = getLastLocalChange(doc)
  const heads = getHeads(doc).toSorted()
  const isWhole = others.length === 0
  const content = new Uint8Array(save(doc))
  free(after)
  free(doc)
  if (made === undefined) return undefined
  return isWhole ? { label, heads, changes: [], save: content } : { label, heads, changes: [new Uint8Array(made)] }
}

/** What is held without our frames from `seq` on, and with the clone's in their places. */
async function ledgerAfter(core: LogCore, seq: number): Promise<Ledger> {
  const { writer, next } = core.own
  const { feeds, besides } = await openAll(core)
  const isOurs = ({ fact }: OpenedFrame) => fact.writer === writer && fact.seq >= seq && fact.seq < next
  const places = new Set<number>()
  const isFirst = ({ fact }: OpenedFrame) => {
    if (fact.writer !== writer || fact.seq < seq || places.has(fact.seq)) return false
    places.add(fact.seq)
    return true
  }
  const moved = new Set(besides.filter(isFirst))
  const left = [...feeds.filter(frame => !isOurs(frame)), ...moved].toSorted((a, b) => a.fact.seq - b.fact.seq)
  return ledgerWith(
    core,
    left,
    besides.filter(frame => !moved.has(frame)),
  )
}

/**
 * Our frames from `seq` on; what came from elsewhere for the same places takes these. And all that the outbox has, which is of this
 * feed: what is elsewhere at `seq` follows our frames before it, so they are there, and nobody will prove this W any more.
 */
async function rowsToFree(
  core: LogCore,
  { writer, next }: LogCore['own'],
  seq: number,
): Promise<{ writes: StoreWrite[]; outbox: string[] }> {
  // The cached state tells of the feed as it was.
  const writes: StoreWrite[] = [{ table: 'sealed', key: stateKey(core.id), remove: true }]
  for await (const [at] of storedFrames(core, writer, seq)) {
    // Where we had written nothing yet, the other's frames were stored as the feed's own.
    if (at >= next) break
    writes.push({ table: 'frames', key: frameKey(core.id, writer, at), remove: true })
  }
  const prefix = `${besidePrefix(core.id)}${writer}/`
  const taken = new Set<string>()
  for (const [key, value] of await core.deps.store.list('sealed', prefix)) {
    const at = key.slice(prefix.length, prefix.length + seqText(0).length)
    if (Number.parseInt(at, 16) < seq || taken.has(at)) continue
    taken.add(at)
    writes.push({ table: 'sealed', key, remove: true })
    writes.push({ table: 'frames', key: `${core.id}/${writer}/${at}`, value })
  }
  const outbox = [...core.outbox.keys()]
  for (const key of outbox) writes.push({ table: 'outbox', key, remove: true })
  return { writes, outbox }
}
