import { fail, ok, type Result } from '#schema/result.ts'
import type { ImportFailure } from '../../import-session.ts'
import { versionOf } from '../fhir-version.ts'
import type { Finding, Pause } from '../find-resources.ts'
import { decoderOf, encodingOf } from '../text-encoding.ts'
import { readZip, type ZipEntry } from '../zip/read-zip.ts'
import { unpackEntry, UnpackStop } from '../zip/unpack-entry.ts'
import { HealthData, type Standing } from './health-data.ts'
import { entriesOf, seriesIn } from './health-entries.ts'
import { LeftOut } from './left-out.ts'
import { birthDateOf } from './person.ts'
import { TagScanner } from './scan-health-data.ts'

/** The type declaration before the first element has about 12 KB. */
const HEAD_BYTES = 1 << 16
const MAX_XML_BYTES = 16_000_000_000
/** Clinical records, each and all together. */
const MAX_JSON_BYTES = 50_000_000
const MAX_JSON_TOTAL = 200_000_000
/** Files that may be the export itself: looked into, the largest first. */
const MAX_CANDIDATES = 20

export interface AppleHow {
  readonly pause: Pause
  /** 0–1. */
  readonly onProgress: (done: number) => void
  readonly standing: Standing
  /** Reads the text of one clinical record. */
  readonly findText: (text: string, name: string, finding: Finding) => Promise<Result<void, ImportFailure>>
}

/** Whether a file is read here: a ZIP archive, or XML that is an export of Apple Health, by its first bytes. */
export function isAppleFile(head: Uint8Array): boolean {
  return isZip(head) || isHealthData(head)
}

export const APPLE_HEAD_BYTES = HEAD_BYTES

