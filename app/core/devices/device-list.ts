import type { DeviceId } from '#schema/ids.ts'
import { type Instant, instant } from '#schema/instant.ts'
import type { Account } from '../home/account.ts'
import type { DeviceInfo } from '../session.ts'

const DAY_MS = 24 * 60 * 60_000

/** Oldest first. A removed device stands in the list until its removal is through. */
export function listDevices(account: Account): Omit<DeviceInfo, 'isManagers'>[] {
  const lastSeen = lastSeenByDevice(account)
  const removing = new Set(account.keyring.rotations.filter(one => !one.isDone).flatMap(one => one.removes))
  return account.keyring.devices
    .filter(device => device.removedAt === undefined || removing.has(device.deviceId))
    .toSorted((a, b) => a.addedAt - b.addedAt)
    .map(device => {
      const seenAt = lastSeen.get(device.deviceId)
      return {
        deviceId: device.deviceId,
        name: device.name,
        isThisOne: device.deviceId === account.deviceId,
        addedAt: device.addedAt,
        ...(seenAt === undefined ? {} : { lastSeenAt: seenAt }),
        isBeingRemoved: device.removedAt !== undefined,
      }
    })
}

/** Day-exact: the newest time that a device claimed in any log. */
function lastSeenByDevice(account: Account): ReadonlyMap<DeviceId, Instant> {
  const newest = new Map<DeviceId, Instant>()
  for (const { device, claimedAt } of account.allLogs().flatMap(log => log.feeds())) {
    if (device === undefined || claimedAt === undefined) continue
    const day = instant(claimedAt - (claimedAt % DAY_MS))
    if (day > (newest.get(device) ?? Number.NEGATIVE_INFINITY)) newest.set(device, day)
  }
  return newest
}
