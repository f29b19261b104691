import type { Instant } from '#schema/instant.ts'
import type { Result } from '#schema/result.ts'
import type { StoreFailure } from './ports.ts'
import type { RecoveryKit, Session, Stop } from './session.ts'

/** The part of the session that is about records this person keeps for others; decision 0015. */
export interface KeptSession {
  watchKept(listener: (kept: KeptRecords) => void): Promise<Stop>
  /** A new record for somebody else, with words of its own. Durable when it answers ok. */
  keepRecord(request: KeepRecord): Promise<Result<{ readonly keptId: string; readonly kit: RecoveryKit }, KeepFailure>>
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

/** Whom it is kept for. */
export type Relation = 'child' | 'parent' | 'other'

export interface KeptRecords {
  /** By name. */
  readonly records: readonly KeptRecord[]
}

export interface KeptRecord {
  readonly keptId: string
  readonly name: string
  readonly birthDate: string
  readonly relation: Relation
  /** `fetching`: this device does not have it yet. */
  readonly state: 'open' | 'fetching'
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
  | keyof KeptSession
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
}

export type KeptWatch = Extract<keyof RoomSession, `watch${string}`>
export type KeptCall = Exclude<keyof RoomSession, KeptWatch>

/** A watch's arguments before its listener. */
export type KeptWatchArgs<Name extends KeptWatch> =
  Parameters<RoomSession[Name]> extends [...infer Before, unknown] ? Before : never
