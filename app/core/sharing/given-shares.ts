import type { SigningKey } from '#crypto/keys.ts'
import { randomBytes } from '#crypto/sodium.ts'
import { CapabilityId, type ContactId, type DeviceId, type LogId, ShareId } from '#schema/ids.ts'
import { type Instant, instant } from '#schema/instant.ts'
import type { LogSection, Section } from '#schema/record/sections.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import { makeEpochKey } from '../home/create-account.ts'
import type { Account } from '../home/account.ts'
import type { LogKeys } from '../home/keyring.ts'
import { putEpoch } from '../home/keyring-document.ts'
import { isRefused, registerSigned } from '../home/registration.ts'
import type { SealedLog } from '../log/sealed-log.ts'
import { authorsIn } from '../record/authors.ts'
import type { DocMap } from '../record/flat-fields.ts'
import type { StoreFailure } from '../ports.ts'
import { mayAdmit, mustBeginAnew } from './admission.ts'
import { doubleShares } from './double-shares.ts'
import { shownName } from '../shown-name.ts'
import { cutInFormer, dueEpoch, membersOf, type WantedMember } from './due-epoch.ts'
import {
  changeShare,
  type EndedBy,
  endShare,
  GIVEN_SHARD,
  type GivenDocument,
  type KnownShare,
  putAccepted,
  putCapability,
  putCapabilityEnded,
  putKeysTold,
  putOpened,
  putSeedTold,
  putShare,
  putToldVersion,
  putUnheard,
  readGiven,
  type RegisteredCapability,
  renewShare,
} from './given-document.ts'
import { endForGood } from './ended-capabilities.ts'
import { type GrantedLog, partsOfGrant } from './grant.ts'
import { GrantSeeds } from './grant-seeds.ts'
import { heldIn } from './held-feeds.ts'
import { marksOfKeys } from './keys-told.ts'
import { leftBegun } from './left-begun.ts'
import type { Letter } from './letter.ts'
import { isOfNow, shareCapability } from './live-capabilities.ts'
import { canRead, isMember, isMemberNow, mayBeLetIn } from './log-readers.ts'
import { type LooksDocument, LOOKS_SHARD, putKept, putLook } from './looks-document.ts'
import { MEMBERS_LABEL, type MembersDocument, putMemberNames, readMemberNames } from './member-names.ts'
import type { KnownContact } from './people-document.ts'
import { type Clerk, everyStep, type PostOffice, type Rest, type Step, type Taken } from './post-office.ts'
import { rebaseSection, type RebaseSectionDeps } from './rebase-section.ts'
import { isLeftUntold, isStillAccepted, isUntold, markOfKem, mustRenew } from './renewal.ts'
import {
  decodeShareAnswer,
  decodeShareKept,
  decodeShareOpened,
  encodeShareEnded,
  type ShareAnswer,
  type ShareKept,
  type ShareOpened,
} from './share-letters.ts'

type Bytes = Uint8Array<ArrayBuffer>

type IsReady = (share: KnownShare, log: SealedLog, section: Section) => boolean | Promise<boolean>

/** Carries out what this person shares with others. Every step asks first what is true already (decision 0011). */
export class GivenShares implements Clerk {
  readonly #account: Account
  readonly #office: PostOffice
  readonly #seeds: GrantSeeds
  readonly #recordName: () => string
  readonly #rebase: RebaseSectionDeps

  /** `key` seals the seeds of grants that are not told yet. */
  constructor(office: PostOffice, key: Bytes, recordName: () => string, rebase: RebaseSectionDeps) {
    this.#account = rebase.account
    this.#office = office
    this.#seeds = new GrantSeeds(rebase.store, key)
    this.#recordName = recordName
    this.#rebase = rebase
  }

