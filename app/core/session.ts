import type { Instant } from '#schema/instant.ts'
import type { Absence } from '#schema/codes/absence.ts'
import type { EntryAuthor, EntryDetail, EntryFields, EntryId, EntryKind, EntrySummary } from '#schema/record/entry.ts'
import type { Section } from '#schema/record/sections.ts'
import type { Result } from '#schema/result.ts'
import type { AdditionSession } from './addition-session.ts'
import type { BackupSession } from './backup-session.ts'
import type { CardSession, LockedCardSession } from './card-session.ts'
import type { CircleSession } from './circle-session.ts'
import type { ClinicSession } from './clinic-session.ts'
import type { DraftSession } from './draft-session.ts'
import type { FollowSession } from './follow-session.ts'
import type { TopicMark } from './home/reading-list.ts'
import type { ImportSession } from './import-session.ts'
import type { IssuerSession } from './issuer-session.ts'
import type { KeptSession } from './kept-session.ts'
import type { LateSession } from './late-session.ts'
import type { LinkSession } from './link-session.ts'
import type { OutLinkSession } from './out-link-session.ts'
import type { VisitorSession } from './visitor-session.ts'
import type { FileSession } from './file-session.ts'
import type { MessageSession } from './message-session.ts'
import type { PaperSession } from './paper-session.ts'
import type { PasskeySession } from './passkey-session.ts'
import type { PatientSession } from './patient-session.ts'
import type { PeopleSession } from './people-session.ts'
import type { StoreFailure } from './ports.ts'
import type { PushSession } from './push-session.ts'
import type { RelaySession } from './relay-session.ts'
import type { PrivateSession } from './private-session.ts'
import type { Command } from './record/command-names.ts'
import type { HistorySession } from './history-session.ts'
import type { RequestSession } from './request-session.ts'
import type { ResultsSession } from './results-session.ts'
import type { NewsSession } from './room-news.ts'
import type { ShareSession } from './share-session.ts'
import type { TrackSession } from './track-session.ts'
import type { TakeOutSession } from './take-out-session.ts'
import type { TwiceSession } from './twice-session.ts'
import type { WorkspaceSession } from './workspace-session.ts'
import type { MaterialSession } from './material-session.ts'
import type { FreshUnlockFailure } from './vault/fresh-unlock.ts'

/**
 * What a window asks of the vault worker. Every argument and answer is plain data (it crosses a MessagePort by comlink);
 * `watch…` methods call the listener at once and then on each change, and answer a function that ends it.
 */
