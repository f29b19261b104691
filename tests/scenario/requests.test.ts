import { expect, test, vi } from 'vitest'
import type { OpenRequest, RequestDetail, RequestPlace, RequestRow } from '#app/core/request-session.ts'
import type { Session } from '#app/core/session.ts'
import { answersText } from '#schema/questionnaires/answer.ts'
import { GAD_7 } from '#schema/questionnaires/gad-7.ts'
import { loincQuestionnaire } from '#schema/questionnaires/instrument.ts'
import { FileId } from '#schema/ids.ts'
import type { EntryFields, EntryId } from '#schema/record/entry.ts'
import { household } from '#tests/support/household.ts'
import { type TestDevice, until } from '#tests/support/test-device.ts'
import { contactOf, exchange, makePerson, meet, pair, passphraseOf } from '#tests/support/test-people.ts'

vi.setConfig({ testTimeout: 60_000 })

const { device } = household()
const person = (name: string) => makePerson(device, name)

const DAY_MS = 86_400_000

async function requestsOf(session: Session): Promise<readonly RequestRow[]> {
  const told = Promise.withResolvers<readonly RequestRow[]>()
  const stop = await session.watchRequests(told.resolve)
  stop()
  return told.promise
}

async function requestOf(session: Session, place: RequestPlace): Promise<RequestDetail | undefined> {
  const told = Promise.withResolvers<RequestDetail | undefined>()
  const stop = await session.watchRequest(place, told.resolve)
  stop()
  return told.promise
}

const stateOf = async (session: Session, place: RequestPlace) => (await requestOf(session, place))?.state
const isIn = (session: Session, place: RequestPlace, state: string) =>
  until(async () => (await stateOf(session, place)) === state)

/** Ana, who takes a medicine, and her doctor. */
async function patientAndDoctor() {
  const [ana, bea] = [await person('Ana'), await person('Bea')]
  await meet(ana, bea, ['Ana', 'Bea'])
  const added = await ana.session.addEntry({ kind: 'medicine', name: 'Salbutamol', status: 'taking' } as EntryFields)
  if (!added.ok) throw new Error(added.failure.kind)
  return { ana, bea, medicine: { medicineId: added.value, medicineName: 'Salbutamol' } }
}

let keys = 0
async function open({ session }: TestDevice, to: string, request: Pick<OpenRequest, 'kind' | 'data'>) {
  const contact = await contactOf(session, to)
  const opened = await session.openRequest({ ...request, contactId: contact!.contactId, key: `key ${++keys}` })
  if (!opened.ok) throw new Error(opened.failure.kind)
  return opened.value
}

const step = async ({ session }: TestDevice, place: RequestPlace, kind: string, data = {}) =>
  expect(await session.takeStep(place, { kind, data })).toEqual({ ok: true, value: undefined })

const stockOf = async ({ session }: TestDevice) => {
  await session.facets()
  return (await session.timelineRows({ kinds: ['stock'] }, 0, 10)).length
}

test('a refill goes from the wish to “I have it”: the same words on both sides, and the stock grows at the last step alone', async () => {
  const { ana, bea, medicine } = await patientAndDoctor()
  const place = await open(ana, 'Bea', { kind: 'refill', data: { ...medicine, wish: 'Two, please' } })
  const isThere = async () => (await requestsOf(bea.session)).length === 1
  await exchange([ana.session, bea.session], isThere)
  expect(await requestsOf(bea.session)).toMatchObject([
    {
      ...place,
      kind: 'refill',
      title: 'Salbutamol',
      state: 'requested',
      role: 'provider',
      waitsFor: 'you',
      people: ['Ana'],
    },
  ])
  await step(bea, place, 'see')
  await until(async () => (await requestOf(ana.session, place))?.isSeen === true)
  await step(bea, place, 'approve', { route: 'sent', where: 'Corner pharmacy' })
  await isIn(ana.session, place, 'approved')
  expect(await stockOf(ana)).toBe(0)
  await step(bea, place, 'ready')
  await isIn(ana.session, place, 'ready')
  expect((await requestOf(ana.session, place))?.next).toContain('take')
  const taken = { ...medicine, amount: 2, unit: 'inhaler', happenedAt: '2026-03-05T10:00:00Z' }
  await step(ana, place, 'take', taken)
  // Sent twice it is had once.
  await step(ana, place, 'take', taken)
  expect(await stockOf(ana)).toBe(1)
  await isIn(bea.session, place, 'taken')
  const seen = await requestOf(bea.session, place)
  expect(seen?.history.map(({ kind }) => kind)).toEqual(['request', 'see', 'approve', 'ready', 'take'])
  expect(seen?.history.at(-1)?.by).toMatchObject({ type: 'owner', name: 'Ana' })
  expect(seen).toMatchObject({ isFinal: true, next: ['see'] })
})

