import { expect, test, vi } from 'vitest'
import type { ThreadDetail, ThreadPlace } from '#app/core/message-session.ts'
import type { RequestDetail, RequestPlace } from '#app/core/request-session.ts'
import type { Session } from '#app/core/session.ts'
import type { VisitorTopic } from '#app/core/visitor-session.ts'
import { FileId } from '#schema/ids.ts'
import { instant } from '#schema/instant.ts'
import { household } from '#tests/support/household.ts'
import { until } from '#tests/support/test-device.ts'
import { makePerson, pair } from '#tests/support/test-people.ts'
import { doorOf, doorOfText, ORIGIN, visitorOf } from '#tests/support/visitor-acts.ts'

vi.setConfig({ testTimeout: 60_000 })

const { clock, device, relay } = household()
const HOUR_MS = 3600_000

const doorTo = (address: string) => doorOf(relay(), address)

async function threadOf(session: Session, place: ThreadPlace): Promise<ThreadDetail | undefined> {
  const told = Promise.withResolvers<ThreadDetail | undefined>()
  const stop = await session.watchThread(place, 100, told.resolve)
  stop()
  return told.promise
}

async function requestOf(session: Session, place: RequestPlace): Promise<RequestDetail | undefined> {
  const told = Promise.withResolvers<RequestDetail | undefined>()
  const stop = await session.watchRequest(place, told.resolve)
  stop()
  return told.promise
}

const answersOf = async (session: Session, id: string) => (await visitorOf(session, id))?.answers ?? []

async function anaWrites() {
  const ana = await makePerson(device, 'Ana')
  const begun = await ana.session.beginThread({
    contactIds: [],
    visitor: 'Dr. Green',
    subject: 'Knee',
    about: 'my-care',
    text: 'My knee hurts.',
    key: 'first',
  })
  if (!begun.ok) throw new Error(begun.failure.kind)
  return { ana, place: begun.value }
}

async function linkFor(session: Session, conversationId: string, topic: VisitorTopic) {
  const expiresAt = instant(clock.now() + HOUR_MS)
  const made = await session.makeVisitorLink({ conversationId, topic, expiresAt, origin: ORIGIN })
  if (!made.ok) throw new Error(made.failure.kind)
  return made.value
}

async function askRefill(session: Session) {
  const medicine = await session.addEntry({ kind: 'medicine', name: 'Salbutamol', status: 'taking' })
  if (!medicine.ok) throw new Error(medicine.failure.kind)
  const data = { medicineId: medicine.value, medicineName: 'Salbutamol', wish: 'two inhalers' }
  const asked = await session.openRequest({ kind: 'refill', contactId: '', visitor: 'Dr. Green', key: 'r', data })
  if (!asked.ok) throw new Error(asked.failure.kind)
  return asked.value
}

test('a doctor without Wellkeep reads a message by a link and answers; it waits until Ana takes it in, and says that nobody checked who it was', async () => {
  const { ana, place } = await anaWrites()
  expect(await threadOf(ana.session, place)).toMatchObject({ people: ['Dr. Green'], isWithVisitor: true })
  const link = await linkFor(ana.session, place.conversationId, { threadId: place.threadId })
  const door = doorTo(link.address)
  const letter = await door.open('Front desk')
  if (!letter.ok) throw new Error(letter.failure)
  expect(letter.value).toMatchObject({
    from: 'Ana',
    to: 'Dr. Green',
    says: { is: 'thread', subject: 'Knee', messages: [{ by: 'patient', text: 'My knee hurts.' }] },
  })
  const file = { name: '../plan\u202e.txt', bytes: new TextEncoder().encode('Rest.') }
  expect((await door.answer(letter.value, { name: 'Dr. Green\n<b>', text: 'Can you bend it?', file })).ok).toBe(true)
  await until(async () => (await answersOf(ana.session, place.conversationId)).length === 1)
  const [answer] = await answersOf(ana.session, place.conversationId)
  expect(answer).toMatchObject({ name: 'Dr. Green <b>', text: 'Can you bend it?', file: { name: '../plan .txt' } })
  expect((await threadOf(ana.session, place))?.messages).toHaveLength(1)
  // The relay is asked once more a while after the answer came.
  await until(async () => (await visitorOf(ana.session, place.conversationId))?.links[0]?.openings.length === 1)
  const visitor = await visitorOf(ana.session, place.conversationId)
  expect(visitor?.links).toMatchObject([{ standing: 'open', openings: [{ recipient: 'Front desk' }] }])

  for (let twice = 0; twice < 2; twice += 1) {
    expect(await ana.session.takeAnswer(place.conversationId, answer!.answerId)).toMatchObject({ ok: true })
  }
  expect(await answersOf(ana.session, place.conversationId)).toEqual([])
  expect((await threadOf(ana.session, place))?.messages).toMatchObject([
    { by: { type: 'you' } },
    { by: { type: 'member', name: 'Dr. Green <b>' }, how: 'link', text: 'Can you bend it?' },
  ])
  const opened = await ana.session.openFile(place.conversationId, answer!.file!.id)
  expect(opened.ok && (await opened.value.text())).toBe('Rest.')

  // What was said since is behind the same link.
  expect((await ana.session.sendMessage(place, { text: 'Not much.', key: 'second' })).ok).toBe(true)
  await until(async () => {
    const again = await door.open('')
    return again.ok && again.value.says.is === 'thread' && again.value.says.messages.length === 3
  })
})

