import { beforeAll, expect, test } from 'vitest'
import type { Clock, RelayLink, StreamHandlers } from '#app/core/ports.ts'
import { makeRelayClient } from '#app/core/sync/relay-client.ts'
import { StreamClient, type Told } from '#app/core/sync/stream-client.ts'
import { makeSigningKey, type SigningKey } from '#crypto/keys.ts'
import { randomBytes, readyCrypto } from '#crypto/sodium.ts'
import { type Instant, instant } from '#schema/instant.ts'
import { encodeCapability } from '#schema/protocol/capability.ts'
import { WRITER_LABEL, writerProofBytes } from '#schema/protocol/proof.ts'
import { decodeClientMessages, encodeRelayMessages, type RelayMessage } from '#schema/protocol/stream.ts'
import { sign } from '#crypto/keys.ts'
import { fail } from '#schema/result.ts'
import { startLoopRelay } from '#tests/support/loop-link.ts'
import { capabilityOf, makeLog, TestFeed } from '#tests/support/signed.ts'
import { makeTestClock } from '#tests/support/test-clock.ts'

type Bytes = Uint8Array<ArrayBuffer>

beforeAll(readyCrypto)

const now = () => instant(1_800_000_000_000)

/** A client on a link, and what it was told. */
function clientOn(link: RelayLink, holder: SigningKey, clock: Clock = makeTestClock()) {
  const told: Told[] = []
  const closed: string[] = []
  let isReady: (ready: { challenge: Bytes; relayKey: Bytes; relayTime: Instant }) => void = () => {}
  const ready = new Promise<{ challenge: Bytes; relayKey: Bytes; relayTime: Instant }>(resolve => {
    isReady = resolve
  })
  const client = new StreamClient(link, holder, clock, {
    ready: (challenge, relayKey, relayTime) => isReady({ challenge, relayKey, relayTime }),
    told: message => told.push(message),
    closed: why => closed.push(why),
  })
  return { client, ready, told, closed }
}

async function logAtRelay() {
  const relay = await startLoopRelay({ now })
  const holder = makeSigningKey()
  const log = makeLog()
  const http = makeRelayClient(relay.link(), holder, makeTestClock())
  await http.createLog(log.genesisBytes, encodeCapability(capabilityOf(log, holder)))
  return { relay, holder, log, feed: new TestFeed(log) }
}

function proof(feed: TestFeed, challenge: Bytes) {
  const signature = sign(feed.key, WRITER_LABEL, writerProofBytes(challenge, feed.logId))
  return { type: 'prove-writer', logId: feed.logId, writer: feed.writer, signature } as const
}

test('StreamClient proves its holder, appends in order and is given a receipt for the run', async () => {
  const { relay, holder, feed } = await logAtRelay()
  const { client, ready } = clientOn(relay.link(), holder)
  const { challenge, relayTime } = await ready
  expect(relayTime).toBe(now())
  expect(await client.ask(proof(feed, challenge))).toMatchObject({ ok: true, value: { type: 'done' } })
  const frames = [feed.next(), feed.next(), feed.next()]
  const answers = await Promise.all(frames.map(frame => client.ask({ type: 'append', frame: frame.bytes })))
  expect(answers.map(answer => answer.ok && answer.value.type)).toEqual(['ack', 'ack', 'ack'])
  const last = answers.at(-1)
  expect(last?.ok && last.value.type === 'ack' && last.value.receipt.hash).toBe(frames.at(-1)?.hash)
})

