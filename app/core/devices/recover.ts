import { signOwner } from '#crypto/capability.ts'
import { makeSigningKey, type RootKeys, rootKeys } from '#crypto/keys.ts'
import { wipe } from '#crypto/sodium.ts'
import { PrincipalId } from '#schema/ids.ts'
import { encodeOwner } from '#schema/protocol/owner.ts'
import type { RelayOrigin } from '#schema/relay-origin.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import { type AccountRow, deviceKeys } from '../home/account-row.ts'
import { type AccountDeps, makeDevice, seedOf } from '../home/create-account.ts'
import type { HomeLog } from '../home/home-log.ts'
import type { KnownDevice, OwnerKey } from '../home/keyring.ts'
import { putDevice, putOwner } from '../home/keyring-document.ts'
import { deviceCapability, keptCapabilities } from '../home/own-capability.ts'
import { openHome, openSections } from '../home/open-account.ts'
import type { OpenLogs } from '../home/open-account.ts'
import { isRefused, registerDevice } from '../home/registration.ts'
import { formerRelay, putAddress, readRelay, RELAY_SHARD, type RelayDocument } from '../home/relay-document.ts'
import { makeGenesis } from '../log/create-log.ts'
import { recoverHomeKeys } from '../log/recover-keys.ts'
import type { SealedLog } from '../log/sealed-log.ts'
import type { OtherRelays, RelayLink } from '../ports.ts'
import { MAX_CARD_NUMBER } from '../sharing/contact-card.ts'
import { PEOPLE_SHARD, type PeopleDocument, putOwnCard, readPeople } from '../sharing/people-document.ts'
import type { RecoverFailure } from '../session.ts'
import { asksForAdmission, makeRelayClient } from '../sync/relay-client.ts'
import type { RelayClient, RelayFailure } from '../sync/sync.ts'
import { beginRotation } from './rotation.ts'

type Bytes = Uint8Array<ArrayBuffer>

export interface JoinedAccount {
  readonly row: AccountRow
  readonly logs: OpenLogs
}

interface NamedDevice {
  readonly name: string
  readonly fetchAll: boolean
}

/**
 * Finds the account that the words fix, takes its home log back and joins it as a new device; a rotation of every log is
 * noted and left to be run. The other devices stay. Frames are in the store afterwards, with `fetchAll` those of every section
 * too; the account row and the vault's header are the caller's to write.
 */
export async function recoverAccount(
  deps: RecoverDeps,
  rootSecret: Bytes,
  device: NamedDevice,
): Promise<Result<JoinedAccount, RecoverFailure>> {
  const root = rootKeys(rootSecret)
  try {
    return await recoverByRoot(deps, root, device)
  } finally {
    for (const key of [root.idSign, root.idKem, root.homeOwner]) wipe(key.secretKey)
  }
}

export interface RecoverDeps extends AccountDeps {
  readonly relay: RelayLink
  /** Where that is, when those whom this person met are to find them there from now on. */
  readonly here?: RelayOrigin
  /** Where it moved to can be asked whether it is there. */
  readonly relays?: OtherRelays
}

async function recoverByRoot(
  deps: RecoverDeps,
  root: RootKeys,
  { name, fetchAll }: NamedDevice,
): Promise<Result<JoinedAccount, RecoverFailure>> {
  const genesis = makeGenesis('home', root.homeOwner, root.homeSalt, root.idSign.publicKey)
  const device = makeDevice(name, root.idSign, deps)
  const client = makeRelayClient(deps.relay, deviceKeys(device.seeds).holder, deps.clock)
  const capability = deviceCapability(genesis.logId, device.known.holderKey, root.homeOwner)
  const registered = await client.registerCapability(genesis.logId, capability)
  if (!registered.ok) return relayFailed(registered.failure)
  const frames = await client.allFrames(genesis.logId)
  if (!frames.ok) return relayFailed(frames.failure)
  const homeKeys = recoverHomeKeys(genesis.bytes, frames.value, root.idKem)
  const row: AccountRow = {
    isSample: false,
    seeds: device.seeds,
    principal: PrincipalId.of(root.idSign.publicKey),
    chain: device.known.chain,
    homeGenesis: genesis.bytes,
    homeKeys,
  }
  const home = await fillHome(deps, row, client, frames.value)
  if (!home.ok) return home
  const owner = await takeBack(client, home.value.log, (await home.value.keyring())?.devices ?? [], root)
  if (!owner.ok) return relayFailed(owner.failure)

  const saved = await home.value.changeKeyring(doc => {
    putDevice(doc, device.known)
    putOwner(doc, genesis.logId, owner.value.number, owner.value.key.publicKey, seedOf(owner.value.key))
  })
  const noted = saved.ok ? await beginRotation(home.value, deps.clock, device.known.deviceId, []) : saved
  const confirmed = noted.ok
    ? await home.value.changePerson(doc => {
        doc.kitConfirmedAt = deps.clock.now()
      })
    : noted
  if (!confirmed.ok) return fail({ kind: 'not-stored', why: confirmed.failure })
  if (deps.here !== undefined) await comeTo(home.value, deps.here, deps.relays)
  const joined = await joinSections(deps, row, home.value)
  if (!joined.ok || !fetchAll) return joined
  const filled = await fillSections(client, device.known.holderKey, joined.value.logs)
  return filled.ok ? joined : filled
}

