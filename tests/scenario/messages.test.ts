import { expect, test, vi } from 'vitest'
import type { BeginThread, ThreadDetail, ThreadList, ThreadPlace } from '#app/core/message-session.ts'
import type { Session } from '#app/core/session.ts'
import { instant } from '#schema/instant.ts'
import { backedUp, household } from '#tests/support/household.ts'
import { until } from '#tests/support/test-device.ts'
import { contactOf, exchange, makePerson, meet, pair, passphraseOf, sharesOf } from '#tests/support/test-people.ts'

vi.setConfig({ testTimeout: 60_000 })

const { device } = household()
const person = (name: string) => makePerson(device, name)

async function twoWhoMet() {
  const [ana, bea] = [await person('Ana'), await person('Bea')]
  await meet(ana, bea, ['Ana', 'Bea'])
  return { ana, bea }
}

let keys = 0
const said = (text: string) => ({ text, key: `key ${++keys}` })

async function begin(session: Session, names: readonly string[], request: Partial<BeginThread> = {}) {
  const contacts = await Promise.all(names.map(name => contactOf(session, name)))
  const begun = await session.beginThread({
    contactIds: contacts.map(one => one!.contactId),
    subject: 'Knee',
    about: 'family',
    ...said('My knee hurts.'),
    ...request,
  })
  if (!begun.ok) throw new Error(begun.failure.kind)
  return begun.value
}

async function threadsOf(session: Session): Promise<ThreadList> {
  const told = Promise.withResolvers<ThreadList>()
  const stop = await session.watchThreads(told.resolve)
  stop()
  return told.promise
}

async function threadOf(session: Session, place: ThreadPlace): Promise<ThreadDetail | undefined> {
  const told = Promise.withResolvers<ThreadDetail | undefined>()
  const stop = await session.watchThread(place, 100, told.resolve)
  stop()
  return told.promise
}

const textsOf = async (session: Session, place: ThreadPlace) =>
  (await threadOf(session, place))?.messages.map(({ text }) => text)

const reads = (session: Session, place: ThreadPlace, texts: readonly string[]) =>
  until(async () => (await textsOf(session, place))?.join('|') === texts.join('|'))

test('Ana writes to Bea, who answers; each sees what came, and how far what they wrote is', async () => {
  const { ana, bea } = await twoWhoMet()
  const place = await begin(ana.session, ['Bea'])
  await exchange([ana.session, bea.session], async () => (await threadsOf(bea.session)).threads.length === 1)
  const list = await threadsOf(bea.session)
  expect(list).toMatchObject({
    unreadCount: 1,
    threads: [{ ...place, subject: 'Knee', people: ['Ana'], unreadCount: 1, last: { text: 'My knee hurts.' } }],
  })
  // Nobody was asked, and it is in no list of what is shared.
  expect((await sharesOf(bea.session)).received).toEqual([])
  expect((await sharesOf(ana.session)).given).toEqual([])

  await until(async () => (await threadOf(ana.session, place))?.messages[0]?.state === 'delivered')
  expect((await bea.session.markThreadRead(place)).ok).toBe(true)
  expect((await threadsOf(bea.session)).unreadCount).toBe(0)
  await until(async () => (await threadOf(ana.session, place))?.messages[0]?.state === 'read')

  expect((await bea.session.sendMessage(place, said('Did you fall?'))).ok).toBe(true)
  await reads(ana.session, place, ['My knee hurts.', 'Did you fall?'])
  expect((await threadOf(ana.session, place))?.messages[1]).toMatchObject({
    by: { type: 'member', name: 'Bea' },
    isNew: true,
  })
})

test('in a family of three everybody reads everybody, each by the name that they have there', async () => {
  const { ana, bea } = await twoWhoMet()
  const carl = await person('Carl')
  await meet(ana, carl, ['Ana', 'Carl'])
  const place = await begin(ana.session, ['Bea', 'Carl'], { subject: '', ...said('Who comes on Sunday?') })
  const all = [ana.session, bea.session, carl.session]
  await exchange(all, async () => (await Promise.all(all.map(threadsOf))).every(one => one.threads.length === 1))
  expect((await carl.session.sendMessage(place, said('I do.'))).ok).toBe(true)
  await reads(bea.session, place, ['Who comes on Sunday?', 'I do.'])
  const seen = await threadOf(bea.session, place)
  expect(seen?.people.toSorted()).toEqual(['Ana', 'Carl'])
  expect(seen?.messages.map(({ by }) => by)).toMatchObject([
    { type: 'owner', name: 'Ana' },
    { type: 'member', name: 'Carl' },
  ])
  // Delivered is what everybody has.
  await until(async () => (await threadOf(carl.session, place))?.messages[1]?.state === 'delivered')
})

