import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { makeSigningKey, type SigningKey } from '#crypto/keys.ts'
import { randomBytes, readyCrypto } from '#crypto/sodium.ts'
import { verifySignature } from '#crypto/verify.ts'
import { toHex } from '#schema/bytes.ts'
import { instant } from '#schema/instant.ts'
import { encodeCapability, RIGHTS } from '#schema/protocol/capability.ts'
import { accessPath, capabilityPath, decodeAccess, encodeCreateLog, LOGS_PATH, logPath } from '#schema/protocol/http.ts'
import { encodeReceiptBody, RECEIPT_LABEL } from '#schema/protocol/proof.ts'
import { type ClientMessage, MAX_WATCH_LOGS, type RelayMessage } from '#schema/protocol/stream.ts'
import {
  capabilityOf,
  makeLog,
  proveMessage,
  proveWriterMessage,
  TestFeed,
  type TestFrame,
  type TestLog,
} from '../support/signed.ts'
import { TestRelay, type TestSocket } from '../support/test-relay.ts'

beforeAll(readyCrypto)

let relay: TestRelay
let log: TestLog
let holder: SigningKey
beforeEach(async () => {
  relay = new TestRelay()
  ;({ log, holder } = await newLog())
})

async function newLog() {
  const made = makeLog()
  const by = makeSigningKey()
  const body = encodeCreateLog({ genesis: made.genesisBytes, capability: capabilityOf(made, by) })
  expect((await relay.request('POST', LOGS_PATH, { body })).status).toBe(201)
  return { log: made, holder: by }
}

async function register(by: SigningKey, rights: number, notAfterMs?: number) {
  const times = notAfterMs === undefined ? {} : { notAfter: instant(notAfterMs) }
  const capability = capabilityOf(log, by, { rights, ...times })
  await relay.request('POST', logPath(log.logId, 'caps'), { body: encodeCapability(capability) })
  return capability
}

/** A socket that has proven `by` and the feeds. */
async function connected(by = holder, ...feeds: readonly TestFeed[]): Promise<TestSocket> {
  const socket = relay.connect()
  const proofs = feeds.map(feed => proveWriterMessage(socket.nextId(), socket.challenge, feed))
  const answers = await socket.send(proveMessage(socket.nextId(), socket.challenge, by), ...proofs)
  expect(answers.every(answer => answer.type === 'done')).toBe(true)
  return socket
}

function appends(socket: TestSocket, frames: readonly TestFrame[]): ClientMessage[] {
  return frames.map(frame => ({ type: 'append', requestId: socket.nextId(), frame: frame.bytes }))
}

function watch(socket: TestSocket, cursor = 0, wantsFrames = true): ClientMessage {
  return { type: 'watch', requestId: socket.nextId(), logs: [{ logId: log.logId, cursor, wantsFrames }] }
}

function fetchAll(socket: TestSocket): ClientMessage {
  return { type: 'fetch', requestId: socket.nextId(), logId: log.logId, wants: [] }
}

function framesIn(messages: readonly RelayMessage[]): string[] {
  return messages.flatMap(message =>
    message.type === 'frames' || message.type === 'push' ? message.frames.map(toHex) : [],
  )
}

const typesOf = (messages: readonly RelayMessage[]) => messages.map(message => message.type)
const codesOf = (messages: readonly RelayMessage[]) =>
  messages.flatMap(message => (message.type === 'nack' || message.type === 'unwatched' ? [message.code] : []))