export interface Session
  extends AdditionSession,
    BackupSession,
    CardSession,
    CircleSession,
    LockedCardSession,
    ClinicSession,
    DraftSession,
    ImportSession,
    IssuerSession,
    LinkSession,
    LateSession,
    MessageSession,
    NewsSession,
    FileSession,
    VisitorSession,
    PaperSession,
    PasskeySession,
    PeopleSession,
    PushSession,
    RelaySession,
    ShareSession,
    FollowSession,
    HistorySession,
    PatientSession,
    KeptSession,
    PrivateSession,
    RequestSession,
    ResultsSession,
    TakeOutSession,
    TrackSession,
    TwiceSession,
    WorkspaceSession,
    MaterialSession,
    OutLinkSession {
  // ── the vault ──
  watchVault(listener: (state: VaultState) => void): Promise<Stop>
  createRecord(request: CreateRecord): Promise<Result<RecoveryKit, CreateFailure>>
  /** A made-up patient, marked as such; `deleteEverything` removes it. */
  createSample(request: CreateSample): Promise<Result<void, CreateFailure>>
  /** The kit counts once three asked-for words were typed rightly; until then home reminds. */
  kitChallenge(): Promise<readonly number[]>
  confirmKit(
    answers: readonly { readonly position: number; readonly word: string }[],
  ): Promise<Result<void, KitFailure>>
  /** Only while the kit is unconfirmed; afterwards the device no longer has it. Asks for the passphrase once a quarter of an hour has passed. */
  showKit(passphrase?: string): Promise<Result<RecoveryKit, ShowKitFailure>>
  /** For practice: whether these are the 24 words of this record, on any of its devices. Notes the day, and changes nothing else. */
  practiseKit(words: string): Promise<Result<void, PractiseFailure>>
  unlock(passphrase: string): Promise<Result<void, UnlockFailure>>
  lock(): Promise<void>
  changePassphrase(current: string, next: string): Promise<Result<void, UnlockFailure>>
  /** Other devices take this one off their list, when the relay can be reached; with the last one goes what the relay has. */
  deleteEverything(): Promise<Result<void, NotStored>>
  /**
   * First all that the relay has, for every device; where it does not answer, nothing is deleted here. Other devices keep their copy, and
   * are told that the record is gone there.
   */
  deleteEverywhere(passphrase: string): Promise<Result<void, DeleteFailure>>

  // ── other devices ──
  checkWords(words: string): Promise<WordsCheck>
  /** `replace`: a vault that is here already goes, but only once all that the relay has was fetched and opened. */
  recover(request: {
    readonly words: string
    readonly passphrase: string
    readonly deviceName: string
    readonly replace?: boolean
  }): Promise<Result<void, RecoverFailure>>
  /** On the new device: shows what the old one scans or types. `watchPairing` tells what comes next. */
  startPairing(request: {
    readonly passphrase: string
    readonly deviceName: string
  }): Promise<Result<PairingOffer, PairingFailure>>
  /** On the old device: the QR's text or the eight words. */
  answerPairing(offer: string): Promise<Result<void, PairingFailure>>
  watchPairing(listener: (state: PairingState) => void): Promise<Stop>
  /** Both devices show the same six digits: asked on the old device. On the new one `false` ends the pairing on both. "Same" asks for the passphrase on the old one. */
  confirmPairing(isSame: boolean, passphrase?: string): Promise<Result<void, PairingFailure>>
  cancelPairing(): Promise<void>
  devices(): Promise<readonly DeviceInfo[]>
  renameDevice(deviceId: string, name: string): Promise<Result<void, SaveFailure>>
  /** Rotates every key; what remains to do is told by `watchStatus`. */
  removeDevice(deviceId: string): Promise<Result<void, SaveFailure>>

  // ── the record ──
  watchHome(listener: (home: Home) => void): Promise<Stop>
  watchTimeline(query: TimelineQuery, listener: (page: TimelineOverview) => void): Promise<Stop>
  /** Rows `from` (0-based) to before `to` of the query's answer, newest first, undated last. */
  timelineRows(query: TimelineQuery, from: number, to: number): Promise<readonly EntrySummary[]>
  watchEntry(id: EntryId, listener: (entry: EntryDetail | undefined) => void): Promise<Stop>
  /** What can stand in the timeline's filters: kinds, sections and sources that occur, with counts. */
  facets(): Promise<Facets>
  /** Durable when it answers ok. */
  addEntry(fields: EntryFields, options?: AddOptions): Promise<Result<EntryId, SaveFailure>>
  /** All or none, as one act to undo: the readings of one sitting. */
  addEntries(fields: readonly EntryFields[], options?: AddOptions): Promise<Result<readonly EntryId[], SaveFailure>>
  editEntry(id: EntryId, fields: EntryFields): Promise<Result<void, SaveFailure>>
  binEntry(id: EntryId): Promise<Result<void, SaveFailure>>
  restoreEntry(id: EntryId): Promise<Result<void, SaveFailure>>
  bin(): Promise<readonly BinnedEntry[]>
  chooseConflict(id: EntryId, field: string, value: string | number | null): Promise<Result<void, SaveFailure>>
  /** Takes back the last act of this device that is still undoable. */
  undo(): Promise<Result<UndoneAct | undefined, SaveFailure>>
  undoable(): Promise<UndoneAct | undefined>

  // ── taking out ──
  /** A FHIR R4 Bundle (type collection) of everything, as JSON; `leavePrivateOut`: less what is private. */
  exportFhir(request: {
    readonly passphrase: string
    readonly leavePrivateOut?: boolean
  }): Promise<Result<Blob, FreshUnlockFailure>>

  // ── settings and state ──
  watchStatus(listener: (status: SyncStatus) => void): Promise<Stop>
  watchSettings(listener: (settings: Settings) => void): Promise<Stop>
  /** To lock later than before asks for the passphrase. */
  changeSettings(change: Partial<Settings>, passphrase?: string): Promise<Result<void, SaveFailure>>
  /** Seals and stores what is pending: page hide, before an update. */
  flush(): Promise<void>
  /** Somebody is at the screen: puts off the auto-lock. */
  touch(): void
  /** Reaches for the relay at once, of this record and those kept for others; whether it answers for this one. */
  tryNow(): Promise<boolean>
}

