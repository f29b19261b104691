import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { makeSigningKey, type SigningKey } from '#crypto/keys.ts'
import { randomBytes, readyCrypto } from '#crypto/sodium.ts'
import { concat, toHex } from '#schema/bytes.ts'
import { instant } from '#schema/instant.ts'
import { encodeCapability, RIGHTS } from '#schema/protocol/capability.ts'
import { capabilityPath, DROP_HEADER, LOGS_PATH, logPath, mailboxPath } from '#schema/protocol/http.ts'
import {
  decodePushKey,
  encodePushEnd,
  encodePushSubscription,
  END_PUSH_PATH,
  logPushPath,
  mailboxPushPath,
  PUSH_PATH,
  type PushSubscription,
} from '#schema/protocol/push.ts'
import { ok } from '#schema/result.ts'
import type { Limits } from '#sync-server/limits/limits.ts'
import type { PushOutcome } from '#sync-server/push/post.ts'
import { makeVapidKey, openVapidKey } from '#sync-server/push/vapid.ts'
import {
  capabilityOf,
  dropToken,
  mailboxOf,
  makeLog,
  proveMessage,
  TestFeed,
  type TestLog,
} from '../../support/signed.ts'
import { TestRelay } from '../../support/test-relay.ts'

/** Waking devices, from subscription to what leaves; the push service is a list here, and a real one in ../push/post.test.ts. */

const key = openVapidKey(makeVapidKey())
const ENDPOINT = 'https://push.example/ana-phone'

let relay: TestRelay
let log: TestLog
let owner: SigningKey
/** Reads the log by a grant. */
let reader: SigningKey
/** By which the reader's device connects. */
let device: SigningKey
let sent: string[]
let outcome: PushOutcome
beforeAll(readyCrypto)
beforeEach(async () => {
  await start()
})

async function start(limits: Partial<Limits> = {}) {
  sent = []
  outcome = 'sent'
  const post = async (endpoint: URL) => {
    sent.push(endpoint.href)
    return outcome
  }
  relay = new TestRelay(limits, { push: { hosts: ['push.example'], key, post } })
  log = makeLog()
  ;[owner, reader, device] = [makeSigningKey(), makeSigningKey(), makeSigningKey()]
  await createLog(log, owner)
  await register(reader)
}

async function createLog(made: TestLog, by: SigningKey) {
  const body = concat(made.genesisBytes, encodeCapability(capabilityOf(made, by)))
  expect((await relay.request('POST', LOGS_PATH, { body })).status).toBe(201)
}

async function register(holder: SigningKey, rights: number = RIGHTS.read | RIGHTS.append) {
  const capability = capabilityOf(log, holder, { rights })
  const body = encodeCapability(capability)
  expect((await relay.request('POST', logPath(log.logId, 'caps'), { body })).status).toBe(200)
  return capability
}

function subscribe(by = reader, more: Partial<PushSubscription> = {}, path = logPushPath(log.logId)) {
  const body = encodePushSubscription({ device: device.publicKey, endpoint: ENDPOINT, ...more })
  return relay.signed(by, 'POST', path, { body })
}

/** `writer` says something, and what is due leaves. */
async function say(
  writer: SigningKey,
  { kind = 'ops', isQuiet = false }: { kind?: 'ops' | 'heads' | 'control'; isQuiet?: boolean } = {},
) {
  const socket = relay.connect()
  const frame = new TestFeed(log).next(kind)
  const type = isQuiet ? ('append-quietly' as const) : ('append' as const)
  const answers = await socket.send(proveMessage(1, socket.challenge, writer), {
    type,
    requestId: 2,
    frame: frame.bytes,
  })
  expect(answers.map(answer => answer.type)).toEqual(['done', 'ack'])
  socket.connection.close()
  await turns()
  await relay.relay.waker.send()
}

async function turns() {
  for (let turn = 0; turn < 8; turn++) await new Promise(resolve => setImmediate(resolve))
}

async function pass(ms: number) {
  relay.nowMs += ms
  await relay.relay.waker.send()
}

test('the relay’s key is for everybody, and there is none where the operator has no push', async () => {
  const answer = await relay.request('GET', PUSH_PATH)
  expect(decodePushKey(answer.body)).toEqual(ok(key.publicKey))
  const without = new TestRelay()
  expect((await without.request('GET', PUSH_PATH)).refusal?.code).toBe('not-found')
})

