import type { Stop } from './session.ts'

/** A value and who wants to hear of its changes: each is called at once and then on each change. */
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

  watch(listener: (value: Value) => void): Stop {
    this.#listeners.add(listener)
    listener(this.#value)
    return () => {
      this.#listeners.delete(listener)
    }
  }
}