export type Stop = () => void

export type VaultState =
  | { readonly kind: 'starting' }
  | { readonly kind: 'empty' }
  | { readonly kind: 'locked'; readonly isSample: boolean }
  | {
      readonly kind: 'open'
      readonly personName: string
      readonly birthDate: string
      readonly isSample: boolean
      /** Of nobody's health: people act with it together. */
      readonly isPractice?: true
      readonly kitConfirmed: boolean
      /** It is unconfirmed and this is the device that made it: `showKit` has it. */
      readonly kitIsHere: boolean
      /** When its words were last typed from the paper: to confirm it, or for practice. */
      readonly kitTypedAt?: Instant
    }
  /** This browser can't run it, with the reason's key; or the store is damaged. */
  | { readonly kind: 'unusable'; readonly reason: 'no-storage' | 'no-crypto' | 'damaged' }

export interface CreateRecord {
  readonly personName: string
  /** FHIR date; may be only a year. */
  readonly birthDate: string
  readonly passphrase: string
  readonly deviceName: string
  /** BCP 47: the settings of units begin as people are used to there. */
  readonly locale?: string
  /** Of whoever hosts the relay; one that no relay can have is left out. */
  readonly relayToken?: string
}

export type CreateSample = Pick<CreateRecord, 'deviceName' | 'locale'>

export interface RecoveryKit {
  /** 24 BIP39 words (English list). */
  readonly words: readonly string[]
  /** What the printed QR holds. */
  readonly qrText: string
  /** Opens this record's backups, in Wellkeep as in any program that knows the age format. */
  readonly backupCode: string
  readonly madeAt: Instant
}

export type CreateFailure =
  | { readonly kind: 'already-there' }
  | { readonly kind: 'not-stored'; readonly why: StoreFailure }
/** The device refused to store a change; nothing of it was kept. */
export interface NotStored {
  readonly kind: 'not-stored'
  readonly why: StoreFailure
}

export type DeleteFailure = NotStored | FreshUnlockFailure | { readonly kind: 'unreachable' }

export type KitFailure =
  /** Positions from 1, ascending. */
  | { readonly kind: 'wrong-words'; readonly positions: readonly number[] }
  | { readonly kind: 'no-kit' }
  | { readonly kind: 'not-stored'; readonly why: StoreFailure }
export type PractiseFailure =
  | { readonly kind: 'words'; readonly check: WordsCheck }
  /** Right words, of another record. */
  | { readonly kind: 'other-record' }
  | { readonly kind: 'locked' }
  | { readonly kind: 'not-stored'; readonly why: StoreFailure }
export type ShowKitFailure = { readonly kind: 'no-kit' } | FreshUnlockFailure
export type UnlockFailure =
  | { readonly kind: 'wrong-passphrase' }
  | { readonly kind: 'damaged' }
  | { readonly kind: 'empty' }
  | { readonly kind: 'not-stored'; readonly why: StoreFailure }

/** `unknown`: not in the list (positions from 1, with the nearest words); `checksum`: all known, but one or the order is wrong. */
export type WordsCheck =
  | { readonly kind: 'ok' }
  | { readonly kind: 'count'; readonly got: number }
  | {
      readonly kind: 'unknown'
      readonly wrong: readonly { readonly position: number; readonly suggestions: readonly string[] }[]
    }
  | { readonly kind: 'checksum' }

export type RecoverFailure =
  | { readonly kind: 'words'; readonly check: WordsCheck }
  | { readonly kind: 'not-found' }
  | { readonly kind: 'unreachable' }
  | { readonly kind: 'relay-refused'; readonly reason: string }
  | { readonly kind: 'damaged' }
  | { readonly kind: 'already-there' }
  | { readonly kind: 'not-stored'; readonly why: StoreFailure }

export interface PairingOffer {
  readonly qrText: string
  /** Eight words, 88 bits. */
  readonly words: readonly string[]
  readonly expiresAt: Instant
}

export type PairingFailure =
  | { readonly kind: 'unreachable' }
  | { readonly kind: 'relay-refused'; readonly reason: string }
  | { readonly kind: 'expired' }
  /** Neither a code nor eight words (`words` says what is wrong with them), or nobody offers it. */
  | { readonly kind: 'bad-offer'; readonly words?: Exclude<WordsCheck, { kind: 'ok' }> }
  | { readonly kind: 'digits-differ' }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'already-there' }
  /** On the old device: nothing has ended, it may be typed again. */
  | { readonly kind: 'wrong-passphrase' }
  | { readonly kind: 'not-stored'; readonly why: StoreFailure }

