import { DeviceId, type LogId } from '#schema/ids.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import type { EpochKey, LogEvent, SealedLog } from '../log/sealed-log.ts'
import type { Ports, RelayLink, StoreFailure } from '../ports.ts'
import { Relays } from '../sync/relays.ts'
import { makeSyncEngine } from '../sync/engine.ts'
import type { RelayClient, RelayFailure, SyncEngine } from '../sync/sync.ts'
import { Turns } from '../turns.ts'
import type { VaultKeys } from '../vault/vault-key.ts'
import { type AccountRow, deviceKeys } from './account-row.ts'
import { AccountStanding } from './account-standing.ts'
import { AdmissionToken, type TokenFailure } from './admission-token.ts'
import type { Keyring, LogKeys } from './keyring.ts'
import { KEYRING_SHARD } from './keyring-document.ts'
import { evictLog } from './evict-log.ts'
import { HomeKeys } from './home-keys.ts'
import { keepLapsedKeys } from './lapsed-keys.ts'
import { LogsInUse } from './logs-in-use.ts'
import { logById, type OpenLogs, openSection, sortLogs } from './open-account.ts'
import { Refusal, type RefusalKind } from './refusal.ts'
import { followMove } from './follow-move.ts'
import { type KnownRelay, RELAY_SHARD } from './relay-document.ts'
import { RelayPlace } from './relay-place.ts'
import { finishedRotations } from './taken-owners.ts'

/** From the vault key: what seals the account row, and what seals everything else that stays here. */
export type AccountKeys = Pick<VaultKeys, 'account' | 'local'>

/** What the home log says before anything else can begin. */
interface AtStart {
  readonly keyring: Keyring
  readonly place: RelayPlace
}

/**
 * An unlocked account at work: its logs are synced, keys that other devices add reach the logs they open, and home keys are
 * kept in the account row. `isSample`: nothing goes to the relay.
 */
export class Account {
  readonly logs: OpenLogs
  readonly deviceId: DeviceId
  readonly client: RelayClient
  /** What this account, and all that works for it, asks its own relay and others through. */
  readonly relays: Relays
  readonly engine: SyncEngine | undefined
  readonly token: AdmissionToken
  /** Which a relay that was put back may serve to somebody whom nobody knows. */
  readonly restoredLogs = new Set<LogId>()
  /** Of these none is let go. */
  readonly inUse = new LogsInUse()
  readonly #ports: Ports
  readonly #localKey: AccountKeys['local']
  readonly #stops: (() => void)[] = []
  readonly #keyringListeners = new Set<(keyring: Keyring) => void>()
  readonly #sectionListeners = new Set<() => void>()
  /** Made here, and not yet among the others. */
  readonly #adopted = new Map<LogId, SealedLog>()
  readonly #homeKeys: HomeKeys
  #keyring: Keyring
  /** The one that all who work with it have. */
  #brought: Keyring
  /** False where bringing the next one broke off. */
  #isBrought = true
  readonly #refreshing = new Turns()
  readonly #standing: AccountStanding
  readonly #refusal: Refusal
  readonly #place: RelayPlace
  #isClosed = false
  #isRemoved = false
  #isSyncing = false
  #isOnline = true
  #isLeaving = false

