import { expect, test, vi } from 'vitest'
import type { FreeSlot, RequestDetail, RequestPlace, RequestRow } from '#app/core/request-session.ts'
import type { Session } from '#app/core/session.ts'
import { household } from '#tests/support/household.ts'
import { type TestDevice, until } from '#tests/support/test-device.ts'
import { contactOf, exchange, makePerson, meet, passphraseOf } from '#tests/support/test-people.ts'

vi.setConfig({ testTimeout: 60_000 })

const { device } = household()
const person = (name: string) => makePerson(device, name)

const NINE = { startsAt: '2099-03-09T09:00:00Z', minutes: 30 }
const TEN = { startsAt: '2099-03-09T10:00:00Z', minutes: 30 }

/** What somebody is told when they begin to watch. */
async function first<Value>(watch: (listener: (value: Value) => void) => Promise<() => void>): Promise<Value> {
  const told = Promise.withResolvers<Value>()
  const stop = await watch(told.resolve)
  stop()
  return told.promise
}

const requestsOf = (session: Session) => first<readonly RequestRow[]>(listener => session.watchRequests(listener))
const requestOf = (session: Session, place: RequestPlace) =>
  first<RequestDetail | undefined>(listener => session.watchRequest(place, listener))
const slotsOf = (session: Session) => first<readonly FreeSlot[]>(listener => session.watchFreeSlots(listener))
const isIn = (session: Session, place: RequestPlace, state: string) =>
  until(async () => (await requestOf(session, place))?.state === state)

const step = async ({ session }: TestDevice, place: RequestPlace, kind: string, data = {}) =>
  expect(await session.takeStep(place, { kind, data })).toEqual({ ok: true, value: undefined })

async function ask(patient: TestDevice, doctor: TestDevice, why: string): Promise<RequestPlace> {
  const contact = await contactOf(patient.session, 'Bea')
  const data = { why }
  const opened = await patient.session.openRequest({
    kind: 'appointment',
    contactId: contact!.contactId,
    key: why,
    data,
  })
  if (!opened.ok) throw new Error(opened.failure.kind)
  const { requestId } = opened.value
  const isThere = async () => (await requestsOf(doctor.session)).some(row => row.requestId === requestId)
  await exchange([patient.session, doctor.session], isThere)
  return opened.value
}

/** Bea, who treats Ana and Carl, has each of them choose among the same two times; both take the first. */
async function bothChose() {
  const [ana, carl, bea] = [await person('Ana'), await person('Carl'), await person('Bea')]
  await meet(ana, bea, ['Ana', 'Bea'])
  await meet(carl, bea, ['Carl', 'Bea'])
  const [anas, carls] = [await ask(ana, bea, 'My knee'), await ask(carl, bea, 'My back')]
  expect(await bea.session.addFreeSlots([TEN, NINE])).toMatchObject({ ok: true })
  for (const place of [anas, carls]) await step(bea, place, 'propose', { slots: [NINE, TEN], place: 'Room 2' })
  await isIn(ana.session, anas, 'proposed')
  await isIn(carl.session, carls, 'proposed')
  await step(ana, anas, 'choose', { slot: 0 })
  await step(carl, carls, 'choose', { slot: 0 })
  await isIn(bea.session, anas, 'chosen')
  await isIn(bea.session, carls, 'chosen')
  return { ana, carl, bea, anas, carls }
}

test('a time that two patients chose is told at both, and at the second as taken once the first is confirmed; new times are offered', async () => {
  const { ana, carl, bea, anas, carls } = await bothChose()
  const clashesAt = async (place: RequestPlace) => (await requestOf(bea.session, place))?.clashes
  expect(await clashesAt(anas)).toMatchObject([{ people: ['Carl'], isAgreed: false }])
  expect(await clashesAt(carls)).toMatchObject([{ people: ['Ana'], isAgreed: false }])
  const [nine, ten] = await slotsOf(bea.session)
  expect(nine?.taken.map(({ people }) => people[0]).toSorted()).toEqual(['Ana', 'Carl'])
  expect(ten).toEqual({ ...TEN, taken: [] })
  await step(bea, anas, 'confirm')
  expect(await clashesAt(carls)).toMatchObject([{ ...anas, people: ['Ana'], isAgreed: true }])
  await step(bea, carls, 'propose', { slots: [TEN], words: 'Nine is taken' })
  await isIn(carl.session, carls, 'proposed')
  await isIn(ana.session, anas, 'confirmed')
  expect((await requestOf(ana.session, anas))?.time).toEqual({ ...NINE, place: 'Room 2', isAgreed: true })
  await step(carl, carls, 'choose', { slot: 0 })
  await isIn(bea.session, carls, 'chosen')
  expect(await clashesAt(carls)).toEqual([])
  expect(await clashesAt(anas)).toEqual([])
  // Nobody is told of the others.
  for (const { session } of [ana, carl]) {
    for (const row of await requestsOf(session)) expect(row.people).toEqual(['Bea'])
  }
  expect((await requestOf(carl.session, carls))?.clashes).toEqual([])
})

