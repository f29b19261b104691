import type { CardCheck } from '#schema/record/card-check.ts'
import type { EntryParts } from '#schema/record/entry.ts'
import type { ImportFormat, LeftReason, RemarkReason, ToldFile, UnusableReason } from '../import-session.ts'
import type { TableLook } from '../table-session.ts'

/** One resource of a file, ready to become an entry. */
export interface ImportedResource {
  /**
   * The same for the same resource in any file of the same origin, at most 600 characters: it decides what is "already
   * there". The same key with another `contentKey` is a changed version of the same thing.
   */
  readonly sourceKey: string
  /** First 16 bytes of BLAKE2b-256 of `text`, as hex. */
  readonly contentKey: string
  /**
   * The resource's own JSON: every token as it stood in the file (order, duplicate keys, escapes, `1.10`), without the
   * white space between tokens. Never parse and stringify it to store or export it.
   */
  readonly text: string
  /** `Bundle.entry.fullUrl`: other resources refer to this one by it, so it is exported again. */
  readonly fullUrl?: string
  readonly parts: EntryParts
  /** Who wrote it, in the source's words. */
  readonly author?: string
  readonly remarks: readonly RemarkReason[]
  /** What was found of the health card it came in. */
  readonly card?: CardCheck
  /** `ImportedSeries.key` of the series it is of. */
  readonly group?: string
  /** Of a file about several people; absent for what is nobody's. */
  readonly whose?: Whose
}

/**
 * Places among `ImportedFile.people`. `about`: it is of each of them. `all-of`: of all of them together, as a list is. `beside`: it says
 * nothing of them, and only their entries name it.
 */
export interface Whose {
  readonly people: readonly number[]
  readonly how: 'about' | 'all-of' | 'beside'
}

/** One of several people that a file is about. */
export interface FilePerson {
  /** Empty where the file does not name them. */
  readonly name: string
  readonly birthDate?: string
  /** What calls who is not named. */
  readonly reference?: string
}

/** One kind of measurement of a device's export: brought in or left out as a whole. */
export interface ImportedSeries {
  /** The source's identifier of the kind. */
  readonly key: string
  /** In English, for what the screen has no words for. */
  readonly name: string
  /** Readings in the file, which are more than the entries they become. */
  readonly readings: number
  /** Some or all of them come as one entry a week. */
  readonly isByWeek: boolean
  /** First and last day: `2024-03-05`. */
  readonly from: string
  readonly to: string
  /** Brought in unless the person says otherwise. */
  readonly isBasic: boolean
}

/** What a file holds. */
export interface ImportedFile {
  readonly fileName: string
  readonly format: ImportFormat
  readonly resources: readonly ImportedResource[]
  /** Not brought in, each with where it stands in the file. */
  readonly unusable: readonly { readonly reason: UnusableReason; readonly example: string }[]
  /** The health cards it holds, as far as they let something in. */
  readonly cards: readonly CardCheck[]
  /** Of an export from devices: what can be chosen from. */
  readonly series?: readonly ImportedSeries[]
  /** What it holds and does not come in, counted by reason. */
  readonly left?: readonly {
    readonly reason: LeftReason
    readonly count: number
    readonly examples: readonly string[]
  }[]
  /** It is a page of a longer answer, of which others are not in it. */
  readonly isPartial?: true
  /** The Patient the file is about, when it has exactly one, or the subject of its document. `name` is empty where it has none. */
  readonly person?: { readonly name: string; readonly birthDate?: string }
  /** Where it is about several people: each of them. */
  readonly people?: readonly FilePerson[]
  /** Of a table: how it was read. */
  readonly table?: TableLook
  /** A link for long-term use that it came from, with its key: kept once it is in. Never in a preview. */
  readonly link?: string
  /** Of several files that were chosen together: each, in their order. */
  readonly files?: readonly ToldFile[]
  /** Of those: `sourceKey` of what stood in a table. */
  readonly tableRows?: ReadonlySet<string>
}
