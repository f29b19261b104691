/** Which holder keys are proven on an open socket, and on how many. */
export class Presence {
  readonly #counts = new Map<string, number>()

  came(holder: string): void {
    this.#counts.set(holder, (this.#counts.get(holder) ?? 0) + 1)
  }

  went(holder: string): void {
    const left = (this.#counts.get(holder) ?? 1) - 1
    if (left === 0) this.#counts.delete(holder)
    else this.#counts.set(holder, left)
  }

  isHere(holder: string): boolean {
    return this.#counts.has(holder)
  }
}
