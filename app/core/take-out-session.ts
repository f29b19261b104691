import type { EntryId, EntrySummary, NoteUse } from '#schema/record/entry.ts'
import type { Section } from '#schema/record/sections.ts'
import type { Result } from '#schema/result.ts'
import type { TableName } from './exchange/csv/write-csv.ts'
import type { EntryFacts } from './exchange/report/entry-facts.ts'
import type { OutWords } from './exchange/report/out-words.ts'
import type { SaveFailure } from './session.ts'
import type { FreshUnlockFailure } from './vault/fresh-unlock.ts'

/** The part of the session that is about what leaves the record. */
export interface TakeOutSession {
  /** Makes one file of what is chosen, and of nothing else. Asks for the passphrase. */
  takeOut(request: TakeOutRequest): Promise<Result<Blob, TakeOutFailure>>
  /** What a page for paper shows, newest first, with what rows leave out. Looking: it asks for nothing. */
  reportEntries(choice: Omit<TakeOutChoice, 'file'>): Promise<readonly EntryFacts[]>
  /** What files can go along with a summary: of nothing private, newest first. Looking: it asks for nothing. */
  entryFiles(): Promise<readonly EntryFiles[]>
  /** What this person wrote for a page; empty where they never did. */
  keptText(about: KeptText): Promise<string>
  /** As a private note in the record, called `title` there; an empty one goes to the bin. */
  keepText(about: KeptText, title: string, text: string): Promise<Result<void, SaveFailure>>
}

/** What was answered is a note for each question. */
export type KeptText = Exclude<NoteUse, 'visit-answer'>

/** An entry that files lie in; pages that were taken out do not count. */
export interface EntryFiles {
  readonly entry: EntrySummary
  readonly count: number
  /** Of all of them together. */
  readonly bytes: number
}

export interface TakeOutRequest extends TakeOutChoice {
  readonly passphrase: string
}

export interface TakeOutChoice {
  readonly sections: readonly Section[]
  /** What is private of them as well. */
  readonly withPrivate: boolean
  readonly file: TakeOutFile
}

/**
 * `fhir-bundle`: FHIR R4, one Bundle. `fhir-ndjson`: a resource a line. In both, what was brought in stands as it came.
 * `summary`: an International Patient Summary; `noneKnown` are sections of which the person says that they know of nothing. Only the files
 * of the entries `files` go along, which may be of sections that are not chosen; left out: those of all that is chosen.
 * `table`: CSV of what of the sections belongs into it. `calendar`: what will take place, as iCalendar; `only` of these entries of what is chosen.
 */
export type TakeOutFile =
  | { readonly kind: 'fhir-bundle' }
  | { readonly kind: 'fhir-ndjson' }
  | {
      readonly kind: 'summary'
      readonly words: OutWords
      readonly noneKnown: readonly Section[]
      readonly files?: readonly EntryId[]
    }
  | { readonly kind: 'table'; readonly table: TableName; readonly words: OutWords }
  | { readonly kind: 'calendar'; readonly words: OutWords; readonly only?: readonly EntryId[] }

export type TakeOutFailure = FreshUnlockFailure | { readonly kind: 'nothing-chosen' } | NothingPlanned

/** Nothing of what is chosen says a day on which it takes place. */
export interface NothingPlanned {
  readonly kind: 'nothing-planned'
}
