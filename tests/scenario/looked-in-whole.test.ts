import { expect, test, vi } from 'vitest'
import type { AccessLog, AccessWho } from '#app/core/follow-session.ts'
import type { Session } from '#app/core/session.ts'
import { backedUp, condition, household } from '#tests/support/household.ts'
import { type TestDevice, until } from '#tests/support/test-device.ts'
import { guardiansIn, keepFor, keptBackedUp, keptOf, keptShows, openKept } from '#tests/support/test-kept.ts'
import { contactOf, exchange, makePerson, meet, passphraseOf } from '#tests/support/test-people.ts'

vi.setConfig({ testTimeout: 120_000 })

const { device } = household()
const person = (name: string) => makePerson(device, name)

/** Whom "Who looked" names once the relay was asked: each once, own devices by their names. */
async function namedIn(session: Session, keptId?: string): Promise<readonly string[]> {
  const told = Promise.withResolvers<AccessLog>()
  const asked =
    keptId === undefined ? await session.fetchAccess() : (await session.askKept(keptId, 'fetchAccess', []))?.answer
  expect(asked).toEqual({ ok: true, value: undefined })
  const stop =
    keptId === undefined
      ? await session.watchAccess(told.resolve)
      : await session.watchInKept(keptId, 'watchAccess', [], told.resolve as (told: never) => void)
  const { lines } = await told.promise
  stop()
  return [...new Set(lines.map(line => named(line.who)))].toSorted()
}

const named = (who: AccessWho) => `${who.kind} ${who.kind === 'unknown' ? who.id : who.name}`

const nobodyElse = (session: Session, keptId?: string) => async () =>
  (await guardiansIn(session, keptId)).every(one => one.isThisOne)

async function takeUp(giver: TestDevice, taker: TestDevice, name: string): Promise<string> {
  await exchange([giver.session, taker.session], async () => (await keptOf(taker.session)).offers.length === 1)
  const { keptId } = (await keptOf(taker.session)).offers[0]!
  expect((await taker.session.answerGuardian(keptId, 'accept')).ok).toBe(true)
  await openKept(taker.session, name)
  return keptId
}

test('who manages Ana’s record is named to her as herself, and Ana to who manages, never as a device of one’s own', async () => {
  const [ana, bea] = [await person('Ana'), await person('Bea')]
  await meet(ana, bea, ['Ana', 'Bea'])
  await ana.session.addEntry(condition('Asthma'))
  await backedUp(ana.session)
  const { contactId } = (await contactOf(ana.session, 'Bea'))!
  expect((await ana.session.addGuardian({ contactId, passphrase: passphraseOf('Ana') })).ok).toBe(true)
  const keptId = await takeUp(ana, bea, 'Ana')
  await keptShows(bea.session, keptId, ['Asthma'])
  await until(async () => (await namedIn(ana.session)).join() === 'contact Bea,own-device phone')
  await until(async () => (await namedIn(bea.session, keptId)).join() === 'own-device Bea,owner Ana')

  const managers = (await ana.session.devices()).map(({ name, isManagers }) => [name, isManagers])
  expect(managers).toEqual([
    ['phone', false],
    ['Bea', true],
  ])
  const [hers] = await guardiansIn(ana.session)
  expect((await ana.session.removeDevice(hers!.deviceId)).ok).toBe(true)
  await until(nobodyElse(ana.session))
  expect(await namedIn(ana.session)).toEqual(['contact Bea', 'own-device phone'])
  expect((await ana.session.removeContact(contactId)).ok).toBe(true)
  expect(await namedIn(ana.session)).toEqual(['contact Bea', 'own-device phone'])
})

test('guardians of Tim’s record are named to each other by their names, also once one is out', async () => {
  const [ana, ben] = [await person('Ana'), await person('Ben')]
  await meet(ana, ben, ['Ana', 'Ben'])
  const { keptId } = await keepFor(ana.session, 'Tim')
  await ana.session.askKept(keptId, 'addEntry', [condition('Measles')])
  await keptBackedUp(ana.session, keptId)
  const { contactId } = (await contactOf(ana.session, 'Ben'))!
  const asked = await ana.session.askKept(keptId, 'addGuardian', [{ contactId, passphrase: passphraseOf('Ana') }])
  expect(asked?.answer.ok).toBe(true)
  await takeUp(ana, ben, 'Tim')
  await keptShows(ben.session, keptId, ['Measles'])
  await until(async () => (await namedIn(ana.session, keptId)).join() === 'guardian Ben,own-device Ana')
  await until(async () => (await namedIn(ben.session, keptId)).join() === 'guardian Ana,own-device Ben')

  const his = (await guardiansIn(ana.session, keptId)).find(one => !one.isThisOne)
  const removed = await ana.session.askKept(keptId, 'removeDevice', [his!.deviceId])
  expect(removed?.answer.ok).toBe(true)
  await until(nobodyElse(ana.session, keptId))
  expect(await namedIn(ana.session, keptId)).toEqual(['guardian Ben', 'own-device Ana'])
})
