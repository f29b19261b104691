import { makeBegins } from './begins.ts'
import { sign } from '#crypto/keys.ts'
import { wipe } from '#crypto/sodium.ts'
import type { BlobId, WriterId } from '#schema/ids.ts'
import type { Result } from '#schema/result.ts'
import type { StoreFailure } from '../ports.ts'
import { writeCaches } from './caches.ts'
import { recall, remember } from './memos.ts'
import { carryFrames, cutFeeds } from './carry.ts'
import { keysNotSealedTo, keysPastRemoval, membersNow, NOBODY_ELSE, rotate } from './control-write.ts'
import { isWaiting, judge, missingBlobs } from './judge.ts'
import { blobsOf } from './open-frame.ts'
import { coveredPlaces, quarantineOf } from './ledger.ts'
import { blobKey, emit, exclusively, frameKey, type LogCore, type OutboxRef, refuseDisposed } from './log-core.ts'
import { lateFrames, readWithLate } from './late-frames.ts'
import { mend } from './mend.ts'
import { isOfFormerGrant } from './own-fork.ts'
import { receiveLetter } from './receive-letter.ts'
import { receiveBlobBytes, receiveFrames, takeKeys, unpackCarried } from './receive.ts'
import { readWithRefused, wantedKeys } from './refused-content.ts'
import type { FeedHead, OutboxItem, SealedLog } from './sealed-log.ts'
import { sentHeads } from './sent-heads.ts'
import { openStored, storedFrames } from './stored-frames.ts'
import { signOwnPrune, writeHeadsFrame, writeSnapshotFrame } from './upkeep.ts'
import { flushPending, kindOf, outboxRows, prepareWrite, writingKey } from './write-path.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** The log as the rest of the app sees it. */
export function makeLogDoor(core: LogCore): SealedLog {
  function alive(): LogCore {
    return core.isDisposed ? refuseDisposed() : core
  }
  /** Opening a shard may have found bad content. */
  async function settleFound(): Promise<void> {
    if (core.mustJudgeAnew) await exclusively(core, () => judge(core, true))
  }
  return {
    id: core.id,
    genesis: core.genesis,
    get writer() {
      return core.own.writer
    },

    shards: () => alive().shards.infos(),
    async read<T>(label: string) {
      const doc = await alive().shards.open(label)
      if (!core.mustJudgeAnew) return doc as T & typeof doc
      await settleFound()
      return (await core.shards.open(label)) as T & typeof doc
    },
    close: label => alive().shards.close(label),
    async change(label, edit) {
      const { doc, isNew } = await alive().shards.change(label, edit)
      // Whoever writes when told of a change, and finds nothing to write, would be told for ever.
      if (isNew) emit(core, { kind: 'documents', labels: [label], origin: 'local' })
      return doc
    },
    async putShard(label, save) {
      await alive().shards.put(label, save)
      emit(core, { kind: 'documents', labels: [label], origin: 'local' })
    },
    actor: () => alive().actor,
    get hasPending() {
      return core.shards.hasPending
    },
    prepare: () => prepareWrite(alive()),
    flush: () => flushPending(alive()),

    receive: frames => exclusively(alive(), () => receiveFrames(core, frames)),
    receiveLetter: (frames, leaving) => exclusively(alive(), () => receiveLetter(core, frames, leaving)),
    missingBlobs: () => missingBlobs(alive()),
    receiveBlob: (id, ciphertext) => exclusively(alive(), () => receiveBlobBytes(core, id, ciphertext)),
    addKeys: keys => exclusively(alive(), () => takeKeys(core, keys)),

    signAsWriter: (label, bytes) => sign(alive().own.key, label, bytes),
    feeds: () => feedHeads(alive()),
    frames: (writer, seq, maxBytes) => framesFrom(alive(), writer, seq, maxBytes),
    outbox: async (maxBytes, without) => (isOfFormerGrant(alive()) ? [] : readOutboxItems(core, maxBytes, without)),
    sentHeads: label => sentHeads(alive(), label),
    get outboxCount() {
      if (isOfFormerGrant(core)) return 0
      return [...core.outbox.values()].filter(ref => ref.kind === 'frame').length
    },
    get unsentChanges() {
      if (isOfFormerGrant(core)) return 0
      return [...core.outbox.values()].filter(ref => ref.kind === 'frame' && ref.holds === 'change').length
    },
    get isBackedUp() {
      if (isOfFormerGrant(core)) return true
      return [...core.outbox.values()].every(ref => ref.kind === 'blob' || ref.holds === 'upkeep')
    },
    acknowledged: items => acknowledge(alive(), items),
    resend: (writer, fromSeq, maxBytes = Number.MAX_SAFE_INTEGER) =>
      exclusively(alive(), () => resendFrames(core, writer, fromSeq, maxBytes)),

    mendFork: seq =>
      exclusively(alive(), async () => {
        const mended = await mend(core, seq)
        return mended.ok ? unpackCarried(core) : mended
      }),
    writeHeads: (isUrgent = false) => writeHeadsFrame(alive(), isUrgent),
    forks: () => alive().ledger.forks,
    covered: () => coveredPlaces(alive().ledger),
    cutFeeds: () => cutFeeds(alive()),
    carry: (atRelay, stranded) => exclusively(alive(), () => carryFrames(core, atRelay, stranded)),
    writeSnapshot: () => writeSnapshotFrame(alive()),
    makePrune: ownerKey => signOwnPrune(alive(), ownerKey),
    makeBegins: (ownerKey, nextThere) => makeBegins(alive(), ownerKey, nextThere),
    recall: label => recall(alive(), label),
    remember: (label, heads, make) => remember(alive(), label, heads, make),
    saveCaches: () => writeCaches(alive()),

    writeEpoch: (next, readers, removals, members = NOBODY_ELSE) => rotate(alive(), next, readers, removals, members),
    members: () => membersNow(alive()),
    keysNotSealedTo: kemKeyHash => keysNotSealedTo(alive(), kemKeyHash),
    keysPastRemoval: device => keysPastRemoval(alive(), device),
    currentKeyId: () => writingKey(alive())?.keyId,
    wantedKeys: () => wantedKeys(alive()),
    readWithRefused: (label, read) => readWithRefused(alive(), label, read),
    lateFrames: () => lateFrames(alive()),
    readWithLate: (label, frames, read) => readWithLate(alive(), label, frames, read),
    quarantine: () => quarantineOf(alive().ledger),
    isComplete: () => !isWaiting(alive()),

    subscribe(listener) {
      core.listeners.add(listener)
      return () => core.listeners.delete(listener)
    },
    end: () => exclusively(alive(), async () => dispose(core)),
    dispose: () => dispose(core),
  }
}

