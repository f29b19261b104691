import type { SealedLog } from '../log/sealed-log.ts'

/** Logs with which somebody works who waits for something meanwhile: none of them is let go before they are through. */
export class LogsInUse {
  readonly #uses = new Map<SealedLog, number>()
  readonly #listeners = new Set<() => void>()

  has(log: SealedLog): boolean {
    return this.#uses.has(log)
  }

  /** Until the answer is called. */
  use(logs: Iterable<SealedLog>): () => void {
    const used = [...logs]
    for (const log of used) this.#uses.set(log, (this.#uses.get(log) ?? 0) + 1)
    let isOver = false
    return () => {
      if (isOver) return
      isOver = true
      for (const log of used) this.#end(log)
      for (const listener of this.#listeners) listener()
    }
  }

  /** As `use`, while `work` is under way. */
  async during<T>(logs: Iterable<SealedLog>, work: () => Promise<T>): Promise<T> {
    const end = this.use(logs)
    try {
      return await work()
    } finally {
      end()
    }
  }

  /** Calls whenever somebody is through. */
  watch(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  #end(log: SealedLog): void {
    const left = (this.#uses.get(log) ?? 0) - 1
    if (left > 0) this.#uses.set(log, left)
    else this.#uses.delete(log)
  }
}
