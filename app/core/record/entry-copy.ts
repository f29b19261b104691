import * as A from '@automerge/automerge/slim'
import { copyOf } from './carry-over.ts'
import { AUTHOR_PREFIX, writerOf } from './rebase-shard.ts'
import type { Named } from './entry-place.ts'
import { type DocMap, isDocMap, mapsAt, textIn } from './flat-fields.ts'
import { bucketIn, flatKeysOf } from './stored-entry.ts'

/** One entry as a document of its own: its bucket with it alone, and what lies flat beside. Plain values. */
export type EntryAlone = DocMap

/** The entry by value; undefined when it isn't there. */
export function entryAlone(doc: DocMap, { bucket, key }: Named): EntryAlone | undefined {
  const map = mapsAt(doc, bucket).find(each => Object.hasOwn(each, key))
  if (map === undefined || map[key] === null) return undefined
  const beside = flatKeysOf(bucket, key)
  const copy: DocMap = { [key]: copyOf(map[key]) }
  if (Object.hasOwn(map, beside.note)) copy[beside.note] = copyOf(map[beside.note])
  const alone: DocMap = { [bucket]: copy }
  for (const name of beside.fields) if (Object.hasOwn(doc, name)) alone[name] = copyOf(doc[name])
  return alone
}

/** Inside a change: the entry lies here as `alone` has it, whatever lay here of it before. */
export function putAlone(doc: DocMap, named: Named, alone: EntryAlone): void {
  const { bucket, key } = named
  const map = bucketIn(doc, bucket)
  const beside = flatKeysOf(bucket, key)
  for (const name of beside.fields) if (Object.hasOwn(doc, name)) delete doc[name]
  if (Object.hasOwn(map, beside.note)) delete map[beside.note]
  const copy = copyOf(alone)
  if (!isDocMap(copy)) throw new TypeError('Cannot put an entry: it is no map')
  for (const [name, value] of Object.entries(copy)) {
    if (name === bucket && isDocMap(value)) Object.assign(map, value)
    else doc[name] = value
  }
  if (map[key] === undefined) throw new TypeError('Cannot put an entry: it has no value')
}

/** Who wrote it, as its shard says or, where that never began anew, as the change tells that made it. */
export function authorAlone(
  doc: DocMap,
  { bucket, key }: Named,
  authorOf: (actor: string) => string | undefined,
): string | undefined {
  const said = textIn(doc[`${AUTHOR_PREFIX}${bucket}.${key}`]) ?? textIn(doc[`${AUTHOR_PREFIX}${bucket}`])
  if (said !== undefined) return said
  return writerOf(mapsAt(doc, bucket), key, authorOf)
}

/** Inside a change. */
export function putAuthor(doc: DocMap, { bucket, key }: Named, author: string | undefined): void {
  const name = `${AUTHOR_PREFIX}${bucket}.${key}`
  if (author !== undefined) doc[name] = new A.ImmutableString(author)
  else if (Object.hasOwn(doc, name)) delete doc[name]
}
