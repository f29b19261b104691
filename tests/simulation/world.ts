import type { EpochKey } from '#app/core/log/sealed-log.ts'
import type { SigningKey } from '#crypto/keys.ts'
import { deviceCapabilityId } from '#app/core/home/own-capability.ts'
import type { StoreWrite } from '#app/core/ports.ts'
import { type CapabilityId, type FrameHash, WriterId } from '#schema/ids.ts'
import type { NewFrame } from '#sync-server/store/relay-store.ts'
import { makeSeededRandom, type SeededRandom } from '#tests/support/seeded-random.ts'
import { VirtualTime } from '#tests/support/virtual-clock.ts'
import { Family } from './family.ts'
import { KeyWatch } from './key-watch.ts'
import { Replica, type ReplicaWorld } from './replica.ts'
import { SimRelay } from './sim-relay.ts'

/** What a device was told is "Saved". */
export interface SavedEntry {
  readonly by: Replica
  readonly label: string
  readonly key: string
  readonly text: string
}

/** A rotation begun: it has to end, through any number of crashes. */
export interface Rotation {
  readonly by: Replica
  readonly key: EpochKey
  readonly victim: Replica | undefined
  readonly owner: SigningKey | undefined
  isWritten: boolean
  isOwned: boolean
}

/** A promise of PROTOCOL section 9 was broken, or the world never came to rest. */
export class Broken extends Error {}

export function demand(holds: boolean, what: string): asserts holds {
  if (!holds) throw new Broken(what)
}

/** What may happen besides crashes and a bad network. */
export const PERIL_NAMES = ['control', 'clone', 'relay', 'removal-of-clones'] as const
/** The last one lets devices be removed while one of them is cloned. */
export type Peril = (typeof PERIL_NAMES)[number]
const PERILS: readonly (readonly Peril[])[] = [
  ['control'],
  ['relay'],
  ['clone'],
  ['control', 'relay'],
  ['control', 'clone'],
  ['relay', 'clone'],
]

/** One seed's devices, relays and network, and what the judge has to know of what happened. */
export class World implements ReplicaWorld {
  readonly random: SeededRandom
  readonly time = new VirtualTime()
  readonly family = new Family()
  readonly keyWatch = new KeyWatch(this.family)
  readonly replicas: Replica[] = []
  /** The first is the one that stays. */
  readonly relays: SimRelay[] = []
  readonly saved: SavedEntry[] = []
  readonly rotations: Rotation[] = []
  /** Written by somebody who has keys and no place in the roster. */
  readonly forbidden: string[] = []
  /** Since when a replica owes a word about frames that the relay lost. */
  readonly owesNotice = new Map<Replica, number>()
  readonly trace: string[] = []
  readonly canary: string
  readonly perils: ReadonlySet<Peril>
  isStormy = true
  hasClone = false
  hasRollback = false
  failure: unknown
  readonly #signed = new Map<string, FrameHash>()
  /** Feeds that were signed by two processes at once. */
  readonly clonedWriters = new Set<WriterId>()
  #entryCount = 0

  constructor(seed: number, perils: readonly Peril[] = PERILS[seed % PERILS.length]!) {
    this.random = makeSeededRandom(seed)
    this.perils = new Set(perils)
    this.canary = `CANARY-${seed}-`
  }

  get relay(): SimRelay {
    const [relay] = this.relays
    if (relay === undefined) throw new Error('Cannot do without a relay')
    return relay
  }

  /** Those whose writes count, and who are to end up with the same record. */
  members(): Replica[] {
    return this.replicas.filter(replica => !replica.isRemoved)
  }

  /** What the keyring says of capabilities that every succession of O keeps, also of a device that the relay does not know. */
  kept(): readonly CapabilityId[] {
    return this.members().map(({ holder }) => deviceCapabilityId(holder.publicKey, this.family.logId))
  }

  note(what: string): void {
    this.trace.push(`${(this.time.nowMs / 1000).toFixed(1)}s ${what}`)
  }

  nextEntry(): { readonly key: string; readonly text: string } {
    const count = this.#entryCount++
    return { key: `entry-${count}`, text: `${this.canary}${count}` }
  }

  async addReplica(replica: Replica, open: () => Promise<void>): Promise<void> {
    replica.weather.relay = this.relay
    replica.died = () => {
      this.note(`${replica.name} died`)
      this.owesNotice.delete(replica)
      this.time.after(this.random.below(20_000), () => this.restart(replica))
    }
    this.replicas.push(replica)
    await open()
  }

  restart(replica: Replica): void {
    if (replica.process !== undefined) return
    const dieIn = this.isStormy && this.random.chance(0.1) ? 1 + this.random.below(20) : undefined
    this.run(replica.open(dieIn))
  }

  /** Work that nobody waits for: it may fail the seed, and may never end when its process dies. */
  run(work: Promise<unknown>): void {
    work.catch((error: unknown) => this.fail(error))
  }

  fail(error: unknown): void {
    this.failure ??= error
  }

  async pass(durationMs: number): Promise<void> {
    const untilMs = this.time.nowMs + durationMs
    while (this.time.nowMs < untilMs) {
      await this.time.run(Math.min(1000, untilMs - this.time.nowMs))
      if (this.failure !== undefined) throw this.failure
    }
  }

  onSent(bytes: Uint8Array): void {
    if (Buffer.from(bytes).includes(this.canary)) this.fail(new Broken('1: plain text left a device'))
  }

  /** Nothing that was stored is deleted but what mending makes again: an accepted snapshot stands beside the frames, not for them. */
  onCommit(replica: Replica, writes: readonly StoreWrite[]): void {
    this.keyWatch.onCommit(replica, writes)
    for (const write of writes) {
      if (!('remove' in write) || (write.table !== 'frames' && write.table !== 'blobs')) continue
      const writer = WriterId.parse(write.key.split('/')[1] ?? '')
      const isMended = write.table === 'frames' && writer !== undefined && this.clonedWriters.has(writer)
      if (!isMended) this.fail(new Broken(`7: ${replica.name} deletes from its ${write.table}`))
    }
  }

  onFrame(frame: NewFrame): void {
    const place = `${frame.writer}/${frame.seq}`
    const other = this.#signed.get(place)
    if (other === undefined) this.#signed.set(place, frame.hash)
    else if (other !== frame.hash && !this.clonedWriters.has(frame.writer)) {
      this.fail(new Broken(`5: two frames ${frame.seq} of one writer`))
    }
  }

  free(): void {
    for (const replica of this.replicas) replica.free()
  }
}
