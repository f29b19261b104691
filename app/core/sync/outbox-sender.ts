import type { WriterId } from '#schema/ids.ts'
import { WRITER_LABEL, writerProofBytes } from '#schema/protocol/proof.ts'
import type { RefusalCode } from '#schema/protocol/refusal.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import type { SealedLog } from '../log/sealed-log.ts'
import type { SyncProblem } from '../session.ts'
import type { BlobItem, LogBlobs } from './log-blobs.ts'
import type { Connected } from './log-sync.ts'
import { APPEND_WINDOW_BYTES } from './lost-frames.ts'
import { acknowledgedCursor, displacedBy, type FrameItem, forkPoint } from './relay-evidence.ts'
import type { Standing } from './standing.ts'
import type { Answer, StreamClient } from './stream-client.ts'
import { accepted, CLOSED, type Nack, NONSENSE, NOT_STORED, type Stuck, stored } from './stuck.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** Said of another writer's frames, these end the attempt to give them back. */
const NOT_TO_BRING: ReadonlySet<RefusalCode> = new Set(['fork', 'gap', 'stale'])

/** What sending shares with the rest of a log's sync. */
interface SenderDeps {
  readonly log: SealedLog
  readonly blobs: LogBlobs
  readonly standing: Standing
  readonly problems: Map<SyncProblem['kind'], SyncProblem>
  /** The relay acknowledged frames: it has as many as `cursor` says. */
  readonly counted: (cursor: number) => void
  readonly changed: () => void
  /** The relay has what is not here. */
  readonly wantFetch: () => void
  readonly receive: (frames: readonly Bytes[]) => Promise<Result<void, Stuck>>
  /** The relay lacks frames of that feed which it should have. */
  readonly sayBehind: (writer: WriterId) => void
}

/** Brings the relay what waits in one log's outbox, and takes what it says against it. */
export class OutboxSender {
  readonly #deps: SenderDeps
  #provenWriter = ''
  /** Whose frames this connection refuses from us: a grant may not be good for what its giver writes. */
  readonly #notToBring = new Set<WriterId>()

  constructor(deps: SenderDeps) {
    this.#deps = deps
  }

  /** A new connection knows no writer of ours. */
  connect(): void {
    this.#provenWriter = ''
    this.#notToBring.clear()
  }

  /** Others whose frames the relay takes from us, as far as this connection knows. */
  mayBring(writer: WriterId): boolean {
    return !this.#notToBring.has(writer)
  }

  /** One window of it. */
  async send(connected: Connected): Promise<Result<void, Stuck>> {
    const items = await this.#deps.log.outbox(APPEND_WINDOW_BYTES, this.#deps.blobs.sent)
    const blob = items.find(item => item.kind === 'blob')
    if (blob !== undefined) return this.#sendBlob(connected, blob)
    const frames = items.filter(item => item.kind === 'frame')
    if (frames.length === 0) return ok(undefined)
    const isOwn = frames.some(frame => frame.writer === this.#deps.log.writer)
    const proven = isOwn ? await this.#proveWriter(connected) : ok(undefined)
    if (!proven.ok) return proven
    const answers = await Promise.all(
      frames.map(({ bytes, isMarks }) =>
        connected.stream
          .ask({ type: isMarks === true ? 'append-quietly' : 'append', frame: bytes })
          .then(answer => accepted(answer)),
      ),
    )
    // What the relay had lost may be among these behind a frame that follows it: that is refused, and they are not.
    const taken = frames.filter((_, index) => answers[index]!.ok)
    if (taken.length > 0) {
      const acknowledged = await this.#acknowledge(
        connected,
        taken,
        answers.filter(answer => answer.ok),
      )
      if (!acknowledged.ok) return acknowledged
    }
    const refused = answers.findIndex(answer => !answer.ok)
    const answer = answers[refused]
    if (answer === undefined || answer.ok) return ok(undefined)
    return this.#appendRefused(connected, frames, frames[refused]!, answer.failure)
  }