test('what is written offline waits on the device, goes when the relay is there, and stands in its place', async () => {
  const { ana, bea } = await twoWhoMet()
  const place = await begin(ana.session, ['Bea'])
  await exchange([ana.session, bea.session], async () => (await threadsOf(bea.session)).threads.length === 1)
  await reads(bea.session, place, ['My knee hurts.'])
  bea.setOnline(false)
  expect((await bea.session.sendMessage(place, said('Since when?'))).ok).toBe(true)
  expect((await bea.session.sendMessage(place, said('And where?'))).ok).toBe(true)
  expect((await threadOf(bea.session, place))?.messages.map(({ state }) => state)).toEqual([
    undefined,
    'saved',
    'saved',
  ])
  expect((await ana.session.sendMessage(place, said('It is swollen, too.'))).ok).toBe(true)
  bea.setOnline(true)
  await until(async () => (await textsOf(ana.session, place))?.length === 4)
  const [forAna, forBea] = [await textsOf(ana.session, place), await textsOf(bea.session, place)]
  expect(forBea).toEqual(forAna)
  expect(forAna?.indexOf('Since when?')).toBeLessThan(forAna?.indexOf('And where?') ?? 0)
})

test('an answer stands below what it answers, whatever the clocks say', async () => {
  const { ana, bea } = await twoWhoMet()
  const place = await begin(ana.session, ['Bea'])
  await exchange([ana.session, bea.session], async () => (await threadsOf(bea.session)).threads.length === 1)
  await reads(bea.session, place, ['My knee hurts.'])
  bea.clock.offsetMs = -3600_000
  expect((await bea.session.sendMessage(place, said('By an hour too early'))).ok).toBe(true)
  await reads(ana.session, place, ['My knee hurts.', 'By an hour too early'])
})

test('a message that is sent twice is said once', async () => {
  const { ana } = await twoWhoMet()
  const message = said('Once')
  const place = await begin(ana.session, ['Bea'], message)
  expect(await begin(ana.session, ['Bea'], message)).toEqual(place)
  const next = said('Twice')
  for (let times = 0; times < 2; times++) expect((await ana.session.sendMessage(place, next)).ok).toBe(true)
  expect(await textsOf(ana.session, place)).toEqual(['Once', 'Twice'])
})

test('a second thread with the same people goes into the conversation that they have', async () => {
  const { ana, bea } = await twoWhoMet()
  const first = await begin(ana.session, ['Bea'])
  const second = await begin(ana.session, ['Bea'], { subject: 'Sunday', ...said('Lunch?') })
  expect(second.conversationId).toBe(first.conversationId)
  await exchange([ana.session, bea.session], async () => (await threadsOf(bea.session)).threads.length === 2)
  // Who was written to may begin one as well.
  const third = await begin(bea.session, ['Ana'], { subject: 'Shoes', ...said('Size?') })
  expect(third.conversationId).toBe(first.conversationId)
  // About her own health it is another one: who is the patient is said of the whole.
  const care = await begin(bea.session, ['Ana'], { about: 'my-care' })
  expect(care.conversationId).not.toBe(first.conversationId)
  await exchange([ana.session, bea.session], async () => (await threadsOf(ana.session)).threads.length === 4)
  expect((await threadOf(ana.session, care))?.about).toBe('their-care')
})

