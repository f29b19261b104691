import './trusted-types.ts'
import wasmUrl from '@automerge/automerge/automerge.wasm?url'
import { initializeWasm } from '@automerge/automerge/slim'
import { readyCrypto } from '#crypto/sodium.ts'
import { parseRelayOrigin } from '#schema/relay-origin.ts'
import { makeSession } from './core/make-session.ts'
import type { ByteStore } from './core/ports.ts'
import { browserClock, browserRandom } from './platform/browser-clock.ts'
import { browserLink } from './platform/browser-link.ts'
import { browserPictures } from './platform/browser-pictures.ts'
import { indexedBox } from './platform/indexed-box.ts'
import { openIndexedStore } from './platform/indexed-store.ts'
import { makeOutside } from './platform/outside-line.ts'
import { makeRelayLines } from './platform/relay-line.ts'
import { unusableHost } from './platform/unusable-session.ts'
import { runVaultWorker, type VaultHost } from './platform/vault-worker.ts'

/** The vault worker: the only place where keys are. The relay is whom the page names. */
const isReady = Promise.all([initializeWasm(wasmUrl), readyCrypto()]).then(
  () => true,
  () => false,
)

async function openStore(): Promise<ByteStore | undefined> {
  try {
    return await openIndexedStore()
  } catch {
    return undefined
  }
}

/** Asks clinics; not the window's, so that their tokens are never there. */
const outside = makeOutside(
  () => new Worker(new URL('./outside.ts', import.meta.url), { type: 'module', name: 'outside' }),
)

const relayLines = makeRelayLines(
  () => new Worker(new URL('./other-relays.ts', import.meta.url), { type: 'module', name: 'other-relays' }),
)

async function makeHost(origin: string): Promise<VaultHost> {
  if (!(await isReady)) return unusableHost('no-crypto')
  const store = await openStore()
  if (store === undefined) return unusableHost('no-storage')
  const relay = browserLink(origin)
  const relays = { own: parseRelayOrigin(origin), to: relayLines }
  const [clock, random, pictures] = [browserClock, browserRandom, browserPictures]
  const host = await makeSession({ store, relay, relays, clock, random, outside, pictures, box: indexedBox() })
  host.setOnline(navigator.onLine)
  return host
}

runVaultWorker(makeHost)
