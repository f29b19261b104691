import type { ImportId } from '#schema/record/entry.ts'
import { ok, type Result } from '#schema/result.ts'
import type { StoreFailure } from '../../ports.ts'

/** Links for long-term use with their keys, by the last import that came from each; the same on all of the person's devices. Changes are durable when they answer ok. */
export interface LinkBook {
  list(): Promise<ReadonlyMap<ImportId, string>>
  /** A link stands in it once: with this import from now on. */
  keep(importId: ImportId, link: string): Promise<Result<void, StoreFailure>>
  forget(importId: ImportId): Promise<Result<void, StoreFailure>>
}

/** Of a record that somebody else shares: nothing is brought in. */
export const NO_LINKS: LinkBook = {
  list: async () => new Map(),
  keep: async () => ok(undefined),
  forget: async () => ok(undefined),
}
