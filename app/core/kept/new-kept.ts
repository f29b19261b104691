import { deriveKey } from '#crypto/hash.ts'
import { randomBytes, wipe } from '#crypto/sodium.ts'
import { type ContactId, DeviceId, idBytes, type LogId } from '#schema/ids.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import { recoverAccount } from '../devices/recover.ts'
import { accountWrite, deviceKeys } from '../home/account-row.ts'
import { createAccount, homeLogOf, storeAccount } from '../home/create-account.ts'
import type { KeepRecord } from '../kept-session.ts'
import type { Ports, StoreFailure } from '../ports.ts'
import type { RecoverFailure, RecoveryKit } from '../session.ts'
import { kitOf } from '../vault/kit.ts'
import type { OpenVault } from '../vault/open-vault.ts'
import { vaultKeys } from '../vault/vault-key.ts'
import { kitWrite } from '../vault/vault-store.ts'
import { readPlan } from './hand-over-document.ts'
import { putKept } from './kept-changes.ts'
import { KEPT_SHARD, type KeptDocument, type KnownKept, readKept, removalsIn } from './kept-document.ts'
import { keptPorts, storedDevice } from './open-kept.ts'
import { putSaid, SAID_SHARD, type SaidDocument } from './said-over.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** What a kept record's rows are sealed under. */
export function keptVaultKey(own: Pick<OpenVault, 'vaultKey'>, id: LogId): Bytes {
  return deriveKey(own.vaultKey, 'vault.kept', idBytes(id))
}

/** Durable when it answers ok. */
export async function changeKept(
  own: OpenVault,
  edit: (doc: KeptDocument) => void,
): Promise<Result<void, StoreFailure>> {
  const { log } = own.account.logs.home
  await log.change<KeptDocument>(KEPT_SHARD, edit)
  return log.flush()
}

/** A contact's letter said that this device is out of the record in which it acts. Durable when it answers ok. */
export async function noteSaid(
  own: OpenVault,
  device: DeviceId,
  contact: ContactId,
): Promise<Result<void, StoreFailure>> {
  const { log } = own.account.logs.home
  await log.change<SaidDocument>(SAID_SHARD, doc => putSaid(doc, device, contact))
  return log.flush()
}

/** Every record that this person keeps, kept, or was offered. */
export async function knownKept(own: OpenVault): Promise<KnownKept[]> {
  const { log } = own.account.logs.home
  return readKept(await log.read<KeptDocument>(KEPT_SHARD), await log.read<SaidDocument>(SAID_SHARD))
}

/** A new account for somebody else, with R kept here until its kit is confirmed; then the entry in one's own home log that makes it count. */
export async function makeKept(
  ports: Ports,
  own: OpenVault,
  { personName, birthDate, relation }: KeepRecord,
): Promise<Result<{ readonly keptId: string; readonly kit: RecoveryKit }, StoreFailure>> {
  const rootSecret = randomBytes(32)
  // Where its rows stand is named by the home log, which R fixes: known only once the account is made.
  const id = homeLogOf(rootSecret)
  const vaultKey = keptVaultKey(own, id)
  const keys = vaultKeys(vaultKey)
  const { store, clock, random } = keptPorts(ports, id)
  const deviceName = own.about.person.name
  const { units, labUnits } = await own.account.logs.home.settings()
  const account = await createAccount({ store, clock, random, localKey: keys.local }, rootSecret, {
    name: personName,
    birthDate,
    deviceName,
    isSample: false,
    isPractice: relation === 'practice',
    settings: { units, labUnits },
  })
  const also = [accountWrite(keys.account, account.row), kitWrite(keys.kit, rootSecret)]
  const made = await storeAccount(store, account, also)
  // What could not be stored cannot be read any more.
  const stored = made.ok ? ok(kitOf(rootSecret, (await account.home.person()).kitMadeAt)) : made
  for (const log of [account.home.log, ...account.sections.values()]) log.dispose()
  wipe(rootSecret)
  wipe(vaultKey)
  if (!stored.ok) return stored
  const { seeds, chain, principal, homeGenesis, homeKeys } = account.row
  const madeAt = clock.now()
  const deviceId = DeviceId.of(deviceKeys(seeds).device.publicKey)
  const device = { deviceId, seeds, chain, madeAt, after: removalsIn(own.account.keyring), isEnrolled: true }
  const about = { id, name: personName, birthDate, relation, addedAt: madeAt, purpose: 'guardian' } as const
  const noted = await changeKept(own, doc =>
    putKept(doc, { ...about, principal, homeGenesis, homeKeys, device, relay: own.account.relay.address }),
  )
  return noted.ok ? ok({ keptId: id, kit: stored.value }) : noted
}

/** Somebody's account by its words, with a device of this person's in it that idSign certifies. `root` is R. */
export async function recoverKept(
  ports: Ports,
  own: OpenVault,
  id: LogId,
  root: Bytes,
): Promise<Result<void, RecoverFailure>> {
  const { store, clock, random } = keptPorts(ports, id)
  const relay = own.account.link
  const vaultKey = keptVaultKey(own, id)
  const keys = vaultKeys(vaultKey)
  wipe(vaultKey)
  const { name } = own.about.person
  const found = await recoverAccount({ store, clock, random, relay, localKey: keys.local }, root, {
    name,
    fetchAll: false,
  })
  if (!found.ok) return found
  const { row, logs } = found.value
  const [plan, person] = [await readPlan(logs.home.log), await logs.home.person()]
  const saved = await store.commit([accountWrite(keys.account, row)])
  for (const log of [logs.home.log, ...logs.sections.values(), ...logs.former.values()]) log.dispose()
  const device = await storedDevice(store, keys)
  if (!saved.ok || device === undefined) return fail({ kind: 'not-stored', why: saved.ok ? 'aborted' : saved.failure })
  const { principal, homeGenesis, homeKeys } = row
  const about = {
    id,
    name: person.name,
    birthDate: person.birthDate,
    relation: 'other',
    purpose: 'hand-over',
  } as const
  const addedAt = clock.now()
  const acting = { ...device, madeAt: addedAt, after: removalsIn(own.account.keyring) }
  const entry = {
    ...about,
    addedAt,
    principal,
    homeGenesis,
    homeKeys,
    device: acting,
    relay: own.account.relay.address,
  }
  const noted = await changeKept(own, doc => putKept(doc, { ...entry, terms: plan?.terms ?? [] }))
  return noted.ok ? noted : fail({ kind: 'not-stored', why: noted.failure })
}
