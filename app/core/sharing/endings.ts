import type { ContactId } from '#schema/ids.ts'
import type { Instant } from '#schema/instant.ts'
import { NEVER } from '#schema/protocol/capability.ts'
import { sectionsAmong } from '#schema/record/sections.ts'
import type { Ending, ShareEnding } from '../follow-session.ts'
import type { KnownShare } from './given-document.ts'
import { AFTER_MS, KEEP_MS, noticeMs } from './notice-times.ts'
import type { KnownGrant } from './received-document.ts'
import { sectionsOf } from './shared-names.ts'
import { type FollowedWhole, wholeEndings } from './whole-endings.ts'

/** The home log's shard of notices that were put away, by their id: when. */
export const NOTICES_SHARD = 'notices'
export type NoticesDocument = Record<string, number>

export interface Followed {
  readonly given: readonly KnownShare[]
  readonly received: readonly KnownGrant[]
  readonly whole: Omit<FollowedWhole, 'nameOf'>
  readonly dismissed: NoticesDocument
  readonly nameOf: (contact: ContactId) => string
}

/** What is to be said of ends at `now`, the soonest first. */
export function endingsOf(followed: Followed, now: Instant): Ending[] {
  const given = followed.given.flatMap(share => givenEnding(share, followed.nameOf(share.contact), now))
  const received = followed.received.flatMap(grant => receivedEnding(grant, followed.nameOf(grant.contact), now))
  const { nameOf } = followed
  return [...given, ...received, ...wholeEndings({ ...followed.whole, nameOf }, now)]
    .filter(({ endingId }) => followed.dismissed[endingId] === undefined)
    .toSorted((a, b) => a.at - b.at)
}

function givenEnding(share: KnownShare, contactName: string, now: Instant): ShareEnding[] {
  const { id, contact, sections, until, createdAt, endedBy, endedAt, isAccepted } = share
  const about = {
    kind: 'share',
    side: 'given',
    shareId: id,
    contactId: contact,
    contactName,
    recordName: '',
    sections: sectionsAmong(sections),
    since: createdAt,
  } as const
  if (endedBy !== undefined) {
    const isTold = endedBy !== 'stopped' && endedAt !== undefined && now < endedAt + AFTER_MS
    return isTold
      ? [{ ...about, endingId: `${id}.over`, at: endOf(endedBy, endedAt, until), isOver: true, endedBy }]
      : []
  }
  const isSoon = isAccepted && until !== NEVER && now >= until - noticeMs(createdAt, until) && now < until
  return isSoon ? [{ ...about, endingId: `${id}.${until}`, at: until, isOver: false }] : []
}

function receivedEnding(grant: KnownGrant, contactName: string, now: Instant): ShareEnding[] {
  const { id, contact, recordName, until, receivedAt, endedBy, endedAt, isAccepted, isPutAway } = grant
  const about = {
    kind: 'share',
    side: 'received',
    shareId: id,
    contactId: contact,
    contactName,
    recordName,
    since: receivedAt,
  } as const
  if (endedBy !== undefined) {
    const byThem = endedBy === 'stopped' || endedBy === 'expired'
    const isTold = byThem && isAccepted && !isPutAway && endedAt !== undefined && now < endedAt + AFTER_MS
    return isTold
      ? [{ ...about, sections: [], endingId: `${id}.over`, at: endOf(endedBy, endedAt, until), isOver: true, endedBy }]
      : []
  }
  const isSoon = isAccepted && until !== NEVER && now >= until - noticeMs(receivedAt, until) && now < until
  const sections = sectionsOf(grant)
  return isSoon ? [{ ...about, sections, endingId: `${id}.${until}`, at: until, isOver: false }] : []
}

/** What ran out ended at its end, however late that was noticed. */
function endOf(endedBy: ShareEnding['endedBy'], endedAt: Instant, until: Instant): Instant {
  return endedBy === 'expired' && until < endedAt ? until : endedAt
}

/** Inside a change. What was put away long ago goes. */
export function putDismissed(doc: NoticesDocument, endingId: string, now: Instant): void {
  doc[endingId] = now
  for (const [id, at] of Object.entries(doc)) if (at < now - KEEP_MS) delete doc[id]
}
