import type { CardCheck } from '#schema/record/card-check.ts'
import type { EntryKind, EntrySummary, ImportId } from '#schema/record/entry.ts'
import type { Instant } from '#schema/instant.ts'
import type { Section } from '#schema/record/sections.ts'
import type { Result } from '#schema/result.ts'
import type { ImportedSeries } from './exchange/imported-resource.ts'
import type { EntryFacts } from './exchange/report/entry-facts.ts'
import type { DirectoryInfo } from './issuer-session.ts'
import type { LinkFailure } from './link-session.ts'
import type { SaveFailure, Stop } from './session.ts'
import type { TableLook, TableMapping } from './table-session.ts'

/** Bringing in what others have of the person (decision 18). */
export interface ImportSession {
  /**
   * Reads a file; progress by `watchImport`. One at a time: a new one replaces the old preview. `columns` answers `needs-columns`, or
   * says that a table is to be read otherwise than it was; it is kept for the next such table once this one is committed.
   */
  previewImport(file: Blob, fileName: string, columns?: TableMapping): Promise<Result<ImportPreview, ImportFailure>>
  /** As `previewImport`, of files that were chosen together: one preview that tells of each. `files` of it stand in the order given. */
  previewImports(files: readonly ChosenFile[]): Promise<Result<ImportPreview, ImportFailure>>
  /** `leftOut`: keys of series that stay out. `withOlder`: also what is older than what is there. */
  commitImport(
    importId: ImportId,
    leftOut?: readonly string[],
    withOlder?: boolean,
  ): Promise<Result<{ readonly added: number }, ImportFailure | SaveFailure>>
  /** Of a file about several people: whose entries come in, by their `place`. Answers what would come in of them. */
  choosePeople(importId: ImportId, places: readonly number[]): Promise<Result<ImportPreview, ImportFailure>>
  cancelImport(): Promise<void>
  watchImport(listener: (progress: ImportProgress) => void): Promise<Stop>
  imports(): Promise<readonly ImportInfo[]>
  undoImport(importId: ImportId): Promise<Result<{ readonly removed: number }, SaveFailure>>
}

export interface ChosenFile {
  readonly file: Blob
  readonly name: string
}

/** One of several files: what was read of it, or why nothing was. */
export type ToldFile =
  | {
      readonly name: string
      readonly format: ImportFormat
      /** Entries in it, those included that are there already or stand in another of the files. */
      readonly count: number
      /** Of a table: how it was read. */
      readonly table?: TableLook
    }
  | { readonly name: string; readonly failure: ImportFailure }

/**
 * What a file is, told by its content: FHIR R4 as JSON, an HL7 clinical document (C-CDA, C32), SMART Health Cards, an export of Apple
 * Health, or a table (CSV).
 */
export type ImportFormat = 'fhir' | 'clinical-document' | 'health-card' | 'apple-health' | 'table'

export interface ImportPreview {
  readonly importId: ImportId
  readonly fileName: string
  /** Of several files: of the first that was read. */
  readonly format: ImportFormat
  /** Of several files that were chosen together: each, in their order. */
  readonly files?: readonly ToldFile[]
  /** It came from a link for long-term use, which is kept once it is in, to be looked at again. */
  readonly keepsLink?: true
  /** Who the file is about, when it says. */
  readonly person?: { readonly name: string; readonly birthDate?: string; readonly looksDifferent: boolean }
  /** Of a file about several people: whose entries come in. All else tells only of theirs. */
  readonly people?: ImportPeople
  /** The file is a page of a longer answer, of which others are not in it (FHIR `Bundle.link`). */
  readonly isPartial?: true
  readonly byKind: readonly {
    readonly kind: EntryKind
    readonly section: Section
    readonly isNew: number
    readonly alreadyThere: number
    /** Newer versions of what is there; absent for none. */
    readonly changed?: number
    /** Older ones; absent for none. */
    readonly older?: number
    /** Of what is new the fifty of the latest date; absent where nothing is. Their ids and sources name nothing that is there. */
    readonly told?: readonly EntrySummary[]
  }[]
  /** Of an export from devices: its kinds of measurement, of which each can be left out. Their entries are not in `byKind`. */
  readonly series?: readonly ImportSeries[]
  /** What the file holds and does not come in, and why. */
  readonly left?: readonly {
    readonly reason: LeftReason
    readonly count: number
    readonly examples: readonly string[]
  }[]
  /** What comes in: what is new, and newer versions. */
  readonly newCount: number
  readonly alreadyThereCount: number
  readonly unusable: readonly {
    readonly reason: UnusableReason
    readonly count: number
    readonly examples: readonly string[]
  }[]
  /** Brought in, with a note: an impossible date is kept in the original and left out of the timeline. */
  readonly remarks: readonly { readonly reason: RemarkReason; readonly count: number }[]
  /** Of health cards: what is known of each that lets something in. */
  readonly cards: readonly CardCheck[]
  /** Of a table: how it was read. */
  readonly table?: TableLook
  /** Other versions of what is there; absent where there are none. */
  readonly changes?: ImportChanges
}

