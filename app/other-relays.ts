import { browserLink } from './platform/browser-link.ts'
import { serveRelays } from './platform/relay-door.ts'
import type { ToRelays } from './platform/relay-words.ts'

/** Reaches the relays of people whom this person met, for the vault's worker: no keys, no storage. Served with a policy of its own. */
const take = serveRelays(self.location.origin, browserLink, said => self.postMessage(said))
self.addEventListener('message', ({ data }: MessageEvent<ToRelays>) => take(data))
