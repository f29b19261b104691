import { hash } from '#crypto/hash.ts'
import type { SigningKey } from '#crypto/keys.ts'
import { toHex } from '#schema/bytes.ts'
import type { ContactId, PrincipalId } from '#schema/ids.ts'
import type { Instant } from '#schema/instant.ts'
import { ok, type Result } from '#schema/result.ts'
import type { Account } from '../home/account.ts'
import type { Clock } from '../ports.ts'
import type { MailboxItem } from '../sync/sync.ts'
import { everyStep, type Rest, type Step } from './clerk.ts'
import { type ContactCard, isByRemoved, openCard, supersedes } from './contact-card.ts'
import { answerTo, type GuestAnswer } from './guest-answer.ts'
import { INVITATION_LIFE_MS, invitationKeys, openInvitationItem, sealInvitationItem } from './invitation.ts'
import { encodeClosed, type LetterKind } from './letter.ts'
import {
  closeInvitation,
  dropInvitation,
  type KnownContact,
  type OwnInvitation,
  type PeopleBook,
  type PeopleDocument,
  putAnswers,
  putCard,
  putChangedCard,
  putContact,
  putInvitationTidied,
  putTold,
} from './people-document.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** Of one invitation: four times what its mailbox holds. Each has this device write, and whoever knows the secret can make them. */
const MOST_ANSWERS = 256

/** What it needs of the post office. */
interface Office {
  readonly me: PrincipalId
  book(): Promise<PeopleBook>
  /** By the relay's clock. */
  now(): Instant
  write(card: ContactCard, kind: LetterKind, body: Bytes): Step
  keep(edit: (doc: PeopleDocument) => void): Step
  drop(mailbox: SigningKey, item: Bytes, relay: string): Step
  removeKept(relay: string, box: SigningKey, items: readonly MailboxItem[]): Step
  /** To whoever has not been told our card as it is now. */
  tellCard(): Step
  metAgain(contact: ContactId): Step
}

/** Invitations that this person sent: who answers is let in or told why not, and what is over is tidied up. */
export class OwnInvitations {
  readonly #account: Account
  readonly #clock: Clock
  readonly #office: Office

  constructor(account: Account, clock: Clock, office: Office) {
    this.#account = account
    this.#clock = clock
    this.#office = office
  }

  async fetchGuests(): Step {
    const { invitations } = await this.#office.book()
    return everyStep(
      this.#account.mailRelays.flatMap(relay =>
        invitations.map(invitation => () => this.#fetchGuestsOf(invitation, relay)),
      ),
    )
  }

  async #fetchGuestsOf(invitation: OwnInvitation, relay: string): Step {
    const { toInviter } = invitationKeys(invitation.secret)
    const items = await this.#account.relays.clientOf(relay).take(toInviter)
    // The relay before a move may be gone.
    if (!items.ok || items.value.length === 0) return items.ok || relay !== '' ? ok(undefined) : items
    const admitted = await this.#admitAll(invitation, items.value)
    if (!admitted.ok) return admitted
    const settled = await this.#account.settle()
    const told = settled.ok ? await this.#office.tellCard() : settled
    if (!told.ok && told.failure.kind !== 'refused') return told
    // Whom another device removed meanwhile was told nothing: the next round answers them.
    const there = new Set((await this.#office.book()).contacts.map(({ card }) => card.idSign))
    const through = items.value.filter(item => {
      const guest = admitted.value.get(item)
      return guest === undefined || there.has(guest)
    })
    const noted = await this.#noteAnswers(
      invitation,
      through.filter(item => admitted.value.has(item)),
    )
    return noted.ok ? this.#office.removeKept(relay, toInviter, through) : noted
  }

