import type { SharedName } from '#schema/record/sections.ts'
import type { KnownShare } from './given-document.ts'

/** Shares of which an earlier one of the same contact has a section already, as two devices at once make them; with what is left. */
export function doubleShares(
  shares: readonly KnownShare[],
): readonly { readonly id: KnownShare['id']; readonly left: readonly SharedName[] }[] {
  const open = shares.filter(share => share.endedBy === undefined)
  return open.flatMap(share => {
    const earlier = open.filter(other => other.contact === share.contact && isBefore(other, share))
    const taken = new Set(earlier.flatMap(other => other.sections))
    const left = share.sections.filter(section => !taken.has(section))
    return left.length === share.sections.length ? [] : [{ id: share.id, left }]
  })
}

function isBefore(one: KnownShare, other: KnownShare): boolean {
  return one.createdAt < other.createdAt || (one.createdAt === other.createdAt && one.id < other.id)
}
