import { type Accessor, createContext, createSignal, onCleanup, useContext } from 'solid-js'
import type { OutsideAnswer, OutsideRequest } from '#app/core/link-session.ts'
import type { Passkeys } from '#app/core/passkey-session.ts'
import type { Session, Settings, Stop, SyncStatus, VaultState } from '#app/core/session.ts'
import type { KeepCopy, KeepCopyFailure, KeptCopy, NotedCopy, NoteKept } from '#app/core/patient-session.ts'
import type { Characteristic } from '#schema/devices/gatt-readings.ts'
import type { Instant } from '#schema/instant.ts'
import type { Result } from '#schema/result.ts'
import type { Section } from '#schema/record/sections.ts'
import { keepAlike } from './keep-alike.ts'
import type { Display } from './shell/display.ts'
import type { Views } from './views.ts'

/** Reminders as the browser shows them; there is none while the app cannot run. */
export interface Reminders {
  readonly isPossible: boolean
  isAllowed(): boolean
  /** Asks the person; must be called from a tap. */
  ask(): Promise<boolean>
  /** Takes the place of one of the same `tag`. */
  show(reminder: { readonly title: string; readonly tag: string }): Promise<void>
}

/** Being told while the app is closed, as the browser does it (decision 0054). */
export interface Pushes {
  readonly isPossible: boolean
  isAllowed(): boolean
  /** Once it is allowed: the endpoint of a subscription that is bound to `key`, the one that is there or a new one. */
  subscribe(key: Uint8Array<ArrayBuffer>): Promise<string | undefined>
  /** The browser's maker knows the endpoint no more. */
  end(): Promise<void>
  /** What is shown when something comes while every key is locked away, in words of the page's language. */
  keepWords(title: string): Promise<void>
  /** On the app's icon, where the platform has that; 0 takes it away. */
  showCount(count: number): Promise<void>
}

/** How a look at a device ended: `none-chosen` the person chose none, `nothing-known` it has no service that we read. */
export type NearDevicesEnd = 'ended' | 'none-chosen' | 'unreachable' | 'nothing-known'

/** Measuring devices near by; there are none where the browser reaches none. */
export interface NearDevices {
  readonly isPossible: boolean
  /**
   * Lets the person choose one, which must come of a tap; tells its name once it is chosen, and hands on what it sends until it goes away
   * or `signal` ends it. Never throws.
   */
  listen(
    heard: (value: { readonly characteristic: Characteristic; readonly bytes: Uint8Array }) => void,
    found: (name: string) => void,
    signal: AbortSignal,
  ): Promise<NearDevicesEnd>
}

/** What the browser does for the window beside the vault: the rest of `connectSession`'s answer. */
export interface Host {
  /** Calls back once a new version of the app is there, waiting to be used. */
  onUpdateReady(ready: () => void): void
  /** Stores what is pending, then loads the page anew in the new version. */
  applyUpdate(): Promise<void>
  /** Calls back once another tab has started a new version, at once if it has already: this one is to reload when it suits. */
  onUpdateTaken(taken: () => void): void
  reload(): void
  /** Whether the browser promised not to delete what is stored here. */
  isPersistent(): Promise<boolean>
  askForPersistence(): Promise<boolean>
  readonly reminders: Reminders
  readonly devices: NearDevices
  readonly passkeys: Passkeys
  readonly pushes: () => Promise<Pushes>
  /** Asks somebody else than the relay, whom the person named. Answers whatever happens. */
  askOutside(request: OutsideRequest): Promise<OutsideAnswer>
  /**
   * Calls `take` with what a clinic sent a window of this browser back with, now or later, until the answer is called; `take` says whether
   * this window waits for it.
   */
  awaitClinic(take: (answer: string) => boolean): () => void
}

/** Whose record the pages show, and what this person may do in it. */
export interface RecordView {
  /** What stands before the addresses of the record's pages; empty for one's own. */
  readonly base: string
  /** One that is kept for somebody else: this person may do everything in it, unless they are out by somebody's word or the server's. */
  readonly kept?: {
    readonly name: Accessor<string>
    readonly isOut: Accessor<boolean>
    /** It is that person's own, and this one manages it for as long as they say. */
    readonly isManaged: Accessor<boolean>
  }
  /** One's own, as somebody would see it: for looking alone, and nothing is saved of it. */
  readonly isPreview?: true
  /** As far as somebody else shares theirs; undefined for one's own. */
  readonly shared?: {
    readonly recordName: Accessor<string>
    readonly sections: Accessor<readonly Section[]>
    /** Add, correct, move to the bin. */
    readonly mayChange: Accessor<boolean>
    readonly sharedBy: Accessor<string>
    readonly until: Accessor<Instant | undefined>
    /** Who looks at it: this person, as their own record calls them. */
    readonly viewerName: Accessor<string>
    /** Noted for the patient first. */
    keepCopy(request: KeepCopy): Promise<Result<KeptCopy, KeepCopyFailure>>
    noteKept(request: NoteKept): Promise<Result<NotedCopy, KeepCopyFailure>>
  }
}

/** Files that were chosen on one page and are to be kept as documents on another: in memory alone, and taken once. */
export interface PapersInHand {
  give(files: readonly File[]): void
  take(): readonly File[]
}

