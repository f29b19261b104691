import { expect, test, vi } from 'vitest'
import type { Guardian, Guardians, HandOverRequest } from '#app/core/kept-session.ts'
import type { Session } from '#app/core/session.ts'
import { instant } from '#schema/instant.ts'
import type { EntrySummary } from '#schema/record/entry.ts'
import { condition, household, shows, titles } from '#tests/support/household.ts'
import { type TestDevice, until } from '#tests/support/test-device.ts'
import { keepFor, keptBackedUp, keptOf, keptShows, keptTitles, openKept } from '#tests/support/test-kept.ts'
import { compare, contactOf, exchange, makePerson, meet, passphraseOf, sharesOf } from '#tests/support/test-people.ts'

vi.setConfig({ testTimeout: 240_000 })

const DAY_MS = 24 * 3600_000
const SLOW_MS = 90_000
/** How many commits the process lives: each gets further than the one before. */
const LIVES = [1, 4, 10, 21, 40, 75, 130]
const { clock, device } = household()
const person = (name: string) => makePerson(device, name)

/** Ana keeps a record for Tim, who has grown up, has an identity of his own, and compared the number with her. */
async function grown() {
  const [ana, tim] = [await person('Ana'), await person('Timothy')]
  await meet(ana, tim, ['Ana', 'Timothy'])
  const { keptId, words } = await keepFor(ana.session, 'Tim')
  await ana.session.askKept(keptId, 'addEntry', [condition('Measles')])
  await ana.session.askKept(keptId, 'addEntry', [{ kind: 'allergy', substance: 'Peanut' }])
  await tim.session.addEntry(condition('Knee'))
  await keptBackedUp(ana.session, keptId)
  return { ana, tim, keptId, words }
}

async function guardiansOf(session: Session, keptId: string): Promise<readonly Guardian[]> {
  const told = Promise.withResolvers<Guardians>()
  const stop = await session.watchInKept(keptId, 'watchGuardians', [], told.resolve as (told: never) => void)
  const { guardians } = await told.promise
  stop()
  return guardians
}

async function plan(ana: TestDevice, keptId: string, change: Partial<HandOverRequest> = {}) {
  const contact = (await contactOf(ana.session, 'Timothy'))!
  await compare(ana.session, contact.contactId)
  const [me] = (await guardiansOf(ana.session, keptId)).filter(one => one.isThisOne)
  const request: HandOverRequest = {
    contactId: contact.contactId,
    at: instant(clock.now() + 30 * DAY_MS),
    terms: [{ deviceId: me!.deviceId, sections: ['allergies'], role: 'read' }],
    passphrase: passphraseOf('Ana'),
    ...change,
  }
  return (await ana.session.askKept(keptId, 'planHandOver', [request]))!.answer
}

const offered = (from: TestDevice, to: TestDevice) =>
  exchange([from.session, to.session], async () => (await keptOf(to.session)).offers.length === 1, SLOW_MS)

const takenOver = (sessions: readonly Session[], tim: Session) =>
  exchange(sessions, async () => (await keptOf(tim)).past[0]?.endedBy === 'taken-over', SLOW_MS)

