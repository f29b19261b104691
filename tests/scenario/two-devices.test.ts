import { expect, test, vi } from 'vitest'
import type { HttpRequest } from '#app/core/ports.ts'
import { fail, ok } from '#schema/result.ts'
import type { PairingState, Session } from '#app/core/session.ts'
import { ANA, backedUp, condition, household, shows, titles } from '#tests/support/household.ts'
import {
  firstEntry,
  firstPairing,
  firstStatus,
  firstVault,
  type TestDevice,
  until,
} from '#tests/support/test-device.ts'

vi.setConfig({ testTimeout: 60_000 })

const { device, phoneWithRecord, relay } = household()

const pause = (ms: number) => new Promise(resolve => setTimeout(resolve, ms))

const pairing = (session: Session, kind: PairingState['kind']) =>
  firstPairing(session, (now: PairingState) => now.kind === kind)

async function pair(old: TestDevice, young: TestDevice): Promise<void> {
  const offer = await young.session.startPairing({ passphrase: 'tablet words', deviceName: 'tablet' })
  if (!offer.ok) throw new Error(offer.failure.kind)
  expect((await old.session.answerPairing(offer.value.words.join(' '))).ok).toBe(true)
  const [here, there] = [await pairing(old.session, 'compare'), await pairing(young.session, 'compare')]
  if (here.kind !== 'compare' || there.kind !== 'compare') throw new Error('No digits')
  expect(here.digits).toMatch(/^\d{6}$/)
  expect(here).toMatchObject({ digits: there.digits, deviceName: 'tablet', role: 'old' })
  expect(there).toMatchObject({ deviceName: 'phone', role: 'new' })
  expect(await old.session.confirmPairing(true, 'not it')).toEqual(fail({ kind: 'wrong-passphrase' }))
  expect((await old.session.confirmPairing(true, ANA.passphrase)).ok).toBe(true)
  await pairing(young.session, 'done')
}

test('Ana pairs her tablet: both show the record, both edit offline, joined again both show both', async () => {
  const { phone } = await phoneWithRecord()
  const tablet = await device()
  await pair(phone, tablet)
  expect(await firstVault(tablet.session, now => now.kind === 'open')).toMatchObject({
    personName: 'Ana',
    kitConfirmed: false,
    kitIsHere: false,
  })
  expect(await firstVault(phone.session, () => true)).toMatchObject({ kitConfirmed: false, kitIsHere: true })
  await shows(tablet.session, ['Cough'])
  expect((await tablet.session.devices()).map(one => [one.name, one.isThisOne])).toEqual([
    ['phone', false],
    ['tablet', true],
  ])

  phone.setOnline(false)
  tablet.setOnline(false)
  await phone.session.addEntry(condition('Asthma'))
  await tablet.session.addEntry(condition('Migraine'))
  expect(await titles(phone.session)).toEqual(['Asthma', 'Cough'])
  phone.setOnline(true)
  tablet.setOnline(true)
  await shows(phone.session, ['Asthma', 'Cough', 'Migraine'])
  await shows(tablet.session, ['Asthma', 'Cough', 'Migraine'])
})

test('One field changed on both devices at once is shown as a choice, and the choice reaches both', async () => {
  const { phone } = await phoneWithRecord()
  const tablet = await device()
  await pair(phone, tablet)
  await shows(tablet.session, ['Cough'])
  const id = (await phone.session.timelineRows({}, 0, 1))[0]?.id
  if (id === undefined) throw new Error('No entry')
  phone.setOnline(false)
  tablet.setOnline(false)
  expect((await phone.session.editEntry(id, condition('Dry cough'))).ok).toBe(true)
  expect((await tablet.session.editEntry(id, condition('Wet cough'))).ok).toBe(true)
  phone.setOnline(true)
  tablet.setOnline(true)
  for (const { session } of [phone, tablet]) {
    const entry = await firstEntry(session, id, now => now.conflicts.length > 0)
    const values = entry?.conflicts[0]?.candidates.map(candidate => candidate.value)
    expect(values?.toSorted()).toEqual(['Dry cough', 'Wet cough'])
  }
  expect((await tablet.session.chooseConflict(id, 'name', 'Wet cough')).ok).toBe(true)
  await firstEntry(phone.session, id, now => now.conflicts.length === 0 && now.summary.title === 'Wet cough')
})