  async #sendBlob({ client }: Connected, blob: BlobItem): Promise<Result<void, Stuck>> {
    const sent = await this.#deps.blobs.send(client, blob)
    return sent.ok ? sent : this.#deps.standing.mayRegister(client, sent.failure)
  }

  async #proveWriter({ stream, client, challenge }: Connected): Promise<Result<void, Stuck>> {
    const writer = this.#deps.log.writer
    if (this.#provenWriter === writer) return ok(undefined)
    const signature = this.#deps.log.signAsWriter(WRITER_LABEL, writerProofBytes(challenge, this.#deps.log.id))
    const answer = accepted(await stream.ask({ type: 'prove-writer', logId: this.#deps.log.id, writer, signature }))
    if (!answer.ok) return this.#deps.standing.mayRegister(client, answer.failure)
    this.#provenWriter = writer
    return ok(undefined)
  }

  async #acknowledge(
    { relayKey }: Connected,
    frames: readonly FrameItem[],
    answers: readonly Result<Answer, Stuck>[],
  ): Promise<Result<void, Stuck>> {
    const cursor = acknowledgedCursor(frames, answers, relayKey)
    if (cursor === undefined) return NONSENSE
    this.#deps.counted(cursor)
    const kept = await this.#deps.log.acknowledged(frames)
    if (!kept.ok) return NOT_STORED
    this.#deps.standing.isKnown()
    this.#deps.problems.delete('relay-full')
    this.#deps.changed()
    return ok(undefined)
  }

  async #appendRefused(
    { stream, client }: Connected,
    sent: readonly FrameItem[],
    item: FrameItem,
    stuck: Stuck & { readonly nack?: Nack },
  ): Promise<Result<void, Stuck>> {
    const { failure, nack } = stuck
    if (failure.kind !== 'refused') return fail(stuck)
    if (item.writer !== this.#deps.log.writer && NOT_TO_BRING.has(failure.code)) {
      // Somebody's frames that the relay has meanwhile, or has others for: nothing to bring it, maybe something to fetch.
      if (failure.code === 'fork') this.#deps.wantFetch()
      return stored(await this.#deps.log.acknowledged(sent.filter(({ writer }) => writer === item.writer)))
    }
    if (failure.code === 'fork') return this.#placeTaken(stream, item)
    if (failure.code === 'stale') return this.#placeTaken(stream, item, nack?.feed)
    if (failure.code === 'gap') return this.#gap(stream, item, nack?.feed)
    if (failure.code === 'unproven-writer' && item.writer === this.#deps.log.writer) {
      this.#provenWriter = ''
      return ok(undefined)
    }
    const registered = await this.#deps.standing.mayRegister(client, stuck)
    const isOthers = item.writer !== this.#deps.log.writer && failure.code === 'not-allowed'
    return isOthers && !registered.ok && registered.failure === stuck ? this.#leaveToOthers(sent, item) : registered
  }

  /** Registered, and still refused. Nothing is lost: it stays here, and who may write it has it, or asks for it. */
  async #leaveToOthers(sent: readonly FrameItem[], { writer }: FrameItem): Promise<Result<void, Stuck>> {
    this.#notToBring.add(writer)
    return stored(await this.#deps.log.acknowledged(sent.filter(frame => frame.writer === writer)))
  }

  /** The relay lost frames of our feed; or the fewer that it has are not ours. */
  async #gap(stream: StreamClient, { writer }: FrameItem, feed: Nack['feed']): Promise<Result<void, Stuck>> {
    const displaced = feed && (await displacedBy(this.#deps.log, writer, feed))
    if (displaced !== undefined) return this.#placeTaken(stream, displaced)
    this.#deps.sayBehind(writer)
    return stored(await this.#deps.log.resend(writer, feed?.nextSeq ?? 0))
  }

  /** Either the frame was there and was pruned since, or the relay had other bytes under our name: this profile was copied. */
  async #placeTaken(stream: StreamClient, item: FrameItem, pruned?: Nack['feed']): Promise<Result<void, Stuck>> {
    const from = await forkPoint(this.#deps.log, stream, item, pruned)
    if (!from.ok) return CLOSED
    const { place, frames } = from.value
    if (place === 'same') return stored(await this.#deps.log.acknowledged([item]))
    this.#deps.wantFetch()
    // First, so that what is made again is sealed under an EPOCH among them. Mostly the log mends itself by them.
    const received = await this.#deps.receive(frames)
    if (!received.ok || this.#deps.log.writer !== item.writer) return received
    return stored(await this.#deps.log.mendFork(place))
  }
}
