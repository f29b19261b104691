import type { KemKey, SigningKey } from '#crypto/keys.ts'
import { hash } from '#crypto/hash.ts'
import { toHex } from '#schema/bytes.ts'
import { type Instant, instant } from '#schema/instant.ts'
import { type ContactId, MailboxId, type PrincipalId } from '#schema/ids.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import { deviceKeys } from '../home/account-row.ts'
import type { Account } from '../home/account.ts'
import type { Clock, StoreFailure } from '../ports.ts'
import type { MailboxItem, RelayFailure } from '../sync/sync.ts'
import { type ContactCard, contactIdOf, isByRemoved, mailboxOf, openCard, supersedes } from './contact-card.ts'
import {
  INVITATION_LIFE_MS,
  type InvitationItem,
  invitationKeys,
  openInvitationItem,
  sealInvitationItem,
} from './invitation.ts'
import { encodeReason, type Letter, type LetterKind, openLetter, sealLetter } from './letter.ts'
import { dropToken, dueCard, mailboxKey, makeOwnCard } from './own-card.ts'
import {
  closeInvitation,
  dropInvitation,
  type KnownContact,
  type OwnInvitation,
  PEOPLE_SHARD,
  type PeopleBook,
  type PeopleDocument,
  putCard,
  putChangedCard,
  putContact,
  putInvitationTidied,
  putOwnCard,
  putTold,
  readPeople,
} from './people-document.ts'
import type { RelayClock } from './relay-clock.ts'
import { changeBy } from './take-letter.ts'

type Bytes = Uint8Array<ArrayBuffer>
type Answer<Value = void> = Result<Value, RelayFailure>
/** What stopped a round; the next one tries again. */
export type Rest = RelayFailure | { readonly kind: 'not-stored'; readonly why: StoreFailure }
export type Step = Promise<Result<void, Rest>>
/** `early`: it says nothing without another letter that has not come yet. */
export type Taken = Promise<Result<void | 'early', Rest>>

/** Who reads letters of the other kinds, and what else is to be done in a round. */
export interface Clerk {
  /** `isLevel`: all that the relay has of the home log is here. */
  take(letter: Letter, contact: KnownContact, isLevel: boolean): Taken
  round(): Step
  /** After a round, also where no relay answered. */
  endOver?(): Promise<unknown>
  /** Met once more, or by a new card: a device of either side may have been removed, or letters thrown away unread. */
  metAgain?(contact: ContactId): Step
  /** Before this contact is removed. */
  forget?(contact: KnownContact): Promise<Result<void, StoreFailure>>
}

/**
 * One after the other, also where one was refused: a contact whose mailbox takes nothing must not keep letters from others, nor a share
 * from ending. Without a relay, or with a full disk, the rest would only fail too.
 */
export async function everyStep(steps: readonly (() => Step)[]): Step {
  let answer: Awaited<Step> = ok(undefined)
  for (const step of steps) {
    const done = await step()
    if (answer.ok) answer = done
    if (!done.ok && done.failure.kind !== 'refused') break
  }
  return answer
}

/** Of one contact so many letters that came too early are left where they lie; each round fetches them again. */
const MOST_EARLY = 4

/** The mailbox before the last change of shareKem is looked into for so long. */
const OLD_MAILBOX_MS = 30 * 24 * 3600_000

/** Sends and fetches for one unlocked account. Everything here can be done twice; what was fetched is removed once it is kept and backed up. */
export class PostOffice {
  readonly #account: Account
  readonly #clock: Clock
  readonly #time: RelayClock
  readonly #name: () => string
  readonly #clerks: Clerk[] = []
  /** Answers to invitations that this process sent. */
  readonly #answered = new Set<string>()
  #lastRead: { readonly doc: Readonly<PeopleDocument>; readonly book: PeopleBook } | undefined

  /** `name`: how this person is called on their card. */
  constructor(account: Account, clock: Clock, time: RelayClock, name: () => string) {
    this.#account = account
    this.#clock = clock
    this.#time = time
    this.#name = name
  }

  employ(clerk: Clerk): void {
    this.#clerks.push(clerk)
  }

  get me(): PrincipalId {
    return this.#account.keyring.principal
  }

