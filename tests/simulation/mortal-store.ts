import type { ByteStore, StoreFailure, StoreWrite, Table } from '#app/core/ports.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import type { MemoryDisk, MemoryStore } from '#tests/support/memory-store.ts'

/**
 * A process's store. When the process dies, whoever waits for the store waits for ever, as nobody is there any more. `dieAt` counts
 * every call: between two of them there is at most one await that matters.
 */
export class MortalStore implements ByteStore {
  readonly #inner: MemoryStore
  readonly #died: () => void
  readonly #committed: (writes: readonly StoreWrite[]) => void
  #calls = 0
  #dieAt = Number.POSITIVE_INFINITY
  #isDurable = false
  #failure: StoreFailure | undefined
  #isDead = false

  /** `committed` hears of every transaction before it is on the disk. */
  constructor(disk: MemoryDisk, died: () => void, committed: (writes: readonly StoreWrite[]) => void) {
    this.#inner = disk.open()
    this.#died = died
    this.#committed = committed
  }

  /** The process dies at the `calls`-th call from now. A commit may be durable by then, or not. */
  dieIn(calls: number, isDurable: boolean): void {
    this.#dieAt = this.#calls + calls
    this.#isDurable = isDurable
  }

  kill(): void {
    this.#isDead = true
  }

  failNext(failure: StoreFailure): void {
    this.#failure = failure
  }

  /** Nothing that was to go wrong goes wrong any more. */
  spare(): void {
    this.#dieAt = Number.POSITIVE_INFINITY
    this.#failure = undefined
  }

  get(table: Table, key: string) {
    return this.#alive(() => this.#inner.get(table, key))
  }

  list(table: Table, prefix: string, options?: { readonly after?: string; readonly limit?: number }) {
    return this.#alive(() => this.#inner.list(table, prefix, options))
  }

  keys(table: Table, prefix: string) {
    return this.#alive(() => this.#inner.keys(table, prefix))
  }

  async commit(writes: readonly StoreWrite[]): Promise<Result<void, StoreFailure>> {
    if (this.#isDue() && this.#isDurable) {
      this.#committed(writes)
      await this.#inner.commit(writes)
    }
    return this.#alive(async () => {
      const failure = this.#failure
      this.#failure = undefined
      if (failure !== undefined) return fail(failure)
      this.#committed(writes)
      return this.#inner.commit(writes)
    })
  }

  async claim(): Promise<Result<void, StoreFailure>> {
    return ok(undefined)
  }

  async erase(): Promise<Result<void, StoreFailure>> {
    return fail('aborted')
  }

  #isDue(): boolean {
    return !this.#isDead && this.#calls + 1 >= this.#dieAt
  }

  #alive<T>(act: () => Promise<T>): Promise<T> {
    if (this.#isDue()) {
      this.#isDead = true
      this.#died()
    }
    this.#calls++
    if (this.#isDead) return new Promise<never>(() => undefined)
    return act()
  }
}