  private constructor(ports: Ports, keys: AccountKeys, row: AccountRow, logs: OpenLogs, { keyring, place }: AtStart) {
    this.#place = place
    this.#ports = ports
    this.#localKey = keys.local
    this.#homeKeys = new HomeKeys(ports.store, keys.account, logs.home.log, row)
    this.#keyring = keyring
    this.#brought = keyring
    this.logs = logs
    const { device, holder } = deviceKeys(row.seeds)
    this.deviceId = DeviceId.of(device.publicKey)
    const { store, clock, random } = ports
    this.token = new AdmissionToken(logs.home, () => this.relays.own)
    const asOwn = (link: RelayLink) => this.token.link(link)
    this.relays = new Relays({ here: ports.relay, others: ports.relays, moved: place.known, asOwn, holder, clock })
    this.client = this.relays.clientOf('')
    const link = this.link
    this.engine = row.isSample ? undefined : makeSyncEngine({ link, client: this.client, holder, clock, random })
    this.#standing = new AccountStanding({
      logs,
      store,
      clock,
      holderKey: holder.publicKey,
      keyring: () => this.#keyring,
      onRefused: kind => this.#refusal.begin(kind),
      onRestored: logId => {
        this.restoredLogs.add(logId)
        this.#tellKeyring()
      },
    })
    const ask = () => this.#standing.isServed(this.client)
    const onChange = () => this.#refusalChanged()
    this.#refusal = new Refusal({ store, clock, device: this.deviceId, ask, onChange })
  }

  /** Takes over the logs. */
  static async start(ports: Ports, keys: AccountKeys, row: AccountRow, logs: OpenLogs): Promise<Account> {
    const keyring = await logs.home.keyring()
    if (keyring === undefined) throw new Error('Cannot start an account: the keyring is not there')
    const account = new Account(ports, keys, row, logs, { keyring, place: await RelayPlace.of(logs.home) })
    await account.#start()
    return account
  }

  /** To its own relay. */
  get link(): RelayLink {
    return this.relays.linkTo('')
  }

  get row(): AccountRow {
    return this.#homeKeys.row
  }

  get keyring(): Keyring {
    return this.#keyring
  }

  /** What is here can be read, and goes nowhere. */
  get isShutOut(): boolean {
    return this.shutOutBy !== undefined
  }

  /** `removed-here`: by another device, which signed that. The others are the relay's word alone. */
  get shutOutBy(): 'removed-here' | RefusalKind | undefined {
    return this.#isRemoved ? 'removed-here' : this.#refusal.kind
  }

  get isRemoved(): boolean {
    return this.#isRemoved
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

  /** The record moved to another relay: what works for this account has to begin anew, with another one. */
  watchMoved(listener: () => void): () => void {
    return this.#place.watchMoved(listener)
  }

  /** What the home log says of the relay by now. */
  get relay(): KnownRelay {
    return this.#place.known
  }

  get mailRelays(): readonly string[] {
    return this.#place.mailRelays(this.relays)
  }

  /** Takes over a log made here once `store` has stored it and the keyring that names it; nobody looks at the keyring meanwhile. */
  async adopt(log: SealedLog, store: () => Promise<Result<void, StoreFailure>>): Promise<Result<void, StoreFailure>> {
    const stored = await this.#refreshing.next(async () => {
      const answer = await store()
      if (answer.ok) this.#adopted.set(log.id, log)
      return answer
    })
    if (stored.ok) await this.refreshed()
    return stored
  }

  /** Lets go of a closed log of which everything is elsewhere: what lies here of it is deleted. */
  async forget(logId: LogId): Promise<Result<void, StoreFailure | 'in-use'>> {
    return this.#refreshing.next(async () => {
      const log = this.logs.former.get(logId)
      if (log === undefined) return ok(undefined)
      if (this.inUse.has(log)) return fail('in-use' as const)
      this.engine?.remove(logId)
      this.logs.former.delete(logId)
      // What is being written would lie here again after it was deleted.
      await log.end()
      return evictLog(this.#ports.store, logId)
    })
  }

  watchKeyring(listener: (keyring: Keyring) => void): () => void {
    this.#keyringListeners.add(listener)
    return () => this.#keyringListeners.delete(listener)
  }

  /** Resolves when `keyring` is what the home log says by now. */
  async refreshed(): Promise<void> {
    await this.#refreshing.next(() => (this.#isClosed ? undefined : this.#refresh()))
  }

  /** Resolves when the logs have every key that the home log here names by now. */
  keysTaken(): Promise<void> {
    return this.#refreshing.next(() => {
      if (!this.#isClosed && !this.#isBrought) return this.#refresh()
    })
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
    return this.#homeKeys.save([key])
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

  /** The network came or went. */
  setOnline(isOnline: boolean): void {
    this.#isOnline = isOnline
    this.engine?.setOnline(isOnline && !this.isShutOut)
    if (isOnline) this.#refusal.askSoon()
  }

  /** Whether the relay answers now; false where this record goes nowhere. */
  async tryNow(): Promise<boolean> {
    if (this.isShutOut) return false
    return (await this.engine?.tryNow()) ?? false
  }

  /** From whoever hosts the relay; what it refused for want of it is sent now. */
  takeToken(token: string): Promise<Result<void, TokenFailure>> {
    return this.token.take(token, () => this.#standing.bringOne(this.client))
  }

  /** At a second relay, what of a log has ended here. */
  endElsewhere(logId: LogId, client: RelayClient): Promise<Result<unknown, RelayFailure>> {
    return this.#standing.endElsewhere(logId, client)
  }

  /** Nothing goes to the relay any more, and nobody waits for an answer of it. */
  disconnect(): void {
    this.relays.cut()
    this.#refusal.stop()
    this.engine?.setOnline(false)
  }

  /** Ends syncing and wipes the logs' keys; what is pending must be flushed before. */
  async close(): Promise<void> {
    this.#isClosed = true
    for (const stop of this.#stops) stop()
    this.#keyringListeners.clear()
    this.engine?.stop()
    await this.#refreshing.idle()
    for (const log of this.allLogs()) log.dispose()
  }

  async #start(): Promise<void> {
    const { home } = this.logs
    this.#stops.push(home.watch(KEYRING_SHARD, () => this.#refreshLater()))
    this.#stops.push(home.log.subscribe(event => event.kind === 'quarantine' && this.#openEnvelopesLater()))
    this.#stops.push(home.watch(RELAY_SHARD, () => this.#later(() => this.#relayChanged())))
    await this.token.load()
    for (const log of this.allLogs()) this.#watchControl(log)
    await this.#homeKeys.load()
    await this.#homeKeys.openEnvelopes()
    await this.#refusal.load()
    await this.#refresh()
    if (this.#isRemoved) return
    if (this.isShutOut) this.setOnline(this.#isOnline)
    const closed = new Set(this.#keyring.closedLogs.map(log => log.logId))
    for (const log of this.allLogs()) if (!closed.has(log.id)) this.#sync(log)
    this.#isSyncing = true
    this.#later(() => followMove(this))
  }

  #sync(log: SealedLog): void {
    this.engine?.add(log, {
      ensureRegistered: client => this.#standing.register(log.id, client),
      restoreOwner: client => this.#standing.restoreOwner(log.id, client),
      endOver: client => this.#standing.endOver(log.id, client),
      hearsElsewhere: () => this.#place.known.mirror !== undefined,
    })
  }

  #tellKeyring(): void {
    for (const listener of this.#keyringListeners) listener(this.#keyring)
  }

  #refreshLater(): void {
    this.#later(() => this.#refresh())
  }

  /** Nobody waits for it: what broke off stays loud, unless the logs were closed under it. */
  #later(work: () => Promise<void>): void {
    const done = this.#refreshing.next(() => (this.#isClosed ? undefined : work()))
    void done.catch((cause: unknown) => {
      if (!this.#isClosed) throw cause
    })
  }

  /** Brings what the keyring says now to the logs, to the account row, and to who listens. */
  async #refresh(): Promise<void> {
    const before = this.#brought
    this.#isBrought = false
    const keyring = await this.logs.home.keyring()
    if (keyring === undefined) return
    this.#keyring = keyring
    for (const { logId, section, epochs } of keyring.logs) {
      const had = new Set(before.logs.find(one => one.logId === logId)?.epochs.map(key => key.keyId))
      const fresh = epochs.filter(key => !had.has(key.keyId))
      if (fresh.length > 0) await logById(this.logs, logId)?.addKeys(fresh)
      if (section === 'home') await this.#homeKeys.keep(epochs)
    }
    for (const { logId } of keyring.closedLogs) this.engine?.remove(logId)
    await this.#openNewLogs(keyring)
    // Whoever finished that removal may have been at another relay, or gone before it could ask this one.
    if (finishedRotations(keyring) > finishedRotations(before)) this.engine?.askForOwners()
    const me = keyring.devices.find(device => device.deviceId === this.deviceId)
    if (me?.removedAt !== undefined && !this.#isLeaving) this.#removed()
    this.#brought = keyring
    this.#isBrought = true
    this.#tellKeyring()
    await this.#keepLapsedKeys()
  }

  #watchControl(log: SealedLog): void {
    const isNews = (kind: LogEvent['kind']) => kind === 'control' || kind === 'quarantine'
    this.#stops.push(log.subscribe(event => isNews(event.kind) && this.#keepLapsedKeysLater()))
  }

  #keepLapsedKeysLater(): void {
    this.#later(() => this.#keepLapsedKeys())
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
      if (this.#isSyncing && !this.#isRemoved) this.#sync(log)
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
    const opened = await openSection({ ...this.#ports, localKey: this.#localKey }, this.row, keys)
    // Damaged here: its frames are asked for anew at the next start.
    return opened.ok ? opened.value : undefined
  }

  async #relayChanged(): Promise<void> {
    await this.token.load()
    await this.#place.load()
    void this.tryNow()
  }

  #openEnvelopesLater(): void {
    this.#later(() => this.#homeKeys.openEnvelopes())
  }

  #removed(): void {
    if (this.#isRemoved) return
    this.#isRemoved = true
    this.#refusal.stop()
    this.engine?.stop()
    this.#tellKeyring()
  }

  /** By the relay's word alone nothing ends: as soon as it serves this device again, all goes on. */
  #refusalChanged(): void {
    this.engine?.setOnline(this.#isOnline && !this.isShutOut)
    this.#tellKeyring()
  }
}

function replaceAll<Key, Value>(map: Map<Key, Value>, next: ReadonlyMap<Key, Value>): void {
  map.clear()
  for (const [key, value] of next) map.set(key, value)
}
