import { safetyNumber } from '#crypto/safety-number.ts'
import { randomBytes } from '#crypto/sodium.ts'
import { ContactId, idBytes, InvitationId, type PrincipalId } from '#schema/ids.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import type { Clock, Ports } from '../ports.ts'
import type { SaveFailure } from '../session.ts'
import type { CompareFailure, Invitation, Inviter, People, SafetyNumber } from '../people-session.ts'
import type { OpenVault, VaultSlot } from '../vault/open-vault.ts'
import { shownName } from '../shown-name.ts'
import { Watched } from '../watched.ts'
import { contactIdOf } from './contact-card.ts'
import { INVITATION_BYTES } from './invitation.ts'
import { asMeeting, type Met, openInvitation } from './open-invitation.ts'
import {
  closeInvitation,
  endWaiting,
  type KnownContact,
  PEOPLE_SHARD,
  type PeopleDocument,
  putChangedCard,
  putCompared,
  putContact,
  putContactName,
  putContactRemoved,
  putDiffers,
  putInvitation,
} from './people-document.ts'
import { GUARDIANS_SHARD } from '../kept/guardians-document.ts'
import { KEPT_SHARD } from '../kept/kept-document.ts'
import { NOTICES_SHARD } from './endings.ts'
import { LOOKS_SHARD } from './looks-document.ts'
import { NextLook } from './next-look.ts'
import type { Clerk } from './clerk.ts'
import type { PostOffice } from './post-office.ts'
import { GIVEN_SHARD } from './given-document.ts'
import { RECEIVED_SHARD } from './received-document.ts'
import type { SharedSync } from './shared-engines.ts'
import { makeSharing, type Sharing } from './sharing.ts'
import { shownInvitation, shownPeople } from './shown-people.ts'

type Saved = Promise<Result<void, SaveFailure>>

const NOBODY: People = { contacts: [], invitations: [] }

interface PeopleOptions {
  /** Not so of an account that somebody else manages: what others share with its owner, or write to them, is for them alone. */
  readonly readsOthers?: boolean
  /** Not so of an account under a pseudonym: where its relay is could tell whose it is. */
  readonly namesRelay?: boolean
  readonly onSharedSync?: (shared: SharedSync) => void
}

/** People one has met, and how: invitations, letters, safety numbers. Rounds go from unlock to lock. */
export class PeopleDesk {
  readonly people = new Watched<People>(NOBODY)
  readonly #clock: Clock
  readonly #ports: Ports
  readonly #slot: VaultSlot
  readonly #readsOthers: boolean
  readonly #namesRelay: boolean
  readonly #onSharedSync: (shared: SharedSync) => void
  readonly #listeners = new Set<(sharing: Sharing | undefined) => void>()
  readonly #clerks: Clerk[] = []
  readonly #nextLook = new NextLook()
  #sharing: Sharing | undefined
  #cancelRound: (() => void) | undefined
  #rounds: Promise<void> = Promise.resolve()

