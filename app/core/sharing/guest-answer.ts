import type { ContactId, PrincipalId } from '#schema/ids.ts'
import type { ClosedReason } from '../people-session.ts'
import { type ContactCard, contactIdOf, isByRemoved } from './contact-card.ts'
import type { KnownContact, OwnInvitation, PeopleBook } from './people-document.ts'

/** What whoever answers an invitation of ours with their card is to hear, or is to become. */
export type GuestAnswer =
  /** Nothing: by a removed device, our own, or for this person to decide. */
  | { readonly kind: 'silence' }
  /** Is known, and hears so once more. */
  | { readonly kind: 'welcome'; readonly met: KnownContact }
  | { readonly kind: 'refuse'; readonly reason: ClosedReason }
  | { readonly kind: 'meet'; readonly contact: ContactId; readonly isAgain: boolean }
  /** A contact came back with other keys. */
  | { readonly kind: 'changed'; readonly contact: ContactId }

const SILENCE: GuestAnswer = { kind: 'silence' }

/**
 * The first good card is met; any other is told why not. The same one again, or who is known already, hears welcome again. `reason`: why
 * the invitation takes nobody any more.
 */
export function answerTo(
  card: ContactCard,
  { usedBy, forContact }: OwnInvitation,
  {
    book: { contacts },
    me,
    reason,
  }: { readonly book: PeopleBook; readonly me: PrincipalId; readonly reason?: ClosedReason },
): GuestAnswer {
  if (card.idSign === me) return SILENCE
  const met = contacts.find(one => one.card.idSign === card.idSign)
  const isUsedByThem = usedBy === card.idSign
  if (reason !== undefined) {
    // Whoever is known needs no invitation, and waits for an answer all the same.
    const isKnown = isUsedByThem || (met?.via === undefined && met?.refusal === undefined)
    if (met !== undefined && isKnown) return { kind: 'welcome', met }
    const isUndecided = contacts.some(one => one.changedCard?.card.idSign === card.idSign)
    // Who used it and is known no more was removed since.
    return isUsedByThem && isUndecided ? SILENCE : { kind: 'refuse', reason }
  }
  const contact = met?.id ?? contactIdOf(card.idSign)
  // Whoever is known by these keys is nobody else with new ones.
  const known = met ?? contacts.find(one => one.id === (forContact ?? contact))
  if (known !== undefined && known.card.idSign !== card.idSign) return { kind: 'changed', contact: known.id }
  // A stolen device does not use up the invitation.
  if (known !== undefined && isByRemoved(card, known.card)) return SILENCE
  return { kind: 'meet', contact, isAgain: met !== undefined }
}
