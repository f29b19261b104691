import { type ChildProcess, spawn } from 'node:child_process'
import WebSocket from 'ws'
import type { SigningKey } from '#crypto/keys.ts'
import { toHex } from '#schema/bytes.ts'
import type { LogId } from '#schema/ids.ts'
import type { Capability } from '#schema/protocol/capability.ts'
import {
  CHALLENGE_PATH,
  decodeChallengeAnswer,
  decodeFramesPage,
  encodeCreateLog,
  framesPath,
  LOGS_PATH,
  STREAM_PATH,
} from '#schema/protocol/http.ts'
import {
  type ClientMessage,
  decodeRelayMessages,
  encodeClientMessages,
  type RelayMessage,
} from '#schema/protocol/stream.ts'
import { authorization, capabilityOf, proveMessage, proveWriterMessage, TestFeed, type TestLog } from './signed.ts'

/** Real relay processes, and clients of them that speak the protocol and nothing else. */

export interface RelayProcess {
  readonly child: ChildProcess
  readonly origin: string
  /** Everything it said. */
  readonly printed: { readonly text: string }
}

/** `node sync-server/main.ts`, as `npm start` runs it, on a port the system chose. */
export async function startRelayProcess(environment: Record<string, string>): Promise<RelayProcess> {
  const child = spawn(process.execPath, ['sync-server/main.ts'], {
    env: { ...process.env, PORT: '0', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const printed = { text: '' }
  child.stderr.on('data', chunk => (printed.text += String(chunk)))
  const origin = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', chunk => {
      printed.text += String(chunk)
      const address = /http:\/\/localhost:\d+/.exec(printed.text)?.[0]
      if (address !== undefined) resolve(address.replace('localhost', '127.0.0.1'))
    })
    child.on('exit', code => reject(new Error(`The relay ended with ${code}: ${printed.text}`)))
  })
  return { child, origin, printed }
}

export async function endProcess(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode
  const ended = new Promise<number | null>(resolve => child.once('exit', resolve))
  child.kill(signal)
  return ended
}

export async function createLog(
  origin: string,
  log: TestLog,
  holder: SigningKey,
  times: Partial<Pick<Capability, 'notBefore' | 'notAfter'>> = {},
): Promise<void> {
  const body = encodeCreateLog({ genesis: log.genesisBytes, capability: capabilityOf(log, holder, times) })
  const { status } = await fetch(origin + LOGS_PATH, { method: 'POST', body })
  if (status !== 201) throw new Error(`Cannot make a log: ${status}`)
}

/** All frames of a log. `challenger`: the relay whose challenge is signed, where that is another one. */
export async function storedFrames(
  origin: string,
  log: TestLog,
  holder: SigningKey,
  challenger = origin,
): Promise<Set<string>> {
  const stored = new Set<string>()
  const answer = decodeChallengeAnswer(new Uint8Array(await (await fetch(challenger + CHALLENGE_PATH)).arrayBuffer()))
  if (!answer.ok) throw new Error(answer.failure)
  let after = 0
  let isEnd = false
  while (!isEnd) {
    const path = framesPath(log.logId, after)
    const headers = { authorization: authorization(holder, answer.value.challenge, 'GET', path) }
    const page = decodeFramesPage(new Uint8Array(await (await fetch(origin + path, { headers })).arrayBuffer()))
    if (!page.ok) throw new Error(page.failure)
    for (const frame of page.value.frames) stored.add(toHex(frame))
    after = page.value.cursor
    isEnd = page.value.isEnd
  }
  return stored
}

