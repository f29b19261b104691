import type { Branded } from '../brand.ts'
import type { Instant } from '../instant.ts'
import type { TypedMeasure } from '../codes/measures.ts'
import type { CardCheck } from './card-check.ts'
import type { DescribedFields } from './described/kinds.ts'
import type { Flag, NormalRange, Stage } from './fhir/result-flag.ts'
import type { AppointmentFields, TaskAnswer, TaskDoneFields, TaskFields } from './plan-fields.ts'
import type { Section } from './sections.ts'
import type { TrackedMeasure } from './tracked.ts'

/** Names an entry for good, through edits, moves and rebases. Opaque text of [0-9a-z.~-], at most 80 characters. */
export type EntryId = Branded<string, 'EntryId'>

/** Whether outside text (an address, a file) can name an entry; there need not be one. */
export function isEntryId(text: string): text is EntryId {
  return /^[0-9a-z.~-]{1,80}$/.test(text)
}

/** Names one import (one file, one commit). 16 random bytes as hex. */
export type ImportId = Branded<string, 'ImportId'>

export const ENTRY_KINDS = [
  'condition',
  'allergy',
  'medicine',
  'immunization',
  'lab-result',
  'report',
  'procedure',
  'device',
  'directive',
  'alert',
  'functional-status',
  'pregnancy',
  'story',
  'care-plan',
  'goal',
  'social-history',
  'blood-pressure',
  'weight',
  'height',
  'vital-sign',
  'symptom',
  'visit',
  'document',
  'family-member',
  'care-team-member',
  'coverage',
  'claim',
  'person',
  'note',
  /** That a medicine was taken or left out; and what was fetched, counted or lost of it. */
  'dose',
  'stock',
  /** What was answered in a questionnaire at one time. */
  'answers',
  /** That something belongs to a condition. */
  'link',
  /** What somebody wrote beside an entry. */
  'annotation',
  /** Something to do; and that it was done on one of its days. */
  'task',
  'task-done',
  /** That there is none of something, or that it is not known: no entry of what it is about. */
  'statement',
  'other',
] as const

export type EntryKind = (typeof ENTRY_KINDS)[number]

/**
 * Left out of every list, count, search and summary that does not ask for them by their kind: several a day for years, no thing of their
 * own, or only to be read with the entry that they are on.
 */
export const QUIET_KINDS: ReadonlySet<EntryKind> = new Set(['dose', 'stock', 'link', 'annotation', 'task-done'])

/** When something happened, as exactly as it is known. */
export interface When {
  /** FHIR date or dateTime as written: `2021`, `2021-03`, `2021-03-04`, `2021-03-04T10:00:00+02:00`. */
  readonly text: string
  /** Where it stands in the timeline: the start of what `text` leaves open, in its own zone (UTC when it names none). */
  readonly sortAt: Instant
}

/** A number with its unit; `unit` is UCUM where `isUcum`. */
export interface Quantity {
  readonly value: number
  readonly comparator?: '<' | '<=' | '>' | '>='
  readonly unit: string
  readonly isUcum: boolean
}

/** What a row shows beside its title, kept structured so that the screen converts units and speaks the reader's language. */
export type EntryValue =
  | {
      readonly type: 'blood-pressure'
      readonly systolicMmHg: number
      readonly diastolicMmHg: number
      readonly pulsePerMinute?: number
    }
  | { readonly type: 'quantity'; readonly quantity: Quantity }
  | { readonly type: 'text'; readonly text: string }

/** Who wrote something, as far as this device can tell (decision 0013). */
export type EntryAuthor =
  /** Whoever reads this; `device` is the name of the device it was written on, where that is known. */
  | { readonly type: 'you'; readonly device?: string }
  /** The person whose record it is, for somebody else who reads it. */
  | { readonly type: 'owner'; readonly name: string }
  /** Somebody the record is or was shared with. `name` is empty where nobody says one. */
  | { readonly type: 'member'; readonly id: string; readonly name: string }
  /** Of before a record was handed over, and no contact: `name` as it stood in that record, empty where none did. */
  | { readonly type: 'former-guardian'; readonly id: string; readonly name: string }

