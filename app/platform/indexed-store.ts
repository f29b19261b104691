import { type DBSchema, type IDBPDatabase, openDB } from 'idb'
import type { ByteStore, StoreFailure, StoreWrite, Table } from '#app/core/ports.ts'
import { fail, ok, type Result } from '#schema/result.ts'

type Bytes = Uint8Array<ArrayBuffer>

interface StoreSchema extends DBSchema {
  vault: { key: string; value: Bytes }
  frames: { key: string; value: Bytes }
  outbox: { key: string; value: Bytes }
  sealed: { key: string; value: Bytes }
  blobs: { key: string; value: Bytes }
  /** One row, `owner`: the fencing counter. */
  fence: { key: string; value: number }
}

const TABLES = ['vault', 'frames', 'outbox', 'sealed', 'blobs'] as const satisfies readonly Table[]
const FENCE_KEY = 'owner'

/** Above every key that starts with the prefix: keys are ASCII. */
const prefixRange = (prefix: string, after?: string) =>
  after === undefined ? IDBKeyRange.bound(prefix, `${prefix}\uffff`) : IDBKeyRange.bound(after, `${prefix}\uffff`, true)

function failureOf(error: unknown): StoreFailure {
  const name = error instanceof DOMException ? error.name : ''
  return name === 'QuotaExceededError' ? 'quota' : 'aborted'
}

/** A view is cloned with its whole buffer; what surrounds it is not ours to store. */
const withoutSurroundings = (value: Bytes) => (value.length === value.buffer.byteLength ? value : value.slice())

/** `ByteStore` over IndexedDB: strict durability, and a fencing counter read in the same transaction as every write. */
class IndexedStore implements ByteStore {
  readonly #database: IDBPDatabase<StoreSchema>
  #fence: number | undefined
  /** The counter as it was when this store first tried to claim. */
  #found: number | undefined

  constructor(database: IDBPDatabase<StoreSchema>) {
    this.#database = database
  }

  async get(table: Table, key: string): Promise<Bytes | undefined> {
    return this.#reading(table).get(key)
  }

  async list(table: Table, prefix: string, options: { readonly after?: string; readonly limit?: number } = {}) {
    const store = this.#reading(table)
    const range = prefixRange(prefix, options.after)
    const [keys, values] = await Promise.all([
      store.getAllKeys(range, options.limit),
      store.getAll(range, options.limit),
    ])
    return keys.map((key, index) => [key, values[index]!] as const)
  }

  async keys(table: Table, prefix: string): Promise<string[]> {
    return this.#reading(table).getAllKeys(prefixRange(prefix))
  }

  /**
   * Whoever reads waits for the requests, and nobody for the end of their transaction: Chromium breaks it off when this tab was frozen
   * in it and another one waits to write, and idb's promise of it would reject unheard once the tab goes on.
   */
  #reading<Read extends Table | 'fence'>(table: Read) {
    const transaction = this.#database.transaction(table)
    transaction.done.catch(() => undefined)
    return transaction.store
  }

  async commit(writes: readonly StoreWrite[]): Promise<Result<void, StoreFailure>> {
    const tables = new Set(writes.map(write => write.table))
    return this.#write([...tables], stores => {
      for (const write of writes) {
        if ('remove' in write) void stores(write.table).delete(write.key)
        else void stores(write.table).put(write.value, write.key)
      }
    })
  }

  claim(): Promise<Result<void, StoreFailure>> {
    this.#found = undefined
    return this.#raiseFence()
  }

  /** Only from the counter that was found first: whoever raised it meanwhile has the store. */
  async #raiseFence(): Promise<Result<void, StoreFailure>> {
    try {
      const transaction = this.#database.transaction('fence', 'readwrite', { durability: 'strict' })
      const finished = transaction.done.then(
        () => ok(undefined),
        (error: unknown) => fail(failureOf(error)),
      )
      const fence = (await transaction.store.get(FENCE_KEY)) ?? 0
      this.#found ??= fence
      if (fence !== this.#found) {
        transaction.abort()
        await finished
        return fail('fenced')
      }
      await transaction.store.put(fence + 1, FENCE_KEY)
      const raised = await finished
      if (raised.ok) this.#fence = fence + 1
      return raised
    } catch (error) {
      return fail(failureOf(error))
    }
  }

  erase(): Promise<Result<void, StoreFailure>> {
    return this.#write([...TABLES], stores => {
      for (const table of TABLES) void stores(table).clear()
    })
  }

  /** One transaction: the fence is checked first, then `act` queues its requests; anything thrown undoes all of it. */
  async #write(
    tables: readonly Table[],
    act: (
      stores: (table: Table) => {
        put(value: Bytes, key: string): unknown
        delete(key: string): unknown
        clear(): unknown
      },
    ) => void,
  ): Promise<Result<void, StoreFailure>> {
    if (this.#fence === undefined && this.#found !== undefined) {
      const claimed = await this.#raiseFence()
      if (!claimed.ok) return claimed
    }
    try {
      const names: (Table | 'fence')[] = [...tables, 'fence']
      const transaction = this.#database.transaction(names, 'readwrite', { durability: 'strict' })
      const finished = transaction.done.then(
        () => ok(undefined),
        (error: unknown) => fail(failureOf(error)),
      )
      const fence = await transaction.objectStore('fence').get(FENCE_KEY)
      if (this.#fence === undefined || fence !== this.#fence) {
        transaction.abort()
        await finished
        return fail('fenced')
      }
      act(table => {
        const store = transaction.objectStore(table)
        // idb's own promises of single requests would reject unheard when the transaction aborts.
        const hush = (request: Promise<unknown>) => request.catch(() => undefined)
        return {
          put: (value, key) => hush(store.put(withoutSurroundings(value), key)),
          delete: key => hush(store.delete(key)),
          clear: () => hush(store.clear()),
        }
      })
      return this.#unlessOvertaken(await finished)
    } catch (error) {
      return this.#unlessOvertaken(fail(failureOf(error)))
    }
  }

  /** The browser also breaks off what a frozen tab was writing: for somebody who waited to claim, and is to be asked now. */
  async #unlessOvertaken(written: Result<void, StoreFailure>): Promise<Result<void, StoreFailure>> {
    if (written.ok || written.failure !== 'aborted') return written
    try {
      const fence = await this.#reading('fence').get(FENCE_KEY)
      return fence === this.#fence ? written : fail('fenced')
    } catch {
      return written
    }
  }
}

/** Opens (and on first use makes) the browser profile's one store. Throws when the browser gives no IndexedDB. */
export async function openIndexedStore(name = 'wellkeep'): Promise<ByteStore> {
  const database = await openDB<StoreSchema>(name, 1, {
    upgrade(fresh) {
      for (const table of TABLES) fresh.createObjectStore(table)
      fresh.createObjectStore('fence')
    },
    /** A newer version of the app in another tab wants to change the layout. */
    blocking(_current, _blocked, event) {
      if (event.target instanceof IDBDatabase) event.target.close()
    },
  })
  return new IndexedStore(database)
}
