import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { ThreadDetail, ThreadList, ThreadPlace } from '#app/core/message-session.ts'
import type { OtherRelays } from '#app/core/ports.ts'
import type { Session } from '#app/core/session.ts'
import { SILENT_LINK } from '#app/core/sync/silent-link.ts'
import { parseRelayOrigin, type RelayOrigin } from '#schema/relay-origin.ts'
import { condition, household } from '#tests/support/household.ts'
import { type LoopRelay, startLoopRelay } from '#tests/support/loop-link.ts'
import { keepFor, keptBackedUp, keptOf, keptShows, openKept } from '#tests/support/test-kept.ts'
import { type TestDevice, until } from '#tests/support/test-device.ts'
import {
  accept,
  contactOf,
  exchange,
  givenOf,
  knows,
  makePerson,
  passphraseOf,
  peopleOf,
  receivedOf,
  share,
  sharesOf,
} from '#tests/support/test-people.ts'

vi.setConfig({ testTimeout: 60_000 })

const MANY = { perSecond: 1000, burst: 10_000 }
const HERS = parseRelayOrigin('https://hers.example')!
const HIS = parseRelayOrigin('https://his.example')!

/** What can be reached by address; a relay that is taken out is away. */
const relays = new Map<RelayOrigin, LoopRelay>()

// Before the household, so that they stop after its devices.
afterEach(async () => {
  for (const relay of relays.values()) await relay.stop()
  relays.clear()
})

const { clock, device } = household()

beforeEach(async () => {
  for (const origin of [HERS, HIS]) {
    relays.set(origin, await startLoopRelay({ now: () => clock.now(), limits: { requests: MANY } }))
  }
})

function at(own: RelayOrigin): Promise<TestDevice> {
  const others: OtherRelays = { own, to: origin => relays.get(origin)?.link() ?? SILENT_LINK }
  return device({ relay: relays.get(own)!, relays: others })
}

/** Ana is on her relay, Ben on his; he took her link. */
async function twoWhoMet() {
  const ana = await makePerson(() => at(HERS), 'Ana')
  const ben = await makePerson(() => at(HIS), 'Ben')
  const invited = await ana.session.invite()
  if (!invited.ok) throw new Error(invited.failure.kind)
  const link = `${HERS}/meet#${invited.value.code}`
  expect(await ben.session.readInvitation(link)).toMatchObject({ ok: true, value: { name: 'Ana' } })
  expect((await ben.session.acceptInvitation(link)).ok).toBe(true)
  const both = [ana.session, ben.session]
  await exchange(both, async () => (await knows(ana.session, 'Ben')) && knows(ben.session, 'Ana'))
  return { ana, ben, both }
}

async function sharedTitles(session: Session, shareId: string): Promise<string[] | undefined> {
  const asked = await session.askShared(shareId, 'timelineRows', [{}, 0, 100])
  return asked?.map(row => row.title).toSorted()
}

const sees = (session: Session, shareId: string, titles: readonly string[]) =>
  until(async () => (await sharedTitles(session, shareId))?.join() === titles.join())

async function threadsOf(session: Session): Promise<ThreadList> {
  const told = Promise.withResolvers<ThreadList>()
  const stop = await session.watchThreads(told.resolve)
  stop()
  return told.promise
}

async function textsOf(session: Session, place: ThreadPlace): Promise<readonly string[] | undefined> {
  const told = Promise.withResolvers<ThreadDetail | undefined>()
  const stop = await session.watchThread(place, 100, told.resolve)
  stop()
  return (await told.promise)?.messages.map(({ text }) => text)
}

test('Ana shares with Ben, who is on another relay; he sees what she adds, adds something himself, and hears of the end', async () => {
  const { ana, ben, both } = await twoWhoMet()
  await ana.session.addEntry(condition('Cough'))
  const id = await share(ana, 'Ben', { role: 'write' })
  await accept(ana, ben, id)
  await sees(ben.session, id, ['Cough'])
  await ana.session.addEntry(condition('Asthma'))
  await sees(ben.session, id, ['Asthma', 'Cough'])
  await ben.session.askShared(id, 'addEntry', [condition('Fever'), {}])
  await until(async () => (await ana.session.timelineRows({}, 0, 10)).some(row => row.title === 'Fever'))
  // Nothing of hers is at his.
  const hers = new Set(relays.get(HERS)!.logs())
  expect(
    relays
      .get(HIS)!
      .logs()
      .some(log => hers.has(log)),
  ).toBe(false)
  expect((await ana.session.stopShare(id)).ok).toBe(true)
  await exchange(both, async () => (await receivedOf(ben.session))?.state === 'ended')
  expect((await givenOf(ana.session))?.state).toBe('ended')
})