test('all devices of a person have their conversations, and a restart brings back what was said', async () => {
  const { ana, bea } = await twoWhoMet()
  const place = await begin(ana.session, ['Bea'])
  await exchange([ana.session, bea.session], async () => (await threadsOf(bea.session)).threads.length === 1)
  const tablet = await device()
  await pair(bea, tablet, passphraseOf('Bea'))
  await reads(tablet.session, place, ['My knee hurts.'])
  expect((await tablet.session.sendMessage(place, said('From the tablet'))).ok).toBe(true)
  await reads(ana.session, place, ['My knee hurts.', 'From the tablet'])
  await reads(bea.session, place, ['My knee hurts.', 'From the tablet'])
  expect((await threadOf(bea.session, place))?.messages[1]?.by.type).toBe('you')
  await backedUp(ana.session)
  const again = await ana.restart()
  expect((await again.session.unlock(passphraseOf('Ana'))).ok).toBe(true)
  await reads(again.session, place, ['My knee hurts.', 'From the tablet'])
})

test('whoever ends a conversation can be written to no more in it; both read on what was said, and why', async () => {
  const { ana, bea } = await twoWhoMet()
  const place = await begin(ana.session, ['Bea'])
  await exchange([ana.session, bea.session], async () => (await threadsOf(bea.session)).threads.length === 1)
  expect((await ana.session.endConversation(place.conversationId)).ok).toBe(true)
  await exchange(
    [ana.session, bea.session],
    async () => (await threadOf(bea.session, place))?.noReply === 'ended-by-them',
  )
  expect(await bea.session.sendMessage(place, said('Too late'))).toMatchObject({ failure: { kind: 'over' } })
  expect(await ana.session.sendMessage(place, said('Too late'))).toMatchObject({ failure: { kind: 'over' } })
  expect((await threadOf(ana.session, place))?.noReply).toBe('ended-by-you')
  const again = await bea.restart()
  expect((await again.session.unlock(passphraseOf('Bea'))).ok).toBe(true)
  await reads(again.session, place, ['My knee hurts.'])
  // What comes next begins another one.
  const next = await begin(ana.session, ['Bea'], said('Let us talk again.'))
  expect(next.conversationId).not.toBe(place.conversationId)
})

test('whoever leaves a conversation that somebody else opened hears nothing more of it', async () => {
  const { ana, bea } = await twoWhoMet()
  const place = await begin(ana.session, ['Bea'])
  await exchange([ana.session, bea.session], async () => (await threadsOf(bea.session)).threads.length === 1)
  expect((await bea.session.endConversation(place.conversationId)).ok).toBe(true)
  await exchange(
    [bea.session, ana.session],
    async () => (await threadOf(ana.session, place))?.noReply === 'ended-by-them',
  )
  expect((await threadOf(bea.session, place))?.noReply).toBe('ended-by-you')
})

test('a muted thread counts for nothing, on all devices, and is found by its words like the others', async () => {
  const { ana, bea } = await twoWhoMet()
  const place = await begin(ana.session, ['Bea'])
  await exchange([ana.session, bea.session], async () => (await threadsOf(bea.session)).threads.length === 1)
  expect((await bea.session.muteThread(place, true)).ok).toBe(true)
  expect(await threadsOf(bea.session)).toMatchObject({ unreadCount: 0, threads: [{ isMuted: true, unreadCount: 1 }] })
  expect(await bea.session.searchMessages('HURTS knee')).toMatchObject([
    { ...place, message: { text: 'My knee hurts.' } },
  ])
  expect(await bea.session.searchMessages('elbow')).toEqual([])
})

test('a practice says when it answers, above each thread', async () => {
  const { ana, bea } = await twoWhoMet()
  const place = await begin(ana.session, ['Bea'], { about: 'my-care' })
  await exchange([ana.session, bea.session], async () => (await threadsOf(bea.session)).threads.length === 1)
  expect((await bea.session.sayAnswerTimes(place.conversationId, 'Within two working days')).ok).toBe(true)
  await until(async () => (await threadOf(ana.session, place))?.answerTimes[0]?.text === 'Within two working days')
})

