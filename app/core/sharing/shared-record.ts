import { deriveKey } from '#crypto/hash.ts'
import { idBytes, type LogId, type PrincipalId, type ShareId } from '#schema/ids.ts'
import type { Section, SharedName } from '#schema/record/sections.ts'
import { ok, type Result } from '#schema/result.ts'
import { type Place, placesOf, removeAll } from '../home/evict-log.ts'
import { openSealedLog } from '../log/open-log.ts'
import type { SealedLog } from '../log/sealed-log.ts'
import { NO_ISSUERS } from '../exchange/card/issuer-book.ts'
import { NO_LINKS } from '../exchange/link/link-book.ts'
import { NO_TABLES } from '../exchange/csv/table-book.ts'
import type { ByteStore, StoreFailure } from '../ports.ts'
import { readClosedIndex } from '../record/closed-index.ts'
import type { RecordService } from '../record/open-record.ts'
import type { RecordIndex } from '../record/record-index.ts'
import { INDEX_PREFIX } from '../record/index-rows.ts'
import { PATIENT_PREFIX } from './patient-rows.ts'
import type { KnownGrant, ReceivedLog } from './received-document.ts'
import { sharedAuthorNames } from './shared-authors.ts'
import { identityOf, openSharedLogs, type OpenShare, type SharedLogsDeps } from './shared-logs.ts'
import { sectionsOf } from './shared-names.ts'
import { scopedStore } from './scoped-store.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** `mine`: the principals of this person in all that the same owner ever shared with them. */
export async function openSharedRecord(
  deps: SharedLogsDeps,
  grant: KnownGrant,
  mine: ReadonlySet<PrincipalId>,
): Promise<Result<OpenShare & { readonly record: RecordService }, 'damaged'>> {
  const { store, clock, random } = deps
  const { openRecord } = await import('../record/open-record.ts')
  const shared = await openSharedLogs(deps, grant)
  if (!shared.ok) return shared
  const { logs } = shared.value
  const record = await openRecord({
    issuers: NO_ISSUERS,
    tables: NO_TABLES,
    links: NO_LINKS,
    store: scopedStore(store, recordPrefix(grant.id)),
    clock,
    random,
    localKey: indexKeyOf(deps.localKey, grant.id),
    sections: sectionsOf(grant),
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
  return ok({
    ...shared.value,
    record,
    async close() {
      await shared.value.still()
      await record.idle()
      await record.flushIndex()
      // Who was given it just before it was closed.
      await record.idle()
      record.dispose()
      await shared.value.close()
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
  deps: SharedLogsDeps,
  grant: KnownGrant,
  { genesis, epochs }: ReceivedLog,
): Promise<Result<SealedLog, 'damaged'>> {
  const { store, clock, random, localKey } = deps
  return openSealedLog({ store, clock, random, localKey, identity: identityOf(deps, grant) }, genesis, epochs)
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
export function evictSection(store: ByteStore, id: ShareId, section: SharedName): Promise<Result<void, StoreFailure>> {
  return removeAll(store, [['sealed', `${recordPrefix(id)}${INDEX_PREFIX}${section}/`]])
}

export function evictReceivedLog(store: ByteStore, logId: LogId): Promise<Result<void, StoreFailure>> {
  return removeAll(store, receivedPlaces(logId))
}

/** Whose it is goes last: what was cut short is found by it. */
function receivedPlaces(logId: LogId): Place[] {
  return [...placesOf(logId), ['sealed', ownerKey(logId)]]
}