function dispose(core: LogCore): void {
  core.isDisposed = true
  core.listeners.clear()
  core.shards.dispose()
  wipe(core.own.key.secretKey)
  for (const key of core.keys.values()) wipe(key.content)
  core.keys.clear()
}

function feedHeads(core: LogCore): FeedHead[] {
  return [...core.ledger.feeds.values()].map(({ writer, next, hash, voucher, claimedAt }) => ({
    writer,
    next,
    hash,
    ...(voucher === undefined ? {} : { principal: voucher.root }),
    ...(voucher?.device ? { device: voucher.device } : {}),
    ...(claimedAt === undefined ? {} : { claimedAt }),
  }))
}

/** Contiguous from `seq` on, at most `maxBytes`, but one at least when it is held. */
async function framesFrom(core: LogCore, writer: WriterId, seq: number, maxBytes: number): Promise<Bytes[]> {
  const found: Bytes[] = []
  const next = core.ledger.feeds.get(writer)?.next ?? 0
  let bytes = 0
  for await (const [at, frame] of storedFrames(core, writer, seq)) {
    bytes += frame.length
    if (found.length > 0 && bytes > maxBytes) break
    if (at >= next || at !== seq + found.length) break
    found.push(frame)
  }
  return found
}

async function readOutboxItems(
  core: LogCore,
  maxBytes: number,
  without: ReadonlySet<BlobId> = new Set(),
): Promise<OutboxItem[]> {
  const items: OutboxItem[] = []
  let bytes = 0
  for (const ref of Array.from(core.outbox.values())) {
    if (ref.kind === 'blob' && without.has(ref.blobId)) continue
    const item = await readOutboxItem(core, ref)
    if (item === undefined) continue
    bytes += item.kind === 'frame' ? item.bytes.length : item.ciphertext.length
    if (items.length > 0 && bytes > maxBytes) break
    items.push(item)
  }
  return items
}