test('an answer that was given while the patient withdrew came too late, and both see it', async () => {
  const { ana, bea, medicine } = await patientAndDoctor()
  const place = await open(ana, 'Bea', { kind: 'refill', data: medicine })
  await exchange([ana.session, bea.session], async () => (await requestsOf(bea.session)).length === 1)
  bea.setOnline(false)
  await step(ana, place, 'withdraw', { reason: 'I found some' })
  await step(bea, place, 'approve', { route: 'sent' })
  bea.setOnline(true)
  await isIn(bea.session, place, 'withdrawn')
  await until(async () => (await requestOf(ana.session, place))?.history.length === 3)
  for (const { session } of [ana, bea]) {
    const shown = await requestOf(session, place)
    expect(shown?.state).toBe('withdrawn')
    expect(shown?.history.find(({ kind }) => kind === 'approve')?.standing).toBe('too-late')
  }
})

test('nobody takes a step of the other side, nor one that is not the turn of; what is missing is named', async () => {
  const { ana, bea, medicine } = await patientAndDoctor()
  const place = await open(ana, 'Bea', { kind: 'refill', data: medicine })
  await exchange([ana.session, bea.session], async () => (await requestsOf(bea.session)).length === 1)
  const refused = async ({ session }: TestDevice, kind: string, data = {}) => session.takeStep(place, { kind, data })
  expect(await refused(ana, 'approve', { route: 'sent' })).toMatchObject({ failure: { kind: 'not-now' } })
  expect(await refused(bea, 'withdraw')).toMatchObject({ failure: { kind: 'not-now' } })
  expect(await refused(bea, 'ready')).toMatchObject({ failure: { kind: 'not-now' } })
  expect(await refused(bea, 'decline')).toMatchObject({ failure: { kind: 'invalid', field: 'reason' } })
  expect(await refused(bea, '__proto__')).toMatchObject({ failure: { kind: 'not-now' } })
})

test('two devices of the patient that both say “I have it” add to the stock once', async () => {
  const { ana, bea, medicine } = await patientAndDoctor()
  const tablet = await device()
  await pair(ana, tablet, passphraseOf('Ana'))
  const place = await open(ana, 'Bea', { kind: 'refill', data: medicine })
  await exchange([ana.session, bea.session], async () => (await requestsOf(bea.session)).length === 1)
  await step(bea, place, 'approve', { route: 'phoned' })
  await isIn(ana.session, place, 'approved')
  await isIn(tablet.session, place, 'approved')
  tablet.setOnline(false)
  const taken = { ...medicine, amount: 1, unit: 'inhaler', happenedAt: '2026-03-05T10:00:00Z' }
  await step(ana, place, 'take', taken)
  await step(tablet, place, 'take', taken)
  tablet.setOnline(true)
  await until(async () => (await requestOf(ana.session, place))?.history.length === 4)
  await until(async () => (await stockOf(tablet)) === 2 && (await stockOf(ana)) === 2)
  // Each device wrote it, under one name: the ledger counts what has one name once.
  const names = (await ana.session.timelineRows({ kinds: ['stock'] }, 0, 10)).map(({ id }) => id.split('.').at(-1))
  expect(new Set(names).size).toBe(1)
})

test('what nobody answers is said to be waiting too long, on both sides', async () => {
  const { ana, bea, medicine } = await patientAndDoctor()
  const place = await open(ana, 'Bea', { kind: 'refill', data: medicine })
  await exchange([ana.session, bea.session], async () => (await requestsOf(bea.session)).length === 1)
  expect((await requestOf(ana.session, place))?.stalledSince).toBeUndefined()
  for (const { clock } of [ana, bea]) clock.offsetMs = 4 * DAY_MS
  expect((await requestOf(ana.session, place))?.stalledSince).toBeDefined()
  expect((await requestsOf(bea.session))[0]?.stalledSince).toBeDefined()
})

