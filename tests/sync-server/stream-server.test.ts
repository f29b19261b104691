import { createServer, type Server } from 'node:http'
import { connect } from 'node:net'
import { afterEach, beforeAll, expect, test } from 'vitest'
import WebSocket from 'ws'
import { makeSigningKey } from '#crypto/keys.ts'
import { randomBytes, readyCrypto } from '#crypto/sodium.ts'
import { encodeCreateLog, LOGS_PATH, STREAM_PATH } from '#schema/protocol/http.ts'
import { decodeRelayMessages, encodeClientMessages, type RelayMessage } from '#schema/protocol/stream.ts'
import type { Limits } from '#sync-server/limits/limits.ts'
import { StreamServer } from '#sync-server/stream-server.ts'
import { capabilityOf, makeLog, proveMessage, proveWriterMessage, TestFeed } from '../support/signed.ts'
import { TestRelay } from '../support/test-relay.ts'

beforeAll(readyCrypto)

const cleanUps: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).toReversed()) await cleanUp()
})

async function serve(limits: Partial<Limits> = {}) {
  const relay = new TestRelay(limits)
  const server: Server = createServer()
  const streams = new StreamServer(relay.relay, server)
  await new Promise<void>(done => server.listen(0, '127.0.0.1', () => done()))
  cleanUps.push(() => new Promise(done => server.close(done)))
  cleanUps.push(() => streams.stop())
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('Cannot listen')
  return { relay, port: address.port, streams }
}

class Client {
  readonly socket: WebSocket
  readonly closed: Promise<number>
  readonly #received: RelayMessage[] = []
  #wake: () => void = () => undefined

  constructor(port: number, path = STREAM_PATH, autoPong = true) {
    this.socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, { autoPong })
    this.socket.binaryType = 'arraybuffer'
    this.closed = new Promise(resolve => this.socket.on('close', resolve))
    this.socket.on('error', () => undefined)
    this.socket.on('message', (data: ArrayBuffer) => {
      const decoded = decodeRelayMessages(new Uint8Array(data))
      if (!decoded.ok) throw new Error(decoded.failure)
      this.#received.push(...decoded.value)
      this.#wake()
    })
  }

  async next(): Promise<RelayMessage> {
    while (this.#received.length === 0) await new Promise<void>(resolve => (this.#wake = resolve))
    return this.#received.shift()!
  }

  async challenge() {
    const hello = await this.next()
    if (hello.type !== 'hello') throw new Error('Cannot connect: no hello')
    return hello.challenge
  }
}

test('a socket proves, appends, is acknowledged and reads back over a real connection', async () => {
  const { relay, port } = await serve()
  const [log, holder] = [makeLog(), makeSigningKey()]
  const capability = capabilityOf(log, holder)
  await relay.request('POST', LOGS_PATH, { body: encodeCreateLog({ genesis: log.genesisBytes, capability }) })
  const client = new Client(port)
  const challenge = await client.challenge()
  const feed = new TestFeed(log)
  const frames = Array.from({ length: 20 }, () => feed.next('ops', 40_000))
  client.socket.send(encodeClientMessages([proveMessage(1, challenge, holder), proveWriterMessage(2, challenge, feed)]))
  for (const [index, frame] of frames.entries()) {
    client.socket.send(encodeClientMessages([{ type: 'append', requestId: 10 + index, frame: frame.bytes }]))
  }
  expect([await client.next(), await client.next()]).toMatchObject([{ type: 'done' }, { type: 'done' }])
  const acknowledged = new Set<number>()
  while (acknowledged.size < frames.length) {
    const ack = await client.next()
    if (ack.type !== 'ack') throw new Error(`Expected an ack, got ${ack.type}`)
    for (const id of ack.requestIds) acknowledged.add(id)
  }
  client.socket.send(encodeClientMessages([{ type: 'fetch', requestId: 3, logId: log.logId, wants: [] }]))
  let received = 0
  let message = await client.next()
  while (message.type === 'frames') {
    received += message.frames.length
    message = await client.next()
  }
  expect([message, received]).toEqual([{ type: 'end', requestId: 3, cursor: 20 }, 20])
  client.socket.close()
})

test('a reader that stops reading holds nothing up and gets everything in the end', async () => {
  const { relay, port } = await serve({ bufferedBytes: 100_000, sliceBytes: 50_000 })
  const [log, holder] = [makeLog(), makeSigningKey()]
  const capability = capabilityOf(log, holder)
  await relay.request('POST', LOGS_PATH, { body: encodeCreateLog({ genesis: log.genesisBytes, capability }) })
  const feed = new TestFeed(log)
  const asker = { holders: [Buffer.from(holder.publicKey).toString('hex')], now: relay.relay.now() }
  await Promise.all(Array.from({ length: 200 }, () => relay.relay.store.append(feed.next('ops', 40_000), asker)))
  const client = new Client(port)
  const challenge = await client.challenge()
  client.socket.send(encodeClientMessages([proveMessage(1, challenge, holder)]))
  await client.next()
  client.socket.pause()
  client.socket.send(encodeClientMessages([{ type: 'fetch', requestId: 3, logId: log.logId, wants: [] }]))
  await new Promise(resolve => setTimeout(resolve, 100))
  client.socket.resume()
  let received = 0
  let message = await client.next()
  while (message.type === 'frames') {
    received += message.frames.length
    message = await client.next()
  }
  expect([message.type, received]).toEqual(['end', 200])
  client.socket.close()
})

test('a socket that proves nothing in time is closed', async () => {
  const { port } = await serve({ unprovenMs: 30 })
  expect(await new Client(port).closed).toBe(1008)
})

test('a half-open socket is cut off at the second ping', async () => {
  const { port } = await serve({ pingMs: 30 })
  const deaf = new Client(port, STREAM_PATH, false)
  const alive = new Client(port)
  expect(await deaf.closed).toBe(1006)
  expect(alive.socket.readyState).toBe(WebSocket.OPEN)
})

test('text, rubbish and messages beyond 1 MiB close the socket', async () => {
  const { port } = await serve()
  const codes: number[] = []
  for (const data of ['hello', randomBytes(50), new Uint8Array(1024 * 1024 + 1)]) {
    const client = new Client(port)
    await client.challenge()
    client.socket.send(data)
    codes.push(await client.closed)
  }
  expect(codes).toEqual([1003, 1008, 1009])
})

test('another path is no stream, and one address has only so many sockets', async () => {
  const { port } = await serve({ socketsPerAddress: 1 })
  expect(await new Client(port, '/v1/other').closed).toBe(1006)
  const first = new Client(port)
  await first.challenge()
  expect(await new Client(port).closed).toBe(1006)
  first.socket.close()
  await first.closed
  await new Promise(resolve => setTimeout(resolve, 20))
  await new Client(port).challenge()
})

test('a torn upgrade does not hurt the relay', async () => {
  const { port } = await serve()
  const torn = connect(port, '127.0.0.1')
  await new Promise<void>(resolve => torn.on('connect', () => resolve()))
  torn.write(`GET ${STREAM_PATH} HTTP/1.1\r\nhost: x\r\nupgrade: websocket\r\nconnection: upgrade\r\n\r\n`)
  torn.destroy()
  expect((await new Client(port).challenge()).length).toBe(32)
})

test('stop() says good-bye', async () => {
  const { port, streams } = await serve()
  const client = new Client(port)
  await client.challenge()
  await streams.stop()
  expect(await client.closed).toBe(1001)
})
