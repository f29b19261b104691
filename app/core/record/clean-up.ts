import type { Instant } from '#schema/instant.ts'
import type { EntryId } from '#schema/record/entry.ts'
import { idPrefix, placeOf } from './entry-place.ts'
import type { DocMap } from './flat-fields.ts'
import type { IndexKeeper, Shard } from './index-keeper.ts'
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
  for (const [shard, ids] of byShard(over.map(row => row.summary.id))) await remove(deps, shard, ids)
}

function byShard(ids: readonly EntryId[]): Map<Shard, EntryId[]> {
  const shards = new Map<string, Shard>()
  return Map.groupBy(ids, id => {
    const place = placeOf(id)
    if (place === undefined) throw new TypeError('Cannot clean up: a row has no place')
    const prefix = idPrefix(place.section, place.label)
    const shard = shards.get(prefix) ?? { section: place.section, label: place.label }
    shards.set(prefix, shard)
    return shard
  })
}

async function remove({ keeper, saver, shards }: CleanUpDeps, shard: Shard, ids: readonly EntryId[]): Promise<void> {
  const { section, label } = shard
  await keeper.during([shard], async () => {
    const places = ids.flatMap(id => placeOf(id) ?? [])
    const doc = await shards.read(section, label)
    const entries = places.flatMap(place => entryIn(label, doc, place.bucket, place.key) ?? [])
    const saved = await saver.save(write =>
      write(section, label, (draft: DocMap) => {
        for (const entry of entries) removeEntry(draft, entry)
      }),
    )
    if (saved.ok) await keeper.refreshEntries(section, label, places)
    else keeper.markStale(section, label)
  })
}
