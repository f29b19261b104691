import { wipe } from '#crypto/sodium.ts'
import { logIdOf } from '#crypto/hash.ts'
import { BlobId, type KeyId, type LogId, WriterId } from '#schema/ids.ts'
import { decodeGenesis, type Genesis } from '#schema/protocol/genesis.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import { noteCarried } from './carried.ts'
import { readShardCache, rereadShard } from './caches.ts'
import { judge } from './judge.ts'
import { enter, feedOf, makeLedger } from './ledger.ts'
import {
  type LogCore,
  OUTBOX_FRAME_KINDS,
  outboxPrefix,
  type OutboxRef,
  type OwnFeed,
  ownKey,
  readBlob,
  readSealed,
  stateKey,
} from './log-core.ts'
import { type LogKey, logKeyOf } from './open-frame.ts'
import { mendOurs, renewFeed } from './own-fork.ts'
import { unpackCarried } from './receive.ts'
import { decodeOwn, makeActor, makeOwnFeed } from './own-feed.ts'
import type { EpochKey, LogDeps, SealedLog } from './sealed-log.ts'
import { makeLogDoor } from './log-door.ts'
import { makeShards } from './shards.ts'
import { decodeState } from './state-row.ts'
import { openStored, storedFrames, storedWriters } from './stored-frames.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** A log in memory with nothing read yet. */
export function makeCore(deps: LogDeps, genesis: Genesis, id: LogId, own: OwnFeed): LogCore {
  const core: LogCore = {
    deps,
    id,
    genesis,
    keys: new Map<KeyId, LogKey>(),
    ledger: makeLedger(),
    shards: makeShards({
      clock: deps.clock,
      actor: () => core.actor,
      readCache: label => readShardCache(core, label),
      readBlob: blob => readBlob(core, blob),
      lostCache: label => rereadShard(core, label),
      foundBad: (frame, reason) => {
        if (core.foundBad.has(frame)) return
        core.foundBad.set(frame, reason)
        core.mustJudgeAnew = true
      },
    }),
    own,
    actor: makeActor(own.writer, deps.random),
    outbox: new Map(),
    outboxNext: 0,
    blobs: new Set(),
    foundBad: new Map(),
    toUnpack: new Map(),
    unpacked: new Set(),
    memos: new Map(),
    mustJudgeAnew: false,
    listeners: new Set(),
    queue: Promise.resolve(),
    isDisposed: false,
  }
  return core
}

/**
 * Opens a log from what this device holds: caches first, then the frames after them. With an empty store it is a log just learnt of,
 * whose frames come by `receive`. `damaged`: the genesis, or the row with W, which nobody can make again.
 */
export async function openSealedLog(
  deps: LogDeps,
  genesisBytes: Bytes,
  keys: readonly EpochKey[],
): Promise<Result<SealedLog, 'damaged'>> {
  const genesis = decodeGenesis(genesisBytes)
  if (!genesis.ok) return fail('damaged')
  const id = logIdOf(genesisBytes)
  const own = await readOwn(deps, id)
  if (own === 'damaged') return fail('damaged')
  const core = makeCore(deps, genesis.value, id, own ?? makeOwnFeed())
  for (const key of keys) core.keys.set(key.keyId, logKeyOf(key, id))
  await readOutbox(core)
  for (const key of await deps.store.keys('blobs', `${id}/`)) {
    const blobId = BlobId.parse(key.slice(id.length + 1))
    if (blobId !== undefined) core.blobs.add(blobId)
  }
  await readFrames(core, await readState(core))
  const forks = [...core.ledger.forks].map(([writer, seq]) => ({ writer, seq }))
  await mendOurs(core, forks)
  await renewFeed(core)
  await unpackCarried(core)
  return ok(makeLogDoor(core))
}

async function readOwn(deps: LogDeps, id: LogId): Promise<OwnFeed | 'damaged' | undefined> {
  const row = await readSealed({ deps }, ownKey(id))
  if (row === undefined || row === 'damaged') return row
  const own = decodeOwn(row)
  wipe(row)
  return own ?? 'damaged'
}

async function readOutbox(core: LogCore): Promise<void> {
  const rows = await core.deps.store.list('outbox', outboxPrefix(core.id))
  for (const [key, value] of rows) {
    const ref = decodeOutboxRef(new TextDecoder().decode(value))
    if (ref !== undefined) core.outbox.set(key, ref)
  }
  const last = rows.at(-1)?.[0]
  if (last !== undefined) core.outboxNext = Number(last.slice(outboxPrefix(core.id).length)) + 1
}

/** What a row of the outbox names. */
export function decodeOutboxRef(text: string): OutboxRef | undefined {
  const [kind, id = '', seq] = text.split('/')
  if (kind === 'blob') {
    const blobId = BlobId.parse(id)
    return blobId && { kind, blobId }
  }
  const writer = WriterId.parse(id)
  const holds = OUTBOX_FRAME_KINDS.find(one => one === kind)
  return writer && holds && { kind: 'frame', writer, seq: Number(seq), holds }
}

/** Whether there was a state to begin from. */
async function readState(core: LogCore): Promise<boolean> {
  const row = await readSealed(core, stateKey(core.id))
  if (row === undefined || row === 'damaged') return false
  const state = decodeState(row)
  if (state === undefined) return false
  core.ledger = state.ledger
  for (const shard of state.shards) core.shards.addCached(shard, state.ledger.bases.length > 0)
  return true
}

async function readFrames(core: LogCore, hasState: boolean): Promise<void> {
  const writers = await storedWriters(core)
  if (writers.length === 0) return
  if (!hasState) {
    await judge(core, true)
    return
  }
  let isPlain = true
  let hasMore = false
  for (const writer of writers) {
    const { next } = feedOf(core.ledger, writer)
    for await (const [, bytes] of storedFrames(core, writer, next)) {
      const opened = openStored(core, bytes)
      if (opened === undefined) continue
      hasMore = true
      noteCarried(core, opened)
      isPlain &&= enter(core.ledger, opened) && opened.fact.seq < feedOf(core.ledger, writer).next
    }
  }
  if (hasMore) await judge(core, !isPlain)
}
