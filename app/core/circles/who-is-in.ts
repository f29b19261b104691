import type { ContactId, InvitationId, PrincipalId } from '#schema/ids.ts'
import type { Instant } from '#schema/instant.ts'
import { conversationName } from '#schema/record/sections.ts'
import type { KnownConversation } from '../messages/conversation-book.ts'
import { authorsIn } from '../record/authors.ts'
import type { DocMap } from '../record/flat-fields.ts'
import type { KnownShare } from '../sharing/given-document.ts'
import { MEMBERS_LABEL, readMemberNames } from '../sharing/member-names.ts'
import type { Sharing } from '../sharing/sharing.ts'
import type { CircleContent } from './circle-content.ts'

interface Roster {
  /** Members with their names: by the owner's shares, or as the owner says to members. */
  readonly present: ReadonlyMap<PrincipalId, string>
  /** Everybody in the order in which the owner said that they came in: nobody else can say it. */
  readonly since: readonly PrincipalId[]
}

export async function rosterIn(sharing: Sharing, known: KnownConversation, circle: CircleContent): Promise<Roster> {
  const { log } = known.conversation
  const named = readMemberNames(await log.read<DocMap>(MEMBERS_LABEL), authorsIn(log))
  const persons = [...named].map(([id, name]) => [circle.personOf(id), name] as const)
  const since = persons.map(([id]) => id)
  if (!known.isOwn) return { present: new Map(persons.filter(([id]) => !circle.removed.has(id))), since }
  const { contacts } = await sharing.office.book()
  const shares = await sharesIn(sharing, known)
  const nameOf = (contact: ContactId) => contacts.find(one => one.id === contact)?.name ?? ''
  return { present: new Map(shares.map(one => [circle.personOf(one.principal), nameOf(one.contact)])), since }
}

/** By which its owner shares it. */
export async function sharesIn(
  sharing: Sharing,
  { id }: KnownConversation,
  withEnded = false,
): Promise<readonly KnownShare[]> {
  const name = conversationName(id)
  const shares = (await sharing.given.shares()).filter(one => one.sections.includes(name))
  return withEnded ? shares : shares.filter(one => one.endedBy === undefined)
}

/** Who answered an invitation of its owner's. */
export interface Asker {
  readonly contactId: ContactId
  readonly name: string
  readonly askedAt: Instant
  /** While it is known which one it was. */
  readonly invitation?: InvitationId
}

/** Whom its owner met by an invitation, and who has no part in it; nobody of `removing`. Who asked first comes first. */
export async function askingIn(
  sharing: Sharing | undefined,
  known: KnownConversation,
  removing: ReadonlySet<string>,
): Promise<readonly Asker[]> {
  if (sharing === undefined || !known.isOwn) return []
  const shares = await sharesIn(sharing, known, true)
  // Who was removed and is invited once more asks again.
  const had = new Set<string>(shares.flatMap(one => (one.endedBy === 'stopped' ? [] : one.contact)))
  const { contacts, invitations } = await sharing.office.book()
  const asking = contacts.filter(({ id }) => !had.has(id) && !removing.has(id))
  return asking
    .toSorted((a, b) => a.addedAt - b.addedAt || (a.id < b.id ? -1 : 1))
    .map(({ id, name, addedAt, card }) => {
      const invitation = invitations.find(one => one.usedBy === card.idSign)?.id
      return { contactId: id, name, askedAt: addedAt, ...(invitation === undefined ? {} : { invitation }) }
    })
}
