import type { EntryId } from '#schema/record/entry.ts'
import type { Result } from '#schema/result.ts'
import type { SaveFailure } from './session.ts'

/** Letters and photos as documents (decision 24). */
export interface PaperSession {
  /**
   * Keeps files as the pages of one document, durable when it answers ok; progress and cancel by `watchImport` and `cancelImport`. The
   * same files again add nothing: `isNew` is false.
   */
  addPaper(
    paper: NewPaper,
  ): Promise<Result<{ readonly id: EntryId; readonly isNew: boolean }, PaperFailure | SaveFailure>>
  /**
   * From now on the document belongs to the entry, or does no more; one act to undo. Changes the document alone: the entry is not told.
   * `not-found`: one of them is not there, or the first is no document.
   */
  attachPaper(id: EntryId, entry: EntryId, isAttached: boolean): Promise<Result<void, SaveFailure>>
  /** A document's first picture, small; undefined where it has none, or none that can be drawn here. One after the other. */
  thumbnail(id: EntryId): Promise<Blob | undefined>
  /** One attachment of an entry; undefined when it isn't there or can't be read. */
  attachment(id: EntryId, index: number): Promise<Blob | undefined>
  /** The imported FHIR resource whole, as JSON. */
  original(id: EntryId): Promise<Blob | undefined>
}

export interface NewPaper {
  /** In the order of the pages: PDF, JPEG, PNG, HEIC, told by content, unless `anyKind`; at most `MAX_PAPER_FILES` and together `MAX_PAPER_MB`. */
  readonly files: readonly PaperFile[]
  readonly title: string
  /** On the paper: a FHIR date. */
  readonly date?: string
  /** Who it is from, in the person's words. */
  readonly from?: string
  /** The entry that it belongs to. */
  readonly about?: EntryId
  /** What cameras write into photos stays: place, time, device. */
  readonly keepAsIs: boolean
  /** Files of every kind are kept: what others sent is not for this person to choose. */
  readonly anyKind?: boolean
  readonly isPrivate: boolean
}

export interface PaperFile {
  readonly file: Blob
  readonly name: string
  /** What its source calls it, a MIME type: counts where its content says no more. */
  readonly said?: string
}

/** Nothing was kept. `name`: of the file that it is about. */
export type PaperFailure =
  | { readonly kind: 'paper-type'; readonly name: string }
  | { readonly kind: 'paper-empty'; readonly name: string }
  /** It could not be read to its end. */
  | { readonly kind: 'paper-gone'; readonly name: string }
  /** What the camera wrote can't be taken out of it. */
  | { readonly kind: 'paper-not-clean'; readonly name: string }
  | { readonly kind: 'paper-too-large'; readonly maxMb: number }
  | { readonly kind: 'paper-too-many'; readonly max: number }
  | { readonly kind: 'cancelled' }

/** Base64 of a document, and its save, stay below a blob's size at the relay and a phone's memory. Megabytes of 10⁶. */
export const MAX_PAPER_MB = 20
export const MAX_PAPER_FILES = 20
