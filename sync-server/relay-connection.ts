import { verifySignature } from '#crypto/verify.ts'
import { toHex } from '#schema/bytes.ts'
import type { LogId, WriterId } from '#schema/ids.ts'
import { CHALLENGE_BYTES, HOLDER_LABEL, WRITER_LABEL, writerProofBytes } from '#schema/protocol/proof.ts'
import type { RefusalCode } from '#schema/protocol/refusal.ts'
import {
  type ClientMessage,
  decodeClientMessages,
  encodeRelayMessages,
  type RelayMessage,
} from '#schema/protocol/stream.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import type { Appended, Watcher } from './hub.ts'
import { Bucket } from './limits/rate.ts'
import type { Relay } from './relay.ts'
import { type Answer, type AppendRefusal, type Asker, StoreFull } from './store/relay-store.ts'
import { receiptRuns, type Taken, takeFrame } from './take-frame.ts'

/** The other end: a WebSocket, or a test. */
export interface StreamSocket {
  /** One WebSocket message. */
  send(bytes: Uint8Array<ArrayBuffer>): void
  /** Handed to `send` and not yet gone; when it has grown beyond the limit, call `drained` once it is small again. */
  bufferedBytes(): number
  close(): void
}

type Append = Extract<ClientMessage, { type: 'append' | 'append-quietly' }>
interface AppendOutcome {
  readonly requestId: number
  readonly outcome: Result<Taken, AppendRefusal>
}
type Fetch = Extract<ClientMessage, { type: 'fetch' }>

interface Watching {
  /** Whether new frames are pushed, or only that there are some. */
  readonly wantsFrames: boolean
  /** Settles, and never fails, once what came last is told. */
  told: Promise<void> | undefined
}
type Watch = Extract<ClientMessage, { type: 'watch' }>

/** One socket of `/v1/stream`, as bytes in and bytes out. Speaks first, when made. */
export class RelayConnection implements Watcher {
  readonly #relay: Relay
  readonly #socket: StreamSocket
  readonly #address: string
  readonly #challenge: Uint8Array<ArrayBuffer>
  readonly #holders = new Set<string>()
  readonly #writers = new Map<LogId, Set<WriterId>>()
  #writerCount = 0
  readonly #watched = new Map<LogId, Watching>()
  /** Logs whose pushes were left out while the reader was slow. */
  readonly #leftOut = new Map<LogId, number>()
  readonly #frameRate: Bucket
  readonly #messageRate: Bucket
  #paused: (() => void)[] = []
  #fetches = 0
  /** Of appends that are through and not answered yet. */
  readonly #outcomes: AppendOutcome[] = []
  #answering: Promise<void> | undefined
  #isClosed = false

  constructor(relay: Relay, socket: StreamSocket, address: string) {
    this.#relay = relay
    this.#socket = socket
    this.#address = address
    this.#challenge = relay.randomBytes(CHALLENGE_BYTES)
    this.#frameRate = new Bucket(relay.limits.framesPerSocket, relay.ticks())
    this.#messageRate = new Bucket(relay.limits.messagesPerSocket, relay.ticks())
    const { publicKey } = relay.signer
    this.#send([{ type: 'hello', challenge: this.#challenge, relayKey: publicKey, relayTime: relay.now() }])
  }

  /** Whether any holder key was proven: a socket that never does so is only in the way. */
  get isProven(): boolean {
    return this.#holders.size > 0
  }

