import { randomBytes } from 'node:crypto'
import type { Instant } from '#schema/instant.ts'
import { type ErrorLog, errorLog, type EventLog } from './event-log.ts'
import { Hub } from './hub.ts'
import type { Limits } from './limits/limits.ts'
import { Buckets } from './limits/rate.ts'
import { Metrics } from './metrics.ts'
import { Challenges, createSigner, type Signer } from './signer.ts'
import { LinkTickets } from './link-tickets.ts'
import { type PushWay, Waker } from './push/waker.ts'
import type { RelayStore } from './store/relay-store.ts'

/** What routes and sockets share. One for each relay. */
export interface Relay {
  readonly store: RelayStore
  readonly signer: Signer
  readonly hub: Hub
  readonly waker: Waker
  readonly challenges: Challenges
  readonly tickets: LinkTickets
  readonly limits: Limits
  readonly metrics: Metrics
  readonly log: EventLog
  readonly failed: ErrorLog
  /** SHA-256 of each token that lets make a log, as hex; empty when anybody may. */
  readonly admissionHashes: ReadonlySet<string>
  readonly trustsProxy: boolean
  readonly rates: {
    readonly requests: Buckets
    readonly newLogs: Buckets
    readonly newDrops: Buckets
    readonly linkOpens: Buckets
    readonly frames: Buckets
  }
  /** Something was refused for want of room: a line of the log, at most one a minute. */
  noRoom(): void
  /** The relay's clock: expiry counts by it alone. */
  now(): Instant
  /** Milliseconds that only ever go on, for rates: whoever sets the clock changes no limit. */
  ticks(): number
  randomBytes(count: number): Uint8Array<ArrayBuffer>
  /** Runs at the end of the event loop's turn; the simulator has its own turns. */
  schedule(run: () => void): void
}

export interface RelayOptions {
  readonly store: RelayStore
  /** 32 bytes; the key that signs receipts comes from it. */
  readonly seed: Uint8Array
  readonly limits: Limits
  readonly log: EventLog
  /** Left out: each error is a line of `log`. */
  readonly failed?: ErrorLog
  readonly now: () => Instant
  /** By default the process's own monotonic clock. */
  readonly ticks?: () => number
  readonly admissionHashes?: ReadonlySet<string>
  readonly trustsProxy?: boolean
  /** Left out: no device is woken. */
  readonly push?: PushWay
  /** When gathered pushes go out; by default at the end of the event loop's turn. */
  readonly schedule?: (run: () => void) => void
  readonly randomBytes?: (count: number) => Uint8Array<ArrayBuffer>
}

const NO_ROOM_SAID_MS = 60_000

/** Who writes is told why, but not the operator, where requests are not logged. */
function sayNoRoom({ store, limits, log }: RelayOptions, ticks: () => number): () => void {
  let saidAt = -Infinity
  return () => {
    if (ticks() - saidAt < NO_ROOM_SAID_MS) return
    saidAt = ticks()
    log('no-room', { storedBytes: store.storedBytes(), limitBytes: limits.totalBytes })
  }
}

/** Call `readyVerify()` before. Holds no timers and no sockets, so tests and the simulator run it in their own process. */
export function createRelay(options: RelayOptions): Relay {
  const { store, limits, log, now } = options
  const schedule = options.schedule ?? setImmediate
  const metrics = new Metrics()
  const failed = options.failed ?? errorLog(log)
  const ticks = options.ticks ?? (() => performance.now())
  metrics.measure('wellkeep_stored_bytes', () => store.storedBytes())
  metrics.measure('wellkeep_store_limit_bytes', () => limits.totalBytes)
  metrics.measure('wellkeep_database_up', async () => ((await store.isHealthy()) ? 1 : 0))
  return {
    store,
    limits,
    log,
    failed,
    now,
    ticks,
    noRoom: sayNoRoom(options, ticks),
    signer: createSigner(options.seed),
    schedule,
    hub: new Hub(schedule),
    waker: new Waker({ store, metrics, failed, now }, options.push),
    challenges: new Challenges(options.seed),
    tickets: new LinkTickets(options.seed),
    metrics,
    admissionHashes: options.admissionHashes ?? new Set(),
    trustsProxy: options.trustsProxy ?? false,
    rates: {
      requests: new Buckets(limits.requests),
      newLogs: new Buckets(limits.newLogs),
      newDrops: new Buckets(limits.newDrops),
      linkOpens: new Buckets(limits.linkOpens),
      frames: new Buckets(limits.framesPerAddress),
    },
    randomBytes: options.randomBytes ?? (count => new Uint8Array(randomBytes(count))),
  }
}
