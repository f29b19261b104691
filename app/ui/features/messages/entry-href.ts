import type { Shares } from '#app/core/share-session.ts'
import type { EntryReference } from '#schema/messages/entry-reference.ts'

/** Where the entry is for whoever looks, below the address of the record that is shown: in that one, or in one that its writer shares. */
export function entryHref(
  { id, section }: Pick<EntryReference, 'id' | 'section'>,
  isOwn: boolean,
  contactId: string | undefined,
  { shares, to }: { readonly shares: Shares | undefined; readonly to: (path: string) => string },
): string | undefined {
  if (isOwn) return to(`/entry/${id}`)
  const share = shares?.received.find(
    one => one.contactId === contactId && one.state === 'accepted' && one.sections.includes(section),
  )
  return share && to(`/shared/${share.shareId}/entry/${id}`)
}
