import { concat, utf8 } from '#schema/bytes.ts'
import { EXIF, orientationIn, orientationTiff, startsWith } from './clean-jpeg.ts'

type Bytes = Uint8Array<ArrayBuffer>

const HEAD_BYTES = 12
/** Of the chunks of https://www.rfc-editor.org/rfc/rfc9649.html#section-2.7 those that say how it is drawn; not `EXIF` and `XMP `. */
const DRAWING = new Set(['VP8 ', 'VP8L', 'VP8X', 'ALPH', 'ANIM', 'ANMF', 'ICCP'])
/** In the first byte of `VP8X`: that there is Exif, and XMP. */
const HAS_EXIF = 0x08
const HAS_XMP = 0x04

interface Chunk {
  readonly type: string
  readonly body: Uint8Array
}

/**
 * A WebP with nothing but what draws it: no Exif or XMP, and nothing after its end. How it is to be turned stays. No pixel changes.
 * Undefined when it isn't whole.
 */
export function cleanWebp(bytes: Uint8Array): Bytes | undefined {
  const chunks = chunksOf(bytes)
  const kept = chunks?.filter(({ type }) => DRAWING.has(type)) ?? []
  if (chunks === undefined || kept.length === 0) return undefined
  const turned = kept[0]?.type === 'VP8X' ? orientationOf(chunks) : 1
  const told = kept.map(chunk => (chunk.type === 'VP8X' ? withFlag(chunk, turned !== 1) : chunk))
  return whole(turned === 1 ? told : [...told, { type: 'EXIF', body: orientationTiff(turned) }])
}

/** Undefined where it ends too early. */
function chunksOf(bytes: Uint8Array): readonly Chunk[] | undefined {
  if (bytes.length < HEAD_BYTES) return undefined
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const end = 8 + view.getUint32(4, true)
  if (end > bytes.length) return undefined
  const chunks: Chunk[] = []
  for (let at = HEAD_BYTES; at < end; ) {
    if (at + 8 > end) return undefined
    const size = view.getUint32(at + 4, true)
    const body = at + 8
    if (body + size > end) return undefined
    chunks.push({ type: String.fromCharCode(...bytes.subarray(at, at + 4)), body: bytes.subarray(body, body + size) })
    at = body + size + (size % 2)
  }
  return chunks
}

function orientationOf(chunks: readonly Chunk[]): number {
  const exif = chunks.find(({ type }) => type === 'EXIF')?.body
  if (exif === undefined) return 1
  // Some programs write it as it stands in a JPEG.
  return orientationIn(startsWith(exif, EXIF) ? exif.subarray(EXIF.length) : exif) ?? 1
}

function withFlag({ type, body }: Chunk, hasExif: boolean): Chunk {
  const copy = body.slice()
  copy[0] = ((copy[0] ?? 0) & ~(HAS_EXIF | HAS_XMP)) | (hasExif ? HAS_EXIF : 0)
  return { type, body: copy }
}

/** Chunks are padded to an even size. */
function whole(chunks: readonly Chunk[]): Bytes {
  const parts = chunks.flatMap(({ type, body }) => [
    utf8(type),
    littleEndian(body.length),
    body,
    new Uint8Array(body.length % 2),
  ])
  const size = parts.reduce((sum, part) => sum + part.length, 4)
  return concat(utf8('RIFF'), littleEndian(size), utf8('WEBP'), ...parts)
}

function littleEndian(value: number): Bytes {
  const bytes = new Uint8Array(4)
  new DataView(bytes.buffer).setUint32(0, value, true)
  return bytes
}
