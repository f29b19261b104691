export interface Rate {
  readonly perSecond: number
  /** What may come at once after a quiet time. */
  readonly burst: number
}

/** One bucket: full at first, refilled by a clock in milliseconds. */
export class Bucket {
  readonly #rate: Rate
  #left: number
  #filledAt: number

  constructor(rate: Rate, now: number) {
    this.#rate = rate
    this.#left = rate.burst
    this.#filledAt = now
  }

  /** Takes one and answers 0, or takes none and answers in how many milliseconds there will be one. */
  take(now: number): number {
    // A clock set back refills nothing, and does not stop the bucket either.
    const passedMs = Math.max(0, now - this.#filledAt)
    this.#left = Math.min(this.#rate.burst, this.#left + (passedMs / 1000) * this.#rate.perSecond)
    this.#filledAt = now
    if (this.#left < 1) return Math.ceil(((1 - this.#left) / this.#rate.perSecond) * 1000)
    this.#left -= 1
    return 0
  }
}

/** A bucket for each address, the longest unused forgotten first. */
export class Buckets {
  readonly #rate: Rate
  readonly #max: number
  readonly #byAddress = new Map<string, Bucket>()

  constructor(rate: Rate, max = 10_000) {
    this.#rate = rate
    this.#max = max
  }

  take(address: string, now: number): number {
    const bucket = this.#byAddress.get(address) ?? new Bucket(this.#rate, now)
    this.#byAddress.delete(address)
    this.#byAddress.set(address, bucket)
    if (this.#byAddress.size > this.#max) {
      for (const oldest of this.#byAddress.keys()) {
        this.#byAddress.delete(oldest)
        break
      }
    }
    return bucket.take(now)
  }
}
