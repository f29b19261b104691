/** How a server is called on screen: without what begins its address. */
export function hostOf(relay: string): string {
  return URL.canParse(relay) ? new URL(relay).host : relay
}
