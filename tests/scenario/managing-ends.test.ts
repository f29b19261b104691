import { expect, test, vi } from 'vitest'
import type { Ending } from '#app/core/follow-session.ts'
import type { Session } from '#app/core/session.ts'
import { type Instant, instant } from '#schema/instant.ts'
import { backedUp, condition, household } from '#tests/support/household.ts'
import { type TestDevice, until } from '#tests/support/test-device.ts'
import { guardiansIn, keepFor, keptBackedUp, keptOf, keptShows, openKept } from '#tests/support/test-kept.ts'
import { contactOf, exchange, makePerson, meet, pair, passphraseOf } from '#tests/support/test-people.ts'

vi.setConfig({ testTimeout: 240_000 })

const HOUR_MS = 3600_000
const DAY_MS = 24 * HOUR_MS
const { clock, device } = household()
const person = (name: string) => makePerson(device, name)

async function endingsOf(session: Session, keptId?: string): Promise<readonly Ending[]> {
  const told = Promise.withResolvers<readonly Ending[]>()
  const stop =
    keptId === undefined
      ? await session.watchEndings(told.resolve)
      : await session.watchInKept(keptId, 'watchEndings', [], told.resolve as (told: never) => void)
  stop()
  return told.promise
}

const recordOf = async (session: Session) => (await keptOf(session)).records[0]

/** Bea manages Ana’s record until tomorrow. */
async function anaLetsBeaManage() {
  const [ana, bea] = [await person('Ana'), await person('Bea')]
  await meet(ana, bea, ['Ana', 'Bea'])
  await ana.session.addEntry(condition('Asthma'))
  await backedUp(ana.session)
  const { contactId } = (await contactOf(ana.session, 'Bea'))!
  const end = instant(clock.now() + DAY_MS)
  expect((await ana.session.addGuardian({ contactId, until: end, passphrase: passphraseOf('Ana') })).ok).toBe(true)
  await exchange([ana.session, bea.session], async () => (await keptOf(bea.session)).offers.length === 1)
  const { keptId } = (await keptOf(bea.session)).offers[0]!
  expect((await bea.session.answerGuardian(keptId, 'accept')).ok).toBe(true)
  await openKept(bea.session, 'Ana')
  await keptShows(bea.session, keptId, ['Asthma'])
  await exchange([bea.session, ana.session], async () => (await guardiansIn(ana.session))[0]?.state === 'active')
  const pass = async (ms: number) => {
    for (const each of [clock, ana.clock, bea.clock]) each.offsetMs += ms
    for (const { session } of [ana, bea] as TestDevice[]) await session.checkMail()
  }
  return { ana, bea, contactId, keptId, end, pass }
}

test('what Ana writes to others and what others share with her is not asked in the record that Bea manages', async () => {
  const { ana, bea, contactId, keptId } = await anaLetsBeaManage()
  const about = { contactIds: [contactId], subject: 'Knee', about: 'family', text: 'It hurts.', key: 'first' } as const
  expect((await ana.session.beginThread(about)).ok).toBe(true)
  await exchange([ana.session, bea.session], async () => (await bea.session.searchMessages('hurts')).length === 1)
  expect(await bea.session.askKept(keptId, 'searchMessages', ['hurts'])).toBeUndefined()
  expect(await bea.session.askKept(keptId, 'searchPatients', ['Asthma', {}])).toBeUndefined()
  expect(await bea.session.askKept(keptId, 'timelineRows', [{}, 0, 9])).toMatchObject({ answer: [{ title: 'Asthma' }] })
})

test('before Bea’s time is over both are told; after it Ana is, and Bea’s list says so', async () => {
  const { ana, bea, keptId, end, pass } = await anaLetsBeaManage()
  expect(await endingsOf(ana.session)).toEqual([])
  expect(await endingsOf(bea.session)).toEqual([])
  await pass(20 * HOUR_MS)
  expect(await endingsOf(ana.session)).toMatchObject([
    { kind: 'whole', side: 'given', purpose: 'manager', contactName: 'Bea', at: end, isOver: false },
  ])
  expect(await endingsOf(bea.session)).toMatchObject([
    { kind: 'whole', side: 'received', keptId, recordName: 'Ana', contactName: 'Ana', at: end, isOver: false },
  ])
  // In the record that she manages it is no news to her, nor hers to put away.
  expect(await endingsOf(bea.session, keptId)).toEqual([])
  await pass(5 * HOUR_MS)
  await exchange([ana.session, bea.session], async () => (await keptOf(bea.session)).past[0]?.endedBy === 'expired')
  expect(await endingsOf(bea.session)).toEqual([])
  const [over] = await endingsOf(ana.session)
  expect(over).toMatchObject({ contactName: 'Bea', at: end, isOver: true, isDeclined: false })
  expect((await ana.session.dismissEnding(over!.endingId)).ok).toBe(true)
  expect(await endingsOf(ana.session)).toEqual([])
})

