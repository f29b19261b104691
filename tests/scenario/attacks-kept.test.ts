import { expect, test, vi } from 'vitest'
import type { HandOverRequest } from '#app/core/kept-session.ts'
import type { Session } from '#app/core/session.ts'
import { instant } from '#schema/instant.ts'
import { REFUSALS } from '#schema/protocol/refusal.ts'
import { backedUp, condition, household, shows } from '#tests/support/household.ts'
import { type TestDevice, until } from '#tests/support/test-device.ts'
import {
  guardiansIn,
  keepFor,
  keptBackedUp,
  keptOf,
  keptShows,
  keptTitles,
  openKept,
} from '#tests/support/test-kept.ts'
import {
  accept,
  compare,
  contactOf,
  exchange,
  makePerson,
  meet,
  pair,
  passphraseOf,
  share,
} from '#tests/support/test-people.ts'

vi.setConfig({ testTimeout: 240_000 })

const DAY_MS = 24 * 3600_000
const SLOW_MS = 90_000
const { clock, device } = household()
const person = (name: string) => makePerson(device, name)

/** Ana keeps a record for Tim, who is called Timothy among people, and they know each other. */
async function grown() {
  const [ana, tim] = [await person('Ana'), await person('Timothy')]
  await meet(ana, tim, ['Ana', 'Timothy'])
  const { keptId, words } = await keepFor(ana.session, 'Tim')
  await ana.session.askKept(keptId, 'addEntry', [condition('Measles')])
  await keptBackedUp(ana.session, keptId)
  return { ana, tim, keptId, words, both: [ana.session, tim.session] }
}

async function plan(ana: TestDevice, keptId: string, change: Partial<HandOverRequest> = {}) {
  const { contactId } = (await contactOf(ana.session, 'Timothy'))!
  await compare(ana.session, contactId)
  const at = instant(clock.now() + 30 * DAY_MS)
  const request = { contactId, at, terms: [], passphrase: passphraseOf('Ana'), ...change }
  const planned = await ana.session.askKept(keptId, 'planHandOver', [request])
  expect(planned?.answer.ok).toBe(true)
}

async function offerNow(ana: TestDevice, tim: TestDevice, keptId: string) {
  await plan(ana, keptId)
  expect((await ana.session.askKept(keptId, 'handOverNow', [passphraseOf('Ana')]))?.answer.ok).toBe(true)
  await exchange([ana.session, tim.session], async () => (await keptOf(tim.session)).offers.length === 1, SLOW_MS)
}

const acceptAs = async (who: TestDevice, name: string, keptId: string) =>
  expect((await who.session.answerGuardian(keptId, 'accept', passphraseOf(name))).ok).toBe(true)

const isAlone = async (session: Session, keptId: string) => (await guardiansIn(session, keptId)).length === 1

test('what is private in a record that is handed over is not seen by those to whom Tim shows that section already', async () => {
  const { ana, tim, keptId, words } = await grown()
  const added = await ana.session.askKept(keptId, 'addEntry', [condition('HIV')])
  if (!added?.answer.ok) throw new Error('not added')
  expect((await ana.session.askKept(keptId, 'makePrivate', [[added.answer.value]]))?.answer.ok).toBe(true)
  await keptBackedUp(ana.session, keptId)
  const bea = await person('Bea')
  await meet(tim, bea, ['Timothy', 'Bea'])
  const id = await share(tim, 'Bea', { passphrase: passphraseOf('Timothy') })
  await accept(tim, bea, id)
  const seen = new Set<string>()
  const look = async () => {
    for (const row of (await bea.session.askShared(id, 'timelineRows', [{}, 0, 10])) ?? []) seen.add(row.title)
  }
  const stop = await bea.session.watchShared(id, 'watchTimeline', [{}], () => void look())
  expect((await tim.session.takeOverKept({ words, passphrase: passphraseOf('Timothy') })).ok).toBe(true)
  await exchange(
    [tim.session, bea.session],
    async () => {
      await look()
      return (await keptOf(tim.session)).past[0]?.endedBy === 'taken-over' && seen.has('Measles')
    },
    SLOW_MS,
  )
  await shows(tim.session, ['HIV', 'Measles'])
  expect((await tim.session.timelineRows({ isPrivate: true }, 0, 9)).map(row => row.title)).toEqual(['HIV'])
  await exchange([tim.session, bea.session], async () => {
    await look()
    return seen.has('Measles')
  })
  stop()
  expect([...seen]).toEqual(['Measles'])
})

