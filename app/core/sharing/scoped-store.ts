import type { ByteStore, StoreWrite, Table } from '../ports.ts'

/** A store as one record beside one's own sees it: its rows of `tables` stand under a prefix of their own. */
export function scopedStore(store: ByteStore, prefix: string, tables: readonly Table[] = ['sealed']): ByteStore {
  const inside = (table: Table, key: string) => (tables.includes(table) ? prefix + key : key)
  const outside = (table: Table, key: string) => (tables.includes(table) ? key.slice(prefix.length) : key)
  const moved = (write: StoreWrite): StoreWrite => ({ ...write, key: inside(write.table, write.key) })
  return {
    claim: () => store.claim(),
    erase: () => store.erase(),
    get: (table, key) => store.get(table, inside(table, key)),
    async list(table, start, options) {
      const after = options?.after === undefined ? {} : { after: inside(table, options.after) }
      const rows = await store.list(table, inside(table, start), { ...options, ...after })
      return rows.map(([key, value]) => [outside(table, key), value] as const)
    },
    async keys(table, start) {
      return (await store.keys(table, inside(table, start))).map(key => outside(table, key))
    },
    commit: writes => store.commit(writes.map(moved)),
  }
}
