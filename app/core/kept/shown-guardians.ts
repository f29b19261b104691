import { NEVER } from '#schema/protocol/capability.ts'
import { listDevices } from '../devices/device-list.ts'
import type { Account } from '../home/account.ts'
import type { Guardian } from '../kept-session.ts'
import type { GuardianDeps } from './guardian-desk.ts'
import type { KnownGuardian } from './guardians-document.ts'

/** In a kept record every device is a guardian's; in one's own only those that were let in. */
export function shownGuardians(
  account: Account,
  known: readonly KnownGuardian[],
  purpose: GuardianDeps['purpose'],
  contactOf: (guardian: KnownGuardian) => string | undefined,
): Guardian[] {
  const contactFor = (guardian: KnownGuardian | undefined) => {
    const contactId = guardian && contactOf(guardian)
    return contactId === undefined ? {} : { contactId }
  }
  const devices = listDevices(account)
  const listed = devices.flatMap((device): Guardian[] => {
    const guardian = known.find(one => one.deviceId === device.deviceId)
    if (guardian === undefined && purpose === 'manager') return []
    const hasAccepted = guardian === undefined || guardian.answer === 'accepted' || device.lastSeenAt !== undefined
    const isOffered = !hasAccepted && !device.isThisOne
    return [
      {
        deviceId: device.deviceId,
        name: guardian?.name ?? device.name,
        isThisOne: device.isThisOne,
        addedAt: device.addedAt,
        state: device.isBeingRemoved ? 'removing' : isOffered ? 'offered' : 'active',
        purpose: guardian?.purpose ?? purpose,
        ...contactFor(guardian),
        ...(device.lastSeenAt === undefined ? {} : { lastSeenAt: device.lastSeenAt }),
        ...(guardian === undefined || guardian.until === NEVER ? {} : { until: guardian.until }),
      },
    ]
  })
  const there = new Set<string>(account.keyring.devices.map(device => device.deviceId))
  const coming = known
    .filter(one => !there.has(one.deviceId) && !one.isTold && one.answer === undefined)
    .map(
      (one): Guardian => ({
        deviceId: one.deviceId,
        name: one.name,
        isThisOne: false,
        addedAt: one.createdAt,
        state: 'preparing',
        purpose: one.purpose,
        ...contactFor(one),
        ...(one.until === NEVER ? {} : { until: one.until }),
      }),
    )
  return [...listed, ...coming]
}
