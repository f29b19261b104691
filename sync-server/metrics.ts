/** Counts since the process started, in the text format Prometheus reads. Never by log, address or person. */
export class Metrics {
  readonly #counts = new Map<string, number>()

  /** `labels` is what stands between the braces, for example `code="fork"`. */
  add(name: string, count = 1, labels = ''): void {
    const key = labels === '' ? `wellkeep_${name}` : `wellkeep_${name}{${labels}}`
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + count)
  }

  text(): string {
    return [...this.#counts]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, count]) => `${key} ${count}\n`)
      .join('')
  }
}
