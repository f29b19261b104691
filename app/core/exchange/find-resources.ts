import { at as atPath, isObject, type JsonObject, parseObject, tokenOf } from '#schema/record/fhir/json.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import type { CardCheck } from '#schema/record/card-check.ts'
import type { BundlePages } from './bundle-pages.ts'
import type { ImportFailure, ImportFormat, RemarkReason, UnusableReason } from '../import-session.ts'
import type { ImportedFile } from './imported-resource.ts'
import type { TableLook } from '../table-session.ts'
import { isProse } from './file-text.ts'
import { hasResource, type Parameter, readParameter } from './parameters.ts'
import { localName } from './reference-index.ts'
import { compactJson, JsonCursor, type NotJson, readJson, type Slice } from './json-cursor.ts'

/** One resource's own text and by which address others call it. */
export interface FoundResource {
  /** Every token as it stood, without the white space between tokens. */
  readonly text: string
  readonly fullUrl?: string
  /** For people: `entry 12`, `line 3`. */
  readonly place: string
  /** What its finder could not bring over; beside what its text says. */
  readonly remarks?: readonly RemarkReason[]
  /** What was found of the health card it came in. */
  readonly card?: CardCheck
  /** What the person can leave out by: `ImportedSeries.key`. */
  readonly group?: string
  /** Tells versions of it apart, where that is not its text: 32 hex digits. */
  readonly contentKey?: string
}

export interface Unusable {
  readonly reason: UnusableReason
  readonly example: string
}

export interface Finding {
  /** Set by whoever finds something other than FHIR. */
  format?: ImportFormat
  readonly found: FoundResource[]
  readonly unusable: Unusable[]
  /** Each health card that lets something in. */
  readonly cards: CardCheck[]
  /** Of what servers answer page by page. */
  readonly pages: BundlePages
  /** Who it is about, where no resource says so. */
  person?: ImportedFile['person']
  series?: ImportedFile['series']
  left?: ImportedFile['left']
  /** How the table was read. */
  table?: TableLook
  /** Sees each resource once, as soon as it is found. */
  readonly note: (resource: JsonObject, found: FoundResource) => void
}

/** Longer resources are refused one by one: they are attachments of more than a record can carry in one piece (decision 24: 20 MB as base64). */
const MAX_RESOURCE_CHARS = 28_000_000
/** FHIR's own examples nest to about 30; other programs read JSON by recursion. */
const MAX_DEPTH = 200
/** Bundles (or Parameters) in Bundles, as servers answer a batch of searches. */
const MAX_BUNDLES_DEEP = 5

/** Awaited between resources, so that other work gets its turn; answers false when the person gave up. */
export type Pause = (position: number) => Promise<boolean>

/**
 * Slices a file's text into resources: a Bundle of any type, Parameters that bring some, a single resource, a list of either, several of those one after another, or
 * one a line (NDJSON, .phr). In files by line, a broken line costs only itself.
 */
