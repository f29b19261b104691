import { join } from 'node:path'
import WebSocket from 'ws'
import { makeSigningKey, type SigningKey } from '#crypto/keys.ts'
import { encodeCapability } from '#schema/protocol/capability.ts'
import { encodeCreateLog, LOGS_PATH, logPath, STREAM_PATH } from '#schema/protocol/http.ts'
import {
  type ClientMessage,
  decodeRelayMessages,
  encodeClientMessages,
  type RelayMessage,
} from '#schema/protocol/stream.ts'
import { capabilityOf, makeLog, proveMessage, proveWriterMessage, TestFeed } from '#tests/support/signed.ts'
import { startRelay, UNBOUND } from '../relay-process.ts'
import type { Act, Contestant, Group } from './contestant.ts'

const FIRST_APPEND = 10
/** Sockets of one address; the relay takes 256. */
const PER_ADDRESS = 200

type Hello = Extract<RelayMessage, { type: 'hello' }>

/** A socket that said what `first` makes of the relay's hello, and was told `done` for each. `listen` gets what comes later. */
async function opened(
  origin: string,
  first: (hello: Hello) => readonly ClientMessage[],
  localAddress = '127.0.0.1',
): Promise<{ socket: WebSocket; listen: (listener: (message: RelayMessage) => void) => void }> {
  const url = origin.replace('http', 'ws') + STREAM_PATH
  const socket = new WebSocket(url, { perMessageDeflate: false, localAddress })
  socket.binaryType = 'arraybuffer'
  let heard = (_message: RelayMessage): void => undefined
  socket.on('message', (data: ArrayBuffer) => {
    const decoded = decodeRelayMessages(new Uint8Array(data))
    if (!decoded.ok) throw new Error(decoded.failure)
    for (const message of decoded.value) heard(message)
  })
  await new Promise<void>((resolve, reject) => {
    socket.once('error', reject)
    let open = 0
    heard = message => {
      if (message.type === 'hello') {
        const messages = first(message)
        open = messages.length
        socket.send(encodeClientMessages(messages))
      } else if (message.type === 'done' && --open === 0) resolve()
      else if (message.type === 'nack') reject(new Error(`refused: ${message.code}`))
    }
  })
  socket.on('error', () => undefined)
  return { socket, listen: listener => (heard = listener) }
}

async function post(url: string, body: Uint8Array<ArrayBuffer>): Promise<void> {
  const answer = await fetch(url, { method: 'POST', body })
  if (!answer.ok) throw new Error(`${new URL(url).pathname.slice(0, LOGS_PATH.length)}: ${answer.status}`)
}

interface Reader {
  readonly origin: string
  readonly holder: SigningKey
}

async function open(writerOrigin: string, readerOrigins: readonly string[]): Promise<Group> {
  const [log, holder] = [makeLog(), makeSigningKey()]
  const feed = new TestFeed(log)
  const capability = capabilityOf(log, holder)
  await post(writerOrigin + LOGS_PATH, encodeCreateLog({ genesis: log.genesisBytes, capability }))
  const readers: Reader[] = readerOrigins.map(origin => ({ origin, holder: makeSigningKey() }))
  for (const reader of readers) {
    await post(writerOrigin + logPath(log.logId, 'caps'), encodeCapability(capabilityOf(log, reader.holder)))
  }
  const writer = await opened(writerOrigin, ({ challenge }) => [
    proveMessage(1, challenge, holder),
    proveWriterMessage(2, challenge, feed),
  ])
  const waiting = new Map<number, () => void>()
  writer.listen(message => {
    if (message.type === 'nack') throw new Error(`refused: ${message.code}`)
    if (message.type !== 'ack') return
    for (const requestId of message.requestIds) {
      waiting.get(requestId)?.()
      waiting.delete(requestId)
    }
  })
  const logs = [{ logId: log.logId, cursor: 0, wantsFrames: true }]
  const reading = await Promise.all(
    readers.map(reader =>
      opened(reader.origin, ({ challenge }) => [
        proveMessage(1, challenge, reader.holder),
        { type: 'watch', requestId: 2, logs },
      ]),
    ),
  )
  for (const [reader, { listen }] of reading.entries()) {
    let count = 0
    listen(message => {
      if (message.type === 'push') group.onDelivered(reader, (count += message.frames.length))
    })
  }
  let made = FIRST_APPEND
  const group: Group = {
    onDelivered: () => undefined,
    prepare: (count, bodyBytes) =>
      Array.from({ length: count }, (): Act => {
        const requestId = made++
        const bytes = encodeClientMessages([{ type: 'append', requestId, frame: feed.next('ops', bodyBytes).bytes }])
        return () =>
          new Promise(resolve => {
            waiting.set(requestId, resolve)
            writer.socket.send(bytes)
          })
      }),
    async catchUp(origin) {
      const cold = await opened(origin, ({ challenge }) => [proveMessage(1, challenge, holder)])
      const count = await new Promise<number>((resolve, reject) => {
        let got = 0
        cold.listen(message => {
          if (message.type === 'frames') got += message.frames.length
          else if (message.type === 'end') resolve(got)
          else if (message.type === 'nack') reject(new Error(`refused: ${message.code}`))
        })
        cold.socket.send(encodeClientMessages([{ type: 'fetch', requestId: 2, logId: log.logId, wants: [] }]))
      })
      cold.socket.terminate()
      return count
    },
    close: () => {
      for (const { socket } of [writer, ...reading]) socket.terminate()
    },
  }
  return group
}

/** The relay on SQLite with synchronous=FULL, capabilities and chains checked, without the rates that keep one address from asking so much. */
export const wellkeep: Contestant = {
  name: 'relay',
  share: 1,
  start: folder =>
    startRelay({
      PORT: '0',
      DATA: join(folder, 'data'),
      APP: join(folder, 'none'),
      LOG_REQUESTS: '0',
      ...UNBOUND,
    }),
  open,
  async idle(origin, at) {
    const address = `127.0.1.${1 + Math.floor(at / PER_ADDRESS)}`
    const { socket } = await opened(origin, ({ challenge }) => [proveMessage(1, challenge, makeSigningKey())], address)
    return () => socket.terminate()
  },
}
