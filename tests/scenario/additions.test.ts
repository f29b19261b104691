import { expect, test, vi } from 'vitest'
import type { RequestDetail, RequestPlace, RequestRow } from '#app/core/request-session.ts'
import type { Session } from '#app/core/session.ts'
import type { EntryDetail, EntryFields, EntryId, EntrySummary } from '#schema/record/entry.ts'
import { rhythmText } from '#schema/tasks/rhythm.ts'
import { household } from '#tests/support/household.ts'
import { type TestDevice, until } from '#tests/support/test-device.ts'
import { accept, contactOf, exchange, makePerson, meet, pair, passphraseOf, share } from '#tests/support/test-people.ts'

vi.setConfig({ testTimeout: 60_000 })

const { device } = household()
const person = (name: string) => makePerson(device, name)

const MEASURE = {
  kind: 'measure',
  measure: 'glucose',
  takenAt: '2026-03-04T10:00:00+00:00',
  value: 5.4,
  unit: 'mmol/L',
} as const satisfies EntryFields
const PRESSURE = {
  kind: 'blood-pressure',
  takenAt: '2026-03-04T10:00:00+00:00',
  systolicMmHg: 128,
  diastolicMmHg: 82,
} as const satisfies EntryFields

async function told<Value>(watch: (listener: (value: Value) => void) => Promise<() => void>): Promise<Value> {
  const first = Promise.withResolvers<Value>()
  const stop = await watch(first.resolve)
  stop()
  return first.promise
}

const requestsOf = (session: Session) => told<readonly RequestRow[]>(listener => session.watchRequests(listener))
const requestOf = (session: Session, place: RequestPlace) =>
  told<RequestDetail | undefined>(listener => session.watchRequest(place, listener))
const entryOf = (session: Session, id: EntryId) =>
  told<EntryDetail | undefined>(listener => session.watchEntry(id, listener))
const isIn = (session: Session, place: RequestPlace, state: string) =>
  until(async () => (await requestOf(session, place))?.state === state)

async function rowsOf({ session }: TestDevice, kind: EntrySummary['kind']): Promise<readonly EntrySummary[]> {
  await session.facets()
  return session.timelineRows({ kinds: [kind] }, 0, 20)
}

async function patientAndDoctor() {
  const [ana, bea] = [await person('Ana'), await person('Bea')]
  await meet(ana, bea, ['Ana', 'Bea'])
  return { ana, bea }
}

let keys = 0
async function propose({ session }: TestDevice, data: Readonly<Record<string, unknown>>) {
  const contact = await contactOf(session, 'Ana')
  const key = `addition ${++keys}`
  const opened = await session.openRequest({ kind: 'addition', contactId: contact!.contactId, key, data })
  if (!opened.ok) throw new Error(opened.failure.kind)
  return opened.value
}

const step = async ({ session }: TestDevice, place: RequestPlace, kind: string, data = {}) =>
  expect(await session.takeStep(place, { kind, data })).toEqual({ ok: true, value: undefined })
const comesTo = (ana: TestDevice, bea: TestDevice, count = 1) =>
  exchange([ana.session, bea.session], async () => (await requestsOf(ana.session)).length === count)

test('what a doctor writes is in nobody’s record until the patient accepts it; then it says who wrote it and who accepted it', async () => {
  const { ana, bea } = await patientAndDoctor()
  const place = await propose(bea, { entry: MEASURE, words: 'From this morning' })
  await comesTo(ana, bea)
  expect(await requestsOf(ana.session)).toMatchObject([
    { ...place, kind: 'addition', state: 'proposed', role: 'patient', waitsFor: 'you', people: ['Bea'] },
  ])
  expect(await rowsOf(ana, 'lab-result')).toEqual([])
  expect((await requestOf(ana.session, place))?.entryId).toBeUndefined()
  await step(ana, place, 'accept')
  const entryId = (await requestOf(ana.session, place))?.entryId
  expect((await rowsOf(ana, 'lab-result')).map(({ id }) => id)).toEqual([entryId])
  const entry = await entryOf(ana.session, entryId!)
  expect(entry).toMatchObject({ fields: MEASURE, addedBy: { type: 'member', name: 'Bea' } })
  expect(entry?.acceptedAt).toBe(entry?.addedAt)
  expect(entry?.summary.source).toMatchObject({ type: 'self', by: { type: 'member', name: 'Bea' } })
  const history = await ana.session.entryHistory(entryId!, 10)
  expect(history?.changes).toMatchObject([{ act: 'added', by: { name: 'Bea' }, isAccepted: true }])
  await isIn(bea.session, place, 'accepted')
  expect((await requestOf(bea.session, place))?.entryId).toBeUndefined()
})