test('whoever declines a hand-over is not asked again until a guardian says so', async () => {
  const { ana, tim, keptId, both } = await grown()
  await offerNow(ana, tim, keptId)
  expect((await tim.session.answerGuardian(keptId, 'decline')).ok).toBe(true)
  await exchange(both, () => isAlone(ana.session, keptId), SLOW_MS)
  for (let round = 0; round < 5; round++) for (const session of both) await session.checkMail()
  expect((await keptOf(tim.session)).offers).toEqual([])
  expect(await isAlone(ana.session, keptId)).toBe(true)
  expect((await ana.session.askKept(keptId, 'handOverNow', [passphraseOf('Ana')]))?.answer.ok).toBe(true)
  await exchange(both, async () => (await keptOf(tim.session)).offers.length === 1, SLOW_MS)
})

test('another plan takes back the offer of the one before', async () => {
  const { ana, tim, keptId, both } = await grown()
  await offerNow(ana, tim, keptId)
  // He accepts before he hears of it.
  tim.setOnline(false)
  await plan(ana, keptId, { at: instant(clock.now() + 60 * DAY_MS) })
  await exchange([ana.session], () => isAlone(ana.session, keptId), SLOW_MS)
  await acceptAs(tim, 'Timothy', keptId)
  tim.setOnline(true)
  for (let round = 0; round < 5; round++) for (const session of both) await session.checkMail()
  expect(await tim.session.timelineRows({}, 0, 9)).toEqual([])
  expect((await keptOf(ana.session)).records).toMatchObject([{ state: 'open' }])
})

test('a manager whose time is over writes nothing more, and sends nothing that waited', async () => {
  const [ana, ben] = [await person('Ana'), await person('Ben')]
  await meet(ana, ben, ['Ana', 'Ben'])
  await ana.session.addEntry(condition('Asthma'))
  await backedUp(ana.session)
  const { contactId } = (await contactOf(ana.session, 'Ben'))!
  const end = instant(clock.now() + 60_000)
  await ana.session.addGuardian({ contactId, until: end, passphrase: passphraseOf('Ana') })
  await exchange([ana.session, ben.session], async () => (await keptOf(ben.session)).offers.length === 1)
  const { keptId } = (await keptOf(ben.session)).offers[0]!
  await ben.session.answerGuardian(keptId, 'accept')
  await openKept(ben.session, 'Ana')
  await keptShows(ben.session, keptId, ['Asthma'])
  await keptBackedUp(ben.session, keptId)
  ana.setOnline(false)
  ben.setOnline(false)
  expect((await ben.session.askKept(keptId, 'addEntry', [condition('In time')]))?.answer).toMatchObject({ ok: true })
  await until(() => clock.now() > end, SLOW_MS)
  await ben.session.checkMail()
  await until(async () => (await keptOf(ben.session)).records[0]?.state === 'out')
  const late = await ben.session.askKept(keptId, 'addEntry', [condition('Too late')])
  expect(late?.answer).toEqual({ ok: false, failure: { kind: 'not-allowed' } })
  ben.setOnline(true)
  await backedUp(ben.session)
  await ben.session.checkMail()
  expect((await keptOf(ben.session)).records[0]).toMatchObject({ state: 'out', unsentCount: 1 })
})

