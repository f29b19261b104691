import WebSocket from 'ws'
import { makeSigningKey } from '#crypto/keys.ts'
import { readyCrypto } from '#crypto/sodium.ts'
import { encodeCreateLog, LOGS_PATH, STREAM_PATH } from '#schema/protocol/http.ts'
import { decodeRelayMessages, encodeClientMessages, type RelayMessage } from '#schema/protocol/stream.ts'
import { capabilityOf, makeLog, proveMessage, proveWriterMessage, TestFeed } from '#tests/support/signed.ts'
import { cpuMs, type Server, startProcess, startRelayProcess } from './relay-process.ts'

/**
 * What a durable append costs the relay, beside a server that only says back what it gets: `npm run bench-relay -- 100 400 3`, so many
 * clients with a log each, appends by each, and runs, taken in turns. Real processes and sockets, SQLite with synchronous=FULL,
 * capabilities and chains checked. CPU is user and system time of the whole server process, from /proc (Linux), once the server is warm:
 * as many appends go before those that are measured.
 */
const [clients = 100, appends = 400, runs = 3] = process.argv.slice(2).map(Number)
const BODY_BYTES = [200, 2048]
/** Unacknowledged appends of one client. */
const WINDOW = 8
const FIRST_APPEND = 10

interface Measured {
  readonly cpuUs: number
  readonly perSecond: number
}

interface Client {
  /** Sends so many; settles when the last one was answered. */
  run(count: number): Promise<void>
  close(): void
}

function opened(origin: string): Promise<WebSocket> {
  const socket = new WebSocket(origin.replace('http', 'ws') + STREAM_PATH, { perMessageDeflate: false })
  socket.binaryType = 'arraybuffer'
  return new Promise((resolve, reject) => {
    socket.once('open', () => resolve(socket))
    socket.once('error', reject)
  })
}

/** `answered`: how many of the messages sent this one answers. */
function clientOf(socket: WebSocket, messages: readonly Uint8Array[], answered: (data: ArrayBuffer) => number): Client {
  let [sent, done] = [0, 0]
  return {
    run: count =>
      new Promise((resolve, reject) => {
        const end = done + count
        const push = () => {
          while (sent < end && sent - done < WINDOW) socket.send(messages[sent++]!)
        }
        socket.removeAllListeners('close').on('close', () => reject(new Error('the server closed a socket')))
        socket.removeAllListeners('message').on('message', (data: ArrayBuffer) => {
          done += answered(data)
          if (done === end) resolve()
          else push()
        })
        push()
      }),
    close: () => {
      socket.removeAllListeners('close')
      socket.close()
    },
  }
}

const framesOf = (feed: TestFeed, bodyBytes: number) =>
  Array.from({ length: 2 * appends }, (_, at) =>
    encodeClientMessages([{ type: 'append', requestId: FIRST_APPEND + at, frame: feed.next('ops', bodyBytes).bytes }]),
  )

async function echoClient(origin: string, bodyBytes: number): Promise<Client> {
  return clientOf(await opened(origin), framesOf(new TestFeed(makeLog()), bodyBytes), () => 1)
}

async function relayClient(origin: string, bodyBytes: number): Promise<Client> {
  const [log, holder] = [makeLog(), makeSigningKey()]
  const feed = new TestFeed(log)
  const body = encodeCreateLog({ genesis: log.genesisBytes, capability: capabilityOf(log, holder) })
  const made = await fetch(origin + LOGS_PATH, { method: 'POST', body })
  if (made.status !== 201) throw new Error(`no log: ${made.status}`)
  const socket = new WebSocket(origin.replace('http', 'ws') + STREAM_PATH, { perMessageDeflate: false })
  socket.binaryType = 'arraybuffer'
  await new Promise<void>((resolve, reject) => {
    socket.once('error', reject)
    let proven = 0
    socket.on('message', (data: ArrayBuffer) => {
      for (const message of read(data)) {
        if (message.type === 'hello') {
          const proofs = [proveMessage(1, message.challenge, holder), proveWriterMessage(2, message.challenge, feed)]
          socket.send(encodeClientMessages(proofs))
        } else if (message.type === 'done') proven++
        if (proven === 2) resolve()
      }
    })
  })
  socket.removeAllListeners('message')
  return clientOf(socket, framesOf(feed, bodyBytes), data =>
    read(data).reduce((sum, message) => sum + (message.type === 'ack' ? message.requestIds.length : 0), 0),
  )
}

function read(data: ArrayBuffer): readonly RelayMessage[] {
  const decoded = decodeRelayMessages(new Uint8Array(data))
  if (!decoded.ok) throw new Error(decoded.failure)
  for (const message of decoded.value) if (message.type === 'nack') throw new Error(`refused: ${message.code}`)
  return decoded.value
}

async function measure(server: Server, make: (origin: string) => Promise<Client>): Promise<Measured> {
  const all: Client[] = []
  for (let each = 0; each < clients; each++) all.push(await make(server.origin))
  // A server runs for weeks: what compiling its code costs in its first second is not what is asked.
  await Promise.all(all.map(client => client.run(appends)))
  const [cpuBefore, before] = [cpuMs(server), performance.now()]
  await Promise.all(all.map(client => client.run(appends)))
  const [cpu, ms] = [cpuMs(server) - cpuBefore, performance.now() - before]
  for (const client of all) client.close()
  server.child.kill('SIGKILL')
  return { cpuUs: (cpu * 1000) / (clients * appends), perSecond: (clients * appends * 1000) / ms }
}

async function once(bodyBytes: number) {
  const echo = await measure(await startProcess('bench/relay-echo.ts'), origin => echoClient(origin, bodyBytes))
  const { server, end } = await startRelayProcess()
  const relay = await measure(server, origin => relayClient(origin, bodyBytes))
  end()
  return { echo, relay }
}

const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!

await readyCrypto()
console.log(
  `${clients} clients, a log each, ${appends} appends by each, ${WINDOW} of them unanswered; medians of ${runs} runs`,
)
console.log('| body | | CPU for each, µs | × echo | a second | × echo |\n|---|---|---|---|---|---|')
for (const bodyBytes of BODY_BYTES) {
  const all: Awaited<ReturnType<typeof once>>[] = []
  for (let run = 0; run < runs; run++) all.push(await once(bodyBytes))
  const of = (name: 'echo' | 'relay', key: keyof Measured) => median(all.map(each => each[name][key]))
  for (const name of ['echo', 'relay'] as const) {
    const ratio = (key: keyof Measured) => (of(name, key) / of('echo', key)).toFixed(2)
    const [cpu, rate] = [of(name, 'cpuUs').toFixed(1), Math.round(of(name, 'perSecond'))]
    console.log(`| ${bodyBytes} B | ${name} | ${cpu} | ${ratio('cpuUs')} | ${rate} | ${ratio('perSecond')} |`)
  }
}