test('The 24 words alone bring the record to a new device, even when the first one is lost', async () => {
  const { phone, words } = await phoneWithRecord()
  phone.setOnline(false)
  const tablet = await device()
  const request = { words, passphrase: 'tablet words', deviceName: 'tablet' }
  expect(await tablet.session.recover({ ...request, words: words.replace(/^\S+/, 'wellkep') })).toMatchObject({
    failure: { kind: 'words', check: { kind: 'unknown' } },
  })
  expect(await tablet.session.recover(request)).toEqual({ ok: true, value: undefined })
  await shows(tablet.session, ['Cough'])
  await firstStatus(tablet.session, status => status.kind === 'backed-up' && status.problems.length === 0)
  await tablet.session.addEntry(condition('Asthma'))
  phone.setOnline(true)
  await shows(phone.session, ['Asthma', 'Cough'])
  expect((await phone.session.devices()).map(one => one.name)).toEqual(['phone', 'tablet'])

  await tablet.session.lock()
  expect((await tablet.session.unlock('tablet words')).ok).toBe(true)
  await shows(tablet.session, ['Asthma', 'Cough'])
})

test('A removed tablet gets nothing new, and says so; the phone goes on', async () => {
  const { phone } = await phoneWithRecord()
  const tablet = await device()
  await pair(phone, tablet)
  await shows(tablet.session, ['Cough'])
  const lost = (await phone.session.devices()).find(one => one.name === 'tablet')
  expect((await phone.session.removeDevice(lost?.deviceId ?? '')).ok).toBe(true)
  await firstStatus(tablet.session, status => status.problems.some(problem => problem.kind === 'removed-here'))
  await until(async () => (await phone.session.devices()).length === 1)
  await phone.session.addEntry(condition('Secret'))
  await backedUp(phone.session)
  await pause(300)
  expect(await titles(tablet.session)).toEqual(['Cough'])
})

test('A device on which everything is deleted leaves the others’ list, and they get new keys', async () => {
  const { phone } = await phoneWithRecord()
  const tablet = await device()
  await pair(phone, tablet)
  await shows(tablet.session, ['Cough'])
  await tablet.session.addEntry(condition('Asthma'))
  expect(await tablet.session.deleteEverything()).toEqual({ ok: true, value: undefined })
  expect(await firstVault(tablet.session, () => true)).toEqual({ kind: 'empty' })
  await until(async () => (await phone.session.devices()).length === 1)
  await shows(phone.session, ['Asthma', 'Cough'])
  await phone.session.addEntry(condition('Later'))
  const status = await backedUp(phone.session)
  expect(status.problems).toEqual([])
})

test('A record deleted everywhere is gone from the relay; the other device says so, and keeps its copy', async () => {
  const { phone } = await phoneWithRecord()
  const tablet = await device()
  await pair(phone, tablet)
  await shows(tablet.session, ['Cough'])
  expect(await tablet.session.deleteEverywhere('not it')).toEqual(fail({ kind: 'wrong-passphrase' }))
  tablet.setOnline(false)
  expect(await tablet.session.deleteEverywhere('tablet words')).toEqual(fail({ kind: 'unreachable' }))
  tablet.setOnline(true)
  await backedUp(tablet.session)
  expect(await tablet.session.deleteEverywhere('tablet words')).toEqual(ok(undefined))
  expect(await firstVault(tablet.session, () => true)).toEqual({ kind: 'empty' })
  await firstStatus(phone.session, status => status.problems.some(problem => problem.kind === 'record-gone'))
  await shows(phone.session, ['Cough'])
  expect((await phone.session.addEntry(condition('Later'))).ok).toBe(true)
  expect(await phone.session.deleteEverything()).toEqual(ok(undefined))
})

test('A phone that was offline removes the tablet that had itself removed another device meanwhile', async () => {
  const { phone } = await phoneWithRecord()
  const [tablet, laptop] = [await device(), await device()]
  await pair(phone, tablet)
  await shows(tablet.session, ['Cough'])
  const tabletId = (await phone.session.devices()).find(one => !one.isThisOne)?.deviceId ?? ''
  await pair(phone, laptop)
  await shows(laptop.session, ['Cough'])
  await until(async () => (await tablet.session.devices()).length === 3)
  const others = (await phone.session.devices()).filter(one => !one.isThisOne && one.deviceId !== tabletId)
  phone.setOnline(false)
  expect((await tablet.session.removeDevice(others[0]?.deviceId ?? '')).ok).toBe(true)
  await firstStatus(laptop.session, status => status.problems.some(problem => problem.kind === 'removed-here'))
  await tablet.session.addEntry(condition('Asthma'))
  await firstStatus(tablet.session, ({ kind, problems }) => kind === 'backed-up' && problems.length === 0)

  expect((await phone.session.removeDevice(tabletId)).ok).toBe(true)
  phone.setOnline(true)
  await firstStatus(tablet.session, status => status.problems.some(problem => problem.kind === 'removed-here'))
  await phone.session.addEntry(condition('Later'))
  await firstStatus(
    phone.session,
    ({ kind, problems }) => kind === 'backed-up' && problems.every(problem => problem.kind === 'quarantined'),
  )
  // The sections were cut only now, so what came until then stays.
  expect(await titles(phone.session)).toEqual(['Asthma', 'Cough', 'Later'])
})

