import type { Instant } from '#schema/instant.ts'
import type { EntryId, EntrySummary } from '#schema/record/entry.ts'
import { placeOf, privateShard, type Shard, shardName } from './entry-place.ts'
import type { DocMap } from './flat-fields.ts'
import type { IndexKeeper } from './index-keeper.ts'
import type { Saver } from './saver.ts'
import type { ShardReader } from './shard-reader.ts'
import { entryIn, removeEntry } from './stored-entry.ts'

/** How long the bin keeps. */
export const BIN_MS = 30 * 86_400_000

export interface CleanUpDeps {
  readonly keeper: IndexKeeper
  readonly saver: Saver
  readonly shards: ShardReader
}

/** Deletes for good what has been in the bin, or in an import taken back, for 30 days. What fails is tried at the next unlock. */
export async function cleanUp(deps: CleanUpDeps, now: Instant): Promise<void> {
  const isOver = (since: Instant | undefined) => since !== undefined && since + BIN_MS <= now
  const over = [...deps.keeper.index.all()].filter(({ binnedAt, summary: { source } }) => {
    if (isOver(binnedAt)) return true
    return source.type === 'import' && isOver(deps.keeper.imports.get(source.importId)?.undoneAt)
  })
  for (const [shard, ids] of byShard(over.map(row => row.summary))) await remove(deps, shard, ids)
}

/** What is private lies in its section's log as well, unless that began anew since. */
function byShard(entries: readonly EntrySummary[]): Map<Shard, EntryId[]> {
  const shards = new Map<string, Shard>()
  const found = new Map<Shard, EntryId[]>()
  for (const { id, isPrivate } of entries) {
    const place = placeOf(id)
    if (place === undefined) throw new TypeError('Cannot clean up: a row has no place')
    const { section, label } = place
    const open = { section, label }
    for (const each of isPrivate === true ? [open, privateShard(open)] : [open]) {
      const shard = shards.get(shardName(each)) ?? each
      shards.set(shardName(each), shard)
      found.set(shard, [...(found.get(shard) ?? []), id])
    }
  }
  return found
}

async function remove({ keeper, saver, shards }: CleanUpDeps, shard: Shard, ids: readonly EntryId[]): Promise<void> {
  await keeper.during([shard], async () => {
    const places = ids.flatMap(id => placeOf(id) ?? [])
    const doc = await shards.read(shard)
    const entries = places.flatMap(place => entryIn(shard.label, doc, place.bucket, place.key) ?? [])
    if (entries.length === 0) return
    const saved = await saver.save(write =>
      write(shard, (draft: DocMap) => {
        for (const entry of entries) removeEntry(draft, entry)
      }),
    )
    if (saved.ok) await keeper.refreshEntries(shard, places)
    else keeper.markStale(shard)
  })
}
