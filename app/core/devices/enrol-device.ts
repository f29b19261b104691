import type { Result } from '#schema/result.ts'
import { makeEpochKey } from '../home/create-account.ts'
import type { HomeLog } from '../home/home-log.ts'
import type { KnownDevice } from '../home/keyring.ts'
import { putDevice, putEpoch } from '../home/keyring-document.ts'
import type { EpochKey } from '../log/sealed-log.ts'
import type { StoreFailure } from '../ports.ts'
import { homeReaders } from './rotation.ts'

export interface EnrolDeps {
  readonly home: HomeLog
  saveHomeKey(key: EpochKey): Promise<Result<void, StoreFailure>>
}

/** Into the keyring, and a reader of the home log from a new epoch on. */
export async function enrolDevice(deps: EnrolDeps, device: KnownDevice): Promise<Result<void, StoreFailure>> {
  const keyring = await deps.home.keyring()
  if (keyring === undefined) throw new Error('Cannot admit a device: the keyring is not there')
  const key = makeEpochKey()
  const kept = await deps.saveHomeKey(key)
  if (!kept.ok) return kept
  const readers = [...homeReaders(keyring), device.kemPublicKey]
  const rotated = await deps.home.log.writeEpoch(key, readers, [])
  if (!rotated.ok) return rotated
  return deps.home.changeKeyring(doc => {
    putEpoch(doc, deps.home.log.id, key)
    putDevice(doc, device)
  })
}