/** Where an entry came from. `by`: who typed it, unless that is the person whose record it is. */
export type EntrySource =
  | { readonly type: 'self'; readonly by?: EntryAuthor }
  | { readonly type: 'import'; readonly importId: ImportId; readonly fileName: string; readonly author?: string }

/** A code as the source wrote it. */
export interface Coding {
  readonly system?: string
  readonly code?: string
  readonly display?: string
}

/** `active` is what matters now; `past` is over; `planned` is to come; `mistaken` is entered in error. */
export type EntryStatus = 'active' | 'past' | 'planned' | 'mistaken' | 'unknown'

/**
 * By what an entry may be another thing than one that is called alike (decision 28), as its source wrote it; absent where it says none.
 * `lot` of a vaccine; `specimen` and `site` in words and as `system|code`; `dose` as `value unit`, each that it may be; `perDay`
 * how often a day; `until` when it ended, a FHIR date or dateTime; `file` a fingerprint of each file, the same for the same bytes.
 */
export type Particulars = Readonly<
  Partial<Record<'lot' | 'specimen' | 'site' | 'dose' | 'perDay' | 'until' | 'file', readonly string[]>>
>

/** What a medicine's entry says beside its directions. */
export interface MedicinePlan {
  /** `scheduleText`; absent where no times are certain. */
  readonly schedule?: string
  readonly reason?: string
  readonly stoppedBecause?: string
}

export const DOSE_STATES = ['taken', 'skipped'] as const
/** `counted`: so many there are; the others say how many more or fewer. */
export const STOCK_CHANGES = ['fetched', 'counted', 'spoilt'] as const

/** What happened with a medicine; `amount` in its unit. */
export type MedicineEvent =
  | {
      readonly type: 'dose'
      readonly medicineId: string
      /** Names the dose that was due: `DueDose.wall`. */
      readonly due?: string
      readonly state: (typeof DOSE_STATES)[number]
      readonly amount: number
    }
  | {
      readonly type: 'stock'
      readonly medicineId: string
      readonly change: (typeof STOCK_CHANGES)[number]
      readonly amount: number
    }

/** That something belongs to a condition: `target` is an entry's id, or `measure:` and a tracked measure. */
export interface ConditionLink {
  readonly conditionId: string
  readonly target: string
}

/** One row of the timeline or of a section: what the index keeps of an entry. Plain data. */
export interface EntrySummary {
  readonly id: EntryId
  readonly kind: EntryKind
  readonly section: Section
  /** The record's own words, else the kind's plain name is shown. Empty when there are none. */
  readonly title: string
  readonly when?: When
  readonly value?: EntryValue
  /** Of an observation: what its source says of the value. */
  readonly flag?: Flag
  readonly range?: NormalRange
  /** Of an observation or a report that is not final, or was changed since. */
  readonly stage?: Stage
  readonly status: EntryStatus
  /** It did not happen or is known not to be so: not given, not taken, refused, cancelled, ruled out. Must be said wherever the title is. */
  readonly isNegated?: true
  /** A condition that its source keeps on a problem list, rather than as the finding of one visit. */
  readonly isListed?: true
  readonly source: EntrySource
  readonly codes: readonly Coding[]
  /** FHIR resource type, for imported entries. */
  readonly resourceType?: string
  /** Of a document: UUIDs of the entries that it belongs to (decision 24). */
  readonly about?: readonly string[]
  readonly particulars?: Particulars
  /** Of a goal: the band in which a measure is to be. */
  readonly target?: GoalTarget
  /** Of a medicine. */
  readonly plan?: MedicinePlan
  /** Of a dose or of what happened to a stock. */
  readonly event?: MedicineEvent
  /** Of a link. */
  readonly link?: ConditionLink
  /** Of an annotation: the entry that it is on. */
  readonly on?: string
  /** Of a task: `rhythmText`. */
  readonly rhythm?: string
  /** Of a note: it is what was answered to the question that is its title. */
  readonly isAnswer?: true
  /** Of what was done of a task. */
  readonly doneOf?: TaskAnswer
  /** It lies in the private log: no share has it. */
  readonly isPrivate?: true
  /** Two people or devices changed it at once and nobody has said which is right: one of both is shown. Must be said wherever the title is. */
  readonly isDisputed?: true
  /** How many entries of sources the row stands for, where the person said that they are the same; absent for one. */
  readonly mergedFrom?: number
}

