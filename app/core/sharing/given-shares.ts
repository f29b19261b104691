import type { SigningKey } from '#crypto/keys.ts'
import { randomBytes } from '#crypto/sodium.ts'
import { CapabilityId, type ContactId, type LogId, ShareId } from '#schema/ids.ts'
import { isConversation, type LogSection, type SharedName } from '#schema/record/sections.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import { makeEpochKey } from '../home/create-account.ts'
import type { Account } from '../home/account.ts'
import { putEpoch } from '../home/keyring-document.ts'
import { registerSigned } from '../home/registration.ts'
import type { Members, SealedLog } from '../log/sealed-log.ts'
import { authorsIn } from '../record/authors.ts'
import type { DocMap } from '../record/flat-fields.ts'
import type { StoreFailure } from '../ports.ts'
import { isLetIn, mayAdmit, mustBeginAnew } from './admission.ts'
import { cutInFormer, dueEpoch, membersOf, type WantedMember } from './due-epoch.ts'
import { changeShare, putCapability, putShare, renewShare } from './given-changes.ts'
import type { EndedBy, GivenDocument, KnownShare } from './given-document.ts'
import { GivenAnswers } from './given-answers.ts'
import { GivenEnds } from './given-ends.ts'
import { GivenLedger } from './given-ledger.ts'
import { GivenLetters } from './given-letters.ts'
import { GrantSeeds } from './grant-seeds.ts'
import { heldIn } from './held-feeds.ts'
import { leftBegun } from './left-begun.ts'
import type { Letter } from './letter.ts'
import { capabilityOf, shareCapability } from './live-capabilities.ts'
import { canRead, isMember, mayBeLetIn } from './log-readers.ts'
import { MEMBERS_LABEL, type MembersDocument, putMemberNames, readMemberNames } from './member-names.ts'
import type { KnownContact } from './people-document.ts'
import { type Clerk, everyStep, type Step, type Taken } from './clerk.ts'
import type { PostOffice } from './post-office.ts'
import { rebaseSection, type RebaseSectionDeps } from './rebase-section.ts'
import { isLeftUntold, markOfKem, mustRenew } from './renewal.ts'

type Bytes = Uint8Array<ArrayBuffer>

type IsReady = (share: KnownShare, log: SealedLog, section: SharedName) => boolean | Promise<boolean>

/** Carries out what this person shares with others. Every step asks first what is true already (decision 0011). */
export class GivenShares implements Clerk {
  readonly #account: Account
  readonly #office: PostOffice
  readonly #seeds: GrantSeeds
  readonly #rebase: RebaseSectionDeps
  readonly #ledger: GivenLedger
  readonly #answers: GivenAnswers
  readonly #ends: GivenEnds
  readonly #letters: GivenLetters

  /** `key` seals the seeds of grants that are not told yet. */
  constructor(office: PostOffice, key: Bytes, recordName: () => string, rebase: RebaseSectionDeps) {
    this.#account = rebase.account
    this.#office = office
    this.#seeds = new GrantSeeds(rebase.store, key)
    this.#rebase = rebase
    this.#ledger = new GivenLedger(this.#account, office)
    this.#answers = new GivenAnswers(this.#account, office, this.#ledger)
    this.#ends = new GivenEnds(this.#account, office, this.#ledger)
    this.#letters = new GivenLetters(office, this.#ledger, this.#seeds, rebase, recordName)
  }

  shares(): Promise<readonly KnownShare[]> {
    return this.#ledger.shares()
  }

  /** Durable when it answers ok. */
  change(edit: (doc: GivenDocument) => void): Promise<Result<void, StoreFailure>> {
    return this.#ledger.change(edit)
  }

  /** Durable when it answers ok; `round` takes back what they gave. */
  end(shares: readonly KnownShare[], endedBy: EndedBy): Promise<Result<void, StoreFailure>> {
    return this.#ledger.end(shares, endedBy)
  }

  take(letter: Letter, contact: KnownContact, isLevel: boolean): Taken {
    return this.#answers.take(letter, contact, isLevel)
  }

  metAgain(contact: ContactId): Step {
    return this.#answers.metAgain(contact)
  }