test('a manager whose time runs out after a restart without a network writes nothing more', async () => {
  const [ana, ben] = [await person('Ana'), await person('Ben')]
  await meet(ana, ben, ['Ana', 'Ben'])
  await ana.session.addEntry(condition('Asthma'))
  await backedUp(ana.session)
  const { contactId } = (await contactOf(ana.session, 'Ben'))!
  const end = instant(clock.now() + 60_000)
  await ana.session.addGuardian({ contactId, until: end, passphrase: passphraseOf('Ana') })
  await exchange([ana.session, ben.session], async () => (await keptOf(ben.session)).offers.length === 1)
  const { keptId } = (await keptOf(ben.session)).offers[0]!
  await ben.session.answerGuardian(keptId, 'accept')
  await openKept(ben.session, 'Ana')
  await keptShows(ben.session, keptId, ['Asthma'])
  await keptBackedUp(ben.session, keptId)
  ana.setOnline(false)
  await ben.session.lock()
  const again = await ben.restart()
  again.setOnline(false)
  // Their clock stands still, as far as anybody can tell by it.
  again.clock.offsetMs = -DAY_MS
  await again.session.unlock(passphraseOf('Ben'))
  await openKept(again.session, 'Ana')
  expect((await again.session.askKept(keptId, 'addEntry', [condition('In time')]))?.answer).toMatchObject({ ok: true })
  await until(() => clock.now() > end, SLOW_MS)
  await exchange([again.session], async () => (await keptOf(again.session)).records[0]?.state === 'out', SLOW_MS)
  expect((await again.session.askKept(keptId, 'addEntry', [condition('Too late')]))?.answer).toMatchObject({
    ok: false,
  })
})

test('what the relay refused stays refused after a restart without a network, and takes no import', async () => {
  const { ana, tim, keptId, words } = await grown()
  ana.setOnline(false)
  await ana.session.askKept(keptId, 'addEntry', [condition('Written late')])
  expect((await tim.session.takeOverKept({ words, passphrase: passphraseOf('Timothy') })).ok).toBe(true)
  await exchange([tim.session], async () => (await keptOf(tim.session)).past[0]?.endedBy === 'taken-over', SLOW_MS)
  ana.setOnline(true)
  await until(async () => (await keptOf(ana.session)).records[0]?.state === 'refused', SLOW_MS)
  const again = await ana.restart()
  again.setOnline(false)
  await again.session.unlock(passphraseOf('Ana'))
  await until(async () => (await keptOf(again.session)).records[0]?.state === 'refused')
  const refused = { ok: false, failure: { kind: 'not-allowed' } }
  expect((await again.session.askKept(keptId, 'addEntry', [condition('More')]))?.answer).toEqual(refused)
  const file = new Blob([JSON.stringify({ resourceType: 'Condition', id: 'a', code: { text: 'Imported' } })])
  const preview = await again.session.askKept(keptId, 'previewImport', [file, 'a.json'])
  if (!preview?.answer.ok) throw new Error('no preview')
  const committed = await again.session.askKept(keptId, 'commitImport', [preview.answer.value.importId])
  expect(committed?.answer).toEqual(refused)
  expect(await keptTitles(again.session, keptId)).toEqual(['Measles', 'Written late'])
})

test('whoever is no contact any more manages nothing', async () => {
  const [ana, ben] = [await person('Ana'), await person('Ben')]
  await meet(ana, ben, ['Ana', 'Ben'])
  const { contactId } = (await contactOf(ana.session, 'Ben'))!
  await ana.session.addGuardian({ contactId, passphrase: passphraseOf('Ana') })
  await exchange([ana.session, ben.session], async () => (await keptOf(ben.session)).offers.length === 1)
  const { keptId } = (await keptOf(ben.session)).offers[0]!
  await ben.session.answerGuardian(keptId, 'accept')
  await openKept(ben.session, 'Ana')
  expect((await ana.session.removeContact(contactId)).ok).toBe(true)
  await exchange([ana.session], async () => (await guardiansIn(ana.session)).length === 0, SLOW_MS)
  await until(async () => (await keptOf(ben.session)).past[0]?.endedBy === 'removed', SLOW_MS)
})

