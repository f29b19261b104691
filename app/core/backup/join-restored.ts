import { hash } from '#crypto/hash.ts'
import { checkDeviceChain } from '#crypto/certificate.ts'
import type { RootKeys, SigningKey } from '#crypto/keys.ts'
import { equalBytes } from '#schema/bytes.ts'
import { DeviceId, idBytes } from '#schema/ids.ts'
import { decodeGenesis } from '#schema/protocol/genesis.ts'
import { MAX_CERT_CHAIN } from '#schema/protocol/certificate.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import type { RelayWord } from '../backup-session.ts'
import { fillLog, type JoinedAccount, joinSections, takeBack } from '../devices/recover.ts'
import { beginRotation } from '../devices/rotation.ts'
import { type AccountRow, deviceKeys } from '../home/account-row.ts'
import { type AccountDeps, makeDevice, seedOf } from '../home/create-account.ts'
import type { HomeLog } from '../home/home-log.ts'
import type { KnownDevice, OwnerKey } from '../home/keyring.ts'
import { putDevice, putOwner } from '../home/keyring-document.ts'
import { openHome } from '../home/open-account.ts'
import { deviceCapability } from '../home/own-capability.ts'
import { putAddress, readRelay, RELAY_SHARD, type RelayDocument } from '../home/relay-document.ts'
import { recoverHomeKeys } from '../log/recover-keys.ts'
import type { EpochKey } from '../log/sealed-log.ts'
import type { OtherRelays, RelayLink } from '../ports.ts'
import type { NotStored } from '../session.ts'
import { makeRelayClient } from '../sync/relay-client.ts'
import type { RelayFailure } from '../sync/sync.ts'
import { type BackupNote, noteBackup } from './backups-document.ts'

export interface RestoreDeps extends AccountDeps {
  readonly relay: RelayLink
  readonly relays?: OtherRelays
}

/** Of a backup whose rows are in the store. */
export interface HeldBackup {
  /** The device that made it. */
  readonly row: AccountRow
  /** From the 24 words, where they were typed. */
  readonly root: RootKeys | undefined
  readonly note: BackupNote
}

type JoinFailure = NotStored | { readonly kind: 'damaged' | 'words-needed' }

/**
 * Makes this device a new one of the record whose rows are in the store: certified by idSign where the words were typed, otherwise by the
 * device that made the backup. It writes feeds of its own; those in the backup may have gone on elsewhere. What the relay has beyond the
 * backup comes in as far as it can be reached, and a recovery by words is one here too: the home log is taken back, and every log
 * gets new keys. The account row and the vault's header are the caller's to write.
 */
export async function joinRestored(
  deps: RestoreDeps,
  held: HeldBackup,
  name: string,
): Promise<Result<JoinedAccount & { readonly relay: RelayWord }, JoinFailure>> {
  if (!isBound(held)) return fail({ kind: 'damaged' })
  if (held.root === undefined && held.row.chain.length >= MAX_CERT_CHAIN) return fail({ kind: 'words-needed' })
  const device = certified(deps, held, name)
  const { principal, homeGenesis, homeKeys } = held.row
  const row: AccountRow = {
    isSample: false,
    seeds: device.seeds,
    principal,
    chain: device.known.chain,
    homeGenesis,
    homeKeys,
  }
  const home = await openHome(deps, row)
  if (!home.ok || (await home.value.keyring()) === undefined) return fail({ kind: 'damaged' })
  const met = await meetWhereItIs(deps, held, home.value, device)
  if (!met.ok) return met
  const noted = await noteDevice(deps, held, home.value, device.known, met.value.owner)
  if (!noted.ok) return noted
  const joined = await joinSections(deps, { ...row, homeKeys: [...homeKeys, ...met.value.keys] }, home.value)
  return joined.ok ? ok({ ...joined.value, relay: met.value.word }) : fail({ kind: 'damaged' })
}

/** The home log is the one that an idSign fixed, that of the words if there are any, and it certified the device that made the backup. */
export function isBound({ row, root }: Pick<HeldBackup, 'row' | 'root'>): boolean {
  const genesis = decodeGenesis(row.homeGenesis)
  const chain = checkDeviceChain(row.chain)
  if (!genesis.ok || !chain.ok || genesis.value.kind !== 'home' || row.isSample) return false
  const isIdSign = root === undefined || equalBytes(idBytes(row.principal), root.idSign.publicKey)
  const isDevice = chain.value.root === row.principal && chain.value.device === deviceIdOf(row)
  return isIdSign && isDevice && equalBytes(genesis.value.ownerHash, hash(idBytes(row.principal), genesis.value.salt))
}

function deviceIdOf({ seeds }: AccountRow): DeviceId {
  return DeviceId.of(deviceKeys(seeds).device.publicKey)
}

