import type { Instant } from '#schema/instant.ts'
import type { EntryAuthor, EntryFields, EntryId } from '#schema/record/entry.ts'

/** The part of the session that is about what an entry said before. */
export interface HistorySession {
  /**
   * What became of an entry since it was added, as far as this person's keys show it: the newest `count` changes, 1 to 500, newest first.
   * Undefined where there is no such entry (any more).
   */
  entryHistory(id: EntryId, count: number): Promise<EntryHistory | undefined>
}

export interface EntryHistory {
  readonly changes: readonly EntryChange[]
  /** How many there are before those. */
  readonly olderCount: number
}

/** One act on an entry. */
export interface EntryChange {
  readonly act: 'added' | 'changed' | 'binned' | 'restored'
  /** By the clock of whoever did it. */
  readonly at?: Instant
  readonly by?: EntryAuthor
  /** Each field that it set, with what stood there for whoever set it; null where nothing did. */
  readonly fields: readonly FieldChange[]
  /** All that the entry said after it, to be brought back by `editEntry`; absent where that cannot be typed. */
  readonly version?: EntryFields
}

export interface FieldChange {
  readonly field: string
  readonly before: string | number | null
  readonly after: string | number | null
}
