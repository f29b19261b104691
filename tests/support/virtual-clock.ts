import type { Clock } from '#app/core/ports.ts'
import { type Instant, instant } from '#schema/instant.ts'

interface Timer {
  readonly atMs: number
  readonly order: number
  run(): void
}

/** Time that passes only when told to, and nothing happens beside it: between two events all that can be done is done. */
export class VirtualTime {
  static readonly startMs = 1_800_000_000_000
  nowMs = 0
  /** Events that came to pass. */
  steps = 0
  #timers: Timer[] = []
  #order = 0
  #busy = 0

  /** True time: what a right clock shows. */
  now(): Instant {
    return instant(VirtualTime.startMs + Math.floor(this.nowMs))
  }

  /** The answer cancels it. */
  after(delayMs: number, run: () => void): () => void {
    const timer = { atMs: this.nowMs + Math.max(0, delayMs), order: this.#order++, run }
    let index = this.#timers.length
    while (index > 0 && this.#timers[index - 1]!.atMs <= timer.atMs) index--
    this.#timers.splice(index, 0, timer)
    return () => {
      const at = this.#timers.indexOf(timer)
      if (at !== -1) this.#timers.splice(at, 1)
    }
  }

  /** Work that leaves the turn of the event loop (WebCrypto, HTTP bodies); time stands still until it is done. */
  async track<T>(work: Promise<T>): Promise<T> {
    this.#busy++
    try {
      return await work
    } finally {
      this.#busy--
    }
  }

  /** Lets everything run that needs no time. */
  async drain(): Promise<void> {
    do await new Promise<void>(resolve => setImmediate(resolve))
    while (this.#busy > 0)
  }

  async run(durationMs: number): Promise<void> {
    const untilMs = this.nowMs + durationMs
    await this.drain()
    for (let next = this.#timers.at(-1); next !== undefined && next.atMs <= untilMs; next = this.#timers.at(-1)) {
      this.#timers.pop()
      this.nowMs = Math.max(this.nowMs, next.atMs)
      this.steps++
      next.run()
      await this.drain()
    }
    this.nowMs = untilMs
  }

  /** Runs on until `work` is done, at most for so long. False: it is not. */
  async runUntil(work: Promise<unknown>, atMostMs: number): Promise<boolean> {
    let isDone = false
    void work.finally(() => {
      isDone = true
    })
    const untilMs = this.nowMs + atMostMs
    await this.drain()
    while (!isDone && this.nowMs < untilMs) await this.run(Math.min(100, untilMs - this.nowMs))
    return isDone
  }
}

/** One device's clock. Its wall shows `offsetMs` more than is true, and may be set at any time; its timers are right. */
export interface VirtualClock extends Clock {
  offsetMs: number
  /** The process is gone: no timer of its own fires any more. */
  stop(): void
}

export function makeVirtualClock(time: VirtualTime, offsetMs: number): VirtualClock {
  let isStopped = false
  const clock: VirtualClock = {
    offsetMs,
    stop() {
      isStopped = true
    },
    now: () => instant(Math.max(0, time.now() + clock.offsetMs)),
    monotonicMs: () => time.nowMs,
    zone: () => 'Europe/Berlin',
    after: (delayMs, run) => time.after(delayMs, () => isStopped || run()),
  }
  return clock
}
