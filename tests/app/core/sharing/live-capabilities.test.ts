import { beforeAll, expect, test } from 'vitest'
import { deviceCapability, deviceCapabilityId } from '#app/core/home/own-capability.ts'
import { succeedOwner } from '#app/core/home/registration.ts'
import { makeGenesis } from '#app/core/log/create-log.ts'
import { putCapability, putShare } from '#app/core/sharing/given-changes.ts'
import { type GivenDocument, readGiven } from '#app/core/sharing/given-document.ts'
import { grantKeys } from '#app/core/sharing/grant.ts'
import { liveIn, restoreLive, shareCapability } from '#app/core/sharing/live-capabilities.ts'
import { makeRelayClient } from '#app/core/sync/relay-client.ts'
import { makeSigningKey } from '#crypto/keys.ts'
import { randomBytes, readyCrypto } from '#crypto/sodium.ts'
import { CapabilityId, ContactId, DeviceId, ShareId } from '#schema/ids.ts'
import { instant } from '#schema/instant.ts'
import { NEVER } from '#schema/protocol/capability.ts'
import { ok } from '#schema/result.ts'
import { change, init } from '@automerge/automerge'
import { startLoopRelay } from '#tests/support/loop-link.ts'
import { makeTestClock } from '#tests/support/test-clock.ts'

beforeAll(readyCrypto)

const clock = makeTestClock()

/** A log at a relay, and a share of it that has a capability there. */
async function shareAtRelay() {
  const relay = await startLoopRelay({ now: () => clock.now() })
  const [owner, next, phone] = [makeSigningKey(), makeSigningKey(), makeSigningKey()]
  const { bytes: genesis, logId } = makeGenesis('section', owner, randomBytes(16), randomBytes(32))
  const client = makeRelayClient(relay.link(), phone, clock)
  await client.createLog(genesis, deviceCapability(logId, phone.publicKey, owner))
  const { principal, holder } = grantKeys(randomBytes(32))
  const [id, device] = [ShareId.of(randomBytes(ShareId.size)), DeviceId.of(randomBytes(DeviceId.size))]
  const made = { logId, id: CapabilityId.of(randomBytes(CapabilityId.size)), notAfter: NEVER, principal }
  const [share] = readGiven(
    change(init<GivenDocument>(), doc => {
      const contact = ContactId.of(randomBytes(ContactId.size))
      const about = { id, contact, role: 'read', until: NEVER, withHistory: true, createdAt: instant(1) } as const
      const grant = { principal, holderKey: holder.publicKey, kemMark: randomBytes(32), by: device }
      putShare(doc, { ...about, ...grant, sections: ['problems'], since: new Map() })
      putCapability(doc, id, made)
    }),
  )
  if (share === undefined) throw new Error('No share')
  const registered = async () => {
    const state = await client.ownerState(logId)
    return state.ok ? state.value.capabilities : []
  }
  return {
    relay,
    client,
    owner,
    next,
    made,
    share,
    live: liveIn([share], 'problems', logId),
    guest: makeRelayClient(relay.link(), holder, clock),
    registered,
    /** As a device does that knows of no share. */
    succeed: () =>
      succeedOwner(client, logId, next, [owner], async () => ok([deviceCapabilityId(phone.publicKey, logId)])),
  }
}

test('restoreLive() registers what the relay does not serve, and nothing that it does', async () => {
  const { relay, client, owner, made, live, guest, registered } = await shareAtRelay()
  expect(live).toMatchObject([{ made }])
  expect((await guest.state(made.logId)).ok).toBe(false)
  expect(await restoreLive(client, [owner], live, await registered())).toEqual(ok([]))
  expect((await guest.state(made.logId)).ok).toBe(true)
  const nobody = { ...client, registerCapability: () => Promise.reject(new Error('Asked for nothing')) }
  expect(await restoreLive(nobody, [owner], live, await registered())).toEqual(ok([]))
  await relay.stop()
})

test('restoreLive() answers what a succession of O ended that did not know of it; it cannot come back', async () => {
  const { relay, client, owner, next, made, share, live, guest, registered, succeed } = await shareAtRelay()
  await client.registerCapability(made.logId, shareCapability(share, made, owner))
  expect((await guest.state(made.logId)).ok).toBe(true)
  expect((await succeed()).ok).toBe(true)
  expect((await guest.state(made.logId)).ok).toBe(false)
  expect(await restoreLive(client, [next, owner], live, await registered())).toEqual(ok(live))
  expect((await guest.state(made.logId)).ok).toBe(false)
  const other = { ...made, id: CapabilityId.of(randomBytes(CapabilityId.size)) }
  await client.registerCapability(made.logId, shareCapability(share, other, next))
  expect((await guest.state(made.logId)).ok).toBe(true)
  await relay.stop()
})
