import type { Instant } from '#schema/instant.ts'
import type { Section } from '#schema/record/sections.ts'
import type { Result } from '#schema/result.ts'
import type { StoreFailure } from './ports.ts'
import type { KeptCall, KeptWatch, KeptWatchArgs, RoomSession } from './room-session.ts'
import type { RecoverFailure, RecoveryKit, Stop } from './session.ts'

/** The part of the session that is about records this person keeps for others; decision 0015. */
export interface KeptSession extends GuardianSession, HandOverSession {
  watchKept(listener: (kept: KeptRecords) => void): Promise<Stop>
  /** Accounts with which this person takes part in circles; `name`: how they called themselves there at first (decision 59). */
  watchCircles(listener: (circles: readonly KeptRecord[]) => void): Promise<Stop>
  /** A new record for somebody else, with words of its own. Durable when it answers ok. */
  keepRecord(request: KeepRecord): Promise<Result<{ readonly keptId: string; readonly kit: RecoveryKit }, KeepFailure>>
  /** To an offer of somebody's. Accepted, the record comes from the server. */
  answerGuardian(
    keptId: string,
    answer: 'accept' | 'decline',
    /** To accept a hand-over: it lets guardians in and others out. */
    passphrase?: string,
  ): Promise<Result<void, GuardianFailure>>
  /** Opens somebody's record by its 24 words and brings it into this person's own: the way that needs no guardian. */
  takeOverKept(request: {
    readonly words: string
    readonly passphrase: string
  }): Promise<Result<void, GuardianFailure | RecoverFailure>>
  /**
   * This person is a guardian no more, and their devices delete it. Refused to the last guardian. One that is over, or that the server
   * refuses, is deleted on this device and told of no more.
   */
  leaveKept(keptId: string): Promise<Result<void, GuardianFailure>>
  /** What a method answers about a kept record; undefined when it is not open here. */
  askKept<Name extends KeptCall>(
    keptId: string,
    method: Name,
    args: Parameters<RoomSession[Name]>,
  ): Promise<{ readonly answer: Awaited<ReturnType<RoomSession[Name]>> } | undefined>
  /** As that watch of one's own record; rests while the kept one is not open here. */
  watchInKept<Name extends KeptWatch>(
    keptId: string,
    method: Name,
    args: KeptWatchArgs<Name>,
    listener: (told: never) => void,
  ): Promise<Stop>
}

export interface KeepRecord {
  readonly personName: string
  /** FHIR date; may be only a year. */
  readonly birthDate: string
  readonly relation: Relation
}

/** Who else acts in a record with everything that is in it: guardians of a kept one, managers of one's own. */
export interface GuardianSession {
  watchGuardians(listener: (guardians: Guardians) => void): Promise<Stop>
  /** A contact of this person's own. Durable when it answers ok; the offer goes by itself. Asks for the passphrase. */
  addGuardian(request: {
    readonly contactId: string
    /** Left out: until they are removed (`removeDevice`). By the relay's clock, and no later than this person's own end. */
    readonly until?: Instant
    readonly passphrase: string
  }): Promise<Result<void, GuardianFailure>>
  /** Another end for who manages the record: later ones ask for the passphrase. Durable when it answers ok; their app follows. */
  changeManaging(request: {
    readonly contactId: string
    /** Left out: until they are removed. By the relay's clock, and no later than this person's own end. */
    readonly until?: Instant
    readonly passphrase?: string
  }): Promise<Result<void, GuardianFailure>>
}

/** When a kept record goes to whom it is about. */
export interface HandOverSession {
  watchHandOver(listener: (handOver: HandOver) => void): Promise<Stop>
  /** In place of an earlier plan. Asks for the passphrase; the contact must have been compared. */
  planHandOver(request: HandOverRequest): Promise<Result<void, GuardianFailure>>
  /** Before the day: they are asked as soon as this device is connected. */
  handOverNow(passphrase: string): Promise<Result<void, GuardianFailure>>
  cancelHandOver(): Promise<Result<void, GuardianFailure>>
}

export interface HandOver {
  readonly plan?: {
    readonly at: Instant
    /** Whose it will be. */
    readonly name: string
    /**
     * `now`: before its day. `declined`: they were asked and did not take it; `handOverNow` asks again. `taking`: it is being brought
     * over, nothing can be added here any more.
     */
    readonly state: 'planned' | 'now' | 'declined' | 'taking'
    readonly terms: readonly ShownTerm[]
  }
}

