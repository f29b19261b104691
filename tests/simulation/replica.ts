import { registerDevice, restoreOwner } from '#app/core/home/registration.ts'
import { createSealedLog } from '#app/core/log/create-log.ts'
import { openSealedLog } from '#app/core/log/open-log.ts'
import type { DeviceIdentity, EpochKey, LogDeps, SealedLog } from '#app/core/log/sealed-log.ts'
import type { SyncProblem, SyncStatus } from '#app/core/session.ts'
import { makeSyncEngine } from '#app/core/sync/engine.ts'
import { makeRelayClient } from '#app/core/sync/relay-client.ts'
import type { StoreWrite, Table } from '#app/core/ports.ts'
import type { RelayClient, SyncEngine } from '#app/core/sync/sync.ts'
import type { SigningKey } from '#crypto/keys.ts'
import { randomBytes } from '#crypto/sodium.ts'
import { type CapabilityId, DeviceId, type KeyId } from '#schema/ids.ts'
import { ok } from '#schema/result.ts'
import { type MemoryDisk, makeMemoryDisk } from '#tests/support/memory-store.ts'
import type { SeededRandom } from '#tests/support/seeded-random.ts'
import { makeVirtualClock, type VirtualClock, type VirtualTime } from '#tests/support/virtual-clock.ts'
import type { Family } from './family.ts'
import { FaultyLink, type Weather } from './faulty-link.ts'
import { MortalStore } from './mortal-store.ts'

export interface ReplicaWorld {
  readonly time: VirtualTime
  readonly random: SeededRandom
  readonly family: Family
  onSent(bytes: Uint8Array): void
  onCommit(replica: Replica, writes: readonly StoreWrite[]): void
  kept(): readonly CapabilityId[]
}

/** What lives until the process dies. */
export interface Process {
  readonly store: MortalStore
  readonly link: FaultyLink
  readonly clock: VirtualClock
  readonly log: SealedLog
  readonly engine: SyncEngine
  readonly client: RelayClient
}

/** One device: a disk that lasts, and processes that don't. */
export class Replica {
  readonly name: string
  readonly identity: DeviceIdentity
  readonly weather: Weather = { relay: undefined, isCut: false, loss: 0, rubbish: 0 }
  readonly keys: EpochKey[]
  /** Those that this process's log was given. */
  usableKeys = new Set<KeyId>()
  readonly problemsSeen = new Map<SyncProblem['kind'], number>()
  /** How many successions of O its keyring tells of. */
  ownersKnown = 1
  clockOffsetMs = 0
  isRemoved = false
  process: Process | undefined
  status: SyncStatus | undefined
  /** Called when the process died at a moment it chose. */
  died: () => void = () => undefined
  readonly #world: ReplicaWorld
  readonly #disk: MemoryDisk
  readonly #localKey: Uint8Array<ArrayBuffer>
  readonly #finished: SealedLog[] = []

  constructor(world: ReplicaWorld, name: string, from?: Replica) {
    this.#world = world
    this.name = name
    this.identity = from?.identity ?? world.family.newDevice()
    this.#disk = from === undefined ? makeMemoryDisk() : from.#disk.clone()
    this.#localKey = from === undefined ? randomBytes(32) : from.#localKey
    this.keys = from === undefined ? world.family.epochs.slice() : from.keys.slice()
    this.ownersKnown = from === undefined ? world.family.owners.length : from.ownersKnown
  }

  get id(): DeviceId {
    return DeviceId.of(this.identity.device.publicKey)
  }

  get holder(): SigningKey {
    return this.#world.family.holders.get(this.id)!
  }

  /** As it is on the disk. */
  row(table: Table, key: string): Uint8Array | undefined {
    return this.#disk.rows(table).get(key)
  }

  /** Secrets that must never leave the device, or only sealed. */
  secrets(): Uint8Array[] {
    return [this.#localKey, this.identity.device.secretKey.subarray(0, 32), this.holder.secretKey.subarray(0, 32)]
  }

  /** The person's first device makes the log. */
  async create(): Promise<void> {
    await this.#start(async deps => {
      const { log, write } = await createSealedLog(deps, this.#world.family.genesis, this.keys[0]!, [])
      const stored = await deps.store.commit(write.writes)
      if (!stored.ok) throw new Error('Cannot create the log')
      write.committed()
      return log
    })
  }

  /** `dieIn`: this process dies at that call of its store, while it opens or later. */
  async open(dieIn?: number): Promise<void> {
    await this.#start(async deps => {
      if (dieIn !== undefined) deps.store.dieIn(dieIn, false)
      const opened = await openSealedLog(deps, this.#world.family.genesis, this.keys)
      if (!opened.ok) throw new Error(`Replica ${this.name} cannot open its log: ${opened.failure}`)
      return opened.value
    })
  }

  async #start(make: (deps: LogDeps & { readonly store: MortalStore }) => Promise<SealedLog>): Promise<void> {
    const { time, random, family } = this.#world
    const died = () => {
      this.kill()
      this.died()
    }
    const store = new MortalStore(this.#disk, died, writes => this.#world.onCommit(this, writes))
    const link = new FaultyLink(time, random, this.weather, bytes => this.#world.onSent(bytes))
    const clock = makeVirtualClock(time, this.clockOffsetMs)
    const { identity } = this
    this.usableKeys = new Set(this.keys.map(key => key.keyId))
    const log = await make({ store, clock, random, identity, localKey: this.#localKey })
    this.#finished.push(log)
    const { holder } = this
    const client = makeRelayClient(link, holder, clock)
    const engine = makeSyncEngine({ link, client, holder, clock, random })
    const process = { store, link, clock, log, engine, client }
    this.process = process
    engine.watchStatus(status => {
      if (this.process !== process) return
      this.status = status
      for (const { kind } of status.problems) this.problemsSeen.set(kind, time.nowMs)
    })
    engine.add(log, {
      ensureRegistered: relay => {
        const known = family.owners.slice(0, this.ownersKnown)
        const owners = known.map((key, number) => ({ number, key })).toReversed()
        const keys = {
          logId: log.id,
          genesis: family.genesis,
          section: 'vitals',
          owners,
          epochs: [],
          moved: [],
        } as const
        return registerDevice(relay, keys, holder.publicKey, { devices: [] })
      },
      restoreOwner: relay => {
        const known = new Set(family.owners.slice(0, this.ownersKnown))
        const owners = [...family.taken]
          .flatMap(([number, key]) => (known.has(key) ? [{ number, key }] : []))
          .toSorted((a, b) => b.number - a.number)
        const keys = {
          logId: log.id,
          genesis: family.genesis,
          section: 'vitals',
          owners,
          epochs: [],
          moved: [],
        } as const
        const number = owners[0]?.number ?? 0
        return family.ended.size === 0 || this.isRemoved
          ? Promise.resolve(ok('level'))
          : restoreOwner(relay, keys, number, { ended: family.ended, kept: this.#world.kept() })
      },
    })
  }

  kill(): void {
    const { process } = this
    if (process === undefined) return
    this.process = undefined
    process.store.kill()
    process.link.kill()
    process.clock.stop()
  }

  /** Ends as a person ends it. */
  async close(): Promise<void> {
    const { process } = this
    if (process === undefined) return
    await process.log.saveCaches()
    process.engine.stop()
    this.kill()
  }

  /** Memory of every process there was. */
  free(): void {
    this.kill()
    for (const log of this.#finished) log.dispose()
  }
}
