import type { Instant } from '#schema/instant.ts'
import type { EntryAuthor, EntrySummary } from '#schema/record/entry.ts'
import type { Result } from '#schema/result.ts'
import type { SaveFailure, Stop } from './session.ts'

/** The part of the session that is about what came too late: written by somebody before they heard that their place had ended. */
export interface LateSession {
  watchLate(listener: (late: readonly LateWriting[]) => void): Promise<Stop>
  /** `take`: it goes into the record by value, under their name. `leave`: it is kept and not shown again. Durable when it answers ok. */
  decideLate(lateId: string, decision: 'take' | 'leave'): Promise<Result<void, SaveFailure>>
}

/** What one person, or one removed device of this person's own, wrote too late. */
export interface LateWriting {
  readonly lateId: string
  readonly by: EntryAuthor
  /** When the last of it was written, by their clock. */
  readonly writtenAt: Instant
  /** As they would stand in the record, oldest writing first. */
  readonly entries: readonly LateEntry[]
}

export interface LateEntry {
  readonly act: 'added' | 'changed' | 'binned'
  readonly summary: EntrySummary
  /** What a changed entry says now. */
  readonly before?: EntrySummary
}
