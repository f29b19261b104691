import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { type ServerOptions, type WebSocket, WebSocketServer } from 'ws'
import { STREAM_PATH } from '#schema/protocol/http.ts'
import { MAX_MESSAGE_BYTES } from '#schema/protocol/stream.ts'
import { clientAddress } from './limits/address.ts'
import type { Relay } from './relay.ts'
import { RelayConnection } from './relay-connection.ts'

/** WebSocket messages of one socket being answered before it is read on. */
const MAX_RECEIVING = 8
const GOOD_BYE_MS = 500
const GOING_AWAY = 1001
const UNSUPPORTED = 1003
const REFUSED = 1008

/** Ties `/v1/stream` of an HTTP server to `RelayConnection`s, with raw `ws`. */
export class StreamServer {
  readonly #relay: Relay
  readonly #sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_MESSAGE_BYTES,
    perMessageDeflate: false,
    // Who is refused need not be waited for.
    closeTimeout: GOOD_BYE_MS,
  } as ServerOptions)
  readonly #countByAddress = new Map<string, number>()
  readonly #unanswered = new WeakSet<WebSocket>()
  readonly #pinging: NodeJS.Timeout

  constructor(relay: Relay, server: Server) {
    this.#relay = relay
    server.on('upgrade', (request, socket, head) => this.#upgrade(request, socket, head))
    this.#pinging = setInterval(() => this.#ping(), relay.limits.pingMs)
  }

  get socketCount(): number {
    return this.#sockets.clients.size
  }

  /** Says good-bye to every socket; those that do not answer are cut off. */
  async stop(): Promise<void> {
    clearInterval(this.#pinging)
    const open = [...this.#sockets.clients]
    const allGone = Promise.all(open.map(socket => new Promise(resolve => socket.once('close', resolve))))
    for (const socket of open) socket.close(GOING_AWAY)
    const cutOff = setTimeout(() => {
      for (const socket of open) socket.terminate()
    }, GOOD_BYE_MS)
    await allGone
    clearTimeout(cutOff)
  }

  #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on('error', () => socket.destroy())
    const forwarded = request.headers['x-forwarded-for']
    const peer = request.socket.remoteAddress ?? 'local'
    const address = clientAddress(peer, forwarded?.toString(), this.#relay.trustsProxy)
    const status = this.#refusal(request, address)
    if (status !== undefined) {
      socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`)
      return
    }
    this.#sockets.handleUpgrade(request, socket, head, opened => this.#open(opened, address))
  }

  #refusal(request: IncomingMessage, address: string): string | undefined {
    const { limits, rates } = this.#relay
    if (request.url?.split('?')[0] !== STREAM_PATH) return '404 Not Found'
    const isFull = this.#sockets.clients.size >= limits.sockets
    const isTooMany = (this.#countByAddress.get(address) ?? 0) >= limits.socketsPerAddress
    if (isFull || isTooMany || rates.requests.take(address, this.#relay.ticks()) > 0) return '429 Too Many Requests'
    return undefined
  }

  #open(socket: WebSocket, address: string): void {
    this.#countByAddress.set(address, (this.#countByAddress.get(address) ?? 0) + 1)
    const connection: RelayConnection = new RelayConnection(
      this.#relay,
      {
        // By the time this runs, the connection is there.
        send: bytes => socket.send(bytes, () => connection.drained()),
        bufferedBytes: () => socket.bufferedAmount,
        close: () => socket.close(REFUSED),
      },
      address,
    )
    const unproven = setTimeout(() => {
      if (!connection.isProven) socket.close(REFUSED)
    }, this.#relay.limits.unprovenMs)
    socket.on('message', (data, isBinary) => {
      if (isBinary && Buffer.isBuffer(data)) void receive(data)
      else socket.close(UNSUPPORTED)
    })
    const receive = this.#receiver(socket, connection)
    socket.on('pong', () => this.#unanswered.delete(socket))
    // `close` follows.
    socket.on('error', () => undefined)
    socket.on('close', () => {
      clearTimeout(unproven)
      connection.close()
      this.#release(address)
    })
  }

  /** Stops reading from a socket while it has too much unanswered. */
  #receiver(socket: WebSocket, connection: RelayConnection): (bytes: Buffer) => Promise<void> {
    let receiving = 0
    return async bytes => {
      receiving += 1
      if (receiving === MAX_RECEIVING) socket.pause()
      try {
        await connection.receive(bytes)
      } catch (error) {
        this.#relay.failed('stream', error)
        socket.terminate()
      }
      receiving -= 1
      if (socket.isPaused) socket.resume()
    }
  }

  #release(address: string): void {
    const left = (this.#countByAddress.get(address) ?? 1) - 1
    if (left === 0) this.#countByAddress.delete(address)
    else this.#countByAddress.set(address, left)
  }

  /** A socket that did not answer the last ping is half open: the other end is gone. */
  #ping(): void {
    for (const socket of this.#sockets.clients) {
      if (this.#unanswered.has(socket)) {
        socket.terminate()
        continue
      }
      this.#unanswered.add(socket)
      socket.ping()
    }
  }
}
