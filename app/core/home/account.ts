import { DeviceId, type LogId } from '#schema/ids.ts'
import { decodeFrame } from '#schema/protocol/frame.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import { recoverHomeKeys } from '../log/recover-keys.ts'
import type { EpochKey, LogEvent, SealedLog } from '../log/sealed-log.ts'
import type { Ports, StoreFailure } from '../ports.ts'
import type { SyncProblem } from '../session.ts'
import { endAgain } from '../sharing/ended-capabilities.ts'
import { GIVEN_SHARD, type GivenDocument, putCapabilityLost, readGiven } from '../sharing/given-document.ts'
import { type Live, liveIn, restoreLive } from '../sharing/live-capabilities.ts'
import { type CutLink, makeCutLink } from '../sync/cut-link.ts'
import { makeRelayClient } from '../sync/relay-client.ts'
import { makeSyncEngine } from '../sync/engine.ts'
import type { RelayClient, RelayFailure, SyncEngine } from '../sync/sync.ts'
import type { VaultKeys } from '../vault/vault-key.ts'
import { type AccountRow, accountWrite, deviceKeys } from './account-row.ts'
import type { Keyring, LogKeys } from './keyring.ts'
import { KEYRING_SHARD } from './keyring-document.ts'
import { evictLog } from './evict-log.ts'
import { isFromBackup } from './from-backup.ts'
import { keepLapsedKeys } from './lapsed-keys.ts'
import { logById, type OpenLogs, openSection, sortLogs } from './open-account.ts'
import { keptCapabilities } from './own-capability.ts'
import { isRefused, registerDevice, restoreOwner } from './registration.ts'
import { capabilitiesEnded, everyOwner, ownersTaken, ownersToRestore } from './taken-owners.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** `removed-here`: by another device. The others as `SyncProblem` says. */
type ShutOut = Extract<SyncProblem['kind'], 'removed-here' | 'record-gone' | 'keys-changed'>

/** From the vault key: what seals the account row, and what seals everything else that stays here. */
export type AccountKeys = Pick<VaultKeys, 'account' | 'local'>

/**
 * An unlocked account at work: its logs are synced, keys that other devices add reach the logs they open, and home keys are
 * kept in the account row. `isSample`: nothing goes to the relay.
 */
export class Account {
  readonly logs: OpenLogs
  readonly client: RelayClient
  /** What this account, and all that works for it, asks the relay through. */
  readonly link: CutLink
  readonly engine: SyncEngine | undefined
  readonly #ports: Ports
  readonly #keys: AccountKeys
  readonly #stops: (() => void)[] = []
  readonly #keyringListeners = new Set<(keyring: Keyring) => void>()
  readonly #sectionListeners = new Set<() => void>()
  /** Made here, and not yet among the others. */
  readonly #adopted = new Map<LogId, SealedLog>()
  #row: AccountRow
  #keyring: Keyring
  #refreshing: Promise<void> = Promise.resolve()
  #isClosed = false
  #shutOutBy: ShutOut | undefined
  #isSyncing = false
  #isLeaving = false

  private constructor(ports: Ports, keys: AccountKeys, row: AccountRow, logs: OpenLogs, keyring: Keyring) {
    this.#ports = ports
    this.#keys = keys
    this.#row = row
    this.#keyring = keyring
    this.logs = logs
    const { holder } = deviceKeys(row.seeds)
    const { clock, random } = ports
    const link = makeCutLink(ports.relay)
    this.link = link
    this.client = makeRelayClient(link, holder, clock)
    this.engine = row.isSample ? undefined : makeSyncEngine({ link, client: this.client, holder, clock, random })
  }

