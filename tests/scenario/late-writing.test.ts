import { expect, test, vi } from 'vitest'
import type { LateWriting } from '#app/core/late-session.ts'
import type { Session } from '#app/core/session.ts'
import type { EntryId } from '#schema/record/entry.ts'
import { condition, household } from '#tests/support/household.ts'
import { obtainable } from '#tests/support/raw-content.ts'
import { firstStatus, type TestDevice, until } from '#tests/support/test-device.ts'
import {
  accept,
  exchange,
  makePerson,
  meet,
  pair,
  passphraseOf,
  receivedOf,
  share,
  sharesOf,
} from '#tests/support/test-people.ts'

vi.setConfig({ testTimeout: 90_000 })

const { device } = household()
const person = (name: string) => makePerson(device, name)

async function lateOf(session: Session): Promise<readonly LateWriting[]> {
  const told = Promise.withResolvers<readonly LateWriting[]>()
  const stop = await session.watchLate(told.resolve)
  stop()
  return told.promise
}

async function rowsOf(session: Session) {
  const rows = await session.timelineRows({ kinds: ['condition'] }, 0, 99)
  return rows.map(({ title, source }) => {
    const by = source.type === 'self' ? source.by : undefined
    return by?.type === 'member' ? `${title} by ${by.name}` : title
  })
}

const shows = (session: Session, expected: readonly string[]) =>
  until(async () => (await rowsOf(session)).toSorted().join() === expected.toSorted().join())

const stateOf = async (session: Session) => (await sharesOf(session)).received[0]?.state

/** Bea, who may add, is offline and writes; Ana stops meanwhile; Bea comes back and hears of it. */
async function beaIsTooLate(
  write: (bea: TestDevice, id: string) => Promise<void>,
  {
    meanwhile,
    others = [],
  }: { readonly meanwhile?: (ana: TestDevice) => Promise<void>; readonly others?: readonly string[] } = {},
) {
  const [ana, bea] = [await person('Ana'), await person('Bea')]
  await meet(ana, bea, ['Ana', 'Bea'])
  const asthma = await ana.session.addEntry(condition('Asthma'))
  if (!asthma.ok) throw new Error(asthma.failure.kind)
  for (const title of others) expect((await ana.session.addEntry(condition(title))).ok).toBe(true)
  const id = await share(ana, 'Bea', { role: 'write' })
  await accept(ana, bea, id)
  const all = 1 + others.length
  await until(async () => (await bea.session.askShared(id, 'timelineRows', [{}, 0, 9]))?.length === all)
  bea.setOnline(false)
  await write(bea, id)
  await meanwhile?.(ana)
  expect((await ana.session.stopShare(id)).ok).toBe(true)
  await exchange(
    [ana.session],
    async () => (await sharesOf(ana.session)).given.find(one => one.shareId === id)?.state === 'ended',
  )
  bea.setOnline(true)
  await exchange([bea.session, ana.session], async () => (await lateOf(ana.session)).length === 1)
  return { ana, bea, asthma: asthma.value, id }
}

async function idOf(bea: TestDevice, id: string, title: string): Promise<EntryId> {
  const rows = await bea.session.askShared(id, 'timelineRows', [{}, 0, 9])
  return rows!.find(row => row.title === title)!.id
}

async function add(bea: TestDevice, id: string, name: string): Promise<void> {
  expect((await bea.session.askShared(id, 'addEntry', [condition(name)]))?.ok).toBe(true)
}

test('what Bea wrote offline before she heard is shown to Ana by what it says, and is no part of her record', async () => {
  const { ana, bea } = await beaIsTooLate(async (bea, id) => {
    await add(bea, id, 'Fever')
    const asthma = await idOf(bea, id, 'Asthma')
    expect((await bea.session.askShared(id, 'editEntry', [asthma, condition('Mild asthma')]))?.ok).toBe(true)
  })
  const [late] = await lateOf(ana.session)
  expect(late?.by).toMatchObject({ type: 'member', name: 'Bea' })
  const said = late?.entries.map(({ act, summary, before }) => [act, summary.title, before?.title])
  expect(said?.toSorted()).toEqual([
    ['added', 'Fever', undefined],
    ['changed', 'Mild asthma', 'Asthma'],
  ])
  expect(await rowsOf(ana.session)).toEqual(['Asthma'])
  const status = await firstStatus(ana.session, one => one.problems.length > 0)
  expect(status.problems).toEqual([{ kind: 'late', count: 1 }])
  expect(await stateOf(bea.session)).toBe('ended')
  expect((await bea.store.keys('sealed', 'unsent/')).length).toBe(0)
  // She is told as much as her device knows, and after a restart too.
  await until(async () => (await receivedOf(bea.session))?.lateWriting === 'sent')
  const again = await bea.restart()
  expect((await again.session.unlock(passphraseOf('Bea'))).ok).toBe(true)
  await until(async () => (await receivedOf(again.session))?.lateWriting === 'sent')
  expect((await receivedOf(again.session))?.hasLost).toBeUndefined()
})

