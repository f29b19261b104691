import { logIdOf } from '#crypto/hash.ts'
import { equalBytes } from '#schema/bytes.ts'
import { DeviceId, LogId } from '#schema/ids.ts'
import { instant } from '#schema/instant.ts'
import { decodeFrame } from '#schema/protocol/frame.ts'
import { ok, type Result } from '#schema/result.ts'
import { fillHome, joinSections, relayFailed } from '../devices/recover.ts'
import { type AccountRow, ACCOUNT_ROW_KEY, accountWrite, deviceKeys, openAccountRow } from '../home/account-row.ts'
import type { AccountDeps } from '../home/create-account.ts'
import { type OpenLogs, openLogs } from '../home/open-account.ts'
import { decodeOutboxRef } from '../log/open-log.ts'
import { frameKey } from '../log/log-core.ts'
import type { ByteStore, Ports, StoreFailure, Table } from '../ports.ts'
import type { RecoverFailure } from '../session.ts'
import { scopedStore } from '../sharing/scoped-store.ts'
import { makeRelayClient } from '../sync/relay-client.ts'
import type { VaultKeys } from '../vault/vault-key.ts'
import type { GuardianDevice, KnownKept } from './kept-document.ts'

const PREFIX = 'kept/'
const TABLES = ['frames', 'outbox', 'sealed', 'blobs'] as const satisfies readonly Table[]

/** Ports of a kept record: all its rows stand under its own prefix. */
export function keptPorts(ports: Ports, id: KnownKept['id']): Ports {
  return { ...ports, store: scopedStore(ports.store, `${PREFIX}${id}/`, TABLES) }
}

/** Deletes every row of kept records that `isKept` does not want. Refused by the disk: they go another time. */
export async function dropScopes(store: ByteStore, isKept: (id: string) => boolean): Promise<void> {
  for (const table of TABLES) {
    const keys = await store.keys(table, PREFIX)
    const gone = keys.filter(key => !isKept(key.slice(PREFIX.length).split('/')[0] ?? ''))
    if (gone.length > 0) await store.commit(gone.map(key => ({ table, key, remove: true })))
  }
}

/** The account row with which this device acts: what was stored here, under the keys that the keyring names by now. */
export async function keptRow(
  store: ByteStore,
  keys: VaultKeys,
  kept: KnownKept,
  { seeds, chain }: GuardianDevice,
): Promise<Result<AccountRow, StoreFailure>> {
  const { principal, homeGenesis } = kept
  const stored = openAccountRow(keys.account, await store.get('sealed', ACCOUNT_ROW_KEY))
  const before = stored.ok ? stored.value : undefined
  const known = new Set((before?.homeKeys ?? []).map(({ keyId }) => keyId))
  const fresh = kept.homeKeys.filter(({ keyId }) => !known.has(keyId))
  const row = {
    isSample: false,
    seeds,
    principal,
    chain,
    homeGenesis,
    homeKeys: [...(before?.homeKeys ?? []), ...fresh],
  }
  if (before !== undefined && fresh.length === 0 && equalBytes(before.seeds.device, seeds.device)) return ok(row)
  const saved = await store.commit([accountWrite(keys.account, row)])
  return saved.ok ? ok(row) : saved
}

/** The device with which this record was last opened here; undefined when its row is not there or does not open. */
export async function storedDevice(store: ByteStore, keys: VaultKeys): Promise<GuardianDevice | undefined> {
  const stored = openAccountRow(keys.account, await store.get('sealed', ACCOUNT_ROW_KEY))
  if (!stored.ok) return undefined
  const { seeds, chain } = stored.value
  const deviceId = DeviceId.of(deviceKeys(seeds).device.publicKey)
  return { deviceId, seeds, chain, madeAt: instant(0), after: [], isEnrolled: true }
}

/** How many changes to entries were saved here and never acknowledged. */
export async function unsentIn(store: ByteStore, homeId: LogId): Promise<number> {
  let count = 0
  for (const [key, value] of await store.list('outbox', '')) {
    const logId = LogId.parse(key.split('/')[0] ?? '')
    const ref = decodeOutboxRef(new TextDecoder().decode(value))
    if (ref?.kind !== 'frame' || logId === undefined || logId === homeId) continue
    const bytes = await store.get('frames', frameKey(logId, ref.writer, ref.seq))
    const frame = bytes && decodeFrame(bytes)
    if (frame?.ok && frame.value.header.kind === 'ops') count++
  }
  return count
}

/** From this disk, or else from the relay. */
export async function keptLogs(
  ports: Ports,
  keys: VaultKeys,
  row: AccountRow,
): Promise<Result<OpenLogs, RecoverFailure>> {
  const { store, clock, random, relay } = ports
  const deps: AccountDeps = { store, clock, random, localKey: keys.local }
  const here = await openLogs(deps, row)
  if (here.ok) return here
  const client = makeRelayClient(relay, deviceKeys(row.seeds).holder, clock)
  const frames = await client.allFrames(logIdOf(row.homeGenesis))
  if (!frames.ok) return relayFailed(frames.failure)
  const home = await fillHome(deps, row, client, frames.value)
  if (!home.ok) return home
  const joined = await joinSections(deps, row, home.value)
  return joined.ok ? ok(joined.value.logs) : joined
}
