/** One piece of work after the other. What breaks off is told to whoever asked for it, and keeps nothing later from its turn. */
export class Turns {
  #last: Promise<unknown> = Promise.resolve()

  /** As `work` answers, or throws, once everything before it is through. */
  async next<Answer>(work: () => Answer | Promise<Answer>): Promise<Answer> {
    const done = this.#last.then(work)
    this.#last = done.catch(() => undefined)
    return await done
  }

  /** Resolves when all that had its turn asked for by now is through, whatever came of it. */
  async idle(): Promise<void> {
    await this.#last
  }
}