  async shares(): Promise<readonly KnownShare[]> {
    const shares = readGiven(await this.#account.logs.home.log.read<GivenDocument>(GIVEN_SHARD))
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
    const noted = await this.change(doc => putShare(doc, { ...share, ...grant, id }))
    return noted.ok ? ok(id) : noted
  }

  /** Of some log, what is written here. */
  async canRead(share: KnownShare): Promise<boolean> {
    await this.#account.keysTaken()
    const { deviceId } = this.#account
    return [...this.#account.logs.sections.values()].some(log => canRead(share, log, deviceId))
  }

  /** What this device has of these sections. */
  async heldOf(sections: readonly Section[]): Promise<ReadonlyMap<Section, string>> {
    const held = new Map<Section, string>()
    for (const section of sections) {
      const log = this.#account.logs.sections.get(section)
      if (log !== undefined) held.set(section, await heldIn(this.#account, log, section))
    }
    return held
  }

  /** Everything that this contact was given. */
  async endAll(contact: ContactId): Promise<Result<void, StoreFailure>> {
    const open = (await this.shares()).filter(share => share.contact === contact && share.endedBy === undefined)
    return this.end(open, 'stopped')
  }

  /** Durable when it answers ok; `round` takes back what they gave. */
  async end(shares: readonly KnownShare[], endedBy: EndedBy): Promise<Result<void, StoreFailure>> {
    if (shares.length === 0) return ok(undefined)
    return this.change(doc => shares.forEach(share => this.#putEnd(doc, share, endedBy)))
  }

  #putEnd(doc: GivenDocument, { id, sections }: KnownShare, endedBy: EndedBy): void {
    const { sections: current } = this.#account.logs
    const logs = sections.flatMap(section => current.get(section)?.id ?? [])
    endShare(doc, id, endedBy, { at: this.#office.now(), logs })
  }

  /** Of a share that only another device of ours told of so far they say it too early. */
  async take(letter: Letter, contact: KnownContact, isLevel: boolean): Taken {
    const mine = async (id: ShareId) => (await this.shares()).find(one => one.id === id && one.contact === contact.id)
    if (letter.kind === 'share-opened') {
      const opened = decodeShareOpened(letter.body)
      const share = opened && (await mine(opened.shareId))
      return share ? this.#takeLook(share, opened) : ok(undefined)
    }
    if (letter.kind === 'share-kept') {
      const kept = decodeShareKept(letter.body)
      const share = kept && (await mine(kept.shareId))
      return share ? this.#takeKept(share, kept) : ok(undefined)
    }
    if (letter.kind !== 'share-answer') return ok(undefined)
    const answer = decodeShareAnswer(letter.body)
    if (answer === undefined) return ok(undefined)
    const share = (await this.shares()).find(one => one.id === answer.shareId)
    if (share === undefined) return isLevel && this.#isOnlyDevice ? this.#sayOver(answer, contact) : ok('early')
    if (share.contact !== contact.id) return ok(undefined)
    const by = letter.chain.map(cert => cert.device)
    return this.#keep(doc => {
      if (answer.answer === 'accepted') putAccepted(doc, share.id, by)
      else this.#putEnd(doc, share, answer.answer)
    })
  }

  get #isOnlyDevice(): boolean {
    return this.#account.keyring.devices.every(({ removedAt, deviceId }) => {
      return removedAt !== undefined || deviceId === this.#account.deviceId
    })
  }

  /** A device that was removed had told of it, and of that nothing had reached the relay: nobody is left who could. */
  async #sayOver({ shareId, answer }: ShareAnswer, { card }: KnownContact): Taken {
    if (answer !== 'accepted') return ok(undefined)
    const body = encodeShareEnded({ shareId, version: 0, endedBy: 'stopped' })
    const written = await this.#office.write(card, 'share-ended', body)
    return written.ok || written.failure.kind === 'refused' ? ok(undefined) : written
  }

  /** What they have not answered they may have thrown away unread. */
  async metAgain(contact: ContactId): Step {
    const offers = (await this.shares()).filter(one => {
      return one.contact === contact && one.endedBy === undefined && !one.isAccepted && one.told > 0
    })
    return offers.length === 0 ? ok(undefined) : this.#keep(doc => offers.forEach(({ id }) => putUnheard(doc, id)))
  }

  async #takeLook(share: KnownShare, told: ShareOpened): Step {
    const look = { ...told, from: this.#believed(share, told.from), to: this.#believed(share, told.to) }
    const kept = await this.#keepReceipt(doc => putLook(doc, this.#account.deviceId, look))
    return kept.ok ? this.#keep(doc => putOpened(doc, share.id, look.to)) : kept
  }

  #takeKept(share: KnownShare, told: ShareKept): Step {
    const kept = { ...told, at: this.#believed(share, told.at) }
    return this.#keepReceipt(doc => putKept(doc, this.#account.deviceId, kept))
  }

  /** Nobody looked before there was something to see, nor tomorrow. */
  #believed({ createdAt }: KnownShare, at: Instant): Instant {
    return instant(Math.min(Math.max(at, createdAt), this.#office.now()))
  }

  async #keepReceipt(edit: (doc: LooksDocument) => void): Step {
    const { log } = this.#account.logs.home
    await log.change<LooksDocument>(LOOKS_SHARD, edit)
    const kept = await log.flush()
    return kept.ok ? kept : fail({ kind: 'not-stored', why: kept.failure })
  }

  async round(): Step {
    const goesOn = await this.#takeUpLeft()
    if (!goesOn.ok) return goesOn
    if ((await this.shares()).length === 0) return ok(undefined)
    // What a round has to write in a log that is to go meanwhile is written before.
    return this.#account.inUse.during(this.#account.sectionLogs(), () => this.#round())
  }

  /** What the relay refuses of one share, or of one step, keeps no other share from ending. */
  async #round(): Step {
    return everyStep([
      () => this.#expire(),
      () => this.#endForgotten(),
      () => this.#endDoubles(),
      () => this.#renew(),
      () => this.#beginAnew(),
      () => this.#endCapabilities(),
      () => this.#writeEpochs(),
      () => this.#nameMembers(),
      () => this.#makeCapabilities(),
      () => this.#tellKeys(),
      () => this.#tell(),
    ])
  }

