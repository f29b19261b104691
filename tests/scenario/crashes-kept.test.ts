import { expect, test, vi } from 'vitest'
import type { HandOverRequest } from '#app/core/kept-session.ts'
import { instant } from '#schema/instant.ts'
import { dyingAtEachCommit, oneIn } from '#tests/support/crash-worlds.ts'
import { condition, household, shows } from '#tests/support/household.ts'
import { type TestDevice, until } from '#tests/support/test-device.ts'
import { guardiansIn, keepFor, keptBackedUp, keptOf, keptTitles, openKept } from '#tests/support/test-kept.ts'
import {
  compare,
  contactOf,
  exchange,
  makePerson,
  meet,
  pair,
  passphraseOf,
  sharesOf,
} from '#tests/support/test-people.ts'

vi.setConfig({ testTimeout: 4 * 3_600_000 })

/** What somebody’s process may die over in a record that is kept: becoming a guardian, another guardian device, and the hand-over. */
const world = household()
const { device, clock } = world
const SLOW_MS = 120_000
const DAY_MS = 24 * 3600_000

const names = async ({ session }: TestDevice, keptId: string) =>
  (await guardiansIn(session, keptId))
    .filter(one => one.state === 'active')
    .map(one => one.name)
    .toSorted()
    .join()

async function unlock(device: TestDevice, passphrase: string): Promise<TestDevice> {
  expect((await device.session.unlock(passphrase)).ok).toBe(true)
  return device
}

/**
 * Most commits of what lasts long give one of many logs new keys, which is tried at each commit where there is nothing else (invariant 15).
 * With one in eight it takes five minutes.
 */
const LONG = 16

/** Ana keeps a record for Tim, and knows Ben. */
async function keeping() {
  const [ana, ben] = [await makePerson(device, 'Ana'), await makePerson(device, 'Ben')]
  await meet(ana, ben, ['Ana', 'Ben'])
  const { keptId } = await keepFor(ana.session, 'Tim')
  await ana.session.askKept(keptId, 'addEntry', [condition('Measles')])
  await keptBackedUp(ana.session, keptId)
  return { ana, ben, keptId }
}

/** Ben is asked to be its guardian too. */
async function asks(ana: TestDevice, keptId: string): Promise<void> {
  const { contactId } = (await contactOf(ana.session, 'Ben'))!
  const added = await ana.session.askKept(keptId, 'addGuardian', [{ contactId, passphrase: passphraseOf('Ana') }])
  expect(added?.answer.ok).toBe(true)
}

const isAsked = async ({ session }: TestDevice) => (await keptOf(session)).offers.length === 1

async function asked() {
  const all = await keeping()
  const { ana, ben, keptId } = all
  await asks(ana, keptId)
  await exchange([ana.session, ben.session], () => isAsked(ben))
  return all
}

async function accepted(ana: TestDevice, ben: TestDevice, keptId: string): Promise<void> {
  await until(async () => {
    const { offers, records } = await keptOf(ben.session)
    return offers.length + records.length === 1
  })
  expect(!(await isAsked(ben)) || (await ben.session.answerGuardian(keptId, 'accept')).ok).toBe(true)
  await openKept(ben.session, 'Tim')
  await until(async () => (await keptTitles(ben.session, keptId))?.includes('Measles') === true, SLOW_MS)
  await exchange([ben.session, ana.session], async () => (await names(ana, keptId)) === 'Ana,Ben', SLOW_MS)
}

async function adds(from: TestDevice, to: TestDevice, keptId: string, title: string): Promise<void> {
  expect((await from.session.askKept(keptId, 'addEntry', [condition(title)]))?.answer.ok).toBe(true)
  await until(async () => (await keptTitles(to.session, keptId))?.includes(title) === true, SLOW_MS)
}

test('a guardian who dies at any commit of letting another one in has asked once after the restart, or not yet', async () => {
  const { ana, ben, keptId } = await keeping()
  const moments = await dyingAtEachCommit(
    world,
    [ana, ben],
    async () => {
      await asks(ana, keptId)
      await exchange([ana.session, ben.session], () => isAsked(ben))
      await accepted(ana, ben, keptId)
    },
    async ([ana, ben]) => {
      await unlock(ana!, passphraseOf('Ana'))
      await unlock(ben!, passphraseOf('Ben'))
      await openKept(ana!.session, 'Tim')
      if ((await guardiansIn(ana!.session, keptId)).length === 1) await asks(ana!, keptId)
      const isThere = async () => {
        const { offers, records } = await keptOf(ben!.session)
        return offers.length + records.length === 1
      }
      await exchange([ana!.session, ben!.session], isThere, SLOW_MS)
      await accepted(ana!, ben!, keptId)
      expect(await guardiansIn(ana!.session, keptId)).toHaveLength(2)
      await adds(ben!, ana!, keptId, 'Rash')
    },
  )
  expect(moments).toBeGreaterThan(10)
})

test('a guardian who dies at any commit of accepting acts in the record after the restart, or is asked again', async () => {
  const { ana, ben, keptId } = await asked()
  const moments = await dyingAtEachCommit(
    world,
    [ben, ana],
    async () => {
      await accepted(ana, ben, keptId)
      await adds(ben, ana, keptId, 'Fever')
    },
    async ([ben, ana]) => {
      await unlock(ben!, passphraseOf('Ben'))
      await unlock(ana!, passphraseOf('Ana'))
      await openKept(ana!.session, 'Tim')
      await accepted(ana!, ben!, keptId)
      await adds(ben!, ana!, keptId, 'Rash')
    },
  )
  expect(moments).toBeGreaterThan(10)
})

