import type { ByteStore, StoreWrite } from '../ports.ts'

/** A store as one shared record sees it: its rows of table `sealed` stand under a prefix of their own. */
export function scopedStore(store: ByteStore, prefix: string): ByteStore {
  const inside = (write: StoreWrite): StoreWrite =>
    write.table === 'sealed' ? { ...write, key: prefix + write.key } : write
  return {
    claim: () => store.claim(),
    erase: () => store.erase(),
    get: (table, key) => store.get(table, table === 'sealed' ? prefix + key : key),
    async list(table, start, options) {
      if (table !== 'sealed') return store.list(table, start, options)
      const after = options?.after === undefined ? {} : { after: prefix + options.after }
      const rows = await store.list(table, prefix + start, { ...options, ...after })
      return rows.map(([key, value]) => [key.slice(prefix.length), value] as const)
    },
    async keys(table, start) {
      if (table !== 'sealed') return store.keys(table, start)
      return (await store.keys(table, prefix + start)).map(key => key.slice(prefix.length))
    },
    commit: writes => store.commit(writes.map(inside)),
  }
}