  /** Takes over the logs. */
  static async start(ports: Ports, keys: AccountKeys, row: AccountRow, logs: OpenLogs): Promise<Account> {
    const keyring = await logs.home.keyring()
    if (keyring === undefined) throw new Error('Cannot start an account: the keyring is not there')
    const account = new Account(ports, keys, row, logs, keyring)
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

  /** What is here can be read, and goes nowhere. */
  get isShutOut(): boolean {
    return this.#shutOutBy !== undefined
  }

  get shutOutBy(): ShutOut | undefined {
    return this.#shutOutBy
  }

  allLogs(): SealedLog[] {
    return [this.logs.home.log, ...this.sectionLogs()]
  }

  /** Also those that were begun anew. */
  sectionLogs(): SealedLog[] {
    return [...this.logs.sections.values(), ...this.logs.former.values()]
  }

  /** False once it was let go, also while somebody still works through what `allLogs` answered before. */
  holds(log: SealedLog): boolean {
    return this.allLogs().includes(log)
  }

  /** Calls when a section goes on in another log. */
  watchSections(listener: () => void): () => void {
    this.#sectionListeners.add(listener)
    return () => this.#sectionListeners.delete(listener)
  }

  /** Takes over a log made here once `store` has stored it and the keyring that names it; nobody looks at the keyring meanwhile. */
  async adopt(log: SealedLog, store: () => Promise<Result<void, StoreFailure>>): Promise<Result<void, StoreFailure>> {
    const storing = this.#refreshing.then(async () => {
      const stored = await store()
      if (stored.ok) this.#adopted.set(log.id, log)
      return stored
    })
    this.#refreshing = storing.then(() => undefined)
    const stored = await storing
    if (stored.ok) await this.refreshed()
    return stored
  }

  /** Lets go of a closed log of which everything is elsewhere: what lies here of it is deleted. */
  async forget(logId: LogId): Promise<Result<void, StoreFailure>> {
    const forgetting = this.#refreshing.then(async () => {
      const log = this.logs.former.get(logId)
      if (log === undefined) return ok(undefined)
      this.engine?.remove(logId)
      this.logs.former.delete(logId)
      // What is being written would lie here again after it was deleted.
      await log.idle()
      log.dispose()
      return evictLog(this.#ports.store, logId)
    })
    this.#refreshing = forgetting.then(() => undefined)
    return forgetting
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

  /** The relay's cursor of the home log; all that it had by then is taken in here. */
  async levelHome(): Promise<Result<number, RelayFailure>> {
    const { id } = this.logs.home.log
    const state = await this.client.state(id)
    if (!state.ok) return state
    this.engine?.refetch(id)
    const settled = await this.settle()
    return settled.ok ? ok(state.value.cursor) : settled
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

  /** Nothing goes to the relay any more, and nobody waits for an answer of it. */
  disconnect(): void {
    this.link.cut()
    this.engine?.setOnline(false)
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
    for (const log of this.allLogs()) this.#watchControl(log)
    await this.#openEnvelopes()
    await this.#refresh()
    if (this.isShutOut) return
    const closed = new Set(this.#keyring.closedLogs.map(log => log.logId))
    for (const log of this.allLogs()) if (!closed.has(log.id)) this.#sync(log)
    this.#isSyncing = true
  }

  #sync(log: SealedLog): void {
    this.engine?.add(log, {
      ensureRegistered: client => this.#register(log.id, client),
      restoreOwner: client => this.#restoreOwner(log.id, client),
    })
  }

  async #register(logId: LogId, client: RelayClient): Promise<Result<void, RelayFailure>> {
    const keys = this.#keyring.logs.find(log => log.logId === logId)
    if (keys === undefined) return fail({ kind: 'refused', code: 'unknown-log' })
    const answer = await registerDevice(client, keys, deviceKeys(this.#row.seeds).holder.publicKey, this.#keyring)
    if (keys.section !== 'home') return answer
    if (isRefused(answer, 'gone')) this.#shutOut('record-gone')
    if (isRefused(answer, 'bad-proof') || isRefused(answer, 'stale')) this.#shutOut(await this.#whyRefused())
    return answer
  }

  /** A device that came from a backup may know only keys from before a removal that it never heard of. */
  async #whyRefused(): Promise<ShutOut> {
    return (await isFromBackup(this.#ports.store)) ? 'keys-changed' : 'removed-here'
  }

  async #restoreOwner(logId: LogId, client: RelayClient): ReturnType<typeof restoreOwner> {
    const keyring = this.#keyring
    const { birth, devices } = keyring
    const log = keyring.logs.find(one => one.logId === logId)
    if (log === undefined) return ok('level')
    const ended = capabilitiesEnded(keyring, logId)
    const known = { ended, kept: keptCapabilities(devices, logId), ...(birth ? { birth } : {}) }
    const restored =
      ended.size === 0
        ? ok('level' as const)
        : await restoreOwner(client, ownersToRestore(keyring, log), ownersTaken(keyring, logId), known)
    if (!restored.ok) return restored
    const shares = await this.#levelShares(log, client)
    return shares.ok && restored.value === 'restored' ? restored : shares
  }

  /** Capabilities of this log that shares had and have no more are to be ended, and those that they have served. */
  async #levelShares(log: LogKeys, client: RelayClient): ReturnType<typeof endAgain> {
    const { home, sections } = this.logs
    const shares = readGiven(await home.log.read<GivenDocument>(GIVEN_SHARD))
    const ended = shares.flatMap(share => share.ended.filter(({ logId }) => logId === log.logId))
    const isOpen = log.section !== 'home' && log.section !== 'private' && sections.get(log.section)?.id === log.logId
    const live = isOpen ? liveIn(shares, log.section, log.logId) : []
    if (ended.length === 0 && live.length === 0) return ok('level')
    const state = await client.ownerState(log.logId)
    if (!state.ok) return state
    const { capabilities } = state.value
    const signers = everyOwner(log, await home.refusedKeyring())
    const lost = await restoreLive(client, signers, live, capabilities)
    if (!lost.ok) return lost
    await this.#noteLost(lost.value)
    return endAgain(client, signers, ended, capabilities)
  }

  /** What the disk refuses is looked for again at the next connection. */
  async #noteLost(lost: readonly Live[]): Promise<void> {
    if (lost.length === 0) return
    const { log } = this.logs.home
    const endedAt = this.#ports.clock.now()
    await log.change<GivenDocument>(GIVEN_SHARD, doc => {
      for (const { share, made } of lost) putCapabilityLost(doc, share.id, { logId: made.logId, id: made.id, endedAt })
    })
    await log.flush()
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
    for (const { logId } of keyring.closedLogs) this.engine?.remove(logId)
    await this.#openNewLogs(keyring)
    // Whoever finished that removal may have been at another relay, or gone before it could ask this one.
    if (finishedRotations(keyring) > finishedRotations(before)) this.engine?.askForOwners()
    const me = keyring.devices.find(device => device.deviceId === this.deviceId)
    if (me?.removedAt !== undefined && !this.#isLeaving) this.#shutOut('removed-here')
    for (const listener of this.#keyringListeners) listener(keyring)
    await this.#keepLapsedKeys()
  }

  #watchControl(log: SealedLog): void {
    const isNews = (kind: LogEvent['kind']) => kind === 'control' || kind === 'quarantine'
    this.#stops.push(log.subscribe(event => isNews(event.kind) && this.#keepLapsedKeysLater()))
  }

  #keepLapsedKeysLater(): void {
    this.#refreshing = this.#refreshing.then(() => this.#keepLapsedKeys())
  }

  /** Refused by the disk: tried again with the next control record or key. */
  async #keepLapsedKeys(): Promise<void> {
    if (!this.isShutOut && !this.#isClosed) await keepLapsedKeys(this.logs.home, this.#keyring, this.allLogs())
  }

  /** Logs that another device made, or this one. */
  async #openNewLogs(keyring: Keyring): Promise<void> {
    const opened = new Map(this.sectionLogs().map(log => [log.id, log]))
    for (const keys of keyring.logs) {
      if (keys.section === 'home' || opened.has(keys.logId)) continue
      const log = await this.#openOne(keys)
      if (log === undefined) continue
      opened.set(keys.logId, log)
      this.#watchControl(log)
      if (this.#isSyncing && !this.isShutOut) this.#sync(log)
    }
    const { sections, former } = sortLogs(keyring, opened)
    const isSame = [...sections].every(([section, log]) => this.logs.sections.get(section) === log)
    if (isSame && former.size === this.logs.former.size) return
    replaceAll(this.logs.sections, sections)
    replaceAll(this.logs.former, former)
    for (const listener of this.#sectionListeners) listener()
  }

  async #openOne(keys: LogKeys): Promise<SealedLog | undefined> {
    const adopted = this.#adopted.get(keys.logId)
    this.#adopted.delete(keys.logId)
    if (adopted !== undefined) return adopted
    const opened = await openSection({ ...this.#ports, localKey: this.#keys.local }, this.#row, keys)
    // Damaged here: its frames are asked for anew at the next start.
    return opened.ok ? opened.value : undefined
  }

  #openEnvelopesLater(): void {
    this.#refreshing = this.#refreshing.then(() => (this.#isClosed ? undefined : this.#openEnvelopes()))
  }

  /** Another device rotated the home log: the new epoch's key came in an envelope for this device. Also where its EPOCH is past a cut. */
  async #openEnvelopes(): Promise<void> {
    const { log } = this.logs.home
    const known = new Set(this.#row.homeKeys.map(keyIdOf))
    const frames: Bytes[] = []
    for (const { writer, seq, reason } of log.quarantine()) {
      if (reason !== 'unknown-key' && reason !== 'past-cut') continue
      for (const frame of await log.frames(writer, seq, 1)) {
        const parts = decodeFrame(frame)
        if (parts.ok && parts.value.header.kind === 'control' && !known.has(parts.value.header.keyId))
          frames.push(frame)
      }
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
    const saved = await this.#ports.store.commit([accountWrite(this.#keys.account, row)])
    if (saved.ok) this.#row = row
    return saved
  }

  #shutOut(by: ShutOut): void {
    if (this.#shutOutBy !== undefined) return
    this.#shutOutBy = by
    this.engine?.stop()
    for (const listener of this.#keyringListeners) listener(this.#keyring)
  }
}

function finishedRotations({ rotations }: Keyring): number {
  return rotations.filter(rotation => rotation.isDone).length
}

function replaceAll<Key, Value>(map: Map<Key, Value>, next: ReadonlyMap<Key, Value>): void {
  map.clear()
  for (const [key, value] of next) map.set(key, value)
}

function keyIdOf(key: EpochKey): EpochKey['keyId'] {
  return key.keyId
}