describe('proving', () => {
  test('what was signed for another socket does not count here', async () => {
    const [one, other] = [relay.connect(), relay.connect()]
    const feed = new TestFeed(log)
    expect(codesOf(await other.send(proveMessage(1, one.challenge, holder)))).toEqual(['bad-proof'])
    expect(codesOf(await other.send(proveWriterMessage(2, one.challenge, feed)))).toEqual(['bad-proof'])
    expect(other.connection.isProven).toBe(false)
    expect(codesOf(await other.send(fetchAll(other)))).toEqual(['not-allowed'])
  })

  test('a frame of a W that was not proven is taken if that W signed it, and nobody else’s word for it', async () => {
    const [mine, other] = [new TestFeed(log), new TestFeed(log)]
    const socket = await connected(holder, mine)
    const frame = other.next()
    const forged = frame.bytes.slice()
    forged[forged.length - 1]! ^= 1
    expect(codesOf(await socket.send(...appends(socket, [{ ...frame, bytes: forged }])))).toEqual(['unproven-writer'])
    expect(typesOf(await socket.send(...appends(socket, [frame])))).toEqual(['ack'])
    const reader = makeSigningKey()
    await register(reader, RIGHTS.read)
    const reading = await connected(reader)
    expect(codesOf(await reading.send(...appends(reading, [other.next()])))).toEqual(['not-allowed'])
  })

  test('several holder keys count together', async () => {
    const second = await newLog()
    const socket = await connected(holder)
    await socket.send(proveMessage(9, socket.challenge, second.holder))
    const messages = await socket.send(fetchAll(socket), {
      type: 'fetch',
      requestId: 8,
      logId: second.log.logId,
      wants: [],
    })
    expect(typesOf(messages)).toEqual(['end', 'end'])
  })

  test('only so many keys are taken', async () => {
    relay = new TestRelay({ holdersPerSocket: 1, writersPerSocket: 0 })
    const socket = await connected()
    expect(codesOf(await socket.send(proveMessage(5, socket.challenge, makeSigningKey())))).toEqual(['too-large'])
    expect(codesOf(await socket.send(proveWriterMessage(6, socket.challenge, new TestFeed(log))))).toEqual([
      'too-large',
    ])
  })
})

describe('appending', () => {
  test('one receipt acknowledges a run of one feed, signed by the relay', async () => {
    const [first, second] = [new TestFeed(log), new TestFeed(log)]
    const socket = await connected(holder, first, second)
    const frames = [first.next(), first.next(), second.next(), first.next()]
    const sent = appends(socket, frames)
    const acks = (await socket.send(...sent)).filter(message => message.type === 'ack')
    const ids = sent.map(message => message.requestId)
    expect(acks.map(ack => ack.requestIds)).toEqual([[ids[0], ids[1]], [ids[2]], [ids[3]]])
    expect(acks.map(ack => [ack.cursor, ack.receipt.seq])).toEqual([
      [2, 1],
      [3, 0],
      [4, 2],
    ])
    const { receipt } = acks[0]!
    expect(receipt).toMatchObject({
      logId: log.logId,
      writer: first.writer,
      hash: frames[1]!.hash,
      storedAt: relay.nowMs,
    })
    const { publicKey } = relay.relay.signer
    expect(verifySignature(publicKey, RECEIPT_LABEL, encodeReceiptBody(receipt), receipt.signature)).toBe(true)
  })

  test('frames that one commit stored are answered together, also those of several messages', async () => {
    const feed = new TestFeed(log)
    const socket = await connected(holder, feed)
    const sent = appends(socket, [feed.next(), feed.next(), feed.next()])
    const answers = await Promise.all(sent.map(message => socket.send(message)))
    const acks = answers.flat().filter(message => message.type === 'ack')
    expect(acks.map(ack => ack.requestIds)).toEqual([sent.map(message => message.requestId)])
  })

  test('a refusal says what the relay has; the same frame again is acknowledged', async () => {
    const feed = new TestFeed(log)
    const socket = await connected(holder, feed)
    const rival = feed.rival()
    const [first, , third] = [feed.next(), feed.next(), feed.next()]
    await socket.send(...appends(socket, [first]))
    const messages = await socket.send(...appends(socket, [first, rival, third]))
    expect(typesOf(messages)).toEqual(['ack', 'nack', 'nack'])
    const has = { nextSeq: 1, head: first.hash }
    expect(messages.slice(1)).toMatchObject([
      { code: 'fork', feed: has },
      { code: 'gap', feed: has },
    ])
  })

  test('too many frames are refused as rate, with a time to wait, and taken later', async () => {
    relay = new TestRelay({ framesPerSocket: { perSecond: 1, burst: 2 } })
    ;({ log, holder } = await newLog())
    const feed = new TestFeed(log)
    const socket = await connected(holder, feed)
    const frames = [feed.next(), feed.next(), feed.next()]
    const messages = await socket.send(...appends(socket, frames))
    expect(messages).toMatchObject([{ type: 'ack' }, { type: 'nack', code: 'rate', retryAfterMs: 1000 }])
    relay.nowMs += 1000
    expect(typesOf(await socket.send(...appends(socket, [frames[2]!])))).toEqual(['ack'])
  })

  test('too many messages of any kind are refused as rate', async () => {
    relay = new TestRelay({ messagesPerSocket: { perSecond: 1, burst: 1 } })
    const socket = relay.connect()
    const messages = await socket.send({ type: 'ping', requestId: 1 }, { type: 'ping', requestId: 2 })
    expect(messages).toMatchObject([
      { type: 'done', requestId: 1, relayTime: relay.nowMs },
      { type: 'nack', requestId: 2, code: 'rate' },
    ])
  })

  test('anything but whole, known messages closes the socket', async () => {
    for (const bytes of [randomBytes(40), new Uint8Array([0, 0, 0, 9, 1]), new Uint8Array(2 ** 20 + 1)]) {
      const socket = relay.connect()
      await socket.connection.receive(bytes)
      expect(socket.isClosed).toBe(true)
    }
  })
})

