import { type SigningKey, sign } from '#crypto/keys.ts'
import type { Instant } from '#schema/instant.ts'
import { HOLDER_LABEL } from '#schema/protocol/proof.ts'
import {
  type ClientMessage,
  decodeRelayMessages,
  encodeClientMessages,
  MAX_BATCH,
  MAX_MESSAGE_BYTES,
  type RelayMessage,
} from '#schema/protocol/stream.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import type { Clock, RelayLink, RelayStream } from '../ports.ts'

type Bytes = Uint8Array<ArrayBuffer>
/** `Omit` over each member of a union. */
type Without<Union, Key extends PropertyKey> = Union extends unknown ? Omit<Union, Key> : never
export type Asked = Without<ClientMessage, 'requestId'>
export type Told = Extract<RelayMessage, { type: 'push' | 'moved' | 'unwatched' }>
/** The one answer that ends a request. */
export type Answer = Extract<RelayMessage, { type: 'done' | 'ack' | 'end' | 'nack' }>

export interface StreamEvents {
  /** The holder key is proven; `challenge` is what writers sign. */
  ready(challenge: Bytes, relayKey: Bytes, relayTime: Instant): void
  told(message: Told): void
  /** Once. `nonsense`: the relay spoke, but not our protocol. */
  closed(why: 'closed' | 'nonsense' | 'refused'): void
}

/** The relay must say hello and answer each request within this. */
const ANSWER_MS = 30_000
const PING_MS = 25_000
/** The relay refuses more than sixteen of one socket at once; a record has more logs than that. */
const FETCHES = 8
const ID_ROOM_BYTES = 64

interface Waiting {
  readonly resolve: (answer: Result<Answer, 'closed'>) => void
  readonly onFrames: ((frames: readonly Bytes[]) => void) | undefined
}

/** One connection to the relay's stream: requests with answers, and what it tells by itself. Ends at the first nonsense. */
export class StreamClient {
  readonly #holder: SigningKey
  readonly #clock: Clock
  readonly #events: StreamEvents
  readonly #stream: RelayStream
  readonly #waiting = new Map<number, Waiting>()
  #queue: ClientMessage[] = []
  #fetches = 0
  #fetchTurns: (() => void)[] = []
  #nextId = 1
  #isOpen = false
  #isOver = false
  #challenge: Bytes | undefined
  #heardAtMs: number
  /** Since when something is owed and nothing but answers to pings has come. */
  #owedSinceMs = 0
  /** Not answered yet. */
  #ping: number | undefined
  #cancelTimer: () => void

