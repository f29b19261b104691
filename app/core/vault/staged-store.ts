import { ok } from '#schema/result.ts'
import type { ByteStore, StoreWrite, Table } from '../ports.ts'

type Bytes = Uint8Array<ArrayBuffer>

const TABLES: readonly Table[] = ['vault', 'frames', 'outbox', 'sealed', 'blobs']

/** Rows that are not on disk yet: what becomes a vault is first built here, so that it can replace another one in one commit. */
export interface StagedStore extends ByteStore {
  /** Makes `target` hold these rows and no other. */
  replacing(target: ByteStore): Promise<readonly StoreWrite[]>
}

export function makeStagedStore(): StagedStore {
  const rows = new Map(TABLES.map(table => [table, new Map<string, Bytes>()]))
  const rowsOf = (table: Table) => rows.get(table) ?? new Map<string, Bytes>()
  // Without a comparer, sort() compares UTF-16 code units, which is the order a store promises.
  const keysOf = (table: Table, prefix: string) =>
    [...rowsOf(table).keys()].filter(key => key.startsWith(prefix)).toSorted()

  return {
    get: async (table, key) => rowsOf(table).get(key)?.slice(),
    async list(table, prefix, { after, limit } = {}) {
      const keys = keysOf(table, prefix).filter(key => after === undefined || key > after)
      return keys.slice(0, limit).flatMap(key => {
        const value = rowsOf(table).get(key)
        return value === undefined ? [] : [[key, value.slice()] as const]
      })
    },
    keys: async (table, prefix) => keysOf(table, prefix),
    async commit(writes) {
      for (const write of writes) {
        if ('remove' in write) rowsOf(write.table).delete(write.key)
        else rowsOf(write.table).set(write.key, write.value.slice())
      }
      return ok(undefined)
    },
    claim: async () => ok(undefined),
    async erase() {
      for (const table of TABLES) rowsOf(table).clear()
      return ok(undefined)
    },
    async replacing(target) {
      const writes: StoreWrite[] = []
      for (const table of TABLES) {
        const staged = rowsOf(table)
        const old = (await target.keys(table, '')).filter(key => !staged.has(key))
        writes.push(...old.map(key => ({ table, key, remove: true }) as const))
        writes.push(...[...staged].map(([key, value]) => ({ table, key, value })))
      }
      return writes
    },
  }
}
