import type { KemKey, SigningKey } from '#crypto/keys.ts'
import { hash } from '#crypto/hash.ts'
import { toHex } from '#schema/bytes.ts'
import { type Instant, instant } from '#schema/instant.ts'
import { type ContactId, MailboxId, type PrincipalId } from '#schema/ids.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import { deviceKeys } from '../home/account-row.ts'
import type { Account } from '../home/account.ts'
import { formerRelay } from '../home/relay-document.ts'
import type { Clock, StoreFailure } from '../ports.ts'
import type { MailboxItem, RelayFailure } from '../sync/sync.ts'
import { type Clerk, everyStep, type Rest, type Step, type Taken } from './clerk.ts'
import { type ContactCard, isByRemoved, mailboxOf } from './contact-card.ts'
import {
  INVITATION_LIFE_MS,
  type InvitationItem,
  invitationKeys,
  openInvitationItem,
  sealInvitationItem,
} from './invitation.ts'
import { type Letter, type LetterKind, openLetter, sealLetter } from './letter.ts'
import { markOf, OwnInvitations } from './own-invitations.ts'
import { dropToken, dueCard, mailboxKey, makeOwnCard } from './own-card.ts'
import {
  type KnownContact,
  PEOPLE_SHARD,
  type PeopleBook,
  type PeopleDocument,
  putCardHeard,
  putOwnCard,
  putTold,
  readPeople,
} from './people-document.ts'
import type { RelayClock } from './relay-clock.ts'
import { changeBy, tellsAgain } from './take-letter.ts'

type Bytes = Uint8Array<ArrayBuffer>
type Answer<Value = void> = Result<Value, RelayFailure>

/** Of one contact so many letters that came too early are left where they lie; each round fetches them again. */
const MOST_EARLY = 4

/** Of one contact so many letters that tell the card which is here already are heard, until they have another one. */
const MOST_CARDS_HEARD = 16

/** The mailbox before the last change of shareKem is looked into for so long. */
const OLD_MAILBOX_MS = 30 * 24 * 3600_000

/** Sends and fetches for one unlocked account. Everything here can be done twice; what was fetched is removed once it is kept and backed up. */
export class PostOffice {
  readonly #account: Account
  readonly #time: RelayClock
  readonly #name: () => string
  readonly #relay: string
  readonly #invitations: OwnInvitations
  readonly #clerks: Clerk[] = []
  /** Answers to invitations that this process sent, and our card's number in each. */
  readonly #answered = new Map<string, number>()
  #lastRead: { readonly doc: Readonly<PeopleDocument>; readonly book: PeopleBook } | undefined

