import { concat, utf8 } from '#schema/bytes.ts'
import type { Instant } from '#schema/instant.ts'

type Bytes = Uint8Array<ArrayBuffer>

const BLOCK = 512
const NAME_BYTES = 100
const PREFIX_BYTES = 155
/** Eleven octal digits: the most that a header can say, 8 GiB less one byte. */
export const MAX_TAR_MEMBER_BYTES = 0o77777777777

/** Where fields of a header stand (POSIX.1-1988, ustar). */
const AT = {
  name: 0,
  mode: 100,
  uid: 108,
  gid: 116,
  size: 124,
  mtime: 136,
  sum: 148,
  type: 156,
  magic: 257,
  prefix: 345,
}
const REGULAR = 0x30

/** Two blocks of zeros end an archive. */
export const TAR_END: Bytes = new Uint8Array(2 * BLOCK)

export interface TarMember {
  readonly name: string
  readonly size: number
  /** Its bytes, once; what is left of them is passed over when the next member is asked for. */
  readonly body: AsyncIterable<Uint8Array>
}

/** Said where bytes are no archive of regular files, or end too soon. */
export class TarDamaged extends Error {}

/** The header of a regular file, readable by its owner. Names are ASCII; throws for one that has no place in a header. */
export function tarHeader(name: string, size: number, at: Instant): Bytes {
  const { prefix, rest } = splitName(name)
  if (size > MAX_TAR_MEMBER_BYTES) throw new RangeError(`Cannot write a tar header: ${size} bytes are too many`)
  const header = new Uint8Array(BLOCK)
  const put = (text: string, offset: number) => header.set(utf8(text), offset)
  put(rest, AT.name)
  put('0000600\0', AT.mode)
  put('0000000\0', AT.uid)
  put('0000000\0', AT.gid)
  put(`${octal(size, 11)} `, AT.size)
  put(`${octal(Math.max(0, Math.floor(at / 1000)), 11)} `, AT.mtime)
  put('ustar\x0000', AT.magic)
  put(prefix, AT.prefix)
  header[AT.type] = REGULAR
  put(`${octal(checksum(header), 6)}\0 `, AT.sum)
  return header
}

/** Zeros up to the next block. */
export function tarPadding(size: number): Bytes {
  return new Uint8Array((BLOCK - (size % BLOCK)) % BLOCK)
}

/** The members of an archive, one after another. Throws `TarDamaged`, and whatever reading `source` throws. */
export async function* readTar(source: AsyncIterable<Uint8Array>): AsyncGenerator<TarMember> {
  const pieces = new Pieces(source)
  for (;;) {
    const header = await pieces.take(BLOCK)
    if (header.every(byte => byte === 0)) return pieces.passZeros()
    const { name, size } = readHeader(header)
    let left = size
    async function* body(): AsyncGenerator<Uint8Array> {
      while (left > 0) {
        const piece = await pieces.some(left)
        left -= piece.length
        yield piece
      }
    }
    yield { name, size, body: body() }
    while (left > 0) left -= (await pieces.some(left)).length
    await pieces.take(tarPadding(size).length)
  }
}

function readHeader(header: Uint8Array): { readonly name: string; readonly size: number } {
  if (text(header, AT.magic, 5) !== 'ustar' || header[AT.type] !== REGULAR) throw new TarDamaged('No header of a file')
  if (number(header, AT.sum, 8) !== checksum(header)) throw new TarDamaged('A header was changed')
  const [name, prefix] = [text(header, AT.name, NAME_BYTES), text(header, AT.prefix, PREFIX_BYTES)]
  return { name: prefix === '' ? name : `${prefix}/${name}`, size: number(header, AT.size, 12) }
}

function text(header: Uint8Array, offset: number, length: number): string {
  const field = header.subarray(offset, offset + length)
  const end = field.indexOf(0)
  return new TextDecoder().decode(end === -1 ? field : field.subarray(0, end))
}

function number(header: Uint8Array, offset: number, length: number): number {
  const digits = text(header, offset, length).trim()
  if (!/^[0-7]+$/.test(digits)) throw new TarDamaged('No number in a header')
  return Number.parseInt(digits, 8)
}

/** As if the checksum's own field were blanks. */
function checksum(header: Uint8Array): number {
  return header.reduce((sum, byte, at) => sum + (at >= AT.sum && at < AT.sum + 8 ? 0x20 : byte), 0)
}

function octal(value: number, digits: number): string {
  return value.toString(8).padStart(digits, '0')
}

function splitName(name: string): { readonly prefix: string; readonly rest: string } {
  // oxlint-disable-next-line no-control-regex -- nothing but printable ASCII may stand in it
  if (!/^[\x21-\x7e]+$/.test(name)) throw new TypeError('Cannot write a tar header: the name is not plain ASCII')
  if (name.length <= NAME_BYTES) return { prefix: '', rest: name }
  const slash = name.indexOf('/', name.length - NAME_BYTES - 1)
  if (slash === -1 || slash > PREFIX_BYTES) throw new RangeError('Cannot write a tar header: the name is too long')
  return { prefix: name.slice(0, slash), rest: name.slice(slash + 1) }
}

/** Bytes of a stream in the portions that are asked for. */
class Pieces {
  readonly #source: AsyncIterator<Uint8Array>
  #rest: Uint8Array = new Uint8Array(0)

  constructor(source: AsyncIterable<Uint8Array>) {
    this.#source = source[Symbol.asyncIterator]()
  }

  /** At least one byte, at most `limit`. */
  async some(limit: number): Promise<Uint8Array> {
    while (this.#rest.length === 0) {
      const next = await this.#source.next()
      if (next.done === true) throw new TarDamaged('The archive ends too soon')
      this.#rest = next.value
    }
    const piece = this.#rest.subarray(0, limit)
    this.#rest = this.#rest.subarray(piece.length)
    return piece
  }

  async take(count: number): Promise<Uint8Array> {
    const pieces: Uint8Array[] = []
    for (let left = count; left > 0; ) {
      const piece = await this.some(left)
      left -= piece.length
      pieces.push(piece)
    }
    return concat(...pieces)
  }

  /** After the first block of the end: nothing but zeros may follow, and all is read, so that the seal of the whole is checked. */
  async passZeros(): Promise<void> {
    for (;;) {
      if (this.#rest.some(byte => byte !== 0)) throw new TarDamaged('Something follows the end')
      const next = await this.#source.next()
      if (next.done === true) return
      this.#rest = next.value
    }
  }
}
