import { signCapability } from '#crypto/capability.ts'
import type { SigningKey } from '#crypto/keys.ts'
import type { CapabilityId, LogId } from '#schema/ids.ts'
import { instant } from '#schema/instant.ts'
import { encodeCapability, RIGHTS } from '#schema/protocol/capability.ts'
import type { LogName, SharedName } from '#schema/record/sections.ts'
import { ok, type Result } from '#schema/result.ts'
import { isRefused, registerSigned } from '../home/registration.ts'
import type { SealedLog } from '../log/sealed-log.ts'
import type { ShareRole } from '../share-session.ts'
import type { RelayClient, RelayFailure } from '../sync/sync.ts'
import { endForGood } from './ended-capabilities.ts'
import type { KnownShare, RegisteredCapability } from './given-document.ts'

type Bytes = Uint8Array<ArrayBuffer>

const { read, append } = RIGHTS
const RIGHTS_OF: Readonly<Record<ShareRole, number>> = {
  read,
  write: read | append,
}

/** What `owner` signs so that who has `share` may ask for a log. */
export function shareCapability(
  share: Pick<KnownShare, 'role' | 'holderKey'>,
  { logId, id, notAfter }: RegisteredCapability,
  owner: SigningKey,
): Bytes {
  const bounds = { notBefore: instant(0), notAfter, quotaBytes: Number.MAX_SAFE_INTEGER }
  const body = { id, logId, holderKey: share.holderKey, rights: RIGHTS_OF[share.role], ...bounds }
  return encodeCapability(signCapability(body, owner))
}

/** For its G of now, and until it ends. */
export function isOfNow({ until, principal }: Pick<KnownShare, 'until' | 'principal'>, made: RegisteredCapability) {
  return made.notAfter === until && made.principal === principal
}

/** A share's capability. */
export interface Made {
  readonly share: KnownShare
  readonly made: RegisteredCapability
}

/** Of one section's log. */
export function liveIn(shares: readonly KnownShare[], section: SharedName, logId: LogId): Made[] {
  const going = shares.filter(one => one.endedBy === undefined && !one.isPaused && one.sections.includes(section))
  return going.flatMap(share =>
    share.capabilities.flatMap(made => (made.logId === logId && isOfNow(share, made) ? { share, made } : [])),
  )
}

/** Those of a log by which nobody is to be served any more: their share is over, or paused, or has that section no longer, or another G. */
export function overIn(
  shares: readonly KnownShare[],
  { logId, section }: { readonly logId: LogId; readonly section: LogName | 'home' },
): Made[] {
  return shares.flatMap(share => {
    const goesOn = share.endedBy === undefined && !share.isPaused && share.sections.some(one => one === section)
    const isOver = (made: RegisteredCapability) => !goesOn || made.principal !== share.principal
    return share.capabilities.flatMap(made => (made.logId === logId && isOver(made) ? { share, made } : []))
  })
}

/**
 * Registers again what the relay does not serve of `live`: a device of ours that succeeded O had not heard of it, or the relay was put
 * back. Answers those that ended there, under whose id nothing can come back: others have to be made.
 */
export async function restoreLive(
  client: RelayClient,
  signers: readonly SigningKey[],
  live: readonly Made[],
  registered: readonly CapabilityId[],
): Promise<Result<readonly Made[], RelayFailure>> {
  const lost: Made[] = []
  for (const one of live.filter(({ made }) => !registered.includes(made.id))) {
    const { share, made } = one
    const again = await registerSigned(client, made.logId, signers, owner => shareCapability(share, made, owner))
    if (again.ok) continue
    if (!isRefused(again, 'stale')) return again
    const ended = await endForGood(client, made, signers)
    if (!ended.ok) return ended
    lost.push(one)
  }
  return ok(lost)
}

/** One of those that hold as long as the share does, for the G of now. */
export function capabilityOf(share: KnownShare, log: Pick<SealedLog, 'id'>): RegisteredCapability | undefined {
  return share.capabilities.find(made => made.logId === log.id && isOfNow(share, made))
}
