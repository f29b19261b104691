/** What is loaded when it is first asked for, once, and stays. Where that fails it is tried anew the next time. */
export class WhenAsked<Value> {
  readonly #load: () => Promise<Value>
  #loading: Promise<Value> | undefined
  #here: Value | undefined

  constructor(load: () => Promise<Value>) {
    this.#load = load
  }

  /** Undefined as long as nobody has asked for it. */
  get here(): Value | undefined {
    return this.#here
  }

  get(): Promise<Value> {
    this.#loading ??= this.#begin()
    return this.#loading
  }

  async #begin(): Promise<Value> {
    try {
      this.#here = await this.#load()
      return this.#here
    } catch (cause) {
      this.#loading = undefined
      throw cause
    }
  }
}
