import { makeDeviceCert } from '#crypto/certificate.ts'
import { signOwner } from '#crypto/capability.ts'
import { makeEpochSecret } from '#crypto/epoch.ts'
import { keyIdOf } from '#crypto/hash.ts'
import { makeSigningKey, type RootKeys, rootKeys, type SigningKey } from '#crypto/keys.ts'
import { randomBytes } from '#crypto/sodium.ts'
import { DeviceId, type LogId, PrincipalId } from '#schema/ids.ts'
import { encodeOwner } from '#schema/protocol/owner.ts'
import { LOG_SECTIONS, type LogName } from '#schema/record/sections.ts'
import type { Result } from '#schema/result.ts'
import { createSealedLog, makeGenesis } from '../log/create-log.ts'
import type { EpochKey, LogDeps, PreparedWrite, SealedLog } from '../log/sealed-log.ts'
import type { ByteStore, Clock, Random, StoreFailure, StoreWrite } from '../ports.ts'
import type { Settings } from '../session.ts'
import { commitAll } from '../record/commit-all.ts'
import { type AccountRow, deviceKeys, type DeviceSeeds, identityOf } from './account-row.ts'
import { HomeLog } from './home-log.ts'
import type { KnownDevice } from './keyring.ts'
import { KEYRING_SHARD, type KeyringDocument, type NewLog, writeNewKeyring } from './keyring-document.ts'
import { deviceCapability, deviceCapabilityId } from './own-capability.ts'
import {
  PERSON_SHARD,
  type PersonDocument,
  SETTINGS_SHARD,
  type SettingsDocument,
  writePerson,
  writeSettings,
} from './person-document.ts'
import { putToken, RELAY_SHARD, type RelayDocument } from './relay-document.ts'

type Bytes = Uint8Array<ArrayBuffer>

export interface AccountDeps {
  readonly store: ByteStore
  readonly clock: Clock
  readonly random: Random
  /** From the vault key. */
  readonly localKey: Bytes
}

export interface NewPerson {
  readonly name: string
  readonly birthDate: string
  readonly deviceName: string
  readonly isSample: boolean
  readonly isPractice?: boolean
  /** Of whoever hosts the relay. */
  readonly relayToken?: string | undefined
  /** What the settings begin with; undefined as they are where nobody chose. */
  readonly settings?: Partial<Settings> | undefined
}

export interface NewAccount {
  readonly row: AccountRow
  readonly home: HomeLog
  readonly sections: Map<LogName, SealedLog>
  readonly former: Map<LogId, SealedLog>
  /** The first epochs of all logs: to be stored in one transaction, before what `home` has pending. */
  readonly firstWrites: readonly PreparedWrite[]
}