test('an appointment is asked for, proposed, chosen and confirmed', async () => {
  const { ana, bea } = await patientAndDoctor()
  const place = await open(ana, 'Bea', { kind: 'appointment', data: { why: 'My knee' } })
  await exchange([ana.session, bea.session], async () => (await requestsOf(bea.session)).length === 1)
  const slots = [{ startsAt: '2026-03-09T10:00:00Z', minutes: 20 }, { startsAt: '2026-03-10T15:00:00Z' }]
  await step(bea, place, 'propose', { slots })
  await until(async () => (await requestOf(ana.session, place))?.next.includes('choose') === true)
  await step(ana, place, 'choose', { slot: 1 })
  await until(async () => (await requestOf(bea.session, place))?.next.includes('confirm') === true)
  await step(bea, place, 'confirm')
  await isIn(ana.session, place, 'confirmed')
  expect(await requestsOf(ana.session)).toMatchObject([{ kind: 'appointment', role: 'patient', isFinal: false }])
})

test('a question and a correction carry the line of an entry, never of a private one', async () => {
  const { ana, bea, medicine } = await patientAndDoctor()
  const entry = { entryId: medicine.medicineId, title: 'Salbutamol', section: 'medicines', when: '', value: '100 µg' }
  const asked = await open(ana, 'Bea', { kind: 'question', data: { ...entry, question: 'Each day?' } })
  const wrong = await open(ana, 'Bea', { kind: 'correction', data: { ...entry, wrong: '100 µg', shouldSay: '200 µg' } })
  await exchange([ana.session, bea.session], async () => (await requestsOf(bea.session)).length === 2)
  await step(bea, asked, 'answer', { answer: 'Each day' })
  await step(bea, wrong, 'accept', { words: 'You are right' })
  await isIn(ana.session, asked, 'answered')
  await isIn(ana.session, wrong, 'accepted')
  expect((await requestOf(bea.session, wrong))?.history[0]?.data).toMatchObject({
    value: '100 µg',
    shouldSay: '200 µg',
  })
  expect(await ana.session.makePrivate([medicine.medicineId as EntryId])).toMatchObject({ ok: true })
  const contact = await contactOf(ana.session, 'Bea')
  const refused = {
    kind: 'question',
    contactId: contact!.contactId,
    key: 'private',
    data: { ...entry, question: 'Why?' },
  } as const
  expect(await ana.session.openRequest(refused)).toMatchObject({ failure: { kind: 'entry-not-given' } })
})

test('a questionnaire is sent, answered into the record of whoever answers, once each time, and looked at', async () => {
  const { ana, bea } = await patientAndDoctor()
  const form = loincQuestionnaire(GAD_7.loinc)
  const place = await open(bea, 'Ana', {
    kind: 'questionnaire',
    data: { title: 'GAD-7', form, words: 'Before we meet' },
  })
  await exchange([ana.session, bea.session], async () => (await requestsOf(ana.session)).length === 1)
  expect(await requestsOf(ana.session)).toMatchObject([{ role: 'patient', title: 'GAD-7', waitsFor: 'you' }])
  const answersOf = async () => {
    await ana.session.facets()
    return ana.session.timelineRows({ kinds: ['answers'] }, 0, 10)
  }
  const given = (value: number) => ({
    answers: answersText([{ linkId: '/69725-0', text: 'Nervous', value: { type: 'integer', value } }]),
    answeredAt: '2026-03-05T10:00:00Z',
  })
  await step(ana, place, 'answer', given(1))
  await step(ana, place, 'answer', given(1))
  expect(await answersOf()).toMatchObject([{ kind: 'answers', title: 'GAD-7' }])
  await isIn(bea.session, place, 'answered')
  await step(bea, place, 'score', { words: 'Nothing to worry about' })
  await isIn(ana.session, place, 'scored')
  await step(ana, place, 'answer', given(2))
  expect(await answersOf()).toHaveLength(2)
  await isIn(bea.session, place, 'answered')
  await step(bea, place, 'close')
  await isIn(ana.session, place, 'closed')
})

