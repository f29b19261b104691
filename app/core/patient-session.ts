import type { Instant } from '#schema/instant.ts'
import type { EntrySummary } from '#schema/record/entry.ts'
import type { Section } from '#schema/record/sections.ts'
import type { Result } from '#schema/result.ts'
import type { KeptReason, KeptWhat } from './follow-session.ts'
import type { StoreFailure } from './ports.ts'
import type { ShownResults, Stop } from './session.ts'

/** The part of the session that is about looking after patients: many records that others share with this person. */
export interface PatientSession {
  watchPatients(listener: (patients: readonly Patient[]) => void): Promise<Stop>
  /** Asks the relay, once for all, which of the closed records have anything new; fetches none of it. */
  checkPatients(): Promise<Result<void, { readonly kind: 'locked' | 'unreachable' }>>
  /** Entries of all patients' records as far as they are on this device: every word must occur, as in a timeline's text filter. */
  searchPatients(text: string, shown?: ShownResults): Promise<PatientHits>
  /** Entries by which patients' shared problems say that they have a condition, as far as their records are on this device. */
  findByCondition(condition: ConditionQuery): Promise<ConditionHits>
  /** Notes the act for the patient, durably, and only then answers with the copy. */
  keepCopy(shareId: string, request: KeepCopy): Promise<Result<KeptCopy, KeepCopyFailure>>
  /** As `keepCopy`, where the window has what is to leave the app: it lets go of it once this has answered ok. */
  noteKept(shareId: string, request: NoteKept): Promise<Result<NotedCopy, KeepCopyFailure>>
}

export interface Patient {
  readonly shareId: string
  readonly contactId: string
  readonly recordName: string
  /** Where the section about the person is shared and was looked at. */
  readonly birthDate?: string
  readonly since: Instant
  /** Left out: until they stop it. */
  readonly until?: Instant
  /** Empty once it has ended. */
  readonly sections: readonly Section[]
  readonly state: 'going' | 'paused' | 'ended'
  readonly endedBy?: 'stopped' | 'expired'
  readonly endedAt?: Instant
  /** It has ended by this device's own clock alone, and goes on if the server says otherwise. */
  readonly isUnsure?: true
  /** On this device. */
  readonly lookedAt?: Instant
  /** Something came since that look; a hint, since housekeeping of their app counts too. */
  readonly mayHaveNews: boolean
}

interface PatientHit {
  readonly shareId: string
  readonly recordName: string
  readonly total: number
  readonly entries: readonly EntrySummary[]
}

/** Found is what is called so in somebody's own words (decision 45), and what has one of the codes. */
export interface ConditionQuery {
  readonly text: string
  readonly snomed: readonly string[]
  /** Beginnings, of ICD-10 and ICD-10-CM. */
  readonly icd10: readonly string[]
}

export interface ConditionHits extends Pick<PatientHits, 'notHere'> {
  /** By name. */
  readonly patients: readonly (PatientHit & { readonly contactId: string })[]
  /** Patients who do not share their problems. */
  readonly notShared: number
}

export interface PatientHits {
  /** By name; of each the newest few of `total`. */
  readonly patients: readonly PatientHit[]
  /** Patients whose record was never opened on this device: nothing of theirs can be found. */
  readonly notHere: number
}

export interface KeepCopy {
  readonly sections: readonly Section[]
  readonly reason: KeptReason
  /** Needed with `other`. */
  readonly note: string
}

export interface NoteKept extends KeepCopy {
  readonly what: Exclude<KeptWhat, 'copy'>
}

export interface NotedCopy {
  readonly at: Instant
  /** False: the patient hears of it as soon as the relay can be reached. */
  readonly isTold: boolean
}

export interface KeptCopy extends NotedCopy {
  /** A FHIR R4 Bundle of the sections. */
  readonly fhir: Blob
}

export type KeepCopyFailure =
  | { readonly kind: 'locked' }
  | { readonly kind: 'not-found' }
  | { readonly kind: 'nothing-chosen' }
  | { readonly kind: 'reason-needed' }
  | { readonly kind: 'too-long' }
  | { readonly kind: 'not-stored'; readonly why: StoreFailure }