/** The guardian device of before is out, and another one of Ana’s acts. */
async function isReplaced(ana: TestDevice, keptId: string, before: string): Promise<void> {
  await exchange(
    [ana.session],
    async () => {
      const guardians = await guardiansIn(ana.session, keptId)
      return guardians.length === 2 && guardians.every(one => one.deviceId !== before && one.state === 'active')
    },
    SLOW_MS,
  )
}

test('a guardian who dies at one commit in sixteen, or by CRASH_STRIDE, of replacing a stolen guardian device has replaced it after the restart', async () => {
  const { ana, ben, keptId } = await asked()
  await accepted(ana, ben, keptId)
  const tablet = await device()
  await pair(ana, tablet)
  await openKept(tablet.session, 'Tim')
  tablet.setOnline(false)
  const before = (await guardiansIn(ana.session, keptId)).find(one => one.isThisOne)!.deviceId
  const stolen = (await ana.session.devices()).find(one => one.name === 'tablet')!
  expect((await ana.session.removeDevice(stolen.deviceId)).ok).toBe(true)
  await until(async () => (await ana.session.devices()).length === 1, SLOW_MS)
  const moments = await dyingAtEachCommit(
    world,
    [ana, ben],
    async () => {
      await isReplaced(ana, keptId, before)
      await adds(ana, ben, keptId, 'Fever')
    },
    async ([ana, ben]) => {
      await unlock(ana!, passphraseOf('Ana'))
      await unlock(ben!, passphraseOf('Ben'))
      await isReplaced(ana!, keptId, before)
      await adds(ana!, ben!, keptId, 'Rash')
      await adds(ben!, ana!, keptId, 'Cough')
    },
    oneIn(LONG),
  )
  expect(moments).toBeGreaterThan(5)
})

/** Tim, who has grown up, may take over the record that Ana keeps; nobody has said now yet. */
async function planned() {
  const [ana, tim] = [await makePerson(device, 'Ana'), await makePerson(device, 'Timothy')]
  await meet(ana, tim, ['Ana', 'Timothy'])
  const { keptId } = await keepFor(ana.session, 'Tim')
  await ana.session.askKept(keptId, 'addEntry', [condition('Measles')])
  await ana.session.askKept(keptId, 'addEntry', [{ kind: 'allergy', substance: 'Peanut' }])
  await tim.session.addEntry(condition('Knee'))
  await keptBackedUp(ana.session, keptId)
  const { contactId } = (await contactOf(ana.session, 'Timothy'))!
  await compare(ana.session, contactId)
  const me = (await guardiansIn(ana.session, keptId)).find(one => one.isThisOne)!
  const request: HandOverRequest = {
    contactId,
    at: instant(clock.now() + 30 * DAY_MS),
    terms: [{ deviceId: me.deviceId, sections: ['allergies'], role: 'read' }],
    passphrase: passphraseOf('Ana'),
  }
  expect((await ana.session.askKept(keptId, 'planHandOver', [request]))!.answer.ok).toBe(true)
  return { ana, tim, keptId }
}

async function isOffered(ana: TestDevice, tim: TestDevice, keptId: string): Promise<void> {
  const now = await ana.session.askKept(keptId, 'handOverNow', [passphraseOf('Ana')])
  expect(now!.answer.ok).toBe(true)
  await exchange([ana.session, tim.session], async () => (await keptOf(tim.session)).offers.length === 1, SLOW_MS)
}

async function isTaken(ana: TestDevice, tim: TestDevice, keptId: string): Promise<void> {
  const isAsked = (await keptOf(tim.session)).offers.length === 1
  const accept = () => tim.session.answerGuardian(keptId, 'accept', passphraseOf('Timothy'))
  expect(!isAsked || (await accept()).ok).toBe(true)
  await exchange(
    [tim.session, ana.session],
    async () => (await keptOf(tim.session)).past[0]?.endedBy === 'taken-over',
    SLOW_MS,
  )
  await shows(tim.session, ['Knee', 'Measles', 'Peanut'])
  await exchange(
    [tim.session, ana.session],
    async () => (await sharesOf(ana.session)).received.length === 1 && (await keptOf(ana.session)).records.length === 0,
    SLOW_MS,
  )
  expect((await sharesOf(tim.session)).given).toHaveLength(1)
}

test('a guardian who dies at any commit of handing over has handed over after the restart, or says so again', async () => {
  const { ana, tim, keptId } = await planned()
  const moments = await dyingAtEachCommit(
    world,
    [ana, tim],
    () => isOffered(ana, tim, keptId),
    async ([ana, tim]) => {
      await unlock(ana!, passphraseOf('Ana'))
      await unlock(tim!, passphraseOf('Timothy'))
      await openKept(ana!.session, 'Tim')
      await isOffered(ana!, tim!, keptId)
      expect((await guardiansIn(ana!.session, keptId)).length).toBe(2)
    },
  )
  expect(moments).toBeGreaterThan(5)
})

test('who dies at one commit in sixteen, or by CRASH_STRIDE, of taking a record over has all of it once after the restart', async () => {
  const { ana, tim, keptId } = await planned()
  await isOffered(ana, tim, keptId)
  const moments = await dyingAtEachCommit(
    world,
    [tim, ana],
    () => isTaken(ana, tim, keptId),
    async ([tim, ana]) => {
      await unlock(ana!, passphraseOf('Ana'))
      await unlock(tim!, passphraseOf('Timothy'))
      await until(async () => {
        const { offers, records, past } = await keptOf(tim!.session)
        return offers.length + records.length + past.length === 1
      })
      await isTaken(ana!, tim!, keptId)
    },
    oneIn(LONG),
  )
  expect(moments).toBeGreaterThan(5)
})
