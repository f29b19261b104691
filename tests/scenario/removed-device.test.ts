import { expect, test, vi } from 'vitest'
import { backedUp, condition, household, shows } from '#tests/support/household.ts'
import { lootOf, readableWith } from '#tests/support/removed-reader.ts'
import { firstStatus, type TestDevice, until } from '#tests/support/test-device.ts'
import { accept, contactOf, exchange, givenOf, makePerson, meet, pair, share } from '#tests/support/test-people.ts'

vi.setConfig({ testTimeout: 180_000 })

const { device, relay } = household()

/** Ana's phone and tablet, and her laptop, which is about to be lost. */
async function threeDevices() {
  const phone = await makePerson(device, 'Ana')
  expect((await phone.session.addEntry(condition('Before'))).ok).toBe(true)
  const [tablet, laptop] = [await device(), await device()]
  await pair(phone, tablet)
  await pair(phone, laptop)
  for (const each of [tablet, laptop]) await shows(each.session, ['Before'])
  await until(async () => (await tablet.session.devices()).length === 3)
  return { phone, tablet, laptop }
}

async function remove(by: TestDevice, lost: TestDevice): Promise<void> {
  const id = (await lost.session.devices()).find(one => one.isThisOne)!.deviceId
  expect((await by.session.removeDevice(id)).ok).toBe(true)
}

/** Nobody is being removed any more, and everything is at the relay. */
async function atRest(devices: readonly TestDevice[], count: number): Promise<void> {
  for (const { session } of devices) {
    await until(async () => (await session.devices()).length === count, 60_000)
    await firstStatus(session, ({ kind, problems }) => kind === 'backed-up' && problems.length === 0)
  }
}

/** Which of these texts the removed one can read. */
async function readBy(thief: TestDevice, texts: readonly string[]): Promise<string[]> {
  const read = await readableWith(await lootOf(thief), relay())
  return texts.filter(text => read.some(one => one.includes(text)))
}

/** What each of `thieves` can read of what was there before, and of what is written on each device once they have come to rest. */
async function readInTheEnd(devices: readonly TestDevice[], thieves: readonly TestDevice[]): Promise<string[][]> {
  const read = async (text: string) => {
    for (const { session } of devices) {
      expect((await session.addEntry(condition(text))).ok).toBe(true)
      await backedUp(session)
    }
    return Promise.all(thieves.map(thief => readBy(thief, ['Before', text])))
  }
  // They were devices: what there was until then they have.
  const nothingMore = thieves.map(() => ['Before'])
  let probe = 0
  await until(async () => JSON.stringify(await read(`Probe ${++probe}.`)) === JSON.stringify(nothingMore), 60_000)
  await atRest(devices, devices.length)
  return read('Afterwards')
}

test('what is written in a section that another device began anew before it heard of a removal, the removed one cannot read', async () => {
  const { phone, tablet, laptop } = await threeDevices()
  tablet.setOnline(false)
  await remove(phone, laptop)
  await atRest([phone], 2)
  expect((await tablet.session.eraseHistory(['problems'], 'tablet words')).ok).toBe(true)
  tablet.setOnline(true)
  await atRest([tablet, phone], 2)
  await shows(phone.session, ['Before'])
  expect(await readInTheEnd([tablet, phone], [laptop])).toEqual([['Before']])
})

test('of two devices that are removed at once, by one device each, neither can read what is written afterwards', async () => {
  const { phone, tablet, laptop } = await threeDevices()
  const desktop = await device()
  await pair(phone, desktop)
  await shows(desktop.session, ['Before'])
  await until(async () => (await tablet.session.devices()).length === 4)
  phone.setOnline(false)
  tablet.setOnline(false)
  await remove(phone, laptop)
  await remove(tablet, desktop)
  phone.setOnline(true)
  tablet.setOnline(true)
  await atRest([phone, tablet], 2)
  expect(await readInTheEnd([phone, tablet], [laptop, desktop])).toEqual([['Before'], ['Before']])
})

test('the keys that a share’s end brings are none that a device can read which another one removed meanwhile', async () => {
  const { phone, tablet, laptop } = await threeDevices()
  const bea = await makePerson(device, 'Bea')
  await meet(phone, bea, ['Ana', 'Bea'])
  const id = await share(phone, 'Bea')
  await accept(phone, bea, id)
  await until(async () => (await givenOf(tablet.session))?.state === 'accepted')
  expect(await contactOf(tablet.session, 'Bea')).toBeDefined()
  tablet.setOnline(false)
  await remove(phone, laptop)
  await atRest([phone], 2)
  expect((await tablet.session.stopShare(id)).ok).toBe(true)
  await tablet.session.checkMail()
  tablet.setOnline(true)
  const hasEnded = async () => (await givenOf(phone.session))?.state === 'ended'
  await exchange([tablet.session, phone.session], hasEnded, 60_000)
  await atRest([tablet, phone], 2)
  expect(await readInTheEnd([tablet, phone], [laptop])).toEqual([['Before']])
})
