import type { Instant } from '#schema/instant.ts'
import { binnedAt, type DocMap, setBinned } from './flat-fields.ts'
import { nameOf } from './private-shard.ts'
import { entriesIn, entryIn, originalOf, type StoredEntry } from './stored-entry.ts'

export interface LeftBehind {
  /** When the log that left it behind began: a time that every device says alike. */
  readonly at: Instant
  /** Names of entries that are not there for another reason: they lie elsewhere. */
  readonly elsewhere: ReadonlySet<string>
  /** Imports that were taken back: what came by them is hidden anyway, and may come back. */
  readonly hiddenImports: ReadonlySet<string>
}

/**
 * Of two documents that were begun at once from `before`, what `now` left behind was in the bin by then. Answers the entries that the
 * other one, `there`, still shows.
 */
export function leftBehindOf(
  label: string,
  { before, now, there }: { readonly before: DocMap; readonly now: DocMap; readonly there: DocMap },
  { elsewhere, hiddenImports }: LeftBehind,
): StoredEntry[] {
  return entriesIn(label, before).filter(entry => {
    const importId = originalOf(entry)?.importId
    const isElsewhere = elsewhere.has(nameOf(entry)) || (importId !== undefined && hiddenImports.has(importId))
    if (isElsewhere || entryIn(label, now, entry.bucket, entry.key) !== undefined) return false
    const shown = entryIn(label, there, entry.bucket, entry.key)
    return shown !== undefined && binnedAt(shown.spot) === undefined
  })
}

/** Inside a change of `there`. */
export function binLeftBehind(label: string, draft: DocMap, entries: readonly StoredEntry[], at: Instant): void {
  for (const { bucket, key } of entries) {
    const spot = entryIn(label, draft, bucket, key)?.spot
    if (spot !== undefined) setBinned(spot, at)
  }
}
