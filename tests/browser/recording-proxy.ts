import { connect, createServer, type Server, type Socket } from 'node:net'
import type { AddressInfo } from 'node:net'

/** Passes connections on to a relay and keeps all that goes through, WebSocket frames without their masks. */
export class RecordingProxy {
  readonly #server: Server
  readonly #connections: { readonly up: Buffer[]; readonly down: Buffer[] }[] = []
  readonly #sockets = new Set<Socket>()

  private constructor(port: number) {
    this.#server = createServer(client => this.#pass(client, port))
  }

  static async start(targetOrigin: string): Promise<RecordingProxy> {
    const proxy = new RecordingProxy(Number(new URL(targetOrigin).port))
    await new Promise<void>(started => proxy.#server.listen(0, 'localhost', started))
    return proxy
  }

  get origin(): string {
    return `http://localhost:${(this.#server.address() as AddressInfo).port}`
  }

  /** All there was so far: each connection's two directions, and what its socket frames say. */
  get traffic(): readonly Buffer[] {
    return this.#connections.flatMap(({ up, down }) => {
      const sent = Buffer.concat(up)
      const parts = [sent, Buffer.concat(down)]
      const isSocket = /^upgrade: websocket/im.test(sent.subarray(0, 4096).toString('latin1'))
      return isSocket ? [...parts, unmasked(sent.subarray(sent.indexOf('\r\n\r\n') + 4))] : parts
    })
  }

  stop(): void {
    for (const socket of this.#sockets) socket.destroy()
    this.#server.close()
  }

  #pass(client: Socket, port: number): void {
    const relay = connect(port, 'localhost')
    const kept = { up: [] as Buffer[], down: [] as Buffer[] }
    this.#connections.push(kept)
    for (const [from, to, chunks] of [
      [client, relay, kept.up],
      [relay, client, kept.down],
    ] as const) {
      this.#sockets.add(from)
      from.on('data', (chunk: Buffer) => {
        chunks.push(chunk)
        to.write(chunk)
      })
      from.on('end', () => to.end())
      from.on('error', () => to.destroy())
      from.on('close', () => this.#sockets.delete(from))
    }
  }
}

/** The payloads of a client's WebSocket frames, one after the other. */
function unmasked(frames: Buffer): Buffer {
  const payloads: Buffer[] = []
  let at = 0
  while (at + 2 <= frames.length) {
    const short = frames[at + 1]! & 0x7f
    const lengthBytes = short === 126 ? 2 : short === 127 ? 8 : 0
    const length =
      lengthBytes === 0
        ? short
        : Number(BigInt(`0x${frames.subarray(at + 2, at + 2 + lengthBytes).toString('hex') || 0}`))
    const mask = frames.subarray(at + 2 + lengthBytes, at + 6 + lengthBytes)
    const start = at + 6 + lengthBytes
    const payload = Buffer.from(frames.subarray(start, start + length))
    for (let index = 0; index < payload.length; index++) payload[index]! ^= mask[index % 4]!
    payloads.push(payload)
    at = start + length
  }
  return Buffer.concat(payloads)
}