const isZip = (head: Uint8Array) => head[0] === 0x50 && head[1] === 0x4b && (head[2] === 3 || head[2] === 5)
const isHealthData = (head: Uint8Array) => /<(?:!DOCTYPE\s+)?HealthData[\s>[/]/.test(textOfHead(head))
const isClinicalDocument = (head: Uint8Array) => /<(?:\w+:)?ClinicalDocument[\s>]/.test(textOfHead(head))
const textOfHead = (head: Uint8Array) => (decoderOf(encodingOf(head), false) ?? new TextDecoder()).decode(head)

/**
 * Finds what an Apple Health export holds (decision 27), as it comes in a ZIP archive or as its XML alone. Reads the file by slices and
 * holds neither its packed nor its unpacked form. Throws only where `file` cannot be read.
 */
export async function findInApple(file: Blob, finding: Finding, how: AppleHow): Promise<Result<void, ImportFailure>> {
  try {
    const head = new Uint8Array(await file.slice(0, HEAD_BYTES).arrayBuffer())
    return isZip(head) ? await findInArchive(file, finding, how) : await findInFile(file, finding, how)
  } catch (error) {
    if (error instanceof UnpackStop) return fail({ kind: 'archive', why: error.why })
    throw error
  }
}

async function findInFile(file: Blob, finding: Finding, how: AppleHow): Promise<Result<void, ImportFailure>> {
  const left = new LeftOut()
  const read = await readHealthData(piecesOf(file), left, how, bytes => how.onProgress(bytes / file.size))
  if (!read.ok) return read
  // In an archive each is a file of its own, and counted there.
  if (read.value.routes > 0) left.count('route', undefined, read.value.routes)
  return emit(read.value, left, finding, how.pause)
}

async function* piecesOf(file: Blob): AsyncGenerator<Uint8Array> {
  const step = 1 << 20
  for (let at = 0; at < file.size; at += step) yield new Uint8Array(await file.slice(at, at + step).arrayBuffer())
}

async function findInArchive(file: Blob, finding: Finding, how: AppleHow): Promise<Result<void, ImportFailure>> {
  const listed = await readZip(file)
  if (!listed.ok) return fail({ kind: 'archive', why: listed.failure === 'damaged' ? 'damaged' : 'bomb' })
  const entries = listed.value.filter(({ name }) => !name.endsWith('/'))
  const left = new LeftOut()
  const main = await findMain(file, entries, left)
  if (main === undefined) return fail({ kind: 'not-supported', what: 'zip' })
  const records = entries.filter(({ name }) => /\.json$/i.test(name))
  const total = [main, ...records].reduce((sum, { packedBytes }) => sum + packedBytes, 1)
  let done = 0
  const onPacked = (bytes: number) => how.onProgress((done += bytes) / total)
  const pieces = unpackEntry(file, main, { maxBytes: MAX_XML_BYTES, onPacked })
  const read = await readHealthData(pieces, left, how)
  if (!read.ok) return read
  const isGoingOn = await findInRecords(file, records, finding, { ...how, onPacked })
  return isGoingOn ? emit(read.value, left, finding, how.pause) : fail({ kind: 'cancelled' })
}

/** The XML that is the export itself, whatever the phone's language calls it; counts the files that are not read. */
async function findMain(file: Blob, entries: readonly ZipEntry[], left: LeftOut): Promise<ZipEntry | undefined> {
  let main: ZipEntry | undefined
  const sheets = entries.filter(({ name }) => /\.xml$/i.test(name)).sort((a, b) => b.bytes - a.bytes)
  for (const entry of sheets.slice(0, MAX_CANDIDATES)) {
    const head = await headOf(file, entry)
    if (main === undefined && isHealthData(head)) main = entry
    else left.count(isClinicalDocument(head) ? 'copy' : 'file', baseName(entry.name))
  }
  for (const { name } of [...sheets.slice(MAX_CANDIDATES), ...entries]) {
    if (/\.gpx$/i.test(name)) left.count('route')
    else if (/\.csv$/i.test(name)) left.count('trace')
    else if (!/\.(?:xml|json)$/i.test(name)) left.count('file', baseName(name))
  }
  return main
}

const baseName = (name: string) => name.split(/[/\\]/).at(-1) ?? ''

async function headOf(file: Blob, entry: ZipEntry): Promise<Uint8Array> {
  const head = new Uint8Array(HEAD_BYTES)
  let length = 0
  for await (const piece of unpackEntry(file, entry, { maxBytes: MAX_XML_BYTES })) {
    const part = piece.subarray(0, HEAD_BYTES - length)
    head.set(part, length)
    length += part.length
    if (length === HEAD_BYTES) break
  }
  return head.subarray(0, length)
}

async function readHealthData(
  pieces: AsyncIterable<Uint8Array>,
  left: LeftOut,
  { pause, standing }: AppleHow,
  onBytes: (bytes: number) => void = () => undefined,
): Promise<Result<HealthData, ImportFailure>> {
  const data = new HealthData(left, standing)
  const scanner = new TagScanner(data)
  let decoder: TextDecoder | undefined
  let bytes = 0
  for await (const piece of pieces) {
    bytes += piece.length
    // One odd letter in a device's name is no reason to refuse gigabytes.
    decoder ??= decoderOf(encodingOf(piece), false)
    if (decoder === undefined) return fail({ kind: 'not-supported', what: 'encoding' })
    const step = scanner.write(decoder.decode(piece, { stream: true }))
    if (!step.ok) return step
    if (data.root !== '' && data.root !== 'HealthData') return fail({ kind: 'not-supported', what: 'xml' })
    if (data.isTooMuch) return fail({ kind: 'archive', why: 'bomb' })
    onBytes(bytes)
    if (!(await pause(bytes))) return fail({ kind: 'cancelled' })
  }
  const end = scanner.end()
  if (!end.ok) return end
  data.checkHeld()
  return data.isTooMuch ? fail({ kind: 'archive', why: 'bomb' }) : ok(data)
}

/** Clinical records, each a FHIR resource for itself: one that can't be read costs only itself. False when cancelled. */
async function findInRecords(
  file: Blob,
  records: readonly ZipEntry[],
  finding: Finding,
  how: AppleHow & { readonly onPacked: (bytes: number) => void },
): Promise<boolean> {
  let room = MAX_JSON_TOTAL
  for (const entry of records) {
    if (!(await how.pause(0))) return false
    const place = baseName(entry.name)
    const refuse = (reason: Finding['unusable'][number]['reason']) => finding.unusable.push({ reason, example: place })
    room -= entry.bytes
    if (entry.bytes > MAX_JSON_BYTES || room < 0) {
      refuse('too-large')
      continue
    }
    const text = await textOf(file, entry, how.onPacked)
    const own: Finding = { ...finding, found: [], unusable: [], cards: [], note: () => undefined }
    const read = text === undefined ? undefined : await how.findText(text, place, own)
    if (read?.ok === false && read.failure.kind === 'cancelled') return false
    if (read?.ok !== true) refuse('not-a-resource')
    takeRecords(own, finding, place)
  }
  return true
}

/** Apple also hands out FHIR DSTU2, which would be misread. */
function takeRecords(own: Finding, finding: Finding, place: string): void {
  finding.unusable.push(...own.unusable.map(({ reason }) => ({ reason, example: place })))
  for (const found of own.found) {
    const resource = JSON.parse(found.text)
    const version = versionOf(resource)
    if (version !== undefined && version !== 'R4') {
      finding.unusable.push({ reason: 'other-version', example: place })
      continue
    }
    finding.found.push({ ...found, place })
    finding.note(resource, found)
  }
}

async function textOf(file: Blob, entry: ZipEntry, onPacked: (bytes: number) => void): Promise<string | undefined> {
  const decoder = new TextDecoder()
  let text = ''
  try {
    for await (const piece of unpackEntry(file, entry, { maxBytes: MAX_JSON_BYTES, onPacked })) {
      text += decoder.decode(piece, { stream: true })
    }
    return text + decoder.decode()
  } catch (error) {
    if (error instanceof UnpackStop) return undefined
    throw error
  }
}

async function emit(
  data: HealthData,
  left: LeftOut,
  finding: Finding,
  pause: Pause,
): Promise<Result<void, ImportFailure>> {
  finding.format = 'apple-health'
  const birthDate = birthDateOf(data.me)
  if (birthDate !== undefined) finding.person = { name: '', birthDate }
  for (const found of entriesOf(data, left)) {
    finding.found.push(found)
    if (!(await pause(0))) return fail({ kind: 'cancelled' })
  }
  finding.series = seriesIn(data)
  finding.left = left.all()
  return ok(undefined)
}
