import { ByteWriter, type DecodeFailure, decodeAll } from '#schema/bytes.ts'
import { MAX_FRAME_BYTES } from '#schema/protocol/frame.ts'
import type { Result } from '#schema/result.ts'
import type { LogCore } from './log-core.ts'
import type { OpenedFrame } from './open-frame.ts'

type Bytes = Uint8Array<ArrayBuffer>

const MAX_FRAMES = 0xffff

/** What a blob of carried frames holds: frames as they were signed. */
export function encodeCarried(frames: readonly Bytes[]): Bytes {
  return new ByteWriter().list(frames, (writer, frame) => writer.sized(frame)).done()
}

export function decodeCarried(bytes: Uint8Array): Result<Bytes[], DecodeFailure> {
  return decodeAll(bytes, reader => reader.list(MAX_FRAMES, inner => inner.sized(MAX_FRAME_BYTES)))
}

/** Runs of about so many bytes, of one frame at least. */
export function inPieces(frames: readonly Bytes[], maxBytes: number): Bytes[][] {
  const pieces: Bytes[][] = []
  let left = 0
  for (const frame of frames) {
    if (pieces.length === 0 || frame.length > left) {
      pieces.push([])
      left = maxBytes
    }
    pieces.at(-1)!.push(frame)
    left -= frame.length
  }
  return pieces
}

/** What a frame carries is received next, whether or not it is accepted: it may itself wait for what it carries. */
export function noteCarried(core: LogCore, { carried }: OpenedFrame): void {
  for (const blob of carried) if (!core.unpacked.has(blob.blobId)) core.toUnpack.set(blob.blobId, blob)
}
