import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'

/** An address whose traffic goes to a port that may change, and can fall silent as where a machine or the network in between is gone. */
export class Line {
  readonly #server: Server
  readonly #sockets = new Set<Socket>()
  #port: number
  #isSilent = false

  private constructor(port: number) {
    this.#port = port
    this.#server = createServer(near => this.#forward(near))
  }

  static async to(port: number): Promise<Line> {
    const line = new Line(port)
    line.#server.listen(0, '127.0.0.1')
    await once(line.#server, 'listening')
    return line
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port
  }

  /** Whoever is connected, or connects, hears nothing more, and of no end either. */
  silence(): void {
    for (const socket of this.#sockets) socket.removeAllListeners('data').removeAllListeners('close').pause()
    this.#isSilent = true
  }

  /** Whoever connects from now on; those before stay as they are. */
  leadTo(port: number): void {
    this.#port = port
    this.#isSilent = false
  }

  close(): void {
    this.#server.close()
    for (const socket of this.#sockets) socket.destroy()
  }

  #forward(near: Socket): void {
    this.#keep(near)
    if (this.#isSilent) return
    const far = connect(this.#port, '127.0.0.1')
    this.#keep(far)
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      from.on('data', bytes => to.write(bytes))
      from.on('close', () => to.destroy())
    }
  }

  #keep(socket: Socket): void {
    this.#sockets.add(socket)
    socket.on('error', () => undefined)
    socket.on('close', () => this.#sockets.delete(socket))
  }
}
