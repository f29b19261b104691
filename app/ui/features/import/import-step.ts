import type { TableLook } from '#app/core/table-session.ts'
import type { LinkInfo } from '#app/core/link-session.ts'
import type { ImportFailure, ImportPreview } from '#app/core/import-session.ts'
import type { SaveFailure } from '#app/core/session.ts'
import type { DirectoryInfo } from '#app/core/issuer-session.ts'
import type { ImportId } from '#schema/record/entry.ts'

/** Where bringing in a file stands. */
export type ImportStep =
  | { readonly kind: 'choose' }
  | { readonly kind: 'reading'; readonly fileName: string }
  /** `papers`: of several files those that can only be kept as they are. */
  | { readonly kind: 'preview'; readonly preview: ImportPreview; readonly papers?: readonly File[] }
  | { readonly kind: 'saving'; readonly preview: ImportPreview }
  | { readonly kind: 'done'; readonly importId: ImportId; readonly added: number; readonly papers: readonly File[] }
  /** `file`: what was chosen. */
  | { readonly kind: 'failed'; readonly failure: ImportFailure | SaveFailure; readonly file?: Blob }
  /** A card in several codes, of which some are read. */
  | { readonly kind: 'more-codes'; readonly have: readonly number[]; readonly total: number }
  /** What an issuer publishes for checking its cards, and no records. */
  | { readonly kind: 'issuer-file'; readonly file: Blob; readonly holds: 'keys' | 'revocations' }
  /** Many issuers with their keys, gathered by somebody. */
  | { readonly kind: 'directory'; readonly file: Blob; readonly directory: DirectoryInfo }
  | ColumnsStep
  | LinkStep

/** A table: what its columns are is asked, or to be said otherwise. */
export interface ColumnsStep {
  readonly kind: 'columns'
  readonly file: Blob
  readonly fileName: string
  readonly look: TableLook
}

/** A health link: nobody is asked before the person says so. */
export interface LinkStep {
  readonly kind: 'link'
  readonly link: string
  readonly info: LinkInfo
  readonly isFetching: boolean
  /** What the other side said, where the person can try once more. */
  readonly failure?: ImportFailure
  /** Whom else the link's files lie with: asked only if the answer is yes. */
  readonly others?: { readonly hosts: readonly string[]; answer(isYes: boolean): void }
}

/** What the person can mend without choosing anew: a passcode, or the network. */
const CAN_TRY_AGAIN: ReadonlySet<string> = new Set(['passcode', 'busy', 'unreachable', 'too-slow', 'refused'])

export function linkStepAfter(failure: ImportFailure, step: LinkStep): ImportStep {
  if (failure.kind === 'cancelled') return { kind: 'choose' }
  const isOpen = failure.kind === 'link' && CAN_TRY_AGAIN.has(failure.why) && failure.triesLeft !== 0
  const { others: _, ...rest } = step
  return isOpen ? { ...rest, isFetching: false, failure } : { kind: 'failed', failure }
}