test('a refill by link: the doctor approves, Ana takes it in, and only “I have it” adds to her stock', async () => {
  const ana = await makePerson(device, 'Ana')
  const place = await askRefill(ana.session)
  const link = await linkFor(ana.session, place.conversationId, { requestId: place.requestId })
  const door = doorTo(link.address)
  const letter = await door.open('Dr. Green')
  if (!letter.ok || letter.value.says.is !== 'request') throw new Error('no letter')
  expect(letter.value.says).toMatchObject({ kind: 'refill', title: 'Salbutamol', state: 'requested' })
  expect(letter.value.says.next).toContain('approve')
  const step = { kind: 'approve', data: { route: 'sent' } }
  expect((await door.answer(letter.value, { name: 'Dr. Green', text: '', step })).ok).toBe(true)
  // Not a step of theirs, and no step at all: kept out when it is taken in.
  const wrong = { kind: 'take', data: { amount: 1 } }
  expect((await door.answer(letter.value, { name: 'Mallory', text: '', step: wrong })).ok).toBe(true)
  await until(async () => (await answersOf(ana.session, place.conversationId)).length === 2)
  const [good, bad] = await answersOf(ana.session, place.conversationId)
  expect((await requestOf(ana.session, place))?.state).toBe('requested')
  expect(await ana.session.takeAnswer(place.conversationId, bad!.answerId)).toMatchObject({ ok: false })
  expect(await ana.session.putAnswerAway(place.conversationId, bad!.answerId)).toEqual({ ok: true, value: undefined })
  expect(await ana.session.takeAnswer(place.conversationId, good!.answerId)).toMatchObject({ ok: true })
  const request = await requestOf(ana.session, place)
  expect(request?.state).toBe('approved')
  expect(request?.history.at(-1)).toMatchObject({ role: 'provider', how: 'link', by: { name: 'Dr. Green' } })
  expect(await answersOf(ana.session, place.conversationId)).toEqual([])
})

test('a picture in an answer that no decoder reads keeps neither its words nor what is answered after it from Ana', async () => {
  const { ana, place } = await anaWrites()
  const link = await linkFor(ana.session, place.conversationId, { threadId: place.threadId })
  const door = doorTo(link.address)
  const letter = await door.open('')
  if (!letter.ok) throw new Error(letter.failure)
  const file = { name: 'x-ray.jpg', bytes: new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 0xff, 0xff, 1]) }
  expect((await door.answer(letter.value, { name: 'Mallory', text: 'Look', file })).ok).toBe(true)
  expect((await door.answer(letter.value, { name: 'Dr. Green', text: 'Rest.' })).ok).toBe(true)
  await until(async () => (await answersOf(ana.session, place.conversationId)).length === 2)
  const answers = await answersOf(ana.session, place.conversationId)
  // Both may have come in the same millisecond.
  expect(answers.map(({ text }) => text).toSorted()).toEqual(['Look', 'Rest.'])
})

test('on paper: Ana writes down each step that she is told, as the doctor’s', async () => {
  const ana = await makePerson(device, 'Ana')
  const place = await askRefill(ana.session)
  const asked = await requestOf(ana.session, place)
  expect(asked?.theirNext).toEqual(expect.arrayContaining(['approve', 'decline']))
  const decline = { kind: 'decline', data: { reason: 'Come by first.' }, isTheirs: true }
  expect(await ana.session.takeStep(place, decline)).toMatchObject({ ok: true })
  const request = await requestOf(ana.session, place)
  expect(request).toMatchObject({ state: 'declined' })
  expect(request?.history.at(-1)).toMatchObject({ role: 'provider', how: 'told', by: { name: 'Dr. Green' } })
})

