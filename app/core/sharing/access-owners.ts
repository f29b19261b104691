import type { CapabilityId, DeviceId, ShareId } from '#schema/ids.ts'
import type { AccessWho } from '../follow-session.ts'
import type { Account } from '../home/account.ts'
import type { KnownDevice, LogKeys } from '../home/keyring.ts'
import { deviceCapabilityId } from '../home/own-capability.ts'
import {
  GUARDIANS_SHARD,
  type GuardiansDocument,
  type KnownGuardian,
  readGuardians,
} from '../kept/guardians-document.ts'
import { contactIdOf } from './contact-card.ts'
import type { PeopleBook } from './people-document.ts'
import type { Sharing } from './sharing.ts'

/** Whose each capability is, and each share: also of devices, shares, guardians and contacts that are no more. */
export async function accessOwners(account: Account, { office, given }: Sharing) {
  const [book, shares] = [await office.book(), await given.shares()]
  const { home } = account.logs
  const guardians = readGuardians(await home.log.read<GuardiansDocument>(GUARDIANS_SHARD))
  const { name: ownerName } = await home.person()
  const ofDevice = deviceOwners(account, { guardians, ownerName, book })
  const whoOfShare = new Map<ShareId, AccessWho>()
  const whoOfCapability = new Map<CapabilityId, AccessWho>()
  for (const { id, contact, capabilityIds } of shares) {
    const who = contactIn(book, contact) ?? { kind: 'contact', contactId: contact, name: '', isRemoved: true }
    whoOfShare.set(id, who)
    for (const capability of capabilityIds) whoOfCapability.set(capability, who)
  }
  return {
    ofShare: (id: ShareId): AccessWho => whoOfShare.get(id) ?? { kind: 'unknown', id },
    inLog: ({ logId }: LogKeys) => {
      const devices = new Map(
        account.keyring.devices.map(device => [deviceCapabilityId(device.holderKey, logId), ofDevice(device)]),
      )
      return (id: CapabilityId): AccessWho => devices.get(id) ?? whoOfCapability.get(id) ?? { kind: 'unknown', id }
    },
  }
}

interface Whole {
  readonly guardians: readonly KnownGuardian[]
  readonly ownerName: string
  readonly book: PeopleBook
}

/** Not every device of a record is of the person who reads: guardians and managers act with devices of it, too. */
function deviceOwners(account: Account, { guardians, ownerName, book }: Whole): (device: KnownDevice) => AccessWho {
  const { devices } = account.keyring
  const byDevice = new Map<DeviceId, KnownGuardian>(guardians.map(one => [one.deviceId, one]))
  const staying = new Set(devices.flatMap(one => (one.removedAt === undefined ? [one.deviceId] : [])))
  const me = byDevice.get(account.deviceId)?.person
  return ({ deviceId, name, removedAt }) => {
    const guardian = byDevice.get(deviceId)
    if (guardian?.person !== me) return guardian === undefined ? { kind: 'owner', name: ownerName } : asOther(guardian)
    if (removedAt !== undefined) return { kind: 'removed-device', deviceId, name }
    return { kind: 'own-device', deviceId, name, isThisOne: deviceId === account.deviceId }
  }

  function asOther({ person, name }: KnownGuardian): AccessWho {
    const known = [...book.contacts, ...book.removed].find(one => one.card.idSign === person)
    const contact = contactIn(book, known?.id ?? contactIdOf(person))
    if (contact !== undefined) return contact
    const stays = guardians.some(one => one.person === person && staying.has(one.deviceId))
    return { kind: 'guardian', personId: person, name, isRemoved: !stays }
  }
}

function contactIn({ contacts, removed }: PeopleBook, contactId: string): AccessWho | undefined {
  const known = contacts.find(one => one.id === contactId)
  const { name } = known ?? removed.find(one => one.id === contactId) ?? {}
  return name === undefined ? undefined : { kind: 'contact', contactId, name, isRemoved: known === undefined }
}
