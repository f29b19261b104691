import { parseRelayOrigin, type RelayOrigin } from '#schema/relay-origin.ts'
import { t } from '../language/language.ts'

/** How a server is called on screen: without what begins its address. */
export function hostOf(relay: string): string {
  return URL.canParse(relay) ? new URL(relay).host : relay
}

/** As people say it: the host alone, or its whole address. Undefined for what is no server's. */
export function relayTyped(text: string): RelayOrigin | undefined {
  const address = text.trim()
  // Browsers take a blank in a host for %20.
  if (address === '' || /\s/.test(address)) return undefined
  return parseRelayOrigin(address.includes('://') ? address : `https://${address}`)
}

export interface ProblemWords {
  readonly title: string
  readonly text: string
}

/** For whom the server does not take. `hasToken`: they entered a code of its host's. */
export function shutOutWords(hasToken: boolean): ProblemWords {
  const problem = hasToken ? 'not-taken' : 'not-admitted'
  return { title: t(`sync.problem.${problem}.title`), text: t(`sync.problem.${problem}.text`) }
}