test('nobody writes to whom they did not meet, nor to who has removed them', async () => {
  const { ana, bea } = await twoWhoMet()
  const stranger = { contactIds: ['0'.repeat(32)], subject: '', about: 'family', ...said('Hello') } as const
  expect(await ana.session.beginThread(stranger)).toMatchObject({ failure: { kind: 'nobody-chosen' } })
  const place = await begin(ana.session, ['Bea'])
  await exchange([ana.session, bea.session], async () => (await threadsOf(bea.session)).threads.length === 1)
  expect((await bea.session.removeContact((await contactOf(bea.session, 'Ana'))!.contactId)).ok).toBe(true)
  await exchange(
    [bea.session, ana.session],
    async () => (await threadOf(ana.session, place))?.noReply === 'ended-by-them',
  )
  const again = await begin(ana.session, ['Bea'], said('Are you there?'))
  for (let rounds = 0; rounds < 3; rounds++) for (const { session } of [ana, bea]) await session.checkMail()
  expect((await threadsOf(bea.session)).threads.map(({ last }) => last.text)).toEqual(['My knee hurts.'])
  // Nobody tells Ana, and her app knows no more than that nobody took it.
  expect(await threadOf(ana.session, again)).toMatchObject({
    untakenBy: [{ name: 'Bea' }],
    messages: [{ state: 'untaken' }],
  })
})

test('who ended a conversation, and not the contact, takes up the next one: nothing is said of it but that it arrived', async () => {
  const { ana, bea } = await twoWhoMet()
  const place = await begin(ana.session, ['Bea'])
  await exchange([ana.session, bea.session], async () => (await threadsOf(bea.session)).threads.length === 1)
  expect((await bea.session.endConversation(place.conversationId)).ok).toBe(true)
  await exchange(
    [bea.session, ana.session],
    async () => (await threadOf(ana.session, place))?.noReply === 'ended-by-them',
  )
  const again = await begin(ana.session, ['Bea'], said('And now?'))
  await exchange([ana.session, bea.session], async () => {
    const thread = await threadOf(ana.session, again)
    return thread?.untakenBy.length === 0 && thread.messages[0]?.state === 'delivered'
  })
})

test('an entry goes along by its line; a reader has it whole only by a share, and a private one goes to nobody', async () => {
  const { ana, bea } = await twoWhoMet()
  const added = await ana.session.addEntry({
    kind: 'note',
    title: 'Swollen knee',
    text: 'Since Sunday',
    writtenAt: '2026-11-20T08:00:00Z',
  })
  if (!added.ok) throw new Error(added.failure.kind)
  const id = added.value
  const line = { id, section: 'story', title: 'Swollen knee', when: 'Nov 20, 2026', value: 'Since Sunday' } as const
  const place = await begin(ana.session, ['Bea'], { entries: [line] })
  await exchange([ana.session, bea.session], async () => (await threadsOf(bea.session)).threads.length === 1)
  await reads(bea.session, place, ['My knee hurts.'])
  const contactId = (await contactOf(bea.session, 'Ana'))?.contactId
  expect((await threadOf(bea.session, place))?.messages).toMatchObject([{ entries: [line], contactId }])
  expect((await threadOf(ana.session, place))?.messages[0]?.contactId).toBeUndefined()
  expect((await sharesOf(bea.session)).received).toEqual([])

  const six = Array(6).fill(line)
  expect(await ana.session.sendMessage(place, { ...said('All'), entries: six })).toMatchObject({
    failure: { kind: 'too-many-entries' },
  })
  expect((await ana.session.makePrivate([id])).ok).toBe(true)
  const refused = { failure: { kind: 'entry-not-given' } }
  expect(await ana.session.sendMessage(place, { ...said('Again'), entries: [line] })).toMatchObject(refused)
  expect((await ana.session.binEntry(id)).ok).toBe(true)
  expect(await ana.session.sendMessage(place, { ...said('Again'), entries: [line] })).toMatchObject(refused)
  expect(await textsOf(bea.session, place)).toEqual(['My knee hurts.'])
})