  /** Read anew only when the document is another one: every card's signatures are checked. */
  async book(): Promise<PeopleBook> {
    const doc = await this.#account.logs.home.log.read<PeopleDocument>(PEOPLE_SHARD)
    if (this.#lastRead?.doc !== doc) this.#lastRead = { doc, book: readPeople(doc) }
    return this.#lastRead.book
  }

  /** Durable when it answers ok. */
  async change(edit: (doc: PeopleDocument) => void): Promise<Result<void, StoreFailure>> {
    const { log } = this.#account.logs.home
    await log.change<PeopleDocument>(PEOPLE_SHARD, edit)
    return log.flush()
  }

  /** By the relay's clock it is not earlier: as it told this process or the one before. */
  atLeast(): Instant {
    return this.#time.atLeast()
  }

  /** Now, as the relay's clock has it: ours may be wrong by years. */
  now(): Instant {
    return this.#time.now()
  }

  /** Our card as it is to be from now on; written down before it is shown to anybody. */
  async ownCard(): Promise<Result<Bytes, StoreFailure>> {
    const { own } = await this.book()
    const due = dueCard(own, this.#account.keyring, this.#name())
    const kept = due === undefined ? ok(undefined) : await this.change(doc => putOwnCard(doc, due))
    return kept.ok ? ok(makeOwnCard(this.#account, due ?? own)) : kept
  }

  /** Leaves our card where the invitation's guest looks for it. */
  async postInvitation(secret: Bytes, createdAt: Instant): Promise<Result<void, Rest>> {
    const card = await this.ownCard()
    if (!card.ok) return fail({ kind: 'not-stored', why: card.failure })
    const keys = invitationKeys(secret)
    const endsAt = instant(createdAt + INVITATION_LIFE_MS)
    return this.#drop(keys.toGuest, sealInvitationItem(keys.channel, { kind: 'card', card: card.value, endsAt }))
  }

  /** What lies there for the guest. */
  async readInvitation(secret: Bytes): Promise<Answer<readonly InvitationItem[]>> {
    const keys = invitationKeys(secret)
    const items = await this.#account.client.take(keys.toGuest)
    if (!items.ok) return items
    return ok(items.value.flatMap(({ item }) => openInvitationItem(keys.channel, item) ?? []))
  }

  /** Everything there is to send and to fetch, once. Answers the first thing that stopped a step; the others are done all the same. */
  async round(): Step {
    const done = await this.#round()
    await this.#time.asked(done.ok || done.failure.kind !== 'unreachable')
    return done
  }

  async #round(): Step {
    return everyStep([
      () => this.#answerInvitations(),
      () => this.#fetchGuests(),
      () => this.#tidyInvitations(),
      () => this.#fetchLetters(),
      () => this.#tellCard(),
      ...this.#clerks.map(clerk => () => clerk.round()),
    ])
  }

  // ── as a guest ──

  async #answerInvitations(): Step {
    const waiting = (await this.book()).contacts.flatMap(({ via }) =>
      via === undefined || this.#answered.has(toHex(via)) ? [] : via,
    )
    return everyStep(waiting.map(via => () => this.#answerInvitation(via)))
  }

  async #answerInvitation(via: Bytes): Step {
    const card = await this.ownCard()
    if (!card.ok) return fail({ kind: 'not-stored', why: card.failure })
    const keys = invitationKeys(via)
    const item = sealInvitationItem(keys.channel, { kind: 'card', card: card.value, endsAt: instant(0) })
    const dropped = await this.#drop(keys.toInviter, item)
    if (dropped.ok) this.#answered.add(toHex(via))
    return dropped
  }

  // ── as an inviter ──

  async #fetchGuests(): Step {
    const { invitations } = await this.book()
    return everyStep(invitations.map(invitation => () => this.#fetchGuestsOf(invitation)))
  }

  async #fetchGuestsOf(invitation: OwnInvitation): Step {
    const keys = invitationKeys(invitation.secret)
    const items = await this.#account.client.take(keys.toInviter)
    if (!items.ok) return items
    for (const { item } of items.value) {
      const opened = openInvitationItem(keys.channel, item)
      const card = opened?.kind === 'card' ? openCard(opened.card) : undefined
      if (opened?.kind !== 'card' || !card?.ok) continue
      const met = await this.#admit(invitation.id, card.value, opened.card)
      // Whose own mailbox does not take the reason never hears it.
      if (!met.ok && met.failure.kind !== 'refused') return met
    }
    return this.#removeKept(keys.toInviter, items.value)
  }

  /** The first good card; any other is told why not. The same one again, or who is known already, hears welcome again. */
  async #admit(id: OwnInvitation['id'], card: ContactCard, bytes: Bytes): Step {
    const book = await this.book()
    const invitation = book.invitations.find(one => one.id === id)
    if (invitation === undefined || card.idSign === this.me) return ok(undefined)
    const met = book.contacts.find(one => one.card.idSign === card.idSign)
    if (invitation.usedBy === card.idSign && met !== undefined) return this.#welcome(met, card, bytes)
    const reason = invitation.closed ?? (this.#isOver(invitation) ? 'expired' : undefined)
    // Whoever is known needs no invitation, and waits for an answer all the same.
    const isKnown = met !== undefined && met.via === undefined && met.refusal === undefined
    if (reason !== undefined && isKnown) return this.#welcome(met, card, bytes)
    if (reason !== undefined) return this.write(card, 'invitation-closed', encodeReason(reason))
    const at = this.#clock.now()
    const contactId = met?.id ?? contactIdOf(card.idSign)
    // Whoever is known by these keys is nobody else with new ones.
    const known = met ?? book.contacts.find(one => one.id === (invitation.forContact ?? contactId))
    const isChanged = known !== undefined && known.card.idSign !== card.idSign
    // A stolen device does not use up the invitation.
    if (known !== undefined && !isChanged && isByRemoved(card, known.card)) return ok(undefined)
    const kept = await this.#keep(doc => {
      if (isChanged) putChangedCard(doc, known.id, bytes)
      else putContact(doc, contactId, { card, bytes, at })
      closeInvitation(doc, id, 'used', card.idSign)
    })
    return kept.ok && met !== undefined ? this.#metAgain(met.id) : kept
  }

  /** Who answers once more: by a newer card of another device, maybe, and what went by the one before reaches nobody any more. */
  async #welcome({ id, card: known }: KnownContact, card: ContactCard, bytes: Bytes): Step {
    const isNewer = supersedes(card, known)
    const kept = await this.#keep(doc => {
      if (isNewer) putCard(doc, id, bytes)
      putTold(doc, id, 0)
    })
    return kept.ok && isNewer ? this.#metAgain(id) : kept
  }

  async #metAgain(contact: ContactId): Step {
    return everyStep(this.#clerks.map(clerk => async () => (await clerk.metAgain?.(contact)) ?? ok(undefined)))
  }

  #isOver({ createdAt }: OwnInvitation): boolean {
    return this.now() >= createdAt + INVITATION_LIFE_MS
  }

  /** Puts the reason where the card lay, and forgets what is long over. */
  async #tidyInvitations(): Step {
    const { invitations } = await this.book()
    return everyStep(
      invitations.flatMap(invitation => {
        const isOver = this.#isOver(invitation)
        if (isOver && invitation.isTidied) return () => this.#keep(doc => dropInvitation(doc, invitation.id))
        const isOpen = invitation.closed === undefined && !isOver
        return invitation.isTidied || isOpen ? [] : () => this.#tidy(invitation)
      }),
    )
  }

  async #tidy({ id, secret, closed = 'expired' }: OwnInvitation): Step {
    const keys = invitationKeys(secret)
    const items = await this.#account.client.take(keys.toGuest)
    if (!items.ok) return items
    const note = sealInvitationItem(keys.channel, { kind: 'closed', reason: closed })
    const noted = await this.#drop(keys.toGuest, note)
    if (!noted.ok) return noted
    for (const item of items.value) {
      const removed = await this.#account.client.remove(keys.toGuest, item)
      if (!removed.ok) return removed
    }
    return this.#keep(doc => {
      closeInvitation(doc, id, closed)
      putInvitationTidied(doc, id)
    })
  }

  // ── letters ──

  async #fetchLetters(): Step {
    const kems = this.#shareKems()
    return everyStep(kems.map(kem => () => this.#fetchLettersOf(mailboxKey(kem.secretKey), kems)))
  }

  async #fetchLettersOf(box: SigningKey, kems: readonly KemKey[]): Step {
    const items = await this.#account.client.take(box)
    if (!items.ok || items.value.length === 0) return items.ok ? ok(undefined) : items
    // They may answer what another device of ours said, which had told the relay before.
    const level = await this.#account.levelHome()
    const early = new Set<MailboxItem>()
    const earlyFrom = new Map<PrincipalId, number>()
    for (const item of items.value) {
      const letter = openLetter(item.item, this.me, kems)
      if (!letter.ok) continue
      const { from } = letter.value
      const read = await this.#take(letter.value, level.ok)
      if (!read.ok) return read
      const before = earlyFrom.get(from) ?? 0
      if (read.value !== 'early' || before >= MOST_EARLY) continue
      early.add(item)
      earlyFrom.set(from, before + 1)
    }
    const through = items.value.filter(item => !early.has(item))
    return level.ok ? this.#removeKept(box, through) : level
  }

  /** Newest first; the ones before the last change for a while. */
  #shareKems(): readonly KemKey[] {
    const { shareKem, formerShareKems } = this.#account.keyring
    const recent = formerShareKems.filter(former => this.now() - former.until < OLD_MAILBOX_MS)
    return [shareKem, ...recent.map(former => former.key)]
  }

  /**
   * Of people who are not known here nothing is read; of who was removed a newer card, as what both had is over is to be told to the
   * devices that they have now.
   */
  async #take(letter: Letter, isLevel: boolean): Taken {
    const { contacts, removed } = await this.book()
    const isFrom = ({ card }: KnownContact) => card.idSign === letter.from
    const known = contacts.find(isFrom)
    const contact = known ?? (letter.kind === 'card' ? removed.find(isFrom) : undefined)
    if (contact === undefined || isByRemoved(letter, contact.card)) return ok(undefined)
    const change = changeBy(letter, contact)
    if (change !== undefined) {
      const kept = await this.#keep(change)
      return kept.ok && letter.kind === 'card' ? this.#metAgain(contact.id) : kept
    }
    for (const clerk of known === undefined ? [] : this.#clerks) {
      const taken = await clerk.take(letter, contact, isLevel)
      if (!taken.ok || taken.value === 'early') return taken
    }
    return ok(undefined)
  }

  /**
   * Whoever is new, and everybody once our card changed. Whoever took our invitation knows us, also while they have to answer us who took
   * theirs: two who took one another's would wait for each other for ever.
   */
  async #tellCard(): Step {
    const { contacts, invitations } = await this.book()
    const guests = new Set(invitations.map(({ usedBy }) => usedBy))
    const met = contacts.filter(
      ({ via, refusal, card }) => refusal === undefined && (via === undefined || guests.has(card.idSign)),
    )
    if (met.length === 0) return ok(undefined)
    const card = await this.ownCard()
    if (!card.ok) return fail({ kind: 'not-stored', why: card.failure })
    const { own } = await this.book()
    return everyStep(
      met
        .filter(({ toldNumber }) => toldNumber < own.number)
        .map(contact => async () => {
          const written = await this.write(contact.card, 'card', card.value)
          return written.ok ? this.#keep(doc => putTold(doc, contact.id, own.number)) : written
        }),
    )
  }

  /** Drops a letter into the mailbox that the card names. */
  async write(card: ContactCard, kind: LetterKind, body: Bytes): Promise<Answer> {
    const { row } = this.#account
    const letter = { to: card.idSign, from: this.me, chain: row.chain, kind, body }
    const sealed = sealLetter(letter, deviceKeys(row.seeds).device, card.shareKem)
    return this.#account.client.drop(mailboxOf(card), card.dropToken, sealed)
  }

  #drop(mailbox: SigningKey, item: Bytes): Promise<Answer> {
    const id = MailboxId.of(hash(mailbox.publicKey))
    return this.#account.client.drop(id, dropToken(mailbox), item)
  }

  /** Not before what they said is backed up: this device may be lost. */
  async #removeKept(box: SigningKey, items: readonly MailboxItem[]): Step {
    const settled = items.length > 0 ? await this.#account.settle() : ok(undefined)
    if (!settled.ok) return settled
    for (const item of items) {
      const removed = await this.#account.client.remove(box, item)
      if (!removed.ok) return removed
    }
    return ok(undefined)
  }

  async #keep(edit: (doc: PeopleDocument) => void): Step {
    const kept = await this.change(edit)
    return kept.ok ? kept : fail({ kind: 'not-stored', why: kept.failure })
  }
}
