import type { LogId } from '#schema/ids.ts'
import { ok, type Result } from '#schema/result.ts'
import type { ByteStore, StoreFailure, Table } from '../ports.ts'

export type Place = readonly [Table, string]

/** Whether anything of a log lies on this device: that is how an eviction that was cut short is found again. */
export async function isOnDisk(store: ByteStore, logId: LogId): Promise<boolean> {
  for (const [table, prefix] of placesOf(logId)) if ((await store.keys(table, prefix)).length > 0) return true
  return false
}

/** Everything of a log goes from this device; its frames last, as they are what can be carried over still. */
export function evictLog(store: ByteStore, logId: LogId): Promise<Result<void, StoreFailure>> {
  return removeAll(store, placesOf(logId))
}

export function placesOf(logId: LogId): Place[] {
  return [
    outboxOf(logId),
    ['sealed', waitingPieces(logId)],
    ['blobs', `${logId}/`],
    ['sealed', requestStandings(logId)],
    ['sealed', `log/${logId}/`],
    ['frames', `${logId}/`],
  ]
}

/** Where a conversation's requests stand, as last worked out. */
export const requestStandings = (logId: LogId): string => `standing/${logId}`

/** Blobs that no frame names and that the relay has not got (decision 55). */
export const waitingPieces = (logId: LogId): string => `piece/${logId}/`

export const outboxOf = (logId: LogId): Place => ['outbox', `${logId}/`]

export async function removeAll(store: ByteStore, places: readonly Place[]): Promise<Result<void, StoreFailure>> {
  for (const [table, prefix] of places) {
    const keys = await store.keys(table, prefix)
    if (keys.length === 0) continue
    const gone = await store.commit(keys.map(key => ({ table, key, remove: true })))
    if (!gone.ok) return gone
  }
  return ok(undefined)
}
