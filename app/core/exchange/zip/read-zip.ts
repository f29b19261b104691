import { fail, ok, type Result } from '#schema/result.ts'

/** `damaged`: not as a ZIP is written, or cut off. `too-large`: more names, or longer ones, than any record needs. */
export type ZipFailure = 'damaged' | 'too-large'

/** One file in an archive, as the archive's directory tells of it. Names are only ever shown, never used as a path. */
export interface ZipEntry {
  readonly name: string
  /** PKWARE APPNOTE 4.4.5: 0 stored, 8 deflate. */
  readonly method: number
  readonly isEncrypted: boolean
  readonly crc: number
  readonly packedBytes: number
  readonly bytes: number
  /** Where its local header starts. */
  readonly at: number
}

const END = 0x06054b50
const END_64 = 0x06064b50
const LOCATOR_64 = 0x07064b50
const ENTRY = 0x02014b50
/** The end record and the longest comment after it. */
const MAX_TAIL = 22 + 0xffff
const MAX_DIRECTORY = 32_000_000
const MAX_ENTRIES = 100_000
const IN_64 = 0xffffffff

interface Directory {
  readonly at: number
  readonly bytes: number
  readonly count: number
}

/**
 * Lists what is in a ZIP archive (PKWARE APPNOTE 6.3, ZIP64 included) from its directory at the end of the file; nothing else is read.
 * Total. Throws only where `file` cannot be read.
 */
export async function readZip(file: Blob): Promise<Result<readonly ZipEntry[], ZipFailure>> {
  const directory = await findDirectory(file)
  if (directory === undefined) return fail('damaged')
  if (directory.bytes > MAX_DIRECTORY || directory.count > MAX_ENTRIES) return fail('too-large')
  if (directory.at + directory.bytes > file.size) return fail('damaged')
  const view = await viewOf(file, directory.at, directory.at + directory.bytes)
  const entries: ZipEntry[] = []
  for (let at = 0; entries.length < directory.count; ) {
    const next = entryAt(view, at)
    if (next === undefined || next.entry.at >= file.size) return fail('damaged')
    entries.push(next.entry)
    at = next.end
  }
  return ok(entries)
}

export async function viewOf(file: Blob, start: number, end: number): Promise<DataView> {
  return new DataView(await file.slice(Math.max(0, start), end).arrayBuffer())
}

async function findDirectory(file: Blob): Promise<Directory | undefined> {
  const start = Math.max(0, file.size - MAX_TAIL)
  const tail = await viewOf(file, start, file.size)
  for (let at = tail.byteLength - 22; at >= 0; at--) {
    if (tail.getUint32(at, true) !== END || at + 22 + tail.getUint16(at + 20, true) > tail.byteLength) continue
    const [count, bytes, offset] = [
      tail.getUint16(at + 10, true),
      tail.getUint32(at + 12, true),
      tail.getUint32(at + 16, true),
    ]
    if (count !== 0xffff && bytes !== IN_64 && offset !== IN_64) return { at: offset, bytes, count }
    return directory64(file, start + at)
  }
  return undefined
}

async function directory64(file: Blob, endAt: number): Promise<Directory | undefined> {
  if (endAt < 20) return undefined
  const locator = await viewOf(file, endAt - 20, endAt)
  if (locator.getUint32(0, true) !== LOCATOR_64) return undefined
  const at = sizeAt(locator, 8)
  if (at === undefined || at + 56 > endAt) return undefined
  const end = await viewOf(file, at, at + 56)
  const [count, bytes, offset] = [sizeAt(end, 32), sizeAt(end, 40), sizeAt(end, 48)]
  if (end.getUint32(0, true) !== END_64) return undefined
  if (count === undefined || bytes === undefined || offset === undefined) return undefined
  return { at: offset, bytes, count }
}

/** A 64-bit size; undefined past what a number holds. */
function sizeAt(view: DataView, at: number): number | undefined {
  const size = Number(view.getBigUint64(at, true))
  return Number.isSafeInteger(size) ? size : undefined
}

function entryAt(view: DataView, at: number): { readonly entry: ZipEntry; readonly end: number } | undefined {
  if (at + 46 > view.byteLength || view.getUint32(at, true) !== ENTRY) return undefined
  const nameEnd = at + 46 + view.getUint16(at + 28, true)
  const extraEnd = nameEnd + view.getUint16(at + 30, true)
  const end = extraEnd + view.getUint16(at + 32, true)
  if (end > view.byteLength) return undefined
  const sizes = sizesOf(view, at, nameEnd, extraEnd)
  if (sizes === undefined) return undefined
  const flags = view.getUint16(at + 8, true)
  const entry = {
    // Names that are not UTF-8 only lose letters: they are shown and compared by their ending.
    name: new TextDecoder().decode(new Uint8Array(view.buffer, view.byteOffset + at + 46, nameEnd - at - 46)),
    method: view.getUint16(at + 10, true),
    isEncrypted: (flags & 0x2041) !== 0,
    crc: view.getUint32(at + 16, true),
    ...sizes,
  }
  return { entry, end }
}

/** Sizes and place, taken from the ZIP64 extra field where the short ones are full (APPNOTE 4.5.3). */
function sizesOf(
  view: DataView,
  at: number,
  from: number,
  to: number,
): Pick<ZipEntry, 'bytes' | 'packedBytes' | 'at'> | undefined {
  const short = [view.getUint32(at + 24, true), view.getUint32(at + 20, true), view.getUint32(at + 42, true)]
  if (!short.includes(IN_64)) return { bytes: short[0]!, packedBytes: short[1]!, at: short[2]! }
  let next = wideField(view, from, to)
  if (next === undefined) return undefined
  const { end } = next
  const whole = short.map(value => {
    if (value !== IN_64) return value
    const place = next?.at ?? end
    next = { at: place + 8, end }
    return place + 8 <= end ? sizeAt(view, place) : undefined
  })
  const [bytes, packedBytes, offset] = whole
  if (bytes === undefined || packedBytes === undefined || offset === undefined) return undefined
  return { bytes, packedBytes, at: offset }
}

function wideField(
  view: DataView,
  from: number,
  to: number,
): { readonly at: number; readonly end: number } | undefined {
  for (let at = from; at + 4 <= to; ) {
    const end = at + 4 + view.getUint16(at + 2, true)
    if (end > to) return undefined
    if (view.getUint16(at, true) === 1) return { at: at + 4, end }
    at = end
  }
  return undefined
}