test('Of two devices that remove each other the relay shuts out the one that loses, even where that one asks it first', async () => {
  const { phone } = await phoneWithRecord()
  const [laptop, tablet] = [await device(), await device()]
  await pair(phone, laptop)
  await shows(laptop.session, ['Cough'])
  const laptopId = (await phone.session.devices()).find(one => !one.isThisOne)?.deviceId ?? ''
  await pair(phone, tablet)
  await shows(tablet.session, ['Cough'])
  await until(async () => (await laptop.session.devices()).length === 3)
  const phoneId = (await laptop.session.devices()).find(one => one.name === 'phone')?.deviceId ?? ''
  for (const { session } of [phone, tablet, laptop]) await backedUp(session)

  // The phone is nearer to the person's own key, so it wins; its removal reaches the relay while the laptop's succession is on its way.
  phone.setOnline(false)
  expect((await phone.session.removeDevice(laptopId)).ok).toBe(true)
  const [laptopAsks, phoneAsks] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const answered = Promise.withResolvers<void>()
  const isSuccession = ({ method, path }: HttpRequest) => method === 'POST' && path.includes('/owner')
  const ask = { phone: phone.link.request.bind(phone.link), laptop: laptop.link.request.bind(laptop.link) }
  vi.spyOn(laptop.link, 'request').mockImplementation(async asked => {
    if (!isSuccession(asked)) return ask.laptop(asked)
    laptopAsks.resolve()
    await phoneAsks.promise
    const answer = await ask.laptop(asked)
    answered.resolve()
    return answer
  })
  vi.spyOn(phone.link, 'request').mockImplementation(async asked => {
    if (!isSuccession(asked)) return ask.phone(asked)
    phoneAsks.resolve()
    await answered.promise
    return ask.phone(asked)
  })
  expect((await laptop.session.removeDevice(phoneId)).ok).toBe(true)
  await laptopAsks.promise
  phone.setOnline(true)
  await answered.promise

  await firstStatus(laptop.session, status => status.problems.some(problem => problem.kind === 'refused-here'))
  await phone.session.addEntry(condition('Later'))
  await shows(tablet.session, ['Cough', 'Later'])
  await firstStatus(phone.session, ({ kind }) => kind === 'backed-up')
  for (const { session } of [phone, tablet]) {
    await until(async () => (await session.devices()).every(one => one.deviceId !== laptopId))
  }
  expect(await titles(laptop.session)).toEqual(['Cough'])
})

test('A relay that knows nothing of a removal is told by whoever hears of it there', async () => {
  const { phone } = await phoneWithRecord()
  const [tablet, laptop] = [await device(), await device()]
  await pair(phone, tablet)
  await shows(tablet.session, ['Cough'])
  const tabletId = (await phone.session.devices()).find(one => !one.isThisOne)?.deviceId ?? ''
  await pair(phone, laptop)
  await shows(laptop.session, ['Cough'])
  await until(async () => (await tablet.session.devices()).length === 3)
  for (const { session } of [phone, tablet, laptop]) await backedUp(session)
  const elsewhere = await relay().copyAt(relay().mark())
  const move = async ({ link, store, disk, clock }: TestDevice) => {
    link.setReachable(false)
    store.kill()
    return device({ disk, clock, relay: elsewhere })
  }
  const [tabletThere, laptopThere] = [await move(tablet), await move(laptop)]
  for (const { session } of [tabletThere, laptopThere]) {
    expect((await session.unlock('tablet words')).ok).toBe(true)
    await backedUp(session)
  }
  expect((await phone.session.removeDevice(tabletId)).ok).toBe(true)
  await until(async () => (await phone.session.devices()).length === 2)
  await firstStatus(phone.session, ({ kind, problems }) => kind === 'backed-up' && problems.length === 0)

  const told = vi.spyOn(laptopThere.link, 'request')
  // The phone brings the news and never gets to ask the other relay itself.
  const phoneThere = await move(phone)
  const request = phoneThere.link.request.bind(phoneThere.link)
  vi.spyOn(phoneThere.link, 'request').mockImplementation(asked =>
    asked.path.endsWith('/caps') ? Promise.resolve(fail('unreachable')) : request(asked),
  )
  expect((await phoneThere.session.unlock(ANA.passphrase)).ok).toBe(true)
  expect((await phoneThere.session.changeSettings({ language: 'ar' })).ok).toBe(true)
  await until(async () => (await laptopThere.session.devices()).length === 2)
  const isTold = ({ method, path }: HttpRequest) => method === 'POST' && path.endsWith('/owner')
  await until(() => told.mock.calls.some(([asked]) => isTold(asked)))
  await firstStatus(laptopThere.session, ({ problems }) => problems.length === 0)
  for (const each of [phoneThere, laptopThere, tabletThere]) each.host.dispose()
  await elsewhere.stop()
})