test('a link that is over or ended shows nothing and takes nothing; what came before waits all the same', async () => {
  const { ana, place } = await anaWrites()
  const link = await linkFor(ana.session, place.conversationId, { threadId: place.threadId })
  const door = doorTo(link.address)
  const letter = await door.open('')
  if (!letter.ok) throw new Error(letter.failure)
  expect((await door.answer(letter.value, { name: '', text: 'In time' })).ok).toBe(true)
  clock.offsetMs = HOUR_MS
  expect(await door.open('')).toEqual({ ok: false, failure: 'over' })
  expect(await door.answer(letter.value, { name: '', text: 'Too late' })).toEqual({ ok: false, failure: 'over' })
  await until(async () => (await answersOf(ana.session, place.conversationId)).length === 1)
  expect(await answersOf(ana.session, place.conversationId)).toMatchObject([{ text: 'In time', name: '?' }])
  clock.offsetMs = 0
  const second = await linkFor(ana.session, place.conversationId, { threadId: place.threadId })
  expect((await ana.session.endVisitorLink(place.conversationId, second.linkId)).ok).toBe(true)
  expect(await doorTo(second.address).open('')).toEqual({ ok: false, failure: 'over' })
  expect((await visitorOf(ana.session, place.conversationId))?.links.map(one => one.linkId)).toEqual([link.linkId])
})

test('another device of Ana’s has the link, and either takes the answer in once', async () => {
  const { ana, place } = await anaWrites()
  const link = await linkFor(ana.session, place.conversationId, { threadId: place.threadId })
  const tablet = await device()
  await pair(ana, tablet)
  await until(async () => (await visitorOf(tablet.session, place.conversationId))?.links[0]?.linkId === link.linkId)
  const door = doorTo(link.address)
  const letter = await door.open('')
  if (!letter.ok) throw new Error(letter.failure)
  expect((await door.answer(letter.value, { name: 'Dr. Green', text: 'Yes.' })).ok).toBe(true)
  for (const one of [ana, tablet]) {
    await until(async () => (await answersOf(one.session, place.conversationId)).length === 1)
  }
  const [answer] = await answersOf(ana.session, place.conversationId)
  ana.setOnline(false)
  expect((await ana.session.takeAnswer(place.conversationId, answer!.answerId)).ok).toBe(true)
  expect((await tablet.session.takeAnswer(place.conversationId, answer!.answerId)).ok).toBe(true)
  ana.setOnline(true)
  const texts = async (session: Session) => (await threadOf(session, place))?.messages.map(({ text }) => text)
  for (const one of [ana, tablet]) {
    await until(async () => JSON.stringify(await texts(one.session)) === JSON.stringify(['My knee hurts.', 'Yes.']))
  }
})

test('what is no link opens nothing, and another key does not open a letter', async () => {
  const { ana, place } = await anaWrites()
  const link = await linkFor(ana.session, place.conversationId, { threadId: place.threadId })
  const text = new URL(link.address).hash.slice(1)
  expect(await doorOfText(relay(), '').open('')).toEqual({ ok: false, failure: 'no-link' })
  expect(await doorOfText(relay(), text.slice(2)).open('')).toMatchObject({ ok: false })
  const wrongKey = `${text.slice(0, -4)}AAAA`
  expect(await doorOfText(relay(), wrongKey).open('')).toEqual({ ok: false, failure: 'damaged' })
})

test('a copy of records by link: the doctor answers with a file, and once Ana takes it in it opens from the request', async () => {
  const ana = await makePerson(device, 'Ana')
  const asked = await ana.session.openRequest({
    kind: 'copy',
    contactId: '',
    visitor: 'Dr. Green',
    key: 'c',
    data: { wish: 'All of it' },
  })
  if (!asked.ok) throw new Error(asked.failure.kind)
  const place = asked.value
  const link = await linkFor(ana.session, place.conversationId, { requestId: place.requestId })
  const door = doorTo(link.address)
  const letter = await door.open('Front desk')
  if (!letter.ok) throw new Error(letter.failure)
  const bundle = '{"resourceType":"Bundle","type":"collection"}'
  const file = { name: 'records.json', bytes: new TextEncoder().encode(bundle) }
  const step = { kind: 'answer', data: { words: 'Here it is' } }
  expect((await door.answer(letter.value, { name: 'Dr. Green', text: '', step, file })).ok).toBe(true)
  await until(async () => (await answersOf(ana.session, place.conversationId)).length === 1)
  const [answer] = await answersOf(ana.session, place.conversationId)
  expect(await ana.session.takeAnswer(place.conversationId, answer!.answerId)).toMatchObject({ ok: true })
  const request = await requestOf(ana.session, place)
  expect(request).toMatchObject({
    state: 'answered',
    history: [{}, { data: { name: 'records.json', words: 'Here it is' } }],
  })
  const fileId = FileId.parse(String(request?.history[1]?.data['fileId']))!
  const opened = await ana.session.openFile(place.conversationId, fileId)
  expect(opened.ok && (await opened.value.text())).toBe(bundle)
})
