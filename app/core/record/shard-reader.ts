import type { LogSection } from '#schema/record/sections.ts'
import type { SealedLog } from '../log/sealed-log.ts'
import { placeInLog, type Shard, shardName } from './entry-place.ts'
import type { DocMap } from './flat-fields.ts'

/** Documents that stay open because they were looked at last. */
const OPEN = 6

export interface ShardReader {
  /** The document as it is now. Use it before the next await: later it may be closed. */
  read(shard: Shard): Promise<DocMap>
}

/** Opens shards and closes those that nobody has looked at for the longest time. */
export function makeShardReader(logOf: (section: LogSection) => SealedLog): ShardReader {
  const open = new Map<string, Shard>()

  function note(shard: Shard): void {
    const key = shardName(shard)
    open.delete(key)
    open.set(key, shard)
    const [oldestKey, oldest] = open.entries().next().value ?? []
    if (open.size <= OPEN || oldestKey === undefined || oldest === undefined) return
    open.delete(oldestKey)
    const { log, label } = placeInLog(oldest)
    logOf(log).close(label)
  }

  return {
    async read(shard) {
      note(shard)
      const { log, label } = placeInLog(shard)
      return logOf(log).read<DocMap>(label)
    },
  }
}
