import type { OfferedTime } from '#schema/messages/item.ts'
import type { Instant } from '#schema/instant.ts'
import type { EntryAuthor, EntryId, EntryParts } from '#schema/record/entry.ts'
import type { Role } from '#schema/requests/machine.ts'
import type { RequestKind } from '#schema/requests/requests.ts'
import type { Result } from '#schema/result.ts'
import type { AppointmentTime } from './requests/appointment-time.ts'
import type { Slot } from './home/free-slots.ts'
import type { MessageFailure, ThreadDetail } from './message-session.ts'
import type { SaveFailure, Stop } from './session.ts'
import type { NothingPlanned } from './take-out-session.ts'
import type { FreshUnlockFailure } from './vault/fresh-unlock.ts'

/** The part of the session that is about what patients and those who treat them ask of each other (decision 50). */
export interface RequestSession {
  /** Those that wait for this person come first, then the newest. */
  watchRequests(listener: (requests: readonly RequestRow[]) => void): Promise<Stop>
  /** Undefined when it is not here. */
  watchRequest(place: RequestPlace, listener: (request: RequestDetail | undefined) => void): Promise<Stop>
  /** Goes into the conversation that both have already, or begins one. Durable when it answers ok. */
  openRequest(request: OpenRequest): Promise<Result<RequestPlace, RequestFailure>>
  /**
   * By whoever looks at the request as it is now, signed by the key of this device. “I have it” of a refill also adds to the stock of the
   * medicine, and what was accepted to the record, once. Durable when it answers ok.
   */
  takeStep(place: RequestPlace, step: NewStep): Promise<Result<void, RequestFailure>>
  /** An appointment whose time stands, as iCalendar under `title`. Asks for the passphrase. */
  appointmentFile(
    place: RequestPlace,
    title: string,
    passphrase: string,
  ): Promise<Result<Blob, FreshUnlockFailure | NothingPlanned>>
  /** What this person has to offer to those whom they treat; the nearest first, without what is past. */
  watchFreeSlots(listener: (slots: readonly FreeSlot[]) => void): Promise<Stop>
  /** The times that this person's provider shows to their patients and that are still to come; none where they show none. */
  watchShownTimes(contactId: string, listener: (slots: readonly OfferedTime[]) => void): Promise<Stop>
  /** In the home log: offered to nobody by that alone. */
  addFreeSlots(slots: readonly Slot[]): Promise<Result<void, SaveFailure>>
  removeFreeSlot(startsAt: string): Promise<Result<void, SaveFailure>>
}

export interface FreeSlot extends Slot {
  /** Who chose it, or has it, or a part of it. */
  readonly taken: readonly TakenTime[]
}

export interface TakenTime extends RequestPlace {
  readonly people: readonly string[]
  /** It stands. Else it was chosen, and waits to be confirmed. */
  readonly isAgreed: boolean
}

export interface RequestPlace {
  readonly conversationId: string
  /** `<kind>.<32 hex digits>`. */
  readonly requestId: string
}

export interface OpenRequest {
  readonly kind: RequestKind
  readonly contactId: string
  /** In its place: somebody who has no Wellkeep, as this person calls them. */
  readonly visitor?: string
  /** Made for this request by whoever opens it, at random: sent twice it is one. */
  readonly key: string
  /** What the kind's first step says, as its form reads it. */
  readonly data: Readonly<Record<string, unknown>>
}

export interface NewStep {
  readonly kind: string
  readonly data: Readonly<Record<string, unknown>>
  /** In a conversation with a visitor: it is theirs, as this person was told. */
  readonly isTheirs?: boolean
}

export interface RequestRow extends RequestPlace {
  readonly kind: RequestKind
  /** What its first step names: a medicine, an entry, a form. Empty where it names nothing. */
  readonly title: string
  /** Of an addition: what the entry would say in a row. */
  readonly offer?: EntryParts
  /** One of the kind’s machine. */
  readonly state: string
  readonly isFinal: boolean
  readonly role: Role
  /** Who takes part beside this person. */
  readonly people: readonly string[]
  /** Of the first of them whom this person knows. */
  readonly contactId?: string
  readonly waitsFor?: 'you' | 'them'
  /** Said by the other side, and not looked at by this person yet. */
  readonly isNews?: true
  /** Of an appointment: the time that was chosen, or that stands. */
  readonly time?: AppointmentTime
  /** Of one that was called off: the time that had stood. */
  readonly calledOff?: AppointmentTime
  /** Of a material: when it was sent, by its sender's clock, and whether its patient has opened it. */
  readonly reading?: MaterialReading
  readonly stalledSince?: Instant
  readonly lastAt: Instant
}

export interface MaterialReading {
  readonly sentAt: Instant
  readonly isRead: boolean
}

export interface RequestDetail extends RequestRow {
  /** All that was done, each after what its writer had seen. */
  readonly history: readonly ShownStep[]
  /** What this person can do now: each of these counts. */
  readonly next: readonly string[]
  /** Of what can be done, what most people came for; of either side. */
  readonly main: readonly string[]
  /** Of an addition that this person accepted: which entry it became. */
  readonly entryId?: EntryId
  /** Only with a visitor: what they can do now, and this person can write down. */
  readonly theirNext?: readonly string[]
  /** Whoever is to see the present state has. */
  readonly isSeen: boolean
  /** Steps by the other words that one side said at the same moment. */
  readonly contested: readonly string[]
  /** To whom else this person, as who treats them, gave the time that was chosen; whoever's stands comes first. */
  readonly clashes: readonly TakenTime[]
  /** So many steps wait for others that are still on their way. */
  readonly waitingCount: number
  readonly noReply?: ThreadDetail['noReply']
}

export interface ShownStep {
  /** Who of a practice's staff took it, by the practice's word; absent for this person. */
  readonly staff?: string
  readonly id: string
  readonly by: EntryAuthor
  readonly role: Role
  readonly kind: string
  /** By its writer's clock. */
  readonly at: Instant
  readonly data: Readonly<Record<string, unknown>>
  /** Of a visitor: `link`: nobody checked who it was; `told`: this person wrote it down. */
  readonly how?: 'link' | 'told'
  readonly standing: 'counts' | 'beside' | 'too-late' | 'not-allowed'
}

export type RequestFailure =
  | MessageFailure
  /** Meanwhile it is in another state. */
  | { readonly kind: 'not-now' }
  | { readonly kind: 'invalid'; readonly field: string }
  /** Somebody flooded it. */
  | { readonly kind: 'no-room' }
  /** It was said; what it adds to the record was not saved. */
  | { readonly kind: 'stock'; readonly why: SaveFailure }
  /** They were sent; they were not saved in the record. */
  | { readonly kind: 'answers-not-kept'; readonly why: SaveFailure }
  /** It was accepted; bringing it into the record is tried again by itself. */
  | { readonly kind: 'not-added'; readonly why: SaveFailure }
