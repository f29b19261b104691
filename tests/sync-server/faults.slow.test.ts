import { execFileSync } from 'node:child_process'
import { appendFileSync, mkdirSync, rmSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { join } from 'node:path'
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { makeSigningKey, type SigningKey } from '#crypto/keys.ts'
import { randomBytes, readyCrypto } from '#crypto/sodium.ts'
import { toHex } from '#schema/bytes.ts'
import { LogId } from '#schema/ids.ts'
import { instant } from '#schema/instant.ts'
import { CHALLENGE_PATH, STREAM_PATH } from '#schema/protocol/http.ts'
import { MAX_WATCH_LOGS } from '#schema/protocol/stream.ts'
import {
  appendForever,
  createLog,
  endProcess,
  RelayClient,
  type RelayProcess,
  startRelayProcess,
  storedFrames,
} from '../support/relay-processes.ts'
import { makeLog, TestFeed, type TestLog } from '../support/signed.ts'
import { makeTempFolder } from '../support/temp-folder.ts'

/** What a relay on the open net meets, with the real process. */

const SOON = { timeout: 30_000 }
const METRICS_TOKEN = 'only the operator knows'

let folder: string
let log: TestLog
let holder: SigningKey
const running: RelayProcess[] = []
const clients: RelayClient[] = []
beforeAll(readyCrypto)
beforeEach(() => {
  folder = makeTempFolder('faults')
  ;[log, holder] = [makeLog(), makeSigningKey()]
})
afterEach(async () => {
  for (const client of clients.splice(0)) client.close()
  for (const relay of running.splice(0)) await endProcess(relay.child, 'SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

async function start(environment: Record<string, string> = {}): Promise<RelayProcess> {
  const settings = { DATA: join(folder, 'data'), APP: 'none', FRAMES_PER_SECOND: '1000000', METRICS_TOKEN }
  const relay = await startRelayProcess({ ...settings, ...environment })
  running.push(relay)
  return relay
}

async function connected(relay: RelayProcess, by: SigningKey, ...feeds: readonly TestFeed[]): Promise<RelayClient> {
  const client = await RelayClient.connect(relay.origin, by, ...feeds)
  clients.push(client)
  return client
}

async function residentMb({ origin }: RelayProcess): Promise<number> {
  const headers = { authorization: `Bearer ${METRICS_TOKEN}` }
  const text = await (await fetch(`${origin}/metrics`, { headers })).text()
  return Number(/^process_resident_memory_bytes (\d+)$/m.exec(text)?.[1]) / 2 ** 20
}

/** Whether it serves whoever behaves: a frame goes in and comes out. */
async function servesOn(relay: RelayProcess): Promise<boolean> {
  const [other, by] = [makeLog(), makeSigningKey()]
  await createLog(relay.origin, other, by)
  const feed = new TestFeed(other)
  const client = await connected(relay, by, feed)
  const frame = feed.next()
  client.append(frame)
  await expect.poll(() => client.acknowledged(), SOON).toBe(1)
  return (await storedFrames(relay.origin, other, by)).has(toHex(frame.bytes))
}

/** A WebSocket whose bytes are written by hand. */
async function rawSocket({ origin }: RelayProcess): Promise<Socket> {
  const { port } = new URL(origin)
  const socket = connect(Number(port), '127.0.0.1')
  socket.on('error', () => undefined)
  socket.write(
    [
      `GET ${STREAM_PATH} HTTP/1.1`,
      `Host: 127.0.0.1:${port}`,
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Sec-WebSocket-Version: 13',
      'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==',
      'Sec-WebSocket-Extensions: permessage-deflate',
      '',
      '',
    ].join('\r\n'),
  )
  await new Promise<void>(resolve => socket.once('data', () => resolve()))
  return socket
}

const closed = (socket: Socket) => new Promise<void>(resolve => socket.once('close', () => resolve()))

test.each([
  ['a length of 4 GB', [0x82, 0xff, 0, 0, 0, 1, 0, 0, 0, 0, 1, 2, 3, 4]],
  ['a compressed message, which was not agreed on', [0xc2, 0x85, 1, 2, 3, 4, 5, 6, 7, 8, 9]],
  ['a message without a mask', [0x82, 0x02, 0, 0]],
  ['a kind of message that is none', [0x83, 0x80, 1, 2, 3, 4]],
  ['rubbish where messages belong', [0x82, 0x84, 0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff]],
  ['text', [0x81, 0x82, 0, 0, 0, 0, 0x68, 0x69]],
])('%s closes the socket at once', async (_, bytes) => {
  const relay = await start()
  const socket = await rawSocket(relay)
  const gone = closed(socket)
  socket.write(Uint8Array.from(bytes))
  await gone
  expect(await servesOn(relay)).toBe(true)
})

test('half a message, half a request and a socket that says nothing are cut off after their time', async () => {
  const relay = await start()
  const { port } = new URL(relay.origin)
  const [half, silent] = [await rawSocket(relay), await rawSocket(relay)]
  half.write(Uint8Array.from([0x82, 0xfe, 0x10, 0x00, 1, 2, 3, 4, 5]))
  const slow = connect(Number(port), '127.0.0.1')
  slow.on('error', () => undefined)
  slow.resume()
  slow.write(`GET ${CHALLENGE_PATH} HTTP/1.1\r\nHost: x\r\nX-Slow: `)
  const dripping = setInterval(() => slow.write('x'), 500)
  await Promise.all([closed(half), closed(silent), closed(slow)])
  clearInterval(dripping)
  expect(await servesOn(relay)).toBe(true)
})

test('10,000 subscriptions are refused beyond the bound, and cost little', async () => {
  const relay = await start()
  await createLog(relay.origin, log, holder)
  const client = await connected(relay, holder)
  const before = await residentMb(relay)
  const logs = Array.from({ length: 10_000 }, () => ({
    logId: LogId.of(randomBytes(LogId.size)),
    cursor: 0,
    wantsFrames: true,
  }))
  for (let at = 0; at < logs.length; at += MAX_WATCH_LOGS) {
    client.send({ type: 'watch', requestId: client.nextId(), logs: logs.slice(at, at + MAX_WATCH_LOGS) })
  }
  const answered = () => client.of('done').length + client.of('nack').length
  await expect.poll(answered, SOON).toBe(1 + Math.ceil(10_000 / MAX_WATCH_LOGS))
  // Nobody may read a log that nobody made.
  expect(client.of('unwatched').every(message => message.code === 'unknown-log')).toBe(true)
  expect((await residentMb(relay)) - before).toBeLessThan(60)
  expect(await servesOn(relay)).toBe(true)
})

test('who never reads makes the relay keep little, and gets all of it once it reads', async () => {
  const relay = await start()
  await createLog(relay.origin, log, holder)
  const feed = new TestFeed(log)
  const writer = await connected(relay, holder, feed)
  const reader = await connected(relay, holder)
  reader.watch(log.logId)
  await expect.poll(() => reader.of('done').length, SOON).toBe(2)
  reader.pause()
  const before = await residentMb(relay)
  const count = 1500
  for (let sent = 20; sent <= count; sent += 20) {
    for (let each = 0; each < 20; each++) writer.append(feed.next('ops', 60_000))
    await expect.poll(() => writer.acknowledged(), SOON).toBe(sent)
  }
  // 90 MB were written.
  expect((await residentMb(relay)) - before).toBeLessThan(80)
  reader.resume()
  await expect.poll(() => reader.of('moved').at(-1)?.logs[0]?.cursor, SOON).toBe(count)
  reader.send({ type: 'fetch', requestId: reader.nextId(), logId: log.logId, wants: [] })
  await expect.poll(() => reader.of('end').length, SOON).toBe(1)
  expect(reader.of('frames').reduce((sum, message) => sum + message.frames.length, 0)).toBe(count)
})

test('a thousand that come back at once after a restart are all served', async () => {
  const relay = await start()
  await createLog(relay.origin, log, holder)
  const feed = new TestFeed(log)
  const many = await connectMany(relay, 1000)
  await endProcess(relay.child, 'SIGKILL')
  for (const client of many) client.close()
  const again = await start({ PORT: new URL(relay.origin).port })
  const back = await connectMany(again, 1000)
  const writer = await connected(again, holder, feed)
  const frame = feed.next()
  writer.append(frame)
  await expect.poll(() => back.filter(client => client.pushed().includes(toHex(frame.bytes))).length, SOON).toBe(1000)
})

/** From several addresses: one may have 256 sockets. */
async function connectMany(relay: RelayProcess, count: number): Promise<RelayClient[]> {
  const many = await Promise.all(
    Array.from({ length: count }, (_, at) => RelayClient.connectFrom(`127.0.1.${1 + (at % 10)}`, relay.origin, holder)),
  )
  clients.push(...many)
  for (const client of many) client.watch(log.logId)
  await expect.poll(() => many.filter(client => client.of('done').length === 2).length, SOON).toBe(count)
  return many
}

test('a clock that jumps ends no capability early for long, stops no rate, and loses nothing', async () => {
  const jump = `let shift = 0; const now = Date.now; Date.now = () => now() + shift; process.on('SIGUSR2', () => { shift = shift === 0 ? -365 * 86400e3 : 0 })`
  const relay = await start({ NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(jump)}` })
  await createLog(relay.origin, log, holder, { notBefore: instant(Date.now() - 60_000) })
  const feed = new TestFeed(log)
  const client = await connected(relay, holder, feed)
  client.append(feed.next())
  await expect.poll(() => client.acknowledged(), SOON).toBe(1)
  // A year back: what is not valid yet is not, and is again as soon as the clock is right.
  relay.child.kill('SIGUSR2')
  const early = feed.next()
  await expect
    .poll(() => {
      client.append(early)
      return client.of('nack').map(message => message.code)
    }, SOON)
    .toContain('not-allowed')
  relay.child.kill('SIGUSR2')
  const before = client.acknowledged()
  await expect
    .poll(() => {
      client.append(early)
      return client.acknowledged()
    }, SOON)
    .toBeGreaterThan(before)
  for (let at = 0; at < 50; at++) client.append(feed.next())
  await expect.poll(async () => (await storedFrames(relay.origin, log, holder)).size, SOON).toBe(52)
})

/** A file system of its own size, where this user may make one. */
function mountSmall(at: string): boolean {
  try {
    mkdirSync(at)
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=30m', 'tmpfs', at], { stdio: 'ignore' })
    return true
  } catch {
    process.stderr.write('\n*** A full disk is NOT TESTED with the real process: this user may not mount one. ***\n\n')
    return false
  }
}

/** Until there is no room for one byte more. */
function fillUp(path: string): void {
  try {
    for (;;) appendFileSync(path, new Uint8Array(65_536))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
  }
}

test('a full disk is said to whoever appends; what was acknowledged stays, and there is room again after a while', async context => {
  const disk = join(folder, 'disk')
  if (!mountSmall(disk)) return context.skip()
  try {
    const relay = await start({ DATA: join(disk, 'data') })
    await createLog(relay.origin, log, holder)
    const acknowledged = new Set<string>()
    const appending = appendForever(relay.origin, log, holder, frame => acknowledged.add(frame))
    const refused = appending.then(
      () => 'closed',
      (error: Error) => error.message,
    )
    await expect.poll(() => acknowledged.size, SOON).toBeGreaterThan(300)
    const filler = join(disk, 'filler')
    fillUp(filler)
    expect(await refused).toBe('Refused: quota')
    await expect.poll(async () => (await fetch(`${relay.origin}/healthz`)).status, SOON).toBe(503)
    const stored = await storedFrames(relay.origin, log, holder)
    expect([...acknowledged].filter(frame => !stored.has(frame))).toEqual([])
    rmSync(filler)
    await expect.poll(async () => (await fetch(`${relay.origin}/healthz`)).status, SOON).toBe(200)
    expect(await servesOn(relay)).toBe(true)
  } finally {
    for (const relay of running.splice(0)) await endProcess(relay.child, 'SIGKILL')
    execFileSync('umount', [disk])
  }
})