  /** One WebSocket message. Anything but whole, known messages closes the socket. Settles when all is answered but fetches. */
  async receive(bytes: Uint8Array): Promise<void> {
    if (this.#isClosed) return
    const decoded = decodeClientMessages(bytes)
    if (!decoded.ok) return this.#fail('unreadable')
    const appends: Promise<AppendOutcome>[] = []
    for (const message of decoded.value) {
      const waitMs = this.#messageRate.take(this.#relay.ticks())
      if (waitMs > 0) this.#nack(message.requestId, 'rate', waitMs)
      else if (message.type === 'append' || message.type === 'append-quietly') appends.push(this.#append(message))
      else if (message.type === 'fetch') this.#startFetch(message)
      else if (message.type === 'watch') this.#startWatch(message)
      else this.#handle(message)
      if (this.#isClosed) return
    }
    if (appends.length === 0) return
    this.#outcomes.push(...(await Promise.all(appends)))
    await this.#answered()
  }

  /**
   * Settles when every append that is through by now is answered: those of one commit in one message, however many messages brought
   * them, so that a feed's frames need one receipt together.
   */
  #answered(): Promise<void> {
    this.#answering ??= new Promise((resolve, reject) => {
      // After the promises that this commit resolved, before anything else happens.
      process.nextTick(() => {
        this.#answering = undefined
        try {
          this.#answerAppends(this.#outcomes.splice(0))
          resolve()
        } catch (error) {
          reject(error)
        }
      })
    })
    return this.#answering
  }

