import { type ChildProcess, spawn } from 'node:child_process'
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import WebSocket from 'ws'
import { makeSigningKey } from '#crypto/keys.ts'
import { readyCrypto } from '#crypto/sodium.ts'
import { STREAM_PATH } from '#schema/protocol/http.ts'
import { appendForever, createLog, endProcess, startRelayProcess, storedFrames } from '../support/relay-processes.ts'
import { makeLog } from '../support/signed.ts'
import { makeTempFolder } from '../support/temp-folder.ts'

beforeAll(readyCrypto)

let folder: string
const running: ChildProcess[] = []
beforeEach(() => {
  folder = makeTempFolder('process')
})
afterEach(async () => {
  for (const child of running.splice(0)) await endProcess(child, 'SIGKILL')
  rmSync(folder, { recursive: true })
})

/** On the folder of this test. */
async function start(environment: Record<string, string> = {}) {
  const relay = await startRelayProcess({ DATA: join(folder, 'data'), ...environment })
  running.push(relay.child)
  return relay
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
    await endProcess(relay.child, 'SIGKILL')
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
  expect(printed.text).toContain('there is no built app in')
  const socket = new WebSocket(origin.replace('http', 'ws') + STREAM_PATH)
  const closed = new Promise(resolve => socket.on('close', resolve))
  await new Promise(resolve => socket.on('open', resolve))
  expect(await endProcess(child, 'SIGTERM')).toBe(0)
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
  const ended = endProcess(child, 'SIGTERM')
  await expect.poll(async () => (await fetch(`${origin}/readyz`)).status, { timeout: 3000 }).toBe(503)
  expect((await fetch(`${origin}/healthz`)).status).toBe(200)
  expect(socket.readyState).toBe(WebSocket.OPEN)
  expect(await closed).toBe(1001)
  expect(await ended).toBe(0)
})

test('a wrong setting, a taken port and a folder in use are said in a sentence', async () => {
  await expect(start({ PORT: 'x' })).rejects.toThrow(/ended with 2: PORT must be a whole number/)
  // The relay would be open to all.
  await expect(start({ ADMISSION_TOKEN: 'token-of-the-family' })).rejects.toThrow(
    /ended with 2: ADMISSION_TOKEN in the environment is no setting\. Is ADMISSION_TOKENS meant\?\n$/,
  )
  writeFileSync(join(folder, 'file'), '')
  await expect(start({ DATA: join(folder, 'file') })).rejects.toThrow(
    /ended with 1: Cannot make the data folder .* \(DATA\): a file lies there\./,
  )
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
  await endProcess(relay.child, 'SIGKILL')
  await gone
  expect(acknowledged.size).toBeGreaterThan(before.length)
  expect((await operate('verify')).code).toBe(0)
  const restored = await start({ DATA: join(folder, 'backup') })
  const stored = await storedFrames(restored.origin, log, holder)
  expect(before.filter(frame => !stored.has(frame))).toEqual([])
})
