import * as Comlink from 'comlink'
import type { Session } from '#app/core/session.ts'
import { SessionSwitch } from './session-switch.ts'
import { exposable, sessionAt } from './session-wire.ts'
import { OWNER_CHANNEL, OWNER_LOCK, type ToWindow, type ToWorker } from './tab-messages.ts'

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
}

/** A guest that hears nothing for this long takes the vault over: the owner is frozen. The store's fence protects. */
const WELCOME_MS = 5000

const tell = (message: ToWindow, transfer: Transferable[] = []) => self.postMessage(message, { transfer })

/**
 * One vault worker: asks for the owner's lock, serves the session itself once it has it, and until then is the guest of the
 * worker that has. `makeHost` is called each time it becomes the owner.
 */
export function runVaultWorker(makeHost: () => Promise<VaultHost>): void {
  const sessionSwitch = new SessionSwitch()
  const life = `wellkeep/guest/${crypto.randomUUID()}`
  const channel = new BroadcastChannel(OWNER_CHANNEL)
  let host: VaultHost | undefined
  /** Given by the owner, so that a hand-over stays unlocked. */
  let guestKey: Bytes | undefined
  let welcome: ReturnType<typeof setTimeout> | undefined
  /** Grows when a guest takes over from us, so that two tabs that can't meet don't take turns for ever. */
  let patienceMs = WELCOME_MS

  async function own(): Promise<never> {
    clearTimeout(welcome)
    sessionSwitch.disconnect()
    host = await makeHost()
    if (guestKey !== undefined) await host.unlockWithKey(guestKey)
    guestKey?.fill(0)
    guestKey = undefined
    sessionSwitch.connect(host.session)
    tell({ kind: 'owner', isOwner: true })
    channel.postMessage('changed')
    return new Promise<never>(() => undefined)
  }

  /** Waits in line for the lock; when it is taken away (a guest thought us frozen), lines up again as a guest. */
  function lineUp(steal: boolean): void {
    navigator.locks.request(OWNER_LOCK, { steal }, own).catch((error: unknown) => {
      host?.dispose()
      host = undefined
      sessionSwitch.disconnect()
      patienceMs *= 8
      tell({ kind: 'owner', isOwner: false })
      if (!(error instanceof DOMException && error.name === 'AbortError')) throw error
      lineUp(false)
      visit()
    })
  }

  /** Asks the owner, whoever it is, to serve this tab's session. */
  function visit(): void {
    if (host !== undefined) return
    const { port1, port2 } = new MessageChannel()
    const door = Comlink.wrap<GuestDoor>(port1)
    clearTimeout(welcome)
    welcome = setTimeout(() => lineUp(true), patienceMs)
    const keepKey = (key: Bytes | undefined) => {
      clearTimeout(welcome)
      guestKey?.fill(0)
      guestKey = key
    }
    door.watchKey(Comlink.proxy(keepKey)).then(
      () => sessionSwitch.connect(sessionAt(door.session as unknown as Comlink.Remote<Session>)),
      () => undefined,
    )
    tell({ kind: 'broker', port: port2, life }, [port2])
  }

  function serveGuest(port: MessagePort, guestLife: string): void {
    if (host === undefined) return
    const guest = new SessionSwitch()
    guest.connect(host.session)
    const stops: (() => void)[] = []
    const { watchKey } = host
    const door: GuestDoor = {
      session: exposable(guest.session),
      watchKey: listener => void stops.push(watchKey(key => void listener(key))),
    }
    Comlink.expose(door, port)
    // The guest holds this lock for as long as it lives.
    void navigator.locks.request(guestLife, () => {
      guest.stopAll()
      for (const stop of stops) stop()
      port.close()
    })
  }

  self.addEventListener('message', (event: MessageEvent<ToWorker>) => {
    if (event.data.kind === 'window') Comlink.expose(exposable(sessionSwitch.session), event.data.port)
    else serveGuest(event.data.port, event.data.life)
  })
  self.addEventListener('online', () => host?.setOnline(true))
  self.addEventListener('offline', () => host?.setOnline(false))
  channel.onmessage = () => {
    if (host !== undefined) return
    sessionSwitch.disconnect()
    visit()
  }

  void navigator.locks.request(life, () => new Promise<never>(() => undefined))
  void navigator.locks
    .request(OWNER_LOCK, { ifAvailable: true }, lock => (lock === null ? visit() : undefined))
    .then(() => lineUp(false))
}