test('StreamClient fetches what it lacks and hears what others append', async () => {
  const { relay, holder, log, feed } = await logAtRelay()
  const one = clientOn(relay.link(), holder)
  const two = clientOn(relay.link(), holder)
  await one.client.ask(proof(feed, (await one.ready).challenge))
  const [first, second] = [feed.next(), feed.next()]
  await one.client.ask({ type: 'append', frame: first.bytes })
  await two.ready
  const got: Bytes[] = []
  const end = await two.client.ask({ type: 'fetch', logId: log.logId, wants: [] }, frames => got.push(...frames))
  expect(end).toMatchObject({ ok: true, value: { type: 'end', cursor: 1 } })
  expect(got).toEqual([first.bytes])
  await two.client.ask({ type: 'watch', logs: [{ logId: log.logId, cursor: 1, wantsFrames: true }] })
  await one.client.ask({ type: 'append', frame: second.bytes })
  await expect
    .poll(() => two.told)
    .toEqual([{ type: 'push', logId: log.logId, before: 1, cursor: 2, frames: [second.bytes] }])
})

test('StreamClient lets more fetches wait than the relay would take at once', async () => {
  const { relay, holder, log } = await logAtRelay()
  const { client, ready } = clientOn(relay.link(), holder)
  await ready
  const many = Array.from({ length: 60 }, () => client.ask({ type: 'fetch', logId: log.logId, wants: [] }))
  const kinds = (await Promise.all(many)).map(answer => answer.ok && answer.value.type)
  expect(new Set(kinds)).toEqual(new Set(['end']))
})

test('StreamClient answers what is under way, and what waits, with closed when the connection ends', async () => {
  const { relay, holder, log } = await logAtRelay()
  const link = relay.link()
  const { client, ready, closed } = clientOn(link, holder)
  await ready
  const asked = Array.from({ length: 20 }, () => client.ask({ type: 'fetch', logId: log.logId, wants: [] }))
  link.setReachable(false)
  expect(await Promise.all(asked)).toEqual(asked.map(() => fail('closed')))
  expect(closed).toEqual(['closed'])
  expect(await client.ask({ type: 'ping' })).toEqual(fail('closed'))
})

/** A relay that says what the test wants. */
function scriptedLink() {
  let handlers: StreamHandlers | undefined
  const sent: Bytes[] = []
  const link: RelayLink = {
    request: async () => fail('unreachable'),
    openStream(given) {
      handlers = given
      return { send: bytes => sent.push(bytes), bufferedBytes: 0, close: () => undefined }
    },
  }
  const say = (...messages: RelayMessage[]) => handlers?.message(encodeRelayMessages(messages))
  const hello = () => say({ type: 'hello', challenge: randomBytes(32), relayKey: randomBytes(32), relayTime: now() })
  const turn = () => new Promise(resolve => setImmediate(resolve))
  return { link, sent, say, hello, turn, raw: (bytes: Bytes) => handlers?.message(bytes) }
}

test('StreamClient ends at the first thing that is not the protocol', async () => {
  const rubbish = scriptedLink()
  const one = clientOn(rubbish.link, makeSigningKey())
  rubbish.raw(randomBytes(40))
  expect(one.closed).toEqual(['nonsense'])

  const twice = scriptedLink()
  const two = clientOn(twice.link, makeSigningKey())
  twice.hello()
  twice.hello()
  await twice.turn()
  expect(two.closed).toEqual(['nonsense'])
})

test('StreamClient gives up on a relay that does not take its key', async () => {
  const relay = scriptedLink()
  const { closed } = clientOn(relay.link, makeSigningKey())
  relay.hello()
  await relay.turn()
  const asked = decodeClientMessages(relay.sent[0]!)
  const requestId = asked.ok ? asked.value[0]!.requestId : 0
  relay.say({ type: 'nack', requestId, code: 'bad-proof', retryAfterMs: 0 })
  await relay.turn()
  expect(closed).toEqual(['refused'])
})

