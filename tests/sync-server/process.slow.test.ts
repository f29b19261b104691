import { type ChildProcess, spawn } from 'node:child_process'
import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import WebSocket from 'ws'
import { makeSigningKey, type SigningKey } from '#crypto/keys.ts'
import { readyCrypto } from '#crypto/sodium.ts'
import { toHex } from '#schema/bytes.ts'
import {
  CHALLENGE_PATH,
  decodeChallengeAnswer,
  decodeFramesPage,
  encodeCreateLog,
  framesPath,
  LOGS_PATH,
  STREAM_PATH,
} from '#schema/protocol/http.ts'
import { decodeRelayMessages, encodeClientMessages, type RelayMessage } from '#schema/protocol/stream.ts'
import {
  authorization,
  capabilityOf,
  makeLog,
  proveMessage,
  proveWriterMessage,
  TestFeed,
  type TestLog,
} from '../support/signed.ts'
import { makeTempFolder } from '../support/temp-folder.ts'

beforeAll(readyCrypto)

let folder: string
const running: ChildProcess[] = []
beforeEach(() => {
  folder = makeTempFolder('process')
})
afterEach(async () => {
  for (const child of running.splice(0)) await end(child, 'SIGKILL')
  rmSync(folder, { recursive: true })
})

/** `node sync-server/main.ts`, as `npm start` runs it. */
async function start(environment: Record<string, string> = {}) {
  const child = spawn(process.execPath, ['sync-server/main.ts'], {
    env: { ...process.env, PORT: '0', DATA: join(folder, 'data'), ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  running.push(child)
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

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode
  const ended = new Promise<number | null>(resolve => child.once('exit', resolve))
  child.kill(signal)
  return ended
}

async function createLog(origin: string, log: TestLog, holder: SigningKey): Promise<void> {
  const body = encodeCreateLog({ genesis: log.genesisBytes, capability: capabilityOf(log, holder) })
  expect((await fetch(origin + LOGS_PATH, { method: 'POST', body })).status).toBe(201)
}

async function storedFrames(origin: string, log: TestLog, holder: SigningKey): Promise<Set<string>> {
  const stored = new Set<string>()
  const answer = decodeChallengeAnswer(new Uint8Array(await (await fetch(origin + CHALLENGE_PATH)).arrayBuffer()))
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
function appendForever(origin: string, log: TestLog, holder: SigningKey, acknowledged: (frame: string) => void) {
  const socket = new WebSocket(origin.replace('http', 'ws') + STREAM_PATH)
  socket.binaryType = 'arraybuffer'
  const feed = new TestFeed(log)
  const waiting = new Map<number, string>()
  let requestId = 10
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
    } else if (message.type === 'nack') throw new Error(`Refused: ${message.code}`)
  }
  socket.on('message', (data: ArrayBuffer) => {
    const decoded = decodeRelayMessages(new Uint8Array(data))
    if (!decoded.ok) throw new Error(decoded.failure)
    decoded.value.forEach(handle)
  })
  socket.on('error', () => undefined)
  return new Promise<void>(resolve => socket.on('close', () => resolve()))
}

test('killed in the middle of appending and started again, the relay has everything it acknowledged', async () => {
  const [log, holder] = [makeLog(), makeSigningKey()]
  let relay = await start({ FRAMES_PER_SECOND: '100000' })
  await createLog(relay.origin, log, holder)
  const acknowledged = new Set<string>()
  for (let round = 0; round < 3; round++) {
    const before = acknowledged.size
    const gone = appendForever(relay.origin, log, holder, frame => acknowledged.add(frame))
    await expect.poll(() => acknowledged.size - before, { timeout: 20_000 }).toBeGreaterThan(300)
    await end(relay.child, 'SIGKILL')
    await gone
    relay = await start({ FRAMES_PER_SECOND: '100000' })
    const stored = await storedFrames(relay.origin, log, holder)
    expect([...acknowledged].filter(frame => !stored.has(frame))).toEqual([])
  }
})

test('the start says where it is and what it stores; SIGTERM ends it in order', async () => {
  const { child, origin, printed } = await start({ APP: join(folder, 'none') })
  expect((await fetch(`${origin}/healthz`)).status).toBe(200)
  expect(printed.text).toContain('Wellkeep is at http://localhost:')
  expect(printed.text).toContain(`Stored in ${join(folder, 'data')}: relay.sqlite`)
  expect(printed.text).toContain('there is no built app to serve')
  const socket = new WebSocket(origin.replace('http', 'ws') + STREAM_PATH)
  const closed = new Promise(resolve => socket.on('close', resolve))
  await new Promise(resolve => socket.on('open', resolve))
  expect(await end(child, 'SIGTERM')).toBe(0)
  expect(await closed).toBe(1001)
  expect(readdirSync(join(folder, 'data')).toSorted()).toEqual(['relay-key', 'relay.sqlite', 'relay.sqlite-lock'])
  expect(statSync(join(folder, 'data/relay-key')).mode & 0o777).toBe(0o600)
  const key = readFileSync(join(folder, 'data/relay-key'), 'utf8')
  await start()
  expect(readFileSync(join(folder, 'data/relay-key'), 'utf8')).toBe(key)
})

test('told to stop with a drain time, /readyz says so at once, and what is open goes on until then', async () => {
  const metricsToken = 'only the operator knows'
  const { child, origin } = await start({ DRAIN_SECONDS: '4', METRICS_TOKEN: metricsToken })
  expect(await (await fetch(`${origin}/readyz`)).json()).toEqual({ status: 'ready' })
  const socket = new WebSocket(origin.replace('http', 'ws') + STREAM_PATH)
  const closed = new Promise(resolve => socket.on('close', resolve))
  await new Promise(resolve => socket.on('open', resolve))
  const headers = { authorization: `Bearer ${metricsToken}` }
  const metrics = await (await fetch(`${origin}/metrics`, { headers })).text()
  expect(metrics).toMatch(/^wellkeep_sockets 1$/m)
  expect(metrics).toMatch(/^process_cpu_seconds_total \d+\.\d+$/m)
  const ended = end(child, 'SIGTERM')
  await expect.poll(async () => (await fetch(`${origin}/readyz`)).status, { timeout: 3000 }).toBe(503)
  expect((await fetch(`${origin}/healthz`)).status).toBe(200)
  expect(socket.readyState).toBe(WebSocket.OPEN)
  expect(await closed).toBe(1001)
  expect(await ended).toBe(0)
})

test('a wrong setting, a taken port and a folder in use are said in a sentence', async () => {
  await expect(start({ PORT: 'x' })).rejects.toThrow(/ended with 2: PORT must be a whole number/)
  const { origin } = await start()
  const port = new URL(origin).port
  await expect(start({ PORT: port, DATA: join(folder, 'other') })).rejects.toThrow(
    /ended with 1: Cannot listen on .* set PORT/,
  )
  await expect(start()).rejects.toThrow(/ended with 1: Cannot open the relay's store .* another relay runs on it/)
})

/** `npm run relay -- …`, as an operator types it: what it printed, and its exit code. */
async function operate(...words: string[]): Promise<{ code: number | null; text: string }> {
  const child = spawn(process.execPath, ['sync-server/main.ts', ...words], {
    env: { ...process.env, DATA: join(folder, 'data') },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let text = ''
  for (const out of [child.stdout, child.stderr]) out.on('data', chunk => (text += String(chunk)))
  return new Promise(resolve => child.on('close', code => resolve({ code, text })))
}

test('a backup while the relay takes frames has all that was acknowledged before, and a relay serves them from it', async () => {
  const [log, holder] = [makeLog(), makeSigningKey()]
  const relay = await start({ FRAMES_PER_SECOND: '100000' })
  await createLog(relay.origin, log, holder)
  const acknowledged = new Set<string>()
  const gone = appendForever(relay.origin, log, holder, frame => acknowledged.add(frame))
  await expect.poll(() => acknowledged.size, { timeout: 20_000 }).toBeGreaterThan(300)
  const before = [...acknowledged]
  expect(await operate('backup', join(folder, 'backup'))).toMatchObject({ code: 0 })
  expect((await operate('status')).text).toContain('serves, from')
  await end(relay.child, 'SIGKILL')
  await gone
  expect(acknowledged.size).toBeGreaterThan(before.length)
  expect((await operate('verify')).code).toBe(0)
  const restored = await start({ DATA: join(folder, 'backup') })
  const stored = await storedFrames(restored.origin, log, holder)
  expect(before.filter(frame => !stored.has(frame))).toEqual([])
})
