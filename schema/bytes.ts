import { fail, ok, type Result } from './result.ts'

/** Why bytes could not be decoded. Decoders return it and never throw (PROTOCOL section 1, invariant 18). */
export type DecodeFailure = 'truncated' | 'trailing-bytes' | 'bad-value' | 'unknown-version' | 'too-large'

/** Thrown inside `decodeAll` only; never crosses a module's edge. */
class DecodeStop extends Error {
  readonly failure: DecodeFailure
  constructor(failure: DecodeFailure) {
    super(failure)
    this.failure = failure
  }
}

/** Reads fixed layouts, integers big-endian. Every method stops the surrounding `decodeAll` when bytes run out. */
export class ByteReader {
  readonly #bytes: Uint8Array
  #offset = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  get offset(): number {
    return this.#offset
  }

  get left(): number {
    return this.#bytes.length - this.#offset
  }

  /** Stops the surrounding `decodeAll`. */
  stop(failure: DecodeFailure): never {
    throw new DecodeStop(failure)
  }

  #take(count: number): number {
    if (count > this.left) this.stop('truncated')
    const start = this.#offset
    this.#offset += count
    return start
  }

  u8(): number {
    return this.#bytes[this.#take(1)]!
  }

  u16(): number {
    return this.u8() * 0x100 + this.u8()
  }

  u32(): number {
    return this.u16() * 0x1_0000 + this.u16()
  }

  /** 8 bytes as a number; a value above 2^53 − 1 stops as `bad-value`. */
  u64(): number {
    const value = this.u32() * 0x1_0000_0000 + this.u32()
    return Number.isSafeInteger(value) ? value : this.stop('bad-value')
  }

  /** A copy, so that what is decoded does not keep a large buffer alive. */
  bytes(count: number): Uint8Array<ArrayBuffer> {
    const start = this.#take(count)
    return copyOf(this.#bytes, start, count)
  }

  /** So many bytes as lower-case hex: an id. */
  hex(count: number): string {
    const start = this.#take(count)
    return hexOf(this.#bytes, start, start + count)
  }

  skip(count: number): void {
    this.#take(count)
  }

  /** u32 length, then bytes; longer than `max` stops as `too-large`. */
  sized(max: number): Uint8Array<ArrayBuffer> {
    const count = this.u32()
    if (count > max) this.stop('too-large')
    return this.bytes(count)
  }

  /** u16 length, then UTF-8; malformed UTF-8 stops as `bad-value`. */
  text(maxBytes = 0xffff): string {
    const count = this.u16()
    if (count > maxBytes) this.stop('too-large')
    try {
      return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(this.bytes(count))
    } catch (error) {
      if (error instanceof DecodeStop) throw error
      return this.stop('bad-value')
    }
  }

  bool(): boolean {
    const value = this.u8()
    if (value > 1) this.stop('bad-value')
    return value === 1
  }

  /** u16 count (at most `max`), then that many items. */
  list<Item>(max: number, read: (reader: ByteReader) => Item): Item[] {
    const count = this.u16()
    if (count > max) this.stop('too-large')
    return Array.from({ length: count }, () => read(this))
  }

  rest(): Uint8Array<ArrayBuffer> {
    return this.bytes(this.left)
  }
}

/** Decodes all of `bytes` or says why not. Whatever `read` meets, nothing is thrown for bad input. */
export function decodeAll<Value>(bytes: Uint8Array, read: (reader: ByteReader) => Value): Result<Value, DecodeFailure> {
  const reader = new ByteReader(bytes)
  try {
    const value = read(reader)
    return reader.left === 0 ? ok(value) : fail('trailing-bytes')
  } catch (error) {
    if (error instanceof DecodeStop) return fail(error.failure)
    throw error
  }
}

/** Copying few bytes one by one is faster than asking for it. */
const FEW_BYTES = 64

function copyOf(bytes: Uint8Array, start: number, count: number): Uint8Array<ArrayBuffer> {
  const copy = new Uint8Array(count)
  if (count > FEW_BYTES) copy.set(bytes.subarray(start, start + count))
  else for (let index = 0; index < count; index++) copy[index] = bytes[start + index]!
  return copy
}

/** Writes fixed layouts, integers big-endian. Values out of range throw: they are our own mistakes. */
export class ByteWriter {
  #bytes: Uint8Array<ArrayBuffer>
  #length = 0

  /** `expected`: how many bytes there will be, as far as one knows; saves copying. */
  constructor(expected = 256) {
    this.#bytes = new Uint8Array(expected)
  }

  #grow(count: number): number {
    const needed = this.#length + count
    if (needed > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(needed, this.#bytes.length * 2))
      larger.set(this.#bytes)
      this.#bytes = larger
    }
    const start = this.#length
    this.#length = needed
    return start
  }

  #uint(value: number, bytes: 1 | 2 | 4 | 8): this {
    if (!Number.isSafeInteger(value) || value < 0 || value >= 2 ** (8 * bytes)) {
      throw new RangeError(`Cannot write ${value} in ${bytes} bytes`)
    }
    const start = this.#grow(bytes)
    this.#put(start, value, bytes)
    return this
  }

  #put(start: number, value: number, bytes: number): void {
    for (let index = start + bytes - 1, left = value; index >= start; index--) {
      this.#bytes[index] = left % 0x100
      left = Math.floor(left / 0x100)
    }
  }

  u8(value: number): this {
    return this.#uint(value, 1)
  }

  u16(value: number): this {
    return this.#uint(value, 2)
  }

  u32(value: number): this {
    return this.#uint(value, 4)
  }

  u64(value: number): this {
    return this.#uint(value, 8)
  }

  bytes(value: Uint8Array): this {
    const start = this.#grow(value.length)
    this.#bytes.set(value, start)
    return this
  }

  sized(value: Uint8Array): this {
    return this.u32(value.length).bytes(value)
  }

  /** The same of what `write` writes. */
  sizedPart(write: (writer: ByteWriter) => void): this {
    const start = this.#grow(LENGTH_BYTES)
    write(this)
    this.#put(start, this.#length - start - LENGTH_BYTES, LENGTH_BYTES)
    return this
  }

  text(value: string): this {
    const encoded = utf8(value)
    return this.u16(encoded.length).bytes(encoded)
  }

  bool(value: boolean): this {
    return this.u8(value ? 1 : 0)
  }

  list<Item>(items: readonly Item[], write: (writer: ByteWriter, item: Item) => void): this {
    this.u16(items.length)
    for (const item of items) write(this, item)
    return this
  }

  /** Nothing may be written after it. */
  done(): Uint8Array<ArrayBuffer> {
    return this.#length === this.#bytes.length ? this.#bytes : copyOf(this.#bytes, 0, this.#length)
  }
}

