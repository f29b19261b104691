import { fail, ok, type Result } from '#schema/result.ts'
import type { ImportFailure } from '../import-session.ts'
import { decoderOf, ENCODING_BYTES, encodingOf } from './text-encoding.ts'

/** Files larger than this, packed or unpacked, are refused: a worker on a phone cannot hold them. */
export const MAX_FILE_MB = 200
/** What other formats are told by. */
const HEAD_BYTES = 192
const PEEKED_BYTES = Math.max(HEAD_BYTES, ENCODING_BYTES)
const MAX_FILE_BYTES = MAX_FILE_MB * 1_000_000

export interface ReadProgress {
  readonly signal?: AbortSignal
  /** Size of the file, when known: lets a file that is too large be refused before it is read. */
  readonly totalBytes?: number
  /** 0–1. */
  readonly onProgress?: (done: number) => void
}

/** Expected failures inside the chain of streams; never crosses this module's edge. */
class ReadStop extends Error {
  readonly failure: ImportFailure
  constructor(failure: ImportFailure) {
    super(failure.kind)
    this.failure = failure
  }
}

/** `isGuessed`: it was not Unicode, and read as Windows 1252 (which has all of Latin 1). */
export interface FileText {
  readonly text: string
  readonly isGuessed: boolean
}

/**
 * A file's text: unpacked when it is gzip (told by its first bytes, not its name), decoded from UTF-8, UTF-16 or what its XML declaration
 * says, or guessed where it may be an old table. Never holds more than `MAX_FILE_MB` of what a gzip bomb unpacks to. `gone` when the file could not be read to
 * its end.
 */
export async function fileText(
  source: Uint8Array | AsyncIterable<Uint8Array>,
  progress: ReadProgress = {},
): Promise<Result<FileText, ImportFailure>> {
  try {
    if ((progress.totalBytes ?? 0) > MAX_FILE_BYTES) throw tooLarge()
    const [head, chunks] = await peekBytes(counted(chunksOf(source), progress))
    const isGzip = head[0] === 0x1f && head[1] === 0x8b
    return ok(await decodeText(limited(isGzip ? gunzip(chunks) : chunks)))
  } catch (error) {
    if (error instanceof ReadStop) return fail(error.failure)
    throw error
  }
}

const tooLarge = () => new ReadStop({ kind: 'too-large', maxMb: MAX_FILE_MB })

async function* chunksOf(source: Uint8Array | AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  if (source instanceof ReadableStream) return yield* streamed(source)
  if (!(source instanceof Uint8Array)) return yield* source
  // In pieces, so that cancelling and progress work for bytes at hand as well.
  const step = 1 << 20
  for (let start = 0; start < source.length; start += step) yield source.subarray(start, start + step)
}

/** Safari's streams cannot be iterated. */
async function* streamed(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader()
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value
  } finally {
    await reader.cancel().catch(() => undefined)
  }
}

async function* counted(chunks: AsyncIterable<Uint8Array>, progress: ReadProgress): AsyncGenerator<Uint8Array> {
  let bytes = 0
  try {
    for await (const chunk of chunks) {
      if (progress.signal?.aborted) throw new ReadStop({ kind: 'cancelled' })
      bytes += chunk.length
      if (progress.totalBytes) progress.onProgress?.(Math.min(1, bytes / progress.totalBytes))
      yield chunk
    }
  } catch (error) {
    throw error instanceof ReadStop ? error : new ReadStop({ kind: 'gone' })
  }
}

async function* limited(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let bytes = 0
  for await (const chunk of chunks) {
    bytes += chunk.length
    if (bytes > MAX_FILE_BYTES) throw tooLarge()
    yield chunk
  }
}

/** The first bytes, and all chunks as if none had been taken. */
async function peekBytes(chunks: AsyncGenerator<Uint8Array>): Promise<[Uint8Array, AsyncGenerator<Uint8Array>]> {
  const taken: Uint8Array[] = []
  let head = new Uint8Array()
  while (head.length < PEEKED_BYTES) {
    const next = await chunks.next()
    if (next.done) break
    taken.push(next.value)
    head = new Uint8Array([...head, ...next.value.subarray(0, PEEKED_BYTES)])
  }
  async function* all() {
    yield* taken
    yield* chunks
  }
  return [head, all()]
}

async function* gunzip(chunks: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  const { readable, writable } = new DecompressionStream('gzip')
  const reader = readable.getReader()
  const fed = feed(chunks, writable.getWriter())
  try {
    for (;;) {
      const next = await reader.read().catch(async () => {
        throw (await fed) ?? new ReadStop({ kind: 'truncated' })
      })
      if (next.done) return
      yield next.value
    }
  } finally {
    await reader.cancel().catch(() => undefined)
    await fed
  }
}

/** Writes all chunks; answers why the chunks ended early, if they did. The reader sees what was wrong with the bytes. */
async function feed(
  chunks: AsyncGenerator<Uint8Array>,
  writer: WritableStreamDefaultWriter<BufferSource>,
): Promise<ReadStop | undefined> {
  try {
    for await (const chunk of chunks) await writer.write(new Uint8Array(chunk))
    await writer.close()
    return undefined
  } catch (error) {
    await writer.abort().catch(() => undefined)
    return error instanceof ReadStop ? error : undefined
  }
}

