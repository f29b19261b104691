import type { TableBook } from '#app/core/exchange/csv/table-book.ts'
import type { TableMapping } from '#app/core/table-session.ts'
import { ok } from '#schema/result.ts'

/** What was said of tables, in memory. */
export function memoryTables(): TableBook {
  const kept = new Map<string, TableMapping>()
  return {
    list: async () => new Map(kept),
    async keep(fingerprint, mapping) {
      kept.set(fingerprint, mapping)
      return ok(undefined)
    },
  }
}
