import { beforeAll, expect, test } from 'vitest'
import type { HttpAnswer, HttpRequest, RelayLink } from '#app/core/ports.ts'
import { makeRelayClient } from '#app/core/sync/relay-client.ts'
import { signOwner, signPrune } from '#crypto/capability.ts'
import { blobIdOf } from '#crypto/hash.ts'
import { makeSigningKey } from '#crypto/keys.ts'
import { randomBytes, readyCrypto } from '#crypto/sodium.ts'
import { fromHex, utf8 } from '#schema/bytes.ts'
import { instant } from '#schema/instant.ts'
import { encodeCapability, NEVER } from '#schema/protocol/capability.ts'
import { encodeOwner, encodePrune } from '#schema/protocol/owner.ts'
import { CHALLENGE_LIFE_MS, DROP_HEADER } from '#schema/protocol/http.ts'
import { ok, type Result } from '#schema/result.ts'
import { startLoopRelay } from '#tests/support/loop-link.ts'
import { capabilityOf, dropToken, mailboxOf, makeLog } from '#tests/support/signed.ts'
import { makeTestClock } from '#tests/support/test-clock.ts'

beforeAll(readyCrypto)

const START = 1_800_000_000_000

async function world() {
  let nowMs = START
  const relay = await startLoopRelay({ now: () => instant(nowMs) })
  const link = relay.link()
  const holder = makeSigningKey()
  const clock = makeTestClock()
  const client = makeRelayClient(link, holder, { ...clock, monotonicMs: () => nowMs })
  const log = makeLog()
  const capability = capabilityOf(log, holder)
  const pass = (ms: number) => {
    nowMs += ms
  }
  return { relay, link, holder, client, log, capability, pass }
}

function linkThat(answer: (request: HttpRequest) => Result<HttpAnswer, 'unreachable'>): RelayLink {
  return {
    request: async request => answer(request),
    openStream: () => {
      throw new Error('Cannot open a stream here')
    },
  }
}

test('makeRelayClient() makes a log, says how it stands and deletes it', async () => {
  const { client, log, capability } = await world()
  expect(await client.state(log.logId)).toEqual({ ok: false, failure: { kind: 'refused', code: 'unknown-log' } })
  expect((await client.createLog(log.genesisBytes, encodeCapability(capability))).ok).toBe(true)
  expect((await client.createLog(log.genesisBytes, encodeCapability(capability))).ok).toBe(true)
  const state = await client.state(log.logId)
  expect(state.ok && state.value).toMatchObject({ ownerNumber: 0, cursor: 0, feeds: [] })
  expect(await client.allFrames(log.logId)).toEqual(ok([]))
  expect(await client.deleteLog(log.logId)).toEqual(ok(undefined))
  expect(await client.state(log.logId)).toMatchObject({ ok: false, failure: { code: 'gone' } })
})

test('makeRelayClient() keeps blobs that are what their id says', async () => {
  const { client, log, capability } = await world()
  await client.createLog(log.genesisBytes, encodeCapability(capability))
  const bytes = randomBytes(5000)
  expect(await client.putBlob(log.logId, blobIdOf(bytes), bytes)).toEqual(ok(undefined))
  expect(await client.getBlob(log.logId, blobIdOf(bytes))).toEqual(ok(bytes))
  const other = blobIdOf(randomBytes(8))
  expect(await client.putBlob(log.logId, other, bytes)).toMatchObject({ ok: false, failure: { code: 'wrong-hash' } })
  expect(await client.getBlob(log.logId, other)).toMatchObject({ ok: false, failure: { code: 'not-found' } })
})

test('makeRelayClient() registers, succeeds O, and is refused once its capability ended', async () => {
  const { client, log, capability, link } = await world()
  await client.createLog(log.genesisBytes, encodeCapability(capability))
  const second = makeSigningKey()
  const other = makeRelayClient(link, second, makeTestClock())
  expect(await other.state(log.logId)).toMatchObject({ ok: false, failure: { code: 'not-allowed' } })
  const theirs = capabilityOf(log, second)
  expect(await other.registerCapability(log.logId, encodeCapability(theirs))).toEqual(ok(undefined))
  const known = await client.ownerState(log.logId)
  expect(known).toMatchObject({ ok: true, value: { number: 0 } })
  expect(known.ok && known.value.capabilities.toSorted()).toEqual([capability.id, theirs.id].toSorted())

  const next = makeSigningKey()
  const body = { logId: log.logId, number: 1, nextOwnerKey: next.publicKey, staying: [capability.id] }
  const record = encodeOwner(signOwner(body, log.owner))
  expect(await client.succeedOwner(log.logId, record)).toEqual(ok(undefined))
  expect(await other.state(log.logId)).toMatchObject({ ok: false, failure: { code: 'not-allowed' } })
  const late = encodeOwner(signOwner({ ...body, number: 3 }, next))
  expect(await client.succeedOwner(log.logId, late)).toEqual({
    ok: false,
    failure: { kind: 'refused', code: 'stale', ownerNumber: 1 },
  })
  expect(await client.revokeCapability(log.logId, capability.id)).toEqual(ok(undefined))
  expect(await client.ownerState(log.logId)).toMatchObject({ ok: false, failure: { kind: 'refused' } })
})

