import { Router } from '@solidjs/router'
import {
  type Component,
  createEffect,
  ErrorBoundary,
  lazy,
  Match,
  onCleanup,
  onMount,
  type ParentProps,
  Suspense,
  Switch,
} from 'solid-js'
import type { Session } from '#app/core/session.ts'
import { allWords, t } from '../language/language.ts'
import { Mark } from '../parts/mark.tsx'
import { clearToasts, ToastRegion } from '../parts/toast.tsx'
import { ROUTES_EMPTY, ROUTES_LOCKED, ROUTES_OPEN } from '../routes.tsx'
import { type Host, useVault } from '../session.ts'
import { FailedPage } from './failed-page.tsx'
import { OuterFrame } from './outer-frame.tsx'
import { SessionProvider } from './session-provider.tsx'
import styles from './shell.module.css'
import { UnusablePage } from './unusable-page.tsx'

/** A third of the window's code, menus above all, and most words, which nobody needs before a record is open. */
const Frame = lazy(async () => {
  const [{ Frame }] = await Promise.all([import('./frame.tsx'), allWords()])
  return { default: Frame }
})

/** The whole screen. */
export function App(props: { readonly session: Session; readonly host: Host }) {
  return (
    <SessionProvider session={props.session} host={props.host}>
      <ErrorBoundary fallback={(error: unknown, reset) => <FailedPage error={error} onTryAgain={reset} />}>
        <Gate />
      </ErrorBoundary>
      <ToastRegion />
    </SessionProvider>
  )
}

/** Which pages there are depends on the vault; the address stays, so unlocking leads back to where one was. */
function Gate() {
  const vault = useVault()
  const reason = () => {
    const state = vault()
    return state.kind === 'unusable' ? state.reason : undefined
  }
  // What was said of the record, and its "Undo", are no business of whoever stands before the lock.
  createEffect(() => {
    if (vault().kind === 'locked') clearToasts()
  })
  return (
    <Switch fallback={<Splash />}>
      <Match when={vault().kind === 'empty'}>
        <Router root={Outside}>{ROUTES_EMPTY}</Router>
      </Match>
      <Match when={vault().kind === 'locked'}>
        <Router root={Outside}>{ROUTES_LOCKED}</Router>
      </Match>
      <Match when={vault().kind === 'open'}>
        <Router root={Inside}>{ROUTES_OPEN}</Router>
      </Match>
      <Match when={reason()}>{why => <UnusablePage reason={why()} />}</Match>
    </Switch>
  )
}

const Outside: Component<ParentProps> = props => {
  createHeadStart()
  return (
    <OuterFrame>
      <Suspense>{props.children}</Suspense>
    </OuterFrame>
  )
}

/** Whoever touches a page before the door goes in soon: then the frame is there before the record is. */
function createHeadStart(): void {
  const signs = ['pointerdown', 'keydown'] as const
  const stop = () => {
    for (const sign of signs) document.removeEventListener(sign, start, { capture: true })
  }
  const start = () => {
    stop()
    // Not come: asked for again, and told of, when the record opens.
    Frame.preload().catch(() => undefined)
  }
  onMount(() => {
    for (const sign of signs) document.addEventListener(sign, start, { capture: true, passive: true })
  })
  onCleanup(stop)
}

const Inside: Component<ParentProps> = props => (
  <Suspense fallback={<Splash />}>
    <Frame>
      <ErrorBoundary fallback={(error: unknown, reset) => <FailedPage error={error} onTryAgain={reset} />}>
        <Suspense>{props.children}</Suspense>
      </ErrorBoundary>
    </Frame>
  </Suspense>
)

function Splash() {
  return (
    <div class={styles.splash} role="status">
      <Mark />
      <p>{t('app.loading')}</p>
    </div>
  )
}