/** A new person's logs, keys and first device, all in memory: nothing is stored yet. `rootSecret` is R. */
export async function createAccount(deps: AccountDeps, rootSecret: Bytes, person: NewPerson): Promise<NewAccount> {
  const root = rootKeys(rootSecret)
  const now = deps.clock.now()
  const device = makeDevice(person.deviceName, root.idSign, deps)
  const principal = PrincipalId.of(root.idSign.publicKey)
  const logDeps: LogDeps = { ...deps, identity: identityOf({ ...device, principal, chain: device.known.chain }) }

  const homeGenesis = homeGenesisOf(root)
  const homeKey = makeEpochKey()
  const readers = [device.known.kemPublicKey, root.idKem.publicKey]
  const home = await createSealedLog(logDeps, homeGenesis.bytes, homeKey, readers)
  const homeOwner = makeSigningKey()
  const newLogs: NewLog[] = [newLog('home', homeGenesis, homeKey, { number: 1, key: homeOwner })]
  const sections = new Map<LogName, SealedLog>()
  const firstWrites = [home.write]
  for (const section of LOG_SECTIONS) {
    const [owner, epoch] = [makeSigningKey(), makeEpochKey()]
    const genesis = makeGenesis('section', owner, randomBytes(16), root.idSign.publicKey)
    const created = await createSealedLog(logDeps, genesis.bytes, epoch, [])
    newLogs.push(newLog(section, genesis, epoch, { number: 0, key: owner }))
    sections.set(section, created.log)
    firstWrites.push(created.write)
  }

  const { holderKey } = device.known
  const handOver = signOwner(
    {
      logId: home.log.id,
      number: 1,
      nextOwnerKey: homeOwner.publicKey,
      staying: [deviceCapabilityId(holderKey, home.log.id)],
    },
    root.homeOwner,
  )
  await home.log.change<KeyringDocument>(KEYRING_SHARD, doc =>
    writeNewKeyring(doc, {
      principal,
      recoveryKemKey: root.idKem.publicKey,
      birth: {
        capability: deviceCapability(home.log.id, holderKey, root.homeOwner),
        owner: encodeOwner(handOver),
      },
      logs: newLogs,
      device: device.known,
      shareKemSeed: randomBytes(32),
    }),
  )
  await home.log.change<PersonDocument>(PERSON_SHARD, doc => writePerson(doc, { ...person, kitMadeAt: now }))
  const { settings, relayToken } = person
  if (relayToken !== undefined) {
    await home.log.change<RelayDocument>(RELAY_SHARD, doc => putToken(doc, relayToken))
  }
  if (settings !== undefined) {
    await home.log.change<SettingsDocument>(SETTINGS_SHARD, doc => writeSettings(doc, settings))
  }
  const row: AccountRow = {
    isSample: person.isSample,
    seeds: device.seeds,
    principal,
    chain: device.known.chain,
    homeGenesis: homeGenesis.bytes,
    homeKeys: [homeKey],
  }
  return { row, home: new HomeLog(home.log), sections, former: new Map(), firstWrites }
}

/** Which home log R fixes. */
export function homeLogOf(rootSecret: Bytes): LogId {
  return homeGenesisOf(rootKeys(rootSecret)).logId
}

function homeGenesisOf(root: RootKeys): ReturnType<typeof makeGenesis> {
  return makeGenesis('home', root.homeOwner, root.homeSalt, root.idSign.publicKey)
}

/** The account, with `also` in its last transaction: whoever finds that finds the rest. */
export async function storeAccount(
  store: ByteStore,
  { firstWrites, home }: NewAccount,
  also: readonly StoreWrite[],
): Promise<Result<void, StoreFailure>> {
  const first = await commitAll(store, firstWrites)
  if (!first.ok) return first
  const rest = await home.log.prepare()
  if (rest === 'no-key') throw new Error('Cannot create an account: its home log has no key')
  const stored = await store.commit([...(rest?.writes ?? []), ...also])
  if (stored.ok) rest?.committed()
  return stored
}

/** Fresh keys for this device, certified by `issuer`. */
export function makeDevice(
  name: string,
  issuer: SigningKey,
  deps: Pick<AccountDeps, 'clock'>,
): { readonly seeds: DeviceSeeds; readonly known: KnownDevice } {
  const seeds = { device: randomBytes(32), kem: randomBytes(32), holder: randomBytes(32) }
  const { device, kem, holder } = deviceKeys(seeds)
  const deviceId = DeviceId.of(device.publicKey)
  const issuedAt = deps.clock.now()
  const cert = makeDeviceCert({ device: deviceId, kemPublicKey: kem.publicKey, isAdmin: true, issuedAt }, issuer)
  return {
    seeds,
    known: {
      deviceId,
      name,
      chain: [cert],
      kemPublicKey: kem.publicKey,
      holderKey: holder.publicKey,
      addedAt: issuedAt,
    },
  }
}

export function makeEpochKey(): EpochKey {
  const secret = makeEpochSecret()
  return { keyId: keyIdOf(secret), secret }
}

function newLog(
  section: NewLog['section'],
  genesis: ReturnType<typeof makeGenesis>,
  epoch: EpochKey,
  owner: { readonly number: number; readonly key: SigningKey },
): NewLog {
  return {
    logId: genesis.logId,
    genesis: genesis.bytes,
    section,
    epochSecret: epoch.secret,
    epochKeyId: epoch.keyId,
    owner: { number: owner.number, seed: seedOf(owner.key), publicKey: owner.key.publicKey },
  }
}

/** libsodium keeps the seed in front of the secret key. */
export function seedOf(key: SigningKey): Bytes {
  return key.secretKey.slice(0, 32)
}
