import { hash } from '#crypto/hash.ts'
import { toHex, utf8 } from '#schema/bytes.ts'
import type { SealedLog } from '../log/sealed-log.ts'

/** A short name for what all documents of these logs say: the same while nothing changes. 32 hex digits. */
export function stateOf(logs: readonly SealedLog[]): string {
  const shards = logs.flatMap(log => log.shards().map(({ label, heads }) => `${log.id}/${label} ${heads.join()}`))
  return toHex(hash(utf8(shards.toSorted().join('\n'))).subarray(0, 16))
}
