import type { SigningKey } from '#crypto/keys.ts'
import { parseRelayOrigin, type RelayOrigin } from '#schema/relay-origin.ts'
import type { Clock, OtherRelays, RelayLink } from '../ports.ts'
import { type CutLink, makeCutLink } from './cut-link.ts'
import { makeRelayClient } from './relay-client.ts'
import { SILENT_LINK } from './silent-link.ts'
import type { RelayClient } from './sync.ts'

export interface RelaysDeps {
  /** To whoever served the app. */
  readonly here: RelayLink
  /** Left out: whatever relay is named is one's own. */
  readonly others: OtherRelays | undefined
  /** Where the record moved to, and where it was at first. */
  readonly moved: { readonly address?: RelayOrigin; readonly unnamed?: RelayOrigin }
  /** What one's own relay is told besides. */
  readonly asOwn: (link: RelayLink) => RelayLink
  readonly holder: SigningKey
  readonly clock: Clock
}

interface Way {
  readonly link: CutLink
  readonly client: RelayClient
}

/** The relays that an account asks: its own, and those of the people it met, each by the address on their card. */
export class Relays implements OtherRelays {
  readonly #deps: RelaysDeps
  readonly #ways = new Map<string, Way>()
  #isCut = false

  constructor(deps: RelaysDeps) {
    this.#deps = deps
  }

  /** As others reach it; undefined where nobody has said. */
  get own(): OtherRelays['own'] {
    const { others, moved } = this.#deps
    return others && (moved.address ?? others.own)
  }

  /** One name for each relay: empty for one's own. */
  nameOf(relay: string): string {
    const isOwn = relay === '' || this.#deps.others === undefined || relay === this.own
    return isOwn ? '' : relay
  }

  /** Of what a card or an entry of the home log says: nothing is the relay where everything was before it moved. */
  nameSaid(relay: string): string {
    return this.nameOf(relay === '' ? (this.#deps.moved.unnamed ?? '') : relay)
  }

  linkTo(relay: string): CutLink {
    return this.#wayTo(relay).link
  }

  clientOf(relay: string): RelayClient {
    return this.#wayTo(relay).client
  }

  readonly to = (relay: string): CutLink => this.linkTo(relay)

  /** Nothing goes out any more, and nobody waits for an answer. */
  cut(): void {
    this.#isCut = true
    for (const { link } of this.#ways.values()) link.cut()
  }

  #wayTo(relay: string): Way {
    const name = this.nameOf(relay)
    const known = this.#ways.get(name)
    if (known !== undefined) return known
    const { asOwn, holder, clock } = this.#deps
    const link = makeCutLink(name === '' ? asOwn(this.#reach(this.own ?? '')) : this.#reach(name))
    if (this.#isCut) link.cut()
    const way = { link, client: makeRelayClient(link, holder, clock) }
    this.#ways.set(name, way)
    return way
  }

  /** Whoever served the app is asked as always. */
  #reach(relay: string): RelayLink {
    const { here, others } = this.#deps
    if (others === undefined || relay === '' || relay === others.own) return here
    const origin = parseRelayOrigin(relay)
    // What somebody wrote on their card may be no address of a relay.
    return (origin && others.to(origin)) ?? SILENT_LINK
  }
}