  async #expire(): Step {
    const over = (await this.shares()).filter(share => share.endedBy === undefined && this.#office.now() >= share.until)
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
    const forgotten = (await this.shares()).filter(share => share.endedBy === undefined && isForgotten(share))
    return this.#endAll(forgotten, 'stopped')
  }

  async #endAll(shares: readonly KnownShare[], endedBy: EndedBy): Step {
    const kept = await this.end(shares, endedBy)
    return kept.ok ? kept : fail({ kind: 'not-stored', why: kept.failure })
  }

  /** Whether its recipient was told of it, only a device knows that was removed. */
  #isLeftBehind({ told, by }: KnownShare): boolean {
    return told === 0 && by !== undefined && this.#isRemoved(by)
  }

  readonly #isRemoved = (device: DeviceId): boolean =>
    this.#account.keyring.devices.some(({ deviceId, removedAt }) => deviceId === device && removedAt !== undefined)

  /** Two devices gave one section to the same contact at once: the earlier share has it. */
  async #endDoubles(): Step {
    const shares = await this.shares()
    const doubles = doubleShares(shares)
    if (doubles.length === 0) return ok(undefined)
    return this.#keep(doc => {
      for (const { id, left } of doubles) {
        const share = shares.find(one => one.id === id)
        if (left.length > 0) changeShare(doc, id, { sections: left })
        else if (share !== undefined) this.#putEnd(doc, share, 'stopped')
      }
    })
  }

  /** Whose recipient has lost a device, perhaps: that one has the seed and is to be good for nothing with it (decision 0011). */
  async #renew(): Step {
    const { contacts } = await this.#office.book()
    for (const share of await this.shares()) {
      const shareKem = contacts.find(one => one.id === share.contact)?.card.shareKem
      if (shareKem === undefined || !(await this.#mustRenew(share, shareKem))) continue
      const made = await this.#seeds.make(share.id)
      if (!made.ok) return fail({ kind: 'not-stored', why: made.failure })
      const { principal, holder } = made.value
      const maker = this.#account.deviceId
      const grant = { principal, holderKey: holder.publicKey, kemMark: markOfKem(shareKem), maker }
      const kept = await this.#keep(doc => renewShare(doc, share.id, grant, this.#office.now()))
      if (!kept.ok) return kept
    }
    return ok(undefined)
  }

  async #mustRenew(share: KnownShare, shareKem: Bytes): Promise<boolean> {
    if (mustRenew(share, shareKem, this.#isRemoved)) return true
    return isLeftUntold(share, this.#office.now()) && (await this.#seeds.of(share)) === undefined
  }

  /**
   * Who comes without the past gets a section that has none, and nobody a log in which something stood that is private now. Everybody
   * who has the section moves along.
   */
  async #beginAnew(): Step {
    for (const share of await this.shares()) {
      if (share.endedBy !== undefined) continue
      for (const section of share.sections) {
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
    const shares = await this.shares()
    const members = async () => {
      const wanted = await this.#wanted(await this.shares(), () => true)
      const log = this.#account.logs.sections.get(section)
      return membersOf((log && wanted.get(log.id)) ?? [])
    }
    // Also of whom nobody is known to have told: another device may be telling them of the log as it was.
    const movedAlong = shares.filter(one => one.endedBy === undefined && one.sections.some(each => each === section))
    const move = (doc: GivenDocument) => {
      for (const { id } of movedAlong) changeShare(doc, id, {})
    }
    return rebaseSection(this.#rebase, section, members, move, from)
  }

  /** First of all: the relay refuses at once, open sockets too. */
  async #endCapabilities(): Step {
    const over = (await this.shares()).flatMap(share => {
      const wanted = new Set(this.#logsOf(share).map(log => log.id))
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
    const signers = this.#ownersOf(made.logId)
    // A relay that was put back to before it has nothing to end, and must not take it again.
    const isGone = isRefused(ended, 'not-found') && signers.length > 0
    const settled = isGone ? await endForGood(this.#account.client, made, signers) : ended
    const isServedNothing = isRefused(settled, 'unknown-log') || isRefused(settled, 'gone')
    if (!settled.ok && !isServedNothing) return settled
    const { logId, id: capabilityId, principal } = made
    const noted = { logId, id: capabilityId, principal, endedAt: this.#office.now() }
    return this.#keep(doc => putCapabilityEnded(doc, id, noted))
  }

  /** The new secrets are in the keyring, and acknowledged, before any EPOCH names them. */
  async #writeEpochs(): Step {
    const due = await this.#dueEpochs()
    if (due.length === 0) return ok(undefined)
    const { home } = this.#account.logs
    const notedUnder = home.log.currentKeyId()
    const noted = await home.changeKeyring(doc => {
      for (const { log, key } of due) putEpoch(doc, log.id, key, notedUnder)
    })
    if (!noted.ok) return fail({ kind: 'not-stored', why: noted.failure })
    const acknowledged = await this.#account.settle()
    if (!acknowledged.ok) return acknowledged
    // A device was removed meanwhile: it can have these keys, which were noted under one that it has.
    if (home.log.currentKeyId() !== notedUnder) return this.#writeEpochs()
    for (const { log, key, removals, members } of due) {
      const written = await log.writeEpoch(key, [], removals, members)
      if (!written.ok) return fail({ kind: 'not-stored', why: written.failure })
    }
    return this.#account.settle()
  }

  /** In each log who may add is named, for those who read there (decision 0013). Readers' names are told to nobody. */
  async #nameMembers(): Step {
    const { contacts } = await this.#office.book()
    const shares = (await this.shares()).filter(share => share.role !== 'read')
    for (const log of new Set(shares.flatMap(share => this.#logsOf(share)))) {
      const adding = shares.filter(share => this.#logsOf(share).includes(log))
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
    const shares = await this.shares()
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
      const section = this.#keysOf(log.id)?.section
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
      for (const [section, log] of this.#sectionLogsOf(share)) {
        const isLetIn = await mayAdmit(this.#account, share, log, section)
        if (!isLetIn || !(await isReady(share, log, section))) continue
        wanted.set(log.id, [...(wanted.get(log.id) ?? []), member])
      }
    }
    return wanted
  }

  async #makeCapabilities(): Step {
    const missing: (() => Step)[] = []
    for (const share of await this.shares()) {
      for (const [section, log] of share.isPaused ? [] : this.#sectionLogsOf(share)) {
        if (capabilityOf(share, log) !== undefined || !(await this.#isLetIn(share, log, section))) continue
        missing.push(() => this.#makeCapability(share, log.id))
      }
    }
    return everyStep(missing)
  }

  /** The log's EPOCH decides: what a share says that was begun in the middle of a round is not done yet. */
  async #isLetIn(share: KnownShare, log: SealedLog, section: Section): Promise<boolean> {
    return isMemberNow(share, log) && !(await mustBeginAnew(this.#rebase, share, log, section))
  }

  async #makeCapability(share: KnownShare, logId: LogId): Step {
    const id = CapabilityId.of(randomBytes(CapabilityId.size))
    const made = { logId, id, notAfter: share.until, principal: share.principal }
    // Noted first: one that is registered and not known could never be ended.
    const kept = await this.#keep(doc => putCapability(doc, share.id, made))
    if (!kept.ok) return kept
    const sign = (owner: SigningKey) => shareCapability(share, made, owner)
    return registerSigned(this.#account.client, logId, this.#ownersOf(logId), sign)
  }

  #ownersOf(logId: LogId): SigningKey[] {
    return (this.#keysOf(logId)?.owners ?? []).map(({ key }) => key)
  }

  /** Keys of EPOCHs that were not sealed to who has the log: a device of ours that wrote one did not know of them. */
  async #tellKeys(): Step {
    const { contacts } = await this.#office.book()
    const lacking = (await this.shares()).filter(share => {
      const contact = contacts.find(one => one.id === share.contact)
      const isLevel = share.endedBy === undefined && !share.isPaused && share.told > 0 && share.told >= share.version
      return isLevel && contact !== undefined && this.#marksOf(share, contact).some(mark => !share.keysTold.has(mark))
    })
    if (lacking.length === 0) return ok(undefined)
    return this.#keep(doc => lacking.forEach(({ id }) => changeShare(doc, id, {})))
  }

  #marksOf(share: KnownShare, { card }: KnownContact): string[] {
    return marksOfKeys(this.#logsOf(share), card.shareKem)
  }

  async #tell(): Step {
    const { contacts, removed } = await this.#office.book()
    const untold = (await this.shares()).filter(one => isUntold(one, this.#isRemoved, this.#office.now()))
    return everyStep(
      untold.map(share => async () => {
        const contact = [...contacts, ...removed].find(one => one.id === share.contact)
        const marks = contact === undefined || share.isPaused ? [] : this.#marksOf(share, contact)
        const told = contact === undefined ? ok(true) : await this.#tellOne(share, contact)
        if (!told.ok || !told.value) return told.ok ? ok(undefined) : told
        const kept = await this.#keep(doc => {
          if (share.endedBy === undefined) putSeedTold(doc, share.id, share.principal, share.version)
          putKeysTold(doc, share.id, marks)
          putToldVersion(doc, share.id, share.version, this.#account.deviceId)
        })
        if (kept.ok) await this.#seeds.drop(share.id)
        return kept
      }),
    )
  }

  /** False when only the device that made the share's G can tell of it: it has the seed. */
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
    for (const [section, log] of share.isPaused ? [] : this.#sectionLogsOf(share)) {
      if (capabilityOf(share, log) === undefined || !(await this.#isLetIn(share, log, section))) return false
    }
    return true
  }

  #grantedLogs(share: KnownShare): GrantedLog[] {
    return this.#logsOf(share).flatMap(log => {
      const keys = this.#keysOf(log.id)
      const made = capabilityOf(share, log)
      if (keys === undefined || keys.section === 'home' || keys.section === 'private' || made === undefined) return []
      const { section, genesis, epochs, owners } = keys
      const owner = owners[0]?.key
      if (owner === undefined) throw new Error('Cannot sign a capability: the keyring does not know the owner key')
      return [{ section, genesis, epochs, capability: shareCapability(share, made, owner) }]
    })
  }

  /** Empty once it is over. */
  #logsOf(share: KnownShare): SealedLog[] {
    return this.#sectionLogsOf(share).map(([, log]) => log)
  }

  #sectionLogsOf(share: KnownShare): (readonly [Section, SealedLog])[] {
    if (share.endedBy !== undefined) return []
    return share.sections.flatMap(section => {
      const log = this.#account.logs.sections.get(section)
      return log === undefined ? [] : [[section, log] as const]
    })
  }

  #keysOf(logId: LogId): LogKeys | undefined {
    return this.#account.keyring.logs.find(one => one.logId === logId)
  }

  async #keep(edit: (doc: GivenDocument) => void): Step {
    const kept = await this.change(edit)
    return kept.ok ? kept : fail({ kind: 'not-stored', why: kept.failure })
  }
}

/** One of those that hold as long as the share does, for the G of now. */
function capabilityOf(share: KnownShare, log: SealedLog): RegisteredCapability | undefined {
  return share.capabilities.find(made => made.logId === log.id && isOfNow(share, made))
}