test('a device that is away is told once that something came', async () => {
  expect((await subscribe()).status).toBe(200)
  await say(owner)
  expect(sent).toEqual([ENDPOINT])
})

describe('who may subscribe', () => {
  test('whoever may read the log, by a signed request alone', async () => {
    const body = encodePushSubscription({ device: device.publicKey, endpoint: ENDPOINT })
    expect((await relay.request('POST', logPushPath(log.logId), { body })).refusal?.code).toBe('bad-proof')
    expect((await subscribe(makeSigningKey())).refusal?.code).toBe('not-allowed')
    const writer = makeSigningKey()
    await register(writer, RIGHTS.append)
    expect((await subscribe(writer)).refusal?.code).toBe('not-allowed')
  })

  test('to a mailbox whoever has its read key', async () => {
    const readKey = makeSigningKey()
    const path = mailboxPushPath(mailboxOf(readKey))
    expect((await subscribe(reader, {}, path)).refusal?.code).toBe('not-allowed')
    expect((await subscribe(readKey, {}, path)).status).toBe(200)
    const init = { body: randomBytes(40), headers: { [DROP_HEADER]: dropToken(readKey) } }
    expect((await relay.request('POST', mailboxPath(mailboxOf(readKey)), init)).status).toBe(201)
    await turns()
    await relay.relay.waker.send()
    expect(sent).toEqual([ENDPOINT])
  })

  test('for a host on the operator’s list', async () => {
    for (const endpoint of ['https://other.example/x', 'http://push.example/x', 'https://push.example:444/x', 'x']) {
      expect((await subscribe(reader, { endpoint })).refusal?.code).toBe('not-allowed')
    }
    expect((await relay.signed(reader, 'POST', logPushPath(log.logId), { body: randomBytes(9) })).status).toBe(400)
  })

  test('within the relay’s room', async () => {
    await start({ pushDevices: 2, pushDevicesPerTopic: 1, pushTopicsPerDevice: 1 })
    expect((await subscribe()).status).toBe(200)
    expect((await subscribe()).status).toBe(200)
    expect((await subscribe(reader, { endpoint: `${ENDPOINT}-2` })).refusal?.code).toBe('quota')
    const [first, second] = [makeSigningKey(), makeSigningKey()]
    expect((await subscribe(first, {}, mailboxPushPath(mailboxOf(first)))).refusal?.code).toBe('quota')
    const other = { endpoint: `${ENDPOINT}-2` }
    expect((await subscribe(first, other, mailboxPushPath(mailboxOf(first)))).status).toBe(200)
    const third = { endpoint: `${ENDPOINT}-3` }
    expect((await subscribe(second, third, mailboxPushPath(mailboxOf(second)))).refusal?.code).toBe('quota')
  })
})

describe('who is not woken', () => {
  test('a device that is connected, until it is not any more', async () => {
    await subscribe()
    const [one, two] = [relay.connect(), relay.connect()]
    for (const socket of [one, two]) await socket.send(proveMessage(1, socket.challenge, device))
    await say(owner)
    one.connection.close()
    await say(owner)
    expect(sent).toEqual([])
    two.connection.close()
    await pass(120_000)
    expect(sent).toEqual([])
    await say(owner)
    expect(sent).toEqual([ENDPOINT])
  })

  test('whoever wrote it, on any of their devices', async () => {
    await subscribe()
    await say(reader)
    const second = makeSigningKey()
    await register(second, RIGHTS.read | RIGHTS.append | RIGHTS.manage)
    await subscribe(second, { endpoint: `${ENDPOINT}-owner`, device: second.publicKey })
    await say(owner)
    expect(sent).toEqual([ENDPOINT])
  })

  test('anybody, by what says nothing to others', async () => {
    await subscribe()
    await say(owner, { isQuiet: true })
    await say(owner, { kind: 'heads' })
    await say(owner, { kind: 'control' })
    expect(sent).toEqual([])
  })

  test('whoever may read no more', async () => {
    const second = makeSigningKey()
    const capability = await register(second)
    await subscribe(second)
    await relay.signed(owner, 'DELETE', capabilityPath(log.logId, capability.id))
    await say(owner)
    expect(sent).toEqual([])
  })

  test('a device that ended it', async () => {
    await subscribe()
    expect((await relay.request('POST', END_PUSH_PATH, { body: encodePushEnd(ENDPOINT) })).status).toBe(200)
    expect((await relay.request('POST', END_PUSH_PATH, { body: encodePushEnd(ENDPOINT) })).status).toBe(200)
    expect((await relay.request('POST', END_PUSH_PATH, { body: randomBytes(3) })).status).toBe(400)
    await say(owner)
    expect(sent).toEqual([])
  })

  test('one that has not renewed it for sixty days; a day less is fine', async () => {
    await subscribe()
    relay.nowMs += 60 * 86_400_000
    await relay.relay.store.sweep(instant(relay.nowMs))
    await say(owner)
    expect(sent).toEqual([ENDPOINT])
    relay.nowMs += 1
    await relay.relay.store.sweep(instant(relay.nowMs))
    relay.nowMs += 86_400_000
    await say(owner)
    expect(sent).toEqual([ENDPOINT])
  })
})

