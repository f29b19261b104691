import type { Clock, Outside, OutsideLine } from '../ports.ts'

/** One act that asks a clinic: a later act, a cancel or a lock ends it. */
export interface ClinicAct {
  readonly line: OutsideLine
  readonly signal: AbortSignal
  /** Answers false when the act was ended meanwhile. */
  wait(delayMs: number): Promise<boolean>
}

/** Where acts begin, one at a time. */
export class ClinicLines {
  readonly #outside: Outside
  readonly #clock: Clock
  #end: () => void = () => undefined

  constructor(outside: Outside, clock: Clock) {
    this.#outside = outside
    this.#clock = clock
  }

  /** With a line to `hosts`, closed when `act` is over. */
  async during<Answer>(hosts: readonly string[], act: (act: ClinicAct) => Promise<Answer>): Promise<Answer> {
    this.end()
    const line = this.#outside.open(hosts)
    const ending = new AbortController()
    const end = () => {
      ending.abort()
      line.close()
    }
    this.#end = end
    try {
      return await act({ line, signal: ending.signal, wait: delayMs => this.#wait(delayMs, ending.signal) })
    } finally {
      end()
      if (this.#end === end) this.#end = () => undefined
    }
  }

  end(): void {
    this.#end()
  }

  #wait(delayMs: number, signal: AbortSignal): Promise<boolean> {
    return new Promise(resolve => {
      const cancel = this.#clock.after(delayMs, () => resolve(true))
      const give = () => {
        cancel()
        resolve(false)
      }
      if (signal.aborted) give()
      else signal.addEventListener('abort', give, { once: true })
    })
  }
}