/** Whoever a file is about, where that are several people. Nobody is chosen but who has the name and birth date of the record's own person. */
export interface ImportPeople {
  readonly people: readonly ImportPerson[]
  /** Entries that stay out as they are of others. */
  readonly leftOut: number
}

export interface ImportPerson {
  readonly place: number
  /** Empty where the file does not name them. */
  readonly name: string
  readonly birthDate?: string
  /** What the file calls who is not named. */
  readonly reference?: string
  /** Entries about them. */
  readonly count: number
  readonly isChosen: boolean
  readonly looksDifferent: boolean
}

/** What a source changed since the record had it from there (decision 28). */
export interface ImportChanges {
  readonly count: number
  /** Left out unless chosen. */
  readonly olderCount: number
  /** The first fifty, field by field. */
  readonly told: readonly ChangedEntry[]
}

export interface ChangedEntry {
  /** As it stands in the record now, corrections included. */
  readonly before: EntryFacts
  readonly after: EntryFacts
  readonly isOlder: boolean
  /** The person corrected it: their words go on standing. */
  readonly isCorrected: boolean
  /** When the source changed it last, by its own word; ms since 1970. */
  readonly updatedBefore?: number
  readonly updatedAfter?: number
}

export interface ImportSeries extends ImportedSeries {
  /** Entries. */
  readonly isNew: number
  readonly alreadyThere: number
}

/**
 * Why something of an Apple Health export does not come in. `no-date`, `no-value`: it has none. `kind`: no place for such. `rings`, `group`,
 * `clinical`, `copy`: what it says comes in by itself. `twice`: said twice. `this-week`: a week that is not over. `route`, `trace`, `file`: files.
 */
export type LeftReason =
  | 'no-date'
  | 'no-value'
  | 'kind'
  | 'rings'
  | 'group'
  | 'clinical'
  | 'copy'
  | 'twice'
  | 'this-week'
  | 'route'
  | 'trace'
  | 'file'

export type UnusableReason =
  | 'no-resource-type'
  | 'not-a-resource'
  | 'too-large'
  | 'too-deep'
  | 'duplicate'
  /** Of a history: an older version of what it holds, or what was deleted. */
  | 'superseded'
  /** Of FHIR Parameters: what stands beside the resources. */
  | 'parameter'
  | 'not-understood'
  | 'other-version'
  | `row-${RowFault}`
  | `card-${CardFault}`
  /** Of a link's files. `access`: to a clinic's server. `withdrawn`: by its own word. `sealed`: the link's key does not open it. */
  | `link-${'access' | 'withdrawn' | 'unreachable' | 'sealed'}`
  /** Of a clinic's server. `elsewhere`: at another host. `too-much`: more than is taken at once. `file`: at an address of its own. `message`: no record. */
  | `clinic-${'refused' | 'busy' | 'unreachable' | 'nonsense' | 'elsewhere' | 'too-much' | 'file' | 'message'}`
/** What of a table's row stays out, and why. `half-pressure`: one number without the other. `width`: more cells than the heading. `control`: no blood was measured. `another-table`: a heading of its own begins there, and what follows it is not read. */
export type RowFault =
  | 'no-date'
  | 'not-a-date'
  | 'impossible-date'
  | 'no-value'
  | 'not-a-number'
  | 'out-of-range'
  | 'unknown-unit'
  | 'half-pressure'
  | 'width'
  | 'other-person'
  | 'control'
  | 'another-table'
