import type { IncomingHttpHeaders } from 'node:http'
import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import { selfSigned } from './self-signed.ts'

export interface ToldPush {
  readonly method: string | undefined
  readonly path: string | undefined
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

/** A push service on this machine, at `https://localhost/…` and a port of its own, that keeps all it is told. */
export class PushService {
  readonly told: ToldPush[] = []
  readonly ca: string
  /** What it answers. */
  status = 201
  headers: Readonly<Record<string, string>> = {}
  /** What it says besides, and whether it ever ends. */
  body = ''
  isEndless = false
  readonly #server: Server

  private constructor() {
    const { key, cert } = selfSigned()
    this.ca = cert
    this.#server = createServer({ key, cert }, (asked, answer) => {
      const parts: Buffer[] = []
      asked.on('data', (part: Buffer) => parts.push(part))
      asked.on('end', () => {
        this.told.push({ method: asked.method, path: asked.url, headers: asked.headers, body: Buffer.concat(parts) })
        answer.writeHead(this.status, this.headers)
        answer.write(this.body)
        if (!this.isEndless) answer.end()
      })
    })
  }

  static async start(): Promise<PushService> {
    const service = new PushService()
    await new Promise<void>(listening => service.#server.listen(0, '127.0.0.1', listening))
    return service
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise(closed => this.#server.close(closed))
  }
}