/** What a guardian keeps afterwards. */
export interface ShownTerm {
  readonly name: string
  readonly role: 'read' | 'write'
  readonly until?: Instant
  readonly sections: readonly Section[]
}

export interface HandOverRequest {
  /** One of this person's own contacts. */
  readonly contactId: string
  /** By the relay's clock. */
  readonly at: Instant
  /** A guardian that is left out keeps nothing. */
  readonly terms: readonly (Omit<ShownTerm, 'name'> & { readonly deviceId: string })[]
  readonly passphrase: string
}

export interface Guardians {
  /** Oldest first. */
  readonly guardians: readonly Guardian[]
}

export interface Guardian {
  readonly deviceId: string
  /** Of who is in, or is asked to come in: as whom they stand among contacts, where they do. */
  readonly contactId?: string
  readonly name: string
  readonly isThisOne: boolean
  readonly purpose: Purpose
  readonly addedAt: Instant
  /** Day-exact. */
  readonly lastSeenAt?: Instant
  readonly until?: Instant
  readonly state: 'preparing' | 'offered' | 'active' | 'removing'
}

/** `guardian`: of a record kept for somebody else; `manager`: of the giver's own; `hand-over`: to whom the record is about. */
export type Purpose = 'guardian' | 'manager' | 'hand-over'

export type GuardianFailure =
  | { readonly kind: 'locked' }
  | { readonly kind: 'not-here' }
  | { readonly kind: 'not-found' }
  | { readonly kind: 'wrong-passphrase' }
  /** They came back with other keys, or have not taken this person's invitation yet. */
  | { readonly kind: 'contact-not-ready' }
  | { readonly kind: 'already-in' }
  /** The safety number of whom it goes to was not compared. */
  | { readonly kind: 'not-compared' }
  | { readonly kind: 'being-taken' }
  | { readonly kind: 'in-the-past' }
  | { readonly kind: 'last-guardian' }
  | { readonly kind: 'not-stored'; readonly why: StoreFailure }

/** Whom it is kept for; `practice`: patients of several people who act with it together; `circle`: nobody, this person takes part in a circle with it. */
export type Relation = 'child' | 'parent' | 'other' | 'circle' | 'practice'

export interface KeptRecords {
  /** By name. */
  readonly records: readonly KeptRecord[]
  readonly offers: readonly KeptOffer[]
  readonly past: readonly PastKept[]
}

/** Somebody wants this person to act in a record. */
export interface KeptOffer {
  readonly keptId: string
  readonly name: string
  readonly birthDate: string
  readonly purpose: Purpose
  /** On its staff, by the word of who offers it. */
  readonly isPractice?: true
  readonly contactName: string
  readonly until?: Instant
  /** What guardians keep, of a hand-over. */
  readonly terms: readonly ShownTerm[]
}

export interface PastKept {
  readonly keptId: string
  readonly name: string
  /** `taken-over`: by this person, whom it is about. `withdrawn`: an offer that was taken back. */
  readonly endedBy: 'removed' | 'left' | 'expired' | 'handed-over' | 'taken-over' | 'withdrawn'
  /** Guardians to whom something was promised and whom this person does not know yet. */
  readonly unmet: readonly string[]
}

export interface KeptRecord {
  readonly keptId: string
  readonly name: string
  readonly birthDate: string
  readonly relation: Relation
  /**
   * `fetching`: this device does not have it yet. `taking`: whom it is about takes it over; it can be read. `out`: this person is out,
   * and `unsentCount` changes made on this device never reached anybody; it can be read until it is deleted (`leaveKept`). `refused`: the
   * server says that this person is out, and nobody else has; it can be read, and what is added would reach nobody. `not-served`: it
   * never came to this device, and the server does not give it out. `withdrawn`: so, and who offered it took it back.
   */
  readonly state: 'open' | 'fetching' | 'taking' | 'out' | 'refused' | 'not-served' | 'withdrawn'
  /** Who offered it; empty for one made here. */
  readonly contactName: string
  readonly unsentCount: number
  readonly purpose: Purpose
  readonly until?: Instant
  readonly addedAt: Instant
}

export type KeepFailure =
  | { readonly kind: 'locked' }
  /** A sample, or a device that was removed. */
  | { readonly kind: 'not-here' }
  | { readonly kind: 'invalid'; readonly field: 'name' | 'birthDate' }
  | { readonly kind: 'not-stored'; readonly why: StoreFailure }
