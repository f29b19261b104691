import { parseRelayOrigin, type RelayOrigin } from '#schema/relay-origin.ts'

/** How a server is called on screen: without what begins its address. */
export function hostOf(relay: string): string {
  return URL.canParse(relay) ? new URL(relay).host : relay
}

/** As people say it: the host alone, or its whole address. Undefined for what is no server's. */
export function relayTyped(text: string): RelayOrigin | undefined {
  const address = text.trim()
  if (address === '') return undefined
  return parseRelayOrigin(address.includes('://') ? address : `https://${address}`)
}