/** A clock that stands still between calls of `pass`. */
function standingClock() {
  let nowMs = 0
  let timers: { at: number; run: () => void }[] = []
  const pass = (ms: number) => {
    nowMs += ms
    const due = timers.filter(timer => timer.at <= nowMs)
    timers = timers.filter(timer => timer.at > nowMs)
    for (const timer of due) timer.run()
  }
  const clock: Clock = {
    ...makeTestClock(),
    monotonicMs: () => nowMs,
    after(delayMs, run) {
      const timer = { at: nowMs + delayMs, run }
      timers.push(timer)
      return () => {
        timers = timers.filter(other => other !== timer)
      }
    },
  }
  return { clock, pass }
}

const messagesIn = (sent: readonly Bytes[]) =>
  sent.flatMap(bytes => {
    const messages = decodeClientMessages(bytes)
    return messages.ok ? messages.value : []
  })

test('StreamClient pings a quiet relay and leaves one that no longer answers', async () => {
  const { clock, pass } = standingClock()
  const relay = scriptedLink()
  const { closed } = clientOn(relay.link, makeSigningKey(), clock)
  relay.hello()
  await relay.turn()
  relay.say({ type: 'done', requestId: 1, relayTime: now() })
  pass(30_000)
  await relay.turn()
  expect(messagesIn(relay.sent).map(({ type }) => type)).toEqual(['prove', 'ping'])
  expect(closed).toEqual([])
  pass(30_000)
  pass(30_000)
  expect(closed).toEqual(['closed'])
})

/** A client on a relay that answers pings at once and else says nothing by itself; `minutes` pass, and `more` is said each five seconds. */
async function onRelayThatOnlyPings() {
  const { clock, pass } = standingClock()
  const relay = scriptedLink()
  const { client, ready, closed } = clientOn(relay.link, makeSigningKey(), clock)
  relay.hello()
  await relay.turn()
  relay.say({ type: 'done', requestId: 1, relayTime: now() })
  await ready
  const minutes = async (count: number, more: () => void = () => undefined) => {
    for (let at = 0; at < count * 12; at++) {
      pass(5000)
      await relay.turn()
      const asked = messagesIn(relay.sent.splice(0))
      for (const { type, requestId } of asked)
        if (type === 'ping') relay.say({ type: 'done', requestId, relayTime: now() })
      more()
    }
  }
  return { client, closed, minutes, say: relay.say }
}

test('StreamClient leaves a relay that answers its pings and not what it was asked', async () => {
  const { client, closed, minutes } = await onRelayThatOnlyPings()
  await minutes(3)
  expect(closed).toEqual([])
  const asked = client.ask({ type: 'fetch', logId: makeLog().logId, wants: [] })
  await minutes(2)
  expect(closed).toEqual(['closed'])
  expect(await asked).toEqual(fail('closed'))
})

test('StreamClient stays as long as something comes of what it asked', async () => {
  const { client, closed, minutes, say } = await onRelayThatOnlyPings()
  const asked = client.ask({ type: 'fetch', logId: makeLog().logId, wants: [] })
  await minutes(5, () => say({ type: 'frames', requestId: 2, frames: [randomBytes(300)] }))
  expect(closed).toEqual([])
  say({ type: 'end', requestId: 2, cursor: 60 })
  expect(await asked).toMatchObject({ ok: true, value: { type: 'end' } })
  await minutes(5)
  expect(closed).toEqual([])
})

test('StreamClient splits what does not fit into one message', async () => {
  const relay = scriptedLink()
  const { client, ready } = clientOn(relay.link, makeSigningKey())
  relay.hello()
  await relay.turn()
  relay.say({ type: 'done', requestId: 1, relayTime: now() })
  await ready
  const frame = randomBytes(60_000)
  for (let count = 0; count < 40; count++) void client.ask({ type: 'append', frame })
  await relay.turn()
  const batches = relay.sent.slice(1).map(bytes => decodeClientMessages(bytes))
  expect(batches.every(batch => batch.ok)).toBe(true)
  expect(batches.reduce((total, batch) => total + (batch.ok ? batch.value.length : 0), 0)).toBe(40)
  expect(batches.length).toBeGreaterThan(1)
})
