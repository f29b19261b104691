import * as Comlink from 'comlink'
import type { Session } from '#app/core/session.ts'
import { isWatchMethod } from './session-methods.ts'

type AnyMethod = (...args: readonly unknown[]) => unknown
type Listener = ((...args: readonly unknown[]) => void) & { readonly [Comlink.releaseProxy]?: () => void }

/** A session at the other end of a port. Listeners travel as comlink proxies. */
export function sessionAt(remote: Comlink.Remote<Session>): Session {
  return new Proxy({} as Session, {
    get(_none, name) {
      if (typeof name !== 'string' || name === 'then') return undefined
      const call = (remote as unknown as Record<string, AnyMethod>)[name]!
      if (!isWatchMethod(name)) return call
      return (...args: readonly unknown[]) => {
        const listener = args.at(-1) as Listener
        return call(
          ...args.slice(0, -1),
          Comlink.proxy((...told: readonly unknown[]) => listener(...told)),
        )
      }
    },
  })
}

/** What to expose on a port for `sessionAt`: ends of watches travel back as proxies, and their listeners are let go of. */
export function exposable(session: Session): Session {
  return new Proxy(session, {
    get(target, name) {
      const method = (target as unknown as Record<string | symbol, AnyMethod | undefined>)[name]
      if (typeof name !== 'string' || method === undefined || !isWatchMethod(name)) return method
      return async (...args: readonly unknown[]) => {
        const listener = args.at(-1) as Listener
        const stop = (await method(...args)) as () => void
        return Comlink.proxy(() => {
          stop()
          listener[Comlink.releaseProxy]?.()
        })
      }
    },
  })
}
