import { ImmutableString } from '@automerge/automerge/slim'
import { ContactId, idBytes, InvitationId, PrincipalId } from '#schema/ids.ts'
import { type Instant, instant } from '#schema/instant.ts'
import type { ClosedReason } from '../people-session.ts'
import { shownName } from '../shown-name.ts'
import { type ContactCard, openCard, supersedes } from './contact-card.ts'
import { CLOSED_REASONS, INVITATION_BYTES } from './invitation.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** The home log's shard for people one has met, and for invitations that are out. */
export const PEOPLE_SHARD = 'people'

/** Flat, one key a thing, so that what two devices add at once unites: `own`, `contact/<id>`, `invitation/<id>`. */
export type PeopleDocument = Record<string, OwnCardDocument | ContactDocument | InvitationDocument>

interface OwnCardDocument {
  number: number
  /** The card's name and shareKem, and a mark of what it says of devices, to see when a new card is due. */
  name: ImmutableString
  shareKem: Uint8Array
  devices?: Uint8Array
  relay?: ImmutableString
}

interface ContactDocument {
  name: ImmutableString
  card: Uint8Array
  addedAt: number
  /** The invitation that we answered, until its maker writes to us. */
  via?: Uint8Array
  /** Our card's number, as last told to them. */
  toldNumber: number
  /** Marks of letters that told the card which is here already. */
  cardsHeard?: Record<string, boolean>
  comparedKey?: Uint8Array
  comparedAt?: number
  /** The idSign whose number this person called another one than the contact's. */
  differsKey?: Uint8Array
  changedCard?: Uint8Array
  refusal?: ImmutableString
  removedAt?: number
}

interface InvitationDocument {
  secret: Uint8Array
  createdAt: number
  forContact?: ImmutableString
  closed?: ImmutableString
  usedBy?: Uint8Array
  /** Its mailboxes say that it is closed. */
  isTidied?: boolean
  /** Marks of the answers that were dealt with. */
  answers?: Record<string, boolean>
}

/** Somebody whose card is here. */
export interface KnownContact {
  readonly id: ContactId
  readonly name: string
  readonly card: ContactCard
  readonly cardBytes: Bytes
  readonly addedAt: Instant
  readonly via?: Bytes
  readonly toldNumber: number
  /** Marks of letters that told the card which is here already: each is dealt with once. */
  readonly cardsHeard: ReadonlySet<string>
  /** The idSign that was compared, and when. */
  readonly compared?: { readonly key: PrincipalId; readonly at: Instant }
  /** The idSign whose number was not the same on both screens. */
  readonly differs?: PrincipalId
  /** They came back with another idSign. */
  readonly changedCard?: { readonly card: ContactCard; readonly bytes: Bytes }
  readonly refusal?: ClosedReason
}

/** One that this person sent out. */
export interface OwnInvitation {
  readonly id: InvitationId
  readonly secret: Bytes
  readonly createdAt: Instant
  readonly forContact?: ContactId
  readonly closed?: ClosedReason
  readonly usedBy?: PrincipalId
  readonly isTidied: boolean
  /** Marks of the answers that were dealt with, also by another device: none of them is dealt with again. */
  readonly answers: ReadonlySet<string>
}

export interface PeopleBook {
  readonly own: {
    readonly number: number
    readonly name: string
    readonly shareKem: Bytes
    readonly devices: Bytes
    /** Where others find this person; empty where none was said. */
    readonly relay: string
  }
  /** Without those that were removed. */
  readonly contacts: readonly KnownContact[]
  /** Those: what ended with them is still to be told. */
  readonly removed: readonly KnownContact[]
  readonly invitations: readonly OwnInvitation[]
}

const NO_CARD = { number: 0, name: '', shareKem: new Uint8Array(0), devices: new Uint8Array(0), relay: '' }
const contactKey = (id: ContactId) => `contact/${id}`
const invitationKey = (id: InvitationId) => `invitation/${id}`

/** Plain form; what does not decode is left out. */
export function readPeople(doc: Readonly<PeopleDocument>): PeopleBook {
  const { own } = doc
  const contacts: KnownContact[] = []
  const removed: KnownContact[] = []
  const invitations: OwnInvitation[] = []
  for (const [key, value] of Object.entries(doc)) {
    const [kind, id = ''] = key.split('/')
    const contactId = kind === 'contact' ? ContactId.parse(id) : undefined
    if (contactId && 'card' in value) {
      const known = value.removedAt === undefined ? contacts : removed
      known.push(...readContact(contactId, value))
    }
    if (kind === 'invitation' && 'secret' in value) invitations.push(...readInvitation(InvitationId.parse(id), value))
  }
  const card = own && 'shareKem' in own ? readOwn(own) : NO_CARD
  return { own: card, contacts, removed, invitations: invitations.toSorted((a, b) => b.createdAt - a.createdAt) }
}

/** Whose number this person saw to be another one: of the keys that count now, and nothing was compared since. */
export function isDoubted({ card, differs }: Pick<KnownContact, 'card' | 'differs'>): boolean {
  return differs === card.idSign
}

