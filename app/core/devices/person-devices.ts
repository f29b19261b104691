import { DeviceId } from '#schema/ids.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import { putDeviceName } from '../home/keyring-document.ts'
import { GUARDIANS_SHARD, type GuardiansDocument, readGuardians } from '../kept/guardians-document.ts'
import type { Clock } from '../ports.ts'
import type { DeviceInfo, SaveFailure } from '../session.ts'
import { MAX_DEVICE_NAME_LENGTH } from '../shown-name.ts'
import type { VaultSlot } from '../vault/open-vault.ts'
import { listDevices } from './device-list.ts'
import { beginRotation } from './rotation.ts'

type Saved = Promise<Result<void, SaveFailure>>

/** The devices of the record in a slot: the list, names and removal. */
export class PersonDevices {
  readonly #slot: VaultSlot
  readonly #clock: Clock

  constructor(slot: VaultSlot, clock: Clock) {
    this.#slot = slot
    this.#clock = clock
  }

  async list(): Promise<readonly DeviceInfo[]> {
    const account = this.#slot.open?.account
    if (account === undefined) return []
    const { log } = account.logs.home
    const guardians = readGuardians(await log.read<GuardiansDocument>(GUARDIANS_SHARD))
    const managers = new Set<string>(guardians.flatMap(one => (one.purpose === 'manager' ? [one.deviceId] : [])))
    return listDevices(account).map(device => ({ ...device, isManagers: managers.has(device.deviceId) }))
  }

  async rename(id: string, name: string): Saved {
    const account = this.#slot.open?.account
    if (account === undefined) return fail({ kind: 'locked' })
    const cleaned = cleanDeviceName(name)
    if (cleaned === '') return fail({ kind: 'invalid', field: 'name' })
    const known = account.keyring.devices.find(device => device.deviceId === id && device.removedAt === undefined)
    if (known === undefined) return fail({ kind: 'not-found' })
    const saved = await account.logs.home.changeKeyring(doc => putDeviceName(doc, known.deviceId, cleaned))
    return saved.ok ? saved : fail({ kind: 'not-stored', why: saved.failure })
  }

  /** Durable once noted; the rotation that it begins is carried on by itself. Of a removed one there is nothing to do. */
  async remove(id: string): Saved {
    const account = this.#slot.open?.account
    if (account === undefined) return fail({ kind: 'locked' })
    const known = account.keyring.devices.find(device => device.deviceId === DeviceId.parse(id))
    if (known === undefined) return fail({ kind: 'not-found' })
    if (known.removedAt !== undefined) return ok(undefined)
    if (known.deviceId === account.deviceId) return fail({ kind: 'last-device' })
    const begun = await beginRotation(account.logs.home, this.#clock, account.deviceId, [known.deviceId])
    return begun.ok ? begun : fail({ kind: 'not-stored', why: begun.failure })
  }
}

export function cleanDeviceName(name: string): string {
  return name.trim().slice(0, MAX_DEVICE_NAME_LENGTH)
}
