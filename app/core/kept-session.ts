import type { Instant } from '#schema/instant.ts'
import type { Result } from '#schema/result.ts'
import type { StoreFailure } from './ports.ts'
import type { RecoveryKit, Session, Stop } from './session.ts'

/** The part of the session that is about records this person keeps for others; decision 0015. */
export interface KeptSession extends GuardianSession {
  watchKept(listener: (kept: KeptRecords) => void): Promise<Stop>
  /** A new record for somebody else, with words of its own. Durable when it answers ok. */
  keepRecord(request: KeepRecord): Promise<Result<{ readonly keptId: string; readonly kit: RecoveryKit }, KeepFailure>>
  /** To an offer of somebody's. Accepted, the record comes from the server. */
  answerGuardian(keptId: string, answer: 'accept' | 'decline'): Promise<Result<void, GuardianFailure>>
  /** This person is a guardian no more, and their devices delete it. Refused to the last guardian. */
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
    /** Left out: until they are removed (`removeDevice`). By the relay's clock. */
    readonly until?: Instant
    readonly passphrase: string
  }): Promise<Result<void, GuardianFailure>>
}

export interface Guardians {
  /** Oldest first. */
  readonly guardians: readonly Guardian[]
}

export interface Guardian {
  readonly deviceId: string
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
  | { readonly kind: 'in-the-past' }
  | { readonly kind: 'last-guardian' }
  | { readonly kind: 'not-stored'; readonly why: StoreFailure }

/** Whom it is kept for. */
export type Relation = 'child' | 'parent' | 'other'

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
  readonly contactName: string
  readonly until?: Instant
}

export interface PastKept {
  readonly keptId: string
  readonly name: string
  readonly endedBy: 'removed' | 'left' | 'expired'
}

export interface KeptRecord {
  readonly keptId: string
  readonly name: string
  readonly birthDate: string
  readonly relation: Relation
  /** `fetching`: this device does not have it yet. */
  readonly state: 'open' | 'fetching'
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

/** What is this person's own business, whatever record they look at. */
type OwnOnly =
  | Exclude<keyof KeptSession, keyof GuardianSession>
  | 'createRecord'
  | 'createSample'
  | 'unlock'
  | 'lock'
  | 'changePassphrase'
  | 'deleteEverything'
  | 'checkWords'
  | 'recover'
  | 'startPairing'
  | 'answerPairing'
  | 'watchPairing'
  | 'confirmPairing'
  | 'cancelPairing'
  | 'answerShare'
  | 'askShared'
  | 'watchShared'
  | 'watchSettings'
  | 'changeSettings'
  | 'touch'

/** What can be asked of any record that is open, one's own or a kept one. */
export type RoomSession = Omit<Session, OwnOnly>

/** Every method of a room. A question changes nothing and can be asked again. */
export const ROOM_METHODS: Readonly<Record<keyof RoomSession, 'watch' | 'question' | 'act'>> = {
  watchVault: 'watch',
  kitChallenge: 'question',
  confirmKit: 'act',
  showKit: 'question',
  devices: 'question',
  renameDevice: 'act',
  removeDevice: 'act',
  watchHome: 'watch',
  watchTimeline: 'watch',
  timelineRows: 'question',
  watchEntry: 'watch',
  facets: 'question',
  readings: 'question',
  addEntry: 'act',
  addEntries: 'act',
  editEntry: 'act',
  binEntry: 'act',
  restoreEntry: 'act',
  bin: 'question',
  chooseConflict: 'act',
  undo: 'act',
  makePrivate: 'act',
  belongings: 'question',
  makeOpen: 'act',
  undoable: 'question',
  previewImport: 'act',
  commitImport: 'act',
  cancelImport: 'act',
  watchImport: 'watch',
  imports: 'question',
  undoImport: 'act',
  exportFhir: 'question',
  watchStatus: 'watch',
  watchLate: 'watch',
  decideLate: 'act',
  flush: 'question',
  watchPeople: 'watch',
  invite: 'act',
  withdrawInvitation: 'act',
  readInvitation: 'question',
  acceptInvitation: 'act',
  safetyNumber: 'question',
  markCompared: 'act',
  decideChangedKeys: 'act',
  renameContact: 'act',
  removeContact: 'act',
  checkMail: 'question',
  watchShares: 'watch',
  watchAccess: 'watch',
  fetchAccess: 'question',
  share: 'act',
  changeShare: 'act',
  stopShare: 'act',
  watchGuardians: 'watch',
  addGuardian: 'act',
}

export type KeptWatch = Extract<keyof RoomSession, `watch${string}`>
export type KeptCall = Exclude<keyof RoomSession, KeptWatch>

/** A watch's arguments before its listener. */
export type KeptWatchArgs<Name extends KeptWatch> =
  Parameters<RoomSession[Name]> extends [...infer Before, unknown] ? Before : never
