import WebSocket from 'ws'
import { makeSigningKey } from '#crypto/keys.ts'
import { readyCrypto } from '#crypto/sodium.ts'
import { STREAM_PATH } from '#schema/protocol/http.ts'
import { decodeRelayMessages, encodeClientMessages } from '#schema/protocol/stream.ts'
import { proveMessage } from '#tests/support/signed.ts'
import { cpuMs, residentBytes, startRelayProcess } from './relay-process.ts'

/**
 * What a socket that says nothing costs the relay: `npm run bench-relay-idle -- 5000`, each with a holder key that it proved. Memory is
 * what the process holds after, less before, a socket; CPU that of half a minute in which only the relay's pings go round.
 */
const [count = 5000] = process.argv.slice(2).map(Number)
/** Sockets of one address; the relay takes 256. */
const PER_ADDRESS = 200
const WATCH_MS = 35_000

function opened(origin: string, localAddress: string): Promise<WebSocket> {
  const socket = new WebSocket(origin.replace('http', 'ws') + STREAM_PATH, { perMessageDeflate: false, localAddress })
  socket.binaryType = 'arraybuffer'
  return new Promise((resolve, reject) => {
    socket.once('error', reject)
    socket.once('close', () => reject(new Error('the relay closed a socket')))
    socket.on('message', (data: ArrayBuffer) => {
      const decoded = decodeRelayMessages(new Uint8Array(data))
      for (const message of decoded.ok ? decoded.value : []) {
        if (message.type === 'hello') {
          socket.send(encodeClientMessages([proveMessage(1, message.challenge, makeSigningKey())]))
        } else if (message.type === 'done') resolve(socket)
      }
    })
  })
}

await readyCrypto()
const { server, end } = await startRelayProcess()
const sockets: WebSocket[] = []
const open = async (until: number) => {
  while (sockets.length < until) {
    sockets.push(await opened(server.origin, `127.0.1.${1 + Math.floor(sockets.length / PER_ADDRESS)}`))
  }
}
// The first ones also load what every socket needs.
await open(PER_ADDRESS)
const [before, cpuAtFirst] = [residentBytes(server), cpuMs(server)]
await open(PER_ADDRESS + count)
const each = (residentBytes(server) - before) / count
const openUs = ((cpuMs(server) - cpuAtFirst) * 1000) / count
const cpuBefore = cpuMs(server)
await new Promise(resolve => setTimeout(resolve, WATCH_MS))
const isWhole = sockets.every(socket => socket.readyState === WebSocket.OPEN)
console.log(`${sockets.length} sockets, ${isWhole ? 'all' : 'not all'} open after ${WATCH_MS / 1000} s`)
console.log(
  `${(each / 1024).toFixed(1)} KB each, ${openUs.toFixed(0)} µs of CPU to open one and check its key; ${cpuMs(server) - cpuBefore} ms of CPU in that time`,
)
for (const socket of sockets) socket.terminate()
end()
