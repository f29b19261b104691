import type { ContactId } from '#schema/ids.ts'
import type { Instant } from '#schema/instant.ts'
import { NEVER } from '#schema/protocol/capability.ts'
import type { Ending } from '../follow-session.ts'
import type { KnownShare } from './given-document.ts'
import type { KnownGrant } from './received-document.ts'

/** The home log's shard of notices that were put away, by their id: when. */
export const NOTICES_SHARD = 'notices'
export type NoticesDocument = Record<string, number>

const HOUR_MS = 3600_000
const DAY_MS = 24 * HOUR_MS
/** That it is over is said for so long. */
const AFTER_MS = 14 * DAY_MS
const KEEP_MS = 400 * DAY_MS

/** How long before its end a share is spoken of: a fifth of its length, an hour at least and three days at most. */
export function noticeMs(from: Instant, until: Instant): number {
  return Math.min(3 * DAY_MS, Math.max(HOUR_MS, (until - from) / 5))
}

export interface Followed {
  readonly given: readonly KnownShare[]
  readonly received: readonly KnownGrant[]
  readonly dismissed: NoticesDocument
  nameOf(contact: ContactId): string
}

/** What is to be said of ends at `now`, the soonest first. */
export function endingsOf(followed: Followed, now: Instant): Ending[] {
  const given = followed.given.flatMap(share => givenEnding(share, followed.nameOf(share.contact), now))
  const received = followed.received.flatMap(grant => receivedEnding(grant, followed.nameOf(grant.contact), now))
  return [...given, ...received]
    .filter(({ endingId }) => followed.dismissed[endingId] === undefined)
    .toSorted((a, b) => a.at - b.at)
}

function givenEnding(share: KnownShare, contactName: string, now: Instant): Ending[] {
  const { id, contact, sections, until, createdAt, endedBy, endedAt, isAccepted } = share
  const about = { side: 'given', shareId: id, contactId: contact, contactName, recordName: '', sections } as const
  if (endedBy !== undefined) {
    const isTold = endedBy !== 'stopped' && endedAt !== undefined && now < endedAt + AFTER_MS
    return isTold
      ? [{ ...about, endingId: `${id}.over`, at: endOf(endedBy, endedAt, until), isOver: true, endedBy }]
      : []
  }
  const isSoon = isAccepted && until !== NEVER && now >= until - noticeMs(createdAt, until) && now < until
  return isSoon ? [{ ...about, endingId: `${id}.${until}`, at: until, isOver: false }] : []
}

function receivedEnding(grant: KnownGrant, contactName: string, now: Instant): Ending[] {
  const { id, contact, recordName, logs, until, receivedAt, endedBy, endedAt, isAccepted, isPutAway } = grant
  const about = { side: 'received', shareId: id, contactId: contact, contactName, recordName } as const
  if (endedBy !== undefined) {
    const byThem = endedBy === 'stopped' || endedBy === 'expired'
    const isTold = byThem && isAccepted && !isPutAway && endedAt !== undefined && now < endedAt + AFTER_MS
    return isTold
      ? [{ ...about, sections: [], endingId: `${id}.over`, at: endOf(endedBy, endedAt, until), isOver: true, endedBy }]
      : []
  }
  const isSoon = isAccepted && until !== NEVER && now >= until - noticeMs(receivedAt, until) && now < until
  const sections = logs.map(log => log.section)
  return isSoon ? [{ ...about, sections, endingId: `${id}.${until}`, at: until, isOver: false }] : []
}

/** What ran out ended at its end, however late that was noticed. */
function endOf(endedBy: Ending['endedBy'], endedAt: Instant, until: Instant): Instant {
  return endedBy === 'expired' && until < endedAt ? until : endedAt
}

/** Inside a change. What was put away long ago goes. */
export function putDismissed(doc: NoticesDocument, endingId: string, now: Instant): void {
  doc[endingId] = now
  for (const [id, at] of Object.entries(doc)) if (at < now - KEEP_MS) delete doc[id]
}
