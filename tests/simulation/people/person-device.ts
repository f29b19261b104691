import { makeSession, type SessionHost } from '#app/core/make-session.ts'
import type { StoreWrite } from '#app/core/ports.ts'
import type { KeptOffer, KeptRecord } from '#app/core/kept-session.ts'
import type { ThreadList } from '#app/core/message-session.ts'
import type { RequestRow } from '#app/core/request-session.ts'
import type { People } from '#app/core/people-session.ts'
import type { Session, SyncStatus } from '#app/core/session.ts'
import type { Shares } from '#app/core/share-session.ts'
import type { MemoryDisk } from '#tests/support/memory-store.ts'
import type { SeededRandom } from '#tests/support/seeded-random.ts'
import { makeVirtualClock, type VirtualClock, type VirtualTime } from '#tests/support/virtual-clock.ts'
import { FaultyLink, type Weather } from '../faulty-link.ts'
import { MortalStore } from '../mortal-store.ts'
import { type AliasRoom, watchAliases } from './circle-rooms.ts'
import { watchSeats, watchTalk } from './seats.ts'

/** What a seed is about, beside records and who sees them. */
export type Topic = 'records' | 'messages' | 'requests' | 'practice' | 'circles'

/** Somebody with a record of their own. */
export interface Person {
  readonly name: string
  /** As their card and their record say; long enough to be looked for in ciphertext. */
  readonly fullName: string
  readonly passphrase: string
}

export interface DeviceWorld {
  readonly time: VirtualTime
  readonly random: SeededRandom
  readonly topic: Topic
  onSent(bytes: Uint8Array): void
  onSeat(device: PersonDevice, practice: KeptRecord): void
  onAlias(device: PersonDevice, account: KeptRecord): void
  onCommit(device: PersonDevice, writes: readonly StoreWrite[]): void
}

/** What lives until the process dies. */
export interface Process {
  readonly store: MortalStore
  readonly link: FaultyLink
  readonly clock: VirtualClock
  readonly host: SessionHost
  readonly session: Session
  /** What its screens would show. */
  people: People
  shares: Shares
  status: SyncStatus | undefined
  /** Empty where nobody writes to each other. */
  threads: ThreadList
  requests: readonly RequestRow[]
  /** Of each practice that is open here, what its rooms would show. */
  readonly seats: Map<string, Process>
  offers: readonly KeptOffer[]
  /** Of each account for a circle that is open here, what its rooms would show. */
  readonly aliases: Map<string, AliasRoom>
}

/** One browser profile: a disk that lasts, and whole sessions that don't. */
export class PersonDevice {
  readonly person: Person
  readonly name: string
  readonly disk: MemoryDisk
  readonly weather: Weather = { relay: undefined, isCut: false, loss: 0, rubbish: 0 }
  clockOffsetMs = 0
  isRemoved = false
  process: Process | undefined
  /** Called when the process died at a moment it chose. */
  died: () => void = () => undefined
  readonly #world: DeviceWorld
  readonly #hosts: SessionHost[] = []
  #starts = 0

  constructor(world: DeviceWorld, person: Person, name: string, disk: MemoryDisk) {
    this.#world = world
    this.person = person
    this.name = name
    this.disk = disk
  }

  /** A new process, unlocked; never resolves when it dies before. `dieIn`: at that call of its store. */
  async open(dieIn?: number): Promise<void> {
    const { time, random } = this.#world
    const start = ++this.#starts
    const died = () => {
      this.kill()
      this.died()
    }
    const store = new MortalStore(this.disk, died, writes => this.#world.onCommit(this, writes))
    if (dieIn !== undefined) store.dieIn(dieIn, false)
    const link = new FaultyLink(time, random, this.weather, bytes => this.#world.onSent(bytes))
    const clock = makeVirtualClock(time, this.clockOffsetMs)
    const host = await makeSession({ store, relay: link, clock, random })
    const { session } = host
    this.#hosts.push(host)
    const unlocked = await session.unlock(this.person.passphrase)
    if (!unlocked.ok) throw new Error(`${this.name} cannot be unlocked: ${unlocked.failure.kind}`)
    if (this.#starts !== start) return
    const process: Process = {
      store,
      link,
      clock,
      host,
      session,
      people: { contacts: [], invitations: [] },
      shares: { given: [], received: [] },
      status: undefined,
      threads: { threads: [], unreadCount: 0 },
      requests: [],
      seats: new Map(),
      offers: [],
      aliases: new Map(),
    }
    await session.watchPeople(people => void Object.assign(process, { people }))
    await session.watchShares(shares => void Object.assign(process, { shares }))
    await session.watchStatus(status => void Object.assign(process, { status }))
    if (isTalk(this.#world.topic)) await watchTalk(process)
    if (this.#world.topic === 'practice') await watchSeats(process, record => this.#world.onSeat(this, record))
    if (this.#world.topic === 'circles') await watchAliases(process, record => this.#world.onAlias(this, record))
    this.process = process
    stayAwake(process)
  }

  kill(): void {
    const { process } = this
    this.#starts++
    this.process = undefined
    process?.store.kill()
    process?.link.kill()
    process?.clock.stop()
  }

  /** Ends as a person ends it. */
  async lock(): Promise<void> {
    const { process } = this
    if (process === undefined) return
    await process.session.lock()
    if (this.process === process) this.kill()
  }

  /** Memory of every process there was. */
  free(): void {
    for (const host of this.#hosts) host.dispose()
    this.kill()
  }
}

/** They write to each other. */
export const isTalk = (topic: Topic) => topic !== 'records' && topic !== 'circles'

/** Somebody sits before it: it does not lock itself. */
function stayAwake({ session, clock }: Pick<Process, 'session' | 'clock'>): void {
  clock.after(60_000, () => {
    session.touch()
    stayAwake({ session, clock })
  })
}
