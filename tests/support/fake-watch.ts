import type { Stop } from '#app/core/session.ts'

/** A value that tells its listeners: what stands behind each `watch…` method of the fake session. */
export class Watched<Value> {
  #value: Value
  readonly #listeners = new Set<(value: Value) => void>()

  constructor(value: Value) {
    this.#value = value
  }

  get value(): Value {
    return this.#value
  }

  set(value: Value): void {
    this.#value = value
    for (const listener of this.#listeners) listener(value)
  }

  async watch(listener: (value: Value) => void): Promise<Stop> {
    this.#listeners.add(listener)
    listener(this.#value)
    return () => {
      this.#listeners.delete(listener)
    }
  }
}
