import { beforeAll, expect, test } from 'vitest'
import { grantKeys } from '#app/core/sharing/grant.ts'
import { endAgain, endForGood, probeEnded } from '#app/core/sharing/ended-capabilities.ts'
import { deviceCapability } from '#app/core/home/own-capability.ts'
import { isRefused, succeedOwner } from '#app/core/home/registration.ts'
import { makeRelayClient } from '#app/core/sync/relay-client.ts'
import { makeGenesis } from '#app/core/log/create-log.ts'
import { signCapability } from '#crypto/capability.ts'
import { makeSigningKey } from '#crypto/keys.ts'
import { randomBytes, readyCrypto } from '#crypto/sodium.ts'
import { CapabilityId, PrincipalId } from '#schema/ids.ts'
import { instant } from '#schema/instant.ts'
import { encodeCapability, NEVER, RIGHTS } from '#schema/protocol/capability.ts'
import { ok } from '#schema/result.ts'
import { startLoopRelay } from '#tests/support/loop-link.ts'
import { makeTestClock } from '#tests/support/test-clock.ts'

beforeAll(readyCrypto)

const clock = makeTestClock()

/** A log at a relay, a capability that a share of it had and has no more, and an O that a removal of a device has only planned. */
async function shareThatEnded() {
  const relay = await startLoopRelay({ now: () => clock.now() })
  const [taken, planned, holder] = [makeSigningKey(), makeSigningKey(), makeSigningKey()]
  const { bytes: genesis, logId } = makeGenesis('section', taken, randomBytes(16), randomBytes(32))
  const client = makeRelayClient(relay.link(), holder, clock)
  await client.createLog(genesis, deviceCapability(logId, holder.publicKey, taken))
  const recipient = grantKeys(randomBytes(32)).holder
  const ended = {
    logId,
    id: CapabilityId.of(randomBytes(CapabilityId.size)),
    endedAt: clock.now(),
    principal: PrincipalId.of(recipient.publicKey),
  }
  const bounds = { rights: RIGHTS.read, notBefore: instant(0), notAfter: NEVER, quotaBytes: 9 }
  const given = (owner = taken) =>
    encodeCapability(signCapability({ id: ended.id, logId, holderKey: recipient.publicKey, ...bounds }, owner))
  const served = async () => {
    const state = await client.ownerState(logId)
    return state.ok ? state.value.capabilities : []
  }
  return { relay, client, logId, taken, planned, recipient, ended, given, served }
}

test('what a relay serves again is ended while the removal of a device has planned an O that the relay has not taken', async () => {
  const { relay, client, logId, taken, planned, recipient, ended, given, served } = await shareThatEnded()
  await client.registerCapability(logId, given())
  const guest = makeRelayClient(relay.link(), recipient, clock)
  expect((await guest.state(logId)).ok).toBe(true)
  // Known, for it is served.
  expect(await probeEnded(client, [planned, taken], [ended])).toEqual(ok('there'))
  expect(await served()).toContain(ended.id)
  expect(await endAgain(client, [planned, taken], [ended])).toEqual(ok('restored'))
  expect((await guest.state(logId)).ok).toBe(false)
  expect(isRefused(await client.registerCapability(logId, given()), 'stale')).toBe(true)
  expect(await probeEnded(client, [planned, taken], [ended])).toEqual(ok('there'))
  expect(await served()).not.toContain(ended.id)
  await relay.stop()
})

test('what the relay never heard of is ended for good under whichever O it obeys by then', async () => {
  const { relay, client, logId, taken, planned, ended, given } = await shareThatEnded()
  await succeedOwner(client, logId, planned, [taken], async registered => ok(registered))
  expect(await endForGood(client, ended, [taken, planned])).toEqual(ok(undefined))
  expect(isRefused(await client.registerCapability(logId, given(planned)), 'stale')).toBe(true)
  await relay.stop()
})