test('A removal that is cut off four times running goes on after each restart', async () => {
  const { phone } = await phoneWithRecord()
  const tablet = await device()
  await pair(phone, tablet)
  await backedUp(phone.session)
  tablet.setOnline(false)
  const lost = (await phone.session.devices()).find(one => one.name === 'tablet')
  let current = phone
  current.store.killAt(current.store.commits + 4, 'after')
  void current.session.removeDevice(lost?.deviceId ?? '')
  await pause(300)
  for (const commits of [3, 9, 30]) {
    current = await current.restart()
    expect((await current.session.unlock(ANA.passphrase)).ok).toBe(true)
    current.store.killAt(current.store.commits + commits, 'before')
    await pause(500)
  }
  const whole = await current.restart()
  expect((await whole.session.unlock(ANA.passphrase)).ok).toBe(true)
  await until(async () => (await whole.session.devices()).length === 1)
  tablet.setOnline(true)
  await firstStatus(tablet.session, status => status.problems.some(problem => problem.kind === 'refused-here'))
  await shows(whole.session, ['Cough'])
})

test('Pairing ends when the digits differ, when it is cancelled, and for words that nobody offered', async () => {
  const { phone } = await phoneWithRecord()
  const tablet = await device()
  const offer = await tablet.session.startPairing({ passphrase: 'x', deviceName: 'tablet' })
  if (!offer.ok) throw new Error(offer.failure.kind)
  await phone.session.answerPairing(offer.value.qrText)
  await pairing(tablet.session, 'compare')
  expect(await phone.session.confirmPairing(false)).toMatchObject({ failure: { kind: 'digits-differ' } })
  expect(await pairing(tablet.session, 'failed')).toMatchObject({ failure: { kind: 'digits-differ' } })
  expect(await firstVault(tablet.session, () => true)).toEqual({ kind: 'empty' })

  const third = await tablet.session.startPairing({ passphrase: 'x', deviceName: 'tablet' })
  if (!third.ok) throw new Error(third.failure.kind)
  await phone.session.answerPairing(third.value.qrText)
  await pairing(tablet.session, 'compare')
  expect(await tablet.session.confirmPairing(false)).toMatchObject({ failure: { kind: 'digits-differ' } })
  await pause(100)
  expect(await phone.session.confirmPairing(true, ANA.passphrase)).toMatchObject({ ok: false })
  expect(await pairing(phone.session, 'failed')).toMatchObject({ failure: { kind: 'digits-differ' } })
  expect(await firstVault(tablet.session, () => true)).toEqual({ kind: 'empty' })
  expect(await phone.session.devices()).toHaveLength(1)

  const fourth = await tablet.session.startPairing({ passphrase: 'x', deviceName: 'tablet' })
  if (!fourth.ok) throw new Error(fourth.failure.kind)
  await phone.session.answerPairing(fourth.value.qrText)
  await pairing(tablet.session, 'compare')
  await tablet.session.confirmPairing(false)
  expect(await pairing(phone.session, 'failed')).toMatchObject({ failure: { kind: 'digits-differ' } })

  expect(await phone.session.answerPairing('not eight words')).toMatchObject({
    failure: { kind: 'bad-offer', words: { kind: 'count', got: 3 } },
  })
  const mistyped = ['zzzz', ...fourth.value.words.slice(1)].join(' ')
  expect(await phone.session.answerPairing(mistyped)).toMatchObject({
    failure: { kind: 'bad-offer', words: { kind: 'unknown', wrong: [{ position: 1 }] } },
  })
  const other = await tablet.session.startPairing({ passphrase: 'x', deviceName: 'tablet' })
  if (!other.ok) throw new Error(other.failure.kind)
  await tablet.session.cancelPairing()
  await phone.session.answerPairing(other.value.qrText)
  expect(await pairing(phone.session, 'failed')).toMatchObject({ failure: { kind: 'cancelled' } })
})
