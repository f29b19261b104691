import type { LogSection } from '#schema/record/sections.ts'
import type { SealedLog } from '../log/sealed-log.ts'
import { shardOf } from './entry-place.ts'
import { nameOf, privateIn } from './private-shard.ts'
import type { ShardReader } from './shard-reader.ts'
import { entriesIn, originalOf } from './stored-entry.ts'

/** The keys of all resources that are private: another version of one is private from the start. */
export async function privateSources(deps: {
  readonly sections: readonly LogSection[]
  logOf(section: LogSection): SealedLog
  readonly shards: ShardReader
}): Promise<ReadonlySet<string>> {
  const keys = new Set<string>()
  if (!deps.sections.includes('private')) return keys
  for (const { label } of deps.logOf('private').shards()) {
    const shard = shardOf('private', label)
    if (shard === undefined) continue
    const doc = await deps.shards.read(shard)
    const isPrivate = privateIn(doc)
    for (const entry of entriesIn(shard.label, doc)) {
      const key = isPrivate.has(nameOf(entry)) ? originalOf(entry)?.sourceKey : undefined
      if (key !== undefined) keys.add(key)
    }
  }
  return keys
}
