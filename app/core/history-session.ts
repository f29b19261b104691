import type { Instant } from '#schema/instant.ts'
import type { EntryAuthor, EntryFields, EntryId, EntrySummary } from '#schema/record/entry.ts'
import type { Section } from '#schema/record/sections.ts'

/** The part of the session that is about what an entry said before. */
export interface HistorySession {
  /**
   * What became of an entry since it was added, as far as this person's keys show it: the newest `count` changes, 1 to 500, newest first.
   * Undefined where there is no such entry (any more).
   */
  entryHistory(id: EntryId, count: number): Promise<EntryHistory | undefined>
  /** What became new, was typed or changed by hand, ended or lay out of its range since a day (`2026-03-04`); since the last visit, else of 30 days, without one. */
  whatChanged(since: string | undefined): Promise<WhatChanged>
}

export interface WhatChanged {
  /** `2026-03-04`. */
  readonly since: string
  /** Nobody asked for that day: it is that of the last visit. */
  readonly isLastVisit?: true
  /** What its source marks as out of its range. */
  readonly out: ChangedRows
  /** In the order of the sections; none that is empty. */
  readonly sections: readonly (ChangedRows & { readonly section: Section; readonly how: HowChanged })[]
}

/** `entered`: typed since, of an earlier time. */
export type HowChanged = 'new' | 'entered' | 'changed' | 'ended'

export interface ChangedRows {
  /** The newest of them, at most 50. */
  readonly rows: readonly EntrySummary[]
  readonly count: number
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
  /** Of what was added: `by` offered it, and the person whose record it is accepted it. */
  readonly isAccepted?: true
  /** By itself, as that person wanted it. */
  readonly isUnasked?: true
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
