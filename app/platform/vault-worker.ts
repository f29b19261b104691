import * as Comlink from 'comlink'
import type { Session } from '#app/core/session.ts'
import { SessionSwitch } from './session-switch.ts'
import { exposable, sessionAt } from './session-wire.ts'
import { type OfOwner, OWNER_CHANNEL, OWNER_LOCK, type ToWindow, type ToWorker } from './tab-messages.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** The vault as this worker runs it while it is the owner. */
export interface VaultHost {
  readonly session: Session
  /** Called at once and on each change with the vault key while the vault is open; undefined when locked. */
  watchKey(listener: (key: Bytes | undefined) => void): () => void
  unlockWithKey(key: Bytes): Promise<void>
  setOnline(isOnline: boolean): void
  dispose(): void
}

/** What the owner offers a guest's worker on the port between them. Windows pass the port on and can't read it. */
interface GuestDoor {
  readonly session: Session
  watchKey(listener: (key: Bytes | undefined) => void): void
  /** Answers while the owner is alive. */
  isThere(): boolean
}

/** A guest that hears nothing for this long takes the vault over: the owner is frozen. The store's fence protects. */
const WELCOME_MS = 5000
/** On a first visit the service worker may still be fetching the app; without it nobody can be met. */
const BROKER_MS = 60_000
/** An owner that leaves a question open is asked this often whether it is there; so many silences are too many. */
const BEAT_MS = 2500
const SILENCES = 4
/** A large record on a slow disk takes a while to open; whoever waits for it is told so often that it is being opened. */
const OPENING_MS = 1000
/** Where the vault did not open, whoever else is in line comes first; then it is tried here again. */
const AGAIN_MS = 3000

const tell = (message: ToWindow, transfer: Transferable[] = []) => self.postMessage(message, { transfer })

/**
 * One vault worker: asks for the owner's lock, serves the session itself once it has it, and until then is the guest of the
 * worker that has. `makeHost` is called each time it becomes the owner.
 */