test('on the day Tim’s record becomes his own: every entry, what was agreed for Ana, and nothing more for her', async () => {
  const { ana, tim, keptId } = await grown()
  const early = (await ana.session.askKept(keptId, 'handOverNow', [passphraseOf('Ana')]))!.answer
  expect(early.ok).toBe(false)
  expect(await plan(ana, keptId, { passphrase: 'guess' })).toMatchObject({ failure: { kind: 'wrong-passphrase' } })
  expect((await plan(ana, keptId)).ok).toBe(true)
  for (const session of [ana.session, tim.session]) await session.checkMail()
  expect((await keptOf(tim.session)).offers).toEqual([])

  clock.offsetMs = 31 * DAY_MS
  await offered(ana, tim)
  expect((await keptOf(tim.session)).offers).toMatchObject([
    {
      keptId,
      name: 'Tim',
      purpose: 'hand-over',
      contactName: 'Ana',
      terms: [{ name: 'Ana', sections: ['allergies'] }],
    },
  ])
  expect(await tim.session.answerGuardian(keptId, 'accept', 'guess')).toMatchObject({ ok: false })
  expect((await tim.session.answerGuardian(keptId, 'accept', passphraseOf('Timothy'))).ok).toBe(true)
  await takenOver([ana.session, tim.session], tim.session)
  await shows(tim.session, ['Knee', 'Measles', 'Peanut'])
  const rows = await tim.session.timelineRows({}, 0, 10)
  const byOf = ({ source }: EntrySummary) => (source.type === 'self' ? source.by : undefined)
  expect(Object.fromEntries(rows.map(row => [row.title, byOf(row)]))).toMatchObject({
    Measles: { type: 'member', name: 'Ana' },
    Peanut: { type: 'member', name: 'Ana' },
  })
  await until(async () => (await keptOf(ana.session)).past[0]?.endedBy === 'handed-over')
  await until(() => [...ana.disk.rows('frames').keys()].every(key => !key.startsWith('kept/')))

  await exchange([tim.session, ana.session], async () => (await sharesOf(ana.session)).received.length === 1, SLOW_MS)
  const [share] = (await sharesOf(ana.session)).received
  expect(share).toMatchObject({ sections: ['allergies'], role: 'read' })
  expect((await ana.session.answerShare(share!.shareId, 'accept')).ok).toBe(true)
  await until(async () => {
    const rows = await ana.session.askShared(share!.shareId, 'timelineRows', [{}, 0, 10])
    return rows?.map(row => row.title).join() === 'Peanut'
  })
  const [shown] = (await ana.session.askShared(share!.shareId, 'timelineRows', [{}, 0, 10])) ?? []
  expect(shown && byOf(shown)).toEqual({ type: 'you' })
  clock.offsetMs = 0
})

test('it goes earlier when Ana says so and Tim accepts; without comparing it is not planned', async () => {
  const { ana, tim, keptId } = await grown()
  const contact = (await contactOf(ana.session, 'Timothy'))!
  const request = {
    contactId: contact.contactId,
    at: instant(clock.now() + DAY_MS),
    terms: [],
    passphrase: passphraseOf('Ana'),
  }
  const unsure = (await ana.session.askKept(keptId, 'planHandOver', [request]))!.answer
  expect(unsure).toEqual({ ok: false, failure: { kind: 'not-compared' } })
  expect((await plan(ana, keptId)).ok).toBe(true)
  expect((await ana.session.askKept(keptId, 'handOverNow', [passphraseOf('Ana')]))!.answer.ok).toBe(true)
  await offered(ana, tim)
  expect((await tim.session.answerGuardian(keptId, 'accept', passphraseOf('Timothy'))).ok).toBe(true)
  await takenOver([ana.session, tim.session], tim.session)
  await shows(tim.session, ['Knee', 'Measles', 'Peanut'])
})

test('what Ana wrote while she was offline on that day is kept for her to read, and said to have reached nobody', async () => {
  const { ana, tim, keptId } = await grown()
  expect((await plan(ana, keptId)).ok).toBe(true)
  expect((await ana.session.askKept(keptId, 'handOverNow', [passphraseOf('Ana')]))!.answer.ok).toBe(true)
  await offered(ana, tim)
  ana.setOnline(false)
  await ana.session.askKept(keptId, 'addEntry', [condition('Written late')])
  expect((await tim.session.answerGuardian(keptId, 'accept', passphraseOf('Timothy'))).ok).toBe(true)
  await takenOver([tim.session], tim.session)
  ana.setOnline(true)
  await until(async () => (await keptOf(ana.session)).records[0]?.state === 'out', SLOW_MS)
  expect((await keptOf(ana.session)).records[0]).toMatchObject({ name: 'Tim', unsentCount: 1 })
  expect(await keptTitles(ana.session, keptId)).toContain('Written late')
  const refused = await ana.session.askKept(keptId, 'addEntry', [condition('More')])
  expect(refused?.answer).toEqual({ ok: false, failure: { kind: 'not-allowed' } })
  const again = await ana.restart()
  expect((await again.session.unlock(passphraseOf('Ana'))).ok).toBe(true)
  await until(async () => (await keptOf(again.session)).records[0]?.state === 'out')
  expect(await keptTitles(again.session, keptId)).toContain('Written late')
  expect((await again.session.leaveKept(keptId)).ok).toBe(true)
  await until(async () => (await keptOf(again.session)).records.length === 0)
  expect([...again.disk.rows('frames').keys()].some(key => key.startsWith('kept/'))).toBe(false)
})

