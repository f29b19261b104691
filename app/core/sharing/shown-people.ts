import { instant } from '#schema/instant.ts'
import type { Contact, Invitation, People } from '../people-session.ts'
import { INVITATION_LIFE_MS, invitationFaces } from './invitation.ts'
import type { PostOffice } from './post-office.ts'
import { isDoubted, type KnownContact, type OwnInvitation, type PeopleBook } from './people-document.ts'

/** Contacts by name; invitations that somebody may still answer. */
export function shownPeople(
  { contacts, invitations }: PeopleBook,
  office: Pick<PostOffice, 'now' | 'isOwnRelay' | 'addressAt'>,
): People {
  const now = office.now()
  const elsewhere = (relay: string) => (office.isOwnRelay(relay) ? {} : { relay })
  return {
    contacts: contacts
      .map(one => ({ ...shownContact(one), ...elsewhere(one.card.relay) }))
      .toSorted((a, b) => a.name.localeCompare(b.name)),
    invitations: invitations
      .filter(one => one.closed === undefined && now < one.createdAt + INVITATION_LIFE_MS)
      .map(one => shownInvitation(one, office.addressAt(one.createdAt))),
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
  relay: string | undefined,
): Invitation {
  return {
    ...(relay === undefined ? {} : { relay }),
    invitationId: invitation.id,
    ...invitationFaces(invitation.secret),
    endsAt: instant(invitation.createdAt + INVITATION_LIFE_MS),
    ...(invitation.forContact === undefined ? {} : { contactId: invitation.forContact }),
  }
}