test('a time that is called off or cancelled is free again, and one that is moved is taken where it went', async () => {
  const { ana, bea, anas, carls } = await bothChose()
  const takenAt = async () => (await slotsOf(bea.session)).map(({ taken }) => taken.map(({ people }) => people[0]))
  await step(bea, carls, 'decline', { reason: 'We take nobody new' })
  await step(bea, anas, 'confirm')
  expect(await takenAt()).toEqual([['Ana'], []])
  await step(bea, anas, 'move', { ...TEN, startsAt: '2099-03-09T10:15:00Z' })
  expect(await takenAt()).toEqual([[], ['Ana']])
  await isIn(ana.session, anas, 'moved')
  await step(ana, anas, 'cancel')
  await isIn(bea.session, anas, 'cancelled')
  expect(await takenAt()).toEqual([[], []])
})

test('free times are the same on all devices of whoever published them, without what is past or was taken away', async () => {
  const bea = await person('Bea')
  await bea.session.addFreeSlots([NINE, TEN, { startsAt: '2001-01-01T09:00:00Z' }])
  await bea.session.addFreeSlots([NINE])
  expect((await slotsOf(bea.session)).map(({ startsAt }) => startsAt)).toEqual([NINE.startsAt, TEN.startsAt])
  await bea.session.removeFreeSlot(NINE.startsAt)
  expect(await slotsOf(bea.session)).toEqual([{ ...TEN, taken: [] }])
  expect(await bea.session.addFreeSlots([{ startsAt: '2099-03-09' }])).toMatchObject({ failure: { kind: 'invalid' } })
  await bea.session.lock()
  await bea.session.unlock(passphraseOf('Bea'))
  expect(await slotsOf(bea.session)).toEqual([{ ...TEN, taken: [] }])
})

test('an appointment whose time stands goes into a calendar, by the passphrase; a chosen one does not', async () => {
  const { ana, bea, anas } = await bothChose()
  const asFile = (passphrase: string) => ana.session.appointmentFile(anas, 'Bea', passphrase)
  expect(await asFile(passphraseOf('Ana'))).toMatchObject({ failure: { kind: 'nothing-planned' } })
  await step(bea, anas, 'confirm')
  await isIn(ana.session, anas, 'confirmed')
  expect(await asFile('wrong')).toMatchObject({ failure: { kind: 'wrong-passphrase' } })
  const made = await asFile(passphraseOf('Ana'))
  const text = made.ok ? await made.value.text() : ''
  expect(text).toContain('DTSTART:20990309T090000Z\r\nDTEND:20990309T093000Z\r\n')
  expect(text).toContain('SUMMARY:Bea\r\nLOCATION:Room 2\r\n')
  expect(text).not.toContain('knee')
})

test('free times are shown to patients where that is wanted, but for those that somebody has; one that is asked for stands by one step', async () => {
  const [ana, bea] = [await person('Ana'), await person('Bea')]
  await meet(ana, bea, ['Ana', 'Bea'])
  await ask(ana, bea, 'My knee')
  expect(await bea.session.addFreeSlots([NINE, TEN])).toMatchObject({ ok: true })
  const contact = (await contactOf(ana.session, 'Bea'))!.contactId
  const shown = () => first<readonly unknown[]>(listener => ana.session.watchShownTimes(contact, listener))
  const areShown = (times: readonly unknown[]) =>
    exchange([ana.session, bea.session], async () => JSON.stringify(await shown()) === JSON.stringify(times))
  expect(await shown()).toEqual([])
  expect(await bea.session.showFreeTimes(true)).toMatchObject({ ok: true })
  await areShown([NINE, TEN])
  const data = { why: 'My back', slots: [TEN] }
  const opened = await ana.session.openRequest({ kind: 'appointment', contactId: contact, key: 'back', data })
  if (!opened.ok) throw new Error(opened.failure.kind)
  await isIn(bea.session, opened.value, 'asked')
  await step(bea, opened.value, 'grant', { slot: 0, place: 'Room 2' })
  await isIn(ana.session, opened.value, 'confirmed')
  expect((await requestOf(ana.session, opened.value))?.time).toMatchObject({ ...TEN, place: 'Room 2', isAgreed: true })
  await areShown([NINE])
  expect(await bea.session.showFreeTimes(false)).toMatchObject({ ok: true })
  await areShown([])
})