test('with the words of the record Tim takes it over without anybody', async () => {
  const { ana, tim, keptId, words } = await grown()
  const wrong = await tim.session.takeOverKept({ words, passphrase: 'guess' })
  expect(wrong).toMatchObject({ ok: false, failure: { kind: 'wrong-passphrase' } })
  expect((await tim.session.takeOverKept({ words, passphrase: passphraseOf('Timothy') })).ok).toBe(true)
  await takenOver([tim.session], tim.session)
  await shows(tim.session, ['Knee', 'Measles', 'Peanut'])
  await until(async () => (await keptOf(ana.session)).past.length === 1, SLOW_MS)
  expect(await keptTitles(ana.session, keptId)).toBeUndefined()
})

test('a hand-over that is cut off seven times running goes on after each restart, and brings everything once', async () => {
  const { ana, tim, keptId } = await grown()
  expect((await plan(ana, keptId)).ok).toBe(true)
  expect((await ana.session.askKept(keptId, 'handOverNow', [passphraseOf('Ana')]))!.answer.ok).toBe(true)
  await offered(ana, tim)
  expect((await tim.session.answerGuardian(keptId, 'accept', passphraseOf('Timothy'))).ok).toBe(true)
  let now = tim
  for (const [life, commits] of LIVES.entries()) {
    now.store.killAt(now.store.commits + commits, life % 2 === 0 ? 'before' : 'after')
    const { session, store } = now
    const mailing = setInterval(() => void session.checkMail(), 200)
    await until(async () => store.isKilled || (await keptOf(session)).past[0]?.endedBy === 'taken-over', SLOW_MS)
    clearInterval(mailing)
    if (!store.isKilled) break
    now = await now.restart()
    expect((await now.session.unlock(passphraseOf('Timothy'))).ok).toBe(true)
  }
  await takenOver([now.session, ana.session], now.session)
  await shows(now.session, ['Knee', 'Measles', 'Peanut'])
  expect(await titles(now.session)).toEqual(['Knee', 'Measles', 'Peanut'])
  await exchange([now.session, ana.session], async () => (await sharesOf(ana.session)).received.length === 1, SLOW_MS)
  expect((await sharesOf(now.session)).given).toHaveLength(1)
})

test('two guardians, and the one whom Tim knows hands over for both', async () => {
  const { ana, tim, keptId } = await grown()
  const ben = await person('Ben')
  await meet(ana, ben, ['Ana', 'Ben'])
  const { contactId } = (await contactOf(ana.session, 'Ben'))!
  await ana.session.askKept(keptId, 'addGuardian', [{ contactId, passphrase: passphraseOf('Ana') }])
  await exchange([ana.session, ben.session], async () => (await keptOf(ben.session)).offers.length === 1)
  await ben.session.answerGuardian(keptId, 'accept')
  await openKept(ben.session, 'Tim')
  await keptShows(ben.session, keptId, ['Measles', 'Peanut'])
  await ben.session.askKept(keptId, 'addEntry', [condition('Fracture')])
  await keptShows(ana.session, keptId, ['Fracture', 'Measles', 'Peanut'])
  const guardians = await guardiansOf(ana.session, keptId)
  const terms = guardians.map(({ deviceId }) => ({ deviceId, sections: ['problems'], role: 'read' }) as const)
  expect((await plan(ana, keptId, { terms })).ok).toBe(true)
  expect((await ana.session.askKept(keptId, 'handOverNow', [passphraseOf('Ana')]))!.answer.ok).toBe(true)
  await offered(ana, tim)
  await tim.session.answerGuardian(keptId, 'accept', passphraseOf('Timothy'))
  await takenOver([ana.session, tim.session], tim.session)
  // He has not met Ben: what was promised to him waits for that.
  expect((await keptOf(tim.session)).past[0]?.unmet).toEqual(['Ben'])
  await shows(tim.session, ['Fracture', 'Knee', 'Measles', 'Peanut'])
  const rows = await tim.session.timelineRows({}, 0, 10)
  const byOf = ({ source }: EntrySummary) => (source.type === 'self' ? source.by : undefined)
  expect(Object.fromEntries(rows.map(row => [row.title, byOf(row)]))).toMatchObject({
    Measles: { type: 'member', name: 'Ana' },
    Fracture: { type: 'former-guardian', name: 'Ben' },
  })
  await until(async () => (await keptOf(ben.session)).past[0]?.endedBy === 'handed-over', SLOW_MS)
})