/**
 * The band in which values of a measure are to be, its ends included; at least one end. Of a blood pressure `low` and `high` are of the
 * upper number. `unit` is UCUM, but of an own measure as its values say it.
 */
export interface GoalTarget {
  readonly measure: TrackedMeasure
  readonly unit: string
  readonly low?: number
  readonly high?: number
  readonly secondLow?: number
  readonly secondHigh?: number
}

/** What a resource says of itself in a row: an `EntrySummary` that has no id and no source yet. */
export type EntryParts = Omit<EntrySummary, 'id' | 'source' | 'isPrivate' | 'isDisputed' | 'mergedFrom'>

/** What a person types for each kind they can add by hand. Texts are trimmed and not empty; dates are FHIR date texts. */
export type EntryFields =
  | BloodPressureFields
  | WeightFields
  | MeasureFields
  | SymptomFields
  | GoalFields
  | ConditionFields
  | MedicineFields
  | AllergyFields
  | NoteFields
  | DocumentFields
  | DoseFields
  | StockFields
  | DescribedFields
  | AnswersFields
  | LinkFields
  | AnnotationFields
  | TaskFields
  | TaskDoneFields
  | AppointmentFields

/** LOINC 85354-9 with 8480-6 and 8462-4; mmHg (UCUM `mm[Hg]`); 1–400. Pulse LOINC 8867-4, per minute, 1–400. */
export interface BloodPressureFields {
  readonly kind: 'blood-pressure'
  /** FHIR dateTime with zone offset, to the minute or finer. */
  readonly takenAt: string
  readonly systolicMmHg: number
  readonly diastolicMmHg: number
  readonly pulsePerMinute?: number
  readonly arm?: 'left' | 'right'
  readonly posture?: 'sitting' | 'standing' | 'lying'
  /** Whether it was taken before or after the medicine of that time of day. */
  readonly medicine?: 'before' | 'after'
  readonly note?: string
}

/** LOINC 29463-7; kg; above 0, at most 700. */
export interface WeightFields {
  readonly kind: 'weight'
  readonly takenAt: string
  readonly weightKg: number
  readonly note?: string
}

/** How a glucose stands to a meal. */
export const MEAL_CONTEXTS = ['fasting', 'before-meal', 'after-meal', 'bedtime'] as const
export type MealContext = (typeof MEAL_CONTEXTS)[number]

/** A value of a measure of the table (schema/codes/measures.ts), within what is possible in `unit`, or of an own one: then with a name. */
export interface MeasureFields {
  readonly kind: 'measure'
  readonly measure: TypedMeasure | 'own'
  readonly takenAt: string
  readonly value: number
  /** UCUM, as typed; of an own measure in the person's words, absent where it is only counted. */
  readonly unit?: string
  readonly name?: string
  readonly context?: MealContext
  readonly note?: string
}

/** One occurrence of a symptom; `severity` 0–10. */
export interface SymptomFields {
  readonly kind: 'symptom'
  readonly name: string
  readonly severity: number
  readonly takenAt: string
  readonly triggers?: string
  readonly relief?: string
  readonly note?: string
}

