import { type AccountRow, ACCOUNT_ROW_KEY, openAccountRow } from '#app/core/home/account-row.ts'
import type { Keyring } from '#app/core/home/keyring.ts'
import { openHome } from '#app/core/home/open-account.ts'
import {
  type KnownGrant,
  readReceived,
  RECEIVED_SHARD,
  type ReceivedDocument,
} from '#app/core/sharing/received-document.ts'
import { readHeader } from '#app/core/vault/vault-store.ts'
import { unwrapWithPassphrase, vaultKeys } from '#app/core/vault/vault-key.ts'
import type { KemKey } from '#crypto/keys.ts'
import { makeVirtualClock, type VirtualTime } from '#tests/support/virtual-clock.ts'
import type { SeededRandom } from '#tests/support/seeded-random.ts'
import type { PersonDevice } from './person-device.ts'

/** What lies on a device, for whoever has its passphrase and reads more than the screens show. */
export interface Insight {
  readonly row: AccountRow
  readonly keyring: Keyring
  readonly grants: readonly KnownGrant[]
}

/** Reads a copy of the disk; the device itself notices nothing. */
export async function insightOf(time: VirtualTime, random: SeededRandom, device: PersonDevice): Promise<Insight> {
  const store = device.disk.clone().open()
  const found = await readHeader(store)
  const key = found.kind === 'there' ? unwrapWithPassphrase(found.header, device.person.passphrase) : undefined
  if (!key?.ok) throw new Error(`Cannot look into ${device.name}`)
  const keys = vaultKeys(key.value)
  const row = openAccountRow(keys.account, await store.get('sealed', ACCOUNT_ROW_KEY))
  if (!row.ok) throw new Error(`Cannot look into ${device.name}: its account row is damaged`)
  const deps = { store, clock: makeVirtualClock(time, 0), random, localKey: keys.local }
  const home = await openHome(deps, row.value)
  const keyring = home.ok ? await home.value.keyring() : undefined
  if (!home.ok || keyring === undefined) throw new Error(`Cannot look into ${device.name}: no keyring`)
  const grants = readReceived(await home.value.log.read<ReceivedDocument>(RECEIVED_SHARD))
  home.value.log.dispose()
  return { row: row.value, keyring, grants }
}

/** What others ever sealed to. */
export function shareKemsOf({ keyring }: Insight): readonly KemKey[] {
  return [keyring.shareKem, ...keyring.formerShareKems.map(former => former.key)]
}
