import { makeDeviceCert } from '#crypto/certificate.ts'
import { DeviceId } from '#schema/ids.ts'
import { MAX_CERT_CHAIN } from '#schema/protocol/certificate.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import { enrolDevice } from '../devices/enrol-device.ts'
import type { Account } from '../home/account.ts'
import { deviceKeys, type DeviceSeeds } from '../home/account-row.ts'
import type { KnownDevice } from '../home/keyring.ts'
import { registerDevice } from '../home/registration.ts'
import type { Clock } from '../ports.ts'
import type { Rest } from '../sharing/clerk.ts'

/**
 * Makes a device with these seeds one of the record's: certified by this one, a reader of a new home epoch, in the keyring, known to
 * the relay. Doing it twice is harmless.
 */
export async function enrol(
  account: Account,
  clock: Clock,
  name: string,
  seeds: DeviceSeeds,
): Promise<Result<KnownDevice, Rest>> {
  const { device, kem, holder } = deviceKeys(seeds)
  const deviceId = DeviceId.of(device.publicKey)
  let known = account.keyring.devices.find(one => one.deviceId === deviceId)
  if (known === undefined) {
    if (account.row.chain.length >= MAX_CERT_CHAIN) return fail({ kind: 'refused', code: 'bad-request' })
    const issuedAt = clock.now()
    const about = { device: deviceId, kemPublicKey: kem.publicKey, isAdmin: true, issuedAt }
    const chain = [makeDeviceCert(about, deviceKeys(account.row.seeds).device), ...account.row.chain]
    known = { deviceId, name, chain, kemPublicKey: kem.publicKey, holderKey: holder.publicKey, addedAt: issuedAt }
    const enrolled = await enrolDevice({ home: account.logs.home, saveHomeKey: key => account.saveHomeKey(key) }, known)
    if (!enrolled.ok) return fail({ kind: 'not-stored', why: enrolled.failure })
    await account.refreshed()
  }
  const settled = await account.settle()
  if (!settled.ok) return settled
  const homeKeys = account.keyring.logs.find(log => log.section === 'home')
  if (homeKeys === undefined) throw new Error('Cannot enrol a device: the keyring does not name the home log')
  const registered = await registerDevice(account.client, homeKeys, known.holderKey, account.keyring)
  return registered.ok ? ok(known) : registered
}
