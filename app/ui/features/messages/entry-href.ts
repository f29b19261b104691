import type { Shares } from '#app/core/share-session.ts'
import type { EntryReference } from '#schema/messages/entry-reference.ts'

/** Where the entry is for this person, if it is anywhere: in their own record, or in one that its writer shares with them. */
export function entryHref(
  { id, section }: Pick<EntryReference, 'id' | 'section'>,
  isOwn: boolean,
  contactId: string | undefined,
  shares: Shares | undefined,
): string | undefined {
  if (isOwn) return `/entry/${id}`
  const share = shares?.received.find(
    one => one.contactId === contactId && one.state === 'accepted' && one.sections.includes(section),
  )
  return share && `/shared/${share.shareId}/entry/${id}`
}