/** Whether a file that begins so is written for people: a letter, a table. All that is read begins with a bracket, a quote or a tag. */
export function isProse(start: string): boolean {
  return /^[^[{"<]/.test(start.replace(/^\uFEFF?\s*/, '')) && !/(?!\s)\p{Cc}/u.test(start)
}

async function decodeText(source: AsyncGenerator<Uint8Array>): Promise<FileText> {
  const [start, chunks] = await peekBytes(source)
  const head = start.subarray(0, HEAD_BYTES)
  refuseOtherFormats(head)
  const encoding = encodingOf(start)
  let decoder = decoderOf(encoding, true) ?? unknownLetters()
  let isGuessed = false
  const parts: string[] = []
  /** What is decoded last may end amid a letter. */
  let tail = new Uint8Array()
  const decode = (chunk: Uint8Array, isLast: boolean) => {
    try {
      parts.push(decoder.decode(chunk, { stream: !isLast }))
      tail = joined(tail, chunk.subarray(-3)).slice(-3)
    } catch {
      if (encoding !== 'utf-8' || !mayBeTable(head)) throw notText(head)
      const before = joined(new TextEncoder().encode(parts.join('')), openBytes(tail))
      decoder = new TextDecoder('windows-1252')
      isGuessed = true
      parts.splice(0, parts.length, decoder.decode(before), decoder.decode(chunk, { stream: !isLast }))
    }
  }
  for await (const chunk of chunks) decode(chunk, false)
  decode(new Uint8Array(), true)
  return { text: parts.join(''), isGuessed }
}

function joined(start: Uint8Array, end: Uint8Array): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(start.length + end.length)
  whole.set(start)
  whole.set(end, start.length)
  return whole
}

function unknownLetters(): never {
  throw new ReadStop({ kind: 'not-supported', what: 'encoding' })
}

/** A file that begins as a record or as prose has letters, if not those it says; any other is none of either. */
function notText(head: Uint8Array): ReadStop {
  const start = String.fromCharCode(...head)
  if (isProse(start)) return new ReadStop({ kind: 'not-supported', what: 'text' })
  return new ReadStop(
    /^\s*[[{<]\s*["\w?!{[]/.test(start) ? { kind: 'not-supported', what: 'encoding' } : { kind: 'not-json' },
  )
}

/** Neither JSON nor XML, and no bytes that no table has. */
function mayBeTable(head: Uint8Array): boolean {
  return /^[^[{<]/.test(String.fromCharCode(...head)) && !head.some(byte => byte < 9 || (byte > 13 && byte < 32))
}

/** The bytes at the end that begin a letter of UTF-8 without ending it: the decoder kept them back. */
function openBytes(tail: Uint8Array): Uint8Array {
  const at = tail.findLastIndex(byte => byte >= 0xc0)
  const need = at === -1 ? 0 : (tail[at] ?? 0) >= 0xf0 ? 4 : (tail[at] ?? 0) >= 0xe0 ? 3 : 2
  return at !== -1 && tail.length - at < need ? tail.subarray(at) : new Uint8Array()
}

/** Formats a person may well choose by mistake, told by their first bytes. */
function refuseOtherFormats(head: Uint8Array): void {
  const start = String.fromCharCode(...head)
  const found = [
    ['pdf', /^%PDF/],
    ['zip', /^PK/],
    // https://age-encryption.org/v1: our backups are of this form, and nothing else in it could be opened here.
    ['backup', /^(?:age-encryption\.org\/v1|-----BEGIN AGE ENCRYPTED FILE-----)/],
    // HL7 v2, chapter 2.10: what laboratories' and hospitals' systems send each other.
    ['hl7-v2', /^(?:\xef\xbb\xbf)?\s*(?:MSH|BHS|FHS)\|/],
    // DICOM PS3.10, 7.1: scanners' pictures, behind 128 bytes that are anybody's.
    ['dicom', /^[^]{128}DICM/],
    // X12, EDIFACT, the German xDT: insurers, laboratories and practices to one another.
    ['message', /^(?:\xef\xbb\xbf)?\s*(?:ISA[*|:~^]|UNA[^]{4}.?|UNB\+|\d{3}8000\d{4})/],
    // EU Digital COVID Certificate, as its QR code holds it.
    ['certificate', /^(?:\xef\xbb\xbf)?\s*HC1:/],
    ['calendar', /^(?:\xef\xbb\xbf)?\s*BEGIN:VCALENDAR/i],
    ['genome', /^(?:##fileformat=VCF|#[^\n]*(?:23andMe|AncestryDNA)|# ?rsid\s)/i],
    // Garmin's FIT.
    ['app-data', /^[^]{8}\.FIT/],
    ['image', /^(?:\xff\xd8\xff|\x89PNG|GIF8|RIFF|BM|II\*\0|MM\0\*|[^]{4}ftyp)/],
  ] as const
  const what = found.find(([, form]) => form.test(start))?.[0]
  if (what !== undefined) throw new ReadStop({ kind: 'not-supported', what })
}