test('a reading, a note, a task and a medicine come into the record as they were written', async () => {
  const { ana, bea } = await patientAndDoctor()
  const offers: readonly EntryFields[] = [
    PRESSURE,
    { kind: 'note', title: 'Visit', text: 'Knee is better', writtenAt: '2026-03-04T10:00:00+00:00' },
    {
      kind: 'task',
      title: 'Walk',
      rhythm: rhythmText({ from: '2026-03-04', repeat: { type: 'days', every: 1 } }),
      status: 'active',
    },
    { kind: 'medicine', name: 'Metformin', status: 'taking', directions: 'One in the evening' },
  ]
  const places: RequestPlace[] = []
  for (const entry of offers) places.push(await propose(bea, { entry }))
  await comesTo(ana, bea, places.length)
  for (const place of places) await step(ana, place, 'accept')
  for (const [index, place] of places.entries()) {
    const { entryId } = (await requestOf(ana.session, place))!
    const entry = await entryOf(ana.session, entryId!)
    expect(entry).toMatchObject({ addedBy: { name: 'Bea' } })
    expect(entry?.fields).toEqual(offers[index])
    expect(entry?.acceptedAt).toBeDefined()
  }
})

test('declined, it stays out, the doctor reads why, and the patient can still change their mind', async () => {
  const { ana, bea } = await patientAndDoctor()
  const place = await propose(bea, { entry: MEASURE })
  await comesTo(ana, bea)
  await step(ana, place, 'decline', { reason: 'That was not me' })
  await isIn(bea.session, place, 'declined')
  expect((await requestOf(bea.session, place))?.history.at(-1)?.data).toEqual({ reason: 'That was not me' })
  expect(await rowsOf(ana, 'lab-result')).toEqual([])
  await step(ana, place, 'accept')
  expect(await rowsOf(ana, 'lab-result')).toHaveLength(1)
})

test('taken back before it was accepted it cannot be accepted; taken back at the same moment it stays, and both see it', async () => {
  const { ana, bea } = await patientAndDoctor()
  const [first, second] = [await propose(bea, { entry: MEASURE }), await propose(bea, { entry: PRESSURE })]
  await comesTo(ana, bea, 2)
  await step(bea, first, 'withdraw', { reason: 'For somebody else' })
  await isIn(ana.session, first, 'withdrawn')
  expect(await ana.session.takeStep(first, { kind: 'accept', data: {} })).toMatchObject({
    failure: { kind: 'not-now' },
  })
  ana.setOnline(false)
  await step(ana, second, 'accept')
  await step(bea, second, 'withdraw')
  ana.setOnline(true)
  await isIn(bea.session, second, 'accepted')
  await until(async () => (await requestOf(ana.session, second))?.history.length === 3)
  for (const { session } of [ana, bea]) {
    const withdrawn = (await requestOf(session, second))?.history.find(({ kind }) => kind === 'withdraw')
    expect(withdrawn?.standing).toBe('too-late')
  }
  expect(await rowsOf(ana, 'blood-pressure')).toHaveLength(1)
})

test('two devices of the patient that both accept have one entry', async () => {
  const { ana, bea } = await patientAndDoctor()
  const tablet = await device()
  await pair(ana, tablet, passphraseOf('Ana'))
  const places = [await propose(bea, { entry: MEASURE }), await propose(bea, { entry: PRESSURE })]
  await comesTo(ana, bea, 2)
  for (const place of places) await isIn(tablet.session, place, 'proposed')
  tablet.setOnline(false)
  for (const each of [ana, tablet]) for (const place of places) await step(each, place, 'accept')
  tablet.setOnline(true)
  for (const each of [ana, tablet]) {
    await until(async () => (await requestOf(each.session, places[1]!))?.history.length === 3)
    for (const kind of ['lab-result', 'blood-pressure'] as const) {
      await until(async () => (await rowsOf(each, kind)).length === 1)
    }
  }
  expect(await rowsOf(ana, 'lab-result')).toEqual(await rowsOf(tablet, 'lab-result'))
})