  constructor(link: RelayLink, holder: SigningKey, clock: Clock, events: StreamEvents) {
    this.#holder = holder
    this.#clock = clock
    this.#events = events
    this.#heardAtMs = clock.monotonicMs()
    this.#stream = link.openStream({
      opened: () => undefined,
      message: bytes => this.#receive(bytes),
      closed: () => this.#end('closed'),
    })
    this.#cancelTimer = clock.after(ANSWER_MS, () => this.#checkAlive())
  }

  /** Bytes on their way: the sender waits while there are many. */
  get bufferedBytes(): number {
    return this.#stream.bufferedBytes
  }

  /** Fetches beyond the relay's measure wait for their turn. */
  async ask(message: Asked, onFrames?: (frames: readonly Bytes[]) => void): Promise<Result<Answer, 'closed'>> {
    if (message.type !== 'fetch') return this.#ask(message, onFrames)
    while (this.#fetches >= FETCHES && !this.#isOver) {
      await new Promise<void>(turn => this.#fetchTurns.push(turn))
    }
    this.#fetches += 1
    try {
      return await this.#ask(message, onFrames)
    } finally {
      this.#fetches -= 1
      this.#fetchTurns.shift()?.()
    }
  }

  #ask(message: Asked, onFrames?: (frames: readonly Bytes[]) => void): Promise<Result<Answer, 'closed'>> {
    if (this.#isOver) return Promise.resolve(fail('closed'))
    return new Promise(resolve => {
      if (this.#waiting.size === 0) this.#owedSinceMs = this.#clock.monotonicMs()
      this.#waiting.set(this.#sendSoon(message), { resolve, onFrames })
    })
  }

  #sendSoon(message: Asked): number {
    const requestId = this.#nextId++
    if (this.#queue.push({ ...message, requestId }) === 1) queueMicrotask(() => this.#flush())
    return requestId
  }

  /** What is registered for this key counts on this socket from now on. */
  async proveHolder(holder: SigningKey): Promise<'proven' | 'refused' | 'closed'> {
    if (this.#challenge === undefined) return 'closed'
    const signature = sign(holder, HOLDER_LABEL, this.#challenge)
    const answer = await this.ask({ type: 'prove', holderKey: holder.publicKey, signature })
    if (!answer.ok) return 'closed'
    return answer.value.type === 'done' ? 'proven' : 'refused'
  }

  close(): void {
    this.#end('closed')
  }

  /** Everything asked in one turn goes out in as few messages as fit. */
  #flush(): void {
    if (!this.#isOpen || this.#isOver) return
    let batch: ClientMessage[] = []
    let bytes = 0
    for (const message of this.#queue) {
      const size = sizeOf(message)
      if (batch.length === MAX_BATCH || (batch.length > 0 && bytes + size > MAX_MESSAGE_BYTES)) {
        this.#stream.send(encodeClientMessages(batch))
        batch = []
        bytes = 0
      }
      batch.push(message)
      bytes += size
    }
    this.#queue = []
    if (batch.length > 0) this.#stream.send(encodeClientMessages(batch))
  }

  #receive(bytes: Bytes): void {
    if (this.#isOver) return
    this.#heardAtMs = this.#clock.monotonicMs()
    const messages = decodeRelayMessages(bytes)
    if (!messages.ok) return this.#end('nonsense')
    for (const message of messages.value) this.#handle(message)
  }

  #handle(message: RelayMessage): void {
    if (message.type === 'done' && message.requestId === this.#ping) {
      this.#ping = undefined
      return
    }
    this.#owedSinceMs = this.#heardAtMs
    switch (message.type) {
      case 'hello':
        void this.#prove(message)
        return
      case 'frames':
        this.#waiting.get(message.requestId)?.onFrames?.(message.frames)
        return
      case 'ack':
        for (const requestId of message.requestIds) this.#answer(requestId, message)
        return
      case 'done':
      case 'end':
      case 'nack':
        this.#answer(message.requestId, message)
        return
      case 'push':
      case 'moved':
      case 'unwatched':
        this.#events.told(message)
    }
  }

  #answer(requestId: number, answer: Answer): void {
    const waiting = this.#waiting.get(requestId)
    this.#waiting.delete(requestId)
    waiting?.resolve(ok(answer))
  }

  async #prove(hello: Extract<RelayMessage, { type: 'hello' }>): Promise<void> {
    if (this.#isOpen) return this.#end('nonsense')
    this.#isOpen = true
    this.#challenge = hello.challenge
    const answer = await this.proveHolder(this.#holder)
    if (answer === 'closed') return
    if (answer === 'proven') this.#events.ready(hello.challenge, hello.relayKey, hello.relayTime)
    else this.#end('refused')
  }

  #checkAlive(): void {
    if (this.#isOver) return
    const now = this.#clock.monotonicMs()
    const isSilent = this.#ping !== undefined && now - this.#heardAtMs >= ANSWER_MS
    // A relay that is alive may have lost what it was asked.
    const isOwed = this.#waiting.size > 0 && now - this.#owedSinceMs >= ANSWER_MS
    if (!this.#isOpen || isSilent || isOwed) return this.#end('closed')
    if (now - this.#heardAtMs >= PING_MS) this.#ping = this.#sendSoon({ type: 'ping' })
    this.#cancelTimer = this.#clock.after(PING_MS, () => this.#checkAlive())
  }

  #end(why: 'closed' | 'nonsense' | 'refused'): void {
    if (this.#isOver) return
    this.#isOver = true
    this.#cancelTimer()
    this.#stream.close()
    for (const waiting of this.#waiting.values()) waiting.resolve(fail('closed'))
    this.#waiting.clear()
    for (const turn of this.#fetchTurns.splice(0)) turn()
    this.#events.closed(why)
  }
}

/** No less than it takes on the wire. */
function sizeOf(message: ClientMessage): number {
  switch (message.type) {
    case 'append':
    case 'append-quietly':
      return message.frame.length + ID_ROOM_BYTES
    case 'fetch':
      return (message.wants.length + 1) * ID_ROOM_BYTES
    case 'watch':
      return (message.logs.length + 1) * ID_ROOM_BYTES
    case 'unwatch':
      return (message.logIds.length + 1) * ID_ROOM_BYTES
    case 'prove':
    case 'prove-writer':
    case 'ping':
      return 4 * ID_ROOM_BYTES
  }
}
