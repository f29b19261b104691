import { createEffect, createSignal, type JSX, on, onCleanup, untrack } from 'solid-js'
import type { Session, Settings, SyncStatus, VaultState } from '#app/core/session.ts'
import { setLanguage } from '../language/language.ts'
import { type Host, type PapersInHand, type RecordView, SessionContext } from '../session.ts'
import { makeViews, type Views } from '../views.ts'
import { type Display, displayOf, keepDisplay, readDisplay } from './display.ts'

/** Before the vault has said anything: nothing is claimed to be saved or backed up. */
const STATUS_BEFORE: SyncStatus = { kind: 'saving', waitingCount: 0, link: { kind: 'connecting' }, problems: [] }

/** Gives `useSession()` and its companions to what is inside; watches vault, status and settings once for all of it. */
export function SessionProvider(props: {
  readonly session: Session
  readonly host: Host
  readonly children: JSX.Element
}) {
  // Both come once, from the composition root, and are never exchanged.
  const session = props.session
  const [vault, setVault] = createSignal<VaultState>({ kind: 'starting' })
  const [status, setStatus] = createSignal<SyncStatus>(STATUS_BEFORE)
  const [settings, setSettings] = createSignal<Settings>({
    ...sharedOf(readDisplay()),
    units: 'metric',
    autoLockMinutes: 10,
    looksAfterPatients: false,
    hidesRead: false,
    labUnits: 'reported',
    hidesNormalResults: false,
    explainsResults: false,
    shownResults: [],
    pinnedTests: [],
    growth: [],
    reading: [],
  })
  const views = makeViews('', text => void session.keepDraft(VIEW_PLACE, text))
  const papersInHand = makePapersInHand()
  const [invitation, forgetInvitation] = createFromAddress('/meet')
  const [circleInvitation, forgetCircleInvitation] = createFromAddress('/circles/join')
  const [clinicAnswer, forgetClinicAnswer] = createFromAddress('/clinics')
  createEffect(() => {
    if (vault().kind === 'open') return
    views.forget()
    papersInHand.take()
  })
  const stops = [
    session.watchVault(followVault(session, views, setVault)),
    session.watchStatus(state => setStatus(() => state)),
    session.watchSettings(state => setSettings(() => state)),
  ]
  onCleanup(() => {
    for (const stopping of stops) void stopping.then(stop => stop())
  })
  // However a record came to be here: made, paired, brought back.
  createEffect(
    on(vault, (state, before) => {
      if (before?.kind === 'empty' && state.kind === 'open' && !state.isSample) void props.host.askForPersistence()
    }),
  )
  const { display, changeDisplay } = createDisplay(session, vault, settings)
  return (
    <SessionContext.Provider
      value={{
        session,
        ownSession: session,
        host: props.host,
        vault,
        status,
        settings,
        display,
        views,
        view: OWN_RECORD,
        invitation,
        circleInvitation,
        forgetCircleInvitation,
        forgetInvitation,
        clinicAnswer,
        forgetClinicAnswer,
        papersInHand,
        changeDisplay,
      }}
    >
      {props.children}
    </SessionContext.Provider>
  )
}

function makePapersInHand(): PapersInHand {
  const held: File[] = []
  return {
    give: files => void held.splice(0, held.length, ...files),
    take: () => held.splice(0),
  }
}

const OWN_RECORD: RecordView = { base: '' }

/** Where the worker keeps the view of the timeline that is on screen. */
const VIEW_PLACE = 'timeline'

/** Tells of each state; when the record opens, the timeline that was on screen is back before any page asks for it. */
function followVault(session: Session, views: Views, tell: (state: VaultState) => void) {
  let isOpen = false
  let turn = 0
  return async (state: VaultState) => {
    const mine = ++turn
    if (state.kind === 'open' && !isOpen) {
      const kept = await session.keptDraft(VIEW_PLACE).catch(() => undefined)
      if (mine !== turn) return
      if (kept !== undefined) views.bringBack(kept)
    }
    isOpen = state.kind === 'open'
    tell(state)
  }
}

/** What stands behind the `#` of one of our pages, an invitation's secret say: taken out of the address at once, and kept in memory alone. */
function createFromAddress(path: string): readonly [text: () => string | undefined, forget: () => void] {
  const [text, setText] = createSignal<string>()
  const take = () => {
    const { pathname, hash } = location
    if (pathname !== path || hash === '') return
    history.replaceState(history.state, '', pathname)
    setText(hash.slice(1))
  }
  take()
  // A link pasted into the address of an open window loads nothing anew.
  addEventListener('hashchange', take)
  onCleanup(() => removeEventListener('hashchange', take))
  return [text, () => setText(undefined)]
}

/**
 * What the window looks like: this device's own choice until the record is open, then the record's settings. A record
 * made in this window starts with what was chosen before it existed.
 */
function createDisplay(session: Session, vault: () => VaultState, settings: () => Settings) {
  const [display, setDisplay] = createSignal<Display>(readDisplay())
  let isCarried = true
  const show = (next: Display) => {
    keepDisplay(next)
    setDisplay(next)
  }

  createEffect(
    on(vault, (state, before) => {
      const isMade = before?.kind === 'empty' && state.kind === 'open' && (state.isSample || state.kitIsHere)
      if (!isMade) return
      isCarried = false
      void session.changeSettings(sharedOf(display())).then(() => {
        isCarried = true
      })
    }),
  )
  createEffect(() => {
    const next = displayOf(settings())
    if (vault().kind === 'open' && isCarried && next !== undefined)
      show({ ...next, isSimple: untrack(display).isSimple })
  })
  createEffect(() => {
    const { language, theme, textSize, isSimple } = display()
    document.documentElement.dataset.theme = theme
    document.documentElement.dataset.textSize = textSize
    document.documentElement.toggleAttribute('data-simple', isSimple)
    void setLanguage(language)
  })

  const changeDisplay = (change: Partial<Display>) => {
    show({ ...display(), ...change })
    const shared = sharedOf(change)
    if (vault().kind === 'open' && Object.keys(shared).length > 0) void session.changeSettings(shared)
  }
  return { display, changeDisplay }
}

function sharedOf<Some extends Partial<Display>>(display: Some): Omit<Some, 'isSimple'> {
  const { isSimple: _, ...shared } = display
  return shared
}