/** A band for one measure (`GoalTarget`); `name` is that of an own measure. */
export interface GoalFields {
  readonly kind: 'goal'
  readonly measure: TrackedMeasure
  readonly name?: string
  readonly unit?: string
  readonly low?: number
  readonly high?: number
  readonly secondLow?: number
  readonly secondHigh?: number
  readonly status: 'active' | 'ended'
  readonly since?: string
  readonly until?: string
  readonly note?: string
}

export interface ConditionFields {
  readonly kind: 'condition'
  readonly name: string
  readonly clinicalStatus: 'active' | 'remission' | 'resolved'
  readonly since?: string
  readonly until?: string
  readonly note?: string
}

export interface MedicineFields {
  readonly kind: 'medicine'
  readonly name: string
  /** How to take it, in the person's own words. */
  readonly directions?: string
  readonly reason?: string
  readonly status: 'taking' | 'stopped'
  /** `scheduleText`. */
  readonly schedule?: string
  /** Only of one that was stopped. */
  readonly stoppedBecause?: string
  readonly since?: string
  readonly until?: string
  readonly note?: string
}

/** A medicine taken or left out, at the moment at which it was. */
export interface DoseFields {
  readonly kind: 'dose'
  /** The medicine's entry, and how it was called then. */
  readonly medicineId: string
  readonly medicineName: string
  /** Which dose of the schedule, by the clock on the wall: `2026-03-04T08:00`. Absent for one that no schedule asked for. */
  readonly due?: string
  /** FHIR dateTime with zone offset; of one left out, when that was said. */
  readonly takenAt: string
  readonly state: (typeof DOSE_STATES)[number]
  /** Above 0, at most 1000, in `unit`. */
  readonly amount: number
  readonly unit: string
  /** Why it was left out, or taken. */
  readonly reason?: string
  readonly note?: string
}

/** What happened to the stock of a medicine. */
export interface StockFields {
  readonly kind: 'stock'
  readonly medicineId: string
  readonly medicineName: string
  readonly change: (typeof STOCK_CHANGES)[number]
  /** FHIR dateTime with zone offset. */
  readonly happenedAt: string
  /** 0 to 100,000, in `unit`; above 0 unless counted. */
  readonly amount: number
  readonly unit: string
  readonly note?: string
}

/** A questionnaire as it was answered at one time. */
export interface AnswersFields {
  readonly kind: 'answers'
  /** How the questionnaire is called. */
  readonly title: string
  /** Its FHIR address (`Questionnaire.url`), where it has one. */
  readonly form?: string
  /** FHIR dateTime with zone offset. */
  readonly answeredAt: string
  /** `answersText`. */
  readonly answers: string
}

export interface LinkFields extends ConditionLink {
  readonly kind: 'link'
  /** FHIR dateTime with zone offset. */
  readonly linkedAt: string
}

export interface AllergyFields {
  readonly kind: 'allergy'
  readonly substance: string
  readonly reaction?: string
  readonly severity?: 'mild' | 'moderate' | 'severe'
  readonly since?: string
  readonly note?: string
}

/** What a note is written for, where a page shows it: what to ask at the next visit, what was answered to one question, and lines of the emergency card. */
export const NOTE_USES = [
  'visit-questions',
  'visit-answer',
  'emergency-contacts',
  'emergency-blood-group',
  'emergency-languages',
  'emergency-directives',
] as const
export type NoteUse = (typeof NOTE_USES)[number]

export interface NoteFields {
  readonly kind: 'note'
  readonly title: string
  readonly text: string
  readonly writtenAt: string
  readonly about?: NoteUse
}

/** A note beside an entry, whose section it stands in (decision 46). */
export interface AnnotationFields {
  readonly kind: 'annotation'
  /** The entry's id, for good. */
  readonly on: string
  readonly text: string
  /** FHIR dateTime with zone offset. */
  readonly writtenAt: string
}

