import { applyChanges, getAllChanges, init, load, save } from '@automerge/automerge/slim'
import { frameHash } from '#crypto/hash.ts'
import { wipe } from '#crypto/sodium.ts'
import type { Result } from '#schema/result.ts'
import type { StoreFailure, StoreWrite } from '../ports.ts'
import { itemsOfShard, judgeAnew } from './judge-anew.ts'
import { type Feed, feedOf, NO_HASH } from './ledger.ts'
import { besidePrefix, emit, frameKey, type LogCore, readBlob, seqText } from './log-core.ts'
import { encodeOps } from './ops.ts'
import { makeActor, makeOwnFeed } from './own-feed.ts'
import { packParts } from './pack-parts.ts'
import { makeRewriting, rewriteChanges } from './rewrite-actor.ts'
import { decodeChanges, type ShardPart } from './shard-part.ts'
import type { PendingShard } from './shards.ts'
import { openStored, storedFrames } from './stored-frames.ts'
import { afterSeeing, outboxRows, rowsOf, signDrafts, unseen } from './write-path.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** What one shard got in frames that nobody else has. */
interface Unsent {
  readonly label: string
  readonly save: readonly Bytes[]
  readonly changes: readonly Bytes[]
}

/**
 * Our feed from `seq` on is held elsewhere with other bytes: this profile was cloned, or its disk rolled back. W is frozen there. What
 * only this device has is made again under a new W, change by change with the same operations; the old frames and their place in the
 * outbox go in the same transaction. For a caller that holds the log.
 */
export async function mend(core: LogCore, seq: number): Promise<Result<void, StoreFailure>> {
  const old = core.own
  const unsent = await unsentFrom(core, seq)
  const own = makeOwnFeed()
  const shards = unsent.map(shard => remade(core, shard, () => makeActor(own.writer, core.deps.random)))
  await truncate(core, seq)
  core.own = own
  const seen = shards.length === 0 ? [] : unseen(core)
  const frames = await packParts(shards, core.id)
  const run = signDrafts(
    core,
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
  const freed = await rowsToFree(core, old.writer, seq)
  const stored = await core.deps.store.commit([...freed.writes, ...writes, ...outbox.writes])
  if (!stored.ok) {
    core.own = old
    wipe(own.key.secretKey)
    await judgeAnew(core)
    return stored
  }
  for (const key of freed.outbox) core.outbox.delete(key)
  for (const frame of run.frames) for (const { blobId } of frame.blobs) core.blobs.add(blobId)
  core.shards.settle(core.shards.pending())
  core.own = run.own
  core.actor = makeActor(run.own.writer, core.deps.random)
  wipe(old.key.secretKey)
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
  const byLabel = new Map<string, { save: Bytes[]; changes: Bytes[] }>()
  const at = (label: string) => {
    const there = byLabel.get(label) ?? { save: [], changes: [] }
    byLabel.set(label, there)
    return there
  }
  for await (const [place, bytes] of storedFrames(core, core.own.writer, seq)) {
    if (place >= core.own.next) break
    for (const part of openStored(core, bytes)?.parts ?? []) {
      const content = await contentOf(core, part)
      at(part.label)[part.body.kind === 'save' ? 'save' : 'changes'].push(...content)
    }
  }
  for (const { label, save: whole, changes } of core.shards.pending()) {
    if (whole !== undefined) at(label).save.push(...allChanges(whole))
    at(label).changes.push(...changes)
  }
  return [...byLabel].map(([label, content]) => ({ label, ...content }))
}

async function contentOf(core: LogCore, { body }: ShardPart): Promise<Bytes[]> {
  switch (body.kind) {
    case 'changes':
      return [...body.changes]
    case 'blob-changes': {
      const blob = await readBlob(core, body.blob)
      const changes = blob && decodeChanges(blob)
      return changes?.ok ? changes.value : []
    }
    case 'save': {
      const content = 'inline' in body.save ? body.save.inline : await readBlob(core, body.save.blob)
      return content === undefined ? [] : allChanges(content)
    }
  }
}

function allChanges(content: Bytes): Bytes[] {
  return getAllChanges(load(content)).map(change => new Uint8Array(change))
}

function remade(core: LogCore, unsent: Unsent, newActor: () => string): PendingShard {
  const state = makeRewriting()
  const saved = rewriteChanges(unsent.save, state, newActor)
  const changes = rewriteChanges(unsent.changes, state, newActor)
  const heads = headsAfter(core, unsent.label, state.hashes)
  const whole = saved.length === 0 ? undefined : wholeOf(saved.map(({ change }) => change))
  return { label: unsent.label, heads, changes: changes.map(({ change }) => change), ...(whole ? { save: whole } : {}) }
}

function wholeOf(changes: readonly Bytes[]): Bytes {
  const [doc] = applyChanges(init<unknown>(), [...changes])
  return new Uint8Array(save(doc))
}

/** The shard's heads with each remade change under its new hash. */
function headsAfter(core: LogCore, label: string, hashes: ReadonlyMap<string, string>): string[] {
  const heads = core.shards.infos().find(shard => shard.label === label)?.heads ?? []
  const kept = heads.map(head => hashes.get(head) ?? head)
  const remadeHeads = [...hashes.values()]
  const isThere = kept.some(head => remadeHeads.includes(head))
  return (isThere ? kept : remadeHeads.slice(-1)).toSorted()
}

/** In memory, our old feed ends before `seq`. */
async function truncate(core: LogCore, seq: number): Promise<void> {
  const feed = feedOf(core.ledger, core.own.writer)
  if (feed.next <= seq) return
  const last = seq === 0 ? undefined : await pointBefore(core, feed, seq)
  feed.next = seq
  feed.hash = last?.hash ?? NO_HASH
  feed.decided = Math.min(feed.decided, seq)
  feed.undecided = feed.undecided.filter(({ fact }) => fact.seq < seq)
  feed.ahead.clear()
  if (feed.lastAccepted !== undefined && feed.lastAccepted.seq >= seq) feed.lastAccepted = last
  for (const key of feed.hashes.keys()) if (key >= seq) feed.hashes.delete(key)
}

async function pointBefore(core: LogCore, feed: Feed, seq: number) {
  const bytes = await core.deps.store.get('frames', frameKey(core.id, feed.writer, seq - 1))
  return bytes && { writer: feed.writer, seq: seq - 1, hash: frameHash(bytes) }
}

/** Our frames from `seq` on with their outbox rows; what came from elsewhere for the same places takes these. */
async function rowsToFree(
  core: LogCore,
  writer: LogCore['own']['writer'],
  seq: number,
): Promise<{ writes: StoreWrite[]; outbox: string[] }> {
  const writes: StoreWrite[] = []
  for await (const [at] of storedFrames(core, writer, seq)) {
    writes.push({ table: 'frames', key: frameKey(core.id, writer, at), remove: true })
  }
  const prefix = `${besidePrefix(core.id)}${writer}/`
  for (const [key, value] of await core.deps.store.list('sealed', prefix)) {
    const at = key.slice(prefix.length, prefix.length + seqText(0).length)
    if (Number.parseInt(at, 16) < seq) continue
    writes.push({ table: 'sealed', key, remove: true })
    writes.push({ table: 'frames', key: `${core.id}/${writer}/${at}`, value })
  }
  const outbox = [...core.outbox].flatMap(([key, ref]) =>
    ref.kind === 'frame' && ref.writer === writer && ref.seq >= seq ? [key] : [],
  )
  for (const key of outbox) writes.push({ table: 'outbox', key, remove: true })
  return { writes, outbox }
}