  /** Notes a new share and its seed on this device; `round` does the rest. */
  async begin(
    share: Pick<KnownShare, 'contact' | 'role' | 'until' | 'withHistory' | 'createdAt' | 'sections'>,
  ): Promise<Result<ShareId, StoreFailure>> {
    const id = ShareId.of(randomBytes(ShareId.size))
    const made = await this.#seeds.make(id)
    if (!made.ok) return made
    const contact = (await this.#office.book()).contacts.find(one => one.id === share.contact)
    const kemMark = contact === undefined ? new Uint8Array(0) : markOfKem(contact.card.shareKem)
    const { principal, holder } = made.value
    const [by, since] = [this.#account.deviceId, await this.heldOf(share.sections)]
    const grant = { by, since, principal, holderKey: holder.publicKey, kemMark }
    const noted = await this.#ledger.change(doc => putShare(doc, { ...share, ...grant, id }))
    return noted.ok ? ok(id) : noted
  }

  /** Of some log, what is written here. */
  async canRead(share: KnownShare): Promise<boolean> {
    await this.#account.keysTaken()
    const { deviceId } = this.#account
    return [...this.#account.logs.sections.values()].some(log => canRead(share, log, deviceId))
  }

  /** What this device has of these sections. */
  async heldOf(sections: readonly SharedName[]): Promise<ReadonlyMap<SharedName, string>> {
    const held = new Map<SharedName, string>()
    for (const section of sections) {
      const log = this.#account.logs.sections.get(section)
      if (log !== undefined) held.set(section, await heldIn(this.#account, log, section))
    }
    return held
  }

  /** Everything that this contact was given. */
  async endAll(contact: ContactId): Promise<Result<void, StoreFailure>> {
    const open = (await this.#ledger.shares()).filter(share => share.contact === contact && share.endedBy === undefined)
    return this.#ledger.end(open, 'stopped')
  }

  async round(): Step {
    const goesOn = await this.#takeUpLeft()
    if (!goesOn.ok) return goesOn
    if ((await this.#ledger.shares()).length === 0) return ok(undefined)
    // What a round has to write in a log that is to go meanwhile is written before.
    return this.#account.inUse.during(this.#account.sectionLogs(), () => this.#round())
  }

  /** What the relay refuses of one share, or of one step, keeps no other share from ending. */
  async #round(): Step {
    return everyStep([
      () => this.#ends.endShares(),
      () => this.#renew(),
      () => this.#beginAnew(),
      () => this.#ends.endCapabilities(),
      () => this.#writeEpochs(),
      () => this.#nameMembers(),
      () => this.#makeCapabilities(),
      () => this.#letters.tellKeys(),
      () => this.#letters.tell(),
    ])
  }

  /** Whose recipient has lost a device, perhaps: that one has the seed and is to be good for nothing with it (decision 0011). */
  async #renew(): Step {
    const { contacts } = await this.#office.book()
    for (const share of await this.#ledger.shares()) {
      const shareKem = contacts.find(one => one.id === share.contact)?.card.shareKem
      if (shareKem === undefined || !(await this.#mustRenew(share, shareKem))) continue
      const made = await this.#seeds.make(share.id)
      if (!made.ok) return fail({ kind: 'not-stored', why: made.failure })
      const { principal, holder } = made.value
      const maker = this.#account.deviceId
      const grant = { principal, holderKey: holder.publicKey, kemMark: markOfKem(shareKem), maker }
      const kept = await this.#ledger.keep(doc => renewShare(doc, share.id, grant, this.#office.now()))
      if (!kept.ok) return kept
    }
    return ok(undefined)
  }

  async #mustRenew(share: KnownShare, shareKem: Bytes): Promise<boolean> {
    if (mustRenew(share, shareKem, this.#ledger.isRemoved)) return true
    return isLeftUntold(share, this.#office.now()) && (await this.#seeds.of(share)) === undefined
  }

  /**
   * Who comes without the past gets a section that has none, and nobody a log in which something stood that is private now. Everybody
   * who has the section moves along.
   */
  async #beginAnew(): Step {
    for (const share of await this.#ledger.shares()) {
      if (share.endedBy !== undefined) continue
      for (const section of share.sections) {
        // Whoever comes to a conversation comes to all of it.
        if (isConversation(section)) continue
        const log = this.#account.logs.sections.get(section)
        if (log === undefined || !(await mayAdmit(this.#account, share, log, section))) continue
        if (!(await mustBeginAnew(this.#rebase, share, log, section))) continue
        const begun = await this.#beginSectionAnew(section)
        if (!begun.ok) return fail({ kind: 'not-stored', why: begun.failure })
      }
    }
    return ok(undefined)
  }

  /** The section goes on without its past; everybody who has it moves along. */
  async eraseHistory(section: LogSection): Promise<Result<void, StoreFailure>> {
    const log = this.#account.logs.sections.get(section)
    return log === undefined || log.shards().length === 0 ? ok(undefined) : this.#beginSectionAnew(section)
  }

  /** Sections that a removed device began anew and did not send whole go on from the log before. */
  async #takeUpLeft(): Step {
    for (const [section, log] of this.#account.logs.sections) {
      if (isConversation(section)) continue
      if ((await leftBegun(this.#account, log)) === undefined || !(await this.#account.settle()).ok) continue
      // It may have come meanwhile.
      const from = await leftBegun(this.#account, log)
      if (from === undefined) continue
      const anew = () => this.#beginSectionAnew(section, from)
      const begun = await this.#account.inUse.during([from, log], anew)
      if (!begun.ok) return fail({ kind: 'not-stored', why: begun.failure })
    }
    return ok(undefined)
  }

  /** `from`: as `rebaseSection` says. */
  async #beginSectionAnew(section: LogSection, from?: SealedLog): Promise<Result<void, StoreFailure>> {
    const shares = await this.#ledger.shares()
    const members = async () => {
      const wanted = await this.#wanted(await this.#ledger.shares(), () => true)
      const log = this.#account.logs.sections.get(section)
      return membersOf((log && wanted.get(log.id)) ?? [])
    }
    // Also of whom nobody is known to have told: another device may be telling them of the log as it was.
    const movedAlong = shares.filter(one => one.endedBy === undefined && one.sections.some(each => each === section))
    const begunAnew = section === 'private' ? undefined : section
    const move = (doc: GivenDocument) => {
      for (const { id } of movedAlong) changeShare(doc, id, begunAnew === undefined ? {} : { begunAnew })
    }
    return rebaseSection(this.#rebase, section, members, move, from)
  }

  /**
   * The new secrets are in the keyring, and acknowledged, before any EPOCH names them. Whom another device took out is out by what it noted
   * before, and what may not be here yet: `sure` names, as `letInAgain`, who are let in again with all that the relay has of that taken in.
   */
  async #writeEpochs(sure: ReadonlySet<string> = new Set()): Step {
    const due = await this.#dueEpochs()
    if (due.length === 0) return ok(undefined)
    if (letInAgain(due).some(one => !sure.has(one))) {
      const level = await this.#account.levelHome()
      return level.ok ? this.#writeEpochs(new Set([...sure, ...letInAgain(due)])) : level
    }
    const { home } = this.#account.logs
    const notedUnder = home.log.currentKeyId()
    const noted = await home.changeKeyring(doc => {
      for (const { log, key } of due) putEpoch(doc, log.id, key, notedUnder)
    })
    if (!noted.ok) return fail({ kind: 'not-stored', why: noted.failure })
    const acknowledged = await this.#account.settle()
    if (!acknowledged.ok) return acknowledged
    // A device was removed meanwhile: it can have these keys, which were noted under one that it has.
    if (home.log.currentKeyId() !== notedUnder) return this.#writeEpochs(sure)
    // Or somebody was taken out, by an EPOCH that would be the one before these.
    if (letInAgain(due).some(one => !sure.has(one))) return this.#writeEpochs(sure)
    for (const { log, key, removals, members } of due) {
      const written = await log.writeEpoch(key, [], removals, members)
      if (!written.ok) return fail({ kind: 'not-stored', why: written.failure })
    }
    return this.#account.settle()
  }

  /** In each log who may add is named, for those who read there (decision 0013). Readers' names are told to nobody. */
  async #nameMembers(): Step {
    const { contacts } = await this.#office.book()
    const shares = (await this.#ledger.shares()).filter(share => share.role !== 'read')
    for (const log of new Set(shares.flatMap(share => this.#ledger.logsOf(share)))) {
      const adding = shares.filter(share => this.#ledger.logsOf(share).includes(log))
      const names = adding.flatMap(({ principals, contact }) => {
        const name = contacts.find(one => one.id === contact)?.name
        return name === undefined ? [] : principals.map(principal => [principal, name] as const)
      })
      const known = readMemberNames(await log.read<DocMap>(MEMBERS_LABEL), authorsIn(log))
      const news = new Map(names.filter(([principal, name]) => known.get(principal) !== name))
      if (news.size === 0) continue
      await log.change<MembersDocument>(MEMBERS_LABEL, doc => putMemberNames(doc, news))
      const flushed = await log.flush()
      if (!flushed.ok) return fail({ kind: 'not-stored', why: flushed.failure })
    }
    return ok(undefined)
  }

  async #dueEpochs() {
    const shares = await this.#ledger.shares()
    const ours = new Set(shares.flatMap(share => share.principals))
    // A share that was begun, or an entry made private, since this round began sections anew waits for the next one.
    const members = await this.#wanted(
      shares,
      async (share, log, section) => isMember(share, log) || !(await mustBeginAnew(this.#rebase, share, log, section)),
    )
    const givenIn = (log: SealedLog) => new Set(shares.flatMap(share => mayBeLetIn(share, log, this.#account.deviceId)))
    const current = [...this.#account.logs.sections.values()].flatMap(log => {
      const due = dueEpoch(log.members(), members.get(log.id) ?? [], { ours, given: givenIn(log) })
      return due === undefined ? [] : [{ log, key: makeEpochKey(), ...due }]
    })
    const former = [...this.#account.logs.former.values()].flatMap(log => {
      // Nothing is sent to a closed one any more.
      const section = this.#ledger.keysOf(log.id)?.section
      const due = section && section !== 'home' ? cutInFormer(log.members(), section, shares, givenIn(log)) : undefined
      return due === undefined ? [] : [{ log, key: makeEpochKey(), ...due }]
    })
    return [...current, ...former]
  }

  async #wanted(shares: readonly KnownShare[], isReady: IsReady): Promise<ReadonlyMap<LogId, WantedMember[]>> {
    const { contacts } = await this.#office.book()
    const wanted = new Map<LogId, WantedMember[]>()
    for (const share of shares) {
      const contact = contacts.find(one => one.id === share.contact)
      if (contact === undefined) continue
      const { principal, role, until } = share
      const member = { principal, role, until, kemPublicKey: contact.card.shareKem }
      for (const [section, log] of this.#ledger.sectionLogsOf(share)) {
        const isLetIn = await mayAdmit(this.#account, share, log, section)
        if (!isLetIn || !(await isReady(share, log, section))) continue
        wanted.set(log.id, [...(wanted.get(log.id) ?? []), member])
      }
    }
    return wanted
  }

  async #makeCapabilities(): Step {
    const missing: (() => Step)[] = []
    for (const share of await this.#ledger.shares()) {
      for (const [section, log] of share.isPaused ? [] : this.#ledger.sectionLogsOf(share)) {
        if (capabilityOf(share, log) !== undefined || !(await isLetIn(this.#rebase, share, log, section))) continue
        missing.push(() => this.#makeCapability(share, log.id))
      }
    }
    return everyStep(missing)
  }

  async #makeCapability(share: KnownShare, logId: LogId): Step {
    const id = CapabilityId.of(randomBytes(CapabilityId.size))
    const made = { logId, id, notAfter: share.until, principal: share.principal }
    // Noted first: one that is registered and not known could never be ended.
    const kept = await this.#ledger.keep(doc => putCapability(doc, share.id, made))
    if (!kept.ok) return kept
    const sign = (owner: SigningKey) => shareCapability(share, made, owner)
    return registerSigned(this.#account.client, logId, this.#ledger.ownersOf(logId), sign)
  }
}

/** `<log>/<G>` of whom these EPOCHs would let in that an earlier one took out. */
function letInAgain(due: readonly { readonly log: SealedLog; readonly members: Members }[]): string[] {
  return due.flatMap(({ log, members }) => {
    const { roster, removed } = log.members()
    const isIn = new Set(roster.map(({ principal }) => principal))
    const again = members.grants.filter(({ principal }) => removed.has(principal) && !isIn.has(principal))
    return again.map(({ principal }) => `${log.id}/${principal}`)
  })
}
