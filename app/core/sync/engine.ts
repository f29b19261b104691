import type { SigningKey } from '#crypto/keys.ts'
import type { LogId } from '#schema/ids.ts'
import type { Instant } from '#schema/instant.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import type { SealedLog } from '../log/sealed-log.ts'
import type { Clock, Random, RelayLink } from '../ports.ts'
import type { SyncProblem, SyncStatus } from '../session.ts'
import { type Connected, LogSync } from './log-sync.ts'
import { makeRelayClient } from './relay-client.ts'
import { StreamClient, type Told } from './stream-client.ts'
import { isTransient } from './stuck.ts'
import type { RelayClient, RelayFailure, SyncEngine, SyncOptions } from './sync.ts'

export interface SyncDeps {
  readonly link: RelayLink
  readonly client: RelayClient
  readonly holder: SigningKey
  readonly clock: Clock
  readonly random: Random
}

const FIRST_RETRY_MS = 1000
const LAST_RETRY_MS = 60_000
/** A clock that is off by less is nobody's problem. */
const CLOCK_TOLERANCE_MS = 10 * 60_000
/** An attempt that is younger may still succeed: who comes back to the page every second must not end each. */
const YOUNG_MS = 5000
/** After this `settle` gives up. */
const SETTLE_MS = 60_000

type Link = SyncStatus['link']

/** While a connection is bringing what there is, what it has not brought yet is not missing. */
const MAY_STILL_COME: ReadonlySet<SyncProblem['kind']> = new Set(['quarantined', 'incomplete'])

/** Keeps every log that is added level with the relay, over one stream that comes back by itself. */
export function makeSyncEngine(deps: SyncDeps): SyncEngine {
  return new Engine(deps)
}

class Engine implements SyncEngine {
  readonly #deps: SyncDeps
  readonly #logs = new Map<LogId, LogSync>()
  /** Logs that we hold by somebody's grant, each with the client that proves its key. */
  readonly #granted = new Map<LogId, { readonly holder: SigningKey; readonly client: RelayClient }>()
  readonly #unsubscribe = new Map<LogId, () => void>()
  readonly #listeners = new Set<(status: SyncStatus) => void>()
  readonly #settling = new Set<() => void>()
  #stream: StreamClient | undefined
  #connected: Connected | undefined
  #link: Link = { kind: 'connecting' }
  #isOnline = true
  #isStopped = false
  /** Attempts to connect that came to nothing. */
  #failures = 0
  /** Rounds in which something was refused on a connection that works. */
  #refusals = 0
  #failingCount = 0
  #lastFailure: RelayFailure | undefined
  #isNonsense = false
  #clockOffMs = 0
  #cancelRetry: (() => void) | undefined
  #triedAtMs = 0
  #isTelling = false
  #told = ''

  constructor(deps: SyncDeps) {
    this.#deps = deps
  }

  add(log: SealedLog, options: SyncOptions): void {
    const { link, clock } = this.#deps
    const { holder } = options
    if (holder !== undefined) this.#granted.set(log.id, { holder, client: makeRelayClient(link, holder, clock) })
    const changed = () => this.#logChanged()
    const sync = new LogSync(log, options, () => this.#deps.clock.now(), changed)
    this.#logs.set(log.id, sync)
    this.#unsubscribe.set(
      log.id,
      log.subscribe(event => {
        if (event.kind !== 'documents') sync.kick()
        changed()
      }),
    )
    if (this.#connected !== undefined) void this.#join(sync, this.#connected)
    else this.#connect()
    changed()
  }

  async #join(sync: LogSync, connected: Connected): Promise<void> {
    const granted = this.#granted.get(sync.id)
    if (granted === undefined) return sync.connect(connected)
    const answer = await connected.stream.proveHolder(granted.holder)
    const isStill = this.#connected === connected && this.#logs.get(sync.id) === sync
    if (answer === 'proven' && isStill) sync.connect({ ...connected, client: granted.client })
  }

  remove(logId: LogId): void {
    this.#unsubscribe.get(logId)?.()
    this.#unsubscribe.delete(logId)
    this.#logs.get(logId)?.disconnect()
    this.#logs.delete(logId)
    this.#granted.delete(logId)
    this.#logChanged()
  }

  cursor(logId: LogId): number | undefined {
    return this.#logs.get(logId)?.cursor
  }

  isGone(logId: LogId): boolean {
    return this.#logs.get(logId)?.isGone === true
  }