  /** What was sent has left: paused fetches go on, and what was left out is told. */
  drained(): void {
    if (this.#isClosed || this.#isFull()) return
    const paused = this.#paused
    this.#paused = []
    for (const resume of paused) resume()
    const logs = [...this.#leftOut].map(([logId, cursor]) => ({ logId, cursor }))
    this.#leftOut.clear()
    if (logs.length > 0) this.#send([{ type: 'moved', logs }])
  }

  /** The socket is gone, or is to go. */
  close(): void {
    if (this.#isClosed) return
    this.#isClosed = true
    for (const logId of this.#watched.keys()) this.#relay.hub.unwatch(logId, this)
    this.#watched.clear()
    for (const holder of this.#holders) this.#relay.waker.presence.went(holder)
    for (const resume of this.#paused) resume()
    this.#paused = []
    this.#socket.close()
  }

  appended(logId: LogId, appended: Appended): void {
    const { cursor, bytes } = appended
    const isWanted =
      bytes > 0 && this.#watched.get(logId)?.wantsFrames === true && bytes <= this.#relay.limits.sliceBytes
    const isPushed = isWanted && !this.#isFull()
    const { store } = this.#relay
    const asker = this.#asker()
    this.#whileAllowed(logId, isPushed ? store.pushes(logId, bytes, asker) : store.allows(logId, 'read', asker), () => {
      if (isPushed) this.#socket.send(appended.push())
      else if (this.#isFull()) this.#leftOut.set(logId, cursor)
      else this.#send([{ type: 'moved', logs: [{ logId, cursor }] }])
    })
  }

  changed(logId: LogId): void {
    this.#whileAllowed(logId, this.#relay.store.allows(logId, 'read', this.#asker()), () => undefined)
  }

  /** Runs `act` if the log may still be read here, else stops watching it and says so; in the order of the calls, whatever is answered first. */
  #whileAllowed(logId: LogId, asked: Answer<void>, act: () => void): void {
    const watching = this.#watched.get(logId)
    const told = this.#ifAllowed(logId, Promise.all([asked, watching?.told]), act)
    if (watching !== undefined) watching.told = told
  }

  async #ifAllowed(logId: LogId, asked: Promise<[Result<void, RefusalCode>, unknown]>, act: () => void): Promise<void> {
    try {
      const [allowed] = await asked
      if (this.#isClosed || !this.#watched.has(logId)) return
      if (allowed.ok) return act()
      this.#unwatch(logId)
      this.#send([{ type: 'unwatched', logId, code: allowed.failure }])
    } catch (error) {
      this.#broken(error)
    }
  }

  #asker(): Asker {
    return { holders: [...this.#holders], now: this.#relay.now() }
  }

  #isFull(): boolean {
    return this.#socket.bufferedBytes() > this.#relay.limits.bufferedBytes
  }

  #handle(message: Exclude<ClientMessage, Append | Fetch | Watch>): void {
    switch (message.type) {
      case 'prove':
        return this.#answer(message.requestId, this.#prove(message.holderKey, message.signature))
      case 'prove-writer':
        return this.#answer(message.requestId, this.#proveWriter(message))
      case 'unwatch':
        for (const logId of message.logIds) this.#unwatch(logId)
        return this.#answer(message.requestId, ok(undefined))
      case 'ping':
        return this.#answer(message.requestId, ok(undefined))
    }
  }

  #prove(holderKey: Uint8Array, signature: Uint8Array): Result<void, RefusalCode> {
    if (this.#holders.size >= this.#relay.limits.holdersPerSocket) return fail('too-large')
    if (!verifySignature(holderKey, HOLDER_LABEL, this.#challenge, signature)) return fail('bad-proof')
    const holder = toHex(holderKey)
    if (!this.#holders.has(holder)) this.#relay.waker.connected(holder)
    this.#holders.add(holder)
    return ok(undefined)
  }

  #proveWriter(proof: { logId: LogId; writer: WriterId; signature: Uint8Array }): Result<void, RefusalCode> {
    const { logId, writer, signature } = proof
    if (this.#writerCount >= this.#relay.limits.writersPerSocket) return fail('too-large')
    const key = new Uint8Array(Buffer.from(writer, 'hex'))
    if (!verifySignature(key, WRITER_LABEL, writerProofBytes(this.#challenge, logId), signature))
      return fail('bad-proof')
    const proven = this.#writers.get(logId) ?? new Set()
    if (!proven.has(writer)) this.#writerCount += 1
    this.#writers.set(logId, proven.add(writer))
    return ok(undefined)
  }

  async #append({ type, requestId, frame }: Append): Promise<AppendOutcome> {
    const ticks = this.#relay.ticks()
    if (this.#frameRate.take(ticks) > 0 || this.#relay.rates.frames.take(this.#address, ticks) > 0) {
      return { requestId, outcome: fail({ code: 'rate' }) }
    }
    try {
      const outcome = await takeFrame(this.#relay, frame, {
        asker: this.#asker(),
        isProven: (logId, writer) => this.#writers.get(logId)?.has(writer) === true,
        mayCarry: () => true,
        watcher: this,
        isQuiet: type === 'append-quietly',
      })
      return { requestId, outcome }
    } catch (error) {
      this.#report(error)
      return { requestId, outcome: fail({ code: error instanceof StoreFull ? 'quota' : 'internal' }) }
    }
  }

  #answerAppends(answers: readonly AppendOutcome[]): void {
    const taken = answers.flatMap(({ requestId, outcome }) => (outcome.ok ? [{ requestId, taken: outcome.value }] : []))
    const acks = receiptRuns(taken).map((run): RelayMessage => {
      const last = run.at(-1)!.taken
      const receipt = this.#relay.signer.receipt(last.receipt)
      return { type: 'ack', requestIds: run.map(item => item.requestId), cursor: last.cursor, receipt }
    })
    const nacks = answers.flatMap(({ requestId, outcome }): RelayMessage[] => {
      if (outcome.ok) return []
      const retryAfterMs = outcome.failure.code === 'rate' ? RATE_WAIT_MS : 0
      return [{ type: 'nack', requestId, retryAfterMs, ...outcome.failure }]
    })
    this.#send([...acks, ...nacks])
  }

  /** Watched before the cursors are read, so that nothing can fall between. */
  #startWatch({ requestId, logs }: Watch): void {
    const added = logs.filter(({ logId }) => !this.#watched.has(logId))
    if (this.#watched.size + added.length > this.#relay.limits.watchedPerSocket)
      return this.#nack(requestId, 'too-large')
    for (const { logId, wantsFrames } of logs) {
      this.#watched.set(logId, { wantsFrames, told: this.#watched.get(logId)?.told })
      this.#relay.hub.watch(logId, this)
    }
    this.#tellMoved(requestId, logs).catch((error: unknown) => this.#broken(error))
  }

  async #tellMoved(requestId: number, logs: Watch['logs']): Promise<void> {
    const refused: RelayMessage[] = []
    const moved: { logId: LogId; cursor: number }[] = []
    const asker = this.#asker()
    // Together: a store elsewhere is asked once for all of them.
    const cursors = await Promise.all(logs.map(({ logId }) => this.#relay.store.cursor(logId, asker)))
    for (const [at, { logId, cursor }] of logs.entries()) {
      const current = cursors[at]!
      if (!current.ok) {
        this.#unwatch(logId)
        refused.push({ type: 'unwatched', logId, code: current.failure })
      } else if (current.value !== cursor) moved.push({ logId, cursor: current.value })
    }
    const all: RelayMessage[] = moved.length > 0 ? [...refused, { type: 'moved', logs: moved }] : refused
    this.#send([...all, { type: 'done', requestId, relayTime: this.#relay.now() }])
  }

  #unwatch(logId: LogId): void {
    this.#watched.delete(logId)
    this.#leftOut.delete(logId)
    this.#relay.hub.unwatch(logId, this)
  }

  #startFetch(message: Fetch): void {
    if (this.#fetches >= this.#relay.limits.fetchesPerSocket) return this.#nack(message.requestId, 'rate', RATE_WAIT_MS)
    this.#fetches += 1
    this.#fetch(message)
      .catch((error: unknown) => this.#broken(error))
      .finally(() => {
        this.#fetches -= 1
      })
  }

  /** Slice by slice, each asked for anew: a revocation in between ends it. */
  async #fetch({ requestId, logId, wants }: Fetch): Promise<void> {
    const byWriter = new Map(wants.map(want => [want.writer, want.nextSeq]))
    let after = 0
    while (!this.#isClosed) {
      if (this.#isFull()) {
        await new Promise<void>(resume => this.#paused.push(resume))
        continue
      }
      const query = { after, maxBytes: this.#relay.limits.sliceBytes, wants: byWriter }
      const page = await this.#relay.store.frames(logId, query, this.#asker())
      if (!page.ok) return this.#nack(requestId, page.failure)
      const { frames, cursor, isEnd } = page.value
      this.#relay.metrics.add('frames_served', frames.length)
      const sent: RelayMessage[] = frames.length > 0 ? [{ type: 'frames', requestId, frames }] : []
      this.#send(isEnd ? [...sent, { type: 'end', requestId, cursor }] : sent)
      if (isEnd) return
      after = cursor
      await this.#turn()
    }
  }

  /** Lets other sockets have their turn between two slices. */
  #turn(): Promise<void> {
    return new Promise(resolve => this.#relay.schedule(resolve))
  }

  #answer(requestId: number, outcome: Result<void, RefusalCode>): void {
    if (outcome.ok) this.#send([{ type: 'done', requestId, relayTime: this.#relay.now() }])
    else this.#nack(requestId, outcome.failure)
  }

  #nack(requestId: number, code: RefusalCode, retryAfterMs = 0): void {
    this.#send([{ type: 'nack', requestId, code, retryAfterMs }])
  }

  #send(messages: readonly RelayMessage[]): void {
    for (let at = 0; at < messages.length && !this.#isClosed; at += TOGETHER) {
      this.#socket.send(encodeRelayMessages(messages.slice(at, at + TOGETHER)))
    }
  }

  #fail(reason: string): void {
    this.#relay.log('stream-closed', { reason })
    this.close()
  }

  #report(error: unknown): void {
    this.#relay.failed('stream', error)
  }

  #broken(error: unknown): void {
    this.#report(error)
    this.close()
  }
}

/** Small messages of one WebSocket message, far below what a client takes. */
const TOGETHER = 1000
/** What a client over its rate is asked to wait. */
const RATE_WAIT_MS = 1000