test('a chart goes along with its values, which stay; with one that went private meanwhile it goes to nobody', async () => {
  const { ana, bea } = await twoWhoMet()
  const weigh = async (day: string, weightKg: number) => {
    const added = await ana.session.addEntry({ kind: 'weight', weightKg, takenAt: `${day}T08:00:00Z` })
    if (!added.ok) throw new Error(added.failure.kind)
    return added.value
  }
  const of = [await weigh('2026-11-19', 71), await weigh('2026-11-20', 70)]
  const row = (when: string, value: number) => ({ when, at: instant(Date.parse(when)), values: [value] })
  const chart = { title: 'Weight', unit: 'kg', lines: ['Weight'], rows: [row('2026-11-19', 71), row('2026-11-20', 70)] }
  const place = await begin(ana.session, ['Bea'], { charts: [{ chart, of }] })
  await exchange([ana.session, bea.session], async () => (await threadsOf(bea.session)).threads.length === 1)
  await reads(bea.session, place, ['My knee hurts.'])
  expect((await threadOf(bea.session, place))?.messages[0]?.charts).toEqual([chart])
  expect((await bea.session.searchMessages('weight')).length).toBe(1)

  const four = Array(4).fill({ chart, of })
  expect(await ana.session.sendMessage(place, { ...said('All'), charts: four })).toMatchObject({
    failure: { kind: 'too-many-charts' },
  })
  const refused = { failure: { kind: 'entry-not-given' } }
  // Whose values they are is said of each.
  expect(
    await ana.session.sendMessage(place, { ...said('Again'), charts: [{ chart, of: of.slice(1) }] }),
  ).toMatchObject(refused)
  expect((await ana.session.makePrivate(of.slice(1))).ok).toBe(true)
  expect(await ana.session.sendMessage(place, { ...said('Again'), charts: [{ chart, of }] })).toMatchObject(refused)
  expect((await threadOf(bea.session, place))?.messages[0]?.charts).toEqual([chart])
})

test('whoever tells nobody what they read has read it all the same, on all devices; that it arrived is told', async () => {
  const { ana, bea } = await twoWhoMet()
  expect((await bea.session.changeSettings({ hidesRead: true })).ok).toBe(true)
  const place = await begin(ana.session, ['Bea'])
  await exchange([ana.session, bea.session], async () => (await threadsOf(bea.session)).threads.length === 1)
  const tablet = await device()
  await pair(bea, tablet, passphraseOf('Bea'))
  await reads(tablet.session, place, ['My knee hurts.'])
  for (let times = 0; times < 2; times++) expect((await bea.session.markThreadRead(place)).ok).toBe(true)
  await until(async () => (await threadsOf(tablet.session)).unreadCount === 0)
  expect((await threadsOf(bea.session)).unreadCount).toBe(0)
  // An answer goes behind whatever would have been told.
  expect((await bea.session.sendMessage(place, said('Since when?'))).ok).toBe(true)
  await reads(ana.session, place, ['My knee hurts.', 'Since when?'])
  await until(async () => (await threadOf(ana.session, place))?.messages[0]?.state === 'delivered')

  expect((await bea.session.changeSettings({ hidesRead: false })).ok).toBe(true)
  expect((await bea.session.markThreadRead(place)).ok).toBe(true)
  await until(async () => (await threadOf(ana.session, place))?.messages[0]?.state === 'read')
})

test('what was written before one heard of the end is told to have reached nobody, whoever ended it, and is kept for its writer', async () => {
  for (const isByOpener of [true, false]) {
    const { ana, bea } = await twoWhoMet()
    const [writer, ender] = isByOpener ? [bea, ana] : [ana, bea]
    const place = await begin(ana.session, ['Bea'])
    await exchange([ana.session, bea.session], async () => (await threadsOf(bea.session)).threads.length === 1)
    await until(async () => (await threadOf(ana.session, place))?.messages[0]?.state === 'delivered')
    writer.setOnline(false)
    expect((await writer.session.sendMessage(place, said('Are you there?'))).ok).toBe(true)
    expect((await ender.session.endConversation(place.conversationId)).ok).toBe(true)
    for (let rounds = 0; rounds < 3; rounds++) await ender.session.checkMail()
    writer.setOnline(true)
    await exchange(
      [ender.session, writer.session],
      async () => (await threadOf(writer.session, place))?.noReply === 'ended-by-them',
    )
    for (let rounds = 0; rounds < 3; rounds++) for (const { session } of [writer, ender]) await session.checkMail()
    const left = await threadOf(writer.session, place)
    expect(left?.messages.map(({ text, state }) => [text, state])).toEqual([
      ['My knee hurts.', isByOpener ? undefined : 'delivered'],
      ['Are you there?', 'unheard'],
    ])
    expect(await textsOf(ender.session, place)).toEqual(['My knee hurts.'])
  }
})
