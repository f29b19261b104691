import * as A from '@automerge/automerge/slim'
import { LogId } from '#schema/ids.ts'
import type { Named } from './entry-place.ts'
import { type DocMap, textIn } from './flat-fields.ts'

/**
 * What a shard of the private log says besides its entries, flat beside the buckets (decision 12): which of an entry's two places
 * counts (`p:<bucket>.<key>`), and up to where the other one is in this one already: `m:<bucket>.<key>` of one that is private,
 * `o:<bucket>.<key>` of one that was made open again. Two keys: a device that has not heard of the one goes on saying the other.
 */
const WHERE = 'p:'
const TAKEN = 'm:'
const OPENED = 'o:'
type Where = 'private' | 'open'

/**
 * `log`: where a private entry was taken from, and at which heads. `putIn`: the section's log in which it lies again, open; then the heads
 * are the private shard's own.
 */
export type Taken =
  | { readonly log: LogId; readonly putIn?: undefined; readonly heads: string }
  | { readonly log?: undefined; readonly putIn: LogId; readonly heads: string }

export function nameOf({ bucket, key }: Named): string {
  return `${bucket}.${key}`
}

export function namedBy(name: string): Named {
  const dot = name.indexOf('.')
  return { bucket: name.slice(0, dot), key: name.slice(dot + 1) }
}

/** By name, where each entry lies that ever was private. Of what devices said at once, `private` counts. */
export function placesIn(doc: DocMap): ReadonlyMap<string, Where> {
  const places = new Map<string, Where>()
  for (const key of Object.keys(doc)) {
    if (!key.startsWith(WHERE)) continue
    const said = [doc[key], ...Object.values<unknown>(A.getConflicts(doc, key) ?? {})]
    places.set(key.slice(WHERE.length), said.some(value => textIn(value) === 'private') ? 'private' : 'open')
  }
  return places
}

/** Names of the entries that are private now. */
export function privateIn(doc: DocMap): ReadonlySet<string> {
  return new Set([...placesIn(doc)].flatMap(([name, where]) => (where === 'private' ? [name] : [])))
}

/** Undefined for an entry that was private from the start and still is. */
export function takenIn(doc: DocMap, name: string, where: Where): Taken | undefined {
  const text = textIn(doc[`${where === 'open' ? OPENED : TAKEN}${name}`])
  const [id = '', heads = ''] = text?.split(' ') ?? []
  const log = LogId.parse(id)
  if (log === undefined) return undefined
  return where === 'open' ? { putIn: log, heads } : { log, heads }
}

/** Inside a change. */
export function setWhere(doc: DocMap, name: string, where: Where): void {
  doc[`${WHERE}${name}`] = new A.ImmutableString(where)
}

/** Inside a change. */
export function setTaken(doc: DocMap, name: string, { log, heads, putIn }: Taken): void {
  const [key, id] = log === undefined ? [OPENED, putIn] : [TAKEN, log]
  doc[`${key}${name}`] = new A.ImmutableString(`${id} ${heads}`)
}

/** Keys that are no entry's, and go along when the private log begins anew. */
export function isPrivateMark(key: string): boolean {
  return [WHERE, TAKEN, OPENED].some(prefix => key.startsWith(prefix))
}
