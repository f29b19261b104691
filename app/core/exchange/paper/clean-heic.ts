type Bytes = Uint8Array<ArrayBuffer>

/** All that a still picture is made of. Phones put more behind it: Samsung a film (`mpvd`) and what its camera noted (`sefd`). */
const PICTURE_BOXES = new Set(['ftyp', 'meta', 'mdat'])
/** Within `meta`, what is of no picture: `uuid` says anything, the others are room that was left over. */
const IDLE_BOXES = new Set(['uuid', 'free', 'skip'])
/** Exif, and XMP as a MIME type of its own (ISO/IEC 23008-12, A.2 and A.3). */
const SAYING_ITEMS = new Set(['Exif', 'mime'])
/** Phones write one an item. */
const MAX_EXTENTS = 64

/** Found by `cleanHeic` only, and never crosses its edge: what is read reaches beyond what there is. */
class Cut extends Error {}

interface Box {
  readonly type: string
  /** Where its content starts and ends. */
  readonly from: number
  readonly to: number
}

/**
 * A HEIC picture of which all is zeros that no item of the picture holds: Exif, XMP, what lies between items and behind the picture.
 * Nothing moves, so it has its length. Undefined when it isn't whole, or keeps them in a way that isn't known here (in a film beside the
 * picture, made up of other items).
 */
export function cleanHeic(bytes: Uint8Array): Bytes | undefined {
  const clean = new Uint8Array(bytes)
  try {
    const boxes = boxesIn(clean, 0, clean.length)
    const meta = boxes.find(box => box.type === 'meta')
    if (meta === undefined || boxes.some(box => box.type === 'moov')) return undefined
    const inner = boxesIn(clean, meta.from + 4, meta.to)
    const { saying, drawing } = rangesIn(clean, inner)
    for (const box of boxes) {
      if (box.type === 'mdat') keepOnly(clean, box, drawing)
      else if (!PICTURE_BOXES.has(box.type)) clean.fill(0, box.from, box.to)
    }
    for (const box of inner) if (IDLE_BOXES.has(box.type)) clean.fill(0, box.from, box.to)
    for (const { from, to } of saying) clean.fill(0, from, to)
    return clean
  } catch (error) {
    if (error instanceof Cut) return undefined
    throw error
  }
}

/** Big-endian numbers, one after the other. */
class Reader {
  readonly #bytes: Bytes
  #at: number
  readonly #to: number

  constructor(bytes: Bytes, { from, to }: { readonly from: number; readonly to: number }) {
    this.#bytes = bytes
    this.#at = from
    this.#to = to
  }

  /** `count` bytes, 0–8, as one number. */
  number(count: number): number {
    if (this.#at + count > this.#to) throw new Cut()
    let value = 0
    for (const byte of this.#bytes.subarray(this.#at, this.#at + count)) value = value * 256 + byte
    this.#at += count
    return value
  }

  word(): string {
    return String.fromCharCode(this.number(1), this.number(1), this.number(1), this.number(1))
  }
}

/** Boxes of ISO/IEC 14496-12 §4.2, which fill the range to its end. */
function boxesIn(bytes: Bytes, start: number, end: number): Box[] {
  const boxes: Box[] = []
  for (let at = start; at < end; ) {
    const read = new Reader(bytes, { from: at, to: end })
    const short = read.number(4)
    const type = read.word()
    const size = short === 1 ? read.number(8) : short === 0 ? end - at : short
    const head = short === 1 ? 16 : 8
    if (size < head || at + size > end) throw new Cut()
    boxes.push({ type, from: at + head, to: at + size })
    at += size
  }
  return boxes
}

interface Range {
  readonly from: number
  readonly to: number
}

/** What of a box none of `ranges` has becomes zeros. */
function keepOnly(bytes: Bytes, box: Range, ranges: readonly Range[]): void {
  let kept = box.from
  for (const { from, to } of ranges) {
    if (to <= kept || from >= box.to) continue
    if (from > kept) bytes.fill(0, kept, from)
    kept = Math.max(kept, to)
  }
  if (kept < box.to) bytes.fill(0, kept, box.to)
}

/** Where items lie that say something about the picture, and those that draw it, the first first. */
function rangesIn(bytes: Bytes, inner: readonly Box[]): { readonly saying: Range[]; readonly drawing: Range[] } {
  const box = (type: string) => {
    const found = inner.find(each => each.type === type)
    if (found === undefined) throw new Cut()
    return found
  }
  const items = sayingItems(bytes, box('iinf'))
  const saying: Range[] = []
  const drawing: Range[] = []
  for (const { item, isInside, from, length } of extentsIn(bytes, box('iloc'))) {
    const start = from + (isInside ? box('idat').from : 0)
    // No length would mean all there is.
    if (length === 0 || start + length > bytes.length) throw new Cut()
    const ranges = items.has(item) ? saying : drawing
    ranges.push({ from: start, to: start + length })
  }
  return { saying, drawing: drawing.sort((a, b) => a.from - b.from) }
}

/** Item information (§8.11.6): the items that say something about the picture. */
function sayingItems(bytes: Bytes, iinf: Box): Set<number> {
  const version = new Reader(bytes, iinf).number(1)
  const entries = boxesIn(bytes, iinf.from + (version === 0 ? 6 : 8), iinf.to)
  const items = new Set<number>()
  for (const entry of entries) {
    const read = new Reader(bytes, entry)
    const entryVersion = read.number(1)
    read.number(3)
    // Older ones name no type.
    if (entry.type !== 'infe' || entryVersion < 2) throw new Cut()
    const item = read.number(entryVersion === 2 ? 2 : 4)
    read.number(2)
    if (SAYING_ITEMS.has(read.word())) items.add(item)
  }
  return items
}

interface Extent {
  readonly item: number
  /** Counted from the start of the box `idat`, not of the file. */
  readonly isInside: boolean
  readonly from: number
  readonly length: number
}

/** Item locations (§8.11.3). */
function* extentsIn(bytes: Bytes, iloc: Box): Generator<Extent> {
  const read = new Reader(bytes, iloc)
  const version = read.number(1)
  read.number(3)
  const [sizes, more] = [read.number(1), read.number(1)]
  const indexBytes = version === 0 ? 0 : more & 15
  const wide = version < 2 ? 2 : 4
  for (let left = read.number(wide); left > 0; left--) {
    const item = read.number(wide)
    const method = version === 0 ? 0 : read.number(2) & 15
    if (method > 1 || read.number(2) !== 0) throw new Cut()
    const base = read.number(more >> 4)
    const count = read.number(2)
    // An extent may take no bytes at all: a picture of a few bytes could name billions.
    if (count > MAX_EXTENTS) throw new Cut()
    for (let extents = count; extents > 0; extents--) {
      read.number(indexBytes)
      const from = base + read.number(sizes >> 4)
      const length = read.number(sizes & 15)
      yield { item, isInside: method === 1, from, length }
    }
  }
}