/** Whether anything new may go to them: not while it is open whether it is them. */
export function isReady(contact: KnownContact): boolean {
  const { changedCard, via, refusal } = contact
  return changedCard === undefined && via === undefined && refusal === undefined && !isDoubted(contact)
}

/** How each contact is called, also who was removed. No card is opened for that: each costs several signatures. */
export function readContactNames(doc: Readonly<PeopleDocument>): ReadonlyMap<ContactId, string> {
  return new Map(
    Object.entries(doc).flatMap(([key, value]) => {
      const [kind, id = ''] = key.split('/')
      const contactId = kind === 'contact' ? ContactId.parse(id) : undefined
      return contactId !== undefined && 'card' in value ? [[contactId, String(value.name)] as const] : []
    }),
  )
}

function readOwn({ number, name, shareKem, devices, relay }: OwnCardDocument): PeopleBook['own'] {
  const bytes = { shareKem: copy(shareKem), devices: copy(devices ?? NO_CARD.devices) }
  return { number, name: String(name), relay: String(relay ?? ''), ...bytes }
}

/** All cards are read whenever the document changed, and one costs several signatures: what it is hangs on its bytes alone. */
const opened = new WeakMap<Uint8Array, ReturnType<typeof openCard>>()

function cardIn(bytes: Uint8Array): ReturnType<typeof openCard> {
  const known = opened.get(bytes) ?? openCard(bytes)
  opened.set(bytes, known)
  return known
}

function readContact(id: ContactId, contact: ContactDocument): KnownContact[] {
  const card = cardIn(contact.card)
  if (!card.ok) return []
  const changed = contact.changedCard && cardIn(contact.changedCard)
  const refusal = CLOSED_REASONS.find(reason => reason === String(contact.refusal ?? ''))
  return [
    {
      id,
      name: String(contact.name),
      card: card.value,
      cardBytes: copy(contact.card),
      addedAt: instant(contact.addedAt),
      toldNumber: contact.toldNumber,
      cardsHeard: new Set(Object.keys(contact.cardsHeard ?? {})),
      ...(contact.via ? { via: copy(contact.via) } : {}),
      ...(contact.comparedKey?.length === PrincipalId.size
        ? { compared: { key: PrincipalId.of(contact.comparedKey), at: instant(contact.comparedAt ?? 0) } }
        : {}),
      ...(contact.differsKey?.length === PrincipalId.size ? { differs: PrincipalId.of(contact.differsKey) } : {}),
      ...(contact.changedCard && changed?.ok
        ? { changedCard: { card: changed.value, bytes: copy(contact.changedCard) } }
        : {}),
      ...(refusal === undefined ? {} : { refusal }),
    },
  ]
}

function readInvitation(id: InvitationId | undefined, invitation: InvitationDocument): OwnInvitation[] {
  if (id === undefined || invitation.secret.length !== INVITATION_BYTES) return []
  const forContact = ContactId.parse(String(invitation.forContact ?? ''))
  const closed = CLOSED_REASONS.find(reason => reason === String(invitation.closed ?? ''))
  const { usedBy } = invitation
  return [
    {
      id,
      secret: copy(invitation.secret),
      createdAt: instant(invitation.createdAt),
      isTidied: invitation.isTidied === true,
      answers: new Set(Object.keys(invitation.answers ?? {})),
      ...(forContact === undefined ? {} : { forContact }),
      ...(closed === undefined ? {} : { closed }),
      ...(usedBy?.length === PrincipalId.size ? { usedBy: PrincipalId.of(usedBy) } : {}),
    },
  ]
}

// ── inside a change ──

/** Everybody is to be told of it, also when a device that was stolen had used up the numbers. */
export function putOwnCard(doc: PeopleDocument, own: PeopleBook['own']): void {
  const { relay, ...rest } = own
  doc['own'] = {
    ...rest,
    name: new ImmutableString(own.name),
    ...(relay === '' ? {} : { relay: new ImmutableString(relay) }),
  }
  for (const value of Object.values(doc)) {
    if ('card' in value && value.toldNumber >= own.number) value.toldNumber = own.number - 1
  }
}

export function putInvitation(
  doc: PeopleDocument,
  invitation: Pick<OwnInvitation, 'id' | 'secret' | 'createdAt' | 'forContact'>,
): void {
  doc[invitationKey(invitation.id)] = {
    secret: invitation.secret,
    createdAt: invitation.createdAt,
    answers: {},
    ...(invitation.forContact === undefined ? {} : { forContact: new ImmutableString(invitation.forContact) }),
  }
}

/** Only the first closing counts. */
export function closeInvitation(doc: PeopleDocument, id: InvitationId, reason: ClosedReason, by?: PrincipalId): void {
  const invitation = invitationIn(doc, id)
  if (invitation === undefined || invitation.closed !== undefined) return
  invitation.closed = new ImmutableString(reason)
  if (by !== undefined) invitation.usedBy = idBytes(by)
}