export function runVaultWorker(makeHost: (relay: string) => Promise<VaultHost>): void {
  const relay = Promise.withResolvers<string>()
  const sessionSwitch = new SessionSwitch()
  const life = `wellkeep/guest/${crypto.randomUUID()}`
  const channel = new BroadcastChannel(OWNER_CHANNEL)
  let host: VaultHost | undefined
  /** Each ends the service of one guest. */
  const guests = new Set<() => void>()
  /** Given by the owner, so that a hand-over stays unlocked. */
  let guestKey: Bytes | undefined
  let welcome: ReturnType<typeof setTimeout> | undefined
  let pulse: ReturnType<typeof setInterval> | undefined
  /** Beats on which whoever is asked said nothing. */
  let silences = 0
  let isInLine = false
  let hasLock = false
  /** Grows when a guest takes over from us, so that two tabs that can't meet don't take turns for ever. */
  let patienceMs = WELCOME_MS
  /** Raised with each reign and each visit: whatever an earlier one still brings counts for nothing. */
  let turn = 0

  function nextTurn(): number {
    awaitWelcome(undefined)
    clearInterval(pulse)
    sessionSwitch.disconnect()
    return ++turn
  }

  function awaitWelcome(forMs: number | undefined): void {
    clearTimeout(welcome)
    welcome = forMs === undefined ? undefined : setTimeout(takeOver, forMs)
  }

  const toAll = (news: OfOwner) => channel.postMessage(news)

  async function own(): Promise<never> {
    const mine = nextTurn()
    toAll('opening')
    const opening = setInterval(() => (mine === turn ? toAll('opening') : clearInterval(opening)), OPENING_MS)
    const made = await makeHost(await relay.promise)
    // What the key does not open stays locked.
    if (guestKey !== undefined) await made.unlockWithKey(guestKey).catch(() => undefined)
    clearInterval(opening)
    if (mine !== turn) made.dispose()
    else reign(made)
    return new Promise<never>(() => undefined)
  }

  function reign(made: VaultHost): void {
    guestKey?.fill(0)
    guestKey = undefined
    host = made
    sessionSwitch.connect(made.session)
    tell({ kind: 'owner', isOwner: true })
    toAll('changed')
  }

  /** Its next owner goes on from what we stored; our session falls silent before it closes. */
  function abdicate(): void {
    nextTurn()
    for (const dismiss of guests) dismiss()
    host?.dispose()
    host = undefined
    hasLock = false
    tell({ kind: 'owner', isOwner: false })
  }

  /** Waits for the lock, or takes it; when it is taken from us, or the vault does not open here, lines up again as a guest. */
  function lineUp(steal: boolean): void {
    if (!steal && isInLine) return
    if (!steal) isInLine = true
    let didOpen = true
    const granted = () => {
      if (!steal) isInLine = false
      hasLock = true
      return own().catch((cause: unknown) => {
        didOpen = false
        throw cause
      })
    }
    navigator.locks.request(OWNER_LOCK, { steal }, granted).catch((cause: unknown) => {
      // By a guest who thought us frozen.
      const isTaken = didOpen && cause instanceof DOMException && cause.name === 'AbortError'
      abdicate()
      if (isTaken) {
        patienceMs *= 8
        lineUp(false)
      } else setTimeout(() => hasLock || lineUp(false), AGAIN_MS)
      visit()
      if (!isTaken) throw cause
    })
  }

  function takeOver(): void {
    nextTurn()
    lineUp(true)
  }

  /** Asks the owner, whoever it is, to serve this tab's session. */
  function visit(): void {
    if (hasLock) return
    const mine = nextTurn()
    const { port1, port2 } = new MessageChannel()
    const door = Comlink.wrap<GuestDoor>(port1)
    awaitWelcome(BROKER_MS)
    const keepKey = (key: Bytes | undefined) => {
      if (mine !== turn) return
      awaitWelcome(undefined)
      guestKey?.fill(0)
      guestKey = key
    }
    door.watchKey(Comlink.proxy(keepKey)).then(
      () => {
        if (mine !== turn) return
        sessionSwitch.connect(sessionAt(door.session as unknown as Comlink.Remote<Session>))
        pulse = setInterval(beat(door), BEAT_MS)
      },
      () => undefined,
    )
    tell({ kind: 'broker', port: port2, life }, [port2])
  }

  /** Counted in beats and not in time: a computer that slept wakes both of us. */
  function beat(door: Comlink.Remote<GuestDoor>): () => void {
    silences = 0
    return () => {
      if (!sessionSwitch.isWaiting) silences = 0
      else if (++silences > SILENCES) return takeOver()
      const answered = () => {
        silences = 0
      }
      if (sessionSwitch.isWaiting) door.isThere().then(answered, () => undefined)
    }
  }

  /** Somebody is about to be the owner: that the one before says nothing is no reason to take the vault by force. */
  function beCalm(): void {
    silences = 0
    if (welcome !== undefined) awaitWelcome(Math.max(patienceMs, BEAT_MS * SILENCES))
  }

  function serveGuest(port: MessagePort, guestLife: string): void {
    const serving = host
    if (serving === undefined) return
    const guest = new SessionSwitch()
    guest.connect(serving.session)
    const stops: (() => void)[] = []
    const door: GuestDoor = {
      session: exposable(guest.session),
      watchKey: listener => void stops.push(serving.watchKey(key => listener(key))),
      isThere: () => true,
    }
    Comlink.expose(door, port)
    const dismiss = () => {
      guests.delete(dismiss)
      guest.stopAll()
      for (const stop of stops) stop()
      port.close()
    }
    guests.add(dismiss)
    // The guest holds this lock for as long as it lives.
    void navigator.locks.request(guestLife, dismiss)
  }

  self.addEventListener('message', ({ data }: MessageEvent<ToWorker>) => {
    if (data.kind === 'window') {
      relay.resolve(data.relay)
      Comlink.expose(exposable(sessionSwitch.session), data.port)
    } else if (data.kind === 'guest') serveGuest(data.port, data.life)
    else if (data.kind === 'network') host?.setOnline(data.isOnline)
    else if (welcome !== undefined) awaitWelcome(patienceMs)
  })
  self.addEventListener('online', () => host?.setOnline(true))
  self.addEventListener('offline', () => host?.setOnline(false))
  channel.onmessage = ({ data }: MessageEvent<OfOwner>) => (data === 'opening' ? beCalm() : visit())

  void navigator.locks.request(life, () => new Promise<never>(() => undefined))
  void navigator.locks
    .request(OWNER_LOCK, { ifAvailable: true }, lock => (lock === null ? visit() : undefined))
    .then(() => lineUp(false))
}
