import type { WriterId } from '#schema/ids.ts'
import { instant } from '#schema/instant.ts'
import { createApp } from '#sync-server/app.ts'
import { DEFAULT_LIMITS, type Limits } from '#sync-server/limits/limits.ts'
import { createRelay, type Relay } from '#sync-server/relay.ts'
import { RelayConnection, type StreamSocket } from '#sync-server/relay-connection.ts'
import type { Asker, NewFrame, RelayStore } from '#sync-server/store/relay-store.ts'
import { openSqliteStore } from '#sync-server/store/sqlite-store.ts'
import { type RelayAct, rememberActs } from '#tests/support/relay-acts.ts'
import type { SeededRandom } from '#tests/support/seeded-random.ts'
import type { VirtualTime } from '#tests/support/virtual-clock.ts'

type Bytes = Uint8Array<ArrayBuffer>

const FAST = { perSecond: 1e6, burst: 1e6 }
const LIMITS: Limits = {
  ...DEFAULT_LIMITS,
  requests: FAST,
  newLogs: FAST,
  newDrops: FAST,
  framesPerAddress: FAST,
  framesPerSocket: FAST,
  messagesPerSocket: FAST,
}

export interface RelayWorld {
  readonly time: VirtualTime
  readonly random: SeededRandom
  /** Every frame that somebody tries to append. */
  onFrame(frame: NewFrame): void
}

/**
 * The real relay, with a memory of everything it took, so that it can be put back to an earlier state, or be two relays that tell two
 * histories.
 */
export class SimRelay {
  readonly #time: VirtualTime
  readonly #world: RelayWorld
  readonly #acts: RelayAct[]
  readonly #store: RelayStore
  readonly #relay: Relay
  readonly #app: ReturnType<typeof createApp>

  private constructor(world: RelayWorld, acts: readonly RelayAct[], store: RelayStore) {
    const { time, random } = world
    this.#world = world
    this.#time = time
    this.#acts = [...acts]
    this.#store = store
    rememberActs(
      store,
      act => this.#acts.push(act),
      frame => world.onFrame(frame),
    )
    this.#relay = createRelay({
      store,
      seed: new Uint8Array(32).fill(7),
      limits: LIMITS,
      log: (event, fields) => {
        if (event === 'error') throw new Error(`The relay failed: ${JSON.stringify(fields)}`)
      },
      now: () => time.now(),
      ticks: () => time.now(),
      schedule: run => queueMicrotask(run),
      randomBytes: count => random.bytes(count),
    })
    this.#app = createApp(this.#relay)
  }

  static async start(world: RelayWorld, acts: readonly RelayAct[] = []): Promise<SimRelay> {
    const store = openSqliteStore({ path: ':memory:', limits: LIMITS, schedule: run => queueMicrotask(run) })
    for (const act of acts) await act.run(store)
    return new SimRelay(world, acts, store)
  }

  /** As it was before its last `lost` acts. */
  copyWithout(lost: number): Promise<SimRelay> {
    return this.copyInto(this.#world, lost)
  }

  /** In another world. */
  copyInto(world: RelayWorld, lost = 0): Promise<SimRelay> {
    return SimRelay.start(world, this.#acts.slice(0, Math.max(0, this.#acts.length - lost)))
  }

  async stop(): Promise<void> {
    await this.#store.close()
  }

  async request(method: string, path: string, headers: Readonly<Record<string, string>>, body: Bytes | undefined) {
    const answer = await this.#time.track(
      Promise.resolve(this.#app.request(path, { method, headers: { ...headers }, ...(body ? { body } : {}) })),
    )
    return { status: answer.status, body: new Uint8Array(await this.#time.track(answer.arrayBuffer())) }
  }

  connect(socket: StreamSocket): RelayConnection {
    return new RelayConnection(this.#relay, socket, 'somewhere')
  }

  /** Frames that nobody brings who made them, but whoever brought the newest of their log. Answers how many it took. */
  async putIn(frames: readonly NewFrame[]): Promise<number> {
    let taken = 0
    for (const frame of frames.toSorted((a, b) => a.seq - b.seq)) {
      const newest = this.#acts.findLast(act => act.frame?.logId === frame.logId)
      const [, asker] = newest?.given ?? []
      const answer = asker === undefined ? undefined : await this.#store.append(frame, asker as Asker)
      if (answer?.ok === true && answer.value.isNew) taken++
    }
    return taken
  }

  /** Deletes what signed prunes let go, as it will be in `laterMs`. */
  async sweep(laterMs: number): Promise<number> {
    const now = instant(this.#time.now() + laterMs)
    this.#acts.push({ run: store => store.sweep(now), given: [] })
    const swept = await this.#time.track(this.#store.sweep(now))
    return swept.frames
  }

  /** How many frames of each feed it took. */
  taken(): Map<WriterId, number> {
    const taken = new Map<WriterId, number>()
    for (const { frame } of this.#acts) {
      if (frame) taken.set(frame.writer, Math.max(taken.get(frame.writer) ?? 0, frame.seq + 1))
    }
    return taken
  }

  /** The frames that it took and no signed prune lets go: no control frame and no base is ever let go. */
  owed(): readonly NewFrame[] {
    const pruned = this.#acts.flatMap(({ pruned: record }) => record ?? [])
    const isPruned = ({ writer, seq, kind, hash }: NewFrame) =>
      kind !== 'control' &&
      pruned.some(({ covers, base }) => {
        return base.hash !== hash && covers.some(cover => cover.writer === writer && seq <= cover.seq)
      })
    return this.#acts.flatMap(({ frame }) => (frame === undefined || isPruned(frame) ? [] : [frame]))
  }

  /** All that its store was ever given. */
  everything(): readonly Uint8Array[] {
    return this.#acts.flatMap(({ given }) => given.flatMap(bytesIn))
  }

  get actCount(): number {
    return this.#acts.length
  }
}

function bytesIn(value: unknown): Uint8Array[] {
  if (value instanceof Uint8Array) return [value]
  if (typeof value === 'string') return [new TextEncoder().encode(value)]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(bytesIn) : []
}
