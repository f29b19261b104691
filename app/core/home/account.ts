import { DeviceId, type LogId } from '#schema/ids.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import { recoverHomeKeys } from '../log/recover-keys.ts'
import type { EpochKey, SealedLog } from '../log/sealed-log.ts'
import type { Ports, StoreFailure } from '../ports.ts'
import { makeRelayClient } from '../sync/relay-client.ts'
import { makeSyncEngine } from '../sync/engine.ts'
import type { RelayClient, RelayFailure, SyncEngine } from '../sync/sync.ts'
import { type AccountRow, accountWrite, deviceKeys } from './account-row.ts'
import type { Keyring } from './keyring.ts'
import { KEYRING_SHARD } from './keyring-document.ts'
import { logById, type OpenLogs } from './open-account.ts'
import { keptCapabilities } from './own-capability.ts'
import { isRefused, registerDevice, restoreOwner } from './registration.ts'
import { capabilitiesEnded, ownersTaken, ownersToRestore } from './taken-owners.ts'

type Bytes = Uint8Array<ArrayBuffer>

/**
 * An unlocked account at work: its logs are synced, keys that other devices add reach the logs they open, and home keys are
 * kept in the account row. `isSample`: nothing goes to the relay.
 */
export class Account {
  readonly logs: OpenLogs
  readonly client: RelayClient
  readonly engine: SyncEngine | undefined
  readonly #ports: Ports
  readonly #accountKey: Bytes
  readonly #stops: (() => void)[] = []
  readonly #keyringListeners = new Set<(keyring: Keyring) => void>()
  #row: AccountRow
  #keyring: Keyring
  #refreshing: Promise<void> = Promise.resolve()
  #isClosed = false
  #isShutOut = false
  #isLeaving = false

  private constructor(ports: Ports, accountKey: Bytes, row: AccountRow, logs: OpenLogs, keyring: Keyring) {
    this.#ports = ports
    this.#accountKey = accountKey
    this.#row = row
    this.#keyring = keyring
    this.logs = logs
    const { holder } = deviceKeys(row.seeds)
    this.client = makeRelayClient(ports.relay, holder, ports.clock)
    const { relay: link, clock, random } = ports
    this.engine = row.isSample ? undefined : makeSyncEngine({ link, client: this.client, holder, clock, random })
  }

  /** Takes over the logs. */
  static async start(ports: Ports, accountKey: Bytes, row: AccountRow, logs: OpenLogs): Promise<Account> {
    const keyring = await logs.home.keyring()
    if (keyring === undefined) throw new Error('Cannot start an account: the keyring is not there')
    const account = new Account(ports, accountKey, row, logs, keyring)
    await account.#start()
    return account
  }

  get row(): AccountRow {
    return this.#row
  }

  get keyring(): Keyring {
    return this.#keyring
  }

