import * as A from '@automerge/automerge/slim'
import { equalBytes } from '#schema/bytes.ts'
import type { PrincipalId } from '#schema/ids.ts'
import { addedBy, AUTHOR_PREFIX, authorText, changedBy, changerName, changerText, type LogAuthors } from './authors.ts'
import { copyOf } from './carry-over.ts'
import { fieldsOf } from './make-row.ts'
import { packReading } from './pack-reading.ts'
import { binnedAt, changedAt, type DocMap, mapsAt } from './flat-fields.ts'
import { isPrivateMark, nameOf } from './private-shard.ts'
import { addedAt, entriesIn, flatKeysOf, originalOf, type StoredEntry, unpacked } from './stored-entry.ts'

export interface RebaseDeps {
  /** Of the new log. */
  readonly actor: string
  /** Entries of these imports were taken back. */
  readonly hiddenImports: ReadonlySet<string>
  /** Names of entries that lie elsewhere by now. */
  readonly leftOut?: ReadonlySet<string>
  /** Who wrote in the old log. */
  readonly authors: LogAuthors
}

/**
 * A shard with what it says now and nothing else: same buckets, keys and ids, one change, no past. What is in the bin or belongs to an
 * import that was taken back stays behind. Two values of one field become the one that is shown: ask about conflicts before.
 */
export function rebaseShard(
  label: string,
  doc: DocMap,
  deps: RebaseDeps,
): { readonly save: Uint8Array<ArrayBuffer>; readonly leftBehind: number; readonly writers: ReadonlySet<PrincipalId> } {
  const entries = entriesIn(label, doc)
  const kept = entries.filter(
    entry => isCurrent(entry, deps.hiddenImports) && deps.leftOut?.has(nameOf(entry)) !== true,
  )
  const fresh: DocMap = {}
  const writers = new Set<PrincipalId>()
  for (const [bucket, ofBucket] of Map.groupBy(kept, entry => entry.bucket)) {
    const maps = mapsAt(doc, bucket)
    const copy: DocMap = {}
    for (const entry of ofBucket) copyEntry(label, doc, maps, entry, copy, fresh)
    fresh[bucket] = copy
    for (const writer of putAuthors(fresh, doc, ofBucket, deps.authors)) writers.add(writer)
    for (const writer of putChangers(fresh, label, doc, ofBucket, deps.authors)) writers.add(writer)
  }
  for (const key of Object.keys(doc)) if (isPrivateMark(key)) fresh[key] = copyOf(doc[key])
  const made = A.change(A.init<DocMap>({ actor: deps.actor }), draft => void Object.assign(draft, fresh))
  const save = new Uint8Array(A.save(made))
  A.free(made)
  return { save, leftBehind: entries.length - kept.length, writers }
}

/** Another shard than one of entries (imports, members), in one change. */
export function rebasePlain(doc: DocMap, actor: string): Uint8Array<ArrayBuffer> {
  const made = A.change(A.init<DocMap>({ actor }), draft => void Object.assign(draft, copyOf(doc)))
  const save = new Uint8Array(A.save(made))
  A.free(made)
  return save
}

/** Neither in the bin nor of an import that was taken back. */
export function isCurrent(entry: StoredEntry, hiddenImports: ReadonlySet<string>): boolean {
  const importId = originalOf(entry)?.importId
  return binnedAt(entry.spot) === undefined && (importId === undefined || !hiddenImports.has(importId))
}

/** A reading that was corrected stands there as if it had been added with what it says now. */
function copyEntry(
  label: string,
  doc: DocMap,
  maps: readonly DocMap[],
  entry: StoredEntry,
  copy: DocMap,
  fresh: DocMap,
): void {
  const { bucket, key } = entry
  const map = maps.find(each => Object.hasOwn(each, key)) ?? {}
  const beside = flatKeysOf(bucket, key)
  const packed = packedNow(label, entry)
  copy[key] = packed?.bytes ?? copyOf(map[key])
  if (packed?.note !== undefined) copy[beside.note] = new A.ImmutableString(packed.note)
  else if (packed === undefined && Object.hasOwn(map, beside.note)) copy[beside.note] = copyOf(map[beside.note])
  for (const name of beside.fields) if (Object.hasOwn(doc, name)) fresh[name] = copyOf(doc[name])
}

/** By bucket who added its entries, one by one where several did. Answers who that is. */
function putAuthors(fresh: DocMap, doc: DocMap, entries: readonly StoredEntry[], authors: LogAuthors): PrincipalId[] {
  const added = entries.map(entry => addedBy(doc, entry, authors))
  const texts = added.map(writer => writer && authorText(writer))
  const [common] = texts
  if (common !== undefined) fresh[`${AUTHOR_PREFIX}${entries[0]!.bucket}`] = new A.ImmutableString(common)
  for (const [index, text] of texts.entries()) {
    const { bucket, key } = entries[index]!
    if (text === undefined || text === common) continue
    fresh[`${AUTHOR_PREFIX}${bucket}.${key}`] = new A.ImmutableString(text)
  }
  return added.flatMap(writer => writer?.principal ?? [])
}

/** Likewise who changed an entry last, where that was somebody else than the person whose record it is. */
function putChangers(
  fresh: DocMap,
  label: string,
  doc: DocMap,
  entries: readonly StoredEntry[],
  authors: LogAuthors,
): PrincipalId[] {
  return entries.flatMap(entry => {
    const at = changedAt(entry.spot)
    const isChanged = at !== undefined && at > (addedAt(label, entry) ?? at)
    const principal = isChanged ? changedBy(doc, entry, authors)?.principal : undefined
    if (at === undefined || principal === undefined || authors.isOwner(principal)) return []
    fresh[changerName(entry)] = new A.ImmutableString(changerText(principal, at))
    return [principal]
  })
}

/**
 * A corrected reading packed with what is shown of it; its time is the one in its key. Undefined for any other entry, and for what nothing
 * can be shown of.
 */
function packedNow(
  label: string,
  entry: StoredEntry,
): { readonly bytes: Uint8Array<ArrayBuffer>; readonly note?: string } | undefined {
  const before = entry.isUntouched ? undefined : unpacked(label, entry)
  const now = before && fieldsOf(label, entry)
  if (before === undefined || (now?.kind !== 'blood-pressure' && now?.kind !== 'weight')) return undefined
  const bytes = packReading({ ...now, takenAt: before.fields.takenAt }, before.addedAt)
  return { bytes, ...(now.note === undefined ? {} : { note: now.note }) }
}

/** The first correction of a reading overwrites nothing: what it corrects lies in the packed bytes and the note beside them. */
function holdsCorrected(label: string, entry: StoredEntry): boolean {
  const now = packedNow(label, entry)
  if (now === undefined || entry.packed === undefined) return false
  return now.note !== entry.packedNote || !equalBytes(now.bytes, entry.packed)
}

/**
 * Whether a shard holds what it does not say any more: a value that was overwritten, corrected or deleted, an entry in the bin or of an
 * import taken back.
 */
export function hasPast(label: string, doc: A.Doc<DocMap>, hiddenImports: ReadonlySet<string>): boolean {
  const isPast = (entry: StoredEntry) => !isCurrent(entry, hiddenImports) || holdsCorrected(label, entry)
  if (entriesIn(label, doc).some(isPast)) return true
  return A.getAllChanges(doc).some(change =>
    A.decodeChange(change).ops.some(op => op.action === 'del' || op.pred.length > 0),
  )
}
