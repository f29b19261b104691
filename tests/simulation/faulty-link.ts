import type { HttpAnswer, HttpRequest, LinkFailure, RelayLink, RelayStream, StreamHandlers } from '#app/core/ports.ts'
import { fail, ok, type Result } from '#schema/result.ts'
import type { RelayConnection, StreamSocket } from '#sync-server/relay-connection.ts'
import type { SeededRandom } from '#tests/support/seeded-random.ts'
import type { VirtualTime } from '#tests/support/virtual-clock.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** What answers at the other end. */
export interface ReachableRelay {
  request(
    method: string,
    path: string,
    headers: Readonly<Record<string, string>>,
    body: Bytes | undefined,
  ): Promise<{ readonly status: number; readonly body: Bytes }>
  connect(socket: StreamSocket): RelayConnection
}

/** How bad a network is just now. */
export interface Weather {
  /** The relay this device is led to; undefined: none can be reached. */
  relay: ReachableRelay | undefined
  isCut: boolean
  /** Of a request or an answer getting lost, of a connection breaking at a message. */
  loss: number
  /** Of the relay's bytes arriving as others. */
  rubbish: number
}

/** One process's way to the relay. Slow, lossy, and gone with the process. `onSent` sees every byte that leaves the device. */
export class FaultyLink implements RelayLink {
  readonly #time: VirtualTime
  readonly #random: SeededRandom
  readonly #weather: Weather
  readonly #onSent: (bytes: Uint8Array) => void
  readonly #streams = new Set<() => void>()
  #isDead = false

  constructor(time: VirtualTime, random: SeededRandom, weather: Weather, onSent: (bytes: Uint8Array) => void) {
    this.#time = time
    this.#random = random
    this.#weather = weather
    this.#onSent = onSent
  }

  /** The process is gone; whoever waits for an answer waits for ever. */
  kill(): void {
    this.#isDead = true
    this.dropStreams()
  }

  dropStreams(): void {
    for (const drop of this.#streams) drop()
  }

  request(request: HttpRequest): Promise<Result<HttpAnswer, LinkFailure>> {
    return new Promise(resolve => {
      const answer = (result: Result<HttpAnswer, LinkFailure>) =>
        this.#later(() => {
          if (!this.#isDead) resolve(result)
        })
      if (this.#isDead) return
      this.#later(async () => {
        const relay = this.#reached()
        if (relay === undefined || this.#random.chance(this.#weather.loss)) return answer(fail('unreachable'))
        if (request.body !== undefined) this.#onSent(request.body)
        const { status, body } = await relay.request(
          request.method,
          request.path,
          request.headers ?? {},
          request.body?.slice(),
        )
        // The relay acted on it, whether or not its answer arrives.
        if (this.#random.chance(this.#weather.loss)) return answer(fail('unreachable'))
        answer(ok({ status, body: this.#garbled(body) }))
      })
    })
  }

  openStream(handlers: StreamHandlers): RelayStream {
    let connection: RelayConnection | undefined
    let isOver = false
    const end = () => {
      if (isOver) return
      isOver = true
      this.#streams.delete(end)
      connection?.close()
      this.#later(() => {
        if (!this.#isDead) handlers.closed()
      })
    }
    this.#streams.add(end)
    const toClient = this.#inOrder(bytes => {
      if (this.#random.chance(this.#weather.loss)) end()
      else if (!isOver && !this.#isDead) handlers.message(this.#garbled(bytes))
    })
    const toRelay = this.#inOrder(bytes => {
      if (isOver) return
      if (this.#random.chance(this.#weather.loss) || this.#reached() === undefined) return end()
      this.#onSent(bytes)
      if (connection !== undefined) void this.#time.track(connection.receive(bytes))
    })
    this.#later(() => {
      if (isOver || this.#isDead) return
      const relay = this.#reached()
      if (relay === undefined) return end()
      handlers.opened()
      connection = relay.connect({ send: bytes => toClient(bytes.slice()), bufferedBytes: () => 0, close: end })
    })
    return { send: bytes => toRelay(bytes.slice()), bufferedBytes: 0, close: end }
  }

  #reached(): ReachableRelay | undefined {
    return this.#weather.isCut || this.#isDead ? undefined : this.#weather.relay
  }

  /** One direction of a connection: slow, but never out of order. */
  #inOrder(deliver: (bytes: Bytes) => void): (bytes: Bytes) => void {
    let lastMs = 0
    return bytes => {
      lastMs = Math.max(lastMs, this.#time.nowMs + this.#delayMs())
      this.#time.after(lastMs - this.#time.nowMs, () => deliver(bytes))
    }
  }

  #later(run: () => void | Promise<void>): void {
    this.#time.after(this.#delayMs(), () => void run())
  }

  #delayMs(): number {
    return this.#random.chance(0.05) ? this.#random.below(8000) : 5 + this.#random.below(200)
  }

  #garbled(bytes: Bytes): Bytes {
    if (!this.#random.chance(this.#weather.rubbish)) return bytes
    if (bytes.length === 0 || this.#random.chance(0.3)) return this.#random.bytes(this.#random.below(200))
    const copy = bytes.slice(0, this.#random.chance(0.3) ? this.#random.below(bytes.length) : bytes.length)
    if (copy.length > 0) copy[this.#random.below(copy.length)]! ^= 1 << this.#random.below(8)
    return copy
  }
}