test('Bea is told of no late writing where all of hers had been sent', async () => {
  const [ana, bea] = [await person('Ana'), await person('Bea')]
  await meet(ana, bea, ['Ana', 'Bea'])
  expect((await ana.session.addEntry(condition('Asthma'))).ok).toBe(true)
  const first = await share(ana, 'Bea', { role: 'write' })
  await accept(ana, bea, first)
  await until(async () => (await bea.session.askShared(first, 'timelineRows', [{}, 0, 9]))?.length === 1)
  await add(bea, first, 'Cough')
  await shows(ana.session, ['Asthma', 'Cough by Bea'])
  expect((await ana.session.stopShare(first)).ok).toBe(true)
  await exchange([ana.session, bea.session], async () => (await stateOf(bea.session)) === 'ended')
  expect(await receivedOf(bea.session)).not.toHaveProperty('lateWriting')
})

test('taken in, it is in the record under Bea’s name on all of Ana’s devices, once, and for good', async () => {
  const { ana, asthma } = await beaIsTooLate(async (bea, id) => {
    await add(bea, id, 'Fever')
    const known = await idOf(bea, id, 'Asthma')
    expect((await bea.session.askShared(id, 'editEntry', [known, condition('Mild asthma')]))?.ok).toBe(true)
  })
  const tablet = await device()
  await pair(ana, tablet)
  await until(async () => (await lateOf(tablet.session)).length === 1)
  const [late] = await lateOf(ana.session)
  expect(await ana.session.decideLate(late!.lateId, 'take')).toEqual({ ok: true, value: undefined })
  for (const { session } of [ana, tablet]) {
    await shows(session, ['Mild asthma', 'Fever by Bea'])
    await until(async () => (await lateOf(session)).length === 0)
  }
  const told = Promise.withResolvers<unknown>()
  const stop = await tablet.session.watchEntry(asthma, told.resolve)
  expect(await told.promise).toMatchObject({ addedBy: { type: 'you' }, changedBy: { type: 'member', name: 'Bea' } })
  stop()
  expect(await ana.session.decideLate(late!.lateId, 'take')).toEqual({ ok: false, failure: { kind: 'not-found' } })
  const again = await ana.restart()
  expect((await again.session.unlock(passphraseOf('Ana'))).ok).toBe(true)
  await shows(again.session, ['Mild asthma', 'Fever by Bea'])
  expect(await lateOf(again.session)).toEqual([])
  await firstStatus(again.session, status => status.kind === 'backed-up' && status.problems.length === 0)
})

test('two devices that take the same in at once have it once', async () => {
  const { ana } = await beaIsTooLate((bea, id) => add(bea, id, 'Fever'))
  const tablet = await device()
  await pair(ana, tablet)
  await until(async () => (await lateOf(tablet.session)).length === 1)
  for (const one of [ana, tablet]) one.setOnline(false)
  for (const { session } of [ana, tablet]) {
    const [late] = await lateOf(session)
    expect((await session.decideLate(late!.lateId, 'take')).ok).toBe(true)
    await shows(session, ['Asthma', 'Fever by Bea'])
  }
  for (const one of [ana, tablet]) one.setOnline(true)
  for (const { session } of [ana, tablet]) {
    await firstStatus(session, status => status.kind === 'backed-up')
    await shows(session, ['Asthma', 'Fever by Bea'])
  }
})

test('left out, it is not shown again, also after a restart', async () => {
  const { ana } = await beaIsTooLate((bea, id) => add(bea, id, 'Fever'))
  const [late] = await lateOf(ana.session)
  expect((await ana.session.decideLate(late!.lateId, 'leave')).ok).toBe(true)
  expect(await lateOf(ana.session)).toEqual([])
  expect(await rowsOf(ana.session)).toEqual(['Asthma'])
  const again = await ana.restart()
  expect((await again.session.unlock(passphraseOf('Ana'))).ok).toBe(true)
  await shows(again.session, ['Asthma'])
  await firstStatus(again.session, status => status.kind === 'backed-up' && status.problems.length === 0)
  expect(await lateOf(again.session)).toEqual([])
})