export function putInvitationTidied(doc: PeopleDocument, id: InvitationId): void {
  const invitation = invitationIn(doc, id)
  if (invitation !== undefined) invitation.isTidied = true
}

/** Whoever sent the answers with these marks was told. */
export function putAnswers(doc: PeopleDocument, id: InvitationId, marks: readonly string[]): void {
  const invitation = invitationIn(doc, id)
  if (invitation === undefined) return
  invitation.answers ??= {}
  for (const mark of marks) invitation.answers[mark] = true
}

export function dropInvitation(doc: PeopleDocument, id: InvitationId): void {
  delete doc[invitationKey(id)]
}

/**
 * A new contact, or a known one met again: what was compared stays, what was refused is over. The card that was known stays unless this
 * one counts more: whoever has a stolen device could be met a second time.
 */
export function putContact(
  doc: PeopleDocument,
  id: ContactId,
  met: { readonly card: ContactCard; readonly bytes: Bytes; readonly at: Instant; readonly via?: Bytes },
): void {
  const known = contactIn(doc, id)
  if (known !== undefined && known.removedAt === undefined) {
    if (isCountingMore(met.card, known)) known.card = met.bytes
    known.toldNumber = 0
    delete known.refusal
    if (met.via !== undefined) known.via = met.via
    return
  }
  doc[contactKey(id)] = {
    name: new ImmutableString(shownName(met.card.name)),
    card: known === undefined || isCountingMore(met.card, known) ? met.bytes : copy(known.card),
    addedAt: met.at,
    toldNumber: 0,
    ...(met.via === undefined ? {} : { via: met.via }),
  }
}

/** Than the card that is there; also of a contact whose new keys were taken, or who was removed. */
function isCountingMore(next: ContactCard, { card }: ContactDocument): boolean {
  const known = openCard(card)
  return !known.ok || next.idSign !== known.value.idSign || supersedes(next, known.value)
}

export function putCard(doc: PeopleDocument, id: ContactId, bytes: Bytes): void {
  const contact = contactIn(doc, id)
  if (contact === undefined) return
  contact.card = bytes
  contact.cardsHeard = {}
}

/** They told the card that is here once more, in the letter with this mark. */
export function putCardHeard(doc: PeopleDocument, id: ContactId, mark: string): void {
  const contact = contactIn(doc, id)
  if (contact === undefined) return
  contact.cardsHeard ??= {}
  contact.cardsHeard[mark] = true
}

export function putTold(doc: PeopleDocument, id: ContactId, number: number): void {
  const contact = contactIn(doc, id)
  if (contact !== undefined) contact.toldNumber = number
}

/** Its maker wrote to us, or why they could not take us. */
export function endWaiting(doc: PeopleDocument, id: ContactId, refusal?: ClosedReason): void {
  const contact = contactIn(doc, id)
  if (contact === undefined) return
  delete contact.via
  if (refusal === undefined) delete contact.refusal
  else contact.refusal = new ImmutableString(refusal)
}

export function putCompared(
  doc: PeopleDocument,
  id: ContactId,
  compared: { readonly key: PrincipalId; readonly at: Instant } | undefined,
): void {
  const contact = contactIn(doc, id)
  if (contact === undefined) return
  if (compared === undefined) {
    delete contact.comparedKey
    delete contact.comparedAt
    return
  }
  delete contact.differsKey
  contact.comparedKey = idBytes(compared.key)
  contact.comparedAt = compared.at
}

/** What was compared before counts no more. */
export function putDiffers(doc: PeopleDocument, id: ContactId, key: PrincipalId): void {
  putCompared(doc, id, undefined)
  const contact = contactIn(doc, id)
  if (contact !== undefined) contact.differsKey = idBytes(key)
}

export function putChangedCard(doc: PeopleDocument, id: ContactId, bytes: Bytes | undefined): void {
  const contact = contactIn(doc, id)
  if (contact === undefined) return
  if (bytes === undefined) delete contact.changedCard
  else contact.changedCard = bytes
}

export function putContactName(doc: PeopleDocument, id: ContactId, name: string): void {
  const contact = contactIn(doc, id)
  if (contact !== undefined) contact.name = new ImmutableString(name)
}

/** Kept as a mark, so that another device's change of the same contact does not bring it back. */
export function putContactRemoved(doc: PeopleDocument, id: ContactId, at: Instant): void {
  const contact = contactIn(doc, id)
  if (contact !== undefined) contact.removedAt = at
}

function contactIn(doc: PeopleDocument, id: ContactId): ContactDocument | undefined {
  const value = doc[contactKey(id)]
  return value !== undefined && 'card' in value ? value : undefined
}

function invitationIn(doc: PeopleDocument, id: InvitationId): InvitationDocument | undefined {
  const value = doc[invitationKey(id)]
  return value !== undefined && 'secret' in value ? value : undefined
}

/** Automerge's bytes are views on its own memory. */
function copy(bytes: Uint8Array): Bytes {
  return new Uint8Array(bytes)
}
