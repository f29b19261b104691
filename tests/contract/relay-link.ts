import { afterEach, describe, expect, test, vi } from 'vitest'
import type { RelayLink } from '#app/core/ports.ts'
import { makeRelayClient } from '#app/core/sync/relay-client.ts'
import { makeSigningKey } from '#crypto/keys.ts'
import { readyCrypto } from '#crypto/sodium.ts'
import { fail } from '#schema/result.ts'
import { encodeCapability } from '#schema/protocol/capability.ts'
import { CHALLENGE_PATH, decodeChallengeAnswer } from '#schema/protocol/http.ts'
import { decodeRelayMessages, encodeClientMessages, type RelayMessage } from '#schema/protocol/stream.ts'
import { capabilityOf, makeLog, proveMessage } from '#tests/support/signed.ts'
import { makeTestClock } from '#tests/support/test-clock.ts'
import { until } from '#tests/support/test-device.ts'

/** A way to a relay that runs. After `cut` nothing answers there any more. */
export interface LinkUnderTest {
  readonly link: RelayLink
  readonly cut: () => Promise<void>
  readonly close: () => Promise<void>
}

/** Time for a call that must not come. */
const QUIET_MS = 100

/** What every RelayLink promises. Each implementation's test calls it. */
export function describeRelayLink(name: string, make: () => Promise<LinkUnderTest>): void {
  describe(`${name} as a RelayLink`, () => {
    let made: LinkUnderTest[] = []
    async function place() {
      await readyCrypto()
      const one = await make()
      made.push(one)
      return one
    }
    afterEach(async () => {
      await Promise.all(made.map(one => one.close()))
      made = []
    })

    test('request() answers with the bytes and the status, also of a refusal', async () => {
      const { link } = await place()
      const answer = await link.request({ method: 'GET', path: CHALLENGE_PATH })
      if (!answer.ok) throw new Error(answer.failure)
      expect(answer.value.status).toBe(200)
      expect(decodeChallengeAnswer(answer.value.body).ok).toBe(true)
      expect(await link.request({ method: 'GET', path: '/v1/nothing' })).toMatchObject({ value: { status: 404 } })
    })

    test('request() brings headers and a binary body there unchanged', async () => {
      const { link } = await place()
      const [log, holder] = [makeLog(), makeSigningKey()]
      const client = makeRelayClient(link, holder, makeTestClock())
      const capability = encodeCapability(capabilityOf(log, holder))
      expect(await client.createLog(log.genesisBytes, capability)).toEqual({ ok: true, value: undefined })
      expect(await client.state(log.logId)).toMatchObject({ ok: true })
    })

    test('openStream() opens once, then brings binary messages both ways', async () => {
      const { link } = await place()
      const { stream, opened, messages } = listenTo(link)
      await until(() => messages.length > 0)
      expect(opened).toHaveBeenCalledTimes(1)
      const [hello] = messages
      if (hello?.type !== 'hello') throw new Error('The relay did not say hello')
      stream.send(encodeClientMessages([proveMessage(1, hello.challenge, makeSigningKey())]))
      await until(() => messages.length > 1)
      expect(messages[1]).toMatchObject({ type: 'done', requestId: 1 })
      await until(() => stream.bufferedBytes === 0)
    })

    test('close() is told by closed(), once, and nothing is called after it', async () => {
      const { link } = await place()
      const { stream, closed, messages } = listenTo(link)
      await until(() => messages.length > 0)
      stream.close()
      stream.close()
      await until(() => closed.mock.calls.length > 0)
      const had = messages.length
      stream.send(new Uint8Array([1]))
      await quiet()
      expect(closed).toHaveBeenCalledTimes(1)
      expect(messages).toHaveLength(had)
    })

    test('a stream closed before it opened never opens, and says closed() once', async () => {
      const { link } = await place()
      const { stream, opened, closed } = listenTo(link)
      stream.close()
      await until(() => closed.mock.calls.length > 0)
      await quiet()
      expect(opened).not.toHaveBeenCalled()
      expect(closed).toHaveBeenCalledTimes(1)
    })

    test('a relay that goes away closes the stream once, and is unreachable from then on', async () => {
      const { link, cut } = await place()
      const { closed, messages } = listenTo(link)
      await until(() => messages.length > 0)
      await cut()
      await until(() => closed.mock.calls.length > 0)
      expect(await link.request({ method: 'GET', path: CHALLENGE_PATH })).toEqual(fail('unreachable'))
      const next = listenTo(link)
      await until(() => next.closed.mock.calls.length > 0)
      await quiet()
      expect(next.opened).not.toHaveBeenCalled()
      expect([closed.mock.calls.length, next.closed.mock.calls.length]).toEqual([1, 1])
    })
  })
}

function listenTo(link: RelayLink) {
  const messages: RelayMessage[] = []
  const [opened, closed] = [vi.fn<() => void>(), vi.fn<() => void>()]
  const stream = link.openStream({
    opened,
    closed,
    message(bytes) {
      const decoded = decodeRelayMessages(bytes)
      if (!decoded.ok) throw new Error(`Cannot read the relay's message: ${decoded.failure}`)
      messages.push(...decoded.value)
    },
  })
  return { stream, opened, closed, messages }
}

const quiet = () => new Promise(resolve => setTimeout(resolve, QUIET_MS))