function certified(deps: RestoreDeps, { row, root }: HeldBackup, name: string): ReturnType<typeof makeDevice> {
  if (root !== undefined) return makeDevice(name, root.idSign, deps)
  const made = makeDevice(name, deviceKeys(row.seeds).device, deps)
  return { ...made, known: { ...made.known, chain: [...made.known.chain, ...row.chain] } }
}

interface Met {
  readonly word: RelayWord
  /** Of home epochs that the backup does not know. */
  readonly keys: readonly EpochKey[]
  readonly owner?: OwnerKey
}

/** Where it moved to before the backup was made; where that relay is away and this one is not, it is here from now on. */
async function meetWhereItIs(
  deps: RestoreDeps,
  held: HeldBackup,
  home: HomeLog,
  device: ReturnType<typeof makeDevice>,
): Promise<Result<Met, JoinFailure>> {
  const { address } = readRelay(await home.log.read<RelayDocument>(RELAY_SHARD))
  const own = deps.relays?.own
  if (own === undefined || address === undefined || address === own) return meetRelay(deps, held, home, device)
  const there = await meetRelay({ ...deps, relay: deps.relays!.to(address) }, held, home, device)
  if (!there.ok || there.value.word !== 'unreachable') return there
  const here = await meetRelay(deps, held, home, device)
  if (!here.ok || here.value.word === 'unreachable') return here
  await home.log.change<RelayDocument>(RELAY_SHARD, doc => putAddress(doc, own))
  const stored = await home.log.flush()
  return stored.ok ? here : fail({ kind: 'not-stored', why: stored.failure })
}

/** What the relay has of the home log comes in; with the words, that log is taken back. A relay that does not answer stops nothing. */
async function meetRelay(
  deps: RestoreDeps,
  { row, root }: HeldBackup,
  home: HomeLog,
  device: ReturnType<typeof makeDevice>,
): Promise<Result<Met, JoinFailure>> {
  const { log } = home
  // Without the words the device that made the backup asks once more: the relay knows it, and what came since is sealed to it.
  const { kem, holder } = root === undefined ? deviceKeys(row.seeds) : { kem: root.idKem, ...holderOf(device) }
  const client = makeRelayClient(deps.relay, holder, deps.clock)
  const answers = (failure: RelayFailure, keys: readonly EpochKey[] = []) => ok({ word: wordOf(failure), keys })
  if (root !== undefined) {
    const capability = deviceCapability(log.id, holder.publicKey, root.homeOwner)
    const registered = await client.registerCapability(log.id, capability)
    if (!registered.ok) return answers(registered.failure)
  }
  const frames = await client.allFrames(log.id)
  if (!frames.ok) return answers(frames.failure)
  const known = new Set(row.homeKeys.map(({ keyId }) => keyId))
  const keys = recoverHomeKeys(row.homeGenesis, frames.value, kem).filter(({ keyId }) => !known.has(keyId))
  await log.addKeys(keys)
  const filled = await fillLog(client, log, frames.value)
  if (!filled.ok && filled.failure.kind === 'not-stored') return fail(filled.failure)
  if (!filled.ok) return answers({ kind: 'unreachable' }, keys)
  if (root === undefined) return ok({ word: 'level', keys })
  const owner = await takeBack(client, log, (await home.keyring())?.devices ?? [], root)
  return owner.ok ? ok({ word: 'level', keys, owner: owner.value }) : answers(owner.failure, keys)
}

function holderOf({ seeds }: ReturnType<typeof makeDevice>): { readonly holder: SigningKey } {
  return { holder: deviceKeys(seeds).holder }
}

function wordOf(failure: RelayFailure): RelayWord {
  if (failure.kind !== 'refused') return 'unreachable'
  if (failure.code === 'unknown-log') return 'unknown'
  return failure.code === 'gone' ? 'gone' : 'refused'
}

/** In one frame each; a crash before the header is written leaves nothing that counts. */
async function noteDevice(
  deps: RestoreDeps,
  { root, note }: HeldBackup,
  home: HomeLog,
  known: KnownDevice,
  owner: OwnerKey | undefined,
): Promise<Result<void, NotStored>> {
  const saved = await home.changeKeyring(doc => {
    putDevice(doc, known)
    if (owner !== undefined) putOwner(doc, home.log.id, owner.number, owner.key.publicKey, seedOf(owner.key))
  })
  const begun = saved.ok && owner !== undefined ? await beginRotation(home, deps.clock, known.deviceId, []) : saved
  const confirmed =
    begun.ok && root !== undefined
      ? await home.changePerson(doc => {
          doc.kitConfirmedAt = deps.clock.now()
        })
      : begun
  const noted = confirmed.ok ? await noteBackup(home, note) : confirmed
  return noted.ok ? noted : fail({ kind: 'not-stored', why: noted.failure })
}
