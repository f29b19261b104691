import * as Comlink from 'comlink'
import type { Session } from '#app/core/session.ts'
import type { Passkeys } from '#app/core/passkey-session.ts'
import { browserPasskeys } from './passkeys.ts'
import { browserReminders, type Reminders } from './reminders.ts'
import { sessionAt } from './session-wire.ts'
import type { FromServiceWorker, ToServiceWorker, ToWindow, ToWorker } from './tab-messages.ts'

/** What the window has of the platform. */
export interface Connection {
  readonly session: Session
  /** Calls back when a new version of the app is installed and waits. */
  onUpdateReady(ready: () => void): void
  /** Stores what is pending, then starts the new version: here at once, in other tabs when it suits them. */
  applyUpdate(): Promise<void>
  /** Calls back once another tab has started a new version, at once if it has already. Without anybody to call, the page reloads. */
  onUpdateTaken(taken: () => void): void
  reload(): void
  /** Whether the browser promised not to delete our storage by itself. */
  isPersistent(): Promise<boolean>
  askForPersistence(): Promise<boolean>
  readonly reminders: Reminders
  readonly passkeys: Passkeys
}

const SERVICE_WORKER_URL = '/service-worker.js'
/** An app that stays open for weeks asks for a new version when it is looked at again, but not each time. */
const LOOK_EVERY_MS = 3_600_000
/** What a page takes to load and to be met by the vault's owner. */
const COME_BACK_MS = 4000

function post(worker: Worker, message: ToWorker, transfer: Transferable[]): void {
  worker.postMessage(message, transfer)
}

/** Passes ports between this tab's worker and the service worker; reads none of them. */
function passPortsOn(worker: Worker): void {
  let isOwner = false
  worker.addEventListener('message', (event: MessageEvent<ToWindow>) => {
    const message = event.data
    if (message.kind === 'owner') {
      isOwner = message.isOwner
      return
    }
    const asked: ToServiceWorker = { kind: 'broker', port: message.port, life: message.life }
    void navigator.serviceWorker.ready.then(registration => {
      registration.active?.postMessage(asked, [message.port])
      post(worker, { kind: 'brokered' }, [])
    })
  })
  navigator.serviceWorker.addEventListener('message', (event: MessageEvent<FromServiceWorker>) => {
    const message = event.data
    if (message.kind === 'are-you-owner') message.answer.postMessage(isOwner)
    else post(worker, { kind: 'guest', port: message.port, life: message.life }, [message.port])
  })
  navigator.serviceWorker.startMessages()
}

/** What is drawn once the worker has told of itself takes so long. */
const FIRST_PAGE_MS = 1_500

/** On a first visit the page comes first: the service worker fetches the whole app, and page and vault would wait for it. */
async function whenToKeepTheApp(worker: Worker): Promise<void> {
  if (navigator.serviceWorker.controller !== null) return
  await new Promise(resolve => worker.addEventListener('message', resolve, { once: true }))
  await new Promise(resolve => setTimeout(resolve, FIRST_PAGE_MS))
}

/** Finds and brings new versions of the app. */
function followUpdates(worker: Worker): Pick<Connection, 'onUpdateReady' | 'onUpdateTaken'> & {
  look(): void
  start(): Promise<void>
} {
  // The very first service worker finds the page in its own version; each later one brings a new version.
  let isControlled = navigator.serviceWorker.controller !== null
  let isOurs = false
  let isTaken = false
  let taken: () => void = () => location.reload()
  navigator.serviceWorker.addEventListener('controllerchange', () => {
    if (!isControlled) {
      isControlled = true
      return
    }
    if (isOurs) return location.reload()
    // The tab that started it comes back first: this one's worker gives it the vault's key.
    setTimeout(() => {
      isTaken = true
      taken()
    }, COME_BACK_MS)
  })
  const registered = whenToKeepTheApp(worker).then(() =>
    navigator.serviceWorker.register(SERVICE_WORKER_URL, { updateViaCache: 'none' }),
  )
  registered.catch(() => undefined)
  let lookedAt = performance.now()

  return {
    onUpdateTaken(listener) {
      taken = listener
      if (isTaken) listener()
    },
    onUpdateReady(ready) {
      const follow = (fresh: ServiceWorker | null) => {
        const tell = () => {
          if (fresh?.state === 'installed' && navigator.serviceWorker.controller !== null) ready()
        }
        fresh?.addEventListener('statechange', tell)
        tell()
      }
      void registered.then(registration => {
        follow(registration.waiting)
        follow(registration.installing)
        registration.addEventListener('updatefound', () => follow(registration.installing))
      })
    },
    look() {
      if (performance.now() - lookedAt < LOOK_EVERY_MS) return
      lookedAt = performance.now()
      registered.then(registration => registration.update()).catch(() => undefined)
    },
    async start() {
      isOurs = true
      const message: ToServiceWorker = { kind: 'skip-waiting' }
      ;(await registered).waiting?.postMessage(message)
    },
  }
}

/** Starts the tab's vault worker and the service worker. `worker` is made by the composition root, where its URL is known. `relay`: whom the vault asks. */
export function connectSession(worker: Worker, relay: string): Connection {
  const { port1, port2 } = new MessageChannel()
  passPortsOn(worker)
  post(worker, { kind: 'window', port: port2, relay }, [port2])
  const session = sessionAt(Comlink.wrap<Session>(port1))
  for (const name of ['online', 'offline'] as const) {
    window.addEventListener(name, () => post(worker, { kind: 'network', isOnline: name === 'online' }, []))
  }
  const updates = followUpdates(worker)
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') void session.flush()
    else {
      updates.look()
      void session.tryNow()
    }
  })
  return {
    session,
    onUpdateReady: updates.onUpdateReady,
    onUpdateTaken: updates.onUpdateTaken,
    reload: () => location.reload(),
    async applyUpdate() {
      await session.flush()
      await updates.start()
    },
    isPersistent: () => navigator.storage.persisted(),
    askForPersistence: () => navigator.storage.persist(),
    reminders: browserReminders(),
    passkeys: browserPasskeys(),
  }
}
