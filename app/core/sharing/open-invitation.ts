import { fail, ok, type Result } from '#schema/result.ts'
import type { MeetFailure } from '../people-session.ts'
import type { StoreFailure } from '../ports.ts'
import type { RelayFailure } from '../sync/sync.ts'
import { isByRemoved, openCard } from './contact-card.ts'
import { relayOfInvitation, secretOfInvitation, wrongWords } from './invitation.ts'
import type { KnownContact } from './people-document.ts'
import type { PostOffice } from './post-office.ts'

type Bytes = Uint8Array<ArrayBuffer>
export type Met<Value = void> = Promise<Result<Value, MeetFailure>>

export interface OpenedInvitation {
  readonly office: PostOffice
  readonly secret: Bytes
  readonly card: KnownContact['card']
  /** The card as it lay there. */
  readonly bytes: Bytes
}

/** The card that lies behind an invitation's link or words. */
export async function openInvitation(office: PostOffice | undefined, text: string): Met<OpenedInvitation> {
  if (office === undefined) return fail({ kind: 'not-here' })
  const secret = secretOfInvitation(text)
  if (secret === undefined) {
    const words = wrongWords(text)
    return fail({ kind: 'not-an-invitation', ...(words === undefined ? {} : { words }) })
  }
  const relay = relayOfInvitation(text)
  const items = await office.readInvitation(secret, relay)
  if (!items.ok) return fail(asMeeting(items.failure))
  const closed = items.value.find(item => item.kind === 'closed')
  if (closed?.kind === 'closed') return fail({ kind: 'closed', reason: closed.reason })
  const [item] = items.value
  if (item?.kind !== 'card') return fail({ kind: 'nothing-there' })
  if (office.now() >= item.endsAt) return fail({ kind: 'closed', reason: 'expired' })
  const card = openCard(item.card)
  if (!card.ok) return fail({ kind: 'damaged' })
  if (card.value.idSign === office.me) return fail({ kind: 'own' })
  // Who is under a pseudonym says nothing of their relay, and is met on one's own alone.
  if (card.value.relay === '' && !office.isOwnRelay(relay)) return fail({ kind: 'other-relay' })
  const known = (await office.book()).contacts.find(one => one.card.idSign === card.value.idSign)
  // A device that they removed invites in their name.
  if (known !== undefined && isByRemoved(card.value, known.card)) return fail({ kind: 'damaged' })
  return ok({ office, secret, card: card.value, bytes: item.card })
}

export function asMeeting(
  failure: RelayFailure | { readonly kind: 'not-stored'; readonly why: StoreFailure },
): MeetFailure {
  switch (failure.kind) {
    case 'unreachable':
    case 'not-stored':
      return failure
    case 'nonsense':
      return { kind: 'relay-refused', reason: 'nonsense' }
    case 'refused':
      return { kind: 'relay-refused', reason: failure.code }
  }
}
