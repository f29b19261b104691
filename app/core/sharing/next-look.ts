const ROUND_MS = 60_000
/** While somebody is to answer. */
const EAGER_MS = 10_000
/** The relay has ended something here; why is said in a letter, which who ended it sends after that. */
const SOON_MS = [500, 1500, 4000, 10_000]

/** When letters are looked for next. */
export class NextLook {
  #soon: number[] = []

  /** A letter is on its way. */
  hurry(): void {
    this.#soon = [...SOON_MS]
  }

  /** Milliseconds from now; each call is for another look. */
  delayMs(isAwaiting: boolean): number {
    return this.#soon.shift() ?? (isAwaiting ? EAGER_MS : ROUND_MS)
  }
}
