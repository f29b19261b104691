import type { Instant } from '#schema/instant.ts'
import type { Section } from '#schema/record/sections.ts'
import type { Result } from '#schema/result.ts'
import type { StoreFailure } from './ports.ts'
import type { SaveFailure, Session, Stop } from './session.ts'

/** The part of the session that is about sharing: what this person gives, and what is given to them. */
export interface ShareSession {
  watchShares(listener: (shares: Shares) => void): Promise<Stop>
  /** Durable when it answers ok; then it is carried out by itself. Asks for the passphrase, as everything that lets somebody in. */
  share(request: ShareRequest): Promise<Result<{ readonly shareId: string }, ShareFailure>>
  /** `until` left out stays, null is "until I stop". More sections or time, or going on after a pause, asks for the passphrase. */
  changeShare(
    shareId: string,
    change: {
      readonly sections?: readonly Section[]
      readonly until?: Instant | null
      readonly isPaused?: boolean
      readonly passphrase?: string
    },
  ): Promise<Result<void, ShareFailure>>
  stopShare(shareId: string): Promise<Result<void, ShareFailure>>
  /** To an offer; `decline` also ends one that was accepted: what is here of it is deleted. */
  answerShare(shareId: string, answer: 'accept' | 'decline'): Promise<Result<void, ShareFailure>>
  /** Takes a received share that is over off this person's list: whose it was is forgotten too. */
  putShareAway(shareId: string): Promise<Result<void, SaveFailure>>
  /** What a record method answers about a record that somebody shares. Undefined when it is not here (any more). */
  askShared<Name extends SharedCall>(
    shareId: string,
    method: Name,
    args: Parameters<Session[Name]>,
  ): Promise<Awaited<ReturnType<Session[Name]>> | undefined>
  /** As that watch of one's own record; ends when the share does. */
  watchShared<Name extends SharedWatch>(
    shareId: string,
    method: Name,
    args: SharedWatchArgs<Name>,
    listener: (told: never) => void,
  ): Promise<Stop>
}

/** See; see and add. Managing is given for a whole record (decision 15), never for sections of it. */
export type ShareRole = 'read' | 'write'

export interface ShareRequest {
  readonly contactId: string
  readonly sections: readonly Section[]
  readonly role: ShareRole
  /** Left out: until this person stops it. By the relay's clock. */
  readonly until?: Instant
  /** Old and deleted versions too. */
  readonly withHistory: boolean
  readonly passphrase: string
}

export interface Shares {
  /** Newest first. */
  readonly given: readonly GivenShare[]
  readonly received: readonly ReceivedShare[]
}

export interface GivenShare {
  readonly shareId: string
  readonly contactId: string
  readonly contactName: string
  readonly sections: readonly Section[]
  readonly role: ShareRole
  readonly until?: Instant
  readonly withHistory: boolean
  /** Of these sections, which began anew since, they have what came after that alone. */
  readonly begunAnew: readonly Section[]
  readonly createdAt: Instant
  /**
   * `preparing`: on its way. `offered`: they have not answered. `ending`: taken back here, and not yet everywhere. `ended`: over,
   * `endedBy` says how.
   */
  readonly state: 'preparing' | 'offered' | 'accepted' | 'paused' | 'ending' | 'ended'
  readonly endedBy?: 'stopped' | 'expired' | 'declined' | 'left'
  /** As they told, or their app did. */
  readonly lastOpenedAt?: Instant
}

export interface ReceivedShare {
  readonly shareId: string
  readonly contactId: string
  readonly contactName: string
  /** As the record calls itself. */
  readonly recordName: string
  /** In the order in which sections always stand. */
  readonly sections: readonly Section[]
  readonly role: ShareRole
  readonly until?: Instant
  readonly state: 'offered' | 'accepted' | 'ended'
  /** Nothing new comes, and nothing goes, until who shares it goes on. */
  readonly isPaused: boolean
  readonly endedBy?: 'stopped' | 'expired'
  /** It has ended by this device's own clock alone, and goes on if the server says otherwise. */
  readonly isUnsure?: true
  /**
   * What was written on this device and the relay had not taken when it ended: on its way, sealed, to who shared, or `sent`. Whether they
   * take it in nobody is told.
   */
  readonly lateWriting?: 'waiting' | 'sent'
  /** Some of it fits no letter, or there is nobody to write to any more: it is gone. */
  readonly hasLost?: true
}

export type ShareFailure =
  | { readonly kind: 'locked' }
  | { readonly kind: 'not-here' }
  | { readonly kind: 'not-found' }
  | { readonly kind: 'wrong-passphrase' }
  /** They came back with other keys, or have not taken this person's invitation yet. */
  | { readonly kind: 'contact-not-ready' }
  | { readonly kind: 'nothing-chosen' }
  /** This contact has one of the sections by another share: change that one. */
  | { readonly kind: 'already-shared' }
  /** Two versions of a field stand side by side: choose first, the recipient would see only one. */
  | { readonly kind: 'conflicts'; readonly count: number }
  | { readonly kind: 'in-the-past' }
  | { readonly kind: 'unreachable' }
  | { readonly kind: 'not-stored'; readonly why: StoreFailure }

/** Record methods that work on a record that somebody shares, as far as the role goes. */
export const SHARED_CALLS = [
  'timelineRows',
  'facets',
  'testHistory',
  'entryHistory',
  'whatChanged',
  'readings',
  'addEntry',
  'addEntries',
  'editEntry',
  'binEntry',
  'restoreEntry',
  'bin',
  'chooseConflict',
  'undo',
  'undoable',
  'addPaper',
  'attachPaper',
  'cancelImport',
  'attachment',
  'thumbnail',
  'original',
] as const satisfies readonly (keyof Session)[]
export type SharedCall = (typeof SHARED_CALLS)[number]

export const SHARED_WATCHES = [
  'watchHome',
  'watchTests',
  'watchTracked',
  'watchTimeline',
  'watchEntry',
  'watchImport',
] as const satisfies readonly (keyof Session)[]
export type SharedWatch = (typeof SHARED_WATCHES)[number]

/** A watch's arguments before its listener. */
export type SharedWatchArgs<Name extends SharedWatch> =
  Parameters<Session[Name]> extends [...infer Before, unknown] ? Before : never