test.each(['some', 'all'])(
  'a crash after %s of the old logs were deleted ends the hand-over all the same',
  async which => {
    const { tim, words, keptId } = await grown()
    const request = tim.link.request.bind(tim.link)
    let deleted = 0
    tim.link.request = async asked => {
      const answer = await request(asked)
      if (asked.method !== 'DELETE' || !asked.path.includes('/logs/')) return answer
      deleted++
      // Its home log goes last.
      if (which === 'all' ? !asked.path.includes(keptId) : deleted <= 3) return answer
      tim.store.kill()
      return new Promise<never>(() => undefined)
    }
    expect((await tim.session.takeOverKept({ words, passphrase: passphraseOf('Timothy') })).ok).toBe(true)
    const mailing = setInterval(() => void tim.session.checkMail(), 200)
    await until(() => tim.store.isKilled, SLOW_MS)
    clearInterval(mailing)
    const again = await tim.restart()
    await again.session.unlock(passphraseOf('Timothy'))
    await exchange(
      [again.session],
      async () => (await keptOf(again.session)).past[0]?.endedBy === 'taken-over',
      SLOW_MS,
    )
    await shows(again.session, ['Measles'])
  },
)

test('a relay that says to a new device that a record is gone takes it from no other device', async () => {
  const ana = await person('Ana')
  const { keptId } = await keepFor(ana.session, 'Tim')
  await ana.session.askKept(keptId, 'addEntry', [condition('Measles')])
  await keptBackedUp(ana.session, keptId)
  const tablet = await device()
  const request = tablet.link.request.bind(tablet.link)
  const body = new TextEncoder().encode(JSON.stringify({ code: 'gone' }))
  let asked = 0
  tablet.link.request = async each => {
    if (!each.path.includes(keptId)) return request(each)
    asked++
    return { ok: true, value: { status: REFUSALS.gone.status, body } }
  }
  await pair(ana, tablet)
  await until(() => asked > 0, SLOW_MS)
  await backedUp(tablet.session)
  await exchange([tablet.session, ana.session], async () => (await keptOf(tablet.session)).records.length === 1)
  expect(await keptTitles(ana.session, keptId)).toEqual(['Measles'])
  expect((await keptOf(ana.session)).records).toMatchObject([{ keptId, state: 'open' }])
})

test('a lock waits for no relay that keeps silent', async () => {
  const { ana, keptId } = await grown()
  ana.link.request = () => new Promise(() => undefined)
  void ana.session.checkMail()
  await new Promise(resolve => setTimeout(resolve, 500))
  const locked = ana.session.lock().then(() => 'locked')
  const late = new Promise(resolve => setTimeout(resolve, 10_000, 'late'))
  expect(await Promise.race([locked, late])).toBe('locked')
  expect(await ana.session.askKept(keptId, 'timelineRows', [{}, 0, 9])).toBeUndefined()
})

test('who deletes everything is a guardian no more, and their disk is empty', async () => {
  const { ana, tim: ben, keptId } = await grown()
  const { contactId } = (await contactOf(ana.session, 'Timothy'))!
  await ana.session.askKept(keptId, 'addGuardian', [{ contactId, passphrase: passphraseOf('Ana') }])
  await exchange([ana.session, ben.session], async () => (await keptOf(ben.session)).offers.length === 1)
  await ben.session.answerGuardian(keptId, 'accept')
  await openKept(ben.session, 'Tim')
  await keptShows(ben.session, keptId, ['Measles'])
  expect((await ana.session.deleteEverything()).ok).toBe(true)
  for (const table of ['frames', 'outbox', 'sealed', 'blobs'] as const) expect(ana.disk.rows(table).size).toBe(0)
  await until(() => isAlone(ben.session, keptId), SLOW_MS)
})

test('a hand-over whose taker vanished is taken back: the guardian removes that device and goes on writing', async () => {
  const { ana, tim, keptId } = await grown()
  await offerNow(ana, tim, keptId)
  const request = tim.link.request.bind(tim.link)
  // Every step but those that remove somebody at the relay.
  tim.link.request = async asked =>
    asked.path.includes('owner') ? { ok: false, failure: 'unreachable' } : request(asked)
  await acceptAs(tim, 'Timothy', keptId)
  await until(async () => (await keptOf(ana.session)).records[0]?.state === 'taking', SLOW_MS)
  tim.setOnline(false)
  const his = (await guardiansIn(ana.session, keptId)).find(one => !one.isThisOne)!
  expect((await ana.session.askKept(keptId, 'removeDevice', [his.deviceId]))?.answer.ok).toBe(true)
  await until(async () => (await keptOf(ana.session)).records[0]?.state === 'open', SLOW_MS)
  expect((await ana.session.askKept(keptId, 'addEntry', [condition('Fracture')]))?.answer.ok).toBe(true)
  expect((await ana.session.askKept(keptId, 'cancelHandOver', []))?.answer.ok).toBe(true)
})

