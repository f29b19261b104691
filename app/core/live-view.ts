import type { Stop } from './session.ts'
import { Watched } from './watched.ts'

/** A value that is read anew when something changed, while somebody watches: one reading at a time, what changes meanwhile after it. */
export class LiveView<Value> {
  readonly #value: Watched<Value>
  readonly #read: () => Promise<Value>
  /** What is read; another one once that was locked or opened. */
  readonly #source: () => unknown
  #watching = 0
  #reading: Promise<void> | undefined
  #isDue = false

  constructor(nothing: Value, source: () => unknown, read: () => Promise<Value>) {
    this.#value = new Watched(nothing)
    this.#source = source
    this.#read = read
  }

  get isWatched(): boolean {
    return this.#watching > 0
  }

  async watch(listener: (value: Value) => void): Promise<Stop> {
    this.#watching += 1
    if (this.#watching === 1) await this.refresh()
    const stop = this.#value.watch(listener)
    let isOver = false
    return () => {
      if (isOver) return
      isOver = true
      stop()
      this.#watching -= 1
    }
  }

  changed(): void {
    if (this.isWatched) void this.refresh()
  }

  /** Resolves when the value is no older than this call. */
  async refresh(): Promise<void> {
    this.#isDue = true
    this.#reading ??= this.#readWhileDue().finally(() => {
      this.#reading = undefined
    })
    await this.#reading
  }

  async #readWhileDue(): Promise<void> {
    while (this.#isDue) {
      this.#isDue = false
      const source = this.#source()
      try {
        const value = await this.#read()
        if (this.#source() === source) this.#value.set(value)
      } catch (cause) {
        // A lock closes the logs under what is being read.
        if (this.#source() === source) throw cause
      }
    }
  }
}
