import { Router } from '@solidjs/router'
import { type Component, createEffect, ErrorBoundary, Match, type ParentProps, Suspense, Switch } from 'solid-js'
import type { Session } from '#app/core/session.ts'
import { t } from '../language/language.ts'
import { Mark } from '../parts/mark.tsx'
import { clearToasts, ToastRegion } from '../parts/toast.tsx'
import { ROUTES_EMPTY, ROUTES_LOCKED, ROUTES_OPEN } from '../routes.tsx'
import { type Host, useVault } from '../session.ts'
import { FailedPage } from './failed-page.tsx'
import { Frame } from './frame.tsx'
import { OuterFrame } from './outer-frame.tsx'
import { SessionProvider } from './session-provider.tsx'
import styles from './shell.module.css'
import { UnusablePage } from './unusable-page.tsx'

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

const Outside: Component<ParentProps> = props => (
  <OuterFrame>
    <Suspense>{props.children}</Suspense>
  </OuterFrame>
)

const Inside: Component<ParentProps> = props => (
  <Frame>
    <ErrorBoundary fallback={(error: unknown, reset) => <FailedPage error={error} onTryAgain={reset} />}>
      <Suspense>{props.children}</Suspense>
    </ErrorBoundary>
  </Frame>
)

function Splash() {
  return (
    <div class={styles.splash} role="status">
      <Mark />
      <p>{t('app.loading')}</p>
    </div>
  )
}