test('Ana gives Bea more time by her passphrase, and less without; Bea’s app follows, also at the very end', async () => {
  const { ana, bea, contactId, keptId, end, pass } = await anaLetsBeaManage()
  const later = instant(end + DAY_MS)
  const unsigned = await ana.session.changeManaging({ contactId, until: later })
  expect(unsigned).toEqual({ ok: false, failure: { kind: 'wrong-passphrase' } })
  const past = await ana.session.changeManaging({ contactId, until: instant(clock.now() - HOUR_MS) })
  expect(past).toEqual({ ok: false, failure: { kind: 'in-the-past' } })
  const given = await ana.session.changeManaging({ contactId, until: later, passphrase: passphraseOf('Ana') })
  expect(given).toEqual({ ok: true, value: undefined })
  await until(async () => (await recordOf(bea.session))?.until === later)
  await pass(DAY_MS + HOUR_MS)
  expect(await recordOf(bea.session)).toMatchObject({ keptId, state: 'open' })

  // Given while Bea was away, and heard of only once her time seems to be over.
  bea.setOnline(false)
  const open = await ana.session.changeManaging({ contactId, passphrase: passphraseOf('Ana') })
  expect(open.ok).toBe(true)
  await backedUp(ana.session)
  for (const each of [clock, ana.clock, bea.clock]) each.offsetMs += DAY_MS
  bea.setOnline(true)
  await until(async () => (await recordOf(bea.session))?.until === undefined)
  await bea.session.checkMail()
  expect(await recordOf(bea.session)).toMatchObject({ keptId, state: 'open' })

  const soon = instant(clock.now() + HOUR_MS)
  expect(await ana.session.changeManaging({ contactId, until: soon })).toEqual({ ok: true, value: undefined })
  await until(async () => (await recordOf(bea.session))?.until === soon)
  await pass(2 * HOUR_MS)
  await exchange([ana.session, bea.session], async () => (await keptOf(bea.session)).past[0]?.endedBy === 'expired')
  await until(async () => (await guardiansIn(ana.session)).length === 0)
  const gone = await ana.session.changeManaging({ contactId, passphrase: passphraseOf('Ana') })
  expect(gone).toEqual({ ok: false, failure: { kind: 'not-found' } })
})

test('the end that Ana set stays when Bea’s app acts with another device, as she removed one that was stolen', async () => {
  const { ana, bea, end } = await anaLetsBeaManage()
  const tablet = await device()
  await pair(bea, tablet, passphraseOf('Bea'))
  await openKept(tablet.session, 'Ana')
  tablet.setOnline(false)
  const [before] = await guardiansIn(ana.session)
  expect(before?.until).toBe(end)
  const stolen = (await bea.session.devices()).find(one => !one.isThisOne)!
  expect((await bea.session.removeDevice(stolen.deviceId)).ok).toBe(true)
  await exchange(
    [bea.session, ana.session],
    async () => {
      const guardians = await guardiansIn(ana.session)
      return guardians.length === 1 && guardians[0]?.deviceId !== before?.deviceId && guardians[0]?.state === 'active'
    },
    120_000,
  )
  await until(async () => (await guardiansIn(ana.session))[0]?.until === end)
  expect(await recordOf(bea.session)).toMatchObject({ until: end })
})

test('a manager who lets others in for longer than they may stay: her app gives her own end, and less where she says so', async () => {
  const { ana, bea, keptId, end } = await anaLetsBeaManage()
  const [ben, cal] = [await person('Ben'), await person('Cal')]
  for (const [other, name] of [
    [ben, 'Ben'],
    [cal, 'Cal'],
  ] as const)
    await meet(bea, other, ['Bea', name])
  const letIn = async (name: string, until?: Instant) => {
    const { contactId } = (await contactOf(bea.session, name))!
    const request = { contactId, passphrase: passphraseOf('Bea'), ...(until === undefined ? {} : { until }) }
    return (await bea.session.askKept(keptId, 'addGuardian', [request]))?.answer.ok
  }
  expect(await letIn('Ben')).toBe(true)
  expect(await letIn('Cal', instant(end - HOUR_MS))).toBe(true)
  const endOf = async (name: string) => (await guardiansIn(ana.session)).find(one => one.name === name)?.until
  await exchange(
    [bea.session, ana.session],
    async () => (await endOf('Ben')) !== undefined && (await endOf('Cal')) !== undefined,
  )
  expect([await endOf('Ben'), await endOf('Cal')]).toEqual([end, end - HOUR_MS])
  const { contactId } = (await contactOf(bea.session, 'Ben'))!
  const more = { contactId, until: instant(end + DAY_MS), passphrase: passphraseOf('Bea') }
  expect((await bea.session.askKept(keptId, 'changeManaging', [more]))?.answer.ok).toBe(true)
  await exchange([bea.session, ben.session], async () => (await keptOf(ben.session)).offers[0]?.until === end)
})

test('who declines to look after Tim’s record is named to who asked, until they put that away', async () => {
  const [ana, ben] = [await person('Ana'), await person('Ben')]
  await meet(ana, ben, ['Ana', 'Ben'])
  const { keptId } = await keepFor(ana.session, 'Tim')
  await keptBackedUp(ana.session, keptId)
  const { contactId } = (await contactOf(ana.session, 'Ben'))!
  await ana.session.askKept(keptId, 'addGuardian', [{ contactId, passphrase: passphraseOf('Ana') }])
  await exchange([ana.session, ben.session], async () => (await keptOf(ben.session)).offers.length === 1)
  expect((await ben.session.answerGuardian(keptId, 'decline')).ok).toBe(true)
  await exchange([ben.session, ana.session], async () => (await endingsOf(ana.session, keptId)).length === 1)
  const [declined] = await endingsOf(ana.session, keptId)
  expect(declined).toMatchObject({ contactName: 'Ben', purpose: 'guardian', isOver: true, isDeclined: true })
  const putAway = await ana.session.askKept(keptId, 'dismissEnding', [declined!.endingId])
  expect(putAway?.answer.ok).toBe(true)
  expect(await endingsOf(ana.session, keptId)).toEqual([])
})
