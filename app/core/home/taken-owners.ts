import { toHex } from '#schema/bytes.ts'
import type { SigningKey } from '#crypto/keys.ts'
import type { LogId } from '#schema/ids.ts'
import { endedCapabilities } from './own-capability.ts'
import type { Keyring, LogKeys, Rotation } from './keyring.ts'

/** Capabilities that a finished removal ended; the relay may be about to hear of an open one. */
export function capabilitiesEnded({ rotations, devices }: Keyring, logId: LogId): ReadonlySet<string> {
  const gone = new Set(rotations.filter(rotation => rotation.isDone).flatMap(rotation => rotation.removes))
  return endedCapabilities(
    devices.filter(device => gone.has(device.deviceId)),
    logId,
  )
}

export function finishedRotations({ rotations }: Keyring): number {
  return rotations.filter(rotation => rotation.isDone).length
}

/** How many successions of a log's O the relay has taken, as far as the keyring can tell: what an open rotation plans may be to come. */
export function ownersTaken(keyring: Keyring, logId: LogId): number {
  const planned = plannedKeys(keyring.rotations.filter(rotation => !rotation.isDone))
  const owners = keyring.logs.find(log => log.logId === logId)?.owners ?? []
  return Math.max(0, ...owners.flatMap(({ number, key }) => (planned.has(toHex(key.publicKey)) ? [] : [number])))
}

/** A log's keys for giving a relay its successions back: of one number, those that a removed device had planned and knows come last. */
export function ownersToRestore(keyring: Keyring, log: LogKeys): LogKeys {
  const removed = new Set(keyring.devices.flatMap(device => (device.removedAt === undefined ? [] : [device.deviceId])))
  const known = plannedKeys(keyring.rotations.filter(rotation => removed.has(rotation.by)))
  const [theirs, ours] = [true, false].map(isKnown =>
    log.owners.filter(({ key }) => known.has(toHex(key.publicKey)) === isKnown),
  )
  return { ...log, owners: [...ours!, ...theirs!] }
}

/** Who may have signed last: the relay may have taken a succession by a removed device that does not count any more, and obeys that O. */
export function everyOwner(log: LogKeys, refused: Keyring | undefined): readonly SigningKey[] {
  const theirs = refused?.logs.find(({ logId }) => logId === log.logId)?.owners ?? []
  const keys = [...log.owners, ...theirs].map(owner => [toHex(owner.key.publicKey), owner.key] as const)
  return [...new Map(keys).values()]
}

function plannedKeys(rotations: readonly Rotation[]): ReadonlySet<string> {
  return new Set(rotations.flatMap(rotation => rotation.plan.map(planned => toHex(planned.ownerKey))))
}
