import { instant } from '#schema/instant.ts'
import { isObject, type JsonObject, objectsOf } from '#schema/record/fhir/json.ts'
import { type Resolve } from '#schema/record/fhir/reading.ts'
import { type ReadResource, readResource } from '#schema/record/fhir/entry-parts.ts'
import { parseWhen } from '#schema/record/when.ts'
import type { EntryParts } from '#schema/record/entry.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import { makeBreath } from '../breath.ts'
import { isUcumUnit } from '../record/units.ts'
import type { ImportFailure, RemarkReason } from '../import-session.ts'
import { BundlePages } from './bundle-pages.ts'
import type { CardContext } from './card/check-card.ts'
import { cardTextOf, findInCards } from './card/find-cards.ts'
import { versionOf, wrongVersion } from './fhir-version.ts'
import { fileText, isProse, type ReadProgress } from './file-text.ts'
import { otherJson } from './other-json.ts'
import { findResources, type Finding, type FoundResource, type Pause } from './find-resources.ts'
import type { ImportedFile, ImportedResource } from './imported-resource.ts'
import type { Standing } from './apple/health-data.ts'
import type { TableContext } from './csv/find-table.ts'
import { tableIn } from './csv/table.ts'
import { findInXml } from './xml/find-xml.ts'
import { setMessagesAside, setMessagesBesideAside } from './clinic/server-messages.ts'
import type { LinkFile } from './link/follow-link.ts'
import { linkIn } from './link/read-link.ts'
import { hasActiveNarrative } from './narrative.ts'
import { Overview } from './overview.ts'
import type { Told } from './people.ts'
import { ofBoth } from './whose.ts'
import { withoutOwnNotes } from './annotations-out.ts'
import { contentKeyOf, originOf, sourceKeyOf } from './source-key.ts'
import { decoderOf, encodingOf } from './text-encoding.ts'

export interface ReadOptions extends ReadProgress {
  /** Left out: no keys, and this machine's clock. */
  readonly cards?: CardContext
  /** Left out: nothing is known of earlier tables, and times without a zone are this machine's. */
  readonly tables?: TableContext
  /** Of pages that were fetched: what they name beside them was, too, or is told by itself. */
  readonly followsPages?: boolean
  /** Of several files that are read one after the other: what each says of the pages beside it. */
  readonly pages?: BundlePages
  /** Left out: the record has nothing of an earlier export of Apple Health. */
  readonly standing?: Standing
}

const noTables = (): TableContext => ({
  zone: () => new Intl.DateTimeFormat().resolvedOptions().timeZone,
  remembered: () => undefined,
})

/**
 * Reads a file a person chose: FHIR R4 as JSON (Bundle, resource, list, NDJSON), clinical documents, health cards, tables; plain or gzip.
 * Total: every failure is an answer, whatever the file holds. Gives way to other work every few milliseconds and stops soon after
 * `signal` aborts. Needs `readyCrypto` (content is told apart by its hash).
 */
export async function readImportFile(
  source: Uint8Array | AsyncIterable<Uint8Array>,
  fileName: string,
  options: ReadOptions = {},
): Promise<Result<ImportedFile, ImportFailure>> {
  const reading = new Reading(fileName, options)
  const done = await reading.add(source)
  return done.ok ? reading.finish(nothingFound) : done
}

/**
 * As `readImportFile`, of a file at hand, which may then be of gigabytes: an export of Apple Health is read by slices, and an archive of
 * records file by file. `gone` where it can't be read.
 */
export async function readChosenFile(
  file: Blob,
  fileName: string,
  options: ReadOptions = {},
): Promise<Result<ImportedFile, ImportFailure>> {
  try {
    if (await isApple(file)) {
      const reading = new Reading(fileName, options)
      const apple = await reading.addApple(file)
      const isOther = !apple.ok && apple.failure.kind === 'not-supported' && apple.failure.what === 'zip'
      const done = isOther ? await reading.addPacked(file) : apple
      return done.ok ? await reading.finish(nothingFound) : done
    }
  } catch (error) {
    if (error instanceof DOMException) return fail({ kind: 'gone' })
    throw error
  }
  return readImportFile(chunksOf(file), fileName, { ...options, totalBytes: file.size })
}