  served(logId: LogId): ReturnType<SyncEngine['served']> {
    const sync = this.#logs.get(logId)
    if (this.#connected === undefined || sync === undefined) return undefined
    const client = this.#granted.get(logId)?.client ?? this.#deps.client
    return { client, isSettled: sync.isSettled }
  }

  setOnline(isOnline: boolean): void {
    this.#isOnline = isOnline
    this.#beginBackOffAnew()
    if (isOnline) return this.#connect()
    this.#stream?.close()
    this.#setLink({ kind: 'offline' })
  }

  async tryNow(): Promise<boolean> {
    if (this.#isStopped || !this.#isOnline) return false
    this.#beginBackOffAnew()
    this.#connectNow()
    const tried = this.#stream
    while (this.#connected === undefined && this.#stream === tried && tried !== undefined) {
      await this.#nextChange(this.#deps.clock.monotonicMs() + SETTLE_MS)
    }
    return this.#connected !== undefined
  }

  /** What is stuck on a connection that works is tried again as well. */
  #connectNow(): void {
    if (this.#connected !== undefined) {
      this.#dropRetry()
      for (const sync of this.#logs.values()) sync.kick()
      return
    }
    if (this.#deps.clock.monotonicMs() - this.#triedAtMs >= YOUNG_MS) this.#stream?.close()
    this.#connect()
  }

  refetch(logId: LogId): void {
    this.#logs.get(logId)?.moved()
  }

  askForOwners(): void {
    for (const sync of this.#logs.values()) sync.askForOwner()
  }

  async settle(): Promise<Result<void, RelayFailure>> {
    if (!this.#isOnline) return fail({ kind: 'unreachable' })
    const until = this.#deps.clock.monotonicMs() + SETTLE_MS
    this.#connect()
    for (const sync of this.#logs.values()) sync.kick()
    for (;;) {
      const verdict = this.#settled()
      if (verdict !== undefined) return verdict
      if (this.#isStopped || this.#deps.clock.monotonicMs() >= until) return fail({ kind: 'unreachable' })
      await this.#nextChange(until)
    }
  }

  watchStatus(listener: (status: SyncStatus) => void): () => void {
    this.#listeners.add(listener)
    listener(this.#status())
    return () => this.#listeners.delete(listener)
  }

  stop(): void {
    this.#isStopped = true
    this.#cancelRetry?.()
    for (const end of this.#unsubscribe.values()) end()
    for (const sync of this.#logs.values()) sync.disconnect()
    this.#stream?.close()
    this.#listeners.clear()
    this.#wakeSettling()
  }

  /** Settled, or why it can't be just now; undefined while it is still going on. */
  #settled(): Result<void, RelayFailure> | undefined {
    if (this.#logs.size === 0) return ok(undefined)
    if (this.#connected === undefined) {
      return this.#stream === undefined ? fail(this.#lastFailure ?? { kind: 'unreachable' }) : undefined
    }
    const logs = [...this.#logs.values()].filter(sync => !sync.isGone)
    if (logs.every(sync => sync.isSettled)) return ok(undefined)
    const failure = logs.map(sync => sync.stuck?.failure).find(one => one !== undefined)
    if (failure === undefined || failure.kind === 'closed' || isTransient({ failure })) return undefined
    return fail(failure.kind === 'storage-full' ? { kind: 'unreachable' } : failure)
  }

  #nextChange(untilMs: number): Promise<void> {
    return new Promise(resolve => {
      const cancel = this.#deps.clock.after(Math.max(1, untilMs - this.#deps.clock.monotonicMs()), () => wake())
      const wake = () => {
        cancel()
        this.#settling.delete(wake)
        resolve()
      }
      this.#settling.add(wake)
    })
  }

  #wakeSettling(): void {
    for (const wake of this.#settling) wake()
  }

  #connect(): void {
    if (this.#isStopped || !this.#isOnline || this.#stream !== undefined || this.#logs.size === 0) return
    this.#dropRetry()
    if (this.#link.kind !== 'unreachable') this.#setLink({ kind: 'connecting' })
    const { link, holder, clock, client } = this.#deps
    this.#triedAtMs = clock.monotonicMs()
    const stream: StreamClient = new StreamClient(link, holder, clock, {
      ready: (challenge, relayKey, relayTime) => {
        this.#connected = { stream, client, challenge, relayKey }
        this.#opened(relayTime)
      },
      told: message => this.#heard(message),
      closed: why => this.#closed(why),
    })
    this.#stream = stream
  }

  #opened(relayTime: Instant): void {
    this.#lastFailure = undefined
    this.#clockOffMs = this.#deps.clock.now() - relayTime
    this.#setLink({ kind: 'online' })
    for (const sync of this.#logs.values()) void this.#join(sync, this.#connected!)
  }

  #closed(why: 'closed' | 'nonsense' | 'refused'): void {
    const isMute = why === 'closed' && this.#connected === undefined
    this.#stream = undefined
    this.#connected = undefined
    for (const sync of this.#logs.values()) sync.disconnect()
    if (this.#isStopped || !this.#isOnline) return
    if (isMute) void this.#askWhoAnswers()
    this.#isNonsense = why === 'nonsense' || (this.#isNonsense && why === 'closed')
    this.#lastFailure = { kind: why === 'closed' ? 'unreachable' : 'nonsense' }
    const since = this.#link.kind === 'unreachable' ? this.#link.since : this.#deps.clock.now()
    this.#setLink({ kind: 'unreachable', since })
    // What waits is to ask for the refused once more; the others need the connection sooner.
    this.#dropRetry()
    this.#retryLater(0)
  }

  /** A socket that never opens can't say why; a request tells a relay that is away from a stranger at its address. */
  async #askWhoAnswers(): Promise<void> {
    const [logId] = this.#logs.keys()
    if (logId === undefined) return
    const answer = await this.#deps.client.state(logId)
    if (this.#isStopped || this.#connected !== undefined) return
    this.#isNonsense = !answer.ok && answer.failure.kind === 'nonsense'
    this.#tell()
  }

  /** Doubling, with a quarter of chance in it, so that a thousand clients don't come back at once. */
  #retryLater(atLeastMs: number): void {
    if (this.#cancelRetry !== undefined || this.#isStopped) return
    const times = this.#connected === undefined ? this.#failures++ : this.#refusals++
    const backOff = Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** times)
    const chance = 0.75 + (this.#deps.random.bytes(1)[0]! / 255) * 0.5
    this.#cancelRetry = this.#deps.clock.after(Math.max(atLeastMs, backOff * chance), () => {
      this.#cancelRetry = undefined
      if (this.#connected === undefined) this.#connect()
      else for (const sync of this.#logs.values()) sync.kick()
    })
  }

  #dropRetry(): void {
    this.#cancelRetry?.()
    this.#cancelRetry = undefined
  }

  #beginBackOffAnew(): void {
    this.#failures = 0
    this.#refusals = 0
  }

  #heard(message: Told): void {
    if (message.type === 'moved') {
      for (const { logId } of message.logs) this.#logs.get(logId)?.moved()
    } else if (message.type === 'push') {
      this.#logs.get(message.logId)?.pushed(message.before, message.cursor, message.frames)
    } else this.#logs.get(message.logId)?.unwatched()
  }

  #logChanged(): void {
    const logs = [...this.#logs.values()].filter(sync => !sync.isGone)
    const stuck = logs.map(sync => sync.stuck).filter(one => one !== undefined)
    // That others work ends no back-off of what is refused, only that something of it is taken.
    const failingCount = logs.filter(sync => sync.isFailing).length
    if (failingCount < this.#failingCount) this.#refusals = 0
    this.#failingCount = failingCount
    if (stuck.some(one => one.failure.kind === 'nonsense')) {
      this.#isNonsense = true
      this.#stream?.close()
    } else if (stuck.length > 0 && this.#connected !== undefined) {
      this.#retryLater(Math.max(...stuck.map(one => one.retryAfterMs)))
    } else if (logs.some(sync => sync.isSettled)) {
      // Only what works ends a back-off: a relay that talks rubbish lets itself be reached, too.
      this.#failures = 0
      this.#isNonsense = false
    }
    this.#tell()
    this.#wakeSettling()
  }

  #setLink(link: Link): void {
    this.#link = link
    this.#tell()
    this.#wakeSettling()
  }

  /** Once a turn, and only what is new. */
  #tell(): void {
    if (this.#isTelling) return
    this.#isTelling = true
    queueMicrotask(() => {
      this.#isTelling = false
      if (this.#isStopped) return
      const status = this.#status()
      const text = JSON.stringify(status)
      if (text === this.#told) return
      this.#told = text
      for (const listener of this.#listeners) listener(status)
    })
  }

  #status(): SyncStatus {
    const logs = [...this.#logs.values()]
    const waitingCount = logs.reduce((total, sync) => total + sync.log.unsentChanges, 0)
    const isSaving = logs.some(sync => sync.log.hasPending)
    const isStuck = this.#connected === undefined || logs.some(sync => sync.stuck !== undefined)
    const isBackedUp = logs.every(sync => sync.log.isBackedUp)
    const kind = isSaving ? 'saving' : isBackedUp ? 'backed-up' : isStuck ? 'waiting' : 'sending'
    const isCatchingUp = this.#link.kind === 'online' && logs.some(sync => sync.isCatchingUp)
    const link: Link = isCatchingUp ? { kind: 'catching-up' } : this.#link
    const problems = this.#problems(logs).filter(({ kind }) => !isCatchingUp || !MAY_STILL_COME.has(kind))
    return { kind, waitingCount, link, problems }
  }

  #problems(logs: readonly LogSync[]): SyncProblem[] {
    const problems = new Map<string, SyncProblem>()
    for (const problem of logs.flatMap(sync => sync.problems())) {
      const other = problems.get(problem.kind)
      const isSum = problem.kind === 'quarantined' && other?.kind === 'quarantined'
      problems.set(problem.kind, isSum ? { kind: 'quarantined', count: problem.count + other.count } : problem)
    }
    for (const { stuck } of logs) {
      if (stuck?.failure.kind === 'storage-full') problems.set('storage-full', { kind: 'storage-full' })
      if (stuck?.failure.kind === 'refused' && stuck.failure.code !== 'quota' && !isTransient(stuck)) {
        const reason = stuck.failure.code
        if (reason === 'admission') problems.set('not-admitted', { kind: 'not-admitted' })
        else problems.set('relay-refused', { kind: 'relay-refused', reason })
      }
    }
    if (this.#isNonsense) problems.set('relay-nonsense', { kind: 'relay-nonsense' })
    if (Math.abs(this.#clockOffMs) > CLOCK_TOLERANCE_MS) {
      problems.set('clock-differs', { kind: 'clock-differs', byMs: this.#clockOffMs })
    }
    return [...problems.values()]
  }
}
