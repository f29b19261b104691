import { utf8 } from '#schema/bytes.ts'
import { LogId, ShareId } from '#schema/ids.ts'
import { ok, type Result } from '#schema/result.ts'
import type { ByteStore, StoreFailure } from '../ports.ts'
import type { KnownGrant } from './received-document.ts'
import { evictReceivedLog, OWNER_PREFIX, ownerKey } from './shared-record.ts'

/*
 * Two shares may name one log: two devices of the giver shared at once, or somebody means harm. On one device two instances of it would
 * sign one place twice. So each log that is on the disk belongs to one share, in whose name this device writes there.
 */

/** Which of the open, accepted `grants` has each log: whose it is on the disk already, or else the one that came first. */
export async function ownersOfLogs(
  store: ByteStore,
  grants: readonly KnownGrant[],
): Promise<ReadonlyMap<LogId, ShareId>> {
  const owners = new Map<LogId, ShareId>()
  const open = grants.filter(one => one.isAccepted && one.endedBy === undefined)
  const oldestFirst = open.toSorted((a, b) => a.receivedAt - b.receivedAt || (a.id < b.id ? -1 : 1))
  for (const { id, logs } of oldestFirst) {
    for (const { logId } of logs) {
      if ((await ownerOnDisk(store, logId)) === id || !owners.has(logId)) owners.set(logId, id)
    }
  }
  return owners
}

/** Makes the logs of `grant` its own; what another share left of them goes. */
export async function takeLogs(store: ByteStore, grant: KnownGrant): Promise<Result<void, StoreFailure>> {
  for (const { logId } of grant.logs) {
    const owner = await ownerOnDisk(store, logId)
    if (owner === grant.id) continue
    const evicted = owner === undefined ? ok(undefined) : await evictReceivedLog(store, logId)
    const value = utf8(grant.id)
    const taken = evicted.ok ? await store.commit([{ table: 'sealed', key: ownerKey(logId), value }]) : evicted
    if (!taken.ok) return taken
  }
  return ok(undefined)
}

/** Of the logs that `grant` names or named, those whose rows here are not another share's; and what is its own here and it names no more. */
export async function logsOnDiskOf(
  store: ByteStore,
  grant: Pick<KnownGrant, 'id' | 'logs' | 'former'>,
): Promise<readonly LogId[]> {
  const own = unnamedOf(grant, await ownedLogs(store))
  for (const { logId } of [...grant.logs, ...grant.former]) {
    const owner = await ownerOnDisk(store, logId)
    if (owner === undefined || owner === grant.id) own.push(logId)
  }
  return own
}

/** All logs of others on this disk, by the share whose they are. */
export async function ownedLogs(store: ByteStore): Promise<ReadonlyMap<ShareId, readonly LogId[]>> {
  const owned = new Map<ShareId, LogId[]>()
  for (const [key, row] of await store.list('sealed', OWNER_PREFIX)) {
    const [logId, owner] = [LogId.parse(key.slice(OWNER_PREFIX.length)), ShareId.parse(new TextDecoder().decode(row))]
    if (logId !== undefined && owner !== undefined) owned.set(owner, [...(owned.get(owner) ?? []), logId])
  }
  return owned
}

/** Another device of ours let them go, and forgot them for all. */
export function unnamedOf(
  { id, logs, former }: Pick<KnownGrant, 'id' | 'logs' | 'former'>,
  owned: ReadonlyMap<ShareId, readonly LogId[]>,
): LogId[] {
  const named = new Set([...logs, ...former].map(log => log.logId))
  return (owned.get(id) ?? []).filter(logId => !named.has(logId))
}

async function ownerOnDisk(store: ByteStore, logId: LogId): Promise<ShareId | undefined> {
  const row = await store.get('sealed', ownerKey(logId))
  return row && ShareId.parse(new TextDecoder().decode(row))
}
