import { expect, test, vi } from 'vitest'
import type { Guardian, Guardians } from '#app/core/kept-session.ts'
import type { Session } from '#app/core/session.ts'
import { instant } from '#schema/instant.ts'
import type { EntryDetail } from '#schema/record/entry.ts'
import { backedUp, condition, household } from '#tests/support/household.ts'
import { type TestDevice, until } from '#tests/support/test-device.ts'
import { keepFor, keptBackedUp, keptOf, keptShows, keptTitles, openKept } from '#tests/support/test-kept.ts'
import { contactOf, exchange, makePerson, meet, pair, passphraseOf } from '#tests/support/test-people.ts'

vi.setConfig({ testTimeout: 120_000 })

const DAY_MS = 24 * 3600_000
/** New keys for every log, on a busy machine. */
const ROTATION_MS = 60_000
const { clock, device } = household()
const person = (name: string) => makePerson(device, name)

async function guardiansOf(session: Session, keptId?: string): Promise<readonly Guardian[]> {
  const told = Promise.withResolvers<Guardians>()
  const stop =
    keptId === undefined
      ? await session.watchGuardians(told.resolve)
      : await session.watchInKept(keptId, 'watchGuardians', [], told.resolve as (told: never) => void)
  const { guardians } = await told.promise
  stop()
  return guardians
}

const names = async (session: Session, keptId?: string) =>
  (await guardiansOf(session, keptId))
    .filter(one => one.state === 'active')
    .map(one => one.name)
    .toSorted()
    .join()

/** By title, who typed each entry, as this person is told. */
async function addersOf(session: Session, keptId?: string): Promise<Readonly<Record<string, string>>> {
  const asked = keptId === undefined ? undefined : await session.askKept(keptId, 'timelineRows', [{}, 0, 99])
  const rows = asked?.answer ?? (await session.timelineRows({}, 0, 99))
  const adders: Record<string, string> = {}
  for (const { id, title } of rows) {
    const told = Promise.withResolvers<EntryDetail | undefined>()
    const stop =
      keptId === undefined
        ? await session.watchEntry(id, told.resolve)
        : await session.watchInKept(keptId, 'watchEntry', [id], told.resolve as (told: never) => void)
    const by = (await told.promise)?.addedBy
    stop()
    adders[title] = by === undefined ? '' : by.type === 'you' ? 'me' : by.name
  }
  return adders
}

/** By title, whom the rows of a list name. */
async function namedInRows(session: Session, keptId?: string): Promise<Readonly<Record<string, string>>> {
  const asked = keptId === undefined ? undefined : await session.askKept(keptId, 'timelineRows', [{}, 0, 99])
  const rows = asked?.answer ?? (await session.timelineRows({}, 0, 99))
  return Object.fromEntries(
    rows.map(({ title, source }) => {
      const by = source.type === 'self' ? source.by : undefined
      return [title, by === undefined ? 'nobody' : by.type === 'you' ? 'me' : by.name]
    }),
  )
}

/** Ana keeps a record for Tim, with one entry, and knows Ben. */
async function family() {
  const [ana, ben] = [await person('Ana'), await person('Ben')]
  await meet(ana, ben, ['Ana', 'Ben'])
  const { keptId, words } = await keepFor(ana.session, 'Tim')
  await ana.session.askKept(keptId, 'addEntry', [condition('Measles')])
  await keptBackedUp(ana.session, keptId)
  return { ana, ben, keptId, words }
}

async function letIn(ana: TestDevice, keptId: string): Promise<void> {
  const { contactId } = (await contactOf(ana.session, 'Ben'))!
  const asked = await ana.session.askKept(keptId, 'addGuardian', [{ contactId, passphrase: passphraseOf('Ana') }])
  expect(asked?.answer).toEqual({ ok: true, value: undefined })
}

async function bothGuardians() {
  const all = await family()
  const { ana, ben, keptId } = all
  await letIn(ana, keptId)
  await exchange([ana.session, ben.session], async () => (await keptOf(ben.session)).offers.length === 1)
  expect((await ben.session.answerGuardian(keptId, 'accept')).ok).toBe(true)
  await openKept(ben.session, 'Tim')
  await keptShows(ben.session, keptId, ['Measles'])
  await exchange([ben.session, ana.session], async () => (await names(ana.session, keptId)) === 'Ana,Ben')
  return all
}