export async function findResources(
  text: string,
  fileName: string,
  finding: Finding,
  pause: Pause,
): Promise<Result<void, ImportFailure>> {
  const cursor = new JsonCursor(text)
  const start = cursor.peek()
  if (start === '') return fail({ kind: 'empty' })
  const whole = await drive(text, findInDocument(finding, cursor), pause)
  if (whole === 'cancelled') return fail({ kind: 'cancelled' })
  const end = cursor.position
  if (whole.ok && cursor.peek() === '') {
    const inner = start === '"' ? innerText(text) : undefined
    if (inner === undefined) return ok(undefined)
    finding.unusable.length = 0
    return findResources(inner, fileName, finding, pause)
  }
  const failure = whole.ok ? { at: cursor.position, atEnd: false } : whole.failure
  const firstLineEnd = text.indexOf(lineEndOf(text), text.indexOf(start))
  if (whole.ok && firstLineEnd !== -1 && firstLineEnd < end) {
    if (!(await findOnward(finding, cursor, end, pause))) return fail({ kind: 'cancelled' })
    if (finding.found.length > 0) return ok(undefined)
  }
  const isByLine = whole.ok
    ? firstLineEnd !== -1 && firstLineEnd >= end && firstLineEnd < failure.at
    : /\.(?:ndjson|jsonl|s?phr)\b/i.test(fileName)
  if (isByLine) {
    if (!(await findByLine(finding, text, whole.ok ? firstLineEnd + 1 : 0, pause))) return fail({ kind: 'cancelled' })
    if (finding.found.length > 0) return ok(undefined)
  }
  if (isProse(text.slice(0, 1000))) return fail({ kind: 'not-supported', what: 'text' })
  return fail(
    failure.atEnd && /[[{]/.test(start) ? { kind: 'truncated' } : { kind: 'not-json', line: lineAt(text, failure.at) },
  )
}

/** Some programs write their JSON as one JSON string. Only an object or a list inside counts, so this ends. */
function innerText(text: string): string | undefined {
  const inner: unknown = JSON.parse(text)
  return typeof inner === 'string' && /^\s*[[{]/.test(inner.slice(0, 100)) ? inner : undefined
}

/** Runs `steps` to their end with pauses in between. */
async function drive(
  text: string,
  steps: Generator<number, void>,
  pause: Pause,
): Promise<Result<void, NotJson> | 'cancelled'> {
  for (;;) {
    const step = readJson(text, () => steps.next())
    if (!step.ok) return step
    if (step.value.done) return ok(undefined)
    if (!(await pause(step.value.value))) return 'cancelled'
  }
}

/** What follows a document of many lines: others, up to where one goes wrong. False when cancelled. */
async function findOnward(finding: Finding, cursor: JsonCursor, end: number, pause: Pause): Promise<boolean> {
  const { text } = cursor
  let [line, from] = [lineAt(text, end), end]
  for (let start = cursor.peek(); start !== ''; start = cursor.peek()) {
    line += lineAt(text.slice(from, cursor.position), cursor.position - from) - 1
    from = cursor.position
    const place = `line ${line}`
    const read = /[[{]/.test(start)
      ? await drive(text, findInDocument(finding, cursor, { place, level: 0 }), pause)
      : undefined
    if (read === 'cancelled') return false
    if (read?.ok !== true) {
      finding.unusable.push({ reason: 'not-a-resource', example: place })
      return true
    }
  }
  return true
}

async function findByLine(finding: Finding, text: string, from: number, pause: Pause): Promise<boolean> {
  const lineEnd = lineEndOf(text)
  let number = lineAt(text, from)
  for (let start = from; start < text.length; number += 1) {
    const next = text.indexOf(lineEnd, start)
    const end = next === -1 ? text.length : next
    // Files that were put together out of others have their byte order marks amid them.
    const line = text.slice(start, end).replace(/^\uFEFF/, '')
    const place = `line ${number}`
    start = end + 1
    if (line.trim() === '') continue
    const cursor = new JsonCursor(line)
    const done = await drive(line, findInDocument(finding, cursor, { place, level: 0 }), () => pause(end))
    if (done === 'cancelled') return false
    if (!done.ok || cursor.peek() !== '') finding.unusable.push({ reason: 'not-a-resource', example: place })
  }
  return true
}

/** Old Macintosh programs end their lines in CR alone. */
const lineEndOf = (text: string) => (text.includes('\n') ? '\n' : '\r')

function lineAt(text: string, at: number): number {
  const lineEnd = lineEndOf(text)
  let line = 1
  for (let next = text.indexOf(lineEnd); next !== -1 && next < at; next = text.indexOf(lineEnd, next + 1)) line += 1
  return line
}

/** One JSON document: a resource, a Bundle, or a list of them. Yields the position after each resource. */
function* findInDocument(
  finding: Finding,
  cursor: JsonCursor,
  where: Where = { place: '', level: 0 },
): Generator<number, void> {
  if (cursor.peek() !== '[') return yield* findInObject(finding, cursor, where)
  cursor.enter('[')
  for (let index = 0; cursor.nextItem(index === 0); index += 1) {
    yield* findInObject(finding, cursor, { ...where, place: within(where.place, `item ${index + 1}`) })
  }
}

interface Where {
  readonly place: string
  /** How many Bundles it stands in. */
  readonly level: number
  readonly fullUrl?: string
}

/** What stands in one place, called by it. */
export const within = (place: string, inner: string) => (place === '' ? inner : `${place}, ${inner}`)

/** The place of the Bundle or file that what is at `place` stands in; empty for the chosen file itself. */
export const holderOf = (place: string) => place.slice(0, Math.max(0, place.lastIndexOf(', ')))

interface Entry {
  readonly resource?: Slice
  readonly fullUrl?: string
  /** `request` and `response`, where they are of a size to be looked at. */
  readonly said: JsonObject
}

function* findInObject(finding: Finding, cursor: JsonCursor, where: Where): Generator<number, void> {
  if (cursor.peek() !== '{') {
    cursor.value()
    finding.unusable.push({ reason: 'not-a-resource', example: where.place })
    return
  }
  const start = cursor.position
  let [resourceType, type, links]: unknown[] = []
  let depth = 1
  const entries: Entry[] = []
  const parameters: Parameter[] = []
  cursor.enter('{')
  for (let name = cursor.nextMember(true); name !== undefined; name = cursor.nextMember(false)) {
    const isList = cursor.peek() === '['
    if (name === 'entry' && isList) depth = Math.max(depth, (yield* readList(cursor, entries, readEntry)) + 1)
    else if (name === 'parameter' && isList) {
      depth = Math.max(depth, (yield* readList(cursor, parameters, readParameter)) + 1)
    } else {
      const slice = cursor.value()
      depth = Math.max(depth, slice.depth + 1)
      if (name === 'resourceType') resourceType = parsedOf(cursor.text, slice)
      if (name === 'type') type = parsedOf(cursor.text, slice)
      if (name === 'link') links = parsedOf(cursor.text, slice, 5)
    }
  }
  const end = cursor.position
  if (resourceType === 'Bundle') {
    finding.pages.note(links)
    yield* takeEntries(finding, cursor, { entries, isHistory: type === 'history' }, where)
  } else if (resourceType === 'Parameters' && parameters.some(hasResource)) {
    yield* takeParameters(finding, cursor, parameters, where)
  } else {
    const text = textOf(finding, cursor, { start, end, depth }, where)
    if (text !== undefined) keep(finding, text, where)
    yield end
  }
}

/** Reads what stands in a list, and answers its depth. */
function* readList<Item>(
  cursor: JsonCursor,
  items: Item[],
  read: (cursor: JsonCursor) => { readonly item: Item; readonly depth: number },
): Generator<number, number> {
  let depth = 1
  cursor.enter('[')
  while (cursor.nextItem(items.length === 0)) {
    const { item, depth: itemDepth } = read(cursor)
    items.push(item)
    depth = Math.max(depth, itemDepth + 1)
    yield cursor.position
  }
  return depth
}

function parsedOf(text: string, slice: Slice, maxDepth = 0): unknown {
  // Types, addresses and what a Bundle says of an entry: none is longer or deeper.
  return slice.depth > maxDepth || slice.end - slice.start > 10_000
    ? undefined
    : JSON.parse(text.slice(slice.start, slice.end))
}

function readEntry(cursor: JsonCursor): { readonly item: Entry; readonly depth: number } {
  if (cursor.peek() !== '{') return { item: { said: {} }, depth: cursor.value().depth }
  let resource: Slice | undefined
  let fullUrl: unknown
  const said: Record<string, unknown> = {}
  let depth = 1
  cursor.enter('{')
  for (let name = cursor.nextMember(true); name !== undefined; name = cursor.nextMember(false)) {
    const slice = cursor.value()
    depth = Math.max(depth, slice.depth + 1)
    if (name === 'resource') resource = slice
    if (name === 'fullUrl') fullUrl = parsedOf(cursor.text, slice)
    if (name === 'request' || name === 'response') said[name] = parsedOf(cursor.text, slice, 5)
  }
  const item = {
    said,
    ...(resource === undefined ? {} : { resource }),
    ...(typeof fullUrl === 'string' ? { fullUrl } : {}),
  }
  return { item, depth }
}

function* takeEntries(
  finding: Finding,
  cursor: JsonCursor,
  { entries, isHistory }: { readonly entries: readonly Entry[]; readonly isHistory: boolean },
  { place, level }: Where,
): Generator<number, void> {
  const last = isHistory ? lastVersions(cursor.text, entries) : undefined
  for (const [index, entry] of entries.entries()) {
    const { fullUrl } = entry
    const at = {
      place: within(place, `entry ${index + 1}`),
      level: level + 1,
      ...(fullUrl === undefined ? {} : { fullUrl }),
    }
    const refuse = (reason: UnusableReason) => void finding.unusable.push({ reason, example: at.place })
    if (last?.has(entry) === false) refuse('superseded')
    else if (entry.resource === undefined) refuse('not-a-resource')
    else yield* take(finding, cursor, entry.resource, at)
  }
}

/** Each with the resources in it; what says something else is told. */
function* takeParameters(
  finding: Finding,
  cursor: JsonCursor,
  parameters: readonly Parameter[],
  { place, level }: Where,
  kind = 'parameter',
): Generator<number, void> {
  for (const [index, { name, resource, isValue, parts }] of parameters.entries()) {
    const at = { place: within(place, `${kind} ${index + 1}`), level: level + 1 }
    if (isValue) {
      finding.unusable.push({ reason: 'parameter', example: name === '' ? at.place : `${at.place} (${name})` })
    }
    if (resource !== undefined) yield* take(finding, cursor, resource, at)
    yield* takeParameters(finding, cursor, parts, { place: at.place, level }, 'part')
  }
}

/**
 * Of a history (https://hl7.org/fhir/R4/http.html#history: the newest first) the entries that still hold: of each resource its last version
 * by its own time, else the first named; none of what was deleted last.
 */
function lastVersions(text: string, entries: readonly Entry[]): ReadonlySet<Entry> {
  const lastByName = new Map<string, { readonly entry: Entry; readonly time: number }>()
  for (const [index, entry] of entries.entries()) {
    const resource =
      entry.resource === undefined ? {} : parseObject(text.slice(entry.resource.start, entry.resource.end))
    const [name = `entry ${index}`] = [entry.fullUrl, tokenOf(atPath(entry.said, 'request', 'url'))].flatMap(address =>
      address === undefined ? [] : (localName(address) ?? []),
    )
    const [type, id] = [tokenOf(resource['resourceType']), tokenOf(resource['id'])]
    const own = type === undefined || id === undefined ? name : `${type}/${id}`
    const said = atPath(resource, 'meta', 'lastUpdated') ?? atPath(entry.said, 'response', 'lastModified')
    const time = Date.parse(tokenOf(said) ?? '')
    const before = lastByName.get(own)
    if (before === undefined || time > before.time) lastByName.set(own, { entry, time })
  }
  const isDeleted = ({ said }: Entry) => atPath(said, 'request', 'method') === 'DELETE'
  return new Set([...lastByName.values()].flatMap(({ entry }) => (isDeleted(entry) ? [] : entry)))
}

/** A Bundle, or Parameters, in which others stand. */
const HOLDER = /^\{(?:[^{}[\]]*,)?"resourceType":"(?:Bundle|Parameters)"/

function* take(finding: Finding, cursor: JsonCursor, slice: Slice, where: Where): Generator<number, void> {
  const text = textOf(finding, cursor, slice, where)
  if (text === undefined) return
  const isHolder = where.level <= MAX_BUNDLES_DEEP && HOLDER.test(text.slice(0, 2000))
  if (isHolder) return yield* findInDocument(finding, new JsonCursor(text), where)
  keep(finding, text, where)
  yield slice.end
}

function textOf(finding: Finding, cursor: JsonCursor, { start, end, depth }: Slice, { place }: Where) {
  if (depth <= MAX_DEPTH) return compactJson(cursor.text, start, end)
  finding.unusable.push({ reason: 'too-deep', example: place })
  return undefined
}

/** As it is, whatever stands in it. */
function keep(finding: Finding, text: string, { place, fullUrl }: Where): void {
  const refuse = (reason: UnusableReason) => void finding.unusable.push({ reason, example: place })
  if (text.length > MAX_RESOURCE_CHARS) return refuse('too-large')
  const resource: unknown = JSON.parse(text)
  if (!isObject(resource)) return refuse('not-a-resource')
  const type = resource['resourceType']
  if (typeof type !== 'string' || !/^[A-Za-z]{1,64}$/.test(type)) return refuse('no-resource-type')
  const found = { text, place, ...(fullUrl === undefined ? {} : { fullUrl }) }
  finding.found.push(found)
  finding.note(resource, found)
}