  /** Who was let in, or heard welcome, and by what; of what was dealt with before, and of too much, nothing is read. */
  async #admitAll(
    { id, secret, answers }: OwnInvitation,
    items: readonly MailboxItem[],
  ): Promise<Result<ReadonlyMap<MailboxItem, PrincipalId>, Rest>> {
    const { channel } = invitationKeys(secret)
    const admitted = new Map<MailboxItem, PrincipalId>()
    for (const item of answers.size < MOST_ANSWERS ? items : []) {
      const opened = answers.has(markOf(item)) ? undefined : openInvitationItem(channel, item.item)
      const card = opened?.kind === 'card' ? openCard(opened.card) : undefined
      if (opened?.kind !== 'card' || !card?.ok) continue
      const met = await this.#admit(id, card.value, opened.card)
      // Whose own mailbox does not take the reason never hears it.
      if (!met.ok && met.failure.kind !== 'refused') return met
      if (met.ok && met.value === 'admitted') admitted.set(item, card.value.idSign)
    }
    return ok(admitted)
  }

  /** Once they were told: a relay that puts them back has nothing done again. Who answers anew seals anew. */
  async #noteAnswers({ id }: OwnInvitation, items: readonly MailboxItem[]): Step {
    return items.length === 0 ? ok(undefined) : this.#office.keep(doc => putAnswers(doc, id, items.map(markOf)))
  }

  async #admit(id: OwnInvitation['id'], card: ContactCard, bytes: Bytes): Promise<Result<void | 'admitted', Rest>> {
    const book = await this.#office.book()
    const invitation = book.invitations.find(one => one.id === id)
    if (invitation === undefined) return ok(undefined)
    const reason = invitation.closed ?? (this.#isOver(invitation) ? 'expired' : undefined)
    const answer = answerTo(card, invitation, {
      book,
      me: this.#office.me,
      ...(reason === undefined ? {} : { reason }),
    })
    switch (answer.kind) {
      case 'silence':
        return ok(undefined)
      case 'welcome':
        return this.#welcome(answer.met, card, bytes)
      case 'refuse': {
        const { mark } = invitationKeys(invitation.secret)
        return this.#office.write(card, 'invitation-closed', encodeClosed({ reason: answer.reason, mark }))
      }
      case 'changed':
        return this.#office.keep(doc => {
          putChangedCard(doc, answer.contact, bytes)
          closeInvitation(doc, id, 'used', card.idSign)
        })
      case 'meet':
        return this.#meet(invitation, card, bytes, answer)
    }
  }

  async #meet(
    { id }: OwnInvitation,
    card: ContactCard,
    bytes: Bytes,
    { contact, isAgain }: GuestAnswer & { kind: 'meet' },
  ): Promise<Result<'admitted', Rest>> {
    const kept = await this.#office.keep(doc => {
      putContact(doc, contact, { card, bytes, at: this.#clock.now() })
      closeInvitation(doc, id, 'used', card.idSign)
    })
    const done = kept.ok && isAgain ? await this.#office.metAgain(contact) : kept
    return done.ok ? ok('admitted') : done
  }

  /** Who answers once more: by a newer card of another device, maybe, and what went by the one before reaches nobody any more; or had removed us. */
  async #welcome(
    { id, card: known }: KnownContact,
    card: ContactCard,
    bytes: Bytes,
  ): Promise<Result<'admitted', Rest>> {
    const isNewer = supersedes(card, known)
    const kept = await this.#office.keep(doc => {
      if (isNewer) putCard(doc, id, bytes)
      putTold(doc, id, 0)
    })
    const done = kept.ok && !isByRemoved(card, known) ? await this.#office.metAgain(id) : kept
    return done.ok ? ok('admitted') : done
  }

  #isOver({ createdAt }: OwnInvitation): boolean {
    return this.#office.now() >= createdAt + INVITATION_LIFE_MS
  }

  /** Puts the reason where the card lay, and forgets what is long over. */
  async tidy(): Step {
    const { invitations } = await this.#office.book()
    return everyStep(
      invitations.flatMap(invitation => {
        const isOver = this.#isOver(invitation)
        if (isOver && invitation.isTidied) return () => this.#office.keep(doc => dropInvitation(doc, invitation.id))
        const isOpen = invitation.closed === undefined && !isOver
        return invitation.isTidied || isOpen ? [] : () => this.#tidyOne(invitation)
      }),
    )
  }

  async #tidyOne({ id, secret, closed = 'expired' }: OwnInvitation): Step {
    const keys = invitationKeys(secret)
    const note = sealInvitationItem(keys.channel, { kind: 'closed', reason: closed })
    for (const relay of this.#account.mailRelays) {
      const told = await this.#sayClosed(keys.toGuest, note, relay)
      // The relay before a move may be gone.
      if (!told.ok && relay === '') return told
    }
    return this.#office.keep(doc => {
      closeInvitation(doc, id, closed)
      putInvitationTidied(doc, id)
    })
  }

  /** In the place of the card that lies there. */
  async #sayClosed(box: SigningKey, note: Bytes, relay: string): Step {
    const client = this.#account.relays.clientOf(relay)
    const items = await client.take(box)
    if (!items.ok) return items
    const noted = await this.#office.drop(box, note, relay)
    if (!noted.ok) return noted
    for (const item of items.value) {
      const removed = await client.remove(box, item)
      if (!removed.ok) return removed
    }
    return ok(undefined)
  }
}

/** Of the sealed bytes: the same card comes again by right. */
export const markOf = ({ item }: MailboxItem): string => toHex(hash(item).subarray(0, 16))