describe('how often', () => {
  test('what comes within a minute is one push at its end, then after two minutes, and at once again after it was connected', async () => {
    await subscribe()
    await say(owner)
    for (let count = 0; count < 5; count++) await say(owner)
    await pass(59_999)
    expect(sent).toHaveLength(1)
    await pass(1)
    expect(sent).toHaveLength(2)
    await pass(600_000)
    expect(sent).toHaveLength(2)
    await say(owner)
    await say(owner)
    await pass(239_999)
    expect(sent).toHaveLength(3)
    const socket = relay.connect()
    await socket.send(proveMessage(1, socket.challenge, device))
    socket.connection.close()
    await turns()
    await pass(1)
    expect(sent).toHaveLength(3)
    await pass(60_000)
    await say(owner)
    expect(sent).toHaveLength(4)
  })

  test('a log that two devices subscribed wakes each, and a device with two logs once', async () => {
    await subscribe()
    await subscribe(reader, { endpoint: `${ENDPOINT}-2`, device: makeSigningKey().publicKey })
    const readKey = makeSigningKey()
    await subscribe(readKey, {}, mailboxPushPath(mailboxOf(readKey)))
    await relay.request('POST', mailboxPath(mailboxOf(readKey)), {
      body: randomBytes(40),
      headers: { [DROP_HEADER]: dropToken(readKey) },
    })
    await say(owner)
    expect(sent.toSorted()).toEqual([ENDPOINT, `${ENDPOINT}-2`])
  })

  test('nothing in quiet hours, and once at their end', async () => {
    relay.nowMs = Date.parse('2027-01-10T23:00:00Z')
    await subscribe(reader, { quiet: { fromMinute: 22 * 60, toMinute: 7 * 60 } })
    await say(owner)
    await say(owner)
    await pass(8 * 3600_000 - 1)
    expect(sent).toEqual([])
    await pass(1)
    expect(sent).toEqual([ENDPOINT])
  })

  test('without quiet hours again once it is renewed without', async () => {
    relay.nowMs = Date.parse('2027-01-10T23:00:00Z')
    await subscribe(reader, { quiet: { fromMinute: 22 * 60, toMinute: 7 * 60 } })
    await subscribe()
    await say(owner)
    expect(sent).toEqual([ENDPOINT])
  })
})

describe('what a push service says', () => {
  test('gone: nothing of the endpoint is left', async () => {
    await subscribe()
    outcome = 'gone'
    await say(owner)
    outcome = 'sent'
    relay.nowMs += 3600_000
    await say(owner)
    expect(sent).toEqual([ENDPOINT])
  })

  test('an error is tried three times, and the next arrival begins anew', async () => {
    await subscribe()
    outcome = 'failed'
    await say(owner)
    await pass(30_000)
    await pass(60_000)
    await pass(3600_000)
    expect(sent).toHaveLength(3)
    outcome = 'sent'
    await say(owner)
    expect(sent).toHaveLength(4)
  })
})

test('neither the relay’s lines nor its counts say where a push went', async () => {
  await subscribe()
  await say(owner)
  expect(relay.lines.join('\n')).not.toContain('push.example')
  expect(await relay.relay.metrics.text()).toContain('wellkeep_pushes{outcome="sent"} 1')
  expect(await relay.relay.metrics.text()).not.toContain(toHex(device.publicKey).slice(0, 8))
})