/** Appends without a pause, and calls back for each acknowledged frame, until the socket is gone. */
export function appendForever(origin: string, log: TestLog, holder: SigningKey, acknowledged: (frame: string) => void) {
  const socket = new WebSocket(origin.replace('http', 'ws') + STREAM_PATH)
  socket.binaryType = 'arraybuffer'
  const feed = new TestFeed(log)
  const waiting = new Map<number, string>()
  let requestId = 10
  let refuse: (error: Error) => void = () => undefined
  const ended = new Promise<void>((resolve, reject) => {
    refuse = reject
    socket.on('close', () => resolve())
  })
  const push = () => {
    while (waiting.size < 50) {
      const frame = feed.next('ops', 500)
      waiting.set((requestId += 1), toHex(frame.bytes))
      socket.send(encodeClientMessages([{ type: 'append', requestId, frame: frame.bytes }]))
    }
  }
  const handle = (message: RelayMessage) => {
    if (message.type === 'hello') {
      const proofs = [proveMessage(1, message.challenge, holder), proveWriterMessage(2, message.challenge, feed)]
      socket.send(encodeClientMessages(proofs))
      push()
    } else if (message.type === 'ack') {
      for (const id of message.requestIds) {
        acknowledged(waiting.get(id)!)
        waiting.delete(id)
      }
      if (socket.readyState === WebSocket.OPEN) push()
    } else if (message.type === 'nack') {
      // The relay cannot reach its store: whoever appends would try again later.
      if (message.code !== 'internal') refuse(new Error(`Refused: ${message.code}`))
      socket.terminate()
    }
  }
  socket.on('message', (data: ArrayBuffer) => {
    const decoded = decodeRelayMessages(new Uint8Array(data))
    if (!decoded.ok) throw new Error(decoded.failure)
    decoded.value.forEach(handle)
  })
  socket.on('error', () => undefined)
  return ended
}

/** One socket that has proven a holder and feeds, and keeps what it is told. */
export class RelayClient {
  readonly said: RelayMessage[] = []
  readonly #socket: WebSocket
  #requestId = 100

  private constructor(socket: WebSocket) {
    this.#socket = socket
  }

  static connect(origin: string, holder: SigningKey, ...feeds: readonly TestFeed[]): Promise<RelayClient> {
    return RelayClient.connectFrom('127.0.0.1', origin, holder, ...feeds)
  }

  /** `localAddress`: one of this machine's own. */
  static async connectFrom(
    localAddress: string,
    origin: string,
    holder: SigningKey,
    ...feeds: readonly TestFeed[]
  ): Promise<RelayClient> {
    const socket = new WebSocket(origin.replace('http', 'ws') + STREAM_PATH, { localAddress })
    socket.binaryType = 'arraybuffer'
    const client = new RelayClient(socket)
    socket.on('error', () => undefined)
    await new Promise<void>((resolve, reject) => {
      socket.on('close', () => reject(new Error('The relay closed the socket')))
      socket.on('message', (data: ArrayBuffer) => {
        const decoded = decodeRelayMessages(new Uint8Array(data))
        if (!decoded.ok) throw new Error(decoded.failure)
        client.said.push(...decoded.value)
        const hello = decoded.value.find(message => message.type === 'hello')
        if (hello === undefined) return
        const proofs = feeds.map((feed, at) => proveWriterMessage(2 + at, hello.challenge, feed))
        socket.send(encodeClientMessages([proveMessage(1, hello.challenge, holder), ...proofs]))
        resolve()
      })
    })
    return client
  }

  get isOpen(): boolean {
    return this.#socket.readyState === WebSocket.OPEN
  }

  send(...messages: readonly ClientMessage[]): void {
    this.#socket.send(encodeClientMessages(messages))
  }

  append(...frames: readonly { readonly bytes: Uint8Array<ArrayBuffer> }[]): void {
    this.send(...frames.map(({ bytes }): ClientMessage => ({ type: 'append', requestId: this.nextId(), frame: bytes })))
  }

  watch(logId: LogId, cursor = 0): void {
    this.send({ type: 'watch', requestId: this.nextId(), logs: [{ logId, cursor, wantsFrames: true }] })
  }

  nextId(): number {
    return (this.#requestId += 1)
  }

  /** Reads nothing more from its socket. */
  pause(): void {
    this.#socket.pause()
  }

  resume(): void {
    this.#socket.resume()
  }

  /** Of frames it was pushed, as hex. */
  pushed(): string[] {
    return this.said.flatMap(message => (message.type === 'push' ? message.frames.map(toHex) : []))
  }

  acknowledged(): number {
    return this.said.flatMap(message => (message.type === 'ack' ? message.requestIds : [])).length
  }

  of<Type extends RelayMessage['type']>(type: Type): Extract<RelayMessage, { type: Type }>[] {
    return this.said.filter((message): message is Extract<RelayMessage, { type: Type }> => message.type === type)
  }

  close(): void {
    this.#socket.removeAllListeners('close')
    this.#socket.terminate()
  }
}
