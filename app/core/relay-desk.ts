import { parseAdmissionToken } from '#schema/protocol/http.ts'
import { parseRelayOrigin } from '#schema/relay-origin.ts'
import { fail, type Result } from '#schema/result.ts'
import type { RelayLink } from './ports.ts'
import type { GiveTokenFailure, OwnRelay, RelayAsks } from './relay-session.ts'
import { asksForAdmission } from './sync/relay-client.ts'
import type { OpenVault, VaultSlot } from './vault/open-vault.ts'
import { Watched } from './watched.ts'

/** What a person knows of the relay where their record is, and can do about it. */
export class RelayDesk {
  readonly relay = new Watched<OwnRelay>({ hasToken: false })
  readonly #link: RelayLink
  readonly #slot: VaultSlot

  constructor(link: RelayLink, slot: VaultSlot) {
    this.#link = link
    this.#slot = slot
    slot.onOpen(vault => this.#follow(vault))
  }

  async asks(address?: string): Promise<RelayAsks> {
    const link = address === undefined ? (this.#slot.open?.account.link ?? this.#link) : this.#linkTo(address)
    if (link === undefined) return 'unreachable'
    const asks = await asksForAdmission(link)
    if (!asks.ok) return 'unreachable'
    return asks.value ? 'token' : 'nothing'
  }

  async giveToken(text: string): Promise<Result<void, GiveTokenFailure>> {
    const vault = this.#slot.open
    if (vault === undefined || vault.account.row.isSample) return fail({ kind: 'locked' })
    const token = parseAdmissionToken(text)
    if (token === undefined) return fail({ kind: 'invalid' })
    return vault.account.takeToken(token)
  }

  #linkTo(address: string): RelayLink | undefined {
    const origin = parseRelayOrigin(address)
    return origin && this.#slot.open?.account.relays.linkTo(origin)
  }

  #follow(vault: OpenVault): () => void {
    const { address } = vault.account.relay
    const stop = vault.account.token.isKnown.watch(hasToken =>
      this.relay.set({ hasToken, ...(address === undefined ? {} : { address }) }),
    )
    return () => {
      stop()
      this.relay.set({ hasToken: false })
    }
  }
}
