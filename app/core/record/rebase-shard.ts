import * as A from '@automerge/automerge/slim'
import { actorPrefix } from '../log/open-frame.ts'
import type { SealedLog } from '../log/sealed-log.ts'
import { copyOf } from './carry-over.ts'
import { binnedAt, type DocMap, isDocMap, mapsAt } from './flat-fields.ts'
import { isPrivateMark, nameOf } from './private-shard.ts'
import { entriesIn, flatKeysOf, originalOf, type StoredEntry } from './stored-entry.ts'

/** Where a shard that begins anew says whose its entries are: by bucket, or `bucket.key` where one differs. */
export const AUTHOR_PREFIX = 'y:'

/** An actor begins with its writer's hash; who vouches for the writer is who wrote. */
export function authorsIn(log: Pick<SealedLog, 'feeds'>): (actor: string) => string | undefined {
  const byPrefix = new Map(log.feeds().map(feed => [actorPrefix(feed.writer), feed.principal]))
  return actor => byPrefix.get(actor.slice(0, 16))
}

export interface RebaseDeps {
  /** Of the new log. */
  readonly actor: string
  /** Entries of these imports were taken back. */
  readonly hiddenImports: ReadonlySet<string>
  /** Names of entries that lie elsewhere by now. */
  readonly leftOut?: ReadonlySet<string>
  /** Who wrote with this Automerge actor; undefined for whoever cannot be told any more. */
  readonly authorOf: (actor: string) => string | undefined
}

/**
 * A shard with what it says now and nothing else: same buckets, keys and ids, one change, no past. What is in the bin or belongs to an
 * import that was taken back stays behind. Two values of one field become the one that is shown: ask about conflicts before.
 */
export function rebaseShard(
  label: string,
  doc: DocMap,
  deps: RebaseDeps,
): { readonly save: Uint8Array<ArrayBuffer>; readonly leftBehind: number } {
  const entries = entriesIn(label, doc)
  const kept = entries.filter(
    entry => isCurrent(entry, deps.hiddenImports) && deps.leftOut?.has(nameOf(entry)) !== true,
  )
  const fresh: DocMap = {}
  for (const [bucket, ofBucket] of Map.groupBy(kept, entry => entry.bucket)) {
    const maps = mapsAt(doc, bucket)
    const copy: DocMap = {}
    for (const entry of ofBucket) copyEntry(doc, maps, entry, copy, fresh)
    fresh[bucket] = copy
    putAuthors(fresh, bucket, ofBucket, maps, deps)
  }
  for (const key of Object.keys(doc)) if (isPrivateMark(key)) fresh[key] = copyOf(doc[key])
  const made = A.change(A.init<DocMap>({ actor: deps.actor }), draft => void Object.assign(draft, fresh))
  const save = new Uint8Array(A.save(made))
  A.free(made)
  return { save, leftBehind: entries.length - kept.length }
}

/** Another shard than one of entries (imports, members), in one change. */
export function rebasePlain(doc: DocMap, actor: string): Uint8Array<ArrayBuffer> {
  const made = A.change(A.init<DocMap>({ actor }), draft => void Object.assign(draft, copyOf(doc)))
  const save = new Uint8Array(A.save(made))
  A.free(made)
  return save
}

function isCurrent(entry: StoredEntry, hiddenImports: ReadonlySet<string>): boolean {
  const importId = originalOf(entry)?.importId
  return binnedAt(entry.spot) === undefined && (importId === undefined || !hiddenImports.has(importId))
}

function copyEntry(
  doc: DocMap,
  maps: readonly DocMap[],
  { bucket, key }: StoredEntry,
  copy: DocMap,
  fresh: DocMap,
): void {
  const map = maps.find(each => Object.hasOwn(each, key)) ?? {}
  const beside = flatKeysOf(bucket, key)
  copy[key] = copyOf(map[key])
  if (Object.hasOwn(map, beside.note)) copy[beside.note] = copyOf(map[beside.note])
  for (const name of beside.fields) if (Object.hasOwn(doc, name)) fresh[name] = copyOf(doc[name])
}

function putAuthors(
  fresh: DocMap,
  bucket: string,
  entries: readonly StoredEntry[],
  maps: readonly DocMap[],
  { authorOf }: RebaseDeps,
): void {
  const authors = entries.map(({ key }) => writerOf(maps, key, authorOf))
  const [common] = authors
  if (common !== undefined) fresh[`${AUTHOR_PREFIX}${bucket}`] = new A.ImmutableString(common)
  for (const [index, author] of authors.entries()) {
    if (author === undefined || author === common) continue
    fresh[`${AUTHOR_PREFIX}${bucket}.${entries[index]!.key}`] = new A.ImmutableString(author)
  }
}

/** A packed reading is no object of its own: its bucket was made by whoever writes in it. */
export function writerOf(maps: readonly DocMap[], key: string, authorOf: RebaseDeps['authorOf']): string | undefined {
  const map = maps.find(each => Object.hasOwn(each, key))
  const made = map === undefined ? undefined : isDocMap(map[key]) ? map[key] : map
  const operation = made && A.getObjectId(made)
  return operation ? authorOf(operation.slice(operation.indexOf('@') + 1)) : undefined
}

/** Whether a shard holds what it does not say any more: a value that was overwritten or deleted, an entry in the bin or of an import taken back. */
export function hasPast(label: string, doc: A.Doc<DocMap>, hiddenImports: ReadonlySet<string>): boolean {
  if (entriesIn(label, doc).some(entry => !isCurrent(entry, hiddenImports))) return true
  return A.getAllChanges(doc).some(change =>
    A.decodeChange(change).ops.some(op => op.action === 'del' || op.pred.length > 0),
  )
}
