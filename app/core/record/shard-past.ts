import * as A from '@automerge/automerge/slim'
import type { DocMap } from './flat-fields.ts'
import { isCurrent } from './rebase-shard.ts'
import { entriesIn, type StoredEntry } from './stored-entry.ts'

/** What a shard holds besides what it says now. */
export interface ShardPast {
  /** Of entries, there now or not: one for each time that something of one was changed. */
  readonly versions: number
  /** In the bin, of a file that was taken back, or deleted for good. */
  readonly deleted: number
}

/** The bucket and key of a reading, in the name of one of its flat fields. */
const FLAT_READING = /^([^:]+\.[^:]+):f:/

/** What whoever gets every change of this shard could read, and whoever gets it begun anew could not. */
export function pastIn(label: string, doc: A.Doc<DocMap>, hiddenImports: ReadonlySet<string>): ShardPast {
  const entries = entriesIn(label, doc)
  const gone = entries.filter(entry => !isCurrent(entry, hiddenImports)).length
  const there = new Set(entries.map(nameOf))
  const buckets = new Map<string, string>()
  const removed = new Set<string>()
  let versions = 0
  for (const change of A.getAllChanges(doc).map(bytes => A.decodeChange(bytes))) {
    const added = new Set<string>()
    const changed = new Set<string>()
    for (const [index, { action, obj, key = '', pred }] of change.ops.entries()) {
      const bucket = buckets.get(obj)
      if (action === 'makeMap' && obj === '_root') buckets.set(`${change.startOp + index}@${change.actor}`, key)
      const reading = obj === '_root' ? FLAT_READING.exec(key)?.[1] : undefined
      if (bucket !== undefined && !key.includes(':')) {
        if (action === 'del') removed.add(`${bucket}.${key}`)
        else added.add(`${bucket}.${key}`)
      } else if (reading !== undefined && action !== 'del') changed.add(reading)
      else if (key.startsWith('f:') && pred.length > 0) changed.add(obj)
    }
    versions += [...changed].filter(name => !added.has(name)).length
  }
  return { versions, deleted: gone + [...removed].filter(name => !there.has(name)).length }
}

const nameOf = ({ bucket, key }: StoredEntry) => `${bucket}.${key}`
