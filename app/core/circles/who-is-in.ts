import type { ContactId, PrincipalId } from '#schema/ids.ts'
import { conversationName } from '#schema/record/sections.ts'
import type { CircleDetail } from '../circle-session.ts'
import type { KnownConversation } from '../messages/conversation-book.ts'
import { authorsIn } from '../record/authors.ts'
import type { DocMap } from '../record/flat-fields.ts'
import type { KnownShare } from '../sharing/given-document.ts'
import { MEMBERS_LABEL, readMemberNames } from '../sharing/member-names.ts'
import type { Sharing } from '../sharing/sharing.ts'
import type { CircleContent } from './circle-content.ts'

/** Members with their names: by the owner's shares, or as the owner says to members. */
export async function presentIn(
  sharing: Sharing,
  known: KnownConversation,
  circle: CircleContent,
): Promise<ReadonlyMap<PrincipalId, string>> {
  if (known.isOwn) {
    const { contacts } = await sharing.office.book()
    const shares = await sharesIn(sharing, known)
    const nameOf = (contact: ContactId) => contacts.find(one => one.id === contact)?.name ?? ''
    return new Map(shares.map(one => [circle.personOf(one.principal), nameOf(one.contact)]))
  }
  const { log } = known.conversation
  const named = readMemberNames(await log.read<DocMap>(MEMBERS_LABEL), authorsIn(log))
  const persons = [...named].map(([id, name]) => [circle.personOf(id), name] as const)
  return new Map(persons.filter(([id]) => !circle.removed.has(id)))
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

/** Whom its owner met by an invitation, and who has no part in it; nobody of `removing`. */
export async function askingIn(
  sharing: Sharing | undefined,
  known: KnownConversation,
  removing: ReadonlySet<string>,
): Promise<CircleDetail['asking']> {
  if (sharing === undefined || !known.isOwn) return []
  const shares = await sharesIn(sharing, known, true)
  // Who was removed and is invited once more asks again.
  const had = new Set<string>(shares.flatMap(one => (one.endedBy === 'stopped' ? [] : one.contact)))
  const { contacts } = await sharing.office.book()
  return contacts.flatMap(({ id, name }) => (had.has(id) || removing.has(id) ? [] : [{ contactId: id, name }]))
}