describe('fetching', () => {
  test('gives what the vector lacks, slice by slice, and then the cursor', async () => {
    relay = new TestRelay({ sliceBytes: 2000 })
    ;({ log, holder } = await newLog())
    const feed = new TestFeed(log)
    const socket = await connected(holder, feed)
    const frames = Array.from({ length: 6 }, () => feed.next('ops', 800))
    await socket.send(...appends(socket, frames))
    const reader = await connected()
    const wants = [{ writer: feed.writer, nextSeq: 1 }]
    const messages = await reader.send({ type: 'fetch', requestId: 4, logId: log.logId, wants })
    expect(framesIn(messages)).toEqual(frames.slice(1).map(frame => toHex(frame.bytes)))
    expect(typesOf(messages)).toEqual(['frames', 'frames', 'frames', 'end'])
    expect(messages.at(-1)).toEqual({ type: 'end', requestId: 4, cursor: 6 })
  })

  test('a slow reader is paused until what was sent has left', async () => {
    relay = new TestRelay({ sliceBytes: 1000, bufferedBytes: 10 })
    ;({ log, holder } = await newLog())
    const feed = new TestFeed(log)
    const socket = await connected(holder, feed)
    await socket.send(...appends(socket, [feed.next('ops', 900), feed.next('ops', 900)]))
    socket.bufferedBytes = 11
    expect(await socket.send(fetchAll(socket))).toEqual([])
    socket.bufferedBytes = 0
    socket.connection.drained()
    expect(typesOf(await socket.take())).toEqual(['frames', 'frames', 'end'])
  })

  test('only so many go on at once', async () => {
    relay = new TestRelay({ fetchesPerSocket: 1, bufferedBytes: 10 })
    ;({ log, holder } = await newLog())
    const socket = await connected()
    socket.bufferedBytes = 11
    expect(codesOf(await socket.send(fetchAll(socket), fetchAll(socket)))).toEqual(['rate'])
  })

  test('a revocation in between ends it (invariant 11)', async () => {
    relay = new TestRelay({ sliceBytes: 1000, bufferedBytes: 10 })
    ;({ log, holder } = await newLog())
    const feed = new TestFeed(log)
    const writer = await connected(holder, feed)
    await writer.send(...appends(writer, [feed.next('ops', 900), feed.next('ops', 900)]))
    const guest = makeSigningKey()
    const capability = await register(guest, RIGHTS.read)
    const socket = await connected(guest)
    socket.bufferedBytes = 11
    await socket.send(fetchAll(socket))
    await relay.signed(holder, 'DELETE', capabilityPath(log.logId, capability.id))
    socket.bufferedBytes = 0
    socket.connection.drained()
    const messages = await socket.take()
    expect(framesIn(messages)).toEqual([])
    expect(codesOf(messages)).toEqual(['not-allowed'])
  })
})

