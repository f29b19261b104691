import type { ContactId, DeviceId, PrincipalId } from '#schema/ids.ts'
import type { Instant } from '#schema/instant.ts'
import { NEVER } from '#schema/protocol/capability.ts'
import type { WholeEnding } from '../follow-session.ts'
import type { KnownDevice } from '../home/keyring.ts'
import type { KnownGuardian } from '../kept/guardians-document.ts'
import type { KnownKept } from '../kept/kept-document.ts'
import { contactIdOf } from './contact-card.ts'
import { AFTER_MS, KEEP_MS, noticeMs } from './notice-times.ts'

export interface FollowedWhole {
  /** Of the record. */
  readonly guardians: readonly KnownGuardian[]
  readonly devices: readonly KnownDevice[]
  readonly deviceId: DeviceId
  /** What this person keeps and manages for others; of their own record alone. */
  readonly kept: readonly KnownKept[]
  contactOf(person: PrincipalId): { readonly id: ContactId; readonly name: string } | undefined
  nameOf(contact: ContactId): string
}

/** What is to be said at `now` of those who act in the whole record, or were asked to, and of records that this person manages. */
export function wholeEndings(followed: FollowedWhole, now: Instant): WholeEnding[] {
  const me = followed.guardians.find(one => one.deviceId === followed.deviceId)?.person
  const others = followed.guardians.filter(({ person, purpose }) => person !== me && purpose !== 'hand-over')
  return [
    ...others.flatMap(guardian => givenEnding(followed, guardian, now)),
    ...followed.kept.flatMap(record => receivedEnding(followed, record, now)),
  ]
}

function givenEnding(followed: FollowedWhole, guardian: KnownGuardian, now: Instant): WholeEnding[] {
  const { deviceId, person, name, answer, until, createdAt } = guardian
  const contact = followed.contactOf(person)
  const about = {
    kind: 'whole',
    side: 'given',
    purpose: guardian.purpose,
    keptId: '',
    contactId: contact?.id ?? contactIdOf(person),
    contactName: contact?.name ?? name,
    recordName: '',
    isDeclined: false,
  } as const
  if (answer === 'declined') {
    const isAskedAgain = followed.guardians.some(one => one.person === person && one.createdAt > createdAt)
    if (isAskedAgain || now >= createdAt + KEEP_MS) return []
    return [{ ...about, endingId: `${deviceId}.declined`, at: createdAt, isOver: true, isDeclined: true }]
  }
  const removedAt = followed.devices.find(one => one.deviceId === deviceId)?.removedAt
  // Whom somebody removed before the end is told by nobody; another device may have taken this one's place.
  if (answer !== 'accepted' || until === NEVER || (removedAt !== undefined && removedAt < until)) return []
  if (now >= until) {
    return now < until + AFTER_MS ? [{ ...about, endingId: `${deviceId}.over`, at: until, isOver: true }] : []
  }
  const isSoon = now >= until - noticeMs(createdAt, until)
  return isSoon ? [{ ...about, endingId: `${deviceId}.${until}`, at: until, isOver: false }] : []
}

/** Before the end alone: that it is over stands in the list of kept records until it is taken off. */
function receivedEnding(followed: FollowedWhole, record: KnownKept, now: Instant): WholeEnding[] {
  const { id, name, contact, until, addedAt, purpose, isAccepted, endedBy } = record
  const isGoing = isAccepted && endedBy === undefined && until !== NEVER && now < until
  if (!isGoing || now < until - noticeMs(addedAt, until)) return []
  return [
    {
      kind: 'whole',
      side: 'received',
      purpose,
      keptId: id,
      contactId: contact ?? '',
      contactName: contact === undefined ? '' : followed.nameOf(contact),
      recordName: name,
      endingId: `${id}.${until}`,
      at: until,
      isOver: false,
      isDeclined: false,
    },
  ]
}
