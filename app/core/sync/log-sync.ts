import type { LogId, WriterId } from '#schema/ids.ts'
import type { Instant } from '#schema/instant.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import { inPieces } from '../log/carried.ts'
import type { SealedLog } from '../log/sealed-log.ts'
import type { SyncProblem } from '../session.ts'
import { levelForks } from './level-forks.ts'
import { LogBlobs } from './log-blobs.ts'
import { pieceToBring, strandedFeeds } from './lost-frames.ts'
import { OutboxSender } from './outbox-sender.ts'
import type { StreamClient } from './stream-client.ts'
import { Standing } from './standing.ts'
import { accepted, CLOSED, isTransient, NONSENSE, NOT_STORED, type Stuck, stored, stuckBy } from './stuck.ts'
import type { RelayClient, SyncOptions } from './sync.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** What one connection offers its logs. */
export interface Connected {
  readonly stream: StreamClient
  readonly client: RelayClient
  readonly challenge: Bytes
  readonly relayKey: Bytes
}

/** What is fetched goes to the log in such runs. */
const RECEIVE_BYTES = 1024 * 1024

/** Keeps one log level with the relay: registers, fetches what it lacks, sends what waits. One step at a time. */
export class LogSync {
  readonly log: SealedLog
  readonly #standing: Standing
  readonly #changed: () => void
  #connected: Connected | undefined
  #isRunning = false
  #wantsFetch = true
  #isWatched = false
  /** Whether this connection has brought all that there was when it began. */
  #wasLevel = false
  #cursor = 0
  #writer: WriterId
  #pushed: Bytes[] = []
  readonly #blobs: LogBlobs
  readonly #sender: OutboxSender
  /** As whom we wrote, and which feeds were known to be forked, when this connection was last asked about forks. */
  #levelled: string | undefined
  /** Whether this connection was asked for everything, for want of what could not be named. */
  #hasAskedAll = false
  /** What was last compared with the relay's own word on its feeds. */
  #compared = ''
  /** Since when frames are known to be missing. */
  #incompleteSince: Instant | undefined
  readonly #problems = new Map<SyncProblem['kind'], SyncProblem>()
  #stuck: Stuck | undefined
  #isFailing = false
  readonly #now: () => Instant
  readonly #toldUnwatched: (() => void) | undefined
  readonly #hearsElsewhere: () => boolean
  constructor(log: SealedLog, options: SyncOptions, now: () => Instant, changed: () => void) {
    this.log = log
    this.#writer = log.writer
    this.#blobs = new LogBlobs(log)
    this.#standing = new Standing(options)
    this.#now = now
    this.#toldUnwatched = options.unwatched
    this.#hearsElsewhere = options.hearsElsewhere ?? (() => false)
    this.#changed = changed
    this.#sender = new OutboxSender({
      log,
      blobs: this.#blobs,
      standing: this.#standing,
      problems: this.#problems,
      counted: cursor => {
        this.#cursor = Math.max(this.#cursor, cursor)
      },
      changed,
      wantFetch: () => {
        this.#wantsFetch = true
      },
      receive: frames => this.#receive(frames),
      sayBehind: writer => this.#sayBehind(writer),
    })
  }

  get id(): LogId {
    return this.log.id
  }

  /** Of the relay, as last heard; undefined before. */
  get cursor(): number | undefined {
    return this.#cursor === 0 ? undefined : this.#cursor
  }

  get stuck(): Stuck | undefined {
    return this.#stuck
  }

  /** What was last tried on this connection got stuck; also while it is being tried again. */
  get isFailing(): boolean {
    return this.#isFailing
  }

  /** The relay has deleted the log, for good. */
  get isGone(): boolean {
    const failure = this.#stuck?.failure
    return failure?.kind === 'refused' && failure.code === 'gone'
  }

  /** Nothing to send, nothing to fetch, as far as this connection knows. */
  get isSettled(): boolean {
    return !this.#isRunning && this.#isWatched && !this.#hasWork()
  }

  /** Still fetching what others have changed since this device was last here. */
  get isCatchingUp(): boolean {
    return this.#connected !== undefined && !this.#wasLevel
  }

  problems(): readonly SyncProblem[] {
    const quarantined = this.log.quarantine().length
    this.#incompleteSince = this.log.isComplete() ? undefined : (this.#incompleteSince ?? this.#now())
    return [
      ...this.#problems.values(),
      ...(quarantined > 0 ? [{ kind: 'quarantined', count: quarantined } as const] : []),
      ...(this.#incompleteSince === undefined ? [] : [{ kind: 'incomplete', since: this.#incompleteSince } as const]),
    ]
  }

  connect(connected: Connected): void {
    this.#connected = connected
    this.#sender.connect()
    this.#wantsFetch = true
    this.#isWatched = false
    this.#wasLevel = false
    this.#standing.connected()
    this.#compared = ''
    this.#pushed = []
    this.#blobs.connected()
    this.#hasAskedAll = false
    this.#levelled = undefined
    this.kick()
  }

  disconnect(): void {
    this.#connected = undefined
    this.#isWatched = false
    this.#isFailing = false
  }

  /** There may be something to do. */
  kick(): void {
    const connected = this.#connected
    if (this.#isRunning || connected === undefined) return
    this.#isRunning = true
    this.#stuck = undefined
    void this.#runAndReport(connected)
  }

  async #runAndReport(connected: Connected): Promise<void> {
    let stuck: Stuck | undefined
    try {
      stuck = await this.#run(connected)
    } catch (error) {
      // A log may be disposed while its last step is under way.
      if (this.#connected === connected) throw error
    }
    this.#isRunning = false
    // A connection that ended says nothing about the one that is there now.
    this.#stuck = this.#connected === connected ? stuck : undefined
    this.#isFailing = this.#stuck !== undefined
    // A frame, a blob or a log for which there is no room: it stands until something was taken again.
    if (stuck?.failure.kind === 'refused' && stuck.failure.code === 'quota') {
      this.#problems.set('relay-full', { kind: 'relay-full' })
    }
    this.#wasLevel ||= stuck === undefined || !isTransient(stuck)
    this.#changed()
    // Without a connection the log may be disposed of by now.
    if (this.#connected !== undefined && this.#stuck === undefined && this.#hasWork()) this.kick()
  }

  pushed(before: number, cursor: number, frames: readonly Bytes[]): void {
    if (before > this.#cursor) this.#wantsFetch = true
    this.#cursor = Math.max(this.#cursor, cursor)
    this.#pushed.push(...frames)
    this.kick()
  }

  moved(): void {
    this.#wantsFetch = true
    this.kick()
  }

  unwatched(): void {
    this.#isWatched = false
    this.#wantsFetch = true
    this.#toldUnwatched?.()
    this.kick()
  }

  /** More capabilities have ended, as far as is known here: does the relay still serve them? */
  askForOwner(): void {
    this.#standing.ownerIsUnknown()
    this.kick()
  }

  #hasWork(): boolean {
    return (
      this.#wantsFetch ||
      this.#standing.wantsOwner ||
      this.#pushed.length > 0 ||
      this.#blobs.isWanting ||
      this.log.outboxCount > 0
    )
  }

  /** Does all there is to do; answers why it could not go on, if so. */
  async #run(connected: Connected): Promise<Stuck | undefined> {
    while (this.#connected === connected) {
      // The log took another one: a clone of this profile signs as the old one.
      if (this.#writer !== this.log.writer) this.#problems.set('cloned-profile', { kind: 'cloned-profile' })
      this.#writer = this.log.writer
      const step = this.#wantsFetch
        ? await this.#fetch(connected)
        : this.#pushed.length > 0
          ? await this.#takePushed()
          : this.#blobs.isWanting
            ? await this.#blobs.fetchNext(connected.client)
            : this.log.outboxCount > 0
              ? await this.#send(connected)
              : await this.#makeSure(connected)
      if (step === undefined) return undefined
      if (!step.ok) return step.failure
    }
    return undefined
  }

  /** What follows the frames held here; of the feeds in `whole`, and of all that aren't known, everything. Keeps what came in `frames`. */
  async #fetch(
    { stream, client }: Connected,
    whole: ReadonlySet<WriterId> = new Set(),
    frames: Bytes[] = [],
  ): Promise<Result<void, Stuck>> {
    this.#wantsFetch = false
    const feeds = this.log.feeds().filter(feed => !whole.has(feed.writer))
    const wants = feeds.map(feed => ({ writer: feed.writer, nextSeq: feed.next }))
    const answer = await stream.ask({ type: 'fetch', logId: this.id, wants }, some => frames.push(...some))
    const ended = accepted(answer)
    if (!ended.ok) {
      this.#wantsFetch = true
      return this.#standing.mayRegister(client, ended.failure)
    }
    if (ended.value.type !== 'end') return NONSENSE
    this.#standing.isKnown()
    this.#cursor = ended.value.cursor
    const taken = await this.#receive(frames)
    return taken.ok ? this.#watch(stream, client) : taken
  }

  async #watch(stream: StreamClient, client: RelayClient): Promise<Result<void, Stuck>> {
    if (this.#isWatched) return ok(undefined)
    const logs = [{ logId: this.id, cursor: this.#cursor, wantsFrames: true }]
    // Before the answer: an `unwatched` may come ahead of it.
    this.#isWatched = true
    const answer = accepted(await stream.ask({ type: 'watch', logs }))
    if (answer.ok) return answer.value.type === 'done' ? ok(undefined) : NONSENSE
    this.#isWatched = false
    return this.#standing.mayRegister(client, answer.failure)
  }

  async #takePushed(): Promise<Result<void, Stuck>> {
    return this.#receive(this.#pushed.splice(0))
  }

  async #receive(frames: readonly Bytes[]): Promise<Result<void, Stuck>> {
    for (const piece of inPieces(frames, RECEIVE_BYTES)) {
      const report = await this.log.receive(piece)
      if (report.ok) continue
      this.#wantsFetch = true
      return NOT_STORED
    }
    this.#blobs.hadNews()
    return ok(undefined)
  }

  async #makeSure(connected: Connected): Promise<Result<void, Stuck> | undefined> {
    const compared = await this.#compare(connected)
    if (compared !== undefined) return compared
    const levelled = await this.#levelForks(connected)
    if (levelled !== undefined || this.#hasAskedAll || !this.#lacksSomething()) return levelled
    this.#hasAskedAll = true
    return this.#fetch(connected, new Set(this.log.feeds().map(feed => feed.writer)))
  }

  /** Once a connection, and when a fork or a removal was found since, or frames of ours gave way to a clone's. */
  async #levelForks(connected: Connected): Promise<Result<void, Stuck> | undefined> {
    const { writer } = this.log
    const known = [writer, ...this.log.forks().keys(), ...this.log.covered().keys(), ...this.log.cutFeeds()].join()
    if (this.#levelled === known) return undefined
    const levelled = await levelForks(this.log, connected.client, async writers => {
      const frames: Bytes[] = []
      const fetched = await this.#fetch(connected, writers, frames)
      return fetched.ok ? ok(frames) : fetched
    })
    if (levelled.ok && this.#connected === connected) this.#levelled = known
    return levelled
  }

  /** It may lie below where a feed is believed to be held: a snapshot stood for an EPOCH. */
  #lacksSomething(): boolean {
    return this.log.quarantine().some(({ reason }) => reason === 'gap' || reason === 'missing-dependency')
  }

  /**
   * With nothing left to do: does the relay have as many frames as are held here? If not, says so as long as it is so, and gives
   * it what it lost: this device's own first, then others', whose writers may be gone. Undefined when that makes nothing to do.
   */
  async #compare(connected: Connected): Promise<Result<void, Stuck> | undefined> {
    const owner = await this.#standing.restoreOwner(connected.client)
    if (!owner.ok) return owner
    // What is known of a connection that ended says nothing about the one that is there now.
    if (this.#connected !== connected) return CLOSED
    if (owner.value === 'restored') this.#sayBehind()
    const held = this.log.feeds().reduce((total, feed) => total + feed.next, 0)
    const compared = `${held} ${this.#cursor}`
    if (this.#compared === compared) {
      if (owner.value === 'level') this.#problems.delete('relay-behind')
      return undefined
    }
    this.#compared = compared
    // What is held beyond a gap or of another branch is in no sum: then only the relay's own word on its feeds tells.
    const isSummed = this.log.isComplete() && this.log.forks().size === 0
    const brought = held > this.#cursor || !isSummed ? await this.#giveBack(connected) : undefined
    if (brought !== undefined) return brought
    this.#problems.delete('relay-behind')
    // A frame that arrived damaged, or not at all, leaves a gap: it is asked for again, once.
    if (held >= this.#cursor) return undefined
    this.#wantsFetch = true
    return ok(undefined)
  }

  /** Undefined when the relay has all that can be brought: what of a forked feed is here and not there is carried. */
  async #giveBack(connected: Connected): Promise<Result<void, Stuck> | undefined> {
    const state = await connected.client.state(this.id)
    if (this.#connected !== connected) return CLOSED
    if (!state.ok) {
      this.#compared = ''
      return fail(stuckBy(state.failure))
    }
    // Written meanwhile: not lost, but on its way.
    if (this.log.outboxCount > 0) {
      this.#compared = ''
      return undefined
    }
    const stranded = await strandedFeeds(this.log, state.value.feeds)
    const piece = pieceToBring(this.log, state.value, stranded, writer => this.#sender.mayBring(writer))
    if (piece === undefined) return undefined
    this.#sayBehind(piece.writer)
    return stored(await this.log.resend(piece.writer, piece.fromSeq, piece.maxBytes))
  }

  /** `writer`: whose frames it lacks. */
  #sayBehind(writer?: WriterId): void {
    const mayBeNews = writer !== this.log.writer && this.#hearsElsewhere()
    if (!mayBeNews) this.#problems.set('relay-behind', { kind: 'relay-behind' })
  }

  async #send(connected: Connected): Promise<Result<void, Stuck>> {
    // Only once everything is fetched is anything sent.
    this.#wasLevel = true
    const ended = await this.#standing.endOver(connected.client)
    return ended.ok ? this.#sender.send(connected) : ended
  }
}