async function readOutboxItem(core: LogCore, ref: OutboxRef): Promise<OutboxItem | undefined> {
  if (ref.kind === 'frame') {
    const bytes = await core.deps.store.get('frames', frameKey(core.id, ref.writer, ref.seq))
    return bytes && { kind: ref.kind, writer: ref.writer, seq: ref.seq, bytes, isMarks: ref.holds === 'marks' }
  }
  const ciphertext = await core.deps.store.get('blobs', blobKey(core.id, ref.blobId))
  return ciphertext && { ...ref, ciphertext }
}

async function acknowledge(core: LogCore, items: readonly OutboxItem[]): Promise<Result<void, StoreFailure>> {
  const done = new Set(items.map(nameOf))
  const keys: string[] = []
  let blobsBefore: string[] = []
  for (const [key, ref] of core.outbox) {
    if (ref.kind === 'blob') blobsBefore.push(key)
    else {
      if (done.has(nameOf(ref))) keys.push(...blobsBefore, key)
      blobsBefore = []
    }
  }
  const stored = await core.deps.store.commit(keys.map(key => ({ table: 'outbox', key, remove: true })))
  if (!stored.ok) return stored
  for (const key of keys) core.outbox.delete(key)
  emit(core, { kind: 'outbox' })
  return stored
}

type Named =
  | { readonly kind: 'frame'; readonly writer: WriterId; readonly seq: number }
  | { readonly kind: 'blob'; readonly blobId: string }

function nameOf(item: Named): string {
  return item.kind === 'frame' ? `${item.writer}/${item.seq}` : item.blobId
}

/** What the relay lost goes out again, byte for byte. */
async function resendFrames(
  core: LogCore,
  writer: WriterId,
  fromSeq: number,
  maxBytes: number,
): Promise<Result<void, StoreFailure>> {
  const feed = core.ledger.feeds.get(writer)
  const next = feed?.next ?? 0
  const isOurs = writer === core.own.writer || feed?.voucher?.root === core.deps.identity.principal
  const waiting = new Set([...core.outbox.values()].map(nameOf))
  const refs: OutboxRef[] = []
  let left = maxBytes
  for await (const [seq, bytes] of storedFrames(core, writer, fromSeq)) {
    if (seq >= next || (left < bytes.length && refs.length > 0)) break
    left -= bytes.length
    const opened = openStored(core, bytes)
    // A relay that lost the frame may have lost its blobs; where it has them, sending them costs an answer.
    const blobs = opened === undefined ? [] : blobsOf(opened)
    // Once the frame is there nobody brings its blobs any more: that is left to who has them.
    if (!blobs.every(blobId => core.blobs.has(blobId))) break
    const holds = isOurs ? kindOf(opened?.fact.kind, blobs.length) : 'restored'
    refs.push(...blobs.map(blobId => ({ kind: 'blob' as const, blobId })), { kind: 'frame', writer, seq, holds })
  }
  const missing = refs.filter(ref => !waiting.has(nameOf(ref)))
  const outbox = outboxRows(core, missing)
  const stored = await core.deps.store.commit(outbox.writes)
  if (stored.ok) outbox.queued()
  return stored
}