test('a stolen device is locked out of kept records, however wrong the clock was when they were made', async () => {
  const ana = await person('Ana')
  ana.clock.offsetMs = DAY_MS
  const { keptId } = await keepFor(ana.session, 'Tim')
  await keptBackedUp(ana.session, keptId)
  ana.clock.offsetMs = 0
  const tablet = await device()
  await pair(ana, tablet)
  await openKept(tablet.session, 'Tim')
  const [before] = await guardiansIn(ana.session, keptId)
  const stolen = (await ana.session.devices()).find(one => one.name === 'tablet')!
  expect((await ana.session.removeDevice(stolen.deviceId)).ok).toBe(true)
  const isReplaced = async () => {
    const guardians = await guardiansIn(ana.session, keptId)
    return guardians.length === 1 && guardians[0]!.deviceId !== before!.deviceId && guardians[0]!.state === 'active'
  }
  await exchange([ana.session], isReplaced, 2 * SLOW_MS)
})

test('an offer of a record that somebody was removed from leaves what they wrote there last', async () => {
  const { ana, tim: ben, keptId } = await grown()
  const { contactId } = (await contactOf(ana.session, 'Timothy'))!
  const add = [{ contactId, passphrase: passphraseOf('Ana') }] as const
  await ana.session.askKept(keptId, 'addGuardian', [...add])
  await exchange([ana.session, ben.session], async () => (await keptOf(ben.session)).offers.length === 1)
  await ben.session.answerGuardian(keptId, 'accept')
  await openKept(ben.session, 'Tim')
  await keptShows(ben.session, keptId, ['Measles'])
  ben.setOnline(false)
  await ben.session.askKept(keptId, 'addEntry', [condition('Unsent')])
  const his = (await guardiansIn(ana.session, keptId)).find(one => !one.isThisOne)!
  await ana.session.askKept(keptId, 'removeDevice', [his.deviceId])
  await until(() => isAlone(ana.session, keptId), SLOW_MS)
  ben.setOnline(true)
  await until(async () => (await keptOf(ben.session)).records[0]?.state === 'out', SLOW_MS)
  expect((await ana.session.askKept(keptId, 'addGuardian', [...add]))?.answer.ok).toBe(true)
  await exchange([ana.session, ben.session], async () => (await keptOf(ben.session)).offers.length === 1, SLOW_MS)
  expect((await keptOf(ben.session)).records).toMatchObject([{ state: 'out', unsentCount: 1 }])
  expect(await keptTitles(ben.session, keptId)).toEqual(['Measles', 'Unsent'])
  await ben.session.answerGuardian(keptId, 'accept')
  await until(async () => (await keptOf(ben.session)).records[0]?.state === 'open', SLOW_MS)
  await keptShows(ana.session, keptId, ['Measles', 'Unsent'])
})

test('an offer names guardians as the person who gets it calls them', async () => {
  const { ana, tim, keptId, both } = await grown()
  const { contactId } = (await contactOf(tim.session, 'Ana'))!
  await tim.session.renameContact(contactId, 'Mum')
  const [me] = await guardiansIn(ana.session, keptId)
  await plan(ana, keptId, { terms: [{ deviceId: me!.deviceId, sections: ['problems'], role: 'read' }] })
  await ana.session.askKept(keptId, 'handOverNow', [passphraseOf('Ana')])
  await exchange(both, async () => (await keptOf(tim.session)).offers.length === 1, SLOW_MS)
  expect((await keptOf(tim.session)).offers[0]?.terms).toMatchObject([{ name: 'Mum', sections: ['problems'] }])
})
