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
import { keptPorts } from '#app/core/kept/open-kept.ts'
import { SILENT_LINK } from '#app/core/sync/silent-link.ts'
import type { ByteStore } from '#app/core/ports.ts'
import { deriveKey } from '#crypto/hash.ts'
import type { KemKey } from '#crypto/keys.ts'
import { idBytes, LogId } from '#schema/ids.ts'
import type { MemoryDisk } from '#tests/support/memory-store.ts'
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
  const found = await lookInto({ time, random }, store, await vaultKeyOf(store, device))
  if (found === undefined) throw new Error(`Cannot look into ${device.name}`)
  return found
}

/** Of a practice in which this device acts, by a copy of its disk; undefined where it has nothing of it. */
export async function keptInsightOf(
  world: Looker,
  device: PersonDevice,
  disk: MemoryDisk,
  keptId: string,
): Promise<Insight | undefined> {
  const store = disk.clone().open()
  const id = LogId.parse(keptId)!
  const vaultKey = deriveKey(await vaultKeyOf(store, device), 'vault.kept', idBytes(id))
  return lookInto(
    world,
    keptPorts({ store, relay: SILENT_LINK, clock: makeVirtualClock(world.time, 0), random: world.random }, id).store,
    vaultKey,
  )
}

interface Looker {
  readonly time: VirtualTime
  readonly random: SeededRandom
}

async function vaultKeyOf(store: ByteStore, { person, name }: PersonDevice): Promise<Uint8Array<ArrayBuffer>> {
  const found = await readHeader(store)
  const key = found.kind === 'there' ? unwrapWithPassphrase(found.header, person.passphrase) : undefined
  if (!key?.ok) throw new Error(`Cannot look into ${name}`)
  return key.value
}

async function lookInto(
  { time, random }: Looker,
  store: ByteStore,
  vaultKey: Uint8Array<ArrayBuffer>,
): Promise<Insight | undefined> {
  const keys = vaultKeys(vaultKey)
  const row = openAccountRow(keys.account, await store.get('sealed', ACCOUNT_ROW_KEY))
  if (!row.ok) return undefined
  const deps = { store, clock: makeVirtualClock(time, 0), random, localKey: keys.local }
  const home = await openHome(deps, row.value)
  const keyring = home.ok ? await home.value.keyring() : undefined
  if (!home.ok || keyring === undefined) return undefined
  const grants = readReceived(await home.value.log.read<ReceivedDocument>(RECEIVED_SHARD))
  home.value.log.dispose()
  return { row: row.value, keyring, grants }
}

/** What others ever sealed to. */
export function shareKemsOf({ keyring }: Insight): readonly KemKey[] {
  return [keyring.shareKem, ...keyring.formerShareKems.map(former => former.key)]
}
