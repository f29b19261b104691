import type { Clock } from '../ports.ts'

/** Calls `lock` once nobody touched the screen for the set time. Measured by the monotonic clock: setting the wall clock changes nothing. */
export class AutoLock {
  readonly #clock: Clock
  readonly #lock: () => void
  #minutes: number
  #touchedMs: number
  #cancel: (() => void) | undefined

  constructor(clock: Clock, minutes: number, lock: () => void) {
    this.#clock = clock
    this.#lock = lock
    this.#minutes = minutes
    this.#touchedMs = clock.monotonicMs()
    this.#arm()
  }

  touch(): void {
    this.#touchedMs = this.#clock.monotonicMs()
  }

  setMinutes(minutes: number): void {
    if (minutes === this.#minutes) return
    this.#minutes = minutes
    this.#cancel?.()
    this.#arm()
  }

  stop(): void {
    this.#cancel?.()
    this.#cancel = undefined
  }

  /** One timer that looks again when it fires: a touch costs no timer. */
  #arm(): void {
    const leftMs = this.#touchedMs + this.#minutes * 60_000 - this.#clock.monotonicMs()
    if (leftMs <= 0) return this.#lock()
    this.#cancel = this.#clock.after(leftMs, () => this.#arm())
  }
}