/** `unreadable`: damaged or not a card. `other`: a credential without records. `signature`: changed after it was issued. */
export type CardFault = 'unreadable' | 'too-large' | 'other' | 'signature'
export type RemarkReason =
  | 'impossible-date'
  | 'script-removed'
  | 'unknown-type'
  | 'modifier-extension'
  | 'unknown-unit'
  /** Of another version of FHIR than the R4 around it: parts of it may not be seen. */
  | 'other-version'
  /** Of a table: far from what is measured in most people, as the forms would ask. */
  | 'unusual-value'

export type ImportFailure =
  | { readonly kind: 'not-json'; readonly line?: number }
  | { readonly kind: 'not-xml'; readonly line: number }
  /** Declares entities of its own, or nests deeper than any record: it could grow without bound or load something. */
  | { readonly kind: 'unsafe-xml' }
  | { readonly kind: 'not-fhir' }
  | { readonly kind: 'wrong-version'; readonly version: string }
  | { readonly kind: 'too-large'; readonly maxMb: number }
  /** With the files before it, it is more than is taken at once. */
  | { readonly kind: 'too-much'; readonly maxMb: number }
  | { readonly kind: 'truncated' }
  | { readonly kind: 'empty' }
  | { readonly kind: 'not-supported'; readonly what: OtherFormat }
  /** None of its health cards lets anything in. */
  | { readonly kind: 'card'; readonly why: CardFault }
  /** A card in several QR codes, of which these are here, from 1. */
  | { readonly kind: 'needs-codes'; readonly have: readonly number[]; readonly total: number }
  /** `damaged`: cut off or changed. `locked`: wants a password. `method`: packed as few programs do. `bomb`: holds more than any record. */
  | { readonly kind: 'archive'; readonly why: 'damaged' | 'locked' | 'method' | 'bomb' }
  /** A table of which only the person knows what its columns are. */
  | { readonly kind: 'needs-columns'; readonly table: TableLook }
  | { readonly kind: 'too-many-rows'; readonly max: number }
  | LinkFailure
  /** Not records, but where there are some. */
  | { readonly kind: 'health-link' }
  /**
   * No records: what an issuer of cards publishes for checking them. `no-keys`: none that can check a card. Of a directory of issuers:
   * `no-directory` says neither whose nor of when it is, or has no such key; `large-directory` is larger than any.
   */
  | {
      readonly kind: 'issuer-file'
      readonly holds: 'keys' | 'revocations' | 'no-keys' | 'no-directory' | 'large-directory'
    }
  | { readonly kind: 'issuer-directory'; readonly directory: DirectoryInfo }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'gone' }

/**
 * What people choose by mistake, told by its content. `text`: a letter, a table; `fhir-xml`: FHIR, but as XML; `xml`: of no kind that is
 * read; `encoding`: its letters are not what it says, or in an encoding that is not known; `message`: of clinics, insurers and laboratories
 * to one another; `app-data`: of a watch or an app, in its maker's form; `certificate`: of a vaccination, in another form than a health card.
 */
export type OtherFormat =
  | 'pdf'
  | 'zip'
  | 'image'
  | 'text'
  | 'fhir-xml'
  | 'xml'
  | 'encoding'
  | 'backup'
  | 'hl7-v2'
  | 'message'
  | 'dicom'
  | 'certificate'
  | 'calendar'
  | 'genome'
  | 'app-data'
  | 'openehr'

export interface ImportProgress {
  readonly kind: 'idle' | 'reading' | 'checking' | 'saving' | 'done'
  /** 0–1. */
  readonly done: number
}

export interface ImportInfo {
  readonly importId: ImportId
  readonly fileName: string
  readonly importedAt: Instant
  readonly count: number
  readonly isUndone: boolean
  /** It can be looked at again; of several imports from one link the last. */
  readonly link?: KeptLink
}

/** A link for long-term use that is kept: of it no more than this leaves the worker. */
export interface KeptLink {
  readonly host: string
  /** By its own word. */
  readonly isOver: boolean
}
