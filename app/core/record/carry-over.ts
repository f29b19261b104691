import * as A from '@automerge/automerge/slim'
import { equalBytes } from '#schema/bytes.ts'
import { type DocMap, isDocMap, textIn, timeIn } from './flat-fields.ts'

/** `heads` of a shard as one text, by which two moments of it are compared. */
export function headsText(heads: readonly string[]): string {
  return heads.toSorted().join()
}

/** A document as it was at these heads; undefined when they are not all in it. */
export function documentAt(doc: A.Doc<DocMap>, heads: string): DocMap | undefined {
  const list = heads === '' ? [] : heads.split(',')
  return A.hasHeads(doc, list) ? A.view(doc, list) : undefined
}

/**
 * Inside a change of the new document: what the old one came to say after `before`, by value. Twice is as good as once. Where the new
 * document says something else by now, the later of two times counts, and what has none stays as the new document has it.
 */
export function carryOver(before: DocMap, now: DocMap, draft: DocMap): void {
  for (const key of Object.keys(now)) {
    if (isDocMap(before[key]) && isDocMap(now[key]) && draft[key] === undefined) carryBucket(before, now, draft, key)
  }
  carryInside(before, now, draft)
}

/** Of a bucket everything was left behind: what came into it since does not stay there. */
function carryBucket(before: DocMap, now: DocMap, draft: DocMap, key: string): void {
  const fresh: DocMap = {}
  carryInside(before[key] as DocMap, now[key] as DocMap, fresh)
  if (Object.keys(fresh).length > 0) draft[key] = fresh
}

function carryInside(before: DocMap, now: DocMap, draft: DocMap): void {
  for (const key of Object.keys(now)) carryKey(before, now, draft, key)
  for (const key of Object.keys(before)) {
    if (!Object.hasOwn(now, key) && !isDocMap(before[key]) && isSame(draft[key], before[key])) delete draft[key]
  }
}

function carryKey(before: DocMap, now: DocMap, draft: DocMap, key: string): void {
  const [was, is, there] = [before[key], now[key], draft[key]]
  if (isDocMap(is)) {
    if (isDocMap(there)) carryInside(isDocMap(was) ? was : {}, is, there)
    // What the new document left behind comes only when it is new, or was taken out of the bin.
    else if (there === undefined && (was === undefined || wasRestored(was, is))) draft[key] = copyOf(is)
    return
  }
  if (isSame(is, was) || isSame(is, there)) return
  const isUntouched = isSame(there, was)
  if (isUntouched || counts(now, draft, key)) draft[key] = copyOf(is)
}

function wasRestored(was: unknown, is: DocMap): boolean {
  return isDocMap(was) && Object.hasOwn(was, 'b') && !Object.hasOwn(is, 'b')
}

/**
 * Fields have the time they were set beside them: `…f:name` and `…t:name`. Of two that were set at the same time the greater text counts,
 * so that two former logs which go into one do not take turns for ever.
 */
function counts(now: DocMap, draft: DocMap, key: string): boolean {
  const [, prefix, name] = /^(.*?)[ft]:([^:]+)$/.exec(key) ?? []
  if (name === undefined) return false
  const timeKey = `${prefix}t:${name}`
  const [here, there] = [timeIn(now[timeKey]) ?? 0, timeIn(draft[timeKey]) ?? 0]
  return here === there ? textOf(now[key]) > textOf(draft[key]) : here > there
}

const textOf = (value: unknown): string => textIn(value) ?? String(value)

function isSame(one: unknown, other: unknown): boolean {
  if (one instanceof Uint8Array) return other instanceof Uint8Array && equalBytes(one, other)
  const text = textIn(one)
  return text === undefined ? one === other : text === textIn(other)
}

/** Plain values for another document; a value may stand in one document only. */
export function copyOf(value: unknown): unknown {
  if (value instanceof Uint8Array) return new Uint8Array(value)
  if (A.isImmutableString(value)) return new A.ImmutableString(value.val)
  if (!isDocMap(value)) return value
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, copyOf(inner)]))
}