export type PairingState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'waiting' }
  /** Both devices show these; the old one confirms. */
  | { readonly kind: 'compare'; readonly digits: string; readonly deviceName: string; readonly role: 'new' | 'old' }
  | { readonly kind: 'receiving' }
  | { readonly kind: 'done' }
  | { readonly kind: 'failed'; readonly failure: PairingFailure }

export interface DeviceInfo {
  readonly deviceId: string
  readonly name: string
  readonly isThisOne: boolean
  readonly addedAt: Instant
  /** Day-exact: the newest time that it claimed in anything it sent, also in what it says of others' changes. */
  readonly lastSeenAt?: Instant
  /** No device of this person's: whoever manages the record acts with it. */
  readonly isManagers: boolean
  /** Set while a removal is being carried out. */
  readonly isBeingRemoved: boolean
}

export type SaveFailure =
  | { readonly kind: 'not-stored'; readonly why: StoreFailure }
  | { readonly kind: 'locked' }
  | { readonly kind: 'not-found' }
  /** `field` names the field of EntryFields that is out of its range. */
  | { readonly kind: 'invalid'; readonly field: string }
  | { readonly kind: 'last-device' }
  /** Of what asks for it: nothing was changed. */
  | { readonly kind: 'wrong-passphrase' }
  /** Of a record that somebody shares: only to be seen, or not this section. */
  | { readonly kind: 'not-allowed' }

/** What matters now. */
export interface Home {
  readonly personName: string
  readonly counts: readonly { readonly section: Section; readonly count: number }[]
  readonly total: number
  readonly problems: readonly EntrySummary[]
  /** Conditions that are no illness by their source's own words: findings, circumstances, reminders. */
  readonly alsoNoted: readonly EntrySummary[]
  readonly allergies: readonly EntrySummary[]
  readonly medicines: readonly EntrySummary[]
  /** That there is none of something, or that it is not known, as far as it holds. */
  readonly statements: readonly EntrySummary[]
  readonly latestResults: readonly EntrySummary[]
  readonly recent: readonly EntrySummary[]
  readonly latestBloodPressure: readonly EntrySummary[]
  readonly latestWeight: readonly EntrySummary[]
  readonly conflicts: readonly EntryId[]
}

export interface AddOptions {
  /** From the start in the private log: no share ever has it. */
  readonly isPrivate?: boolean
  /** Set by what carries the call from tab to tab. */
  readonly command?: Command
}

export interface TimelineQuery {
  readonly kinds?: readonly EntryKind[]
  readonly sections?: readonly Section[]
  /** `self`, an ImportId, or who typed it. */
  readonly sources?: readonly string[]
  readonly from?: Instant
  readonly to?: Instant
  /** Only what is private, or only what is not. */
  readonly isPrivate?: boolean
  /** Every word must occur in the title or in what stands for it, the value, code display or source, folded for case and accents. */
  readonly text?: string
  /** With a text: what the screen says in the reader's language. */
  readonly words?: ShownWords
  /** With a text: new results but these are found by their names, and by no value (decision 47). */
  readonly shownResults?: readonly EntryId[]
  /** How many of the first rows come along with the months: a screen that waits for both needs one answer. */
  readonly first?: number
}

export type ShownResults = Pick<TimelineQuery, 'shownResults'>

/** What the screen calls entries that have no title of their own. */
export interface ShownWords {
  readonly kinds?: Readonly<Partial<Record<EntryKind, string>>>
  readonly absences?: Readonly<Partial<Record<Absence, string>>>
}

export interface TimelineOverview {
  readonly total: number
  /** Newest first; `month` is `2021-03`, `2021` for year-only dates, `''` for none. `start` is the row where it begins. */
  readonly months: readonly { readonly month: string; readonly start: number; readonly count: number }[]
  /** Raised by one whenever rows may have changed. */
  readonly version: number
  /** As many as the query asked for. */
  readonly first: readonly EntrySummary[]
}

export interface Facets {
  readonly kinds: readonly { readonly kind: EntryKind; readonly count: number }[]
  /** `privateCount`: how many of `count` are private. */
  readonly sections: readonly { readonly section: Section; readonly count: number; readonly privateCount: number }[]
  /** `by`: what somebody else typed than the person whose record it is. */
  readonly sources: readonly {
    readonly source: string
    readonly label: string
    readonly count: number
    readonly by?: EntryAuthor
  }[]
  readonly years: readonly number[]
}

