import { expect, test, vi } from 'vitest'
import { makeRelayClient } from '#app/core/sync/relay-client.ts'
import type { Session } from '#app/core/session.ts'
import { makeSigningKey } from '#crypto/keys.ts'
import type { LogId } from '#schema/ids.ts'
import { type Capability, RIGHTS } from '#schema/protocol/capability.ts'
import { condition, household, shows, titles } from '#tests/support/household.ts'
import { capabilitiesOf } from '#tests/support/capabilities-of.ts'
import { type TestDevice, until } from '#tests/support/test-device.ts'
import { accept, exchange, makePerson, meet, pair, passphraseOf, share } from '#tests/support/test-people.ts'

vi.setConfig({ testTimeout: 60_000 })

/** A recipient who may add has lost a device of theirs, or who shares one of their own. Named after the lines of docs/threat-model.md. */
const { relay, device, clock } = household()

const seen = async (session: Session, id: string) =>
  (await session.askShared(id, 'timelineRows', [{}, 0, 100]))?.map(row => row.title).toSorted()
const sees = (session: Session, id: string, expected: readonly string[]) =>
  until(async () => (await seen(session, id))?.join() === expected.join())
const add = async ({ session }: TestDevice, id: string, title: string) =>
  expect((await session.askShared(id, 'addEntry', [condition(title)]))?.ok).toBe(true)

async function framesAt(logId: LogId): Promise<number> {
  const reader = makeSigningKey()
  await relay().inject(logId, reader.publicKey)
  const frames = await makeRelayClient(relay().link(), reader, clock).allFrames(logId)
  if (!frames.ok) throw new Error(frames.failure.kind)
  return frames.value.length
}

/** Ana shares with Bea, who may add and has a phone and a tablet; the phone is stolen as it was then. */
async function anaAndBea() {
  const [ana, phone] = [await makePerson(device, 'Ana'), await makePerson(device, 'Bea')]
  const capabilities = capabilitiesOf(ana)
  await meet(ana, phone, ['Ana', 'Bea'])
  await ana.session.addEntry(condition('Asthma'))
  const id = await share(ana, 'Bea', { role: 'write' })
  await accept(ana, phone, id)
  const tablet = await device()
  await pair(phone, tablet, passphraseOf('Bea'))
  await sees(tablet.session, id, ['Asthma'])
  await add(phone, id, 'By phone')
  await add(tablet, id, 'By tablet')
  const before = ['Asthma', 'By phone', 'By tablet']
  await shows(ana.session, before)
  for (const { session } of [phone, tablet]) await sees(session, id, before)
  phone.setOnline(false)
  const robbed = phone.disk.clone()
  return { ana, tablet, id, before, robbed, capabilities }
}

test('a stolen device of somebody who may see and add adds nothing after its removal, and the others go on', async () => {
  const { ana, tablet, id, before, robbed, capabilities } = await anaAndBea()
  const [old] = capabilities.slice(-1)
  const logId = old!.logId
  const stolen = (await tablet.session.devices()).find(one => !one.isThisOne)
  expect((await tablet.session.removeDevice(stolen!.deviceId)).ok).toBe(true)
  // In this order the tablet has not looked for mail since.
  await exchange([tablet.session, ana.session], async () => capabilities.at(-1) !== old)
  expect(capabilities.at(-1)?.holderKey).not.toEqual(old?.holderKey)
  // Written before the tablet has heard, and refused until then.
  await add(tablet, id, 'Between')
  expect(await titles(ana.session)).toEqual(before)
  await exchange([tablet.session], async () => (await titles(ana.session)).includes('Between'))
  await add(tablet, id, 'Later')
  await ana.session.addEntry(condition('Migraine'))
  const after = [...before, 'Between', 'Later', 'Migraine'].toSorted()
  await shows(ana.session, after)
  await sees(tablet.session, id, after)

  const frames = await framesAt(logId)
  const thief = await device({ disk: robbed })
  expect((await thief.session.unlock(passphraseOf('Bea'))).ok).toBe(true)
  await sees(thief.session, id, before)
  await add(thief, id, 'Forged')
  for (let times = 0; times < 3; times++) await thief.session.checkMail()
  expect(await framesAt(logId)).toBe(frames)
  // A relay that means harm takes it all the same.
  await relay().inject(logId, old!.holderKey)
  thief.setOnline(false)
  thief.setOnline(true)
  await until(async () => (await framesAt(logId)) > frames)
  await add(tablet, id, 'At last')
  await shows(ana.session, ['At last', ...after].toSorted())
  await sees(tablet.session, id, ['At last', ...after].toSorted())
  expect(await seen(thief.session, id)).not.toContain('Later')
})

test('a stolen device that had let somebody in cannot act in their name after its removal, and they go on', async () => {
  const [ana, bea] = [await makePerson(device, 'Ana'), await makePerson(device, 'Bea')]
  const isShares = ({ rights }: Capability) => rights === (RIGHTS.read | RIGHTS.append)
  const byPhone = capabilitiesOf(ana)
  await meet(ana, bea, ['Ana', 'Bea'])
  await ana.session.addEntry(condition('Asthma'))
  const id = await share(ana, 'Bea', { role: 'write' })
  await accept(ana, bea, id)
  await sees(bea.session, id, ['Asthma'])
  await add(bea, id, 'Before')
  await shows(ana.session, ['Asthma', 'Before'])
  const old = byPhone.find(isShares)!
  const tablet = await device()
  const byTablet = capabilitiesOf(tablet)
  await pair(ana, tablet)
  await shows(tablet.session, ['Asthma', 'Before'])
  ana.setOnline(false)
  const stolen = (await tablet.session.devices()).find(one => !one.isThisOne)
  expect((await tablet.session.removeDevice(stolen!.deviceId)).ok).toBe(true)
  await exchange([tablet.session, bea.session], async () => byTablet.some(isShares))
  const next = byTablet.find(isShares)!
  expect([next.logId, next.holderKey]).not.toEqual([old.logId, old.holderKey])
  const reader = makeSigningKey()
  await relay().inject(old.logId, reader.publicKey)
  const served = await makeRelayClient(relay().link(), reader, clock).ownerState(old.logId)
  expect(served.ok && served.value.capabilities).toContain(next.id)
  expect(served.ok && served.value.capabilities).not.toContain(old.id)
  await exchange([tablet.session, bea.session], async () => {
    const added = await bea.session.askShared(id, 'addEntry', [condition('After')])
    return added?.ok === true
  })
  await until(async () => (await titles(tablet.session)).includes('After'))
})
