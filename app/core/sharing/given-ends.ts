import type { ShareId } from '#schema/ids.ts'
import { sectionsAmong } from '#schema/record/sections.ts'
import { fail, ok } from '#schema/result.ts'
import type { Account } from '../home/account.ts'
import { isRefused } from '../home/registration.ts'
import { doubleShares } from './double-shares.ts'
import { changeShare, putCapabilityEnded } from './given-changes.ts'
import type { EndedBy, KnownShare, RegisteredCapability } from './given-document.ts'
import { endForGood } from './ended-capabilities.ts'
import type { GivenLedger } from './given-ledger.ts'
import { isOfNow } from './live-capabilities.ts'
import { everyStep, type Step } from './clerk.ts'
import type { PostOffice } from './post-office.ts'

/** Ends shares that are over, and what of them the relay serves still. */
export class GivenEnds {
  readonly #account: Account
  readonly #office: PostOffice
  readonly #ledger: GivenLedger

  constructor(account: Account, office: PostOffice, ledger: GivenLedger) {
    this.#account = account
    this.#office = office
    this.#ledger = ledger
  }

  /** Before anything is given. */
  endShares(): Step {
    return everyStep([() => this.#expire(), () => this.#endForgotten(), () => this.#endDoubles()])
  }

  async #expire(): Step {
    const over = (await this.#ledger.shares()).filter(
      share => share.endedBy === undefined && this.#office.now() >= share.until,
    )
    return this.#endAll(over, 'expired')
  }

  /**
   * Another device removed the contact before it heard of the share: nobody is left to be told of it. Or the device that began it was
   * removed before it is known to have told of it: nobody is left to tell.
   */
  async #endForgotten(): Step {
    const { contacts } = await this.#office.book()
    const isKnown = (share: KnownShare) => contacts.some(one => one.id === share.contact)
    const isForgotten = (share: KnownShare) => !isKnown(share) || this.#isLeftBehind(share)
    const forgotten = (await this.#ledger.shares()).filter(share => share.endedBy === undefined && isForgotten(share))
    return this.#endAll(forgotten, 'stopped')
  }

  async #endAll(shares: readonly KnownShare[], endedBy: EndedBy): Step {
    const kept = await this.#ledger.end(shares, endedBy)
    return kept.ok ? kept : fail({ kind: 'not-stored', why: kept.failure })
  }

  /** Whether its recipient was told of it, only a device knows that was removed. */
  #isLeftBehind({ told, by }: KnownShare): boolean {
    return told === 0 && by !== undefined && this.#ledger.isRemoved(by)
  }

  /** Two devices gave one section to the same contact at once: the earlier share has it. */
  async #endDoubles(): Step {
    const shares = await this.#ledger.shares()
    const doubles = doubleShares(shares)
    if (doubles.length === 0) return ok(undefined)
    return this.#ledger.keep(doc => {
      for (const { id, left } of doubles) {
        const share = shares.find(one => one.id === id)
        if (left.length > 0) changeShare(doc, id, { sections: sectionsAmong(left) })
        else if (share !== undefined) this.#ledger.putEnd(doc, share, 'stopped')
      }
    })
  }

  /** First of all: the relay refuses at once, open sockets too. */
  async endCapabilities(): Step {
    const over = (await this.#ledger.shares()).flatMap(share => {
      const wanted = new Set(this.#ledger.logsOf(share).map(log => log.id))
      const isStill = (made: RegisteredCapability) => !share.isPaused && wanted.has(made.logId) && isOfNow(share, made)
      return share.capabilities.filter(made => !isStill(made)).map(made => ({ share, made }))
    })
    return everyStep(
      over.map(
        ({ share, made }) =>
          () =>
            this.#endCapability(share.id, made),
      ),
    )
  }

  async #endCapability(id: ShareId, made: RegisteredCapability): Step {
    const ended = await this.#account.client.revokeCapability(made.logId, made.id)
    const signers = this.#ledger.ownersOf(made.logId)
    // A relay that was put back to before it has nothing to end, and must not take it again.
    const isGone = isRefused(ended, 'not-found') && signers.length > 0
    const settled = isGone ? await endForGood(this.#account.client, made, signers) : ended
    const isServedNothing = isRefused(settled, 'unknown-log') || isRefused(settled, 'gone')
    if (!settled.ok && !isServedNothing) return settled
    const { logId, id: capabilityId, principal } = made
    const noted = { logId, id: capabilityId, principal, endedAt: this.#office.now() }
    return this.#ledger.keep(doc => putCapabilityEnded(doc, id, noted))
  }
}
