import type { KemKey } from '#crypto/keys.ts'
import { equalBytes } from '#schema/bytes.ts'
import type { LogId, ShareId } from '#schema/ids.ts'
import type { SharedName } from '#schema/record/sections.ts'
import { ok, type Result } from '#schema/result.ts'
import { openSealedLog } from '../log/open-log.ts'
import { recoverHomeKeys } from '../log/recover-keys.ts'
import type { DeviceIdentity, EpochKey, PreparedWrite, SealedLog } from '../log/sealed-log.ts'
import type { Ports, StoreFailure } from '../ports.ts'
import type { RecordService } from '../record/open-record.ts'
import type { SyncEngine } from '../sync/sync.ts'
import { Turns } from '../turns.ts'
import { grantKeys } from './grant.ts'
import type { KnownGrant } from './received-document.ts'

type Bytes = Uint8Array<ArrayBuffer>

export interface SharedLogsDeps extends Omit<Ports, 'relay'> {
  readonly engine: SyncEngine
  /** Seals what stays on this device. */
  readonly localKey: Bytes
  readonly commit: (prepared: readonly PreparedWrite[]) => Promise<Result<void, StoreFailure>>
  /** What epochs of shared logs are sealed to: the newest, and those before. */
  kems(): readonly KemKey[]
  /** The relay serves one of its logs no more. */
  onUnwatched(): void
  /** Keys that came in envelopes: to be kept, so that our other devices have them too. */
  keep(id: ShareId, logId: LogId, keys: readonly EpochKey[]): Promise<Result<void, StoreFailure>>
}

/** The logs of one share, at work on this device; of sections of a record, that record too. */
export interface OpenShare {
  readonly logs: ReadonlyMap<SharedName, SealedLog>
  readonly record?: RecordService
  /** Keys and capabilities may have come; false when the share names other logs, or another G, now: to be opened anew. */
  refresh(grant: KnownGrant): Promise<boolean>
  close(): Promise<void>
}

/** G vouches for this device's writer keys; the X-Wing key of an identity is of no use here. */
export function identityOf(deps: Pick<SharedLogsDeps, 'kems'>, { seed }: KnownGrant): DeviceIdentity {
  const { voucher, principal } = grantKeys(seed)
  return { principal, device: voucher, kem: deps.kems()[0]!, chain: [] }
}

export interface SharedLogs extends Omit<OpenShare, 'record'> {
  /** No key that comes in an envelope is taken any more: what works with the logs can be brought to its end. */
  still(): Promise<void>
}

/** Level with the relay until they are closed. */
export async function openSharedLogs(deps: SharedLogsDeps, grant: KnownGrant): Promise<Result<SharedLogs, 'damaged'>> {
  const { store, clock, random, engine } = deps
  const { holder } = grantKeys(grant.seed)
  const identity = identityOf(deps, grant)
  const logs = new Map<SharedName, SealedLog>()
  const genesisOf = new Map<LogId, Bytes>()
  /** More time, and going on after a pause, come with new ones. */
  const capabilities = new Map(grant.logs.map(log => [log.logId, log.capability]))
  const stops: (() => void)[] = []
  function letGo(): void {
    for (const stop of stops) stop()
    for (const log of logs.values()) {
      engine.remove(log.id)
      log.dispose()
    }
  }
  for (const { logId, section, genesis, epochs } of grant.logs) {
    const logDeps = { store, clock, random, identity, localKey: deps.localKey }
    const opened = await openSealedLog(logDeps, genesis, epochs)
    if (!opened.ok) {
      letGo()
      return opened
    }
    const log = opened.value
    logs.set(section, log)
    genesisOf.set(logId, genesis)
    stops.push(log.subscribe(event => void (event.kind === 'quarantine' && openEnvelopes(log))))
    // What is over is read here, and asked for no more.
    if (grant.endedBy !== undefined) continue
    engine.add(log, {
      holder,
      ensureRegistered: client => client.registerCapability(logId, capabilities.get(logId)!),
      unwatched: () => deps.onUnwatched(),
      // O is its owner's to look after.
      restoreOwner: async () => ok('level'),
    })
  }
  let isClosed = false
  const opening = new Turns()
  for (const log of logs.values()) openEnvelopes(log)

  /** Who shares made a new epoch: its key came in an envelope. */
  function openEnvelopes(log: SealedLog): void {
    void opening
      .next(() => (isClosed ? undefined : openEnvelopesOf(log)))
      .catch((cause: unknown) => {
        if (!isClosed) throw cause
      })
  }

  async function still(): Promise<void> {
    isClosed = true
    for (const stop of stops) stop()
    await opening.idle()
  }

  async function openEnvelopesOf(log: SealedLog): Promise<void> {
    const genesis = genesisOf.get(log.id)
    const frames: Bytes[] = []
    for (const { writer, seq, reason } of log.quarantine()) {
      if (reason === 'unknown-key') frames.push(...(await log.frames(writer, seq, 1)))
    }
    if (frames.length === 0 || genesis === undefined || isClosed) return
    const found = deps.kems().flatMap(kem => recoverHomeKeys(genesis, frames, kem))
    if (found.length === 0) return
    await deps.keep(grant.id, log.id, found)
    if (!isClosed) await log.addKeys(found)
  }

  return ok({
    logs,
    async refresh(next) {
      const isSameGrant =
        next.role === grant.role && next.endedBy === grant.endedBy && equalBytes(next.seed, grant.seed)
      const isSame = isSameGrant && next.logs.length === logs.size
      if (!isSame || next.logs.some(({ logId, section }) => logs.get(section)?.id !== logId)) return false
      for (const { logId, capability } of next.logs) capabilities.set(logId, capability)
      for (const { section, epochs } of next.logs) await logs.get(section)?.addKeys(epochs)
      return true
    },
    still,
    async close() {
      await still()
      for (const log of logs.values()) {
        if (log.hasPending) await log.flush()
        engine.remove(log.id)
        await log.saveCaches()
        log.dispose()
      }
    },
  })
}
