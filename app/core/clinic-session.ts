import type { Instant } from '#schema/instant.ts'
import type { EntryId } from '#schema/record/entry.ts'
import type { Result } from '#schema/result.ts'
import type { ImportFailure, ImportPreview } from './import-session.ts'
import type { OutsideAnswer } from './link-session.ts'
import type { PaperFailure } from './paper-session.ts'
import type { SaveFailure, Stop, NotStored } from './session.ts'
import type { FreshUnlockFailure } from './vault/fresh-unlock.ts'

/** The part of the session that is about clinics’ servers this record is connected to; decision 0029. Nobody is asked but by a tap. */
export interface ClinicSession {
  watchClinics(listener: (clinics: Clinics) => void): Promise<Stop>
  /** Asks the host in `address`, a FHIR server's, how people sign in there. */
  lookAtClinic(address: string): Promise<Result<ClinicOffer, ClinicFailure>>
  /** Prepares the signing in at a clinic that was looked at. Asks nobody, and for the passphrase. */
  beginClinic(request: BeginClinic): Promise<Result<ClinicSignIn, ClinicFailure | FreshUnlockFailure | NotStored>>
  /** With what the clinic sent the browser back with, as it stood in the address behind `?`. */
  finishClinic(answer: string): Promise<Result<ClinicInfo, ClinicFailure | NotStored>>
  forgetClinicSignIn(state: string): Promise<Result<void, ClinicFailure | NotStored>>
  /** `new`: since the last fetch that was complete and brought in. What came waits for `commitImport`, as from a file. */
  fetchClinic(
    clinicId: string,
    what: 'new' | 'everything',
  ): Promise<Result<ImportPreview, ImportFailure | ClinicFailure | NotStored>>
  /** The files that an entry names and nobody fetched with it, and whether a clinic that this record is connected to has them. Asks nobody. */
  clinicFiles(id: EntryId): Promise<readonly ClinicFile[]>
  /**
   * Fetches one of them from its clinic and keeps it as a document of the entry, durable when it answers ok; the same again adds nothing.
   * Only the clinic is asked whose FHIR server has the very origin of the file's address.
   */
  fetchClinicFile(
    id: EntryId,
    index: number,
  ): Promise<Result<{ readonly id: EntryId; readonly isNew: boolean }, ClinicFailure | PaperFailure | SaveFailure>>
  /** Ends a look, a sign-in or a fetch that is under way. */
  cancelClinic(): Promise<void>
  /** Its tokens go from this device at once; then the clinic is asked to end them, where it offers that. */
  disconnectClinic(
    clinicId: string,
  ): Promise<Result<{ readonly ended: 'by-clinic' | 'not-offered' | 'not-told' }, ClinicFailure | NotStored>>
}

/** A file at an address of its own. */
export interface ClinicFile {
  readonly index: number
  readonly title?: string
  /** Where it lies, and whom a fetch asks; left out where that cannot be told. */
  readonly host?: string
  /** Left out: no clinic that this record is connected to has it. */
  readonly clinicId?: string
  /** Nobody is asked for it. `insecure`: without encryption on the way, or with somebody's name in the address. `nowhere`: no address that leads anywhere. */
  readonly why?: 'insecure' | 'nowhere'
  /** The entry that it is in this record: it came along. */
  readonly here?: EntryId
}

export interface Clinics {
  /** By name. */
  readonly clinics: readonly ClinicInfo[]
  /** Where somebody is signing in, newest first. */
  readonly begun: readonly ClinicSignIn[]
  readonly fetching?: {
    readonly clinicId: string
    readonly pages: number
    readonly entries: number
  }
}

export interface ClinicInfo {
  readonly clinicId: string
  readonly name: string
  /** The FHIR server's, without a slash at its end. */
  readonly address: string
  readonly host: string
  /** Whom a fetch may ask, `host` among them: where tokens come from is another at times. */
  readonly hosts: readonly string[]
  /** Whom `disconnectClinic` tells; left out where the clinic offers no way. */
  readonly endHost?: string
  /** What the clinic allows, in its own words. */
  readonly scope: string
  readonly clientId: string
  readonly connectedAt: Instant
  /** Of the last fetch that was brought in. */
  readonly lastFetchedAt?: Instant
  /** The clinic let nothing be fetched any more, or never let stay signed in. */
  readonly mustSignIn: boolean
}

export interface ClinicOffer {
  readonly address: string
  readonly host: string
  /** Where people type their password. */
  readonly loginHost: string
  /** Whom signing in and fetching ask from here. */
  readonly hosts: readonly string[]
  /** What is asked for. */
  readonly scope: string
  readonly staysSignedIn: boolean
}

export interface BeginClinic {
  /** As `ClinicOffer` has it. */
  readonly address: string
  readonly name: string
  readonly clientId: string
  /** Where the clinic sends the browser back to: `/connected` of this app. */
  readonly redirect: string
  readonly passphrase: string
}

export interface ClinicSignIn {
  /** What the answer will carry. */
  readonly state: string
  readonly name: string
  readonly host: string
  readonly loginHost: string
  /** To be opened in a window of its own. */
  readonly signInUrl: string
  readonly beganAt: Instant
}

/**
 * `address`, `insecure`: no https address. `no-smart`: says nothing of how to sign in. `no-pkce`: lets codes be used by whoever has them.
 * `denied`: by the person or the clinic. `client`: the client id or the address to send back to is not known there. `not-asked`: an
 * answer to nothing that was begun here. `over`: begun too long ago. `other-issuer`: somebody else's answer. `no-patient`: it does not say
 * whose record. `signed-out`: to be signed in again. `not-here`: a sample, or a browser that asks nobody. `unknown`: no such clinic.
 */
export type ClinicFault =
  | 'address'
  | 'insecure'
  | 'no-smart'
  | 'no-pkce'
  | 'denied'
  | 'client'
  | 'not-asked'
  | 'over'
  | 'other-issuer'
  | 'no-patient'
  | 'signed-out'
  | 'busy'
  | 'refused'
  | 'nonsense'
  | 'empty'
  | 'not-here'
  | 'not-looked'
  | 'unknown'
  | 'invalid'
  | 'cancelled'
  | Exclude<OutsideAnswer['kind'], 'answer' | 'not-allowed'>

export interface ClinicFailure {
  readonly kind: 'clinic'
  readonly why: ClinicFault
}
