/** Counts since the process started, and what is measured when asked, in the text format Prometheus reads. Never by log, address or person. */
export class Metrics {
  readonly #counts = new Map<string, number>()
  readonly #gauges = new Map<string, () => number | Promise<number>>()

  /** `labels` is what stands between the braces, for example `code="fork"`. */
  add(name: string, count = 1, labels = ''): void {
    const key = labels === '' ? `wellkeep_${name}` : `wellkeep_${name}{${labels}}`
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + count)
  }

  /** `read` is asked each time somebody looks. `name` is whole, as Prometheus knows it. */
  measure(name: string, read: () => number | Promise<number>): void {
    this.#gauges.set(name, read)
  }

  async text(): Promise<string> {
    const measured = await Promise.all([...this.#gauges].map(async ([name, read]) => [name, await read()] as const))
    return [...this.#counts, ...measured]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, count]) => `${key} ${count}\n`)
      .join('')
  }
}
