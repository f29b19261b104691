import type { LinkBook } from '#app/core/exchange/link/link-book.ts'
import type { ImportId } from '#schema/record/entry.ts'
import { ok } from '#schema/result.ts'

/** Links that are kept, in memory. */
export function memoryLinks(): LinkBook {
  const kept = new Map<ImportId, string>()
  return {
    list: async () => new Map(kept),
    async keep(importId, link) {
      for (const [key, each] of kept) if (each === link) kept.delete(key)
      kept.set(importId, link)
      return ok(undefined)
    },
    async forget(importId) {
      kept.delete(importId)
      return ok(undefined)
    },
  }
}
