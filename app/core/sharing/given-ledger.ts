import type { SigningKey } from '#crypto/keys.ts'
import type { DeviceId, LogId } from '#schema/ids.ts'
import type { SharedName } from '#schema/record/sections.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import type { Account } from '../home/account.ts'
import type { LogKeys } from '../home/keyring.ts'
import type { SealedLog } from '../log/sealed-log.ts'
import type { StoreFailure } from '../ports.ts'
import { endShare } from './given-changes.ts'
import { type EndedBy, GIVEN_SHARD, type GivenDocument, type KnownShare, readGiven } from './given-document.ts'
import type { Step } from './clerk.ts'
import type { PostOffice } from './post-office.ts'
import { isStillAccepted } from './renewal.ts'

/** What this person shares, as the home log of this device says it, and changes to that. */
export class GivenLedger {
  readonly #account: Account
  readonly #office: PostOffice
  #lastRead: { readonly doc: GivenDocument; readonly shares: readonly KnownShare[] } | undefined

  constructor(account: Account, office: PostOffice) {
    this.#account = account
    this.#office = office
  }

  /** Newest first; an acceptance that only devices said which their owner removed since does not count. */
  async shares(): Promise<readonly KnownShare[]> {
    const doc = await this.#account.logs.home.log.read<GivenDocument>(GIVEN_SHARD)
    if (this.#lastRead?.doc !== doc) this.#lastRead = { doc, shares: readGiven(doc) }
    const { shares } = this.#lastRead
    const { contacts } = await this.#office.book()
    return shares.map(share => {
      const card = contacts.find(one => one.id === share.contact)?.card
      return card === undefined || isStillAccepted(share, card) ? share : { ...share, isAccepted: false }
    })
  }

  /** Durable when it answers ok. */
  async change(edit: (doc: GivenDocument) => void): Promise<Result<void, StoreFailure>> {
    const { log } = this.#account.logs.home
    await log.change<GivenDocument>(GIVEN_SHARD, edit)
    return log.flush()
  }

  /** Durable when it answers ok; `round` takes back what they gave. */
  async end(shares: readonly KnownShare[], endedBy: EndedBy): Promise<Result<void, StoreFailure>> {
    if (shares.length === 0) return ok(undefined)
    return this.change(doc => shares.forEach(share => this.putEnd(doc, share, endedBy)))
  }

  /** Inside a change. */
  putEnd(doc: GivenDocument, { id, sections }: KnownShare, endedBy: EndedBy): void {
    const { sections: current } = this.#account.logs
    const logs = sections.flatMap(section => current.get(section)?.id ?? [])
    endShare(doc, id, endedBy, { at: this.#office.now(), logs })
  }

  /** A device of ours. */
  readonly isRemoved = (device: DeviceId): boolean =>
    this.#account.keyring.devices.some(({ deviceId, removedAt }) => deviceId === device && removedAt !== undefined)

  /** How many devices of ours were removed. */
  get removals(): number {
    return this.#account.keyring.devices.filter(({ removedAt }) => removedAt !== undefined).length
  }

  /** Whoever the relay may obey in this log: every O the keyring knows of it. */
  ownersOf(logId: LogId): SigningKey[] {
    return (this.keysOf(logId)?.owners ?? []).map(({ key }) => key)
  }

  /** Empty once it is over. */
  logsOf(share: KnownShare): SealedLog[] {
    return this.sectionLogsOf(share).map(([, log]) => log)
  }

  sectionLogsOf(share: KnownShare): (readonly [SharedName, SealedLog])[] {
    if (share.endedBy !== undefined) return []
    return share.sections.flatMap(section => {
      const log = this.#account.logs.sections.get(section)
      return log === undefined ? [] : [[section, log] as const]
    })
  }

  keysOf(logId: LogId): LogKeys | undefined {
    return this.#account.keyring.logs.find(one => one.logId === logId)
  }

  /** As `change`, as a step of a round. */
  async keep(edit: (doc: GivenDocument) => void): Step {
    const kept = await this.change(edit)
    return kept.ok ? kept : fail({ kind: 'not-stored', why: kept.failure })
  }
}