describe('watching', () => {
  test('as many logs as one may name are answered, also when none of them is there', async () => {
    const socket = await connected()
    const logs = Array.from({ length: MAX_WATCH_LOGS }, () => ({
      logId: makeLog().logId,
      cursor: 0,
      wantsFrames: true,
    }))
    const answers = await socket.send({ type: 'watch', requestId: socket.nextId(), logs })
    expect(answers.filter(message => message.type === 'unwatched')).toHaveLength(MAX_WATCH_LOGS)
    expect(answers.at(-1)).toMatchObject({ type: 'done' })
  })

  test('new frames are pushed to others, never to the socket they came from', async () => {
    const feed = new TestFeed(log)
    const [writer, reader] = [await connected(holder, feed), await connected()]
    expect(typesOf(await reader.send(watch(reader)))).toEqual(['done'])
    await writer.send(watch(writer))
    const frames = [feed.next(), feed.next()]
    expect(typesOf(await writer.send(...appends(writer, frames)))).toEqual(['ack'])
    const pushed = await reader.take()
    expect(pushed).toMatchObject([{ type: 'push', logId: log.logId, before: 0, cursor: 2 }])
    expect(framesIn(pushed)).toEqual(frames.map(frame => toHex(frame.bytes)))
    expect(await writer.take()).toEqual([])
    await reader.send({ type: 'unwatch', requestId: 9, logIds: [log.logId] })
    await writer.send(...appends(writer, [feed.next()]))
    expect(await reader.take()).toEqual([])
  })

  test('pushes come in the order of the log, also where the store answers later ones first', async () => {
    const feed = new TestFeed(log)
    const [writer, reader] = [await connected(holder, feed), await connected()]
    await reader.send(watch(reader))
    const { store } = relay.relay
    const pushes = store.pushes.bind(store)
    const first = Promise.withResolvers<void>()
    let asked = 0
    store.pushes = async (...words) => {
      if (asked++ === 0) await first.promise
      return pushes(...words)
    }
    const frames = [feed.next(), feed.next()]
    for (const frame of frames) await writer.send(...appends(writer, [frame]))
    expect([asked, await reader.take()]).toEqual([2, []])
    first.resolve()
    expect(framesIn(await reader.take())).toEqual(frames.map(frame => toHex(frame.bytes)))
  })

  test('what is pushed stands in the access log as read; that a log moved does not', async () => {
    const feed = new TestFeed(log)
    const writer = await connected(holder, feed)
    const guest = makeSigningKey()
    const capability = await register(guest, RIGHTS.read)
    const hints = makeSigningKey()
    await register(hints, RIGHTS.read)
    const [reading, hinted] = [await connected(guest), await connected(hints)]
    await reading.send(watch(reading))
    await hinted.send(watch(hinted, 0, false))
    const frame = feed.next('ops', 300)
    await writer.send(...appends(writer, [frame]))
    expect(typesOf(await reading.take())).toEqual(['push'])
    expect(typesOf(await hinted.take())).toEqual(['moved'])
    const entries = decodeAccess((await relay.signed(holder, 'GET', accessPath(log.logId, instant(0)))).body)
    const reads = entries.ok ? entries.value.filter(entry => entry.right === RIGHTS.read) : []
    expect(reads.map(entry => [entry.capabilityId, entry.bytes])).toEqual([[capability.id, frame.bytes.length]])
  })

  test('what moved since the cursor is told at once; without wantsFrames, moves are all that is told', async () => {
    const feed = new TestFeed(log)
    const [writer, reader] = [await connected(holder, feed), await connected()]
    await writer.send(...appends(writer, [feed.next(), feed.next()]))
    const moved = { type: 'moved', logs: [{ logId: log.logId, cursor: 2 }] }
    expect(await reader.send(watch(reader, 0, false))).toMatchObject([moved, { type: 'done' }])
    expect(typesOf(await reader.send(watch(reader, 2, false)))).toEqual(['done'])
    await writer.send(...appends(writer, [feed.next()]))
    expect(await reader.take()).toEqual([{ type: 'moved', logs: [{ logId: log.logId, cursor: 3 }] }])
  })

  test('what is too much for one push, or comes while the reader is slow, is told as moved', async () => {
    relay = new TestRelay({ sliceBytes: 1000, bufferedBytes: 10 })
    ;({ log, holder } = await newLog())
    const feed = new TestFeed(log)
    const [writer, reader] = [await connected(holder, feed), await connected()]
    await reader.send(watch(reader))
    await writer.send(...appends(writer, [feed.next('ops', 2000)]))
    expect(typesOf(await reader.take())).toEqual(['moved'])
    reader.bufferedBytes = 11
    await writer.send(...appends(writer, [feed.next(), feed.next()]))
    expect(await reader.take()).toEqual([])
    reader.bufferedBytes = 0
    reader.connection.drained()
    expect(await reader.take()).toEqual([{ type: 'moved', logs: [{ logId: log.logId, cursor: 3 }] }])
  })

  test('frames posted over HTTP are pushed too, and only so many logs are watched', async () => {
    const { encodeFrames, WRITER_HEADER } = await import('#schema/protocol/http.ts')
    const { writerProofs } = await import('../support/signed.ts')
    const feed = new TestFeed(log)
    const reader = await connected()
    await reader.send(watch(reader))
    await relay.signed(holder, 'POST', logPath(log.logId, 'frames'), {
      body: encodeFrames([feed.next().bytes]),
      headers: challenge => ({ [WRITER_HEADER]: writerProofs(challenge, feed) }),
    })
    expect(typesOf(await reader.take())).toEqual(['push'])
    relay = new TestRelay({ watchedPerSocket: 0 })
    const socket = relay.connect()
    expect(codesOf(await socket.send(watch(socket)))).toEqual(['too-large'])
  })

  test('a log one may not read is not watched', async () => {
    const stranger = await connected(makeSigningKey())
    expect(await stranger.send(watch(stranger))).toMatchObject([
      { type: 'unwatched', logId: log.logId, code: 'not-allowed' },
      { type: 'done' },
    ])
  })

  test('after a revocation commits, an open socket is served nothing (invariant 11)', async () => {
    const guest = makeSigningKey()
    const capability = await register(guest, RIGHTS.read | RIGHTS.append)
    const [feed, guestFeed] = [new TestFeed(log), new TestFeed(log)]
    const [writer, reader] = [await connected(holder, feed), await connected(guest, guestFeed)]
    await reader.send(watch(reader))
    await writer.send(...appends(writer, [feed.next()]))
    expect(typesOf(await reader.take())).toEqual(['push'])
    await relay.signed(holder, 'DELETE', capabilityPath(log.logId, capability.id))
    expect(await reader.take()).toEqual([{ type: 'unwatched', logId: log.logId, code: 'not-allowed' }])
    await writer.send(...appends(writer, [feed.next()]))
    expect(await reader.take()).toEqual([])
    expect(codesOf(await reader.send(fetchAll(reader)))).toEqual(['not-allowed'])
    expect(codesOf(await reader.send(watch(reader)))).toEqual(['not-allowed'])
    expect(codesOf(await reader.send(...appends(reader, [guestFeed.next()])))).toEqual(['not-allowed'])
  })

  test("expiry counts by the relay's clock, on open sockets too", async () => {
    const guest = makeSigningKey()
    await register(guest, RIGHTS.read, relay.nowMs + 1000)
    const feed = new TestFeed(log)
    const [writer, reader] = [await connected(holder, feed), await connected(guest)]
    await reader.send(watch(reader))
    relay.nowMs += 1000
    await writer.send(...appends(writer, [feed.next()]))
    expect(await reader.take()).toEqual([{ type: 'unwatched', logId: log.logId, code: 'expired' }])
    expect(codesOf(await reader.send(fetchAll(reader)))).toEqual(['expired'])
  })

  test('deleting the log ends its watching', async () => {
    const reader = await connected()
    await reader.send(watch(reader))
    await relay.signed(holder, 'DELETE', logPath(log.logId))
    expect(await reader.take()).toEqual([{ type: 'unwatched', logId: log.logId, code: 'gone' }])
  })

  test('a closed socket hears and answers nothing', async () => {
    const feed = new TestFeed(log)
    const [writer, reader] = [await connected(holder, feed), await connected()]
    await reader.send(watch(reader))
    reader.connection.close()
    await writer.send(...appends(writer, [feed.next()]))
    expect(await reader.send({ type: 'ping', requestId: 1 })).toEqual([])
  })
})
