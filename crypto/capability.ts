import { type Capability, CAPABILITY_LABEL, encodeCapabilityBody } from '#schema/protocol/capability.ts'
import { BEGIN_LABEL, type BeginRecord, encodeBeginRecordBody } from '#schema/protocol/begin.ts'
import {
  encodeOwnerBody,
  encodePruneBody,
  OWNER_LABEL,
  type OwnerRecord,
  PRUNE_LABEL,
  type PruneRecord,
} from '#schema/protocol/owner.ts'
import { type SigningKey, sign } from './keys.ts'

/** What a log's current O says to the relay. */

export function signCapability(body: Omit<Capability, 'signature'>, ownerKey: SigningKey): Capability {
  return { ...body, signature: sign(ownerKey, CAPABILITY_LABEL, encodeCapabilityBody(body)) }
}

export function signOwner(body: Omit<OwnerRecord, 'signature'>, ownerKey: SigningKey): OwnerRecord {
  return { ...body, signature: sign(ownerKey, OWNER_LABEL, encodeOwnerBody(body)) }
}

export function signPrune(body: Omit<PruneRecord, 'signature'>, ownerKey: SigningKey): PruneRecord {
  return { ...body, signature: sign(ownerKey, PRUNE_LABEL, encodePruneBody(body)) }
}

export function signBegin(body: Omit<BeginRecord, 'signature'>, ownerKey: SigningKey): BeginRecord {
  return { ...body, signature: sign(ownerKey, BEGIN_LABEL, encodeBeginRecordBody(body)) }
}
