import type { EntryId, EntrySummary } from '#schema/record/entry.ts'
import type { Result } from '#schema/result.ts'
import type { SaveFailure } from './session.ts'

/** What came from several sources and may be one thing (decision 28). */
export interface TwiceSession {
  /** What may be the same and nobody answered yet, the newest first. Empty in a record that somebody shares. */
  seenTwice(): Promise<readonly SeenTwice[]>
  /** `same`: from now on one row stands for both; `different`: they aren't proposed any more. Durable when it answers ok. */
  sayIfSame(one: EntryId, other: EntryId, answer: 'same' | 'different'): Promise<Result<void, SaveFailure>>
  /** Everything that was said to be the same as this entry stands alone again, and isn't proposed any more. */
  takeApart(id: EntryId): Promise<Result<void, SaveFailure>>
}

export interface SeenTwice {
  readonly one: EntrySummary
  readonly other: EntrySummary
  readonly why: SameWhy
}

/** What they have in common. */
export type SameWhy =
  | 'vaccine-and-day'
  | 'test-day-and-value'
  | 'reading'
  | 'procedure-and-day'
  | 'visit'
  | 'title-and-day'
  | 'file'
  | 'allergy'
  | 'condition'
  | 'medicine-taken'
  | 'medicine-begun'