  get deviceId(): DeviceId {
    return DeviceId.of(deviceKeys(this.#row.seeds).device.publicKey)
  }

  /** Another device removed this one: what is here can be read, and goes nowhere. */
  get isShutOut(): boolean {
    return this.#isShutOut
  }

  allLogs(): SealedLog[] {
    return [this.logs.home.log, ...this.logs.sections.values()]
  }

  watchKeyring(listener: (keyring: Keyring) => void): () => void {
    this.#keyringListeners.add(listener)
    return () => this.#keyringListeners.delete(listener)
  }

  /** Resolves when `keyring` is what the home log says by now. */
  async refreshed(): Promise<void> {
    this.#refreshLater()
    await this.#refreshing
  }

  /** This device removes itself: it goes on sending, so that others learn of it. */
  beginLeaving(): void {
    this.#isLeaving = true
  }

  /** Everything is acknowledged, or why not. A sample has nowhere to send to. */
  async settle(): Promise<Result<void, RelayFailure>> {
    return this.engine === undefined ? ok(undefined) : this.engine.settle()
  }

  async saveHomeKey(key: EpochKey): Promise<Result<void, StoreFailure>> {
    return this.#saveRow({ ...this.#row, homeKeys: [...this.#row.homeKeys, key] })
  }

  /** Seals and stores all that is pending. The first failure is answered; the rest is tried all the same. */
  async flush(): Promise<Result<void, StoreFailure>> {
    let answer: Result<void, StoreFailure> = ok(undefined)
    for (const log of this.allLogs()) {
      if (!log.hasPending) continue
      const flushed = await log.flush()
      if (answer.ok) answer = flushed
    }
    return answer
  }

  /** Ends syncing and wipes the logs' keys; what is pending must be flushed before. */
  async close(): Promise<void> {
    this.#isClosed = true
    for (const stop of this.#stops) stop()
    this.#keyringListeners.clear()
    this.engine?.stop()
    await this.#refreshing.catch(() => undefined)
    for (const log of this.allLogs()) log.dispose()
  }

  async #start(): Promise<void> {
    const { home } = this.logs
    this.#stops.push(home.watch(KEYRING_SHARD, () => this.#refreshLater()))
    this.#stops.push(home.log.subscribe(event => event.kind === 'quarantine' && this.#openEnvelopesLater()))
    await this.#openEnvelopes()
    await this.#refresh()
    if (this.#isShutOut) return
    for (const log of this.allLogs()) {
      this.engine?.add(log, {
        ensureRegistered: client => this.#register(log.id, client),
        restoreOwner: client => this.#restoreOwner(log.id, client),
      })
    }
  }

  async #register(logId: LogId, client: RelayClient): Promise<Result<void, RelayFailure>> {
    const keys = this.#keyring.logs.find(log => log.logId === logId)
    if (keys === undefined) return fail({ kind: 'refused', code: 'unknown-log' })
    const answer = await registerDevice(client, keys, deviceKeys(this.#row.seeds).holder.publicKey, this.#keyring)
    const isRefusal = isRefused(answer, 'bad-proof') || isRefused(answer, 'stale')
    if (keys.section === 'home' && isRefusal) this.#shutOut()
    return answer
  }

  async #restoreOwner(logId: LogId, client: RelayClient): ReturnType<typeof restoreOwner> {
    const keyring = this.#keyring
    const { birth, devices } = keyring
    const log = keyring.logs.find(one => one.logId === logId)
    const ended = capabilitiesEnded(keyring, logId)
    if (log === undefined || ended.size === 0) return ok('level')
    const kept = keptCapabilities(devices, logId)
    const known = { ended, kept, ...(birth ? { birth } : {}) }
    return restoreOwner(client, ownersToRestore(keyring, log), ownersTaken(keyring, logId), known)
  }

  #refreshLater(): void {
    this.#refreshing = this.#refreshing.then(() => (this.#isClosed ? undefined : this.#refresh()))
  }

  /** Brings what the keyring says now to the logs, to the account row, and to who listens. */
  async #refresh(): Promise<void> {
    const before = this.#keyring
    const keyring = await this.logs.home.keyring()
    if (keyring === undefined) return
    this.#keyring = keyring
    for (const { logId, section, epochs } of keyring.logs) {
      const had = new Set(before.logs.find(one => one.logId === logId)?.epochs.map(keyIdOf))
      const fresh = epochs.filter(key => !had.has(key.keyId))
      if (fresh.length > 0) await logById(this.logs, logId)?.addKeys(fresh)
      if (section === 'home') await this.#keepHomeKeys(epochs)
    }
    const me = keyring.devices.find(device => device.deviceId === this.deviceId)
    if (me?.removedAt !== undefined && !this.#isLeaving) this.#shutOut()
    for (const listener of this.#keyringListeners) listener(keyring)
  }

  #openEnvelopesLater(): void {
    this.#refreshing = this.#refreshing.then(() => (this.#isClosed ? undefined : this.#openEnvelopes()))
  }

  /** Another device rotated the home log: the new epoch's key came in an envelope for this device. */
  async #openEnvelopes(): Promise<void> {
    const { log } = this.logs.home
    const frames: Bytes[] = []
    for (const { writer, seq, reason } of log.quarantine()) {
      if (reason === 'unknown-key') frames.push(...(await log.frames(writer, seq, 1)))
    }
    if (frames.length === 0) return
    const found = recoverHomeKeys(this.#row.homeGenesis, frames, deviceKeys(this.#row.seeds).kem)
    await this.#keepHomeKeys(found)
    if (found.length > 0) await log.addKeys(found)
  }

  async #keepHomeKeys(epochs: readonly EpochKey[]): Promise<void> {
    const had = new Set(this.#row.homeKeys.map(keyIdOf))
    const fresh = epochs.filter(key => !had.has(key.keyId))
    // Refused by a full disk: asked again with the next change, and the keyring has them.
    if (fresh.length > 0) await this.#saveRow({ ...this.#row, homeKeys: [...this.#row.homeKeys, ...fresh] })
  }

  async #saveRow(row: AccountRow): Promise<Result<void, StoreFailure>> {
    const saved = await this.#ports.store.commit([accountWrite(this.#accountKey, row)])
    if (saved.ok) this.#row = row
    return saved
  }

  #shutOut(): void {
    if (this.#isShutOut) return
    this.#isShutOut = true
    this.engine?.stop()
    for (const listener of this.#keyringListeners) listener(this.#keyring)
  }
}

function keyIdOf(key: EpochKey): EpochKey['keyId'] {
  return key.keyId
}