/** What every screen may use: the session, and the states that are watched once for the whole window. */
export interface SessionState {
  readonly session: Session
  /** One's own, also on the pages of another record. */
  readonly ownSession: Session
  readonly host: Host
  readonly vault: Accessor<VaultState>
  readonly status: Accessor<SyncStatus>
  readonly settings: Accessor<Settings>
  readonly display: Accessor<Display>
  readonly views: Views
  readonly view: RecordView
  /** Of a link that was opened in this window, until it is answered: it stands in no address any more. */
  readonly invitation: Accessor<string | undefined>
  forgetInvitation(): void
  /** The same, of an invitation to a circle. */
  readonly circleInvitation: Accessor<string | undefined>
  forgetCircleInvitation(): void
  /** Of a clinic, where it came in this window's own address; it stands there no more. */
  readonly clinicAnswer: Accessor<string | undefined>
  forgetClinicAnswer(): void
  /** Files on their way from one page to the next. */
  readonly papersInHand: PapersInHand
  /** Shows the pages so from now on. While the record is open it goes to the settings, and so to the other devices. */
  changeDisplay(change: Partial<Display>): void
}

export const SessionContext = createContext<SessionState>()

function useState(): SessionState {
  const state = useContext(SessionContext)
  if (state === undefined) throw new Error('Cannot use the session: no SessionProvider stands above this component')
  return state
}

/** The vault worker's door. */
export const useSession = (): Session => useState().session
export const useHost = (): Host => useState().host
/** Changes as the vault is made, locked, opened. */
export const useVault = (): Accessor<VaultState> => useState().vault
export const useStatus = (): Accessor<SyncStatus> => useState().status
/** Units, theme, language and the rest; the same on all the person's devices. */
export const useSettings = (): Accessor<Settings> => useState().settings

/** For what concerns this person and not the record on screen: whom they know, which records they keep. */
export const useOwnSession = (): Session => useState().ownSession

/** Whose record it is that `useSession()` asks. */
export const useRecordView = (): RecordView => useState().view
/** The address of a page of the record that is shown: `to('/timeline')`. */
export const useRecordPath = (): ((path: string) => string) => {
  const { base } = useState().view
  return path => `${base}${path}`
}
/** Whether the record that is shown has this section for this person, and whether they may change it. */
export function useRecordRights() {
  const { shared } = useState().view
  return {
    isOwn: shared === undefined,
    mayChange: () => shared?.mayChange() ?? true,
    /** Letters and photos: to what is shared if it may be added to, at an entry, else only with the section of documents. */
    mayAddPapers: (isAtEntry = false) =>
      shared === undefined || (shared.mayChange() && (isAtEntry || shared.sections().includes('documents'))),
    hasSection: (section: Section) => shared?.sections().includes(section) ?? true,
  }
}

/** How many milliseconds this device's clock is ahead of the relay's; 0 while they agree. */
export const useClockOff = (): Accessor<number> => {
  const { status } = useState()
  return () => {
    const found = status().problems.find(problem => problem.kind === 'clock-differs')
    return found?.kind === 'clock-differs' ? found.byMs : 0
  }
}

/** Now, as the relay's clock has it. */
export const useTrueNow = (): Accessor<number> => {
  const off = useClockOff()
  return () => Date.now() - off()
}

/** An invitation that was opened by its link, and how to let go of it. */
export const useInvitation = (): Pick<SessionState, 'invitation' | 'forgetInvitation'> => useState()

/** An invitation to a circle that was opened by its link, and how to let go of it. */
export const useCircleInvitation = (): Pick<SessionState, 'circleInvitation' | 'forgetCircleInvitation'> => useState()

/** What a clinic sent this window back with, and how to let go of it. */
export const useClinicAnswer = (): Pick<SessionState, 'clinicAnswer' | 'forgetClinicAnswer'> => useState()

export const usePapersInHand = (): PapersInHand => useState().papersInHand

/** Whether one's own record may not be all here: what other devices have changed, or the backup holds, is still being fetched. */
export const useIsArriving = (): Accessor<boolean> => {
  const { status, view } = useState()
  const isOwn = view.shared === undefined && view.kept === undefined
  return () => isOwn && ['connecting', 'catching-up'].includes(status().link.kind)
}

/** What stands behind the timeline's addresses. */
export const useViews = (): Views => useState().views

/** Language, theme and text size of this window, and how to change them; works before unlock too. */
export const useDisplay = (): Pick<SessionState, 'display' | 'changeDisplay'> => useState()

/**
 * The newest value that one of the session's `watch…` methods told, undefined before the first. Ends with the component.
 * Example: `const home = createWatch<Home>(listener => session.watchHome(listener))`
 */
export function createWatch<Value>(
  watch: (listener: (value: Value) => void) => Promise<Stop>,
): Accessor<Value | undefined> {
  const [value, setValue] = createSignal<Value>()
  let stop: Stop | undefined
  let isOver = false
  const start = async () => {
    stop = await watch(next => {
      if (!isOver) setValue(before => keepAlike(before, next))
    })
    if (isOver) stop()
  }
  onCleanup(() => {
    isOver = true
    stop?.()
  })
  void start()
  return value
}
