import { createSignal, type JSX, onCleanup } from 'solid-js'
import type { Session, Settings, SyncStatus, VaultState } from '#app/core/session.ts'
import { type Host, SessionContext } from '../session.ts'
import { readDisplay } from './display.ts'

/** Before the vault has said anything: nothing is claimed to be saved or backed up. */
const STATUS_BEFORE: SyncStatus = {
  kind: 'saving',
  waitingCount: 0,
  link: { kind: 'connecting' },
  problems: [],
}

/** Gives `useSession()` and its companions to what is inside; watches vault, status and settings once for all of it. */
export function SessionProvider(props: {
  readonly session: Session
  readonly host: Host
  readonly children: JSX.Element
}) {
  const [vault, setVault] = createSignal<VaultState>({ kind: 'starting' })
  const [status, setStatus] = createSignal<SyncStatus>(STATUS_BEFORE)
  const [settings, setSettings] = createSignal<Settings>({ ...readDisplay(), units: 'metric', autoLockMinutes: 10 })
  const { session, host } = props
  const stops = [
    session.watchVault(state => setVault(() => state)),
    session.watchStatus(state => setStatus(() => state)),
    session.watchSettings(state => setSettings(() => state)),
  ]
  onCleanup(() => {
    for (const stopping of stops) void stopping.then(stop => stop())
  })
  return (
    <SessionContext.Provider value={{ session, host, vault, status, settings }}>
      {props.children}
    </SessionContext.Provider>
  )
}
