import { makeSession, type SessionHost } from '#app/core/make-session.ts'
import type { ByteStore, DeviceBox, OtherRelays, Outside } from '#app/core/ports.ts'
import type { PairingState, Session, Settings, Stop, SyncStatus, VaultState } from '#app/core/session.ts'
import type { EntryDetail, EntryId } from '#schema/record/entry.ts'
import type { LoopLink, LoopRelay } from './loop-link.ts'
import { makeMemoryDisk, type MemoryDisk, type MemoryStore, ProcessKilled } from './memory-store.ts'
import { makeTestClock, type TestClock, testRandom } from './test-clock.ts'

/** One browser profile with its session, in this process. */
export interface TestDevice {
  readonly disk: MemoryDisk
  readonly store: MemoryStore
  readonly clock: TestClock
  readonly link: LoopLink
  readonly host: SessionHost
  readonly session: Session
  /** A new process on the same disk; this one is as if killed. */
  restart(): Promise<TestDevice>
  setOnline(isOnline: boolean): void
}

export async function startDevice(
  relay: LoopRelay,
  options: {
    readonly disk?: MemoryDisk
    readonly clock?: TestClock
    readonly isFull?: boolean
    readonly outside?: Outside
    readonly box?: DeviceBox
    /** Left out: there is one relay. */
    readonly relays?: OtherRelays
  } = {},
): Promise<TestDevice> {
  const disk = options.disk ?? makeMemoryDisk()
  const clock = options.clock ?? makeTestClock()
  const store = disk.open()
  store.setFull(options.isFull === true)
  const link = relay.link()
  const host = await makeSession({
    store: silentWhenKilled(store),
    relay: link,
    clock,
    random: testRandom,
    ...(options.outside === undefined ? {} : { outside: options.outside }),
    ...(options.relays === undefined ? {} : { relays: options.relays }),
    ...(options.box === undefined ? {} : { box: options.box }),
  })
  return {
    disk,
    store,
    clock,
    link,
    host,
    session: host.session,
    async restart() {
      link.setReachable(false)
      store.kill()
      return startDevice(relay, { ...options, disk, clock })
    },
    setOnline(isOnline) {
      link.setReachable(isOnline)
      host.setOnline(isOnline)
    },
  }
}

/** A killed process does not see its own end: what it waited for never comes. */
export function silentWhenKilled(store: MemoryStore): ByteStore {
  const never = new Promise<never>(() => undefined)
  const unlessKilled = <Value>(value: Promise<Value>) =>
    value.catch((error: unknown) => {
      if (error instanceof ProcessKilled) return never
      throw error
    })
  return {
    get: (table, key) => unlessKilled(store.get(table, key)),
    list: (table, prefix, options) => unlessKilled(store.list(table, prefix, options)),
    keys: (table, prefix) => unlessKilled(store.keys(table, prefix)),
    commit: writes => unlessKilled(store.commit(writes)),
    claim: () => unlessKilled(store.claim()),
    erase: () => unlessKilled(store.erase()),
  }
}

/** The first value that a watch tells and `isWanted` takes. Fails after `timeoutMs` with the last one it told. */
async function first<Value>(
  watch: (listener: (value: Value) => void) => Promise<Stop>,
  isWanted: (value: Value) => boolean,
  timeoutMs = 60_000,
): Promise<Value> {
  const found = Promise.withResolvers<Value>()
  let last: Value | undefined
  const timer = setTimeout(
    () => found.reject(new Error(`Waited in vain; the last value was ${JSON.stringify(last)}`)),
    timeoutMs,
  )
  const stop = await watch(value => {
    last = value
    if (isWanted(value)) found.resolve(value)
  })
  try {
    return await found.promise
  } finally {
    clearTimeout(timer)
    stop()
  }
}

/** Waits until `isTrue`; fails after `timeoutMs`: a busy machine is slow, not wrong. */
export async function until(isTrue: () => Promise<boolean> | boolean, timeoutMs = 60_000): Promise<void> {
  const end = performance.now() + timeoutMs
  while (!(await isTrue())) {
    if (performance.now() > end) throw new Error('Waited in vain')
    await new Promise(resolve => setTimeout(resolve, 20))
  }
}

/** `first` of each thing that a session tells, typed. */
export const firstVault = (session: Session, isWanted: (state: VaultState) => boolean) =>
  first<VaultState>(listener => session.watchVault(listener), isWanted)

export const firstStatus = (session: Session, isWanted: (status: SyncStatus) => boolean) =>
  first<SyncStatus>(listener => session.watchStatus(listener), isWanted)

export const firstSettings = (session: Session, isWanted: (settings: Settings) => boolean) =>
  first<Settings>(listener => session.watchSettings(listener), isWanted)

export const firstPairing = (session: Session, isWanted: (state: PairingState) => boolean) =>
  first<PairingState>(listener => session.watchPairing(listener), isWanted)

export const firstEntry = (session: Session, id: EntryId, isWanted: (entry: EntryDetail) => boolean) =>
  first<EntryDetail | undefined>(
    listener => session.watchEntry(id, listener),
    entry => entry !== undefined && isWanted(entry),
  )
