import type { JsonObject } from '#schema/record/fhir/json.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import type { ImportFailure } from '../../import-session.ts'
import { LeftOut } from '../apple/left-out.ts'
import type { Finding, FoundResource, Pause } from '../find-resources.ts'
import { readZip, type ZipEntry } from './read-zip.ts'
import { unpackEntry, type UnpackFailure, UnpackStop } from './unpack-entry.ts'

/** What one file may unpack to, and all of them. */
const MAX_FILE_BYTES = 100_000_000
const MAX_TOTAL_BYTES = 200_000_000
const MAX_FILES = 1000
/** No record is in them, whatever they hold; any other file is told by its content. */
const NO_RECORD =
  /\.(?:jpe?g|png|gif|hei[cf]|webp|bmp|tiff?|svg|ico|pdf|docx?|xlsx?|pptx?|html?|css|m?js|xslt?|woff2?|ttf|otf|mp[34]|mov|exe|dll)$/i
/** What only programs keep beside files. */
const BESIDE = /(?:^|\/)(?:__MACOSX\/|\.[^/]*$)|\/$/

export interface ZipHow {
  readonly pause: Pause
  /** 0–1. */
  readonly onProgress: (done: number) => void
  /** Reads one file of it. */
  readonly findIn: (bytes: Uint8Array, name: string, finding: Finding) => Promise<Result<void, ImportFailure>>
}

const notRecords = fail({ kind: 'not-supported', what: 'zip' } as const)

/**
 * Finds what the files of an archive hold, as portals pack clinical documents (IHE XDM) and programs a `.phr`. Each is read for itself: one
 * that can't be read costs only itself and is named. Throws only where `file` cannot be read.
 */
export async function findInZip(file: Blob, finding: Finding, how: ZipHow): Promise<Result<void, ImportFailure>> {
  const listed = await readZip(file)
  if (!listed.ok) return fail({ kind: 'archive', why: listed.failure === 'damaged' ? 'damaged' : 'bomb' })
  const entries = listed.value.filter(({ name }) => !BESIDE.test(name))
  if (isOffice(entries)) return notRecords
  const records = entries.filter(({ name }) => !NO_RECORD.test(name))
  if (records.length > MAX_FILES) return fail({ kind: 'archive', why: 'bomb' })
  const left = new LeftOut()
  for (const { name } of entries.filter(({ name }) => NO_RECORD.test(name))) left.count('file', baseName(name))
  const failures = await readEach(file, records, finding, { ...how, left })
  if (failures === 'cancelled') return fail({ kind: 'cancelled' })
  const [first] = failures
  if (finding.found.length > 0) {
    finding.left = left.all()
    return ok(undefined)
  }
  const isTelling = failures.length === 1 || failures.every(({ kind }) => kind === 'archive')
  return first !== undefined && isTelling && !isOther(first) ? fail(first) : notRecords
}

const isOther = (failure: ImportFailure) =>
  failure.kind === 'not-supported' && failure.what !== 'fhir-xml' && failure.what !== 'encoding'

const baseName = (name: string) => name.split(/[/\\]/).at(-1) ?? ''

/** Word processors and e-books pack theirs as ZIP, too. */
const isOffice = (entries: readonly ZipEntry[]) =>
  entries.some(({ name }) => name === '[Content_Types].xml' || name === 'mimetype')

async function readEach(
  file: Blob,
  records: readonly ZipEntry[],
  finding: Finding,
  how: ZipHow & { readonly left: LeftOut },
): Promise<readonly ImportFailure[] | 'cancelled'> {
  const failures: ImportFailure[] = []
  let room = MAX_TOTAL_BYTES
  for (const [index, entry] of records.entries()) {
    if (!(await how.pause(0))) return 'cancelled'
    const place = baseName(entry.name)
    room -= entry.bytes
    const bytes = room < 0 ? 'bomb' : await bytesOf(file, entry)
    const noted: (readonly [JsonObject, FoundResource])[] = []
    const note: Finding['note'] = (...each) => void noted.push(each)
    const own: Finding = { found: [], unusable: [], cards: [], pages: finding.pages, note }
    const read =
      typeof bytes === 'string' ? fail({ kind: 'archive', why: bytes } as const) : await how.findIn(bytes, place, own)
    how.onProgress((index + 1) / records.length)
    // How its columns are read is asked of one table only.
    if (read.ok && own.table !== undefined && records.length > 1) {
      how.left.count('file', place)
      continue
    }
    if (read.ok) {
      take(own, finding, place, noted)
      continue
    }
    if (read.failure.kind === 'cancelled') return 'cancelled'
    failures.push(read.failure)
    // What stands around the records, as a list of what is packed.
    if (read.failure.kind === 'not-supported') how.left.count('file', place)
    else finding.unusable.push({ reason: bytes === 'bomb' ? 'too-large' : 'not-understood', example: place })
  }
  return failures
}

function take(
  own: Finding,
  finding: Finding,
  file: string,
  noted: readonly (readonly [JsonObject, FoundResource])[],
): void {
  if (own.format !== undefined) finding.format = own.format
  if (own.table !== undefined) finding.table = own.table
  if (own.person !== undefined) finding.person ??= own.person
  const here = new Map(own.found.map(found => [found, { ...found, place: `${file}, ${found.place}` }]))
  finding.found.push(...here.values())
  for (const [resource, found] of noted) finding.note(resource, here.get(found) ?? found)
  finding.unusable.push(...own.unusable.map(({ reason, example }) => ({ reason, example: `${file}, ${example}` })))
  finding.cards.push(...own.cards)
}

async function bytesOf(file: Blob, entry: ZipEntry): Promise<Uint8Array | UnpackFailure> {
  try {
    const bytes = new Uint8Array(Math.min(entry.bytes, MAX_FILE_BYTES))
    let at = 0
    for await (const piece of unpackEntry(file, entry, { maxBytes: MAX_FILE_BYTES })) {
      bytes.set(piece, at)
      at += piece.length
    }
    return bytes
  } catch (error) {
    if (error instanceof UnpackStop) return error.why
    throw error
  }
}