test('makeRelayClient() sends a prune as it was signed', async () => {
  const { client, log, capability } = await world()
  await client.createLog(log.genesisBytes, encodeCapability(capability))
  const base = { writer: capabilityOf(log, makeSigningKey()).logId.padEnd(64, '0') as never, seq: 0 }
  const body = { logId: log.logId, base: { ...base, hash: blobIdOf(randomBytes(1)) as never }, covers: [], blobs: [] }
  const answer = await client.prune(log.logId, encodePrune(signPrune(body, log.owner)))
  expect(answer).toMatchObject({ ok: false, failure: { code: 'no-base' } })
})

test('makeRelayClient() drops into a mailbox, takes what lies there and removes it', async () => {
  const { client } = await world()
  const readKey = makeSigningKey()
  const item = utf8('sealed')
  const token = fromHex(dropToken(readKey, NEVER))!
  expect(await client.drop(mailboxOf(readKey), token, item)).toEqual(ok(undefined))
  const taken = await client.take(readKey)
  expect(taken.ok && taken.value.map(one => one.item)).toEqual([item])
  if (!taken.ok) return
  const [there] = taken.value
  // It came with other bytes than it has there.
  expect(await client.remove(readKey, { ...there!, item: utf8('damaged') })).toEqual(ok(undefined))
  expect(await client.take(readKey)).toEqual(taken)
  expect(await client.remove(readKey, there!)).toEqual(ok(undefined))
  expect(await client.take(readKey)).toEqual(ok([]))
})

test('makeRelayClient() asks for a new challenge when its own is too old, and knows the relay’s time', async () => {
  const { client, log, capability, pass } = await world()
  await client.createLog(log.genesisBytes, encodeCapability(capability))
  expect(client.relayTime()).toBeUndefined()
  expect((await client.state(log.logId)).ok).toBe(true)
  expect(client.relayTime()?.relay).toBe(START)
  pass(CHALLENGE_LIFE_MS + 1)
  expect((await client.state(log.logId)).ok).toBe(true)
  expect(client.relayTime()?.relay).toBe(START + CHALLENGE_LIFE_MS + 1)
})

test('makeRelayClient() tells a relay that is away from one that talks rubbish', async () => {
  const { client, link, log } = await world()
  link.setReachable(false)
  expect(await client.state(log.logId)).toEqual({ ok: false, failure: { kind: 'unreachable' } })
  const holder = makeSigningKey()
  const clock = makeTestClock()
  const answers: [HttpAnswer, string][] = [
    [{ status: 200, body: utf8('<html>hello</html>') }, 'nonsense'],
    [{ status: 404, body: utf8('<html>nobody here</html>') }, 'nonsense'],
    [{ status: 502, body: utf8('<html>bad gateway</html>') }, 'unreachable'],
    [{ status: 429, body: utf8('{"code":"rate","retryAfterMs":70}') }, 'refused'],
  ]
  for (const [answer, kind] of answers) {
    const rubbish = makeRelayClient(
      linkThat(() => ok(answer)),
      holder,
      clock,
    )
    expect(await rubbish.state(log.logId)).toMatchObject({ ok: false, failure: { kind } })
  }
})

test('a mailbox learns nothing of who drops: no key, no signature, nothing but the reader’s own token goes with a letter', async () => {
  const asked: HttpRequest[] = []
  const link = linkThat(request => {
    asked.push(request)
    return ok({ status: 201, body: new Uint8Array(0) })
  })
  const [holder, box] = [makeSigningKey(), makeSigningKey()]
  const client = makeRelayClient(link, holder, makeTestClock())
  const token = fromHex(dropToken(box))!
  expect((await client.drop(mailboxOf(box), token, randomBytes(9))).ok).toBe(true)
  expect(asked).toHaveLength(1)
  expect(Object.keys(asked[0]!.headers ?? {})).toEqual([DROP_HEADER])
  expect(JSON.stringify(asked[0])).not.toContain(Buffer.from(holder.publicKey).toString('hex'))
})