/** Opens the home log and gives it everything the relay has of it. `damaged` when no keyring comes out. */
export async function fillHome(
  deps: AccountDeps,
  row: AccountRow,
  client: RelayClient,
  frames: readonly Bytes[],
): Promise<Result<HomeLog, RecoverFailure>> {
  const home = await openHome(deps, row)
  if (!home.ok) return fail({ kind: 'damaged' })
  const filled = await fillLog(client, home.value.log, frames)
  if (!filled.ok) return filled
  return (await home.value.keyring()) === undefined ? fail({ kind: 'damaged' }) : home
}

/** Every entry, before anything older may go for it. */
async function fillSections(
  client: RelayClient,
  holderKey: Bytes,
  { home, sections }: OpenLogs,
): Promise<Result<void, RecoverFailure>> {
  const keyring = await home.keyring()
  for (const log of sections.values()) {
    const keys = keyring?.logs.find(one => one.logId === log.id)
    if (keyring === undefined || keys === undefined) return fail({ kind: 'damaged' })
    const registered = await registerDevice(client, keys, holderKey, keyring)
    if (!registered.ok) return relayFailed(registered.failure)
    const frames = await client.allFrames(log.id)
    if (!frames.ok) return relayFailed(frames.failure)
    const filled = await fillLog(client, log, frames.value)
    if (!filled.ok) return filled
  }
  return ok(undefined)
}

/** Takes in what the relay has of a log, blobs too. */
export async function fillLog(
  client: RelayClient,
  log: SealedLog,
  frames: readonly Bytes[],
): Promise<Result<void, RecoverFailure>> {
  const received = await log.receive(frames)
  if (!received.ok) return fail({ kind: 'not-stored', why: received.failure })
  for (const id of log.missingBlobs()) {
    const blob = await client.getBlob(log.id, id)
    if (!blob.ok) return relayFailed(blob.failure)
    await log.receiveBlob(id, blob.value)
  }
  return ok(undefined)
}

export async function joinSections(
  deps: AccountDeps,
  row: AccountRow,
  home: HomeLog,
): Promise<Result<JoinedAccount, RecoverFailure>> {
  const keyring = await home.keyring()
  const sections = keyring && (await openSections(deps, row, keyring))
  return sections?.ok ? ok({ row, logs: { home, ...sections.value } }) : fail({ kind: 'damaged' })
}

/** homeOwner, which no device keeps, hands the log to a new random O; every capability stays. */
export async function takeBack(
  client: RelayClient,
  home: SealedLog,
  devices: readonly KnownDevice[],
  root: RootKeys,
): Promise<Result<OwnerKey, RelayFailure>> {
  const state = await client.ownerState(home.id)
  if (!state.ok) return state
  const owner: OwnerKey = { number: state.value.number + 1, key: makeSigningKey() }
  const staying = [...new Set([...state.value.capabilities, ...keptCapabilities(devices, home.id)])]
  const body = { logId: home.id, number: owner.number, nextOwnerKey: owner.key.publicKey, staying }
  const done = await client.succeedOwner(home.id, encodeOwner(signOwner(body, root.homeOwner)))
  return done.ok ? ok(owner) : done
}

export function relayFailed(failure: RelayFailure): { readonly ok: false; readonly failure: RecoverFailure } {
  if (isRefused(fail(failure), 'unknown-log') || isRefused(fail(failure), 'gone')) return fail({ kind: 'not-found' })
  if (failure.kind === 'unreachable') return fail({ kind: 'unreachable' })
  return fail({ kind: 'relay-refused', reason: failure.kind === 'refused' ? failure.code : 'nonsense' })
}

/**
 * Whoever comes back at a second relay is there from now on, and everybody is told; who comes to the one before a move is led on, unless
 * where it moved to is away.
 */
async function comeTo({ log }: HomeLog, here: RelayOrigin, relays: OtherRelays | undefined): Promise<void> {
  const relay = readRelay(await log.read<RelayDocument>(RELAY_SHARD))
  const isLeft = relay.address !== undefined && formerRelay(relay) === here
  if (isLeft && relays !== undefined && (await asksForAdmission(relays.to(relay.address))).ok) return
  if (relay.address !== undefined && relay.address !== here) {
    await log.change<RelayDocument>(RELAY_SHARD, doc => putAddress(doc, here))
    await log.flush()
  }
  await moveCard(log, here)
}

/** What the disk refuses is said another time. */
async function moveCard(log: SealedLog, here: RelayOrigin): Promise<void> {
  const { own } = readPeople(await log.read<PeopleDocument>(PEOPLE_SHARD))
  if (own.number === 0 || own.relay === here) return
  const number = Math.min(own.number + 1, MAX_CARD_NUMBER)
  await log.change<PeopleDocument>(PEOPLE_SHARD, doc => putOwnCard(doc, { ...own, number, relay: here }))
  await log.flush()
}