test('a removed writer who writes on in a log that was begun anew since is asked about like any other', async () => {
  const tablet = await device()
  const { ana } = await beaIsTooLate((bea, id) => add(bea, id, 'Fever'), {
    async meanwhile(ana) {
      // Which has not moved on: the log before stays for what it may have written.
      await pair(ana, tablet)
      await shows(tablet.session, ['Asthma'])
      tablet.setOnline(false)
      expect((await ana.session.eraseHistory(['problems'], passphraseOf('Ana'))).ok).toBe(true)
    },
  })
  expect(await rowsOf(ana.session)).toEqual(['Asthma'])
  const [late] = await lateOf(ana.session)
  expect(late?.entries.map(({ act, summary }) => [act, summary.title])).toEqual([['added', 'Fever']])
  tablet.setOnline(true)
  await until(async () => (await lateOf(tablet.session)).length === 1)
  expect(await rowsOf(tablet.session)).toEqual(['Asthma'])
  expect((await ana.session.decideLate(late!.lateId, 'take')).ok).toBe(true)
  for (const { session } of [ana, tablet]) await shows(session, ['Asthma', 'Fever by Bea'])
})

test('what Bea wrote too late on an entry that is private by now is shown, and taken in where it lies: in no section that others have', async () => {
  const lee = await person('Lee')
  const { ana, asthma } = await beaIsTooLate(
    async (bea, id) => {
      await add(bea, id, 'Fever')
      const edited = await bea.session.askShared(id, 'editEntry', [
        await idOf(bea, id, 'Asthma'),
        condition('Mild asthma'),
      ])
      expect(edited?.ok).toBe(true)
      expect((await bea.session.askShared(id, 'binEntry', [await idOf(bea, id, 'Rash')]))?.ok).toBe(true)
    },
    { others: ['Cough', 'Rash'] },
  )
  await meet(ana, lee, ['Ana', 'Lee'])
  const shared = await share(ana, 'Lee', { withHistory: false })
  await accept(ana, lee, shared)
  const rows = await ana.session.timelineRows({}, 0, 9)
  const personal = rows.filter(row => row.title !== 'Cough').map(row => row.id)
  expect((await ana.session.makePrivate(personal)).ok).toBe(true)
  const seen = async () => (await lee.session.askShared(shared, 'timelineRows', [{}, 0, 9]))?.map(row => row.title)
  await exchange([ana.session, lee.session], async () => (await seen())?.join() === 'Cough')
  // What is late is looked at a moment after the record changed.
  await until(async () => (await lateOf(ana.session))[0]?.entries.some(({ summary }) => summary.isPrivate) === true)
  const [late] = await lateOf(ana.session)
  const said = late?.entries.map(({ act, summary, before }) => [act, summary.title, summary.isPrivate, before?.title])
  expect(said?.toSorted()).toEqual([
    ['added', 'Fever', undefined, undefined],
    ['binned', 'Rash', true, undefined],
    ['changed', 'Mild asthma', true, 'Asthma'],
  ])
  expect((await ana.session.decideLate(late!.lateId, 'take')).ok).toBe(true)
  await shows(ana.session, ['Cough', 'Mild asthma', 'Fever by Bea'])
  expect((await ana.session.timelineRows({ isPrivate: true }, 0, 9)).map(row => row.id)).toEqual([asthma])
  const told = Promise.withResolvers<unknown>()
  const stop = await ana.session.watchEntry(asthma, told.resolve)
  expect(await told.promise).toMatchObject({ addedBy: { type: 'you' }, changedBy: { type: 'member', name: 'Bea' } })
  stop()
  await exchange([ana.session, lee.session], async () => (await seen())?.toSorted().join() === 'Cough,Fever')
  const { texts } = await obtainable(lee)
  expect(texts.filter(text => text.includes('sthma') || text.includes('Rash'))).toEqual([])
  const again = await ana.restart()
  expect((await again.session.unlock(passphraseOf('Ana'))).ok).toBe(true)
  await shows(again.session, ['Cough', 'Mild asthma', 'Fever by Bea'])
  expect(await lateOf(again.session)).toEqual([])
})