test('“accept from this person without asking” does so by itself, says so, and ends when it is taken back', async () => {
  const { ana, bea } = await patientAndDoctor()
  const place = await propose(bea, { entry: MEASURE })
  await comesTo(ana, bea)
  const contact = await contactOf(ana.session, 'Bea')
  expect(await ana.session.acceptFrom(contact!.contactId, true)).toEqual({ ok: true, value: undefined })
  await isIn(ana.session, place, 'entered')
  const last = (await requestOf(ana.session, place))?.history.at(-1)
  expect(last).toMatchObject({ kind: 'enter', by: { type: 'you' } })
  expect((await requestOf(ana.session, place))?.isNews).toBe(true)
  await step(ana, place, 'see')
  expect((await requestOf(ana.session, place))?.isNews).toBeUndefined()
  await until(async () => (await rowsOf(ana, 'lab-result')).length === 1)
  const [row] = await rowsOf(ana, 'lab-result')
  expect(await entryOf(ana.session, row!.id)).toMatchObject({ addedBy: { name: 'Bea' }, isUnasked: true })
  await ana.session.acceptFrom(contact!.contactId, false)
  const next = await propose(bea, { entry: PRESSURE })
  await comesTo(ana, bea, 2)
  await isIn(ana.session, next, 'proposed')
  expect(await rowsOf(ana, 'blood-pressure')).toEqual([])
})

test('a medicine that is to be changed or stopped becomes so when it is accepted, by the doctor’s word, and once', async () => {
  const { ana, bea } = await patientAndDoctor()
  const medicine = { kind: 'medicine', name: 'Metformin 500', status: 'taking' } as const
  const added = await ana.session.addEntry(medicine)
  if (!added.ok) throw new Error(added.failure.kind)
  const stopped = { ...medicine, status: 'stopped', stoppedBecause: 'Kidneys' } as const
  const changes = { entryId: added.value, title: 'Metformin 500' }
  ana.clock.offsetMs = 60_000
  const place = await propose(bea, { entry: stopped, changes })
  await comesTo(ana, bea)
  await step(ana, place, 'accept')
  expect(await entryOf(ana.session, added.value)).toMatchObject({
    fields: stopped,
    addedBy: { type: 'you' },
    changedBy: { type: 'member', name: 'Bea' },
  })
  expect((await requestOf(ana.session, place))?.entryId).toBe(added.value)
  await ana.session.editEntry(added.value, medicine)
  await step(ana, place, 'accept')
  expect((await entryOf(ana.session, added.value))?.fields).toEqual(medicine)
})

test('who shares the section reads by whom it is; the doctor as theirs', async () => {
  const { ana, bea } = await patientAndDoctor()
  const cleo = await person('Cleo')
  await meet(ana, cleo, ['Ana', 'Cleo'])
  const place = await propose(bea, { entry: MEASURE })
  await comesTo(ana, bea)
  await step(ana, place, 'accept')
  const { entryId } = (await requestOf(ana.session, place))!
  expect(entryId).toBeDefined()
  for (const [reader, by] of [
    [cleo, { type: 'member', name: 'Bea' }],
    [bea, { type: 'you' }],
  ] as const) {
    const shareId = await share(ana, reader === cleo ? 'Cleo' : 'Bea', { sections: ['results'] })
    await accept(ana, reader, shareId)
    const watch = (listener: (entry: EntryDetail | undefined) => void) =>
      reader.session.watchShared(shareId, 'watchEntry', [entryId!], listener as (told: never) => void)
    await exchange([ana.session, reader.session], async () => (await told(watch)) !== undefined)
    const entry = await told(watch)
    expect(entry?.addedBy).toMatchObject(by)
    expect(entry?.acceptedAt).toBeDefined()
  }
})