test('Ana lets Ben be a guardian of Tim’s record with her passphrase only; he accepts, and both see what either adds', async () => {
  const { ana, ben, keptId } = await family()
  const { contactId } = (await contactOf(ana.session, 'Ben'))!
  const wrong = await ana.session.askKept(keptId, 'addGuardian', [{ contactId, passphrase: 'guess' }])
  expect(wrong?.answer).toEqual({ ok: false, failure: { kind: 'wrong-passphrase' } })
  await letIn(ana, keptId)
  await exchange([ana.session, ben.session], async () => (await keptOf(ben.session)).offers.length === 1)
  expect((await keptOf(ben.session)).offers).toMatchObject([
    { keptId, name: 'Tim', birthDate: '2012-05-06', purpose: 'guardian', contactName: 'Ana' },
  ])
  expect((await ben.session.answerGuardian(keptId, 'accept')).ok).toBe(true)
  await openKept(ben.session, 'Tim')
  await keptShows(ben.session, keptId, ['Measles'])
  await ben.session.askKept(keptId, 'addEntry', [condition('Fracture')])
  await keptShows(ana.session, keptId, ['Fracture', 'Measles'])
  await exchange([ben.session, ana.session], async () => (await names(ana.session, keptId)) === 'Ana,Ben')
  expect(await names(ben.session, keptId)).toBe('Ana,Ben')
  expect(await addersOf(ana.session, keptId)).toEqual({ Measles: 'me', Fracture: 'Ben' })
  expect(await addersOf(ben.session, keptId)).toEqual({ Measles: 'Ana', Fracture: 'me' })
  await until(async () => (await namedInRows(ana.session, keptId)).Fracture === 'Ben')
  await until(async () => (await namedInRows(ben.session, keptId)).Measles === 'Ana')
  expect(await namedInRows(ana.session, keptId)).toEqual({ Measles: 'me', Fracture: 'Ben' })
  expect(await namedInRows(ben.session, keptId)).toEqual({ Measles: 'Ana', Fracture: 'me' })
  const facets = (await ana.session.askKept(keptId, 'facets', []))?.answer
  expect(facets?.sources.map(({ label, count }) => [label, count]).toSorted()).toEqual([
    ['', 1],
    ['Ben', 1],
  ])
  // So that the list of whom to add can leave him out.
  expect((await guardiansOf(ana.session, keptId)).map(one => one.contactId)).toEqual([
    expect.stringMatching(/^\w{32}$/),
    contactId,
  ])
  const again = await ana.session.askKept(keptId, 'addGuardian', [{ contactId, passphrase: passphraseOf('Ana') }])
  expect(again?.answer).toEqual({ ok: false, failure: { kind: 'already-in' } })
})

test('either guardian removes the other: the record leaves the other’s devices, and what comes after is not theirs', async () => {
  const { ana, ben, keptId } = await bothGuardians()
  const hers = (await guardiansOf(ben.session, keptId)).find(one => one.name === 'Ana')!
  const removed = await ben.session.askKept(keptId, 'removeDevice', [hers.deviceId])
  expect(removed?.answer.ok).toBe(true)
  await until(async () => (await keptOf(ana.session)).past[0]?.endedBy === 'removed')
  await until(() => [...ana.disk.rows('frames').keys()].every(key => !key.startsWith('kept/')))
  await ben.session.askKept(keptId, 'addEntry', [condition('Fracture')])
  await keptBackedUp(ben.session, keptId)
  await keptShows(ben.session, keptId, ['Fracture', 'Measles'])
  expect((await keptOf(ana.session)).records).toEqual([])
})

test('Ben declines: his device is taken off the record again', async () => {
  const { ana, ben, keptId } = await family()
  await letIn(ana, keptId)
  await exchange([ana.session, ben.session], async () => (await keptOf(ben.session)).offers.length === 1)
  expect((await ben.session.answerGuardian(keptId, 'decline')).ok).toBe(true)
  await exchange(
    [ben.session, ana.session],
    async () => {
      const guardians = await guardiansOf(ana.session, keptId)
      return guardians.length === 1 && guardians[0]!.name === 'Ana'
    },
    ROTATION_MS,
  )
  expect((await keptOf(ben.session)).offers).toEqual([])
})

test('a guardian leaves, but not the last one', async () => {
  const { ana, ben, keptId } = await bothGuardians()
  expect((await ben.session.leaveKept(keptId)).ok).toBe(true)
  await until(async () => (await names(ana.session, keptId)) === 'Ana')
  expect((await keptOf(ben.session)).past[0]?.endedBy).toBe('left')
  expect(await ana.session.leaveKept(keptId)).toEqual({ ok: false, failure: { kind: 'last-guardian' } })
})

