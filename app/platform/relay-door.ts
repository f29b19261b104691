import type { RelayLink, RelayStream } from '#app/core/ports.ts'
import { isLocalOrigin, parseRelayOrigin, type RelayOrigin } from '#schema/relay-origin.ts'
import { fail } from '#schema/result.ts'
import type { FromRelays, ToRelays } from './relay-words.ts'

/** Moves bytes between the vault's worker and others' relays: knows no key and keeps nothing. `here`: who served the app. */
export function serveRelays(
  here: string,
  linkTo: (origin: RelayOrigin) => RelayLink,
  tell: (said: FromRelays) => void,
): (asked: ToRelays) => void {
  const isHereLocal = isLocal(here)
  const streams = new Map<number, RelayStream>()
  const linkOf = (origin: RelayOrigin) => (isReachable(origin, isHereLocal) ? linkTo(origin) : undefined)

  function open(id: number, link: RelayLink | undefined): void {
    if (link === undefined) return tell({ is: 'closed', id })
    const stream = link.openStream({
      opened: () => tell({ is: 'opened', id }),
      message: bytes => tell({ is: 'message', id, bytes }),
      closed: () => {
        streams.delete(id)
        tell({ is: 'closed', id })
      },
    })
    streams.set(id, stream)
  }

  async function request(asked: Extract<ToRelays, { is: 'request' }>): Promise<void> {
    const answer = (await linkOf(asked.origin)?.request(asked.request)) ?? fail('unreachable')
    tell({ is: 'answer', id: asked.id, answer })
  }

  return asked => {
    switch (asked.is) {
      case 'request':
        return void request(asked)
      case 'open':
        return open(asked.id, linkOf(asked.origin))
      case 'send':
        return streams.get(asked.id)?.send(asked.bytes)
      case 'close':
        return streams.get(asked.id)?.close()
    }
  }
}

function isLocal(address: string): boolean {
  const origin = parseRelayOrigin(address)
  return origin !== undefined && isLocalOrigin(origin)
}

/** An app that came from elsewhere asks nothing of this very machine, whatever somebody wrote on their card. */
function isReachable(origin: RelayOrigin, isHereLocal: boolean): boolean {
  return parseRelayOrigin(origin) === origin && (isHereLocal || !isLocalOrigin(origin))
}
