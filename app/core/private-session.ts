import type { EntryId, EntrySummary } from '#schema/record/entry.ts'
import type { Result } from '#schema/result.ts'
import type { SaveFailure } from './session.ts'

/** The part of the session that is about what no share ever has (decision 12). */
export interface PrivateSession {
  /**
   * Takes these entries, and every copy of the same resource, out of what is shared: sections that somebody has begin anew without
   * them. Durable when it answers ok.
   */
  makePrivate(ids: readonly EntryId[]): Promise<Result<void, SaveFailure>>
  /** What would go on telling of an entry that is made private, newest first; nothing that is private already. */
  belongings(id: EntryId): Promise<readonly Belonging[]>
  /** They are shown again to everybody who has their section. Asks for the passphrase, as everything that reveals. */
  makeOpen(ids: readonly EntryId[], passphrase: string): Promise<Result<void, RevealFailure>>
}

/**
 * `same`: the same thing once more. `refers-to-it`: maybe over others between them. `only-in-it`: nothing else refers to it.
 * `names-it`: in words.
 */
export interface Belonging {
  readonly summary: EntrySummary
  readonly why: 'same' | 'refers-to-it' | 'only-in-it' | 'names-it'
}

export type RevealFailure = SaveFailure
