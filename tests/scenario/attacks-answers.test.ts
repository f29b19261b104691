import { expect, test, vi } from 'vitest'
import { encodeGrant, type Grant } from '#app/core/sharing/grant.ts'
import { decodeShareAnswer } from '#app/core/sharing/share-letters.ts'
import type { Session } from '#app/core/session.ts'
import { makeSigningKey } from '#crypto/keys.ts'
import { randomBytes } from '#crypto/sodium.ts'
import { DeviceId, ShareId } from '#schema/ids.ts'
import { NEVER } from '#schema/protocol/capability.ts'
import { makePerson as makeCards } from '#tests/app/core/sharing/card-kit.ts'
import { ANA, backedUp, household } from '#tests/support/household.ts'
import { makeRogue } from '#tests/support/rogue.ts'
import { type TestDevice, until } from '#tests/support/test-device.ts'
import { accept, exchange, knows, makePerson, meet, share, sharesOf } from '#tests/support/test-people.ts'

vi.setConfig({ testTimeout: 120_000 })

/** What a share is worth of which nobody who stays knows. Named after the lines of docs/threat-model.md. */
const { relay, device, phoneWithRecord } = household()

const receivedOf = async ({ session }: { readonly session: Session }, id: string) =>
  (await sharesOf(session)).received.find(one => one.shareId === id)

/** Somebody with a changed app and two devices, whom `someone` knows. */
async function eveKnownTo(someone: TestDevice) {
  const person = makeCards()
  const second = makeSigningKey()
  const eve = makeRogue(relay(), person)
  const other = makeRogue(relay(), {
    ...person,
    device: second,
    chain: [person.certify(second, person.device), ...person.chain],
  })
  const invited = await someone.session.invite()
  if (!invited.ok) throw new Error(invited.failure.kind)
  const card = await eve.inviterOf(invited.value.code)
  await eve.answer(invited.value.code, eve.cardBytes({ name: 'Eve' }))
  await exchange([someone.session], () => knows(someone.session, 'Eve'))
  return { eve, other, card }
}

test('an answer names the device that offered the share, whichever device of its giver tells of it later', async () => {
  const bea = await makePerson(device, 'Bea')
  const { eve, other, card } = await eveKnownTo(bea)
  const about = { part: 0, parts: 1, role: 'read', until: NEVER, isPaused: false, recordName: 'Eve', logs: [] } as const
  const grant: Grant = { ...about, shareId: ShareId.of(randomBytes(ShareId.size)), version: 1, seed: randomBytes(32) }
  await eve.write(card, 'grant', encodeGrant(grant))
  await exchange([bea.session], async () => (await receivedOf(bea, grant.shareId)) !== undefined)
  await other.write(card, 'grant', encodeGrant({ ...grant, version: 2, recordName: 'Eva' }))
  await exchange([bea.session], async () => (await receivedOf(bea, grant.shareId))?.recordName === 'Eva')
  expect((await bea.session.answerShare(grant.shareId, 'accept')).ok).toBe(true)
  const answers = async () =>
    (await eve.letters()).flatMap(({ kind, body }) => (kind === 'share-answer' ? decodeShareAnswer(body) : []))
  await exchange([bea.session], async () => (await answers()).length > 0)
  expect(await answers()).toEqual([
    { shareId: grant.shareId, answer: 'accepted', offeredBy: DeviceId.of(eve.device.publicKey) },
  ])
})

test('the 24 words beside a relay that was put back: what was shared since is over, and what had ended since stands until who had it says so', async () => {
  const { phone, words } = await phoneWithRecord()
  const bea = await makePerson(device, 'Bea')
  await meet(phone, bea, ['Ana', 'Bea'])
  const ended = await share(phone, 'Bea', { passphrase: ANA.passphrase })
  await accept(phone, bea, ended)
  for (const { session } of [phone, bea]) await backedUp(session)
  const mark = relay().mark()
  expect((await phone.session.stopShare(ended)).ok).toBe(true)
  await exchange([phone.session, bea.session], async () => (await receivedOf(bea, ended))?.state === 'ended')
  const since = await share(phone, 'Bea', { sections: ['results'], passphrase: ANA.passphrase })
  await accept(phone, bea, since)
  for (const { session } of [phone, bea]) await backedUp(session)
  phone.setOnline(false)
  await relay().putBack(mark)

  const tablet = await device()
  const request = { words, passphrase: ANA.passphrase, deviceName: 'tablet' }
  expect(await tablet.session.recover(request)).toEqual({ ok: true, value: undefined })
  await until(async () => (await sharesOf(tablet.session)).given.length > 0)
  expect((await sharesOf(tablet.session)).given).toMatchObject([{ shareId: ended, state: 'accepted' }])
  // While the phone counts it may tell of its share.
  for (let round = 0; round < 3; round++) await exchange([bea.session, tablet.session], async () => true)
  expect(await receivedOf(bea, since)).toMatchObject({ state: 'accepted' })
  const lost = (await tablet.session.devices()).find(one => !one.isThisOne)
  expect((await tablet.session.removeDevice(lost!.deviceId)).ok).toBe(true)
  await exchange([tablet.session, bea.session], async () => (await receivedOf(bea, since))?.state === 'ended')
  expect(await bea.session.askShared(since, 'timelineRows', [{}, 0, 100])).toBeUndefined()
  await exchange([bea.session, tablet.session], async () => {
    return (await sharesOf(tablet.session)).given[0]?.state === 'ended'
  })
  expect((await sharesOf(tablet.session)).given).toMatchObject([{ shareId: ended, endedBy: 'left' }])
})