  constructor(
    slot: VaultSlot,
    ports: Ports,
    { readsOthers = true, namesRelay = true, onSharedSync = () => undefined }: PeopleOptions = {},
  ) {
    this.#readsOthers = readsOthers
    this.#namesRelay = namesRelay
    this.#onSharedSync = onSharedSync
    this.#clock = ports.clock
    this.#ports = ports
    this.#slot = slot
    slot.onOpen(vault => this.#follow(vault))
  }

  /** Beside shares: who reads other letters of every vault that opens from now on. */
  employ(clerk: Clerk): void {
    this.#clerks.push(clerk)
  }

  /** Of the open vault; undefined while it is locked, for a sample, and on a device that was removed. */
  get sharing(): Sharing | undefined {
    return this.#sharing
  }

  /** Calls whenever shares, or the records behind them, may have changed. */
  onSharing(listener: (sharing: Sharing | undefined) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  get #office(): PostOffice | undefined {
    return this.#sharing?.office
  }

  async invite(contact?: string): Met<Invitation> {
    const office = this.#office
    if (office === undefined) return fail({ kind: 'not-here' })
    const known = contact === undefined ? undefined : await this.#contact(office, contact)
    if (contact !== undefined && known === undefined) return fail({ kind: 'not-found' })
    const invitation = {
      id: InvitationId.of(randomBytes(InvitationId.size)),
      secret: randomBytes(INVITATION_BYTES),
      createdAt: office.now(),
      ...(known === undefined ? {} : { forContact: known.id }),
    }
    const kept = await office.change(doc => putInvitation(doc, invitation))
    if (!kept.ok) return fail({ kind: 'not-stored', why: kept.failure })
    const posted = await office.postInvitation(invitation.secret, invitation.createdAt)
    if (!posted.ok) {
      await office.change(doc => closeInvitation(doc, invitation.id, 'withdrawn'))
      return fail(asMeeting(posted.failure))
    }
    this.roundSoon(this.#nextLook.delayMs(true))
    return ok(shownInvitation(invitation, office.addressAt(invitation.createdAt)))
  }

  async withdraw(id: string): Met {
    const office = this.#office
    const invitation = office && (await office.book()).invitations.find(one => one.id === id)
    if (office === undefined) return fail({ kind: 'not-here' })
    if (invitation === undefined) return fail({ kind: 'not-found' })
    const closed = await office.change(doc => closeInvitation(doc, invitation.id, 'withdrawn'))
    if (!closed.ok) return fail({ kind: 'not-stored', why: closed.failure })
    await this.checkMail()
    return ok(undefined)
  }

  async read(text: string): Met<Inviter> {
    const found = await openInvitation(this.#office, text)
    if (!found.ok) return found
    const { office, card } = found.value
    const { contacts } = await office.book()
    return ok({
      name: shownName(card.name),
      isKnown: contacts.some(one => one.card.idSign === card.idSign),
      ...(office.isOwnRelay(card.relay) ? {} : { relay: card.relay }),
    })
  }

  async accept(text: string): Met<{ readonly contactId: string }> {
    const found = await openInvitation(this.#office, text)
    if (!found.ok) return found
    const { office, secret, card, bytes } = found.value
    const met = { card, bytes, at: this.#clock.now(), via: secret }
    // Also under an id of keys that they had before.
    const same = (await office.book()).contacts.find(one => one.card.idSign === card.idSign)
    const id = same?.id ?? contactIdOf(card.idSign)
    const known = same ?? (await this.#contact(office, id))
    const kept = await office.change(doc => {
      // The keys they had before: nothing goes back to them unless this person says so.
      if (known !== undefined && known.card.idSign !== card.idSign) putChangedCard(doc, id, bytes)
      else putContact(doc, id, met)
    })
    if (!kept.ok) return fail({ kind: 'not-stored', why: kept.failure })
    office.takenAgain(secret)
    await this.checkMail()
    return ok({ contactId: id })
  }

  async safetyNumber(id: string): Promise<SafetyNumber | undefined> {
    const office = this.#office
    const contact = office && (await this.#contact(office, id))
    if (contact === undefined) return undefined
    const { idSign } = contact.changedCard?.card ?? contact.card
    return safetyNumber(idBytes(office!.me), idBytes(idSign))
  }

  /** Only what was compared is taken: meanwhile they may have come back with other keys, once more too. */
  async markCompared(id: string, digits?: string): Promise<Result<void, CompareFailure>> {
    const compared = await this.#comparedCard(id, digits)
    if (digits !== undefined && compared === undefined) return fail({ kind: 'other-number' })
    // The day stands on the page for years: it must not be that of a clock that was wrong.
    const at = this.#office?.now() ?? this.#clock.now()
    return this.#changeContact(id, (doc, contact) => {
      if (compared?.isChanged === true) takeChanged(doc, { id: contact.id, changedCard: compared }, this.#clock)
      const key = compared?.card.idSign
      putCompared(doc, contact.id, key === undefined ? undefined : { key, at })
    })
  }

  /** With changed keys none were taken, and nothing was compared that would have to go. */
  async markDiffering(id: string, digits: string): Promise<Result<void, CompareFailure>> {
    const seen = await this.#comparedCard(id, digits)
    if (seen === undefined) return fail({ kind: 'other-number' })
    if (seen.isChanged) return ok(undefined)
    return this.#changeContact(id, (doc, contact) => putDiffers(doc, contact.id, seen.card.idSign))
  }

  /** Whether this number is that of keys with which they came back, and about which this person has not decided yet. */
  async isOfChangedKeys(id: string, digits: string): Promise<boolean> {
    return (await this.#comparedCard(id, digits))?.isChanged === true
  }

  /** Of which card this is the number; none of what is known by now. */
  async #comparedCard(id: string, digits: string | undefined) {
    const office = this.#office
    const contact = office && digits !== undefined ? await this.#contact(office, id) : undefined
    if (office === undefined || contact === undefined) return undefined
    const { changedCard, card } = contact
    const isOf = (key: PrincipalId) => safetyNumber(idBytes(office.me), idBytes(key)).digits === digits
    if (changedCard !== undefined && isOf(changedCard.card.idSign)) return { ...changedCard, isChanged: true }
    return changedCard === undefined && isOf(card.idSign)
      ? { card, bytes: new Uint8Array(0), isChanged: false }
      : undefined
  }

  async decideChangedKeys(id: string, decision: 'use' | 'keep'): Saved {
    return this.#changeContact(id, (doc, contact) => {
      if (decision === 'use') return takeChanged(doc, contact, this.#clock)
      putChangedCard(doc, contact.id, undefined)
      endWaiting(doc, contact.id)
    })
  }

  async rename(id: string, name: string): Saved {
    if (name.trim() === '') return fail({ kind: 'invalid', field: 'name' })
    return this.#changeContact(id, (doc, contact) => putContactName(doc, contact.id, shownName(name)))
  }

  /** What either shares with the other ends first, and they hear of it when the relay can be reached. */
  async remove(id: string): Saved {
    const sharing = this.#sharing
    const contact = sharing && (await this.#contact(sharing.office, id))
    if (sharing === undefined) return fail({ kind: 'not-found' })
    if (contact === undefined) {
      const { removed } = await sharing.office.book()
      return removed.some(one => one.id === id) ? ok(undefined) : fail({ kind: 'not-found' })
    }
    const ended = await sharing.given.endAll(contact.id)
    let left = ended.ok ? await sharing.received.leaveAll(contact.id) : ended
    for (const clerk of this.#clerks) if (left.ok) left = (await clerk.forget?.(contact)) ?? left
    if (!left.ok) return fail({ kind: 'not-stored', why: left.failure })
    await this.checkMail()
    return this.#changeContact(id, (doc, contact) => putContactRemoved(doc, contact.id, this.#clock.now()))
  }

  /** One round now; resolves when it is through, whatever came of it. */
  async checkMail(): Promise<void> {
    this.#cancelRound?.()
    const office = this.#office
    if (office === undefined) return
    const round = this.#rounds.then(() => this.#round(office))
    // One that broke off is told to who asked for it, and keeps no later one from beginning nor the vault from saving when it closes.
    this.#rounds = round.catch(() => undefined)
    await round
  }

  #follow(vault: OpenVault): () => void {
    const { account } = vault
    if (account.row.isSample || account.isRemoved) return () => undefined
    const sharing = makeSharing(vault, {
      ports: this.#ports,
      namesRelay: this.#namesRelay,
      record: () => this.#slot.open?.record,
      clerks: this.#clerks,
      onChange: () => this.#changed(),
      onSharedSync: this.#onSharedSync,
      onUnwatched: () => this.#hurry(),
    })
    this.#sharing = sharing
    const { office, received, time } = sharing
    const followReceived = () => {
      if (this.#readsOthers) void received.records.follow().catch(ignoreAfter(() => this.#sharing === sharing))
    }
    const stops = [
      account.logs.home.watch(PEOPLE_SHARD, () => void this.#tell(office)),
      account.logs.home.watch(GIVEN_SHARD, () => this.#changed()),
      account.logs.home.watch(LOOKS_SHARD, () => this.#changed()),
      account.logs.home.watch(NOTICES_SHARD, () => this.#changed()),
      account.logs.home.watch(GUARDIANS_SHARD, () => this.#changed()),
      account.logs.home.watch(KEPT_SHARD, () => this.#changed()),
      account.logs.home.watch(RECEIVED_SHARD, followReceived),
    ]
    this.#slot.beforeClose(async () => {
      await this.#rounds
      await time.save()
      await received.close()
    })
    void this.#tell(office)
    followReceived()
    this.roundSoon(0)
    return () => {
      for (const stop of stops) stop()
      this.#cancelRound?.()
      this.#sharing = undefined
      this.people.set(NOBODY)
      this.#changed()
    }
  }

  #changed(): void {
    for (const listener of this.#listeners) listener(this.#sharing)
  }

  /** The platform's hint; for the records that others share. */
  setOnline(isOnline: boolean): void {
    this.#sharing?.received.records.setOnline(isOnline)
  }

  tryNow(): void {
    this.#sharing?.received.records.tryNow()
  }

  roundSoon(delayMs = 0): void {
    this.#cancelRound?.()
    this.#cancelRound = this.#clock.after(delayMs, () => void this.checkMail())
  }

  #hurry(): void {
    this.#nextLook.hurry()
    this.roundSoon(this.#nextLook.delayMs(false))
  }

  /** Locking cuts a round short, wherever it is: the next unlock begins anew. */
  async #round(office: PostOffice): Promise<void> {
    try {
      await office.round()
      const received = this.#readsOthers ? this.#sharing?.received : undefined
      await received?.endOver()
      for (const clerk of this.#clerks) await clerk.endOver?.()
      await received?.records.lookForOver()
      if (this.#office === office) this.#changed()
      if (this.#office === office) this.roundSoon(this.#nextLook.delayMs(await isAwaiting(office)))
    } catch (cause) {
      if (this.#office !== office) return
      this.roundSoon(this.#nextLook.delayMs(false))
      throw cause
    }
  }

  async #tell(office: PostOffice): Promise<void> {
    const book = await office.book().catch((cause: unknown) => {
      if (this.#office === office) throw cause
    })
    if (book === undefined || this.#office !== office) return
    this.people.set(shownPeople(book, office))
  }

  async #contact(office: PostOffice, id: string): Promise<KnownContact | undefined> {
    const contactId = ContactId.parse(id)
    return (await office.book()).contacts.find(one => one.id === contactId)
  }

  async #changeContact(id: string, edit: (doc: PeopleDocument, contact: KnownContact) => void): Saved {
    const office = this.#office
    if (office === undefined) return fail({ kind: 'locked' })
    const contact = await this.#contact(office, id)
    if (contact === undefined) return fail({ kind: 'not-found' })
    const kept = await office.change(doc => edit(doc, contact))
    if (!kept.ok) return fail({ kind: 'not-stored', why: kept.failure })
    this.roundSoon()
    return ok(undefined)
  }
}

/** Whatever goes wrong after a lock is nobody's concern: the logs are closed. */
function ignoreAfter(isStill: () => boolean): (cause: unknown) => void {
  return cause => {
    if (isStill()) throw cause
  }
}

function takeChanged(doc: PeopleDocument, contact: Pick<KnownContact, 'id' | 'changedCard'>, clock: Clock): void {
  const { changedCard } = contact
  if (changedCard === undefined) return
  putContact(doc, contact.id, { ...changedCard, at: clock.now() })
  putChangedCard(doc, contact.id, undefined)
}

async function isAwaiting(office: PostOffice): Promise<boolean> {
  const { contacts, invitations } = await office.book()
  return contacts.some(one => one.via !== undefined) || invitations.some(one => one.closed === undefined)
}