const LENGTH_BYTES = 4

const ENCODER = new TextEncoder()

export function utf8(text: string): Uint8Array<ArrayBuffer> {
  return ENCODER.encode(text)
}

export function concat(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(parts.reduce((total, part) => total + part.length, 0))
  let offset = 0
  for (const part of parts) {
    joined.set(part, offset)
    offset += part.length
  }
  return joined
}

/** For public bytes (ids, hashes). Secrets are compared by libsodium. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index])
}

const HEX_CODES = Array.from('0123456789abcdef', digit => digit.charCodeAt(0))
/** Bytes: a call takes only so many arguments. */
const HEX_AT_ONCE = 1024

export function toHex(bytes: Uint8Array): string {
  if (bytes.length <= HEX_AT_ONCE) return hexOf(bytes, 0, bytes.length)
  let text = ''
  for (let start = 0; start < bytes.length; start += HEX_AT_ONCE) {
    text += hexOf(bytes, start, Math.min(start + HEX_AT_ONCE, bytes.length))
  }
  return text
}

/** One flat string: a sum of digits is a tree of strings, whose making and flattening took longer. */
function hexOf(bytes: Uint8Array, start: number, end: number): string {
  const codes: number[] = []
  for (let index = start; index < end; index++) {
    const byte = bytes[index]!
    codes.push(HEX_CODES[byte >> 4]!, HEX_CODES[byte & 15]!)
  }
  return String.fromCharCode(...codes)
}

/** Lower-case hex of whole bytes; undefined for anything else. */
export function fromHex(text: string): Uint8Array<ArrayBuffer> | undefined {
  if (text.length % 2 !== 0) return undefined
  const bytes = new Uint8Array(text.length / 2)
  for (let index = 0; index < bytes.length; index++) {
    const [high, low] = [hexDigit(text.charCodeAt(2 * index)), hexDigit(text.charCodeAt(2 * index + 1))]
    if (high < 0 || low < 0) return undefined
    bytes[index] = 16 * high + low
  }
  return bytes
}

/** −1: none. Ids are turned into bytes all the time, and a regular expression took most of that time. */
function hexDigit(code: number): number {
  if (code >= 48 && code <= 57) return code - 48
  return code >= 97 && code <= 102 ? code - 87 : -1
}

/** Base64 with padding (RFC 4648 §4). */
export function toBase64(bytes: Uint8Array): string {
  let binary = ''
  for (const byte of bytes) binary += String.fromCharCode(byte)
  return btoa(binary)
}
