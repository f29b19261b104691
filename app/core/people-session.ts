import type { Instant } from '#schema/instant.ts'
import type { Result } from '#schema/result.ts'
import type { StoreFailure } from './ports.ts'
import type { SaveFailure, Stop, WordsCheck } from './session.ts'

/** The part of the session that is about people: meeting them and knowing that it is them. */
export interface PeopleSession {
  watchPeople(listener: (people: People) => void): Promise<Stop>
  /** A new invitation; `contactId`: for somebody known, whose keys may have changed. */
  invite(contactId?: string): Promise<Result<Invitation, MeetFailure>>
  withdrawInvitation(invitationId: string): Promise<Result<void, MeetFailure>>
  /** Whose it is, before anything is sent to them: a link, its fragment, or the eight words. */
  readInvitation(invitation: string): Promise<Result<Inviter, MeetFailure>>
  /** Sends our card to whoever invited. They are a contact from now on, `waiting` until their app answers. */
  acceptInvitation(invitation: string): Promise<Result<{ readonly contactId: string }, MeetFailure>>
  /** Of both identity keys; undefined for somebody unknown. For a contact whose keys changed, of the new ones. */
  safetyNumber(contactId: string): Promise<SafetyNumber | undefined>
  /**
   * This person compared the number of these digits, as it was shown to them; none: takes that back. With changed keys: the new ones are
   * taken, which asks for the passphrase.
   */
  markCompared(contactId: string, digits?: string, passphrase?: string): Promise<Result<void, CompareFailure>>
  /** This person saw another number than these digits on the contact's screen: nothing new is shared until they are the same. */
  markDiffering(contactId: string, digits: string): Promise<Result<void, CompareFailure>>
  /** With changed keys: `use` takes the new ones without comparing and asks for the passphrase, `keep` stays with the old. */
  decideChangedKeys(
    contactId: string,
    decision: 'use' | 'keep',
    passphrase?: string,
  ): Promise<Result<void, SaveFailure>>
  renameContact(contactId: string, name: string): Promise<Result<void, SaveFailure>>
  removeContact(contactId: string): Promise<Result<void, SaveFailure>>
  /** Looks for letters at once, not only every minute: while somebody waits at the screen. */
  checkMail(): Promise<void>
}

export interface People {
  /** By name. */
  readonly contacts: readonly Contact[]
  /** Open ones, newest first. */
  readonly invitations: readonly Invitation[]
}

export interface Contact {
  readonly contactId: string
  readonly name: string
  readonly addedAt: Instant
  /**
   * `waiting`: our answer to their invitation is on its way. `refused`: they could not take it, with why. `changed`: they came back
   * with other keys, nothing new is shared until this person decides. `differs`: so said this person of the number, nothing new is shared
   * until it was compared. `known`: met; `comparedAt` says whether it was made sure.
   */
  readonly state: 'waiting' | 'refused' | 'changed' | 'differs' | 'known'
  readonly refusal?: ClosedReason
  readonly comparedAt?: Instant
  /** Where they are, when that is another relay than this person's own. */
  readonly relay?: string
}

export interface Invitation {
  readonly invitationId: string
  /** 22 hex digits for a link's fragment. */
  readonly code: string
  /** Eight words to read aloud. */
  readonly words: readonly string[]
  readonly endsAt: Instant
  readonly contactId?: string
  /** The server where its guest finds it; left out: the one where the app was opened. */
  readonly relay?: string
}

/** Whoever made an invitation that can be answered. */
export interface Inviter {
  readonly name: string
  /** Is a contact already. */
  readonly isKnown: boolean
  /** Where they are, when that is another relay than this person's own. */
  readonly relay?: string
}

export interface SafetyNumber {
  /** 60, to be shown in groups of five. */
  readonly digits: string
  readonly words: readonly string[]
}

/** `other-number`: they came back with other keys since it was shown. */
export type CompareFailure = SaveFailure | { readonly kind: 'other-number' }

export type ClosedReason = 'used' | 'withdrawn' | 'expired'

export type MeetFailure =
  | { readonly kind: 'locked' }
  /** A sample, or a device that was removed. */
  | { readonly kind: 'not-here' }
  | { readonly kind: 'unreachable' }
  | { readonly kind: 'relay-refused'; readonly reason: string }
  /** Neither a link nor eight words of the list; `words` says what is wrong with what was meant as words. */
  | { readonly kind: 'not-an-invitation'; readonly words?: WordsCheck }
  /** Nothing lies where it should: mistyped, or long over. */
  | { readonly kind: 'nothing-there' }
  | { readonly kind: 'closed'; readonly reason: ClosedReason }
  | { readonly kind: 'own' }
  | { readonly kind: 'damaged' }
  /** They are at another relay, and their card does not say which: as in circles. */
  | { readonly kind: 'other-relay' }
  | { readonly kind: 'not-found' }
  | { readonly kind: 'not-stored'; readonly why: StoreFailure }
