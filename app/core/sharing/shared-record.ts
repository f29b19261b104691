import { deriveKey } from '#crypto/hash.ts'
import type { KemKey } from '#crypto/keys.ts'
import { equalBytes } from '#schema/bytes.ts'
import { idBytes, type LogId, type PrincipalId, type ShareId } from '#schema/ids.ts'
import type { Section } from '#schema/record/sections.ts'
import { ok, type Result } from '#schema/result.ts'
import { type Place, placesOf, removeAll } from '../home/evict-log.ts'
import { openSealedLog } from '../log/open-log.ts'
import { recoverHomeKeys } from '../log/recover-keys.ts'
import type { DeviceIdentity, EpochKey, PreparedWrite, SealedLog } from '../log/sealed-log.ts'
import { NO_ISSUERS } from '../exchange/card/issuer-book.ts'
import { NO_LINKS } from '../exchange/link/link-book.ts'
import { NO_TABLES } from '../exchange/csv/table-book.ts'
import type { ByteStore, Ports, StoreFailure } from '../ports.ts'
import { readClosedIndex } from '../record/closed-index.ts'
import type { RecordService } from '../record/open-record.ts'
import type { RecordIndex } from '../record/record-index.ts'
import type { SyncEngine } from '../sync/sync.ts'
import { Turns } from '../turns.ts'
import { INDEX_PREFIX } from '../record/index-rows.ts'
import { grantKeys } from './grant.ts'
import { PATIENT_PREFIX } from './patient-rows.ts'
import type { KnownGrant, ReceivedLog } from './received-document.ts'
import { sharedAuthorNames } from './shared-authors.ts'
import { scopedStore } from './scoped-store.ts'

type Bytes = Uint8Array<ArrayBuffer>

export interface SharedRecordDeps extends Omit<Ports, 'relay'> {
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

/** Somebody's record as far as they share it, at work on this device. */
export interface SharedRecord {
  readonly record: RecordService
  readonly logs: ReadonlyMap<Section, SealedLog>
  /** Keys and capabilities may have come; false when the share names other logs, or another G, now: to be opened anew. */
  refresh(grant: KnownGrant): Promise<boolean>
  close(): Promise<void>
}

/** `mine`: the principals of this person in all that the same owner ever shared with them. */
export async function openSharedRecord(
  deps: SharedRecordDeps,
  grant: KnownGrant,
  mine: ReadonlySet<PrincipalId>,
): Promise<Result<SharedRecord, 'damaged'>> {
  const { store, clock, random, engine } = deps
  const { openRecord } = await import('../record/open-record.ts')
  const { holder } = grantKeys(grant.seed)
  const identity = identityOf(deps, grant)
  const logs = new Map<Section, SealedLog>()
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
  const record = await openRecord({
    issuers: NO_ISSUERS,
    tables: NO_TABLES,
    links: NO_LINKS,
    store: scopedStore(store, recordPrefix(grant.id)),
    clock,
    random,
    localKey: indexKeyOf(deps.localKey, grant.id),
    sections: [...logs.keys()],
    role: grant.role,
    authors: await sharedAuthorNames({ logs: logs.values(), mine, recordName: grant.recordName }),
    logOf(section) {
      const log = section === 'private' ? undefined : logs.get(section)
      if (log === undefined) throw new Error(`Cannot read a shared record: it has no ${section}`)
      return log
    },
    commit: deps.commit,
    onSaved: () => undefined,
    person: () => ({ personName: grant.recordName, birthDate: '' }),
  })
  for (const log of logs.values()) openEnvelopes(log)

  /** Who shares made a new epoch: its key came in an envelope. */
  function openEnvelopes(log: SealedLog): void {
    void opening
      .next(() => (isClosed ? undefined : openEnvelopesOf(log)))
      .catch((cause: unknown) => {
        if (!isClosed) throw cause
      })
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
    record,
    logs,
    async refresh(next) {
      const isSameGrant = next.role === grant.role && equalBytes(next.seed, grant.seed)
      const isSame = isSameGrant && next.logs.length === logs.size
      if (!isSame || next.logs.some(({ logId, section }) => logs.get(section)?.id !== logId)) return false
      for (const { logId, capability } of next.logs) capabilities.set(logId, capability)
      for (const { section, epochs } of next.logs) await logs.get(section)?.addKeys(epochs)
      return true
    },
    async close() {
      isClosed = true
      for (const stop of stops) stop()
      await opening.idle()
      await record.idle()
      await record.flushIndex()
      // Who was given it just before it was closed.
      await record.idle()
      record.dispose()
      for (const log of logs.values()) {
        engine.remove(log.id)
        await log.saveCaches()
        log.dispose()
      }
    },
  })
}

/** Rows that say which share has a log on this device. */
export const OWNER_PREFIX = 'share-log/'
export const ownerKey = (logId: LogId) => `${OWNER_PREFIX}${logId}`

const recordPrefix = (id: ShareId) => `shared/${id}/`

/** What is found in a shared record that is closed, as it was when it was last open here. */
export function closedIndexOf(
  store: ByteStore,
  localKey: Bytes,
  id: ShareId,
  sections: readonly Section[],
): Promise<RecordIndex | undefined> {
  return readClosedIndex(scopedStore(store, recordPrefix(id)), indexKeyOf(localKey, id), sections)
}

const indexKeyOf = (localKey: Bytes, id: ShareId) => deriveKey(localKey, 'shared-record', idBytes(id))

/** A log that the share named before, as this device left it. */
export function openFormerLog(
  deps: SharedRecordDeps,
  grant: KnownGrant,
  { genesis, epochs }: ReceivedLog,
): Promise<Result<SealedLog, 'damaged'>> {
  const { store, clock, random, localKey } = deps
  return openSealedLog({ store, clock, random, localKey, identity: identityOf(deps, grant) }, genesis, epochs)
}

/** G vouches for this device's writer keys; the X-Wing key of an identity is of no use here. */
function identityOf(deps: SharedRecordDeps, { seed }: KnownGrant): DeviceIdentity {
  const { voucher, principal } = grantKeys(seed)
  return { principal, device: voucher, kem: deps.kems()[0]!, chain: [] }
}

/** Everything of an ended share goes from this device: its frames, blobs, documents and index. `logs`: those that are its own here. */
export async function evictShare(
  store: ByteStore,
  id: ShareId,
  logs: readonly LogId[],
): Promise<Result<void, StoreFailure>> {
  return removeAll(store, [
    ['sealed', recordPrefix(id)],
    ['sealed', `${PATIENT_PREFIX}${id}`],
    ...logs.flatMap(receivedPlaces),
  ])
}

/** What the index knows of a section that is not shared any more. */
export function evictSection(store: ByteStore, id: ShareId, section: Section): Promise<Result<void, StoreFailure>> {
  return removeAll(store, [['sealed', `${recordPrefix(id)}${INDEX_PREFIX}${section}/`]])
}

export function evictReceivedLog(store: ByteStore, logId: LogId): Promise<Result<void, StoreFailure>> {
  return removeAll(store, receivedPlaces(logId))
}

/** Whose it is goes last: what was cut short is found by it. */
function receivedPlaces(logId: LogId): Place[] {
  return [...placesOf(logId), ['sealed', ownerKey(logId)]]
}