test('they write to each other, whoever began', async () => {
  const { ana, ben, both } = await twoWhoMet()
  const contact = await contactOf(ben.session, 'Ana')
  const begun = await ben.session.beginThread({
    contactIds: [contact!.contactId],
    subject: 'Knee',
    about: 'family',
    text: 'How is your knee?',
    key: 'first',
  })
  if (!begun.ok) throw new Error(begun.failure.kind)
  await exchange(both, async () => (await threadsOf(ana.session)).threads.length === 1)
  const [thread] = (await threadsOf(ana.session)).threads
  await until(async () => (await textsOf(ana.session, thread!))?.join() === 'How is your knee?')
  expect((await ana.session.sendMessage(thread!, { text: 'Better.', key: 'second' })).ok).toBe(true)
  await until(async () => (await textsOf(ben.session, begun.value))?.join('|') === 'How is your knee?|Better.')
})

test('a contact’s relay that is away holds up nobody else, and what was meant for them goes once it is back', async () => {
  const { ana, ben } = await twoWhoMet()
  const his = relays.get(HIS)!
  relays.delete(HIS)
  const eve = await makePerson(() => at(HERS), 'Eve')
  const invited = await ana.session.invite()
  if (!invited.ok) throw new Error(invited.failure.kind)
  await ana.session.addEntry(condition('Cough'))
  const id = await share(ana, 'Ben')
  expect((await eve.session.acceptInvitation(invited.value.words.join(' '))).ok).toBe(true)
  await exchange([ana.session, eve.session], () => knows(eve.session, 'Ana'))
  expect((await givenOf(ana.session))?.state).not.toBe('accepted')
  relays.set(HIS, his)
  await accept(ana, ben, id)
  await sees(ben.session, id, ['Cough'])
})

test('words say nothing of where they lie: with the address beside them the invitation is found', async () => {
  const ana = await makePerson(() => at(HERS), 'Ana')
  const ben = await makePerson(() => at(HIS), 'Ben')
  const invited = await ana.session.invite()
  if (!invited.ok) throw new Error(invited.failure.kind)
  const words = invited.value.words.join(' ')
  expect(await ben.session.readInvitation(words)).toMatchObject({ failure: { kind: 'nothing-there' } })
  expect(await ben.session.readInvitation(`${words} ${HERS}`)).toMatchObject({ ok: true, value: { name: 'Ana' } })
  expect((await peopleOf(ben.session)).contacts).toEqual([])
  expect((await sharesOf(ben.session)).received).toEqual([])
})

test('a record that Ana keeps for her child is kept together with Ben on another relay', async () => {
  const { ana, ben, both } = await twoWhoMet()
  const { keptId } = await keepFor(ana.session, 'Cai')
  await ana.session.askKept(keptId, 'addEntry', [condition('Measles'), {}])
  await keptBackedUp(ana.session, keptId)
  const contact = await contactOf(ana.session, 'Ben')
  const passphrase = passphraseOf('Ana')
  const added = await ana.session.askKept(keptId, 'addGuardian', [{ contactId: contact!.contactId, passphrase }])
  expect(added?.answer).toMatchObject({ ok: true })
  await exchange(both, async () => (await keptOf(ben.session)).offers.length === 1)
  expect((await ben.session.answerGuardian(keptId, 'accept', passphraseOf('Ben'))).ok).toBe(true)
  await openKept(ben.session, 'Cai')
  await keptShows(ben.session, keptId, ['Measles'])
  await ben.session.askKept(keptId, 'addEntry', [condition('Mumps'), {}])
  await keptShows(ana.session, keptId, ['Measles', 'Mumps'])
})