/** What can be corrected of a document that was brought in; none is made by typing alone. */
export interface DocumentFields {
  readonly kind: 'document'
  readonly title: string
  /** On the paper: a FHIR date. */
  readonly date?: string
  /** Who it is from, in words. */
  readonly from?: string
  /** UUIDs of the entries that it belongs to, apart by a space; at most 50. */
  readonly about?: string
  /** Indexes of the attachments that were taken out, apart by a space. Their bytes stay in the original. */
  readonly without?: string
}

/** One field of `EntryFields` that two devices set at once: people choose, nothing is lost. */
export interface FieldConflict {
  readonly field: string
  /** Candidates as typed; the one shown now first. */
  readonly candidates: readonly {
    readonly value: string | number | null
    readonly changedAt?: Instant
    readonly by?: EntryAuthor
  }[]
}

/** A file as it is, whatever it is called. */
export type FileType =
  | 'application/pdf'
  | 'image/jpeg'
  | 'image/png'
  | 'image/webp'
  | 'image/heic'
  | 'text/html'
  | 'text/rtf'
  | 'text/plain'
  | 'text/xml'
  | 'application/json'

/** A file in a FHIR resource. */
export interface AttachmentInfo {
  /** By which it is asked for. */
  readonly index: number
  /** Told by its content; undefined for what is none of these. */
  readonly type?: FileType
  /** What it is good for here beside being kept: words to be read, or records to be brought in. */
  readonly holds?: 'words' | 'records'
  /** What its source calls it (FHIR `Attachment.contentType`), where its content alone does not say enough. */
  readonly said?: string
  /** In the source's words, one line. */
  readonly title?: string
  /** Size of the file. */
  readonly bytes: number
  /** The person took this page out; it can be put back. */
  readonly isOut?: true
}

/** Another version of an entry that the same source gave. */
export interface EntryVersion {
  readonly summary: EntrySummary
  /** When the source changed it last, by its own word, else when it came in. */
  readonly at: Instant
  readonly isNewer: boolean
}

/** One entry, whole. */
export interface EntryDetail {
  readonly summary: EntrySummary
  /** Present when made or corrected by hand; the original stays beside it. */
  readonly fields?: EntryFields
  /** The imported FHIR resource as it came, as JSON text; files in it are cut to their beginning. */
  readonly original?: string
  /** What the original carries along as files, in its order; absent where there are none. */
  readonly attachments?: readonly AttachmentInfo[]
  /** Documents that belong to it, the earliest first, and what it belongs to itself; absent where there are none. */
  readonly papers?: readonly EntrySummary[]
  readonly about?: readonly EntrySummary[]
  /** What was written beside it, the earliest first, with its whole text; absent where nothing was. */
  readonly annotations?: readonly EntrySummary[]
  /** Other versions of it that its source gave, the newest first; absent where there are none. */
  readonly versions?: readonly EntryVersion[]
  /** Entries of other sources that the person said are the same; absent where there are none. */
  readonly sameAs?: readonly EntrySummary[]
  /** Of what came in a health card: what was found of it then. */
  readonly card?: CardCheck
  /** What a person would have typed for an import that nobody corrected yet; absent where the kind can't be typed. */
  readonly correctionDraft?: EntryFields
  readonly conflicts: readonly FieldConflict[]
  readonly addedAt: Instant
  readonly changedAt: Instant
  /** Who typed it; of an import only where somebody else brought it than the person whose record it is. */
  readonly addedBy?: EntryAuthor
  /** It was offered by `addedBy` and accepted then by the person whose record it is (decision 52). */
  readonly acceptedAt?: Instant
  /** Accepted by itself, as that person wanted it of `addedBy`. */
  readonly isUnasked?: true
  /** Who last changed a field, where one was changed after it was added. */
  readonly changedBy?: EntryAuthor
  readonly binnedAt?: Instant
}