test('a copy of records is asked for and comes as a file, which nobody can open by what the page is told', async () => {
  const { ana, bea } = await patientAndDoctor()
  const place = await open(ana, 'Bea', { kind: 'copy', data: { wish: 'All of it' } })
  await exchange([ana.session, bea.session], async () => (await requestsOf(bea.session)).length === 1)
  const fileId = FileId.parse('ab'.repeat(FileId.size))!
  const answer = { kind: 'answer', data: { fileId, words: 'Here it is' } }
  expect(await bea.session.takeStep(place, answer)).toMatchObject({ failure: { kind: 'file-not-held' } })
  const bundle = JSON.stringify({ resourceType: 'Bundle', type: 'collection', entry: [] })
  const held = await bea.session.holdFile(fileId, new Blob([bundle], { type: 'application/json' }), 'records.json')
  expect(held).toMatchObject({ ok: true })
  await step(bea, place, 'answer', answer.data)
  // Sent twice it is said once.
  await step(bea, place, 'answer', answer.data)
  await isIn(ana.session, place, 'answered')
  const said = (await requestOf(ana.session, place))?.history.filter(({ kind }) => kind === 'answer')
  expect(said).toHaveLength(1)
  expect(Object.keys(said?.[0]?.data ?? {}).toSorted()).toEqual(['bytes', 'fileId', 'name', 'type', 'words'])
  await until(async () => (await ana.session.openFile(place.conversationId, fileId)).ok)
  const opened = await ana.session.openFile(place.conversationId, fileId)
  expect(opened.ok && [opened.value.name, await opened.value.text()]).toEqual(['records.json', bundle])
  await step(ana, place, 'take')
  await isIn(bea.session, place, 'taken')
  expect(await requestOf(bea.session, place)).toMatchObject({ isNews: true, isFinal: false })
  expect((await requestOf(bea.session, place))?.waitsFor).toBeUndefined()
})

const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
const pngBytes = () => Uint8Array.from(atob(PNG), letter => letter.charCodeAt(0))

test('a material goes with its picture, is seen once, asked about, explained and understood', async () => {
  const { ana, bea } = await patientAndDoctor()
  const fileId = FileId.parse('cd'.repeat(FileId.size))!
  const data = { title: 'Knee', text: '# Bend it\n\n![So](bend.png)', files: [{ fileId }] }
  const contact = await contactOf(bea.session, 'Ana')
  const asked = { kind: 'material', contactId: contact!.contactId, key: 'knee', data } as const
  expect(await bea.session.openRequest(asked)).toMatchObject({ failure: { kind: 'file-not-held' } })
  const held = await bea.session.holdFile(fileId, new Blob([pngBytes()], { type: 'image/png' }), 'bend.png')
  expect(held).toMatchObject({ ok: true })
  const opened = await bea.session.openRequest(asked)
  if (!opened.ok) throw new Error(opened.failure.kind)
  const place = opened.value
  await exchange([ana.session, bea.session], async () => (await requestsOf(ana.session)).length === 1)
  expect(await requestsOf(ana.session)).toMatchObject([
    { kind: 'material', role: 'patient', title: 'Knee', state: 'sent', waitsFor: 'you', reading: { isRead: false } },
  ])
  const [sent] = (await requestOf(ana.session, place))?.history ?? []
  expect(sent?.data).toEqual({
    title: 'Knee',
    text: data.text,
    files: [{ fileId, name: 'bend.png', type: 'image/png', bytes: expect.any(Number) }],
  })
  await until(async () => (await ana.session.openFile(place.conversationId, fileId)).ok)
  await step(ana, place, 'see')
  expect((await requestOf(ana.session, place))?.next).not.toContain('see')
  await until(async () => (await requestsOf(bea.session))[0]?.reading?.isRead === true)
  await step(ana, place, 'ask', { question: 'How far?' })
  await isIn(bea.session, place, 'asked')
  await step(bea, place, 'explain', { words: 'As far as it does not hurt' })
  await isIn(ana.session, place, 'explained')
  await step(ana, place, 'understand')
  await isIn(bea.session, place, 'understood')
  await step(bea, place, 'close')
  await isIn(ana.session, place, 'closed')
})

test('a material that is taken back while its patient understands it is taken back on both sides', async () => {
  const { ana, bea } = await patientAndDoctor()
  const data = { title: 'A page', address: 'https://example.org/knee' }
  const place = await open(bea, 'Ana', { kind: 'material', data })
  await exchange([ana.session, bea.session], async () => (await requestsOf(ana.session)).length === 1)
  expect(await bea.session.takeStep(place, { kind: 'understand', data: {} })).toMatchObject({ ok: false })
  await Promise.all([step(ana, place, 'understand'), step(bea, place, 'withdraw', { reason: 'The wrong knee' })])
  await isIn(ana.session, place, 'withdrawn')
  await isIn(bea.session, place, 'withdrawn')
})
