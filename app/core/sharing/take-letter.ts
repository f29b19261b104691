import { equalBytes } from '#schema/bytes.ts'
import { type ContactCard, openCard, supersedes } from './contact-card.ts'
import { invitationKeys } from './invitation.ts'
import { decodeClosed, type Letter } from './letter.ts'
import { endWaiting, type KnownContact, type PeopleDocument, putCard } from './people-document.ts'

/**
 * What a letter changes for the contact who wrote it; undefined when it says nothing new of them. `isGuest`: they took an invitation of
 * ours.
 */
export function changeBy(
  letter: Letter,
  contact: KnownContact,
  isGuest = false,
): ((doc: PeopleDocument) => void) | undefined {
  switch (letter.kind) {
    case 'card': {
      const card = newerCard(letter, contact)
      // Whoever writes to us knows us: the answer to their invitation has arrived. After a refusal only a new card says so: an old letter
      // can be sent again.
      if (card === undefined && contact.via === undefined) return undefined
      return doc => {
        if (card !== undefined) putCard(doc, contact.id, card)
        endWaiting(doc, contact.id)
      }
    }
    case 'invitation-closed': {
      const closed = decodeClosed(letter.body)
      const { via } = contact
      if (closed === undefined || via === undefined || !equalBytes(closed.mark, invitationKeys(via).mark))
        return undefined
      // Whoever took ours has our card by that.
      return doc => endWaiting(doc, contact.id, isGuest ? undefined : closed.reason)
    }
    case 'grant':
    case 'share-ended':
    case 'share-answer':
    case 'share-opened':
    case 'share-kept':
    case 'late-frames':
    case 'guardian':
    case 'guardian-answer':
    case 'guardian-ended':
      return undefined
  }
}

function newerCard({ body, from }: Letter, contact: KnownContact) {
  const card = openCard(body)
  return card.ok && card.value.idSign === from && supersedes(card.value, contact.card) ? body : undefined
}

/** A card that says no more and no less than the one that is here: older ones are letters of before. */
export function tellsAgain({ body, from }: Letter, known: ContactCard): boolean {
  const card = openCard(body)
  return card.ok && card.value.idSign === from && card.value.number === known.number
}
