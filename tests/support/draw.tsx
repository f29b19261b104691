import { page } from 'vitest/browser'
import '#app/ui/styles/layers.css'
import '#app/ui/styles/tokens.css'
import '#app/ui/styles/base.css'
import { toaster } from '@kobalte/core/toast'
import { createMemoryHistory, MemoryRouter } from '@solidjs/router'
import axe from 'axe-core'
import { type JSX, Suspense } from 'solid-js'
import { render } from 'solid-js/web'
import { expect, onTestFinished } from 'vitest'
import { ToastRegion } from '#app/ui/parts/toast.tsx'
import { ROUTES_OPEN } from '#app/ui/routes.tsx'
import type { Host } from '#app/ui/session.ts'
import { App } from '#app/ui/shell/app.tsx'
import { SessionProvider } from '#app/ui/shell/session-provider.tsx'
import { FAKE_PASSKEYS } from './fake-passkeys.ts'
import { NO_PUSHES } from './fake-push.ts'
import { FakeSession } from './fake-session.ts'

const HOST: Host = {
  onUpdateReady: () => undefined,
  applyUpdate: async () => undefined,
  onUpdateTaken: () => undefined,
  reload: () => undefined,
  isPersistent: async () => false,
  askForPersistence: async () => false,
  reminders: { isPossible: false, isAllowed: () => false, ask: async () => false, show: async () => undefined },
  devices: { isPossible: false, listen: async () => 'none-chosen' },
  passkeys: FAKE_PASSKEYS,
  pushes: async () => NO_PUSHES,
  askOutside: async () => ({ kind: 'unreachable' }),
  awaitClinic: () => () => undefined,
}

/** Draws `view`; gone when the test is over. */
function mount(view: () => JSX.Element, root: HTMLElement): void {
  document.body.append(root)
  const stop = render(view, root)
  onTestFinished(() => {
    toaster.clear()
    root.remove()
    stop()
  })
}

/** Hands on copies alone, as the way to the worker does, in both directions: what cannot be copied fails here too, and rows come anew with each answer. */
function acrossThreads(session: FakeSession): FakeSession {
  const given = (argument: unknown) => {
    if (typeof argument !== 'function') return structuredClone(argument)
    const listener = argument as (...told: readonly unknown[]) => unknown
    return (...told: readonly unknown[]) => listener(...told.map(copied))
  }
  return new Proxy(session, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target)
      if (typeof value !== 'function') return value
      return (...all: readonly unknown[]): unknown => {
        const answer: unknown = Reflect.apply(value, target, all.map(given))
        return answer instanceof Promise ? answer.then(copied) : answer
      }
    },
  })
}

/** What ends a watch is called across threads, not copied. */
const copied = (told: unknown): unknown => (typeof told === 'function' ? told : structuredClone(told))

/** Draws the page at `path` of an open record. `path()` tells where links have led. */
export function drawPage(path: string, session = new FakeSession(), host: Partial<Host> = {}) {
  const history = createMemoryHistory()
  history.set({ value: path, replace: true })
  const root = document.createElement('main')
  mount(
    () => (
      <SessionProvider session={acrossThreads(session)} host={{ ...HOST, ...host }}>
        <MemoryRouter history={history} root={props => <Suspense>{props.children}</Suspense>}>
          {ROUTES_OPEN}
        </MemoryRouter>
        <ToastRegion />
      </SessionProvider>
    ),
    root,
  )
  return { session, root, path: () => history.get() }
}

/** Draws `view` alone, on no page. */
export function drawView(view: () => JSX.Element, session: FakeSession, host: Partial<Host> = {}): void {
  const inside = () => (
    <SessionProvider session={acrossThreads(session)} host={{ ...HOST, ...host }}>
      {view()}
    </SessionProvider>
  )
  mount(inside, document.createElement('main'))
}

/** Draws the whole app at `path`, with its gate and its frame. */
export function drawApp(path: string, session: FakeSession) {
  const before = location.href
  history.replaceState(null, '', path)
  const root = document.createElement('div')
  // Told at once to who asks later, as the browser does: what stands around a record is loaded on its own.
  const update = { isReady: false, isTaken: false, ready: () => undefined as void, taken: () => undefined as void }
  let updates = 0
  let reloads = 0
  const host: Host = {
    ...HOST,
    onUpdateReady(ready) {
      update.ready = ready
      if (update.isReady) ready()
    },
    async applyUpdate() {
      updates += 1
    },
    onUpdateTaken(taken) {
      update.taken = taken
      if (update.isTaken) taken()
    },
    reload() {
      reloads += 1
    },
  }
  mount(() => <App session={acrossThreads(session)} host={host} />, root)
  onTestFinished(() => {
    localStorage.removeItem('wellkeep.display')
    document.documentElement.lang = 'en'
    document.documentElement.dir = 'ltr'
    history.replaceState(null, '', before)
  })
  return {
    root,
    showUpdate() {
      update.isReady = true
      update.ready()
    },
    updates: () => updates,
    takeUpdate() {
      update.isTaken = true
      update.taken()
    },
    reloads: () => reloads,
  }
}

/** A page stays hidden from others until the dialog over it has left, which is later than its answer is on screen. */
const isUncovered = (root: HTMLElement) =>
  document.querySelector('[role="dialog"], [role="alertdialog"]') !== null ||
  root.closest('[aria-hidden="true"]') === null

/** What axe finds wrong with what is drawn, by WCAG 2.2 AA and its best practices; a dialog that is leaving may leave first. */
export async function axeFindings(root: HTMLElement): Promise<readonly string[]> {
  await expect.poll(() => isUncovered(root)).toBe(true)
  const { violations } = await axe.run(root)
  return violations.flatMap(({ id, nodes }) => nodes.map(node => `${id}: ${node.html}`))
}

/** Types into the window that asks for the passphrase, and goes on. */
export async function unlockAgain(passphrase: string, act: string): Promise<void> {
  const dialog = page.getByRole('dialog')
  await dialog.getByLabelText('Your passphrase', { exact: true }).fill(passphrase)
  await dialog.getByRole('button', { name: act, exact: true }).click()
}