  /** `name`: how this person is called on their card. `relay`: where others find them; empty where nobody is told. */
  constructor(account: Account, clock: Clock, time: RelayClock, name: () => string, relay = '') {
    this.#account = account
    this.#time = time
    this.#name = name
    this.#relay = relay
    this.#invitations = new OwnInvitations(account, clock, {
      me: this.me,
      book: () => this.book(),
      now: () => this.now(),
      write: (card, kind, body) => this.write(card, kind, body),
      keep: edit => this.#keep(edit),
      drop: (mailbox, item, relay) => this.#drop(mailbox, item, relay),
      removeKept: (relay, box, items) => this.#removeKept(relay, box, items),
      tellCard: () => this.#tellCard(),
      metAgain: contact => this.#metAgain(contact),
    })
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
    const { address } = this.#account.relay
    const here = { relay: this.#relay, hasMoved: address !== undefined && this.#relay !== '' }
    const due = dueCard(own, this.#account.keyring, this.#name(), here)
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

  /** What lies at that relay for the guest. */
  async readInvitation(secret: Bytes, relay: string): Promise<Answer<readonly InvitationItem[]>> {
    const keys = invitationKeys(secret)
    const items = await this.#account.relays.clientOf(relay).take(keys.toGuest)
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
      () => this.#invitations.fetchGuests(),
      () => this.#invitations.tidy(),
      () => this.#fetchLetters(),
      () => this.#tellCard(),
      ...this.#clerks.map(clerk => () => clerk.round()),
    ])
  }

  // ── as a guest ──

  /** Once, and again with each newer card: what they wrote by the one before a removed device may have read and thrown away. */
  async #answerInvitations(): Step {
    const waiting = (await this.book()).contacts.flatMap(({ via, card }) =>
      via === undefined ? [] : [{ via, relay: card.relay }],
    )
    if (waiting.length === 0) return ok(undefined)
    const card = await this.ownCard()
    if (!card.ok) return fail({ kind: 'not-stored', why: card.failure })
    const { number } = (await this.book()).own
    const unanswered = waiting.filter(({ via }) => (this.#answered.get(toHex(via)) ?? 0) < number)
    return everyStep(unanswered.map(one => () => this.#answerInvitation(one, card.value, number)))
  }

  /** This person took it once more, and waits once more. */
  takenAgain(via: Bytes): void {
    this.#answered.delete(toHex(via))
  }

  /** Where the invitation is, there is who made it. */
  async #answerInvitation(
    { via, relay }: { readonly via: Bytes; readonly relay: string },
    card: Bytes,
    number: number,
  ): Step {
    const keys = invitationKeys(via)
    const item = sealInvitationItem(keys.channel, { kind: 'card', card, endsAt: instant(0) })
    const dropped = await this.#drop(keys.toInviter, item, this.#account.relays.nameSaid(relay))
    if (dropped.ok) this.#answered.set(toHex(via), number)
    return dropped
  }

  async #metAgain(contact: ContactId): Step {
    return everyStep(this.#clerks.map(clerk => async () => (await clerk.metAgain?.(contact)) ?? ok(undefined)))
  }

  // ── letters ──

  async #fetchLetters(): Step {
    const kems = this.#shareKems()
    return everyStep(
      this.#account.mailRelays.flatMap(relay =>
        kems.map(kem => () => this.#fetchLettersOf(relay, mailboxKey(kem.secretKey), kems)),
      ),
    )
  }

  async #fetchLettersOf(relay: string, box: SigningKey, kems: readonly KemKey[]): Step {
    const items = await this.#account.relays.clientOf(relay).take(box)
    // The relay before a move may be gone.
    if (!items.ok || items.value.length === 0) return items.ok || relay !== '' ? ok(undefined) : items
    // They may answer what another device of ours said, which had told the relay before.
    const level = await this.#account.levelHome()
    const early = new Set<MailboxItem>()
    const earlyFrom = new Map<PrincipalId, number>()
    for (const item of items.value) {
      const letter = openLetter(item.item, this.me, kems)
      if (!letter.ok) continue
      const { from } = letter.value
      const read = await this.#take(letter.value, markOf(item), level.ok)
      if (!read.ok) return read
      const before = earlyFrom.get(from) ?? 0
      if (read.value !== 'early' || before >= MOST_EARLY) continue
      early.add(item)
      earlyFrom.set(from, before + 1)
    }
    const through = items.value.filter(item => !early.has(item))
    return level.ok ? this.#removeKept(relay, box, through) : level
  }

  /** Newest first; the ones before the last change for a while. */
  #shareKems(): readonly KemKey[] {
    const { shareKem, formerShareKems } = this.#account.keyring
    const recent = formerShareKems.filter(former => this.now() - former.until < OLD_MAILBOX_MS)
    return [shareKem, ...recent.map(former => former.key)]
  }

  /**
   * Of people who are not known here nothing is read; of who was removed a newer card, as what both had is over is to be told to the
   * devices that they have now. `mark`: of the letter as it was sealed.
   */
  async #take(letter: Letter, mark: string, isLevel: boolean): Taken {
    const { contacts, removed, invitations } = await this.book()
    const isFrom = ({ card }: KnownContact) => card.idSign === letter.from
    const known = contacts.find(isFrom)
    const contact = known ?? (letter.kind === 'card' ? removed.find(isFrom) : undefined)
    if (contact === undefined || isByRemoved(letter, contact.card)) return ok(undefined)
    const isGuest = invitations.some(({ usedBy }) => usedBy === letter.from)
    const change = changeBy(letter, contact, isGuest)
    if (change !== undefined) {
      const kept = await this.#keep(change)
      // Another device of ours that took the same invitation may not have been heard yet: then this person waits once more.
      if (kept.ok && contact.via !== undefined) this.#answered.delete(toHex(contact.via))
      return kept.ok && letter.kind === 'card' ? this.#metAgain(contact.id) : kept
    }
    if (letter.kind === 'card') {
      const isAgain = known !== undefined && tellsAgain(letter, known.card)
      return isAgain ? this.#hearCardAgain(known, mark) : ok(undefined)
    }
    for (const clerk of known === undefined ? [] : this.#clerks) {
      const taken = await clerk.take(letter, contact, isLevel)
      if (!taken.ok || taken.value === 'early') return taken
    }
    return ok(undefined)
  }

  /**
   * Who tells us the card that we have met us anew, maybe by an invitation that only a device of ours took which was removed since: what
   * they had thrown away unread before has to be said again. Once a letter, as a relay could bring it back for ever.
   */
  async #hearCardAgain({ id, cardsHeard }: KnownContact, mark: string): Step {
    if (cardsHeard.has(mark) || cardsHeard.size >= MOST_CARDS_HEARD) return ok(undefined)
    const kept = await this.#keep(doc => putCardHeard(doc, id, mark))
    return kept.ok ? this.#metAgain(id) : kept
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

  /** Where guests look for an invitation of that time; undefined where nobody has said. */
  addressAt(createdAt: Instant): string | undefined {
    const { relay, relays } = this.#account
    const isOfBefore = relay.movedAt !== undefined && createdAt < relay.movedAt
    return isOfBefore ? formerRelay(relay) : relays.own
  }

  /** What a card says, or an entry of the home log. */
  isOwnRelay(relay: string): boolean {
    return this.#account.relays.nameSaid(relay) === ''
  }

  /** Where a contact is, by the newest card that is known; empty for this person's own relay. */
  async relayOf(contact: ContactId): Promise<string> {
    const { contacts, removed } = await this.book()
    return this.#account.relays.nameSaid([...contacts, ...removed].find(one => one.id === contact)?.card.relay ?? '')
  }

  /** Drops a letter into the mailbox that the card names. */
  async write(card: ContactCard, kind: LetterKind, body: Bytes): Promise<Answer> {
    const { row } = this.#account
    const letter = { to: card.idSign, from: this.me, chain: row.chain, kind, body }
    const sealed = sealLetter(letter, deviceKeys(row.seeds).device, card.shareKem)
    return this.#dropAt(this.#account.relays.nameSaid(card.relay), mailboxOf(card), card.dropToken, sealed)
  }

  #drop(mailbox: SigningKey, item: Bytes, relay = ''): Promise<Answer> {
    const id = MailboxId.of(hash(mailbox.publicKey))
    return this.#dropAt(relay, id, dropToken(mailbox), item)
  }

  /** Somebody else's relay that is away, or talks rubbish, stops no more than one that refuses. */
  async #dropAt(relay: string, mailbox: MailboxId, token: Bytes, item: Bytes): Promise<Answer> {
    const dropped = await this.#account.relays.clientOf(relay).drop(mailbox, token, item)
    return dropped.ok || relay === '' ? dropped : fail({ kind: 'refused', code: 'internal' })
  }

  /** Not before what they said is backed up: this device may be lost. */
  async #removeKept(relay: string, box: SigningKey, items: readonly MailboxItem[]): Step {
    const settled = items.length > 0 ? await this.#account.settle() : ok(undefined)
    if (!settled.ok) return settled
    for (const item of items) {
      const removed = await this.#account.relays.clientOf(relay).remove(box, item)
      if (!removed.ok) return relay === '' ? removed : ok(undefined)
    }
    return ok(undefined)
  }

  async #keep(edit: (doc: PeopleDocument) => void): Step {
    const kept = await this.change(edit)
    return kept.ok ? kept : fail({ kind: 'not-stored', why: kept.failure })
  }
}
