import type { FileType } from '#schema/record/entry.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import { readResource } from '#schema/record/fhir/entry-parts.ts'
import { MAX_PAPER_FILES, MAX_PAPER_MB, type PaperFailure, type PaperFile } from '../../paper-session.ts'
import { shownFileName } from '../../shown-name.ts'
import type { ImportedFile } from '../imported-resource.ts'
import { contentKeyOf, sourceKeyOf } from '../source-key.ts'
import { cleanPaper } from './clean-paper.ts'
import { type AboutPaper, makePaper, type Page } from './make-paper.ts'
import { fileFormOf, START_BYTES } from './file-form.ts'
import { paperTypeOf } from './paper-type.ts'

type Bytes = Uint8Array<ArrayBuffer>

export interface PaperOptions extends AboutPaper {
  readonly keepAsIs: boolean
  readonly anyKind: boolean
  readonly signal: AbortSignal
  /** 0–1. */
  readonly onProgress: (done: number) => void
}

/** Reads files as the pages of one document. Total: every failure is an answer, and then nothing is kept. Needs `readyCrypto`. */
export async function readPaper(
  files: readonly PaperFile[],
  options: PaperOptions,
): Promise<Result<ImportedFile, PaperFailure>> {
  const total = files.reduce((sum, { file }) => sum + file.size, 0)
  if (files.length > MAX_PAPER_FILES) return fail({ kind: 'paper-too-many', max: MAX_PAPER_FILES })
  if (total > MAX_PAPER_MB * 1_000_000) return fail({ kind: 'paper-too-large', maxMb: MAX_PAPER_MB })
  const pages: Page[] = []
  let read = 0
  for (const each of files) {
    const page = await readPage(each, options, bytes => options.onProgress((read + bytes) / Math.max(1, total)))
    if (!page.ok) return page
    read += each.file.size
    pages.push(page.value)
  }
  return ok(await importedOf(pages, options))
}

async function readPage(
  { file, name, said }: PaperFile,
  { keepAsIs, anyKind, signal }: PaperOptions,
  onBytes: (count: number) => void,
): Promise<Result<Page, PaperFailure>> {
  const bytes = await bytesOf(file, signal, onBytes)
  if (signal.aborted) return fail({ kind: 'cancelled' })
  if (bytes === undefined) return fail({ kind: 'paper-gone', name })
  if (bytes.length === 0) return fail({ kind: 'paper-empty', name })
  const type = paperTypeOf(bytes)
  if (type === undefined && anyKind) return ok({ name, type: mimeTypeOf(bytes, said), bytes })
  if (type === undefined) return fail({ kind: 'paper-type', name })
  const kept = keepAsIs ? bytes : cleanPaper(bytes, type)
  return kept === undefined ? fail({ kind: 'paper-not-clean', name }) : ok({ name, type, bytes: kept })
}

/** Undefined when the file can't be read to its end: it was moved, or the drive is gone. */
async function bytesOf(file: Blob, signal: AbortSignal, onBytes: (count: number) => void): Promise<Bytes | undefined> {
  const bytes = new Uint8Array(file.size)
  const reader = file.stream().getReader()
  let at = 0
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      if (signal.aborted || at + next.value.length > bytes.length) break
      bytes.set(next.value, at)
      at += next.value.length
      onBytes(at)
    }
  } catch {
    return undefined
  } finally {
    await reader.cancel().catch(() => undefined)
  }
  return at === bytes.length ? bytes : undefined
}

const MIME = /^[\w.+-]+\/[\w.+-]+(?:; ?[\w-]+=[\w."-]+)*$/

/** What its source calls it, unless its content says that it is something else. */
function mimeTypeOf(bytes: Bytes, said = ''): string {
  const { type } = fileFormOf(bytes.subarray(0, START_BYTES), said)
  const called = said.trim().replace(/\s*;\s*/g, '; ')
  const isMime = MIME.test(called)
  if (type === undefined) return isMime ? called : 'application/octet-stream'
  return isMime && CALLED[type]?.test(called) ? called : type
}

/** What programs call such files. */
const CALLED: Partial<Readonly<Record<FileType, RegExp>>> = {
  'text/html': /^(?:text\/html|application\/xhtml)/i,
  'text/rtf': /rtf/i,
  'text/plain': /^text\/(?!html|xml|rtf)/i,
  'text/xml': /xml/i,
  'application/json': /json/i,
}

async function importedOf(pages: readonly Page[], said: AboutPaper): Promise<ImportedFile> {
  const resource = await makePaper(pages, said)
  const text = JSON.stringify(resource)
  const contentKey = contentKeyOf(text)
  const { parts, author } = readResource(resource)
  const entry = {
    sourceKey: sourceKeyOf(resource, { fullUrl: undefined, origin: '', contentKey }),
    contentKey,
    text,
    fullUrl: `urn:uuid:${String(resource['id'])}`,
    parts,
    ...(author === undefined ? {} : { author }),
    remarks: [],
  }
  const fileName = shownFileName(pages[0]?.name ?? '')
  return { fileName, format: 'fhir', resources: [entry], unusable: [], cards: [] }
}
