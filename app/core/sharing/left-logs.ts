import type { LogId } from '#schema/ids.ts'
import { SECTIONS, type SharedName } from '#schema/record/sections.ts'
import { ok, type Result } from '#schema/result.ts'
import type { Account } from '../home/account.ts'
import type { SealedLog } from '../log/sealed-log.ts'
import type { ByteStore, StoreFailure } from '../ports.ts'
import { carryUnsent } from './carry-unsent.ts'
import { logsOnDiskOf } from './log-owners.ts'
import type { OpenRecords } from './open-records.ts'
import { leaveFormerLog } from './received-changes.ts'
import type { FormerReceivedLog, KnownGrant, ReceivedDocument, ReceivedLog } from './received-document.ts'
import type { SharedLogsDeps } from './shared-logs.ts'
import { evictReceivedLog, evictSection, openFormerLog } from './shared-record.ts'
import { keepUnsent } from './unsent-frames.ts'

export interface LeftLogsDeps {
  readonly store: ByteStore
  readonly account: Account
  readonly records: OpenRecords
  recordDeps(grant: KnownGrant): Promise<SharedLogsDeps>
  change(edit: (doc: ReceivedDocument) => void): Promise<Result<void, StoreFailure>>
  /** What could not be carried over may be by now. */
  onMore(): void
}

/** Logs of shares that go on without them: they go from this device once what was written here last is elsewhere. */
export class LeftLogs {
  readonly #deps: LeftLogsDeps

  constructor(deps: LeftLogsDeps) {
    this.#deps = deps
  }

  /** The section goes on in another log, or is not shared any more. What nobody has yet of what was written here goes over first. */
  async leaveFormer(grant: KnownGrant, former: FormerReceivedLog, unsent: ReadonlySet<LogId>): Promise<void> {
    const { store, records } = this.#deps
    if (!(await logsOnDiskOf(store, grant)).includes(former.logId)) return this.#needsNoMore(grant, former)
    const successor = records.get(grant.id)?.logs.get(former.section)
    const hasUnsent = grant.role !== 'read' && unsent.has(former.logId)
    if (hasUnsent && successor !== undefined && !(await this.#carryUnsent(grant, former, successor))) return
    if (grant.logs.every(log => log.section !== former.section)) await this.#leaveSection(grant, former.section)
    // It is not shared any more.
    const kept = successor === undefined ? await keepUnsent(store, grant, [former.logId]) : ok(undefined)
    if (!kept.ok) return
    const gone = await evictReceivedLog(store, former.logId)
    if (gone.ok) await this.#needsNoMore(grant, former)
  }

  /** Another device of ours was through with it first, and its keys are gone: what nobody has goes out as it is. */
  async leaveUnnamed(grant: KnownGrant, logs: readonly LogId[]): Promise<void> {
    if (logs.length === 0) return
    const { store } = this.#deps
    const shared = new Set(grant.logs.map(log => log.section))
    for (const section of SECTIONS) if (!shared.has(section)) await this.#leaveSection(grant, section)
    const kept = await keepUnsent(store, grant, logs)
    for (const logId of kept.ok ? logs : []) await evictReceivedLog(store, logId)
  }

  async #needsNoMore({ id }: KnownGrant, { logId, through }: FormerReceivedLog): Promise<void> {
    const { keyring, deviceId } = this.#deps.account
    const devices = keyring.devices.flatMap(device => (device.removedAt === undefined ? device.deviceId : []))
    if (through.has(deviceId) && !devices.every(device => through.has(device))) return
    await this.#deps.change(doc => leaveFormerLog(doc, id, { logId, deviceId, devices }))
  }

  /** A closed record's index still knows it. */
  async #leaveSection({ id }: KnownGrant, section: SharedName): Promise<void> {
    if (this.#deps.records.get(id) === undefined) await evictSection(this.#deps.store, id, section)
  }

  async #carryUnsent(grant: KnownGrant, former: ReceivedLog, successor: SealedLog): Promise<boolean> {
    const opened = await openFormerLog(await this.#deps.recordDeps(grant), grant, former)
    if (!opened.ok) return true
    const carried = await carryUnsent(opened.value, successor)
    opened.value.dispose()
    if (carried.ok && carried.value) return true
    const stop = successor.subscribe(event => {
      if (event.kind !== 'documents') return
      stop()
      this.#deps.onMore()
    })
    return false
  }
}
