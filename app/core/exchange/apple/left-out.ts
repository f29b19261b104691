import type { LeftReason } from '../../import-session.ts'
import { keptText } from './kept-text.ts'

/** Enough to know what is meant. */
const MAX_EXAMPLES = 5
const MAX_NAMES = 200

/** Counts what an export holds that does not come in, by reason; of millions it remembers a few names. */
export class LeftOut {
  readonly #byReason = new Map<LeftReason, { count: number; readonly names: Map<string, number> }>()

  count(reason: LeftReason, name?: string, count = 1): void {
    let left = this.#byReason.get(reason)
    if (left === undefined) {
      left = { count: 0, names: new Map() }
      this.#byReason.set(reason, left)
    }
    left.count += count
    if (name === undefined || (left.names.size >= MAX_NAMES && !left.names.has(name))) return
    const kept = keptText(name, 100)
    left.names.set(kept, (left.names.get(kept) ?? 0) + count)
  }

  /** The most frequent names first. */
  all(): readonly { readonly reason: LeftReason; readonly count: number; readonly examples: readonly string[] }[] {
    return [...this.#byReason].map(([reason, { count, names }]) => ({
      reason,
      count,
      examples: [...names]
        .sort(([, a], [, b]) => b - a)
        .slice(0, MAX_EXAMPLES)
        .map(([name]) => name),
    }))
  }
}
