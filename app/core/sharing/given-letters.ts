import { ok, type Result } from '#schema/result.ts'
import type { Account } from '../home/account.ts'
import { shownName } from '../shown-name.ts'
import { isLetIn } from './admission.ts'
import { changeShare, putKeysTold, putSeedTold, putToldVersion } from './given-changes.ts'
import type { KnownShare } from './given-document.ts'
import type { GivenLedger } from './given-ledger.ts'
import { type GrantedLog, partsOfGrant } from './grant.ts'
import type { GrantSeeds } from './grant-seeds.ts'
import { markOfEnd, marksOfKeys } from './keys-told.ts'
import { capabilityOf, shareCapability } from './live-capabilities.ts'
import type { KnownContact } from './people-document.ts'
import { everyStep, type Rest, type Step } from './clerk.ts'
import type { PostOffice } from './post-office.ts'
import type { RebaseSectionDeps } from './rebase-section.ts'
import { isUntold, versionInLetters } from './renewal.ts'
import { encodeShareEnded } from './share-letters.ts'

/** Tells recipients of their shares, once everything is done that the letter says. */
export class GivenLetters {
  readonly #account: Account
  readonly #office: PostOffice
  readonly #ledger: GivenLedger
  readonly #seeds: GrantSeeds
  readonly #rebase: RebaseSectionDeps
  readonly #recordName: () => string

  constructor(
    office: PostOffice,
    ledger: GivenLedger,
    seeds: GrantSeeds,
    rebase: RebaseSectionDeps,
    recordName: () => string,
  ) {
    this.#account = rebase.account
    this.#office = office
    this.#ledger = ledger
    this.#seeds = seeds
    this.#rebase = rebase
    this.#recordName = recordName
  }

  /** Logs, and keys of their EPOCHs, that a device of ours made which did not know of who has the section. */
  async tellKeys(): Step {
    const { contacts } = await this.#office.book()
    const lacking = (await this.#ledger.shares()).filter(share => {
      const contact = contacts.find(one => one.id === share.contact)
      const isLevel = share.endedBy === undefined && !share.isPaused && share.told > 0 && share.told >= share.version
      return isLevel && contact !== undefined && this.#marksOf(share, contact).some(mark => !share.keysTold.has(mark))
    })
    if (lacking.length === 0) return ok(undefined)
    return this.#ledger.keep(doc => lacking.forEach(({ id }) => changeShare(doc, id, {})))
  }

  #marksOf(share: KnownShare, { card }: KnownContact): string[] {
    if (share.endedBy !== undefined) return [markOfEnd(card.shareKem)]
    return share.isPaused ? [] : marksOfKeys(this.#ledger.logsOf(share), card.shareKem)
  }

  /** Whoever has not heard of what their share is now. */
  async tell(): Step {
    const { contacts, removed } = await this.#office.book()
    const contactOf = (share: KnownShare) => [...contacts, ...removed].find(one => one.id === share.contact)
    const untold = (await this.#ledger.shares()).filter(one =>
      isUntold(one, this.#ledger, this.#office.now(), contactOf(one)?.card.shareKem),
    )
    return everyStep(
      untold.map(share => async () => {
        const contact = contactOf(share)
        const marks = contact === undefined ? [] : this.#marksOf(share, contact)
        const inLetters = versionInLetters(share, this.#ledger.removals)
        const told = contact === undefined ? ok(true) : await this.#tellOne({ ...share, version: inLetters }, contact)
        if (!told.ok || !told.value) return told.ok ? ok(undefined) : told
        const kept = await this.#ledger.keep(doc => {
          if (share.endedBy === undefined) putSeedTold(doc, share.id, share.principal, share.version)
          putKeysTold(doc, share.id, marks)
          putToldVersion(doc, share.id, share.version, this.#account.deviceId, inLetters)
        })
        if (kept.ok) await this.#seeds.drop(share.id)
        return kept
      }),
    )
  }

  /** `share`: with its version as letters tell it. False when only the device that made the share's G can tell of it: it has the seed. */
  async #tellOne(share: KnownShare, { card }: KnownContact): Promise<Result<boolean, Rest>> {
    const { id: shareId, version, endedBy } = share
    if (endedBy !== undefined) {
      // Also where nobody is known to have told of it: another device may have, and what never came is not missed. And where they said so
      // themselves: it may have been a device of theirs that they had removed, and of which nobody there reads any more.
      const letter = { shareId, version, endedBy: endedBy === 'expired' ? endedBy : ('stopped' as const) }
      const written = await this.#office.write(card, 'share-ended', encodeShareEnded(letter))
      return written.ok ? ok(true) : written
    }
    if (!(await this.#isReadyToTell(share))) return ok(false)
    const isNew = !share.seedsTold.has(share.principal)
    const seed = isNew ? await this.#seeds.of(share) : undefined
    if (isNew && seed === undefined) return ok(false)
    const { role, until, isPaused } = share
    const about = { shareId, version, role, until, isPaused, recordName: shownName(this.#recordName()) }
    const logs = isPaused ? [] : this.#grantedLogs(share)
    for (const part of partsOfGrant({ ...about, ...(seed ? { seed } : {}), logs })) {
      const written = await this.#office.write(card, 'grant', part)
      if (!written.ok) return written
    }
    return ok(true)
  }

  /** Everything is done that the grant says. */
  async #isReadyToTell(share: KnownShare): Promise<boolean> {
    for (const [section, log] of share.isPaused ? [] : this.#ledger.sectionLogsOf(share)) {
      if (capabilityOf(share, log) === undefined || !(await isLetIn(this.#rebase, share, log, section))) return false
    }
    return true
  }

  #grantedLogs(share: KnownShare): GrantedLog[] {
    return this.#ledger.logsOf(share).flatMap(log => {
      const keys = this.#ledger.keysOf(log.id)
      const made = capabilityOf(share, log)
      if (keys === undefined || keys.section === 'home' || keys.section === 'private' || made === undefined) return []
      const { section, genesis, epochs, owners } = keys
      const owner = owners[0]?.key
      if (owner === undefined) throw new Error('Cannot sign a capability: the keyring does not know the owner key')
      return [{ section, genesis, epochs, capability: shareCapability(share, made, owner) }]
    })
  }
}
