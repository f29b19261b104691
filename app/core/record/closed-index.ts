import type { ImportId } from '#schema/record/entry.ts'
import type { Section } from '#schema/record/sections.ts'
import type { ByteStore } from '../ports.ts'
import { holdsEntries, idPrefix, type Shard, shardOf } from './entry-place.ts'
import { INDEX_PREFIX, listIndex, openIndex, type RowNames, type ShardIndex } from './index-rows.ts'
import { makeRecordIndex, type RecordIndex } from './record-index.ts'
import { SAME_LABEL } from './same-links.ts'
import { IMPORTS_LABEL, type StoredImport } from './stored-imports.ts'

/** Who typed something is for the open record to say. */
const UNNAMED: RowNames['authors'] = { authorOf: () => ({ type: 'member', id: '', name: '' }) }

/**
 * The index of a record that is closed, as it was when it was last open, of these sections. Nothing is opened but sealed rows of
 * table `sealed`. Undefined where there are none.
 */
export async function readClosedIndex(
  store: ByteStore,
  localKey: Uint8Array,
  sections: readonly Section[],
): Promise<RecordIndex | undefined> {
  const sealed = await listIndex(store)
  if (sealed.size === 0) return undefined
  const shards = [...sealed].flatMap(([key, bytes]) => {
    const shard = shardAt(key)
    return shard !== undefined && sections.includes(shard.section) ? [{ shard, key, bytes }] : []
  })
  const imports = new Map<ImportId, StoredImport>()
  const fileNameOf = (id: string) => imports.get(id as ImportId)?.fileName ?? ''
  const read = (key: string, bytes: Uint8Array, prefix: string): ShardIndex | undefined =>
    openIndex(localKey, key, bytes)?.unpack({ prefix }, { fileNameOf, authors: UNNAMED })
  for (const { shard, key, bytes } of shards) {
    if (shard.label !== IMPORTS_LABEL) continue
    for (const each of read(key, bytes, '')?.imports ?? []) imports.set(each.importId, each)
  }
  const index = makeRecordIndex()
  for (const { shard, key, bytes } of shards) {
    if (shard.label === SAME_LABEL) index.setLinks(shard, read(key, bytes, '')?.links ?? [])
    if (holdsEntries(shard.label)) index.update(shard, read(key, bytes, idPrefix(shard))?.rows ?? [], [])
  }
  index.hide(new Set([...imports.values()].filter(each => each.undoneAt !== undefined).map(each => each.importId)))
  return index
}

function shardAt(key: string): Shard | undefined {
  const name = key.slice(INDEX_PREFIX.length)
  const end = name.indexOf('/')
  const shard = shardOf(name.slice(0, end) as Section, name.slice(end + 1))
  return shard?.isPrivate === true ? undefined : shard
}
