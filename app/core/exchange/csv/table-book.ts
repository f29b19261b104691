import { ok, type Result } from '#schema/result.ts'
import type { StoreFailure } from '../../ports.ts'
import type { TableMapping } from '../../table-session.ts'

/** What the person said of the columns of tables, by fingerprint, the same on all of their devices. Changes are durable when they answer ok. */
export interface TableBook {
  list(): Promise<ReadonlyMap<string, TableMapping>>
  keep(fingerprint: string, mapping: TableMapping): Promise<Result<void, StoreFailure>>
}

/** Of a record that somebody else shares: nothing is brought in. */
export const NO_TABLES: TableBook = {
  list: async () => new Map(),
  keep: async () => ok(undefined),
}
