import type { Branded } from './brand.ts'

/** Where a relay is, as others reach it: `https://relay.example`, with a port where it has one of its own. */
export type RelayOrigin = Branded<string, 'RelayOrigin'>

const LOCAL = /^(?:localhost|127\.0\.0\.1|\[::1\])$/

/** The origin of an address as people paste it; undefined for what is none, and for what goes over the network in the clear. */
export function parseRelayOrigin(text: string): RelayOrigin | undefined {
  if (!URL.canParse(text)) return undefined
  const { origin, protocol, hostname, username, password } = new URL(text)
  const isSealed = protocol === 'https:' || (protocol === 'http:' && LOCAL.test(hostname))
  return isSealed && username === '' && password === '' ? (origin as RelayOrigin) : undefined
}

/** On this very machine: for trying things out, and for nobody who came from elsewhere. */
export function isLocalOrigin(origin: RelayOrigin): boolean {
  return LOCAL.test(new URL(origin).hostname)
}
