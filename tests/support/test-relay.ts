import type { SigningKey } from '#crypto/keys.ts'
import { instant } from '#schema/instant.ts'
import { CHALLENGE_PATH, decodeChallengeAnswer } from '#schema/protocol/http.ts'
import { parseRefusal, type Refusal } from '#schema/protocol/refusal.ts'
import {
  type ClientMessage,
  decodeRelayMessages,
  encodeClientMessages,
  type RelayMessage,
} from '#schema/protocol/stream.ts'
import { type AppOptions, createApp } from '#sync-server/app.ts'
import { createEventLog } from '#sync-server/event-log.ts'
import { DEFAULT_LIMITS, type Limits } from '#sync-server/limits/limits.ts'
import { createRelay, type Relay, type RelayOptions } from '#sync-server/relay.ts'
import { RelayConnection } from '#sync-server/relay-connection.ts'
import { openSqliteStore } from '#sync-server/store/sqlite-store.ts'
import { authorization } from './signed.ts'

type Bytes = Uint8Array<ArrayBuffer>

export interface Answered {
  readonly status: number
  readonly headers: Headers
  readonly body: Bytes
  readonly refusal: Refusal | undefined
}

/** A whole relay in this process: SQLite in memory, a clock to turn, no sockets. Call `readyCrypto()` before. */
export class TestRelay {
  readonly relay: Relay
  readonly lines: string[] = []
  nowMs = 1_800_000_000_000
  readonly #app: ReturnType<typeof createApp>

  constructor(limits: Partial<Limits> = {}, options: Partial<RelayOptions> & AppOptions = {}) {
    const all = { ...DEFAULT_LIMITS, ...limits }
    this.relay = createRelay({
      store: openSqliteStore({ path: ':memory:', limits: all }),
      seed: new Uint8Array(32).fill(7),
      limits: all,
      log: createEventLog(
        line => this.lines.push(line),
        () => this.nowMs,
      ),
      now: () => instant(this.nowMs),
      ticks: () => this.nowMs,
      ...options,
    })
    this.#app = createApp(this.relay, options)
  }

  async request(method: string, path: string, init: { headers?: Record<string, string>; body?: Bytes } = {}) {
    const response = await this.#app.request(path, { method, ...init })
    const body = new Uint8Array(await response.arrayBuffer())
    return { status: response.status, headers: response.headers, body, refusal: parseRefusal(body) }
  }

  /** As `holder`, with a fresh challenge. `writerProofs` makes the header's value from the challenge. */
  async signed(
    holder: SigningKey,
    method: string,
    path: string,
    init: { headers?: (challenge: Bytes) => Record<string, string>; body?: Bytes } = {},
  ): Promise<Answered> {
    const challenge = await this.challenge()
    const headers = {
      authorization: authorization(holder, challenge, method, path, init.body),
      ...init.headers?.(challenge),
    }
    return this.request(method, path, { headers, ...(init.body === undefined ? {} : { body: init.body }) })
  }

  async challenge(): Promise<Bytes> {
    const answer = decodeChallengeAnswer((await this.request('GET', CHALLENGE_PATH)).body)
    if (!answer.ok) throw new Error(`Cannot get a challenge: ${answer.failure}`)
    return answer.value.challenge
  }

  connect(): TestSocket {
    return new TestSocket(this.relay)
  }
}

/** The client's end of a `RelayConnection`. */
export class TestSocket {
  readonly received: RelayMessage[] = []
  readonly connection: RelayConnection
  readonly challenge: Bytes
  isClosed = false
  /** What the socket claims not to have sent yet. */
  bufferedBytes = 0
  #requestId = 0

  constructor(relay: Relay) {
    this.connection = new RelayConnection(
      relay,
      {
        send: bytes => {
          const decoded = decodeRelayMessages(bytes)
          if (!decoded.ok) throw new Error(`Cannot read the relay's message: ${decoded.failure}`)
          this.received.push(...decoded.value)
        },
        bufferedBytes: () => this.bufferedBytes,
        close: () => {
          this.isClosed = true
        },
      },
      'test',
    )
    const hello = this.received.shift()
    if (hello?.type !== 'hello') throw new Error('Cannot connect: the relay did not say hello')
    this.challenge = hello.challenge
  }

  nextId(): number {
    this.#requestId += 1
    return this.#requestId
  }

  /** Sends one WebSocket message, and answers what came until the relay had nothing more to do. */
  async send(...messages: readonly ClientMessage[]): Promise<RelayMessage[]> {
    await this.connection.receive(encodeClientMessages(messages))
    return this.take()
  }

  /** What came since the last look, after a few turns of the event loop. */
  async take(): Promise<RelayMessage[]> {
    for (let turn = 0; turn < 8; turn++) await new Promise(resolve => setImmediate(resolve))
    return this.received.splice(0)
  }
}
