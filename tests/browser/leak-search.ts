import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { inflateRawSync } from 'node:zlib'

/** Something that must not be found, with the name to report. */
export interface Secret {
  readonly name: string
  readonly bytes: Buffer
}

interface Pattern {
  readonly name: string
  readonly bytes: Buffer
}

/** An Automerge document or change in clear: magic, checksum, type. Its text may be deflated, so it is a find by itself. */
const AUTOMERGE = Buffer.from([0x85, 0x6f, 0x4a, 0x83])

const UNPACKED_MOST = 8 << 20

/** Every form of a secret that is looked for byte by byte. */
function patternsOf({ name, bytes }: Secret): Pattern[] {
  const text = bytes.toString('utf8')
  const isText = Buffer.from(text).equals(bytes)
  const wide = isText ? Buffer.from(text, 'utf16le') : undefined
  return [
    { name, bytes },
    ...(wide === undefined ? [] : [{ name: `${name}, UTF-16`, bytes: wide }]),
    ...(wide === undefined ? [] : [{ name: `${name}, UTF-16 BE`, bytes: Buffer.from(wide).swap16() }]),
    ...[0, 1, 2].map(offset => ({ name: `${name}, base64 at ${offset}`, bytes: base64At(bytes, offset) })),
    ...[0, 1, 2].map(offset => ({ name: `${name}, base64url at ${offset}`, bytes: urlSafe(base64At(bytes, offset)) })),
    { name: `${name}, hex`, bytes: Buffer.from(bytes.toString('hex')) },
    { name: `${name}, HEX`, bytes: Buffer.from(bytes.toString('hex').toUpperCase()) },
  ]
}

/** What base64 makes of the bytes behind `offset` others, without the letters that depend on its neighbours. */
function base64At(bytes: Buffer, offset: number): Buffer {
  const from = (3 - offset) % 3
  const whole = bytes.subarray(from, from + Math.floor((bytes.length - from) / 3) * 3)
  return Buffer.from(whole.toString('base64'))
}

const urlSafe = (base64: Buffer) => Buffer.from(base64.toString('latin1').replaceAll('+', '-').replaceAll('/', '_'))

/** Looks for secrets in bytes, also in every deflated part of them. */
export class LeakSearch {
  readonly #patterns: readonly Pattern[]

  constructor(secrets: readonly Secret[]) {
    this.#patterns = secrets.flatMap(patternsOf)
  }

  /** The finds, each with where and what. */
  inBytes(where: string, bytes: Buffer): string[] {
    const finds = this.#plain(where, bytes)
    for (let at = bytes.indexOf(AUTOMERGE); at >= 0; at = bytes.indexOf(AUTOMERGE, at + 1)) {
      if ((bytes[at + 8] ?? 4) < 4) finds.push(`${where}: an Automerge document in clear`)
    }
    for (const part of unpacked(bytes)) finds.push(...this.#plain(`${where}, deflated`, part))
    return finds
  }

  async inFolder(folder: string): Promise<string[]> {
    const finds: string[] = []
    for (const name of await readdir(folder, { recursive: true })) {
      const path = join(folder, name)
      const found = await stat(path).catch(() => undefined)
      finds.push(...this.#plain(`the name of ${path}`, Buffer.from(name)))
      if (found?.isFile()) finds.push(...this.inBytes(path, await readFile(path)))
    }
    return finds
  }

  #plain(where: string, bytes: Buffer): string[] {
    return this.#patterns.filter(each => bytes.includes(each.bytes)).map(each => `${where}: ${each.name}`)
  }
}

/** What inflates wherever a gzip or zlib header stands, and the whole as a bare deflate stream. */
function* unpacked(bytes: Buffer): Generator<Buffer> {
  const tries = [() => inflateRawSync(bytes, LENIENT)]
  for (let at = bytes.indexOf(0x1f); at >= 0; at = bytes.indexOf(0x1f, at + 1)) {
    if (bytes[at + 1] === 0x8b && bytes[at + 2] === 8)
      tries.push(() => inflateRawSync(bytes.subarray(gzipBody(bytes, at)), LENIENT))
  }
  for (let at = bytes.indexOf(0x78); at >= 0; at = bytes.indexOf(0x78, at + 1)) {
    const isHeader = (0x7800 + (bytes[at + 1] ?? 0)) % 31 === 0
    if (isHeader) tries.push(() => inflateRawSync(bytes.subarray(at + 2), LENIENT))
  }
  for (const inflate of tries) {
    try {
      const part = inflate()
      if (part.length > 16) yield part
    } catch {
      // Not a stream after all.
    }
  }
}

/** Behind the gzip header at `at`, and the file name it may hold. */
function gzipBody(bytes: Buffer, at: number): number {
  const hasName = ((bytes[at + 3] ?? 0) & 8) !== 0
  return hasName ? bytes.indexOf(0, at + 10) + 1 : at + 10
}

/** Gives what could be inflated before a stream broke off. */
const LENIENT = { finishFlush: 2, maxOutputLength: UNPACKED_MOST } as const
