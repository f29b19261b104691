import * as A from '@automerge/automerge/slim'
import { copyOf } from './carry-over.ts'
import { addedBy, AUTHOR_PREFIX, authorText, changedBy, changerName, changerText, type LogAuthors } from './authors.ts'
import type { Named } from './entry-place.ts'
import { changedAt, type DocMap, isDocMap, mapsAt } from './flat-fields.ts'
import { namedBy } from './private-shard.ts'
import { bucketIn, entryIn, flatKeysOf } from './stored-entry.ts'

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

/** The document by value without these entries and what lies beside them; itself when there are none. */
export function withoutEntries(doc: DocMap, names: ReadonlySet<string>): DocMap {
  if (names.size === 0) return doc
  const copy = copyOf(doc)
  if (!isDocMap(copy)) throw new TypeError('Cannot leave entries out: it is no document')
  for (const name of names) {
    const { bucket, key } = namedBy(name)
    const beside = flatKeysOf(bucket, key)
    const map = copy[bucket]
    if (isDocMap(map)) for (const gone of [key, beside.note]) delete map[gone]
    for (const gone of [...beside.fields, `${AUTHOR_PREFIX}${name}`, changerName({ bucket, key })]) delete copy[gone]
  }
  return copy
}

/** Who added it and who changed it last, to be kept beside it: keys and texts, undefined where nothing is to stand there. */
export type KeptAuthors = readonly (readonly [name: string, text: string | undefined])[]

export function authorsAlone(label: string, doc: DocMap, { bucket, key }: Named, authors: LogAuthors): KeptAuthors {
  const entry = entryIn(label, doc, bucket, key)
  const added = entry && addedBy(doc, entry, authors)
  const at = entry && changedAt(entry.spot)
  const changed = entry && changedBy(doc, entry, authors)?.principal
  return [
    [`${AUTHOR_PREFIX}${bucket}.${key}`, added && authorText(added)],
    [changerName({ bucket, key }), changed && at !== undefined ? changerText(changed, at) : undefined],
  ]
}

/** Inside a change. */
export function putAuthors(doc: DocMap, kept: KeptAuthors): void {
  for (const [name, text] of kept) {
    if (text !== undefined) doc[name] = new A.ImmutableString(text)
    else if (Object.hasOwn(doc, name)) delete doc[name]
  }
}
