import type { Database } from './database.ts'
import { StoreFull } from './relay-store.ts'

/** SQLite's result code for it. */
const SQLITE_FULL = 13

interface CommitHooks {
  /** The last of the transaction. */
  beforeCommit(): void
  afterCommit(): void
  /** Nothing of it was kept. */
  afterRollback(error: unknown): void
}

interface Waiting {
  readonly run: () => void
  readonly resolve: () => void
  readonly reject: (error: unknown) => void
}

/**
 * Group commit: whatever was enqueued in one turn of the event loop runs in one transaction, and is answered only after
 * its commit. Work must be synchronous and repeatable: should a transaction fail, each piece is tried on its own, so
 * that one broken piece does not fail the others.
 */
export class CommitQueue {
  readonly #db: Database
  readonly #schedule: (run: () => void) => void
  readonly #hooks: CommitHooks
  #waiting: Waiting[] = []

  constructor(db: Database, schedule: (run: () => void) => void, hooks: CommitHooks) {
    this.#db = db
    this.#schedule = schedule
    this.#hooks = hooks
  }

  enqueue<Value>(work: () => Value): Promise<Value> {
    return new Promise((resolve, reject) => {
      let value: Value
      this.#waiting.push({
        run: () => {
          value = work()
        },
        resolve: () => resolve(value),
        reject,
      })
      if (this.#waiting.length === 1) this.#schedule(() => this.#commit())
    })
  }

  #commit(): void {
    const batch = this.#waiting
    this.#waiting = []
    try {
      this.#transact(batch)
    } catch (error) {
      if (batch.length === 1) batch[0]!.reject(told(error))
      else for (const one of batch) this.#commitAlone(one)
      return
    }
    for (const one of batch) one.resolve()
  }

  #commitAlone(one: Waiting): void {
    try {
      this.#transact([one])
      one.resolve()
    } catch (error) {
      one.reject(told(error))
    }
  }

  #transact(batch: readonly Waiting[]): void {
    try {
      this.#db.transact(() => {
        for (const one of batch) one.run()
        this.#hooks.beforeCommit()
      })
    } catch (error) {
      this.#hooks.afterRollback(error)
      throw error
    }
    this.#hooks.afterCommit()
  }
}

/** The disk, or the room that the store may take on it. */
export function isFull(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && error.errcode === SQLITE_FULL
}

function told(error: unknown): unknown {
  return isFull(error) ? new StoreFull('Cannot store: the disk is full', { cause: error }) : error
}