async function isApple(file: Blob): Promise<boolean> {
  const start = new Uint8Array(await file.slice(0, 1024).arrayBuffer())
  // The reader loads only for what may be one: an archive, or XML.
  if (!(start[0] === 0x50 && start[1] === 0x4b) && !isXml(startText(start))) return false
  const { APPLE_HEAD_BYTES, isAppleFile } = await import('./apple/find-apple.ts')
  return isAppleFile(new Uint8Array(await file.slice(0, APPLE_HEAD_BYTES).arrayBuffer()))
}

const startText = (start: Uint8Array) => (decoderOf(encodingOf(start), false) ?? new TextDecoder()).decode(start)

/** Not every browser's streams can be iterated. */
async function* chunksOf(file: Blob): AsyncGenerator<Uint8Array> {
  const reader = file.stream().getReader()
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value
  } finally {
    await reader.cancel().catch(() => undefined)
  }
}

/** As `readImportFile`, of the files behind one link: one that can't be read costs only itself. */
export async function readImportFiles(
  files: readonly LinkFile[],
  fileName: string,
  options: ReadOptions = {},
): Promise<Result<ImportedFile, ImportFailure>> {
  const reading = new Reading(fileName, options)
  let failure: ImportFailure = { kind: 'empty' }
  for (const file of files) {
    const unusable = reading.finding.unusable
    if ('reason' in file) unusable.push({ reason: file.reason, example: file.place })
    else {
      const done = await reading.add(file.bytes)
      if (done.ok) continue
      if (done.failure.kind === 'cancelled') return done
      failure = done.failure
      if (files.length > 1) unusable.push({ reason: 'not-understood', example: file.place })
    }
  }
  setMessagesAside(reading.finding)
  return reading.finish(() => failure)
}

/** What one file, or several that belong together, come to. */
class Reading {
  readonly finding: Finding
  readonly #overview = new Overview()
  readonly #fileName: string
  readonly #options: ReadOptions
  readonly #onProgress: (done: number) => void
  #text = ''

  constructor(fileName: string, options: ReadOptions) {
    this.#fileName = fileName
    this.#options = options
    this.#onProgress = growing(options.onProgress)
    const note = (resource: JsonObject, found: FoundResource) => this.#overview.add(resource, found)
    this.finding = { found: [], unusable: [], cards: [], pages: options.pages ?? new BundlePages(), note }
  }

  /** An export of Apple Health: of gigabytes, so it is never one text. */
  async addApple(file: Blob): Promise<Result<void, ImportFailure>> {
    const { signal, cards = { issuers: [], now: instant(Date.now()) }, tables = noTables() } = this.#options
    const { standing = () => [] } = this.#options
    const { findInApple } = await import('./apple/find-apple.ts')
    const pause = pauseFor(signal, () => undefined)
    return findInApple(file, this.finding, {
      pause,
      standing,
      onProgress: done => this.#onProgress(done * 0.6),
      findText: (text, name, finding) => find(text, name, finding, { cards, tables, isGuessed: false, pause }),
    })
  }

  /** An archive of files that are each read for themselves. */
  async addPacked(file: Blob): Promise<Result<void, ImportFailure>> {
    const { signal, cards = { issuers: [], now: instant(Date.now()) }, tables = noTables() } = this.#options
    const { findInZip } = await import('./zip/find-in-zip.ts')
    const pause = pauseFor(signal, () => undefined)
    return findInZip(file, this.finding, {
      pause,
      onProgress: done => this.#onProgress(done * 0.6),
      findIn: async (bytes, name, finding) => {
        const read = await fileText(bytes, signal === undefined ? {} : { signal })
        if (!read.ok) return read
        return find(read.value.text, name, finding, { cards, tables, isGuessed: read.value.isGuessed, pause })
      },
    })
  }

