import type { DeviceId, PrincipalId } from '#schema/ids.ts'
import type { LogName } from '#schema/record/sections.ts'
import type { SealedLog } from '../log/sealed-log.ts'
import { goneFrom } from './due-epoch.ts'
import type { KnownShare } from './given-document.ts'

/** In the log of a section, by the share's G of now or one before it, as far as this device knows: what is written there now can be read by them. */
export function isMember({ principals }: Pick<KnownShare, 'principals'>, log: SealedLog): boolean {
  return log.members().roster.some(entry => principals.includes(entry.principal))
}

/**
 * Whether what is written there on this device can be read by them: they are a member, or they were let in and taken out by EPOCHs that
 * this device has heard of and not got, so that it writes under a key that was given to them. Whoever has a capability was let in before.
 */
export function canRead(
  share: Pick<KnownShare, 'principals' | 'capabilities' | 'ended' | 'endedBy' | 'endedIn' | 'makers'>,
  log: Pick<SealedLog, 'id' | 'members'>,
  deviceId: DeviceId,
): boolean {
  if (mayBeLetIn(share, log, deviceId).length > 0) return true
  const { roster, removed, isWhole } = log.members()
  const isIn = roster.some(entry => share.principals.includes(entry.principal))
  const letIn = [...share.capabilities, ...share.ended].filter(
    made => made.logId === log.id && share.principals.includes(made.principal),
  )
  return isIn || (!isWhole && letIn.some(made => !removed.has(made.principal)))
}

/**
 * Of a share that has ended, each G that another device of ours made and no EPOCH here removes. That device may have let it in, and told
 * its recipient the keys of the log as it is here, before it heard of the end; and this one has heard of neither. Only an EPOCH from after
 * the end takes them out.
 */
export function mayBeLetIn(
  { endedBy, endedIn, principals, makers }: Pick<KnownShare, 'endedBy' | 'endedIn' | 'principals' | 'makers'>,
  log: Pick<SealedLog, 'id' | 'members'>,
  deviceId: DeviceId,
): PrincipalId[] {
  if (endedBy === undefined || !endedIn.includes(log.id)) return []
  const { removed } = log.members()
  return principals.filter(one => makers.has(one) && makers.get(one) !== deviceId && !removed.has(one))
}

/** By the share's G of now. */
export function isMemberNow({ principal }: Pick<KnownShare, 'principal'>, log: SealedLog): boolean {
  return log.members().roster.some(entry => entry.principal === principal)
}

/** Whether what is written there on this device can be read by somebody who has no part in the section any more: an EPOCH is due. */
export function isReadByGone(
  shares: readonly KnownShare[],
  log: Pick<SealedLog, 'id' | 'members'>,
  section: LogName,
  deviceId: DeviceId,
): boolean {
  return shares.some(share => canRead({ ...share, principals: goneFrom(share, section) }, log, deviceId))
}