export interface BinnedEntry {
  readonly summary: EntrySummary
  readonly binnedAt: Instant
  /** 30 days after. */
  readonly goneAt: Instant
}

export type UndoneAct = {
  readonly act: 'add' | 'edit' | 'bin' | 'restore' | 'import' | 'merge' | 'apart'
  readonly title: string
  readonly count: number
}

/** True at every moment: `saved` is durable on this device, `backedUp` is acknowledged by the relay. */
export interface SyncStatus {
  readonly kind: 'backed-up' | 'waiting' | 'sending' | 'saving'
  /** Acts saved here that the relay has not acknowledged; none may be left while a new log still waits. */
  readonly waitingCount: number
  readonly link:
    | { readonly kind: 'online' }
    | { readonly kind: 'connecting' }
    /** Connected, and not everything that others have changed is here yet. */
    | { readonly kind: 'catching-up' }
    | { readonly kind: 'offline' }
    /** This record goes nowhere: a sample, or a device that was removed. */
    | { readonly kind: 'none' }
    | { readonly kind: 'unreachable'; readonly since: Instant }
  readonly problems: readonly SyncProblem[]
}

/** Shown until it is over; nothing is dropped meanwhile. */
export type SyncProblem =
  | { readonly kind: 'relay-full' }
  | { readonly kind: 'relay-refused'; readonly reason: string }
  /** The relay takes only who has a token of its host's; one that was given is none there. */
  | { readonly kind: 'not-admitted' }
  | { readonly kind: 'relay-nonsense' }
  | { readonly kind: 'relay-behind' }
  | { readonly kind: 'clock-differs'; readonly byMs: number }
  | { readonly kind: 'quarantined'; readonly count: number }
  /** People, or removed devices, that wrote after their place ended: what of it is taken in is asked. */
  | { readonly kind: 'late'; readonly count: number }
  | { readonly kind: 'incomplete'; readonly since: Instant }
  | { readonly kind: 'cloned-profile' }
  | { readonly kind: 'removed-here' }
  /** The relay keeps nothing of this record any more, and takes nothing: it was deleted there. */
  | { readonly kind: 'record-gone' }
  /** It came from a backup whose keys the relay does not obey any more; the 24 words would do. */
  | { readonly kind: 'keys-changed' }
  /** By the server's word alone. */
  | { readonly kind: 'refused-here' }
  | { readonly kind: 'rotating'; readonly left: number }
  | { readonly kind: 'storage-full' }

export interface Settings {
  readonly language: string
  readonly units: 'metric' | 'imperial'
  readonly theme: 'system' | 'light' | 'dark'
  readonly textSize: 'normal' | 'large' | 'larger'
  readonly autoLockMinutes: number
  /** Shows the list of everybody who shares their record with this person. */
  readonly looksAfterPatients: boolean
  /** What laboratories measure by mass or by amount of substance: as each wrote it, or always one of the two where that is certain. */
  readonly labUnits: 'reported' | 'mass' | 'molar'
  /** Tells nobody when this person has read what they wrote; that it arrived is told. */
  readonly hidesRead: boolean
  /** Leaves tests out of the list of results whose latest one is as it should be by its source's word. */
  readonly hidesNormalResults: boolean
  /** Says what a test is before its new result is shown. */
  readonly explainsResults: boolean
  /** New results that were shown since they came, each `day base id`: its day, where its record stands, its entry. Sorted. */
  readonly shownResults: readonly string[]
  /** Each `base key`: where its record stands (`RecordView.base`), and `TestGroup.key`. Sorted. */
  readonly pinnedTests: readonly string[]
  /** Of each record for which this person said something. */
  readonly growth: readonly GrowthFacts[]
  /** What this person wants to read of the library, or has read. A change names those alone that change. */
  readonly reading: readonly TopicMark[]
}

/** What this person said of whose record it is, for the growth curves. */
export interface GrowthFacts {
  /** Where the record stands (`RecordView.base`). */
  readonly base: string
  readonly sex?: 'female' | 'male'
  /** A whole date. */
  readonly birthDate?: string
  /** After how many whole weeks the child was born, 22–44. */
  readonly bornAtWeeks?: number
}
