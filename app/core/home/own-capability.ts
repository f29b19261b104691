import { signCapability } from '#crypto/capability.ts'
import { deriveKey } from '#crypto/hash.ts'
import type { SigningKey } from '#crypto/keys.ts'
import { CapabilityId, idBytes, type LogId } from '#schema/ids.ts'
import { instant } from '#schema/instant.ts'
import { ALL_RIGHTS, encodeCapability, NEVER } from '#schema/protocol/capability.ts'
import type { KnownDevice } from './keyring.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** The same on every device, so that each can name the others' in an OWNER record (decision 0006). */
export function deviceCapabilityId(holderKey: Bytes, logId: LogId): CapabilityId {
  return CapabilityId.of(deriveKey(holderKey, 'capability', idBytes(logId)).subarray(0, CapabilityId.size))
}

/** Of every device that was not removed, also of one that the relay does not know yet. */
export function keptCapabilities(devices: readonly KnownDevice[], logId: LogId): CapabilityId[] {
  return devices
    .filter(device => device.removedAt === undefined)
    .map(device => deviceCapabilityId(device.holderKey, logId))
}

/** Of removed devices. */
export function endedCapabilities(devices: readonly KnownDevice[], logId: LogId): ReadonlySet<string> {
  const removed = devices.filter(device => device.removedAt !== undefined)
  return new Set(removed.map(device => deviceCapabilityId(device.holderKey, logId)))
}

/** All rights, without end, for one of the person's own devices; the same bytes each time. */
export function deviceCapability(logId: LogId, holderKey: Bytes, owner: SigningKey): Bytes {
  return encodeCapability(
    signCapability(
      {
        id: deviceCapabilityId(holderKey, logId),
        logId,
        holderKey,
        rights: ALL_RIGHTS,
        notBefore: instant(0),
        notAfter: NEVER,
        quotaBytes: Number.MAX_SAFE_INTEGER,
      },
      owner,
    ),
  )
}