test('Ana lets Ben manage her own record until tomorrow: he sees all of it, then it ends by the relay’s clock', async () => {
  const [ana, ben] = [await person('Ana'), await person('Ben')]
  await meet(ana, ben, ['Ana', 'Ben'])
  await ana.session.addEntry(condition('Asthma'))
  await backedUp(ana.session)
  const { contactId } = (await contactOf(ana.session, 'Ben'))!
  const end = instant(clock.now() + DAY_MS)
  const added = await ana.session.addGuardian({ contactId, until: end, passphrase: passphraseOf('Ana') })
  expect(added.ok).toBe(true)
  await exchange([ana.session, ben.session], async () => (await keptOf(ben.session)).offers.length === 1)
  const [offer] = (await keptOf(ben.session)).offers
  expect(offer).toMatchObject({ name: 'Ana', purpose: 'manager', until: end })
  expect((await ben.session.answerGuardian(offer!.keptId, 'accept')).ok).toBe(true)
  await openKept(ben.session, 'Ana')
  await keptShows(ben.session, offer!.keptId, ['Asthma'])
  await ben.session.askKept(offer!.keptId, 'addEntry', [condition('Fall')])
  await until(async () => (await ana.session.timelineRows({}, 0, 10)).length === 2)
  await exchange([ben.session, ana.session], async () => (await names(ana.session)) === 'Ben')
  expect(await addersOf(ana.session)).toEqual({ Asthma: 'me', Fall: 'Ben' })
  expect(await addersOf(ben.session, offer!.keptId)).toEqual({ Asthma: 'Ana', Fall: 'me' })
  await until(async () => (await namedInRows(ana.session)).Fall === 'Ben')
  expect(await namedInRows(ana.session)).toEqual({ Asthma: 'nobody', Fall: 'Ben' })
  await until(async () => (await namedInRows(ben.session, offer!.keptId)).Fall === 'me')
  expect(await namedInRows(ben.session, offer!.keptId)).toEqual({ Asthma: 'nobody', Fall: 'me' })
  clock.offsetMs = 2 * DAY_MS
  await exchange([ana.session, ben.session], async () => {
    const isGone = (await keptOf(ben.session)).records.length === 0
    return isGone && (await guardiansOf(ana.session)).length === 0
  })
  expect((await keptOf(ben.session)).past[0]?.name).toBe('Ana')
  clock.offsetMs = 0
})

test('Ana removes her stolen tablet: another guardian device takes the place of the one it knew, and nothing is lost', async () => {
  const { ana, ben, keptId } = await bothGuardians()
  const tablet = await device()
  await pair(ana, tablet)
  await openKept(tablet.session, 'Tim')
  await keptShows(tablet.session, keptId, ['Measles'])
  tablet.setOnline(false)
  await tablet.session.askKept(keptId, 'addEntry', [condition('Forged')])
  const before = (await guardiansOf(ana.session, keptId)).find(one => one.isThisOne)!.deviceId
  const stolen = (await ana.session.devices()).find(one => one.name === 'tablet')!
  expect((await ana.session.removeDevice(stolen.deviceId)).ok).toBe(true)
  await exchange(
    [ana.session],
    async () => {
      const guardians = await guardiansOf(ana.session, keptId)
      return guardians.length === 2 && guardians.every(one => one.deviceId !== before && one.state === 'active')
    },
    2 * ROTATION_MS,
  )
  await ana.session.askKept(keptId, 'addEntry', [condition('Fracture')])
  await keptShows(ben.session, keptId, ['Fracture', 'Measles'])
  await keptBackedUp(ana.session, keptId)
  tablet.setOnline(true)
  // What it wrote last reached nobody: it stays there to be read, and that is all.
  await until(async () => {
    const [record] = (await keptOf(tablet.session)).records
    return record?.state === 'refused' && record.unsentCount === 1
  })
  await keptShows(ben.session, keptId, ['Fracture', 'Measles'])
})

test('a laptop that was away while the stolen tablet was removed comes back to the record, with what it had not sent', async () => {
  const { ana, ben, keptId } = await bothGuardians()
  const tablet = await device()
  await pair(ana, tablet)
  await openKept(tablet.session, 'Tim')
  const stolen = (await ana.session.devices()).find(one => !one.isThisOne)!
  const laptop = await device()
  await pair(ana, laptop)
  await openKept(laptop.session, 'Tim')
  await keptShows(laptop.session, keptId, ['Measles'])
  for (const each of [tablet, laptop]) each.setOnline(false)
  await laptop.session.askKept(keptId, 'addEntry', [condition('Rash')])
  const before = (await guardiansOf(ana.session, keptId)).find(one => one.isThisOne)!.deviceId
  expect((await ana.session.removeDevice(stolen.deviceId)).ok).toBe(true)
  await exchange(
    [ana.session],
    async () => {
      const guardians = await guardiansOf(ana.session, keptId)
      return guardians.length === 2 && guardians.every(one => one.deviceId !== before && one.state === 'active')
    },
    2 * ROTATION_MS,
  )
  await ana.session.askKept(keptId, 'addEntry', [condition('Fracture')])
  await keptBackedUp(ana.session, keptId)
  laptop.setOnline(true)
  const all = ['Fracture', 'Measles', 'Rash']
  for (const { session } of [laptop, ana, ben]) {
    await exchange(
      [laptop.session],
      async () => (await keptTitles(session, keptId))?.join() === all.join(),
      ROTATION_MS,
    )
  }
  for (const { session } of [laptop, ana]) {
    const { records, past } = await keptOf(session)
    expect(records).toMatchObject([{ name: 'Tim', state: 'open', unsentCount: 0 }])
    expect(past).toEqual([])
  }
  await laptop.session.askKept(keptId, 'addEntry', [condition('Cough')])
  await keptShows(ben.session, keptId, ['Cough', ...all])
})
