import type { Session, VaultState } from '#app/core/session.ts'
import type { VaultHost } from './vault-worker.ts'

type Reason = Extract<VaultState, { kind: 'unusable' }>['reason']

/** What a worker serves when this browser can't run the vault: it says why, and answers nothing else. */
export function unusableHost(reason: Reason): VaultHost {
  const watchVault: Session['watchVault'] = async listener => {
    listener({ kind: 'unusable', reason })
    return () => undefined
  }
  return {
    session: new Proxy({} as Session, {
      get: (_none, name) => (name === 'watchVault' ? watchVault : () => new Promise<never>(() => undefined)),
    }),
    watchKey: () => () => undefined,
    unlockWithKey: async () => undefined,
    setOnline: () => undefined,
    dispose: () => undefined,
  }
}
