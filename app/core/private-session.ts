import type { EntryId, EntrySummary } from '#schema/record/entry.ts'
import type { Instant } from '#schema/instant.ts'
import type { LogSection, Section } from '#schema/record/sections.ts'
import type { Result } from '#schema/result.ts'
import type { NotStored, SaveFailure } from './session.ts'

/** The part of the session that is about what no share ever has (decision 12). */
export interface PrivateSession {
  /**
   * Takes these entries, and every copy of the same resource, out of what is shared: sections that somebody has begin anew without
   * them. Durable when it answers ok.
   */
  makePrivate(ids: readonly EntryId[]): Promise<Result<void, SaveFailure>>
  /** What would go on telling of an entry that is made private, newest first; nothing that is private already. */
  belongings(id: EntryId): Promise<readonly Belonging[]>
  /**
   * Sections begin anew with what they say now: earlier versions, what is in their bin, and files taken back are gone for good, and
   * the same of everything private. Asks for the passphrase.
   */
  eraseHistory(sections: readonly Section[], passphrase: string): Promise<Result<void, EraseFailure>>
  /** What each of these sections holds besides what it says now; those that hold nothing of the kind are left out. */
  pastOf(sections: readonly Section[]): Promise<readonly SectionPast[]>
  /** What the relay has still of sections that were begun anew, newest first. */
  erasing(): Promise<readonly Erasing[]>
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

/** What whoever gets a section with its history can read, and whoever gets it as it is now cannot. */
export interface SectionPast {
  readonly section: Section
  /** Earlier versions of entries. */
  readonly versions: number
  /** Entries in the bin, of files that were taken back, or deleted for good. */
  readonly deleted: number
  /** Pieces that somebody wrote after their share had ended. */
  readonly late: number
}

export interface Erasing {
  readonly section: LogSection
  readonly begunAt: Instant
  /** Devices that may hold something of it which is nowhere else; none: it goes with the next connection. */
  readonly waitingFor: readonly string[]
}

export type EraseFailure =
  | { readonly kind: 'locked' }
  | { readonly kind: 'wrong-passphrase' }
  /** A sample, or a device that was removed. */
  | { readonly kind: 'not-here' }
  | { readonly kind: 'nothing-chosen' }
  /** Two versions of a field stand side by side: only the one shown would stay. */
  | { readonly kind: 'conflicts'; readonly count: number }
  | NotStored

export type RevealFailure = SaveFailure
