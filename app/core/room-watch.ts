import type { Result } from '#schema/result.ts'
import type { ByteStore, StoreFailure } from './ports.ts'

/** The same store; `tell` hears when the disk has no room for a write, and when it took one again. */
export function watchRoom(store: ByteStore, tell: (isFull: boolean) => void): ByteStore {
  const heard = (answer: Result<void, StoreFailure>) => {
    if (answer.ok || answer.failure === 'quota') tell(!answer.ok)
    return answer
  }
  return {
    get: (table, key) => store.get(table, key),
    list: (table, prefix, options) => store.list(table, prefix, options),
    keys: (table, prefix) => store.keys(table, prefix),
    commit: async writes => (writes.length === 0 ? store.commit(writes) : heard(await store.commit(writes))),
    claim: async () => heard(await store.claim()),
    erase: async () => heard(await store.erase()),
  }
}
