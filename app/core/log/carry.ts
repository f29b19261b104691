import { sealBlob } from '#crypto/blob.ts'
import { frameHash } from '#crypto/hash.ts'
import type { FrameHash, WriterId } from '#schema/ids.ts'
import { ok, type Result } from '#schema/result.ts'
import type { StoreFailure } from '../ports.ts'
import { decodeCarried, encodeCarried, inPieces } from './carried.ts'
import { encodeHeads } from './heads.ts'
import { blobsOf } from './open-frame.ts'
import { besidePrefix, blobKey, type LogCore, readBlob, seqText } from './log-core.ts'
import type { NewBlob } from './pack-parts.ts'
import type { BlobRef } from './shard-part.ts'
import { openAll, openStored, storedFrames } from './stored-frames.ts'
import { afterSeeing, type Draft, unseen, writeDrafts } from './write-path.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** Frames a blob. */
const BLOB_BYTES = 1024 * 1024

/**
 * A relay keeps one frame a place, so of a forked feed it has one branch at most. The frames of the others that are held here, and that
 * nobody carried yet, go into blobs that a HEADS frame of ours names; whoever accepts that receives them, as proof and for whatever
 * builds on them. Likewise what a relay lost of a feed that a removal cut, and takes no more because the frame before it is held by
 * nobody: `stranded` says from which place on. `atRelay`: what the relay has. For a caller that holds the log.
 */
export async function carryFrames(
  core: LogCore,
  atRelay: ReadonlySet<FrameHash>,
  stranded: ReadonlyMap<WriterId, number>,
): Promise<Result<void, StoreFailure>> {
  const held = [...(await forkedFrames(core)), ...(await strandedFrames(core, stranded))]
  if (held.length === 0) return ok(undefined)
  const known = await carriedAlready(core)
  const frames = held.filter(frame => {
    const hash = frameHash(frame)
    return !atRelay.has(hash) && !known.has(hash)
  })
  if (frames.length === 0) return ok(undefined)
  const blobs = await Promise.all(inPieces(frames, BLOB_BYTES).map(piece => sealBlob(encodeCarried(piece), core.id)))
  for (const { blobId } of blobs) core.unpacked.add(blobId)
  const seen = unseen(core)
  const named = await blobsNamedIn(core, frames)
  const draft: Draft = {
    kind: 'heads',
    blobs: [...named, ...blobs],
    encode: preface => encodeHeads({ ...preface, seen, carried: blobs }),
  }
  return writeDrafts(core, [draft], core.own, afterSeeing(core.own, seen))
}

/** What the carried frames name was sent with them, to where they were taken. */
async function blobsNamedIn(core: LogCore, frames: readonly Bytes[]): Promise<NewBlob[]> {
  const ids = new Set(
    frames.flatMap(frame => {
      const opened = openStored(core, frame)
      return opened === undefined ? [] : blobsOf(opened)
    }),
  )
  const found: NewBlob[] = []
  for (const blobId of ids) {
    const ciphertext = await core.deps.store.get('blobs', blobKey(core.id, blobId))
    if (ciphertext !== undefined) found.push({ blobId, ciphertext })
  }
  return found
}

/** From where it was forked, every frame of a feed that is held here. */
async function forkedFrames(core: LogCore): Promise<Bytes[]> {
  const found: Bytes[] = []
  for (const [writer, fork] of core.ledger.forks) {
    for await (const [, frame] of storedFrames(core, writer, fork)) found.push(frame)
    const prefix = `${besidePrefix(core.id)}${writer}/`
    for (const [key, frame] of await core.deps.store.list('sealed', prefix)) {
      if (key.slice(prefix.length) >= seqText(fork)) found.push(frame)
    }
  }
  return found
}

/** As `SealedLog.cutFeeds` says. */
export function cutFeeds({ ledger, own }: LogCore): ReadonlySet<WriterId> {
  const feeds = [...ledger.cuts.keys()].filter(writer => {
    const isAccepted = ledger.feeds.get(writer)?.lastAccepted !== undefined
    return writer !== own.writer && !ledger.forks.has(writer) && isAccepted
  })
  return new Set(feeds)
}

/** What others built upon; the rest that the removed one left is nobody's concern. */
async function strandedFrames(core: LogCore, stranded: ReadonlyMap<WriterId, number>): Promise<Bytes[]> {
  const found: Bytes[] = []
  for (const writer of cutFeeds(core)) {
    const from = stranded.get(writer)
    const feed = core.ledger.feeds.get(writer)
    if (from === undefined || feed === undefined) continue
    for await (const [seq, frame] of storedFrames(core, writer, from)) {
      if (seq < feed.decided && !feed.refused.has(seq)) found.push(frame)
    }
  }
  return found
}

async function carriedAlready(core: LogCore): Promise<ReadonlySet<FrameHash>> {
  const { feeds } = await openAll(core)
  const known = new Set<FrameHash>()
  for (const blob of feeds.flatMap(frame => frame.carried)) {
    for (const frame of await framesIn(core, blob)) known.add(frameHash(frame))
  }
  return known
}

/** None when the blob is not here, or does not hold what it should. */
export async function framesIn(core: LogCore, blob: BlobRef): Promise<readonly Bytes[]> {
  const content = await readBlob(core, blob)
  const frames = content && decodeCarried(content)
  return frames?.ok ? frames.value : []
}