  async add(source: Uint8Array | AsyncIterable<Uint8Array>): Promise<Result<void, ImportFailure>> {
    const { signal, cards = { issuers: [], now: instant(Date.now()) }, tables = noTables() } = this.#options
    const file = await fileText(source, { ...this.#options, onProgress: done => this.#onProgress(done * 0.2) })
    if (!file.ok) return file
    const { text, isGuessed } = file.value
    this.#text = text
    const length = Math.max(1, text.length)
    const pause = pauseFor(signal, position => this.#onProgress(0.2 + (0.4 * position) / length))
    return find(text, this.#fileName, this.finding, { cards, tables, isGuessed, pause })
  }

  /** `nothing`: why, where nothing was found. */
  async finish(
    nothing: (text: string, finding: Finding) => ImportFailure,
  ): Promise<Result<ImportedFile, ImportFailure>> {
    const { finding } = this
    setMessagesBesideAside(finding)
    // A table of which no row is of any use is looked over all the same: it says of each row why.
    const isWhole = finding.table !== undefined && finding.unusable.length > 0
    if (finding.found.length === 0 && !isWhole) return fail(nothing(this.#text, finding))
    const version = wrongVersion(this.#overview.versions)
    if (version !== undefined) return fail({ kind: 'wrong-version', version })
    const told = await this.#whose()
    if (told === 'cancelled') return fail({ kind: 'cancelled' })
    const overview = { references: this.#overview.references, patients: this.#overview.patients, whose: told?.whose }
    const resources = await readAll(finding, overview, this.#options.signal, this.#onProgress)
    if (resources === undefined) return fail({ kind: 'cancelled' })
    const person = this.#overview.person() ?? finding.person
    const { format = 'fhir', unusable, cards, series, left, table } = finding
    return ok({
      fileName: this.#fileName,
      format,
      resources,
      unusable,
      cards,
      ...(finding.pages.isPartial && this.#options.followsPages !== true ? { isPartial: true as const } : {}),
      ...(series === undefined ? {} : { series }),
      ...(left === undefined ? {} : { left }),
      ...(person === undefined ? {} : { person }),
      ...(told === undefined ? {} : { people: told.people }),
      ...(table === undefined ? {} : { table }),
    })
  }

  /** Undefined where nobody has to be asked whose it is. A phone's export is its owner's, however many clinics tell of them. */
  async #whose(): Promise<Told | undefined | 'cancelled'> {
    if (this.finding.format === 'apple-health') return undefined
    return this.#overview.people.tell(pauseFor(this.#options.signal, () => undefined))
  }
}

interface FindingHow {
  readonly cards: CardContext
  readonly tables: TableContext
  /** Its letters were neither Unicode nor said. */
  readonly isGuessed: boolean
  readonly pause: Pause
}

/** Hands the text to the finder of its format, told by content. */
async function find(
  text: string,
  fileName: string,
  finding: Finding,
  how: FindingHow,
): Promise<Result<void, ImportFailure>> {
  if (linkIn(text) !== undefined) return fail({ kind: 'health-link' })
  if (isXml(text)) return findInXml(text, finding, how.pause)
  const card = cardTextOf(text)
  if (card !== undefined) return findInCards(text, card, finding, { context: how.cards, pause: how.pause })
  const table = /^\s*[[{]/.test(text.slice(0, 1000)) ? undefined : tableIn(text)
  if (table !== undefined) {
    const { findInTable } = await import('./csv/find-table.ts')
    return findInTable(text, table, finding, { context: how.tables, isGuessedText: how.isGuessed, pause: how.pause })
  }
  // All other formats are Unicode.
  if (how.isGuessed)
    return fail(isProse(text.slice(0, 1000)) ? { kind: 'not-supported', what: 'text' } : { kind: 'not-json' })
  return findResources(text, fileName, finding, how.pause)
}

/** Told by its first character: no JSON starts so. */
function isXml(text: string): boolean {
  return /^\s*<[?!a-zA-Z]/.test(text.slice(0, 1000))
}

/** Passes on only what is further than before: a Bundle's text is walked twice. */
function growing(report: ((done: number) => void) | undefined): (done: number) => void {
  let furthest = 0
  return done => {
    if (done <= furthest) return
    furthest = done
    report?.(done)
  }
}

/** Valid JSON without a single resource: an empty Bundle, a format we know by name, or something else. */
function nothingFound(text: string, finding: Finding): ImportFailure {
  if (finding.table !== undefined) return { kind: 'empty' }
  const start = text.slice(0, 20_000)
  const isBundle = /"resourceType"\s*:\s*"Bundle"/.test(start)
  if (isBundle && finding.unusable.length === 0) return { kind: 'empty' }
  const what = otherJson(start)
  return what === undefined ? { kind: 'not-fhir' } : { kind: 'not-supported', what }
}

function pauseFor(signal: AbortSignal | undefined, report: (position: number) => void): Pause {
  const breath = makeBreath()
  return async position => {
    if (signal?.aborted) return false
    if (!breath.isDue()) return true
    report(position)
    await breath.take()
    return !signal?.aborted
  }
}

interface FileFacts extends Pick<Overview, 'references' | 'patients'> {
  readonly whose: Told['whose'] | undefined
}

/** Undefined when cancelled. */
async function readAll(
  finding: Finding,
  facts: FileFacts,
  signal: AbortSignal | undefined,
  onProgress: (done: number) => void,
): Promise<readonly ImportedResource[] | undefined> {
  const bySource = new Map<string, ImportedResource>()
  const total = finding.found.length
  const pause = pauseFor(signal, index => onProgress(0.6 + (0.4 * index) / total))
  for (const [index, found] of finding.found.entries()) {
    if (!(await pause(index))) return undefined
    const resource = readOne(found, facts)
    // Two different resources under one name: both are kept, told apart by what they hold.
    const names = [resource.sourceKey, `${resource.sourceKey}~${resource.contentKey}`]
    const sourceKey = names.find(name => (bySource.get(name) ?? resource).contentKey === resource.contentKey) ?? ''
    const same = bySource.get(sourceKey)
    if (same !== undefined) finding.unusable.push({ reason: 'duplicate', example: found.place })
    bySource.set(sourceKey, same === undefined ? { ...resource, sourceKey } : ofBoth(same, resource))
  }
  return [...bySource.values()]
}

function readOne(found: FoundResource, facts: FileFacts): ImportedResource {
  const { text, fullUrl, remarks = [], card, group } = found
  const parsed: unknown = JSON.parse(text)
  const resource = isObject(parsed) ? parsed : {}
  const resolve: Resolve = reference => facts.references.find(reference)
  const read = readResource(resource, resolve)
  const contentKey = found.contentKey ?? contentKeyOf(withoutOwnNotes(text))
  const sourceKey = sourceKeyOf(resource, {
    fullUrl,
    origin: originOf(resource, facts.patients, resolve),
    contentKey,
  })
  const { parts, isUnitUnknown } = withKnownUnit(read.parts)
  const whose = facts.whose?.get(found)
  return {
    sourceKey,
    contentKey,
    text,
    ...(fullUrl === undefined ? {} : { fullUrl }),
    parts,
    ...(read.author === undefined ? {} : { author: read.author }),
    remarks: [...new Set([...remarksOn(resource, text, read, isUnitUnknown), ...remarks])],
    ...(card === undefined ? {} : { card }),
    ...(group === undefined ? {} : { group }),
    ...(whose === undefined ? {} : { whose }),
  }
}

/** A unit that claims to be UCUM and is not is only words: nothing may be converted by it. */
function withKnownUnit(parts: EntryParts): { readonly parts: EntryParts; readonly isUnitUnknown: boolean } {
  const { value } = parts
  if (value?.type !== 'quantity' || !value.quantity.isUcum || isUcumUnit(value.quantity.unit)) {
    return { parts, isUnitUnknown: false }
  }
  return {
    parts: { ...parts, value: { ...value, quantity: { ...value.quantity, isUcum: false } } },
    isUnitUnknown: true,
  }
}

function remarksOn(
  resource: JsonObject,
  text: string,
  read: ReadResource,
  isUnitUnknown: boolean,
): readonly RemarkReason[] {
  const remarks: RemarkReason[] = []
  const isUndated = read.parts.when === undefined && hasUnreadDate(resource)
  if (read.hasImpossibleDate || isUndated || hasImpossibleBirth(resource)) remarks.push('impossible-date')
  if (text.includes('"div"') && hasActiveNarrative(resource)) remarks.push('script-removed')
  if (read.isUnknownType) remarks.push('unknown-type')
  if (objectsOf(resource['modifierExtension']).length > 0) remarks.push('modifier-extension')
  if (isUnitUnknown) remarks.push('unknown-unit')
  if ((versionOf(resource) ?? 'R4') !== 'R4') remarks.push('other-version')
  return remarks
}

/** Where FHIR keeps the dates that an entry may stand at. */
const DATES = /(?:DateTime|Instant|Date)$|^(?:date|issued|authoredOn|recorded|started|created)$/

/** It says a date, in a form that FHIR has not: `20240101`. */
function hasUnreadDate(resource: JsonObject): boolean {
  return Object.entries(resource).some(
    ([name, value]) => DATES.test(name) && typeof value === 'string' && value.trim() !== '' && !parseWhen(value).ok,
  )
}

function hasImpossibleBirth(resource: JsonObject): boolean {
  const birth = parseWhen(resource['birthDate'])
  return !birth.ok && birth.failure === 'impossible-date'
}
