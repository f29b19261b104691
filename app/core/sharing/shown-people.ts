import { instant } from '#schema/instant.ts'
import type { Contact, Invitation, People } from '../people-session.ts'
import { INVITATION_LIFE_MS, invitationFaces } from './invitation.ts'
import { isDoubted, type KnownContact, type OwnInvitation, type PeopleBook } from './people-document.ts'

/** Contacts by name; invitations that somebody may still answer at `now`. */
export function shownPeople(
  { contacts, invitations }: PeopleBook,
  now: number,
  isOwnRelay: (relay: string) => boolean,
): People {
  const elsewhere = (relay: string) => (isOwnRelay(relay) ? {} : { relay })
  return {
    contacts: contacts
      .map(one => ({ ...shownContact(one), ...elsewhere(one.card.relay) }))
      .toSorted((a, b) => a.name.localeCompare(b.name)),
    invitations: invitations
      .filter(one => one.closed === undefined && now < one.createdAt + INVITATION_LIFE_MS)
      .map(shownInvitation),
  }
}

function shownContact(contact: KnownContact): Contact {
  const { id, name, addedAt, card, compared, refusal } = contact
  return {
    contactId: id,
    name,
    addedAt,
    state: stateOf(contact),
    ...(refusal === undefined ? {} : { refusal }),
    ...(compared?.key === card.idSign ? { comparedAt: compared.at } : {}),
  }
}

function stateOf(contact: KnownContact): Contact['state'] {
  if (contact.changedCard !== undefined) return 'changed'
  if (contact.refusal !== undefined) return 'refused'
  if (contact.via !== undefined) return 'waiting'
  return isDoubted(contact) ? 'differs' : 'known'
}

export function shownInvitation(
  invitation: Pick<OwnInvitation, 'id' | 'secret' | 'createdAt' | 'forContact'>,
): Invitation {
  return {
    invitationId: invitation.id,
    ...invitationFaces(invitation.secret),
    endsAt: instant(invitation.createdAt + INVITATION_LIFE_MS),
    ...(invitation.forContact === undefined ? {} : { contactId: invitation.forContact }),
  }
}
