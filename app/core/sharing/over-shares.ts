import type { LogId, ShareId } from '#schema/ids.ts'
import { ok, type Result } from '#schema/result.ts'
import { outboxOf, removeAll } from '../home/evict-log.ts'
import type { ByteStore, StoreFailure } from '../ports.ts'
import { logsOnDiskOf } from './log-owners.ts'
import type { OpenRecords } from './open-records.ts'
import type { KnownGrant } from './received-document.ts'
import { evictShare } from './shared-record.ts'
import { keepUnsent } from './unsent-frames.ts'

const GONE_PREFIX = 'share-gone/'

export interface OverSharesDeps {
  readonly store: ByteStore
  readonly records: OpenRecords
  /** What is known of it without opening it goes too. */
  forget(id: ShareId): Promise<void>
}

/** What becomes on this device of what others shared, once it is over. Whoever calls sees to it that one call follows another. */
export class OverShares {
  readonly #deps: OverSharesDeps
  /** Over by what this device knows, and deleted here, before it is sure. */
  readonly #cleared = new Set<ShareId>()

  constructor(deps: OverSharesDeps) {
    this.#deps = deps
  }

  isCleared(id: ShareId): boolean {
    return this.#cleared.has(id)
  }

  /** It was not over after all, or was given more time. */
  goesOn(id: ShareId): void {
    this.#cleared.delete(id)
  }

  /** Before it is opened again: that it was let go holds no more. */
  async bringBack(id: ShareId): Promise<Result<void, StoreFailure>> {
    const { store } = this.#deps
    const key = `${GONE_PREFIX}${id}`
    const wasGone = (await store.get('sealed', key)) !== undefined
    return wasGone ? store.commit([{ table: 'sealed', key, remove: true }]) : ok(undefined)
  }

  /** A conversation: what was written here last goes out by letter, and all of it can be read on. */
  async keepReadable(grant: KnownGrant): Promise<void> {
    const { store, records } = this.#deps
    const logs = grant.logs.map(log => log.logId)
    const open = records.get(grant.id)
    if (open !== undefined && (await open.refresh(grant))) return
    await records.close(grant.id)
    const kept = await keepUnsent(store, grant, logs)
    const sent = kept.ok ? await removeAll(store, logs.map(outboxOf)) : kept
    if (sent.ok) await records.openOrRefresh(grant)
  }

  async letGo(grant: KnownGrant): Promise<void> {
    const { store, records } = this.#deps
    await records.close(grant.id)
    await this.#deps.forget(grant.id)
    const key = `${GONE_PREFIX}${grant.id}`
    if ((await store.get('sealed', key)) !== undefined) return
    // What the disk refuses to delete now goes at the next unlock; once gone, the logs may be another share's.
    const logs = await logsOnDiskOf(store, grant)
    const kept = await keepUnsent(store, grant, logs)
    if (!kept.ok) return
    const gone = await evictShare(store, grant.id, logs)
    if (gone.ok) await store.commit([{ table: 'sealed', key, value: Uint8Array.of(1) }])
  }

  /** Only a removed device of ours had taken it, in frames that its removal cut. */
  async letGoUnknown(id: ShareId, logs: readonly LogId[], unsent: ReadonlySet<LogId>): Promise<void> {
    if (logs.some(logId => unsent.has(logId))) return
    await this.#deps.records.close(id)
    await this.#deps.forget(id)
    await evictShare(this.#deps.store, id, logs)
  }

  /** Its time is over as far as this device knows. The relay has it all, should that be wrong; what it has not yet stays. */
  async clear(grant: KnownGrant, unsent: ReadonlySet<LogId>): Promise<void> {
    const { store, records } = this.#deps
    await records.close(grant.id)
    if (this.#cleared.has(grant.id) || grant.logs.some(log => unsent.has(log.logId))) return
    const gone = await evictShare(store, grant.id, await logsOnDiskOf(store, grant))
    if (!gone.ok) return
    await this.#deps.forget(grant.id)
    this.#cleared.add(grant.id)
  }
}
