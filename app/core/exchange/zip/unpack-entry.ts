import { crc32 } from './crc32.ts'
import { viewOf, type ZipEntry } from './read-zip.ts'

/** `damaged`: not what its directory says, or cut off. `locked`: needs a password. `method`: packed as we don't read. `bomb`: unpacks to too much. */
export type UnpackFailure = 'damaged' | 'locked' | 'method' | 'bomb'

/** Ends a reading of an entry; whoever reads turns it into an answer. */
export class UnpackStop extends Error {
  readonly why: UnpackFailure
  constructor(why: UnpackFailure) {
    super(why)
    this.why = why
  }
}

const LOCAL = 0x04034b50

export interface UnpackLimits {
  /** More unpacked bytes than this are refused. */
  readonly maxBytes: number
  /** Hears of packed bytes as they are taken from the file. */
  readonly onPacked?: (bytes: number) => void
}

/**
 * The bytes of one entry, a piece at a time; neither its packed nor its unpacked form is ever held whole. Stops by `UnpackStop` as soon as
 * something is wrong; at the end the length and the CRC-32 were right. Whoever has enough simply stops reading.
 */
export async function* unpackEntry(file: Blob, entry: ZipEntry, limits: UnpackLimits): AsyncGenerator<Uint8Array> {
  if (entry.isEncrypted) throw new UnpackStop('locked')
  if (entry.method !== 0 && entry.method !== 8) throw new UnpackStop('method')
  if (entry.bytes > limits.maxBytes) throw new UnpackStop('bomb')
  let bytes = 0
  let crc = 0
  for await (const piece of piecesOf(await packedOf(file, entry), entry.method === 8, limits.onPacked)) {
    bytes += piece.length
    if (bytes > entry.bytes) throw new UnpackStop(bytes > limits.maxBytes ? 'bomb' : 'damaged')
    crc = crc32(piece, crc)
    yield piece
  }
  if (bytes !== entry.bytes || crc !== entry.crc) throw new UnpackStop('damaged')
}

async function packedOf(file: Blob, entry: ZipEntry): Promise<Blob> {
  const header = await viewOf(file, entry.at, entry.at + 30)
  if (header.byteLength < 30 || header.getUint32(0, true) !== LOCAL) throw new UnpackStop('damaged')
  const start = entry.at + 30 + header.getUint16(26, true) + header.getUint16(28, true)
  if (start + entry.packedBytes > file.size) throw new UnpackStop('damaged')
  return file.slice(start, start + entry.packedBytes)
}

/** Not every browser's streams can be iterated. */
async function* piecesOf(
  packed: Blob,
  isDeflated: boolean,
  onPacked: UnpackLimits['onPacked'],
): AsyncGenerator<Uint8Array> {
  const counted = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform(piece, out) {
      onPacked?.(piece.length)
      out.enqueue(piece)
    },
  })
  const source = packed.stream().pipeThrough(counted)
  const reader = (isDeflated ? source.pipeThrough(new DecompressionStream('deflate-raw')) : source).getReader()
  try {
    for (;;) {
      const next = await reader.read().catch((error: unknown) => {
        // A file that can't be read is no damaged archive.
        throw error instanceof DOMException && error.name === 'NotReadableError' ? error : new UnpackStop('damaged')
      })
      if (next.done) return
      yield next.value
    }
  } finally {
    await reader.cancel().catch(() => undefined)
  }
}
