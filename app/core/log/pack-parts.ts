import { type SealedBlob, sealBlob } from '#crypto/blob.ts'
import { MAX_FRAME_PLAIN_BYTES } from '#crypto/frame.ts'
import type { BlobId, LogId } from '#schema/ids.ts'
import { decodeChange } from '@automerge/automerge/slim'
import { type Carried, encodeChanges, type ShardPart } from './shard-part.ts'
import type { PendingShard } from './shards.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** A blob that has to be stored and sent before the frame that names it. */
export interface NewBlob {
  readonly blobId: BlobId
  readonly ciphertext: Bytes
}

/** What one frame carries. */
export interface PackedFrame {
  readonly parts: readonly ShardPart[]
  readonly blobs: readonly NewBlob[]
}

/** Left of a frame for its preface: certificates and `seen`. */
const PREFACE_BYTES = 16 * 1024
const ROOM = MAX_FRAME_PLAIN_BYTES - PREFACE_BYTES
/** Larger saves and changes travel as blobs. */
const MAX_INLINE_BYTES = 64 * 1024
/** Of a save in one blob: with its padding a mebibyte, which half a megabit a second brings before a request is given up. */
const PIECE_BYTES = 1024 * 1024 - 1

/** Cuts pending shards into frames that fit. The order of changes within a shard stays. */
export async function packParts(shards: readonly PendingShard[], logId: LogId): Promise<PackedFrame[]> {
  const frames: { parts: ShardPart[]; blobs: NewBlob[] }[] = []
  let room = 0
  function add(part: ShardPart, bytes: number, blobs: readonly NewBlob[] = []): void {
    const whole = bytes + headBytes(part)
    if (whole > room || frames.length === 0) {
      frames.push({ parts: [], blobs: [] })
      room = ROOM
    }
    room -= whole
    frames.at(-1)!.parts.push(part)
    frames.at(-1)!.blobs.push(...blobs)
  }
  for (const shard of shards) {
    if (shard.save !== undefined) await addSave(shard, shard.save)
    for (const run of runsOf(shard.changes)) await addRun(shard, run)
  }
  return frames

  async function addSave({ label, changes, heads }: PendingShard, content: Bytes): Promise<void> {
    const after = changes.length === 0 ? heads : depsOf(changes[0]!)
    if (content.length <= MAX_INLINE_BYTES) {
      add({ label, heads: after, body: { kind: 'save', save: { inline: content } } }, content.length)
      return
    }
    const { save, blobs } = await sealSave(content, logId)
    add({ label, heads: after, body: { kind: 'save', save } }, 80 * blobs.length, blobs)
  }
  async function addRun({ label, changes, heads }: PendingShard, run: readonly Bytes[]): Promise<void> {
    const last = run.at(-1)!
    const after = last === changes.at(-1) ? heads : [decodeChange(last).hash]
    const bytes = run.reduce((total, change) => total + change.length + 4, 0)
    if (bytes <= ROOM - 1024) {
      add({ label, heads: after, body: { kind: 'changes', changes: run } }, bytes)
      return
    }
    const sealed = await sealBlob(encodeChanges(run), logId)
    add({ label, heads: after, body: { kind: 'blob-changes', blob: sealed } }, 80, [sealed])
  }
}

/**
 * Seals a save for travelling outside a frame: a large one in pieces, each a blob, so that a connection that breaks or is slow costs one
 * piece and not all of it.
 */
export async function sealSave(
  content: Bytes,
  logId: LogId,
): Promise<{ readonly save: Carried; readonly blobs: readonly NewBlob[] }> {
  if (content.length <= PIECE_BYTES) {
    const blob = await sealBlob(content, logId)
    return { save: { blob }, blobs: [blob] }
  }
  const pieces: SealedBlob[] = []
  for (let start = 0; start < content.length; start += PIECE_BYTES) {
    pieces.push(await sealBlob(content.subarray(start, start + PIECE_BYTES), logId))
  }
  return { save: { pieces }, blobs: pieces }
}

/** Changes in groups of which each fits a frame; one that fits none stands alone. */
function runsOf(changes: readonly Bytes[]): Bytes[][] {
  const runs: Bytes[][] = []
  let bytes = Number.POSITIVE_INFINITY
  for (const change of changes) {
    bytes += change.length + 4
    if (bytes > MAX_INLINE_BYTES) {
      runs.push([])
      bytes = change.length + 4
    }
    runs.at(-1)!.push(change)
  }
  return runs
}

function depsOf(change: Bytes): string[] {
  return decodeChange(change).deps.toSorted()
}

function headBytes(part: ShardPart): number {
  return 3 * part.label.length + 32 * part.heads.length + 16
}
